"""A font and the characters it will set -> a face cut to them, known to reportlab, and what its ink measures."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from ._tokens import Half

WEIGHTS = {False: ("Regular", 400), True: ("Bold", 700)}
USED = frozenset("head hhea maxp OS/2 hmtx cmap loca glyf name post fvar gvar avar GlyphOrder".split())


def opened(data: bytes) -> Any:
    """The font in a file; its glyphs are named by their numbers, since reading their names takes long."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), lazy=True, recalcTimestamp=False)
    font.setGlyphOrder([f"glyph{number:05}" for number in range(font["maxp"].numGlyphs)])
    return font


def register(name: str, family: str, font: Any, bold: bool, chars: set[str]) -> Any:
    """Cut one face, name it by its family and make it known to reportlab."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    _cut(font, chars, WEIGHTS[bold][1])
    _rename(font, family, WEIGHTS[bold][0])
    made = BytesIO()
    font.save(made)
    made.seek(0)
    face = TTFont(name, made, asciiReadable=False)
    face.unregister()  # reportlab keeps the first face of a name, which was cut to another document
    registerFont(face)
    return font


def _cut(font: Any, chars: set[str], weight: int) -> None:
    """Subset first, so that making the one weight of a variable font touches few glyphs."""
    from fontTools.subset import Options, Subsetter
    from fontTools.varLib.instancer import instantiateVariableFont

    for tag in [tag for tag in font.keys() if tag not in USED]:  # noqa: SIM118  # a font is no mapping
        del font[tag]
    options = Options(notdef_outline=True, hinting=False, glyph_names=False)
    options.layout_features, options.name_IDs = [], [1, 2, 4, 6]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(chars)))
    subsetter.subset(font)
    if "fvar" in font:
        place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
        instantiateVariableFont(font, place, inplace=True)


def _rename(font: Any, family: str, style: str) -> None:
    """Faces of one name in a PDF are taken for one face."""
    for number, text in ((2, style), (4, f"{family} {style}"), (6, f"{family}-{style}")):
        font["name"].setName(text, number, 3, 1, 0x409)


def halves(font: Any, marks: set[str]) -> dict[str, Half]:
    """Which full-width marks leave half of their em blank, by the ink that the face really has."""
    em, cmap, found = font["head"].unitsPerEm, font.getBestCmap(), dict[str, Half]()
    for mark in sorted(marks):
        name = cmap.get(ord(mark))
        if name is None or font["hmtx"][name][0] != em:
            continue
        glyph = font["glyf"][name]
        if not glyph.numberOfContours:
            continue
        if glyph.xMax <= em * 0.52:
            found[mark] = "right"
        elif glyph.xMin >= em * 0.48:
            found[mark] = "left"
    return found


def join(font: Any) -> float:
    """How far apart the ink of two dashes in a row is, so that —— can be one stroke."""
    name = font.getBestCmap().get(0x2014)
    if name is None or not font["glyf"][name].numberOfContours:
        return 0
    glyph = font["glyf"][name]
    blank = font["hmtx"][name][0] - (glyph.xMax - glyph.xMin)
    return float(max(blank, 0) / font["head"].unitsPerEm)


def measure(names: tuple[str, ...]) -> Callable[[str, str], float]:
    """The width of a text in a registered face, in ems."""
    from reportlab.pdfbase.pdfmetrics import getFont

    widths: dict[str, dict[int, float]] = {name: getFont(name).face.charWidths for name in names}

    def width(text: str, face: str) -> float:
        known = widths[face]
        return sum(known[ord(char)] for char in text) / 1000

    return width

"""Text and its language -> embedded faces: which face sets each character, cut to what is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from align.errors import SurroundingsError

from ._tokens import Half

Edition = Literal["en", "zh-Hans", "zh-Hant"]
"""What decides the face of a character: English, or one of the two Chinese editions."""

Family = Literal["latin", "hans", "hant"]

FILES: dict[Family, tuple[str, str, str, str]] = {
    "latin": ("fontpkg-noto-sans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", "NotoSans"),
    "hans": (
        "justmytype-intl-cjk",
        "justmytype_intl_cjk",
        "fonts/ofl/notosanssc/NotoSansSC[wght].ttf",
        "NotoSansSC",
    ),
    "hant": (
        "justmytype-intl-cjk",
        "justmytype_intl_cjk",
        "fonts/ofl/notosanstc/NotoSansTC[wght].ttf",
        "NotoSansTC",
    ),
}
ORDER: dict[Edition, tuple[Family, ...]] = {
    "en": ("latin", "hans", "hant"),
    "zh-Hans": ("hans", "latin", "hant"),
    "zh-Hant": ("hant", "latin", "hans"),
}
WEIGHTS = {False: ("Regular", 400), True: ("Bold", 700)}
UNUSED = ("GSUB", "GPOS", "GDEF", "BASE", "HVAR", "VVAR", "MVAR", "STAT", "VORG", "vhea", "vmtx", "gasp")
ALWAYS = frozenset(" [U+0123456789ABCDEF]")
MARKS = frozenset("、，。；：！？．（）《》〈〉「」『』【】〔〕〖〗［］｛｝“”‘’")
BLANKS = frozenset("\t\n\r\f\v\x85\u2028\u2029\u3000")
"""White space that the faces do not have, or draw as a box."""
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Need:
    """Text that will be set, in which edition and how heavy."""

    text: str
    edition: Edition
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Faces:
    """The registered faces of one PDF; `width` measures in ems.

    `halves` says which marks of a face are half blank, `joins` how many ems part two of its dashes.
    """

    homes: Mapping[tuple[Edition, str], Family | None]
    halves: Mapping[str, Mapping[str, Half]]
    joins: Mapping[str, float]
    width: Callable[[str, str], float]

    def pieces(self, text: str, edition: Edition, bold: bool = False) -> Iterable[tuple[str, str, bool]]:
        """The text as stretches of one face: its name, the stretch, and whether the face is Chinese.

        A character that no face has is spelled out as `[U+1F600]`.
        """
        homes = self.homes
        for family, run in groupby(_visible(text), key=lambda char: homes[edition, char]):
            stretch = "".join(char if family else f"[U+{ord(char):04X}]" for char in run)
            yield face_name(family or "latin", bold), stretch, family in ("hans", "hant")


def edition_of(tag: str) -> Edition:
    """The edition that a language tag asks for; Hong Kong takes Taiwan's: no wheel has its own."""
    if tag.startswith("zh"):
        return "zh-Hant" if "Hant" in tag else "zh-Hans"
    return "en"


def face_name(family: Family, bold: bool) -> str:
    """The name a face is registered and embedded under."""
    return f"{FILES[family][3]}-{WEIGHTS[bold][0]}"


def faces(needs: Iterable[Need]) -> Faces:
    """Choose a face for every character, then cut, embed and register the faces."""
    wanted: dict[tuple[Edition, bool], set[str]] = {}
    for need in needs:
        wanted.setdefault((need.edition, need.bold), set()).update(_visible(need.text))
    fonts: dict[Family, Any] = {}
    homes: dict[tuple[Edition, str], Family | None] = {}
    sets: dict[tuple[Family, bool], set[str]] = {("latin", False): set(ALWAYS)}
    for (edition, bold), chars in sorted(wanted.items()):
        for char in sorted(chars):
            if (edition, char) not in homes:
                homes[edition, char] = _home(char, edition, fonts)
            sets.setdefault((homes[edition, char] or "latin", bold), set(ALWAYS)).add(char)
    halves, joins = dict[str, dict[str, Half]](), dict[str, float]()
    for (family, bold), marks in sorted(sets.items()):
        name = face_name(family, bold)
        font = _register(name, fonts.pop(family, None) or _open(family), bold, marks)
        halves[name] = {} if family == "latin" else _halves(font, marks & MARKS)
        joins[name] = 0 if family == "latin" else _join(font)
    return Faces(homes, halves, joins, _measure(tuple(halves)))


def _visible(text: str) -> str:
    """The text without characters that have no ink by definition; white space without a glyph is a blank."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char in BLANKS else char for char in text if _inked(char))


def _inked(char: str) -> bool:
    return char not in INVISIBLE and not "\ufe00" <= char <= "\ufe0f"


def _home(char: str, edition: Edition, fonts: dict[Family, Any]) -> Family | None:
    """The first family that has the character; letters and digits are Latin in either language."""
    order = ORDER["en"] if edition != "en" and _western(char) else ORDER[edition]
    if edition == "zh-Hant" and order is ORDER["en"]:
        order = ("latin", "hant", "hans")
    for family in order:
        if family not in fonts:
            fonts[family] = _open(family)
        if ord(char) in fonts[family].getBestCmap():
            return family
    return None


def _western(char: str) -> bool:
    """Letters, digits and marks that belong to Latin text even inside Chinese."""
    return char < "\x80" or char in "\xa0–" or (char.isalpha() and (char < "\u0530" or "\u1e00" <= char < "\u2000"))


def _open(family: Family) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(_file(family).read_bytes()), lazy=True, recalcTimestamp=False)


def _file(family: Family) -> Path:
    package, module, name, _ = FILES[family]
    spec = find_spec(module)
    for folder in (spec and spec.submodule_search_locations) or ():
        if (found := Path(folder, name)).is_file():
            return found
    raise SurroundingsError(
        f"The font file {Path(name).name} of the package {package} is not installed.",
        f"Install it with: pip install {package}",
    )


def _register(name: str, font: Any, bold: bool, chars: set[str]) -> Any:
    """Cut one face and make it known to reportlab."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    _cut(font, chars, *WEIGHTS[bold])
    made = BytesIO()
    font.save(made)
    made.seek(0)
    face = TTFont(name, made, asciiReadable=False)
    face.unregister()  # reportlab keeps the first face of a name, which was cut to another document
    registerFont(face)
    return font


def _cut(font: Any, chars: set[str], style: str, weight: int) -> None:
    """Subset first, so that making the one weight of a variable font touches few glyphs."""
    from fontTools.subset import Options, Subsetter
    from fontTools.varLib.instancer import instantiateVariableFont

    for tag in UNUSED:
        if tag in font:
            del font[tag]
    options = Options(notdef_outline=True, hinting=False, glyph_names=False)
    options.layout_features, options.name_IDs = [], [1, 2, 4, 6]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(chars)))
    subsetter.subset(font)
    place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    instantiateVariableFont(font, place, inplace=True)
    family = str(font["name"].getDebugName(6)).partition("-")[0]
    for number, text in ((2, style), (4, f"{family} {style}"), (6, f"{family}-{style}")):
        font["name"].setName(text, number, 3, 1, 0x409)


def _halves(font: Any, marks: set[str]) -> dict[str, Half]:
    """Which full-width marks leave half of their em blank, by the ink that the face really has."""
    em, cmap, found = font["head"].unitsPerEm, font.getBestCmap(), dict[str, Half]()
    for mark in sorted(marks):
        name = cmap.get(ord(mark))
        if name is None or font["hmtx"][name][0] != em:
            continue
        glyph = font["glyf"][name]
        if glyph.xMax <= em * 0.52:
            found[mark] = "right"
        elif glyph.xMin >= em * 0.48:
            found[mark] = "left"
    return found


def _join(font: Any) -> float:
    """How far apart the ink of two dashes in a row is, so that —— can be one stroke."""
    name = font.getBestCmap().get(0x2014)
    if name is None:
        return 0
    glyph = font["glyf"][name]
    blank = font["hmtx"][name][0] - (glyph.xMax - glyph.xMin)
    return float(max(blank, 0) / font["head"].unitsPerEm)


def _measure(names: tuple[str, ...]) -> Callable[[str, str], float]:
    from reportlab.pdfbase.pdfmetrics import getFont

    widths: dict[str, dict[int, float]] = {name: getFont(name).face.charWidths for name in names}

    def width(text: str, face: str) -> float:
        known = widths[face]
        return sum(known[ord(char)] for char in text) / 1000

    return width

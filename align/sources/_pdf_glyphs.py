"""A page of a PDF -> the glyphs on it with their places, the lines ruled on it, and text nobody sees."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from math import atan2, degrees, hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

BOLD = re.compile(r"bold|black|heavy|semibd|hei(?:ti)?\b|simhei", re.I)
SYMBOLS = re.compile(r"symbol|wingding|dingbat|webding", re.I)
MOST_SEGMENTS = 200
"""A path of more segments is a drawing and rules no table."""
Point = Callable[[float, float], tuple[float, float]]


class Glyph(NamedTuple):
    """A character where it is printed; `y` is its baseline, upwards.

    `run` tells text objects of a page apart. `spaced`: white space stands before it in the file;
    `guessed`: only the library thinks so.
    """

    char: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    symbol: bool
    spaced: bool
    guessed: bool
    run: int


class Face(NamedTuple):
    """What one text object says of its glyphs; `angle` in degrees, anticlockwise."""

    size: float
    bold: bool
    symbol: bool
    angle: int
    hidden: bool


class Rule(NamedTuple):
    """A straight line on the page, level where `y0 == y1` and upright where `x0 == x1`."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """A page as it is looked at: upright, with `bottom` and `top` where the paper ends."""

    number: int
    width: float
    bottom: float
    top: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0

    @property
    def height(self) -> float:
        """How tall the page is, in points."""
        return self.top - self.bottom


def read_sheet(page: Any, number: int) -> Sheet:
    """The glyphs and rules of a page that is open."""
    text = page.get_textpage()
    try:
        found = list(_glyphs(text.raw))
    finally:
        text.close()
    angles = Counter(face.angle for _, face, _ in found)
    turned = max(angles, key=lambda a: (angles[a], -a)) if angles else 0
    turned = turned if turned in (90, 180, 270) else 0
    turn = _turn(turned)
    left, bottom, right, top = page.get_cropbox()
    (xa, ya), (xb, yb) = turn(left, bottom), turn(right, top)
    sheet = Sheet(number, abs(xb - xa), min(ya, yb), max(ya, yb))
    hidden = sum(face.hidden for _, face, _ in found) * 2 < len(found)
    paper = (min(xa, xb), sheet.bottom, max(xa, xb), sheet.top)
    for glyph, reason in _seen(found, turned, turn, paper, hidden):
        if reason:
            sheet.unseen.append((glyph.char, reason))
        else:
            sheet.glyphs.append(glyph)
    _drawings(page, sheet, turn)
    return sheet


def _turn(angle: int) -> Point:
    """The turn that makes text at this angle upright."""
    return {
        90: lambda x, y: (y, -x),
        180: lambda x, y: (-x, -y),
        270: lambda x, y: (-y, x),
    }.get(angle, lambda x, y: (x, y))


Found = tuple[Glyph, Face, tuple[float, float, float, float, float, float]]


def _glyphs(text: Any) -> Iterator[Found]:
    """Every character of the text layer with its box and baseline; white space is told to the next one."""
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    origin_of, object_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetTextObject
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    faces: dict[int, Face] = {}
    fonts: dict[tuple[bytes, int], tuple[bool, bool]] = {}
    blank: tuple[float, float] | None = None
    guessed, high = False, 0
    for at in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        char = shown(code)
        if char.isspace():
            if pdfium.FPDFText_IsGenerated(text, at):
                guessed = guessed or code == 0x20
            elif blank is None:
                origin_of(text, at, x, y)
                blank = x.value, y.value
            continue
        holder = object_of(text, at)
        if not holder:
            continue
        key = ctypes.addressof(holder.contents)
        face = faces.get(key)
        if face is None:
            face = faces[key] = _face(text, at, holder, fonts)
        box_of(text, at, box)
        origin_of(text, at, x, y)
        spaced = blank is not None and hypot(x.value - blank[0], y.value - blank[1]) > 0.06 * face.size
        glyph = Glyph(char, box.left, box.right, y.value, face.size, face.bold, face.symbol, spaced, guessed, key)
        yield glyph, face, (box.left, box.bottom, box.right, box.top, x.value, y.value)
        blank, guessed = None, False


@lru_cache(maxsize=4096)
def shown(code: int) -> str:
    """The character for a code of the text layer: ligatures spelt out, radicals as the characters they show."""
    if code in (0x2, 0xFFFE):
        return "-"
    if code in range(9) or code in range(14, 28) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    if 0xFB00 <= code <= 0xFB06 or 0x2E80 <= code <= 0x2FDF:
        return unicodedata.normalize("NFKC", char)
    return " " if char.isspace() else char


def _face(text: Any, at: int, holder: Any, fonts: dict[tuple[bytes, int], tuple[bool, bool]]) -> Face:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    size = pdfium.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d)
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, at, name, 128, flags)
    key = name.value, pdfium.FPDFText_GetFontWeight(text, at)
    if key not in fonts:
        family = key[0].decode("utf-8", "replace")
        fonts[key] = bool(BOLD.search(family)) or key[1] >= 600, bool(SYMBOLS.search(family))
    mode = pdfium.FPDFTextObj_GetTextRenderMode(holder)
    bold, symbol = fonts[key]
    angle = round(degrees(atan2(matrix.b, matrix.a))) % 360
    return Face(size or 1.0, bold or mode == 2, symbol, angle if abs(angle - 360) > 2 and angle > 2 else 0, mode == 3)


def _seen(
    found: list[Found], turned: int, turn: Point, paper: tuple[float, float, float, float], hidden: bool
) -> Iterator[tuple[Glyph, str]]:
    """The glyphs, upright; with a reason where a reader of the page does not see them or not as text."""
    for glyph, face, (left, bottom, right, top, x, y) in found:
        if turned:
            (xa, _), (xb, _), (_, base) = turn(left, bottom), turn(right, top), turn(x, y)
            glyph = glyph._replace(x0=min(xa, xb), x1=max(xa, xb), y=base)
        reason = ""
        if face.angle != turned:
            reason = "rotated"
        elif hidden and face.hidden:
            reason = "invisible"
        elif glyph.x1 < paper[0] or glyph.x0 > paper[2] or glyph.y + glyph.size < paper[1] or glyph.y > paper[3]:
            reason = "off-page"
        yield glyph, reason


def _drawings(page: Any, sheet: Sheet, turn: Point) -> None:
    """Note the straight level and upright lines of a page, and how many pictures it holds."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, at)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        sheet.pictures += kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        xa, ya = turn(left.value, bottom.value)
        xb, yb = turn(right.value, top.value)
        thin = _straight(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
        sheet.rules += [thin] if thin else _edges(drawn, turn)


def _straight(x0: float, y0: float, x1: float, y1: float) -> Rule | None:
    """The line that a box is, where it is thin and long enough to be one."""
    if y1 - y0 <= 2.5 and x1 - x0 >= 15:
        return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    if x1 - x0 <= 2.5 and y1 - y0 >= 6:
        return Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    return None


def _edges(drawn: Any, turn: Point) -> list[Rule]:
    """The straight lines of a path that is stroked, such as the grid of a table."""
    count = pdfium.FPDFPath_CountSegments(drawn)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    if not stroke.value or not 2 <= count <= MOST_SEGMENTS:
        return []
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    found: list[Rule] = []
    start = before = (0.0, 0.0)
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn(
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        ends = [(before, point)] if kind == pdfium.FPDF_SEGMENT_LINETO else []
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            ends.append((point, start))
        for (xa, ya), (xb, yb) in ends:
            line = _straight(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
            found += [line] if line else []
        before = point
    return found

"""Glyphs of a page -> rows of fragments, and fragments -> printed lines with their text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from statistics import median

from align.sources._pdf_glyphs import Glyph, Rule, Sheet

Chunk = list[Glyph]
"""Glyphs that follow each other on one baseline, as the file draws them."""
NOTE_MARK = re.compile(r"[\[(]?[0-9]{1,3}[\])]?|[*†‡§]{1,3}|[\u2460-\u2473]|[¹²³\u2070-\u2079]+")
RAISED_DIGITS = re.compile(r"[¹²³\u2070\u2074-\u2079]+")
UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdmµμ]?m|ft|in|10|[xX])$|[×x]10$")
"""What a raised digit after it is a power of, and no note's number."""
BULLETS = re.compile(r"[•·●○■□▪◆◦‣➢➤►▶✓✔❖\u2043\u2219\u25aa-\u25ab\ue000-\uf8ff\ufffd]")


@dataclass(slots=True)
class Fragment:
    """Part of a row with no wide gap in it: chunks from left to right."""

    chunks: list[Chunk]
    row: int
    y: float
    size: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line: its text, where note marks stand in it, its place and its type.

    `hang` is where its second word begins, `word` how wide its first is; `marked` says that it
    begins with a note's mark, `bullet` is a sign before it that is no text.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    hang: float
    word: float
    marked: bool = False
    bullet: str = ""


@dataclass(slots=True)
class Row:
    """What is printed on one baseline, smaller raised and lowered type included."""

    y: float
    size: float
    chunks: list[Chunk] = field(default_factory=list)


def rows(sheet: Sheet) -> list[Fragment]:
    """The fragments of a page, row by row from the top; what is printed twice goes to what is unseen."""
    uprights = [rule for rule in sheet.rules if rule.x0 == rule.x1]
    found: list[Row] = []
    ordered = sorted(_chunks(sheet, uprights), key=lambda chunk: (-chunk[0].size, -chunk[0].y, chunk[0].x0))
    for chunk in ordered:
        row = _row_of(chunk, found)
        if row is None:
            row = Row(chunk[0].y, chunk[0].size)
            found.insert(bisect_left(found, -row.y, key=lambda r: -r.y), row)
        row.chunks.append(chunk)
    fragments: list[Fragment] = []
    for at, row in enumerate(found):
        row.chunks.sort(key=lambda chunk: chunk[0].x0)
        fragments += _fragments(_once(row.chunks, sheet), at, row, uprights)
    return fragments


def _chunks(sheet: Sheet, uprights: Sequence[Rule]) -> Iterator[Chunk]:
    chunk: Chunk = []
    for glyph in sheet.glyphs:
        before = chunk[-1] if chunk else glyph
        size = before.size
        apart = glyph.x0 - before.x1
        if chunk and glyph.char == before.char and glyph.run != before.run and _same_place(glyph, before):
            sheet.unseen.append((glyph.char, "printed-twice"))
            continue
        new = abs(glyph.y - before.y) > 0.08 * size or abs(glyph.size - size) > 0.12 * size
        spelt = chunk and glyph.x0 == before.x0 and glyph.run == before.run
        if (
            chunk
            and not spelt
            and (new or not -0.6 * size < apart < size or _ruled(before.x1, glyph.x0, glyph.y, uprights))
        ):
            yield chunk
            chunk = []
        chunk.append(glyph)
    if chunk:
        yield chunk


def _same_place(a: Glyph, b: Glyph) -> bool:
    near = max(0.1, min(0.3 * abs(b.x1 - b.x0), 0.12 * b.size))
    return abs(a.x0 - b.x0) < near and abs(a.y - b.y) < 0.12 * b.size and abs(a.size - b.size) < 0.1 * b.size


def _ruled(left: float, right: float, y: float, uprights: Sequence[Rule]) -> bool:
    """Whether an upright rule stands between two places of a row."""
    return any(left - 1 <= rule.x0 <= right + 1 and rule.y0 <= y + 3 <= rule.y1 for rule in uprights)


def _row_of(chunk: Chunk, found: Sequence[Row]) -> Row | None:
    """The row that a chunk stands on, or beside whose words it is raised or lowered."""
    first, last = chunk[0], chunk[-1]
    at = bisect_left(found, -first.y, key=lambda r: -r.y)
    near = sorted(found[max(0, at - 3) : at + 3], key=lambda row: abs(row.y - first.y))
    for row in near:
        if abs(row.y - first.y) <= 0.2 * min(row.size, first.size * 1.5):
            return row
    for row in near:
        off = (first.y - row.y) / row.size
        if first.size <= 0.82 * row.size and -0.4 < off < 0.8:
            touching = (min(abs(first.x0 - c[-1].x1), abs(c[0].x0 - last.x1)) for c in row.chunks)
            if min(touching) <= 0.5 * row.size:
                return row
    return None


def _once(chunks: Sequence[Chunk], sheet: Sheet) -> list[Chunk]:
    """Chunks from left to right, without those whose every glyph is printed over one like it."""
    kept: list[Chunk] = []
    for chunk in sorted(chunks, key=lambda c: -len(c)):
        under = [g for other in kept if _overlap(chunk, other) for g in other if g.run != chunk[0].run]
        if under and all(any(g.char == u.char and _same_place(g, u) for u in under) for g in chunk):
            sheet.unseen.append(("".join(glyph.char for glyph in chunk), "printed-twice"))
        else:
            kept.append(chunk)
    return sorted(kept, key=lambda c: c[0].x0)


def _overlap(a: Chunk, b: Chunk) -> bool:
    return a[0].x0 < b[-1].x1 and b[0].x0 < a[-1].x1


def _fragments(chunks: Sequence[Chunk], at: int, row: Row, uprights: Sequence[Rule]) -> Iterator[Fragment]:
    """Chunks that stand close together; a gap wider than a letter is tall, or a rule, parts them."""
    found: Fragment | None = None
    for chunk in chunks:
        x0, x1 = chunk[0].x0, max(glyph.x1 for glyph in chunk)
        if found and x0 - found.x1 <= row.size and not _ruled(found.x1, x0, row.y, uprights):
            found.chunks.append(chunk)
            found.x1 = max(found.x1, x1)
        else:
            if found:
                yield found
            found = Fragment([chunk], at, row.y, row.size, x0, x1)
    if found:
        yield found


@lru_cache(maxsize=8192)
def is_wide(char: str) -> bool:
    """Whether a character fills a square, as Han characters and their punctuation do."""
    return unicodedata.east_asian_width(char[0]) in "WF"


def printed(fragments: Sequence[Fragment], page: int) -> Printed:
    """The line that some fragments of one row make: its text as a reader sees it."""
    glyphs = [glyph for fragment in fragments for chunk in fragment.chunks for glyph in chunk]
    sizes: dict[float, int] = {}
    for glyph in glyphs:
        sizes[round(glyph.size, 1)] = sizes.get(round(glyph.size, 1), 0) + 1
    size = max(sizes, key=lambda s: (sizes[s], s))
    base = median(glyph.y for glyph in glyphs if abs(glyph.size - size) < 0.15 * size)
    bullet = _bullet(glyphs)
    text, starts = _text(glyphs[1:] if bullet else glyphs, size)
    body = glyphs[1:] if bullet else glyphs
    marks = tuple(_note_marks(text, starts, body, size, base))
    second = next((at for at, (start, space) in enumerate(starts) if space), 0)
    return Printed(
        text, marks, page, body[0].x0, max(glyph.x1 for glyph in glyphs), base, size,
        bold=all(glyph.bold for glyph in body if glyph.char.isalnum()) and any(map(_lettered, body)),
        hang=body[second].x0 if second else 0.0,
        word=_first_word(body, second) - body[0].x0,
        marked=bool(marks) and marks[0][0] == 0,
        bullet=bullet,
    )  # fmt: skip


def _first_word(glyphs: Sequence[Glyph], second: int) -> float:
    """Where the first word ends, or the first Han character with the mark that may not be parted from it."""
    wide = next((at for at, glyph in enumerate(glyphs) if is_wide(glyph.char)), len(glyphs))
    end = min(second or len(glyphs), max(wide, 1), len(glyphs))
    return glyphs[end - 1].x1


def _lettered(glyph: Glyph) -> bool:
    return glyph.char.isalnum()


def _bullet(glyphs: Sequence[Glyph]) -> str:
    """A sign at the beginning of a line, before a gap, that comes from a font of signs or is one."""
    if len(glyphs) < 2:
        return ""
    first, second = glyphs[:2]
    sign = bool(BULLETS.fullmatch(first.char)) or (first.symbol and not second.symbol)
    return first.char if sign and (second.spaced or second.x0 - first.x1 > 0.2 * second.size) else ""


def _text(glyphs: Sequence[Glyph], size: float) -> tuple[str, list[tuple[int, bool]]]:
    """The text of some glyphs and, of each, where it starts there and whether a space stands before it."""
    tracked = _tracking(glyphs, size)
    parts: list[str] = []
    starts: list[tuple[int, bool]] = []
    length = 0
    before: Glyph | None = None
    for glyph in glyphs:
        space = before is not None and _spaced(before, glyph, size, tracked)
        if space:
            parts.append(" ")
            length += 1
        starts.append((length, space))
        parts.append(glyph.char)
        length += len(glyph.char)
        before = glyph
    return "".join(parts), starts


def _tracking(glyphs: Sequence[Glyph], size: float) -> float:
    """How far apart the letters of a line are set, so that spaced-out letters get no spaces."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs) if not (b.spaced or is_wide(a.char) or is_wide(b.char))]
    usual = median(gaps) if len(gaps) >= 8 else 0.0
    return usual if usual > 0.05 * size else 0.0


def _spaced(a: Glyph, b: Glyph, size: float, tracked: float) -> bool:
    """Whether a reader sees a space between two glyphs."""
    gap = b.x0 - a.x1
    if b.spaced and gap > -0.25 * size:
        return True
    both = is_wide(a.char) + is_wide(b.char)
    return gap > ((0.1 if b.guessed else 0.15) * size + tracked, 0.2 * size, 0.6 * size)[both]


def _note_marks(
    text: str, starts: Sequence[tuple[int, bool]], glyphs: Sequence[Glyph], size: float, base: float
) -> Iterator[tuple[int, int]]:
    """Where small raised figures stand that lead to a note: stretches of the text of a line."""
    raised = [
        at
        for at, glyph in enumerate(glyphs)
        if (glyph.size <= 0.82 * size and glyph.y > base + 0.12 * size) or RAISED_DIGITS.fullmatch(glyph.char)
    ]
    for run in _runs(raised):
        start = starts[run[0]][0]
        end = starts[run[-1]][0] + len(glyphs[run[-1]].char)
        if NOTE_MARK.fullmatch(text[start:end].replace(",", "").replace(" ", "")) and not UNIT.search(text[:start]):
            yield start, end


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers that follow each other, together."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found

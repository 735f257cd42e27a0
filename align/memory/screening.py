"""A chunk of a memory -> the units that nothing is wrong with, in bulk, and those to be looked at one by one.

Python's own work on a unit costs more than reading it, so a chunk is judged as a whole: one pattern takes
units apart, an XML parser reads the chunk, and a few searches over all texts find what a rule may object to.
Only what is found so is looked at alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers.expat import ExpatError, ParserCreate

from align.memory.chunks import Chunk
from align.memory.patterns import PAIRED, attributes_pattern, unit_pattern, unpaired
from align.memory.units import Raw, raws, split

Row = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
Codes = tuple[str, ...]

SIGNS = (b"\0\0", b"\0 ", b" \0", b"  ", b"\n", b"\t", b"\r", b"\xc2\xa0", b"&#", b"\0\xe3\x80\x80", b"\xe3\x80\x80\0")
"""What in texts with zero bytes between them may break a rule: see `odd_text`."""
ODD_TEXT = re.compile(rb"\A(?:\s|\xe3\x80\x80|\Z)|\s\s|(?:\s|\xe3\x80\x80)\Z|[\n\t\r]|\xc2\xa0|&#")
LONG = 2000
"""Characters, and so bytes, up to which no tool refuses a text."""
MOST_KNOWN = 50_000
"""Attributes that are remembered as right."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A chunk with so many units.

    `sources` and `targets` are the texts of the units that are right, `codes` their languages and `numbers`
    which units of the file they are; `suspects` are the others. `broken` is what the parser says of the
    chunk, and the line it says it of.
    """

    chunk: Chunk
    units: int
    numbers: Sequence[int]
    codes: Sequence[Codes]
    first: Sequence[bytes]
    second: Sequence[bytes]
    suspects: tuple[Raw, ...] = ()
    broken: tuple[int, str] | None = None


class Parser:
    """Reads a memory chunk by chunk; after a fault it begins anew at the next chunk."""

    def __init__(self) -> None:
        self._reads(b"", 1)

    def _reads(self, opening: bytes, line: int) -> None:
        self.parser = ParserCreate("utf-8")
        self.base = line - 1
        self.parser.Parse(opening, False)

    def fault(self, data: bytes, line: int, next_line: int, last: bool = False) -> tuple[int, str] | None:
        """The line and what is wrong with it, of data that begins on `line`; nothing where it is right."""
        try:
            self.parser.Parse(data, last)
        except ExpatError as error:
            at = max(error.lineno + self.base, line)
            said = str(error).partition(": line")[0]
            self._reads(b"<tmx><body>", next_line)
            return at, said
        return None


class Screen:
    """Judges chunks, and remembers the attributes that were right."""

    def __init__(self) -> None:
        self.units: set[bytes] = set()
        self.variants: dict[bytes, str] = {}

    def look(self, chunk: Chunk, before: int, broken: tuple[int, str] | None) -> Screened:
        """What is in a chunk that comes after so many units."""
        rows: list[Row] = unit_pattern().findall(chunk.masked)
        if not rows:
            return Screened(chunk, 0, (), (), (), (), (), broken)
        units, one, first, other, second, others = zip(*rows, strict=True)
        known = self._knows(units, one, other)
        if known and not broken and not any(others) and not _has_odd(first, second):
            codes = self._codes(one, other)
            return Screened(chunk, len(rows), range(before + 1, before + len(rows) + 1), codes, first, second)
        return self._apart(chunk, before, rows, broken)

    def _knows(self, units: Iterable[bytes], one: Iterable[bytes], other: Iterable[bytes]) -> bool:
        """Whether all attributes are right; those that are new are looked at and remembered."""
        if len(self.units) > MOST_KNOWN or len(self.variants) > MOST_KNOWN:
            self.units.clear()
            self.variants.clear()
        new = set(units) - self.units
        self.units |= {attributes for attributes in new if attributes_pattern("tu").fullmatch(attributes)}
        strange = {*one, *other} - self.variants.keys()
        for attributes in strange:
            if found := attributes_pattern("tuv").fullmatch(attributes):
                self.variants[attributes] = found[1].decode("utf-8", "replace")
        return new <= self.units and strange <= self.variants.keys()

    def _codes(self, one: Sequence[bytes], other: Sequence[bytes]) -> Sequence[Codes]:
        known = self.variants
        if len({*one}) == 1 and len({*other}) == 1:
            return [(known[one[0]], known[other[0]])] * len(one)
        return [(known[a], known[b]) for a, b in zip(one, other, strict=True)]

    def _apart(self, chunk: Chunk, before: int, rows: list[Row], broken: tuple[int, str] | None) -> Screened:
        """The chunk unit by unit: the right ones in bulk, the others by themselves."""
        every = list(raws(chunk, before))
        if broken:
            return Screened(chunk, len(every), (), (), (), (), tuple(every), broken)
        number = before
        numbers: list[int] = []
        right: list[Row] = []
        suspects: list[Raw] = []
        for row in rows:
            parts = 1 if not row[5] else sum(1 for _ in split(row[5], 0, len(row[5])))
            if parts == 1 and self._is_right(row):
                right.append(row)
                numbers.append(number + 1)
            else:
                suspects += every[number - before : number - before + parts]
            number += parts
        codes = [(self.variants[row[1]], self.variants[row[3]]) for row in right]
        first, second = [row[2] for row in right], [row[4] for row in right]
        return Screened(chunk, number - before, numbers, codes, first, second, tuple(suspects))

    def _is_right(self, row: Row) -> bool:
        if row[5] or row[0] not in self.units or row[1] not in self.variants or row[3] not in self.variants:
            return False
        return not any(ODD_TEXT.search(text) or len(text) > LONG or _is_unpaired(text) for text in (row[2], row[4]))


def _is_unpaired(text: bytes) -> bool:
    """Whether a code opens or closes without its other."""
    return (b"<bpt" in text or b"<ept" in text) and _are_unpaired(tuple(PAIRED.findall(text)))


@lru_cache(4096)
def _are_unpaired(codes: tuple[tuple[bytes, bytes], ...]) -> bool:
    return bool(unpaired((kind.decode(), number.decode("utf-8", "replace")) for kind, number in codes))


def _has_odd(first: Sequence[bytes], second: Sequence[bytes]) -> bool:
    joined = b"\0".join((b"", *first, *second, b""))
    return (
        max(map(len, first)) > LONG
        or max(map(len, second)) > LONG
        or any(sign in joined for sign in SIGNS)
        or (b"pt " in joined and any(map(_is_unpaired, (*first, *second))))
    )


def count(screened: Screened) -> Counter[Codes]:
    """How many of the right units are in which languages."""
    codes = screened.codes
    if codes and codes[0] is codes[-1]:
        return Counter({codes[0]: len(codes)}) if all(c is codes[0] for c in codes) else Counter(codes)
    return Counter(codes)

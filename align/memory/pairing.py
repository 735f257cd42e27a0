"""A chunk of a memory -> its units as far as merging asks: languages, texts, date, documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from align.memory.chunks import Chunk
from align.memory.patterns import CODE, attributes_pattern, unit_pattern
from align.memory.screening import Codes
from align.memory.tags import dated
from align.memory.units import Raw, raws, unit_of

DOCUMENT = "x-document"
TYPED = f"{DOCUMENT}:SingleString"
"""The same property as Trados writes it."""
NAMED = re.compile(rb'<prop type="x-document(?::SingleString)?">([^<]*)</prop>')
DATED = re.compile(rb'\s(changedate|creationdate)="([^"]*)"')
SRCLANG = re.compile(rb"""\ssrclang\s*=\s*["']([^"']*)""")


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit: its languages, their texts as they stand, when it was changed last, its documents, its srclang.

    `is_right`: all its attributes are as TMX has them.
    """

    raw: Raw
    codes: Codes
    texts: tuple[str, ...]
    date: str
    documents: tuple[str, ...]
    srclang: str
    is_right: bool = False


def pairs(chunk: Chunk, before: int) -> Iterator[Pair]:
    """The units of a chunk after so many others. Raises lxml's XMLSyntaxError."""
    rows = unit_pattern().finditer(chunk.masked)
    for raw, row in zip(raws(chunk, before), rows, strict=False):
        yield _plain(raw, row) or _read(raw)


def _plain(raw: Raw, row: re.Match[bytes]) -> Pair | None:
    """A unit of two languages without codes or escapes in its texts, read off the pattern; nothing for any other."""
    unit, one, first, other, second, odd = row.groups()
    if odd or len(raw.data) != row.end() - row.start() or b"&" in (held := first + second) or b"<" in held:
        return None
    codes = CODE.search(one), CODE.search(other)
    if not codes[0] or not codes[1]:
        return None
    srclang = SRCLANG.search(unit)
    return Pair(
        raw,
        (codes[0][1].decode(), codes[1][1].decode()),
        (first.decode(), second.decode()),
        _newest([(kind.decode(), day.decode()) for kind, day in DATED.findall(unit + one + other)]),
        tuple(unescape(name.decode()) for name in NAMED.findall(raw.data)),
        srclang[1].decode() if srclang else "",
        _is_right("tu", unit) and _is_right("tuv", one) and _is_right("tuv", other),
    )


@lru_cache(4096)
def _is_right(name: str, attributes: bytes) -> bool:
    found = attributes_pattern(name).fullmatch(attributes)
    return bool(found) and not (name == "tuv" and found and b"_" in found[1])


def _read(raw: Raw) -> Pair:
    unit = unit_of(raw)
    attributes = [*unit.attributes, *(pair for variant in unit.variants for pair in variant.attributes)]
    return Pair(
        raw,
        tuple(variant.lang for variant in unit.variants),
        tuple(variant.markup for variant in unit.variants),
        _newest(attributes),
        tuple(said.text for said in unit.said if said.type in (DOCUMENT, TYPED)),
        dict(unit.attributes).get("srclang", ""),
    )


def _newest(attributes: list[tuple[str, str]]) -> str:
    """When a unit was changed last, else made; nothing where it does not say."""
    for name in ("changedate", "creationdate"):
        if days := [day for key, value in attributes if key == name and (day := dated(value))]:
            return max(days)
    return ""


def source_of(codes: Codes, srclang: str) -> int:
    """Which of a unit's languages is translated from."""
    said = srclang.lower().replace("_", "-")
    names = [code.lower().replace("_", "-") for code in codes]
    if said in names:
        return names.index(said)
    primary = [name.partition("-")[0] for name in names]
    return primary.index(said.partition("-")[0]) if said.partition("-")[0] in primary else 0

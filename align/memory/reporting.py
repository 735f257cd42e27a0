"""Texts that many memories translate in more than one way -> a table of them, and sentences about the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from align.export import whole
from align.memory.merging import Gathered, Memory, gather, write
from align.memory.pairing import source_of
from align.memory.store import Store, Stored, store
from align.memory.units import Raw, unit_of

COLUMNS = ("text", "source", "target", "kept", "date", "languages", "file", "unit", "line")
FORMULA = re.compile("[\\s']*[=+@＝＋－＠-]")
SHOWN = 5
"""Contradictions that are told one by one."""


@dataclass(frozen=True, slots=True)
class Way:
    """One translation of a text: the texts, whether it is in the merged memory, when and where it was found."""

    text: int
    source: str
    target: str
    kept: bool
    date: str
    languages: str
    file: str
    unit: int
    line: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of all units: those of each file, those kept, those that were there already, those of no use,
    and how many more there are since those of many languages became pairs.

    `contradictions` counts the texts that are translated in more than one way; `first` are some of them.
    """

    files: tuple[tuple[str, int], ...]
    units: int
    repeated: int
    replaced: int
    useless: int
    split: int
    languages: tuple[tuple[str, int], ...]
    sources: tuple[str, ...]
    contradictions: int
    first: tuple[tuple[Way, ...], ...]


def merge(
    memories: Sequence[Memory], out: Path, report: Path | None, newest: bool, tell: Callable[[str], None]
) -> Merged:
    """Write one memory of many, and a table of contradictions if it is asked for.

    Raises DataError for a memory that is not whole, SurroundingsError where a place takes no file.
    """
    with store() as pairs, whole(out.parent) as output, whole((report or out).parent) as beside:
        gathered = gather(memories, pairs, tell)
        with output.open(out.name) as stream:
            units = write(memories, gathered, pairs, newest, stream)
        if report:
            with beside.open(report.name) as stream:
                stream.writelines(f"{line}\n".encode() for line in table(memories, gathered, pairs, newest))
        return _summed(memories, gathered, pairs, units, newest)


def _summed(memories: Sequence[Memory], gathered: Gathered, pairs: Store, units: int, newest: bool) -> Merged:
    every = sum(gathered.counts)
    different = pairs.count()
    grouped = groupby(ways(memories, gathered, pairs, newest), key=lambda way: way.text)
    first = tuple(tuple(group) for _, group in islice(grouped, SHOWN))
    return Merged(
        tuple((memory.name, count) for memory, count in zip(memories, gathered.counts, strict=True)),
        units,
        every + gathered.split - gathered.useless - different,
        different - units,
        gathered.useless,
        gathered.split,
        tuple(("–".join(codes), count) for codes, count in gathered.written.most_common()),
        gathered.sources,
        pairs.contradicted(),
        first,
    )


def ways(memories: Sequence[Memory], gathered: Gathered, pairs: Store, newest: bool) -> Iterator[Way]:
    """Every translation of each text that has more than one, the newest first."""
    text = 0
    for place, stored in pairs.contradictions():
        text += place == 1
        yield _way(memories, gathered, stored, text, place == 1 or not newest)


def _way(memories: Sequence[Memory], gathered: Gathered, stored: Stored, text: int, kept: bool) -> Way:
    unit = unit_of(Raw(stored.number, stored.line, stored.raw, 0))
    at = source_of(tuple(variant.lang for variant in unit.variants), stored.source)
    others = [variant for n, variant in enumerate(unit.variants) if n != at]
    source = unit.variants[at]
    codes = "–".join([source.lang, *(variant.lang for variant in others)])
    target = " / ".join(variant.text for variant in others)
    day = f"{stored.date[:4]}-{stored.date[4:6]}-{stored.date[6:8]}" if stored.date else ""
    return Way(text, source.text, target, kept, day, codes, memories[stored.file].name, stored.number, stored.line)


def table(memories: Sequence[Memory], gathered: Gathered, pairs: Store, newest: bool) -> Iterator[str]:
    """The contradictions as lines of a table with tabs; no cell is a formula."""
    yield "\t".join(COLUMNS)
    for way in ways(memories, gathered, pairs, newest):
        row = (way.text, way.source, way.target, "yes" if way.kept else "no")
        yield "\t".join(map(_cell, (*row, way.date, way.languages, way.file, way.unit, way.line)))


def _cell(value: object) -> str:
    text = " ".join(str(value).split())
    return f"'{text}" if FORMULA.match(text) else text

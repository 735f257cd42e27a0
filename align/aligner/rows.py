"""Segments of two texts, and the rows of a table or memory they stand in -> stretches that answer each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from align.model import Segment

Run = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What the sources say is side by side: the row of a segment, by id; a row that is `whole` is one pair as it is."""

    of: Mapping[str, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()


def by_rows(en: Run, zh: Run, rows: Rows) -> Iterator[tuple[Run, Run, bool]]:
    """English and Chinese runs that answer each other, in order, and whether one is a pair as it is.

    Rows that both sides have, in one order, answer each other; a row that one side has alone has no
    answer; what stands in no row is between the rows it stands between.
    """
    places = [{row: at for at, row in reversed(list(enumerate(_keys(run, rows)))) if row} for run in (en, zh)]
    done = [0, 0]
    for row in _shared(*places):
        yield from _between(en[done[0] : places[0][row]], zh[done[1] : places[1][row]], rows)
        ends = [_end(run, place[row], row, rows) for run, place in zip((en, zh), places, strict=True)]
        yield en[places[0][row] : ends[0]], zh[places[1][row] : ends[1]], row in rows.whole
        done = ends
    yield from _between(en[done[0] :], zh[done[1] :], rows)


def _keys(run: Run, rows: Rows) -> list[str]:
    return [rows.of.get(segment.id, "") for segment in run]


def _shared(en: Mapping[str, int], zh: Mapping[str, int]) -> Iterator[str]:
    """The rows of both, as far as they come in one order."""
    last = -1
    for row in sorted(en.keys() & zh.keys(), key=lambda row: en[row]):
        if zh[row] > last:
            last = zh[row]
            yield row


def _end(run: Run, start: int, row: str, rows: Rows) -> int:
    end = start
    while end < len(run) and rows.of.get(run[end].id) == row:
        end += 1
    return end


def _between(en: Run, zh: Run, rows: Rows) -> Iterator[tuple[Run, Run, bool]]:
    """Segments between two rows: those of a row of their own are alone, the others answer each other."""
    yield from ((run, (), False) for run in _alone(en, rows))
    free = tuple(tuple(s for s in run if not rows.of.get(s.id)) for run in (en, zh))
    if free[0] or free[1]:
        yield free[0], free[1], False
    yield from (((), run, False) for run in _alone(zh, rows))


def _alone(run: Run, rows: Rows) -> Iterator[Run]:
    held: dict[str, list[Segment]] = {}
    for segment in run:
        if row := rows.of.get(segment.id):
            held.setdefault(row, []).append(segment)
    yield from map(tuple, held.values())


def as_given(confidence: float) -> float:
    """The probability of a pair that a memory gives, from the one its words say: the memory's word counts nine to one."""
    odds = confidence / max(1 - confidence, 0.01) * 9
    return odds / (1 + odds)

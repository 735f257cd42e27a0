"""Segments of two texts, and the rows of a table or memory they stand in -> stretches that answer each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from align.model import Link, Segment

Run = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What the sources say is side by side: the row of a segment, by id; a row that is `whole` is one pair as it is."""

    of: Mapping[str, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()


def by_rows(en: Run, zh: Run, rows: Rows) -> Iterator[tuple[Run, Run, bool]]:
    """English and Chinese runs that answer each other, and whether one is a pair as it is.

    First what stands in no row, then row by row; a row that one side has alone has no answer.
    """
    held: dict[str, tuple[list[Segment], list[Segment]]] = {"": ([], [])}
    for side, run in enumerate((en, zh)):
        for segment in run:
            held.setdefault(rows.of.get(segment.id, ""), ([], []))[side].append(segment)
    for row, (ours, theirs) in held.items():
        yield tuple(ours), tuple(theirs), row in rows.whole


def in_order(links: Sequence[Link], en: Run, zh: Run) -> list[Link]:
    """The links of a unit as they are printed; those that stand otherwise in the Chinese are flagged as crossing."""
    place = {segment.id: at for run in (en, zh) for at, segment in enumerate(run)}
    told = sorted((link for link in links if link.en), key=lambda link: place[link.en[0]])
    behind: dict[int, list[Link]] = {}
    homes = {place[name]: at for at, link in enumerate(told) for name in link.zh}
    home = -1
    alone = {place[link.zh[0]]: link for link in links if not link.en}
    for at in range(len(zh)):
        home = max(home, homes.get(at, -1))
        if at in alone:
            behind.setdefault(home, []).append(alone[at])
    last, flagged = -1, []
    for link in [*behind.get(-1, ()), *(link for at, one in enumerate(told) for link in (one, *behind.get(at, ())))]:
        crosses = bool(link.zh) and place[link.zh[0]] < last and "crossing" not in link.flags
        flagged.append(replace(link, flags=(*link.flags, "crossing")) if crosses else link)
        last = max([last, *(place[name] for name in link.zh)])
    return flagged


def as_given(confidence: float) -> float:
    """The probability of a pair that a memory gives, from what its words say: the memory's word counts nine to one."""
    odds = confidence / max(1 - confidence, 0.01) * 9
    return odds / (1 + odds)

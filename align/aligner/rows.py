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
    """The links of a unit as they are printed; those that stand otherwise on either side are flagged as crossing."""
    place = {segment.id: at for run in (en, zh) for at, segment in enumerate(run)}
    links = [replace(link, en=_sorted(link.en, place), zh=_sorted(link.zh, place)) for link in links]
    told = _told(links, place, len(zh))
    last, crossing = [-1, -1], set()
    for at, link in enumerate(told):
        sides = [[place[name] for name in side] for side in (link.en, link.zh)]
        if any(side and side[0] < before for side, before in zip(sides, last, strict=True)):
            crossing.add(at)
        last = [max(before, *side) if side else before for side, before in zip(sides, last, strict=True)]
    return [_crossing(link) if at in crossing else link for at, link in enumerate(told)]


def _sorted(names: tuple[str, ...], place: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(names, key=place.__getitem__))


def _crossing(link: Link) -> Link:
    return replace(link, flags=tuple(dict.fromkeys((*link.flags, "crossing"))))


def _told(links: Sequence[Link], place: Mapping[str, int], size: int) -> list[Link]:
    """Links in English order; one of Chinese alone stands behind what the Chinese has before it."""
    told = sorted((link for link in links if link.en), key=lambda link: place[link.en[0]])
    homes = {place[name]: at for at, link in enumerate(told) for name in link.zh}
    alone = {place[link.zh[0]]: link for link in links if not link.en}
    behind: dict[int, list[Link]] = {}
    home = -1
    for at in range(size):
        home = max(home, homes.get(at, -1))
        if at in alone:
            behind.setdefault(home, []).append(alone[at])
    return [*behind.get(-1, ()), *(link for at, one in enumerate(told) for link in (one, *behind.get(at, ())))]


def as_given(confidence: float) -> float:
    """The probability of a pair that a memory gives, from what its words say: the memory's word counts nine to one."""
    odds = confidence / max(1 - confidence, 0.01) * 9
    return odds / (1 + odds)

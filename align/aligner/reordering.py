"""Units whose sentences hardly answer each other in order -> their paragraphs and points, matched in any order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from align.aligner.likeness import Likeness
from align.aligner.ordering import FEWEST, WHOLE, across, rising
from align.model import Block, Link, walk
from align.units import Group, Unit

ANSWERED = 0.8
"""Share of a unit's sentences in likely pairs from which its order is left alone; how likely such a pair is."""
RISING = 0.8
"""Share of paragraphs that follow each other in both texts from which they are in one order."""


def reordered(
    units: Sequence[Unit], links: Mapping[int, Sequence[Link]], placed: Mapping[str, str], likeness: Likeness
) -> dict[int, dict[str, str]]:
    """For each unit in another order, by position: for its segments which row of matching paragraphs they are in.

    Definitions run from A to Z in English and by strokes in Chinese. What a source has `placed` in rows stays there.
    """
    found = {}
    for at, unit in enumerate(units):
        told = links.get(at, ())
        if told and not _is_answered(told) and not any(name in placed for link in told for name in link.en):
            rows = _rows(unit, likeness)
            if rows:
                found[at] = rows
    return found


def _is_answered(links: Sequence[Link]) -> bool:
    size = sum(len(link.en) + len(link.zh) for link in links)
    sure = (link for link in links if link.en and link.zh and link.confidence >= ANSWERED)
    return sum(len(link.en) + len(link.zh) for link in sure) >= ANSWERED * size


def _rows(unit: Unit, likeness: Likeness) -> dict[str, str]:
    en, zh = (list(_parts(side)) for side in unit.sides)
    if unit.kind == "section" or min(len(en), len(zh)) < FEWEST or len(en) * len(zh) > WHOLE:
        return {}
    pairs = across(likeness.of(en, zh))
    if len(rising(pairs)) >= RISING * len(pairs):
        return {}
    return {s.id: en[i].id for i, j in pairs for block in (en[i], zh[j]) for s in block.segments}


def _parts(group: Group) -> Iterator[Block]:
    """The paragraphs and points of one side."""
    return (block for block in walk(group) if block.segments)

"""Paragraphs in both languages -> as many rows, and levels in a row, as links allow: what answers stands beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate

from align.model import Bitext, walk
from align.units import Unit

from ._runs import Cell


def block_links(bitext: Bitext) -> Iterator[tuple[str, str]]:
    """Which English block is linked with which Chinese one, by id."""
    home = {s.id: block.id for d in bitext.documents for block in walk(d.blocks) for s in block.segments}
    for link in bitext.links:
        yield from ((home[a], home[b]) for a in link.en for b in link.zh if a in home and b in home)


def side_by_side(unit: Unit, links: Collection[tuple[str, str]]) -> Iterator[Unit]:
    """A run of paragraphs cut into as many rows as its links allow, so that what answers stands beside it."""
    place = {block.id: at for at, block in enumerate(unit.zh)}
    ours = {block.id: at for at, block in enumerate(unit.en)}
    pairs = [(ours[a], place[b]) for a, b in links if a in ours and b in place]
    i = j = 0
    for k in range(1, len(unit.en) + 1):
        m = max((b + 1 for a, b in pairs if a < k), default=j)
        if all(b >= m for a, b in pairs if a >= k) and (m > j or k == len(unit.en)):
            m = m if k < len(unit.en) else len(unit.zh)
            yield Unit(unit.kind, unit.en[i:k], unit.zh[j:m])
            i, j = k, m
    if not unit.en:
        yield unit


def answers(bitext: Bitext) -> dict[str, tuple[str, ...]]:
    """The Chinese sentences that answer each English one, by id."""
    return {name: link.zh for link in bitext.links for name in link.en}


def levels(en: Cell, zh: Cell, answered: Mapping[str, tuple[str, ...]]) -> tuple[tuple[int, int], ...]:
    """Where both sides of a row come level: after how many English and how many Chinese paragraphs.

    One by one where each answers the one beside it; else wherever no link goes across. What nothing answers
    stays with what is before it.
    """
    theirs = _places(zh)
    pairs = [
        (at, theirs[other]) for name, at in _places(en).items() for other in answered.get(name, ()) if other in theirs
    ]
    beside = {a for a, b in pairs if a == b}
    if len(en) == len(zh) and all(a in beside and b in beside for a, b in pairs):
        return tuple((k, k) for k in range(1, len(en) + 1))
    last, first = dict(sorted(pairs)), dict(sorted(pairs, reverse=True))
    floors = list(accumulate((first.get(k, len(zh)) for k in reversed(range(len(en)))), min))[::-1]
    tops = list(accumulate((last.get(k, -1) for k in range(len(en))), max))
    cuts = ((k, floors[k]) for k in range(1, len(en)) if k in first and -1 < tops[k - 1] < floors[k])
    return (*cuts, (len(en), len(zh)))


def _places(cell: Cell) -> dict[str, int]:
    """The paragraph that each sentence stands in."""
    return {run.of: at for at, paragraph in enumerate(cell) for run in paragraph if run.of}

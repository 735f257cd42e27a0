"""A run of paragraphs in both languages -> as many rows as its links allow, so that what answers stands beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from align.model import Bitext, walk
from align.units import Unit


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

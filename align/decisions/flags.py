"""A bitext whose links have changed -> the same, each link with the flags that its sentences and its place give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from align.drafts import drafted, drafted_segments
from align.model import Bitext, Link, segments
from align.units import Unit, flatten, own_segments, units_of

FLAGS = ("missing", "omitted", "truncated", "crossing", "suspect", "doubtful", "draft")
"""In the order in which a corpus gives them."""


def flagged(bitext: Bitext) -> Bitext:
    """The bitext with the flags of its links true: what is a gap of what kind, cut off, crossing, a draft."""
    units = list(flatten(units_of(bitext)))
    homes = {name: n for n, unit in enumerate(units) for side in unit.sides for name in own_segments(side)}
    every = [segment for document in bitext.documents for segment in segments(document)]
    cut = {segment.id for segment in every if segment.truncated}
    crossing = _crossing(bitext, homes)
    drafts = _Drafts(bitext, units, homes)
    heads = [bool(document.heading) for document in bitext.documents]

    def flags(at: int, link: Link) -> Iterator[str]:
        yield from (flag for flag in link.flags if flag in ("suspect", "doubtful", "crossing"))
        if not (link.en and link.zh):
            home = homes.get((link.en or link.zh)[0], -1)
            both = all(units[home].sides) if home >= 0 else all(heads)
            yield "omitted" if both else "missing"
        if not cut.isdisjoint((*link.en, *link.zh)):
            yield "truncated"
        if at in crossing:
            yield "crossing"
        if drafts.hold(link):
            yield "draft"

    made = (replace(k, flags=tuple(sorted(set(flags(n, k)), key=FLAGS.index))) for n, k in enumerate(bitext.links))
    return replace(bitext, links=tuple(made))


class _Drafts:
    """Which links have a sentence or a gap in a draft."""

    def __init__(self, bitext: Bitext, units: Sequence[Unit], homes: Mapping[str, int]) -> None:
        self.sentences = drafted_segments(bitext)
        self.blocks = drafted(bitext)
        self.units, self.homes = units, homes

    def hold(self, link: Link) -> bool:
        """Whether a link stands in a draft."""
        if any(name in self.sentences for name in (*link.en, *link.zh)):
            return True
        home = self.homes.get((link.en or link.zh)[0], -1)
        if (link.en and link.zh) or home < 0:
            return False
        other = self.units[home].sides[1 if link.en else 0]
        return any(block.id in self.blocks for block in other)


def _crossing(bitext: Bitext, homes: Mapping[str, int]) -> set[int]:
    """Which links stand out of order in their unit, or join two units; gaps of a unit with such links do, too."""
    place = {s.id: at for document in bitext.documents for at, s in enumerate(segments(document))}
    last: dict[int, list[int]] = defaultdict(lambda: [-1, -1])
    found: set[int] = set()
    disordered: set[int] = set()
    for at, link in enumerate(bitext.links):
        units = {homes.get(name, -1) for name in (*link.en, *link.zh)}
        orders = [[place[name] for name in side] for side in (link.en, link.zh)]
        done = last[next(iter(units))]
        if len(units) > 1 or any(a >= b for d, o in zip(done, orders, strict=True) for a, b in pairwise([d, *o])):
            found.add(at)
        if len(units) > 1 or at in found or "crossing" in link.flags:
            disordered |= units
        if len(units) == 1:
            done[:] = [max([before, *order]) for before, order in zip(done, orders, strict=True)]
    alone = (at for at, link in enumerate(bitext.links) if not (link.en and link.zh))
    return found | {at for at in alone if homes.get((bitext.links[at].en or bitext.links[at].zh)[0], -1) in disordered}

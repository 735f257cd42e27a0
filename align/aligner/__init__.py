"""Two Documents -> the links between their segments: items first, then sentences inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from align.aligner.beads import align_segments
from align.aligner.evidence import Evidence, gather
from align.aligner.items import pair_blocks
from align.model import Block, Document, Link, Segment, block_segments, segments
from align.units import Group, Unit, flatten, units

METHOD = "items by number; sentences by dynamic programming over length, numbers, dates, Latin strings and a dictionary"
DOUBTFUL_BELOW = 0.5


def align(en: Document, zh: Document, dictionary: Mapping[str, frozenset[str]] | None = None) -> tuple[Link, ...]:
    """The links in printed order; every segment is in exactly one. `dictionary` renders Chinese words as stems.

    An empty side means a gap: `missing` where a whole unit has no counterpart, `omitted` where a
    sentence of an answered unit has none. Confidence is the posterior of the bead under the
    model, not calibrated.
    """
    evidence = gather([s.text for s in segments(en)], [s.text for s in segments(zh)], dictionary or {})
    links = _sequence(en.heading, zh.heading, evidence)
    if en.heading and zh.heading and not any(link.en and link.zh for link in links):
        links = [_doubtful(links)]
    for unit in flatten(units(en, zh, pair_blocks(en, zh, evidence))):
        links += _unit(unit, evidence)
    cut = {s.id for document in (en, zh) for s in segments(document) if s.truncated}
    return tuple(_flag(link, cut) for link in links)


def _flag(link: Link, cut: set[str]) -> Link:
    flags = [*link.flags]
    if cut.intersection((*link.en, *link.zh)):
        flags.append("truncated")
    if link.en and link.zh and link.confidence < DOUBTFUL_BELOW:
        flags.append("doubtful")
    return replace(link, flags=tuple(flags))


def _unit(unit: Unit, evidence: Evidence) -> list[Link]:
    heads = tuple(_headings(side) for side in unit.sides)
    bodies = tuple(_body(side, unit.kind == "section") for side in unit.sides)
    if not (unit.en and unit.zh):
        return _sequence(heads[0] + bodies[0], heads[1] + bodies[1], evidence)
    if heads[0] and heads[1]:
        links = _sequence(heads[0], heads[1], evidence) + _sequence(bodies[0], bodies[1], evidence)
    else:
        links = _sequence(heads[0] + bodies[0], heads[1] + bodies[1], evidence)
    if any(link.en and link.zh for link in links) or not links:
        return [_inside(link) for link in links]
    return _unanswered(unit, links)


def _inside(link: Link) -> Link:
    """A gap inside a unit that has a counterpart is an omission."""
    return replace(link, flags=tuple("omitted" if flag == "missing" else flag for flag in link.flags))


def _unanswered(unit: Unit, links: list[Link]) -> list[Link]:
    """A pair in which nothing answers anything: an item or section keeps its number's word, doubtfully."""
    joined = _doubtful(links)
    if unit.kind in ("item", "section") and joined.en and joined.zh:
        return [joined]
    alone = (Link(joined.en, (), flags=("missing",)), Link((), joined.zh, flags=("missing",)))
    return [link for link in alone if link.en or link.zh]


def _doubtful(links: list[Link]) -> Link:
    """All segments of one side with all of the other, for want of anything better."""
    return Link(tuple(i for link in links for i in link.en), tuple(i for link in links for i in link.zh), 0.05)


def _headings(group: Group) -> tuple[Segment, ...]:
    return tuple(segment for block in group for segment in block.heading)


def _body(group: Group, is_section: bool) -> tuple[Segment, ...]:
    if is_section:
        return ()
    return tuple(s for block in group for s in _behind_heading(block))


def _behind_heading(block: Block) -> Iterator[Segment]:
    return (segment for segment in block_segments(block) if segment not in block.heading)


def _sequence(en: Sequence[Segment], zh: Sequence[Segment], evidence: Evidence) -> list[Link]:
    """The links of two runs of segments that answer each other as a whole."""
    if not en and not zh:
        return []
    if not en or not zh:
        return [Link(tuple(s.id for s in en), tuple(s.id for s in zh), flags=("missing",))]
    return [
        Link(
            tuple(en[i].id for i in bead.en),
            tuple(zh[j].id for j in bead.zh),
            bead.confidence,
            flags=() if bead.en and bead.zh else ("missing",),
        )
        for bead in align_segments(en, zh, evidence)
    ]

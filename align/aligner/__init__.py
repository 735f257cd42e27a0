"""Two Documents -> the links between their segments: items first, then sentences inside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from align.aligner.beads import Bead, align_texts
from align.aligner.items import Pairing, pair_blocks
from align.aligner.likeness import Likeness
from align.aligner.parameters import Parameters, itemised
from align.aligner.reordering import reordered
from align.aligner.rows import Rows, as_given, by_rows, in_order
from align.dictionary.arrays import Dictionary, empty
from align.model import Block, Document, Link, Segment, block_segments, reading, segments, walk
from align.units import Group, Unit, flatten, units

METHOD = (
    "items by number and content; sentences by dynamic programming over likelihood ratios of words, names, numbers, "
    "vectors, lengths and ends, with estimates from the document"
)
FLAGS = ("missing", "omitted", "truncated", "crossing", "suspect", "doubtful")
"""In the order in which a corpus gives them."""
DOUBTFUL_BELOW, SUREST, SUSPECT_AT_MOST = 0.5, 0.99, 0.25

Glossary = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Two runs of segments that answer each other as a whole, and the unit they are from.

    `is_whole`: they are one pair, as a memory gives it.
    """

    en: tuple[Segment, ...]
    zh: tuple[Segment, ...]
    unit: int
    is_whole: bool = False


def align(
    en: Document,
    zh: Document,
    dictionary: Dictionary | None = None,
    glossary: Glossary = (),
    rows: Rows | None = None,
) -> tuple[Link, ...]:
    """The links in printed order; every segment is in exactly one, and none leaves its row.

    An empty side means a gap: `missing` where a whole unit has no counterpart, `omitted` where a
    sentence of an answered unit has none. Confidence is the calibrated probability that a link is right, at
    most .99; of a whole unit that is missing it is 1, of a pair that only its number speaks for .05.
    """
    dictionary = dictionary or empty()
    likeness = Likeness(en, zh, dictionary, glossary, Parameters())
    pairing = pair_blocks(en, zh, likeness)
    found = tuple(flatten(units(en, zh, pairing.partners)))
    p = itemised() if any(unit.kind == "item" for unit in found) else Parameters()
    rows, opens = rows or Rows(), _openings(en, zh)
    stretches = [_Stretch(en.heading, zh.heading, -1)]
    for number, unit in enumerate(found):
        stretches += _stretches(unit, number, rows)
    links = _by_unit(stretches, _linked(stretches, opens, dictionary, glossary, p))
    told = _title(links.pop(-1, []))
    moved = reordered(found, links, rows.of, likeness)
    rows = replace(rows, of={**rows.of, **{name: row for held in moved.values() for name, row in held.items()}})
    stretches = [stretch for number in moved for stretch in _stretches(found[number], number, rows)]
    links |= _by_unit(stretches, _linked(stretches, opens, dictionary, glossary, p))
    for number, unit in enumerate(found):
        told += _gaps_too(_marked(_as_printed(unit, _told(unit, links.get(number, [])), rows), unit, pairing))
    cut = {s.id for document in (en, zh) for s in segments(document) if s.truncated}
    return tuple(_flag(link, cut) for link in told)


def _by_unit(stretches: Sequence[_Stretch], linked: Iterator[list[Link]]) -> dict[int, list[Link]]:
    links: dict[int, list[Link]] = {}
    for stretch, made in zip(stretches, linked, strict=True):
        links.setdefault(stretch.unit, []).extend(made)
    return links


def _linked(
    stretches: Sequence[_Stretch],
    opens: frozenset[str],
    dictionary: Dictionary,
    glossary: Glossary,
    p: Parameters,
) -> Iterator[list[Link]]:
    """The links of each stretch, all of them aligned in one go."""
    both = [stretch for stretch in stretches if stretch.en and stretch.zh]
    en, zh = [s for stretch in both for s in stretch.en], [s for stretch in both for s in stretch.zh]
    beads = align_texts(
        [reading(s) for s in en],
        [reading(s) for s in zh],
        dictionary,
        glossary,
        [(len(stretch.en), len(stretch.zh)) for stretch in both],
        ([s.id in opens for s in en], [s.id in opens for s in zh]),
        p,
    )
    ready = iter(beads)
    for stretch in stretches:
        if stretch.en and stretch.zh:
            found = list(_take(ready, len(stretch.en) + len(stretch.zh), en, zh))
            yield [_as_given(stretch, found)] if stretch.is_whole else found
        else:
            alone = Link(tuple(s.id for s in stretch.en), tuple(s.id for s in stretch.zh), flags=("missing",))
            yield [alone] if stretch.en or stretch.zh else []


def _take(beads: Iterator[Bead], size: int, en: Sequence[Segment], zh: Sequence[Segment]) -> Iterator[Link]:
    """The next beads that hold so many segments, as links."""
    while size:
        bead = next(beads)
        size -= len(bead.en) + len(bead.zh)
        flags: tuple[str, ...] = () if bead.en and bead.zh else ("missing",)
        flags += ("crossing",) if bead.is_crossing else ()
        yield Link(
            tuple(en[i].id for i in bead.en),
            tuple(zh[j].id for j in bead.zh),
            min(round(bead.confidence, 2), SUREST),
            flags=flags,
        )


def _as_given(stretch: _Stretch, found: Sequence[Link]) -> Link:
    """A pair as a memory gives it, as sure as its surest link makes it."""
    surest = max((link.confidence for link in found if link.en and link.zh), default=0.05)
    en, zh = (tuple(s.id for s in side) for side in (stretch.en, stretch.zh))
    return Link(en, zh, min(round(as_given(surest), 2), SUREST))


def _stretches(unit: Unit, number: int, rows: Rows) -> Iterator[_Stretch]:
    """Headings answer headings where both sides have them; a section's body is in the units inside it."""
    heads = tuple(_headings(side) for side in unit.sides)
    bodies = tuple(_body(side, unit.kind == "section") for side in unit.sides)
    if not (unit.en and unit.zh):
        yield _Stretch(heads[0] + bodies[0], heads[1] + bodies[1], number)
        return
    if heads[0] and heads[1]:
        yield _Stretch(heads[0], heads[1], number)
        runs = by_rows(bodies[0], bodies[1], rows)
    else:
        runs = by_rows(heads[0] + bodies[0], heads[1] + bodies[1], rows)
    yield from (_Stretch(en, zh, number, is_whole) for en, zh, is_whole in runs)


def _openings(en: Document, zh: Document) -> frozenset[str]:
    """The ids of the segments that a paragraph begins with."""

    return frozenset(block.segments[0].id for document in (en, zh) for block in walk(document.blocks) if block.segments)


def _title(links: list[Link]) -> list[Link]:
    """The title's links: one title answers the other, if doubtfully."""
    both = any(link.en for link in links) and any(link.zh for link in links)
    return [_doubtful(links)] if both and not any(link.en and link.zh for link in links) else links


def _told(unit: Unit, links: list[Link]) -> list[Link]:
    """A unit's links with what it means that some have one side only."""
    if not (unit.en and unit.zh) or not links:
        return links
    if any(link.en and link.zh for link in links):
        return [_inside(link) for link in links]
    return _unanswered(unit, links)


def _as_printed(unit: Unit, links: list[Link], rows: Rows) -> list[Link]:
    """A unit's links in order, where rows may have put them out of it."""
    if not any(name in rows.of for link in links for name in (*link.en, *link.zh)):
        return links
    en, zh = (tuple(s for block in side for s in block_segments(block)) for side in unit.sides)
    return in_order(links, en, zh)


def _marked(links: list[Link], unit: Unit, pairing: Pairing) -> list[Link]:
    """The links of a unit with what is odd about its place or its content; gaps say enough."""
    name = unit.en[0].id if unit.en and unit.zh else ""
    flags = ("crossing",) * (name in pairing.crossing) + ("suspect",) * (name in pairing.suspect)
    sure = SUSPECT_AT_MOST if "suspect" in flags else SUREST
    return [
        replace(_with(link, flags), confidence=min(link.confidence, sure)) if link.en and link.zh else link
        for link in links
    ]


def _gaps_too(links: list[Link]) -> list[Link]:
    """Where links of a unit cross, its gaps do, too: their places are between sentences that others have left."""
    if not any("crossing" in link.flags for link in links):
        return links
    return [link if link.en and link.zh else _with(link, ("crossing",)) for link in links]


def _with(link: Link, flags: tuple[str, ...]) -> Link:
    return replace(link, flags=tuple(dict.fromkeys((*link.flags, *flags))))


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


def _flag(link: Link, cut: set[str]) -> Link:
    flags = [*link.flags]
    if cut.intersection((*link.en, *link.zh)):
        flags.append("truncated")
    if link.en and link.zh and link.confidence < DOUBTFUL_BELOW:
        flags.append("doubtful")
    return replace(link, flags=tuple(sorted(flags, key=FLAGS.index)))


def _headings(group: Group) -> tuple[Segment, ...]:
    return tuple(segment for block in group for segment in block.heading)


def _body(group: Group, is_section: bool) -> tuple[Segment, ...]:
    if is_section:
        return ()
    return tuple(s for block in group for s in _behind_heading(block))


def _behind_heading(block: Block) -> Iterator[Segment]:
    return (segment for segment in block_segments(block) if segment not in block.heading)

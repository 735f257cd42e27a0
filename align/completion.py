"""A bitext and a draft of one of its languages -> which of the draft's items stand where that language lacks them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from align.model import Bitext, Block, Document, Lang, Line, Link, Span, block_segments, items, walk
from align.provenance import spans_of
from align.units import Unit, flatten, units_of


def lacking_items(bitext: Bitext, draft: Document, held: Collection[str] = ()) -> dict[str, Block]:
    """Items of a draft, by number, that the other language has and the draft's own does not.

    `held` are numbers that a text of higher standing has, though the document does not take it from there. A
    number that is used twice is no name for an item.
    """
    side = _side(draft.id)
    lacking = Counter(unit.number for unit in flatten(units_of(bitext)) if _lacks(unit, side))
    given = Counter(item.number for item in items(draft))
    taken = {block.id for block in walk(bitext.documents[side].blocks)}
    return {
        item.number: item
        for item in items(draft)
        if item.number not in ("", *held)
        and lacking[item.number] == given[item.number] == 1
        and taken.isdisjoint(block.id for block in walk((item,)))
    }


def _side(lang: Lang) -> int:
    return 0 if lang == "en" else 1


def _lacks(unit: Unit, side: int) -> bool:
    return unit.kind == "item" and not unit.sides[side]


def answered(bitext: Bitext, lang: Lang, numbers: Collection[str]) -> tuple[Block, ...]:
    """The items of the other language that have these numbers and are lacking in `lang`, in printed order."""
    side = _side(lang)
    return tuple(
        block
        for unit in flatten(units_of(bitext))
        if _lacks(unit, side) and unit.number in numbers
        for block in unit.sides[1 - side]
    )


def completed(bitext: Bitext, lang: Lang, found: Mapping[str, Block]) -> Document:
    """The document of one language with the items found, each where the other language has its own."""
    after: dict[str, list[Block]] = {}
    _place(units_of(bitext), _side(lang), found, after, _first(""))
    document = bitext.documents[_side(lang)]
    return replace(document, blocks=(*after.pop(_first(""), ()), *_put(document.blocks, after)))


def _first(section: str) -> str:
    """Stands for the block before the first one of a section."""
    return f"{section}:"


def _place(
    units: Iterable[Unit], side: int, found: Mapping[str, Block], after: dict[str, list[Block]], before: str
) -> None:
    """Note which block every item follows; what is in a section that is lacking follows what that would follow."""
    for unit in units:
        own = unit.sides[side]
        before = own[-1].id if own else before
        if unit.kind == "section":
            _place(unit.inner, side, found, after, _first(own[-1].id) if own else before)
        elif not own and unit.number in found:
            after.setdefault(before, []).append(found[unit.number])


def _put(blocks: Iterable[Block], after: dict[str, list[Block]]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "section":
            opening = after.pop(_first(block.id), ())
            yield replace(block, blocks=(*opening, *_put(block.blocks, after)))
        else:
            yield block
        yield from after.pop(block.id, ())


def spliced(links: Iterable[Link], made: Iterable[Link], found: Iterable[Block]) -> tuple[Link, ...]:
    """The links with those that were made for some items, of either language, where these had none."""
    home = {segment.id: item.number for item in found for segment in block_segments(item)}
    new: dict[str, list[Link]] = {}
    for link in made:
        new.setdefault(home[(link.en or link.zh)[0]], []).append(link)

    def all_links() -> Iterator[Link]:
        for link in links:
            number = home.get((link.en or link.zh)[0])
            if number is None:
                yield link
            else:
                yield from new.pop(number, ())

    return tuple(all_links())


def flagged(links: Iterable[Link], lang: Lang) -> Iterator[Link]:
    """The links between a text and a draft in `lang`, as such; what the draft lacks as well stays missing."""
    for link in links:
        is_draft = bool(link.en if lang == "en" else link.zh) or "missing" not in link.flags
        yield replace(link, flags=(*link.flags, "draft")) if is_draft else link


def not_taken(lines: Sequence[Line], documents: Iterable[Document], told: Iterable[Span]) -> Iterator[Span]:
    """The lines of a draft that no document has and of which nothing is told yet."""
    names = {line.witness for line in lines}
    spans = [span for document in documents for span, _ in spans_of(document)]
    taken = sorted((span.witness, span.start) for span in (*spans, *told) if span.witness in names)
    for line in lines:
        at = bisect_left(taken, (line.witness, line.start))
        if at == len(taken) or taken[at] >= (line.witness, line.end):
            yield Span(line.witness, line.start, line.end, "left-out", line.text, "lower-standing")

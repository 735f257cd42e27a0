"""Bitexts -> the pairs of texts that a term may be learned from, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from align.model import Bitext, Block, Document, Link, Segment, reading, walk

UNFIT = frozenset({"missing", "omitted", "truncated", "suspect", "doubtful", "draft"})
"""Flags of links whose two sides may not be each other's translation, or are no text of the document."""

MOST = 4_000_000
"""Characters of the English times those of the Chinese: about two pages that were not cut into sentences."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Two texts that answer each other, and where they stand; `item` is empty outside items."""

    en: str
    zh: str
    document: str
    item: str = ""

    @property
    def is_searched(self) -> bool:
        """Whether it is short enough: what answers what is looked for among all words of both sides."""
        return len(self.en) * len(self.zh) <= MOST


def passages(bitexts: Iterable[Bitext]) -> Iterator[Passage]:
    """The trusted or confirmed beads of some bitexts, in order."""
    for bitext in bitexts:
        held = {name: found for document in bitext.documents for name, found in _placed(document)}
        for link in bitext.links:
            if link.en and link.zh and is_fit(link):
                en, zh = ([held[name] for name in side] for side in (link.en, link.zh))
                item = next((item for _, item in (*en, *zh) if item), "")
                yield Passage(_joined(en, " "), _joined(zh, ""), bitext.meta.name, item)


def is_fit(link: Link) -> bool:
    """Whether the two sides may be taken for each other's translation."""
    return link.status == "confirmed" or UNFIT.isdisjoint(link.flags)


def _joined(side: list[tuple[Segment, str]], between: str) -> str:
    return " ".join(between.join(reading(segment) for segment, _ in side).split())


def _placed(document: Document) -> Iterator[tuple[str, tuple[Segment, str]]]:
    """Every segment by its id, with the number of its item."""
    items = {inner.id: b.number for b in walk(document.blocks) if b.kind == "item" for inner in walk((b,))}
    blocks: Iterable[Block] = walk(document.blocks)
    for segment in document.heading:
        yield segment.id, (segment, "")
    for block in blocks:
        for segment in (*block.heading, *block.segments):
            yield segment.id, (segment, items.get(block.id, ""))

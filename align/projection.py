"""Numbered items of one language and plain paragraphs of the other -> items made of those paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from align.model import Block, Document, Link, block_segments, items, walk

FEWEST = 2
"""Items, and paragraphs, that are enough to go by."""


def lacks_items(plain: Document, numbered: Document) -> bool:
    """Whether one text is numbered and the other, though it has paragraphs, is not at all."""
    enough = sum(1 for _ in items(numbered)) >= FEWEST
    return enough and not any(items(plain)) and sum(block.kind == "paragraph" for block in plain.blocks) >= FEWEST


def without_items(document: Document) -> Document:
    """The document with the paragraphs of its items in their place; titles of items, which may run in, are left out."""
    return replace(document, blocks=tuple(_opened(document.blocks)))


def _opened(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "item":
            yield from block.blocks or (replace(block, kind="paragraph", segments=block.heading, heading=()),)
        elif block.kind == "section":
            yield replace(block, blocks=tuple(_opened(block.blocks)))
        else:
            yield block


def itemise(plain: Document, cut: Document, numbered: Document, links: Iterable[Link]) -> Document:
    """Paragraphs that answer one item, by most of their sentences, become an item without a number.

    `cut` is the plain text in sentences and `links` are its own, to the other text without its items.
    A paragraph that answers none, or stands out of the order of the items, stays what it is.
    """
    answers = _answers(numbered, links)
    order = {item.id: at for at, item in enumerate(items(numbered))}
    homes: list[str] = []
    last = -1
    for block in cut.blocks:
        said = Counter(answers[s.id] for part in walk((block,)) for s in part.segments if s.id in answers)
        home = said.most_common(1)[0][0] if said and block.kind != "section" else ""
        home = home if home and order[home] >= last else ""
        last = order.get(home, last)
        homes.append(home)
    runs = groupby(zip(homes, plain.blocks, strict=True), key=lambda pair: pair[0])
    grouped = [(home, [block for _, block in run]) for home, run in runs]
    return replace(plain, blocks=tuple(_renamed(plain, grouped)))


def _answers(numbered: Document, links: Iterable[Link]) -> dict[str, str]:
    """Segment of the plain text -> id of the item that it answers."""
    homes = {segment.id: item.id for item in items(numbered) for segment in block_segments(item)}
    found: dict[str, str] = {}
    for link in links:
        ours, theirs = (link.zh, link.en) if numbered.id == "en" else (link.en, link.zh)
        home = next((homes[name] for name in theirs if name in homes), "")
        found |= dict.fromkeys(ours, home) if home else {}
    return found


def _renamed(plain: Document, grouped: Sequence[tuple[str, list[Block]]]) -> Iterator[Block]:
    count = 0
    for home, blocks in grouped:
        if not home:
            yield from blocks
            continue
        count += 1
        name = f"{plain.id}.u{count}"
        inner = tuple(_moved(block, name, at) for at, block in enumerate(blocks, 1))
        yield Block(name, "item", blocks=inner, witness=blocks[0].witness)


def _moved(block: Block, name: str, at: int) -> Block:
    own = tuple(replace(s, id=f"{name}.s{at}-{n}" if n else f"{name}.s{at}") for n, s in enumerate(block.segments))
    return replace(block, id=f"{name}.p{at}", segments=own)

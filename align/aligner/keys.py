"""A document's numbered items -> what tells one from another: number, section, how often numbering began anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from align.aligner.ordering import Pair, rising
from align.aligner.tables import Window
from align.model import Block, Document, block_segments

BOX = 32
"""Items on either side that are looked at together."""
LEADING = re.compile(r"\d+")

Key = Callable[["Item"], Hashable]


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered block, the numbers of the sections it stands in, and how often the numbers went back before it."""

    block: Block
    path: tuple[str, ...]
    restarts: int


def listed(document: Document) -> list[Item]:
    """The items of a document in printed order."""
    found: list[Item] = []
    before, restarts = 0, 0
    for block, path in _walk(document.blocks, ()):
        if leading := LEADING.match(block.number):
            restarts += int(leading[0]) < before
            before = int(leading[0])
        found.append(Item(block, path, restarts))
    return found


def _walk(blocks: Sequence[Block], path: tuple[str, ...]) -> Iterator[tuple[Block, tuple[str, ...]]]:
    for block in blocks:
        if block.kind == "item":
            yield block, path
        yield from _walk(block.blocks, (*path, block.number))


def by_number(en: Sequence[Item], zh: Sequence[Item]) -> list[Pair]:
    """Positions of items that one key tells from all others on both sides; the most that cross nowhere."""
    keys: tuple[Key, ...] = (
        lambda item: (item.path, item.block.number),
        lambda item: item.block.number,
        lambda item: (item.restarts, item.block.number),
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for key in keys:
        ours, theirs = _unique(en, key), _unique(zh, key)
        for name, i in ours.items():
            j = theirs.get(name, -1)
            if j >= 0 and i not in found and j not in taken and en[i].block.number:
                found[i] = j
                taken.add(j)
    return rising(list(found.items()))


def _unique(side: Sequence[Item], key: Key) -> dict[Hashable, int]:
    names = [key(item) for item in side]
    counts = Counter(names)
    return {name: at for at, name in enumerate(names) if counts[name] == 1}


def repeated(side: Sequence[Item]) -> list[bool]:
    """Which items have a text that another has too, as where several are deleted."""
    texts = ["".join(segment.text for segment in block_segments(item.block)) for item in side]
    counts = Counter(texts)
    return [counts[text] > 1 for text in texts]


def boxes(pairs: Sequence[Pair]) -> Iterator[tuple[Window, list[Pair]]]:
    """Windows around pairs that rise on both sides, and the pairs in each."""
    inside: list[Pair] = []
    for i, j in pairs:
        if inside and max(i - inside[0][0], j - inside[0][1]) >= BOX:
            yield _around(inside)
            inside = []
        inside.append((i, j))
    if inside:
        yield _around(inside)


def _around(pairs: list[Pair]) -> tuple[Window, list[Pair]]:
    return Window(pairs[0][0], pairs[-1][0] + 1, pairs[0][1], pairs[-1][1] + 1), pairs

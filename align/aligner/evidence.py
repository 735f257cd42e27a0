"""Windows over two texts -> what their words say for each cell, from the few cells where something answers a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.compressed import spread
from align.aligner.likelihood import LEVELS, Lexicon, Words
from align.aligner.tokens import Side, Texts

if TYPE_CHECKING:
    from numpy import bool_, float32, int32, int64, uint8
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Grid:
    """Windows of one size: where they begin on either side, how many positions they have there, and how they lean."""

    tops: NDArray[int64]
    lefts: NDArray[int64]
    rows: int
    columns: int
    tilt: int = 0


@dataclass(frozen=True, slots=True)
class Hits:
    """Types of one side × sentences of the other from `first` on: whether the sentence renders the type.

    `home` is for each type its row, -1 for types that do not occur here.
    """

    home: NDArray[int64]
    cells: NDArray[bool_]
    first: int


def find_hits(texts: Texts, links: Lexicon, rows: tuple[int, int], columns: tuple[int, int]) -> tuple[Hits, Hits]:
    """The hits of the English types and of the Chinese ones, in a stretch of either side."""
    en, en_home, in_en = _presence(texts.en, *rows)
    zh, zh_home, in_zh = _presence(texts.zh, *columns)
    return (
        Hits(en_home, _rendered(en, links.en_starts, links.en_to, zh_home, in_zh), columns[0]),
        Hits(zh_home, _rendered(zh, links.zh_starts, links.zh_to, en_home, in_en), rows[0]),
    )


def _presence(side: Side, first: int, last: int) -> tuple[NDArray[int64], NDArray[int64], NDArray[uint8]]:
    """The types in a stretch, the row of each, and in which sentences they are."""
    part = slice(side.starts[min(max(first, 0), side.size)], side.starts[min(max(last, 0), side.size)])
    types = side.types[part]
    there = np.zeros(side.count, bool)
    there[types] = True
    found = np.flatnonzero(there)
    home = np.full(side.count, -1)
    home[found] = np.arange(len(found))
    present = np.zeros((len(found), -(-(last - first) // 64) * 64), np.uint8)
    present[home[types], side.rows[part] - first] = 1
    return found, home, present


def _rendered(
    types: NDArray[int64], starts: NDArray[int64], to: NDArray[int64], home: NDArray[int64], present: NDArray[uint8]
) -> NDArray[bool_]:
    """For each type the sentences with any type that answers it, found 64 sentences at a time."""
    which, at = spread(types, starts)
    answer = home[to[at]]
    which, answer = which[answer >= 0], answer[answer >= 0]
    packed = np.packbits(present, axis=1).view(np.uint64)
    hits = np.zeros((len(types), packed.shape[1]), np.uint64)
    if len(which):
        first = np.flatnonzero(np.diff(which, prepend=-1))
        hits[which[first]] = np.bitwise_or.reduceat(packed[answer], first, axis=0)
    return np.unpackbits(hits.view(np.uint8), axis=1).view(np.bool_)


def by_runs(
    side: Side, words: Words, hits: Hits, levels: Sequence[NDArray[int32]], grid: Grid, most: int,
    near: NDArray[bool_] | None = None,
) -> list[NDArray[float32]]:  # fmt: skip
    """For runs of 1 … most sentences of the other side: what each sentence's words say for them.

    Windows × sentences × positions at which a run begins; `levels[n - 1]` is the level of the runs of n.
    `near` tells for each sentence of a window which positions matter, where not all of them do.
    """
    width = grid.columns + most - 1
    row = (grid.tops[:, None] + np.arange(grid.rows)).ravel()
    of, at = spread(row, side.starts)
    if not len(of):
        return [np.zeros((len(row), grid.columns), np.float32)] * most
    types = side.types[at]
    left = ((grid.lefts - hits.first)[:, None] + grid.tilt * np.arange(grid.rows)).ravel()[of]
    seen = _stretches(hits.cells, hits.home[types] * hits.cells.shape[1] + left, width)
    if near is not None:
        seen &= near[of % grid.rows]
    found = np.flatnonzero(seen).astype(np.int32)
    which = found // np.int32(width)
    column = found - which * np.int32(width)
    gap = np.diff(found + which * np.int32(most), prepend=np.int32(-most))
    np.minimum(gap, column + 1, out=gap)
    cell = (of * grid.columns).astype(np.int32)[which] + column
    word = (words.kind[types] * LEVELS).astype(np.int32)[which]
    place = (left + hits.first).astype(np.int32)[which] + column
    return _summed(words.hit.ravel(), (gap, column, cell, word, place), levels, (len(row), grid.columns), most)


def _stretches(cells: NDArray[bool_], begins: NDArray[int64], width: int) -> NDArray[bool_]:
    """So many cells from each beginning on, row after row; taken as one thing each, which is fast."""
    thing, flat = np.dtype(f"V{width}"), cells.reshape(-1)
    return np.ndarray((flat.size - width + 1,), thing, flat, strides=(1,))[begins].view(np.bool_).reshape(-1, width)


def _summed(
    said: NDArray[float32],
    found: tuple[NDArray[int32], ...],
    levels: Sequence[NDArray[int32]],
    size: tuple[int, int],
    most: int,
) -> list[NDArray[float32]]:
    """A hit counts for the runs that begin up to `most - 1` before it, but behind the hit before it."""
    gap, column, cell, word, place = found
    cells, words, places, count = [], [], [], []
    beyond = column - np.int32(size[1])
    for back in map(np.int32, range(most)):
        chosen = np.flatnonzero((gap > back) & (beyond < back))
        cells.append(cell[chosen] - back)
        words.append(word[chosen])
        places.append(place[chosen] - back)
        count.append(len(chosen))
    cell, word, place = np.concatenate(cells, dtype=np.int64), np.concatenate(words), np.concatenate(places)
    sums = []
    for of, end in zip(levels, np.cumsum(count).tolist(), strict=False):
        at = of.take(place[:end], mode="clip")
        at += word[:end]
        sums.append(np.bincount(cell[:end], said.take(at, mode="clip"), size[0] * size[1]))
    return [total.astype(np.float32).reshape(size) for total in sums]

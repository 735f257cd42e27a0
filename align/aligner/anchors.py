"""Two long stretches of sentences -> a band that their alignment lies in, from the words that are rare in both."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.compressed import in_order
from align.aligner.lanes import widened
from align.aligner.tokens import Side, Texts

if TYPE_CHECKING:
    from typing import Any

    from numpy import float64, int64
    from numpy.typing import NDArray

BLOCK = 4
"""Sentences that vote together."""
PAIRS = 40
"""Votes for each sentence, the rarest words first."""
BEST = 6
"""Chinese blocks that an English one may stand for."""
NEIGHBOURS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (3, 3), (2, 3), (3, 2))
"""Steps to where the next pairs on the same way may be."""
STRAIGHT = 20
"""How fast a vote loses weight off the straight line; texts that repeat themselves would lead anywhere else."""
CLOSE = 16
"""Positions between two anchors that leave no room for a way far off the line."""
MARGIN, ABOUT = 5, 12
WIDE, ABOUT_ASIDE = 8, 24
"""Positions on either side of the anchors, and how many English positions off they are looked at; and near
stretches where no anchors are close, as where one text leaves much out."""
RECTANGLE = 40_000
"""Positions between two anchors that are all looked at; where there are more, only those near the straight line."""
SLOPE, WIDEST = 100, 400
STRIPE = 1 << 17
"""Pairs of blocks whose neighbours are looked up together, at least."""

Point = tuple[int, int]


def anchored(texts: Texts, rows: tuple[int, int], columns: tuple[int, int]) -> tuple[NDArray[int64], NDArray[int64]]:
    """The lowest and the highest Chinese position for each English one, counted from the corner.

    `rows` and `columns` are where the two stretches begin and end. Anchors are the heaviest chain of
    blocks that share rare words, rising in both texts (a heaviest increasing subsequence).
    """
    size = rows[1] - rows[0], columns[1] - columns[0]
    chain = _chain(*_votes(texts, rows, columns))
    inner = ((BLOCK * i + BLOCK // 2, BLOCK * j + BLOCK // 2) for i, j in chain)
    points = np.array([(0, 0), *((i, j) for i, j in inner if i < size[0] and j < size[1]), size], np.int64)
    heights, widths = np.diff(points, axis=0).T
    top, left, height, width = (np.repeat(of, heights) for of in (points[:-1, 0], points[:-1, 1], heights, widths))
    line = left + (np.arange(size[0]) - top) * width // np.maximum(height, 1)
    wide = np.repeat([_wide(*step) for step in zip(heights.tolist(), widths.tolist(), strict=True)], heights)
    low = np.append(np.maximum(left, line - wide), 0)
    high = np.append(np.minimum(left + width, line + wide), size[1])
    low[size[0]] = size[1]
    aside = np.zeros(size[0] + 1, bool)
    for row, step in zip(points[:-1, 0].tolist(), np.diff(points, axis=0).tolist(), strict=True):
        if max(step) > CLOSE:
            aside[max(0, row - ABOUT_ASIDE) : row + step[0] + ABOUT_ASIDE + 1] = True
    near, far = widened(low, high, ABOUT), widened(low, high, ABOUT_ASIDE)
    low = np.where(aside, far[0] - WIDE, near[0] - MARGIN)
    high = np.where(aside, far[1] + WIDE, near[1] + MARGIN)
    high[size[0]] = size[1]
    low = np.maximum(np.minimum.accumulate(low[::-1])[::-1], 0)
    high = np.minimum(np.maximum.accumulate(high), size[1])
    high[:-1] = np.maximum(high[:-1], low[1:])
    return low, high


def _wide(height: int, width: int) -> int:
    """Positions on either side of the line between two anchors that are looked at."""
    if max(height, width) <= CLOSE:
        return abs(height - width)
    return width if height * width <= RECTANGLE else min(SLOPE + width // 50, WIDEST)


def _votes(
    texts: Texts, rows: tuple[int, int], columns: tuple[int, int]
) -> tuple[NDArray[int64], NDArray[int64], NDArray[float64]]:
    """Pairs of blocks and the weight of the words they share."""
    en, zh = _places(texts.en, *rows), _places(texts.zh, *columns)
    ours, theirs = np.diff(en[0])[texts.edges[:, 0]], np.diff(zh[0])[texts.edges[:, 1]]
    product = ours * theirs
    usable = np.flatnonzero(product > 0)
    usable = usable[in_order(product[usable])]
    wanted = PAIRS * (rows[1] - rows[0] + columns[1] - columns[0])
    usable = usable[: int(np.searchsorted(np.cumsum(product[usable]), wanted))]
    which, within = _numbered(product[usable])
    pairs, wide = texts.edges[usable], theirs[usable].astype(np.int32)
    down, along = np.divmod(within, wide[which])
    del within
    down += en[0][pairs[:, 0]].astype(np.int32)[which]
    along += zh[0][pairs[:, 1]].astype(np.int32)[which]
    width = (columns[1] - columns[0]) // BLOCK + 1
    key = (en[1] // BLOCK * width)[down]
    key += (zh[1] // BLOCK)[along]
    del down, along
    order = in_order(key)
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    found = key[first]
    del key
    share = (1 / np.sqrt(product[usable]))[which[order]]
    del which, order
    weight = np.add.reduceat(share, first) if len(first) else np.zeros(0)
    del share, first
    block_rows, block_columns = found // width, found % width
    off = np.abs(block_columns - block_rows * (width / ((rows[1] - rows[0]) // BLOCK + 1)))
    return block_rows, block_columns, _supported(found, weight, width) / (1 + STRAIGHT * off / width)


def _supported(keys: NDArray[int64], weights: NDArray[float64], width: int) -> NDArray[float64]:
    """What each pair weighs together with the pairs before and behind it on its way, tempered by its own weight.

    Keys rise. Weights are laid out in a table, stripe by stripe: looking up where a key is takes longer.
    """
    near, reach = weights.copy(), max(down * width + right for down, right in NEIGHBOURS)
    stripe = max(STRIPE, 2 * reach)
    table = np.zeros(stripe + 2 * reach)
    for first in range(-reach, int(keys[-1]) + 1 - reach if len(keys) else -reach, stripe):
        begin, end, own, last = np.searchsorted(keys, first + np.array([0, len(table), reach, reach + stripe])).tolist()
        around = keys[begin:end] - first
        table[around] = weights[begin:end]
        at, part = around[own - begin : last - begin], near[own:last]
        for down, right in NEIGHBOURS:
            part += table[at + (down * width + right)]
            part += table[at - (down * width + right)]
        table[around] = 0.0
    return np.sqrt(weights) * near


def _numbered(sizes: NDArray[int64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """For groups of such sizes: each member's group, and its number in the group."""
    which = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    return which, np.arange(len(which), dtype=np.int32) - (np.cumsum(sizes) - sizes).astype(np.int32)[which]


def _places(side: Side, first: int, last: int) -> tuple[NDArray[int64], NDArray[int64]]:
    """Where each type stands between two sentences, in compressed form, counted from the first."""
    part = slice(side.starts[first], side.starts[last])
    types, rows = side.types[part], side.rows[part] - first
    order = in_order(types)
    return np.concatenate([[0], np.cumsum(np.bincount(types, minlength=side.count))]), rows[order]


def _chain(rows: NDArray[Any], columns: NDArray[Any], weights: NDArray[float64]) -> list[Point]:
    """The heaviest chain of pairs that rises in both, of each row's best few; pairs come row by row.

    `ends` are columns, rising, at which the heaviest chain that ends in them or before becomes heavier.
    """
    chosen = _best(rows, weights)
    chosen = chosen[np.lexsort((-columns[chosen], rows[chosen]))]
    ends, totals, last, back = [-1], [0.0], [-1], []
    for at, (column, weight) in enumerate(zip(columns[chosen].tolist(), weights[chosen].tolist(), strict=True)):
        place = bisect_left(ends, column)
        total = totals[place - 1] + weight
        back.append(last[place - 1])
        if place < len(ends) and ends[place] == column and totals[place] >= total:
            continue
        beaten = place
        while beaten < len(ends) and totals[beaten] <= total:
            beaten += 1
        ends[place:beaten], totals[place:beaten], last[place:beaten] = [column], [total], [at]
    return _traced(last[-1], back, rows[chosen].tolist(), columns[chosen].tolist())


def _best(rows: NDArray[Any], weights: NDArray[float64]) -> NDArray[int64]:
    """The heaviest few pairs of each row, one a round, the first of equals."""
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    counts, left = np.diff(first, append=len(rows)), weights.copy()
    chosen = [np.zeros(0, np.int64)]
    for _ in range(BEST if len(rows) else 0):
        most = np.maximum.reduceat(left, first)
        found = np.flatnonzero((left == np.repeat(most, counts)) & (left >= 0))
        found = found[np.diff(rows[found], prepend=-1) > 0]
        chosen.append(found)
        left[found] = -1.0
    return np.concatenate(chosen)


def _traced(at: int, back: list[int], rows: list[int], columns: list[int]) -> list[Point]:
    found: list[Point] = []
    while at >= 0:
        found.append((rows[at], columns[at]))
        at = back[at]
    return found[::-1]

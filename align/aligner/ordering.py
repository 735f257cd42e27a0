"""Scores of two sequences against each other -> which of one answers which of the other, in order or across."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.tables import Window

if TYPE_CHECKING:
    from typing import Any

    from numpy import float64
    from numpy.typing import NDArray

    Table = NDArray[float64]

Pair = tuple[int, int]
Look = Callable[[Window], "tuple[NDArray[Any], NDArray[Any]]"]
"""For a window the scores of pairs that the numbers speak for, and of the others; -inf where there is none."""

OPEN, NEXT = 5.0, 0.5
"""Log odds against the first pair of a stretch that the numbers do not speak for, and against each one after it."""
WHOLE = 1 << 18
"""Pairs that are all looked at; of more, those near the best way so far."""
HIGH, WIDE, WIDEST = 32, 96, 1024
"""Rows that are looked at together then, and how many columns, if the way goes on and if it does not."""
BEHIND = 16
GOOD, COVERED = 3.5, 0.7
"""Score of a pair that content vouches for; the share of the shorter side in such pairs that settles its order."""
FEWEST, APART, CLEAR = 6, 1.5, 0.6
"""Parts from which a text may be in another order; the margin of a clear pair, and the share that must be clear."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Sums of the best ways to each position from `top` and `left` on, by whether numbers spoke for the last pair."""

    top: int
    left: int
    sums: tuple[Table, Table]

    @property
    def right(self) -> int:
        return self.left + len(self.sums[0][0]) - 1

    def total(self, row: int) -> Table:
        return np.asarray(np.maximum(self.sums[0][row], self.sums[1][row]))


def in_order(rows: int, columns: int, look: Look) -> list[Pair]:
    """The pairs with the highest sum of scores that cross nowhere; a gap costs nothing.

    Needleman and Wunsch (1970), with two states: pairs that the numbers speak for, and others, which are
    dear one by one and cheap in stretches, as where one side counts an item more.
    """
    if not rows or not columns:
        return []
    bands: list[_Band] = []
    last = _Band(0, 0, (np.zeros((1, columns + 1)), np.full((1, columns + 1), -np.inf)))
    top, wide = 0, WIDE
    while top < rows:
        bottom, left, right = rows, 0, columns
        if rows * columns > WHOLE:
            reached = last.left + int(np.argmax(last.total(-1))) if bands else 0
            wide = WIDE if not bands or reached > last.left + BEHIND else min(2 * wide, WIDEST)
            bottom, left = min(top + HIGH, rows), max(last.left, reached - BEHIND)
            right = min(columns, max(left + wide, last.right if bands else 0))
        carried = tuple(_carried(last.left, sums[-1], left, right) for sums in last.sums)
        last = _Band(top, left, _filled(carried, look(Window(top, bottom, left, right))))
        bands.append(last)
        top = bottom
    return _traced(bands)


def _carried(left: int, row: Table, new_left: int, right: int) -> Table:
    """The last row of one band as the first of the next; what lies beyond it is reached by gaps."""
    kept = row[new_left - left : right - left + 1]
    return np.concatenate([kept, np.full(right - new_left + 1 - len(kept), row[-1])])


def _filled(first: Sequence[Table], tables: tuple[NDArray[Any], NDArray[Any]]) -> tuple[Table, Table]:
    numbered, other = (np.empty((len(tables[0]) + 1, len(row))) for row in first)
    numbered[0], other[0] = first
    for at, (same, free) in enumerate(zip(*tables, strict=True), 1):
        before, after = numbered[at - 1], other[at - 1]
        numbered[at], other[at] = before, after
        numbered[at, 1:] = np.maximum(before[1:], np.maximum(before, after)[:-1] + same)
        other[at, 1:] = np.maximum(after[1:], np.maximum(before - OPEN, after - NEXT)[:-1] + free)
        np.maximum.accumulate(numbered[at], out=numbered[at])
        np.maximum.accumulate(other[at], out=other[at])
    return numbered, other


def _traced(bands: Sequence[_Band]) -> list[Pair]:
    found: list[Pair] = []
    j = bands[-1].right
    state = int(bands[-1].sums[1][-1, -1] > bands[-1].sums[0][-1, -1])
    for band in reversed(bands):
        i, j = len(band.sums[0]) - 1, min(j, band.right) - band.left
        while i:
            sums = band.sums[state]
            if sums[i, j] == sums[i - 1, j]:
                i -= 1
            elif j and sums[i, j] == sums[i, j - 1]:
                j -= 1
            else:
                i, j = i - 1, j - 1
                found.append((band.top + i, band.left + j))
                before, after = band.sums[0][i, j], band.sums[1][i, j]
                state = int(after > before if not state else after - NEXT >= before - OPEN)
        j += band.left
    return found[::-1]


def across(scores: NDArray[Any]) -> list[Pair]:
    """The pairs of two sequences that are in different order; none where content does not settle it."""
    least = min(scores.shape)
    if least < FEWEST:
        return []
    found = mutual(scores, GOOD, APART)
    if len(found) < CLEAR * least:
        return []
    left = np.array(scores)
    for i, j in found:
        left[i], left[:, j] = -np.inf, -np.inf
    found += mutual(left, GOOD, 0.0)
    return sorted(found) if len(found) >= COVERED * least else []


def mutual(scores: NDArray[Any], least: float, margin: float) -> list[Pair]:
    """Pairs that are each other's best by a margin, taken away round by round until there are none."""
    left = np.array(scores, np.float64)
    found: list[Pair] = []
    while left.size:
        tops = left.argmax(1)
        best = left[np.arange(len(left)), tops]
        sure = [
            (i, int(j))
            for i, j in enumerate(tops)
            if best[i] >= least and best[i] - max(_second(left[i], int(j)), _second(left[:, j], i)) >= margin
        ]
        if not sure:
            break
        found += sure
        for i, j in sure:
            left[i], left[:, j] = -np.inf, -np.inf
    return sorted(found)


def _second(line: Table, without: int) -> float:
    others = np.delete(line, without)
    return float(others.max()) if len(others) else -np.inf


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The most pairs that cross nowhere, of pairs that share nothing (Fredman 1975)."""
    ordered = sorted(pairs)
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for k, (_, j) in enumerate(ordered):
        place = bisect_left(ends, j)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1], at[place : place + 1] = [j], [k]
    found, k = [], at[-1] if at else -1
    while k >= 0:
        found.append(ordered[k])
        k = before[k]
    return found[::-1]

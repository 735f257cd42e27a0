"""A path of beads and the scores around it -> how probable each of its beads is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.lanes import Band, Lane, Run, Score, Slot, Span, carry, runs
from align.aligner.lattice import growing
from align.aligner.parameters import MOST, Shape
from align.aligner.tables import Window

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

LEAST, GREATEST = -60.0, 250.0
"""Log scores below the first are nothing to a sum; above the second, only long segments, no number could hold them."""

Point = tuple[int, int]


def judged(
    windows: Sequence[Window], band: Band, shapes: Sequence[Shape], null: float, score: Score
) -> list[tuple[Span, float]]:
    """The best path, and the posterior probability of each of its beads.

    They are from forward and backward sums (Baum and others 1970); each lane is taken to begin and to end on the
    path. A group of lanes is judged when the next has been joined to it: until then its end may change.
    """
    found: dict[int, list[tuple[Span, float]]] = {}
    waiting: tuple[Sequence[Lane], list[Slot]] | None = None
    path: list[Span] = []
    for group, slots, path in growing(windows, band, shapes, null, score):
        if group[0].first == 0:
            found, waiting = {}, None
        if waiting:
            found[waiting[0][0].first] = weighed(*waiting, windows, path, null)
        waiting = group, slots
    if waiting:
        found[waiting[0][0].first] = weighed(*waiting, windows, path, null)
    return [pair for _, part in sorted(found.items()) for pair in part]


def weighed(
    group: Sequence[Lane], slots: Sequence[Slot], windows: Sequence[Window], path: Sequence[Span], null: float
) -> list[tuple[Span, float]]:
    """The beads of the lanes' own windows, with their probabilities."""
    tops = [windows[lane.first].top for lane in group]
    begins = [_met(path, top) for top in tops]
    ends = [_met(path, windows[lane.last - 1].bottom - MOST) if lane.last < len(windows)
            else (path[-1][1], path[-1][3]) for lane in group]  # fmt: skip
    arcs = [_exponents(slot, null) for slot in slots]
    after = _backward(slots, arcs, [(i - top, j) for (i, j), top in zip(ends, tops, strict=True)])
    before = _forward(slots, arcs, [(i - top, j) for (i, j), top in zip(begins, tops, strict=True)])
    found: list[tuple[Span, float]] = []
    for at, lane in enumerate(group):
        first, last = (bisect_left(path, (row, 0, 0, 0))
                       for row in (windows[lane.begin].top, windows[lane.end - 1].bottom))  # fmt: skip
        own = path[first:last]
        logs = _logs(slots, before, after, at, np.array(own, np.int64).reshape(-1, 4), tops[at], begins[at], null)
        found += zip(own, np.exp(np.minimum(logs, 0.0)).tolist(), strict=True)
    return found


def _met(path: Sequence[Span], row: int) -> Point:
    """Where the path first is in an English position or behind it."""
    i, _, j, _ = path[min(bisect_left(path, (row, 0, 0, 0)), len(path) - 1)]
    return i, j


def _exponents(slot: Slot, null: float) -> NDArray[float64]:
    """What each bead multiplies by, against leaving each of its Chinese sentences alone.

    All sums are of paths against the gap in their place: moving right costs nothing, and no gap is too long to sum.
    """
    found = slot.arcs.astype(np.float64)
    np.minimum(found, GREATEST, out=found)
    found[found <= LEAST] = -np.inf
    found -= np.array([null * b for _, b in slot.shapes])[:, None, None, None]
    return np.asarray(np.exp(found, out=found))


Sums = tuple["NDArray[float64]", "NDArray[float64]"]
"""Of one slot: rows × lanes × columns, and rows × lanes: the logarithm of what the row is to be multiplied by."""


def _marks(points: Sequence[Point], slots: Sequence[Slot], rows: int) -> dict[int, list[tuple[int, int]]]:
    """Points by row, as lane and column."""
    found: dict[int, list[tuple[int, int]]] = {}
    for lane, (i, j) in enumerate(points):
        slot = slots[i // rows]
        found.setdefault(i, []).append((lane, j - int(slot.lefts[lane]) - slot.tilt * (i % rows)))
    return found


def _backward(slots: Sequence[Slot], arcs: Sequence[NDArray[float64]], ends: Sequence[Point]) -> list[Sums]:
    """For each position the sums of all paths from there to the end."""
    rows = len(slots[0].inside)
    marks = _marks(ends, slots, rows)
    found: list[Sums] = []
    scale = np.zeros(len(ends))
    below: tuple[NDArray[float64], Slot] | None = None
    for number in range(len(slots) - 1, -1, -1):
        slot, values = slots[number], slots[number].room(0.0)
        if below:
            carry(below[0][:MOST], below[1], values[rows:], slot, -rows)
        width, scales = slot.inside.shape[2], np.zeros((rows, len(ends)))
        sums, shapes = np.zeros((rows, len(ends), width)), runs(slot.shapes)
        for row in range(rows - 1, -1, -1):
            said = np.empty((len(slot.shapes), len(ends), width))
            for run in shapes:
                part = slice(run.first, run.last)
                np.multiply(arcs[number][part, row], slot.ends_of(values, row, run), out=said[part])
            value = np.add.reduce(said, axis=0)
            for lane, column in marks.get(number * rows + row, ()):
                value[lane, column] = 1.0
            value = np.cumsum((value * slot.inside[row])[:, ::-1], axis=1)[:, ::-1] * slot.inside[row]
            most = value.max(1)
            most[most <= 0] = 1.0
            values[row, :, slot.own] = value
            values[row : row + MOST] /= most[:, None]
            scale = scale + np.log(most)
            sums[row], scales[row] = values[row, :, slot.own], scale
        found.append((sums, scales))
        below = values, slot
    return found[::-1]


def _forward(slots: Sequence[Slot], arcs: Sequence[NDArray[float64]], begins: Sequence[Point]) -> list[Sums]:
    """For each position the sums of all paths from the beginning to there."""
    rows = len(slots[0].inside)
    marks = _marks(begins, slots, rows)
    found: list[Sums] = []
    scale = np.zeros(len(begins))
    above: tuple[NDArray[float64], Slot] | None = None
    for number, slot in enumerate(slots):
        values = slot.room(0.0)
        if above:
            carry(above[0][rows:], above[1], values, slot, rows)
        width, scales = slot.inside.shape[2], np.zeros((rows, len(begins)))
        sums, shapes = np.zeros((rows, len(begins), width)), runs(slot.shapes)
        for row in range(rows):
            value = values[row, :, slot.own]
            for lane, column in marks.get(number * rows + row, ()):
                value[lane, column] = 1.0
            value = np.cumsum(value * slot.inside[row], axis=1) * slot.inside[row]
            top = value.max(1)
            top[top <= 0] = 1.0
            value /= top[:, None]
            scale = scale + np.log(top)
            values[row + 1 : row + MOST + 1] /= top[:, None]
            sums[row], scales[row] = value, scale
            _push(slot, shapes, values, row, arcs[number][:, row] * value)
        found.append((sums, scales))
        above = values, slot
    return found


def _push(slot: Slot, shapes: Sequence[Run], values: NDArray[float64], row: int, sums: NDArray[float64]) -> None:
    """Add to the places where the beads of a row end; those of one run that end in one row overlap."""
    for run in shapes:
        if run.step == (1, 0):
            places = slot.ends_of(values, row, run)
            places += sums[run.first : run.last]
        else:
            for at in range(run.first, run.last):
                a, b = slot.shapes[at]
                values[row + a, :, slot.ahead((a, b))] += sums[at]


def _logs(
    slots: Sequence[Slot],
    before: Sequence[Sums],
    after: Sequence[Sums],
    at: int,
    own: NDArray[int64],
    top: int,
    begin: Point,
    null: float,
) -> NDArray[float64]:
    """The log probabilities of beads of one lane."""
    rows = len(slots[0].inside)
    total = _log(after, slots, at, np.array([begin[0] - top]), np.array([begin[1]]))
    from_row, to_row = own[:, 0] - top, own[:, 1] - top
    sums = _log(before, slots, at, from_row, own[:, 2]) + _log(after, slots, at, to_row, own[:, 3]) - total
    for bead, (i, k, j, m) in enumerate(own.tolist()):
        if i < k:
            slot = slots[(i - top) // rows]
            row = (i - top) % rows
            column = j - int(slot.lefts[at]) - slot.tilt * row
            arc = slot.arcs[slot.shapes.index((k - i, m - j)), row, at, column]
            sums[bead] += float(arc) - null * (m - j)
    return sums


def _log(
    sums: Sequence[Sums], slots: Sequence[Slot], at: int, row: NDArray[int64], column: NDArray[int64]
) -> NDArray[float64]:
    """The logarithms of the sums at some positions of a lane."""
    rows = len(slots[0].inside)
    found = np.zeros(len(row))
    for number, (values, scales) in enumerate(sums):
        here = np.flatnonzero(row // rows == number)
        if len(here):
            within = row[here] % rows
            left = int(slots[number].lefts[at]) + slots[number].tilt * within
            value = values[within, at, column[here] - left]
            found[here] = np.log(np.maximum(value, 1e-300)) + scales[within, at]
    return found

"""Bands of positions and the scores of beads in them -> the best path of beads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.lanes import Band, Lane, Score, Slot, Span, abreast, carry, lanes, runs
from align.aligner.parameters import MOST, Shape
from align.aligner.scores import IMPOSSIBLE
from align.aligner.tables import Window

if TYPE_CHECKING:
    from numpy import float64, int8
    from numpy.typing import NDArray

NULL, END = -1, -2
AS_GOOD = 1e-3
"""Log scores that differ by less are as good as each other."""
LEAST_GAIN = 1e-7
"""By how much it must be better to leave a Chinese sentence alone."""
Choice = tuple[Slot, "NDArray[int8]"]


def best_path(windows: Sequence[Window], band: Band, shapes: Sequence[Shape], null: float, score: Score) -> list[Span]:
    """The most probable sequence of beads (Viterbi 1967). `null` is the log score of a Chinese sentence alone."""
    path: list[Span] = []
    for _, _, grown in growing(windows, band, shapes, null, score):
        path = grown
    return path


def growing(
    windows: Sequence[Window], band: Band, shapes: Sequence[Shape], null: float, score: Score
) -> Iterator[tuple[Sequence[Lane], list[Slot], list[Span]]]:
    """Groups of lanes, and the best path from the top to the end of their last.

    The lanes overlap, and the path goes from one to the next where both have a bead begin; if they
    should have none in common, it begins again at the top with longer lanes.
    """
    scale, done = 1, False
    while not done:
        path: list[Span] = []
        for group, slots in abreast(lanes(windows, scale), windows, band, shapes, score):
            for lane, found in zip(group, _paths(group, slots, windows, band, null, path), strict=True):
                done = _join(path, found, windows[lane.begin].top)
                if not done:
                    break
            if not done:
                break
            yield group, slots, path
        scale *= 2


def _join(path: list[Span], new: list[Span], cut: int) -> bool:
    """Go on with a new path where the two meet, as near as may be to an English position; whether they do."""
    begin = bisect_left(path, new[0])
    places = {(i, j): at for at, (i, _, j, _) in enumerate(path[begin:], begin)}
    met = [(abs(i - cut), at) for at, (i, _, j, _) in enumerate(new) if (i, j) in places]
    if path and not met:
        return False
    at = min(met)[1] if path else 0
    if path:
        del path[places[new[at][0], new[at][2]] :]
    path.extend(new[at:])
    return True


def _paths(
    group: Sequence[Lane],
    slots: Sequence[Slot],
    windows: Sequence[Window],
    band: Band,
    null: float,
    before: Sequence[Span],
) -> list[list[Span]]:
    """The best path in each lane; its ends are free where the band goes on. `before` is that of the lane above."""
    chosen: list[Choice] = []
    below: tuple[NDArray[float64], Slot] | None = None
    for slot in reversed(slots):
        values = slot.room(IMPOSSIBLE)
        if below:
            carry(below[0][:MOST], below[1], values[len(slot.inside) :], slot, -len(slot.inside))
        chosen.append((slot, _values(slot, values, _last(slot, group, windows, band), null)))
        below = values, slot
    found: list[list[Span]] = []
    for at, lane in enumerate(group):
        begin = _begin(
            values[0, at, slots[0].own], chosen[-1][0], at, windows[lane.first].top, found[-1] if found else before
        )
        j = int(band.low[0]) if lane.first == 0 else begin
        found.append(_trace(at, chosen[::-1], windows[lane.first].top, j))
    return found


def _begin(values: NDArray[float64], slot: Slot, at: int, top: int, before: Sequence[Span]) -> int:
    """The best position to begin at; that of the path before, where it is about as good.

    In a text that repeats itself many are, and two lanes would never meet.
    """
    left = int(slot.lefts[at])
    best = left + int(values.argmax())
    bead = bisect_left(before, (top, 0, 0, 0))
    if bead < len(before) and before[bead][0] == top:
        j = before[bead][2]
        if 0 <= j - left < len(values) and values[j - left] > values[best - left] - AS_GOOD:
            return j
    return best


def _last(
    slot: Slot, group: Sequence[Lane], windows: Sequence[Window], band: Band
) -> dict[int, list[tuple[int, slice]]]:
    """For rows in which lanes end: the lanes and where they may end."""
    found: dict[int, list[tuple[int, slice]]] = {}
    for at, (lane, number) in enumerate(zip(group, slot.numbers, strict=True)):
        if number == lane.last - 1:
            window = windows[number]
            end = int(band.high[-1]) - window.left - slot.tilt * (window.bottom - window.top - 1)
            where = slice(end, end + 1) if number == len(windows) - 1 else slice(None)
            found.setdefault(window.bottom - window.top - 1, []).append((at, where))
    return found


def _values(
    slot: Slot, values: NDArray[float64], last: dict[int, list[tuple[int, slice]]], null: float
) -> NDArray[int8]:
    """Fill in the best scores from each position on, and say which shape each begins with."""
    kinds, rows, count, width = slot.arcs.shape
    step, said, plain = null * np.arange(width), np.empty((kinds, count, width)), np.empty((count, width))
    which, rank = np.empty((rows, count, width), np.int8), np.arange(kinds, 0, -1, dtype=np.int8)[:, None, None]
    kinds_in_runs = runs(slot.shapes)
    for row in range(rows - 1, -1, -1):
        for run in kinds_in_runs:
            part = slice(run.first, run.last)
            np.add(slot.arcs[part, row], slot.ends_of(values, row, run), out=said[part])
        value = np.maximum.reduce(said, axis=0, out=plain)
        which[row] = kinds - np.maximum.reduce((said == value) * rank, axis=0)
        for lane, where in last.get(row, ()):
            value[lane, where], which[row, lane, where] = 0.0, END
        value[~slot.inside[row]] = IMPOSSIBLE
        moved = np.maximum.accumulate((value + step)[:, ::-1], axis=1)[:, ::-1] - step
        which[row][moved > value + LEAST_GAIN] = NULL
        values[row, :, slot.own] = np.where(slot.inside[row], np.maximum(value, moved), IMPOSSIBLE)
    return which


def _trace(at: int, chosen: Sequence[Choice], top: int, j: int) -> list[Span]:
    """Follow the choices down from a beginning."""
    rows, tilt = len(chosen[0][0].inside), chosen[0][0].tilt
    columns = [(int(slot.lefts[at]), which[:, at], slot.shapes) for slot, which in chosen]
    found: list[Span] = []
    i = top
    while True:
        left, which, shapes = columns[(i - top) // rows]
        row = (i - top) % rows
        choice = int(which[row, j - left - tilt * row])
        if choice == END:
            return found
        a, b = (0, 1) if choice == NULL else shapes[choice]
        found.append((i, i + a, j, j + b))
        i, j = i + a, j + b

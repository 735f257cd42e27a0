"""Bands of positions and the scores of beads in them -> the best path of beads, and how probable each is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.parameters import MOST, Shape
from align.aligner.tables import IMPOSSIBLE, Window

if TYPE_CHECKING:
    from numpy import float32, float64, int64
    from numpy.typing import NDArray

Span = tuple[int, int, int, int]
"""English from and to, Chinese from and to, ends not included."""

Score = Callable[[Window], "NDArray[float32]"]
NULL, END = -1, -2
LEAST, GREATEST = -60.0, 250.0
"""Log scores below the first are nothing to a sum; above the second, only long segments, no number could hold them."""


@dataclass(frozen=True, slots=True)
class Band:
    """The Chinese positions that each English position may meet: `low[i]` to `high[i]`, both included.

    A band begins at English position `top` and Chinese `low[0]`, and ends where its last row does.
    """

    low: NDArray[int64]
    high: NDArray[int64]
    top: int = 0

    @property
    def corners(self) -> Span:
        """Where it begins and ends: English from and to, Chinese from and to."""
        return self.top, self.top + len(self.low) - 1, int(self.low[0]), int(self.high[-1])

    def part(self, window: Window) -> tuple[NDArray[int64], NDArray[int64]]:
        """The lowest and highest positions of a window's rows."""
        rows = slice(window.top - self.top, window.bottom - self.top)
        return self.low[rows], self.high[rows]

    def windows(self, rows: int) -> list[Window]:
        """The band in stretches of so many English positions."""
        size = len(self.low)
        stretches = ((first, min(first + rows, size)) for first in range(0, size, rows))
        return [
            Window(
                self.top + first, self.top + last, int(self.low[first:last].min()), int(self.high[first:last].max()) + 1
            )
            for first, last in stretches
        ]


class _Rows:
    """The rows below a window, as the window sees them: log values, or values of one scale."""

    def __init__(self, empty: float) -> None:
        self.empty = empty
        self.kept: dict[int, tuple[int, NDArray[float64]]] = {}

    def below(self, window: Window) -> NDArray[float64]:
        """Room for a window's rows and the nine below it, which are filled in."""
        height, width = window.bottom - window.top, window.right - window.left + MOST
        rows = np.full((height + MOST, width), self.empty)
        for k in range(MOST):
            if window.bottom + k in self.kept:
                left, values = self.kept[window.bottom + k]
                first, last = max(left, window.left), min(left + len(values), window.left + width)
                if last > first:
                    rows[height + k, first - window.left : last - window.left] = values[first - left : last - left]
        return rows

    def keep(self, window: Window, rows: NDArray[float64]) -> None:
        """Remember the first nine rows of a window that is done, and of those below it."""
        self.kept = {window.top + k: (window.left, rows[k]) for k in range(MOST)}


def _places(shapes: Sequence[Shape], width: int) -> NDArray[int64]:
    """Where in the flat rows a bead of each shape ends, from where it begins."""
    ends = np.array([a * (width + MOST) + b for a, b in shapes])
    return ends[:, None] + np.arange(width)[None, :]


def best_path(
    windows: Sequence[Window], band: Band, shapes: Sequence[Shape], null: float, score: Iterable[NDArray[float32]]
) -> list[Span]:
    """The most probable sequence of beads (Viterbi 1967), from the last window to the first.

    `score` gives the tables of the windows, last first. `null` is the log score of a Chinese sentence alone.
    """
    _, size, _, end = band.corners
    rows = _Rows(IMPOSSIBLE)
    chosen: list[tuple[int, NDArray[int64]]] = []
    for window, arcs in zip(reversed(windows), score, strict=True):
        width, height = window.right - window.left, window.bottom - window.top
        values = rows.below(window)
        flat, places, across = values.ravel(), _places(shapes, width), np.arange(width)
        step, columns = null * across, across + window.left
        lows, highs = band.part(window)
        for row in range(height - 1, -1, -1):
            said = arcs[:, row] + flat[places + row * (width + MOST)]
            which = said.argmax(0)
            value = said[which, across]
            if window.top + row == size:
                value[end - window.left], which[end - window.left] = 0.0, END
            outside = (columns < lows[row]) | (columns > highs[row])
            value[outside] = IMPOSSIBLE
            moved = np.maximum.accumulate((value + step)[::-1])[::-1] - step
            better = moved > value + 1e-7
            which[better] = NULL
            values[row, :width] = np.where(outside, IMPOSSIBLE, np.maximum(value, moved))
            chosen.append((window.left, which.astype(np.int8)))
        rows.keep(window, values)
    return _trace(chosen[::-1], shapes, band.corners)


def _trace(chosen: Sequence[tuple[int, NDArray[int64]]], shapes: Sequence[Shape], corners: Span) -> list[Span]:
    found: list[Span] = []
    top, bottom, j, right = corners
    i = top
    while i < bottom or j < right:
        left, which = chosen[i - top]
        at = int(which[j - left])
        a, b = (0, 1) if at == NULL else shapes[at]
        found.append((i, i + a, j, j + b))
        i, j = i + a, j + b
    return found


def probabilities(
    windows: Sequence[Window],
    band: Band,
    shapes: Sequence[Shape],
    null: float,
    tables: Sequence[NDArray[float32]],
    path: Sequence[Span],
) -> list[float]:
    """The posterior probability of each bead of a path (forward and backward sums, Baum and others 1970)."""
    after, total = _backward(windows, band, shapes, null, tables)
    before = _forward(windows, band, shapes, null, tables)
    where = {row: at for at, window in enumerate(windows) for row in range(window.top, window.bottom)}
    index = {shape: at for at, shape in enumerate(shapes)}
    found = []
    for i, k, j, m in path:
        at = where[i]
        window = windows[at]
        arc = null if i == k else float(tables[at][index[k - i, m - j], i - window.top, j - window.left])
        logs = _log(before[i], j) + arc + _log(after[k], m) - total
        found.append(exp(min(0.0, logs)))
    return found


Row = tuple[int, "NDArray[float64]", float]
"""First column, values, and the logarithm of what they are to be multiplied by."""


def _log(row: Row, column: int) -> float:
    left, values, scale = row
    return log(max(float(values[column - left]), 1e-300)) + scale


def _moves(width: int, null: float) -> NDArray[float64]:
    """What moving right by 0:1 beads multiplies: from the row's column to the column's."""
    apart = np.arange(width)[None, :] - np.arange(width)[:, None]
    return np.where(apart >= 0, np.exp(np.maximum(null * np.maximum(apart, 0), -700.0)), 0.0)


def _allowed(window: Window, band: Band) -> NDArray[float64]:
    columns = np.arange(window.left, window.right)
    low, high = band.part(window)
    return ((columns >= low[:, None]) & (columns <= high[:, None])).astype(np.float64)


def _backward(
    windows: Sequence[Window], band: Band, shapes: Sequence[Shape], null: float, tables: Sequence[NDArray[float32]]
) -> tuple[dict[int, Row], float]:
    """For each English position the sums of all paths from there to the end; and the log of the whole sum."""
    top, size, first, end = band.corners
    found: dict[int, Row] = {}
    rows, scale = _Rows(0.0), 0.0
    for window, logs in zip(reversed(windows), reversed(tables), strict=True):
        width, height = window.right - window.left, window.bottom - window.top
        arcs = np.exp(np.clip(logs, LEAST, GREATEST), dtype=np.float64) * (logs > LEAST)
        values = rows.below(window)
        flat, places = values.ravel(), _places(shapes, width)
        moves, allowed = _moves(width, null).T, _allowed(window, band)
        for row in range(height - 1, -1, -1):
            value = np.einsum("ij,ij->j", arcs[:, row], flat[places + row * (width + MOST)])
            if window.top + row == size:
                value[end - window.left] = 1.0
            value = ((value * allowed[row]) @ moves) * allowed[row]
            most = float(value.max()) or 1.0
            values[row, :width] = value
            values[row : row + MOST] /= most
            scale += log(most)
            found[window.top + row] = (window.left, values[row, :width].copy(), scale)
        rows.keep(window, values)
    return found, _log(found[top], first)


def _forward(
    windows: Sequence[Window], band: Band, shapes: Sequence[Shape], null: float, tables: Sequence[NDArray[float32]]
) -> dict[int, Row]:
    """For each English position the sums of all paths from the beginning to there."""
    found: dict[int, Row] = {}
    scale = 0.0
    left, ahead = windows[0].left, np.zeros((MOST, 0))
    for number, (window, logs) in enumerate(zip(windows, tables, strict=True)):
        width, height = window.right - window.left, window.bottom - window.top
        arcs = np.exp(np.clip(logs, LEAST, GREATEST), dtype=np.float64) * (logs > LEAST)
        stride = width + MOST
        values = np.zeros((height + MOST, stride))
        _copy(ahead, left, values, window.left)
        if number == 0:
            values[0, band.corners[2] - window.left] = 1.0
        flat, places = values.ravel(), _places(shapes, width)
        block = (MOST + 1) * stride
        moves, allowed = _moves(width, null), _allowed(window, band)
        for row in range(height):
            value = ((values[row, :width] * allowed[row]) @ moves) * allowed[row]
            top = float(value.max()) or 1.0
            value /= top
            scale += log(top)
            values[row + 1 : row + MOST + 1] /= top
            found[window.top + row] = (window.left, value, scale)
            pushed = np.bincount(places.ravel(), (arcs[:, row] * value).ravel(), block)
            room = flat[row * stride : row * stride + block]
            room += pushed[: len(room)]
        left, ahead = window.left, values[height:]
    return found


def _copy(source: NDArray[float64], source_left: int, target: NDArray[float64], target_left: int) -> None:
    """The rows of one window in the columns of the next."""
    first = max(source_left, target_left)
    last = min(source_left + source.shape[1], target_left + target.shape[1])
    if last > first:
        target[: len(source), first - target_left : last - target_left] = source[
            :, first - source_left : last - source_left
        ]

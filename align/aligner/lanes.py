"""A band and the scores of beads in it -> stretches of windows side by side, so that one step serves them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.parameters import MOST, Shape
from align.aligner.scores import IMPOSSIBLE
from align.aligner.tables import Window, allowed

if TYPE_CHECKING:
    from numpy import bool_, float32, float64, int64
    from numpy.typing import NDArray

Span = tuple[int, int, int, int]
"""English from and to, Chinese from and to, ends not included."""

Score = Callable[[int, int], "list[NDArray[float32]]"]
"""The tables of the windows from one number to another, not included."""

ROWS = 16
"""English positions of a window."""
LANE, LONGER_LANE, OVERLAP, ABREAST = 6, 20, 4, 20
"""Windows of a lane, at least and where there are many, windows that it has on either side besides, and lanes that are
looked at together."""
CELLS = 13_000_000
"""Scores that are held at once, unless a single lane has more."""


@dataclass(frozen=True, slots=True)
class Band:
    """The Chinese positions that each English position may meet: `low[i]` to `high[i]`, both included.

    A band begins at English position `top` and Chinese `low[0]`, and ends where its last row does. Its windows
    lean by `tilt`, which is 1 where both texts move on together.
    """

    low: NDArray[int64]
    high: NDArray[int64]
    top: int = 0
    tilt: int = 0

    @property
    def corners(self) -> Span:
        """Where it begins and ends: English from and to, Chinese from and to."""
        return self.top, self.top + len(self.low) - 1, int(self.low[0]), int(self.high[-1])

    def windows(self, rows: int) -> list[Window]:
        """The band in stretches of so many English positions."""
        size = len(self.low)
        firsts, lean = range(0, size, rows), self.tilt * (np.arange(size) % rows)
        lefts = np.minimum.reduceat(self.low - lean, firsts).tolist()
        rights = (np.maximum.reduceat(self.high - lean, firsts) + 1).tolist()
        return [
            Window(self.top + first, self.top + min(first + rows, size), left, right, self.tilt)
            for first, left, right in zip(firsts, lefts, rights, strict=True)
        ]


def widened(low: NDArray[int64], high: NDArray[int64], about: int) -> tuple[NDArray[int64], NDArray[int64]]:
    """The lowest and the highest that a band is, less what it moves on straight, within so many rows of each."""
    rows = np.arange(len(low))
    return rows - _highest(rows - low, about), rows + _highest(high - rows, about)


def _highest(values: NDArray[int64], about: int) -> NDArray[int64]:
    """The highest value within so many places of each, by way of stretches that double in length."""
    length, found = 1, np.pad(values, about, mode="edge")
    while 2 * length <= 2 * about + 1:
        found, length = np.maximum(found[:-length], found[length:]), 2 * length
    more = 2 * about + 1 - length
    return np.maximum(found[: len(values)], found[more : more + len(values)])


@dataclass(frozen=True, slots=True)
class Lane:
    """Windows `first` to `last` of a band, of which `begin` to `end` are its own; ends not included."""

    first: int
    begin: int
    end: int
    last: int


@dataclass(frozen=True, slots=True)
class Run:
    """Shapes `first` to `last`, not included, by number: each has `step` sentences more than the one before."""

    first: int
    last: int
    step: Shape


@dataclass(frozen=True, slots=True)
class Slot:
    """One window of each of several lanes, padded to one width.

    `numbers` are the windows, -1 for a lane that has none here; `arcs` shapes × rows × lanes × columns;
    `inside` tells which positions are in the band. Row r begins at `lefts + tilt * r`.
    """

    numbers: tuple[int, ...]
    lefts: NDArray[int64]
    shapes: Sequence[Shape]
    arcs: NDArray[float32]
    inside: NDArray[bool_]
    tilt: int

    def room(self, empty: float) -> NDArray[float64]:
        """Values of the slot's rows and the nine below it, with room for what lies beside them."""
        _, rows, lanes, width = self.arcs.shape
        return np.full((rows + MOST, lanes, width + (1 + self.tilt) * MOST), empty)

    @property
    def own(self) -> slice:
        """The slot's columns in its room."""
        return self.ahead((0, 0))

    def ahead(self, shape: Shape) -> slice:
        """In the row where a bead of that shape ends: the columns where it ends, for each where it begins."""
        first = self.tilt * (MOST - shape[0]) + shape[1]
        return slice(first, first + self.arcs.shape[3])

    def ends_of(self, values: NDArray[float64], row: int, run: Run) -> NDArray[float64]:
        """Of a room: for the shapes of a run the places where beads that begin in a row end; not a copy."""
        down, along, right = values.strides
        _, _, lanes, width = self.arcs.shape
        (a, b), (more_a, more_b) = self.shapes[run.first], run.step
        return np.ndarray(
            (run.last - run.first, lanes, width), values.dtype, values,
            offset=(row + a) * down + self.ahead((a, b)).start * right,
            strides=(more_a * down + (more_b - self.tilt * more_a) * right, along, right),
        )  # fmt: skip


def runs(shapes: Sequence[Shape]) -> list[Run]:
    """Consecutive shapes of which each has as much more than the one before, on either side."""
    found: list[Run] = []
    for at, (a, b) in enumerate(shapes):
        step = (a - shapes[at - 1][0], b - shapes[at - 1][1]) if at else (0, 0)
        last = found[-1] if found else Run(0, 0, (0, 0))
        if last.last and step in ((0, 1), (1, 0)) and (last.last - last.first == 1 or last.step == step):
            found[-1] = Run(last.first, at + 1, step)
        else:
            found.append(Run(at, at + 1, (0, 0)))
    return found


def lanes(windows: Sequence[Window], scale: int = 1) -> list[Lane]:
    """The windows divided into lanes, longer ones for a larger scale; few windows stay one lane."""
    count, height = len(windows), windows[0].bottom - windows[0].top
    scale *= -(-ROWS // height)
    length, overlap = min(max(LANE, count // ABREAST), LONGER_LANE) * scale, OVERLAP * scale
    if count <= length + 2 * overlap:
        return [Lane(0, 0, count, count)]
    begins = range(0, count, length)
    return [Lane(max(0, k - overlap), k, min(k + length, count), min(k + length + overlap, count)) for k in begins]


def abreast(
    side_by_side: Sequence[Lane], windows: Sequence[Window], band: Band, shapes: Sequence[Shape], score: Score
) -> Iterator[tuple[Sequence[Lane], list[Slot]]]:
    """Lanes in groups, with their slots from the top down."""
    at = 0
    while at < len(side_by_side):
        group = _fitting(side_by_side[at : at + ABREAST], windows, len(shapes))
        at += len(group)
        first = group[0].first
        tables = score(first, group[-1].last)
        length = max(lane.last - lane.first for lane in group)
        numbers = ([lane.first + k if lane.first + k < lane.last else -1 for lane in group] for k in range(length))
        yield group, [_slot(tuple(of), windows, band, shapes, tables, first) for of in numbers]


def _fitting(group: Sequence[Lane], windows: Sequence[Window], shapes: int) -> Sequence[Lane]:
    """As many of the lanes as memory has room for, at least one; wide bands take more."""
    for size in range(len(group), 1, -1):
        widest = max(w.right - w.left for lane in group[:size] for w in windows[lane.first : lane.last])
        longest = max(lane.last - lane.first for lane in group[:size])
        height = windows[0].bottom - windows[0].top
        if size * longest * height * widest * shapes <= CELLS:
            return group[:size]
    return group[:1]


def _slot(
    numbers: tuple[int, ...],
    windows: Sequence[Window],
    band: Band,
    shapes: Sequence[Shape],
    tables: Sequence[NDArray[float32]],
    first: int,
) -> Slot:
    there = [(lane, windows[k], tables[k - first]) for lane, k in enumerate(numbers) if k >= 0]
    width, height = max(w.right - w.left for _, w, _ in there), windows[0].bottom - windows[0].top
    longest = max(len(table) for _, _, table in there)
    most = next(n for n in range(1, MOST + 1) if len(allowed(shapes, n)) == longest)
    here = allowed(shapes, most)
    arcs = np.full((longest, height, len(numbers), width), IMPOSSIBLE, np.float32)
    lefts = np.zeros(len(numbers), np.int64)
    low, high = np.ones((height, len(numbers)), np.int64), np.zeros((height, len(numbers)), np.int64)
    places: dict[int, list[int]] = {}
    for lane, w, table in there:
        rows = w.bottom - w.top
        if len(table) not in places:
            few = next(n for n in range(1, MOST + 1) if len(allowed(shapes, n)) == len(table))
            places[len(table)] = [at for at, shape in enumerate(here) if max(shape) <= few]
        if len(table) == longest:
            arcs[:, :rows, lane, : table.shape[2]] = table
        else:
            arcs[places[len(table)], :rows, lane, : table.shape[2]] = table
        lefts[lane] = w.left
        part = slice(w.top - band.top, w.bottom - band.top)
        low[:rows, lane], high[:rows, lane] = band.low[part], band.high[part]
    columns = lefts[:, None] + np.arange(width) + band.tilt * np.arange(height)[:, None, None]
    inside = (columns >= low[:, :, None]) & (columns <= high[:, :, None])
    return Slot(numbers, lefts, here, arcs, inside, band.tilt)


def carry(source: NDArray[float64], of: Slot, target: NDArray[float64], to: Slot, down: int) -> None:
    """Rows of one slot in the columns of the slot above or below it, which begins so many rows further down."""
    for lane, (left, new) in enumerate(zip(of.lefts.tolist(), (to.lefts - to.tilt * down).tolist(), strict=True)):
        if of.numbers[lane] >= 0 and to.numbers[lane] >= 0:
            first, last = max(left, new), min(left + source.shape[2], new + target.shape[2])
            if last > first:
                target[: len(source), lane, first - new : last - new] = source[:, lane, first - left : last - left]

"""Windows of one size -> the log score of every bead that begins in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.evidence import Grid, Hits, by_runs
from align.aligner.parameters import NULL_EN, Parameters, Shape
from align.aligner.tokens import Texts

if TYPE_CHECKING:
    from typing import Any

    from numpy import bool_, float32, float64, int64
    from numpy.typing import NDArray

    from align.aligner.layout import Estimates, Layout

IMPOSSIBLE = -1e9

Total = tuple[Shape, "NDArray[float32]"]
Lengths = tuple["NDArray[float32]", ...]


class Scores:
    """Fills in what words, lengths, ends and vectors say, shape by shape; windows × English × Chinese positions."""

    def __init__(
        self, texts: Texts, estimates: Estimates, layout: Layout, p: Parameters, shapes: Sequence[Shape], grid: Grid
    ) -> None:
        self.texts, self.of, self.layout, self.p, self.grid = texts, estimates, layout, p, grid
        self.shapes = [shape for shape in shapes if shape != NULL_EN]
        self.most = max(a for a, _ in self.shapes), max(b for _, b in self.shapes)
        high, self.lead = grid.rows + self.most[0] - 1, grid.tilt * (self.most[0] - 1)
        self.width = self.lead + grid.columns + self.most[1] - 1
        wide = grid.tilt * (high - 1) + self.width
        self.rows, self.columns = (
            grid.tops[:, None] + np.arange(high),
            (grid.lefts - self.lead)[:, None] + np.arange(wide),
        )
        self.size = len(grid.tops), grid.rows, grid.columns

    def fill(self, found: dict[Shape, NDArray[float32]], hits: tuple[Hits, Hits]) -> None:
        """The scores of all shapes but omissions."""
        self._words(found, hits)
        begin, finish = self._ends()
        en = [self._english_lengths(n) for n in range(1, self.most[0] + 1)]
        zh = [self._chinese_lengths(n) for n in range(1, self.most[1] + 1)]
        for a, b in self.shapes:
            into = found[a, b]
            into += self._length(en[a - 1], zh[b - 1])
            into += self._from(begin, 0, 0)
            into += self._from(finish, a - 1, b - 1)
        self._likeness(found)
        if self._divided():
            for a, b in self.shapes:
                found[a, b][self._crosses(a, b)] = IMPOSSIBLE

    def _words(self, found: dict[Shape, NDArray[float32]], hits: tuple[Hits, Hits]) -> None:
        """What hits and misses say; the first to be filled in."""
        grid, (n, rows, columns), levels = self.grid, self.size, self.layout.levels
        high, wide = self.rows.shape[1], columns + self.most[1] - 1
        here = replace(grid, lefts=grid.lefts - self.lead, rows=high, columns=self.lead + columns)
        ours = by_runs(self.texts.en, self.of.en, hits[0], levels[1], here, self.most[1])
        for shape, total in self._down([words.reshape(n, high, here.columns) for words in ours]):
            found[shape][...] = total
        there = Grid(grid.lefts, grid.tops, grid.tilt * (rows - 1) + wide, rows)
        theirs = by_runs(self.texts.zh, self.of.zh, hits[1], levels[0], there, self.most[0], self._met(there))
        turned = (np.ascontiguousarray(words.reshape(n, there.rows, rows).swapaxes(1, 2)) for words in theirs)
        for shape, total in self._across([leaning(words, grid.tilt, wide) for words in turned]):
            found[shape] += total
        en, zh = ([self._over(self.layout.misses[side], side, n).astype(np.float32) for n in range(1, most + 1)]
                  for side, most in enumerate(self.most))  # fmt: skip
        for a, b in self.shapes:
            into = found[a, b]
            into += en[a - 1][:, :, None]
            into += self._spread(zh[b - 1])
            into *= np.float32(self.p.lexical)
            into += np.float32(self.of.priors.log_of((a, b)))

    def _met(self, there: Grid) -> NDArray[bool_] | None:
        """For each Chinese sentence of a window that leans: the English ones that it can be in a bead with."""
        if not self.grid.tilt:
            return None
        behind = np.arange(there.rows)[:, None] - np.arange(there.columns + self.most[0] - 1)
        return np.asarray((behind > -self.most[0]) & (behind < self.size[2] + self.most[1] - 1))

    def _down(self, parts: Sequence[NDArray[float32]]) -> Iterator[Total]:
        """For each shape the sums over its English sentences of what there is for its Chinese ones."""
        for b, part in enumerate(parts, 1):
            wanted = {a for a, of in self.shapes if of == b}
            total = np.zeros(self.size, np.float32)
            for a in range(1, max(wanted, default=0) + 1):
                total += self._from(part, a - 1, 0)
                if a in wanted:
                    yield (a, b), total

    def _across(self, parts: Sequence[NDArray[float32]]) -> Iterator[Total]:
        """For each shape the sums over its Chinese sentences of what there is for its English ones."""
        for a, part in enumerate(parts, 1):
            wanted = {b for of, b in self.shapes if of == a}
            total = np.zeros(self.size, np.float32)
            for b in range(1, max(wanted, default=0) + 1):
                total += part[:, :, b - 1 : b - 1 + self.size[2]]
                if b in wanted:
                    yield (a, b), total

    def _over(self, sums: NDArray[float64], side: int, n: int) -> NDArray[float64]:
        """Figures of the runs of n sentences that begin at each position of the windows; cut short at the end."""
        first = self._first(side)
        return np.asarray(sums.take(first + n, mode="clip") - sums.take(first, mode="clip"))

    def _first(self, side: int) -> NDArray[int64]:
        """The positions of one side at which beads begin."""
        if side == 0:
            return self.rows[:, : self.size[1]]
        return self.columns[:, self.lead : self.lead + self.grid.tilt * (self.size[1] - 1) + self.size[2]]

    def _spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """Figures of the Chinese positions of the windows in the cells of each row."""
        _, rows, columns = self.size
        return leaning(values[:, None], self.grid.tilt, columns, rows)

    def _from(self, leaned: NDArray[Any], down: int, right: int) -> NDArray[Any]:
        """Figures of cells that lie so far from each cell; a row of what leans has `lead` cells more before it."""
        _, rows, columns = self.size
        begin = self.lead - self.grid.tilt * down + right
        return leaned[:, down : down + rows, begin : begin + columns]

    def _ends(self) -> tuple[NDArray[float32], NDArray[float32]]:
        """What the beginnings, and the endings, of all pairs of sentences say."""
        en, zh = self.layout.ends
        found = []
        for k, said in ((0, self.of.begin), (1, self.of.finish)):
            ours, theirs = en[:, k].take(self.rows, mode="clip"), zh[:, k].take(self.columns, mode="clip")
            beside = leaning(theirs[:, None], self.grid.tilt, self.width, ours.shape[1])
            found.append((self.p.ends * said).astype(np.float32).take(ours[:, :, None] * said.shape[1] + beside))
        return found[0], found[1]

    def _english_lengths(self, n: int) -> Lengths:
        """Of the runs of n English sentences: log length, what being off it by one costs, what they say besides."""
        length = np.maximum(self._over(self.layout.lengths[0], 0, n), 1)
        variance = self.of.variance * (1 + self.p.short / length)
        found = np.log(length) - self.of.ratio, -0.5 * self.p.length / variance, -0.5 * self.p.length * np.log(variance)
        return tuple(part.astype(np.float32) for part in found)

    def _chinese_lengths(self, n: int) -> Lengths:
        """Of the runs of n Chinese sentences: log length, and what is said by how usual it is."""
        length, (mean, usual) = (
            np.log(np.maximum(self._over(self.layout.lengths[1], 1, n), 1)),
            self.layout.usual[n - 1],
        )
        found = length, 0.5 * self.p.length * ((length - mean) ** 2 / usual + log(usual))
        return tuple(part.astype(np.float32) for part in found)

    def _length(self, en: Lengths, zh: Lengths) -> NDArray[float32]:
        """Log ratio of lengths: as one translates the other, against what any Chinese run is like."""
        said = np.subtract(en[0][:, :, None], self._spread(zh[0]))
        said *= said
        said *= en[1][:, :, None]
        said += en[2][:, :, None]
        said += self._spread(zh[1])
        return np.asarray(np.maximum(said, np.float32(-self.p.length * self.p.worst_length), out=said))

    def _likeness(self, found: dict[Shape, NDArray[float32]]) -> None:
        """What the cosines of the sentences' vectors say."""
        of, p = self.of.vectors, self.p
        if of is None or self.layout.rows is None:
            return
        ours, theirs = (
            rows.take(at, axis=0, mode="clip").astype(np.float64)
            for rows, at in zip(self.layout.rows, (self.rows, self.columns), strict=True)
        )
        beside = theirs[:, self.lead :]
        lengths = _norms(ours, self.size[1], self.most[0])
        en = [(p.likeness / of.deviation / length).astype(np.float32) for length in lengths]
        lengths = _norms(beside, self.grid.tilt * (self.size[1] - 1) + self.size[2], self.most[1])
        zh = [(1 / length).astype(np.float32) for length in lengths]
        dots = leaning(np.matmul(ours, theirs.swapaxes(1, 2)).astype(np.float32), self.grid.tilt, self.width)
        width = self.lead + self.size[2]
        across = np.zeros((self.size[0], dots.shape[1], width), np.float32)
        parts = []
        for b in range(self.most[1]):
            across = across + dots[:, :, b : b + width]
            parts.append(across)
        less, cap = np.float32(p.likeness * (of.mean / of.deviation + p.unlike)), np.float32(p.likeness * p.likest)
        for (a, b), total in self._down(parts):
            said = total * en[a - 1][:, :, None]
            said *= self._spread(zh[b - 1])
            said -= less
            found[a, b] += np.minimum(said, cap, out=said)

    def _divided(self) -> bool:
        """Whether any window has sentences of several units."""
        found = (self.layout.units[k].take(at, mode="clip") for k, at in enumerate((self.rows, self.columns)))
        ours, theirs = found
        return bool((ours != ours[:, :1]).any() or (theirs != ours[:, :1]).any())

    def _crosses(self, a: int, b: int) -> NDArray[bool_]:
        """Beads whose sentences are not all of one unit."""
        (first, last), (left, right) = self._homes(0, a), self._homes(1, b)
        apart = first[:, :, None] != self._spread(left)
        return np.asarray(apart | (first != last)[:, :, None] | self._spread(left != right))

    def _homes(self, side: int, n: int) -> tuple[NDArray[int64], NDArray[int64]]:
        """The units of the first and the last sentences of the runs of n."""
        units, at = self.layout.units[side], self._first(side)
        return units.take(at, mode="clip"), units.take(at + n - 1, mode="clip")


def leaning(level: NDArray[Any], tilt: int, width: int, rows: int = 0) -> NDArray[Any]:
    """Tables of which each row counts its columns from `tilt` columns behind the row above, so many of them.

    Of one row, `rows` make that row stand in each. The tables are not to be written to.
    """
    level = np.ascontiguousarray(level)
    apart, down, right = level.strides
    return np.ndarray(
        (len(level), rows or level.shape[1], width), level.dtype, level,
        strides=(apart, (0 if rows else down) + tilt * right, right),
    )  # fmt: skip


def _norms(rows: NDArray[float64], size: int, most: int) -> list[NDArray[float64]]:
    """Lengths of the sums of n consecutive rows, for n from 1."""
    total = np.zeros((len(rows), size, rows.shape[2]))
    found = []
    for n in range(most):
        total += rows[:, n : n + size]
        found.append(np.sqrt(np.maximum(np.einsum("wij,wij->wi", total, total), 1e-6)))
    return found

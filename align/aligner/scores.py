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
    from numpy import bool_, float32, float64, int64
    from numpy.typing import NDArray

    from align.aligner.tables import Estimates, Layout

IMPOSSIBLE = -1e9

Total = tuple[Shape, "NDArray[float32]"]


class Scores:
    """Fills in what words, lengths, ends and vectors say, shape by shape; windows × English × Chinese positions."""

    def __init__(
        self, texts: Texts, estimates: Estimates, layout: Layout, p: Parameters, shapes: Sequence[Shape], grid: Grid
    ) -> None:
        self.texts, self.of, self.layout, self.p, self.grid = texts, estimates, layout, p, grid
        self.shapes = [shape for shape in shapes if shape != NULL_EN]
        self.most = max(a for a, _ in self.shapes), max(b for _, b in self.shapes)
        high, wide = grid.rows + self.most[0] - 1, grid.columns + self.most[1] - 1
        self.rows, self.columns = grid.tops[:, None] + np.arange(high), grid.lefts[:, None] + np.arange(wide)
        self.size = len(grid.tops), grid.rows, grid.columns

    def fill(self, found: dict[Shape, NDArray[float32]], hits: tuple[Hits, Hits]) -> None:
        """The scores of all shapes but omissions."""
        self._words(found, hits)
        begin, finish = self._ends()
        _, rows, columns = self.size
        for a, b in self.shapes:
            into = found[a, b]
            into += self._length(a, b)
            into += begin[:, :rows, :columns]
            into += finish[:, a - 1 : a - 1 + rows, b - 1 : b - 1 + columns]
        self._likeness(found)
        if self._divided():
            for a, b in self.shapes:
                found[a, b][self._crosses(a, b)] = IMPOSSIBLE

    def _words(self, found: dict[Shape, NDArray[float32]], hits: tuple[Hits, Hits]) -> None:
        """What hits and misses say; the first to be filled in."""
        grid, (high, wide), (n, _, _) = self.grid, (self.rows.shape[1], self.columns.shape[1]), self.size
        levels = self.layout.levels
        here, there = replace(grid, rows=high), Grid(grid.lefts, grid.tops, wide, grid.rows)
        ours = by_runs(self.texts.en, self.of.en.hit, hits[0], levels[1], here, self.most[1])
        for shape, total in self._down([words.reshape(n, high, grid.columns) for words in ours]):
            found[shape][...] = total
        theirs = by_runs(self.texts.zh, self.of.zh.hit, hits[1], levels[0], there, self.most[0])
        for shape, total in self._across([words.reshape(n, wide, grid.rows).swapaxes(1, 2) for words in theirs]):
            found[shape] += total
        for a, b in self.shapes:
            missed = self._over(self.layout.misses[0], 0, a), self._over(self.layout.misses[1], 1, b)
            found[a, b] += missed[0].astype(np.float32)[:, :, None]
            found[a, b] += missed[1].astype(np.float32)[:, None, :]
            found[a, b] *= np.float32(self.p.lexical)
            found[a, b] += np.float32(self.of.priors.log_of((a, b)))

    def _down(self, parts: Sequence[NDArray[float32]]) -> Iterator[Total]:
        """For each shape the sums over its English sentences of what there is for its Chinese ones."""
        for b, part in enumerate(parts, 1):
            wanted = {a for a, of in self.shapes if of == b}
            total = np.zeros(self.size, np.float32)
            for a in range(1, max(wanted, default=0) + 1):
                total += part[:, a - 1 : a - 1 + self.size[1]]
                if a in wanted:
                    yield (a, b), total

    def _across(self, parts: Sequence[NDArray[float32]]) -> Iterator[Total]:
        """For each shape the sums over its Chinese sentences of what there is for its English ones."""
        for a, part in enumerate(parts, 1):
            wanted = {b for of, b in self.shapes if of == a}
            total = np.zeros(self.size, np.float32)
            rows = np.ascontiguousarray(part)
            for b in range(1, max(wanted, default=0) + 1):
                total += rows[:, :, b - 1 : b - 1 + self.size[2]]
                if b in wanted:
                    yield (a, b), total

    def _over(self, sums: NDArray[float64], side: int, n: int) -> NDArray[float64]:
        """Figures of the runs of n sentences that begin at each position of the windows; cut short at the end."""
        first = (self.rows, self.columns)[side][:, : self.size[1 + side]]
        last = len(sums) - 1
        return np.asarray(sums[np.minimum(first + n, last)] - sums[np.minimum(first, last)])

    def _ends(self) -> tuple[NDArray[float32], NDArray[float32]]:
        """What the beginnings, and the endings, of all pairs of sentences say."""
        en, zh = self.layout.ends
        ours, theirs = en[np.minimum(self.rows, len(en) - 1)], zh[np.minimum(self.columns, len(zh) - 1)]
        begin, finish = (
            (self.p.ends * said)
            .astype(np.float32)
            .ravel()
            .take(ours[:, :, k, None] * said.shape[1] + theirs[:, None, :, k])
            for k, said in ((0, self.of.begin), (1, self.of.finish))
        )
        return begin, finish

    def _length(self, a: int, b: int) -> NDArray[float32]:
        """Log ratio of lengths: as one translates the other, against what any Chinese run is like."""
        en = np.maximum(self._over(self.layout.lengths[0], 0, a), 1)
        zh = np.log(np.maximum(self._over(self.layout.lengths[1], 1, b), 1))
        variance = self.of.variance * (1 + self.p.short / en)
        mean, usual = self.layout.usual[b - 1]
        by_zh = 0.5 * self.p.length * ((zh - mean) ** 2 / usual + log(usual))
        by_en = -0.5 * self.p.length * np.log(variance)
        said = np.subtract(
            (np.log(en) - self.of.ratio).astype(np.float32)[:, :, None], zh.astype(np.float32)[:, None, :]
        )
        said *= said
        said *= (-0.5 * self.p.length / variance).astype(np.float32)[:, :, None]
        said += by_en.astype(np.float32)[:, :, None]
        said += by_zh.astype(np.float32)[:, None, :]
        return np.maximum(said, np.float32(-self.p.length * self.p.worst_length), out=said)

    def _likeness(self, found: dict[Shape, NDArray[float32]]) -> None:
        """What the cosines of the sentences' vectors say."""
        of, p = self.of.vectors, self.p
        if of is None or self.layout.rows is None:
            return
        ours, theirs = (
            rows[np.minimum(at, len(rows) - 1)].astype(np.float64)
            for rows, at in zip(self.layout.rows, (self.rows, self.columns), strict=True)
        )
        norms = _norms(ours, self.size[1], self.most[0]), _norms(theirs, self.size[2], self.most[1])
        dots = np.matmul(ours, theirs.swapaxes(1, 2)).astype(np.float32)
        across = np.zeros((self.size[0], dots.shape[1], self.size[2]), np.float32)
        parts = []
        for b in range(self.most[1]):
            across = across + dots[:, :, b : b + self.size[2]]
            parts.append(across)
        less, cap = np.float32(p.likeness * (of.mean / of.deviation + p.unlike)), np.float32(p.likeness * p.likest)
        for (a, b), total in self._down(parts):
            said = total * (p.likeness / of.deviation / norms[0][a - 1]).astype(np.float32)[:, :, None]
            said *= (1 / norms[1][b - 1]).astype(np.float32)[:, None, :]
            said -= less
            found[a, b] += np.minimum(said, cap, out=said)

    def _divided(self) -> bool:
        """Whether any window has sentences of several units."""
        found = (self.layout.units[k][np.minimum(at, len(self.layout.units[k]) - 1)]
                 for k, at in enumerate((self.rows, self.columns)))  # fmt: skip
        ours, theirs = found
        return bool((ours != ours[:, :1]).any() or (theirs != ours[:, :1]).any())

    def _crosses(self, a: int, b: int) -> NDArray[bool_]:
        """Beads whose sentences are not all of one unit."""
        (first, last), (left, right) = self._homes(0, a), self._homes(1, b)
        apart = first[:, :, None] != left[:, None, :]
        return np.asarray(apart | (first != last)[:, :, None] | (left != right)[:, None, :])

    def _homes(self, side: int, n: int) -> tuple[NDArray[int64], NDArray[int64]]:
        """The units of the first and the last sentences of the runs of n."""
        units, at = self.layout.units[side], (self.rows, self.columns)[side][:, : self.size[1 + side]]
        last = len(units) - 1
        return units[np.minimum(at, last)], units[np.minimum(at + n - 1, last)]


def _norms(rows: NDArray[float64], size: int, most: int) -> list[NDArray[float64]]:
    """Lengths of the sums of n consecutive rows, for n from 1."""
    total = np.zeros((len(rows), size, rows.shape[2]))
    found = []
    for n in range(most):
        total += rows[:, n : n + size]
        found.append(np.sqrt(np.maximum(np.einsum("wij,wij->wi", total, total), 1e-6)))
    return found

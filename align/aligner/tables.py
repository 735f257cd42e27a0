"""A stretch of English and a stretch of Chinese sentences -> the log score of every bead that begins in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.likelihood import Lexicon, Words, level
from align.aligner.parameters import NULL_EN, Parameters, Priors, Shape
from align.aligner.tokens import Side, Texts, spread
from align.aligner.vectors import Vectors

if TYPE_CHECKING:
    from typing import Any

    from numpy import bool_, float32, float64, int64
    from numpy.typing import NDArray

IMPOSSIBLE = -1e9
LEAST_VARIANCE = 0.15


@dataclass(frozen=True, slots=True)
class Estimates:
    """What is believed of one document at one time: everything that a bead's score is made of."""

    lexicon: Lexicon
    en: Words
    zh: Words
    vectors: Vectors | None
    ratio: float
    variance: float
    priors: Priors
    begin: NDArray[float64]
    finish: NDArray[float64]


@dataclass(frozen=True, slots=True)
class Window:
    """English positions `top` to `bottom` and Chinese positions `left` to `right`, ends not included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Sums along both sides by which the figures of any run of sentences are a difference.

    `lengths`, `types` and `misses` run over English and Chinese; `usual` is mean and variance of the
    log length of runs of n Chinese sentences; `units` are the units that sentences belong to.
    """

    lengths: tuple[NDArray[float64], NDArray[float64]]
    types: tuple[NDArray[float64], NDArray[float64]]
    misses: tuple[NDArray[float64], NDArray[float64]]
    usual: Sequence[tuple[float, float]]
    ends: tuple[NDArray[int64], NDArray[int64]]
    units: tuple[NDArray[int64], NDArray[int64]]


def layout(
    texts: Texts,
    estimates: Estimates,
    ends: tuple[NDArray[int64], NDArray[int64]],
    units: tuple[NDArray[int64], NDArray[int64]],
    most: int,
) -> Layout:
    """The sums of a document under some estimates; `most` is the longest run."""

    def total(values: NDArray[Any]) -> NDArray[float64]:
        return np.concatenate([[0.0], np.cumsum(values)])

    sides = texts.en, texts.zh
    lengths = tuple(total(side.lengths) for side in sides)
    missed = (
        np.bincount(side.rows, words.miss[side.types], side.size)
        for side, words in zip(sides, (estimates.en, estimates.zh), strict=True)
    )
    types = (total(np.maximum(np.diff(side.starts), 1)) for side in sides)
    usual: list[tuple[float, float]] = []
    for n in range(1, most + 1):
        logs = np.log(lengths[1][n:] - lengths[1][:-n]) if n <= texts.zh.size else np.zeros(0)
        if len(logs):
            usual.append((float(logs.mean()), max(float(logs.var()), LEAST_VARIANCE)))
        else:
            usual.append(usual[-1])
    a, b = missed
    c, d = types
    return Layout((lengths[0], lengths[1]), (c, d), (total(a), total(b)), usual, ends, units)


@dataclass(frozen=True, slots=True)
class _Measured:
    """What one window's sentences say, before they are put into beads.

    `en_words[b]` is summed over English sentences from the top, a column for each run of b Chinese ones;
    `zh_words[a]` the other way round. `dots` are summed over both; `norms` are lengths of vectors of runs.
    """

    en_words: Sequence[NDArray[float32]]
    zh_words: Sequence[NDArray[float32]]
    begin: NDArray[float32]
    finish: NDArray[float32]
    dots: NDArray[float64] | None = None
    norms: tuple[Sequence[NDArray[float32]], Sequence[NDArray[float32]]] | None = None


class Table:
    """Scores of the beads that begin in one window, shape by shape; of at most `most` sentences a side."""

    def __init__(
        self,
        texts: Texts,
        estimates: Estimates,
        layout: Layout,
        p: Parameters,
        shapes: Sequence[Shape],
        window: Window,
        most: int,
    ) -> None:
        self.texts, self.estimates, self.layout, self.p = texts, estimates, layout, p
        self.shapes, self.window = shapes, window
        self.most = min(most, max(a for a, _ in shapes)), min(most, max(b for _, b in shapes))
        self.bottom = min(window.bottom + self.most[0] - 1, texts.en.size)
        self.right = min(window.right + self.most[1] - 1, texts.zh.size)
        en, zh = layout.units[0][window.top : self.bottom], layout.units[1][window.left : self.right]
        self.divided = len(en) > 0 and len(zh) > 0 and not en[0] == en[-1] == zh[0] == zh[-1]

    def scores(self) -> NDArray[float32]:
        """Shapes × English × Chinese positions of a bead's beginning; impossible ones far below zero."""
        w = self.window
        found = np.full((len(self.shapes), w.bottom - w.top, w.right - w.left), IMPOSSIBLE, np.float32)
        measured = self._measure() if self.bottom > w.top and self.right > w.left else None
        for at, (a, b) in enumerate(self.shapes):
            if (a, b) == NULL_EN:
                found[at, : min(w.bottom, self.texts.en.size) - w.top] = self.estimates.priors.log_of((a, b))
                continue
            if a > self.most[0] or b > self.most[1]:
                continue
            rows = min(w.bottom, self.texts.en.size - a + 1) - w.top
            columns = min(w.right, self.texts.zh.size - b + 1) - w.left
            if measured and rows > 0 and columns > 0:
                self._score(measured, (a, b), found[at, :rows, :columns])
        return found

    def _measure(self) -> _Measured:
        w, texts, lexicon, of = self.window, self.texts, self.estimates.lexicon, self.layout
        en, en_rows = _part(texts.en, w.top, self.bottom)
        zh, zh_rows = _part(texts.zh, w.left, self.right)
        height, width = self.bottom - w.top, self.right - w.left
        en_types, en_home = _distinct(en, texts.en.count)
        zh_types, zh_home = _distinct(zh, texts.zh.count)
        en_hits = _hits(zh, zh_rows, lexicon.zh_starts, lexicon.zh_to, en_home, (len(en_types), width))
        zh_hits = _hits(en, en_rows, lexicon.en_starts, lexicon.en_to, zh_home, (len(zh_types), height))
        in_en = _incidence(en_home[en], en_rows, (height, len(en_types)))
        in_zh = _incidence(zh_home[zh], zh_rows, (width, len(zh_types)))
        said = self.estimates.en.hit[en_types], self.estimates.zh.hit[zh_types]
        counts = of.types[1][w.left : self.right + 1], of.types[0][w.top : self.bottom + 1]
        missed = np.diff(of.misses[0][w.top : self.bottom + 1]), np.diff(of.misses[1][w.left : self.right + 1])
        ends, vectors = self._ends(), self.estimates.vectors
        return _Measured(
            _by_runs(in_en, en_hits, said[0], missed[0], counts[0], self.most[1]),
            _by_runs(in_zh, zh_hits, said[1], missed[1], counts[1], self.most[0]),
            *ends,
            *(_compare(in_en @ vectors.en[en_types], in_zh @ vectors.zh[zh_types], self.most) if vectors else ()),
        )

    def _ends(self) -> tuple[NDArray[float32], NDArray[float32]]:
        """What the beginnings, and the endings, of all pairs of sentences say."""
        w, (en, zh), of = self.window, self.layout.ends, self.estimates
        ours, theirs = en[w.top : self.bottom], zh[w.left : self.right]
        begin, finish = (
            (self.p.ends * said[ours[:, k][:, None], theirs[:, k][None, :]]).astype(np.float32)
            for k, said in ((0, of.begin), (1, of.finish))
        )
        return begin, finish

    def _score(self, of: _Measured, shape: Shape, into: NDArray[float32]) -> None:
        """Fill in the scores of one shape."""
        (a, b), (rows, columns) = shape, into.shape
        ours, theirs = of.en_words[b - 1], of.zh_words[a - 1]
        np.subtract(ours[a : a + rows, :columns], ours[:rows, :columns], out=into)
        into += theirs[b : b + columns, :rows].T
        into -= theirs[:columns, :rows].T
        into *= np.float32(self.p.lexical)
        into += self._length(a, b, rows, columns)
        if of.dots is not None and of.norms:
            into += self._likeness(of.dots, of.norms, a, b, rows, columns)
        into += of.begin[:rows, :columns]
        into += of.finish[a - 1 : a - 1 + rows, b - 1 : b - 1 + columns]
        into += np.float32(self.estimates.priors.log_of(shape))
        if self.divided:
            into[self._crosses(a, b, rows, columns)] = IMPOSSIBLE

    def _length(self, a: int, b: int, rows: int, columns: int) -> NDArray[Any]:
        """Log ratio of lengths: as one translates the other, against what any Chinese run is like.

        The square of a difference is a product of two small matrices.
        """
        w = self.window
        en = _over(self.layout.lengths[0], w.top, rows, a)
        zh = np.log(_over(self.layout.lengths[1], w.left, columns, b))
        variance = self.estimates.variance * (1 + self.p.short / en)
        mean, usual = self.layout.usual[b - 1]
        x, weight = np.log(en) - self.estimates.ratio, 0.5 / variance
        by_zh = 0.5 * ((zh - mean) ** 2 / usual + log(usual))
        left = np.stack([-weight * x * x - 0.5 * np.log(variance), 2 * weight * x, -weight, np.ones(rows)], 1)
        right = np.stack([np.ones(columns), zh, zh * zh, by_zh])
        said = np.maximum(self.p.length * (left @ right), -self.p.length * self.p.worst_length)
        return np.asarray(said, np.float32)

    def _likeness(
        self,
        dots: NDArray[float64],
        norms: tuple[Sequence[NDArray[float32]], Sequence[NDArray[float32]]],
        a: int,
        b: int,
        rows: int,
        columns: int,
    ) -> NDArray[Any]:
        vectors, p = self.estimates.vectors, self.p
        assert vectors
        across = dots[:, b : b + columns] - dots[:, :columns]
        cosine = (across[a : a + rows] - across[:rows]).astype(np.float32)
        cosine *= (p.likeness / vectors.deviation / norms[0][a - 1][:rows])[:, None]
        cosine /= norms[1][b - 1][None, :columns]
        cosine -= np.float32(p.likeness * (vectors.mean / vectors.deviation + p.unlike))
        return np.minimum(cosine, np.float32(p.likeness * p.likest))

    def _crosses(self, a: int, b: int, rows: int, columns: int) -> NDArray[bool_]:
        """Beads whose sentences are not all of one unit."""
        w, (en, zh) = self.window, self.layout.units
        first, last = en[w.top : w.top + rows], en[w.top + a - 1 : w.top + a - 1 + rows]
        left, right = zh[w.left : w.left + columns], zh[w.left + b - 1 : w.left + b - 1 + columns]
        return np.asarray((first[:, None] != left[None, :]) | ((first != last)[:, None] | (left != right)[None, :]))


def _compare(
    en: NDArray[float32], zh: NDArray[float32], most: tuple[int, int]
) -> tuple[NDArray[float64], tuple[Sequence[NDArray[float32]], Sequence[NDArray[float32]]]]:
    """Dot products of all sentences, summed from the corner, and lengths of the vectors of all runs."""
    dots = np.zeros((len(en) + 1, len(zh) + 1))
    dots[1:, 1:] = (en.astype(np.float64) @ zh.T.astype(np.float64)).cumsum(0).cumsum(1)
    return dots, (_norms(en, most[0]), _norms(zh, most[1]))


def _part(side: Side, first: int, last: int) -> tuple[NDArray[int64], NDArray[int64]]:
    part = slice(side.starts[first], side.starts[last])
    return side.types[part], side.rows[part] - first


def _distinct(types: NDArray[int64], count: int) -> tuple[NDArray[int64], NDArray[int64]]:
    """The types that occur, and for each type its place among them, -1 for none."""
    there = np.zeros(count, bool)
    there[types] = True
    found = np.flatnonzero(there)
    home = np.full(count, -1)
    home[found] = np.arange(len(found))
    return found, home


def _hits(
    types: NDArray[int64],
    rows: NDArray[int64],
    starts: NDArray[int64],
    to: NDArray[int64],
    home: NDArray[int64],
    size: tuple[int, int],
) -> NDArray[bool_]:
    """Types of one side × sentences of the other: whether the sentence renders the type."""
    which, at = spread(types, starts)
    answer = home[to[at]]
    there = answer >= 0
    hits = np.zeros(size, bool)
    hits[answer[there], rows[which[there]]] = True
    return hits


def _incidence(places: NDArray[int64], rows: NDArray[int64], size: tuple[int, int]) -> NDArray[float32]:
    found = np.zeros(size, np.float32)
    found[rows, places] = 1
    return found


def _by_runs(
    incidence: NDArray[float32],
    hits: NDArray[bool_],
    said: NDArray[float32],
    missed: NDArray[float64],
    counts: NDArray[float64],
    most: int,
) -> list[NDArray[float32]]:
    """For runs of 1 … most sentences of the other side: what words say, summed over this side's sentences."""
    found = []
    reached = hits
    for n in range(1, min(most, hits.shape[1]) + 1):
        reached = reached[:, :-1] | hits[:, n - 1 :] if n > 1 else hits
        values = np.take(said, level(counts[n:] - counts[:-n]), axis=1)
        values *= reached
        sums = np.zeros((len(incidence) + 1, values.shape[1]), np.float32)
        np.cumsum(incidence @ values + missed[:, None].astype(np.float32), axis=0, out=sums[1:])
        found.append(sums)
    return found


def _over(sums: NDArray[float64], first: int, size: int, n: int) -> NDArray[float64]:
    """Figures of runs of n sentences that begin at `first` and the positions behind it."""
    return sums[first + n : first + n + size] - sums[first : first + size]


def _norms(rows: NDArray[float32], most: int) -> list[NDArray[float32]]:
    """Lengths of the sums of n consecutive rows, for n from 1."""
    total = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, 0, dtype=np.float64)])
    runs = (total[n:] - total[:-n] for n in range(1, most + 1))
    return [np.sqrt(np.maximum(np.einsum("ij,ij->i", run, run), 1e-6)).astype(np.float32) for run in runs]

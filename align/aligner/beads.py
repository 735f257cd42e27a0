"""Two lists of sentences -> the beads that link them, each with the probability that it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.ends import edges
from align.aligner.estimates import first_estimates
from align.aligner.lattice import Band, Span, best_path, probabilities
from align.aligner.learning import learn
from align.aligner.parameters import MOST, NULL_ZH, Parameters, Shape, first_shapes, shapes
from align.aligner.tables import Estimates, Layout, Table, Window, layout
from align.aligner.tokens import Texts, read_texts

if TYPE_CHECKING:
    from numpy import float32, int64
    from numpy.typing import NDArray

    from align.dictionary import Dictionary

ROWS = 32
"""English positions of a window."""
WIDE, NARROW = 60, 16
"""Chinese positions on either side of the way, before and after the first pass."""
SMALL = 150
"""Sentences up to which the first pass looks everywhere."""
PASSES = 3


@dataclass(frozen=True, slots=True)
class Bead:
    """Positions of the segments on each side, and the probability that both sides are just these."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Task:
    """What stays the same while the estimates get better."""

    texts: Texts
    ends: tuple[NDArray[int64], NDArray[int64]]
    units: tuple[NDArray[int64], NDArray[int64]]
    p: Parameters


def align_texts(
    en: Sequence[str],
    zh: Sequence[str],
    dictionary: Dictionary,
    glossary: Sequence[tuple[str, str]] = (),
    units: Sequence[tuple[int, int]] = (),
    paragraphs: tuple[Sequence[bool], Sequence[bool]] | None = None,
    p: Parameters = Parameters(),  # noqa: B008 - frozen
) -> list[Bead]:
    """The best sequence of beads; every sentence in exactly one.

    `units` are the sizes, English and Chinese, of the stretches that answer each other as a whole:
    no bead leaves its unit. `paragraphs` tells for each sentence whether a paragraph begins with it.
    """
    if not en or not zh:
        return [Bead((i,), (), 1.0) for i in range(len(en))] + [Bead((), (j,), 1.0) for j in range(len(zh))]
    sizes = list(units) or [(len(en), len(zh))]
    opens = paragraphs or ([False] * len(en), [False] * len(zh))
    texts = read_texts(en, zh, dictionary, glossary)
    of = np.arange(len(sizes))
    homes = (np.repeat(of, [a for a, _ in sizes]), np.repeat(of, [b for _, b in sizes]))
    task = _Task(texts, (edges(en, opens[0]), edges(zh, opens[1])), homes, p)
    estimates = first_estimates(texts, dictionary, p)
    path = _pass(task, estimates, first_shapes(), _first_band(sizes))
    for _ in range(PASSES - 1):
        estimates = learn(texts, task.ends, estimates, path, p)
        band = _near(path, sizes)
        path = _pass(task, estimates, shapes(), band)
    return _judge(task, estimates, band, path)


def _pass(task: _Task, estimates: Estimates, kinds: Sequence[Shape], band: Band) -> list[Span]:
    windows = band.windows(ROWS)
    tables = _tables(task, estimates, kinds, windows[::-1])
    return best_path(windows, band, kinds, estimates.priors.log_of(NULL_ZH), tables)


def _tables(
    task: _Task, estimates: Estimates, kinds: Sequence[Shape], windows: Sequence[Window]
) -> Iterator[NDArray[float32]]:
    sums = _layout(task, estimates)
    return (Table(task.texts, estimates, sums, task.p, kinds, window).scores() for window in windows)


def _layout(task: _Task, estimates: Estimates) -> Layout:
    return layout(task.texts, estimates, task.ends, task.units, MOST)


def _judge(task: _Task, estimates: Estimates, band: Band, path: Sequence[Span]) -> list[Bead]:
    """The beads of a path with their posterior probabilities."""
    windows = band.windows(ROWS)
    tables = list(_tables(task, estimates, shapes(), windows))
    null = estimates.priors.log_of(NULL_ZH)
    found = probabilities(windows, band, shapes(), null, tables, path)
    return [
        Bead(tuple(range(i, k)), tuple(range(j, m)), confidence)
        for (i, k, j, m), confidence in zip(path, found, strict=True)
    ]


def _first_band(sizes: Sequence[tuple[int, int]]) -> Band:
    """Small units whole, large ones near their diagonal."""
    low: list[int] = []
    high: list[int] = []
    left = 0
    for a, b in sizes:
        here = np.arange(a + 1) * b // max(a, 1)
        margin = max(a, b) if max(a, b) <= SMALL or not (a and b) else WIDE + max(a, b) // 20
        _join(low, high, left + np.maximum(here - margin, 0), left + np.minimum(here + margin, b))
        left += b
    return Band(np.array(low), np.array(high))


def _join(low: list[int], high: list[int], new_low: NDArray[int64], new_high: NDArray[int64]) -> None:
    """Append a unit's rows; its first row is the last row of the unit before."""
    if low:
        high[-1] = max(high[-1], int(new_high[0]))
        new_low, new_high = new_low[1:], new_high[1:]
    low += new_low.tolist()
    high += new_high.tolist()


def _near(path: Sequence[Span], sizes: Sequence[tuple[int, int]]) -> Band:
    """The band around a path, within its units."""
    size, end = path[-1][1], path[-1][3]
    low, high = np.full(size + 1, end), np.zeros(size + 1, np.int64)
    for i, k, j, m in path:
        low[i : k + 1] = np.minimum(low[i : k + 1], j)
        high[i : k + 1] = np.maximum(high[i : k + 1], m)
    low, high = np.maximum(low - NARROW, 0), np.minimum(high + NARROW, end)
    edge = np.cumsum([(0, 0), *sizes], axis=0)
    for (top, left), (bottom, right) in pairwise(edge.tolist()):
        low[top + 1 : bottom + 1] = np.maximum(low[top + 1 : bottom + 1], left)
        high[top:bottom] = np.minimum(high[top:bottom], right)
    return Band(low, high)

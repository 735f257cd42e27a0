"""A document and what is believed of it -> sums by which the figures of any run of its sentences are a difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.likelihood import Lexicon, Words, level
from align.aligner.parameters import Priors
from align.aligner.tokens import Side, Texts
from align.aligner.vectors import Vectors

if TYPE_CHECKING:
    from typing import Any

    from numpy import float32, float64, int32, int64
    from numpy.typing import NDArray

LEAST_VARIANCE = 0.15
ROWS_AT_ONCE = 256


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
class Layout:
    """Sums along both sides by which the figures of any run of sentences are a difference.

    `lengths` and `misses` run over English and Chinese; `levels[side][n - 1]` are the levels of runs of n
    sentences; `usual` is mean and variance of the log length of runs of n Chinese sentences; `units` are
    the units that sentences belong to; `rows` their vectors.
    """

    lengths: tuple[NDArray[float64], NDArray[float64]]
    levels: tuple[Sequence[NDArray[int32]], Sequence[NDArray[int32]]]
    misses: tuple[NDArray[float64], NDArray[float64]]
    usual: Sequence[tuple[float, float]]
    ends: tuple[NDArray[int64], NDArray[int64]]
    units: tuple[NDArray[int64], NDArray[int64]]
    rows: tuple[NDArray[float32], NDArray[float32]] | None


def layout(
    texts: Texts,
    estimates: Estimates,
    ends: tuple[NDArray[int64], NDArray[int64]],
    units: tuple[NDArray[int64], NDArray[int64]],
    most: int,
    before: Layout | None = None,
) -> Layout:
    """The sums of a document under some estimates; `most` is the longest run.

    The vectors of the sentences are those of the layout `before`, if there was one.
    """
    en, zh = texts.en, texts.zh
    lengths = _total(en.lengths), _total(zh.lengths)
    usual: list[tuple[float, float]] = []
    for n in range(1, most + 1):
        logs = np.log(lengths[1][n:] - lengths[1][:-n]) if n <= zh.size else np.zeros(0)
        if len(logs):
            usual.append((float(logs.mean()), max(float(logs.var()), LEAST_VARIANCE)))
        else:
            usual.append(usual[-1])
    of = estimates.vectors
    return Layout(
        lengths,
        (_levels(en, most), _levels(zh, most)),
        (_missed(en, estimates.en), _missed(zh, estimates.zh)),
        usual,
        ends,
        units,
        before.rows if before else (_row_vectors(en, of.en), _row_vectors(zh, of.zh)) if of else None,
    )


def _total(values: NDArray[Any]) -> NDArray[float64]:
    return np.concatenate([[0.0], np.cumsum(values)])


def _missed(side: Side, words: Words) -> NDArray[float64]:
    return _total(np.bincount(side.rows, words.miss[side.types], side.size))


def _levels(side: Side, most: int) -> list[NDArray[int32]]:
    """The level of the runs of 1 … most sentences that begin at each; those at the end are cut short."""
    types = _total(np.maximum(np.diff(side.starts), 1))
    last = np.minimum(np.arange(side.size)[:, None] + np.arange(1, most + 1), side.size)
    found = level(types[last] - types[:-1, None]).astype(np.int32)
    return [np.ascontiguousarray(column) for column in found.T]


def _row_vectors(side: Side, vectors: NDArray[float32]) -> NDArray[float32]:
    """The sum of the vectors of each sentence's types."""
    found = np.zeros((side.size, vectors.shape[1]), np.float32)
    filled = np.flatnonzero(np.diff(side.starts))
    for first in range(0, len(filled), ROWS_AT_ONCE):
        rows = filled[first : first + ROWS_AT_ONCE]
        begin, end = side.starts[rows[0]], side.starts[rows[-1] + 1]
        found[rows] = np.add.reduceat(vectors[side.types[begin:end]], side.starts[rows] - begin, axis=0)
    return found

"""Types, edges and estimates -> what it says for a bead that a word is rendered in it, or is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.compressed import in_order, spread
from align.aligner.parameters import Parameters
from align.aligner.tokens import Side, Texts

if TYPE_CHECKING:
    from typing import Any

    from numpy import float32, float64, int64
    from numpy.typing import NDArray

LEVELS, LEAST, MOST = 128, 0.0, 9.5
"""Steps of the log of how many types a run of sentences has, by which chance is looked up."""
STEP = (MOST - LEAST) / (LEVELS - 1)
AT_ONCE = 1 << 22
"""Cells of a table of sentences by types."""
GRAIN = 256.0
"""What words say is a multiple of 1/256, so that its sums are exact in any order."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which types of one side answer which of the other: `to[starts[t]:starts[t + 1]]`, and the way back."""

    en_starts: NDArray[int64]
    en_to: NDArray[int64]
    zh_starts: NDArray[int64]
    zh_to: NDArray[int64]


@dataclass(frozen=True, slots=True)
class Words:
    """For each type of one side: how often it is rendered, the kind of types it is of, what a miss says.

    `covered` is how many sentences of the other side hold something that would render it: its chance. `hit` is for
    each kind what a hit says by length: many types are alike in chance and rate, and a small table is looked up fast.
    """

    covered: NDArray[int64]
    rendered: NDArray[float64]
    kind: NDArray[int64]
    hit: NDArray[float32]
    miss: NDArray[float64]


def lexicon(texts: Texts, edges: NDArray[int64]) -> Lexicon:
    """The edges in both directions."""
    return Lexicon(
        *_compressed(edges[:, 0], edges[:, 1], texts.en.count), *_compressed(edges[:, 1], edges[:, 0], texts.zh.count)
    )


def _compressed(of: NDArray[int64], to: NDArray[int64], count: int) -> tuple[NDArray[int64], NDArray[int64]]:
    order = in_order(of)
    return np.concatenate([[0], np.cumsum(np.bincount(of, minlength=count))]), to[order]


def covered(other: Side, starts: NDArray[int64], to: NDArray[int64], count: int) -> NDArray[int64]:
    """In how many sentences of the other side each type finds a rendering."""
    total = np.zeros(count, np.int64)
    able = np.flatnonzero(np.diff(starts)[other.types])
    types, rows = other.types[able], other.rows[able]
    step = min(255, max(1, AT_ONCE // max(count, 1)))
    there = np.zeros((step, count), bool)
    for first in range(0, other.size, step):
        part = slice(*np.searchsorted(rows, (first, first + step)))
        which, at = spread(types[part], starts)
        there[:] = False
        there.reshape(-1)[((rows[part] - first) * count)[which] + to[at]] = True
        total += np.add.reduce(there.view(np.uint8), axis=0, dtype=np.uint8)
    return total


def first_rates(side: Side, found: NDArray[int64], p: Parameters) -> NDArray[float64]:
    """How often each type is rendered, before anything is aligned: no oftener than its renderings occur."""
    base = np.where(side.repeated, p.repeated, p.rendered)
    used = np.bincount(side.types, minlength=side.count)
    there = np.maximum(np.minimum(1, found / np.maximum(used, 1)), floor(side, p))
    return np.asarray(np.minimum(base * there, p.surest))


def floor(side: Side, p: Parameters) -> NDArray[float64]:
    """For each type how much of its usual rate it keeps even where nothing renders it.

    A number that is nowhere on the other side speaks of an omission; so, less, does a word that the
    dictionary knows, if it is not used often: a word that is lost again and again has a rendering that the
    dictionary lacks. Of a word that it does not know nothing can be said.
    """
    used = np.maximum(np.bincount(side.types, minlength=side.count), 1)
    return np.where(side.numbers, p.number_lost, np.where(side.known, p.word_lost / used**2, 0.0))


def weigh(found: NDArray[int64], rendered: NDArray[float64], side: Side, other: Side, p: Parameters) -> Words:
    """What hits and misses say. A run of L types covers a word by chance with 1 - exp(-rate L).

    A hit says log(1 + rendered (1 - q) / q) and a miss log(1 - rendered): the likelihood ratio of a
    translation, in which a word is rendered on purpose or covered by chance, against chance alone.
    """
    kinds = np.stack([found.astype(np.float64), rendered, np.where(side.numbers, p.figures, 1.0)], 1)
    order = np.lexsort(kinds.T)
    new = np.ones(len(order), bool)
    new[1:] = (kinds[order[1:]] != kinds[order[:-1]]).any(1)
    of = np.empty(len(order), np.int64)
    of[order] = np.cumsum(new) - 1
    hit, miss = _said(kinds[order[new]], other, p)
    return Words(found, rendered, of, hit, miss[of])


def _said(kinds: NDArray[float64], other: Side, p: Parameters) -> tuple[NDArray[float32], NDArray[float64]]:
    """What hits, by length, and misses say for sentences found, rate and weight; many types have the same three."""
    found, rendered, weight = kinds.T
    share = (found + p.chance * p.trust) / (other.size + p.trust)
    usual = max(len(other.types) / max(other.size, 1), 1.0)
    rate = -np.log1p(-np.minimum(share, 0.98)) / usual
    chance = np.maximum(-np.expm1(-rate[:, None] * np.exp(LEAST + STEP * np.arange(LEVELS))), 1e-6)
    miss = np.log1p(-rendered)
    hit = np.log1p(rendered[:, None] * (1 - chance) / chance) - miss[:, None]
    return grained(hit * weight[:, None]).astype(np.float32), grained(miss * weight)


def grained(values: NDArray[Any]) -> NDArray[Any]:
    """Values as multiples of 1/256."""
    return np.rint(values * GRAIN) / GRAIN


def level(count: NDArray[Any]) -> NDArray[int64]:
    """The step of a number of types."""
    at = np.rint((np.log(np.maximum(count, 1)) - LEAST) / STEP)
    return np.asarray(np.clip(at, 0, LEVELS - 1), np.int64)

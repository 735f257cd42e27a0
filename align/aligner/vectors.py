"""Types and the dictionary's vectors -> one vector a type, so that sentences can be alike without a word in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.compressed import sorted_unique, spread
from align.aligner.tokens import LONGEST_WORD, Side, Texts

if TYPE_CHECKING:
    from typing import Any

    from numpy import float32, float64, int64
    from numpy.typing import NDArray

    from align.dictionary import Dictionary

GRAIN = 64.0
SAMPLE = 400
AT_ONCE = 512
"""Types whose vectors are made together."""
FEW = 4
"""Rows that are multiplied in one go: of more, the library would make threads, which cost more than they save."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """A row a type of each side, centred, and how like two sentences are by chance: mean and deviation."""

    en: NDArray[float32]
    zh: NDArray[float32]
    mean: float
    deviation: float


def vectors(texts: Texts, dictionary: Dictionary) -> Vectors | None:
    """The vectors of all types, weighted by how rare they are here; None where the dictionary has none."""
    if not len(dictionary.names) or not texts.en.size or not texts.zh.size:
        return None
    en = _weighted(_in_parts(_of_stems, texts.stem_ids, dictionary), texts.en)
    zh = _weighted(_in_parts(_of_words, texts.word_ids, dictionary), texts.zh)
    return Vectors(en, zh, *_by_chance(_sampled(en, texts.en), _sampled(zh, texts.zh)))


def _in_parts(of: Callable[..., NDArray[float32]], ids: NDArray[int64], dictionary: Dictionary) -> NDArray[float32]:
    """What `of` makes of some types, scaled to length 1; of few types at once, so that it stays in the cache."""
    found = np.empty((len(ids), dictionary.vectors.shape[1]), np.float32)
    for first in range(0, len(ids), AT_ONCE):
        found[first : first + AT_ONCE] = _unit(of(ids[first : first + AT_ONCE], dictionary))
    return found


def _of_stems(ids: NDArray[int64], dictionary: Dictionary) -> NDArray[float32]:
    return np.where(ids[:, None] >= 0, dictionary.vectors[ids], 0).astype(np.float32)


def _of_words(ids: NDArray[int64], dictionary: Dictionary) -> NDArray[float32]:
    """A word is half its renderings, by their rarity, half its characters; a lone character is itself."""
    found = np.zeros((len(ids), dictionary.vectors.shape[1]), np.float32)
    words = np.flatnonzero(ids >= 0)
    which, at = spread(ids[words], dictionary.starts)
    stems = dictionary.stems[at]
    first_of = np.flatnonzero(np.diff(which, prepend=-1))
    if len(which):
        rows = dictionary.vectors[stems] * dictionary.weights[stems][:, None]
        found[words[which[first_of]]] = np.add.reduceat(rows, first_of, axis=0)
    return _unit(found) + _unit(_of_characters(ids, dictionary))


def _of_characters(ids: NDArray[int64], dictionary: Dictionary) -> NDArray[float32]:
    packed = np.where(ids >= 0, dictionary.words[ids] if len(dictionary.words) else 0, np.where(ids < -1, -2 - ids, 0))
    total = np.zeros((len(ids), dictionary.char_vectors.shape[1]), np.float32)
    for n in range(LONGEST_WORD):
        code = (packed.astype(np.uint64) >> np.uint64(16 * n) & np.uint64(0xFFFF)).astype(np.uint32)
        if not len(dictionary.chars):
            break
        at = np.minimum(np.searchsorted(dictionary.chars, code), len(dictionary.chars) - 1)
        hit = dictionary.chars[at] == code
        total[hit] += dictionary.char_vectors[at[hit]]
    return total


def _unit(rows: NDArray[float32]) -> NDArray[float32]:
    lengths = np.sqrt((rows.astype(np.float64) ** 2).sum(1))
    return np.asarray(rows / np.maximum(lengths, 1e-6)[:, None], np.float32)


def _weighted(rows: NDArray[float32], side: Side) -> NDArray[float32]:
    """Rows times their rarity here, less what all of them have in common; in their place."""
    used = np.bincount(side.types, minlength=side.count)
    weight = np.log((side.size + 1) / (used + 0.5)) * rows.any(1)
    total, centre = (used * weight).sum(), np.zeros(rows.shape[1])
    parts = [slice(first, first + AT_ONCE) for first in range(0, len(rows), AT_ONCE)]
    for part in parts:
        centre += np.einsum("i,ij->j", (used * weight)[part], rows[part].astype(np.float64))
    centre /= max(total, 1e-6)
    for part in parts:
        rows[part] = np.rint((rows[part] - centre) * (weight[part] * GRAIN)[:, None]) / GRAIN
    return rows


def _sampled(rows: NDArray[float32], side: Side) -> NDArray[float64]:
    """Vectors of up to 400 sentences, evenly spread."""
    chosen = sorted_unique(np.linspace(0, side.size - 1, min(SAMPLE, side.size)).astype(np.int64))
    sums = [rows[side.types[side.starts[i] : side.starts[i + 1]]].astype(np.float64).sum(0) for i in chosen]
    return np.array(sums)


def _by_chance(en: NDArray[float64], zh: NDArray[float64]) -> tuple[float, float]:
    dots = np.concatenate([en[first : first + FEW] @ zh.T for first in range(0, len(en), FEW)])
    cosines = cosine(dots, (en**2).sum(1), (zh**2).sum(1))
    return float(cosines.mean()), max(float(cosines.std()), 0.05)


def cosine(dots: NDArray[Any], en: NDArray[Any], zh: NDArray[Any]) -> NDArray[Any]:
    """Cosines of all pairs from their dot products and squared lengths."""
    return np.asarray(dots / (np.sqrt(np.maximum(en, 1e-6))[:, None] * np.sqrt(np.maximum(zh, 1e-6))[None, :]))

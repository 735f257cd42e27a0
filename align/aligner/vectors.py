"""Types and the dictionary's vectors -> one vector a type, so that sentences can be alike without a word in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.compressed import spread
from align.aligner.tokens import LONGEST_WORD, Side, Texts

if TYPE_CHECKING:
    from typing import Any

    from numpy import float32, float64, int64
    from numpy.typing import NDArray

    from align.dictionary import Dictionary

GRAIN = 64.0
SAMPLE = 400


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
    en = _weighted(_unit(_of_stems(texts.stem_ids, dictionary)), texts.en)
    zh = _weighted(_unit(_of_words(texts.word_ids, dictionary)), texts.zh)
    return Vectors(en, zh, *_by_chance(_sampled(en, texts.en), _sampled(zh, texts.zh)))


def _of_stems(ids: NDArray[int64], dictionary: Dictionary) -> NDArray[float32]:
    return np.where(ids[:, None] >= 0, dictionary.vectors[ids], 0).astype(np.float32)


def _of_words(ids: NDArray[int64], dictionary: Dictionary) -> NDArray[float32]:
    """A word is half its renderings, by their rarity, half its characters; a lone character is itself."""
    found = np.zeros((len(ids), dictionary.vectors.shape[1]), np.float32)
    words = np.flatnonzero(ids >= 0)
    step = 4096
    for first in range(0, len(words), step):
        part = words[first : first + step]
        which, at = spread(ids[part], dictionary.starts)
        stems = dictionary.stems[at]
        rows = dictionary.vectors[stems].astype(np.float32) * dictionary.weights[stems][:, None]
        sums = np.zeros((len(part), found.shape[1]), np.float32)
        first_of = np.flatnonzero(np.diff(which, prepend=-1))
        if len(which):
            sums[which[first_of]] = np.add.reduceat(rows, first_of, axis=0)
        found[part] = sums
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
    """Rows times their rarity here, less what all of them have in common."""
    used = np.bincount(side.types, minlength=side.count)
    weight = np.log((side.size + 1) / (used + 0.5)) * (np.abs(rows).sum(1) > 0)
    total = (used * weight).sum()
    centre = ((used * weight) @ rows.astype(np.float64)) / max(total, 1e-6)
    return np.asarray(np.rint((rows - centre) * weight[:, None] * GRAIN) / GRAIN, np.float32)


def _sampled(rows: NDArray[float32], side: Side) -> NDArray[float64]:
    """Vectors of up to 400 sentences, evenly spread."""
    chosen = np.unique(np.linspace(0, side.size - 1, min(SAMPLE, side.size)).astype(np.int64))
    sums = [rows[side.types[side.starts[i] : side.starts[i + 1]]].astype(np.float64).sum(0) for i in chosen]
    return np.array(sums)


def _by_chance(en: NDArray[float64], zh: NDArray[float64]) -> tuple[float, float]:
    cosines = cosine(en @ zh.T, (en**2).sum(1), (zh**2).sum(1))
    return float(cosines.mean()), max(float(cosines.std()), 0.05)


def cosine(dots: NDArray[Any], en: NDArray[Any], zh: NDArray[Any]) -> NDArray[Any]:
    """Cosines of all pairs from their dot products and squared lengths."""
    return np.asarray(dots / (np.sqrt(np.maximum(en, 1e-6))[:, None] * np.sqrt(np.maximum(zh, 1e-6))[None, :]))

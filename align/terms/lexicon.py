"""Passages as words -> how strongly each English word of a passage answers each Chinese one.

IBM's first model (Brown et al. 1993) in both directions, trained to agree (Liang, Taskar and Klein 2006), begun with
Dice coefficients and held to the dictionary by a prior, with a mild preference for the diagonal (Dyer, Chahuneau and
Smith 2013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.dictionary import Dictionary, pack_stem, pack_word
from align.stems import stem

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

ROUNDS = 5
PRIOR, BEGUN, LEAST = 2.0, 0.5, 1e-4
"""Occurrences for which an entry of the dictionary counts; what it counts at the start, and what any pair does."""
DIAGONAL = 1.5
NOTHING = 0.02
"""How likely a word is to answer nothing."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all passages as numbers: those of passage i are `of[i]`."""

    names: list[str]
    of: list[NDArray[int64]]


def numbered(texts: Sequence[Sequence[str]]) -> Words:
    """Words as numbers, in the order in which they are met."""
    numbers: dict[str, int] = {}
    of = [np.array([numbers.setdefault(word, len(numbers)) for word in text], np.int64) for text in texts]
    return Words(list(numbers), of)


class Lexicon:
    """What was learned from passages; `links(i)` gives the table of passage i."""

    def __init__(self, en: Words, zh: Words, dictionary: Dictionary) -> None:
        self._en, self._zh = en, zh
        self._width = max(len(zh.names), 1)
        every = [self._keys(i) for i in range(len(en.of))]
        self._pairs = np.unique(np.concatenate([np.unique(keys) for keys in every])) if every else np.zeros(0, np.int64)
        self._prior = _edges(self._pairs, en.names, zh.names, dictionary)
        self._places = [np.searchsorted(self._pairs, keys).astype(np.int32) for keys in every]
        self._to_zh = self._to_en = np.minimum(self._first(), 1.0)
        for _ in range(ROUNDS):
            counts = self._counted()
            self._to_zh, self._to_en = self._by_en(counts), self._by_zh(counts)

    def links(self, i: int) -> NDArray[float64]:
        """English by Chinese words of passage i: how likely each answers the other, 0 to 1."""
        n, m = len(self._en.of[i]), len(self._zh.of[i])
        if not len(self._places[i]):
            return np.zeros((n, m))
        places = self._places[i].reshape(n, m)
        near = np.exp(-DIAGONAL * np.abs((np.arange(n) / n)[:, None] - (np.arange(m) / m)[None, :]))
        there, back = self._to_zh[places] * near, self._to_en[places] * near
        both = there / (there.sum(0) + NOTHING)[None, :] * back / (back.sum(1) + NOTHING)[:, None]
        return np.asarray(both)

    def _keys(self, i: int) -> NDArray[int64]:
        return np.asarray(self._en.of[i][:, None] * self._width + self._zh.of[i][None, :]).ravel()

    def _first(self) -> NDArray[float64]:
        """Dice coefficients of words over passages, and the dictionary."""
        joint = np.zeros(len(self._pairs))
        used = np.zeros(len(self._en.names)), np.zeros(len(self._zh.names))
        for i, places in enumerate(self._places):
            joint[np.unique(places)] += 1
            used[0][np.unique(self._en.of[i])] += 1
            used[1][np.unique(self._zh.of[i])] += 1
        en, zh = np.divmod(self._pairs, self._width)
        dice = 2 * joint / np.maximum(used[0][en] + used[1][zh], 1)
        return np.asarray(dice**2 + BEGUN * self._prior + LEAST)

    def _counted(self) -> NDArray[float64]:
        """How often each pair of words answers each other, as believed now."""
        counts = np.zeros(len(self._pairs))
        for i, places in enumerate(self._places):
            if len(places):
                np.add.at(counts, places, self.links(i).ravel())
        return counts

    def _by_en(self, counts: NDArray[float64]) -> NDArray[float64]:
        return self._shared(counts, self._pairs // self._width, len(self._en.names))

    def _by_zh(self, counts: NDArray[float64]) -> NDArray[float64]:
        return self._shared(counts, self._pairs % self._width, len(self._zh.names))

    def _shared(self, counts: NDArray[float64], of: NDArray[int64], size: int) -> NDArray[float64]:
        """Counts as shares of those of one side's word, with what the dictionary says as a prior."""
        entries = np.bincount(of, self._prior, size)
        weighed = counts + PRIOR * self._prior / np.maximum(entries, 1)[of]
        return np.asarray(weighed / (np.bincount(of, weighed, size) + 0.1)[of])


def _edges(pairs: NDArray[int64], en: Sequence[str], zh: Sequence[str], dictionary: Dictionary) -> NDArray[float64]:
    """1 for each pair that is in the dictionary, or the same in Latin letters."""
    stems = _positions([_packed(stem(word)) for word in en], dictionary.names)
    words = _positions([pack_word(w) if len(w) <= 4 and max(w) <= "\uffff" else 0 for w in zh], dictionary.words)
    homes: dict[int, list[int]] = {}
    for at in np.flatnonzero(stems >= 0).tolist():
        homes.setdefault(int(stems[at]), []).append(at)
    found: list[int] = []
    for at in np.flatnonzero(words >= 0).tolist():
        word = int(words[at])
        answers = dictionary.stems[dictionary.starts[word] : dictionary.starts[word + 1]].tolist()
        found += [home * len(zh) + at for answer in answers for home in homes.get(answer, ())]
    same = {name: at for at, name in enumerate(en)}
    found += [same[word.lower()] * len(zh) + at for at, word in enumerate(zh) if word.lower() in same]
    return np.isin(pairs, np.array(found, np.int64)).astype(np.float64)


def _packed(name: str) -> int:
    return pack_stem(name) if name.isascii() and len(name) <= 8 else 0


def _positions(wanted: Sequence[int], among: NDArray[np.uint64]) -> NDArray[int64]:
    keys = np.array(wanted, np.uint64)
    if not len(among):
        return np.full(len(keys), -1)
    at = np.minimum(np.searchsorted(among, keys), len(among) - 1)
    return np.where(among[at] == keys, at, -1)

"""The entries of CC-CEDICT -> the arrays of a dictionary."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from align.dictionary.arrays import DIMENSIONS, LONGEST_WORD, Dictionary, pack_stem, pack_word
from align.dictionary.entries import Entry
from align.dictionary.likeness import matrix, normalised, term_vectors
from align.dictionary.sounds import Readings
from align.stems import stem, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int32]

LONGEST_GLOSS = 6
"""Stems of a gloss that still renders its word rather than explains it."""
STEM_ENTRIES, CHAR_ENTRIES = 2, 3
"""Entries that a stem or a character must be in to have a vector."""
CHAR_LENGTH = 0.7
"""What the characters of an entry weigh beside its stems."""
STEPS = 64


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Which entry has which thing: two columns of numbers."""

    left: array[int]
    right: array[int] = field(default_factory=lambda: array("i"))

    def add(self, left: int, rights: Iterable[int]) -> None:
        for right in rights:
            self.left.append(left)
            self.right.append(right)


@dataclass(frozen=True, slots=True, eq=False)
class _Collected:
    """What one reading of the entries leaves."""

    numbers: dict[str, int]
    words: _Table
    stems: _Table
    chars: _Table
    entries: int
    sounds: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """Things of one kind in the entries that have them, and how rare each thing is."""

    entries: Places
    things: Places
    weights: Floats
    is_common: NDArray[np.bool_]

    def kept(self) -> tuple[Places, Places, Floats]:
        """The entries, columns and weights of the things that are common enough for a vector."""
        rows = self.is_common[self.things]
        columns = np.cumsum(self.is_common, dtype=np.int32) - 1
        things = self.things[rows]
        return self.entries[rows], columns[things].astype(np.int32), self.weights[things]


def compile_entries(entries: Iterable[Entry], signature: str) -> Dictionary:
    """The dictionary of some entries, the same for the same entries."""
    found = _collect(entries)
    packed = np.fromiter(map(pack_stem, found.numbers), np.uint64, len(found.numbers))
    names, inverse = np.unique(packed, return_inverse=True)
    rank: Places = inverse.astype(np.int32)
    stems = _terms(found.stems, rank[found.stems.right], len(names), found.entries, STEM_ENTRIES)
    chars, of_char = np.unique(np.array(found.chars.right, np.uint32), return_inverse=True)
    shown = _terms(found.chars, of_char.astype(np.int32), len(chars), found.entries, CHAR_ENTRIES)
    vectors = _vectors(stems, shown, found.entries)
    ours = int(stems.is_common.sum())
    of_stems = np.zeros((len(names), DIMENSIONS), np.int8)
    of_stems[stems.is_common] = vectors[:ours]
    keys, starts, renderings = _renderings(found.words, rank)
    return Dictionary(
        words=keys,
        starts=starts,
        stems=renderings,
        names=names,
        weights=stems.weights.astype(np.float32),
        vectors=of_stems,
        chars=chars[shown.is_common],
        char_vectors=vectors[ours:],
        sounds=found.sounds,
        signature=signature,
    )


def _collect(entries: Iterable[Entry]) -> _Collected:
    """Read the entries once; those that render nothing count only for their sounds."""
    numbers: dict[str, int] = {}
    by_word, by_stem, by_char = _Table(array("Q")), _Table(array("i")), _Table(array("i"))
    readings = Readings()
    count = 0
    for entry in entries:
        readings.add(entry)
        glosses = [{numbers.setdefault(stem(word), len(numbers)) for word in words(text)} for text in entry.glosses]
        every = set().union(*glosses)
        if every:
            by_stem.add(count, every)
            by_char.add(count, {ord(c) for c in entry.traditional + entry.simplified if _is_han(c)})
            short = set().union(*(gloss for gloss in glosses if len(gloss) <= LONGEST_GLOSS))
            for word in _short_words(entry):
                by_word.add(pack_word(word), short)
            count += 1
    return _Collected(numbers, by_word, by_stem, by_char, count, readings.table())


def _short_words(entry: Entry) -> Iterator[str]:
    """The forms of a headword that fit a number."""
    for word in {entry.traditional, entry.simplified}:
        if len(word) <= LONGEST_WORD and max(word) <= "\uffff":
            yield word


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


def _terms(table: _Table, things: Places, count: int, entries: int, least: int) -> _Terms:
    """The things of a table with their weights, in steps, so that no library rounds them otherwise."""
    frequency = np.bincount(things, minlength=count)
    steps = {int(n): round(math.log(entries / n) * STEPS) / STEPS for n in np.unique(frequency)}
    weights = np.array([steps[n] for n in frequency.tolist()])
    return _Terms(np.array(table.left, np.int32), things, weights, frequency >= least)


def _vectors(stems: _Terms, chars: _Terms, entries: int) -> NDArray[np.int8]:
    """The vectors of the common stems, then of the common characters."""
    rows, columns, weights = stems.kept()
    more_rows, more_columns, more_weights = chars.kept()
    ours, theirs = int(stems.is_common.sum()), int(chars.is_common.sum())
    values = (
        normalised(rows, weights, entries, 1.0),
        normalised(more_rows, more_weights, entries, CHAR_LENGTH),
    )
    every = np.concatenate((rows, more_rows)), np.concatenate((columns, more_columns + np.int32(ours)))
    return term_vectors(matrix(*every, np.concatenate(values), (entries, ours + theirs)))


def _renderings(table: _Table, rank: Places) -> tuple[NDArray[np.uint64], NDArray[np.int64], Places]:
    """The words in order, where the stems of each begin, and the stems."""
    words, stems = np.array(table.left, np.uint64), rank[table.right]
    order = np.lexsort((stems, words))
    words, stems = words[order], stems[order]
    is_new = np.ones(len(words), np.bool_)
    is_new[1:] = (words[1:] != words[:-1]) | (stems[1:] != stems[:-1])
    keys, starts = np.unique(words[is_new], return_index=True)
    return keys, np.append(starts, is_new.sum()).astype(np.int64), stems[is_new]

"""Beads made and gold beads -> precision, recall and F1, and how far confidences can be trusted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import nan
from statistics import fmean

from _gold import Pair

Judged = tuple[float, bool]
"""The confidence of a bead, and whether it is right."""

BINS = 10
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of one convention."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


@dataclass(frozen=True, slots=True)
class Counts:
    """What precision and recall are made of; right and recalled are (strictly, laxly)."""

    made: int = 0
    wanted: int = 0
    right: tuple[int, int] = (0, 0)
    recalled: tuple[int, int] = (0, 0)

    def __add__(self, other: Counts) -> Counts:
        right, recalled = (
            (a[0] + b[0], a[1] + b[1]) for a, b in ((self.right, other.right), (self.recalled, other.recalled))
        )
        return Counts(self.made + other.made, self.wanted + other.wanted, right, recalled)

    @property
    def strict(self) -> Score:
        """Both sides of a bead equal those of a gold bead."""
        return self._score(0)

    @property
    def lax(self) -> Score:
        """Some pair of a bead's sentences is in a gold bead."""
        return self._score(1)

    def _score(self, which: int) -> Score:
        return Score(self.right[which] / (self.made or 1), self.recalled[which] / (self.wanted or 1))


def count(gold: Iterable[Pair], made: Iterable[Pair]) -> Counts:
    """The counts of one document: precision over all beads made, recall over gold beads with two sides."""
    truth, beads = {bead for bead in gold if any(bead)}, {bead for bead in made if any(bead)}
    wanted, two_sided = ({bead for bead in side if all(bead)} for side in (truth, beads))
    return Counts(len(beads), len(wanted), _hits(beads, truth), _hits(wanted, two_sided))


def _hits(beads: Collection[Pair], reference: Collection[Pair]) -> tuple[int, int]:
    """How many of some beads are right by a reference, strictly and laxly."""
    linked = {(i, j) for en, zh in reference for i in en for j in zh}
    strict = sum(bead in reference for bead in beads)
    lax = sum(bead in reference or any((i, j) in linked for i in bead[0] for j in bead[1]) for bead in beads)
    return strict, lax


def mean(scores: Iterable[Score]) -> tuple[float, float, float]:
    """Precision, recall and F1, each the mean of several scores'."""
    p, r, f = zip(*((score.precision, score.recall, score.f1) for score in scores), strict=True)
    return fmean(p), fmean(r), fmean(f)


def calibration_error(judged: Sequence[Judged]) -> float:
    """Expected calibration error over bins of equal width, weighted by how many beads each holds."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for confidence, is_right in judged:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, is_right))
    gaps = (abs(sum(c for c, _ in held) - sum(right for _, right in held)) for held in bins)
    return sum(gaps) / len(judged) if judged else nan


def auroc(judged: Sequence[Judged]) -> float:
    """How often a right bead has more confidence than a wrong one; a tie is half."""
    above = wrong = right = 0.0
    for _, tied in groupby(sorted(judged), key=lambda bead: bead[0]):
        marks = [is_right for _, is_right in tied]
        hits, misses = sum(marks), len(marks) - sum(marks)
        above += hits * (wrong + misses / 2)
        right, wrong = right + hits, wrong + misses
    return above / (right * wrong) if right and wrong else nan


def share_sure(judged: Sequence[Judged]) -> float:
    """Of the right beads, how many have great confidence."""
    held = [confidence >= SURE for confidence, is_right in judged if is_right]
    return fmean(held) if held else nan


def precision_sure(judged: Sequence[Judged]) -> float:
    """Of the beads of great confidence, how many are right."""
    held = [is_right for confidence, is_right in judged if confidence >= SURE]
    return fmean(held) if held else nan

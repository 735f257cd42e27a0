"""What the aligner believes before it has seen a document -> the few numbers that everything else is estimated from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import exp, log

MOST, MOST_BOTH = 9, 4
"""Sentences of one side that one sentence of the other may answer, and of either side in an m:n bead."""

Shape = tuple[int, int]
"""How many English and how many Chinese sentences a bead has."""

NULL_EN, NULL_ZH = (1, 0), (0, 1)


@dataclass(frozen=True, slots=True)
class Parameters:
    """Chosen on the development sets, a round figure each; all else is estimated from the document."""

    rendered: float = 0.45
    """How often a word is rendered as the dictionary has it, beyond chance."""
    repeated: float = 0.85
    """How often a number, a Latin string or a name appears on the other side too."""
    surest: float = 0.95
    """Nothing is rendered more often than this."""
    number_lost: float = 0.6
    word_lost: float = 0.3
    """How much of those rates holds for a number, and for a word of the dictionary, that no sentence renders."""
    lexical: float = 0.28
    """Weight of the words' log likelihood ratio: words of a sentence are not independent, and both sides count."""
    figures: float = 1.75
    """How much more a number says than a word."""
    likeness: float = 1.0
    unlike: float = 1.0
    likest: float = 4.0
    """Weight of the vectors' cosine in standard deviations above chance; where it says nothing; its cap."""
    length: float = 0.85
    variance: float = 0.035
    short: float = 100.0
    """Weight of length; variance of the log ratio of long sentences; the English length that doubles it."""
    worst_length: float = 12.0
    ends: float = 0.8
    """Weight of how two beads begin and end: quotation marks, questions, paragraphs."""
    null: float = -5.0
    """Log probability of a sentence without a counterpart, before the document says otherwise."""
    merged: float = 0.09
    """Probability of a 1:n bead; of an n:1 bead the same."""
    both: float = 0.003
    """Probability of an m:n bead."""
    further: float = 0.3
    further_both: float = 0.35
    """Probability that a bead of several sentences takes one more."""
    usual_ratio: float = 3.3
    """English characters to a Chinese one."""
    chance: float = 0.01
    trust: float = 5.0
    """Share of sentences that cover a word by chance, and for how many sentences that counts."""
    telling: float = 20.0
    dice: float = 0.5
    """Log likelihood ratio and Dice coefficient from which a pair of words is learned."""
    slope: float = 0.63
    offset: float = -0.33
    """How a bead's confidence follows from the log odds of its posterior; `benchmarks/calibrate` fits them."""


@dataclass(frozen=True, slots=True)
class Priors:
    """How often each kind of bead occurs: two rates of omission, and of joining on either side."""

    null_en: float
    null_zh: float
    merged_en: float
    merged_zh: float
    both: float
    further_en: float
    further_zh: float
    further_both: float

    def log_of(self, shape: Shape) -> float:
        """Log probability of a bead of a given shape; geometric in the sentences beyond two."""
        a, b = shape
        if shape == (1, 1):
            sides = self.merged_en + self.merged_zh + self.null_en + self.null_zh
            return log(max(0.05, 1 - sides - self.both))
        if not a or not b:
            return log(self.null_en if a else self.null_zh)
        if a == 1:
            return log(self.merged_zh * (1 - self.further_zh)) + (b - 2) * log(self.further_zh)
        if b == 1:
            return log(self.merged_en * (1 - self.further_en)) + (a - 2) * log(self.further_en)
        stop = log(self.both) + 2 * log(1 - self.further_both)
        return stop + (a + b - 4) * log(self.further_both)


def itemised() -> Parameters:
    """For text in numbered items: official text joins fewer sentences, and drops more."""
    return replace(Parameters(), null=-4.2, merged=0.04, number_lost=0.8)


def first_priors(p: Parameters) -> Priors:
    """The priors before the document has been seen."""
    null = exp(p.null)
    return Priors(null, null, p.merged, p.merged, p.both, p.further, p.further, p.further_both)


@cache
def shapes() -> tuple[Shape, ...]:
    """All shapes a bead may have but 0:1, which moves along a row; in few runs that grow on one side."""
    several = range(2, MOST + 1)
    both = range(2, MOST_BOTH + 1)
    return (
        *((1, b) for b in range(1, MOST + 1)),
        NULL_EN,
        *((a, 1) for a in several),
        *((a, b) for b in both for a in both),
    )


@cache
def first_shapes() -> tuple[Shape, ...]:
    """Those that the first pass looks for: enough to find the way."""
    return tuple(shape for shape in shapes() if max(shape) <= 4 and (min(shape) < 2 or shape == (2, 2)))

"""How far the pairs of a document look like translations -> which of them look like different texts."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

AGREE, DIFFER = 3.0, 0.3
"""Pairs of either sort that every document is taken to have had before it: most numbers are right."""
BEATEN = 3.0
"""What it says against a pair, as log odds, that one of its items is more like another."""
CLEAR = 6.0
"""Score of a pair that is believed where most are different texts."""
ROUNDS = 30


def agreement(scores: Sequence[float]) -> float:
    """The share of pairs that are each other's translation, estimated from their log likelihood ratios.

    Expectation and maximisation (Dempster, Laird and Rubin 1977) of one parameter, a Bernoulli rate.
    """
    share = AGREE / (AGREE + DIFFER)
    for _ in range(ROUNDS):
        odds = log_odds(share)
        expected = sum(_logistic(score + odds) for score in scores)
        share = (expected + AGREE) / (len(scores) + AGREE + DIFFER)
    return share


def log_odds(share: float) -> float:
    """Natural logarithm of the odds of a probability."""
    return log(share / (1 - share))


def differing(scores: Sequence[float], beaten: Sequence[bool], share: float) -> list[bool]:
    """Which pairs are rather different texts than translations, in a document with such a share of translations.

    Where most are different, a pair that one of another number beats is different too, and one that is not clear.
    """
    odds = log_odds(share)
    told = zip(scores, beaten, strict=True)
    return [score + odds < BEATEN * worse or (share < 0.5 and (worse or score < CLEAR)) for score, worse in told]


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -700 else 0.0

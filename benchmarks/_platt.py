"""Log odds of beads, and whether they are right -> slope and offset of a logistic function (Platt 1999)."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

Line = tuple[float, float]
"""Slope and offset."""

ROUNDS = 30
SURE = 1e-9


def odds(posterior: float) -> float:
    """The log odds of a posterior."""
    sure = min(max(posterior, SURE), 1 - SURE)
    return log(sure / (1 - sure))


def confidence(x: float, line: Line) -> float:
    """The probability of being right at some log odds."""
    return 1 / (1 + exp(-(line[0] * x + line[1])))


def fit(points: Sequence[tuple[float, bool, float]]) -> Line:
    """The most likely line for log odds, whether right, and weight; by Newton's method."""
    slope = offset = 0.0
    for _ in range(ROUNDS):
        a = b = aa = ab = bb = 0.0
        for x, right, weight in points:
            p = confidence(x, (slope, offset))
            a, b = a + weight * (right - p) * x, b + weight * (right - p)
            curve = weight * p * (1 - p)
            aa, ab, bb = aa + curve * x * x, ab + curve * x, bb + curve
        size = aa * bb - ab * ab
        slope, offset = slope + (bb * a - ab * b) / size, offset + (aa * b - ab * a) / size
    return slope, offset

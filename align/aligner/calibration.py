"""The posterior probability of a bead under the model -> the share of beads like it that are right."""

from __future__ import annotations

from math import exp, log

SLOPE, OFFSET = 0.63, -0.33
"""Of the log odds (Platt 1999), fitted on the development sets, whole and with sentences deleted.

The model is too sure of itself: it takes words for independent that are not.
"""
SUREST = 1e-12


def calibrated(posterior: float) -> float:
    """The probability that a bead is right; the order of beads stays as it is."""
    sure = min(max(posterior, SUREST), 1 - SUREST)
    return 1 / (1 + exp(-(SLOPE * log(sure / (1 - sure)) + OFFSET)))

"""The posterior probability of a bead under the model -> the share of beads like it that are right."""

from __future__ import annotations

from math import exp, log

from align.aligner.parameters import Parameters

SUREST = 1e-12


def calibrated(posterior: float, p: Parameters) -> float:
    """The probability that a bead is right; the order of beads stays as it is.

    A logistic function of the log odds (Platt 1999). The model is too sure of itself: it takes words for
    independent that are not.
    """
    sure = min(max(posterior, SUREST), 1 - SUREST)
    return 1 / (1 + exp(-(p.slope * log(sure / (1 - sure)) + p.offset)))

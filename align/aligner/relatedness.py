"""Beads and their words -> how far the texts answer each other at all around each bead.

A posterior compares ways of aligning two texts; it does not ask whether they are translations. Two texts that
are not still have a best alignment, and render each other's words no oftener than chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.lanes import Span
from align.aligner.layout import Estimates
from align.aligner.learning import grouped, rendered_in
from align.aligner.tokens import Texts

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

NEAR = 12
"""Beads on either side that are looked at together."""
RELATED, WIDTH = 0.25, 0.01
"""Share of words rendered beyond chance that is as likely in texts that answer each other as in others; its spread.

Of the development sets' beads the lowest have .34, of documents of ten beads .28; of texts put together at random,
three sentences or four hundred, the highest have .22.
"""
BELIEVED, BELIEF = 0.25, 10.0
"""The share expected before a word is seen, and for how many words that counts: no word speaks neither way."""


def relatedness(texts: Texts, estimates: Estimates, beads: Sequence[Span]) -> NDArray[float64]:
    """For each bead the probability that the texts are translations of each other thereabouts.

    What counts are words that the dictionary knows or the document has shown to be rendered, numbers and names.
    """
    two = np.array([bead for bead in beads if bead[1] > bead[0] and bead[3] > bead[2]], np.int64).reshape(-1, 4)
    if not len(two):
        return np.ones(len(beads))
    en, zh, lexicon = (
        grouped(texts.en, two[:, 0], two[:, 1]),
        grouped(texts.zh, two[:, 2], two[:, 3]),
        estimates.lexicon,
    )
    meant, used = np.zeros(len(two)), np.zeros(len(two))
    for side, ours, theirs, back, found, other in (
        (texts.en, en, zh, (lexicon.zh_starts, lexicon.zh_to), estimates.en.covered, texts.zh),
        (texts.zh, zh, en, (lexicon.en_starts, lexicon.en_to), estimates.zh.covered, texts.en),
    ):
        chance = np.minimum(found / other.size, 0.9)[ours.types]
        able = (((found > 0) | side.known | side.numbers) & (side.repeated | ~side.fixed))[ours.types]
        hit = rendered_in(ours, theirs, back, side.count)
        meant += np.bincount(ours.beads[able], ((hit - chance) / (1 - chance))[able], len(two))
        used += np.bincount(ours.beads[able], minlength=len(two))
    share = (_around(meant) + BELIEVED * BELIEF) / (_around(used) + BELIEF)
    of_two = 1 / (1 + np.exp(-(share - RELATED) / WIDTH))
    answer = np.ones(len(beads))
    answer[[bead[1] > bead[0] and bead[3] > bead[2] for bead in beads]] = of_two
    return answer


def _around(values: NDArray[float64]) -> NDArray[float64]:
    """Sums over the beads near each."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    return np.asarray(total[np.minimum(at + NEAR + 1, len(values))] - total[np.maximum(at - NEAR, 0)])

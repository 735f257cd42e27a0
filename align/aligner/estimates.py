"""Texts that have not been aligned yet -> what is believed of them at first."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from align.aligner.ends import expected
from align.aligner.layout import Estimates
from align.aligner.likelihood import covered, first_rates, lexicon, weigh
from align.aligner.parameters import Parameters, first_priors
from align.aligner.tokens import Texts
from align.aligner.vectors import vectors

if TYPE_CHECKING:
    from align.dictionary import Dictionary

FEW, TRUSTED = 10, 50
"""Sentences for which the usual ratio of lengths counts, and at most for how many the document's own does."""


def first_estimates(texts: Texts, dictionary: Dictionary, p: Parameters) -> Estimates:
    """Rates no higher than the texts allow, the ratio of their lengths if it is plausible, and the parameters."""
    links = lexicon(texts, texts.edges)
    en_found = covered(texts.zh, links.zh_starts, links.zh_to, texts.en.count)
    zh_found = covered(texts.en, links.en_starts, links.en_to, texts.zh.count)
    ratio, size = log(texts.en.lengths.sum() / texts.zh.lengths.sum()), min(texts.en.size, TRUSTED)
    if not log(1.5) < ratio < log(6):
        ratio = log(p.usual_ratio)
    return Estimates(
        links,
        weigh(en_found, first_rates(texts.en, en_found, p), texts.en, texts.zh, p),
        weigh(zh_found, first_rates(texts.zh, zh_found, p), texts.zh, texts.en, p),
        vectors(texts, dictionary),
        (ratio * size + log(p.usual_ratio) * FEW) / (size + FEW),
        p.variance,
        first_priors(p),
        *expected(),
    )

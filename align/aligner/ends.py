"""How sentences begin and end -> how far two beads' edges look alike: quotation marks, questions, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

OPENING, CLOSING, BRACKETS = "“「『\"‘'", "”」』\"’'", ")）"
STOPS = {".": 0, "。": 0, "?": 1, "？": 1, "!": 2, "！": 2, ",": 3, "，": 3, ";": 3, "；": 3,
         ":": 4, "：": 4, "…": 5, "—": 5}  # fmt: skip
NO_STOP = 6
STARTS, FINISHES = 4, 2 * (NO_STOP + 1)
"""Kinds of beginnings (quoted or not, of a paragraph or not) and of endings (seven stops, quoted or not)."""

Table = list[list[float]]


def beginning(text: str, opens_paragraph: bool) -> int:
    """Bit 0: a quotation mark; bit 1: the paragraph begins here."""
    return (text != "" and text[0] in OPENING) + 2 * opens_paragraph


def ending(text: str) -> int:
    """Twice the kind of stop, and one for a closing quotation mark behind it."""
    bare = text.rstrip(CLOSING + BRACKETS)
    quoted = len(bare) < len(text) and any(c in CLOSING for c in text[len(bare) :])
    return 2 * STOPS.get(bare[-1:], NO_STOP) + quoted


def edges(texts: Sequence[str], paragraphs: Sequence[bool]) -> NDArray[int64]:
    """A row of (beginning, ending) a sentence; columns lie together, for windows take parts of them."""
    rows = [
        (beginning(text, opens), ending(text)) for text, opens in zip(map(str.strip, texts), paragraphs, strict=True)
    ]
    return np.asfortranarray(np.array(rows, np.int64).reshape(-1, 2))


def expected() -> tuple[NDArray[float64], NDArray[float64]]:
    """What two beginnings, and two endings, say before a document has been seen, as log likelihood ratios."""
    begin = np.empty((STARTS, STARTS))
    finish = np.empty((FINISHES, FINISHES))
    for a in range(STARTS):
        for b in range(STARTS):
            quoted = (0.1, -0.5, 1.0)[(a & 1) + (b & 1)]
            begin[a, b] = quoted + (0.1, -0.5, 1.0)[(a >> 1) + (b >> 1)] * ((a | b) >> 1)
    for a in range(FINISHES):
        for b in range(FINISHES):
            finish[a, b] = _stops(a // 2, b // 2) + (0.05, -0.4, 0.8)[a % 2 + b % 2]
    return begin, finish


def _stops(a: int, b: int) -> float:
    """A full stop says little, a question much; one without a stop says nothing of one with."""
    if a == b:
        return (0.15, 2.0, 1.5, 0.6, 1.5, 1.0, 0.3)[a]
    if NO_STOP in (a, b):
        return 0.0
    return -1.0 if {a, b} == {0, 1} else -0.3

"""Pieces of a page -> how much running text and how many links any stretch of them holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from align.characters import HAN
from align.sources._html_page import Page, Piece

UNSPOKEN = re.compile(r"[\W_]+")
OTHERS = re.compile(rf"[^{HAN}]+")
ENDED = re.compile(r"[.。!！?？;；:：,，、…][”’\"'）)\]】」』\s]*$")
HAN_UNITS = 3
"""A Han character says about as much as three Latin letters."""
SENTENCE, LONG_SENTENCE = 18, 100


def units(text: str) -> int:
    """How much a text says: its letters and digits."""
    spoken = UNSPOKEN.sub("", text)
    return len(spoken) + (HAN_UNITS - 1) * len(OTHERS.sub("", spoken))


@dataclass(frozen=True, slots=True)
class Measures:
    """Of each piece: what it says, how much of that is linked, how much is linked to places in a page."""

    size: tuple[int, ...]
    linked: tuple[int, ...]
    anchored: tuple[int, ...]
    sentence: tuple[bool, ...]
    prose: tuple[int, ...]
    """Sums of what the pieces before a place say outside links, those that are mostly links left away."""

    sums: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    """Sums of what the pieces before a place say, of what is linked, of sentences."""

    def said(self, first: int, last: int) -> int:
        """How much a stretch of pieces says."""
        return self.sums[0][last] - self.sums[0][first]

    def links(self, first: int, last: int) -> int:
        """How much of a stretch of pieces is linked."""
        return self.sums[1][last] - self.sums[1][first]

    def sentences(self, first: int, last: int) -> int:
        """How many sentences a stretch of pieces holds."""
        return self.sums[2][last] - self.sums[2][first]

    def weight(self, first: int, last: int) -> int:
        """How much running text a stretch of pieces holds."""
        return self.prose[last] - self.prose[first]

    def is_linked(self, at: int) -> bool:
        """Whether a piece is a link and little else."""
        free = self.size[at] - self.linked[at]
        return self.linked[at] > 0 and not self.sentence[at] and free <= max(12, self.linked[at] // 2)


def measure(page: Page, reasons: Sequence[str], furniture: Callable[[str], bool]) -> Measures:
    """Measure the pieces that nothing yet speaks against; `furniture` knows lines that are no text."""
    size, linked, anchored, sentence = [], [], [], []
    for piece, reason in zip(page.pieces, reasons, strict=True):
        shown = 0 if reason else units(piece.text)
        parts = [(units(piece.text[a:b]), anchor) for a, b, anchor in piece.links] if shown else []
        size.append(shown)
        linked.append(sum(said for said, _ in parts))
        anchored.append(sum(said for said, anchor in parts if anchor))
        sentence.append(_is_sentence(piece, shown, linked[-1]) and not furniture(piece.text))
    free = [max(0, n - links) if links * 2 <= n else 0 for n, links in zip(size, linked, strict=True)]
    prose = (0, *accumulate(free))
    sums = (0, *accumulate(size)), (0, *accumulate(linked)), (0, *accumulate(sentence))
    return Measures(tuple(size), tuple(linked), tuple(anchored), tuple(sentence), prose, sums)


def _is_sentence(piece: Piece, said: int, linked: int) -> bool:
    if piece.heading or linked * 2 > said:
        return False
    return said >= LONG_SENTENCE or (said >= SENTENCE and bool(ENDED.search(piece.text)))

"""Text and the width of a column -> how many lines a spreadsheet needs for it, and how high its row must be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

LATIN, HAN, MARGIN = 12.8, 15.0, 5.0
"""Points of a line of 10-point text in Arial and in the highest of usual Chinese faces, and around a cell's text."""
HAN_BEGINS = "\u2e80"
"""The first character that a Chinese face sets."""
HIGHEST = 409.0
"""The highest row that Excel knows, in points."""
NARROW, BROAD = frozenset(" ijltfrI.,;:'|!()[]-/"), frozenset("mwMWABCDEGHKNOPQRSUVXY%@&")
"""Letters of Arial that are much narrower or broader than a digit of the face that columns are measured in."""

BROADEST = 1.95
"""Widths of a Han character in those of a digit."""


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Points for a row of some texts, each in a column of some width (in digits)."""
    texts = (cell for cell in cells if cell[0])
    needed = (lines(text, width) * (LATIN if max(text) < HAN_BEGINS else HAN) for text, width in texts)
    return min(round(max(needed, default=LATIN) + MARGIN, 1), HIGHEST)


def lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes; words are kept whole, Han characters are not."""
    if len(text) * BROADEST < width and "\n" not in text:
        return 1
    return sum(_wrapped(paragraph, width - 1) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, width: float) -> int:
    taken, x = 1, 0.0
    for word in paragraph.split(" "):
        size = sum(map(_width, word))
        if x and x + size > width and size < width / 2:
            taken, x = taken + 1, 0.0
        x += size + 0.55
        while x - 0.55 > width:
            taken, x = taken + 1, x - width
    return taken


@cache
def _width(character: str) -> float:
    if character.isascii():
        return 0.6 if character in NARROW else 1.35 if character in BROAD else 1.05
    return BROADEST if unicodedata.east_asian_width(character) in "WF" else 1.1

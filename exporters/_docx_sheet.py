"""Layout and paper -> the measures of a DOCX page, in twentieths of a point, and which languages it shows."""

from __future__ import annotations

from dataclasses import dataclass

from align.model import Lang
from align.theme import OURS, Margins

MM = 1440 / 25.4
PAPER = {"a4": (11906, 16838), "letter": (12240, 15840)}
TOP, BOTTOM = 1304, 1191
SIDE = 1247
"""The margin on either side."""
COLUMN_SIDE = 1700
"""The same where there is but one column of text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a layout and its margins."""

    layout: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def text(self) -> int:
        """Between the margins."""
        return self.width - self.left - self.right

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages that are shown, in their order."""
        if self.layout == "en":
            return ("en",)
        return ("zh",) if self.layout == "zh" else ("en", "zh")


def sheet_of(layout: str, paper: str, margins: Margins = OURS.margins) -> Sheet:
    """The page of a layout on a paper; that for reviewers lies on its side."""
    width, height = PAPER[paper]
    if layout == "review":
        width, height = height, width
    side = SIDE if layout in ("side", "review") else COLUMN_SIDE
    told = (margins.left, margins.right, margins.top, margins.bottom)
    left, right, top, bottom = (
        ours if own is None else round(own * MM) for own, ours in zip(told, (side, side, TOP, BOTTOM), strict=True)
    )
    return Sheet(layout, width, height, left, right, top, bottom)

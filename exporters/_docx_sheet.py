"""Layout and paper -> the measures of a DOCX page, in twentieths of a point, and which languages it shows."""

from __future__ import annotations

from dataclasses import dataclass

from align.model import Lang

PAPER = {"a4": (11906, 16838), "letter": (12240, 15840)}
SIDE = 1247
"""The margin on either side."""
COLUMN_SIDE = 1700
"""The same where there is but one column of text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a layout; `side` is the margin on either side."""

    layout: str
    width: int
    height: int
    side: int

    @property
    def text(self) -> int:
        """Between the margins."""
        return self.width - 2 * self.side

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages that are shown, in their order."""
        if self.layout == "en":
            return ("en",)
        return ("zh",) if self.layout == "zh" else ("en", "zh")


def sheet_of(layout: str, paper: str) -> Sheet:
    """The page of a layout on a paper; that for reviewers lies on its side."""
    width, height = PAPER[paper]
    if layout == "review":
        return Sheet(layout, height, width, SIDE)
    return Sheet(layout, width, height, SIDE if layout == "side" else COLUMN_SIDE)

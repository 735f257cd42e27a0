"""Layout and paper -> the measures of a page: its size, margins, and how large the text is."""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4
PAPER: dict[str, tuple[float, float]] = {"a4": (210 * MM, 297 * MM), "letter": (612.0, 792.0)}
MARGINS: dict[str, float] = {"side": 21 * MM, "review": 16 * MM}
"""How far from the edge the text begins; single columns keep a shorter line by a wider margin."""
COLUMN_MARGIN = 27 * MM
TOP, FOOT, MORE = 24 * MM, 23 * MM, 4 * MM
SIZES: dict[str, float] = {"side": 9.5, "review": 8.2}
COLUMN_SIZE = 10.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a layout: `left` is the margin on both sides, `size` that of the text."""

    layout: str
    width: float
    height: float
    left: float
    size: float

    @property
    def measure(self) -> float:
        """How wide the text area is."""
        return self.width - 2 * self.left

    @property
    def depth(self) -> float:
        """How high the text area is."""
        return self.height - TOP - FOOT


def sheet_of(layout: str, paper: str) -> Sheet:
    """The page of a layout on a paper; that for reviewers lies on its side."""
    width, height = PAPER[paper]
    if layout == "review":
        width, height = height, width
    return Sheet(layout, width, height, MARGINS.get(layout, COLUMN_MARGIN), SIZES.get(layout, COLUMN_SIZE))

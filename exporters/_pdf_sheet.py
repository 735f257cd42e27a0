"""Layout and paper -> the measures of a page: its size, margins, and how large the text is."""

from __future__ import annotations

from dataclasses import dataclass

from align.theme import OURS, Margins

MM = 72 / 25.4
PAPER: dict[str, tuple[float, float]] = {"a4": (210 * MM, 297 * MM), "letter": (612.0, 792.0)}
MARGINS: dict[str, float] = {"side": 21 * MM, "review": 16 * MM}
"""How far from the edge the text begins; single columns keep a shorter line by a wider margin."""
COLUMN_MARGIN = 27 * MM
TOP, FOOT, MORE = 24 * MM, 23 * MM, 4 * MM
HEADER, FOOTER = 15.5 * MM, 10 * MM
"""How far into the margins the running header and the page number stand."""
EDGE = 5 * MM
"""How near the edge of the page they may come."""
SIZES: dict[str, float] = {"side": 9.5, "review": 8.2}
COLUMN_SIZE = 10.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a layout: its margins, and `size`, that of the text."""

    layout: str
    width: float
    height: float
    left: float
    right: float
    top: float
    foot: float
    size: float

    @property
    def measure(self) -> float:
        """How wide the text area is."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """How high the text area is."""
        return self.height - self.top - self.foot

    @property
    def header(self) -> float:
        """How far below the edge of the page the running header begins."""
        return max(self.top - HEADER, EDGE)

    @property
    def footer(self) -> float:
        """How far above the edge of the page the page number stands."""
        return max(self.foot - FOOTER, EDGE)


def sheet_of(layout: str, paper: str, margins: Margins = OURS.margins) -> Sheet:
    """The page of a layout on a paper; that for reviewers lies on its side."""
    width, height = PAPER[paper]
    if layout == "review":
        width, height = height, width
    side = MARGINS.get(layout, COLUMN_MARGIN)
    told = (margins.left, margins.right, margins.top, margins.bottom)
    left, right, top, foot = (
        ours if own is None else own * MM for own, ours in zip(told, (side, side, TOP, FOOT), strict=True)
    )
    return Sheet(layout, width, height, left, right, top, foot, SIZES.get(layout, COLUMN_SIZE))

"""Stretches of English and Chinese sentences -> the log score of every bead that begins in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.evidence import Grid, Hits, find_hits
from align.aligner.layout import Estimates, Layout
from align.aligner.parameters import MOST, NULL_EN, Parameters, Shape
from align.aligner.scores import Scores
from align.aligner.tokens import Texts

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

STEP = 8
"""Windows are made as wide as a multiple of this, so that many have one size."""
CELLS = 1 << 15
"""Positions that are scored at once."""
AT_ONCE = 64
"""Windows whose words are looked up together."""


@dataclass(frozen=True, slots=True)
class Window:
    """English positions `top` to `bottom` and Chinese positions `left` to `right`, ends not included.

    A window leans with the path: each row begins and ends `tilt` positions behind the row above. It may reach
    beyond the text.
    """

    top: int
    bottom: int
    left: int
    right: int
    tilt: int = 0


class Scorer:
    """Log scores of the beads of given shapes, under one document's estimates."""

    def __init__(
        self, texts: Texts, estimates: Estimates, layout: Layout, p: Parameters, shapes: Sequence[Shape]
    ) -> None:
        self.texts, self.estimates, self.layout, self.p, self.shapes = texts, estimates, layout, p, shapes

    def tables(self, windows: Sequence[Window], longest: Sequence[int]) -> list[NDArray[float32]]:
        """For each window shapes × English × Chinese positions of a bead's beginning."""
        parts = (slice(first, first + AT_ONCE) for first in range(0, len(windows), AT_ONCE))
        return [table for part in parts for table in self._tables(windows[part], longest[part])]

    def _tables(self, windows: Sequence[Window], longest: Sequence[int]) -> list[NDArray[float32]]:
        """For each window shapes × English × Chinese positions of a bead's beginning.

        The shapes are those with at most so many sentences a side as `longest` has it for the window. What lies
        beyond the end of a text is not ruled out: that is for the band to do.
        """
        height, tilt = max(w.bottom - w.top for w in windows), windows[0].tilt
        room = max(w.right - w.left for w in windows) + STEP + MOST + tilt * (height + MOST)
        rows = windows[0].top, windows[-1].top + height + MOST
        columns = min(w.left for w in windows) - tilt * MOST, max(w.left for w in windows) + room
        hits = find_hits(self.texts, self.estimates.lexicon, rows, columns)
        groups: dict[tuple[int, int], list[int]] = {}
        for at, (window, most) in enumerate(zip(windows, longest, strict=True)):
            groups.setdefault((-(-(window.right - window.left) // STEP) * STEP, most), []).append(at)
        found: list[NDArray[float32]] = [np.zeros(0, np.float32)] * len(windows)
        for (width, most), members in sorted(groups.items()):
            step = max(1, CELLS // (width * height))
            for first in range(0, len(members), step):
                part = members[first : first + step]
                tops, lefts = (np.array([getattr(windows[at], name) for at in part]) for name in ("top", "left"))
                scores = self._scored(Grid(tops, lefts, height, width, tilt), most, hits)
                for at, of in enumerate(part):
                    w = windows[of]
                    found[of] = scores[:, at, : w.bottom - w.top, : w.right - w.left]
        return found

    def _scored(self, grid: Grid, most: int, hits: tuple[Hits, Hits]) -> NDArray[float32]:
        shapes = allowed(self.shapes, most)
        found = np.empty((len(shapes), len(grid.tops), grid.rows, grid.columns), np.float32)
        into = dict(zip(shapes, found, strict=True))
        if NULL_EN in into:
            into[NULL_EN][...] = self.estimates.priors.log_of(NULL_EN)
        Scores(self.texts, self.estimates, self.layout, self.p, shapes, grid).fill(into, hits)
        return found


def allowed(shapes: Sequence[Shape], most: int) -> list[Shape]:
    """The shapes with at most so many sentences a side."""
    return [shape for shape in shapes if max(shape) <= most]

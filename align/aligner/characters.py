"""Texts -> their code points in one row, and which texts have what characters, how many and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import bool_, float64, int64, uint32
    from numpy.typing import NDArray

MARKS = {"?": "?", "？": "?", "!": "!", "！": "!", ":": ":", "：": ":", ";": ";", "；": ";", "(": "(", "（": "(",
         "…": "…", "—": "—", "“": '"', "「": '"', '"': '"', "%": "%", "$": "$"}  # fmt: skip
SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


class Codes:
    """The code points of many texts in one row, and where each text begins and the last ends."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        self.bounds = np.concatenate([[0], np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))])

    def rows(self) -> NDArray[int64]:
        """The text of each code point."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    def holding(self, chars: Iterable[str]) -> NDArray[int64]:
        """The texts with any of some characters."""
        return np.flatnonzero(self._counts(np.flatnonzero(among(self.points, chars))))

    def marks(self) -> list[tuple[str, int]]:
        """The types of the marks, and their texts."""
        where = np.flatnonzero(among(self.points, MARKS))
        rows = np.repeat(np.arange(len(self.bounds) - 1), self._counts(where)).tolist()
        return [("~" + MARKS[chr(c)], row) for c, row in zip(self.points[where].tolist(), rows, strict=True)]

    def lengths(self) -> NDArray[float64]:
        """Characters without white space, at least one."""
        spaces = self._counts(np.flatnonzero(among(self.points, SPACES)))
        return np.maximum(np.diff(self.bounds) - spaces, 1).astype(np.float64)

    def _counts(self, places: NDArray[int64]) -> NDArray[int64]:
        """How many of some places, which rise, are in each text."""
        return np.diff(np.searchsorted(places, self.bounds))


def among(codes: NDArray[uint32], chars: Iterable[str]) -> NDArray[bool_]:
    """Which code points are those of some characters of the basic plane."""
    table = np.zeros(1 << 16, bool)
    table[[ord(c) for c in chars]] = True
    table[-1] = False
    return np.asarray(table.take(codes, mode="clip"))

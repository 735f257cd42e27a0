"""Tables of many short rows, and pairs of numbers, kept in a few long arrays -> their entries, and each pair once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray


def sorted_unique(values: NDArray[int64]) -> NDArray[int64]:
    """The different values in rising order; faster than by hashing."""
    found = np.sort(values)
    return found[np.diff(found, prepend=found[:1] - 1) > 0]


def in_order(values: NDArray[int64]) -> NDArray[int64]:
    """What sorts whole numbers from 0 up, equal ones as they come; sixteen bits at a time, which takes linear time."""
    order = np.argsort(values.astype(np.uint16), kind="stable")
    for shift in range(16, int(values.max(initial=0)).bit_length(), 16):
        order = order[np.argsort((values >> shift).astype(np.uint16)[order], kind="stable")]
    return order


def different(edges: NDArray[int64], count: int) -> NDArray[int64]:
    """Each edge once, in order; `count` is the number of Chinese types."""
    return np.stack(np.divmod(sorted_unique(edges[:, 0] * count + edges[:, 1]), max(count, 1)), 1)


def spread(keys: NDArray[int64], starts: NDArray[int64]) -> tuple[NDArray[int64], NDArray[int64]]:
    """For rows of a table in compressed form: which key each entry belongs to, and where the entry is.

    Rows before the first and behind the last have no entries.
    """
    begin = starts.take(keys, mode="clip")
    count = starts.take(keys + 1, mode="clip") - begin
    which = np.repeat(np.arange(len(keys)), count)
    at = np.arange(len(which))
    at += np.repeat(begin + count - np.cumsum(count), count)
    return which, at

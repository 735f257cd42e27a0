"""Which terms stand in which entries -> a vector for each term, close where they stand in the same company.

The leading singular vectors of the matrix of entries by terms are found with the randomised range finder of Halko,
Martinsson and Tropp (2011). All is computed with 64 bits and from the same start, so that every run gives the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from align.dictionary.arrays import DIMENSIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int32]

OVERSAMPLED, ITERATIONS, PARTS = 40, 3, 4
SLICE = 8192
"""Stored numbers taken at once: their rows of the factor fit the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """A sparse matrix in order of its rows: a row, a column and a value for each number that is not zero."""

    rows: Places
    columns: Places
    values: Floats
    height: int

    def times(self, factor: Floats) -> Floats:
        """The product with a dense matrix."""
        product = np.zeros((self.height, factor.shape[1]))
        taken = np.empty((SLICE, factor.shape[1]))
        for at in range(0, len(self.rows), SLICE):
            rows = self.rows[at : at + SLICE]
            part = taken[: len(rows)]
            np.take(factor, self.columns[at : at + SLICE], axis=0, out=part, mode="clip")
            part *= self.values[at : at + SLICE, None]
            starts = np.flatnonzero(np.diff(rows, prepend=-1))
            product[rows[starts]] += np.add.reduceat(part, starts, axis=0)
        return product


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A sparse matrix that can be multiplied from both sides."""

    plain: Half
    transposed: Half


def matrix(rows: Places, columns: Places, values: Floats, shape: tuple[int, int]) -> Matrix:
    """A sparse matrix from its numbers in any order."""
    across, down = np.lexsort((columns, rows)), np.lexsort((rows, columns))
    return Matrix(
        Half(rows[across], columns[across], values[across], shape[0]),
        Half(columns[down], rows[down], values[down], shape[1]),
    )


def normalised(rows: Places, weights: Floats, height: int, length: float) -> Floats:
    """The weights, scaled so that those of a row make a vector of that length."""
    norms = np.sqrt(np.bincount(rows, weights * weights, height))
    norms[norms == 0] = 1
    return np.asarray(weights * (length / norms)[rows], np.float64)


def term_vectors(entries: Matrix) -> NDArray[np.int8]:
    """A unit vector times 127 for each column; zeros where a column is empty."""
    terms = entries.transposed.height
    found = np.zeros((terms, DIMENSIONS))
    if len(entries.plain.values):
        principal = _principal(entries)
        found[:, : principal.shape[1]] = principal
    norms = np.sqrt((found * found).sum(axis=1, keepdims=True))
    norms[norms == 0] = 1
    vectors: NDArray[np.int8] = np.rint(found / norms * 127).astype(np.int8)
    return vectors


def _principal(entries: Matrix) -> Floats:
    """The right singular vectors as columns, each times the root of its singular value."""
    basis = _range(entries)
    squares, turns = np.linalg.eigh(basis.T @ _squared(entries, basis))
    leading = np.argsort(-squares, kind="stable")[:DIMENSIONS]
    scale = np.sqrt(np.sqrt(np.maximum(squares[leading], 0)))
    vectors = basis @ turns[:, leading]
    largest = np.abs(vectors).argmax(axis=0)
    # The sign of an eigenvector is anyone's; this keeps it from depending on the library.
    signs = np.sign(vectors[largest, np.arange(len(leading))])
    return np.asarray(vectors * (scale * signs), np.float64)


def _range(entries: Matrix) -> Floats:
    """An orthonormal basis of about the space that the leading singular vectors span."""
    basis: Floats = _start(entries.transposed.height, DIMENSIONS + OVERSAMPLED)
    for _ in range(ITERATIONS):
        basis = np.asarray(np.linalg.qr(_squared(entries, basis))[0], np.float64)
    return basis


def _squared(entries: Matrix, factor: Floats) -> Floats:
    """The product of the transposed matrix, the matrix and a dense one; in parts, to spare memory."""
    parts = [np.ascontiguousarray(part) for part in np.array_split(factor, PARTS, axis=1)]
    return np.hstack([entries.transposed.times(entries.plain.times(part)) for part in parts])


def _start(height: int, width: int) -> Floats:
    """A matrix of 1 and -1 by chance, the same at every call."""
    size = height * width
    bits = np.unpackbits(np.frombuffer(Random(0).randbytes((size + 7) // 8), np.uint8), count=size)
    return bits.reshape(height, width).astype(np.float64) * 2 - 1

"""Units of a memory -> those that translate a text otherwise than an earlier one; memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from align.errors import SurroundingsError
from align.memory.screening import Codes, Screened

AT_ONCE = 1 << 18
"""Units that are sorted in one go."""
Columns = np.ndarray[tuple[int, int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Contradicted:
    """How many units say otherwise than an earlier one, and the first of them beside that earlier one."""

    count: int
    first: tuple[tuple[int, int], ...]


class Contradictions:
    """Keeps, in a file, for every unit a number that stands for its source, one for its target, and its own."""

    def __init__(self, srclang: str) -> None:
        self.srclang = srclang.lower()
        self.file: IO[bytes] = TemporaryFile()  # noqa: SIM115  # closed with this
        self.count = 0

    def close(self) -> None:
        """Give the file back."""
        self.file.close()

    def add(self, screened: Screened) -> None:
        """The units of a chunk that are right."""
        codes = screened.codes
        if not codes:
            return
        if all(pair is codes[0] for pair in codes):
            at = self._source(codes[0])
            sides = (screened.first, screened.second) if at == 0 else (screened.second, screened.first)
            self._write(
                map(hash, sides[0]), map(hash, sides[1]), screened.numbers, hash((codes[0][at], codes[0][1 - at]))
            )
            return
        rows = zip(screened.first, screened.second, codes, strict=True)
        pairs = [((a, b), pair) if self._source(pair) == 0 else ((b, a), pair[::-1]) for a, b, pair in rows]
        keys = (hash(source) ^ hash(pair) for (source, _), pair in pairs)
        self._write(keys, (hash(target) for (_, target), _ in pairs), screened.numbers, 0)

    def add_one(self, number: int, codes: Codes, texts: Sequence[bytes]) -> None:
        """A unit that was looked at by itself: its source beside each of its other languages."""
        if len(codes) != len(texts) or not codes:
            return
        at = self._source(codes)
        others = [n for n, code in enumerate(codes) if code != codes[at]]
        keys = (hash(texts[at]) ^ hash((codes[at], codes[n])) for n in others)
        self._write(keys, (hash(texts[n]) for n in others), [number] * len(others), 0)

    def add_names(self, names: Sequence[bytes], numbers: Sequence[int]) -> None:
        """Names of units, each of which contradicts an earlier one of its name: for what should stand once."""
        self._write(map(hash, names), numbers, numbers, 0)

    def _source(self, codes: Codes) -> int:
        """Which of two languages is translated from."""
        exact = [code.lower() == self.srclang for code in codes]
        if not any(exact):
            exact = [code.lower().partition("-")[0] == self.srclang.partition("-")[0] for code in codes]
        return exact.index(True) if any(exact) else 0

    def _write(self, sources: Iterable[int], targets: Iterable[int], numbers: Sequence[int], salt: int) -> None:
        size = len(numbers)
        made = np.empty((size, 3), np.int64)
        made[:, 0] = np.fromiter(sources, np.int64, size) ^ salt
        made[:, 1] = np.fromiter(targets, np.int64, size)
        made[:, 2] = numbers
        try:
            self.file.write(made.tobytes())
        except OSError as error:
            said = f"The folder for temporary files takes no more ({error.strerror})."
            raise SurroundingsError(said, "Free some space, or name another folder in TMPDIR.") from error
        self.count += size

    def found(self, most: int) -> Contradicted:
        """How many there are, and the first so many."""
        passes = self.count // AT_ONCE + 1
        count = 0
        first: list[tuple[int, int]] = []
        for turn in range(passes):
            units = _otherwise(self._read(passes, turn))
            count += len(units)
            first = nsmallest(most, [*first, *units[np.argsort(units[:, 0])][:most].tolist()])
        return Contradicted(count, tuple((unit, earlier) for unit, earlier in first))

    def _read(self, passes: int, turn: int) -> Columns:
        """The units whose sources fall to this turn."""
        self.file.seek(0)
        held = []
        while data := self.file.read(24 * AT_ONCE):
            rows = np.frombuffer(data, np.int64).reshape(-1, 3)
            held.append(rows[rows[:, 0] % passes == turn] if passes > 1 else rows)
        return np.concatenate(held) if held else np.empty((0, 3), np.int64)


def _otherwise(rows: Columns) -> Columns:
    """Number of each unit whose target is not that of the first unit with its source, and the number of that one."""
    rows = rows[np.lexsort((rows[:, 2], rows[:, 0]))]
    if not len(rows):
        return np.empty((0, 2), np.int64)
    begins = np.r_[True, rows[1:, 0] != rows[:-1, 0]]
    heads = np.flatnonzero(begins)[np.cumsum(begins) - 1]
    other = (rows[:, 1] != rows[heads, 1]) & (rows[:, 2] != rows[heads, 2])
    return np.unique(np.stack([rows[other, 2], rows[heads[other], 2]], axis=1), axis=0)

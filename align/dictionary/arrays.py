"""Words and stems -> the numbers they are kept as, in the arrays of a dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSIONS = 96
LONGEST_WORD = 4
NO_SOUND = 255
UNKNOWN = "no dictionary"


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """CC-CEDICT as arrays.

    `words` are sorted, packed as `pack_word` does; the renderings of word k are `stems[starts[k]:starts[k + 1]]`,
    which are places in `names`: stems, sorted, packed as `pack_stem` does. `weights` says how rare each is among the
    entries (the logarithm of entries by those that have it, in steps of 1/64); `vectors` holds what is alike close
    together: unit vectors times 127, or zeros. `chars` are the sorted code points of the Han characters that have a
    vector. `sounds` gives the reading of a code point: four bits for the class of the initial (0 for none), four for
    the final (6 for n and ng); 255 where it has none.
    """

    words: NDArray[np.uint64]
    starts: NDArray[np.int64]
    stems: NDArray[np.int32]
    names: NDArray[np.uint64]
    weights: NDArray[np.float32]
    vectors: NDArray[np.int8]
    chars: NDArray[np.uint32]
    char_vectors: NDArray[np.int8]
    sounds: NDArray[np.uint8]
    signature: str


def pack_word(word: str) -> int:
    """A word of up to four characters of the basic plane as a number of 64 bits."""
    return reduce(lambda packed, c: packed << 16 | ord(c), word, 0)


def pack_stem(stem: str) -> int:
    """A stem of up to eight ASCII letters as a number of 64 bits."""
    return int.from_bytes(stem.encode("ascii"), "big")


def unpack_stem(packed: int) -> str:
    """The letters of a packed stem."""
    return packed.to_bytes(8, "big").lstrip(b"\0").decode("ascii")


def empty() -> Dictionary:
    """A dictionary without words."""
    return Dictionary(
        words=np.zeros(0, np.uint64),
        starts=np.zeros(1, np.int64),
        stems=np.zeros(0, np.int32),
        names=np.zeros(0, np.uint64),
        weights=np.zeros(0, np.float32),
        vectors=np.zeros((0, DIMENSIONS), np.int8),
        chars=np.zeros(0, np.uint32),
        char_vectors=np.zeros((0, DIMENSIONS), np.int8),
        sounds=np.full(1 << 16, NO_SOUND, np.uint8),
        signature=UNKNOWN,
    )

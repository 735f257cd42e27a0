"""The reading of a character in pinyin -> the class of its sound, which names in Latin letters have too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.dictionary.arrays import NO_SOUND
from align.dictionary.entries import Entry

if TYPE_CHECKING:
    from numpy.typing import NDArray

INITIALS = {1: "b p", 2: "d t", 3: "g k", 4: "j q x zh ch sh z c s", 5: "m", 6: "n", 7: "l r", 8: "f w", 9: "h"}
NASAL = 6
ER = 7 << 4
WITHOUT_TONE = str.maketrans("", "", "12345:")


def sound(reading: str) -> int:
    """The class of the initial of a toneless syllable in the upper four bits, that of its final in the lower."""
    if reading == "er":
        return ER
    initial = reading[:2] if reading[1:2] == "h" else reading[:1]
    kind = next((digit for digit, row in INITIALS.items() if initial in row.split()), 0)
    return kind << 4 | (NASAL if reading.endswith(("n", "ng")) else 0)


class Readings:
    """The readings of single characters, gathered from entries."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def add(self, entry: Entry) -> None:
        """Note the reading of an entry of one character; of several the first in order of the alphabet stays."""
        reading = entry.reading.lower().translate(WITHOUT_TONE)
        if len(entry.simplified) > 1 or not reading.isalpha() or reading == "xx":
            return
        for char in {entry.traditional, entry.simplified}:
            self._first[char] = min(reading, self._first.get(char, reading))

    def table(self) -> NDArray[np.uint8]:
        """The sound of every code point of the basic plane."""
        sounds = np.full(1 << 16, NO_SOUND, np.uint8)
        for char, reading in self._first.items():
            if len(char) == 1 and ord(char) < len(sounds):
                sounds[ord(char)] = sound(reading)
        return sounds

"""Foreign names -> the consonants they are heard by, so that Bezos meets 贝索斯 in a text that names him once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import int64, uint8, uint32
    from numpy.typing import NDArray

CAPITAL = re.compile(r"\b[A-Z][a-zà-ɏ]{2,}")
SHORTEST, LONGEST = 3, 8
NASAL, NO_SOUND = 6, 255
VOWELS = frozenset("aeiouy")
SPELT = (("ph", "f"), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("th", "t"), ("ch", "j"), ("wh", "w"), ("qu", "k"),
         ("x", "ks"), ("kn", "n"), ("dge", "j"))  # fmt: skip
CLASSES = {c: at for at, group in enumerate(("bp", "dt", "kqcg", "jsz", "m", "n", "lr", "fvw", "h"), 1) for c in group}


@cache
def heard(name: str) -> int:
    """The classes of a name's consonants, four bits each, at most eight; 0 where they are too few to tell."""
    spelt = name.lower()
    for letters, sound in SPELT:
        spelt = spelt.replace(letters, sound)
    classes: list[int] = []
    for at, c in enumerate(spelt):
        found = _class(spelt, at)
        doubled = at > 0 and spelt[at - 1] == c and classes[-1:] == [found]
        if found and not doubled and not (found == NASAL and classes[-1:] == [NASAL]):
            classes.append(found)
    return packed(classes[:LONGEST]) if len(classes) >= SHORTEST else 0


def packed(classes: Sequence[int]) -> int:
    """Classes as one number."""
    value = 0
    for found in classes:
        value = value << 4 | found
    return value


def _class(word: str, at: int) -> int:
    """The class a letter is heard as where it stands; 0 for what is not heard or a vowel."""
    c, following = word[at], word[at + 1 : at + 2]
    if c in "cg" and following in tuple("eiy" if c == "c" else "ei"):
        return CLASSES["s"]
    if c in "rw" and following not in VOWELS:
        return 0
    if c == "h" and not (following in VOWELS and (at == 0 or word[at - 1] in VOWELS)):
        return 0
    return CLASSES.get(c, 0)


def find_names(
    keys: Sequence[int], chars: NDArray[uint32], rows: NDArray[int64], bare: NDArray[uint8], sounds: NDArray[uint8]
) -> tuple[NDArray[int64], NDArray[int64]]:
    """Where the keys of English names are heard in Chinese text: sentences, and positions in `keys`.

    `chars` are the code points of all sentences, `rows` their sentences, `bare` is 1 where a character
    belongs to no word of the dictionary: names begin there.
    """
    nothing = np.zeros(0, np.int64)
    wanted = np.array(sorted(set(keys)), np.int64)
    if not len(wanted) or not len(chars):
        return nothing, nothing
    sound = sounds[np.minimum(chars, 0xFFFF)]
    pair = np.stack([sound >> 4, sound & 15], 1)
    pair[sound == NO_SOUND] = (NO_SOUND, 0)
    flat = pair.ravel()
    kept = flat > 0
    code = flat[kept].astype(np.int64)
    begins = (np.stack([bare, np.zeros_like(bare)], 1).ravel() > 0)[kept]
    row = np.repeat(rows, 2)[kept]
    again = np.zeros(len(code), bool)
    again[1:] = (code[1:] == NASAL) & (code[:-1] == NASAL) & (row[1:] == row[:-1])
    code, row, begins = code[~again], row[~again], begins[~again]
    starts = np.flatnonzero(begins)
    rows_found, keys_found = [], []
    value = np.zeros(len(starts), np.int64)
    alive = np.ones(len(starts), bool)
    for n in range(LONGEST):
        at = np.minimum(starts + n, len(code) - 1)
        alive &= (starts + n < len(code)) & (row[at] == row[starts]) & (code[at] != NO_SOUND)
        value = value << 4 | code[at]
        if n + 1 >= SHORTEST:
            place = np.minimum(np.searchsorted(wanted, value), len(wanted) - 1)
            hit = alive & (wanted[place] == value)
            rows_found.append(row[starts[hit]])
            keys_found.append(value[hit])
    return np.concatenate(rows_found), np.concatenate(keys_found)

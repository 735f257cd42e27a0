"""English text -> the stems of its content words, so that a word and its inflections meet in a dictionary."""

from __future__ import annotations

import re
from functools import cache

WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
STOP = frozenset(
    "a an the this that these those it its he she they we you i his her their our your who whom whose which "
    "what and or but nor so yet if than then as at by for from in into of off on onto out over per to under up "
    "upon with without between through during before after about against is are was were be been being am do "
    "does did has have had having will would shall should can could may might must not no also both each any "
    "all some other more most very such here there sth sb etc".split()
)
ENDINGS = (
    "izations ization isations isation ations ation itions ition ments ment ingly nesses ness ances ance ences ence "
    "ities ity ating ated ates ate ings ing edly ied ies ers ors er or ed es al ally ly ive ions ion ants ant ents ent "
    "s e y"
).split()
KEPT, LONGEST = 4, 8


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words, without those that every text has."""
    words = (word for word in WORD.findall(text.lower().replace("’", "'")) if word not in STOP and len(word) > 1)
    return frozenset(part for word in words for part in (stem(word), *_parts(word)))


def _parts(word: str) -> tuple[str, ...]:
    return tuple(stem(part) for part in word.split("-") if part not in STOP and len(part) > 2) if "-" in word else ()


@cache
def stem(word: str) -> str:
    """A word without its longest known ending, of which at least four letters stay; a crude one does here."""
    word = word.removesuffix("'s")
    ending = max((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= KEPT), key=len, default="")
    return word[: len(word) - len(ending)][:LONGEST]

"""Chinese text -> words: those of the dictionary that make the likeliest row, and single characters between them.

The likeliest row is found by Viterbi's programme over a unigram model whose counts come from the corpus itself,
in two rounds (Sproat, Shih, Gale and Chang 1996).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from align.characters import HAN_CHAR
from align.dictionary import Dictionary
from align.terms.chinese_words import BEGIN, END, FUNCTION, INNER, NOT_ALIGNED, SUFFIXES

RUN = re.compile(r"[A-Za-z0-9À-ɏ]+(?:[.\-'&][A-Za-z0-9]+)*|[^\s]")
LONGEST = 4
ROUNDS = 2
HELD_BACK = 9.0
"""What one more word costs in logarithms beside its own count: few long words are likelier than many short ones."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark, and where it begins and ends."""

    text: str
    start: int
    end: int


def segment(texts: Sequence[str], dictionary: Dictionary) -> list[list[Word]]:
    """The words of every text."""
    known = Known(dictionary)
    pieces = [[(m[0], m.start()) for m in re.finditer(RUN, text)] for text in texts]
    lattices = [_lattice(piece, known) for piece in pieces]
    counts: Counter[str] = Counter(word for lattice in lattices for words in lattice for word in words)
    found: list[list[Word]] = []
    for _ in range(ROUNDS):
        total = sum(counts.values()) + 1
        cost = {word: log(total) - log(n) + HELD_BACK for word, n in counts.items()}
        most = log(total) + HELD_BACK + 1
        found = [_best(piece, lattice, cost, most) for piece, lattice in zip(pieces, lattices, strict=True)]
        counts = Counter(word.text for words in found for word in words)
    return found


class Known:
    """Which strings are words of the dictionary."""

    def __init__(self, dictionary: Dictionary) -> None:
        text = dictionary.words.astype(">u8").tobytes().decode("utf-16-be", "surrogatepass")
        self._words = frozenset(text[at : at + LONGEST].lstrip("\0") for at in range(0, len(text), LONGEST))

    def has(self, word: str) -> bool:
        return word in self._words


def _lattice(piece: Sequence[tuple[str, int]], known: Known) -> list[list[str]]:
    """For each place the words that begin there, the single piece first."""
    han = "".join(text if HAN_CHAR.fullmatch(text) else " " for text, _ in piece)
    found = []
    for at, (text, _) in enumerate(piece):
        words = [text]
        if han[at] != " ":
            for n in range(2, LONGEST + 1):
                word = han[at : at + n]
                if len(word) < n or word[-1] == " ":
                    break
                if known.has(word):
                    words.append(word)
        found.append(words)
    return found


def _best(
    piece: Sequence[tuple[str, int]], lattice: Sequence[Sequence[str]], cost: dict[str, float], most: float
) -> list[Word]:
    """The cheapest row of words."""
    size = len(piece)
    best = [0.0] * (size + 1)
    chosen = [1] * (size + 1)
    for at in range(size - 1, -1, -1):
        best[at] = cost.get(lattice[at][0], most) + best[at + 1]
        for word in lattice[at][1:]:
            total = cost.get(word, most) + best[at + len(word)]
            if total < best[at]:
                best[at], chosen[at] = total, len(word)
    words, at = [], 0
    while at < size:
        last = at + chosen[at]
        start, end = piece[at][1], piece[last - 1][1] + len(piece[last - 1][0])
        words.append(Word("".join(text for text, _ in piece[at:last]), start, end))
        at = last
    return words


LONGEST_SPAN, LONGEST_TERM = 12, 30
"""Words and characters of a term."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to `end` of a text that may be a term, and their text."""

    text: str
    start: int
    end: int


def spans(words: Sequence[Word]) -> list[Span]:
    """Every run of words that may be a term."""
    found = []
    for start in range(len(words)):
        if not _may_begin(words[start].text):
            continue
        text = ""
        for end in range(start + 1, min(len(words), start + LONGEST_SPAN) + 1):
            word = words[end - 1].text
            gap = " " if text and words[end - 1].start > words[end - 2].end else ""
            text += gap + word
            if len(text) > LONGEST_TERM * 2 or not (text == word or word in INNER or word in END or _may_stand(word)):
                break
            if _may_end(word) and (len(text) > 1 and not text.isdigit()):
                found.append(Span(text, start, end))
    return found


def content(words: Iterable[Word]) -> list[int]:
    """Places of the words that an English word may answer."""
    return [at for at, word in enumerate(words) if _is_word(word.text) and word.text not in NOT_ALIGNED]


def _is_word(text: str) -> bool:
    return text[0].isalnum()


def _may_stand(text: str) -> bool:
    return _is_word(text) and text not in FUNCTION


def _may_begin(text: str) -> bool:
    return _is_word(text) and not text[0].isdigit() and text not in SUFFIXES and (text not in FUNCTION or text in BEGIN)


def _may_end(text: str) -> bool:
    return _is_word(text) and (text not in FUNCTION or text in END)

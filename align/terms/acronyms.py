"""Passages -> the short forms that they introduce: `Long Form (LF)` and `全称（以下简称“简称”）`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from align.characters import HAN
from align.terms.english import Token

ENGLISH = re.compile(
    r"\((?:hereinafter |hereafter |referred to as |also known as |abbreviated as |the |[\"“'‘])*"
    r"([A-Z][A-Za-z0-9&.-]{1,9})[\"”'’]?\)"
)
CHINESE = re.compile(
    rf"[（(](?:以下)?[简簡]?[称稱][为為]?[:：]?[“\"「『《]?([{HAN}A-Za-z0-9]{{2,12}})[”\"」』》]?[）)]"
    rf"|[（(](?:以下)[^（）()]{{0,4}}[称稱][“\"「『]([{HAN}A-Za-z0-9]{{2,12}})[”\"」』][）)]"
)
SMALL = frozenset("of for the and on in to with at by s".split())
MOST, LONGEST = 12, 60
"""Words that an English long form has at most, and characters before a Chinese short form that are looked at."""


def english_forms(text: str, words: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """Short forms with the words, first and behind the last, of what they stand for.

    Every letter of the short form is found from right to left in the words before it, the first letter at the
    beginning of a word (Schwartz and Hearst 2003); words whose first letters spell it come first.
    """
    for found in ENGLISH.finditer(text):
        end = next((at for at, word in enumerate(words) if word.start >= found.start()), len(words))
        start = _spelled(found[1], words, end)
        if start is not None and end - start > 1:
            yield found[1], start, end


def _spelled(short: str, words: Sequence[Token], end: int) -> int | None:
    """The word from which on words spell a short form by their first letters, or else by letters in order."""
    letters = [c.lower() for c in short if c.isalnum()]
    if sum(c.isupper() for c in short) < 2:
        return None
    at, left = end, list(letters)
    while left and at > max(0, end - MOST):
        at -= 1
        word = words[at].text.lower()
        if word[0] == left[-1]:
            left.pop()
        elif word not in SMALL and word[0].isalnum():
            break
    if not left:
        return at
    return _in_order(letters, words, end)


def _in_order(letters: list[str], words: Sequence[Token], end: int) -> int | None:
    left = list(letters)
    for at in range(end - 1, max(-1, end - MOST), -1):
        for c in reversed(words[at].text.lower()):
            if left and c == left[-1]:
                left.pop()
        if not left:
            return at if words[at].text[0].lower() == letters[0] and end - at < 2 * len(letters) else None
    return None


def chinese_forms(text: str) -> Iterator[tuple[str, str]]:
    """Short forms with the text before the bracket: what they stand for is the name that it ends with."""
    for found in CHINESE.finditer(text):
        yield found[1] or found[2], text[max(0, found.start() - LONGEST) : found.start()].rstrip("》〉”」 ")


def is_shortened(short: str, long: str) -> bool:
    """Whether a string's characters stand in a longer one, in order."""
    rest = iter(long)
    return len(short) < len(long) and all(c in rest for c in short)

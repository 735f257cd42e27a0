"""A segment -> the numbers, dates and Latin strings in it that its translation repeats."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&]+")
HAN_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}(?=[年月日个個名项項届屆轮輪次方])")
HAN_VALUE = {c: at for at, c in enumerate("一二三四五六七八九十", 1)}
MONTHS = "january february march april may june july august september october november december".split()
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


@cache
def _english_words() -> dict[str, str]:
    named = {word: str(at) for words in (WORDS, ORDINALS) for at, word in enumerate(words, 1)}
    return named | {month: str(at) for at, month in enumerate(MONTHS, 1)}


def anchors(text: str, lang: str) -> Counter[str]:
    """What a translation would repeat, as tokens that are the same in both languages."""
    found = Counter(_plain(match.group()) for match in NUMBER.finditer(text))
    if lang == "en":
        named = _english_words()
        words = LATIN.findall(text)
        found.update(named[w.lower()] for w in words if w.lower() in named and w != "may")
        found.update(w.lower() for w in words if w.lower() not in named)
    else:
        found.update(str(_han(match.group())) for match in HAN_NUMBER.finditer(text))
        found.update(w.lower() for w in LATIN.findall(text))
    return found


def _plain(number: str) -> str:
    return number.replace(",", "").replace("，", "").lstrip("0") or "0"


def _han(printed: str) -> int:
    """一 to 九十九."""
    tens, ten, ones = printed.rpartition("十")
    if not ten:
        return HAN_VALUE[printed[-1]]
    return HAN_VALUE.get(tens[-1:], 1) * 10 + HAN_VALUE.get(ones[:1], 0)


def length(text: str) -> int:
    """Characters that count for length: all but white space, a Han character as one."""
    return sum(not c.isspace() for c in text) or 1

"""A sentence -> the values of the numbers in it, whether in digits, in English words or in Han characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

ENGLISH = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+")
DIGITS = r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
HAN = "零〇○一二三四五六七八九十百千两兩"
CHINESE = re.compile(rf"(?!百分)(?:{DIGITS}|[{HAN}]+)[十百千]?(?:[万萬亿億][{HAN}0-9]*)*[万萬亿億]?")
WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")
UNITS = {c: at for at, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
POWERS = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
MONTHS = "january february march april may june july august september october november december".split()
TO_NINETEEN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@cache
def _named() -> dict[str, float]:
    small = {word: float(at) for words in (TO_NINETEEN, ORDINALS) for at, word in enumerate(words, 1)}
    tens = {form: 10.0 * at for at, word in enumerate(TENS, 2) for form in (word, word[:-1] + "ieth")}
    return small | tens


@cache
def _months() -> dict[str, int]:
    return {month: at for at, month in enumerate(MONTHS, 1)}


@cache
def number_words() -> frozenset[str]:
    """English words that make a look for numbers worth while."""
    return frozenset((*_named(), *SCALES, *MONTHS))


def printed(value: float) -> str:
    """A value as the token both languages share."""
    return f"#{value:.6g}"


def english_numbers(text: str) -> Iterator[str]:
    """Tokens of the numbers in an English sentence: thirty-four, 1.2 billion, sixth, July."""
    tokens = ENGLISH.findall(text)
    parts = [token for token in tokens if is_numeral(token)]
    return iter(_lone(parts[0])) if len(parts) == 1 else _numbers(tokens) if parts else iter(())


@cache
def is_numeral(token: str) -> bool:
    """Whether a token is a number or part of one by itself."""
    return token[0].isdigit() or token.lower() in number_words()


@cache
def _lone(token: str) -> tuple[str, ...]:
    return tuple(_numbers([token]))


def _numbers(tokens: Sequence[str]) -> Iterator[str]:
    total: float | None = None
    part: float | None = None
    for token in tokens:
        if total is part is None and not is_numeral(token):
            continue
        word = token.lower()
        small = _named().get(word)
        if small is not None and _continues(total, part, small):
            part = (part or 0.0) + small
        elif word == "hundred":
            part = (1.0 if part is None else part) * 100
        elif word in SCALES:
            total, part = _scaled(total, part, SCALES[word]), None
        elif not (word == "and" and _is_open(total, part)):
            if total is not None or part is not None:
                yield printed((total or 0) + (part or 0))
            total, part = None, small
            if word[0].isdigit():
                part = float(word.replace(",", ""))
            elif word in _months() and (token[0].isupper() or word not in ("may", "march")):
                yield printed(_months()[word])
    if total is not None or part is not None:
        yield printed((total or 0) + (part or 0))


def _continues(total: float | None, part: float | None, small: float) -> bool:
    """Whether a word continues a number: twenty-four, two hundred (and) six, three thousand nine; not "one two"."""
    if part is None:
        return total is not None
    return part > 0 and (part % 100 == 0 or (small < 10 and part % 10 == 0 and part % 100 >= 20))


def _scaled(total: float | None, part: float | None, scale: int) -> float:
    """Two million three hundred thousand; a thousand million; a thousand."""
    if part is None:
        return (1.0 if total is None else total) * scale
    return (total or 0.0) + part * scale


def _is_open(total: float | None, part: float | None) -> bool:
    """Whether a number may go on behind "and"."""
    return part % 100 == 0 and part > 0 if part is not None else total is not None


def chinese_numbers(text: str) -> Iterator[str]:
    """Tokens of the numbers in a Chinese sentence: 34, 三十四, 12亿, 二〇二五."""
    return map(_token, CHINESE.findall(text))


@cache
def _token(number: str) -> str:
    return printed(_value(number))


def _value(number: str) -> float:
    if len(number) > 1 and all(c in UNITS for c in number):
        return float("".join(str(UNITS[c]) for c in number))
    total = section = 0.0
    last: float | None = None
    scale = 1
    for part in re.findall(rf"{DIGITS}|.", number):
        if part in LARGE:
            section += last or 0
            if LARGE[part] < scale:
                total += section * LARGE[part]
            else:
                total = (total + section or 1) * LARGE[part]
            section, last, scale = 0.0, None, LARGE[part]
        elif part in POWERS:
            section += (1 if last is None else last) * POWERS[part]
            last = None
        else:
            last = float(UNITS[part]) if part in UNITS else float(part.translate(WIDE))
    return total + section + (last or 0)

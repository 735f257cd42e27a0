"""Lines -> lines of one language each; a bilingual line becomes two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from align import tables
from align.characters import HAN, HAN_CHAR, LATIN_WORD
from align.model import Line

LONGEST_BILINGUAL = 400
STOP = re.compile(r"[.!?。！？]")
ENGLISH_FIRST = re.compile(
    rf"(?P<en>[^{HAN}]*[A-Za-z][^{HAN}]*?)(?P<gap>\s+)(?P<zh>[（(《“「]?[0-9]{{0,3}}[、．.]?[{HAN}].*)", re.S
)
CHINESE_FIRST = re.compile(rf"(?P<zh>.*[{HAN}][）)》”」]?)(?P<gap>\s+)(?P<en>[^{HAN}]*[A-Za-z][^{HAN}]*)", re.S)


def divide(lines: Sequence[Line], only: str = "") -> tuple[Line, ...]:
    """Lines with their language; with `only`, all lines are of that language."""
    if only:
        return tuple(line if line.lang else replace(line, lang=only, row="") for line in lines)
    parts: list[Line] = []
    for line in tables.divide(lines, language):
        halves = [] if line.lang else _halves(line)
        if halves:
            parts += halves
        else:
            parts.append(line if line.lang else replace(line, lang=language(line.text)))
    return _inherit(parts)


def language(text: str) -> str:
    """`en`, `zh`, or nothing where the text has no letters to tell by."""
    han = len(HAN_CHAR.findall(text))
    latin = sum(map(len, LATIN_WORD.findall(text)))
    if not han and not latin:
        return ""
    return "zh" if han * 4 >= latin else "en"


def _halves(line: Line) -> list[Line]:
    """The two halves of a line that says one thing in both languages, in printed order."""
    if len(line.text) > LONGEST_BILINGUAL:
        return []
    for pattern in (ENGLISH_FIRST, CHINESE_FIRST):
        match = pattern.fullmatch(line.text.strip()) if HAN_CHAR.search(line.text) else None
        if match and _both(match["en"], match["zh"]):
            lead = len(line.text) - len(line.text.lstrip())
            made = (
                replace(
                    line,
                    start=line.start + lead + match.start(lang),
                    end=line.start + lead + match.end(lang),
                    text=match[lang],
                    lang=lang,
                    hint=line.hint or "bilingual",
                )
                for lang in ("en", "zh")
            )
            return sorted(made, key=lambda half: half.start)
    return []


def _both(en: str, zh: str) -> bool:
    """A name or two inside the other language is no half: the English has words, the Chinese no English."""
    words = LATIN_WORD.findall(en)
    enough = len(words) >= 2 and sum(len(word) >= 3 for word in words) >= 2
    han = len(HAN_CHAR.findall(zh))
    pure = sum(map(len, LATIN_WORD.findall(zh))) <= han
    both_run_on = bool(STOP.search(en.rstrip()[-1:])) == bool(STOP.search(zh.rstrip()[-1:]))
    return enough and han >= 2 and pure and both_run_on and ("，" not in zh or "," in en)


def _inherit(lines: list[Line]) -> tuple[Line, ...]:
    """A line without letters goes with the line before it, the first ones with the line after."""
    known = next((line.lang for line in lines if line.lang), "en")
    made = []
    for line in lines:
        known = line.lang or known
        made.append(line if line.lang else replace(line, lang=known))
    return tuple(made)


def script(text: str) -> str:
    """`zh-Hans` or `zh-Hant`, by which of the two a conversion would change more of."""
    sample = "".join(HAN_CHAR.findall(text))[:20_000]
    if not sample:
        return "zh-Hans"
    simplified, traditional = (_changed(sample, _converted(sample, name)) for name in ("t2s", "s2t"))
    return "zh-Hant" if simplified > traditional else "zh-Hans"


def _converted(text: str, name: str) -> str:
    return _converter(name)(text)


@cache
def _converter(name: str) -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert


def _changed(before: str, after: str) -> int:
    return sum(a != b for a, b in zip(before, after, strict=False))


def main_language(lines: Iterable[Line]) -> str:
    """The one language of a text, or `both`: each then has a tenth of the other's characters."""
    text = "\n".join(line.text for line in lines)
    han = len(HAN_CHAR.findall(text)) * 3
    latin = sum(map(len, LATIN_WORD.findall(text)))
    if not han and not latin:
        return ""
    if min(han, latin) * 10 >= max(han, latin):
        return "both"
    return "zh" if han > latin else "en"

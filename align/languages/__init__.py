"""Lines -> lines of one language each; a bilingual line becomes two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from align.characters import ADDRESS, HAN_CHAR, LATIN_WORD
from align.languages import mixed, tables
from align.model import Line


def divide(lines: Sequence[Line], only: str = "", columns: tables.Named = ()) -> tuple[Line, ...]:
    """Lines with their language; with `only`, all lines are of that language; `columns` are those of tables."""
    if only:
        return tuple(line if line.lang else replace(line, lang=only, row="") for line in lines)
    divided = (part for run in mixed.parts(list(tables.divide(lines, language, columns))) for part in run)
    return _inherit([line if line.lang else replace(line, lang=language(line.text)) for line in divided])


def language(text: str) -> str:
    """`en`, `zh`, or nothing where the text has no letters to tell by, as where it is an address."""
    text = ADDRESS.sub(" ", text)
    han = len(HAN_CHAR.findall(text))
    latin = sum(map(len, LATIN_WORD.findall(text)))
    if not han and not latin:
        return ""
    return "zh" if han * 4 >= latin else "en"


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


def is_in_both(lines: Sequence[Line]) -> bool:
    """Whether a text is half in sentences of one language and half in those of the other, whatever its name says."""
    stopped = [line.text.rstrip() for line in lines]
    zh = sum(text.endswith("。") and language(text) == "zh" for text in stopped)
    en = sum(text.endswith(".") and not HAN_CHAR.search(text) and len(LATIN_WORD.findall(text)) > 3 for text in stopped)
    return min(en, zh) * 3 >= max(en, zh, 1)

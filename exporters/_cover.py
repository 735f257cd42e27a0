"""Bitext -> what stands under the titles of a brief, of both languages or of the one that an edition shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from align.characters import HAN_CHAR
from align.model import Bitext, Lang, walk
from align.summary import Summary

from ._wording import converted, front, in_script, statement_en, statement_zh

BOTH: tuple[Lang, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Cover:
    """The lines under the titles and the honest sentences, in both languages."""

    front: tuple[tuple[str, str], ...]
    statement: tuple[str, str]


def cover(bitext: Bitext, summary: Summary, shown: Collection[Lang] = BOTH) -> Cover:
    """What is said of the languages that are shown; what is missing is said of both."""
    tag = bitext.zh.tag
    used = {block.witness for document in bitext.documents if document.id in shown for block in walk(document.blocks)}
    standings = tuple(dict.fromkeys(w.standing for w in bitext.witnesses if w.id in used))
    witnesses = tuple(w for w in bitext.witnesses if w.id in used or not w.langs or not set(w.langs).isdisjoint(shown))
    told = replace(summary, standings=standings)
    lines = tuple(front(replace(bitext, witnesses=witnesses), summary.unused, tag))
    en, zh = converted(bitext.zh) if "zh" in shown or _names_chinese(bitext, lines) else ("", "")
    return Cover(
        lines,
        (" ".join(filter(None, (en, statement_en(told)))), in_script(zh + statement_zh(told), tag)),
    )


def _names_chinese(bitext: Bitext, lines: Collection[tuple[str, str]]) -> bool:
    """Whether an English edition shows Chinese: the only title, or the name of a source."""
    langs = {title.lang for title in bitext.meta.titles}
    return langs == {"zh"} or any(HAN_CHAR.search(en) for en, _ in lines)

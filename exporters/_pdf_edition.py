"""Brief -> the brief of one of its languages: what the other language says left out, what is missing still said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from align.model import Lang

from ._brief import Alone, Brief, Cell, Heading, Note, Part
from ._wording import absent, in_script


def one_language(brief: Brief, lang: Lang) -> Brief:
    """The same brief in one language, with its own sources; the statement still counts both languages."""

    def own(pair: tuple[str, str]) -> tuple[str, str]:
        return (pair[0], "") if lang == "en" else ("", pair[1])

    held = brief.covers.get(lang, brief)
    titles = own((brief.title_en, brief.title_zh))
    titles = titles if any(titles) else (brief.title_en, brief.title_zh)
    return replace(
        brief,
        title_en=titles[0],
        title_zh=titles[1],
        titles_note=own(brief.titles_note),
        front=tuple(map(own, held.front)),
        statement=own(held.statement),
        parts=tuple(_parts(brief, lang)),
    )


def _parts(brief: Brief, lang: Lang) -> Iterator[Part]:
    for part in brief.parts:
        if isinstance(part, Note):
            if part.lacking == lang:
                said = absent(part.numbers, lang)
                en, zh = (said, "") if lang == "en" else ("", in_script(said, brief.zh_tag))
                yield replace(part, en=en, zh=zh)
        elif isinstance(part, Alone):
            if part.lang == lang:
                yield replace(part, outline=_outline(part.number, part.cell))
        else:
            cell = part.en if lang == "en" else part.zh
            if isinstance(part, Heading):
                one: Cell = ()
                sides = (cell, one) if lang == "en" else (one, cell)
                yield replace(part, en=sides[0], zh=sides[1], outline=_outline("", cell) or part.outline)
            else:
                yield Alone(part.anchor, part.number, lang, cell, _outline(part.number, cell))


def _outline(number: str, cell: Cell) -> str:
    """The number and the title that opens a cell."""
    title = "".join(run.text for run in (cell[0] if cell else ()) if run.style in ("title", "mark"))
    return " ".join(filter(None, (number, title.rstrip(":：. ")))) if len(title) < 200 else number

"""Brief -> its contents list, each line a link with the number of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ._blocks import Block
from ._brief import Alone, Brief, Cell, Heading, Paragraph, Row, Run
from ._composition import Composer
from ._drafts import body_of
from ._pdf_sheet import MM
from ._pdf_tags import DOCUMENT, Element
from ._setting import Look

MOST = 90
"""How many lines a contents list has at most."""
FEWEST = 3
"""Fewer headings than these make no contents list; the items then do."""
LINE = Look(8.8, ragged=True)
NUMBER = 12 * MM
"""Room for a page number."""
INDENT = 5 * MM
BEGINNING = {"en": 60, "zh": 36}
"""How many characters stand for an item that has no title."""
BOTH = {"en": 46, "zh": 15}
"""How many of each language where both stand on the line."""
LATIN = re.compile(r"[A-Za-z0-9]+$")
ENDS = "，、；：。,;: "


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: where it leads, what it says, how deep it stands."""

    anchor: str
    said: Paragraph
    level: int = 1


def entries(brief: Brief) -> list[Entry]:
    """The headings, as deep as there is room for; where there are none, the items or runs of them."""
    headings = [part for part in brief.parts if isinstance(part, Heading)]
    for deepest in (9, 3, 2, 1):
        chosen = [part for part in headings if part.level <= deepest]
        if FEWEST <= len(chosen) <= MOST:
            return [Entry(part.anchor, _plain(part.en, part.zh), part.level) for part in chosen]
    items = [part for part in brief.parts if isinstance(part, Row | Alone) and part.number]
    if len(items) <= MOST:
        return [Entry(part.anchor, _title(part)) for part in items]
    size = -(-len(items) // (MOST // 2))
    size = next(step * 10**power for power in range(9) for step in (1, 2, 5) if step * 10**power >= size)
    return [_several(items[at : at + size]) for at in range(0, len(items), size)]


def _several(items: Sequence[Row | Alone]) -> Entry:
    first, last = items[0], items[-1]
    numbers = first.number if first is last else f"{first.number}–{last.number}"
    return Entry(first.anchor, (Run(numbers, "en"), Run("\u2003", "en"), *_title(first, numbered=False)))


def _title(part: Row | Alone, numbered: bool = True) -> Paragraph:
    """An item's number and the titles that its cells begin with."""
    cells = (part.cell,) if isinstance(part, Alone) else (part.en, part.zh)
    titles = [tuple(run for run in cell[0] if run.style == "title") for cell in cells if cell]
    if not any(titles):
        own = [body_of(cell) for cell in cells]
        titles = [tuple(run for run in cell[0] if run.style == "title") for cell in own if cell]
    if not any(titles):
        held = [cell for cell in own if cell and any(run.style != "mark" for run in cell[0])]
        titles = [_beginning(cell, BOTH if len(held) > 1 else BEGINNING) for cell in held]
    number = (Run(f"{part.number}\u2003", "en"),) if numbered else ()
    return (*number, *_plain(*((title,) for title in titles)))


def _beginning(cell: Cell, most: Mapping[str, int]) -> Paragraph:
    """The first words of an item that has no title; Chinese is cut behind a mark where one is near."""
    said = "".join(run.text for run in cell[0] if run.style != "mark").strip()
    lang = next(run.lang for run in cell[0] if run.style != "mark")
    room = most[lang]
    if len(said) <= room:
        return (Run(said, lang),)
    cut = said[: room + 1].rpartition(" ")[0] if lang == "en" else ""
    if lang == "zh":
        cut = next((said[:at] for at in range(room, room // 2, -1) if said[at] in ENDS), "")
    if not cut:
        cut = LATIN.sub("", said[:room]) if said[room].isascii() and said[room].isalnum() else said[:room]
    return (Run(f"{(cut or said[:room]).rstrip(ENDS)}…", lang),)


def _plain(*cells: Sequence[Paragraph]) -> Paragraph:
    """The text of some cells in one paragraph, not bold, without what is printed after a title."""
    made: list[Run] = []
    for cell in cells:
        own = [run for paragraph in cell for run in paragraph]
        if own and made:
            made.append(Run("\u2003", "en"))
        made += [replace(run, style="text" if run.style != "mark" else "mark") for run in own]
        if own and made[-1].text in (":", "：", ".", "。"):
            made.pop()
    return tuple(made)


def contents(composer: Composer, found: Sequence[Entry], pages: Mapping[str, int], space: float) -> Iterator[Block]:
    """The heading and a line for each entry; a page that is not known yet is left blank."""
    lang = {"en": "en", "zh": "zh"}.get(composer.sheet.layout, "")
    yield composer.heading(ours("contents", "Contents", "目录", lang, composer), composer.level)
    toc = Element("TOC", parent=DOCUMENT)
    for entry in found:
        yield replace(_line(composer, entry, pages.get(entry.anchor), toc), below=space)


def ours(anchor: str, en: str, zh: str, lang: str, composer: Composer) -> Heading:
    """A heading of our own, in the language of the edition or in both."""
    zh = composer.setter.own(zh)
    both = (((Run(en, "en"),),) if lang != "zh" else ()), (((Run(zh, "zh"),),) if lang != "en" else ())
    return Heading(anchor, 1, *both, " ".join(run.text for cell in both for paragraph in cell for run in paragraph))


def _line(composer: Composer, entry: Entry, page: int | None, toc: Element) -> Block:
    setter, measure = composer.setter, composer.sheet.measure
    reference = Element("Reference", parent=Element("TOCI", parent=toc))
    indent = INDENT * (min(entry.level, 4) - 1)
    said = setter.column(indent, measure - NUMBER - indent, (entry.said,), LINE, reference, "Link")
    number = setter.one(0, NUMBER, "" if page is None else str(page), "en", LINE)
    if number.lines:
        at = measure - number.lines[0].width
        number = replace(number, x=at, owners=said.owners[:1] * len(number.lines))
    return Block(((replace(said, link=composer.prefix + entry.anchor), number),))

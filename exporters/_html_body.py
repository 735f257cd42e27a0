"""Brief -> the text of a page in HTML: titles, front lines, statement, contents, then part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from align.model import Lang

from ._brief import Alone, Brief, Cell, Heading, Note, Row
from ._html_text import anchors, attribute, element, line, paragraphs, text, title_of, words
from ._pdf_notes import Flagged
from ._wording import absent, in_script

MOST = 300
"""Entries that a table of contents lists."""
FEWEST = 8
"""Items that make contents worth while where there are no sections."""
OPEN = 12
"""Entries up to which the contents are shown unfolded."""

CONTENTS = "目录"
NOTES = "Notes", "附注"
NO_NUMBER = "¶"

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Page:
    """One brief and what is flagged in it, with the language tag of each side and the id of every part."""

    said: Brief
    notes: tuple[Flagged, ...]
    tags: dict[str, str]
    ids: dict[str, str]

    def ours(self, en: str, zh: str) -> str:
        """A few words of ours in both languages."""
        return f"{element('span', en, lang='en')} {element('span', self.script(zh), lang=self.tags['zh'])}"

    def script(self, zh: str) -> str:
        """Our own Chinese in the script of the brief."""
        return in_script(zh, self.said.zh_tag)

    def sides(self, name: str, en: str, zh: str) -> str:
        """English and Chinese, which are HTML already, each marked with its language."""
        held = [
            element(name, html, class_=lang, lang=self.tags[lang]) for lang, html in (("en", en), ("zh", zh)) if html
        ]
        return " ".join(held)


def page(said: Brief, notes: tuple[Flagged, ...] = ()) -> Page:
    """The page of one brief and of what is flagged in it."""
    return Page(said, notes, {"en": "en", "zh": said.zh_tag or "zh"}, anchors(said.parts))


def cover(at: Page) -> str:
    """Titles, the lines under them, and the honest sentences."""
    said = at.said
    other = said.title_zh if said.title_zh != said.title_en else ""
    titles = at.sides("span", text(said.title_en), text(other))
    lines = [pair for pair in (said.titles_note, *said.front) if any(pair)]
    front = line(element("li", at.sides("span", text(en), text(zh)), class_=_pair(en, zh)) for en, zh in lines)
    statement = at.sides("p", *map(text, said.statement))
    return line(
        (
            "<header>",
            element("h1", titles, class_=_pair(said.title_en, other)),
            element("ul", f"\n{front}\n", class_="front") if front else "",
            element("div", statement, class_="statement pair"),
            "</header>",
        )
    )


def _pair(en: str, zh: str) -> str:
    return "pair" if en and zh else "only"


def contents(at: Page) -> str:
    """A table of contents where it helps: the sections, or the items of a long document without any."""
    entries = list(_entries(at))
    if not entries:
        return ""
    if at.notes:
        entries.append(("notes", 1, "", NOTES[0], at.script(NOTES[1])))
    listed = line(
        element(
            "li",
            element("a", line((text(number), at.sides("span", text(en), text(zh))), " "), href=f"#{name}"),
            class_=f"{_pair(en, zh)} level-{level}",
        )
        for name, level, number, en, zh in entries
    )
    folded = "<details open>" if len(entries) <= OPEN else "<details>"
    return line(
        (
            f'<nav id="contents" aria-label={attribute(f"Contents {at.script(CONTENTS)}")}>',
            f"{folded}<summary>{at.ours('Contents', CONTENTS)}</summary>",
            f"<ul>\n{listed}\n</ul>",
            "</details>",
            "</nav>",
        )
    )


def _entries(at: Page) -> Iterator[tuple[str, int, str, str, str]]:
    """Id, level, number, English and Chinese title of what is listed."""
    headings = [part for part in at.said.parts if isinstance(part, Heading)]
    deepest = max((n for n in range(1, 7) if sum(h.level <= n for h in headings) <= MOST), default=0)
    if len(headings) > 1:
        for part in _thinned([h for h in headings if h.level <= max(deepest, 1)]):
            yield at.ids[part.anchor], part.level, "", _titled(part, "en"), _titled(part, "zh")
        return
    items = [part for part in at.said.parts if isinstance(part, Row | Alone) and part.number]
    for item in _thinned(items) if len(items) >= FEWEST else ():
        en, zh = (title_of(_side(item, lang)) for lang in ("en", "zh"))
        yield at.ids[item.anchor], 1, item.number, en, zh


def _thinned(found: Sequence[Kept]) -> Sequence[Kept]:
    """All, or every tenth, hundredth … of very many."""
    step = 1
    while len(found) > MOST * step:
        step *= 10
    return found[::step]


def _titled(part: Heading, lang: Lang) -> str:
    cell = part.en if lang == "en" else part.zh
    return " ".join(filter(None, ("".join(r.text for r in runs if r.style != "mark").strip() for runs in cell)))


def _side(part: Row | Alone, lang: Lang) -> Cell:
    if isinstance(part, Alone):
        return part.cell if part.lang == lang else ()
    return part.en if lang == "en" else part.zh


def body(at: Page) -> Iterator[str]:
    """Every part in printed order."""
    for part in at.said.parts:
        if isinstance(part, Heading):
            yield _heading(part, at)
        elif isinstance(part, Note):
            yield from _note(part, at)
        else:
            yield _row(part, at)


def _heading(part: Heading, at: Page) -> str:
    en, zh = (
        line((words(each, at.tags, lang) for each in cell), " ") for lang, cell in (("en", part.en), ("zh", part.zh))
    )
    level = min(part.level + 1, 6)
    return element(f"h{level}", at.sides("span", en, zh), class_=_pair(en, zh), id=at.ids[part.anchor])


def _note(part: Note, at: Page) -> Iterator[str]:
    """What the rows that follow lack, and what a view of the lacking language shows in their place."""
    yield element("div", at.sides("p", text(part.en), text(part.zh)), class_="note pair lacks")
    said = absent(part.numbers, part.lacking)
    held = text(said if part.lacking == "en" else at.script(said))
    yield element("p", held, class_=f"note absent-{part.lacking}", lang=at.tags[part.lacking])


def _row(part: Row | Alone, at: Page) -> str:
    name = at.ids[part.anchor]
    number = element("a", text(part.number), class_="number", href=f"#{name}") if part.number else ""
    if isinstance(part, Alone):
        held = element("div", paragraphs(part.cell, at.tags, part.lang), class_=part.lang, lang=at.tags[part.lang])
        return element("div", line((number, held)), class_=f"row alone alone-{part.lang}", id=name)
    en, zh = (paragraphs(cell, at.tags, lang) for lang, cell in (("en", part.en), ("zh", part.zh)))
    count = len(part.en) if len(part.en) == len(part.zh) else 0
    kinds = f"row {_pair(en, zh)}{f' beside n{count}' if count > 1 else ''}"
    return element("div", line((number, at.sides("div", en, zh))), class_=kinds, id=name)


def flags(at: Page) -> str:
    """Notes on what is doubtful or cut off, each with a link to its place."""
    if not at.notes:
        return ""
    notes = line(_flag(note, at) for note in at.notes)
    title = element("h2", at.ours(*NOTES), id="notes-title")
    langs = {note.lang for note in at.notes}
    only = f"alone-{langs.pop()}" if len(langs) == 1 and "" not in langs else ""
    return element("section", f"\n{title}\n{notes}\n", id="notes", aria_labelledby="notes-title", class_=only)


def _flag(note: Flagged, at: Page) -> str:
    link = element("a", text(note.number or NO_NUMBER), class_="number", href=f"#{at.ids.get(note.anchor, 'text')}")
    held = line((link, at.sides("p", text(note.en), text(note.zh))))
    return element("div", held, class_=f"row flag pair{f' alone-{note.lang}' if note.lang else ''}")


def rows_beside(said: Brief) -> tuple[int, ...]:
    """How many paragraphs stand one beside the other, for every such number that occurs."""
    counts = {len(part.en) for part in said.parts if isinstance(part, Row) and len(part.en) == len(part.zh)}
    return tuple(sorted(counts - {0, 1}))


def widest(said: Brief) -> int:
    """The length of the longest number, which the gutter has room for."""
    return max((len(part.number) for part in said.parts if isinstance(part, Row | Alone)), default=0)

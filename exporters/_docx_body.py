"""Brief -> the body of a DOCX: title block, headings as paragraphs, a table for each run of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from align.model import Lang

from ._brief import Alone, Brief, Cell, Heading, Note, Paragraph, Part, Row, Run
from ._docx_styles import GAP, TEXT_WIDTH, Face
from ._wml import Bookmarks, Element, cell, element, line_break, paragraph, row, run, table

NUMBER_WIDTH = 720
ENGLISH_SHARE = 0.54
SHORT = 22
"""Lines that half a page holds; a row of no more is kept on one page."""
CHARACTER: dict[Lang, int] = {"en": 102, "zh": 210}
"""The average width of a character in twentieths of a point, at the size of the text."""
HEADING_SCALE = 1.4
"""A heading's width against the same characters in the text."""

LATIN_APOSTROPHE = re.compile("(?<=[A-Za-z])(’)(?=[A-Za-z ])")
TRADITIONAL = str.maketrans("编号仅页", "編號僅頁")
SPACE = "BriefSpace"
"""The style of what parts two tables: a table may not follow a table directly."""
STYLES: dict[Lang, str] = {"en": "BilingualEnglish", "zh": "BilingualChinese"}
RUN_STYLES = {"title": "BilingualItemTitle", "mark": "EditorialMark"}
NAMES = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}
ONLY = {"en": ("English only", "仅有英文"), "zh": ("Chinese only", "仅有中文")}


@dataclass(frozen=True, slots=True)
class Grid:
    """The widths of the columns; without numbers there is no gutter."""

    number: int

    @property
    def en(self) -> int:
        """The width of the English column."""
        return round((TEXT_WIDTH - self.number) * ENGLISH_SHARE)

    @property
    def zh(self) -> int:
        """The width of the Chinese column."""
        return TEXT_WIDTH - self.number - self.en


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets one brief; `differs` where the style sheet has another Chinese face than the brief needs."""

    face: Face
    differs: bool
    grid: Grid
    bookmarks: Bookmarks

    def words(self, text: str, lang: Lang, style: str = "") -> tuple[Element, ...]:
        """Runs in their language; the hint gives “ ” — … of the Chinese the Chinese face."""
        if lang == "en":
            return (run(text, *self._says(lang, style)),)
        parts = LATIN_APOSTROPHE.split(text)
        return tuple(run(part, *self._says("en" if part == "’" else lang, style)) for part in parts if part)

    def _says(self, lang: Lang, style: str) -> Iterator[Element]:
        if style:
            yield element("rStyle", val=style)
        if lang == "zh":
            yield element("rFonts", hint="eastAsia", **({"eastAsia": self.face.font} if self.differs else {}))
            if self.differs:
                yield element("lang", eastAsia=self.face.lang)

    def ours(self, text: str) -> tuple[Element, ...]:
        """A Chinese run of the exporter's own, in the characters of the brief."""
        return self.words(text.translate(TRADITIONAL) if self.face.traditional else text, "zh")

    def pair(self, en: str, zh: str) -> tuple[Element, ...]:
        """A few words of ours, in English and in Chinese."""
        return *self.words(f"{en} ", "en"), *self.ours(zh)

    def line(self, said: Iterable[Run]) -> Iterator[Element]:
        """The runs of a paragraph, neighbours of one kind as one."""
        for (lang, style), same in groupby(said, key=lambda each: (each.lang, each.style)):
            yield from self.words("".join(each.text for each in same), lang, RUN_STYLES.get(style, ""))

    def paragraphs(self, held: Cell, lang: Lang) -> Iterator[Element]:
        """The paragraphs of one side."""
        return (paragraph(STYLES[lang], *self.line(each)) for each in held)


def setter(said: Brief, face: Face, sheet: Face, bookmarks: Bookmarks) -> Setter:
    """The setter of one brief in a document whose style sheet was made for the face `sheet`."""
    numbered = any(part.number for part in said.parts if isinstance(part, Row | Alone))
    return Setter(face, face != sheet, Grid(NUMBER_WIDTH if numbered else 0), bookmarks)


def body(said: Brief, at: Setter) -> Iterator[Element]:
    """Everything between the header and the footer, in order."""
    yield from _titles(said, at)
    for kind, run_of_parts in groupby(said.parts, key=_kind):
        members = list(run_of_parts)
        if kind in ("heading", "note"):
            yield from (_between(part, at) for part in members)
        else:
            yield from (_table(members, at), paragraph(SPACE))


def _titles(said: Brief, at: Setter) -> Iterator[Element]:
    yield paragraph("Title", *at.words(said.title_en, "en"))
    if said.title_zh != said.title_en:
        yield paragraph("Subtitle", *at.words(said.title_zh, "zh"))
    en, zh = said.titles_note
    if en or zh:
        yield paragraph("BriefTitlesNote", *at.pair(en, zh))
    yield paragraph(SPACE)
    if said.front:
        yield _beside("Brief Front", "Date and sources 日期与来源", said.front, at)
        yield paragraph(SPACE)
    yield _beside("Brief Statement", "What is held 文本状况", (said.statement,), at)
    yield paragraph(SPACE)


def _beside(style: str, caption: str, lines: Iterable[tuple[str, str]], at: Setter) -> Element:
    """English lines beside Chinese ones, over the columns of the text."""
    name = style.replace(" ", "")
    widths = at.grid.number + at.grid.en, at.grid.zh
    rows = (
        row(
            (
                cell(widths[0], (paragraph(name, *at.words(en, "en")),)),
                cell(widths[1], (paragraph(name, *at.words(zh, "zh"), says=(element("ind", right="0"),)),)),
            ),
            whole=True,
        )
        for en, zh in lines
    )
    return table(f"{name}Table", widths, caption, rows, first=False)


def _kind(part: Part) -> str:
    return f"alone-{part.lang}" if isinstance(part, Alone) else type(part).__name__.lower()


def _between(part: Part, at: Setter) -> Element:
    """A heading or a note: what stands between the tables."""
    if isinstance(part, Heading):
        return _heading(part, at)
    assert isinstance(part, Note)
    return paragraph("BilingualNote", *at.words(part.en, "en"), line_break(), *at.words(part.zh, "zh"))


def _heading(part: Heading, at: Setter) -> Element:
    """Both languages in one heading, on one line where they fit, so that Word lists them together."""
    en, zh = _joined(part.en, " "), _joined(part.zh, "")
    said = [*at.words(en, "en")] if en else []
    if en and zh:
        wide = (len(en) * CHARACTER["en"] + len(zh) * CHARACTER["zh"]) * HEADING_SCALE > TEXT_WIDTH
        said.append(line_break() if wide else run("\u2003"))
    said += at.words(zh, "zh") if zh else ()
    style = f"Heading{min(part.level, 9)}" if said else SPACE
    return paragraph(style, *at.bookmarks.around(part.anchor, said))


def _joined(held: Cell, between: str) -> str:
    return between.join("".join(each.text for each in said) for said in held)


def _table(members: list[Part], at: Setter) -> Element:
    """Rows of one kind under a head that every page repeats."""
    first = members[0]
    alone: Lang | None = first.lang if isinstance(first, Alone) else None
    sides = (at.grid.en + at.grid.zh,) if alone else (at.grid.en, at.grid.zh)
    widths = (at.grid.number, *sides) if at.grid.number else sides
    heads = (ONLY[alone],) if alone else (NAMES["en"], NAMES["zh"])
    names = (("No.", "编号"), *heads) if at.grid.number else heads
    head = row(
        (cell(w, (paragraph("BilingualColumnHead", *at.pair(*n)),)) for w, n in zip(widths, names, strict=True)),
        whole=True,
        heads=True,
    )
    rows = (_row(part, widths, at) for part in members if isinstance(part, Row | Alone))
    return table("BilingualTable", widths, " | ".join(" ".join(name) for name in names), (head, *rows), first=True)


def _row(part: Row | Alone, widths: tuple[int, ...], at: Setter) -> Element:
    langs: tuple[Lang, ...] = (part.lang,) if isinstance(part, Alone) else ("en", "zh")
    held = (part.cell,) if isinstance(part, Alone) else (part.en, part.zh)
    sides = [list(at.paragraphs(each, lang)) for each, lang in zip(held, langs, strict=True)]
    if at.grid.number:
        number = paragraph("BilingualNumber", *at.bookmarks.around(part.anchor, at.words(part.number, "en")))
        sides.insert(0, [number])
    elif sides[0]:
        start, end = at.bookmarks.around(part.anchor, ())
        sides[0][0].insert(1, start)
        sides[0][0].append(end)
    lines = max(_lines(each, lang, w) for each, lang, w in zip(held, langs, widths[-len(held) :], strict=True))
    return row((cell(w, side) for w, side in zip(widths, sides, strict=True)), whole=lines <= SHORT)


def _lines(held: Cell, lang: Lang, width: int) -> int:
    """About how many lines a side takes."""
    room = (width - GAP) // CHARACTER[lang]
    return sum(ceil(_length(said) / room) for said in held)


def _length(said: Paragraph) -> int:
    return sum(len(each.text) for each in said)

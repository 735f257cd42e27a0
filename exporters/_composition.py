"""Brief -> blocks: titles, front matter, headings, rows, notes, each with its columns, elements and bookmark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import sqrt

from align.theme import Logo

from ._blocks import Block, Bookmark, Strata, Stratum, leads_in
from ._brief import Alone, Brief, Cell, Heading, Note, Paragraph, Part, Row, Run
from ._drafts import opens_as_draft
from ._pdf_logo import Picture, picture
from ._pdf_sheet import MM, Sheet
from ._pdf_tags import DOCUMENT, LIST, Element
from ._setting import (
    AGAIN,
    BETWEEN,
    ENGLISH_SHARE,
    GAP,
    GREY,
    GUTTER,
    HEADING_SIZES,
    NAVY,
    PANEL,
    QUIET,
    SAND,
    SMALL,
    TITLE_EN,
    TITLE_ZH,
    WIDEST_GUTTER,
    Look,
    Setter,
)

PAD = 3 * MM
LONG_TITLE = 140
"""How many letters a title may have before it is set smaller."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes one brief; `prefix` and `level` keep several briefs in one file apart.

    `top` is the level of the elements of the brief's own headings below its title.
    """

    setter: Setter
    sheet: Sheet
    gutter: float
    prefix: str = ""
    level: int = 0
    top: int = 1
    logo: Picture | None = None

    def opening(self, brief: Brief) -> Iterator[Block]:
        """The titles, the front lines, and the statement in its panel."""
        one, measure = self.setter.one, self.sheet.measure
        if self.logo:
            yield Block((), below=self.logo.height + 5 * MM, keep=True, picture=self.logo)
        large = Look(_fitting(TITLE_EN, len(brief.title_en)), NAVY, bold=True, tight=True)
        less = Look(_fitting(TITLE_ZH, 2 * len(brief.title_zh)), NAVY, bold=True, tight=True)
        title = Element("H1", parent=DOCUMENT)
        titles = [(one(0, measure, brief.title_en, "en", large, title, "Span"),)] if brief.title_en else []
        if brief.title_zh not in ("", brief.title_en):
            titles.append((one(0, measure, brief.title_zh, "zh", less, title, "Span"),))
        bookmark = Bookmark(f"{self.prefix}top", brief.title_en or brief.title_zh, 0) if self.prefix else None
        yield Block(tuple(titles), below=3 * MM, between=1.2 * MM, keep=True, bookmark=bookmark)
        quiet = [*filter(any, (brief.titles_note,)), *brief.front]
        if quiet:
            strata = tuple(stratum for en, zh in quiet for stratum in self.pair(en, zh, QUIET))
            yield Block(strata, below=3 * MM, between=0.8 * MM, keep=True)
        look = Look(SMALL + 0.4, ragged=True)
        said = self.pair(*brief.statement, look, PAD, end=PAD)
        yield Block(said, above=PAD - 1, below=PAD, between=1.5 * MM, tint=PANEL)
        yield Block((), above=2 * MM)

    def body(self, brief: Brief) -> Iterator[Block]:
        """Headings, notes and rows in printed order; items that follow each other are one list."""
        level = self.level
        for numbered, run in groupby(brief.parts, key=_numbered):
            items = Element("L", parent=DOCUMENT, attributes=LIST) if numbered else DOCUMENT
            held = list(run)
            for part, following in zip(held, (*held[1:], None), strict=True):
                if isinstance(part, Heading):
                    level = self.level + part.level
                    yield self.heading(part, level - 1)
                elif isinstance(part, Note):
                    yield self.note(part)
                else:
                    blocks = self.row(part, level, items)
                    yield from (replace(b, keep=True) for b in blocks) if _introduces(part, following) else blocks

    def pair(
        self, en: str, zh: str, look: Look, inset: float = 0, parent: Element = DOCUMENT, end: float = 0
    ) -> Strata:
        """English on the left, Chinese on the right, outside the item columns; or under each other.

        `inset` and `end` stay white on the left and on the right.
        """
        one = self.setter.one
        if self.sheet.layout in ("side", "review") and en and zh:
            left, right = self.columns(inset, end)
            return ((one(*left, en, "en", look, parent), one(*right, zh, "zh", look, parent)),)
        width = self.sheet.measure - inset - end
        return tuple((one(inset, width, said, lang, look, parent),) for said, lang in ((en, "en"), (zh, "zh")) if said)

    def columns(self, start: float, end: float = 0) -> tuple[tuple[float, float], tuple[float, float]]:
        """Place and width of the English and the Chinese column right of `start`."""
        room = self.sheet.measure - self.gutter - BETWEEN
        at = self.gutter + room * ENGLISH_SHARE + BETWEEN
        return (start, at - BETWEEN - start), (at, self.sheet.measure - at - end)

    def heading(self, part: Heading, level: int) -> Block:
        """English and Chinese on one line where both fit, else under each other."""
        size = HEADING_SIZES[min(part.level, len(HEADING_SIZES)) - 1]
        look = Look(size, NAVY, bold=True, tight=True)
        element = Element(f"H{min(self.top + part.level, 6)}", parent=DOCUMENT)
        en, zh = (tuple(run for paragraph in cell for run in paragraph) for cell in (part.en, part.zh))
        both = (*en, Run("\u2003" if en and zh else "", "en"), *zh)
        column = self.setter.column(0, self.sheet.measure, (both,), look, element, "Span")
        strata: Strata = ((column,),)
        if len(column.lines) > 1 and en and zh:
            sides = (self.setter.column(0, self.sheet.measure, (s,), look, element, "Span") for s in (en, zh))
            strata = tuple((side,) for side in sides)
        return Block(
            strata,
            above=6.5 * MM - 0.8 * MM * min(part.level, 3),
            below=1.6 * MM,
            keep=True,
            bookmark=Bookmark(self.prefix + part.anchor, part.outline, level),
        )

    def note(self, part: Note) -> Block:
        """A tinted line over the full width, kept with what it speaks of."""
        look = Look(SMALL + 0.2, GREY, ragged=True)
        said = self.pair(part.en, part.zh, look, PAD, end=PAD)
        keep = self.sheet.layout != part.lacking  # an edition of one language leaves out what the note speaks of
        return Block(said, above=1.6 * MM, below=2 * MM, tint=SAND, keep=keep)

    def row(self, part: Row | Alone, level: int, items: Element = DOCUMENT) -> Iterator[Block]:
        """An item as one block; paragraphs outside items as a block each."""
        item = Element("LI", parent=items) if part.number else DOCUMENT
        label = self.setter.label(part.number, self.gutter - 1.5 * MM, item) if part.number else None
        strata = self.strata(part, Element("LBody", parent=item) if part.number else DOCUMENT)
        made = Block(strata, above=1.9 * MM, below=2.3 * MM, between=self.sheet.size * GAP, rule=True)
        keep = bool(strata) and leads_in(strata[-1])
        made = replace(made, keep=keep, bookmark=Bookmark(self.prefix + part.anchor, part.outline, level))
        if label:
            first, *others = strata or ((),)
            yield replace(made, strata=((label, *first), *others), again=self.again(part))
            return
        for at, stratum in enumerate(strata):
            alone = replace(made, strata=(stratum,), keep=leads_in(stratum))
            yield replace(alone, bookmark=None, rule=False, above=0) if at else alone

    def again(self, part: Row | Alone) -> Stratum:
        """What opens the continuation of an item on another page; a draft says again that it is one."""
        cells = (part.cell,) if isinstance(part, Alone) else (part.en, part.zh)
        mark = next((cell[0] for cell in cells if opens_as_draft(cell)), ())
        return self.continued(part.number, mark)

    def continued(self, number: str, mark: Paragraph = ()) -> Stratum:
        """That an item goes on, in the languages of the edition."""
        zh = AGAIN[self.setter.zh]
        said = {"en": Run(" (cont.)", "en"), "zh": Run(f"（{zh}）", "zh")}.get(self.sheet.layout)
        runs = Run(number, "en", "title"), said or Run(f" (cont./{zh})", "zh")
        whole = (*runs, Run("\u2003", "en"), *mark) if mark else runs
        return (self.setter.column(0, self.sheet.measure, (whole,), Look(SMALL, NAVY)),)

    def strata(self, part: Row | Alone, parent: Element) -> Strata:
        """What the links bring level begins beside each other; or one language stands under the other."""
        if isinstance(part, Alone):
            return self.under((part.cell,), parent)
        if self.sheet.layout == "stacked":
            return self.under((part.en, part.zh), parent)
        column = self.setter.column
        left, right = self.columns(self.gutter)
        ends = part.levels
        if not ends or opens_as_draft(part.en) or opens_as_draft(part.zh):
            ends = ((len(part.en), len(part.zh)),)
        pairs = [(part.en[i:k], part.zh[j:m]) for (i, j), (k, m) in pairwise(((0, 0), *ends))]
        return tuple((column(*left, en, parent=parent), column(*right, zh, parent=parent)) for en, zh in pairs)

    def under(self, cells: tuple[Cell, ...], parent: Element) -> Strata:
        """Paragraphs one under the other over the full width; what a draft says of itself stays with its text."""
        width = self.sheet.measure - self.gutter
        column = self.setter.column
        held = ((cell[:2], *((each,) for each in cell[2:])) if opens_as_draft(cell) else zip(cell) for cell in cells)
        return tuple((column(self.gutter, width, each, parent=parent),) for cell in held for each in cell)


def _fitting(size: float, letters: int) -> float:
    """The size of a title, smaller where it is very long."""
    return size * min(1, max(0.5, sqrt(LONG_TITLE / max(letters, 1))))


def _introduces(part: Row | Alone, following: Part | None) -> bool:
    """Whether an item is nothing but the title of the items under it, and they follow."""
    cells = (part.cell,) if isinstance(part, Alone) else (part.en, part.zh)
    is_title = not any(run.style == "text" and run.text.strip() for cell in cells for p in cell for run in p)
    inner = following.number if isinstance(following, Row | Alone) else ""
    return bool(part.number) and is_title and inner.startswith(f"{part.number}.")


def _numbered(part: Part) -> bool:
    return isinstance(part, Row | Alone) and bool(part.number)


def composer(setter: Setter, sheet: Sheet, brief: Brief, prefix: str = "", logo: Logo | None = None) -> Composer:
    """A composer whose gutter takes the widest of the brief's numbers, or none."""
    numbers = {part.number for part in brief.parts if isinstance(part, Row | Alone)} - {""}
    look = Look(sheet.size, NAVY, bold=True)
    widest = max((setter.wide(number, look) for number in numbers), default=0)
    gutter = min(max(widest + 2 * MM, GUTTER), WIDEST_GUTTER) if numbers else 0
    top = 1 if brief.title_en or brief.title_zh else 0
    shown = picture(logo, sheet) if logo else None
    return Composer(setter, sheet, gutter, prefix, 1 if prefix else 0, top, shown)

"""Brief -> blocks: titles, front matter, headings, rows, notes, each with its columns and bookmark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ._blocks import Block, Bookmark, Stratum
from ._brief import Alone, Brief, Heading, Note, Row, Run
from ._setting import (
    AGAIN,
    BETWEEN,
    ENGLISH_SHARE,
    GREY,
    GUTTER,
    HEADING_SIZES,
    MEASURE,
    MM,
    NAVY,
    PANEL,
    QUIET,
    SAND,
    SIZE,
    SMALL,
    TEXT,
    TITLE_EN,
    TITLE_ZH,
    WIDEST_GUTTER,
    Look,
    Setter,
)

PAD = 3 * MM


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes one brief; `prefix` and `level` keep several briefs in one file apart."""

    setter: Setter
    gutter: float
    prefix: str = ""
    level: int = 0

    def blocks(self, brief: Brief) -> Iterator[Block]:
        """All of a brief in printed order."""
        yield from self.opening(brief)
        level = self.level
        for part in brief.parts:
            if isinstance(part, Heading):
                level = self.level + part.level
                yield self.heading(part, level - 1)
            elif isinstance(part, Note):
                yield self.note(part)
            else:
                yield from self.row(part, level)

    def opening(self, brief: Brief) -> Iterator[Block]:
        """The titles, the front lines, and the statement in its panel."""
        one = self.setter.one
        large, less = (Look(size, NAVY, bold=True, tight=True) for size in (TITLE_EN, TITLE_ZH))
        titles = [(one(0, MEASURE, brief.title_en, "en", large),)] if brief.title_en else []
        if brief.title_zh not in ("", brief.title_en):
            titles.append((one(0, MEASURE, brief.title_zh, "zh", less),))
        bookmark = Bookmark(f"{self.prefix}top", brief.title_en, 0) if self.prefix else None
        yield Block(tuple(titles), below=3 * MM, between=1.2 * MM, keep=True, bookmark=bookmark)
        quiet = [*filter(any, (brief.titles_note,)), *brief.front]
        if quiet:
            strata = tuple(self.pair(en, zh, QUIET) for en, zh in quiet)
            yield Block(strata, below=3 * MM, between=0.8 * MM, keep=True)
        said = self.pair(*brief.statement, Look(SMALL + 0.4, ragged=True), PAD)
        yield Block((said,), above=PAD - 1, below=PAD, tint=PANEL)
        yield Block((), above=2 * MM)

    def pair(self, en: str, zh: str, look: Look, inset: float = 0) -> Stratum:
        """English on the left, Chinese on the right, outside the item columns."""
        left, right = self.columns(inset, inset)
        one = self.setter.one
        return one(*left, en, "en", look), one(*right, zh, "zh", look)

    def columns(self, start: float, end: float = 0) -> tuple[tuple[float, float], tuple[float, float]]:
        """Place and width of the English and the Chinese column right of `start`."""
        room = MEASURE - self.gutter - BETWEEN
        at = self.gutter + room * ENGLISH_SHARE + BETWEEN
        return (start, at - BETWEEN - start), (at, MEASURE - at - end)

    def heading(self, part: Heading, level: int) -> Block:
        """English and Chinese on one line where both fit, else under each other."""
        size = HEADING_SIZES[min(part.level, len(HEADING_SIZES)) - 1]
        look = Look(size, NAVY, bold=True, tight=True)
        en, zh = (tuple(run for paragraph in cell for run in paragraph) for cell in (part.en, part.zh))
        both = (*en, Run("\u2003" if en and zh else "", "en"), *zh)
        column = self.setter.column(0, MEASURE, (both,), look)
        strata: tuple[Stratum, ...] = ((column,),)
        if len(column.lines) > 1 and en and zh:
            strata = tuple((self.setter.column(0, MEASURE, (side,), look),) for side in (en, zh))
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
        said = self.pair(part.en, part.zh, look, PAD)
        return Block((said,), above=1.6 * MM, below=2 * MM, tint=SAND, keep=True)

    def row(self, part: Row | Alone, level: int) -> Iterator[Block]:
        """An item as one block; paragraphs outside items as a block each."""
        strata = self.strata(part)
        made = Block(strata, above=1.9 * MM, below=2.3 * MM, between=SIZE * 0.45, rule=True)
        made = replace(made, bookmark=Bookmark(self.prefix + part.anchor, part.outline, level))
        if not part.number:
            for at, stratum in enumerate(strata):
                alone = replace(made, strata=(stratum,))
                yield replace(alone, bookmark=None, rule=False, above=0) if at else alone
            return
        label = self.setter.label(part.number, self.gutter - 1.5 * MM)
        yield replace(made, strata=((label, *strata[0]), *strata[1:]), again=self.again(part.number))

    def again(self, number: str) -> Stratum:
        """What opens the continuation of an item on another page."""
        runs = Run(number, "en", "title"), Run(f" (cont./{AGAIN[self.setter.zh]})", "zh")
        return (self.setter.column(0, MEASURE, (runs,), Look(SMALL, NAVY)),)

    def strata(self, part: Row | Alone) -> tuple[Stratum, ...]:
        """Paragraph beside paragraph where both sides have as many, else all beside all."""
        column = self.setter.column
        if isinstance(part, Alone):
            width = MEASURE - self.gutter
            return tuple((column(self.gutter, width, (paragraph,)),) for paragraph in part.cell)
        left, right = self.columns(self.gutter)
        if len(part.en) == len(part.zh):
            pairs = zip(part.en, part.zh, strict=True)
            return tuple((column(*left, (en,)), column(*right, (zh,))) for en, zh in pairs)
        return ((column(*left, part.en), column(*right, part.zh)),)


def composer(setter: Setter, brief: Brief, prefix: str = "") -> Composer:
    """A composer whose gutter takes the widest of the brief's numbers, or none."""
    numbers = {part.number for part in brief.parts if isinstance(part, Row | Alone)} - {""}
    look = Look(TEXT.size, NAVY, bold=True)
    widest = max((setter.wide(number, look) for number in numbers), default=0)
    gutter = min(max(widest + 2 * MM, GUTTER), WIDEST_GUTTER) if numbers else 0
    return Composer(setter, gutter, prefix, 1 if prefix else 0)

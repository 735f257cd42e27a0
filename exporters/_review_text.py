"""Bitext -> what the rows of a table for reviewers say of each side: labels, sentences, marks, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from align.model import Bitext, Block, Document, Lang, Link, Segment, reading, segments, walk
from align.units import flatten, units_of

from ._drafts import opening_marks
from ._labels import closing, gap, is_worded, label, runs_in, space
from ._runs import Cell, Paragraph, Run
from ._wording import MISSING, OMITTED, TRUNCATED, in_script


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a sentence: in which line of the document it is, and what is printed before and after it.

    The last paragraph of `before` goes on with the sentence, and the first of `after` goes on from it.
    """

    line: int
    before: Cell = ()
    after: Cell = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The text of every row; `titles` are the ids of the sentences that are headings."""

    held: Mapping[str, Segment]
    titles: frozenset[str]
    around: Mapping[str, Surroundings]
    drafts: Mapping[str, Paragraph]
    tag: str

    def side(self, link: Link, lang: Lang) -> Cell:
        """The sentences of one side as printed, a paragraph to a line, or a mark for what is not there."""
        names = link.en if lang == "en" else link.zh
        if not names:
            return ((self._mark(OMITTED if "omitted" in link.flags else MISSING, lang),),)
        made: list[Paragraph] = []
        line = -1
        for name in names:
            around = self.around[name]
            first, *others = around.before or ((),)
            made[len(made) :] = [()] if around.line != line else []
            made[-1] += (*(gap(lang) if made[-1] else ()), *self._draft(name), *first)
            made += others
            made[-1] += tuple(self._sentence(name, lang))
            first, *others = around.after or ((),)
            made[-1] += first
            made += others
            line = around.line
        return tuple(made)

    def said(self, name: str, lang: Lang) -> str:
        """A sentence with what is printed around it, in one line."""
        cell = self.side(Link((name,), ()) if lang == "en" else Link((), (name,)), lang)
        return " ".join("".join(run.text for run in paragraph if run.style != "mark") for paragraph in cell).strip()

    def _draft(self, name: str) -> Paragraph:
        return (*self.drafts[name], Run(" ", "en")) if name in self.drafts else ()

    def _sentence(self, name: str, lang: Lang) -> Iterator[Run]:
        yield Run(reading(self.held[name]), lang, "title" if name in self.titles else "text")
        if self.held[name].truncated:
            yield self._mark(TRUNCATED, lang)

    def _mark(self, said: Mapping[str, str], lang: Lang) -> Run:
        return Run(in_script(said[lang], self.tag) if lang == "zh" else said[lang], lang, "mark")


def rows_of(bitext: Bitext) -> Rows:
    """The text of a table for reviewers."""
    held = {segment.id: segment for document in bitext.documents for segment in segments(document)}
    titles = {s.id for document in bitext.documents for block in walk(document.blocks) for s in block.heading}
    titles |= {segment.id for document in bitext.documents for segment in document.heading}
    numbered = _numbered(bitext)
    around = {name: each for d in bitext.documents for name, each in _Reader(d, numbered).read().items()}
    return Rows(held, frozenset(titles), around, opening_marks(bitext), bitext.zh.tag)


def _numbered(bitext: Bitext) -> frozenset[str]:
    """The items whose own number stands in the column of numbers."""
    items = (unit for unit in flatten(units_of(bitext)) if unit.kind == "item")
    return frozenset(b.id for unit in items for side in unit.sides for b in side if b.number == unit.number)


class _Reader:
    """Reads a document in printed order and keeps, until the next sentence comes, what is printed before it."""

    def __init__(self, document: Document, numbered: frozenset[str]) -> None:
        self.document = document
        self.numbered = numbered
        self.found: dict[str, Surroundings] = {}
        self.waiting: list[Paragraph] = [()]
        self.line = 0
        self.opens = True

    def read(self) -> dict[str, Surroundings]:
        """What stands around every sentence, by its id; a label with nothing after it stands behind the last one."""
        for segment in self.document.heading:
            self._sentence(segment)
        goes_on = False
        for block in walk(self.document.blocks):
            if not goes_on:
                self._break()
            goes_on = self._block(block)
        if any(self.waiting) and self.found:
            last = next(reversed(self.found))
            at = self.found[last]
            self.found[last] = Surroundings(at.line, at.before, (*(at.after or ((),)), *filter(None, self.waiting)))
        return self.found

    def _block(self, block: Block) -> bool:
        """Reads a block's own text; whether the first block inside it goes on in the same line."""
        lang = self.document.id
        shown = label(block, lang) if block.id not in self.numbered or is_worded(block) else ()
        self.waiting[-1] += shown
        for segment in block.heading:
            self._sentence(segment, closing(block, lang) if segment is block.heading[-1] else ())
        titled = bool(shown or block.heading)
        inline = titled and runs_in(block) and block.kind != "section"
        if titled and not inline:
            self._break()
        elif shown and not block.heading and (block.segments or block.blocks):
            self.waiting[-1] += space(block, lang)
        for segment in block.segments:
            self._sentence(segment)
        return inline and not block.segments and bool(block.blocks)

    def _sentence(self, segment: Segment, after: Paragraph = ()) -> None:
        self.found[segment.id] = Surroundings(self.line, tuple(self.waiting), (after,) if after else ())
        self.waiting = [()]
        self.opens = False

    def _break(self) -> None:
        """What follows begins a line."""
        if self.waiting[-1]:
            self.waiting.append(())
        if not self.opens:
            self.line += 1
            self.opens = True

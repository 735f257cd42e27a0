"""Bitext -> what a brief says, row by row, before any page is made; docx and pdf set the same brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from align.drafts import drafted, drafted_languages, mark
from align.model import Bitext, Block, Lang, Link, Segment, reading
from align.summary import summarise, suspects
from align.units import Gaps, Group, Unit, gaps, units_of

from ._cover import BOTH, Cover, cover
from ._labels import closing, gap, is_worded, label, runs_in, space
from ._runs import Cell as Cell
from ._runs import Paragraph as Paragraph
from ._runs import Run as Run
from ._side_by_side import answers, block_links, levels, side_by_side
from ._wording import (
    MISSING,
    OMITTED,
    OMITTED_RUN,
    SUSPECT,
    TRUNCATED,
    in_script,
    lacking_en,
    lacking_zh,
    titles_note,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A bilingual section heading; an empty side is one that is not held."""

    anchor: str
    level: int
    en: Cell
    zh: Cell
    outline: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item or a run of paragraphs, English beside Chinese.

    `levels` says after how many paragraphs of both sides what follows begins at one height.
    """

    anchor: str
    number: str
    en: Cell
    zh: Cell
    outline: str
    levels: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Says, in both languages, what the rows that follow lack, and which of them have numbers."""

    en: str
    zh: str
    lacking: Lang = "zh"
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alone:
    """An item or a run of paragraphs of one language, set over the full width under a note."""

    anchor: str
    number: str
    lang: Lang
    cell: Cell
    outline: str


Part = Heading | Row | Note | Alone


@dataclass(frozen=True, slots=True)
class Brief:
    """`front` are the lines under the titles, `statement` the honest sentences, one per language."""

    title_en: str
    title_zh: str
    titles_note: tuple[str, str]
    zh_tag: str
    date: str
    front: tuple[tuple[str, str], ...]
    statement: tuple[str, str]
    parts: tuple[Part, ...]
    drafts: tuple[tuple[Lang, str], ...] = ()
    """What every page is to say of the drafts in each language."""
    covers: Mapping[Lang, Cover] = field(default_factory=dict)
    """What stands under the titles of an edition of one language."""


def brief(bitext: Bitext) -> Brief:
    """What a brief of this bitext says, on the cover and row by row."""
    summary = summarise(bitext)
    tag = bitext.zh.tag
    links = frozenset(block_links(bitext))
    frame = _Frame(gaps(bitext), tag, links, drafted(bitext), suspects(bitext), answers(bitext))
    note_en, note_zh = titles_note(bitext)
    both = cover(bitext, summary)
    titles = {title.lang: title.text for title in bitext.meta.titles}
    return Brief(
        title_en=titles.get("en", "" if titles else bitext.meta.name),
        title_zh=titles.get("zh", ""),
        titles_note=(note_en, in_script(note_zh, tag)),
        zh_tag=tag,
        date=bitext.meta.date,
        front=both.front,
        statement=both.statement,
        parts=(*_own_heading(bitext, frame), *_parts(units_of(bitext), 1, frame)),
        drafts=tuple((lang, mark(each, tag)) for lang, found in drafted_languages(bitext).items() for each in found),
        covers={lang: cover(bitext, summary, (lang,)) for lang in BOTH},
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every row needs to know: where sentences are missing, and the script of the Chinese."""

    holes: Gaps
    tag: str
    links: frozenset[tuple[str, str]] = frozenset()
    drafts: Mapping[str, str] = field(default_factory=dict)
    suspects: frozenset[str] = frozenset()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def missing(self, lang: Lang) -> Cell:
        """A cell that says there is no text."""
        return ((self.mark(MISSING, lang),),)

    def omitted(self, links: tuple[Link, ...], lang: Lang) -> Paragraph:
        """The mark for sentences that this side lacks in one place."""
        count = sum(len(link.en) + len(link.zh) for link in links)
        if not count:
            return ()
        said = OMITTED if count == 1 else {side: form.format(count) for side, form in OMITTED_RUN.items()}
        return (self.mark(said, lang),)

    def draft(self, group: Group) -> Cell:
        """What a draft says of itself, above its text."""
        found = dict.fromkeys(self.drafts[block.id] for block in group if block.id in self.drafts)
        said = (mark(standing, self.tag).partition("〔") for standing in found)
        return tuple((Run(en, "en", "mark"), Run(bracket + zh, "zh", "mark")) for en, bracket, zh in said)

    def mark(self, said: Mapping[str, str], lang: Lang) -> Run:
        """A mark of ours, in one language."""
        return Run(in_script(said[lang], self.tag) if lang == "zh" else said[lang], lang, "mark")


def _own_heading(bitext: Bitext, frame: _Frame) -> Iterator[Heading]:
    """What the documents print as their own heading, where it does not stand as the title already."""
    printed = [" ".join(reading(segment) for segment in document.heading) for document in bitext.documents]
    if all(not text or text == bitext.meta.title(d.id) for text, d in zip(printed, bitext.documents, strict=True)):
        return
    en, zh = (((Run(text, d.id, "title"),),) if text else () for text, d in zip(printed, bitext.documents, strict=True))
    yield Heading("en.h" if en else "zh.h", 1, en or frame.missing("en"), zh or frame.missing("zh"), " ".join(printed))


def _parts(found: Iterable[Unit], level: int, frame: _Frame) -> Iterator[Part]:
    for lacking, run in groupby(found, key=_lacking):
        members = list(run)
        if lacking and len(members) > 1:
            yield _note(members, lacking, frame.tag)
            yield from (_alone(unit, frame) for unit in members)
            continue
        for unit in members:
            if unit.kind == "section":
                yield _heading(unit, level, frame)
                yield from _parts(unit.inner, level + 1, frame)
            elif unit.kind == "item":
                yield _row(unit, frame)
            else:
                yield from (_row(part, frame) for part in side_by_side(unit, frame.links))


def _lacking(unit: Unit) -> Lang | None:
    """The language that a unit other than a section does not have."""
    if unit.kind == "section" or (unit.en and unit.zh):
        return None
    return "zh" if unit.en else "en"


def _note(members: list[Unit], lacking: Lang, tag: str) -> Note:
    numbers = tuple(unit.number for unit in members if unit.number)
    return Note(lacking_en(numbers, lacking), in_script(lacking_zh(numbers, lacking), tag), lacking, numbers)


def _heading(unit: Unit, level: int, frame: _Frame) -> Heading:
    en, zh = (tuple(filter(None, (_title(block, lang, frame) for block in side))) for side, lang in _langs(unit))
    outline = " ".join(run.text for cell in (en, zh) for paragraph in cell for run in paragraph)
    return Heading((unit.en or unit.zh)[0].id, level, en or frame.missing("en"), zh or frame.missing("zh"), outline)


def _langs(unit: Unit) -> tuple[tuple[Group, Lang], tuple[Group, Lang]]:
    return (unit.en, "en"), (unit.zh, "zh")


def _row(unit: Unit, frame: _Frame) -> Row:
    en, zh = (
        (
            *frame.draft(side),
            *(_cell(side, lang, frame) or ((frame.mark(MISSING, lang),),)),
            *(((frame.mark(SUSPECT, lang),),) if unit.en and unit.en[0].id in frame.suspects else ()),
        )
        for side, lang in _langs(unit)
    )
    level = levels(en, zh, frame.answers)
    return Row((unit.en or unit.zh)[0].id, _gutter(unit), en, zh, _outline(unit, frame), level)


def _alone(unit: Unit, frame: _Frame) -> Alone:
    lang: Lang = "en" if unit.en else "zh"
    cell = (*frame.draft(unit.en or unit.zh), *_cell(unit.en or unit.zh, lang, frame))
    return Alone((unit.en or unit.zh)[0].id, _gutter(unit), lang, cell, _outline(unit, frame))


def _gutter(unit: Unit) -> str:
    """The number of an item; a point outside any item prints its own label."""
    return unit.number if unit.kind == "item" else ""


def _outline(unit: Unit, frame: _Frame) -> str:
    """The number and the titles; that of a draft is nobody's."""
    held = [side[0] for side in unit.sides if side and side[0].kind == "item" and side[0].id not in frame.drafts]
    titles = [" ".join(reading(segment) for segment in block.heading) for block in held]
    return " ".join(filter(None, (_gutter(unit), *titles)))


def _cell(group: Group, lang: Lang, frame: _Frame) -> Cell:
    """The paragraphs of one side; a run-in title opens the first paragraph of its item."""
    made: list[Paragraph] = []
    for block in group:
        title = _title(block, lang, frame, labelled=block.kind != "item" or is_worded(block))
        paragraphs = [_sentences(block.segments, lang, frame)] if block.segments else []
        paragraphs += _cell(block.blocks, lang, frame)
        marks = [mark for segment in block.heading for mark in _around(segment, lang, frame) if mark]
        if title and paragraphs and not marks and runs_in(block):
            paragraphs[0] = (*title, *space(block, lang), *paragraphs[0])
        elif title:
            paragraphs = [title, *marks, *paragraphs]
        made += paragraphs
    return tuple(made)


def _around(segment: Segment, lang: Lang, frame: _Frame) -> tuple[Paragraph, Paragraph]:
    """The marks for what is missing before and after a segment."""
    before, after = frame.holes.before.get(segment.id, ()), frame.holes.after.get(segment.id, ())
    return frame.omitted(before, lang), frame.omitted(after, lang)


def _title(block: Block, lang: Lang, frame: _Frame, labelled: bool = True) -> Paragraph:
    """Label, heading and delimiter as printed, readings in place."""
    runs = [*label(block, lang)] if labelled else []
    for at, segment in enumerate(block.heading):
        runs += [*(gap(lang) if at else ()), *_sentence(segment, lang, frame, "title")]
    return (*runs, *closing(block, lang))


def _sentences(run: Iterable[Segment], lang: Lang, frame: _Frame) -> Paragraph:
    made: list[Run] = []
    for segment in run:
        made += gap(lang) if made else ()
        before, after = _around(segment, lang, frame)
        made += [*before, *gap(lang)] if before else []
        made += _sentence(segment, lang, frame, "text")
        made += [*gap(lang), *after] if after else []
    return tuple(made)


def _sentence(segment: Segment, lang: Lang, frame: _Frame, style: Literal["text", "title"]) -> Iterator[Run]:
    yield Run(reading(segment), lang, style, segment.id)
    if segment.truncated:
        yield frame.mark(TRUNCATED, lang)

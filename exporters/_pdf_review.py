"""Bitext -> a table for reviewers: every bead with the ids of its sentences, its confidence and its flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from align.model import Bitext, Link, reading, segments
from align.units import flatten, own_segments, units_of

from ._blocks import Block, Bookmark, Stratum, leads_in
from ._composition import Composer
from ._faces import Need, edition_of
from ._pdf_sheet import MM, Sheet
from ._pdf_tags import DOCUMENT, Element
from ._remarks import beside, decisions, remarked
from ._review_text import Rows, rows_of
from ._runs import Paragraph, Run
from ._setting import GREY, NAVY, RUST, Look, Setter
from ._wording import FLAGS, MISSING, OMITTED, TRUNCATED, in_script

SHARES = (12, 24, 86, 24, 74, 15, 28)
"""How the width is shared among the columns: item, ids, English, ids, Chinese, confidence, flags."""
BETWEEN = 3.2 * MM
HEADS = (
    ("Item", "项"),
    ("ids", "编号"),
    ("English", "英文"),
    ("ids", "编号"),
    ("Chinese", "中文"),
    ("Conf.", "置信"),
    ("Flags", "标记"),
)
IDS, SMALL = Look(6.6, GREY, ragged=True), Look(7.2, ragged=True)
KEPT = 3
"""So many rows with titles in a row stay with what follows them."""
MANY_IDS = 4
SCOPE = "<</O /Table /Scope /Column>>"


@dataclass(frozen=True, slots=True)
class _Table:
    """What the rows of one table have in common."""

    composer: Composer
    rows: Rows
    element: Element
    decided: Mapping[str, tuple[Paragraph, ...]]


def review_needs(bitext: Bitext) -> Iterator[Need]:
    """The text of the table."""
    zh = edition_of(bitext.zh.tag)
    for document in bitext.documents:
        for segment in segments(document):
            for bold in (False, True):
                yield Need(reading(segment), "en" if document.id == "en" else zh, bold)
            yield Need(segment.id, "en")
    rows = rows_of(bitext)
    for link in bitext.links:
        for run in (run for side in (rows.side(link, "en"), rows.side(link, "zh")) for line in side for run in line):
            if run.style != "text":
                for bold in (False, True):
                    yield Need(run.text, zh if run.lang == "zh" else "en", bold)
    read = (said for lines in decisions(bitext).values() for said in lines)
    remarks = (said for link in bitext.links for said in remarked(link))
    for run in (run for said in (*remarks, *read) for run in said):
        yield Need(run.text, zh if run.lang == "zh" else "en")
    for en, other in (*HEADS, *FLAGS.values(), *((m["en"], m["zh"]) for m in (MISSING, OMITTED, TRUNCATED))):
        for bold in (False, True):
            yield Need(en, "en", bold)
            yield Need(in_script(other, bitext.zh.tag), zh, bold)


def reviewed(composer: Composer, bitext: Bitext) -> Iterator[Block]:
    """The head of the table, then a row for each bead; the first of an item or section begins with its number."""
    units = list(flatten(units_of(bitext)))
    home = {name: at for at, unit in enumerate(units) for side in unit.sides for name in own_segments(side)}
    table = _Table(composer, rows_of(bitext), Element("Table", parent=DOCUMENT), decisions(bitext))
    yield head(table)
    before, titles = -1, 0
    for link in bitext.links:
        at = home.get((link.en or link.zh)[0], -1)
        unit = units[at] if at >= 0 else None
        number = unit.number if unit and unit.kind == "item" and at != before else ""
        row = _row(table, link, number)
        if unit and unit.kind == "item" and unit.number:
            again = (replace(said, below=said.below + 0.8 * MM) for said in composer.continued(unit.number))
            row = replace(row, again=tuple(again), resumes=at == before)
        if unit and at != before:
            title = _short(f"{number} {_opening(table, link, labelled=not number)}")
            mark = Bookmark(composer.prefix + (unit.en or unit.zh)[0].id, title, composer.level)
            row = replace(row, bookmark=mark)
        before = at
        titles = titles + 1 if table.rows.titles.issuperset((*link.en, *link.zh)) else 0
        yield replace(row, keep=0 < titles <= KEPT or leads_in(row.strata[0]))


def head(table: _Table) -> Block:
    """The row of the column heads."""
    row = Element("TR", parent=table.element)
    cells = tuple(Element("TH", parent=row, attributes=SCOPE) for _ in HEADS)
    return Block((heads(table.composer.setter, table.composer.sheet, cells),), below=1 * MM, keep=True, elements=cells)


def heads(setter: Setter, sheet: Sheet, cells: Sequence[Element | None] = ()) -> Stratum:
    """The column heads; on later pages they are decoration."""
    look = Look(6.6, NAVY, bold=True, tight=True)
    return tuple(
        setter.column(*place, ((Run(en, "en"), Run(" ", "en"), Run(setter.own(zh), "zh")),), look, cell)
        for place, (en, zh), cell in zip(places(sheet), HEADS, cells or (None,) * len(HEADS), strict=True)
    )


def places(sheet: Sheet) -> list[tuple[float, float]]:
    """Where each column begins and how wide it is."""
    room = sheet.measure - BETWEEN * (len(SHARES) - 1)
    made, x = [], 0.0
    for share in SHARES:
        width = room * share / sum(SHARES)
        made.append((x, width))
        x += width + BETWEEN
    return made


def _row(table: _Table, link: Link, number: str) -> Block:
    row = Element("TR", parent=table.element)
    cells = tuple(Element("TD", parent=row) for _ in HEADS)
    setter = table.composer.setter
    at = places(table.composer.sheet)
    doubtful = "doubtful" in link.flags
    bold = Look(SMALL.size, NAVY, bold=True)
    said: tuple[tuple[tuple[Paragraph, ...], Look | None], ...] = (
        (_cell(number), bold),
        (_ids(link.en), IDS),
        (table.rows.side(link, "en"), None),
        (_ids(link.zh), IDS),
        (table.rows.side(link, "zh"), None),
        (
            _cell(f"{link.confidence:.2f}" if link.en and link.zh else ""),
            replace(SMALL, colour=RUST) if doubtful else SMALL,
        ),
        (_said(table, link), SMALL),
    )
    columns: Stratum = tuple(
        setter.column(*place, cell, look, element) for place, (cell, look), element in zip(at, said, cells, strict=True)
    )
    return Block((columns,), above=1.2 * MM, below=1.4 * MM, between=0.8 * MM, rule=True, elements=cells)


def _cell(said: str) -> tuple[Paragraph, ...]:
    return ((Run(said, "en"),),) if said else ()


def _ids(names: tuple[str, ...]) -> tuple[Paragraph, ...]:
    return tuple((Run(name, "en"),) for name in listed(names))


def listed(names: Sequence[str]) -> Iterator[str]:
    """Ids of sentences; many that count on are said by the first and the last of them."""
    runs: list[list[str]] = []
    for name in names:
        stem, _, number = name.rpartition(".s")
        if runs and number.isdigit() and runs[-1][-1] == f"{stem}.s{int(number) - 1}":
            runs[-1].append(name)
        else:
            runs.append([name])
    for run in runs:
        yield from run if len(run) <= MANY_IDS else (f"{run[0]} – {run[-1].rpartition('.')[2]}",)


def _flags(link: Link) -> Iterator[tuple[str, str]]:
    yield from (FLAGS.get(flag, (flag, flag)) for flag in link.flags)
    if link.status == "confirmed":
        yield FLAGS["confirmed"]


def _said(table: _Table, link: Link) -> tuple[Paragraph, ...]:
    """The flags, and what a person remarked and reads otherwise."""
    own = table.composer.setter.own
    flags = tuple((Run(en, "en"), Run(" ", "en"), Run(own(zh), "zh")) for en, zh in _flags(link))
    return (*flags, *beside(link, table.decided))


def _opening(table: _Table, link: Link, labelled: bool) -> str:
    """The first sentence of each side, with its label where no number is said."""
    rows = table.rows
    firsts = (("en", name) for name in link.en[:1]), (("zh", name) for name in link.zh[:1])
    return " ".join(
        rows.said(name, "zh" if lang == "zh" else "en") if labelled else reading(rows.held[name])
        for lang, name in chain(*firsts)
    )


def _short(said: str) -> str:
    said = said.strip()
    return said if len(said) < 90 else said[:90].rstrip() + "…"

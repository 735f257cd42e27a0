"""Bitext -> a table for reviewers in a DOCX: every bead with its sentences' ids, its confidence and its flags."""

from __future__ import annotations

from collections.abc import Iterator

from align.model import Bitext, Lang
from align.units import flatten, own_segments, units_of

from ._docx_setting import Setter
from ._pdf_review import HEADS, SHARES, listed
from ._remarks import beside, decisions
from ._review_text import rows_of
from ._wml import Element, cell, paragraph, row, table
from ._wording import FLAGS

DETAIL = "ReviewDetail"
LOOKS: dict[Lang, str] = {"en": "ReviewEnglish", "zh": "ReviewChinese"}
SHORT = 900
"""Characters of a row that is kept on one page."""


def review(bitext: Bitext, at: Setter) -> Element:
    """The table; the first bead of an item or a section begins with its number and has its bookmark."""
    widths = [at.sheet.text * share // sum(SHARES) for share in SHARES]
    widths[-1] += at.sheet.text - sum(widths)
    head = row(
        (cell(w, (paragraph("ReviewHead", *at.pair(*n)),)) for w, n in zip(widths, HEADS, strict=True)),
        whole=True,
        heads=True,
    )
    caption = " | ".join(" ".join(name) for name in HEADS)
    return table("BilingualTable", widths, caption, (head, *_rows(bitext, widths, at)), first=True)


def _rows(bitext: Bitext, widths: list[int], at: Setter) -> Iterator[Element]:
    units = list(flatten(units_of(bitext)))
    home = {name: n for n, unit in enumerate(units) for side in unit.sides for name in own_segments(side)}
    text, decided = rows_of(bitext), decisions(bitext)
    before = -1
    for link in bitext.links:
        place = home.get((link.en or link.zh)[0], -1)
        unit = units[place] if place >= 0 and place != before else None
        before = place
        number = at.words(unit.number if unit and unit.kind == "item" else "", "en")
        if unit:
            number = at.bookmarks.around((unit.en or unit.zh)[0].id, number)
        flags = [*link.flags, *(("confirmed",) if link.status == "confirmed" else ())]
        sides = [
            tuple(paragraph(LOOKS[lang], *at.line(said)) for said in text.side(link, lang)) for lang in at.sheet.langs
        ]
        sure = f"{link.confidence:.2f}" if link.en and link.zh else ""
        cells = (
            (paragraph("ReviewNumber", *number),),
            _details(link.en, at),
            sides[0],
            _details(link.zh, at),
            sides[1],
            (paragraph(DETAIL, *at.words(sure, "en")),),
            (
                *(paragraph(DETAIL, *at.pair(*FLAGS.get(flag, (flag, flag)))) for flag in flags),
                *(paragraph(DETAIL, *at.line(said)) for said in beside(link, decided)),
            ),
        )
        yield row((cell(w, held or (paragraph(DETAIL),)) for w, held in zip(widths, cells, strict=True)), whole=True)


def _details(names: tuple[str, ...], at: Setter) -> tuple[Element, ...]:
    return tuple(paragraph(DETAIL, *at.words(name, "en")) for name in listed(names))

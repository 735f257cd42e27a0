"""Briefs -> a DOCX as bytes: one section of pages for each, with header and footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Twips

from align.model import Bitext

from ._brief import Brief, Note
from ._docx_body import SPACE, body, opening
from ._docx_comments import Comments
from ._docx_package import describe, packed, prepare
from ._docx_review import review
from ._docx_setting import Setter, setter
from ._docx_sheet import Sheet
from ._docx_styles import Face, face, style_id
from ._pdf_notes import flagged
from ._wml import PREFIX, Bookmarks, Element, element, field, paragraph, tab

TOP, BOTTOM, EDGE = 1304, 1191, 624
EN_LENGTH, ZH_LENGTH = 62, 24
"""How much of a title the header shows."""


def docx(held: Sequence[tuple[Bitext, Brief]], sheet: Sheet, name: str) -> bytes:
    """The DOCX of these briefs on one kind of page; `name` is its title where there is more than one."""
    document, shared = Document(), (Bookmarks(), Comments())
    main = face(held[0][1].zh_tag if held else "")
    prepare(document, main, sheet.text)
    for at, (bitext, said) in enumerate(held):
        own = _setter(bitext, said, sheet, main, shared)
        _open_section(document, own, said, first=not at)
        end = document.element.body[-1]
        for made in (
            (*opening(said, own), review(bitext, own)) if sheet.layout == "review" else body(said, own, len(held) == 1)
        ):
            end.addprevious(made)
    shared[1].attach(document.part)
    alone = held[0][1] if len(held) == 1 else None
    title = " · ".join(filter(None, dict.fromkeys((alone.title_en, alone.title_zh)))) if alone else name
    langs = {"en": "en-US", "zh": main.lang}
    describe(document, title, ", ".join(langs[lang] for lang in sheet.langs), alone.date if alone else "")
    return packed(document)


def _setter(bitext: Bitext, said: Brief, sheet: Sheet, main: Face, shared: tuple[Bookmarks, Comments]) -> Setter:
    """What is flagged stands in the table for reviewers, and in comments elsewhere."""
    anchors = {part.anchor for part in said.parts if not isinstance(part, Note)}
    found = () if sheet.layout == "review" else flagged(bitext, anchors)
    return setter(said, sheet, main, face(said.zh_tag), shared, found)


def _open_section(document: Any, own: Setter, said: Brief, first: bool) -> None:
    if first:
        section = document.sections[0]
        _lay_out(section, own.sheet)
        for footer in (section.first_page_footer, section.footer):
            _refill(footer, _footer(own))
    else:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        document.element.body[-2].find(f"{PREFIX}pPr").insert(0, element("pStyle", val=SPACE))
    _refill(section.header, _header(said, own))


def _lay_out(section: Any, sheet: Sheet) -> None:
    section.page_width, section.page_height = Twips(sheet.width), Twips(sheet.height)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.width > sheet.height else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Twips(sheet.side)
    section.top_margin, section.bottom_margin = Twips(TOP), Twips(BOTTOM)
    section.header_distance = section.footer_distance = Twips(EDGE)
    section.different_first_page_header_footer = True


def _refill(furniture: Any, held: Element) -> None:
    furniture.is_linked_to_previous = False
    furniture.part.element[:] = [held]


def _header(said: Brief, own: Setter) -> Element:
    en, zh = said.title_en, said.title_zh if said.title_zh != said.title_en else ""
    runs = [*own.words(_shortened(en, EN_LENGTH), "en"), tab()]
    runs += own.words(_shortened(zh, ZH_LENGTH), "zh") if zh else ()
    return paragraph(style_id("header"), *runs)


def _shortened(title: str, length: int) -> str:
    """The title, cut between words where it has any, with an ellipsis."""
    if len(title) <= length:
        return title
    return f"{title[:length].rpartition(' ')[0] or title[: length - 1]}…"


def _footer(own: Setter) -> Element:
    en = (*own.words("Page ", "en"), field("PAGE", "1"), *own.words(" of ", "en"), field("NUMPAGES", "1"))
    zh = (*own.ours("第"), field("PAGE", "1"), *own.ours("页，共"), field("NUMPAGES", "1"), *own.ours("页"))
    said = {"en": en, "zh": zh}
    between = own.words(" · ", "en") if len(own.sheet.langs) == 2 else ()
    first, *rest = (said[lang] for lang in own.sheet.langs)
    return paragraph(style_id("footer"), *first, *between, *(each for runs in rest for each in runs))

"""Briefs -> a DOCX as bytes: one section of A4 pages for each, with header and footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Twips

from ._brief import Brief
from ._docx_body import SPACE, Setter, body, setter
from ._docx_package import describe, packed, prepare
from ._docx_styles import TEXT_WIDTH, face, style_id
from ._wml import PREFIX, Bookmarks, Element, element, field, paragraph, tab

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, BOTTOM, EDGE = 1304, 1191, 624
EN_LENGTH, ZH_LENGTH = 62, 24
"""How much of a title the header shows."""


def docx(briefs: Sequence[Brief], name: str) -> bytes:
    """The DOCX of these briefs; `name` is its title where there is more than one."""
    document, bookmarks = Document(), Bookmarks()
    sheet = face(briefs[0].zh_tag if briefs else "")
    prepare(document, sheet)
    for at, said in enumerate(briefs):
        own = setter(said, face(said.zh_tag), sheet, bookmarks)
        _open_section(document, own, said, first=not at)
        end = document.element.body[-1]
        for made in body(said, own):
            end.addprevious(made)
    alone = briefs[0] if len(briefs) == 1 else None
    title = " · ".join(dict.fromkeys((alone.title_en, alone.title_zh))) if alone else name
    describe(document, title, f"en-US, {sheet.lang}", alone.date if alone else "")
    return packed(document)


def _open_section(document: Any, own: Setter, said: Brief, first: bool) -> None:
    if first:
        section = document.sections[0]
        _lay_out(section)
        for footer in (section.first_page_footer, section.footer):
            _refill(footer, _footer(own))
    else:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        document.element.body[-2].find(f"{PREFIX}pPr").insert(0, element("pStyle", val=SPACE))
    _refill(section.header, _header(said, own))


def _lay_out(section: Any) -> None:
    side = (PAGE_WIDTH - TEXT_WIDTH) // 2
    section.page_width, section.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Twips(side)
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
    return paragraph(style_id("footer"), *en, *own.words(" · ", "en"), *zh)

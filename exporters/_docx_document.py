"""Briefs -> a DOCX as bytes: one section of pages for each, with header and footer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Twips

from align.export import Options
from align.model import Bitext

from ._brief import Brief, Note
from ._docx_body import SPACE, body, opening
from ._docx_comments import Comments
from ._docx_house import Ground, ground, logo
from ._docx_package import describe, packed
from ._docx_review import review
from ._docx_setting import Setter, setter
from ._docx_sheet import Sheet
from ._docx_styles import Face, face, style_id
from ._docx_template import evens, turned
from ._drafts import draft_runs, running
from ._pdf_notes import flagged, homes, not_applied
from ._remarks import remarks
from ._wml import PREFIX, Bookmarks, Element, element, field, paragraph, tab

EDGE = 624
SIZE, LETTER, BETWEEN = 160, 0.56, 3
"""Of the header: the size of its letters in twips, how wide an English one is in these, and what stays white."""


def docx(held: Sequence[tuple[Bitext, Brief]], sheet: Sheet, options: Options) -> bytes:
    """The DOCX of these briefs on one kind of page; the options' name is its title where there is more than one."""
    shared, theme = (Bookmarks(), Comments()), options.house.theme
    main = face(held[0][1].zh_tag if held else "", theme)
    on = ground(sheet, main, options.house, options.tell)
    document, sheet = on.document, on.sheet
    for at, (bitext, said) in enumerate(held):
        own = _setter(bitext, said, sheet, main, face(said.zh_tag, theme), shared)
        _open_section(on, own, said, first=not at)
        end = document.element.body[-1]
        if theme.logo:
            end.addprevious(logo(document, theme.logo))
        for made in (
            (*opening(said, own), review(bitext, own)) if sheet.layout == "review" else body(said, own, len(held) == 1)
        ):
            end.addprevious(made)
    on.restyle(document.element.body)
    for comment in shared[1].held:
        on.restyle(comment)
    drafts = " · ".join(filter(None, dict.fromkeys(running(said, sheet.langs) for _, said in held)))
    if drafts:
        _say_drafts(on, own, drafts)
    shared[1].attach(document.part)
    alone = held[0][1] if len(held) == 1 else None
    title = " · ".join(filter(None, dict.fromkeys((alone.title_en, alone.title_zh)))) if alone else options.name
    langs = {"en": "en-US", "zh": main.lang}
    describe(document, title, ", ".join(langs[lang] for lang in sheet.langs), alone.date if alone else "")
    if drafts:
        document.core_properties.subject = f"{document.core_properties.subject}. {drafts}"[:255]
    return packed(document)


def _setter(
    bitext: Bitext, said: Brief, sheet: Sheet, main: Face, own: Face, shared: tuple[Bookmarks, Comments]
) -> Setter:
    """What is flagged and remarked stands in the table for reviewers, and in comments elsewhere."""
    if sheet.layout == "review":
        return setter(said, sheet, main, own, shared, not_applied(bitext))
    anchors = {part.anchor for part in said.parts if not isinstance(part, Note)}
    places = {name: home.anchor for name, home in homes(bitext, anchors).items()}
    found, remarked = flagged(bitext, anchors), tuple(remarks(bitext, places))
    return setter(said, sheet, main, own, shared, found, remarked)


def _open_section(on: Ground, own: Setter, said: Brief, first: bool) -> None:
    document = on.document
    if first:
        section = document.sections[0]
        _lay_out(section, on)
        for footer in () if on.kept.footer else _footers(section, on):
            _refill(footer, on.restyle(_footer(own)))
    else:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        document.element.body[-2].find(f"{PREFIX}pPr").insert(0, element("pStyle", val=SPACE))
    for header in () if on.kept.header else _headers(section, on):
        _refill(header, on.restyle(_header(said, own)))


def _headers(section: Any, on: Ground) -> Iterator[Any]:
    """Those that show a running title: not that of a first page."""
    yield section.header
    if evens(on.document):
        yield section.even_page_header


def _footers(section: Any, on: Ground) -> Iterator[Any]:
    if section.different_first_page_header_footer:
        yield section.first_page_footer
    yield section.footer
    if evens(on.document):
        yield section.even_page_footer


def _lay_out(section: Any, on: Ground) -> None:
    sheet = on.sheet
    if not on.kept.furniture:
        section.different_first_page_header_footer = True
    if on.kept.page:
        turned(section, sheet)
        return
    section.page_width, section.page_height = Twips(sheet.width), Twips(sheet.height)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.width > sheet.height else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Twips(sheet.left), Twips(sheet.right)
    section.top_margin, section.bottom_margin = Twips(sheet.top), Twips(sheet.bottom)
    section.header_distance = section.footer_distance = Twips(EDGE)


def _say_drafts(on: Ground, own: Setter, said: str) -> None:
    """What every page says of drafts, at the head of every footer that there is."""
    for footer in _footers(on.document.sections[0], on):
        footer.part.element.insert(0, on.restyle(paragraph(style_id("footer"), *own.line(draft_runs(said)))))


def _refill(furniture: Any, held: Element) -> None:
    furniture.is_linked_to_previous = False
    furniture.part.element[:] = [held]


def _header(said: Brief, own: Setter) -> Element:
    en, zh = said.title_en, said.title_zh if said.title_zh != said.title_en else ""
    room = own.sheet.text / SIZE - BETWEEN
    en = _shortened(en, int(max(room / 2, room - len(zh)) / LETTER))
    zh = _shortened(zh, int(max(room / 2, room - len(en) * LETTER)))
    return paragraph(style_id("header"), *own.words(en, "en"), tab(), *(own.words(zh, "zh") if zh else ()))


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

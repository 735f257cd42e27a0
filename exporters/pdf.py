"""Bitext -> PDF: a tagged bilingual brief, faces embedded, text searchable, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

from align.export import LOOKS, Exporter, Open, Options
from align.model import Bitext, Lang

from ._blocks import Column
from ._brief import Brief, Note, brief
from ._composition import composer
from ._drafts import draft_runs, running
from ._faces import Need, edition_of, faces
from ._pagination import At
from ._pdf_edition import one_language
from ._pdf_metadata import About, info, srgb, xmp
from ._pdf_notes import Flagged, flagged, not_applied
from ._pdf_notes import notes as notes_of
from ._pdf_page import Printer
from ._pdf_pages import pages_of
from ._pdf_review import heads, review_needs, reviewed
from ._pdf_sheet import MM, Sheet, sheet_of
from ._pdf_tags import Tree
from ._setting import GREY, HAIRLINE, NAVY, Look, Setter, inks_of, needs
from ._tokens import Tokeniser
from ._wording import in_script

RUNNING = Look(7.4, GREY)
RUNNING_FOOT = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
DRAFT_RISE = 1.2 * MM
"""How far above the page number stands what is said of drafts."""
HEADS = 5.2 * MM
"""How far above the text of later pages the heads of a table begin."""
UNDER_HEADS = 1.4 * MM
"""How far above it the rule under them stands."""
OURS = "Contents Notes ¶", "目录附注"
SUBJECT = "English–Chinese brief · 英汉对照"
BETWEEN = 8 * MM
"""What stays white between two running titles; each has half of the rest, and what the other leaves."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's brief, the setter for its header and footer, its blocks, and whether it opens the brief."""

    said: Brief
    setter: Setter
    blocks: Sequence[At]
    opens: bool


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """One PDF with every bitext, each beginning on a page of its own."""
    sheet = sheet_of(options.layout, options.page, options.house.theme.margins)
    if pages := composed(bitexts, options, sheet):
        with open(f"{options.name}.pdf") as stream:
            _print(pages, sheet, stream)


def composed(bitexts: Iterable[Bitext], options: Options, sheet: Sheet) -> list[Page]:
    """Every page with its blocks and lines, before anything is printed."""
    both = [(bitext, brief(bitext)) for bitext in bitexts]
    if not both:
        return []
    theme = options.house.theme
    is_table = sheet.layout == "review"
    found = [not_applied(bitext) if is_table else flagged(bitext, _anchors(said)) for bitext, said in both]
    if sheet.layout in ("en", "zh"):
        lang: Lang = "en" if sheet.layout == "en" else "zh"
        both = [(bitext, one_language(said, lang)) for bitext, said in both]
    wanted = [_needs(bitext, said, notes, sheet) for (bitext, said), notes in zip(both, found, strict=True)]
    cut = faces(chain.from_iterable(wanted), theme, options.tell)
    tokeniser = Tokeniser(cut.width, cut.halves, cut.joins)
    pages: list[Page] = []
    for number, ((bitext, said), notes) in enumerate(zip(both, found, strict=True), 1):
        setter = Setter(cut, tokeniser, edition_of(said.zh_tag), said.zh_tag, Look(sheet.size), inks_of(theme.colours))
        prefix = f"{number}." if len(both) > 1 else ""
        made = composer(setter, sheet, said, prefix, theme.logo)
        body = reviewed(made, bitext) if sheet.layout == "review" else made.body(said)
        blocks = (*body, *notes_of(made, notes))
        at = [Page(said, setter, page, not at) for at, page in enumerate(pages_of(made, said, blocks, len(pages)))]
        pages += at
    return pages


def _anchors(said: Brief) -> frozenset[str]:
    return frozenset(part.anchor for part in said.parts if not isinstance(part, Note))


def _needs(bitext: Bitext, said: Brief, notes: Sequence[Flagged], sheet: Sheet) -> Iterator[Need]:
    """All text of one brief, ours included."""
    yield from needs(said)
    zh = edition_of(said.zh_tag)
    for bold in (False, True):
        yield Need(OURS[0], "en", bold, ours=True)
        yield Need(in_script(OURS[1], said.zh_tag), zh, bold, ours=True)
    yield from (
        Need(run.text, zh if run.lang == "zh" else "en") for run in draft_runs(running(said, _languages(sheet)))
    )
    for note in notes:
        yield Need(note.en, "en")
        yield Need(note.zh, zh)
    if sheet.layout == "review":
        yield from review_needs(bitext)


exporter = Exporter("pdf", "PDF brief, English beside Chinese, for reading, printing and sending", write, LOOKS)


def _print(pages: Sequence[Page], sheet: Sheet, stream: IO[bytes]) -> None:
    setter = pages[0].setter
    canvas = _canvas(sheet, setter.faces.first)
    printer = Printer(canvas, Tree(), sheet, setter.inks)
    for number, page in enumerate(pages, 1):
        printer.tree.page()
        for at in page.blocks:
            printer.block(at.block, at.down)
        if not page.opens:
            _header(printer, page)
        _footer(printer, page.setter, number, len(pages))
        _draft(printer, page)
        canvas.showPage()
    anchors = (at.block.bookmark.anchor for page in pages for at in page.blocks if at.block.bookmark)
    _finish(canvas, printer.tree, _about(pages[0].said, sheet), anchors, stream)


def _canvas(sheet: Sheet, first: str) -> Any:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(
        "",
        pagesize=(sheet.width, sheet.height),
        pageCompression=1,
        invariant=1,
        lang="en",
        initialFontName=first,
    )
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _about(first: Brief, sheet: Sheet) -> About:
    titles = dict.fromkeys(filter(None, (first.title_en, first.title_zh)))
    tags = {"en": "en", "zh": first.zh_tag}
    subject = " · ".join(filter(None, (SUBJECT, running(first, _languages(sheet)))))
    return About(" · ".join(titles), subject, tuple(tags[lang] for lang in _languages(sheet)))


def _languages(sheet: Sheet) -> tuple[str, ...]:
    return (sheet.layout,) if sheet.layout in ("en", "zh") else ("en", "zh")


def _finish(canvas: Any, tree: Tree, about: About, anchors: Iterable[str], stream: IO[bytes]) -> None:
    """Add what reportlab has no calls for: the structure, the metadata, the colour space, named places."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary

    from ._pdf_fonts import embed
    from ._pdf_objects import Packed, Raw, number_of, save

    document = canvas._doc
    embed(document)
    catalog = document.Catalog
    catalog.__NoDefault__ = (*catalog.__NoDefault__, "OutputIntents")
    catalog.Dests = PDFDictionary({anchor: canvas._bookmarkReference(anchor) for anchor in anchors})
    document.Reference(catalog)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        catalog.Outlines = None
    for page, key in enumerate(tree.pages, 1):
        made = document.idToObject[f"Page{page}"]
        made.__NoDefault__ = (*made.__NoDefault__, "StructParents", "Tabs")
        made.StructParents, made.Tabs = key, "/S"
    catalog.StructTreeRoot = tree.finish(document)
    catalog.MarkInfo = Raw("<</Marked true>>")
    catalog.Metadata = Packed(xmp(about), {"Type": "/Metadata", "Subtype": "/XML"})
    profile = number_of(document, Packed(srgb(), {"N": "3"}))
    catalog.OutputIntents = Raw(
        "[<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
        f" /Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} 0 R>>]"
    )
    save(document, catalog, Raw(info(about)), stream)


def _header(printer: Printer, page: Page) -> None:
    """The titles, short enough to stand on one line."""
    said, setter, measure = page.said, page.setter, printer.sheet.measure
    y = printer.sheet.height - printer.sheet.header
    if page.blocks and [element.role for element in page.blocks[0].block.elements[:1]] == ["TD"]:
        top = printer.sheet.height - printer.sheet.top
        printer.stratum(heads(setter, printer.sheet), top + HEADS)
        printer.rule(top + UNDER_HEADS, HAIRLINE, 0.5)
    running = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
    en, zh = said.title_en, said.title_zh if said.title_zh != said.title_en else ""
    half = measure / 2 - BETWEEN / 2
    whole = measure - BETWEEN
    wide = _short(setter, en, "en", half if zh else measure).lines[0].width if en else 0
    if zh:
        right = _short(setter, zh, "zh", max(half, whole - wide) if en else measure)
        printer.column(_moved(right, measure - right.lines[0].width), y, running)
        whole -= right.lines[0].width
    if en:
        printer.column(_short(setter, en, "en", max(half, whole) if zh else measure), y, running)
    printer.rule(y - RUNNING.size - 2.2 * MM, NAVY, 0.6)


def _short(setter: Setter, title: str, lang: str, room: float) -> Column:
    """A title cut with … where it is wider than the room."""
    column = setter.one(0, room, title, lang, RUNNING)
    kept = title
    while len(column.lines) > 1 and kept:
        kept = column.lines[0].text if len(column.lines[0].text) < len(kept) - 1 else kept[:-2]
        column = setter.one(0, room, kept.rstrip() + "…", lang, RUNNING)
    return column


def _footer(printer: Printer, setter: Setter, number: int, pages: int) -> None:
    page = "頁" if setter.zh == "zh-Hant" else "页"
    said = {"en": f"Page {number} of {pages}", "zh": f"第{number}{page}，共{pages}{page}"}
    both = " · ".join(said[lang] for lang in _languages(printer.sheet))
    measure = printer.sheet.measure
    column = setter.one(0, measure, both, "zh", RUNNING)
    printer.column(
        _moved(column, (measure - column.lines[0].width) / 2), printer.sheet.footer + RUNNING.size, RUNNING_FOOT
    )


def _draft(printer: Printer, page: Page) -> None:
    """What every page says of drafts, over its number."""
    said = draft_runs(running(page.said, _languages(printer.sheet)))
    if said:
        measure, foot = printer.sheet.measure, printer.sheet.footer + RUNNING.size + DRAFT_RISE
        column = page.setter.column(0, measure, (said,), RUNNING)
        wide = max(line.width for line in column.lines)
        printer.column(_moved(column, (measure - wide) / 2), foot + sum(column.rises), RUNNING_FOOT)


def _moved(column: Column, x: float) -> Column:
    return Column(x, column.lines, column.rises, column.below)

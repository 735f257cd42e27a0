"""Bitext -> PDF: a bilingual brief on A4, faces embedded, text searchable, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any

from align.export import Exporter, Open, Options
from align.model import Bitext

from ._blocks import At, Block, Bookmark, Column, snug
from ._brief import Brief, brief
from ._composition import composer
from ._faces import edition_of, face_name, faces
from ._lines import Line
from ._setting import (
    DEPTH,
    GREY,
    HAIRLINE,
    HEIGHT,
    LEFT,
    MEASURE,
    MM,
    MORE,
    NAVY,
    TOP,
    WIDTH,
    Look,
    Setter,
    needs,
)
from ._tokens import Tokeniser

Page = tuple[Brief, Setter, Sequence[At], bool]
"""A page's brief, the setter for its header and footer, its blocks, and whether it opens the brief."""

RUNNING = Look(7.4, GREY)
HEADER = HEIGHT - 15.5 * MM
FOOTER = 13 * MM


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """One PDF with every bitext, each beginning on a page of its own."""
    briefs = [brief(bitext) for bitext in bitexts]
    if not briefs:
        return
    cut = faces(need for said in briefs for need in needs(said))
    tokeniser = Tokeniser(cut.width, cut.halves, cut.joins)
    pages: list[Page] = []
    for number, said in enumerate(briefs, 1):
        setter = Setter(cut, tokeniser, edition_of(said.zh_tag))
        prefix = f"{number}." if len(briefs) > 1 else ""
        made = snug(tuple(composer(setter, said, prefix).blocks(said)), DEPTH, MORE)
        pages += [(said, setter, page, not at) for at, page in enumerate(made)]
    with open(f"{options.name}.pdf") as stream:
        _print(pages, stream)


exporter = Exporter("pdf", "PDF brief, English beside Chinese, for reading, printing and sending", write)


def _print(pages: Sequence[Page], stream: IO[bytes]) -> None:
    canvas = _canvas(stream, pages[0][0])
    for number, (said, setter, blocks, opens) in enumerate(pages, 1):
        for at in blocks:
            _block(canvas, at.block, HEIGHT - TOP - at.down)
        if not opens:
            _header(canvas, said, setter)
        _footer(canvas, setter, number, len(pages))
        canvas.showPage()
    _destinations(canvas, (at.block.bookmark for _, _, blocks, _ in pages for at in blocks))
    canvas.save()


def _destinations(canvas: Any, marks: Iterable[Bookmark | None]) -> None:
    """Name the places that the outline points at, so that links from elsewhere find them too."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary

    names = {mark.anchor: canvas._bookmarkReference(mark.anchor) for mark in marks if mark}
    canvas._doc.Catalog.Dests = PDFDictionary(names)  # reportlab has no call for named destinations


def _canvas(stream: IO[bytes], first: Brief) -> Any:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(
        stream,
        pagesize=(WIDTH, HEIGHT),
        pageCompression=1,
        invariant=1,
        lang="en",
        initialFontName=face_name("latin", False),
    )
    titles = dict.fromkeys(filter(None, (first.title_en, first.title_zh)))
    canvas.setTitle(" · ".join(titles))
    canvas.setAuthor("align")
    canvas.setCreator("align")
    canvas.setSubject("English–Chinese brief · 英汉对照")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _block(canvas: Any, block: Block, top: float) -> None:
    """Print a block whose top is at that height of the page."""
    if block.tint is not None:
        canvas.setFillColor(_colour(block.tint))
        canvas.rect(LEFT, top - block.height, MEASURE, block.height, stroke=0, fill=1)
    if block.rule:
        _rule(canvas, top, HAIRLINE, 0.5)
    if block.bookmark:
        _bookmark(canvas, block, top)
    y = top - block.above
    for stratum in block.strata:
        for column in stratum:
            _column(canvas, column, y)
        y -= max((column.height for column in stratum), default=0) + block.between


def _bookmark(canvas: Any, block: Block, top: float) -> None:
    mark = block.bookmark
    if mark is None:
        return
    canvas.bookmarkPage(mark.anchor, fit="XYZ", left=0, top=top + 4 * MM, zoom=0)
    if mark.title:
        canvas.addOutlineEntry(mark.title, mark.anchor, mark.level, closed=False)


def _column(canvas: Any, column: Column, y: float) -> None:
    """Print a column line by line, in reading order."""
    for line, rise in zip(column.lines, column.rises, strict=True):
        y -= rise
        if pieced := len(line.placed) > 1 or any(part.spacing for part in line.placed):
            # Readers of PDF take gaps for blanks and trimmed marks for line ends unless told the text.
            said = f"\ufeff{line.text}".encode("utf-16-be").hex().upper()
            canvas.addLiteral(f"/Span <</ActualText <{said}>>> BDC")
        _line(canvas, line, LEFT + column.x, y)
        if pieced:
            canvas.addLiteral("EMC")


def _line(canvas: Any, line: Line, x: float, y: float) -> None:
    text = canvas.beginText()
    ink, spacing = None, 0.0
    for part in line.placed:
        if part.ink != ink:
            ink = part.ink
            text.setFont(ink.face, ink.size)
            text.setFillColor(_colour(ink.colour))
        if part.spacing != spacing:
            spacing = part.spacing
            text.setCharSpace(spacing)
        text.setTextOrigin(x + part.x, y)
        text.textOut(part.text)
    if spacing:
        text.setCharSpace(0)
    canvas.drawText(text)


def _header(canvas: Any, said: Brief, setter: Setter) -> None:
    """The titles, short enough to stand on one line."""
    room = MEASURE / 2 - 4 * MM
    if said.title_en:
        _column(canvas, _short(setter, said.title_en, "en", room), HEADER + RUNNING.size)
    if said.title_zh not in ("", said.title_en):
        right = _short(setter, said.title_zh, "zh", room)
        _column(canvas, _moved(right, MEASURE - right.lines[0].width), HEADER + RUNNING.size)
    _rule(canvas, HEADER - 2.2 * MM, NAVY, 0.6)


def _short(setter: Setter, title: str, lang: str, room: float) -> Column:
    """A title cut with … where it is wider than the room."""
    column = setter.one(0, room, title, lang, RUNNING)
    kept = title
    while len(column.lines) > 1 and kept:
        kept = column.lines[0].text if len(column.lines[0].text) < len(kept) - 1 else kept[:-2]
        column = setter.one(0, room, kept.rstrip() + "…", lang, RUNNING)
    return column


def _footer(canvas: Any, setter: Setter, number: int, pages: int) -> None:
    page = "頁" if setter.zh == "zh-Hant" else "页"
    said = f"Page {number} of {pages} · 第{number}{page}，共{pages}{page}"
    column = setter.one(0, MEASURE, said, "zh", RUNNING)
    _column(canvas, _moved(column, (MEASURE - column.lines[0].width) / 2), FOOTER)


def _moved(column: Column, x: float) -> Column:
    return Column(x, column.lines, column.rises, column.below)


def _rule(canvas: Any, y: float, colour: int, width: float) -> None:
    canvas.setStrokeColor(_colour(colour))
    canvas.setLineWidth(width)
    canvas.line(LEFT, y, LEFT + MEASURE, y)


def _colour(rgb: int) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(rgb)

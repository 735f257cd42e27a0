"""A PDF file with a text layer -> a Source, line by line as printed, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from align.errors import DataError
from align.model import Source
from align.sources._pdf_chrome import chrome
from align.sources._pdf_glyphs import Sheet, read_sheet
from align.sources._pdf_layout import Reader
from align.sources._pdf_lines import Fragment, is_wide, printed, rows
from align.sources._pdf_paragraphs import Said, describe
from align.sources.rendering import Rendering

NUMBERED = re.compile(
    r"[(（]?(?:\d{1,4}|[a-z]|[ivx]{1,5}|[一二三四五六七八九十]{1,3})(?:[)）.．、]|\s)|第\s?[\d一二三四五六七八九十百千]"
    r"|\d{1,3}(?:\.\d{1,3})+|(?:Article|Section|Chapter|Part|Paragraph|Clause)\s"
)
"""What a label looks like from which a sign before it only distracts."""
UNKNOWN = "\ufffd"


def read_pdf(path: Path, witness: str, data: bytes) -> Source:
    """The lines of a PDF; running heads, feet and page numbers are left out by their place.

    Raises DataError where a password is needed, the file is damaged or no page holds text.
    """
    sheets, lost = _sheets(path, data)
    _check(path, sheets, lost)
    fragments = [rows(sheet) for sheet in sheets]
    removed = chrome(sheets, fragments)
    reader = Reader()
    flows = []
    written = _Written(witness)
    for sheet, found in zip(sheets, fragments, strict=True):
        gone = removed.get(sheet.number, {})
        flows += reader.flows(sheet, [f for at, f in enumerate(found) if at not in gone])
        written.leave_out(sheet.number, _chrome_lines(found, gone, sheet.number))
        written.leave_out(sheet.number, _unseen(sheet))
        if not sheet.glyphs and sheet.pictures:
            written.leave_out(sheet.number, [(f"[page {sheet.number}: a picture]", "picture")])
        elif not sheet.glyphs:
            written.leave_out(sheet.number, [(f"[page {sheet.number}]", "blank")])
    written.leave_out(0, [(f"[{what}]", "damaged") for what in lost])
    if flows:
        written.write(describe(flows, sheets))
    return written.rendering.source(path, data, "pdf")


def _sheets(path: Path, data: bytes) -> tuple[list[Sheet], list[str]]:
    """Every page that can be read, and what is said of those that cannot."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(path) from error
    sheets: list[Sheet] = []
    lost = [] if b"%%EOF" in data[-4096:] else ["the file breaks off before its end"]
    try:
        for at in range(len(document)):
            try:
                page = document[at]
                sheets.append(read_sheet(page, at + 1))
                page.close()
            except pypdfium2.PdfiumError:
                lost.append(f"page {at + 1} cannot be read")
    finally:
        document.close()
    return sheets, lost


def _refusal(path: Path) -> DataError:
    """Why a file does not open."""
    code = pdfium.FPDF_GetLastError()
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return DataError(f"{path}: the PDF is protected by a password.", "Save it without one and try again.")
    return DataError(
        f"{path}: the PDF is damaged or not complete, it cannot be opened.", "Fetch it again, or save it anew as PDF."
    )


def _check(path: Path, sheets: Sequence[Sheet], lost: Sequence[str]) -> None:
    """Refuse a file that shows no text, or whose text layer does not say which letters it shows."""
    glyphs = sum(len(sheet.glyphs) for sheet in sheets)
    if not sheets:
        raise DataError(f"{path}: the PDF is damaged, none of its pages can be read.", "Fetch it again.")
    if not glyphs and not any(sheet.unseen for sheet in sheets):
        if not any(sheet.pictures for sheet in sheets):
            detail = f"; {lost[0]}" if lost else ""
            raise DataError(f"{path}: the PDF holds no text{detail}.", "Give a file that holds text.")
        pages = f"{len(sheets)} page{'s' * (len(sheets) > 1)} of pictures"
        raise DataError(
            f"{path}: the PDF has no text layer (it is {pages}).", "Have its text recognised (OCR) and try again."
        )
    unknown = sum(glyph.char == UNKNOWN for sheet in sheets for glyph in sheet.glyphs)
    if glyphs >= 20 and unknown > 0.3 * glyphs:
        raise DataError(
            f"{path}: the fonts of the PDF do not say which characters they show ({unknown:,} of {glyphs:,} unknown).",
            "Have its text recognised (OCR) and try again.",
        )


def _chrome_lines(found: Sequence[Fragment], gone: dict[int, str], page: int) -> Iterator[tuple[str, str]]:
    """The text of the fragments that are chrome, with the reason."""
    for at, reason in sorted(gone.items()):
        line = printed([found[at]], page)
        yield f"{line.bullet} {line.text}".strip(), reason


def _unseen(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What is on a page and no reader of it sees as text, in pieces of one reason."""
    for reason, pieces in groupby(sheet.unseen, key=lambda piece: piece[1]):
        yield "".join(text for text, _ in pieces), reason


Out = list[tuple[str, str]]


@dataclass(slots=True)
class _Written:
    """Writes lines; what is left out, and notes, wait until no paragraph is cut by them."""

    witness: str
    rendering: Rendering = field(init=False)
    _at: int = 0
    _out: dict[int, Out] = field(default_factory=dict)
    _notes: list[tuple[Said, list[Said]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rendering = Rendering(self.witness)

    def leave_out(self, page: int, pieces: Any) -> None:
        """Note what is not text on a page; it is written where a paragraph begins."""
        self._out.setdefault(page, []).extend(pieces)

    def write(self, said: Sequence[Said]) -> None:
        """Write every line and all that was left out."""
        at = 0
        while at < len(said):
            one = said[at]
            following = at + 1
            while following < len(said) and _joins(said[following - 1], said[following]):
                following += 1
            if one.hint == "note":
                self._add_note(one)
            else:
                if one.after_blank:
                    self._flush(one.line.page)
                self._line(one, said[at:following])
            at = following
        self._flush(max((*self._out, 0)) + 1)
        for pieces in self._out.values():
            self._pieces(pieces)

    def _add_note(self, one: Said) -> None:
        if one.after_blank or not self._notes:
            self._notes.append((one, []))
        else:
            self._notes[-1][1].append(one)

    def _flush(self, page: int) -> None:
        """Write the notes that wait and what was left out on the pages before this one."""
        for first, rest in self._notes:
            for one in (first, *rest):
                self._line(one, [one])
        self._notes.clear()
        for earlier in sorted(p for p in self._out if p < page and p):
            self._pieces(self._out.pop(earlier))

    def _pieces(self, pieces: Out) -> None:
        for text, reason in pieces:
            self.rendering.leave_out(text, reason)
            self._at += len(text) + 1

    def _line(self, one: Said, joined: Sequence[Said]) -> None:
        """Write a line, or the lines of one heading together, and a sign before it that is no text."""
        text, marks = "", []
        for part in joined:
            space = " " if text and not (is_wide(text[-1]) and is_wide(part.line.text[0])) else ""
            marks += [(len(text) + len(space) + a, len(text) + len(space) + b) for a, b in part.line.marks]
            text += space + part.line.text
        bullet = one.line.bullet
        if bullet and NUMBERED.match(text):
            self._pieces([(bullet, "bullet")])
        elif bullet:
            text = f"• {text}"
            marks = [(a + 2, b + 2) for a, b in marks]
        self.rendering.line(
            text,
            after_blank=one.after_blank,
            hint=one.hint,
            page=one.line.page,
            row=one.flow.row,
            column=one.flow.column,
            markup=tuple((self._at + a, self._at + b) for a, b in marks),
        )
        self._at += len(text) + 1


def _joins(before: Said, one: Said) -> bool:
    """Whether a line is the rest of a heading that takes more than one."""
    return one.hint.startswith("heading") and one.hint == before.hint and not one.after_blank

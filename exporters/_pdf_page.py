"""Blocks with their places -> the content of a page: every stretch marked as an element or as decoration."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ._blocks import Block, Column, Stratum, depth
from ._lines import Line, Placed
from ._pdf_metadata import hexadecimal, text
from ._pdf_sheet import MM, TOP, Sheet
from ._pdf_tags import Element, Tree
from ._setting import HAIRLINE

LAYOUT = "/Artifact <</Type /Layout>> BDC"


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints on the current page of a reportlab canvas and marks in the tree what it prints."""

    canvas: Any
    tree: Tree
    sheet: Sheet

    def block(self, block: Block, down: float) -> None:
        """Print a block whose top is so far below the top of the text area."""
        top = self.sheet.height - TOP - down
        for element in block.elements:
            self.tree.seen(element)
        if block.tint is not None:
            self.tint(block.tint, top, block.height)
        if block.rule:
            self.rule(top, HAIRLINE, 0.5)
        if block.bookmark:
            mark = block.bookmark
            self.canvas.bookmarkPage(mark.anchor, fit="XYZ", left=0, top=top + 4 * MM, zoom=0)
            if mark.title:
                self.canvas.addOutlineEntry(mark.title, mark.anchor, mark.level, closed=False)
        y = top - block.above
        for stratum in block.strata:
            self.stratum(stratum, y)
            y -= depth(stratum) + block.between

    def stratum(self, stratum: Stratum, y: float) -> None:
        """Print columns beside each other."""
        for column in stratum:
            self.column(column, y)

    def column(self, column: Column, y: float, artifact: str = LAYOUT) -> None:
        """Print a column line by line, element after element."""
        write = self.canvas.addLiteral
        top = y
        owners = column.owners or (None,) * len(column.lines)
        for owner, run in groupby(range(len(owners)), key=owners.__getitem__):
            write(f"/{owner.role} <</MCID {self.tree.mark(owner)}>> BDC" if owner else artifact)
            for at in run:
                y -= column.rises[at]
                self.line(column.lines[at], self.sheet.left + column.x, y, owner.lang if owner else "")
            write("EMC")
            if owner and column.link:
                self.link(column, owner, top, y - column.below)

    def line(self, line: Line, x: float, y: float, lang: str) -> None:
        """Print a line; each language that is not the element's says so, and so does text that is set in pieces."""
        pieces = _by_language(line.placed)
        for at, (own, run) in enumerate(pieces):
            said = ""
            if lang and own != lang:
                said = f" /Lang ({own})"
            if lang and (len(run) > 1 or any(part.spacing for part in run)):
                # Readers of PDF take gaps for blanks and trimmed marks for line ends unless told the text.
                blank = line.blank if at + 1 == len(pieces) else ""
                said += f" /ActualText <{hexadecimal(''.join(part.text for part in run) + blank)}>"
            if said:
                self.canvas.addLiteral(f"/Span <<{said[1:]}>> BDC")
            self.run(run, x, y, line.blank if at + 1 == len(pieces) else "")
            if said:
                self.canvas.addLiteral("EMC")

    def run(self, run: list[Placed], x: float, y: float, blank: str) -> None:
        """Print pieces of a line."""
        made = self.canvas.beginText()
        ink, spacing = None, 0.0
        for at, part in enumerate(run):
            if part.ink != ink:
                ink = part.ink
                made.setFont(ink.face, ink.size)
                made.setFillColor(_colour(ink.colour))
            if part.spacing != spacing:
                spacing = part.spacing
                made.setCharSpace(spacing)
            made.setTextOrigin(x + part.x, y)
            made.textOut(part.text + (blank if at + 1 == len(run) else ""))
        if spacing:
            made.setCharSpace(0)
        self.canvas.drawText(made)

    def link(self, column: Column, owner: Element, top: float, foot: float) -> None:
        """Make a column a link; the structure holds it beside its text."""
        from ._pdf_objects import Raw

        left = self.sheet.left + column.x
        right = left + max(line.width for line in column.lines)
        said = text("".join(line.text + line.blank for line in column.lines))
        key = self.tree.link(owner, f"NUMBER{self.canvas._annotationCount + 1}")
        rect = f"{left:.2f} {foot:.2f} {right:.2f} {top:.2f}"
        self.canvas._addAnnotation(
            Raw(
                f"<</Type /Annot /Subtype /Link /Rect [{rect}] /Border [0 0 0] /F 4"
                f" /Contents {said} /Dest {_name(column.link)} /StructParent {key}>>"
            )
        )

    def tint(self, colour: int, top: float, height: float) -> None:
        """A tinted area over the whole width."""
        self.canvas.addLiteral(LAYOUT)
        self.canvas.setFillColor(_colour(colour))
        self.canvas.rect(self.sheet.left, top - height, self.sheet.measure, height, stroke=0, fill=1)
        self.canvas.addLiteral("EMC")

    def rule(self, y: float, colour: int, width: float) -> None:
        """A line over the whole width."""
        self.canvas.addLiteral(LAYOUT)
        self.canvas.setStrokeColor(_colour(colour))
        self.canvas.setLineWidth(width)
        self.canvas.line(self.sheet.left, y, self.sheet.left + self.sheet.measure, y)
        self.canvas.addLiteral("EMC")


def _by_language(placed: tuple[Placed, ...]) -> list[tuple[str, list[Placed]]]:
    return [(lang, list(run)) for lang, run in groupby(placed, key=lambda part: part.ink.lang)]


def _colour(rgb: int) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(rgb)


def _name(anchor: str) -> str:
    from reportlab.pdfbase.pdfdoc import PDFName

    return str(PDFName(anchor))

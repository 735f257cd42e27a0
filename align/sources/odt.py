"""An OpenDocument text -> its lines as printed: paragraphs with their automatic numbers, cells, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from align.model import Source
from align.sources._odt_styles import OFFICE, OUTLINE, STYLE, TEXT, Count, Styles, whole
from align.sources._shown import Label, NoteMark, Place, Printer, Shown
from align.sources.parts import Element, elements, local, open_parts
from align.sources.rendering import Rendering

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
BLANKS = re.compile(r"[ \t\r\n]+")
INDEXES = frozenset(
    "table-of-content illustration-index table-index object-index user-index alphabetical-index".split()
)
INSIDE = frozenset("section index-body index-title bibliography".split())
SKIPPED = frozenset(
    "forms sequence-decls variable-decls user-field-decls dde-connection-decls alphabetical-index-auto-mark-file "
    "change change-start change-end soft-page-break number script annotation-end binary-data event-listeners title "
    "desc change-info table-of-content-source bibliography-source illustration-index-source table-index-source "
    "object-index-source user-index-source alphabetical-index-source note-citation meta creator date".split()
)
ROWS = frozenset("table-header-rows table-rows table-row-group".split())


def read_odt(path: Path, witness: str, data: bytes) -> Source:
    """The text of an .odt file. Raises DataError where it is damaged, locked, a bomb, or empty."""
    parts = open_parts(path, data)
    if MANIFEST in parts.names and b"encryption-data" in parts.read(MANIFEST):
        raise parts.wrong(CONTENT, "is locked with a password", "Save the file without a password.")
    content, styles = parts.xml(CONTENT), parts.optional(STYLES)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise parts.wrong(CONTENT, "holds no text document")
    rendering = Rendering(witness)
    text = _Text(rendering, Styles([content] if styles is None else [styles, content]))
    text.flow(body, Place())
    text.notes()
    for master in styles.iter(f"{STYLE}master-page") if styles is not None else ():
        for margin in elements(master):
            text.flow(margin, Place(reason="running-head"))
    return rendering.source(path, data)


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list: whose count it goes on, at which level, and whether its paragraph is numbered."""

    count: Count
    style: str | None
    depth: int
    start: int | None = None
    numbered: bool = True


class _Text:
    """Walks through one file and renders it."""

    def __init__(self, rendering: Rendering, styles: Styles) -> None:
        self.printer = Printer(rendering)
        self.styles = styles
        self.outline = Count()
        self.counts: dict[str, Count] = {}
        self.marks: list[NoteMark] = []
        self.tables = 0

    def flow(self, container: Element, place: Place, item: _Item | None = None) -> None:
        """Paragraphs, lists and tables in order; only the first paragraph of an item is numbered."""
        for child in elements(container):
            name = local(child)
            if name in ("p", "h"):
                self._paragraph(child, place, item)
            elif name == "list":
                self._list(child, place, item)
            elif name == "numbered-paragraph":
                self._numbered(child, place)
            elif name == "table":
                self._table(child, place)
            elif name == "tracked-changes":
                for change in child.iter(f"{TEXT}deletion"):
                    self.flow(change, place.leaving_out("deleted"))
            elif name in INDEXES:
                self.flow(child, place.leaving_out("contents"))
            elif name == "annotation":
                self.flow(child, place.leaving_out("comment"))
            elif name not in SKIPPED:
                self.flow(child, place.leaving_out("hidden" if child.get(f"{TEXT}display") == "none" else ""))
            item = replace(item, numbered=False) if item else None

    def _paragraph(self, paragraph: Element, place: Place, item: _Item | None) -> None:
        style = paragraph.get(f"{TEXT}style-name", "")
        shown = Shown()
        self._read(paragraph, shown, "hidden" if self.styles.is_hidden(style, "paragraph") else "")
        if self.styles.is_contents(style):
            place = place.leaving_out("contents")
        label = None if place.reason or (shown.is_empty() and shown.left) else self._label(paragraph, style, item)
        self.marks += shown.notes if place.hint != "note" else ()
        self.printer.paragraph(shown, place, label, self._heading(paragraph, style))
        for box in shown.boxes:
            self.flow(box, place)

    def _heading(self, paragraph: Element, style: str) -> str:
        outline = whole(paragraph.get(f"{TEXT}outline-level"), 1) if local(paragraph) == "h" else 0
        level = outline or self.styles.heading(style)
        return f"heading-{min(level, 6)}" if level else ""

    def _label(self, paragraph: Element, style: str, item: _Item | None) -> Label | None:
        """The number of a list item, or of a heading that stands in no list."""
        if item:
            list_style = item.style if item.style is not None else self.styles.list_style(style)
            found = self.styles.label(list_style or "", item.count, item.depth, item.start) if item.numbered else None
            return found or Label("", "", item.depth)
        if local(paragraph) != "h" or paragraph.get(f"{TEXT}is-list-header") == "true":
            return None
        if self.styles.list_style(style) == "":
            return None
        start = whole(paragraph.get(f"{TEXT}start-value"), 1)
        restarts = paragraph.get(f"{TEXT}restart-numbering") == "true"
        level = whole(paragraph.get(f"{TEXT}outline-level"), 1)
        return self.styles.label(OUTLINE, self.outline, level, start if restarts else None)

    def _list(self, element: Element, place: Place, outer: _Item | None) -> None:
        style = element.get(f"{TEXT}style-name", outer.style if outer else None)
        count = outer.count if outer else self._count(element, style or "")
        for item in elements(element):
            start = item.get(f"{TEXT}start-value")
            own = _Item(
                count,
                item.get(f"{TEXT}style-override", style),
                outer.depth + 1 if outer else 1,
                whole(start, 1) if start else None,
                local(item) == "list-item",
            )
            self.flow(item, place, own)

    def _count(self, element: Element, style: str) -> Count:
        """A list goes on with the one that it names, or with the last one of its style, if it says so."""
        count = self.counts.get("#" + element.get(f"{TEXT}continue-list", ""))
        if count is None and element.get(f"{TEXT}continue-numbering") == "true":
            count = self.counts.get(style)
        count = Count() if count is None else count
        self.counts[style] = self.counts["#" + element.get(XML_ID, style)] = count
        return count

    def _numbered(self, element: Element, place: Place) -> None:
        """A paragraph that is numbered without standing in a list."""
        style = element.get(f"{TEXT}style-name")
        count = self.counts.setdefault("#" + element.get(f"{TEXT}list-id", style or ""), Count())
        start = element.get(f"{TEXT}start-value")
        level = whole(element.get(f"{TEXT}level"), 1)
        self.flow(element, place, _Item(count, style, level, whole(start, 1) if start else None))

    def _table(self, table: Element, place: Place) -> None:
        """Cells by row and column; a table of one cell is layout, one inside a cell belongs to that cell."""
        rows = list(_rows(table))
        alone = sum(len(row) for row in rows) == 1
        self.tables += not (alone or place.row)
        for at, row in enumerate(rows, 1):
            why = "hidden" if row.get(f"{TABLE}visibility") in ("collapse", "filter") else ""
            column = 1
            for cell in elements(row):
                own = place if alone or place.row else replace(place, row=f"t{self.tables}.r{at}", column=column)
                covered = local(cell) == "covered-table-cell"
                self.flow(cell, own.leaving_out("hidden" if covered else why))
                column += whole(cell.get(f"{TABLE}number-columns-repeated"), 1)

    def _read(self, parent: Element, shown: Shown, reason: str) -> None:
        _add(parent.text, shown, reason)
        for child in parent:
            if isinstance(child.tag, str):
                self._element(child, shown, reason)
            _add(child.tail, shown, reason)

    def _element(self, element: Element, shown: Shown, reason: str) -> None:
        name = local(element)
        if name == "s":
            shown.add(" " * min(whole(element.get(f"{TEXT}c"), 1), 1000), reason)
        elif name in ("tab", "line-break"):
            shown.add("\t" if name == "tab" else "\n", reason)
        elif name == "note":
            shown.notes.append(_note(element, reason))
        elif name == "annotation":
            for paragraph in element.iter(f"{TEXT}p"):
                self._read(paragraph, shown, reason or "comment")
                shown.add("\n", reason or "comment")
        elif name == "frame" or element.tag.startswith(DRAW):
            shown.boxes.append(element)
        elif name not in SKIPPED:
            self._read(element, shown, reason or self._why(element, name))

    def _why(self, element: Element, name: str) -> str:
        """Why the text inside an element is none of the document's."""
        if name == "span" and self.styles.is_hidden(element.get(f"{TEXT}style-name", ""), "text"):
            return "hidden"
        return {"ruby-text": "ruby", "placeholder": "placeholder"}.get(name, "")

    def notes(self) -> None:
        """The notes behind the text, each with its number."""
        for mark in sorted(self.marks, key=lambda mark: mark.kind == "endnote"):
            if mark.body is not None:
                self.printer.prefix = f"{mark.number} " if mark.number else ""
                self.flow(mark.body, Place(hint="note", reason=mark.reason))
                self.printer.prefix = ""


def _add(text: str | None, shown: Shown, reason: str) -> None:
    """Running text; white space in the file is one space, and none at the beginning of a line."""
    found = BLANKS.sub(" ", text or "")
    if found.startswith(" ") and not reason and (not shown.lines[-1] or shown.lines[-1].endswith(" ")):
        found = found[1:]
    if found:
        shown.add(found, reason)


def _note(element: Element, reason: str) -> NoteMark:
    citation = element.find(f"{TEXT}note-citation")
    number = "".join(map(str, citation.itertext())).strip() if citation is not None else ""
    kind = element.get(f"{TEXT}note-class", "footnote")
    return NoteMark(kind, reason=reason, number=number, body=element.find(f"{TEXT}note-body"))


def _rows(table: Element) -> Iterator[Element]:
    for child in elements(table):
        if local(child) == "table-row":
            yield child
        elif local(child) in ROWS:
            yield from _rows(child)

"""A Word file -> its lines as printed: paragraphs with their automatic numbers, cells, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from align.model import Source
from align.sources._numerals import numeral
from align.sources._shown import NoteMark, Place, Printer, Shown
from align.sources._word_numbering import Numbering
from align.sources._word_styles import Styles, W, heading_level, integer, numbering_choice, switch, value
from align.sources._word_text import Text, why_left_out
from align.sources.parts import Element, Parts, elements, local, open_parts
from align.sources.rendering import Rendering

DOCUMENT = "word/document.xml"
INSIDE = frozenset("ins moveTo customXml smartTag sdtContent Choice".split())
"""What only wraps paragraphs, rows or cells."""
NOTES = {"footnote": ("footnotes", "decimal"), "endnote": ("endnotes", "lowerRoman")}
"""By the kind of note: its part, and how notes are numbered where the file does not say."""
NO_NOTE = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(path: Path, witness: str, data: bytes) -> Source:
    """The text of a .docx or .docm file. Raises DataError where it is damaged, locked, a bomb, or empty."""
    parts = open_parts(path, data)
    root = parts.xml(DOCUMENT)
    body = root.find(f"{W}body")
    if body is None:
        raise parts.wrong(DOCUMENT, "holds no document")
    rendering = Rendering(witness)
    word = _Word(parts, rendering, root)
    word.flow(body, Place())
    word.notes(body)
    for kind, reason in (("header", "running-head"), ("footer", "running-head"), ("comments", "comment")):
        word.beside_the_text(kind, reason)
    return rendering.source(path, data)


@dataclass(slots=True)
class _Carried:
    """What paragraphs show whose end was deleted, so that the next one goes on with it."""

    shown: Shown = field(default_factory=Shown)
    paragraph: Element | None = None


class _Word:
    """Walks through one file and renders it."""

    def __init__(self, parts: Parts, rendering: Rendering, root: Element) -> None:
        self.parts, self.printer = parts, Printer(rendering)
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"), self.styles)
        self.text = Text(root, self.styles)
        self.carried = _Carried()
        self.marks: list[NoteMark] = []
        self.tables = 0

    def _part(self, kind: str) -> Element | None:
        return next((self.parts.xml(name) for name in self.parts.related(DOCUMENT, kind)), None)

    def flow(self, container: Element, place: Place) -> None:
        """Paragraphs and tables in order."""
        self._flow(container, place)
        self._finish(place)

    def _flow(self, container: Element, place: Place) -> None:
        for child in elements(container):
            name = local(child)
            if name == "p":
                self._paragraph(child, place)
            elif name == "tbl":
                self._finish(place)
                self._table(child, place)
            elif name == "sdt":
                self._flow(child, place.leaving_out(why_left_out(child)))
            elif name == "AlternateContent":
                self._flow(next(elements(child), child), place)
            elif name in INSIDE:
                self._flow(child, place)
            elif name in ("del", "moveFrom"):
                self._flow(child, place.leaving_out("deleted"))

    def _paragraph(self, paragraph: Element, place: Place) -> None:
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        self.text.read(paragraph, self.carried.shown)
        self.carried.paragraph = paragraph
        if not (switch(mark, "del") or switch(mark, "moveFrom")):
            self._finish(place)

    def _finish(self, place: Place) -> None:
        """Render the paragraph that is complete, then what hangs on it."""
        shown, paragraph = self.carried.shown, self.carried.paragraph
        if paragraph is None:
            return
        self.carried = _Carried()
        properties = paragraph.find(f"{W}pPr")
        style = value(properties, "pStyle")
        if self.styles.is_contents(style):
            place = place.leaving_out("contents")
        label = None
        if not place.reason and not (shown.is_empty() and shown.left):
            label = self.numbering.label(numbering_choice(properties), style)
        self.printer.paragraph(shown, place, label, self._heading(properties, style))
        self.marks += shown.notes if place.hint != "note" else ()
        for box in shown.boxes:
            self._box(box, place)

    def _heading(self, properties: Element | None, style: str) -> str:
        own = integer(value(properties, "outlineLvl"))
        level = heading_level(own) if own is not None else self.styles.heading(style)
        return f"heading-{min(level, 6)}" if level else ""

    def _box(self, box: Element, place: Place) -> None:
        """A text box or a diagram that hangs on a paragraph, as paragraphs behind it."""
        if local(box) == "txbxContent":
            self.flow(box, place)
            return
        id_ = next((str(value) for name, value in box.items() if str(name).endswith("}dm")), "")
        relation = self.parts.relations(DOCUMENT).get(id_)
        root = self.parts.optional(relation.target) if relation else None
        for paragraph in root.iter("{*}p") if root is not None else ():
            shown = Shown()
            self.text.read(paragraph, shown)
            self.printer.paragraph(shown, place)

    def _table(self, table: Element, place: Place) -> None:
        """Cells by row and column; a table of one cell is layout, one inside a cell belongs to that cell."""
        rows = [(row, list(_members(row, "tc"))) for row in _members(table, "tr")]
        alone = sum(len(cells) for _, cells in rows) == 1
        self.tables += not (alone or place.row)
        name = f"t{self.tables}"
        for at, (row, cells) in enumerate(rows, 1):
            properties = row.find(f"{W}trPr")
            why = "deleted" if switch(properties, "del") else "hidden" if switch(properties, "hidden") else ""
            column = 1 + (integer(value(properties, "gridBefore")) or 0)
            for cell in cells:
                about = cell.find(f"{W}tcPr")
                own = place if alone or place.row else replace(place, row=f"{name}.r{at}", column=column)
                self.flow(cell, own.leaving_out("hidden" if _is_covered(about) else why))
                column += max(integer(value(about, "gridSpan")) or 1, 1)

    def notes(self, body: Element) -> None:
        """The notes behind the text, in the order it refers to them, each with its number."""
        for kind, (name, form) in NOTES.items():
            root = self._part(name)
            held = {e.get(f"{W}id", ""): e for e in elements(root) if e.get(f"{W}type") not in NO_NOTE}
            if root is None:
                continue
            self.text = Text(root, self.styles)
            start, form = self._note_numbers(body, kind, form)
            for mark in [mark for mark in self.marks if mark.kind == kind and mark.id in held]:
                note = held.pop(mark.id)
                counts = not (mark.own or mark.reason)
                self.printer.prefix = f"{numeral(start, form)} " if counts else ""
                start += counts
                self.flow(note, Place(hint="note", reason=mark.reason))
                self.printer.prefix = ""
            for note in held.values():
                self.flow(note, Place(reason="unused"))

    def _note_numbers(self, body: Element, kind: str, form: str) -> tuple[int, str]:
        """The first number and the format, from the last section or the settings."""
        settings = self._part("settings")
        said = [
            *reversed(list(body.iter(f"{W}{kind}Pr"))),
            *([] if settings is None else settings.iter(f"{W}{kind}Pr")),
        ]
        forms = [value(one, "numFmt") for one in said if value(one, "numFmt")]
        starts = [at for one in said if (at := integer(value(one, "numStart"))) is not None]
        return next(iter(starts), 1), next(iter(forms), form)

    def beside_the_text(self, kind: str, reason: str) -> None:
        """Headers, footers and comments: held, and none of the text."""
        for name in self.parts.related(DOCUMENT, kind):
            root = self.parts.xml(name)
            self.text = Text(root, self.styles)
            for child in elements(root) if kind == "comments" else (root,):
                self.flow(child, Place(reason=reason))


def _members(parent: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, whatever wraps them."""
    for child in elements(parent):
        if local(child) == name:
            yield child
        elif local(child) == "AlternateContent":
            yield from _members(next(elements(child), child), name)
        elif local(child) in INSIDE or local(child) == "sdt":
            yield from _members(child, name)


def _is_covered(properties: Element | None) -> bool:
    """Whether a cell is the rest of one that begins above it or to its left."""
    for merge in ("vMerge", "hMerge"):
        found = properties.find(W + merge) if properties is not None else None
        if found is not None and found.get(f"{W}val", "continue") == "continue":
            return True
    return False

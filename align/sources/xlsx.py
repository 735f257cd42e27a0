"""A spreadsheet -> its cells as shown, row by row, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from align.errors import DataError
from align.model import Source
from align.sheets import HEADED, OPENING
from align.sources._cell_formats import BUILT_IN, GENERAL, shown
from align.sources.parts import Element, Parts, elements, lines_of, local, open_parts
from align.sources.rendering import Rendering

WORKBOOK = "xl/workbook.xml"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MARGIN_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Z])', re.I)
PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")
LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something, with the reason if it is none of the text; `computed` by a formula."""

    column: int
    text: str
    reason: str = ""
    ruby: str = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `hidden` by hand or by a filter, not by an outline that is folded."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool


@dataclass(slots=True)
class Sheet:
    """What one sheet holds, as far as it bears on its text."""

    rows: list[Row] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    covered: list[tuple[int, int, int, int]] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    filtered: bool = False


def read_xlsx(path: Path, witness: str, data: bytes) -> Source:
    """The cells of an .xlsx or .xlsm file, every sheet in order. Raises DataError where it is damaged or empty.

    What is hidden by hand is left out; rows that a filter or a folded outline hides are text.
    """
    book = _Book(open_parts(path, data))
    rendering = Rendering(witness)
    for at, _, target, hidden in book.sheets():
        _render(rendering, book, target, f"t{at}", hidden)
    return rendering.source(path, data)


def read_sheets(path: Path, data: bytes) -> Iterator[tuple[str, Sheet]]:
    """Every sheet of a file by its name, with its cells as shown. Raises DataError as `read_xlsx` does."""
    book = _Book(open_parts(path, data))
    for _, name, target, _ in book.sheets():
        yield name, book.sheet(target)


class _Book:
    """What the sheets of a file share: strings and number formats."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.relations = parts.relations(WORKBOOK)
        self.strings = [_string(e) for name in self._kind("sharedStrings") for e in parts.each(name, f"{S}si")]
        self.formats = next((_formats(parts.xml(name)) for name in self._kind("styles")), [])
        about = parts.xml(WORKBOOK).find(f"{S}workbookPr")
        self.from_1904 = about is not None and about.get("date1904") in ("1", "true")

    def sheets(self) -> Iterator[tuple[int, str, str, bool]]:
        """The number, the name and the part of every worksheet in order, and whether it is hidden."""
        for at, sheet in enumerate(self.parts.xml(WORKBOOK).iter(f"{S}sheet"), 1):
            relation = self.relations.get(sheet.get(RELATION, ""))
            if relation is None:
                raise self.parts.wrong(WORKBOOK, f"names a sheet that the file does not hold ({sheet.get('name')})")
            if relation.kind == "worksheet":
                yield at, sheet.get("name", ""), relation.target, sheet.get("state", "visible") != "visible"

    def _kind(self, kind: str) -> list[str]:
        return self.parts.related(WORKBOOK, kind)

    def sheet(self, name: str) -> Sheet:
        """A sheet, read once from beginning to end."""
        found = Sheet()
        tags = ("row", "col", "mergeCell", "headerFooter", "filterColumn")
        for element in self.parts.each(name, *(S + tag for tag in tags)):
            tag = local(element)
            if tag == "row":
                found.rows.append(self._row(element, found.rows[-1].number + 1 if found.rows else 1))
            elif tag == "col" and _is_hidden(element):
                last = min(_whole(element.get("max"), 0), LAST_COLUMN)
                found.hidden_columns.update(range(_whole(element.get("min"), 1), last + 1))
            elif tag == "mergeCell":
                found.covered += _area(element.get("ref", ""))
            elif tag == "headerFooter":
                found.margins += [MARGIN_CODE.sub(" ", margin.text or "") for margin in elements(element)]
            elif tag == "filterColumn":
                found.filtered = True
        tables = (self.parts.xml(table) for table in self.parts.related(name, "table"))
        found.filtered |= any(table.find(f".//{S}filterColumn") is not None for table in tables)
        return found

    def _row(self, element: Element, number: int) -> Row:
        cells: list[Cell] = []
        column = 0
        for cell in elements(element):
            at = REFERENCE.fullmatch(cell.get("r", ""))
            column = column_number(at[1]) if at else column + 1
            held = self._cell(cell, column) if len(cell) else ()
            cells += held if cell.find(f"{S}f") is None else (replace(one, computed=True) for one in held)
        return Row(_whole(element.get("r"), number), tuple(cells), _is_hidden(element))

    def _cell(self, cell: Element, column: int) -> Iterator[Cell]:
        kind = cell.get("t", "n")
        value = cell.findtext(f"{S}v") or ""
        formula = cell.find(f"{S}f")
        if kind == "inlineStr":
            text, ruby = _string(cell.find(f"{S}is"))
            yield Cell(column, text, ruby=ruby)
        elif kind == "s":
            at = _whole(value, -1)
            text, ruby = self.strings[at] if 0 <= at < len(self.strings) else ("", "")
            yield Cell(column, text, ruby=ruby)
        elif formula is not None and not value and kind != "str":
            yield Cell(column, f"={formula.text}" if formula.text else "", "formula")
        elif kind == "n":
            style = _whole(cell.get("s"), 0)
            code = self.formats[style] if style < len(self.formats) else GENERAL
            yield Cell(column, shown(value, code, self.from_1904) if value else "")
        elif kind == "b":
            yield Cell(column, "TRUE" if value == "1" else "FALSE")
        else:
            yield Cell(column, _unescaped(value), "error" if kind == "e" else "")


def _render(rendering: Rendering, book: _Book, name: str, table: str, hidden: bool) -> None:
    sheet = book.sheet(name)
    if any(cell.text.startswith(OPENING) for row in sheet.rows[:HEADED] for cell in row.cells):
        remedy = "Move it out of the folder, and read it with `align review --from`."
        raise DataError(f"{book.parts.path}: is a review spreadsheet, not a source.", remedy)
    covered = _covered(sheet)
    for row in sheet.rows:
        away = hidden or (row.hidden and not sheet.filtered)
        for cell in row.cells:
            unseen = away or cell.column in sheet.hidden_columns or (row.number, cell.column) in covered
            _cell_lines(rendering, cell, "hidden" if unseen else cell.reason, f"{table}.r{row.number}")
    for drawing in book.parts.related(name, "drawing"):
        for paragraph in book.parts.xml(drawing).iter("{*}p"):
            text = "".join(piece.text or "" for piece in paragraph.iter("{*}t"))
            _cell_lines(rendering, Cell(0, text), "hidden" if hidden else "", "")
    for comments in book.parts.related(name, "comments"):
        for comment in book.parts.each(comments, f"{S}comment"):
            _cell_lines(rendering, Cell(0, _string(comment)[0]), "comment", "")
    for text in dict.fromkeys(" ".join(margin.split()) for margin in sheet.margins):
        _cell_lines(rendering, Cell(0, text), "running-head", "")


def _cell_lines(rendering: Rendering, cell: Cell, reason: str, row: str) -> None:
    """The lines of a cell; a blank one parts paragraphs."""
    for paragraph in PARAGRAPHS.split(cell.text) if cell.text else ():
        for at, line in enumerate(lines_of(paragraph)):
            if reason:
                rendering.leave_out(line, reason)
            else:
                rendering.line(line, after_blank=at == 0, row=row, column=cell.column)
    for line in lines_of(cell.ruby) if cell.ruby else ():
        rendering.leave_out(line, reason or "ruby")


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells that hold something and stand under a merged cell, by row and column."""
    held = [(row.number, cell.column) for row in sheet.rows for cell in row.cells if cell.text] if sheet.covered else []
    by_row: dict[int, list[int]] = {}
    for number, column in held:
        by_row.setdefault(number, []).append(column)
    found: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.covered:
        numbers = range(top, bottom + 1) if bottom - top < len(by_row) else [n for n in by_row if top <= n <= bottom]
        for number in numbers:
            found |= {(number, column) for column in by_row.get(number, ()) if left <= column <= right}
        found.discard((top, left))
    return found


def _area(reference: str) -> Iterator[tuple[int, int, int, int]]:
    first, _, last = reference.partition(":")
    a, b = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
    if a and b:
        yield int(a[2]), column_number(a[1]), int(b[2]), column_number(b[1])


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found


def _string(element: Element | None) -> tuple[str, str]:
    """The text of a string and what is written above it to say how it is read."""
    text, ruby = "", ""
    for piece in element.iter(f"{S}t") if element is not None else ():
        above = piece.getparent()
        if above is not None and local(above) == "rPh":
            ruby += piece.text or ""
        else:
            text += piece.text or ""
    return _unescaped(text), _unescaped(ruby)


def _unescaped(text: str) -> str:
    """Characters that XML does not hold stand as `_x000D_`."""
    return ESCAPED.sub(lambda code: _character(int(code[1], 16)), text) if "_x" in text else text


def _character(code: int) -> str:
    return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"


def _formats(styles: Element) -> list[str]:
    """The format code of every cell style."""
    own = {_whole(e.get("numFmtId"), -1): e.get("formatCode", GENERAL) for e in styles.iter(f"{S}numFmt")}
    used = styles.find(f"{S}cellXfs")
    numbers = [_whole(one.get("numFmtId"), 0) for one in elements(used)]
    return [own.get(number, BUILT_IN.get(number, GENERAL)) for number in numbers]


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") in ("1", "true") and _whole(element.get("outlineLevel"), 0) == 0


def _whole(printed: str | None, default: int) -> int:
    return int(printed) if printed and re.fullmatch(r"[0-9]{1,9}", printed) else default

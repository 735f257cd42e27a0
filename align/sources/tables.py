"""A CSV or TSV file -> its witness, its decoded text and one line for each line of a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from align.errors import DataError
from align.model import Line, Source, Span, Witness
from align.sources.plain import read_as_text

SEPARATORS = ("\t", ";", ",", "|")
"""In this order where several fit equally well."""
DECLARED = re.compile(r"sep=([^\r\n\"\w])(?:\r\n?|\n)", re.I)
SAMPLE = 200
LARGEST_CELL = 1_000_000
BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
DOUBLED = re.compile('""')
NO_SEPARATOR = "\0"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a record holds at a place: `text[start:end]`, in which two quotes mean one if it is `quoted`."""

    record: int
    column: int
    start: int
    end: int
    quoted: bool


def read_table(path: Path, witness: str, data: bytes) -> Source:
    """Every cell that holds something is a line, or as many as it has, in the row and column where it stands.

    The decoded text is the file itself; separators and quotes are delimiters in its record.
    """
    decoded = read_as_text(path, data) if data.strip() else None
    if decoded is None or not decoded.text.strip():
        raise DataError(f"{path}: line 1: the file is empty.", "Give a table that holds text.")
    text = decoded.text
    declared = DECLARED.match(text)
    start = declared.end() if declared else 0
    separator = declared[1] if declared else separator_of(text)
    lines = tuple(_lines(path, witness, text, _cells(text, separator, start)))
    if not lines:
        raise DataError(f"{path}: line 1: the table holds no text.", "Give a table that holds text.")
    about = Witness(
        witness, path.name, sha256(data).hexdigest(), decoded.encoding, decoded.byte_order_mark, decoded.undecodable
    )
    return Source(about, text, lines, tuple(_between(witness, text, lines)))


def separator_of(text: str) -> str:
    """What separates the cells: what cuts most records into the same number of several cells."""
    best, chosen = 0.3, NO_SEPARATOR
    for separator in SEPARATORS:
        cells = islice(_cells(text, separator), SAMPLE * 20)
        widths = Counter(Counter(cell.record for cell in cells).values())
        usual, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
        share = times / widths.total()
        if usual > 1 and share > best:
            best, chosen = share, separator
    return chosen


def _cells(text: str, separator: str, start: int = 0) -> Iterator[Cell]:
    """The cells of all records, empty ones too; a quote that is not closed before a separator is text."""
    mark = re.escape(separator)
    cell = re.compile(
        rf'[ \t]*+"(?P<quoted>(?:[^"]|"")*+)"[ ]*+(?={mark}|\r|\n|\Z)|(?P<bare>[^\r\n{mark}]*+)'
        if separator != "\t"
        else r'[ ]*+"(?P<quoted>(?:[^"]|"")*+)"[ ]*+(?=\t|\r|\n|\Z)|(?P<bare>[^\r\n\t]*+)'
    )
    ending = re.compile(rf"(?P<separator>{mark})|\r\n?|\n|\Z")
    record, column, at = 1, 1, start
    while at < len(text):
        found = cell.match(text, at)
        end = ending.match(text, found.end()) if found else None
        if not found or not end:  # cannot be: a bare cell ends where one of these is
            return
        group = "quoted" if found["quoted"] is not None else "bare"
        yield Cell(record, column, *found.span(group), group == "quoted")
        record, column = (record, column + 1) if end["separator"] else (record + 1, 1)
        at = end.end()


def _lines(path: Path, witness: str, text: str, cells: Iterator[Cell]) -> Iterator[Line]:
    number, counted = 1, 0
    for cell in cells:
        number += len(BREAK.findall(text, counted, cell.start))
        counted = cell.start
        if cell.end - cell.start > LARGEST_CELL:
            raise DataError(
                f"{path}: line {number}: a cell of {cell.end - cell.start:,} characters is longer than any paragraph.",
                "Check the quotes of the table.",
            )
        begins = True
        for at, (start, end) in enumerate(_pieces(text, cell)):
            piece = text[start:end]
            if not piece.strip():
                begins = True
                continue
            doubled = DOUBLED.finditer(piece) if cell.quoted and '""' in piece else ()
            yield Line(
                witness, number + at, start, end, piece, after_blank=begins,
                markup=tuple((start + match.start(), start + match.start() + 1) for match in doubled),
                row=f"t1.r{cell.record}", column=cell.column,
            )  # fmt: skip
            begins = False


def _pieces(text: str, cell: Cell) -> Iterator[tuple[int, int]]:
    """The lines of a cell."""
    at = cell.start
    for found in BREAK.finditer(text, cell.start, cell.end):
        yield at, found.start()
        at = found.end()
    yield at, cell.end


def _between(witness: str, text: str, lines: tuple[Line, ...]) -> Iterator[Span]:
    """What stands between the lines, where it is more than white space: separators and quotes."""
    ends = (0, *(line.end for line in lines))
    starts = (*(line.start for line in lines), len(text))
    for start, end in zip(ends, starts, strict=True):
        if text[start:end].strip():
            yield Span(witness, start, end, "delimiter", text[start:end], "markup")

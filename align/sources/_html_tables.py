"""The tables of a page -> which of them are data, and the row and column of every piece in those."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from align.characters import HAN
from align.sources._html_measure import Measures
from align.sources._html_page import Page

CELLS = ("td", "th")
MOST_CELLS = 1000
"""Cells that one cell may span; more is a mistake of the page."""
HAN_ALONE = re.compile(rf"[{HAN}]")
LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and its place in the grid, both counted from 1."""

    box: int
    row: int
    column: int


def places(page: Page, measures: Measures) -> dict[int, tuple[str, int]]:
    """Row name and column of every piece in a table that is data."""
    found: dict[int, tuple[str, int]] = {}
    data: set[int] = set()
    tables = _tables(page)
    inner: defaultdict[int, list[int]] = defaultdict(list)
    for table in tables:
        inner[page.boxes[page.boxes[table].parent].table].append(table)
    for name, (table, cells) in enumerate(tables.items(), 1):
        if page.boxes[page.boxes[table].parent].table in data:
            data.add(table)
        elif _is_data(page, table, cells, inner[table], measures):
            data.add(table)
            for cell in cells:
                found |= dict.fromkeys(range(*_stretch(page, cell.box)), (f"t{name}.r{cell.row}", cell.column))
    return found


def _tables(page: Page) -> dict[int, list[Cell]]:
    """The cells of each table, in order, where row and column spans put them."""
    boxes: dict[int, list[int]] = {at: [] for at, box in enumerate(page.boxes) if box.tag == "table"}
    for at, box in enumerate(page.boxes):
        if box.tag in CELLS and box.table >= 0:
            boxes[box.table].append(at)
    return {table: _grid(page, cells) for table, cells in boxes.items()}


def _grid(page: Page, cells: Sequence[int]) -> list[Cell]:
    rows = {row: number for number, row in enumerate(dict.fromkeys(page.boxes[cell].row for cell in cells), 1)}
    taken: defaultdict[int, set[int]] = defaultdict(set)
    found: list[Cell] = []
    for cell in cells:
        attributes = page.boxes[cell].attributes
        row, column = rows[page.boxes[cell].row], 1
        while column in taken[row]:
            column += 1
        found.append(Cell(cell, row, column))
        for below in range(min(_span(attributes.get("rowspan", "")), len(rows) - row + 1)):
            taken[row + below].update(range(column, column + _span(attributes.get("colspan", ""))))
    return found


def _span(said: str) -> int:
    return min(MOST_CELLS, max(1, int(said))) if said.strip().isdecimal() else 1


def _is_data(page: Page, table: int, cells: Sequence[Cell], inner: Sequence[int], measures: Measures) -> bool:
    """Whether a table lays out data, not the page: rows of several cells, none of which holds the whole."""
    box = page.boxes[table]
    said = [(cell, measures.said(*_stretch(page, cell.box))) for cell in cells]
    filled = [(cell, size) for cell, size in said if size]
    wide = {cell.row for cell, _ in filled if cell.column > 1}
    total = measures.said(box.first, box.last)
    if not wide or box.attributes.get("role") in ("presentation", "none"):
        return False
    if measures.links(box.first, box.last) * 10 > total * 8:
        return False
    if any(measures.said(*_stretch(page, at)) * 3 > total for at in inner):
        return False
    if _is_bilingual(page, filled):
        return True
    largest, size = max(filled, key=lambda found: found[1])
    paragraphs = sum(measures.size[at] > 0 for at in range(*_stretch(page, largest.box)))
    if size * 5 > total * 3 and paragraphs > 3:
        return False
    rows = len({cell.row for cell, _ in filled})
    return rows > 1 or "border" in box.attributes or any(page.boxes[cell.box].tag == "th" for cell in cells)


def _stretch(page: Page, box: int) -> tuple[int, int]:
    return page.boxes[box].first, page.boxes[box].last


def _is_bilingual(page: Page, filled: Sequence[tuple[Cell, int]]) -> bool:
    """Whether two columns hold about as much in two scripts."""
    columns: defaultdict[int, int] = defaultdict(int)
    scripts: defaultdict[int, int] = defaultdict(int)
    for cell, size in filled:
        text = "".join(page.pieces[at].text for at in range(*_stretch(page, cell.box)))
        columns[cell.column] += size
        scripts[cell.column] += 3 * len(HAN_ALONE.findall(text)) - len(LATIN.findall(text))
    two = sorted(columns, key=lambda column: -columns[column])[:2]
    if len(two) < 2 or columns[two[1]] * 5 < columns[two[0]]:
        return False
    return min(scripts[column] for column in two) < 0 < max(scripts[column] for column in two)

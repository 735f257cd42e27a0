"""Cells of tables -> cells of one language each where a table is bilingual; its rows then are side by side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from align.model import Line

NUMBER = re.compile(r"\s*[(（]?\s*(?P<n>[0-9０-９]{1,5})\s*[)）.、．]?\s*")
FEWEST, MOST_PART = 2, 0.5
"""Rows that a bilingual table has at least, and in what share of them both languages stand."""

Language = Callable[[str], str]


def divide(lines: Sequence[Line], language: Language) -> Iterator[Line]:
    """The lines; a cell of a bilingual table has the language of its column, other cells are no cells any more.

    A column of numbers numbers the cells beside it. A row in which a column holds the other language,
    such as one of headings, is divided by content.
    """
    for table, run in groupby(lines, key=_table):
        cells = list(run)
        if not table or any(line.lang for line in cells):
            yield from cells
            continue
        columns = _columns(cells, language)
        if _is_bilingual(cells, columns):
            yield from _bilingual(cells, columns, language)
        else:
            yield from (replace(line, row="") for line in cells)


def _table(line: Line) -> str:
    return f"{line.witness} {line.row.rpartition('.')[0]}" if line.row else ""


def _columns(cells: Sequence[Line], language: Language) -> dict[int, str]:
    """The language of each column by that of most of its cells; `number` for one that counts."""
    said: dict[int, Counter[str]] = defaultdict(Counter)
    for line in cells:
        kind = "number" if NUMBER.fullmatch(line.text) else language(line.text)
        said[line.column][kind] += 1 if kind else 0
    return {column: max(counts, key=lambda kind: counts[kind]) for column, counts in said.items() if counts}


def _is_bilingual(cells: Sequence[Line], columns: dict[int, str]) -> bool:
    rows: dict[str, set[str]] = defaultdict(set)
    for line in cells:
        rows[line.row].add(columns.get(line.column, ""))
    both = sum({"en", "zh"} <= held for held in rows.values())
    return both >= min(FEWEST, len(rows)) and both >= MOST_PART * len(rows)


def _bilingual(cells: Sequence[Line], columns: dict[int, str], language: Language) -> Iterator[Line]:
    for at, (_, run) in enumerate(groupby(cells, key=lambda line: line.row)):
        row = list(run)
        heads = _is_heading(row, columns, language, at == 0)
        number = next((m["n"] for line in row if _counts(line, columns) and (m := NUMBER.fullmatch(line.text))), "")
        numbered: set[str] = set()
        for line in row:
            lang = columns.get(line.column, "")
            if heads:
                yield replace(line, row="")
            elif _counts(line, columns) and number:
                yield replace(line, hint="row-number")
            elif lang in ("en", "zh"):
                first = number if lang not in numbered else ""
                numbered.add(lang)
                yield replace(line, lang=lang, ordinal=first, hint="row" if first else line.hint)
            else:
                yield line


def _is_heading(row: Sequence[Line], columns: dict[int, str], language: Language, first: bool) -> bool:
    """Whether a row names its columns: Chinese where English stands, or, first of all, English where Chinese does."""
    found = {(columns.get(line.column, ""), language(line.text)) for line in row}
    return ("en", "zh") in found or (first and ("zh", "en") in found)


def _counts(line: Line, columns: dict[int, str]) -> bool:
    return columns.get(line.column) == "number"

"""Cells of tables -> cells of one language each where a table is bilingual; its rows then are side by side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from align.model import Line

NUMBER = re.compile(r"\s*[(（]?\s*(?P<n>[0-9０-９]{1,5})\s*[)）.、．]?\s*")
FEWEST, MOST_PART = 2, 0.3
"""Rows that a bilingual table has at least, and in what share of them both languages stand."""
ENGLISH, CHINESE = set("english en 英文 英语 英語 英".split()), set("chinese zh 中文 汉语 漢語 中".split())
LANGUAGES = ENGLISH | CHINESE | set("source target 原文 译文 譯文".split())
"""What the heads of two columns call them."""
LONGEST_HEAD, SHORTEST = 20, 4
STOP = re.compile(r"[.。；;！!？?]\s*$")

Language = Callable[[str], str]
Named = Sequence[tuple[str, str]]


def divide(lines: Sequence[Line], language: Language, named: Named = ()) -> Iterator[Line]:
    """The lines; a cell of a bilingual table has the language of its column, other cells are no cells any more.

    A column of numbers numbers the cells beside it. A row in which a column holds the other language
    is divided by content; one of short names, such as `序号 中文 英文`, has the hint `table-head`.
    `named` says which column holds which language, by letter, number or heading; cells of other
    columns then have the hint `other-column`. So they have where the headings name one column for each
    language, but for a column of numbers before both.
    """
    for table, run in groupby(lines, key=_table):
        cells = list(run)
        if not table or any(line.lang for line in cells):
            yield from cells
            continue
        known = _named_columns(cells, named)
        if known:
            yield from _as_named(cells, known, {said.strip().casefold() for _, said in named})
            continue
        columns = _as_headed(cells, _columns(cells, language))
        if _is_bilingual(cells, columns):
            yield from _bilingual(cells, columns, language)
        else:
            yield from (replace(line, row="") for line in cells)


def _named_columns(cells: Sequence[Line], named: Named) -> dict[int, str]:
    """The column of each language by what was said of it; nothing where a column is not there."""
    heads = {line.text.strip().casefold(): line.column for line in cells if line.row == cells[0].row}
    found = {heads.get(said.strip().casefold(), _column(said)): lang for lang, said in named}
    return found if len(found) == 2 and found.keys() <= {line.column for line in cells} else {}


def _column(said: str) -> int:
    """`3` or `C` -> 3; 0 for what is no column."""
    if said.isdecimal():
        return int(said)
    letters = said.upper() if said.isascii() and said.isalpha() and len(said) < 3 else ""
    return sum((ord(c) - 64) * 26**at for at, c in enumerate(reversed(letters)))


def _as_named(cells: Sequence[Line], known: dict[int, str], named: set[str]) -> Iterator[Line]:
    headed = any(line.text.strip().casefold() in named for line in cells if line.row == cells[0].row)
    for line in cells:
        lang = known.get(line.column, "")
        is_head = headed and line.row == cells[0].row
        yield replace(line, hint="other-column") if is_head or not lang else replace(line, lang=lang)


def _table(line: Line) -> str:
    return f"{line.witness} {line.row.rpartition('.')[0]}" if line.row else ""


def _columns(cells: Sequence[Line], language: Language) -> dict[int, str]:
    """The language of each column by that of most of its cells; `number` for one that counts."""
    said: dict[int, Counter[str]] = defaultdict(Counter)
    for line in cells:
        kind = "number" if NUMBER.fullmatch(line.text) else language(line.text)
        said[line.column][kind] += 1 if kind else 0
    return {column: max(counts, key=lambda kind: counts[kind]) for column, counts in said.items() if counts}


def _as_headed(cells: Sequence[Line], columns: dict[int, str]) -> dict[int, str]:
    """The columns by their headings, where these name just one for each language; else as they are."""
    heads = [(line.text.strip().casefold(), line.column) for line in cells if line.row == cells[0].row]
    en, zh = ([column for head, column in heads if head in names] for names in (ENGLISH, CHINESE))
    if len(en) != 1 or len(zh) != 1:
        return columns
    texts = {en[0]: "en", zh[0]: "zh"}
    counts = {column for column, kind in columns.items() if kind == "number" and column < min(texts)}
    return {column: texts.get(column, "number" if column in counts else "other") for column in columns}


def _is_bilingual(cells: Sequence[Line], columns: dict[int, str]) -> bool:
    rows: dict[str, set[str]] = defaultdict(set)
    for line in cells:
        rows[line.row].add(columns.get(line.column, ""))
    both = sum({"en", "zh"} <= held for held in rows.values())
    return both >= min(FEWEST, len(rows)) and both >= MOST_PART * len(rows)


def _bilingual(cells: Sequence[Line], columns: dict[int, str], language: Language) -> Iterator[Line]:
    number = ""
    for at, (_, run) in enumerate(groupby(cells, key=lambda line: line.row)):
        row = list(run)
        heads = _is_heading(row, columns, language, at == 0)
        named = heads and all(_is_name(line.text.strip()) for line in row)
        before = number
        number = next((m["n"] for line in row if _counts(line, columns) and (m := NUMBER.fullmatch(line.text))), "")
        numbered: set[str] = set()
        for line in row:
            lang = columns.get(line.column, "")
            if heads:
                yield replace(line, hint="table-head") if named else replace(line, row="")
            elif _counts(line, columns) and number:
                yield replace(line, hint="row-number")
            elif lang in ("en", "zh"):
                first = number if lang not in numbered and number != before else ""
                numbered.add(lang)
                yield replace(line, lang=lang, ordinal=first, hint="row" if first else line.hint)
            else:
                yield replace(line, hint="other-column") if lang == "other" else line


def _is_name(text: str) -> bool:
    """Whether a heading is no sentence: short, and without a stop but for that of `No.`"""
    return len(text) <= LONGEST_HEAD and (len(text) <= SHORTEST or not STOP.search(text))


def _is_heading(row: Sequence[Line], columns: dict[int, str], language: Language, first: bool) -> bool:
    """Whether a row names its columns: Chinese where English stands, or, first of all, English where Chinese does."""
    found = {(columns.get(line.column, ""), language(line.text)) for line in row}
    named = {columns.get(line.column, "") for line in row if line.text.strip().casefold() in LANGUAGES}
    return ("en", "zh") in found or (first and (("zh", "en") in found or named >= {"en", "zh"}))


def _counts(line: Line, columns: dict[int, str]) -> bool:
    return columns.get(line.column) == "number"

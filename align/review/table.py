"""A review spreadsheet as somebody saved it -> its rows: texts, decision, note, mark of what it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from align.errors import DataError
from align.export import safe_name
from align.model import Lang
from align.sheets import (
    BAND_DECISIONS,
    DAY,
    DECISIONS,
    HEADED,
    HEADINGS,
    NEEDED,
    OPENING,
    READ_ONLY,
    REVIEWER,
    WITH_DRAFTS,
    digest,
    plain,
)
from align.sources.xlsx import Cell, Sheet, read_sheets
from align.sources.xlsx import Row as SheetRow

BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?)?")
AGAIN = "Export the sheet again and make the changes in that one."


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row was made from: the number of its bead, and the digests of its sentences and its note."""

    kind: Literal["bead", "item"]
    number: int
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `number` is what the spreadsheet shows beside it; a row that somebody inserted has no mark."""

    number: int
    texts: Mapping[Lang, tuple[str, ...]]
    decision: str = ""
    note: str = ""
    ids: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)
    mark: Mark | None = None
    is_hidden: bool = False


@dataclass(slots=True)
class Table:
    """The review of one document: which, in which state, by whom and when, its rows, and what cannot be read."""

    file: Path
    document: str
    state: str
    by: str = ""
    on: str = ""
    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def refuse(self, row: int, what: str) -> None:
        """Note what cannot be read, with its row."""
        self.problems.append(f"{self.file}: row {row}: {what}")


def read_tables(path: Path, data: bytes) -> list[Table]:
    """The reviews in a file, one for each document. Raises DataError for a file that holds none."""
    found: list[Table] = []
    said: dict[str, str] = {}
    for _, sheet in read_sheets(path, data):
        headed = next(filter(None, map(_headings, enumerate(sheet.rows[:HEADED]))), None)
        if headed is None:
            said |= _said(sheet)
            continue
        found.append(_table(path, sheet, *headed, said))
        said = {}
    if not found:
        raise DataError(f"{path}: holds no review table.", "Give a sheet that `align export --to xlsx` wrote.")
    return found


def _headings(numbered: tuple[int, SheetRow]) -> tuple[int, dict[int, str]] | None:
    """The place of the row with the headings, and the column of each; nothing if it is another row."""
    at, row = numbered
    names = {plain(text): name for name, text in HEADINGS.items()}
    columns = {cell.column: names[plain(cell.text)] for cell in row.cells if plain(cell.text) in names}
    columns |= {cell.column: "mark" for cell in row.cells if cell.text.startswith(OPENING)}
    return (at, columns) if len(set(columns.values()) & {"mark", *NEEDED}) > 2 else None


def _said(sheet: Sheet) -> dict[str, str]:
    """What a first page says of who and when."""
    found = {}
    names = {plain(name): name for name in (REVIEWER, DAY)}
    for row in sheet.rows:
        for cell, beside in zip(row.cells, row.cells[1:], strict=False):
            if plain(cell.text) in names and beside.column == cell.column + 1:
                found[names[plain(cell.text)]] = " ".join(beside.text.split())
    return found


def _table(path: Path, sheet: Sheet, at: int, columns: dict[int, str], said: dict[str, str]) -> Table:
    missing = [
        HEADINGS.get(name, "of marks, which is hidden") for name in (*NEEDED, "mark") if name not in columns.values()
    ]
    if missing:
        raise DataError(f"{path}: row {sheet.rows[at].number}: there is no column {missing[0]}.", AGAIN)
    over = next(cell.text for cell in sheet.rows[at].cells if columns.get(cell.column) == "mark")
    parts = [part.strip() for part in over.split(" | ")]
    if len(parts) != 3:
        raise DataError(f"{path}: row {sheet.rows[at].number}: the heading of the marks was changed.", AGAIN)
    if parts[2] == READ_ONLY:
        raise DataError(
            f"{path}: is for reading only, because its Chinese was converted to another script.",
            "Export it without --script and make the changes in that one.",
        )
    if parts[2] == WITH_DRAFTS:
        raise DataError(
            f"{path}: is a sheet of the set with drafts, which is not read.",
            f"Decide in the sheet of the set without them, {safe_name(parts[1])}.xlsx.",
        )
    table = Table(path, parts[1], parts[2], said.get(REVIEWER, ""), day(said.get(DAY, ""), path))
    _refuse_merged(table, sheet, columns)
    seen: set[int] = set()
    for row in sheet.rows[at + 1 :]:
        cells = {columns[cell.column]: cell for cell in row.cells if cell.column in columns}
        if any(cell.text.strip() for name, cell in cells.items() if name != "number"):
            table.rows.append(_row(table, row.number, row.hidden, cells, seen))
    return table


def _refuse_merged(table: Table, sheet: Sheet, columns: Mapping[int, str]) -> None:
    for top, left, bottom, right in sheet.covered:
        if bottom > top and any(left <= column <= right for column in columns):
            table.refuse(top, f"its cells are merged with those down to row {bottom}. Unmerge them.")


def day(text: str, path: Path | str) -> str:
    """A day as YYYY-MM-DD, however it was typed, with the year first. Raises DataError for what is none."""
    if not text:
        return ""
    found = DATE.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())).isoformat() if found else _raise(text, path)
    except ValueError:
        return _raise(text, path)


def _raise(text: str, path: Path | str) -> str:
    raise DataError(f"{path}: {text!r} is no day.", "Write the year first, such as 2026-03-01.")


def _row(table: Table, number: int, hidden: bool, cells: Mapping[str, Cell], seen: set[int]) -> Row:
    """One row; what is wrong with it is noted in the table."""
    for name in ("en", "zh", "decision", "note"):
        cell = cells.get(name)
        if cell and (cell.computed or cell.reason in ("formula", "error")):
            table.refuse(
                number, f"{HEADINGS[name]} holds a formula or an error ({cell.text[:40]}). Type the text itself."
            )
    held = {name: cell.text for name, cell in cells.items()}
    ids: dict[Lang, tuple[str, ...]] = {"en": _words(held, "en_ids"), "zh": _words(held, "zh_ids")}
    mark = _mark(held.get("mark", ""), ids)
    if mark is None and (held.get("mark", "").strip() or any(ids.values())):
        table.refuse(number, f"its ids were changed. Undo that, or delete the row. {AGAIN}")
        mark, ids = None, {}
    if mark and mark.number in seen and mark.kind == "bead":  # a copy of a row is one that was inserted
        mark, ids = None, {}
    if mark and mark.kind == "bead":
        seen.add(mark.number)
    texts: dict[Lang, tuple[str, ...]] = {"en": tuple(_lines(held, "en")), "zh": tuple(_lines(held, "zh"))}
    is_band = mark is not None and mark.kind == "item"
    decision = _decision(table, number, held.get("decision", ""), is_band)
    return Row(number, texts, decision, " ".join(held.get("note", "").split()), ids, mark, hidden)


def _words(held: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(held.get(name, "").split())


def _lines(held: Mapping[str, str], name: str) -> Iterator[str]:
    """The sentences of a cell: each is a paragraph."""
    for said in BREAKS.split(held.get(name, "")):
        if said.strip():
            yield " ".join(said.split())


def _mark(text: str, ids: Mapping[Lang, tuple[str, ...]]) -> Mark | None:
    """The mark of a row; nothing where it has none, or one that does not go with its ids."""
    *parts, total = text.strip().split("|")
    if digest(*parts, " ".join(ids["en"]), " ".join(ids["zh"])) != total or not parts[1].isdigit():
        return None
    if parts[0] == "item":
        return Mark("item", int(parts[1]))
    en, zh = (tuple(filter(None, part.split("."))) for part in parts[2:4])
    return Mark("bead", int(parts[1]), en, zh, parts[4])


def _decision(table: Table, number: int, text: str, is_band: bool) -> str:
    """The name of a decision, in whichever language it was typed; an empty cell decides nothing."""
    known = BAND_DECISIONS if is_band else DECISIONS
    if is_band and plain(text) in map(plain, (*DECISIONS["confirm"], " ".join(DECISIONS["confirm"]))):
        return ""  # a confirmation that was filled down a whole column
    for name, (en, zh) in known.items():
        if plain(text) in (plain(en), plain(zh), plain(f"{en} {zh}")):
            return name
    if text.strip():
        words = ", ".join(f"“{en}”" for en, _ in known.values())
        table.refuse(number, f"the decision “{text.strip()[:40]}” is none of {words}.")
    return ""

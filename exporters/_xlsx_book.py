"""Rows of a review table -> a worksheet: widths, heights, colours, a filter, drop-down lists, protection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from align.sheets import BAND_DECISIONS, DECISIONS, HEADINGS

from ._wording import in_script
from ._xlsx_measure import row_height
from ._xlsx_rows import Look, Row

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

COLUMNS = ("number", "item", "en", "zh", "decision", "note", "confidence", "flags", "status", "en_ids", "zh_ids")
WIDTHS = (6.5, 7, 54, 44, 22, 24, 11.5, 17, 13, 15, 15)
"""In digits of the usual face."""
MEASURED = tuple((c, w) for c, w in zip(COLUMNS, WIDTHS, strict=True) if c not in ("number", "item", "confidence"))
"""The columns whose texts may take more than one line."""
OPEN = frozenset(("en", "zh", "decision", "note"))
"""Columns that a person may write into."""
MIDDLE = frozenset(("number", "item", "confidence", "flags", "status"))
MARKS = len(COLUMNS)
"""The column of the marks, which is hidden."""
FILLS: dict[Look, str] = {
    "band": "#1F3A5F",
    "worst": "#FADBD8",
    "unsure": "#FFF2CC",
    "gap": "#E7E6E6",
    "confirmed": "#E2F0D9",
    "plain": "#FFFFFF",
}
INPUT = "#FFFFFF"
ENGLISH = "Arial"
CHINESE = {"zh-Hans": "Microsoft YaHei"}
TRADITIONAL = "Microsoft JhengHei"
ALLOWED = dict.fromkeys(
    ("insert_rows", "delete_rows", "format_rows", "format_columns", "sort", "autofilter", "select_locked_cells"), True
)
"""What the protection leaves free; it has no password."""
Kind = Literal["text", "number", "mark", "head"]


@dataclass(slots=True)
class Formats:
    """The cell formats of a file, each made once, and the script of its Chinese by the tag of its document."""

    book: Workbook
    chinese: str
    tag: str
    made: dict[tuple[object, ...], Format] = field(default_factory=dict)
    rows: dict[tuple[object, ...], list[Format]] = field(default_factory=dict)

    def say(self, text: str) -> str:
        """Words of ours in the script of the document."""
        return in_script(text, self.tag)

    def get(self, **properties: object) -> Format:
        """The format with these properties besides those that all cells have."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            common: dict[str, Any] = {"font_name": ENGLISH, "font_size": 10, "valign": "top", "text_wrap": True}
            self.made[key] = self.book.add_format({**common, **properties})
        return self.made[key]

    def row(self, row: Row) -> list[Format]:
        """The formats of the cells of a row, by column."""
        key = (row.kind, row.look, row.is_title, row.locked)
        if key not in self.rows:
            self.rows[key] = [self._cell(column, row) for column in COLUMNS]
        return self.rows[key]

    def _cell(self, column: str, row: Row) -> Format:
        is_open = column in OPEN and column not in row.locked
        if row.kind == "band":
            is_open = column == "decision"
        size = 10 if column in OPEN else 9
        free = is_open and column in ("decision", "note") and row.look != "band"
        return self.get(
            font_name=self.chinese if column == "zh" else ENGLISH,
            font_size=size,
            bold=row.is_title or row.kind == "band",
            font_color="#FFFFFF" if row.look == "band" else "#595959" if column not in OPEN else "#000000",
            bg_color=INPUT if free else FILLS[row.look],
            align="center" if column in MIDDLE else "left",
            num_format="0.00" if column == "confidence" else "0" if column == "number" else "@",
            border=1,
            border_color="#BFBFBF",
            locked=not is_open,
            text_wrap=row.kind == "bead",
        )


def fill(sheet: Worksheet, formats: Formats, rows: Iterable[Row], over: str) -> None:
    """Write a whole table into a worksheet; `over` stands over the column of the marks."""
    _head(sheet, formats, over)
    hidden = formats.get(font_size=8, font_color="#7F7F7F", text_wrap=False, locked=True)
    kinds: list[str] = []
    for at, row in enumerate(rows, 1):
        _row(sheet, formats, at, row)
        sheet.write_string(at, MARKS, row.mark, hidden)
        kinds.append(row.kind)
    sheet.autofilter(0, 0, max(len(kinds), 1), MARKS - 1)
    for kind, words in (("bead", DECISIONS), ("band", BAND_DECISIONS)):
        _choice(sheet, formats, [" ".join(pair) for pair in words.values()], list(_runs(kinds, kind)))
    sheet.protect("", ALLOWED)


def _head(sheet: Worksheet, formats: Formats, over: str) -> None:
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    sheet.set_column(MARKS, MARKS, 12, None, {"hidden": True})
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)
    look = formats.get(
        bold=True, bg_color="#D9E1F2", border=1, border_color="#8EA9DB", align="center", valign="vcenter"
    )
    sheet.set_row(0, 36)
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, "\n".join(formats.say(HEADINGS[column]).rsplit(" ", 1)), look)
    sheet.write_string(0, MARKS, over, look)


def _row(sheet: Worksheet, formats: Formats, at: int, row: Row) -> None:
    texts = ((str(row.cells.get(column, "")), width) for column, width in MEASURED)
    sheet.set_row(at, 18 if row.kind == "band" else row_height(texts))
    for place, (column, look) in enumerate(zip(COLUMNS, formats.row(row), strict=True)):
        value = row.cells.get(column, "")
        if isinstance(value, str) and value:
            sheet.write_string(at, place, value, look)
        elif isinstance(value, str):
            sheet.write_blank(at, place, None, look)
        else:
            sheet.write_number(at, place, value, look)


def _runs(kinds: list[str], kind: str) -> Iterator[tuple[int, int]]:
    """The first and last row of every run of rows of one kind."""
    start = 0
    for at, here in enumerate([*kinds, ""], 1):
        if here != kind and start:
            yield start, at - 1
        start = (start or at) if here == kind else 0


def _choice(sheet: Worksheet, formats: Formats, words: list[str], runs: list[tuple[int, int]]) -> None:
    """A drop-down list in the column for decisions."""
    if not runs:
        return
    at = COLUMNS.index("decision")
    sheet.data_validation(
        runs[0][0],
        at,
        runs[0][1],
        at,
        {
            "validate": "list",
            "source": list(map(formats.say, words)),
            "error_title": "align",
            "error_message": formats.say("Choose one of the list, or leave the cell empty. 请从列表中选择，或留空。"),
            "other_cells": [[first, at, last, at] for first, last in runs[1:]],
        },
    )

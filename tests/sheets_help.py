"""A document with a review spreadsheet, and a hand that edits it as a translator would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from conftest import Run
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from align.decisions.model import Decision
from align.decisions.toml import read_decisions
from align.sheets import DAY, HEADINGS, REVIEWER, plain

EN = """\
1. Both sides opened three ports. They will open two more in 2015.
2. Experts will meet each year; they will report to the ministers. The first meeting is in Beijing.
3. The parties welcome "new" partners. Schools will exchange teachers.
4. Trains will run daily.
"""
ZH = """\
1、双方开放了三个口岸。双方将于2015年再开放两个。
2、专家将每年会晤；专家将向部长报告。首次会晤在北京举行。
3、双方欢迎“新的”伙伴。学校将互派教师。
4、列车将每天开行。
"""
COLUMNS = {plain(heading): name for name, heading in HEADINGS.items()}


@dataclass
class Hand:
    """One sheet under edit: cells by the number of their bead and the name of their column."""

    book: Workbook

    @property
    def table(self) -> Worksheet:
        """The table of beads."""
        found = self.book.worksheets[1]
        assert isinstance(found, Worksheet)
        return found

    @property
    def first(self) -> Worksheet:
        """The page that says how to."""
        found = self.book.worksheets[0]
        assert isinstance(found, Worksheet)
        return found

    def columns(self) -> dict[str, int]:
        """The place of each column."""
        named = ((plain(str(cell.value)), cell.column) for cell in self.table[1] if cell.value)
        return {COLUMNS[text]: column for text, column in named if text in COLUMNS}

    def row(self, number: int) -> int:
        """The row of a bead."""
        column = self.columns()["number"]
        return next(r for r in range(2, self.table.max_row + 1) if self.table.cell(r, column).value == number)

    def band(self, item: str) -> int:
        """The dark row over an item."""
        at = self.columns()
        rows = range(2, self.table.max_row + 1)
        return next(
            r
            for r in rows
            if self.table.cell(r, at["item"]).value == item and not self.table.cell(r, at["number"]).value
        )

    def cell(self, number: int, name: str) -> Cell:
        """The cell of a bead."""
        found = self.table.cell(self.row(number), self.columns()[name])
        assert not isinstance(found, MergedCell)
        return found

    def get(self, number: int, name: str) -> str:
        """What a cell says."""
        return str(self.cell(number, name).value or "")

    def put(self, number: int, name: str, text: str | float | None) -> None:
        """Type into a cell."""
        self.cell(number, name).value = text

    def insert(self, number: int, en: str, zh: str) -> None:
        """A row below a bead."""
        at = self.row(number) + 1
        self.table.insert_rows(at)
        self.table.cell(at, self.columns()["en"]).value = en
        self.table.cell(at, self.columns()["zh"]).value = zh

    def sign(self, by: str, on: str) -> None:
        """Fill in who and when."""
        for row in self.first.iter_rows(max_row=8):
            label = plain(str(row[0].value))
            if label in (plain(REVIEWER), plain(DAY)):
                self.first.cell(row[0].row or 0, 2).value = by if label == plain(REVIEWER) else on


@dataclass
class Desk:
    """A folder with a document, its corpus and its sheet."""

    folder: Path
    run: Run

    @property
    def sheet(self) -> Path:
        """The sheet as it was exported."""
        return self.folder / "dist/old/old.xlsx"

    def export(self) -> str:
        """Build and write the sheet."""
        status, out, err = self.run("export", self.folder / "input", "--to", "xlsx")
        assert status == 0, err
        return out

    def edited(self, edit: Callable[[Hand], object], name: str = "back.xlsx", by: str = "Li Wei") -> Path:
        """A copy of the sheet after some edits."""
        hand = Hand(openpyxl.load_workbook(self.sheet))
        hand.sign(by, "2026-03-01")
        edit(hand)
        hand.book.save(self.folder / name)
        return self.folder / name

    def review(self, *arguments: object) -> tuple[int, str, str]:
        """`align review --from …`."""
        return self.run("review", "--from", *arguments)

    def decisions(self) -> tuple[Decision, ...]:
        """What stands in decisions.toml."""
        path = self.folder / "input/old/decisions.toml"
        return read_decisions(path) if path.exists() else ()


def desk(folder: Path, run: Run, en: str = EN, zh: str = ZH) -> Desk:
    """A document with its sheet."""
    (folder / "input/old").mkdir(parents=True)
    (folder / "input/old/en.txt").write_text(en, "utf-8")
    (folder / "input/old/zh.txt").write_text(zh, "utf-8")
    made = Desk(folder, run)
    made.export()
    return made

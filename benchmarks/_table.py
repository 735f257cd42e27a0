"""Rows of words -> aligned tables for a terminal, or Markdown inside a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

Row = tuple[str, ...]
START, END = "<!-- table -->", "<!-- /table -->"


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, the names of the columns, and the rows."""

    title: str
    columns: Row
    rows: Sequence[Row]


def aimed(value: float | None, sign: str, goal: float | None, digits: int = 3) -> tuple[str, str]:
    """The goal as printed, and whether a value meets it; a value that could not be had does not."""
    if goal is None:
        return "–", "–"
    shown = f"{sign} {goal:,.0f}" if goal > 100 else f"{sign} {goal:.{digits}f}"
    if value is None or isnan(value):
        return shown, "n/a"
    return shown, "yes" if (value >= goal if sign == "≥" else value <= goal) else "no"


def plain(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:,}"


def text(tables: Sequence[Table], notes: Sequence[str]) -> str:
    """For a terminal: columns of even width."""
    return "\n\n".join([*map(_text, tables), "\n".join(notes)]).strip() + "\n"


def markdown(tables: Sequence[Table], notes: Sequence[str]) -> str:
    """For a page: pipe tables under bold titles."""
    return "\n\n".join([*map(_markdown, tables), "\n".join(f"- {note}" for note in notes)]).strip() + "\n"


def save(path: Path, made: str) -> None:
    """Write a table to a file, between its two markers if it holds them."""
    old = path.read_text("utf-8") if path.exists() else ""
    before, start, rest = old.partition(START)
    _, end, after = rest.partition(END)
    path.write_text(f"{before}{START}\n{made}{END}{after}" if start and end else made, "utf-8")


def _text(table: Table) -> str:
    widths = [max(map(len, column)) for column in zip(table.columns, *table.rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in (table.columns, *table.rows)]  # fmt: skip
    return "\n".join([table.title, *lines])


def _markdown(table: Table) -> str:
    lines = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    return "\n".join([f"**{table.title}**", "", *(f"| {' | '.join(line)} |" for line in lines)])

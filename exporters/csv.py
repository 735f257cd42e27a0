"""Bitexts -> a table with a row for each bead, as CSV for spreadsheets or as TSV."""

from __future__ import annotations

import re
from collections.abc import Iterable

from align.export import Exporter, Open, Options
from align.model import Bitext

from ._beads import Bead, beads, spelled

COLUMNS = tuple("document item english chinese confidence status flags en_ids zh_ids standing".split())
FORMULA = re.compile(r"[\s']*[=+@＝＋－＠-]|'*[\t\r\n]")
"""How a cell begins that a spreadsheet may take for a formula; Excel takes the wide signs for one too."""


def _write(bitexts: Iterable[Bitext], options: Options, open: Open, suffix: str) -> None:
    """One table for all bitexts. Excel knows UTF-8 by its byte order mark; what reads TSV wants none."""
    from csv import writer
    from io import TextIOWrapper

    dialect, encoding = ("excel", "utf-8-sig") if suffix == "csv" else ("excel-tab", "utf-8")
    with open(f"{options.name}.{suffix}") as stream:
        text = TextIOWrapper(stream, encoding, newline="")
        table = writer(text, dialect, lineterminator="\r\n" if suffix == "csv" else "\n")
        table.writerow(COLUMNS)
        for bitext in bitexts:
            converted = ", converted" if bitext.zh.conversion else ""
            for bead in beads(bitext):
                table.writerow(map(cell, _row(bitext, bead, converted)))
        text.detach()


def _row(bitext: Bitext, bead: Bead, converted: str) -> tuple[str, ...]:
    link = bead.link
    return (
        bitext.meta.name,
        bead.item,
        bead.english,
        bead.chinese,
        f"{link.confidence:g}",
        link.status,
        " ".join(link.flags),
        " ".join(link.en),
        " ".join(link.zh),
        bead.standing + converted,
    )


def cell(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula.

    Quotation marks do not help, and a space or a tab before the sign does not everywhere; so an
    apostrophe is put before it, as OWASP advises. It shows, and can be taken off again: one
    apostrophe before a cell that begins as FORMULA says is ours, whatever the text was.
    """
    said = spelled(text)
    return f"'{said}" if FORMULA.match(said) else said


def write_csv(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """Commas, CRLF and a byte order mark: a double click opens it."""
    _write(bitexts, options, open, "csv")


def write_tsv(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """Tabs, LF and no byte order mark; a cell with a tab, a line break or a quotation mark is quoted."""
    _write(bitexts, options, open, "tsv")


csv = Exporter("csv", "A table to read and sort in Excel, LibreOffice or Sheets: a row for each bead.", write_csv, ())
tsv = Exporter("tsv", "The same table with tabs, for scripts and for pasting.", write_tsv, ())

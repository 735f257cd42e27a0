"""A path -> the source it holds; one reader per file format behind one door."""

from __future__ import annotations

from pathlib import Path

from align.model import Source

SUFFIXES = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".docm"),
    *(".odt", ".pdf", ".xlsx", ".xlsm", ".csv", ".tsv", ".tmx", ".xlf", ".xliff", ".xml"),
)
"""Names that files of ours end in; which reader takes one, its content says."""


def read(path: Path, witness: str) -> Source:
    """Read a file by what it holds; its suffix decides between kinds of plain text.

    Raises DataError for what no reader knows or can read, SurroundingsError where it cannot be had.
    """
    from align.sources.kinds import kind_of, reader_of
    from align.sources.plain import read_data

    data = read_data(path)
    return reader_of(kind_of(path, data))(path, witness, data)

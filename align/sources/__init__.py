"""A path -> the source it holds; one reader per file format behind one door."""

from __future__ import annotations

from pathlib import Path

from align.errors import DataError
from align.model import Source

MARKDOWN = (".md", ".markdown")
TEXT = (".txt", ".text", "")
SUFFIXES = (*MARKDOWN, ".txt", ".text")


def read(path: Path, witness: str) -> Source:
    """Read a file by its suffix. Raises DataError for a format that no reader knows."""
    from align.sources.text import read_markdown, read_text

    suffix = path.suffix.lower()
    if suffix in MARKDOWN:
        return read_markdown(path, witness)
    if suffix in TEXT:
        return read_text(path, witness)
    raise DataError(f"{path}: no reader for {suffix} files.", f"Save it as one of {', '.join(SUFFIXES)} and try again.")

"""A TSV file of terms -> pairs of English and Chinese, in its order and each once."""

from __future__ import annotations

from pathlib import Path

from align.characters import HAN_CHAR
from align.errors import DataError
from align.sources.plain import read_plain

Terms = tuple[tuple[str, str], ...]
FORM = "Write English, a tab, Chinese."


def read_glossary(path: Path) -> Terms:
    """The terms of a file: English, a tab, Chinese; lines with # in front, blank ones, further columns count for none.

    Raises DataError for a line that is no such pair, with its number.
    """
    decoded = read_plain(path)
    if decoded.undecodable:
        line = decoded.text.count("\n", 0, decoded.undecodable[0].offset) + 1
        raise DataError(f"{path}: line {line}: not all of it is {decoded.encoding}.", "Save the file as UTF-8.")
    lines = enumerate(decoded.text.split("\n"), 1)
    return tuple(dict.fromkeys(_term(path, at, line) for at, line in lines if line.strip() and line[0] != "#"))


def _term(path: Path, at: int, line: str) -> tuple[str, str]:
    en, *others = (" ".join(column.split()) for column in line.split("\t"))
    if not others:
        raise DataError(f"{path}: line {at}: there is no tab.", FORM)
    zh = others[0]
    if not en or not zh:
        raise DataError(f"{path}: line {at}: the {'Chinese' if en else 'English'} is empty.", FORM)
    if not HAN_CHAR.search(zh):
        remedy = f"{FORM} A line of headings begins with #." if at == 1 else FORM
        raise DataError(f"{path}: line {at}: the second column holds no Chinese character.", remedy)
    return en, zh

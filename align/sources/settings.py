"""A document.toml -> what it says of a document, checked key by key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from align.model import DIRECTIONS, STANDINGS, Known, Lang
from align.sources.toml import Table, langs, read_toml, shown

SETTINGS = "document.toml"
DOCUMENT_KEYS = {"date", "direction", "title", "file", "known"}
FILE_KEYS = {"name", "language", "standing", "url", "publisher", "retrieved", "translator", "rights", "columns"}
KNOWN_KEYS = {"language", "title", "publisher", "date", "url"}


@dataclass(frozen=True, slots=True)
class InputFile:
    """One source file; no `langs` means that the content decides.

    `columns`: which column of its tables holds which language, by letter, number or heading.
    """

    path: Path
    langs: tuple[Lang, ...] = ()
    standing: str = "unknown"
    url: str = ""
    publisher: str = ""
    retrieved: str = ""
    translator: str = ""
    rights: str = ""
    columns: tuple[tuple[Lang, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a document.toml says; no files means all there are."""

    files: tuple[InputFile, ...] = ()
    titles: tuple[tuple[Lang, str], ...] = ()
    date: str = ""
    direction: str = "unknown"
    known: tuple[Known, ...] = ()


def read_settings(path: Path) -> Settings:
    """Read a document.toml. Raises DataError for what is not as `align init` would write it."""
    top = read_toml(path, DOCUMENT_KEYS)
    title = next(top.tables("title", {"en", "zh"}, one=True), None)
    files: dict[Path, InputFile] = {}
    for table in top.tables("file", FILE_KEYS):
        file = _file(table)
        if files.setdefault(file.path, file) is not file:
            raise table.fault("name", f"the file {file.path.name} is listed twice.", "Remove one entry.")
    return Settings(
        tuple(files.values()),
        tuple((lang, title.text(lang)) for lang in langs(title.said)) if title else (),
        top.date("date"),
        top.one_of("direction", DIRECTIONS, "unknown"),
        tuple(_known(table) for table in top.tables("known", KNOWN_KEYS)),
    )


def _file(table: Table) -> InputFile:
    name = table.text("name")
    source = table.path.parent / name
    if not name or Path(name).is_absolute() or ".." in Path(name).parts or "\\" in name:
        raise table.fault("name", f"file.name is {shown(name)}.", "Name a file in this folder.")
    if not source.is_file():
        raise table.fault("name", f"the file {name} is not there.", f"Put it beside {SETTINGS}.")
    return InputFile(
        source,
        table.languages("language"),
        table.one_of("standing", STANDINGS, "unknown"),
        retrieved=table.date("retrieved"),
        columns=table.columns("columns"),
        **{key: table.text(key) for key in ("url", "publisher", "translator", "rights")},
    )


def _known(table: Table) -> Known:
    langs = table.languages("language")
    if len(langs) != 1 or not table.text("title"):
        raise table.fault("known", "a known text needs one language and a title.", "Add them.")
    return Known(langs[0], table.text("title"), table.text("publisher"), table.date("date"), table.text("url"))

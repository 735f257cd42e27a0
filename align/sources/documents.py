"""Paths that a person gives -> the documents they mean: which files, which languages, what is said of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from align.errors import DataError, UsageError
from align.model import DIRECTIONS, STANDINGS, Known, Lang
from align.sources import SUFFIXES

SETTINGS = "document.toml"
USED_STANDINGS = STANDINGS[:3]
"""Drafts (`working`, `machine`) are no texts of the document: they never close a gap."""
LANGUAGE_NAMES: dict[str, Lang] = {
    "en": "en", "eng": "en", "english": "en", "zh": "zh", "cn": "zh", "chi": "zh", "zho": "zh", "chs": "zh",
    "cht": "zh", "chinese": "zh", "zh-cn": "zh", "zh-tw": "zh", "zh-hk": "zh", "zh-hans": "zh", "zh-hant": "zh",
    "英文": "en", "中文": "zh",
}  # fmt: skip
PART = re.compile(r"[._\s]+|-(?=(?:en|zh|cn)$)")
DOCUMENT_KEYS = {"date", "direction", "title", "file", "known"}
FILE_KEYS = {"name", "language", "standing", "url", "publisher", "retrieved", "translator", "rights"}
KNOWN_KEYS = {"language", "title", "publisher", "date", "url"}


@dataclass(frozen=True, slots=True)
class InputFile:
    """One source file; no `langs` means that the content decides."""

    path: Path
    langs: tuple[Lang, ...] = ()
    standing: str = "unknown"
    url: str = ""
    publisher: str = ""
    retrieved: str = ""
    translator: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A document as given: its name, its files in order, and what document.toml says of it."""

    name: str
    files: tuple[InputFile, ...]
    settings: Path | None = None
    titles: tuple[tuple[Lang, str], ...] = ()
    date: str = ""
    direction: str = "unknown"
    known: tuple[Known, ...] = ()


def find_documents(paths: Sequence[Path]) -> list[Input]:
    """The documents that paths mean: a folder of files, a folder of such folders, or files.

    Files that differ only in a language name (`old.en.txt`, `old.zh.txt`) are one document; so are
    two files and no more. Raises UsageError for a path that is not there.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder.", "Check the name.")
    found = [document for path in paths if path.is_dir() for document in _folder(path)]
    found += _files([path for path in paths if not path.is_dir()])
    seen: dict[str, Input] = {}
    for document in found:
        if document.name in seen:
            raise UsageError(
                f"Two documents are called {document.name}.", "Rename one, or run the command once for each."
            )
        seen[document.name] = document
    return found


def _folder(path: Path) -> Iterator[Input]:
    if (path / SETTINGS).is_file() or any(_is_source(child) for child in path.iterdir()):
        yield read_folder(path)
        return
    inner = sorted(child for child in path.iterdir() if child.is_dir() and not child.name.startswith("."))
    found = [child for child in inner if (child / SETTINGS).is_file() or any(map(_is_source, child.iterdir()))]
    if not found:
        raise DataError(f"{path}: no source files here.", f"Put {', '.join(SUFFIXES)} files into it.")
    yield from map(read_folder, found)


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "README"))


def _files(paths: list[Path]) -> Iterator[Input]:
    named: dict[str, list[Path]] = {}
    for path in paths:
        named.setdefault(split_name(path)[0] or path.stem, []).append(path)
    if len(paths) == 2 and len(named) == 2 and all(not split_name(path)[1] for path in paths):
        named = {paths[0].stem: paths}
    for name, members in named.items():
        yield Input(name, tuple(InputFile(path, split_name(path)[1]) for path in members))


def split_name(path: Path) -> tuple[str, tuple[Lang, ...]]:
    """`old.en.txt` -> `old` and English; a name without a language has none."""
    parts = PART.split(path.stem)
    langs: list[Lang] = [LANGUAGE_NAMES[part.lower()] for part in parts if part.lower() in LANGUAGE_NAMES]
    if len(langs) != 1:
        return path.stem, ()
    rest = [part for part in parts if part.lower() not in LANGUAGE_NAMES]
    return ".".join(rest), (langs[0],)


def read_folder(folder: Path) -> Input:
    """The document in a folder, by its document.toml or, without one, by names and content."""
    settings = folder / SETTINGS
    name = folder.resolve().name
    if not settings.is_file():
        files = tuple(InputFile(path, split_name(path)[1]) for path in _sources(folder))
        return Input(name, files)
    said = _load(settings)
    _check_keys(settings, said, DOCUMENT_KEYS, "")
    _check_keys(settings, said.get("title", {}), {"en", "zh"}, "title.")
    listed = said.get("file")
    files = (
        tuple(_file(settings, entry) for entry in listed)
        if listed
        else tuple(InputFile(path, split_name(path)[1]) for path in _sources(folder))
    )
    titles = tuple((lang, said["title"][lang]) for lang in _langs(said.get("title", {})))
    return Input(
        name,
        files,
        settings,
        titles,
        _date(settings, said.get("date", ""), "date"),
        _one_of(settings, said, "direction", DIRECTIONS, "unknown"),
        tuple(_known(settings, entry) for entry in said.get("known", ())),
    )


def _sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if _is_source(path))


def _langs(said: Iterable[str]) -> list[Lang]:
    both: tuple[Lang, Lang] = ("en", "zh")
    return [lang for lang in both if lang in said]


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}: not valid TOML: {error}.", "Mend that line.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8.", "Save it as UTF-8.") from error


def _check_keys(path: Path, said: object, known: set[str], where: str) -> None:
    if not isinstance(said, dict):
        raise DataError(f"{path}: {where.rstrip('.')} is not a table.", "Write it as `align init` would.")
    for key in said:
        if key not in known:
            raise DataError(
                f"{path}: line {_line(path, key)}: unknown key `{where}{key}`.",
                f"Known here: {', '.join(sorted(known))}.",
            )


def _line(path: Path, key: str) -> int:
    """The line on which a key stands; tomllib does not say."""
    lines = path.read_text("utf-8-sig").splitlines()
    pattern = re.compile(rf"\s*(?:\[+\s*)?['\"]?{re.escape(key)}\b")
    return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), 1)


def _one_of(path: Path, said: dict[str, Any], key: str, values: Sequence[str], default: str) -> str:
    value = said.get(key, default)
    if value not in values:
        raise DataError(
            f"{path}: line {_line(path, key)}: {key} is {value!r}.", f"Use one of: {', '.join(values)}."
        )
    return str(value)


def _date(path: Path, value: object, key: str) -> str:
    """An ISO date, or a year or a month; TOML's own dates and strings alike."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    if text and not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", text):
        raise DataError(f"{path}: line {_line(path, key)}: {key} is {text!r}.", "Write it as 2014-07-14.")
    return text


def _file(path: Path, entry: dict[str, Any]) -> InputFile:
    _check_keys(path, entry, FILE_KEYS, "file.")
    name = str(entry.get("name", ""))
    source = path.parent / name
    if not name or Path(name).is_absolute() or ".." in Path(name).parts:
        raise DataError(f"{path}: line {_line(path, 'name')}: file.name is {name!r}.", "Name a file in this folder.")
    if not source.is_file():
        line = next((n for n, text in enumerate(path.read_text("utf-8-sig").splitlines(), 1) if name in text), 1)
        raise DataError(f"{path}: line {line}: the file {name} is not there.", "Put it beside document.toml.")
    said = {key: str(entry.get(key, "")) for key in ("url", "publisher", "translator", "rights")}
    return InputFile(
        source,
        _language(path, entry) or split_name(source)[1],
        _one_of(path, entry, "standing", STANDINGS, "unknown"),
        retrieved=_date(path, entry.get("retrieved", ""), "retrieved"),
        **said,
    )


def _language(path: Path, entry: dict[str, Any]) -> tuple[Lang, ...]:
    said = entry.get("language", [])
    listed = [said] if isinstance(said, str) else list(said)
    for value in listed:
        if str(value).split("-")[0] not in ("en", "zh"):
            raise DataError(f"{path}: line {_line(path, 'language')}: language {value!r}.", "Use en or zh.")
    return tuple(_langs({str(value).split("-")[0] for value in listed}))


def _known(path: Path, entry: dict[str, Any]) -> Known:
    _check_keys(path, entry, KNOWN_KEYS, "known.")
    langs = _language(path, entry)
    if len(langs) != 1 or not entry.get("title"):
        raise DataError(f"{path}: line {_line(path, 'known')}: a known text needs a language and a title.", "Add them.")
    return Known(
        langs[0],
        str(entry["title"]),
        str(entry.get("publisher", "")),
        _date(path, entry.get("date", ""), "date"),
        str(entry.get("url", "")),
    )

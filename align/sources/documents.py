"""Paths that a person gives -> the documents they mean: which files, which languages, what is said of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from align.errors import DataError, SurroundingsError, UsageError
from align.model import DRAFTS, STANDINGS, Known, Lang
from align.sources import SUFFIXES
from align.sources.settings import SETTINGS, InputFile, Settings, read_settings

__all__ = ["DECISIONS", "GLOSSARY", "SETTINGS", "Input", "InputFile", "decisions_of", "find_documents", "read_folder"]

GLOSSARY = "glossary.tsv"
DECISIONS = "decisions.toml"
USED_STANDINGS = tuple(standing for standing in STANDINGS if standing not in DRAFTS)
"""Drafts (`working`, `machine`) are no texts of the document: they never close a gap."""
ENGLISH = "en|eng|english|en-us|en-gb|英文|英语|英語"
CHINESE = "zh|cn|chi|zho|chs|cht|chinese|zh-cn|zh-tw|zh-hk|zh-hans|zh-hant|中文|汉语|漢語"
LANGUAGE_NAME = re.compile(
    rf"(?:^|[._\s(（]|-(?=[\w-]+$))(?:(?P<en>{ENGLISH})|(?P<zh>{CHINESE}))(?:[)）]|(?=[._\s]|$))", re.I
)


@dataclass(frozen=True, slots=True)
class Input:
    """A document as given: its name, its files in order, what document.toml says of it, its glossary.

    `decisions` is the file that holds what a person has decided of it, if it is there.
    """

    name: str
    files: tuple[InputFile, ...]
    titles: tuple[tuple[Lang, str], ...] = ()
    date: str = ""
    direction: str = "unknown"
    known: tuple[Known, ...] = ()
    glossary: Path | None = None
    decisions: Path | None = None


def find_documents(paths: Sequence[Path], language_of: Callable[[Path], str] = lambda path: "") -> list[Input]:
    """The documents that paths mean: a folder of files, a folder of such folders, or files.

    Files that differ only in a language name (`old.en.txt`, `old.zh.txt`) are one document; so are
    two files and no more, one English and one Chinese. `language_of` tells a file's language from
    its content. Raises UsageError for a path that is not there.
    """
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a folder may not be entered
            raise UsageError(f"{path}: there is no such file or folder.", "Check the name and the permissions.")
    once = list({path.resolve(): path for path in reversed(paths)}.values())[::-1]
    found = [document for path in once if path.is_dir() for document in _folder(path)]
    found += _files([path for path in once if not path.is_dir()], language_of)
    for document in found:
        check_name(document.name)
        for file in document.files:
            check_name(file.path.name)
    return found


def check_name(name: str) -> None:
    """Raise UsageError for a name that no corpus can hold."""
    if any(c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in name):
        raise UsageError(f"{name!a}: the name holds a character that cannot be written.", "Rename it.")


def _folder(path: Path) -> Iterator[Input]:
    if (path / SETTINGS).is_file() or any(_is_source(child) for child in _inside(path)):
        yield from _pairs(path) or [read_folder(path)]
        return
    inner = [child for child in _inside(path) if child.is_dir() and not child.name.startswith(".")]
    found = [child for child in inner if (child / SETTINGS).is_file() or any(map(_is_source, _inside(child)))]
    if not found:
        raise DataError(f"{path}: no source files here.", f"Put {', '.join(SUFFIXES)} files into it.")
    yield from map(read_folder, found)


def _pairs(folder: Path) -> list[Input]:
    """The documents of a folder that holds nothing but several pairs, each named by its files."""
    named: dict[str, list[Path]] = {}
    for path in (child for child in _inside(folder) if _is_source(child)):
        named.setdefault(split_name(path)[0], []).append(path)
    pairs = all({split_name(p)[1] for p in members} == {("en",), ("zh",)} for members in named.values())
    if (folder / SETTINGS).is_file() or len(named) < 2 or "" in named or not pairs:
        return []
    files = {name: tuple(InputFile(p, split_name(p)[1]) for p in paths) for name, paths in named.items()}
    return [_with_decisions(Input(name, members, glossary=_glossary(folder))) for name, members in files.items()]


def decisions_of(given: Input) -> Path:
    """Where the decisions on a document stand, or would: `decisions.toml` in its folder.

    In a folder that holds files of other names, as one of several documents may, `<document>.decisions.toml`.
    """
    above = given.files[0].path.parents
    own = next((folder for folder in above if folder.resolve().name == given.name), None)
    return own / DECISIONS if own else above[0] / f"{given.name}.{DECISIONS}"


def _with_decisions(given: Input) -> Input:
    return replace(given, decisions=_decisions(decisions_of(given)))


def _decisions(path: Path) -> Path | None:
    """The file of that name, if it is there. Raises DataError where it is a folder."""
    if os.path.isdir(path):  # noqa: PTH112 - the name may be too long
        raise DataError(
            f"{path}: is a folder, not a file.", "Rename it; decisions are written into a file of that name."
        )
    return path if os.path.isfile(path) else None  # noqa: PTH113 - the name may be too long


def _glossary(folder: Path) -> Path | None:
    path = folder / GLOSSARY
    return path if path.is_file() else None


def _inside(folder: Path) -> list[Path]:
    """What a folder holds, in order; nothing where it may not be read but by its name."""
    try:
        return sorted(folder.iterdir(), key=_in_order)
    except OSError as error:
        raise SurroundingsError(f"{folder}: cannot be read ({error.strerror}).", "Check the permissions.") from error


def _in_order(path: Path) -> tuple[list[tuple[int, int, str]], str]:
    """Names in the order of the numbers in them; the first part of several may have none: `en`, `en-page-2`."""
    stem = re.sub(r"[-_. (（]*(?:page|part|p|第)?[-_ ]?([0-9]+)[页部]?[)）]?$", r" \1", path.stem, flags=re.I)
    pieces = re.findall(r"[0-9]+|[^0-9]+", stem)
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p.strip()) for p in pieces], path.name


def _is_source(path: Path) -> bool:
    named = path.name != GLOSSARY and not path.name.startswith((".", "~$", "README"))
    return named and path.suffix.lower() in SUFFIXES and path.is_file()


def _files(paths: list[Path], language_of: Callable[[Path], str]) -> Iterator[Input]:
    def language(path: Path) -> str:
        return "".join(split_name(path)[1]) or language_of(path)

    def answer(members: list[Path]) -> bool:
        return len(members) == 2 and {language(path) for path in members} == {"en", "zh"}

    named: dict[str, list[Path]] = {}
    for path in paths:
        named.setdefault(_base(path), []).append(path)
    if len(named) == 2 and answer(paths):
        named = {_base(paths[0]): paths}
    for name, members in named.items():
        for together in [members] if answer(members) else [[path] for path in members]:
            yield _with_decisions(Input(name, tuple(InputFile(path, split_name(path)[1]) for path in together)))


def answers_beside(given: Input) -> list[str]:
    """Files beside a single one whose names say that they are the same text in the other language."""
    if len(given.files) != 1 or not split_name(given.files[0].path)[1]:
        return []
    path = given.files[0].path
    name, langs = split_name(path)
    beside = [p for p in _inside(path.parent) if _is_source(p) and split_name(p)[0] == name]
    return [p.name for p in beside if split_name(p)[1] not in ((), langs)]


def _base(path: Path) -> str:
    """What a file's document is called; its folder says it where the file is named by its language only."""
    return split_name(path)[0] or path.resolve().parent.name


def split_name(path: Path) -> tuple[str, tuple[Lang, ...]]:
    """`old.en.txt` -> `old` and English; a name without a language has none."""
    named = list(LANGUAGE_NAME.finditer(path.stem))
    if len(named) != 1:
        return path.stem, ()
    rest = path.stem[: named[0].start()] + path.stem[named[0].end() :]
    return rest.strip("._- "), ("en" if named[0]["en"] else "zh",)


def read_folder(folder: Path) -> Input:
    """The document in a folder, by its document.toml or, without one, by names and content."""
    settings = folder / SETTINGS
    said = read_settings(settings) if settings.is_file() else Settings()
    files = said.files or [InputFile(path) for path in _inside(folder) if _is_source(path)]
    return Input(
        folder.resolve().name,
        tuple(replace(file, langs=file.langs or split_name(file.path)[1]) for file in files),
        said.titles,
        said.date,
        said.direction,
        said.known,
        _glossary(folder),
        _decisions(folder / DECISIONS),
    )

"""A TOML file -> tables whose keys are checked one by one, each fault with its line."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.errors import DataError, SurroundingsError
from align.model import Lang

DATE = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
"""A year that XML can hold, with a month and a day or without."""
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_toml(path: Path, keys: set[str]) -> Table:
    """The whole file as one table. Raises DataError where it is no TOML or has a key that is not known."""
    return parse_toml(path, _text(path), keys)


def parse_toml(path: Path, text: str, keys: set[str]) -> Table:
    """A text as one table; `path` is where it stands, or will stand. Raises DataError as `read_toml` does."""
    return Table(path, text.splitlines(), _parse(path, text), keys)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise SurroundingsError(f"{path}: cannot be read ({error.strerror}).", "Check the permissions.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: line 1: not UTF-8.", "Save it as UTF-8.") from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        said = str(error).partition(" (at ")
        place = re.search(r"line (\d+)", said[2])
        line = place[1] if place else str(text.count("\n") + 1)
        raise DataError(f"{path}: line {line}: not valid TOML: {said[0]}.", "Mend that line.") from error


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file: its values, the keys it may have, its name and the line it begins on."""

    path: Path
    lines: Sequence[str]
    said: dict[str, Any]
    keys: set[str]
    name: str = ""
    begins: int = 0

    def __post_init__(self) -> None:
        for key in self.said:
            if key not in self.keys:
                raise self.fault(
                    key, f"unknown key `{self.name}{key}`.", f"Known here: {', '.join(sorted(self.keys))}."
                )

    def fault(self, key: str, said: str, remedy: str) -> DataError:
        """What is wrong with a key, with its line."""
        return DataError(f"{self.path}: line {self.line(key)}: {said}", remedy)

    def line(self, key: str) -> int:
        """The line on which a key stands, from where the table begins; tomllib does not say."""
        form = re.compile(rf"\s*(?:\[+\s*)?(?:.*[{{,]\s*)?['\"]?{re.escape(key)}\b")
        behind = range(self.begins, len(self.lines))
        return next((at + 1 for at in behind if form.match(self.lines[at])), max(self.begins, 1))

    def tables(self, key: str, keys: set[str], one: bool = False) -> Iterator[Table]:
        """The tables under a key: `[key]` where there is one, else `[[key]]`."""
        found = self.said.get(key, {} if one else [])
        listed = [found] if one else found
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            head = f"[{key}]" if one else f"[[{key}]]"
            raise self.fault(key, f"{key} is not a table.", f"Begin it with a line {head}.")
        form = re.compile(rf"\s*\[+\s*{key}\b")
        heads = [at for at, line in enumerate(self.lines, 1) if form.match(line)]
        for at, entry in enumerate(listed):
            begins = heads[at] if at < len(heads) else self.line(key) - 1
            yield Table(self.path, self.lines, entry, keys, f"{key}.", begins)

    def text(self, key: str) -> str:
        """A string, or nothing."""
        value = self.said.get(key, "")
        if not isinstance(value, str):
            raise self.fault(key, f"{self.name}{key} is {shown(value)}, not text.", 'Put it between quotes: "…".')
        if UNWRITABLE.search(value):
            raise self.fault(key, f"{self.name}{key} holds a control character.", "Remove it.")
        return value

    def number(self, key: str, least: float, most: float) -> float:
        """A number within bounds."""
        value = self.said.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.fault(
                key, f"{self.name}{key} is {shown(value)}.", f"Give a number of millimetres from {least:g} to {most:g}."
            )
        return float(value)

    def one_of(self, key: str, values: Sequence[str], default: str) -> str:
        """One of a few words."""
        value = self.said.get(key, default)
        if value not in values:
            raise self.fault(key, f"{self.name}{key} is {shown(value)}.", f"Use one of: {', '.join(values)}.")
        return str(value)

    def date(self, key: str) -> str:
        """An ISO date, or a year or a month; TOML's own dates and strings alike."""
        value = self.said.get(key, "")
        text = value.isoformat() if isinstance(value, datetime.date) else str(value)
        if text and (isinstance(value, bool | float | list | dict) or not _is_date(text)):
            raise self.fault(key, f"{self.name}{key} is {shown(value)}.", "Write it as 2014-07-14, 2014-07 or 2014.")
        return text

    def languages(self, key: str) -> tuple[Lang, ...]:
        """One language or a list of them."""
        said = self.said.get(key, [])
        listed = said if isinstance(said, list) else [said]
        for value in listed:
            if not isinstance(value, str) or value.split("-")[0] not in ("en", "zh"):
                raise self.fault(key, f"{self.name}{key} is {shown(said)}.", "Use en or zh.")
        return tuple(langs({value.split("-")[0] for value in listed}))

    def columns(self, key: str) -> tuple[tuple[Lang, str], ...]:
        """A column for each of the two languages: `{ en = "B", zh = 3 }`."""
        said = self.said.get(key, {})
        good = isinstance(said, dict) and all(isinstance(v, str | int) and v and v is not True for v in said.values())
        if not good or (said and set(said) != {"en", "zh"}):
            raise self.fault(key, f"{self.name}{key} is {shown(said)}.", 'Write it as { en = "B", zh = "C" }.')
        return tuple((lang, str(said[lang])) for lang in langs(said))


def shown(value: object) -> str:
    """A value as TOML writes it, not too long."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _is_date(text: str) -> bool:
    form = DATE.fullmatch(text)
    if not form:
        return False
    try:
        datetime.date(*(int(part or 1) for part in form.groups()))
    except ValueError:
        return False
    return True


def langs(said: Iterable[str]) -> list[Lang]:
    """The languages that are said, in their order."""
    both: tuple[Lang, Lang] = ("en", "zh")
    return [lang for lang in both if lang in said]

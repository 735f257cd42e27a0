"""A bitext -> who has decided something in it, and the pointers that lead to them."""

from __future__ import annotations

from collections.abc import Iterator

from align.model import Bitext, Verdict, segments
from align.provenance import EDITOR

EDITOR_POINTER = "#editor"
"""Where what has no name to it leads."""


def persons(bitext: Bitext) -> dict[str, str]:
    """Pointers to the persons who have decided something, by name; no name is the editor's."""
    names = sorted({*_names(bitext)} - {"", EDITOR})
    found = {name: f"#person.{n}" for n, name in enumerate(names, 1)}
    return {"": EDITOR_POINTER, EDITOR: EDITOR_POINTER, **found}


def is_edited(bitext: Bitext) -> bool:
    """Whether something is decided that has no name to it."""
    decided = (link for link in bitext.links if link.status == "confirmed" or link.verdict != Verdict())
    links = any(not entry.by for link in decided for entry in link.verdict.entries)
    return links or any(not ruling.verdict.by for ruling in bitext.rulings) or EDITOR in _names(bitext)


def _names(bitext: Bitext) -> Iterator[str]:
    for document in bitext.documents:
        for segment in segments(document):
            yield from (reading.by for reading in segment.readings)
    yield from (entry.by for link in bitext.links for entry in link.verdict.entries)
    yield from (ruling.verdict.by for ruling in bitext.rulings)

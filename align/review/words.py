"""A note in a sheet, and the notes that stood there before -> the words of the person who typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from align.decisions.model import Decision

CLOSING = frozenset(".,;:?!…)]}”’\"'。，、；：？！）】」』")


def own(note: str, others: Iterable[Decision], by: str) -> str:
    """The note without those of others that it begins or ends with, each taken off as a whole."""
    known = sorted({text for other in others for text in _spellings(other)}, key=lambda text: (-len(text), text))
    rest = note
    while True:
        found = next((text for text in known if _taken_off(rest, text) is not None), None)
        if found is None:
            return rest.removeprefix(f"{by}: ") if by else rest
        rest = _taken_off(rest, found) or ""
        known.remove(found)


def _spellings(other: Decision) -> Iterator[str]:
    """A note as a sheet may show it: with and without its author; of several authors, also each by itself."""
    first, *more = other.note.split(" / ")
    yield from (text for note in more for _, _, text in [" ".join(note.split()).partition(": ")] if text)
    for note in dict.fromkeys((other.note, first, *more)):
        said = " ".join(note.split())
        yield from (said, f"{other.by}: {said}")
        yield from (said.removeprefix(f"{name}: ") for name in other.by.split("; ") if name)


def _taken_off(note: str, text: str) -> str | None:
    """What is left of a note that begins or ends with a text; nothing where that is only a part of its words."""
    if note == text:
        return ""
    if note.startswith(text):
        rest = note[len(text) :].lstrip()
        is_apart = note[len(text)].isspace() or (text[-1] in CLOSING and rest[0].isalnum())
        return rest.removeprefix("/").lstrip() if is_apart and rest[0] not in CLOSING else None
    if note.endswith(text):
        rest = note[: -len(text)].rstrip()
        return rest.removesuffix("/").rstrip() if rest[-1] in CLOSING | {"/"} else None
    return None

"""An XLIFF file -> a source whose lines are units, English and Chinese in one row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from align.model import Source
from align.sources._units import Content, Memory, Side, contents, side
from align.sources._xml import Element, as_utf8, attribute, local, loose, stream, texts
from align.sources.rendering import Rendering

NAMED = frozenset({"xliff", "file", "body", "group", "bin-unit"})
EMBEDDED = frozenset({"internal-file", "skeleton"})
"""A copy of the file that was translated, in its own format: no text of this one."""
WHOLE = frozenset({"trans-unit", "unit"}) | EMBEDDED
SOURCE = ("source-language", "srcLang")
TARGET = ("target-language", "trgLang")
UNTRANSLATED = frozenset({"new", "needs-translation", "initial"})
REASONS = {
    "alt-trans": "alternative",
    "matches": "alternative",
    "originalData": "code",
    "ignorable": "ignorable",
}


def read_xliff(path: Path, witness: str, data: bytes) -> Source:
    """A file in XLIFF 1.2 or 2.

    Raises DataError where it is malformed, empty, or not English and Chinese.
    """
    xml, encoding = as_utf8(path, data)
    memory = Memory(Rendering(witness))
    for found in stream(path, xml, NAMED, WHOLE):
        if isinstance(found, str):
            memory.leave_out([found], "metadata")
        elif local(found) not in EMBEDDED:
            _unit(memory, found)
    memory.check(path, one_side_will_do=True)
    return memory.page.source(path, data, encoding)


def _unit(memory: Memory, unit: Element) -> None:
    """A unit of either version; what is neither source nor target stands behind it in the record."""
    if local(unit) == "trans-unit":
        _pair(memory, unit)
    for child in unit:
        name = local(child)
        if name == "segment":
            _pair(memory, child)
        elif name not in ("source", "target", "seg-source"):
            memory.leave_out(texts(child), REASONS.get(name, "metadata"))
        memory.leave_out(loose(child.tail), "metadata")


def _pair(memory: Memory, holder: Element) -> None:
    """The source and target of one holder; one unit for each segment that both mark up."""
    source, target, cut = (_first(holder, name) for name in ("source", "target", "seg-source"))
    langs = _code(holder, source, SOURCE), _code(holder, target, TARGET)
    whole = contents(source) if source is not None else []
    parts = contents(cut) if cut is not None else []
    answers = contents(target) if target is not None else []
    if _is_copy(holder, target, whole, answers):
        memory.unit([side(langs[0], *whole)])
        memory.leave_out((line for part in answers for line in part.lines()), "untranslated")
        answers = []
    elif any(part.name for part in parts) and any(part.name for part in answers):
        for sides in _by_name(parts, answers, langs):
            memory.unit(sides)
        parts = whole
    else:
        memory.unit([side(langs[0], *whole), *([side(langs[1], *answers)] if answers else [])])
    memory.leave_out((line for part in parts for line in part.lines()), "repeated")
    if local(holder) == "segment":
        memory.leave_out((t for c in holder if local(c) not in ("source", "target") for t in texts(c)), "metadata")


def _first(holder: Element, name: str) -> Element | None:
    return next((child for child in holder if local(child) == name), None)


def _code(holder: Element, element: Element | None, names: tuple[str, ...]) -> str:
    """The language that an element says it is in, or else what holds it."""
    own = attribute(element, "lang") if element is not None else ""
    said = (outer.get(name) for outer in holder.iterancestors() for name in names)
    return own or next(filter(None, said), "")


def _is_copy(holder: Element, target: Element | None, source: list[Content], answers: list[Content]) -> bool:
    """Whether the target is the source again, and says itself that it is not translated yet."""
    state = (target.get("state") if target is not None else "") or holder.get("state")
    same = [line for part in source for line in part.lines()] == [line for part in answers for line in part.lines()]
    return state in UNTRANSLATED and same and bool(answers)


def _by_name(source: list[Content], target: list[Content], langs: tuple[str, str]) -> Iterator[list[Side]]:
    """The sides of each named segment, in the order of the source, then what only the target has."""
    for name in dict.fromkeys(part.name for part in (*source, *target)):
        yield [
            side(code, *(part for part in parts if part.name == name))
            for code, parts in zip(langs, (source, target), strict=True)
        ]

"""A TMX file -> a source whose lines are units, English and Chinese in one row."""

from __future__ import annotations

from pathlib import Path

from align.model import Source
from align.sources._units import Content, Memory, Side, contents, side
from align.sources._xml import Element, as_utf8, attribute, local, loose, stream, texts
from align.sources.rendering import Rendering

NAMED = frozenset({"tmx", "body"})
WHOLE = frozenset({"header", "tu"})


def read_tmx(path: Path, witness: str, data: bytes) -> Source:
    """A translation memory in TMX 1.1 to 1.4.

    Raises DataError where it is malformed, empty, or not English and Chinese.
    """
    xml, encoding = as_utf8(path, data)
    memory = Memory(Rendering(witness))
    for found in stream(path, xml, NAMED, WHOLE):
        if isinstance(found, str):
            memory.leave_out([found], "metadata")
        elif local(found) == "header":
            memory.leave_out(texts(found), "metadata")
        else:
            _unit(memory, found)
    memory.check(path)
    return memory.page.source(path, data, encoding)


def _unit(memory: Memory, unit: Element) -> None:
    sides = []
    memory.leave_out(loose(unit.text), "metadata")
    for child in unit:
        if local(child) == "tuv":
            sides.append(_variant(memory, child))
        else:
            memory.leave_out(texts(child), "metadata")
        memory.leave_out(loose(child.tail), "metadata")
    memory.unit(sides)


def _variant(memory: Memory, variant: Element) -> Side:
    """One language of a unit; what is beside its segment is written out at once."""
    held: list[Content] = []
    memory.leave_out(loose(variant.text), "metadata")
    for part in variant:
        if local(part) == "seg":
            held += contents(part)
        else:
            memory.leave_out(texts(part), "metadata")
        memory.leave_out(loose(part.tail), "metadata")
    return side(attribute(variant, "lang"), *held)

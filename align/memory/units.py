"""A stretch of a memory that holds one unit -> the unit: its languages, texts with their codes, what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lxml import etree

from align.errors import DataError
from align.memory.chunks import OPENS, Chunk, chunks
from align.memory.encodings import blocks, encoding_of
from align.memory.grammar import XML
from align.memory.spelling import Misspelt, spelled
from align.sources._units import CODES
from align.sources._xml import SAFE

Element = etree._Element
UNIT = re.compile(rb"(?:(?s:.)*?)</tu\s*>")


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of a unit with those before it, the line they begin on, and which unit of the file it is, from 1.

    `opens` is where the unit itself begins.
    """

    number: int
    line: int
    data: bytes
    opens: int

    @property
    def tag_line(self) -> int:
        """The line of the file that `<tu` stands on."""
        return self.line + self.data.count(b"\n", 0, self.opens)


@dataclass(frozen=True, slots=True)
class Said:
    """A property, or a note (its type is empty)."""

    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """The text of a unit in one language: `markup` as it stands in the file, `text` without its codes."""

    lang: str
    markup: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit, which of its file it is, from 1, and the line it begins on."""

    number: int
    line: int
    variants: tuple[Variant, ...]
    attributes: tuple[tuple[str, str], ...] = ()
    said: tuple[Said, ...] = ()


def raws(chunk: Chunk, before: int) -> Iterator[Raw]:
    """The stretches of a chunk after so many units; where a unit is not closed the next one begins a new stretch."""
    number = before
    line = chunk.line
    for found in UNIT.finditer(chunk.masked):
        for start, end in split(chunk.masked, found.start(), found.end()):
            number += 1
            data = chunk.data[start:end]
            opens = OPENS.search(chunk.masked, start, end)
            yield Raw(number, line, data, opens.start() - start if opens else 0)
            line += data.count(b"\n")


def split(masked: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch that ends with a unit, cut where a second unit begins inside it."""
    opens = [found.start() for found in OPENS.finditer(masked, start, end)]
    cuts = [start, *opens[1:], end]
    return pairwise(cuts)


def parsed(raw: Raw) -> tuple[Element, tuple[Misspelt, ...]]:
    """The element of a unit, its lines counted from `<tu`, and what it held that XML cannot.

    Raises lxml's XMLSyntaxError.
    """
    text, misspelt = spelled(raw.data[raw.opens :])
    return etree.fromstring(text, etree.XMLParser(**SAFE)), misspelt


def unit_of(raw: Raw) -> Unit:
    """The unit in a stretch. Raises lxml's XMLSyntaxError."""
    element, _ = parsed(raw)
    variants = tuple(_variant(child) for child in element.iter("tuv"))
    return Unit(raw.number, raw.tag_line, variants, _attributes(element), _said(element))


def read(path: Path) -> Iterator[Unit]:
    """The units of a memory, one after the other. Raises DataError for one that no XML reader takes."""
    number = 0
    for chunk in chunks(blocks(path, encoding_of(path))):
        if chunk.part != "units":
            continue
        for raw in raws(chunk, number):
            number = raw.number
            try:
                yield unit_of(raw)
            except etree.XMLSyntaxError as error:
                raise not_read(path, raw, error) from error


def not_read(path: Path, raw: Raw, error: etree.XMLSyntaxError) -> DataError:
    """What to say of a unit that is not well formed."""
    line = raw.tag_line + (error.lineno or 1) - 1
    said = f"{path}: unit {raw.number}, line {line}: the XML is not well formed ({reason(error, raw.tag_line - 1)})."
    return DataError(said, f"Run `align validate --fix {path}` and take the mended copy.")


def reason(error: etree.XMLSyntaxError, above: int = 0) -> str:
    """What the parser says, without the place; `above` are the lines before those that it counted."""
    if "XML_PARSE_HUGE" in (error.msg or ""):
        return "elements are nested too deeply" if "depth" in error.msg else "a text is too long to be read"
    said = re.sub(r",? \(?line \d+,? column \d+\)?.*$", "", error.msg or "it ends too early", flags=re.S).rstrip(".")
    return re.sub(r"\bline (\d+)", lambda found: f"line {int(found[1]) + above}", said)


def plain(segment: Element) -> str:
    """The text of a segment without the content of its codes; highlighted text belongs to it."""
    found = segment.text or ""
    for child in segment:
        found += (plain(child) if child.tag not in CODES else "") + (child.tail or "")
    return found


def spaced(segment: Element) -> str:
    """The text of a segment with a sign in the place of each code, which white space may stand beside."""
    found = segment.text or ""
    for child in segment:
        found += ("\ufffc" if child.tag in CODES else spaced(child)) + (child.tail or "")
    return found


def _variant(element: Element) -> Variant:
    segment = element.find("seg")
    lang = element.get(f"{XML}lang") or element.get("lang") or ""
    if segment is None:
        return Variant(lang, "", "", _attributes(element), _said(element))
    return Variant(lang, markup(segment), plain(segment), _attributes(element), _said(element))


def markup(segment: Element) -> str:
    """What stands in a segment, with its codes, written in one way."""
    segment.tail = None
    whole = etree.tostring(segment, encoding="unicode")
    return "" if whole.endswith("/>") and not len(segment) else whole[whole.index(">") + 1 : whole.rindex("</")]


def _attributes(element: Element) -> tuple[tuple[str, str], ...]:
    return tuple((str(key).replace(XML, "xml:"), str(value)) for key, value in element.items())


def _said(element: Element) -> tuple[Said, ...]:
    return tuple(
        Said(str(child.get("type") or ""), "".join(map(str, child.itertext())))
        for child in element
        if child.tag in ("prop", "note")
    )

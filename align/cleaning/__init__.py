"""Lines -> lines without page chrome that know which of them continue each other; readings of characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from align.cleaning import readings
from align.cleaning.chrome import furniture
from align.cleaning.contents import contents
from align.cleaning.pages import furnished
from align.cleaning.pagination import paged
from align.cleaning.readings import Words
from align.cleaning.wraps import find_wraps
from align.model import Block, Document, Line, Mark, Segment, Span

__all__ = ["find_wraps", "normalise", "remove_chrome"]

BAR = re.compile(r"(?<=\S)\s*\|\s*$")
SIGN = re.compile(r"\s*([\ue000-\uf8ff])\s*(?=\d{1,3}(?:\.\d{1,3})+\s)")


def remove_chrome(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Span, ...]]:
    """The lines that are text, and spans for page chrome and stray bars, each with its reason.

    A text without form feeds whose page numbers show its pages has its lines marked with them.
    """
    reasons = _furniture(lines)
    lines, numbers = paged(lines, reasons)
    reasons |= numbers
    reasons |= furnished(lines, reasons)
    rest = [at for at, line in enumerate(lines) if at not in reasons and not _is_cell(line)]
    reasons |= {rest[at]: "contents" for at in contents([lines[at] for at in rest])}
    kept: list[Line] = []
    left_out: list[Span] = []
    for at, line in enumerate(lines):
        if at in reasons:
            left_out.append(Span(line.witness, line.start, line.end, "left-out", line.text, reasons[at]))
        else:
            kept.append(_without_bar(_without_bullet(line, left_out), left_out))
    return tuple(kept), tuple(left_out)


def _furniture(lines: Sequence[Line]) -> dict[int, str]:
    """What is chrome by itself, in a table nothing."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        if _is_cell(line):
            continue
        before, after = lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None
        reason = furniture(line, before, after)
        if reason:
            found[at] = reason
    return found


def _is_cell(line: Line) -> bool:
    """Whether a line is part of a table or a memory, where nothing is chrome by its looks."""
    return bool(line.row) or line.hint == "unit"


def _without_bullet(line: Line, left_out: list[Span]) -> Line:
    """The line without a font's own sign that hides its number, which goes to what is left out."""
    sign = SIGN.match(line.text)
    if not sign or line.markup:
        return line
    start, end = line.start + sign.start(1), line.start + sign.end(1)
    left_out.append(Span(line.witness, start, end, "left-out", sign[1], "bullet"))
    return replace(line, start=end, text=line.text[sign.end(1) :])


def _without_bar(line: Line, left_out: list[Span]) -> Line:
    """The line without a bar that ends it, which goes to what is left out."""
    bar = BAR.search(line.text)
    if not bar or line.text.count("|") != 1 or _is_cell(line):
        return line
    at = line.start + line.text.index("|")
    left_out.append(Span(line.witness, at, at + 1, "left-out", "|", "bar"))
    return replace(line, end=line.start + bar.start(), text=line.text[: bar.start()])


def normalise(document: Document) -> Document:
    """The document with the readings that exports use: widths, spacing, line-end hyphens, normal forms."""
    words = readings.vocabulary(document)
    return replace(
        document,
        heading=tuple(_read(segment, document.id, words) for segment in document.heading),
        blocks=tuple(_block(block, document.id, words) for block in document.blocks),
    )


def _block(block: Block, lang: str, words: Words) -> Block:
    return replace(
        block,
        heading=tuple(_read(segment, lang, words) for segment in block.heading),
        delimiter=_mark(block.delimiter, lang) if block.delimiter else None,
        blocks=tuple(_block(inner, lang, words) for inner in block.blocks),
        segments=tuple(_read(segment, lang, words) for segment in block.segments),
    )


def _read(segment: Segment, lang: str, words: Words) -> Segment:
    return replace(segment, readings=readings.read_segment(segment, lang, words))


def _mark(mark: Mark, lang: str) -> Mark:
    return replace(mark, readings=readings.read_mark(mark, lang))

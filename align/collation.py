"""Documents of several witnesses of one language -> one Document, item by item from the witness that has it whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from align.model import Block, Document, Line, Span, block_segments, items
from align.provenance import spans_of

SHINGLE = 5
SAME, KIN, MANY = 0.3, 0.06, 0.6
"""Shares of shingles of the same text, and of one text in other words that uses so many of the same numbers."""
FEWEST = 3
TOKEN = re.compile(r"[^\W_]")

Outline = Callable[[Sequence[Line]], Document]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One witness's text: its name, its lines, its tree and its shingles."""

    witness: str
    lines: tuple[Line, ...]
    document: Document
    shingles: frozenset[str]

    @property
    def numbers(self) -> Counter[str]:
        return Counter(item.number for item in items(self.document))


def collate(lines: Sequence[Line], outline: Outline) -> tuple[Document, list[Span]]:
    """One document of all witnesses, and the spans of the text that another witness's was taken for.

    Witnesses that hold parts of a text follow each other. Of those that hold the same text, the one
    with the most whole items is the base; an item that it lacks, or has cut off, comes from the first
    that has it whole. A span that was not taken is `same-36` or `variant-36` where item 36 reads the
    same or otherwise, and `variant` outside items.
    """
    names = list(dict.fromkeys(line.witness for line in lines))
    if len(names) < 2:
        return outline(lines), []
    parts = _parts([_read(name, lines, outline) for name in names])
    bases = {part[0].witness for part in parts}
    document = outline([line for line in lines if line.witness in bases])
    left_out: list[Span] = []
    for part in parts:
        for other in part[1:]:
            document = _completed(document, other.document)
    for reading in (reading for part in parts if len(part) > 1 for reading in part):
        left_out += _passed_over(reading, document)
    return document, left_out


def _read(name: str, lines: Sequence[Line], outline: Outline) -> _Reading:
    own = tuple(line for line in lines if line.witness == name)
    text = "".join(TOKEN.findall("".join(line.text for line in own))).casefold()
    size = SHINGLE if own and own[0].lang == "zh" else 4 * SHINGLE
    return _Reading(name, own, outline(own), frozenset(text[at : at + size] for at in range(len(text) - size + 1)))


def _parts(readings: Sequence[_Reading]) -> list[list[_Reading]]:
    """The parts of a text in order, each with all readings of it, the fullest first."""
    parts: list[list[_Reading]] = []
    for reading in readings:
        part = next((part for part in parts if _is_same(part[0], reading)), None)
        if part:
            part.append(reading)
        else:
            parts.append([reading])
    return [sorted(part, key=lambda reading: -_whole_items(reading.document)) for part in parts]


def _is_same(a: _Reading, b: _Reading) -> bool:
    """Whether two witnesses hold one text, in the same words or, by its numbers, in others."""
    fewer = min(len(a.shingles), len(b.shingles)) or 1
    alike = len(a.shingles & b.shingles) / fewer
    shared = len(a.numbers.keys() & b.numbers.keys())
    size = min(len(a.numbers), len(b.numbers))
    return alike >= SAME or (alike >= KIN and shared >= max(FEWEST, MANY * size))


def _whole_items(document: Document) -> int:
    return sum(_is_whole(item) for item in items(document))


def _is_whole(item: Block) -> bool:
    return not any(segment.truncated for segment in block_segments(item))


def _completed(document: Document, other: Document) -> Document:
    """The document with items of another witness in place of those that it lacks or has cut off."""
    ours, theirs = ({i.number: i for i in items(d) if _once(d)[i.number] == 1} for d in (document, other))
    better = {n: item for n, item in theirs.items() if n in ours and _is_whole(item) and not _is_whole(ours[n])}
    used = _once(document)
    lacking: dict[str, list[Block]] = {}
    before = ""
    for item in items(other):
        if item.number in used:
            before = item.number
        elif item.number in theirs:
            lacking.setdefault(before, []).append(item)
    return replace(document, blocks=(*lacking.pop("", ()), *_put(document.blocks, better, lacking)))


def _once(document: Document) -> Counter[str]:
    return Counter(item.number for item in items(document))


def _put(blocks: Sequence[Block], better: Mapping[str, Block], lacking: dict[str, list[Block]]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "item":
            yield better.get(block.number, block)
            yield from lacking.pop(block.number, ())
        elif block.kind == "section":
            yield replace(block, blocks=tuple(_put(block.blocks, better, lacking)))
        else:
            yield block


def _passed_over(reading: _Reading, document: Document) -> Iterator[Span]:
    """The lines of a witness that the document does not have from it, each with the item it reads."""
    taken = sorted(span.start for span, _ in spans_of(document) if span.witness == reading.witness)
    ours = {item.number: _plain(item) for item in items(document)}
    homes = {
        span.start: f"{'same' if ours.get(item.number) == _plain(item) else 'variant'}-{_token(item.number)}"
        for item in items(reading.document)
        for span, _ in spans_of(replace(document, heading=(), blocks=(item,)))
    }
    starts = sorted(homes)
    for line in reading.lines:
        if _first(taken, line) is None:
            at = _first(starts, line)
            how = "variant" if at is None else homes[at]
            yield Span(reading.witness, line.start, line.end, "left-out", line.text, how)


def _first(starts: Sequence[int], line: Line) -> int | None:
    """The first of some places that is in a line."""
    at = bisect_left(starts, line.start)
    return starts[at] if at < len(starts) and starts[at] < line.end else None


def _plain(item: Block) -> str:
    return "".join(TOKEN.findall("".join(segment.text for segment in block_segments(item))))


def _token(number: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-") or "0"

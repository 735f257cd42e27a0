"""Stretches of a witness -> text with the spans that account for it, and back to the witness."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from align.model import (
    Bitext,
    Block,
    Document,
    Line,
    Mark,
    Segment,
    Span,
    SpanKind,
    Witness,
    segments,
    walk,
)

INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff"
CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
ODD = re.compile(rf"(?:[{INVISIBLE}{CONTROL}]|[^\S\u3000])+")
"""White space other than one plain space, and characters no reader sees or XML does not hold."""
EDITOR = "the editor"
"""Who has decided what has no name to it."""
SOFT_END = re.compile(r"[A-Za-zÀ-ɏ]\u00ad\s*$")
"""A word that goes on in the next line."""


def compose(lines: Sequence[Line], lang: str, starts_at: int = 0) -> tuple[str, tuple[Span, ...]]:
    """One running text from lines that continue each other, the first from `starts_at` on.

    White space at line ends is dropped; a break becomes a space or nothing, as `joint` says.
    """
    texts: list[str] = []
    spans: list[Span] = []
    for at, line in enumerate(lines):
        start, end = _trim(line.text, starts_at if at == 0 else 0)
        if start == end:
            continue
        pieces = list(_pieces(line, start, end))
        if spans:
            soft = SOFT_END.search(lines[at - 1].text) is not None
            spans.append(_joint(spans[-1], pieces[0], "".join(texts[-1:]), lang, soft))
            texts.append(spans[-1].becomes)
        spans += pieces
        texts.append("".join(piece.becomes for piece in pieces))
    return "".join(texts), tuple(spans)


def _trim(text: str, start: int) -> tuple[int, int]:
    """Where the visible text of a line begins and ends."""
    end = len(text)
    while (start < end and ODD.fullmatch(text[start])) or text[start : start + 1] == "\u3000":
        start += 1
    while end > start and (ODD.fullmatch(text[end - 1]) or text[end - 1] == "\u3000"):
        end -= 1
    return start, end


def is_visible(text: str) -> bool:
    """Whether a text holds anything that a reader sees."""
    start, end = _trim(text, 0)
    return start < end


def _pieces(line: Line, start: int, end: int) -> Iterator[Span]:
    at = start
    for a, b, how in _replaced(line, start, end):
        if a > at:
            yield _span(line, at, a, "kept")
        yield replace(_span(line, a, b, "replaced"), how=how)
        at = b
    if at < end:
        yield _span(line, at, end, "kept")


def _replaced(line: Line, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Stretches of a line that become a space or nothing, in order: odd characters and markup."""
    odd = [(m.start(), m.end(), _seen(m.group())) for m in ODD.finditer(line.text, start, end) if m.group() != " "]
    marks = [(a - line.start, b - line.start, "nothing") for a, b in line.markup]
    at = start
    for a, b, how in sorted([*odd, *marks]):
        if at <= a and b <= end:
            yield a, b, how
            at = b


def _seen(odd: str) -> str:
    """What is left of odd characters: a space where a reader sees one."""
    blank = any((c.isspace() and unicodedata.category(c) != "Cc") or c in "\t\r\n\f\v" for c in odd)
    return "space" if blank else "nothing"


def _span(line: Line, start: int, end: int, kind: SpanKind) -> Span:
    return Span(line.witness, line.start + start, line.start + end, kind, line.text[start:end])


def _joint(before: Span, after: Span, left: str, lang: str, soft: bool) -> Span:
    """The line break between two pieces; its own characters are filled in by `fill`."""
    tight = soft or _tight(left[-2:], after.text[:1], lang)
    return Span(before.witness, before.end, after.start, "joined", "", "nothing" if tight else "space")


def _tight(left: str, right: str, lang: str) -> bool:
    """Whether nothing stands between two lines once they are joined."""
    if lang == "zh":
        word = left[-1:].isascii() and left[-1:].isalnum() and right.isascii() and right.isalnum()
        return not word or (left[-1:].isdigit() and right.isdigit())
    return left[-1:] in "-‐/–" and not left[:1].isspace()


def cut(text: str, spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The spans behind `text[start:end]`, where `spans` are those behind the whole text."""
    found: list[Span] = []
    at = 0
    for span in spans:
        size = len(span.becomes)
        first, last = max(start, at), min(end, at + size)
        if size and first < last:
            found.append(_part(span, first - at, last - at))
        elif not size and start < at < end:
            found.append(span)
        at += size
    return tuple(found)


def _part(span: Span, start: int, end: int) -> Span:
    if span.kind in ("joined", "replaced"):
        return span
    return replace(span, start=span.start + start, end=span.start + end, text=span.text[start:end])


def offset(spans: Iterable[Span], source: int) -> int:
    """How many characters of a composed text stand for what comes before a place of its source."""
    found = 0
    for span in spans:
        if span.end <= source or (span.start < source and span.kind != "kept"):
            found += len(span.becomes)
        elif span.start < source:
            found += source - span.start
    return found


def piece(text: str, spans: tuple[Span, ...], start: int, end: int, kind: SpanKind = "label") -> Mark:
    """A mark made of `text[start:end]`; its kept characters become `kind`."""
    parts = cut(text, spans, start, end)
    kinds = tuple(replace(span, kind=kind) if span.kind == "kept" else span for span in parts)
    return Mark(text[start:end], spans=kinds)


def spans_of(document: Document) -> Iterator[tuple[Span, str]]:
    """Every span of a document, with the id of the segment or block that holds it."""
    for segment in segments(document):
        for span in segment.spans:
            yield span, segment.id
    for block in walk(document.blocks):
        for mark, target in ((block.label, label_target(block)), (block.delimiter, block.id)):
            for span in mark.spans if mark else ():
                yield span, target


def label_target(block: Block) -> str:
    """Where a label goes: into the head of a section or item, else to the block itself."""
    return f"{block.id}.h" if block.kind in ("section", "item") else block.id


def account(
    witness: Witness, text: str, left_out: Iterable[Span], documents: Iterable[Document], lines: Iterable[Line] = ()
) -> Witness:
    """The witness with a record of every character that no segment or mark of the documents holds.

    What was left out on purpose says why; white space and markup at the edge of a segment are
    delimiters; anything else would be `unplaced`, which no stage should let happen.
    """
    taken = [(span.start, span.end) for d in documents for span, _ in spans_of(d) if span.witness == witness.id]
    record = [span for span in left_out if span.witness == witness.id]
    taken += [(span.start, span.end) for span in record]
    marks = _free({mark for line in lines if line.witness == witness.id for mark in line.markup}, taken)
    record += [Span(witness.id, a, b, "delimiter", text[a:b], "markup") for a, b in marks]
    taken += marks
    at = 0
    for start, end in [*sorted(taken), (len(text), len(text))]:
        record += _rest(witness.id, text, at, start)
        at = max(at, end)
    return replace(witness, record=tuple(sorted(record, key=lambda span: (span.start, span.end))))


def _free(stretches: set[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches, if they are not empty, that touch none that is taken."""
    ordered = sorted(taken)
    ends = [0, *accumulate((end for _, end in ordered), max)]
    starts = [start for start, _ in ordered]
    return sorted(
        (a, b)
        for a, b in stretches
        if a < b and ends[bisect_left(starts, a)] <= a and bisect_left(starts, b) == bisect_left(starts, a)
    )


def _rest(witness: str, text: str, start: int, end: int) -> Iterator[Span]:
    """Delimiters and, if there are other characters, a left-out span from the first to the last."""
    if start >= end:
        return
    left, right = _trim(text[:end], start)
    for a, b, kind, how in (
        (start, left, "delimiter", ""),
        (left, right, "left-out", "unplaced"),
        (right, end, "delimiter", ""),
    ):
        if a < b:
            yield Span(witness, a, b, kind, text[a:b], how)  # type: ignore[arg-type]  # kinds are literal above


def fill(document: Document, texts: dict[str, str], left_out: Iterable[Span] = ()) -> Document:
    """The document with the characters of every joined span written in.

    A joined span is the white space before its second line. What else stands between the lines, such
    as a page number or text of the other language, is accounted for where it went.
    """
    ends = {(span.witness, span.start): span.end for span in left_out}

    def whole(span: Span) -> Span:
        if span.kind != "joined":
            return span
        inside = (ends.get((span.witness, at), 0) for at in range(span.start, span.end))
        start = max((span.start, *inside))
        between = texts[span.witness][start : span.end]
        first, last = _trim(between, 0)
        start += last if first < last else 0
        return replace(span, start=start, text=texts[span.witness][start : span.end])

    def full(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(map(whole, spans))

    def mark(found: Mark | None) -> Mark | None:
        return replace(found, spans=full(found.spans)) if found else None

    def segment(found: Segment) -> Segment:
        return replace(found, spans=full(found.spans))

    def block(found: Block) -> Block:
        return replace(
            found,
            label=mark(found.label),
            delimiter=mark(found.delimiter),
            heading=tuple(map(segment, found.heading)),
            blocks=tuple(map(block, found.blocks)),
            segments=tuple(map(segment, found.segments)),
        )

    return replace(document, heading=tuple(map(segment, document.heading)), blocks=tuple(map(block, document.blocks)))


def trace(bitext: Bitext, witness: Witness) -> list[tuple[Span, str]]:
    """Every span of a witness in order, each with the id it went to, or an empty one."""
    found = [(span, "") for span in witness.record]
    for document in bitext.documents:
        found += [(span, target) for span, target in spans_of(document) if span.witness == witness.id]
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].end))


def source_text(bitext: Bitext, witness: Witness) -> str:
    """The decoded text of a witness, written again from the corpus alone.

    Raises ValueError where the spans do not touch.
    """
    parts, at = [], 0
    for span, _ in trace(bitext, witness):
        if span.start != at or span.end - span.start != len(span.text):
            raise ValueError(f"{witness.file}: the record breaks at character {at}")
        parts.append(span.text)
        at = span.end
    return "".join(parts)

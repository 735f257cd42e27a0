"""A text or Markdown file -> its witness, its decoded text and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from align.errors import DataError
from align.model import Line, Source, Span, Witness
from align.sources.plain import read_as_text

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
LONGEST_LINE = 1_000_000
INLINE = re.compile(
    r"\*\*(?=\S)(?P<strong>[^*]+?)(?<=\S)\*\*|(?<![\w*])\*(?=[^\s*])(?P<stress>[^*]+?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<!\w)__(?=\S)(?P<bold>[^_]+?)(?<=\S)__(?!\w)|(?<!\w)_(?=\S)(?P<italic>[^_]+?)(?<=\S)_(?!\w)"
    r"|`(?P<code>[^`]+)`|(?<!!)\[(?P<link>[^\[\]]+)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"
)
FENCE = re.compile(r"\s*(?:[-*_]\s*){3,}$")


def read_text(path: Path, witness: str, data: bytes) -> Source:
    """Plain text: a line is what ends in a line break, a form feed or U+2028; a form feed ends a page."""
    return _read(path, witness, data)


def read_markdown(path: Path, witness: str, data: bytes) -> Source:
    """Markdown: headings are hints, their marks and rules leave the text, lines flow."""
    source = _read(path, witness, data)
    lines: list[Line] = []
    left_out: list[Span] = []
    for line in source.lines:
        if FENCE.match(line.text):
            left_out.append(Span(witness, line.start, line.end, "left-out", line.text, "markup"))
            continue
        found, marks = _heading(line)
        lines.append(replace(found, markup=tuple(_inline(found))))
        left_out += marks
    return Source(source.witness, source.text, tuple(lines), tuple(left_out), flowing=True)


def _inline(line: Line) -> Iterator[tuple[int, int]]:
    """The marks of emphasis, code and links in a line, whose text stays; where two overlap, the first counts."""
    at = 0
    for match in INLINE.finditer(line.text):
        start, end = match.span(match.lastgroup or 0)
        if match.start() >= at:
            yield line.start + match.start(), line.start + start
            yield line.start + end, line.start + match.end()
            at = match.end()


def _heading(line: Line) -> tuple[Line, list[Span]]:
    mark = HEADING.match(line.text)
    if not mark:
        return line, []
    closing = CLOSING.search(line.text, mark.end())
    start, end = mark.end(), closing.start() if closing else len(line.text)
    marks = [(0, start), *([(end, len(line.text))] if closing else [])]
    found = Line(
        line.witness, line.number, line.start + start, line.start + end, line.text[start:end],
        hint=f"heading-{len(mark.group(1))}", after_blank=True,
    )  # fmt: skip
    spans = [
        Span(line.witness, line.start + a, line.start + b, "delimiter", line.text[a:b], "markup") for a, b in marks
    ]
    return found, spans


def _read(path: Path, witness: str, data: bytes) -> Source:
    if not data.strip():
        raise DataError(f"{path}: line 1: the file is empty.", "Give a file that holds text.")
    decoded = read_as_text(path, data)
    if not decoded.text.strip():
        raise DataError(f"{path}: line 1: the file holds only white space.", "Give a file that holds text.")
    lines = tuple(_lines(witness, decoded.text))
    long = next((line for line in lines if len(line.text) > LONGEST_LINE), None)
    if long:
        raise DataError(
            f"{path}: line {long.number}: a line of {len(long.text):,} characters is longer than any paragraph.",
            f"Break it into paragraphs, each on a line of its own (at most {LONGEST_LINE:,} characters).",
        )
    about = Witness(
        witness, path.name, sha256(data).hexdigest(), decoded.encoding, decoded.byte_order_mark, decoded.undecodable
    )
    return Source(about, decoded.text, lines)


def _lines(witness: str, text: str) -> Iterator[Line]:
    """The lines that hold something, each knowing whether a blank one stands before it."""
    at = 0
    blank = False
    page = int("\f" in text)
    for number, raw in enumerate(text.splitlines(keepends=True), 1):
        body = raw.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        if body.strip():
            yield Line(witness, number, at, at + len(body), body, after_blank=blank, page=page)
        blank = not body.strip()
        at += len(raw)
        page += page > 0 and raw.endswith("\f")

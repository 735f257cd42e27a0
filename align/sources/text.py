"""A text file -> its witness, its decoded text and its lines."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from align.errors import DataError
from align.model import Line, Source, Witness
from align.sources.plain import read_as_text

LONGEST_LINE = 1_000_000


def read_text(path: Path, witness: str, data: bytes) -> Source:
    """Plain text: a line is what ends in a line break, a form feed or U+2028; a form feed ends a page."""
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

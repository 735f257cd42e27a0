"""The bytes of a memory -> its head, chunks of whole units, and what is left at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from align.errors import DataError

OPENS = re.compile(rb"<tu(?=[\s>/])")
BODY = re.compile(rb"<body(?=[\s>/])(?:[^>]*/>)?")
CLOSES = re.compile(rb"</tu\s*>")
ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
INSTRUCTION = re.compile(rb"<\?.*?\?>", re.S)
COMMENT = re.compile(rb"(<!--)(.*?)(-->)|<!\[CDATA\[.*?\]\]>", re.S)
FORBIDDEN = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f]")
UNMARKED = bytes(c if c in b"\r\n" else 32 for c in range(256))
UNTAGGED = bytes(95 if c in b"<&" else c for c in range(256))
LARGEST = 64 << 20
"""Bytes that one unit, or the head of the file, may take."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a file; `data` begins on `line`.

    `masked` is as long and has the same lines, but no tags inside comments and CDATA sections.
    """

    part: Literal["head", "units", "tail"]
    data: bytes
    masked: bytes
    line: int


def chunks(blocks: Iterable[bytes]) -> Iterator[Chunk]:
    """The head, then whole units, then the tail; together they are the file."""
    line = 1
    part: Literal["head", "units", "tail"] = "head"
    for data, masked in _cut(blocks):
        yield Chunk(part, data, masked, line)
        line += data.count(b"\n")
        part = "units"


def _cut(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Head, units, units, …, tail."""
    held = b""
    in_head = True
    for block in blocks:
        held += block
        while True:
            masked, sure = _masked(held)
            at = _end_of_head(masked, sure) if in_head else _end_of_units(masked, sure)
            if at < 0:
                break
            yield held[:at], masked[:at]
            held = held[at:]
            if not in_head:
                break
            in_head = False
        if len(held) > LARGEST:
            raise DataError("a unit, or the head, takes more than 64 MB.", "Export the memory again from its program.")
    if in_head:
        yield held, _masked(held)[0]
        held = b""
    yield held, _masked(held)[0]


def _masked(data: bytes) -> tuple[bytes, int]:
    """The data without tags in comments and CDATA, and up to where that is sure: before one that is still open."""
    if b"<!" not in data:
        return data, len(data)
    sure = len(data)
    last = max(data.rfind(b"<!--"), data.rfind(b"<![CDATA["))
    found = list(ASIDE.finditer(data))
    if found and found[-1].end() == len(data) and not found[-1][0].endswith((b"-->", b"]]>")):
        sure = found[-1].start()
    elif last < 0:
        sure = data.rfind(b"<!") if len(data) - data.rfind(b"<!") < 9 else len(data)
    return ASIDE.sub(_blank, data), sure


def _blank(found: re.Match[bytes]) -> bytes:
    if found[0].startswith(b"<!--"):
        return found[0].translate(UNMARKED)
    return found[0][:9] + found[0][9:].translate(UNTAGGED)


def allowed(data: bytes) -> bytes:
    """The data with comments as XML allows them: without control characters, and no two hyphens in a row."""
    return COMMENT.sub(_allowed, data) if b"<!--" in data else data


def _allowed(found: re.Match[bytes]) -> bytes:
    if not found[1]:
        return found[0]
    return found[1] + re.sub(rb"-(?=-|\Z)", b"- ", FORBIDDEN.sub(b"", found[2])) + found[3]


def stray(between: bytes) -> str:
    """The text and elements between units, which may not stand there; comments and instructions may."""
    found = COMMENT.sub(lambda aside: b"" if aside[1] else aside[0], INSTRUCTION.sub(b"", between))
    return " ".join(found.decode("utf-8", "replace").split())[:60]


def _end_of_head(masked: bytes, sure: int) -> int:
    """Where the first unit begins, with the white space before it, or the body ends."""
    body = BODY.search(masked, 0, sure)
    if not body or (first := re.compile(rb"<(?=[\w/])").search(masked, body.end(), sure - 10)) is None:
        return -1
    return len(masked[: first.start()].rstrip())


def _end_of_units(masked: bytes, sure: int) -> int:
    at = masked.rfind(b"</tu", 0, sure)
    while at >= 0:
        if found := CLOSES.match(masked, at, sure):
            return found.end()
        at = masked.rfind(b"</tu", 0, at)
    return -1

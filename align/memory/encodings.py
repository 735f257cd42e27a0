"""A TMX file in whatever encoding -> its bytes as UTF-8, block by block."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from align.errors import DataError
from align.sources._xml import DECLARED, WIDER
from align.sources.encoding import decode, marked

BLOCK = 1 << 20
"""Bytes read at a time."""
HEAD = 65_536
"""Bytes that tell the encoding."""
SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Half of a character of UTF-16, as UTF-8 must not spell it."""
SIXTEEN = ("utf-16", "utf-16-le", "utf-16-be", "ucs-2")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding a file is in, as Python names it; the one it declares, in small letters; its byte order mark."""

    name: str
    declared: str
    mark: bytes

    @property
    def is_as_declared(self) -> bool:
        """Whether a reader that believes the declaration reads the file."""
        said = self.declared or ("utf-16" if self.mark and self.name.startswith("utf-16") else "utf-8")
        if self.name.startswith("utf-16"):
            return said in SIXTEEN and (bool(self.mark) or said != "utf-16")
        return _same(self.name, said) or _same(self.name, WIDER.get(said, said))


def encoding_of(path: Path) -> Encoding:
    """The encoding of a file, from its mark, its bytes, and what it declares. Raises DataError where it is no text."""
    with path.open("rb") as stream:
        data = stream.read(HEAD)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DataError(f"{path}: line 1: the file is empty.", "Export the memory again from its program.")
    mark, name = marked(data)
    text = data[len(mark) :].decode(name, "replace").encode() if name else data
    said = DECLARED.match(text)
    declared = said[1].decode().lower() if said else ""
    return Encoding(name or _narrow(data, declared), declared, mark)


def _narrow(data: bytes, declared: str) -> str:
    """The encoding of bytes that are no UTF-16: UTF-8 if it reads them, else what is declared, else what fits best."""
    if _reads("utf-8", data):
        return "utf-8"
    for name in (WIDER.get(declared, declared), declared):
        if name and not _same(name, "utf-8") and _reads(name, data):
            return name
    found = decode(data[: data.rfind(b"\n") + 1] or data)
    return found.encoding if found and not found.undecodable else "utf-8"


def _reads(name: str, data: bytes) -> bool:
    """Whether an encoding reads the first bytes of a file, the last of which may be cut."""
    try:
        codecs.getincrementaldecoder(name)().decode(data)
    except (UnicodeError, LookupError):
        return False
    return not name.startswith("utf-16")


def _same(one: str, other: str) -> bool:
    try:
        return codecs.lookup(one) == codecs.lookup(other)
    except LookupError:
        return False


def blocks(path: Path, encoding: Encoding) -> Iterator[bytes]:
    """The file as UTF-8 without its mark; bytes that mean nothing are left as they are, halves of characters too."""
    if _same(encoding.name, "utf-8"):
        yield from _raw(path, len(encoding.mark))
        return
    wide = encoding.name.startswith("utf-16")
    decoder = codecs.getincrementaldecoder(encoding.name)("surrogatepass" if wide else "surrogateescape")
    for block in _raw(path, len(encoding.mark)):
        yield decoder.decode(block).encode("utf-8", "surrogatepass" if wide else "surrogateescape")
    if left := decoder.getstate()[0]:
        yield left.decode("ascii", "replace").encode()


def _raw(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        while block := stream.read(BLOCK):
            yield block

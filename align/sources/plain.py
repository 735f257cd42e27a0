"""A file that is taken as it stands -> its decoded text, be it empty."""

from __future__ import annotations

import os
import re
from pathlib import Path

from align.errors import DataError, SurroundingsError, UsageError
from align.sources.encoding import Decoded, decode, garbled

OTHERS = (
    (re.compile(rb"\s*%PDF-"), "a PDF, not a text file"),
    (re.compile(rb"\s*\{\\rtf"), "an RTF file, not a text file"),
    (re.compile(rb"PK\x03\x04"), "a Word file or an archive, not a text file"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Word file, not a text file"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.I), "a web page, not a text file"),
    (re.compile(rb"[^\x1b\x80-\xff]{0,65536}\x1b\$(?:\)[ACEG]|\*H)"), "text in ISO-2022-CN or -KR, which is not read"),
)


def read_plain(path: Path) -> Decoded:
    """The text of a file in any encoding that is known. Raises DataError for what is no plain text."""
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a folder may not be entered
        raise UsageError(f"{path}: there is no such file.", "Check the name and the permissions.")
    data = read_data(path)
    return read_as_text(path, data) if data else Decoded("", "utf-8", False, ())


def read_data(path: Path) -> bytes:
    """The bytes of a file. Raises SurroundingsError where they cannot be had."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SurroundingsError(
            f"{path}: cannot be read ({error.strerror}).", "Check the name and the permissions."
        ) from error


def read_as_text(path: Path, data: bytes) -> Decoded:
    """Some bytes of a file, decoded. Raises DataError for what is no plain text."""
    kind = next((kind for form, kind in OTHERS if form.match(data)), "")
    decoded = None if kind else decode(data)
    if decoded is None:
        raise DataError(
            f"{path}: line 1: this is {kind or 'not a text file (it holds binary data)'}.",
            "Save it as plain text (UTF-8) and try again.",
        )
    spoilt = garbled(decoded.text)
    if spoilt:
        raise DataError(
            f"{path}: line 1: the characters are spoilt: this is {spoilt} and then saved.",
            "Get the text again from where it came from.",
        )
    return decoded

"""A file that is taken as it stands -> its decoded text, be it empty."""

from __future__ import annotations

import os
from pathlib import Path

from align.errors import DataError, SurroundingsError, UsageError
from align.sources.encoding import Decoded, decode
from align.sources.text import OTHERS


def read_plain(path: Path) -> Decoded:
    """The text of a file in any encoding that is known. Raises DataError for what is no plain text."""
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a folder may not be entered
        raise UsageError(f"{path}: there is no such file.", "Check the name and the permissions.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SurroundingsError(
            f"{path}: cannot be read ({error.strerror}).", "Check the name and the permissions."
        ) from error
    if not data:
        return Decoded("", "utf-8", False, ())
    kind = next((kind for form, kind in OTHERS if form.match(data)), "")
    decoded = None if kind else decode(data)
    if decoded is None:
        raise DataError(
            f"{path}: line 1: this is {kind or 'not a text file (it holds binary data)'}.",
            "Save it as plain text (UTF-8) and try again.",
        )
    return decoded

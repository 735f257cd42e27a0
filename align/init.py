"""A folder of source files -> the document.toml that align assumes for it."""

from __future__ import annotations

import json
from pathlib import Path

from align.errors import SurroundingsError, UsageError
from align.sources.documents import SETTINGS, InputFile, read_folder

HEAD = """\
# What align cannot know from the text. Everything here is optional; a line behind # is not read.

# date = 2014-07-14          # of the document, as 2014-07-14 or 2014
direction = "unknown"        # en>zh, zh>en, parallel (written in both at once), unknown

[title]                      # given by you, and marked as given
# en = "…"
# zh = "…"
"""
FILE = """
[[file]]
name = {name}
{language}
standing = "unknown"         # official, reprint, unknown; working and machine are drafts and never fill a gap
# url = "…"
# publisher = "…"
# retrieved = 2014-07-14
# translator = "…"
# rights = "…"
"""
TAIL = """
# A text that is known to exist and is not held; the brief's cover cites it.
# [[known]]
# language = "zh"
# title = "…"
# publisher = "…"
"""


def write_settings(folder: Path) -> Path:
    """Write `document.toml`; raises UsageError where there is one already."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder.", "Make it and put your files in it.")
    target = folder / SETTINGS
    if target.exists():
        raise UsageError(f"{target}: is there already.", "Edit it, or remove it and run this again.")
    given = read_folder(folder)
    if not given.files:
        raise UsageError(f"{folder}: no source files here.", "Put .txt or .md files into it first.")
    text = HEAD + "".join(map(_file, given.files)) + TAIL
    try:
        target.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise SurroundingsError(
            f"{target}: cannot be written ({error.strerror}).", "Check the folder's permissions."
        ) from error
    return target


def _file(file: InputFile) -> str:
    langs = list(file.langs) or _found(file)
    said = f"language = {json.dumps(langs)}"
    return FILE.format(name=json.dumps(file.path.name, ensure_ascii=False), language=said)


def _found(file: InputFile) -> list[str]:
    """The languages that the content shows."""
    from align.languages import main_language
    from align.sources import read

    found = main_language(read(file.path, "w1").lines)
    return ["en", "zh"] if found == "both" else [found] if found else []

"""A folder of source files -> the document.toml that align assumes for it."""

from __future__ import annotations

import json
from pathlib import Path

from align.errors import AlignError, SurroundingsError, UsageError
from align.export import whole
from align.sources.documents import SETTINGS, InputFile, check_name, read_folder

HEAD = """\
# What align cannot know from the text. Everything here is optional; a line behind # is not read.

# date = 2014-07-14          # of the document; also "2014-07" or 2014
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
    for file in given.files:
        check_name(file.path.name)
    text = HEAD + "".join(map(_file, given.files)) + TAIL
    try:
        with whole(folder) as output, output.open(SETTINGS) as stream:
            stream.write(text.encode("utf-8"))
    except SurroundingsError as error:
        raise SurroundingsError(error.message, "Make room, or check the folder's permissions.") from error
    return target


def _file(file: InputFile) -> str:
    langs = list(file.langs) or _found(file)
    said = f"language = {json.dumps(langs)}"
    return FILE.format(name=json.dumps(file.path.name, ensure_ascii=False), language=said)


def _found(file: InputFile) -> list[str]:
    found = _language(file.path)
    return ["en", "zh"] if found == "both" else [found] if found else []


def content_language(path: Path) -> str:
    """The language that a file's content shows, or `both`; nothing where it cannot be read."""
    try:
        return _language(path)
    except AlignError:
        return ""


def _language(path: Path) -> str:
    from align.languages import main_language
    from align.sources import read

    return main_language(read(path, "w1").lines)

"""Words of the command line -> the formats, language codes and files they mean, or a UsageError."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from align.errors import UsageError

DEFAULT_FORMATS = "tmx,docx,pdf"
DEFAULT_INPUT = Path("input")


def or_input(paths: list[Path], others: bool) -> list[Path]:
    """The paths, or the folder input/ where nothing at all is given."""
    if paths or others:
        return paths
    if not DEFAULT_INPUT.is_dir():
        raise UsageError("There is no folder input/ here.", "Name files or a folder: align export FILE…")
    return [DEFAULT_INPUT]


def chosen_formats(to: str) -> list[str]:
    """The formats that `--to` names, each once."""
    from align.export import format_names

    known = format_names()
    names = list(dict.fromkeys(name.strip().lower() for name in to.split(",") if name.strip()))
    if not names:
        raise UsageError("--to names no format.", f"For example: --to {DEFAULT_FORMATS}")
    for name in names:
        if name not in known:
            raise UsageError(f"There is no format called {name!r}.", f"Known formats: {', '.join(known)}.")
    return names


def language_codes(codes: str) -> tuple[str, str]:
    """The two codes that `--codes` names, English first; no Chinese one means that the text decides."""
    if not codes:
        return "en-US", ""
    parts = [part.strip() for part in codes.split(",")]
    forms = (r"en(-[A-Za-z0-9]{2,8})*", r"(zh|cmn|yue)(-[A-Za-z0-9]{2,8})*")
    if len(parts) != 2 or not all(re.fullmatch(form, part) for form, part in zip(forms, parts, strict=True)):
        raise UsageError(
            f"--codes {codes!r} is not a pair of an English and a Chinese language code.", "Write it as en-US,zh-CN."
        )
    return parts[0], parts[1]


def find_corpora(paths: Sequence[Path]) -> Iterator[Path]:
    """The corpora that paths mean: files, and those in folders."""
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*.xml"))
            if not found:
                raise UsageError(f"{path}: no corpus (.xml) here.", "Run `align export` first.")
            yield from found
        elif path.exists():
            yield path
        else:
            raise UsageError(f"{path}: there is no such file or folder.", "Run `align export` first.")

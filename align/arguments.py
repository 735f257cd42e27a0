"""Words of the command line -> the options, formats, language codes and files they mean, or a UsageError."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from align.errors import UsageError
from align.wishes import LAYOUTS, PAGES

DEFAULT_FORMATS = "tmx,docx,pdf"
DEFAULT_INPUT = Path("input")
Command = TypeVar("Command", bound=Callable[..., object])


def _or_empty(context: click.Context, option: click.Parameter, said: str | None) -> str:
    return said or ""


LAYOUT = click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default="side",
    show_default=True,
    help="How a brief is laid out: side by side, one under the other, one language, or for reviewers.",
)
PAGE = click.option("--page", type=click.Choice(PAGES), default="a4", show_default=True, help="Paper of a brief.")
SCRIPT = click.option(
    "--script",
    type=click.Choice(["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"]),
    callback=_or_empty,
    help="Convert the Chinese to this script; the output says that it is converted.",
)
VOCABULARY = click.option(
    "--vocabulary",
    type=click.Choice(["taiwan"]),
    callback=_or_empty,
    help="With --script zh-Hant-TW: convert words too, such as 软件 to 軟體.",
)
THEME = click.option(
    "--theme",
    type=click.Path(readable=False),
    callback=_or_empty,
    help="A theme.toml that sets faces, colours, margins and a logo of briefs.",
)
TEMPLATE = click.option(
    "--template",
    type=click.Path(readable=False),
    callback=_or_empty,
    help="A Word file (.docx, .dotx) whose styles, page, headers and footers the DOCX takes.",
)
DRAFTS = click.option(
    "--drafts",
    is_flag=True,
    help="Make a second set, <document>.draft.*, in which drafts stand where no text is held, marked as such.",
)
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, readable=False),
    default=Path("dist"),
    show_default=True,
    help="Folder for what is made.",
)


def brief_options(command: Command) -> Command:
    """The options that decide how a brief looks, and in which script the Chinese is."""
    for option in (TEMPLATE, THEME, VOCABULARY, SCRIPT, PAGE, LAYOUT):
        command = option(command)
    return command


def check_edition(script: str = "", vocabulary: str = "", **others: str) -> None:
    """Raise UsageError where words of a region are wanted in another script than its own."""
    if vocabulary and script != "zh-Hant-TW":
        raise UsageError("--vocabulary taiwan goes with --script zh-Hant-TW.", "Give both, or leave it out.")


def check_out(out: Path, formats: Sequence[str], drafts: bool) -> None:
    """Raise UsageError where more than one file would be printed."""
    if str(out) == "-" and len(formats) != 1:
        raise UsageError("--out - prints one format.", "Name it with --to, such as --to tmx.")
    if str(out) == "-" and drafts:
        raise UsageError("--out - prints one file, and --drafts makes two sets.", "Leave out one of them.")


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
    """The corpora and memories that paths mean: files, and those in folders."""
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix == ".xml" or p.suffix.lower() == ".tmx")
            if not found:
                raise UsageError(f"{path}: no corpus (.xml) or memory (.tmx) here.", "Run `align export` first.")
            yield from found
        elif path.exists():
            yield path
        else:
            raise UsageError(f"{path}: there is no such file or folder.", "Run `align export` first.")

"""Words of the command line -> what is asked of a translation memory; a help text with headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from align.errors import UsageError
from align.profiles import PROFILES
from align.wishes import DIRECTIONS, LEVELS, STATUSES, TAKEN, Memory

Command = TypeVar("Command", bound=Callable[..., object])
SIZES = {"": 1, "B": 1, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
SMALLEST = 10_000
"""The least size of a file that is split: one unit should fit."""


def _confidence(context: click.Context, option: click.Parameter, said: str) -> float:
    try:
        value = float(said)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"--min-confidence {said} is no number from 0 to 1.", "For example: --min-confidence 0.9")
    return value


def _size(context: click.Context, option: click.Parameter, said: str | None) -> int:
    """Bytes; a thousand to the step, as those who set limits count at least."""
    if not said:
        return 0
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?B)?", said.strip().upper())
    size = float(match[1]) * SIZES[match[2] or ""] if match else 0
    if size < SMALLEST:
        raise UsageError(f"--split {said} is no size of at least 10KB.", "For example: --split 100MB")
    return int(size)


OPTIONS = (
    click.option("--codes", default="", help="Language codes of TMX and XLIFF, such as en-GB,zh-CN."),
    click.option(
        "--direction",
        type=click.Choice(DIRECTIONS),
        help="Source and target language.  [default: as document.toml says, or en-zh]",
    ),
    click.option(
        "--level", type=click.Choice(LEVELS), default="sentence", show_default=True, help="What a unit holds."
    ),
    click.option(
        "--min-confidence",
        default="0",
        metavar="0-1",
        callback=_confidence,
        help="Leave out pairs less sure than this.",
    ),
    click.option(
        "--status",
        type=click.Choice(STATUSES),
        default="all",
        show_default=True,
        help="All pairs, or those that a person has confirmed.",
    ),
    click.option(
        "--standing",
        type=click.Choice(tuple(TAKEN)),
        help="Official texts alone; source texts (official, reprint, unknown); or drafts too."
        "  [default: source, with --drafts all]",
    ),
    click.option(
        "--split",
        metavar="SIZE",
        callback=_size,
        help="Begin another file, .2.tmx, before one is larger, such as 100MB.",
    ),
    click.option("--profile", type=click.Choice(tuple(PROFILES)), help="Keep to what one program takes."),
)
WISHES = ("direction", "level", "min_confidence", "status", "standing", "split", "profile")


def memory_options(command: Command) -> Command:
    """The options that decide what a memory holds."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def memory(said: Mapping[str, object]) -> Memory:
    """What the options of `memory_options` say, by their names."""
    return Memory(
        level=str(said["level"]),
        direction=str(said["direction"] or ""),
        confidence=float(str(said["min_confidence"])),
        status=str(said["status"]),
        standing=str(said["standing"] or ""),
        split=int(str(said["split"])),
        profile=str(said["profile"] or ""),
    )


HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("layout", "page", "theme", "template"), "Briefs"),
    **dict.fromkeys(("script", "vocabulary"), "Editions"),
    **dict.fromkeys(("codes", *WISHES), "Translation memories"),
}
"""Under which heading an option stands that is not for all formats."""


class Sectioned(click.Command):
    """A command whose help lists the options that belong together under headings."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The options for everything first, then those of each heading, in the order they are given in."""
        rows: dict[str, list[tuple[str, str]]] = {"Options": []}
        for option in self.get_params(context):
            record = option.get_help_record(context) if isinstance(option, click.Option) else None
            if record:
                rows.setdefault(HEADINGS.get(option.name or "", "Options"), []).append(record)
        for heading, listed in rows.items():
            with formatter.section(heading):
                formatter.write_dl(listed)

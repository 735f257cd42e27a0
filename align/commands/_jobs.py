"""Jobs -> what they gave and what went wrong; the arguments that many commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from align.console import Given, as_align_error, say
from align.errors import AlignError

PATH = click.Path(path_type=Path, readable=False)
PATHS = click.argument("paths", nargs=-1, type=PATH)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print what a program may read.")
Result = TypeVar("Result")


def run_all(jobs: Sequence[Callable[[], Result]], given: Given) -> tuple[list[Result], list[AlignError]]:
    """Every job; one that fails says so and does not stop the others."""
    done: list[Result] = []
    errors: list[AlignError] = []
    for job in jobs:
        try:
            done.append(job())
        except Exception as error:
            errors.append(as_align_error(error))
            say(given.typed(str(errors[-1])))
    return done, errors

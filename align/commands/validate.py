"""Corpora -> what is wrong with them: the command `align validate`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.arguments import find_corpora
from align.commands._jobs import AS_JSON, PATHS, run_all
from align.console import given_paths, print_json
from align.errors import DataError

if TYPE_CHECKING:
    from align.model import Finding


@click.command()
@PATHS
@AS_JSON
def validate(paths: tuple[Path, ...], as_json: bool) -> None:
    """Check corpora by the grammar and the rules. PATHS are files or folders; without any, dist/.

    \b
    Example:
      align validate dist/old/old.xml
    """
    with given_paths(paths or (Path("dist"),)) as given:
        files = list(find_corpora(given.paths))
        found, errors = run_all([lambda f=f: (f, _faults(f)) for f in files], given)  # type: ignore[misc]  # bound early
        listed = [(given.typed(str(path)), finding) for path, findings in found for finding in findings]
        if as_json:
            print_json([{"file": path, **asdict(finding)} for path, finding in listed])
        for path, finding in () if as_json else listed:
            where = given.typed(finding.where)
            where = where if where.startswith(path) else f"{path}: {where}"
            print(f"{where}: {finding.severity}: {finding.message} {finding.remedy} [{finding.rule}]")
    refused = {path for path, finding in listed if finding.severity == "error"}
    if not as_json:
        print(f"{len(files)} checked, {len(found) - len(refused)} valid.")
    if errors or refused:
        sys.exit(max([*(error.status for error in errors), 1]))


def _faults(path: Path) -> list[Finding]:
    """What is wrong with a file, be it no corpus at all."""
    from align.model import Finding
    from align.validate import validate

    try:
        return validate(path)
    except DataError as error:
        said = error.message.removeprefix(f"{path}: ")
        return [Finding("not-a-corpus", "error", str(path), said, error.remedy)]

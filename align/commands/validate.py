"""Corpora and translation memories -> what is wrong with them: the command `align validate`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.arguments import find_corpora
from align.commands._jobs import AS_JSON, PATH, PATHS, run_all
from align.console import Given, given_paths, print_json, progress, say
from align.errors import DataError, UsageError

if TYPE_CHECKING:
    from align.model import Finding


@click.command()
@PATHS
@click.option("--fix", is_flag=True, help="Write a mended copy of a TMX: FILE.mended.tmx beside it, or --out.")
@click.option("--out", type=PATH, help="File for the mended copy.")
@AS_JSON
def validate(paths: tuple[Path, ...], fix: bool, out: Path | None, as_json: bool) -> None:
    """Check corpora and translation memories (TMX, ours or another's) by the grammar and the rules.

    PATHS are files or folders; without any, dist/. A memory is refused for errors alone; warnings say what
    costs matches. --fix changes nothing that is right, and tells what it did, unit by unit.

    \b
    Examples:
      align validate dist/old/old.xml
      align validate theirs.tmx --fix
    """
    with given_paths(paths or (Path("dist"),)) as given:
        files = list(find_corpora(given.paths))
        if fix or out:
            _check_fix(files, given, fix, out)
        work = (lambda f: _mended(f, out, given, as_json)) if fix else _faults
        found, errors = run_all([lambda f=f: (f, work(f)) for f in files], given)  # type: ignore[misc]  # bound early
        listed = [(given.typed(str(path)), finding) for path, findings in found for finding in findings]
        if as_json:
            print_json([{"file": path, **asdict(finding)} for path, finding in listed])
        for path, finding in () if as_json else listed:
            _print(given.typed(finding.where), path, finding)
    refused = {path for path, finding in listed if finding.severity == "error"}
    if not as_json:
        print(f"{len(files)} checked, {len(found) - len(refused)} valid.")
    if errors or refused:
        sys.exit(max([*(error.status for error in errors), 1]))


def _print(where: str, path: str, finding: Finding) -> None:
    where = where if where.startswith(str(Path(path).with_suffix(""))) else f"{path}: {where}"
    print(f"{where}: {finding.severity}: {finding.message} {finding.remedy} [{finding.rule}]")


def _faults(path: Path) -> list[Finding]:
    """What is wrong with a file, be it no corpus at all."""
    from align.memory import heads, validating
    from align.model import Finding
    from align.validate import validate

    is_memory = heads.is_memory(path)
    told = progress()
    try:
        return validating.validate(path, told) if is_memory else validate(path)
    except DataError as error:
        said = error.message.removeprefix(f"{path}: ")
        return [Finding("not-a-memory" if is_memory else "not-a-corpus", "error", str(path), said, error.remedy)]
    finally:
        told("")


def _check_fix(files: list[Path], given: Given, fix: bool, out: Path | None) -> None:
    """Raise UsageError for what cannot be mended, or has no place to go."""
    from align.memory.heads import is_memory

    if not fix:
        raise UsageError("--out goes with --fix.", "Give both, or leave it out.")
    if out and (len(files) > 1 or str(out) == "-"):
        raise UsageError("--out names the mended copy of one file.", "Give one file and a name for its copy.")
    for path in files:
        if not is_memory(path):
            raise UsageError(f"{given.typed(str(path))}: --fix mends TMX files alone.", "Build a corpus again instead.")
        if out and out.exists() and out.samefile(path):
            raise UsageError(f"{out}: the mended copy would stand in the place of the file.", "Name another --out.")
        if given.typed(str(path)) != str(path) and not out:
            raise UsageError("The mended copy of what comes in needs a name.", "Name it with --out.")


def _mended(path: Path, out: Path | None, given: Given, as_json: bool) -> list[Finding]:
    """Mend a file, say what was done, and give what is wrong with the copy still."""
    from align.memory.mending import mend_file

    copy = out or path.with_suffix(".mended.tmx")
    mended = mend_file(path, copy, out is not None)
    if mended.done.counts and not mended.is_worth_writing:
        say(given.typed(f"{path}: nothing in it can be mended; {_many(mended.left_out)} in it, and none can be kept."))
        return list(mended.left)
    for done in mended.done.findings(path):
        say(given.typed(f"{done.where}: {done.message} [{done.rule}]"))
    if not mended.done.counts:
        say(given.typed(f"{path}: nothing in it can be mended."))
        return list(mended.left)
    written = f"written: {copy}" + (f" ({_many(mended.left_out)} left out)" if mended.left_out else "")
    say(written) if as_json else print(written)
    return list(mended.left)


def _many(units: int) -> str:
    return f"{units:,} unit{'' if units == 1 else 's'}"

"""Corpora and translation memories -> one memory: the command `align merge`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.arguments import find_corpora
from align.commands._jobs import AS_JSON, PATH, PATHS, run_all
from align.console import Given, given_paths, print_json, progress, temporary_folder
from align.errors import DataError, UsageError

if TYPE_CHECKING:
    from align.memory.merging import Memory
    from align.memory.reporting import Merged, Way


@click.command()
@PATHS
@click.option("--out", type=PATH, required=True, help="File for the merged memory.")
@click.option(
    "--keep",
    type=click.Choice(["newest", "all"]),
    default="newest",
    show_default=True,
    help="Of several translations of a text.",
)
@click.option("--report", type=PATH, help="File (TSV) for all texts that are translated in more than one way.")
@AS_JSON
def merge(paths: tuple[Path, ...], out: Path, keep: str, report: Path | None, as_json: bool) -> None:
    """Make one translation memory of many corpora (.xml) and memories (.tmx), and say where they contradict.

    The newest is the one changed last, else made last, else in the file named last. Where each unit came
    from is kept in properties.

    \b
    Example:
      align merge dist/old/old.xml theirs.tmx --out all.tmx --report contradictions.tsv
    """
    from align.memory.reporting import merge as merge_memories

    _check(paths, out, report)
    with given_paths(paths) as given, temporary_folder() as folder:
        files = list({os.path.normpath(path.absolute()): path for path in find_corpora(given.paths)}.values())
        told = progress()

        def work() -> Merged:
            return merge_memories(list(_memories(files, given, folder)), out, report, keep == "newest", told)

        done, errors = run_all([work], given)
        told("")
    for merged in done:
        if as_json:
            print_json(asdict(merged))
        for line in () if as_json else _lines(merged, out, report, keep):
            print(line)
    if errors:
        sys.exit(errors[0].status)


def _check(paths: Sequence[Path], out: Path, report: Path | None) -> None:
    if not paths:
        raise UsageError("There is nothing to merge.", "Name corpora (.xml), memories (.tmx) or folders of them.")
    for option, place in (("--out", out), ("--report", report)):
        if str(place) == "-":
            raise UsageError(f"{option} - is not taken: what is merged is not printed.", f"Name a file for {option}.")
    if report and out.resolve() == report.resolve():
        raise UsageError("--out and --report are two files of their own.", "Name both otherwise.")
    there = [path for path in paths if path.exists()]
    for place in (out, report):
        if place and place.exists() and any(path.samefile(place) for path in there):
            raise UsageError(f"{place}: what is made would stand in the place of one of the files.", "Name another.")


def _memories(files: Sequence[Path], given: Given, folder: Path) -> Iterator[Memory]:
    """Every file as a memory: a corpus is exported first."""
    from align.memory.heads import is_memory
    from align.memory.merging import Memory

    for place, (path, name) in enumerate(zip(files, _told_apart(files), strict=True)):
        name = name if given.typed(str(path)) == str(path) else "standard input"
        yield Memory(path if is_memory(path) else _exported(path, folder / str(place)), name)


def _told_apart(files: Sequence[Path]) -> Iterator[str]:
    """What to call each file: its name, with as many folders before it as tell it from all others of that name."""
    every = [Path(os.path.normpath(path.absolute())).parts for path in files]
    for parts in every:
        alike = [other for other in every if other[-1] == parts[-1] and other != parts]
        many = next(n for n in range(1, len(parts) + 1) if all(other[-n:] != parts[-n:] for other in alike))
        yield "/".join(parts[-many:])


def _exported(path: Path, folder: Path) -> Path:
    """The memory of a corpus. Raises DataError for one that is not valid."""
    from align.corpus import read
    from align.export import Options, export, whole
    from align.validate import validate

    if any(finding.severity == "error" for finding in validate(path)):
        raise DataError(f"{path}: the corpus is not valid.", f"Run `align validate {path}` for what is wrong with it.")
    with whole(folder) as output:
        export([read(path)], ["tmx"], Options("corpus"), output)
    return folder / "corpus.tmx"


def _lines(merged: Merged, out: Path, report: Path | None, keep: str) -> Iterator[str]:
    for name, count in merged.files:
        yield f"{name}: {_units(count)}"
    facts = [f"{merged.repeated:,} said the same as others"] if merged.repeated else []
    facts += [f"{merged.replaced:,} replaced by newer ones"] if merged.replaced else []
    facts += [f"{merged.split:,} more by making pairs of units of many languages"] if merged.split else []
    facts += [f"{merged.useless:,} without text in two languages left out"] if merged.useless else []
    yield " · ".join([f"written: {out}: {_units(merged.units)}", *facts])
    if len(merged.languages) > 1:
        yield f"languages, kept apart: {', '.join(f'{codes} {count:,}' for codes, count in merged.languages)}"
    if len(merged.sources) > 1:
        yield f"translated from {', '.join(merged.sources)}: Weblate and Smartling take one source language in a file."
    if merged.contradictions:
        kept = "the newest is kept" if keep == "newest" else "all are kept"
        texts = "text is" if merged.contradictions == 1 else "texts are"
        yield f"{merged.contradictions:,} {texts} translated in more than one way; {kept}:"
        for ways in merged.first:
            yield from _contradiction(ways)
        if merged.contradictions > len(merged.first):
            more = merged.contradictions - len(merged.first)
            yield f"  and {more:,} more{'' if report else '; --report FILE.tsv lists all'}."
    if report:
        yield f"written: {report}"


def _contradiction(ways: Sequence[Way]) -> Iterator[str]:
    yield f"  {_shown(ways[0].source)}"
    for way in ways:
        when = f", {way.date}" if way.date else ""
        yield f"    {'+' if way.kept else '-'} {_shown(way.target)} ({way.file}, unit {way.unit}{when})"


def _units(count: int) -> str:
    return f"{count:,} unit{'' if count == 1 else 's'}"


def _shown(text: str) -> str:
    said = " ".join(text.split())
    return f"{said[:77]}…" if len(said) > 80 else said

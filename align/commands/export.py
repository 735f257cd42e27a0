"""Sources or corpora -> corpora and exports: the commands `align export`, `align build` and `align formats`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.arguments import (
    DEFAULT_FORMATS,
    DEFAULT_INPUT,
    DRAFTS,
    OUT,
    brief_options,
    check_edition,
    check_out,
    chosen_formats,
    language_codes,
    or_input,
)
from align.arguments_memory import WISHES, Sectioned, memory, memory_options
from align.commands._jobs import AS_JSON, PATHS, run_all
from align.console import (
    Given,
    given_paths,
    print_file,
    print_json,
    print_next,
    print_reports,
    progress,
    temporary_folder,
)
from align.errors import UsageError
from align.wishes import USUAL, Memory

if TYPE_CHECKING:
    from align.job import Report


@click.command(cls=Sectioned)
@PATHS
@click.option("--to", default=DEFAULT_FORMATS, show_default=True, help="Formats, with commas; see `align formats`.")
@OUT
@DRAFTS
@brief_options
@memory_options
@AS_JSON
def export(paths: tuple[Path, ...], to: str, out: Path, codes: str, drafts: bool, as_json: bool, **said: Any) -> None:
    """Do the whole job: read, align, validate, and write every format.

    PATHS are folders of source files, one or two files, or a corpus (.xml) that is there already;
    without any, the folder input/ is taken, and `-` is what comes in. What is not stale is left as it
    is. Results are in OUT/<document>/; `--out -` prints the one file of one format.

    \b
    Examples:
      align export
      align export old.en.txt old.zh.txt --to tmx
    """
    formats = chosen_formats(to)
    tags = language_codes(codes)
    wished = memory(said)
    wishes = {name: value for name, value in said.items() if name not in WISHES}
    check_edition(**wishes)
    check_out(out, formats, drafts)
    with given_paths(paths) as given:
        _work(given, formats, out, tags, as_json, drafts, wished, **wishes)


@click.command()
@PATHS
@OUT
@AS_JSON
def build(paths: tuple[Path, ...], out: Path, as_json: bool) -> None:
    """Read, align and validate; write the corpus alone. `--out -` prints it.

    \b
    Example:
      align build old.en.txt old.zh.txt --out - > old.xml
    """
    with given_paths(paths) as given:
        _work(given, [], out, ("en-US", ""), as_json)


@click.command()
@AS_JSON
def formats(as_json: bool) -> None:
    """List the formats that `align export --to` knows.

    \b
    Example:
      align formats
    """
    from align.export import find_exporter, format_names

    rows = [(name, find_exporter(name)) for name in format_names()]
    if as_json:
        print_json([{"name": name, "suffix": e.suffix, "summary": e.summary} for name, e in rows])
        return
    for name, exporter in rows:
        print(f"{name:6} .{exporter.suffix:6} {exporter.summary}")


def _work(
    given: Given,
    formats: list[str],
    out: Path,
    codes: tuple[str, str],
    as_json: bool,
    drafts: bool = False,
    wished: Memory = USUAL,
    **wishes: str,
) -> None:
    from align.house import read_house
    from align.init import content_language
    from align.job import Order, check_places, export_corpus, run
    from align.sources.documents import find_documents

    house = read_house(wishes.pop("theme", ""), wishes.pop("template", ""))
    corpora = [path for path in given.paths if path.suffix.lower() == ".xml" and path.is_file()]
    others = [path for path in given.paths if path not in corpora]
    documents = find_documents(or_input(others, bool(corpora)), content_language)
    with _place(out, len(corpora) + len(documents)) as place:
        check_places(documents, corpora, place)
        order = Order(formats, place, codes, progress(), house=house, drafts=drafts, memory=wished, **wishes)
        jobs: list[Callable[[], Report]] = [lambda c=c: export_corpus(c, order) for c in corpora]  # type: ignore[misc]  # bound early
        jobs += [lambda d=d: run(d, order) for d in documents]  # type: ignore[misc]  # bound early
        reports, errors = run_all(jobs, given)
        order.progress("")
        if place != out:
            print_file(reports)
    if place == out and as_json:
        print_json([asdict(report) for report in reports])
    elif place == out:
        print_reports(reports)
        print_next(reports, given, [document.name for document in documents], DEFAULT_INPUT)
    if errors:
        sys.exit(max(error.status for error in errors))


@contextmanager
def _place(out: Path, documents: int) -> Iterator[Path]:
    """The folder for what is made; for `-` one that is there until it is printed."""
    if str(out) != "-":
        yield out
        return
    if documents != 1:
        raise UsageError(f"--out - takes one document, not {documents}.", "Name one.")
    with temporary_folder() as folder:
        yield folder

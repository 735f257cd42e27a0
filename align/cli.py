"""The command line: arguments in, exit status out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from align import __version__
from align.arguments import (
    DEFAULT_FORMATS,
    DEFAULT_INPUT,
    OUT,
    brief_options,
    check_edition,
    chosen_formats,
    find_corpora,
    language_codes,
    or_input,
)
from align.console import (
    Given,
    as_align_error,
    drop_output,
    given_paths,
    prepare,
    print_file,
    print_json,
    print_next,
    print_reports,
    progress,
    quoted,
    say,
    temporary_folder,
)
from align.errors import AlignError, DataError, UsageError

if TYPE_CHECKING:
    from align.job import Report
    from align.model import Finding

PATH = click.Path(path_type=Path, readable=False)
PATHS = click.argument("paths", nargs=-1, type=PATH)
JSON = click.option("--json", "as_json", is_flag=True, help="Print what a program may read.")
Result = TypeVar("Result")


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="align")
@click.pass_context
def cli(context: click.Context) -> None:
    """Turn English–Chinese documents into a parallel corpus, translation memories and briefs.

    \b
    Example:
      align export old.en.txt old.zh.txt
    """
    if context.invoked_subcommand is None:
        print(context.get_help())


@cli.command()
@PATHS
@click.option("--to", default=DEFAULT_FORMATS, show_default=True, help="Formats, with commas; see `align formats`.")
@OUT
@click.option("--codes", default="", help="Language codes of the TMX, such as en-GB,zh-CN.")
@brief_options
@JSON
def export(paths: tuple[Path, ...], to: str, out: Path, codes: str, as_json: bool, **wishes: str) -> None:
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
    check_edition(**wishes)
    if str(out) == "-" and len(formats) != 1:
        raise UsageError("--out - prints one format.", "Name it with --to, such as --to tmx.")
    with given_paths(paths) as given:
        _work(given, formats, out, tags, as_json, **wishes)


@cli.command()
@PATHS
@OUT
@JSON
def build(paths: tuple[Path, ...], out: Path, as_json: bool) -> None:
    """Read, align and validate; write the corpus alone. `--out -` prints it.

    \b
    Example:
      align build old.en.txt old.zh.txt --out - > old.xml
    """
    with given_paths(paths) as given:
        _work(given, [], out, ("en-US", ""), as_json)


@cli.command()
@PATHS
@JSON
def validate(paths: tuple[Path, ...], as_json: bool) -> None:
    """Check corpora by the grammar and the rules. PATHS are files or folders; without any, dist/.

    \b
    Example:
      align validate dist/old/old.xml
    """
    with given_paths(paths or (Path("dist"),)) as given:
        files = list(find_corpora(given.paths))
        found, errors = _run_all([lambda f=f: (f, _faults(f)) for f in files], given)  # type: ignore[misc]  # bound early
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


@cli.command()
@JSON
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


@cli.command()
@click.argument("en", type=PATH)
@click.argument("zh", type=PATH)
@click.option("--is-split", is_flag=True, help="Each line is a segment already; nothing is joined or cut.")
@click.option("--beads", is_flag=True, help="Print [English numbers]:[Chinese numbers] instead of text.")
@click.option("--glossary", type=PATH, help="Terms that answer each other: English, a tab, Chinese; one a line.")
@click.option("--out", type=PATH, default=Path("-"), help="File for what is made, instead of standard output.")
def pair(en: Path, zh: Path, is_split: bool, beads: bool, glossary: Path | None, out: Path) -> None:
    """Align two plain texts and print what answers what.

    Prints English, Chinese and confidence (0 to 1) in UTF-8, with tabs between, one bead a line; a side
    that nothing answers is empty, or [] among numbers. Either text may come first, and one may be `-`.
    Numbers count from 0: with --is-split the lines of the file, else the sentences it was cut into.

    \b
    Examples:
      align pair old.en.txt old.zh.txt > old.tsv
      align pair en.txt zh.txt --is-split --beads
    """
    from align.pair import check_places, pair_files, rows, write

    check_places(en, zh, out)
    with given_paths((en, zh)) as given:
        first, second = given.paths
        done, errors = _run_all([lambda: pair_files(first, second, is_split, glossary)], given)
        for paired in done:
            text = "".join(f"{row}\n" for row in rows(paired, beads))
            _print_text(text) if str(out) == "-" else write(text, out)
            for note in paired.notes:
                say(given.typed(note))
    if errors:
        sys.exit(errors[0].status)


@cli.command()
@click.argument("folder", type=PATH)
def init(folder: Path) -> None:
    """Write the document.toml that align would assume for FOLDER, to be corrected by hand.

    \b
    Example:
      align init input/old
    """
    from align.init import write_settings

    print(f"Written: {write_settings(folder)}")
    print(f"Next: correct it, then run: align export {quoted(folder)}")


def _work(given: Given, formats: list[str], out: Path, codes: tuple[str, str], as_json: bool, **wishes: str) -> None:
    from align.init import content_language
    from align.job import Order, check_places, export_corpus, run
    from align.sources.documents import find_documents

    corpora = [path for path in given.paths if path.suffix.lower() == ".xml" and path.is_file()]
    others = [path for path in given.paths if path not in corpora]
    documents = find_documents(or_input(others, bool(corpora)), content_language)
    with _place(out, len(corpora) + len(documents)) as place:
        check_places(documents, corpora, place)
        order = Order(formats, place, codes, progress(), **wishes)
        jobs: list[Callable[[], Report]] = [lambda c=c: export_corpus(c, order) for c in corpora]  # type: ignore[misc]  # bound early
        jobs += [lambda d=d: run(d, order) for d in documents]  # type: ignore[misc]  # bound early
        reports, errors = _run_all(jobs, given)
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


def _run_all(jobs: Sequence[Callable[[], Result]], given: Given) -> tuple[list[Result], list[AlignError]]:
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


def _print_text(text: str) -> None:
    """On a terminal as it takes it; into a file or a pipe always as UTF-8."""
    if sys.stdout.isatty():
        print(text, end="")
        return
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # click would say that the data is at fault
        drop_output()
        sys.exit(3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; what goes wrong is one sentence and an exit status."""
    prepare()
    try:
        try:
            cli.main(args=arguments, prog_name="align", standalone_mode=False)
        finally:
            sys.stdout.flush()
    except click.ClickException as error:
        return _usage(error)
    except (KeyboardInterrupt, click.Abort):
        say("stopped; files that were not finished are as they were before.")
        return 3
    except BrokenPipeError:
        drop_output()
        return 3
    except SystemExit as error:
        return int(error.code or 0)
    except Exception as error:
        drop_output()
        known = as_align_error(error)
        say(str(known))
        return known.status
    return 0


def _usage(error: click.ClickException) -> int:
    """A fault of the command line, and where to read how it is meant."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "align"
    say(f"{error.format_message()} See `{command} --help`.")
    return 2


if __name__ == "__main__":
    sys.exit(main())

"""The command line: arguments in, exit status out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align import __version__
from align.errors import AlignError, UsageError

if TYPE_CHECKING:
    from align.job import Report
    from align.model import Finding

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
OUT = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True, help="Folder for what is made."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print what a program may read.")
DEFAULT_FORMATS = "tmx,docx,pdf"
DEFAULT_INPUT = Path("input")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="align")
def cli() -> None:
    """Turn English–Chinese documents into a parallel corpus, translation memories and briefs.

    \b
    Example:
      align export old.en.txt old.zh.txt
    """


@cli.command()
@PATHS
@click.option("--to", default=DEFAULT_FORMATS, show_default=True, help="Formats, with commas; see `align formats`.")
@OUT
@click.option("--codes", default="", help="Language codes of the TMX, such as en-GB,zh-CN.")
@JSON
def export(paths: tuple[Path, ...], to: str, out: Path, codes: str, as_json: bool) -> None:
    """Do the whole job: read, align, validate, and write every format.

    PATHS are folders of source files, one or two files, or a corpus (.xml) that is there already;
    without any, the folder input/ is taken. What is not stale is left as it is. Results are in
    OUT/<document>/.

    \b
    Examples:
      align export
      align export old.en.txt old.zh.txt --to tmx
    """
    formats = _formats(to)
    pair = _codes(codes)
    with _stdin(paths) as given:
        _work(given, formats, out, pair, as_json)


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
    with _stdin(paths) as given:
        if str(out) == "-":
            _print_corpus(given)
        else:
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
    from align.validate import validate as validate_file

    files = list(_corpora(paths or (Path("dist"),)))
    found = [(path, finding) for path in files for finding in validate_file(path)]
    if as_json:
        _print_json([{"file": str(path), **_fields(finding)} for path, finding in found])
    else:
        for path, finding in found:
            where = finding.where if finding.where.startswith(str(path)) else f"{path}: {finding.where}"
            click.echo(f"{where}: {finding.severity}: {finding.message} {finding.remedy} [{finding.rule}]")
        refused = {path for path, finding in found if finding.severity == "error"}
        click.echo(f"{len(files)} checked, {len(files) - len(refused)} valid.")
    if any(finding.severity == "error" for _, finding in found):
        sys.exit(1)


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
        _print_json([{"name": name, "suffix": e.suffix, "summary": e.summary} for name, e in rows])
        return
    for name, exporter in rows:
        click.echo(f"{name:6} .{exporter.suffix:6} {exporter.summary}")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write the document.toml that align would assume for FOLDER, to be corrected by hand.

    \b
    Example:
      align init input/old
    """
    from align.init import write_settings

    click.echo(f"Written: {write_settings(folder)}")
    click.echo(f"Next: correct it, then run: align export {_quoted(folder)}")


def _work(paths: Sequence[Path], formats: list[str], out: Path, codes: tuple[str, str], as_json: bool) -> None:
    from align.job import export_corpus, run
    from align.sources.documents import find_documents

    progress = _progress()
    corpora = [path for path in paths if path.suffix.lower() == ".xml" and path.is_file()]
    documents = find_documents(_or_input([path for path in paths if path not in corpora], bool(corpora)))
    jobs: list[Callable[[], Report]] = [lambda c=c: export_corpus(c, formats, out, codes, progress) for c in corpora]  # type: ignore[misc]  # bound early
    jobs += [lambda d=d: run(d, formats, out, codes, progress) for d in documents]  # type: ignore[misc]  # bound early
    reports, errors = _run_all(jobs)
    progress("")
    if as_json:
        _print_json([_fields(report) for report in reports])
    else:
        _print_reports(reports, paths)
    if errors:
        sys.exit(max(error.status for error in errors))


def _run_all(jobs: Sequence[Callable[[], Report]]) -> tuple[list[Report], list[AlignError]]:
    """Every job; one that fails says so and does not stop the others."""
    reports: list[Report] = []
    errors: list[AlignError] = []
    for job in jobs:
        try:
            reports.append(job())
        except AlignError as error:
            errors.append(error)
            click.echo(f"align: {error}", err=True)
    return reports, errors


def _or_input(paths: list[Path], others: bool) -> list[Path]:
    if paths or others:
        return paths
    if not DEFAULT_INPUT.is_dir():
        raise UsageError("There is no folder input/ here.", "Name files or a folder: align export FILE…")
    return [DEFAULT_INPUT]


def _print_reports(reports: Sequence[Report], paths: Sequence[Path]) -> None:
    for report in reports:
        click.echo(report.name)
        click.echo("  " + " · ".join(report.facts))
        for finding in report.findings:
            click.echo(f"  {finding}")
        said = "unchanged" if report.fresh else "written"
        first, *rest = [Path(name) for name in report.files] or [Path()]
        click.echo(f"  {said}: " + ", ".join([str(first), *(path.suffix for path in rest)]))
    if reports:
        click.echo(_next(reports, paths))


def _next(reports: Sequence[Report], paths: Sequence[Path]) -> str:
    gaps = next((report for report in reports if not report.whole), None)
    if gaps is None:
        return f"Next: align validate {_quoted(Path(reports[0].files[0]).parent)}"
    where = [*paths] or [DEFAULT_INPUT / gaps.name]
    return f"Next: add the text that is missing, if you have it, and run: align export {' '.join(map(_quoted, where))}"


def _quoted(path: Path) -> str:
    text = str(path)
    return f'"{text}"' if any(c in text for c in " '()&;|<>$`") else text


def _formats(to: str) -> list[str]:
    from align.export import find_exporter

    names = list(dict.fromkeys(name.strip().lower() for name in to.split(",") if name.strip()))
    if not names:
        raise UsageError("--to names no format.", f"For example: --to {DEFAULT_FORMATS}")
    for name in names:
        find_exporter(name)
    return names


def _codes(codes: str) -> tuple[str, str]:
    if not codes:
        return "en-US", ""
    parts = [part.strip() for part in codes.split(",")]
    if len(parts) != 2 or not all(part.replace("-", "").isalnum() for part in parts) or "_" in codes:
        raise UsageError(f"--codes {codes!r} is not a pair of language codes.", "Write it as en-US,zh-CN.")
    return parts[0], parts[1]


def _corpora(paths: Sequence[Path]) -> Iterator[Path]:
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


@contextmanager
def _stdin(paths: tuple[Path, ...]) -> Iterator[list[Path]]:
    """The paths, with `-` saved to a file for as long as it is needed."""
    if Path("-") not in paths:
        yield list(paths)
        return
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder) / "stdin.txt"
        saved.write_bytes(sys.stdin.buffer.read())
        yield [saved if path == Path("-") else path for path in paths]


def _print_corpus(paths: Sequence[Path]) -> None:
    from align import corpus
    from align.build import build as build_bitext
    from align.sources.documents import find_documents

    documents = find_documents(_or_input(list(paths), False))
    if len(documents) != 1:
        raise UsageError(f"--out - takes one document, not {len(documents)}.", "Name one.")
    sys.stdout.buffer.write(corpus.write(build_bitext(documents[0])))


def _progress() -> Callable[[str], None]:
    """Says on a terminal what is being done, once it has taken over a second."""
    started = time.monotonic()
    shown = [False]

    def say(stage: str) -> None:
        if not sys.stderr.isatty() or (time.monotonic() - started < 1 and not shown[0]):
            return
        shown[0] = bool(stage)
        sys.stderr.write(f"\r\x1b[K{stage}")
        sys.stderr.flush()

    return say


def _fields(value: Report | Finding) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(value)


def _print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; what goes wrong is one sentence and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a console that lacks characters
    try:
        cli.main(args=arguments, prog_name="align", standalone_mode=False)
    except AlignError as error:
        click.echo(f"align: {error}", err=True)
        return error.status
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("align: stopped; files that were not finished are as they were before.", err=True)
        return 3
    except BrokenPipeError:
        sys.stderr.close()
        return 3
    except SystemExit as error:
        return int(error.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())

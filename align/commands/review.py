"""Review spreadsheets -> decisions beside the sources: the command `align review`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.arguments import DEFAULT_INPUT, OUT, or_input
from align.commands._jobs import PATH, PATHS
from align.console import quoted, say
from align.errors import UsageError

if TYPE_CHECKING:
    from align.review.reviewing import Place, Review

FIRST_YEAR = 1900
MOST = 50
"""How many rows that cannot be read are told one by one."""


@click.command()
@PATHS
@click.option(
    "--from", "sheets", type=PATH, multiple=True, required=True, help="A sheet that came back; may be given more often."
)
@OUT
@click.option("--by", default="", help="Who decided, instead of the name on the sheet's first page.")
@click.option("--on", default="", help="The day of the decision, such as 2026-03-01, instead of the sheet's.")
@click.option("--dry-run", is_flag=True, help="Print what was understood, and write nothing.")
def review(paths: tuple[Path, ...], sheets: tuple[Path, ...], out: Path, by: str, on: str, dry_run: bool) -> None:
    """Turn what was changed in a review spreadsheet into decisions.

    Compares each sheet with the corpus in OUT, prints what it understood row by row, and writes
    decisions.toml into the document's folder; `align export` obeys it. PATHS are the folders of the
    documents; without any, the folder input/ is taken. If anything in a sheet cannot be read, it says
    so by row and writes nothing.

    \b
    Example:
      align review --from old.xlsx --by "Li Wei" --on 2026-03-01
    """
    from align.review.reviewing import read_review, review, write_reviews

    _check(on)
    tables = [table for path in dict.fromkeys(sheets) for table in read_review(path)]
    reviews, problems = review(tables, _places(paths, out), by, on, dry_run)
    for one in reviews:
        _print(one)
    for problem in problems[:MOST]:
        say(problem)
    if problems:
        more = f"{len(problems) - MOST:,} more rows cannot be read. " if len(problems) > MOST else ""
        say(f"{more}Nothing was written.")
        sys.exit(1)
    written = [] if dry_run else write_reviews(reviews)
    for path in written:
        print(f"Written: {path}")
    if written:
        print(" ".join(["Next: align export", *map(quoted, paths)]))


def _check(on: str) -> None:
    """Raise UsageError for a day that is too long ago to be one of a decision."""
    if on.strip()[:4].isdecimal() and int(on.strip()[:4]) < FIRST_YEAR:
        said = f"--on {on}: is before {FIRST_YEAR}."
        raise UsageError(said, "Give the day of the decision, such as 2026-03-01.")


def _places(paths: Sequence[Path], out: Path) -> list[Place]:
    """The documents that paths mean, with their corpora and their decisions."""
    from align.export import safe_name
    from align.init import content_language
    from align.review.reviewing import Place
    from align.sources.documents import decisions_of, find_documents

    if not paths and not DEFAULT_INPUT.is_dir():
        remedy = "Name the document's folder: align review --from FILE.xlsx FOLDER"
        raise UsageError("There is no folder input/ here.", remedy)
    documents = find_documents(or_input(list(paths), others=False), content_language)
    found = []
    for document in documents:
        name = safe_name(document.name)
        found.append(Place(document.name, out / name / f"{name}.xml", decisions_of(document)))
    return found


def _print(one: Review) -> None:
    """What was understood of one document, in the order of the rows."""
    print(one.place.name)
    every = (*one.understood, *one.erased)
    several = len({understood.file for understood in every}) > 1
    for understood in sorted(every, key=lambda u: (u.file, u.row)):
        print(f"  {f'{understood.file}: ' if several else ''}row {understood.row}: {understood.said}")
    for remark in one.remarks:
        print(f"  note: {remark}")
    many = len(one.understood)
    gone = len({erased.decision.line for erased in one.erased})
    counted = [f"{many} decision{'s' * (many != 1)}"] * bool(many) + [
        f"{gone} note{'s' * (gone != 1)} taken away"
    ] * bool(gone)
    print(f"  {', '.join(counted) or 'nothing was decided'}")

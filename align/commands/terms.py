"""Corpora or sources -> their names and terms, listed or written: the command `align terms`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.arguments import OUT
from align.commands._bitexts import find_texts, or_dist
from align.commands._jobs import AS_JSON, PATHS, run_all
from align.console import given_paths, print_json, print_text, progress, quoted, say
from align.errors import DataError, UsageError

if TYPE_CHECKING:
    from align.model import Bitext
    from align.terms import Term
    from align.terms.passages import Passage

FORMATS = ("tsv", "xlsx", "tbx", "glossary")
SHOWN = 50
GLOSSARY = "glossary.tsv"
LEAST = click.IntRange(1)


@click.command()
@PATHS
@click.option("--to", default="", help=f"Files to write, with commas: {', '.join(FORMATS)}.")
@OUT
@click.option("--min-frequency", type=LEAST, default=2, show_default=True, help="Passages that a term must stand in.")
@click.option("--top", type=LEAST, default=None, help=f"Only the best; else all, and {SHOWN} of them on the console.")
@AS_JSON
def terms(paths: tuple[Path, ...], to: str, out: Path, min_frequency: int, top: int | None, as_json: bool) -> None:
    """List the names and terms that recur, with every rendering.

    PATHS are corpora (.xml), folders of them, or sources as for `align export`; without any, dist/.
    ≠ marks a term that has several renderings; the others stand below it, with their places. Only
    passages count that may be trusted, or that a person has confirmed.

    \b
    Examples:
      align terms dist/old/old.xml
      align terms papers/old --to xlsx,glossary --out terms
    """
    if str(out) == "-":
        raise UsageError("--out names a folder; terms are not printed as files.", "Leave it out and take --json.")
    formats = _formats(to)
    with given_paths(or_dist(paths)) as given:
        texts = find_texts(given.paths)
        if "glossary" in formats:
            _check_glossary(out, texts.homes)
        told = progress()
        read, errors = run_all([lambda r=r: _read(r(), told) for r in texts.readers], given)  # type: ignore[misc]  # bound early
        if not errors or any(each.passages for each in read):
            found = _found(read, min_frequency, told)
            shown = found[: top or (None if as_json else SHOWN)]
            _print(read, found, shown, as_json)
            _write(found[:top], formats, out, {each.script for each in read})
        if errors:
            sys.exit(max(error.status for error in errors))


@dataclass(frozen=True, slots=True)
class _Read:
    """The script of a document's Chinese, and its passages that count."""

    script: str
    passages: list[Passage]


def _formats(to: str) -> list[str]:
    names = list(dict.fromkeys(name.strip().lower() for name in to.split(",") if name.strip()))
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"Terms are not written as {name!r}.", f"Known: {', '.join(FORMATS)}.")
    return names


def _check_glossary(out: Path, homes: frozenset[Path]) -> None:
    """Raise UsageError where a draft would be used unchecked, or stand in the place of what a person wrote."""
    from align.terms.lists import DRAFT

    if out.resolve() in homes:
        said = f"{out}: a glossary beside these texts would be used before anyone has checked it."
        raise UsageError(said, "Choose another --out, check the draft, and then put it there.")
    path = out / GLOSSARY
    if path.is_file() and not path.read_bytes().startswith(DRAFT.encode()):
        raise UsageError(f"{path}: there is a glossary that is no draft; nothing was changed.", "Choose another --out.")


def _read(bitext: Bitext, told: Callable[[str], None]) -> _Read:
    from align.terms import read_passages

    told(f"{bitext.meta.name}: read")
    return _Read(bitext.zh.tag, read_passages([bitext]))


def _found(read: Sequence[_Read], least: int, told: Callable[[str], None]) -> list[Term]:
    """The terms. Raises DataError where no two texts answer each other."""
    from align import dictionary
    from align.terms import find_terms

    passages = [passage for each in read for passage in each.passages]
    if not passages:
        raise DataError(
            "No English and Chinese text here answer each other and may be trusted, so there are no terms.",
            "Add the text that is missing, or confirm the pairs that are right.",
        )
    long = [passage for passage in passages if not passage.is_searched]
    if long:
        where = f"{long[0].document} {long[0].item}".strip()
        say(
            f"{_many(len(long), 'passage')} too long to be searched, the first in {where}. Cut the text into sentences."
        )
    told("looking for terms")
    found = find_terms(passages, dictionary.load(), least)
    told("")
    return found


def _print(read: Sequence[_Read], found: Sequence[Term], shown: Sequence[Term], as_json: bool) -> None:
    from align.terms import lists

    if as_json:
        print_json([lists.as_json(term) for term in shown])
        return
    several = sum(not term.is_consistent for term in found)
    passages = sum(len(each.passages) for each in read)
    more = f"; the best {len(shown)} are shown (--top)" if len(shown) < len(found) else ""
    print_text("".join(f"{line}\n" for line in lists.lines(shown)))
    print(
        f"{_many(len(found), 'term')} in {_many(passages, 'passage')} of {_many(len(read), 'document')}, "
        f"{several} rendered in more than one way{more}."
    )


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _write(terms: Sequence[Term], formats: Sequence[str], out: Path, scripts: set[str]) -> None:
    """Write the files that are asked for, all or none, and say where they are."""
    from align.export import whole

    if not formats:
        return
    if not terms:
        say("there is no term to write, so nothing was written.")
        return
    script = scripts.pop() if len(scripts) == 1 else "zh"
    with whole(out) as output:
        for name in formats:
            with output.open(GLOSSARY if name == "glossary" else f"terms.{name}") as stream:
                stream.write(_bytes(terms, name, script))
        files = [str(final) for _, final in output.written]
    print(f"written: {', '.join(files)}", file=sys.stderr)
    if "glossary" in formats:
        draft = quoted(out / GLOSSARY)
        print(f"Next: check every line of {draft}, then put it beside the document's sources.", file=sys.stderr)


def _bytes(terms: Sequence[Term], name: str, script: str) -> bytes:
    """The file of one format."""
    from align.terms import lists
    from align.terms.sheet import write_sheet
    from align.terms.tbx import write_tbx

    if name == "xlsx":
        return write_sheet(terms, script)
    text = {"tsv": lists.table, "glossary": lists.glossary}[name](terms) if name != "tbx" else write_tbx(terms, script)
    return text.encode("utf-8")

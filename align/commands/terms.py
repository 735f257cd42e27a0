"""Corpora or sources -> their names and terms, listed or written: the command `align terms`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.arguments import OUT
from align.commands._jobs import AS_JSON, PATHS, run_all
from align.console import Given, given_paths, print_json, print_text, progress, quoted
from align.errors import DataError, UsageError

if TYPE_CHECKING:
    from align.model import Bitext
    from align.terms import Term
    from align.terms.passages import Passage

FORMATS = ("tsv", "xlsx", "tbx", "glossary")
SHOWN = 50
Read = Callable[[], "Bitext"]


@click.command()
@PATHS
@click.option("--to", default="", help=f"Files to write, with commas: {', '.join(FORMATS)}.")
@OUT
@click.option(
    "--min-frequency",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Passages in which a term stands at least.",
)
@click.option(
    "--top", type=click.IntRange(1), default=None, help=f"The best so many; without it all, on the console {SHOWN}."
)
@AS_JSON
def terms(
    paths: tuple[Path, ...], to: str, out: Path, min_frequency: int, top: int | None, as_json: bool
) -> None:
    """List the recurring names and terms of aligned texts, with every rendering of each.

    PATHS are corpora (.xml), folders of them, or sources as for `align export`; without any, dist/.
    ≠ marks a term that is rendered in more than one way; the places of its other forms stand under it.
    Only passages count that may be trusted, or that a person has confirmed.

    \b
    Examples:
      align terms dist/old/old.xml
      align terms papers/old --to xlsx,glossary --out terms
    """
    formats = _formats(to)
    with given_paths(paths or (Path("dist"),)) as given:
        readers = _readers(given.paths, out, formats)
        told = progress()
        read, errors = run_all([lambda r=r: _passages(r(), told) for r in readers], given)  # type: ignore[misc]  # bound early
        found = _found(read, min_frequency, told, bool(errors))
        if found is not None:
            kept = found[:top]
            _print(read, found, kept if top else kept[: SHOWN if not as_json else None], as_json)
            _write(kept, formats, out, {script for script, _ in read}, given)
        if errors:
            sys.exit(max(error.status for error in errors))


def _formats(to: str) -> list[str]:
    names = list(dict.fromkeys(name.strip().lower() for name in to.split(",") if name.strip()))
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"Terms are not written as {name!r}.", f"Known: {', '.join(FORMATS)}.")
    return names


def _readers(paths: Sequence[Path], out: Path, formats: Sequence[str]) -> list[Read]:
    """What reads each document: a corpus as it is, sources by building their corpus in memory."""
    from align.arguments import find_corpora
    from align.build import build
    from align.init import content_language
    from align.sources.documents import find_documents

    corpora = [path for path in paths if path.suffix.lower() == ".xml" or _holds_corpora(path)]
    others = [path for path in paths if path not in corpora]
    if not paths or (not others and not any(path.exists() for path in corpora)):
        raise UsageError(f"{corpora[0]}: there is no such file or folder.", "Run `align export` first, or name sources.")
    files = [path for path in find_corpora(corpora) if not _is_second(path)]
    documents = find_documents(others, content_language) if others else []
    homes = {path.parent.resolve() for path in files} | {f.path.parent.resolve() for d in documents for f in d.files}
    if "glossary" in formats and out.resolve() in homes:
        said = f"{out}: a draft would be taken for a glossary that was checked, beside these texts."
        raise UsageError(said, "Choose another --out, check the draft, and then put it there.")
    readers: list[Read] = [lambda p=path: _corpus(p) for path in files]  # type: ignore[misc]  # bound early
    return readers + [lambda d=document: build(d) for document in documents]  # type: ignore[misc]  # bound early


def _holds_corpora(path: Path) -> bool:
    """Whether a folder holds what `align export` made."""
    return path.is_dir() and any(b"<TEI" in file.open("rb").read(2000) for file in path.rglob("*.xml"))


def _is_second(path: Path) -> bool:
    """Whether it is the corpus with drafts beside the one without."""
    return path.stem.endswith(".draft") and path.with_name(f"{path.stem.removesuffix('.draft')}.xml").exists()


def _corpus(path: Path) -> Bitext:
    from align import corpus
    from align.job import refuse_invalid

    refuse_invalid(path, own=False)
    return corpus.read(path)


def _passages(bitext: Bitext, told: Callable[[str], None]) -> tuple[str, list[Passage]]:
    """The script of the Chinese, and the passages that count."""
    from align.terms import read_passages

    told(f"{bitext.meta.name}: read")
    return bitext.zh.tag, read_passages([bitext])


def _found(
    read: Sequence[tuple[str, list[Passage]]], least: int, told: Callable[[str], None], failed: bool
) -> list[Term] | None:
    """The terms; none where what was to be read failed. Raises DataError where no two texts answer each other."""
    from align import dictionary
    from align.terms import find_terms

    passages = [passage for _, each in read for passage in each]
    if not passages and not failed:
        raise DataError(
            "No English and Chinese text here answer each other and may be trusted, so there are no terms.",
            "Add the text that is missing, or confirm the pairs that are right.",
        )
    told("looking for terms")
    found = find_terms(passages, dictionary.load(), least) if passages else None
    told("")
    return found


def _print(
    read: Sequence[tuple[str, list[Passage]]], found: Sequence[Term], shown: Sequence[Term], as_json: bool
) -> None:
    from align.terms import lists

    if as_json:
        print_json([lists.as_json(term) for term in shown])
        return
    several = sum(not term.is_consistent for term in found)
    passages, documents = sum(len(each) for _, each in read), len(read)
    print_text("".join(f"{line}\n" for line in lists.lines(shown)))
    more = f"; the best {len(shown)} are shown (--top)" if len(shown) < len(found) else ""
    print(
        f"{_many(len(found), 'term')} in {_many(passages, 'passage')} of {_many(documents, 'document')}, "
        f"{several} rendered in more than one way{more}."
    )


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _write(terms: Sequence[Term], formats: Sequence[str], out: Path, scripts: set[str], given: Given) -> None:
    """Write the files that are asked for, all or none."""
    from align.export import whole
    from align.terms import lists
    from align.terms.sheet import write_sheet
    from align.terms.tbx import write_tbx

    if not formats or not terms:
        return
    script = scripts.pop() if len(scripts) == 1 else "zh"
    texts = {
        "tsv": ("terms.tsv", lambda: lists.table(terms)),
        "tbx": ("terms.tbx", lambda: write_tbx(terms, script)),
        "glossary": ("glossary.tsv", lambda: lists.glossary(terms)),
    }
    if "glossary" in formats:
        _refuse_overwriting(out / "glossary.tsv", lists.DRAFT)
    with whole(out) as output:
        for name in formats:
            with output.open("terms.xlsx" if name == "xlsx" else texts[name][0]) as stream:
                if name == "xlsx":
                    write_sheet(terms, stream, script)
                else:
                    stream.write(texts[name][1]().encode("utf-8"))
        files = [str(final) for _, final in output.written]
    print(f"written: {', '.join(files)}", file=sys.stderr)
    if "glossary" in formats:
        print(
            f"Next: check {quoted(out / 'glossary.tsv')} line by line, then put it into the document's folder of "
            "sources, where the aligner reads it.",
            file=sys.stderr,
        )


def _refuse_overwriting(path: Path, draft: str) -> None:
    """Raise UsageError where a glossary stands that is no draft of ours."""
    if path.is_file() and not path.read_bytes().startswith(draft.encode()):
        raise UsageError(f"{path}: there is a glossary that is no draft; nothing was changed.", "Choose another --out.")

"""A document as given -> its corpus and exports on disk, made anew only where they are stale."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import AlignError, DataError, SurroundingsError, UsageError
from align.export import Options, Output, exporter_version, safe_name, whole
from align.state import DRAFT_FILE, FILE, Made, State, corpus_key, export_key, hash_of, read_state, state_bytes
from align.telling import not_used, told
from align.theme import NO_HOUSE, House

if TYPE_CHECKING:
    from align.decisions.outcome import Outcome
    from align.model import Bitext
    from align.sources.documents import Input

Progress = Callable[[str], None]
CORPUS = "xml"
NO_DRAFT = "note: There is no draft that fills a gap, so no second set was made."
FROM_SOURCES = "note: Drafts are added where a corpus is built from its sources, so no second set was made."


@dataclass(frozen=True, slots=True)
class Report:
    """What a person is told of one document; `written` and `unchanged` are the paths of its files."""

    name: str
    facts: tuple[str, ...]
    findings: tuple[str, ...]
    whole: bool
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: formats, the folder for what is made, language codes, whom to tell of progress."""

    formats: Sequence[str]
    out: Path
    codes: tuple[str, str]
    progress: Progress
    layout: str = "side"
    page: str = "a4"
    script: str = ""
    vocabulary: str = ""
    house: House = NO_HOUSE
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class _Set:
    """Files that are made together: the stem of their names and the file that keeps their state."""

    stem: str
    state: str = FILE


def check_places(documents: Sequence[Input], corpora: Sequence[Path], out: Path) -> None:
    """Raise UsageError where two documents would be written to one place, or one among its sources."""
    from align.sources.documents import check_name

    taken: dict[str, str] = {}
    for path in corpora:
        check_name(path.stem)
    for name in [*(document.name for document in documents), *(path.stem for path in corpora)]:
        place = unicodedata.normalize("NFC", safe_name(name)).casefold()
        if place in taken:
            both = f"Two documents are called {name}." if taken[place] == name else ""
            raise UsageError(
                both or f"The documents {taken[place]} and {name} would both be written to {out / safe_name(name)}.",
                "Rename one, or run the command once for each.",
            )
        taken[place] = name
    for document in documents:
        folder = out / safe_name(document.name)
        if any(file.path.parent.resolve() == folder.resolve() for file in document.files):
            raise UsageError(f"{folder}: results would be put among the sources.", "Choose another --out.")


def run(given: Input, order: Order) -> Report:
    """Build, validate and export one document into `out/<name>`, as far as that is stale; with drafts a second set."""
    folder = order.out / safe_name(given.name)
    with whole(folder) as output:
        report = _make(given, order, output, _Set(folder.name))
        assert report is not None, "a first set is made always"
        second = _make(given, order, output, _Set(f"{folder.name}.draft", DRAFT_FILE)) if order.drafts else None
    copy_schemas(order.out)
    report = replace(report, facts=(*report.facts, *not_used(given)))
    return _with_second(report, second, NO_DRAFT) if order.drafts else report


def _make(given: Input, order: Order, output: Output, files: _Set) -> Report | None:
    """One set of files of a document; none where it is the second and a draft has nothing that is missing."""
    folder, drafts, name = output.folder, files.state == DRAFT_FILE, f"{files.stem}.{CORPUS}"
    before, key = read_state(folder, files.state), corpus_key(given, drafts)
    stands = before.stands(folder, CORPUS, key) and name in before.made[CORPUS].files
    outcomes: list[Outcome] = []
    path = folder / name if stands else _build(given, name, order, output, drafts, outcomes)
    if path is None:
        return None
    state = replace(before, made={**before.made, CORPUS: Made(key, {name: hash_of(path)})})
    state, stale = _export(path, order, output, state, given.glossary, files, outcomes)
    return _report(state, folder, (CORPUS, *order.formats), stale if stands else (CORPUS, *stale))


def _with_second(report: Report, second: Report | None, none: str) -> Report:
    """One report of both sets; the first says what counts, and `none` why there is no second."""
    if second is None:
        return replace(report, findings=(*report.findings, none))
    more = [f"in the second set: {fact}" for fact in second.facts if fact not in report.facts]
    return replace(
        report,
        facts=(*report.facts, *more),
        written=(*report.written, *second.written),
        unchanged=(*report.unchanged, *second.unchanged),
    )


def export_corpus(path: Path, order: Order) -> Report:
    """Export a corpus that is there already, after validating it."""
    if not order.formats:
        raise UsageError(f"{path}: is a corpus already.", f"Check it with `align validate {path}`.")
    from align.sources.documents import GLOSSARY

    folder = order.out / safe_name(path.stem)
    with whole(folder) as output:
        glossary = path.with_name(GLOSSARY)
        terms = glossary if glossary.is_file() else None
        state, stale = _export(path, order, output, read_state(folder), terms, _Set(folder.name))
    report = _report(state, folder, order.formats, stale)
    return _with_second(report, None, FROM_SOURCES) if order.drafts else report


def _build(given: Input, name: str, order: Order, output: Output, drafts: bool, outcomes: list[Outcome]) -> Path | None:
    """Write a corpus, unless it is the second and would be as the first; where it waits to be put in place.

    `outcomes` takes what became of each decision.
    """
    from align import corpus
    from align.build import build
    from align.drafts import drafted
    from align.sources.documents import USED_STANDINGS

    if drafts and all(file.standing in USED_STANDINGS for file in given.files):
        return None
    order.progress(f"{given.name}: reading and aligning")
    bitext = build(given, drafts, outcomes.extend)
    if drafts and not drafted(bitext):
        return None
    data = corpus.write(bitext)
    with output.open(name) as stream:
        stream.write(data)
    return output.written[-1][0]


def _export(
    path: Path,
    order: Order,
    output: Output,
    state: State,
    glossary: Path | None,
    files: _Set,
    outcomes: Sequence[Outcome] = (),
) -> tuple[State, list[str]]:
    """Write the formats that are stale for a corpus, and the state; which ones those are."""
    from align import corpus, editions

    hashed = hash_of(path)
    terms = hash_of(glossary) if glossary and order.script else ""
    settings = (*order.codes, order.layout, order.page, order.script, order.vocabulary, terms, order.house.key)
    keys = {name: export_key(hashed, settings, exporter_version(name)) for name in order.formats}
    stale = [name for name in order.formats if not state.stands(output.folder, name, keys[name])]
    known = bool(hashed) and state.corpus == hashed
    is_new = any(final.name == f"{files.stem}.{CORPUS}" for _, final in output.written)
    if known and not stale and not is_new:
        return state, stale
    if not known:
        order.progress(f"{files.stem}: validating")
        refuse_invalid(path, own=is_new)
    bitext = corpus.read(path)
    state = state if known and not is_new else State(state.made, hashed, _said(bitext, outcomes))
    made = dict(state.made)
    bitext = editions.edition(bitext, order.script, bool(order.vocabulary), glossary)
    for name in stale:
        order.progress(f"{bitext.meta.name}: writing {name}")
        told: list[str] = []
        options = Options(files.stem, *order.codes, order.layout, order.page, order.house, told.append)
        made[name] = Made(keys[name], _write(bitext, name, options, output), tuple(dict.fromkeys(told)))
    state = replace(state, made=made)
    with output.open(files.state) as stream:
        stream.write(state_bytes(state))
    return state, stale


def _write(bitext: Bitext, name: str, options: Options, output: Output) -> dict[str, str]:
    """Write one format; the hash of every file that it made. What fails in an exporter names it."""
    from align.export import export

    first = len(output.written)
    try:
        export([bitext], [name], options, output)
    except AlignError:
        raise
    except Exception as error:
        raise SurroundingsError(
            f"{options.name}: the format {name} failed ({type(error).__name__}: {error}). Nothing was changed.",
            "Leave it out with --to, and report it with the file.",
        ) from error
    return {final.name: hash_of(part) for part, final in output.written[first:]}


def _said(bitext: Bitext, outcomes: Sequence[Outcome]) -> dict[str, object]:
    facts, findings, is_whole = told(bitext, outcomes)
    return {"name": bitext.meta.name, "facts": facts, "findings": findings, "whole": is_whole}


def _report(state: State, folder: Path, asked: Iterable[str], stale: Iterable[str]) -> Report:
    said, stale, asked = state.said, set(stale), list(asked)
    told = [f"{name}: {each}" for name in asked for each in state.made[name].told]
    files = [(name in stale, str(folder / file)) for name in asked for file in state.made[name].files]
    return Report(
        str(said["name"]),
        (*said["facts"], *told),  # type: ignore[misc]  # as _said wrote it
        tuple(said["findings"]),  # type: ignore[arg-type]  # as _said wrote it
        bool(said["whole"]),
        tuple(file for is_new, file in files if is_new),
        tuple(file for is_new, file in files if not is_new),
    )


def refuse_invalid(path: Path, own: bool) -> None:
    """Raise the first error of a corpus that does not validate; that of `own` corpus is nobody's fault but ours."""
    from align.validate import validate

    errors = [finding for finding in validate(path) if finding.severity == "error"]
    if not errors:
        return
    first = errors[0]
    if own:
        said = f"{first.where.removeprefix(f'{path}: ')}: {first.message} [{first.rule}]"
        raise SurroundingsError(
            f"The corpus that align made is not valid ({said}); nothing was changed.",
            "This is a fault of align; please report it with the file.",
        )
    raise DataError(
        f"{first.where}: {first.message} [{first.rule}; {len(errors)} in all]",
        first.remedy or f"Run `align validate {path}` for all of them.",
    )


def copy_schemas(out: Path) -> None:
    """The grammar and the rules beside the corpora, where their xml-model lines point."""
    from importlib.resources import files

    with whole(out / "schemas") as output:
        for name in ("align.rng", "align.sch"):
            data = (files("align.schemas") / name).read_bytes()
            target = out / "schemas" / name
            if not target.is_file() or target.read_bytes() != data:
                with output.open(name) as stream:
                    stream.write(data)

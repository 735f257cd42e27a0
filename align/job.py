"""A document as given -> its corpus and exports on disk, made anew only where they are stale."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import AlignError, DataError, SurroundingsError, UsageError
from align.export import Options, Output, exporter_version, safe_name, whole
from align.state import FILE, Made, State, corpus_key, export_key, hash_of, read_state, state_bytes

if TYPE_CHECKING:
    from align.model import Bitext, Finding
    from align.sources.documents import Input

Progress = Callable[[str], None]
CORPUS = "xml"
UNTOLD = ("metadata", "code", "trace", "script", "style", "comment", "title")
"""Reasons for which what no reader of a file sees is in the record only."""
MOST_PIECES = 12
MOST = 40
"""Numbers, or runs of them, that the closing table names."""


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
    """Build, validate and export one document into `out/<name>`, as far as that is stale."""
    folder = order.out / safe_name(given.name)
    name = f"{folder.name}.{CORPUS}"
    before, key = read_state(folder), corpus_key(given)
    stands = before.stands(folder, CORPUS, key) and name in before.made[CORPUS].files
    with whole(folder) as output:
        path = folder / name if stands else _build(given, name, order, output)
        state = replace(before, made={**before.made, CORPUS: Made(key, {name: hash_of(path)})})
        state, stale = _export(path, order, output, state, given.glossary)
    copy_schemas(order.out)
    report = _report(state, folder, (CORPUS, *order.formats), stale if stands else (CORPUS, *stale))
    return replace(report, facts=(*report.facts, *_not_used(given)))


def export_corpus(path: Path, order: Order) -> Report:
    """Export a corpus that is there already, after validating it."""
    if not order.formats:
        raise UsageError(f"{path}: is a corpus already.", f"Check it with `align validate {path}`.")
    from align.sources.documents import GLOSSARY

    folder = order.out / safe_name(path.stem)
    with whole(folder) as output:
        glossary = path.with_name(GLOSSARY)
        state, stale = _export(path, order, output, read_state(folder), glossary if glossary.is_file() else None)
    return _report(state, folder, order.formats, stale)


def _build(given: Input, name: str, order: Order, output: Output) -> Path:
    """Write the corpus of a document; where it stands until it is put in place."""
    from align import corpus
    from align.build import build

    order.progress(f"{given.name}: reading and aligning")
    data = corpus.write(build(given))
    with output.open(name) as stream:
        stream.write(data)
    return output.written[-1][0]


def _export(path: Path, order: Order, output: Output, state: State, glossary: Path | None) -> tuple[State, list[str]]:
    """Write the formats that are stale for a corpus, and the state; which ones those are."""
    from align import corpus, editions

    hashed = hash_of(path)
    terms = hash_of(glossary) if glossary and order.script else ""
    settings = (*order.codes, order.layout, order.page, order.script, order.vocabulary, terms)
    keys = {name: export_key(hashed, settings, exporter_version(name)) for name in order.formats}
    stale = [name for name in order.formats if not state.stands(output.folder, name, keys[name])]
    known = bool(hashed) and state.corpus == hashed
    if known and not stale and not output.written:
        return state, stale
    if not known:
        order.progress(f"{output.folder.name}: validating")
        refuse_invalid(path, own=bool(output.written))
    bitext = corpus.read(path)
    state = state if known else State(state.made, hashed, _said(bitext))
    made = dict(state.made)
    bitext = editions.edition(bitext, order.script, bool(order.vocabulary), glossary)
    for name in stale:
        order.progress(f"{bitext.meta.name}: writing {name}")
        options = Options(output.folder.name, *order.codes, layout=order.layout, page=order.page)
        made[name] = Made(keys[name], _write(bitext, name, options, output))
    state = replace(state, made=made)
    with output.open(FILE) as stream:
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


def _said(bitext: Bitext) -> dict[str, object]:
    facts, findings, is_whole = told(bitext)
    return {"name": bitext.meta.name, "facts": facts, "findings": findings, "whole": is_whole}


def _report(state: State, folder: Path, asked: Iterable[str], stale: Iterable[str]) -> Report:
    said, stale = state.said, set(stale)
    files = [(name in stale, str(folder / file)) for name in asked for file in state.made[name].files]
    return Report(
        str(said["name"]),
        tuple(said["facts"]),  # type: ignore[arg-type]  # as _said wrote it
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


def told(bitext: Bitext) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What the closing table says of a bitext: facts, findings, and whether nothing is missing or cut off."""
    from align.checks import check
    from align.summary import summarise

    summary = summarise(bitext)
    facts = [f"items: {summary.en.items} en, {summary.zh.items} zh, {summary.aligned} aligned"]
    if not summary.en.items and not summary.zh.items:
        facts = [f"sentences: {summary.en.sentences} en, {summary.zh.sentences} zh, {summary.links} links"]
    for side in summary.sides:
        if side.missing:
            facts.append(f"{side.lang} missing {_listed(side.missing)} ({len(side.missing)})")
        if side.missing_elsewhere:
            facts.append(f"{side.lang} missing outside items: {_pieces(side.missing_elsewhere)}")
        if side.omitted:
            facts.append(f"{side.lang} lacks {side.omitted} sentence{'s' * (side.omitted > 1)}")
    for side in summary.sides:
        if side.truncated:
            facts.append(f"{side.lang} truncated {_listed(side.truncated)}")
    if summary.unused:
        facts.append(f"not used: {', '.join(summary.unused)}")
    facts += [f"{w.file} read as {w.encoding}" for w in bitext.witnesses if w.encoding != "utf-8"]
    facts += _left_out(bitext)
    return tuple(facts), tuple(_line(finding) for finding in check(bitext)), summary.whole


def _not_used(given: Input) -> list[str]:
    """Drafts, and the other half of a pair that lies beside the one that was given."""
    from align.sources.documents import USED_STANDINGS, answers_beside

    drafts = [f"{f.path.name} ({f.standing} draft)" for f in given.files if f.standing not in USED_STANDINGS]
    facts = [f"left aside: {', '.join(drafts)}"] if drafts else []
    beside = answers_beside(given)
    return [*facts, f"not given, though beside it: {', '.join(beside)}"] if beside else facts


def _pieces(count: int) -> str:
    return f"{count} piece{'s' * (count > 1)}"


def _listed(numbers: Sequence[str]) -> str:
    """Numbers, the first of them where they are very many."""
    from align.summary import ranges

    runs = ranges(numbers).split(", ")
    return ", ".join([*runs[:MOST], *(["…"] if len(runs) > MOST else [])])


def _line(finding: Finding) -> str:
    where = f"{finding.where}: " if ": " in finding.where else ""
    return f"{finding.severity}: {where}{finding.message} {finding.remedy}".strip()


def _left_out(bitext: Bitext) -> list[str]:
    """How many pieces of the sources are in the record only, and on which lines they stand or, of many, why."""
    from align.provenance import source_text

    held = [
        (w, [span for span in w.record if span.kind == "left-out" and span.how not in UNTOLD]) for w in bitext.witnesses
    ]
    pieces = sum(len(spans) for _, spans in held)
    if not pieces:
        return []
    if pieces > MOST_PIECES:
        reasons = Counter(re.sub("-[0-9].*", "", span.how) for _, spans in held for span in spans)
        return [f"left out: {_pieces(pieces)}: {', '.join(f'{n} {reason}' for reason, n in reasons.most_common())}"]
    lines: list[str] = []
    for witness, spans in held:
        starts = [0]
        for line in source_text(bitext, witness).splitlines(keepends=True) if spans else ():
            starts.append(starts[-1] + len(line))
        lines += dict.fromkeys(str(bisect_right(starts, span.start)) for span in spans)
    return [f"left out: {_pieces(pieces)}, line{'s' * (len(lines) > 1)} {_listed(lines)}"]


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

"""A document as given -> its corpus and exports on disk, made anew only where they are stale."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import DataError
from align.export import Options, Output, safe_name, whole
from align.state import FILE, key, make_state, read_state

if TYPE_CHECKING:
    from align.model import Bitext, Finding
    from align.sources.documents import Input

Progress = Callable[[str], None]
CORPUS = "xml"


@dataclass(frozen=True, slots=True)
class Report:
    """What a person is told of one document; `written` are paths, empty where nothing was stale."""

    name: str
    facts: tuple[str, ...]
    findings: tuple[str, ...]
    files: tuple[str, ...]
    whole: bool
    fresh: bool = False


def run(given: Input, formats: Sequence[str], out: Path, codes: tuple[str, str], progress: Progress) -> Report:
    """Build, validate and export one document into `out/<name>`, as far as that is stale."""
    from align.export import find_exporter

    stem = safe_name(given.name)
    folder = out / stem
    suffixes = {name: find_exporter(name).suffix for name in formats} if formats else {}
    names = [f"{stem}.{CORPUS}", *(f"{stem}.{suffix}" for suffix in suffixes.values())]
    made_from = key(given, codes)
    before = read_state(folder)
    if before.key == made_from and before.stands(folder, names):
        return _told_before(before.report, folder, names)
    reuse = before.key == made_from and before.stands(folder, names[:1])
    with whole(folder) as output:
        bitext = _corpus(given, folder / names[0] if reuse else None, output, stem, progress)
        missing = [
            name for name, suffix in suffixes.items() if not (reuse and before.stands(folder, [f"{stem}.{suffix}"]))
        ]
        _export(bitext, missing, Options(stem, *codes), output, progress)
        report = report_on(bitext, folder, names)
        parts = {final.name: part for part, final in output.written}
        with output.open(FILE) as stream:
            stream.write(make_state(made_from, parts, asdict(replace(report, files=())), before))
    copy_schemas(out)
    return report


def _told_before(said: dict[str, object], folder: Path, names: list[str]) -> Report:
    told = {name: tuple(v) if isinstance(v, list) else v for name, v in said.items()}
    return Report(**{**told, "files": tuple(str(folder / n) for n in names), "fresh": True})  # type: ignore[arg-type]  # as asdict wrote it


def _corpus(given: Input, made: Path | None, output: Output, stem: str, progress: Progress) -> Bitext:
    """The bitext as its corpus on disk says it: the one that stands, or one built and validated now."""
    from align import corpus
    from align.build import build

    if made:
        return corpus.read(made)
    progress(f"{given.name}: reading and aligning")
    data = corpus.write(build(given))
    with output.open(f"{stem}.{CORPUS}") as stream:
        stream.write(data)
    part = output.written[-1][0]
    progress(f"{given.name}: validating")
    refuse_invalid(part, f"{stem}.{CORPUS}")
    return corpus.read(part)


def refuse_invalid(path: Path, name: str) -> None:
    """Raise DataError with the first error of a corpus that does not validate."""
    from align.validate import validate

    errors = [finding for finding in validate(path) if finding.severity == "error"]
    if errors:
        first = errors[0]
        where = first.where.replace(str(path), name)
        raise DataError(
            f"{where}: {first.message} [{first.rule}; {len(errors)} in all]",
            first.remedy or f"Run `align validate {name}` for all of them.",
        )


def _export(bitext: Bitext, formats: Sequence[str], options: Options, output: Output, progress: Progress) -> None:
    from align.export import export

    for name in formats:
        progress(f"{bitext.meta.name}: writing {name}")
        export([bitext], [name], options, output)


def export_corpus(path: Path, formats: Sequence[str], out: Path, codes: tuple[str, str], progress: Progress) -> Report:
    """Export a corpus that is there already, after validating it."""
    from align import corpus
    from align.export import find_exporter

    refuse_invalid(path, str(path))
    bitext = corpus.read(path)
    stem = safe_name(path.stem)
    folder = out / stem
    names = [f"{stem}.{find_exporter(name).suffix}" for name in formats]
    with whole(folder) as output:
        _export(bitext, formats, Options(stem, *codes), output, progress)
    return report_on(bitext, folder, names)


def report_on(bitext: Bitext, folder: Path, names: Sequence[str]) -> Report:
    """What the closing table says of a bitext."""
    from align.checks import check
    from align.summary import ranges, summarise

    summary = summarise(bitext)
    facts = [f"items: {summary.en.items} en, {summary.zh.items} zh, {summary.aligned} aligned"]
    if not summary.en.items and not summary.zh.items:
        facts = [f"sentences: {summary.en.sentences} en, {summary.zh.sentences} zh, {summary.links} links"]
    for side in summary.sides:
        if side.missing:
            facts.append(f"{side.lang} missing {ranges(side.missing)} ({len(side.missing)})")
        if side.missing_elsewhere:
            facts.append(f"{side.lang} missing outside items: {_pieces(side.missing_elsewhere)}")
        if side.omitted:
            facts.append(f"{side.lang} lacks {side.omitted} sentence{'s' * (side.omitted > 1)}")
    for side in summary.sides:
        if side.truncated:
            facts.append(f"{side.lang} truncated {ranges(side.truncated)}")
    if summary.unused:
        facts.append(f"not used: {', '.join(summary.unused)}")
    facts += _left_out(bitext)
    findings = tuple(_line(finding) for finding in check(bitext))
    return Report(bitext.meta.name, tuple(facts), findings, tuple(str(folder / n) for n in names), summary.whole)


def _pieces(count: int) -> str:
    return f"{count} piece{'s' * (count > 1)}"


def _line(finding: Finding) -> str:
    return f"{finding.severity}: {finding.message} {finding.remedy}".strip()


def _left_out(bitext: Bitext) -> list[str]:
    """How many pieces of the sources are in the record only, and on which lines they stand."""
    from align.provenance import source_text
    from align.summary import ranges

    lines: list[str] = []
    pieces = 0
    for witness in bitext.witnesses:
        spans = [span for span in witness.record if span.kind == "left-out"]
        starts = [0]
        for line in source_text(bitext, witness).splitlines(keepends=True) if spans else ():
            starts.append(starts[-1] + len(line))
        lines += dict.fromkeys(str(bisect_right(starts, span.start)) for span in spans)
        pieces += len(spans)
    if not pieces:
        return []
    return [f"left out: {_pieces(pieces)}, line{'s' * (len(lines) > 1)} {ranges(lines)}"]


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

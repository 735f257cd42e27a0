"""A document as given -> its Bitext: the whole flow, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from zlib import crc32

from align import aligner, cleaning, dictionary, drafting, languages, sources
from align.decisions.lines import as_text
from align.decisions.linking import decided
from align.decisions.model import Decision
from align.decisions.outcome import Outcome, settled
from align.decisions.reading import with_readings
from align.decisions.rulings import rulings
from align.decisions.toml import read_decisions
from align.errors import DataError
from align.flow import Flow, aligned, item_starts, link, outline
from align.glossary import Terms, read_glossary
from align.model import (
    STANDINGS,
    Bitext,
    Document,
    Lang,
    Line,
    Meta,
    Source,
    Span,
    SpanKind,
    Title,
    Witness,
    reading,
    segments,
)
from align.provenance import account, fill
from align.sources.documents import USED_STANDINGS, Input, InputFile

METHOD = "align {version}; {aligner}; {dictionary}"
NAMES = {"en": "English", "zh": "Chinese"}
ASIDE = ("row-number", "other-column", "table-head")
BOTH: tuple[Lang, Lang] = ("en", "zh")


def untold(outcomes: Sequence[Outcome]) -> None:
    """What became of decisions goes nowhere where nobody asked for it."""


def build(given: Input, drafts: bool = False, tell: Callable[[Sequence[Outcome]], None] = untold) -> Bitext:
    """Read, understand and align one document. Raises DataError where there is nothing to align.

    With `drafts`, items of which no text is held are filled from the drafts, and their links say so. `tell`
    takes what became of each of a person's decisions.
    """
    from align import __version__

    read = [_read(f, f"w{n}") for n, f in enumerate(given.files, 1) if drafts or f.standing in USED_STANDINGS]
    if not any(file.standing in USED_STANDINGS for _, file in read):
        raise DataError(f"{given.name}: no file to read.", "Give at least one file that is not a draft.")
    every, left_out = _lines([source for source, _ in read], [file for _, file in read])
    unread = {source.witness.id for source, file in read if file.standing not in USED_STANDINGS}
    every, repeated = _without_repeated_titles(every)
    decisions = read_decisions(given.decisions) if given.decisions else ()
    every, outcomes = as_text(every, decisions, item_starts)
    lines, passed_over = _highest_standing(
        [line for line in every if line.witness not in unread], [source for source, _ in read]
    )
    outlined = [outline(lines, lang) for lang in BOTH]
    (en, _), (zh, _) = outlined
    texts = {source.witness.id: source.text for source, _ in read}
    if not any(True for document in (en, zh) for _ in segments(document)):
        raise DataError(f"{given.name}: line 1: there is no text to align.", "Give a file that holds text.")
    out = [*left_out, *repeated, *passed_over, *(span for _, unused in outlined for span in unused)]
    terms = read_glossary(given.glossary) if given.glossary else ()
    flow = Flow(every, lambda document: fill(document, texts, out), terms, decisions, outcomes)
    method = METHOD.format(version=__version__, aligner=aligner.METHOD, dictionary=dictionary.signature())
    method += f"; glossary of {len(terms)} terms, CRC-32 {_checksum(terms)}" if terms else ""
    method += f"; {len(decisions)} decisions, CRC-32 {_decided_sum(decisions)}" if decisions else ""
    en, zh, links = aligned((en, zh), flow)
    bitext = Bitext(_meta(given, en, zh), en, zh, (), links, method)
    for own in drafting.drafts(every, [source for source, _ in read]):
        higher = [line for line in every if line.witness not in unread and line.lang == own[0].lang]
        bitext, passed = drafting.with_draft(bitext, (outlined[0][0], outlined[1][0]), own, higher, flow)
        out += passed
    held = [*lines, *(line for line in every if line.witness in unread)]
    bitext = replace(bitext, witnesses=tuple(_witness(source, file, out, bitext, held) for source, file in read))
    return _decided(bitext, flow, given.decisions.name, tell) if given.decisions and decisions else bitext


def _decided(bitext: Bitext, flow: Flow, name: str, tell: Callable[[Sequence[Outcome]], None]) -> Bitext:
    """The bitext with the links that are decided; what became of all decisions is told."""
    told = [*flow.outcomes, *(o for document in bitext.documents for o in with_readings(document, flow.decisions)[1])]
    made, linked = decided(bitext, flow.decisions, lambda walls: link(bitext.documents, flow, walls))
    outcomes = settled(name, flow.decisions, [*told, *linked])
    tell(outcomes)
    return replace(made, rulings=tuple(rulings(made, outcomes)))


def _witness(source: Source, file: InputFile, out: Sequence[Span], bitext: Bitext, lines: Sequence[Line]) -> Witness:
    """The witness of a file, with its languages and a record of what went into no text."""
    tag = bitext.zh.tag
    made = account(source.witness, source.text, out, bitext.documents, lines)
    return replace(made, langs=_tags(made.id, lines, tag) or ("en" if "en" in file.langs else tag,))


def _checksum(terms: Terms) -> str:
    return f"{crc32(repr(terms).encode()):08x}"


def _decided_sum(decisions: Sequence[Decision]) -> str:
    return f"{crc32(repr([replace(decision, line=0) for decision in decisions]).encode()):08x}"


def _read(file: InputFile, name: str) -> tuple[Source, InputFile]:
    source = sources.read(file.path, name)
    said = {key: getattr(file, key) for key in ("standing", "url", "publisher", "retrieved", "translator", "rights")}
    return replace(source, witness=replace(source.witness, **said)), file


def _lines(read: Sequence[Source], files: Sequence[InputFile]) -> tuple[list[Line], list[Span]]:
    """All lines by language, with what is chrome taken out and wraps marked."""
    kept: list[Line] = []
    left_out: list[Span] = []
    for source, file in zip(read, files, strict=True):
        lines, chrome = cleaning.remove_chrome(source.lines)
        left_out += [*source.left_out, *chrome]
        _check_language(lines, file)
        only = file.langs[0] if len(file.langs) == 1 and not languages.is_in_both(lines) else ""
        lines = languages.divide(lines, only, file.columns)
        left_out += [_aside(line) for line in lines if line.hint in ASIDE]
        lines = tuple(line for line in lines if line.hint not in ASIDE)
        for lang in ("en", "zh"):
            kept += cleaning.find_wraps([line for line in lines if line.lang == lang], source.flowing)
    return kept, left_out


def _aside(line: Line) -> Span:
    """A cell that is no text of either language: the number of its row, or what was said to be another column."""
    kind: SpanKind = "label" if line.hint == "row-number" else "left-out"
    return Span(line.witness, line.start, line.end, kind, line.text, line.hint)


def _check_language(lines: Sequence[Line], file: InputFile) -> None:
    """A file that is declared to be in one language and is in the other is a mistake worth a stop."""
    found = languages.main_language(lines)
    if len(file.langs) == 1 and found not in ("", "both", file.langs[0]):
        raise DataError(
            f"{file.path}: line {lines[0].number}: declared {NAMES[file.langs[0]]}, but its text is {NAMES[found]}.",
            "Rename the file or mend document.toml.",
        )


def _highest_standing(lines: list[Line], read: Sequence[Source]) -> tuple[list[Line], list[Span]]:
    """Of each language, the lines of the witnesses of the highest standing; the others are passed over whole."""
    standing = {source.witness.id: STANDINGS.index(source.witness.standing) for source in read}
    kept: list[Line] = []
    passed: list[Span] = []
    for lang in ("en", "zh"):
        own = [line for line in lines if line.lang == lang]
        best = min((standing[line.witness] for line in own), default=0)
        kept += [line for line in own if standing[line.witness] == best]
        passed += [
            Span(line.witness, line.start, line.end, "left-out", line.text, "lower-standing")
            for line in own
            if standing[line.witness] != best
        ]
    return kept, passed


def _without_repeated_titles(lines: list[Line]) -> tuple[list[Line], list[Span]]:
    """The lines without the title that each further part of a text prints again."""
    first: dict[tuple[str, str], str] = {}
    repeated = [
        line
        for line in lines
        if line.hint == "heading-1"
        and first.setdefault((line.lang, "".join(line.text.split()).casefold()), line.witness) != line.witness
    ]
    spans = [Span(line.witness, line.start, line.end, "left-out", line.text, "repeated-title") for line in repeated]
    return [line for line in lines if line not in repeated], spans


def _tags(witness: str, lines: Iterable[Line], zh_tag: str) -> tuple[str, ...]:
    found = {line.lang for line in lines if line.witness == witness}
    return tuple(tag for lang, tag in (("en", "en"), ("zh", zh_tag)) if lang in found)


def _meta(given: Input, en: Document, zh: Document) -> Meta:
    titles = [Title(lang, text, "given") for lang, text in given.titles]
    named = {lang for lang, _ in given.titles}
    titles += [
        Title(document.id, " ".join(reading(segment) for segment in document.heading), "printed")
        for document in (en, zh)
        if document.heading and document.id not in named
    ]
    return Meta(given.name, tuple(sorted(titles, key=lambda t: t.lang)), given.date, given.direction, given.known)

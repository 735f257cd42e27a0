"""A document as given -> its Bitext: the whole flow, stage by stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from align import (
    aligner,
    cleaning,
    collation,
    completion,
    dictionary,
    languages,
    projection,
    segmentation,
    sources,
    structure,
)
from align.aligner.rows import Rows
from align.errors import DataError
from align.glossary import Terms, read_glossary
from align.model import (
    DRAFTS,
    STANDINGS,
    Bitext,
    Document,
    Lang,
    Line,
    Link,
    Meta,
    Source,
    Span,
    SpanKind,
    Title,
    Witness,
    items,
    reading,
    segments,
)
from align.provenance import account, fill
from align.sources.documents import USED_STANDINGS, Input, InputFile

METHOD = "align {version}; {aligner}; {dictionary}"
NAMES = {"en": "English", "zh": "Chinese"}
ASIDE = ("row-number", "other-column", "table-head")
BOTH: tuple[Lang, Lang] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class _Flow:
    """What every alignment of one document needs: its lines, where its characters went, its terms."""

    lines: Sequence[Line]
    traced: Callable[[Document], Document]
    terms: Terms


def build(given: Input, drafts: bool = False) -> Bitext:
    """Read, understand and align one document. Raises DataError where there is nothing to align.

    With `drafts`, items of which no text is held are filled from the drafts, and their links say so.
    """
    from align import __version__

    read = [_read(f, f"w{n}") for n, f in enumerate(given.files, 1) if drafts or f.standing in USED_STANDINGS]
    if not any(file.standing in USED_STANDINGS for _, file in read):
        raise DataError(f"{given.name}: no file to read.", "Give at least one file that is not a draft.")
    every, left_out = _lines([source for source, _ in read], [file for _, file in read])
    unread = {source.witness.id for source, file in read if file.standing not in USED_STANDINGS}
    every, repeated = _without_repeated_titles(every)
    lines, passed_over = _highest_standing(
        [line for line in every if line.witness not in unread], [source for source, _ in read]
    )
    outlined = [_outline(lines, lang) for lang in BOTH]
    (en, _), (zh, _) = outlined
    texts = {source.witness.id: source.text for source, _ in read}
    if not any(True for document in (en, zh) for _ in segments(document)):
        raise DataError(f"{given.name}: line 1: there is no text to align.", "Give a file that holds text.")
    out = [*left_out, *repeated, *passed_over, *(span for _, unused in outlined for span in unused)]
    terms = read_glossary(given.glossary) if given.glossary else ()
    flow = _Flow(every, lambda document: fill(document, texts, out), terms)
    method = METHOD.format(version=__version__, aligner=aligner.METHOD, dictionary=dictionary.signature())
    method += f"; glossary of {len(terms)} terms, CRC-32 {_checksum(terms)}" if terms else ""
    aligned = _aligned((en, zh), flow)
    bitext = Bitext(_meta(given, *aligned[:2]), *aligned[:2], (), aligned[2], method)
    for own in _drafts(every, [source for source, _ in read]):
        higher = [line for line in every if line.witness not in unread and line.lang == own[0].lang]
        bitext, passed = _with_draft(bitext, (en, zh), own, higher, flow)
        out += passed
    held = [*lines, *(line for line in every if line.witness in unread)]
    return replace(bitext, witnesses=tuple(_witness(source, file, out, bitext, held) for source, file in read))


def _witness(source: Source, file: InputFile, out: Sequence[Span], bitext: Bitext, lines: Sequence[Line]) -> Witness:
    """The witness of a file, with its languages and a record of what went into no text."""
    tag = bitext.zh.tag
    made = account(source.witness, source.text, out, bitext.documents, lines)
    return replace(made, langs=_tags(made.id, lines, tag) or ("en" if "en" in file.langs else tag,))


def _checksum(terms: Terms) -> str:
    return f"{crc32(repr(terms).encode()):08x}"


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


def _outline(lines: Sequence[Line], lang: Lang) -> tuple[Document, list[Span]]:
    """The tree of one language, and what its witnesses hold more than once."""
    own = [line for line in lines if line.lang == lang]
    tag = "en" if lang == "en" else languages.script("".join(line.text for line in own))
    return collation.collate(own, lambda lines: structure.outline(lines, lang, tag))


def _drafts(lines: Sequence[Line], read: Sequence[Source]) -> Iterator[list[Line]]:
    """The lines of the drafts of each standing and language, the highest standing first."""
    for standing in DRAFTS:
        names = {source.witness.id for source in read if source.witness.standing == standing}
        for lang in BOTH:
            own = [line for line in lines if line.witness in names and line.lang == lang]
            if own:
                yield own


def _with_draft(
    bitext: Bitext, outlined: tuple[Document, Document], own: Sequence[Line], higher: Sequence[Line], flow: _Flow
) -> tuple[Bitext, list[Span]]:
    """The bitext with what a draft has and no text of higher standing, and the lines of it that are passed over.

    All else stays as it is. A draft gives a document no heading: its title is nobody's.
    """
    lang: Lang = "en" if own[0].lang == "en" else "zh"
    draft, unused = _outline(own, lang)
    draft = replace(draft, heading=())
    en, zh = bitext.documents
    if not any(segments(en if lang == "en" else zh)):
        sides = (draft, outlined[1]) if lang == "en" else (outlined[0], draft)
        en, zh, links = _aligned(sides, flow)
        bitext = replace(bitext, en=en, zh=zh, links=tuple(completion.flagged(links, draft.id)))
    else:
        _check_script(draft, en if lang == "en" else zh, bitext.meta.name)
        held = {item.number for item in items(_outline(higher, lang)[0])}
        found = completion.lacking_items(bitext, draft, held)
        bitext = _completed(bitext, replace(draft, blocks=tuple(found.values())), flow) if found else bitext
    return bitext, [*unused, *completion.not_taken(own, bitext.documents, unused)]


def _check_script(draft: Document, text: Document, name: str) -> None:
    """A text in two scripts is none that can be set."""
    if draft.tag[:7] != text.tag[:7]:
        raise DataError(
            f"{name}: the draft is in another script ({draft.tag}) than the text ({text.tag}).",
            "Give the draft in the script of the text.",
        )


def _completed(bitext: Bitext, draft: Document, flow: _Flow) -> Bitext:
    """The bitext with all items of a draft, aligned with what they answer; no other link changes."""
    blocks = completion.answered(bitext, draft.id, [item.number for item in draft.blocks])
    answered = Document("zh", bitext.zh.tag, blocks) if draft.id == "en" else Document("en", "en", blocks)
    sides = (draft, answered) if draft.id == "en" else (answered, draft)
    en, zh, links = _aligned(sides, flow, settled=answered.id)
    made = en if draft.id == "en" else zh
    found = {item.number: item for item in made.blocks}
    whole = completion.completed(bitext, draft.id, found)
    links = completion.spliced(bitext.links, completion.flagged(links, draft.id), (*en.blocks, *zh.blocks))
    return replace(bitext, en=whole, links=links) if draft.id == "en" else replace(bitext, zh=whole, links=links)


def _aligned(
    outlined: tuple[Document, Document], flow: _Flow, settled: str = ""
) -> tuple[Document, Document, tuple[Link, ...]]:
    """Sentences and their links; those that the links show to be cut in two are joined, and aligned again.

    A document that is `settled` is in sentences already, and stays as it is.
    """

    def cut(document: Document, joined: frozenset[str]) -> Document:
        if document.id == settled:
            return document
        return flow.traced(cleaning.normalise(segmentation.segment(document, joined)))

    outlined = _itemised(outlined, lambda document: cut(document, frozenset()), flow.terms, flow.lines)
    en, zh = (cut(document, frozenset()) for document in outlined)
    links = aligner.align(en, zh, dictionary.load(), flow.terms, _rows((en, zh), flow.lines))
    wrong = [segmentation.doubtful_ends(document, links) for document in (en, zh) if document.id != settled]
    if any(wrong):
        ends = frozenset[str]().union(*wrong)
        en, zh = (cut(document, ends) for document in outlined)
        links = aligner.align(en, zh, dictionary.load(), flow.terms, _rows((en, zh), flow.lines))
    return en, zh, links


def _itemised(
    outlined: tuple[Document, Document],
    cut: Callable[[Document], Document],
    terms: Terms,
    lines: Sequence[Line],
) -> tuple[Document, Document]:
    """Where one text is numbered and the other is not, the paragraphs of the other as items, by what they say."""
    en, zh = outlined
    if not (projection.lacks_items(en, zh) or projection.lacks_items(zh, en)):
        return outlined
    cut_en, cut_zh = cut(en), cut(zh)
    flat = projection.without_items(cut_en), projection.without_items(cut_zh)
    links = aligner.align(*flat, dictionary.load(), terms, _rows(flat, lines))
    if projection.lacks_items(zh, en):
        return en, projection.itemise(zh, cut_zh, cut_en, links)
    return projection.itemise(en, cut_en, cut_zh, links), zh


def _rows(documents: Sequence[Document], lines: Sequence[Line]) -> Rows:
    """Which row of a table or unit of a memory each segment stands in, by its first character."""
    rows = {(line.witness, line.start): (f"{line.witness}.{line.row}", line.hint) for line in lines if line.row}
    if not rows:
        return Rows()
    starts = {name: sorted(start for witness, start in rows if witness == name) for name, _ in rows}
    ends = {(line.witness, line.start): line.end for line in lines if line.row}
    found: dict[str, tuple[str, str]] = {}
    for segment in (segment for document in documents for segment in segments(document)):
        span = segment.spans[0]
        at = bisect_right(starts.get(span.witness, []), span.start) - 1
        key = (span.witness, starts[span.witness][at]) if at >= 0 else None
        if key and span.start < ends[key]:
            found[segment.id] = rows[key]
    return Rows({i: row for i, (row, _) in found.items()}, frozenset(r for r, hint in found.values() if hint == "unit"))


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

"""A document as given -> its Bitext: the whole flow, stage by stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from zlib import crc32

from align import aligner, cleaning, collation, dictionary, languages, projection, segmentation, sources, structure
from align.aligner.rows import Rows
from align.errors import DataError
from align.glossary import Terms, read_glossary
from align.model import (
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
    reading,
    segments,
)
from align.provenance import account, fill
from align.sources.documents import USED_STANDINGS, Input, InputFile

METHOD = "align {version}; {aligner}; {dictionary}"
NAMES = {"en": "English", "zh": "Chinese"}
ASIDE = ("row-number", "other-column", "table-head")
BOTH: tuple[Lang, Lang] = ("en", "zh")


def build(given: Input) -> Bitext:
    """Read, understand and align one document. Raises DataError where there is nothing to align."""
    from align import __version__

    read = [_read(file, f"w{n}") for n, file in enumerate(given.files, 1) if file.standing in USED_STANDINGS]
    if not read:
        raise DataError(f"{given.name}: no file to read.", "Give at least one file that is not a draft.")
    lines, left_out = _lines([source for source, _ in read], [file for _, file in read])
    lines, repeated = _without_repeated_titles(lines)
    lines, passed_over = _highest_standing(lines, [source for source, _ in read])
    (en, en_unused), (zh, zh_unused) = (_outline(lines, lang) for lang in BOTH)
    texts = {source.witness.id: source.text for source, _ in read}
    if not any(True for document in (en, zh) for _ in segments(document)):
        raise DataError(f"{given.name}: line 1: there is no text to align.", "Give a file that holds text.")
    out = [*left_out, *repeated, *passed_over, *en_unused, *zh_unused]
    terms = read_glossary(given.glossary) if given.glossary else ()
    en, zh, links = _aligned((en, zh), lambda document: fill(document, texts, out), terms, lines)
    witnesses = tuple(
        replace(
            account(source.witness, source.text, out, (en, zh), lines),
            langs=_tags(source.witness.id, lines, zh.tag) or ("en" if "en" in file.langs else zh.tag,),
        )
        for source, file in read
    )
    method = METHOD.format(version=__version__, aligner=aligner.METHOD, dictionary=dictionary.signature())
    method += f"; glossary of {len(terms)} terms, CRC-32 {_checksum(terms)}" if terms else ""
    return Bitext(_meta(given, en, zh), en, zh, witnesses, links, method)


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
        lines = languages.divide(lines, file.langs[0] if len(file.langs) == 1 else "", file.columns)
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


def _aligned(
    outlined: tuple[Document, Document],
    traced: Callable[[Document], Document],
    terms: Terms,
    lines: Sequence[Line],
) -> tuple[Document, Document, tuple[Link, ...]]:
    """Sentences and their links; those that the links show to be cut in two are joined, and aligned again."""

    def cut(document: Document, joined: frozenset[str]) -> Document:
        return traced(cleaning.normalise(segmentation.segment(document, joined)))

    outlined = _itemised(outlined, lambda document: cut(document, frozenset()), terms, lines)
    en, zh = (cut(document, frozenset()) for document in outlined)
    links = aligner.align(en, zh, dictionary.load(), terms, _rows((en, zh), lines))
    wrong = segmentation.doubtful_ends(en, links), segmentation.doubtful_ends(zh, links)
    if any(wrong):
        en, zh = (cut(document, joined) for document, joined in zip(outlined, wrong, strict=True))
        links = aligner.align(en, zh, dictionary.load(), terms, _rows((en, zh), lines))
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

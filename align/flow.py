"""Lines of both languages -> documents in sentences and the links between them: what every alignment goes through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from align import aligner, cleaning, collation, dictionary, languages, projection, segmentation, structure
from align.aligner.rows import Rows
from align.aligner.titling import titled
from align.decisions.cutting import Piece, pieces
from align.decisions.linking import Walls
from align.decisions.model import Decision
from align.decisions.outcome import Outcome
from align.decisions.reading import with_readings
from align.glossary import Terms
from align.model import Block, Document, Lang, Line, Link, Mark, Segment, Span, block_segments, segments, walk

BOTH: tuple[Lang, Lang] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Flow:
    """What every alignment of one document needs: its lines, where its characters went, its terms, what is decided.

    `outcomes` takes what becomes of the decisions on the way.
    """

    lines: Sequence[Line]
    traced: Callable[[Document], Document]
    terms: Terms
    decisions: Sequence[Decision] = ()
    outcomes: list[Outcome] = field(default_factory=list)


def outline(lines: Sequence[Line], lang: Lang) -> tuple[Document, list[Span]]:
    """The tree of one language, and what its witnesses hold more than once."""
    own = [line for line in lines if line.lang == lang]
    tag = "en" if lang == "en" else languages.script("".join(line.text for line in own))
    return collation.collate(own, lambda lines: structure.outline(lines, lang, tag))


def item_starts(lines: Sequence[Line]) -> set[tuple[str, int]]:
    """The witness and the character at which each item and point begins, every witness read by itself."""
    found: set[tuple[str, int]] = set()
    for witness in {line.witness for line in lines}:
        own = [line for line in lines if line.witness == witness]
        blocks = (block for lang in BOTH for block in walk(outline(own, lang)[0].blocks))
        opened = (block for block in blocks if block.kind in ("item", "point"))
        found |= {(witness, start) for block in opened for start in [_start(block)] if start >= 0}
    return found


def _start(block: Block) -> int:
    """The place of the first printed character of a block, its label included."""
    parts: list[Mark | Segment] = [*([block.label] if block.label else []), *block_segments(block)]
    return next((span.start for part in parts for span in part.spans), -1)


def aligned(
    outlined: tuple[Document, Document], flow: Flow, settled: str = ""
) -> tuple[Document, Document, tuple[Link, ...]]:
    """Sentences and their links; those that the links show to be cut in two are joined, and aligned again.

    A document that is `settled` is in sentences already, and stays as it is.
    """
    known: dict[str, dict[str, tuple[Piece, ...]]] = {}

    def cut(document: Document, joined: frozenset[str]) -> Document:
        if document.id == settled:
            return document
        cut = segmentation.segment(document, joined, known.get(document.id, {}))
        return with_readings(flow.traced(cleaning.normalise(cut)), flow.decisions)[0]

    if not settled:
        outlined = titled(*outlined, dictionary.load(), flow.terms)
    outlined = _itemised(outlined, lambda document: cut(document, frozenset()), flow.terms, flow.lines)
    for document in outlined if flow.decisions else ():
        if document.id != settled:
            known[document.id], told = pieces(document, segmentation.cuts(document), flow.decisions)
            flow.outcomes.extend(told)
    en, zh = (cut(document, frozenset()) for document in outlined)
    links = link((en, zh), flow)
    wrong = [segmentation.doubtful_ends(document, links) for document in (en, zh) if document.id != settled]
    if any(wrong):
        ends = frozenset[str]().union(*wrong)
        en, zh = (cut(document, ends) for document in outlined)
        links = link((en, zh), flow)
    return en, zh, links


def link(documents: tuple[Document, Document], flow: Flow, walls: Walls | None = None) -> tuple[Link, ...]:
    """The links of two documents in sentences, of which none leaves its row or crosses a wall."""
    given = _rows(documents, flow.lines)
    if walls:
        given = Rows({**walls.between, **given.of, **walls.decided}, given.whole | walls.whole)
    return aligner.align(*documents, dictionary.load(), flow.terms, given)


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

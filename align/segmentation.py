"""A Document of paragraphs -> the same Document in sentences; doing it twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from align.model import Block, Document, Segment
from align.provenance import cut
from align.sentences import spans


def segment(document: Document) -> Document:
    """Cut every paragraph into sentences, ids counted anew inside each block; headings stay whole."""
    count: Counter[str] = Counter()
    return replace(document, blocks=tuple(_block(block, document.id, count) for block in document.blocks))


def _block(block: Block, lang: str, count: Counter[str]) -> Block:
    return replace(
        block,
        segments=tuple(_sentences(block.segments, lang, count)),
        blocks=tuple(_block(inner, lang, count) for inner in block.blocks),
    )


def _sentences(run: Iterable[Segment], lang: str, count: Counter[str]) -> Iterator[Segment]:
    for whole in run:
        stem = whole.id.rpartition(".s")[0]
        cuts = spans(whole.text, lang) or [(0, len(whole.text))]
        for start, end in cuts:
            count[stem] += 1
            yield Segment(
                f"{stem}.s{count[stem]}",
                whole.text[start:end],
                spans=cut(whole.text, whole.spans, start, end),
                truncated=whole.truncated and (start, end) == cuts[-1],
            )

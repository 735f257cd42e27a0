"""A Document of paragraphs -> the same Document in sentences; doing it twice changes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from align.model import Block, Document, Link, Segment, segments, walk
from align.provenance import cut
from align.segmentation.sentences import spans

DOUBTFUL_END = re.compile(r"(?:…|\.\.\.|—|；|;|\b(?:[A-Z]\.)*[A-Z]\.|\b[A-Z][a-z]{0,3}\.)[\"'”’」』)）]*$")
"""An ending that may not end a sentence: an ellipsis, a dash, a semicolon, what may be an abbreviation."""

Piece = tuple[int, int, bool]
"""Where a sentence begins and ends in its paragraph, and whether it is known to end there."""
NOTHING_KNOWN: Mapping[str, Sequence[Piece]] = MappingProxyType({})


def segment(
    document: Document, joined: Collection[str] = (), known: Mapping[str, Sequence[Piece]] = NOTHING_KNOWN
) -> Document:
    """Cut every paragraph into sentences, ids counted anew inside each block; headings stay whole.

    `joined` are ids of sentences that go on in the next one, as the cut without them numbers them; `known`
    are the sentences of paragraphs, by id, of which a person has said something.
    """
    cutter = _Cutter(document.id, frozenset(joined), known)
    return replace(document, blocks=tuple(cutter.block(block) for block in document.blocks))


def cuts(document: Document) -> dict[str, list[tuple[int, int]]]:
    """Where `segment` cuts each paragraph, by id, as long as nothing is known of it."""
    blocks = walk(document.blocks)
    return {whole.id: _cuts(whole, document.id) for block in blocks for whole in block.segments}


def _cuts(whole: Segment, lang: str) -> list[tuple[int, int]]:
    return spans(whole.text, lang) or [(0, len(whole.text))]


def doubtful_ends(document: Document, links: Iterable[Link]) -> frozenset[str]:
    """Sentences that a link shows to go on: it joins them with the next to answer one sentence.

    Only such count as end in what may not end a sentence, and in one paragraph.
    """
    texts = {s.id: s.text for s in segments(document)}
    runs = ((link.en, link.zh) if document.id == "en" else (link.zh, link.en) for link in links)
    return frozenset(
        name
        for ours, theirs in runs
        if len(ours) > 1 and len(theirs) == 1
        for name, following in pairwise(ours)
        if name.rpartition(".s")[0] == following.rpartition(".s")[0] and DOUBTFUL_END.search(texts[name])
    )


class _Cutter:
    """Cuts one document, counting the sentences of each block."""

    def __init__(self, lang: str, joined: frozenset[str], known: Mapping[str, Sequence[Piece]]) -> None:
        self.lang, self.joined, self.known = lang, joined, known
        self.cut: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()

    def block(self, block: Block) -> Block:
        return replace(
            block,
            segments=tuple(self._sentences(block.segments)),
            blocks=tuple(self.block(inner) for inner in block.blocks),
        )

    def _sentences(self, run: Iterable[Segment]) -> Iterator[Segment]:
        for whole in run:
            stem = whole.id.rpartition(".s")[0]
            cuts = self._joined(
                stem, self.known.get(whole.id) or [(start, end, False) for start, end in _cuts(whole, self.lang)]
            )
            for start, end in cuts:
                self.kept[stem] += 1
                yield Segment(
                    f"{stem}.s{self.kept[stem]}",
                    whole.text[start:end],
                    spans=cut(whole.text, whole.spans, start, end),
                    truncated=whole.truncated and (start, end) == cuts[-1],
                )

    def _joined(self, stem: str, cuts: Sequence[Piece]) -> list[tuple[int, int]]:
        """The cuts without those that the alignment has shown to be wrong."""
        found: list[tuple[int, int]] = []
        goes_on = False
        for start, end, is_known in cuts:
            self.cut[stem] += 1
            if goes_on:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            goes_on = not is_known and f"{stem}.s{self.cut[stem]}" in self.joined
        return found

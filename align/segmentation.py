"""A Document of paragraphs -> the same Document in sentences; doing it twice changes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from align.model import Block, Document, Link, Segment, segments
from align.provenance import cut
from align.sentences import spans

DOUBTFUL_END = re.compile(r"(?:…|\.\.\.|—|；|;|\b(?:[A-Z]\.)*[A-Z]\.|\b[A-Z][a-z]{0,3}\.)[\"'”’」』)）]*$")
"""An ending that may not end a sentence: an ellipsis, a dash, a semicolon, what may be an abbreviation."""


def segment(document: Document, joined: Collection[str] = ()) -> Document:
    """Cut every paragraph into sentences, ids counted anew inside each block; headings stay whole.

    `joined` are ids of sentences that go on in the next one, as the cut without them numbers them.
    """
    cutter = _Cutter(document.id, frozenset(joined))
    return replace(document, blocks=tuple(cutter.block(block) for block in document.blocks))


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

    def __init__(self, lang: str, joined: frozenset[str]) -> None:
        self.lang, self.joined = lang, joined
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
            cuts = self._joined(stem, spans(whole.text, self.lang) or [(0, len(whole.text))])
            for start, end in cuts:
                self.kept[stem] += 1
                yield Segment(
                    f"{stem}.s{self.kept[stem]}",
                    whole.text[start:end],
                    spans=cut(whole.text, whole.spans, start, end),
                    truncated=whole.truncated and (start, end) == cuts[-1],
                )

    def _joined(self, stem: str, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The cuts without those that the alignment has shown to be wrong."""
        found: list[tuple[int, int]] = []
        goes_on = False
        for start, end in cuts:
            self.cut[stem] += 1
            if goes_on:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            goes_on = f"{stem}.s{self.cut[stem]}" in self.joined
        return found

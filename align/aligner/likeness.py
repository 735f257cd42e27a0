"""Blocks of two documents -> how far each English one looks like a translation of each Chinese one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.compressed import spread
from align.aligner.ends import edges
from align.aligner.estimates import first_estimates
from align.aligner.layout import Estimates, layout
from align.aligner.parameters import Parameters
from align.aligner.tables import Scorer, Window
from align.aligner.tokens import Side, Texts, read_texts
from align.model import Block, Document, block_segments, segments

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from align.dictionary import Dictionary

    Table = NDArray[float32]

AT_ONCE = 512
"""Windows that are scored before the memory they take is given back."""


class Likeness:
    """What two documents say of their words; read when it is first asked for."""

    def __init__(
        self, en: Document, zh: Document, dictionary: Dictionary, glossary: Sequence[tuple[str, str]], p: Parameters
    ) -> None:
        self._documents, self._dictionary, self._glossary, self._p = (en, zh), dictionary, glossary, p

    @cached_property
    def _texts(self) -> Texts:
        en, zh = ([segment.text for segment in segments(document)] for document in self._documents)
        return read_texts(en, zh, self._dictionary, self._glossary)

    @cached_property
    def _estimates(self) -> Estimates:
        return first_estimates(self._texts, self._dictionary, self._p)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {s.id: row for document in self._documents for row, s in enumerate(segments(document))}

    def of(self, en: Sequence[Block], zh: Sequence[Block]) -> Table:
        """For each English block a row of log likelihood ratios, one for each Chinese block."""
        if not en or not zh:
            return np.zeros((len(en), len(zh)), np.float32)
        return self.among(en, zh).tables([Window(0, len(en), 0, len(zh))])[0]

    def among(self, en: Sequence[Block], zh: Sequence[Block]) -> Comparison:
        """The same for parts of two sequences of blocks."""
        texts = replace(self._texts, en=self._joined(self._texts.en, en), zh=self._joined(self._texts.zh, zh))
        return Comparison(texts, self._estimates, self._p)

    def _joined(self, side: Side, blocks: Sequence[Block]) -> Side:
        """The blocks as if each were one sentence."""
        rows = [np.array([self._rows[s.id] for s in block_segments(block)], np.int64) for block in blocks]
        types = [np.unique(side.types[spread(held, side.starts)[1]]) for held in rows]
        starts = np.cumsum([0, *map(len, types)])
        return replace(
            side,
            size=len(blocks),
            types=np.concatenate(types),
            rows=np.repeat(np.arange(len(blocks)), np.diff(starts)),
            starts=starts,
            lengths=np.array([max(1.0, side.lengths[held].sum()) for held in rows]),
        )


class Comparison:
    """Two sequences of blocks, ready to be compared window by window."""

    def __init__(self, texts: Texts, estimates: Estimates, p: Parameters) -> None:
        sizes = texts.en.size, texts.zh.size
        ends, homes = [edges([""] * size, [False] * size) for size in sizes], [np.zeros(n, np.int64) for n in sizes]
        sums = layout(texts, estimates, (ends[0], ends[1]), (homes[0], homes[1]), 1)
        self._scorer = Scorer(texts, estimates, sums, p, [(1, 1)])

    def tables(self, windows: Sequence[Window]) -> list[Table]:
        """Log likelihood ratios of the blocks in each window."""
        found: list[Table] = []
        for first in range(0, len(windows), AT_ONCE):
            part = windows[first : first + AT_ONCE]
            found += [table[0].copy() for table in self._scorer.tables(part, [1] * len(part))]
        return found

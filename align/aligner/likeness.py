"""Blocks of two documents -> how far each English one looks like a translation of each Chinese one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.ends import edges
from align.aligner.estimates import first_estimates
from align.aligner.parameters import Parameters
from align.aligner.tables import Estimates, Scorer, Window, layout
from align.aligner.tokens import Side, Texts, read_texts, spread
from align.model import Block, Document, block_segments, segments

if TYPE_CHECKING:
    from align.dictionary import Dictionary

Matrix = list[list[float]]


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

    def of(self, en: Sequence[Block], zh: Sequence[Block]) -> Matrix:
        """For each English block a row of log likelihood ratios, one for each Chinese block."""
        if not en or not zh:
            return [[] for _ in en]
        texts = replace(self._texts, en=self._joined(self._texts.en, en), zh=self._joined(self._texts.zh, zh))
        plain = edges([""] * len(en), [False] * len(en)), edges([""] * len(zh), [False] * len(zh))
        homes = np.zeros(len(en), np.int64), np.zeros(len(zh), np.int64)
        sums = layout(texts, self._estimates, plain, homes, 1)
        window = Window(0, len(en), 0, len(zh))
        scores = Scorer(texts, self._estimates, sums, self._p, [(1, 1)]).tables([window], [1])[0][0]
        return [[float(value) for value in row] for row in scores]

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

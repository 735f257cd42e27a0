"""A row of an older sheet and the corpus -> the sentences that the corpus has already made of what the row shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.review.texts import Sentence, Side, key
from align.sheets import digest

MOST = 12
"""Sentences that one was cut into at most."""


def done(side: Side, ids: Sequence[str], gone: Sequence[str], texts: Sequence[str]) -> Iterator[Sentence]:
    """The sentences that paragraphs of a cell are by now, where the row was made from what they were before.

    `gone` are the digests of the row that no sentence of the corpus has, `ids` the names of those sentences; `texts`
    are the paragraphs that the row did not have. Corrected, a sentence has its id or is printed as before; cut, its
    parts make it up; joined, its parts are in it.
    """
    for text in texts:
        for sentence in side.by_key.get(key(text), ()):
            run = next((run for run in _runs(side, sentence) if _is_one(run, gone)), None)
            is_read = sentence.id in ids or digest(" ".join(sentence.segment.text.split())) in gone
            if run or is_read or any(_is_whole(sentence.shown, gone[n:]) for n in range(len(gone) - 1)):
                yield from run or [sentence]


def _runs(side: Side, sentence: Sentence) -> Iterator[Sequence[Sentence]]:
    """Two or more sentences that follow each other, this one among them."""
    for first in range(max(sentence.at - MOST + 1, 0), sentence.at + 1):
        for last in range(max(sentence.at, first + 1), first + MOST):
            yield side.held[first : last + 1]


def _is_one(run: Sequence[Sentence], gone: Sequence[str]) -> bool:
    """Whether sentences of one paragraph make up one that is gone."""
    if len({sentence.block for sentence in run}) > 1:
        return False
    return any(digest(between.join(sentence.shown for sentence in run)) in gone for between in (" ", ""))


def _is_whole(text: str, gone: Sequence[str]) -> bool:
    """Whether a text consists of two or more that are gone, one behind the other."""
    places = {0: 0}
    for end in range(1, len(text) + 1):
        for start, many in list(places.items()):
            if many < len(gone) and digest(text[start:end].strip()) == gone[many]:
                places[end] = many + 1
    return places.get(len(text), 0) > 1

"""Passages -> their words, what may be a term in them, and how well each English run answers each Chinese one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.dictionary import Dictionary
from align.terms.chinese import Span, Word, content, segment, spans
from align.terms.classes import load_classes
from align.terms.english import Noun, Phrase, Token, tokens
from align.terms.lexicon import Lexicon, numbered
from align.terms.passages import Passage

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

FLOOR = 0.05
"""What a word counts that nothing answers: a run is no worse than that for it."""
NOTHING = 0.02


@dataclass(frozen=True, slots=True)
class Texts:
    """The passages as words, with the places of content words and what was learned of them."""

    passages: Sequence[Passage]
    en: list[list[Token]]
    zh: list[list[Word]]
    phrases: list[list[Phrase]]
    spans: list[list[Span]]
    en_content: list[list[int]]
    zh_content: list[list[int]]
    lexicon: Lexicon

    def surface(self, i: int, phrase: Phrase) -> str:
        """A phrase as printed."""
        words = self.en[i]
        return self.passages[i].en[words[phrase.start].start : words[phrase.end - 1].end]


def read_texts(passages: Sequence[Passage], dictionary: Dictionary) -> Texts:
    """The words of all passages, and what they say of each other."""
    en = [tokens(passage.en) for passage in passages]
    zh = segment([passage.zh for passage in passages], dictionary)
    noun = Noun(en, load_classes())
    en_content = [[at for at, token in enumerate(text) if token.stem] for text in en]
    zh_content = [content(words) for words in zh]
    lexicon = Lexicon(
        numbered([[text[at].key for at in places] for text, places in zip(en, en_content, strict=True)]),
        numbered([[text[at].text for at in places] for text, places in zip(zh, zh_content, strict=True)]),
        dictionary,
    )
    phrases = [list(noun.phrases(text)) for text in en]
    return Texts(passages, en, zh, phrases, [spans(words) for words in zh], en_content, zh_content, lexicon)


def fits(texts: Texts, i: int, phrases: Sequence[Phrase], runs: Sequence[Span]) -> NDArray[float64]:
    """How well each phrase and each run of passage i answer each other, 0 to 1: phrases × runs.

    The geometric mean, over the content words of both, of the share of a word that is answered inside the other:
    a soft form of the phrase pairs that are consistent with a word alignment (Och and Ney 2004). A word that is left
    over on either side makes a pair worse, so that the best pair is complete.
    """
    links = texts.lexicon.links(i)
    if not links.size or not phrases or not runs:
        return np.zeros((len(phrases), len(runs)))
    ours = links / (links.sum(1) + NOTHING)[:, None]
    theirs = links / (links.sum(0) + NOTHING)[None, :]
    e0, e1 = _bounds(texts.en_content[i], phrases, len(texts.en[i]))
    z0, z1 = _bounds(texts.zh_content[i], runs, len(texts.zh[i]))
    said = _mean(_log(_between(ours, z0, z1)), e0, e1) + _mean(_log(_between(theirs.T, e0, e1)), z0, z1).T
    said = np.exp(said / 2)
    said[e1 == e0] = 0
    said[:, z1 == z0] = 0
    return np.asarray(said)


def _bounds(places: list[int], runs: Sequence[Phrase] | Sequence[Span], size: int) -> tuple[NDArray[int64], ...]:
    """Where runs begin and end among the content words."""
    before = np.searchsorted(places, np.arange(size + 1))
    start = np.array([run.start for run in runs], np.int64)
    end = np.array([run.end for run in runs], np.int64)
    return before[start], before[end]


def _between(links: NDArray[float64], start: NDArray[int64], end: NDArray[int64]) -> NDArray[float64]:
    """Sums of columns from start to end."""
    sums = np.concatenate([np.zeros((len(links), 1)), np.cumsum(links, 1)], 1)
    return np.asarray(np.clip(sums[:, end] - sums[:, start], 0, 1))


def _log(share: NDArray[float64]) -> NDArray[float64]:
    return np.asarray(np.log(FLOOR + (1 - FLOOR) * share))


def _mean(logs: NDArray[float64], start: NDArray[int64], end: NDArray[int64]) -> NDArray[float64]:
    """Means of rows from start to end."""
    sums = np.concatenate([np.zeros((1, logs.shape[1])), np.cumsum(logs, 0)], 0)
    return np.asarray((sums[end] - sums[start]) / np.maximum(end - start, 1)[:, None])

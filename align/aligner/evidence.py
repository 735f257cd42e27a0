"""Two documents and a dictionary -> what says that a run of English and a run of Chinese answer each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt

from align.aligner.anchors import anchors, length
from align.model import Lang
from align.stems import stems

VARIANCE = 9.0
"""Of the length difference per English character; wider than Gale and Church's 6.8 for two scripts."""
USUAL_RATIO, TRUST = 3.1, 200
"""English characters to a Chinese one, and how many Chinese ones it takes to think otherwise."""
SHARED, UNSHARED = 1.6, 0.8
"""What a number, date or Latin string says that both sides have, or only one."""
RENDERED, EXPECTED = 0.08, 0.08
"""What a unit of weight says whose rendering is there, and the share of it that is there by chance."""
SMALL = 20
LONGEST_WORD = 4
MOST_TOKENS = 6
WORST_LENGTH = 12.0


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive segments of one side: their length in English characters, anchors, words and their weight."""

    length: float
    anchors: Counter[str]
    telling: int
    words: frozenset[str]
    rendered: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two documents say of their words and lengths as a whole.

    `ratio` is how many English characters one Chinese character is worth; `weights` are how rare a
    stem or a Chinese word is in them (inverse document frequency); `dictionary` renders the latter.
    """

    ratio: float
    weights: Mapping[str, float]
    dictionary: Mapping[str, frozenset[str]]

    def run(self, texts: Sequence[str], lang: Lang) -> Run:
        """What a run of segments has to show."""
        found = sum((anchors(text, lang) for text in texts), Counter[str]())
        words = frozenset(chain.from_iterable(_words(text, lang, self.dictionary) for text in texts))
        return Run(
            sum(map(length, texts)) * (self.ratio if lang == "zh" else 1.0),
            found,
            sum(n for token, n in found.items() if lang == "zh" or token.isdigit()),
            words,
            frozenset(chain.from_iterable(self.dictionary[word] for word in words)) if lang == "zh" else words,
            sum(self.weights.get(word, 0.0) for word in words),
        )

    def weigh(self, en: Run, zh: Run) -> float:
        """The logarithm of how much likelier the two are as translations, on the model's own scale."""
        total = en.length + zh.length
        z = (en.length - zh.length) / sqrt(VARIANCE * total / 2)
        return self._said_by_words(en, zh) + _said_by_anchors(en, zh) - min(z * z / 2, WORST_LENGTH)

    def _said_by_words(self, en: Run, zh: Run) -> float:
        there = sum(self.weights.get(stem, 0.0) for stem in en.words & zh.rendered)
        there += sum(self.weights.get(w, 0.0) for w in zh.words if not self.dictionary[w].isdisjoint(en.words))
        return RENDERED * (there - EXPECTED * (en.weight + zh.weight))


def _said_by_anchors(en: Run, zh: Run) -> float:
    common = {token: min(en.anchors[token], zh.anchors[token]) for token in en.anchors.keys() & zh.anchors.keys()}
    shared = sum(common.values())
    lacking = zh.telling - shared + en.telling - sum(n for token, n in common.items() if token.isdigit())
    return SHARED * min(shared, MOST_TOKENS) - UNSHARED * min(lacking, MOST_TOKENS)


def gather(en: Sequence[str], zh: Sequence[str], dictionary: Mapping[str, frozenset[str]]) -> Evidence:
    """The evidence of all segments; the ratio of lengths stays near the usual one where there are few."""
    ours = _weights(_words(text, "en", dictionary) for text in en)
    theirs = _weights(_words(text, "zh", dictionary) for text in zh)
    a, b = (sum(map(length, side)) for side in (en, zh))
    plausible = en and zh and 1.5 <= a / b <= 6
    ratio = (a + USUAL_RATIO * TRUST) / (b + TRUST) if plausible else USUAL_RATIO
    return Evidence(ratio, {**ours, **theirs}, dictionary)


def _weights(found: Iterable[frozenset[str]]) -> dict[str, float]:
    count: Counter[str] = Counter()
    texts = 0
    for words in found:
        count.update(words)
        texts += 1
    return {word: log((texts + SMALL) / n) for word, n in count.items()}


def _words(text: str, lang: Lang, dictionary: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The stems of an English text; the dictionary's words in a Chinese one, single characters if in no other."""
    if lang == "en":
        return stems(text)
    found: set[str] = set()
    covered = 0
    for at in range(len(text)):
        longest = max((n for n in range(2, LONGEST_WORD + 1) if text[at : at + n] in dictionary), default=0)
        found.update(word for n in range(2, longest + 1) if (word := text[at : at + n]) in dictionary)
        covered = max(covered, at + longest)
        if at >= covered and text[at] in dictionary:
            found.add(text[at])
    return frozenset(found)

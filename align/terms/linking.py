"""Texts -> pairs of an English and a Chinese term, each in one pair, best first.

Pairs compete and the strongest are kept (Melamed 2000). The strength is how well the two fit, times how surely they
stand together (Dice 1945), where Dunning's ratio (1993) says that it is not by chance; how much of a term it is says
the C-value (Frantzi, Ananiadou and Mima 2000), by how often it stands outside longer terms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from math import log, log2, sqrt

import numpy as np

from align.terms.english import Phrase
from align.terms.english_words import INSIDE
from align.terms.texts import Texts, fits

BEST, LEAST_FIT = 8, 0.2
"""Runs that are remembered for a phrase in a passage, and how well they fit at least."""
TELLING, TOGETHER, STRONG, STRONG_NAME = 6.0, 0.6, 0.45, 0.25
"""Dunning's ratio, Dice coefficient and strength of a pair at least; of a name's."""
CLOSED, NEARLY, ONE_MORE, LONGER, NAMED = 0.9, 0.7, 0.5, 0.6, 0.3
"""Share of a term's places that are inside one longer run, and how well that must fit to stand in its stead:
one longer by more than a character of Chinese, by one, a longer phrase, a longer name."""
HANGING = 0.8
"""Share of a term's places with the same preposition behind it, from which the term is taken for cut off."""

PREPOSITIONS = frozenset("to of from with for in by on".split())


@dataclass(slots=True)
class Candidates:
    """Where each phrase stands and how well each run fits it there; where each run stands."""

    en: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    zh: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    said: dict[str, dict[str, dict[int, float]]] = field(default_factory=dict)
    forms: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    behind: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Pair:
    """A phrase by its key, a run, how well they fit, how surely they stand together, how strong the pair is."""

    en: str
    zh: str
    fit: float
    dice: float
    joint: int

    @property
    def strength(self) -> float:
        return self.fit * self.dice


def gather(texts: Texts, least: int, wanted: Iterable[str] = ()) -> Candidates:
    """The phrases that stand in enough passages, or are wanted, with the runs that may answer them."""
    used = Counter(key for phrases in texts.phrases for key in {phrase.key for phrase in phrases})
    kept = {key for key, n in used.items() if n >= least} | set(wanted)
    found = Candidates()
    for i, every in enumerate(texts.phrases):
        phrases = [phrase for phrase in every if phrase.key in kept]
        for phrase in phrases:
            found.en[phrase.key].add(i)
            found.forms[phrase.key][texts.surface(i, phrase)] += 1
            found.behind[phrase.key][_behind(texts, i, phrase)] += 1
            if phrase.is_name:
                found.names.add(phrase.key)
        _note(found, texts, i, phrases)
    known = {zh for runs in found.said.values() for zh in runs}
    for i, spans in enumerate(texts.spans):
        for span in spans:
            if span.text in known:
                found.zh[span.text].add(i)
    return found


def _behind(texts: Texts, i: int, phrase: Phrase) -> str:
    """The preposition behind a phrase; behind a name only one that leads to another capital."""
    following = texts.en[i][phrase.end : phrase.end + 2]
    if len(following) < 2 or (phrase.is_name and not following[1].is_capital):
        return ""
    return following[0].text if following[0].text in PREPOSITIONS else ""


def _note(found: Candidates, texts: Texts, i: int, phrases: list[Phrase]) -> None:
    table = fits(texts, i, phrases, texts.spans[i])
    for phrase, row in zip(phrases, table, strict=True):
        runs = found.said.setdefault(phrase.key, {})
        for at in np.argsort(-row, kind="stable")[:BEST].tolist():
            if row[at] < LEAST_FIT:
                break
            places = runs.setdefault(texts.spans[i][at].text, {})
            places[i] = max(places.get(i, 0.0), float(row[at]))


def pairs(found: Candidates, kept: Container[str] = ()) -> list[Pair]:
    """The pairs that win, each phrase and each run in one of them, strongest first; what is `kept` is never cut off."""
    offers = {key: _offers(found, key) for key in found.said}
    best = {key: max((pair.strength for pair in each), default=0.0) for key, each in offers.items()}
    cut_off = set(_cut_off(found, best))
    order = [pair for key, each in offers.items() if key in kept or key not in cut_off for pair in each]
    order.sort(key=lambda pair: (-pair.strength, pair.en, pair.zh))
    won: list[Pair] = []
    taken: set[str] = set()
    for pair in order:
        if f"e{pair.en}" not in taken and f"z{pair.zh}" not in taken:
            taken |= {f"e{pair.en}", f"z{pair.zh}"}
            won.append(pair)
    return won


def _offers(found: Candidates, key: str) -> list[Pair]:
    """The runs that a phrase may be paired with."""
    here = found.en[key]
    made: dict[str, Pair] = {}
    for zh, said in found.said[key].items():
        joint = len(here & found.zh[zh])
        dice = 2 * joint / (len(here) + len(found.zh[zh]))
        made[zh] = Pair(key, zh, sum(said.values()) / max(joint, 1), dice, joint)
    return [pair for pair in made.values() if not _is_part(pair, made, found)]


def _is_part(pair: Pair, others: Mapping[str, Pair], found: Candidates) -> bool:
    """Whether a run hardly ever stands outside a longer one that fits nearly as well."""
    here = len(found.zh[pair.zh])
    return here > 1 and any(
        len(found.zh[other.zh]) >= CLOSED * here
        and other.fit >= (NEARLY if len(other.zh) > len(pair.zh) + 1 else ONE_MORE) * pair.fit
        for other in others.values()
        if len(other.zh) > len(pair.zh) and pair.zh in other.zh
    )


def _cut_off(found: Candidates, best: Mapping[str, float]) -> Iterable[str]:
    """Phrases that hardly ever stand outside a longer one, or without the same preposition behind them."""
    for key, behind in found.behind.items():
        most = max((n for word, n in behind.items() if word), default=0)
        if most > (1 if key in found.names else 2) and most >= HANGING * sum(behind.values()):
            yield key
    for key in found.said:
        for part in parts(key):
            is_closed = part in found.said and len(found.en[key]) >= CLOSED * len(found.en[part])
            if is_closed and best[key] >= _nearly(key, part, found.names) * best[part]:
                yield part


def _nearly(key: str, part: str, names: Container[str]) -> float:
    """How well a longer phrase must fit beside a part of it: less where both are names, more where a noun was added."""
    if key in names and part in names:
        return NAMED
    return NEARLY if INSIDE.intersection(f" {key} ".replace(f" {part} ", " ", 1).split()) else LONGER


def parts(key: str) -> Iterable[str]:
    """The shorter runs of words inside a phrase."""
    words = key.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if end - start < len(words):
                yield " ".join(words[start:end])


def is_telling(pair: Pair, found: Candidates, passages: int) -> bool:
    """Whether the two stand together far oftener than chance has it (Dunning 1993)."""
    a, b = len(found.en[pair.en]), len(found.zh[pair.zh])
    return a == b == pair.joint or likelihood_ratio(pair.joint, a, b, passages) > TELLING


def likelihood_ratio(joint: int, a: int, b: int, of: int) -> float:
    """Dunning's ratio for two things that share `joint` of `of` passages, where one is in a and the other in b."""

    def seen(hits: int, tries: int, share: float) -> float:
        share = min(max(share, 1e-9), 1 - 1e-9)
        return hits * log(share) + (tries - hits) * log(1 - share)

    rest = max(of - a, 1)
    apart = seen(joint, a, joint / a) + seen(b - joint, rest, (b - joint) / rest)
    return 2 * (apart - seen(joint, a, b / of) - seen(b - joint, rest, b / of))


def c_values(frequencies: Mapping[str, int]) -> dict[str, float]:
    """How often each phrase stands, less how often on average it stands inside longer ones of them."""
    longer: dict[str, list[int]] = defaultdict(list)
    for key, n in frequencies.items():
        for part in set(parts(key)):
            if part in frequencies:
                longer[part].append(n)
    return {key: n - sum(longer[key]) / max(len(longer[key]), 1) for key, n in frequencies.items()}


def worth(pair: Pair, words: int, c_value: float) -> float:
    """How good a term a pair is: strong, hardly ever rendered otherwise, frequent by itself, of many words."""
    return pair.strength * sqrt(pair.dice * log2(1 + max(c_value, 0.0)) * log2(1 + words))

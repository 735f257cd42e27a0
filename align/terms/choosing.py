"""Texts -> the terms in them, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from align.characters import HAN_CHAR
from align.dictionary import Dictionary, pack_stem
from align.stems import stem
from align.terms.acronyms import chinese_forms, english_forms
from align.terms.english import Phrase
from align.terms.english_words import CALENDAR, LINKS
from align.terms.entries import Term
from align.terms.linking import (
    STRONG,
    STRONG_NAME,
    TOGETHER,
    Candidates,
    Pair,
    c_values,
    gather,
    is_telling,
    pairs,
    worth,
)
from align.terms.renderings import Forms, find_renderings
from align.terms.texts import Texts

RARE, RARE_NAME = 7.0, 8.0
"""How rare among the dictionary's entries a single word must be: a term, a name."""
SURE = 0.8
"""Fit and Dice coefficient that a single word must have."""
UNKNOWN = 12.0
DESCRIBED = ("的", "之")
QUALITIES = ("ful", "ous", "ive", "able", "ible", "less", "ed", "ic")
"""How single words end that name no thing."""


@dataclass(frozen=True, slots=True)
class Shorts:
    """Short forms that texts introduce: of a phrase by its key; of Chinese, with the text that they follow."""

    en: Mapping[str, str]
    zh: Sequence[tuple[str, str]]

    def of(self, zh: str) -> str:
        """The short form of a Chinese name, empty where none is introduced; what is described before it has another."""
        fit = (short for short, before in self.zh if before.endswith(zh) and len(short) < len(zh)
               and not before.removesuffix(zh).endswith(DESCRIBED))  # fmt: skip
        return next(fit, "")


def choose(texts: Texts, dictionary: Dictionary, least: int) -> list[Term]:
    """The terms of some texts, best first."""
    shorts = _introduced(texts)
    found = gather(texts, least, shorts.en)
    won = pairs(found, shorts.en)
    kept = [pair for pair in won if _is_term(pair, found, shorts, texts, dictionary)]
    values = c_values({pair.en: len(found.en[pair.en]) for pair in kept})
    forms = [_forms(pair, found, shorts, won) for pair in kept]
    forms = _without_shorts(forms)
    terms = []
    for form, renderings in zip(forms, find_renderings(texts, forms, dictionary), strict=True):
        pair = form.pair
        value = worth(pair, content_words(pair.en), values[pair.en])
        term = Term(form.names[pair.en], pair.zh, renderings, round(value, 4), form.short_en, form.short_zh)
        if term.frequency >= least and value > 0:
            terms.append(term)
    return sorted(terms, key=lambda term: (-term.worth, term.en, term.zh))


def content_words(key: str) -> int:
    """How many words of a phrase say something by themselves."""
    return sum(word[0].isalnum() and word not in LINKS for word in key.split())


def _introduced(texts: Texts) -> Shorts:
    """The short forms that passages introduce; the long English forms count as phrases even where they stand once."""
    en: dict[str, str] = {}
    zh: list[tuple[str, str]] = []
    for i, passage in enumerate(texts.passages):
        for short, start, end in english_forms(passage.en, texts.en[i]):
            words = texts.en[i][start:end]
            if words[0].key in LINKS:
                start, words = start + 1, words[1:]
            key = " ".join(token.key for token in words)
            en.setdefault(key, short)
            if not any(phrase.start == start and phrase.end == end for phrase in texts.phrases[i]):
                texts.phrases[i].append(Phrase(key, start, end, True))
        zh += chinese_forms(passage.zh)
    return Shorts(en, zh)


def _is_term(pair: Pair, found: Candidates, shorts: Shorts, texts: Texts, dictionary: Dictionary) -> bool:
    """Whether the two surely answer each other, and say more than a word of every day; what is untranslated is none."""
    if not HAN_CHAR.search(pair.zh):
        return False
    if pair.en in shorts.en:
        return pair.strength > STRONG_NAME
    if (
        pair.strength <= (STRONG_NAME if pair.en in found.names else STRONG)
        or pair.dice < TOGETHER
        or not is_telling(pair, found, len(texts.passages))
    ):
        return False
    return content_words(pair.en) > 1 or _says_something(pair, found, dictionary)


def _says_something(pair: Pair, found: Candidates, dictionary: Dictionary) -> bool:
    """Whether a single word is a name, or rare and rendered by more than a word of two characters."""
    if pair.dice < SURE or pair.fit < SURE or pair.en in CALENDAR:
        return False
    form = _main(found.forms[pair.en])
    rarity = _rarity(pair.en, dictionary)
    if pair.en in found.names and form[0].isupper() and rarity > RARE_NAME:
        return len(pair.zh) > 1
    if form.endswith(QUALITIES) or (len(pair.zh) == 3 and pair.zh[-1] == "性"):
        return False
    return len(pair.zh) > 2 and rarity >= RARE


def _rarity(word: str, dictionary: Dictionary) -> float:
    """The logarithm of the dictionary's entries by those that have the word."""
    name = stem(word)
    if not name.isascii() or not len(dictionary.names):
        return UNKNOWN
    packed = np.uint64(pack_stem(name))
    at = min(int(np.searchsorted(dictionary.names, packed)), len(dictionary.names) - 1)
    return float(dictionary.weights[at]) if dictionary.names[at] == packed else UNKNOWN


def _main(forms: Counter[str]) -> str:
    """The most frequent form; of those written alike, the one without capitals where there is one."""
    best = max(forms.items(), key=lambda pair: (pair[1], pair[0]))[0]
    small = [form for form in forms if form != best and form.lower() == best.lower() and form[0].islower()]
    return max(small, key=lambda form: forms[form]) if small and not best.isupper() else best


def _forms(pair: Pair, found: Candidates, shorts: Shorts, won: Sequence[Pair]) -> Forms:
    """The forms of a term: its own, the short ones, and what the pair of the short form says."""
    short_en = shorts.en.get(pair.en, "")
    names = {pair.en: _main(found.forms[pair.en])}
    if short_en:
        names[short_en.lower()] = short_en
    return Forms(pair, names, short_en, shorts.of(pair.zh))


def _without_shorts(forms: Sequence[Forms]) -> list[Forms]:
    """Without the terms that are the short form of another."""
    shorts = {form.short_en.lower() for form in forms if form.short_en}
    return [form for form in forms if form.pair.en not in shorts]

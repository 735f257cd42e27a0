"""Terms by their main forms -> what renders each of them in every passage that has it in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.dictionary import Dictionary
from align.terms.acronyms import is_shortened
from align.terms.chinese import Known, Span
from align.terms.english import Phrase
from align.terms.entries import Place, Rendering
from align.terms.linking import Pair, parts
from align.terms.texts import Texts, fits

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

CONVINCING, SHORTENED = 0.55, 0.4
"""How well another form must fit; what share of the characters of the main form a short one has at least."""

MOST = 4
"""Candidates that are looked at."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The pair of a term's main forms; its English forms as printed by their keys; its short forms."""

    pair: Pair
    names: Mapping[str, str]
    short_en: str = ""
    short_zh: str = ""

    @property
    def chinese(self) -> tuple[str, ...]:
        """The Chinese forms, longest first."""
        return tuple(filter(None, (self.pair.zh, self.short_zh)))

    def said(self, zh: str) -> str:
        """The Chinese form that a text has; empty where it has none."""
        return next((form for form in self.chinese if form in zh), "")


@dataclass(frozen=True, slots=True)
class _Here:
    """What a passage holds: phrases by key, runs by text, and how well they fit, once that was asked for."""

    texts: Texts
    at: int
    keys: Mapping[str, int]
    table: NDArray[float64]

    @property
    def phrases(self) -> Sequence[Phrase]:
        return self.texts.phrases[self.at]

    @property
    def spans(self) -> Sequence[Span]:
        return self.texts.spans[self.at]


def find_renderings(texts: Texts, terms: Sequence[Forms], dictionary: Dictionary) -> list[tuple[Rendering, ...]]:
    """For each term its renderings, most frequent first, those of the main forms before others as frequent."""
    known = Known(dictionary)
    by_key: dict[str, list[int]] = defaultdict(list)
    by_run: dict[str, list[int]] = defaultdict(list)
    for n, term in enumerate(terms):
        for key in term.names:
            by_key[key].append(n)
        for zh in term.chinese:
            by_run[zh].append(n)
    kept: list[dict[tuple[str, str], list[Place]]] = [defaultdict(list) for _ in terms]
    for i, passage in enumerate(texts.passages):
        keys = {phrase.key: at for at, phrase in enumerate(texts.phrases[i])}
        words = {token.key for token in texts.en[i]}
        ours = {n for key in keys for n in by_key.get(key, ())}
        ours |= {n for word in words for n in by_key.get(word, ())}
        theirs = {n for span in texts.spans[i] for n in by_run.get(span.text, ())}
        place = Place(passage.document, passage.item)
        for n, en, zh in _answers(texts, i, keys, terms, sorted(ours), theirs, known):
            kept[n][en, zh].append(place)
    return [_ordered(term, each) for term, each in zip(terms, kept, strict=True)]


def _ordered(term: Forms, kept: Mapping[tuple[str, str], list[Place]]) -> tuple[Rendering, ...]:
    main = (term.names[term.pair.en], term.pair.zh)
    rows = [Rendering(en, zh, tuple(places)) for (en, zh), places in kept.items()]
    return tuple(sorted(rows, key=lambda r: (not r.zh, -r.count, (r.en, r.zh) != main, r.en, r.zh)))


def _answers(
    texts: Texts,
    i: int,
    keys: Mapping[str, int],
    terms: Sequence[Forms],
    ours: Sequence[int],
    theirs: set[int],
    known: Known,
) -> Iterable[tuple[int, str, str]]:
    """For each term that a passage has in English or in Chinese, the forms that answer each other there."""
    zh = texts.passages[i].zh
    for n in ours:
        said = terms[n].said(zh)
        if said:
            yield n, _english(terms[n], keys), said
    inside = {part for n in ours for key in terms[n].names if key in keys for part in parts(key)}
    alone = [n for n in ours if not terms[n].said(zh) and not inside.intersection(terms[n].names)]
    every = {terms[n].said(zh) for n in {*ours, *theirs}} - {""}
    unsaid = [n for n in sorted(theirs - set(ours)) if not _is_inside(terms[n].said(zh), every)]
    if not alone and not unsaid:
        return
    here = _Here(texts, i, keys, fits(texts, i, texts.phrases[i], texts.spans[i]))
    taken = {key for n in ours for key in terms[n].names}
    for n in alone:
        yield n, _english(terms[n], keys), _other_chinese(terms[n], here, every, known)
    for n in unsaid:
        form = _other_english(terms[n], here, taken)
        if form:
            yield n, form, terms[n].said(zh)


def _is_inside(form: str, others: set[str]) -> bool:
    return any(form in other for other in others if len(other) > len(form))


def _english(term: Forms, keys: Mapping[str, int]) -> str:
    """The English form that a passage has."""
    return next((name for key, name in term.names.items() if key in keys), list(term.names.values())[-1])


def _other_chinese(term: Forms, here: _Here, taken: set[str], known: Known) -> str:
    """Another run that renders the English, or a shortened form of the usual one; empty where there is none."""
    row = next((here.table[here.keys[key]] for key in term.names if key in here.keys), None)
    if row is not None:
        for at in (-row).argsort(kind="stable")[:MOST].tolist():
            if row[at] >= CONVINCING and here.spans[at].text not in taken:
                return str(here.spans[at].text)
    main = term.pair.zh
    short = [span.text for span in here.spans if is_shortened(span.text, main) and span.text not in taken]
    short = [text for text in short if len(text) >= SHORTENED * len(main) and not (len(text) < 3 and known.has(text))]
    best: str = max((text for text in short if len(text) > 1), key=lambda text: (len(text), text), default="")
    return best


def _other_english(term: Forms, here: _Here, taken: set[str]) -> str:
    """Another phrase that renders the Chinese; empty where there is none that convinces."""
    columns = [at for at, span in enumerate(here.spans) if span.text in term.chinese]
    if not columns or not len(here.table):
        return ""
    column = here.table[:, columns[0]]
    for at in (-column).argsort(kind="stable")[:MOST].tolist():
        if column[at] >= CONVINCING and here.phrases[at].key not in taken:
            return here.texts.surface(here.at, here.phrases[at])
    return ""

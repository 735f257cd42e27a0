"""Decisions as a file holds them, and the corpus -> the same, naming the sentences that the corpus finds for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from align.decisions.find import Found, Lost, Texts, sentences
from align.decisions.model import Decision, Reference
from align.model import Lang
from align.review.changes import Corpus

SIDES: tuple[Lang, Lang] = ("en", "zh")


def standing(decisions: Sequence[Decision], corpus: Corpus) -> list[Decision]:
    """Every decision in its order, its sentences found as `align export` finds them and named as a sheet names them.

    What is not found stays as it is written.
    """
    if not decisions:
        return []
    finder = _Finder(corpus)
    links = [decision for decision in decisions if decision.kind == "link"]
    exact = {name for decision in links for name in finder.names(decision, None)}
    return [finder.now(decision, exact if decision.kind == "link" else ()) for decision in decisions]


class _Finder:
    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.texts = {document.id: Texts(list(sentences(document))) for document in corpus.bitext.documents}
        self.items = {sentence.id: sentence.item for texts in self.texts.values() for sentence in texts.held}

    def names(self, decision: Decision, taken: Collection[str] | None) -> tuple[str, ...]:
        """The ids of all sentences of a decision; none where one of its sides is lost."""
        found = [self.texts[lang].side(side, taken) for lang, side in _sides(decision)]
        return () if any(isinstance(each, Lost) for each in found) else tuple(_ids(found))

    def now(self, decision: Decision, taken: Collection[str]) -> Decision:
        """A decision with its sentences as they are now."""
        if decision.kind == "no-item":
            return decision
        exact = bool(self.names(decision, None))
        en, zh = (self._side(lang, side, None if exact else taken, decision) for lang, side in _sides(decision))
        return replace(decision, en=en, zh=zh)

    def _side(
        self, lang: Lang, side: tuple[Reference, ...], taken: Collection[str] | None, decision: Decision
    ) -> tuple[Reference, ...]:
        found = self.texts[lang].side(side, taken)
        if isinstance(found, Lost):
            return side
        if decision.kind in ("join", "cut"):
            return tuple(self._written(lang, reference, found) for reference in side)
        held = self.corpus.sides[lang].by_id
        return tuple(map(self.corpus.reference, sorted(found.ids, key=lambda name: held[name].at)))

    def _written(self, lang: Lang, reference: Reference, side: Found) -> Reference:
        """A sentence that may be cut or joined by now: as it is written, in the item where it stands."""
        alone = self.texts[lang].exact(reference)
        if isinstance(alone, Found) and len(alone.ids) == 1:
            return self.corpus.reference(alone.ids[0])
        first = (alone if isinstance(alone, Found) else side).ids[0]
        return Reference(reference.text, self.items[first])


def _sides(decision: Decision) -> Iterator[tuple[Lang, tuple[Reference, ...]]]:
    return zip(SIDES, (decision.en, decision.zh), strict=True)


def _ids(found: Sequence[Found | Lost]) -> Iterator[str]:
    return (name for each in found if isinstance(each, Found) for name in each.ids)

"""A bitext, and what became of each decision -> the rulings that the bitext keeps: who decided what, when and why."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from align.decisions.outcome import FINDING, Outcome, verdict
from align.model import Bitext, Finding, Ruling, Span, segments
from align.provenance import EDITOR
from align.sources.toml import UNWRITABLE

ON_LINKS = ("link", "note")
"""Decisions that a link shows."""
MOST = 5
"""Decisions that were not applied, and are told one by one."""


def rulings(bitext: Bitext, outcomes: Iterable[Outcome]) -> Iterator[Ruling]:
    """Every decision that no link shows, in the order of their file: on sentences, and those that do not fit."""
    kept = [outcome for outcome in outcomes if not (outcome.fits and outcome.decision.kind in ON_LINKS)]
    places = _Places(bitext) if any(outcome.fits for outcome in kept) else None
    for outcome in kept:
        decision = outcome.decision
        if outcome.fits and places:
            yield Ruling(decision.kind, places.sentences(outcome), verdict(decision))
        else:
            named = next((reference.text for reference in (*decision.en, *decision.zh)), "")
            yield Ruling(decision.kind, (), verdict(decision), named, UNWRITABLE.sub("", outcome.said))


def remembered(bitext: Bitext) -> Iterator[Finding]:
    """What a corpus says of decisions that were not applied when it was built; very many are counted."""
    unfit = [ruling for ruling in bitext.rulings if ruling.unfit]
    for ruling in unfit[:MOST]:
        who = (ruling.verdict.by or EDITOR) + (f", {ruling.verdict.on}," if ruling.verdict.on else "")
        yield Finding(FINDING, "warning", "", f"a decision of {who} does not fit and was not applied: {ruling.unfit}.")
    if len(unfit) > MOST:
        yield Finding(FINDING, "warning", "", f"so it is with {len(unfit) - MOST} more of {len(unfit)}.")


class _Places:
    """The sentences of a bitext by the characters of its sources that they hold, ids in printed order."""

    def __init__(self, bitext: Bitext) -> None:
        self.order: dict[str, int] = {}
        self.held: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for document in bitext.documents:
            for segment in segments(document):
                self.order[segment.id] = len(self.order)
                for span in segment.spans:
                    if span.kind == "kept":
                        self.held[span.witness].append((span.start, span.end, segment.id))
        for spans in self.held.values():
            spans.sort()

    def sentences(self, outcome: Outcome) -> tuple[str, ...]:
        """The sentences that a decision concerns: of each line that opens no item, the first."""
        most = 1 if outcome.decision.kind == "no-item" else None
        found = (name for span in outcome.spans for name in self._within(span)[:most])
        return tuple(sorted(set(found), key=self.order.__getitem__))

    def _within(self, span: Span) -> list[str]:
        """The sentences that share characters with a span, in printed order."""
        held = self.held.get(span.witness, [])
        at = max(bisect_right(held, (span.start, 0, "")) - 1, 0)
        found = []
        while span.kind == "kept" and at < len(held) and held[at][0] < span.end:
            found += [held[at][2]] if held[at][1] > span.start else []
            at += 1
        return sorted(set(found), key=self.order.__getitem__)

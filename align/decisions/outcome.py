"""What became of each decision -> the findings that a person is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from align.decisions.model import Decision
from align.model import Finding, Span, Verdict
from align.provenance import EDITOR

FEWEST = 3
"""Decisions from which they may look like another document's."""
FINDING = "decision"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a decision fits its document, and what is to be said of it.

    `is_gone`: nothing like what it names is in the document. `file` is the name of the file that it is in.
    `spans` are the characters of the sources that it concerns; those of links are not told.
    """

    decision: Decision
    fits: bool
    said: str = ""
    is_gone: bool = False
    file: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def where(self) -> str:
        """The file and the line."""
        return f"{self.file}: line {self.decision.line}"


def verdict(decision: Decision) -> Verdict:
    """Who has decided it, when, and what they say; the editor has no name."""
    return Verdict("" if decision.by == EDITOR else decision.by, decision.on, decision.note)


def settled(name: str, decisions: Sequence[Decision], outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The best outcome of each decision, in their order: several texts of one language may be asked.

    `name` is that of the file that they are in. The best has the spans of all.
    """
    best: dict[int, Outcome] = {}
    for outcome in outcomes:
        known = best.get(id(outcome.decision), outcome)
        better = outcome if _rank(outcome) > _rank(known) else known
        spans = tuple(dict.fromkeys((*known.spans, *outcome.spans)))
        best[id(outcome.decision)] = replace(better, spans=spans)
    return [replace(best.get(id(each), Outcome(each, fits=True)), file=name) for each in decisions]


def _rank(outcome: Outcome) -> tuple[bool, bool]:
    return outcome.fits, not outcome.said


def findings(outcomes: Sequence[Outcome]) -> list[Finding]:
    """What does not fit, then what fits though the text has changed."""
    lost = [outcome for outcome in outcomes if not outcome.fits]
    gone = [outcome for outcome in lost if outcome.is_gone]
    found = []
    if len(outcomes) >= FEWEST and 2 * len(gone) > len(outcomes):
        found.append(_foreign(outcomes, gone))
        lost = [outcome for outcome in lost if not outcome.is_gone]
    for outcome in lost:
        said = f"this decision does not fit and was not applied: {outcome.said}."
        remedy = "Mend it, or take it out."
        found.append(Finding(FINDING, "warning", outcome.where, said, remedy))
    changed = [outcome for outcome in outcomes if outcome.fits and outcome.said]
    found += [
        Finding(FINDING, "note", outcome.where, f"{outcome.said}.", "Applied all the same.") for outcome in changed
    ]
    return found


def _foreign(outcomes: Sequence[Outcome], gone: Sequence[Outcome]) -> Finding:
    """That most of a file is about sentences that are not here."""
    lines = ", ".join(str(outcome.decision.line) for outcome in gone)
    said = (
        f"{len(gone)} of {len(outcomes)} decisions name sentences that are not in this document (lines {lines}) and "
        "were not applied; they look like another document's."
    )
    return Finding(FINDING, "warning", gone[0].where, said, "Move the file to the document that it is about.")


def summary(outcomes: Sequence[Outcome]) -> str:
    """`7 decisions applied`, or how many of them."""
    applied = sum(outcome.fits for outcome in outcomes)
    many = f"{len(outcomes)} decision{'s' * (len(outcomes) != 1)}"
    return f"{many} applied" if applied == len(outcomes) else f"{applied} of {many} applied"

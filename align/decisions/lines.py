"""Lines, and decisions that some open no item -> the lines, those marked as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from align.decisions.find import fold, shortened
from align.decisions.model import Decision, Reference
from align.decisions.outcome import Outcome
from align.model import Line

AHEAD = 40
"""Lines that a text may be wrapped over."""
STOPPED = re.compile(r"[.!?。！？:：][\"'”’」』)）]*\s*$")


def as_text(lines: Sequence[Line], decisions: Iterable[Decision]) -> tuple[list[Line], list[Outcome]]:
    """The lines, those that `no-item` decisions mean with the hint `text`, and what became of the decisions.

    Such a line goes on with the sentence before it, unless that has ended.
    """
    made = list(lines)
    outcomes: list[Outcome] = []
    for decision in decisions:
        if decision.kind != "no-item":
            continue
        lang = "en" if decision.en else "zh"
        own = [at for at, line in enumerate(made) if line.lang == lang]
        told = [_mark(made, own, decision, reference) for reference in (*decision.en, *decision.zh)]
        outcomes.append(next((outcome for outcome in told if not outcome.fits), told[0]))
    return made, outcomes


def _mark(made: list[Line], own: Sequence[int], decision: Decision, reference: Reference) -> Outcome:
    """Mark the line that a reference means, of those of one language."""
    found = [n for n in range(len(own)) if _opens([made[at] for at in own[n : n + AHEAD]], reference)]
    several = len({made[own[n]].witness for n in found}) == len(found) > 1  # one text in several files
    outcome = Outcome(decision, True) if several else _told(decision, reference, len(found))
    for n in (found if several else found[reference.nth - 1 :][:1]) if outcome.fits else ():
        made[own[n]] = _plain(made[own[n]], made[own[n - 1]] if n else None)
    return outcome


def _opens(lines: Sequence[Line], reference: Reference) -> bool:
    """Whether a text, or what is left of it, begins with the first of some lines."""
    needle, at = fold(reference.text.rstrip().removesuffix("…")), 0
    for line in lines:
        text = fold(line.text)
        if not needle.startswith(text, at) or not text:
            return bool(text) and text.startswith(needle[at:])
        at += len(text)
        if at >= len(needle):
            return True
    return False


def _told(decision: Decision, reference: Reference, count: int) -> Outcome:
    if not count:
        return Outcome(decision, False, f"no line begins with {shortened(reference.text)}", is_gone=True)
    many = {1: "once", 2: "twice"}.get(count, f"{count} times")
    if reference.nth > count:
        said = f"a line begins with {shortened(reference.text)} {many}, not {reference.nth} times"
        return Outcome(decision, False, said)
    if count > 1 and reference.nth == 1:
        return Outcome(decision, False, f"a line begins with {shortened(reference.text)} {many}: write more, or nth")
    return Outcome(decision, True)


def _plain(line: Line, before: Line | None) -> Line:
    goes_on = before is not None and before.witness == line.witness and not STOPPED.search(before.text)
    return replace(line, hint="text", ordinal="", depth=0, continues=line.continues or goes_on)

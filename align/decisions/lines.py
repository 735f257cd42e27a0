"""Lines, and decisions that some open no item -> the lines, those marked as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from align.decisions.find import fold, shortened
from align.decisions.model import Decision, Reference
from align.decisions.outcome import Outcome
from align.model import Line, Span

Places = Collection[tuple[str, int]]
"""Places in files: the witness, and the character."""
NO_START = "is not the start of an item"
AHEAD = 40
"""Lines that a text may be wrapped over."""
STOPPED = re.compile(r"[.!?。！？:：][\"'”’」』)）]*\s*$")


def as_text(
    lines: Sequence[Line], decisions: Iterable[Decision], starts: Callable[[Sequence[Line]], Places]
) -> tuple[list[Line], list[Outcome]]:
    """The lines, those that `no-item` decisions mean with the hint `text`, and what became of the decisions.

    Such a line goes on with the sentence before it, unless that has ended. `starts` says where items and points
    begin in lines; a decision may make another line one, which a further decision then means.
    """
    made = list(lines)
    waiting = [decision for decision in decisions if decision.kind == "no-item"]
    outcomes: list[Outcome] = []
    while waiting:
        opened = starts(made)
        told = [_decide(made, decision, opened) for decision in waiting]
        late = [outcome for outcome in told if outcome.said.endswith(NO_START)]
        outcomes += [outcome for outcome in told if outcome not in late]
        if len(late) == len(waiting):
            return made, outcomes + late
        waiting = [outcome.decision for outcome in late]
    return made, outcomes


def _decide(made: list[Line], decision: Decision, opened: Places) -> Outcome:
    lang = "en" if decision.en else "zh"
    own = [at for at, line in enumerate(made) if line.lang == lang]
    told = [_mark(made, own, reference, Outcome(decision, True), opened) for reference in (*decision.en, *decision.zh)]
    return next((outcome for outcome in told if not outcome.fits), told[0])


def _mark(made: list[Line], own: Sequence[int], reference: Reference, good: Outcome, opened: Places) -> Outcome:
    """Mark the line that a reference means, of those of one language."""
    found = [n for n in range(len(own)) if _opens([made[at] for at in own[n : n + AHEAD]], reference)]
    several = len({made[own[n]].witness for n in found}) == len(found) > 1  # one text in several files
    outcome = good if several else _told(good.decision, reference, len(found))
    if not outcome.fits:
        return outcome
    meant = found if several else found[max(reference.nth - 1, 0) :][:1]
    if not any(_is_start(made[own[n]], opened) for n in meant):
        return Outcome(good.decision, False, f"{shortened(reference.text)} {NO_START}")
    for n in meant:
        made[own[n]] = _plain(made[own[n]], made[own[n - 1]] if n else None)
    lines = (made[own[n]] for n in meant)
    return replace(outcome, spans=tuple(Span(line.witness, line.start, line.end, "kept", line.text) for line in lines))


def _is_start(line: Line, opened: Places) -> bool:
    return line.hint == "text" or any(witness == line.witness and line.start <= at < line.end for witness, at in opened)


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
    if count > 1 and not reference.nth:
        return Outcome(decision, False, f"a line begins with {shortened(reference.text)} {many}: write more, or nth")
    return Outcome(decision, True)


def _plain(line: Line, before: Line | None) -> Line:
    goes_on = before is not None and before.witness == line.witness and not STOPPED.search(before.text)
    return replace(line, hint="text", ordinal="", depth=0, continues=line.continues or goes_on)

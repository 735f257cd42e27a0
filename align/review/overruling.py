"""Decisions of sheets, and earlier ones -> the same, every note under its own name, and what each of them replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.decisions.agreeing import agreed, signed
from align.decisions.model import Decision
from align.decisions.replacing import met, replaced
from align.review.changes import Corpus, Understood
from align.review.combining import content
from align.review.words import own


def own_words(
    old: Sequence[Decision], read: Sequence[Understood], corpus: Corpus, is_current: bool
) -> list[Understood]:
    """What was read, its notes without those of earlier decisions, which stand in the same cells of a sheet.

    Whoever changes the note of a link of their own changes that, and nothing else of the link, if the sheet showed
    it: `is_current` says that it was made from just this corpus.
    """
    noted = [decision for decision in old if decision.note and decision.kind in ("link", "note")]
    new = [one.decision for one in read if one.decision.note and one.decision.kind in ("link", "note")]
    rows = {id(one.decision): one.row for one in read}
    others: dict[int, list[Decision]] = {}
    for other, decision in met(noted, new, lambda _: "", corpus.whole):
        others.setdefault(rows[id(decision)], []).append(other)
    made = (_own(one, others[one.row], is_current) if one.row in others else one for one in read)
    return [one for one in made if one.decision.kind != "note" or one.decision.note]


def _own(one: Understood, others: Sequence[Decision], is_current: bool) -> Understood:
    """One of the decisions with the words of its own author."""
    decision = one.decision
    if not decision.note:
        return one
    standing = [other for other in others if (other.by, other.kind) != (decision.by, decision.kind)]
    if not own(decision.note, others, decision.by):
        return _with_note(one, "")
    note = own(decision.note, standing, decision.by)
    link = next((other for other in standing if (other.by, other.kind) == (decision.by, "link")), None)
    if link and decision.kind == "note" and is_current and note == own(decision.note, _without(standing, link), ""):
        return replace(_with_note(one, note), decision=replace(link, note=note, line=0))
    return _with_note(one, note)


def _without(decisions: Sequence[Decision], one: Decision) -> list[Decision]:
    return [other for other in decisions if other is not one]


def _with_note(one: Understood, note: str) -> Understood:
    said = one.said.partition(" Note: ")[0] if one.decision.kind == "link" else ""
    more = f"Note: {_short(note)}" if note else ""
    told = " ".join(filter(None, (said, more))) if said else more.replace("Note", "note", 1)
    return replace(one, said=told, decision=replace(one.decision, note=note))


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= 80 else f"“{text[:79].rstrip()}…”"


def overruled(old: Sequence[Decision], new: Sequence[Understood], corpus: Corpus) -> list[Understood]:
    """The new decisions: with the names of all who decided the same before, or saying whose they replace.

    The note of a decision that gives way goes on under the name of who wrote it.
    """
    made = {id(one.decision): one for one in new}
    kept: set[int] = set()
    told: set[tuple[str, int, int]] = set()
    for other, decision in replaced(old, [one.decision for one in new], corpus.whole):
        one = made[id(decision)]
        if content(other) == content(decision):
            made[id(decision)] = replace(one, decision=_agreed(other, one.decision))
            kept.add(id(other))
            continue
        is_own = other.by == decision.by
        if other.note and not (is_own and one.decision.note) and id(other) not in kept:
            note = " / ".join(filter(None, (one.decision.note, other.note if is_own else signed(other))))
            one = replace(one, decision=replace(one.decision, note=note))
            kept.add(id(other))
        if (one.file, one.row, id(other)) not in told:
            one = replace(one, said=f"{one.said} {_replaces(other)}")
            told.add((one.file, one.row, id(other)))
        made[id(decision)] = one
    return list(made.values())


def _agreed(other: Decision, one: Decision) -> Decision:
    """An earlier decision with the name of who decides the same now; who writes a note anew replaces their own."""
    is_anew = other.by == one.by and one.note and other.kind == one.kind
    return agreed(replace(other, note="") if is_anew else other, one)


def _replaces(other: Decision) -> str:
    return f"Replaces what {other.by or 'somebody'} decided{f' on {other.on}' if other.on else ''}."

"""Decisions of sheets, and earlier ones -> the same, every note under its own name, and what each of them replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.decisions.agreeing import agreed, signed
from align.decisions.model import Decision
from align.decisions.replacing import met, replaced
from align.review.changes import Understood
from align.review.combining import content


def own_words(old: Sequence[Decision], read: Sequence[Understood]) -> list[Understood]:
    """What was read, its notes without those of earlier decisions, which stand in the same cells of a sheet.

    A note of one's own decision that gives way stays.
    """
    noted = [decision for decision in old if decision.note and decision.kind in ("link", "note")]
    new = [one.decision for one in read if one.decision.note and one.decision.kind in ("link", "note")]
    notes: dict[int, str] = {}
    for other, decision in met(noted, new, lambda _: ""):
        if other.by != decision.by or (other.kind, decision.kind) == ("note", "link"):
            notes[id(decision)] = _without(notes.get(id(decision), decision.note), other)
    made = (_with_note(one, notes[id(one.decision)]) if id(one.decision) in notes else one for one in read)
    return [one for one in made if one.decision.kind != "note" or one.decision.note]


def _without(note: str, other: Decision) -> str:
    """A note without what somebody else has written there."""
    for text in (f"{other.by}: {other.note}", other.note):
        said = " ".join(text.split())
        if said in note:
            return " ".join(note.replace(said, " ", 1).split()).removeprefix("/ ").removesuffix(" /")
    return note


def _with_note(one: Understood, note: str) -> Understood:
    said = one.said.partition(" Note: ")[0] if one.decision.kind == "link" else ""
    more = f"Note: {_short(note)}" if note else ""
    told = " ".join(filter(None, (said, more))) if said else more.replace("Note", "note", 1)
    return replace(one, said=told, decision=replace(one.decision, note=note))


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= 80 else f"“{text[:79].rstrip()}…”"


def overruled(old: Sequence[Decision], new: Sequence[Understood]) -> list[Understood]:
    """The new decisions: with the names of all who decided the same before, or saying whose they replace.

    The note of a decision that gives way goes on under the name of who wrote it.
    """
    made = {id(one.decision): one for one in new}
    kept: set[int] = set()
    told: set[tuple[str, int, int]] = set()
    for other, decision in replaced(old, [one.decision for one in new]):
        one = made[id(decision)]
        if content(other) == content(decision):
            made[id(decision)] = replace(one, decision=agreed(other, one.decision))
            kept.add(id(other))
            continue
        if other.note and other.by != decision.by and id(other) not in kept:
            note = " / ".join(filter(None, (one.decision.note, signed(other))))
            one = replace(one, decision=replace(one.decision, note=note))
            kept.add(id(other))
        if (one.file, one.row, id(other)) not in told:
            one = replace(one, said=f"{one.said} {_replaces(other)}")
            told.add((one.file, one.row, id(other)))
        made[id(decision)] = one
    return list(made.values())


def _replaces(other: Decision) -> str:
    return f"Replaces what {other.by or 'somebody'} decided{f' on {other.on}' if other.on else ''}."

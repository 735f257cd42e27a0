"""Two decisions that say the same -> one, with both names, and each note under the name of who wrote it."""

from __future__ import annotations

from dataclasses import replace

from align.decisions.model import Decision


def agreed(one: Decision, other: Decision) -> Decision:
    """One decision of two that say the same, with both names; each note says whose it is."""
    names = dict.fromkeys(name for said in (one.by, other.by) for name in said.split("; ") if name)
    if one.by != other.by:
        notes = dict.fromkeys(filter(None, (signed(one), signed(other))))
    else:
        notes = dict.fromkeys(filter(None, ("" if one.note in other.note else one.note, other.note)))
    return replace(one, by="; ".join(names), on=max(one.on, other.on), note=" / ".join(notes), line=0)


def signed(decision: Decision) -> str:
    """The note of a decision with the name of who wrote it; of several, each has its name already."""
    is_one = decision.by and "; " not in decision.by and not decision.note.startswith(f"{decision.by}: ")
    return f"{decision.by}: {decision.note}" if decision.note and is_one else decision.note

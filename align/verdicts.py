"""What a person decided of a bitext, in types: of a link, of a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a link or a sentence: who, on which day (YYYY-MM-DD), a note; each may be empty.

    `is_remark` where it is a note alone, on a link that somebody else has confirmed. Of several persons (see
    `together`), `each` has what each of them said, and all else is that in one line.
    """

    by: str = ""
    on: str = ""
    note: str = ""
    is_remark: bool = False
    each: tuple[Verdict, ...] = ()

    @property
    def entries(self) -> tuple[Verdict, ...]:
        """What each person said, one after the other."""
        return self.each or (self,)

    @property
    def confirming(self) -> tuple[Verdict, ...]:
        """Of a link that is confirmed: what those said who confirmed it."""
        return tuple(entry for entry in self.entries if not entry.is_remark) or self.entries


NO_VERDICT = Verdict()


def together(said: Iterable[Verdict]) -> Verdict:
    """What persons said, one or more, as one verdict: all names, the last day, every note with its author's name.

    What one person said on one day is one entry.
    """
    found: dict[tuple[str, str], Verdict] = {}
    for one in said:
        known = found.get((one.by, one.on), one)
        note = "\n".join(dict.fromkeys(filter(None, (known.note, one.note))))
        found[one.by, one.on] = replace(known, note=note, is_remark=known.is_remark and one.is_remark)
    each = tuple(found.values())
    if len(each) == 1:
        return each[0]
    names = tuple(dict.fromkeys(one.by for one in each))
    notes = " / ".join(dict.fromkeys(_signed(one) if len(names) > 1 else one.note for one in each if one.note))
    return Verdict("; ".join(filter(None, names)), max(one.on for one in each), notes, each=each)


def _signed(said: Verdict) -> str:
    """A note with the name of who wrote it, unless it begins with that."""
    return said.note if not said.by or said.note.startswith(f"{said.by}: ") else f"{said.by}: {said.note}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision that no link shows: its kind, the sentences that it concerns, by id, and who, when, why.

    `cut`, `join` and `read` concern the sentences that they made, `no-item` the one that goes on from there. One of
    any kind that does not fit the text, and was not applied, says in `unfit` why, and `names` the sentence it means.
    """

    kind: str
    ids: tuple[str, ...] = ()
    verdict: Verdict = NO_VERDICT
    names: str = ""
    unfit: str = ""

"""What a person decided of a bitext, in types: of a link, of a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a link or a sentence: who, on which day (YYYY-MM-DD), a note; each may be empty."""

    by: str = ""
    on: str = ""
    note: str = ""


NO_VERDICT = Verdict()


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

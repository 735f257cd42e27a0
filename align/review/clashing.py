"""Decisions of sheets, and all others -> which of them cannot both be obeyed, though they are of different matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from align.decisions.find import FEWEST, fold
from align.decisions.model import Decision
from align.review.changes import Understood
from align.review.combining import who

Key = tuple[str, str]
LABEL = 16
"""Characters that a label has at most: `Article 36. `."""
REMEDY = "Clear one of them, and decide it in the next sheet."


def clashes(old: Sequence[Decision], new: Sequence[Understood]) -> Iterator[str]:
    """Every decision of a sheet that another one leaves without its sentence, by file and row.

    A sentence that is cut or joined cannot be read otherwise as a whole; one that is joined is in no pair by
    itself; the first sentence of what is no item begins with its label.
    """
    rows = {id(one.decision): one for one in new}
    every = [*old, *(one.decision for one in new)]
    named: dict[Key, list[Decision]] = {}
    for decision in every:
        for key in _keys(decision) if decision.kind != "no-item" else ():
            named.setdefault(key, []).append(decision)
    told: set[tuple[int, int]] = set()
    for decision in every:
        for other in _left_without(decision, named):
            pair = (id(decision), id(other))
            if pair not in told and (id(decision) in rows or id(other) in rows):
                told.add(pair)
                yield _said(decision, other, rows)


def _keys(decision: Decision) -> Iterator[Key]:
    for lang, side in (("en", decision.en), ("zh", decision.zh)):
        yield from ((lang, fold(reference.text)) for reference in side)


def _left_without(decision: Decision, named: dict[Key, list[Decision]]) -> Iterator[Decision]:
    """The decisions on sentences that are not there any more once this one is obeyed."""
    keys = list(_keys(decision))
    if decision.kind == "no-item":
        inner = [(lang, text[n:]) for lang, text in keys for n in range(1, min(LABEL, len(text) - FEWEST + 1))]
        yield from _named(inner, named)
    elif decision.kind in ("cut", "join"):
        for other in _named(keys, named):
            is_part = decision.kind == "join" and not _has_all(decision, other)
            if _meet(decision, other) and (other.kind == "read" or (other.kind in ("link", "note") and is_part)):
                yield other


def _named(keys: Iterable[Key], named: dict[Key, list[Decision]]) -> Iterator[Decision]:
    return (decision for key in keys for decision in named.get(key, ()))


def _meet(one: Decision, other: Decision) -> bool:
    """Whether they may name one sentence: of several alike, items and counts tell."""
    return any(
        fold(a.text) == fold(b.text) and a.nth == b.nth and (not a.item or not b.item or a.item == b.item)
        for ours, theirs in ((one.en, other.en), (one.zh, other.zh))
        for a in ours
        for b in theirs
    )


def _has_all(join: Decision, other: Decision) -> bool:
    """Whether another decision names all the sentences that are joined."""
    return set(_keys(join)) <= set(_keys(other))


def _said(decision: Decision, other: Decision, rows: dict[int, Understood]) -> str:
    """The clash, told of the row in a sheet; of two rows, of that which loses its sentence."""
    first, second = (other, decision) if id(other) in rows else (decision, other)
    one, behind = rows[id(first)], rows.get(id(second))
    if behind is None:
        where = f"what {who(second)} decided (decisions.toml, line {second.line})"
        remedy = "Take that out first, or clear this one."
    else:
        file = "" if behind.file == one.file else f"{behind.file}: "
        where, remedy = f"{file}row {behind.row}: “{behind.said}”", REMEDY
    why = {"no-item": "which begins otherwise", "cut": "which is cut"}.get(decision.kind, "which is joined")
    return (
        f"{one.file}: row {one.row}: “{one.said}” does not go with {where}: both name a sentence {why} then. {remedy}"
    )

"""Decisions of a file, and new ones -> which of the old ones give way to which of the new ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from align.decisions.find import FEWEST, fold
from align.decisions.model import Decision, Reference


@dataclass(frozen=True, slots=True)
class _Named:
    """A sentence as a decision names it, ready to be compared."""

    lang: str
    item: str
    nth: int
    text: str
    folded: str

    def meets(self, other: _Named, whole: Collection[str]) -> bool:
        """Whether both are one sentence, or one a part of the other; a short text is no part of a longer one."""
        if self.lang != other.lang or (self.item and other.item and self.item != other.item):
            return False
        if self.text == other.text and max(self.nth, 1) != max(other.nth, 1):
            return False
        shorter, longer = sorted((self.folded, other.folded), key=len)
        return shorter == longer or (
            not (shorter in whole and longer in whole)
            and len(shorter) >= FEWEST
            and (longer.startswith(shorter) or longer.endswith(shorter))
        )


def matter(decision: Decision) -> str:
    """What decisions must have in common to be about the same thing: cutting and joining are one matter."""
    return "cut" if decision.kind == "join" else decision.kind


def met(
    old: Iterable[Decision],
    new: Iterable[Decision],
    about: Callable[[Decision], str] = matter,
    whole: Collection[str] = (),
) -> Iterator[tuple[Decision, Decision]]:
    """Every pair of an old and a new decision that are about one matter and name a sentence in common.

    `whole` are folded texts of sentences that are known: none of those is a part of another.
    """
    held: dict[str, list[tuple[Decision, list[_Named]]]] = defaultdict(list)
    for decision in old:
        held[about(decision)].append((decision, list(_named(decision))))
    for decision in new:
        ours = list(_named(decision))
        for other, theirs in held[about(decision)]:
            if any(a.meets(b, whole) for a in ours for b in theirs):
                yield other, decision


def replaced(
    old: Iterable[Decision], new: Iterable[Decision], whole: Collection[str] = ()
) -> Iterator[tuple[Decision, Decision]]:
    """Every old decision that gives way, with the new one; somebody else's note stays."""
    return ((other, one) for other, one in met(old, new, whole=whole) if one.kind != "note" or one.by == other.by)


def _named(decision: Decision) -> Iterator[_Named]:
    for lang, side in (("en", decision.en), ("zh", decision.zh)):
        yield from (_name(lang, reference) for reference in side)


def _name(lang: str, said: Reference) -> _Named:
    return _Named(lang, said.item, said.nth, said.text, fold(said.text.removesuffix("…")))

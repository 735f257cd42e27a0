"""Decisions of several sheets and earlier ones -> one list, or where two people contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.decisions.agreeing import agreed
from align.decisions.find import fold
from align.decisions.model import Decision, Reference
from align.decisions.outcome import verdict
from align.decisions.replacing import matter, met
from align.model import Bitext, reading, segments
from align.review.changes import Corpus, Understood


def combined(read: Sequence[Understood]) -> tuple[list[Understood], list[str]]:
    """Every decision once, agreeing ones with both names; and each contradiction, with both rows."""
    found: list[Understood] = []
    problems: list[str] = []
    places: dict[tuple[str, str, str], list[int]] = {}
    for one in read:
        names = {(matter(one.decision), lang, name) for lang, name, _ in one.about}
        others = sorted({n for name in names for n in places.get(name, ()) if found[n].file != one.file})
        others = [n for n in others if _overlap(one, found[n])]
        same = next((n for n in others if content(found[n].decision) == content(one.decision)), None)
        if same is not None:
            found[same] = replace(found[same], decision=agreed(found[same].decision, one.decision))
            continue
        if others and one.decision.kind != "note":
            other = found[others[0]]
            problems.append(
                f"{one.file}: row {one.row} contradicts {other.file}: row {other.row}: “{one.said}” and “{other.said}” "
                "Settle it, and change one of them."
            )
            continue
        for name in names:
            places.setdefault(name, []).append(len(found))
        found.append(one)
    return found, problems


def _overlap(one: Understood, other: Understood) -> bool:
    """Whether two decisions are about a sentence that is the same, or part of it."""
    theirs = {(lang, name): part for lang, name, part in other.about}
    return any(
        (lang, name) in theirs and (not part or not theirs[lang, name] or part == theirs[lang, name])
        for lang, name, part in one.about
    )


def content(decision: Decision) -> Decision:
    """What is decided, whoever decided it."""
    note = decision.note if decision.kind == "note" else ""
    return replace(decision, by="", on="", note=note, line=0)


def against(old: Sequence[Decision], new: Sequence[Understood], corpus: Corpus, is_current: bool) -> Iterator[str]:
    """Where a sheet contradicts what somebody else decided and its reviewer has not seen.

    One that the corpus of the sheet obeys was seen in the sheet; it gives way. `is_current`: the sheet was made
    from just this corpus.
    """
    if not old:
        return
    obeyed = _Obeyed(corpus.bitext)
    rows = {id(one.decision): one for one in new}
    told: set[tuple[int, int]] = set()
    for other, decision in met(old, [one.decision for one in new], whole=corpus.whole):
        one = rows[id(decision)]
        differs = other.by != decision.by and content(other) != content(decision)
        if not differs or other.kind == "note" or (is_current and obeyed.shows(other)) or (one.row, id(other)) in told:
            continue
        told.add((one.row, id(other)))
        yield (
            f"{one.file}: row {one.row}: “{one.said}” contradicts what {who(other)} decided (decisions.toml, line "
            f"{other.line}), which the sheet did not show yet. Clear that row's decision, or run "
            "`align export --to xlsx` and decide in the new sheet."
        )


def is_refused(decision: Decision, bitext: Bitext) -> bool:
    """Whether a corpus knows a decision, just as it is written, and says that it did not fit."""
    named = next((fold(reference.text) for reference in (*decision.en, *decision.zh)), "")
    said = (decision.kind, verdict(decision), named)
    return any(said == (ruling.kind, ruling.verdict, fold(ruling.names)) for ruling in bitext.rulings if ruling.unfit)


def who(decision: Decision) -> str:
    """Who decided, and when, as far as that is said."""
    return " ".join(filter(None, (decision.by or "somebody", f"on {decision.on}" if decision.on else "")))


class _Obeyed:
    """What a corpus shows of decisions: the pairs that are decided, its sentences, their readings."""

    def __init__(self, bitext: Bitext) -> None:
        held = {s.id: s for document in bitext.documents for s in segments(document)}
        self.decided = {
            tuple("".join(fold(held[name].text) for name in side) for side in (link.en, link.zh))
            for link in bitext.links
            if link.status == "confirmed"
        }
        self.readings = {fold(segment.text): reading(segment).split() for segment in held.values()}

    def shows(self, decision: Decision) -> bool:
        """Whether a decision has been obeyed."""
        en, zh = (self._fold(side) for side in (decision.en, decision.zh))
        if decision.kind == "link":
            return (en, zh) in self.decided
        if decision.kind == "read":
            return self.readings.get(en or zh) == decision.use.split()
        if decision.kind == "cut":
            return all(fold(part) in self.readings for part in decision.parts)
        return decision.kind != "join" or (en or zh) in self.readings

    @staticmethod
    def _fold(side: Sequence[Reference]) -> str:
        return "".join(fold(reference.text) for reference in side)

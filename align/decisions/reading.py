"""Sentences, and decisions on how to read them -> the same sentences with a person's readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from align.decisions.find import Lost, Texts, sentences, shortened
from align.decisions.model import Decision
from align.decisions.outcome import Outcome
from align.model import Block, Document, Reading, Segment, segments
from align.provenance import EDITOR


def with_readings(document: Document, decisions: Iterable[Decision]) -> tuple[Document, list[Outcome]]:
    """The document, read as `read` decisions say, and what became of those."""
    asked = [(d, d.en if document.id == "en" else d.zh) for d in decisions if d.kind == "read"]
    asked = [(decision, side) for decision, side in asked if side]
    if not asked:
        return document, []
    texts = Texts(list(sentences(document)))
    spans = {segment.id: segment.spans for segment in segments(document)}
    found: dict[str, Decision] = {}
    outcomes: list[Outcome] = []
    contested: dict[str, list[Decision]] = {}
    for decision, side in asked:
        place = texts.side(side)
        if isinstance(place, Lost):
            outcomes.append(Outcome(decision, False, place.why, place.is_gone))
        elif len(place.ids) > 1:
            outcomes.append(Outcome(decision, False, f"{shortened(side[0].text)} is more than one sentence"))
        else:
            contested.setdefault(place.ids[0], []).append(decision)
            outcomes.append(Outcome(decision, True, place.said, spans=spans[place.ids[0]]))
    for name, several in contested.items():
        if len({decision.use for decision in several}) == 1:
            found[name] = several[-1]
    outcomes = [_disputed(outcome, contested) for outcome in outcomes]
    return _read(document, found), outcomes


def _disputed(outcome: Outcome, contested: Mapping[str, Sequence[Decision]]) -> Outcome:
    for several in contested.values():
        others = [d for d in several if d.use != outcome.decision.use]
        if outcome.fits and others and any(d is outcome.decision for d in several):
            return Outcome(outcome.decision, False, f"it contradicts the one on line {others[0].line}")
    return outcome


def _read(document: Document, found: Mapping[str, Decision]) -> Document:
    def read(run: Sequence[Segment]) -> tuple[Segment, ...]:
        return tuple(read_as(s, found[s.id].use, found[s.id].by) if s.id in found else s for s in run)

    def block(held: Block) -> Block:
        return replace(
            held,
            heading=read(held.heading),
            segments=read(held.segments),
            blocks=tuple(map(block, held.blocks)),
        )

    return replace(document, heading=read(document.heading), blocks=tuple(map(block, document.blocks)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A character of a sentence, or the stretch that a reading stands for, and what it is read as."""

    start: int
    end: int
    text: str
    reading: Reading | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is part of a word of Latin letters or of a number."""
        return self.text.isascii() and self.text.isalnum()


def read_as(segment: Segment, use: str, by: str = "") -> Segment:
    """The sentence, read as `use`: what differs, in whole words, is one reading by a person; other readings stay."""
    parts = list(_parts(segment))
    first, last, left, right = 0, len(parts), 0, len(use)
    while first < last and left < right and _begins(use, parts[first].text, left, right):
        left += len(parts[first].text)
        first += 1
    while last > first and _ends(use, parts[last - 1].text, left, right):
        right -= len(parts[last - 1].text)
        last -= 1
    if first == last and left == right:
        return segment
    opens = _is_word(use[left : left + 1]) or (first < last and parts[first].is_word)
    closes = _is_word(use[right - 1 : right]) or (first < last and parts[last - 1].is_word)
    while opens and first and parts[first - 1].is_word:
        first -= 1
        left -= len(parts[first].text)
    while closes and last < len(parts) and parts[last].is_word:
        right += len(parts[last].text)
        last += 1
    if first == last and first:
        before = first - 1
        while before and parts[before].is_word and parts[before - 1].is_word:
            before -= 1
        left -= sum(len(part.text) for part in parts[before:first])
        first = before
    start = parts[first].start if first < len(parts) else len(segment.text)
    end = parts[last - 1].end if last > first else start
    kept = [p.reading for p in (*parts[:first], *parts[last:]) if p.reading]
    made = Reading(start, end, use[left:right], by or EDITOR)
    return replace(segment, readings=tuple(sorted((*kept, made), key=lambda r: (r.start, r.end))))


def _parts(segment: Segment) -> Iterable[_Part]:
    at = 0
    for reading in segment.readings:
        yield from (_Part(n, n + 1, segment.text[n]) for n in range(at, reading.start))
        yield _Part(reading.start, reading.end, reading.text, reading)
        at = reading.end
    yield from (_Part(n, n + 1, segment.text[n]) for n in range(at, len(segment.text)))


def _begins(use: str, text: str, left: int, right: int) -> bool:
    return use.startswith(text, left) and left + len(text) <= right


def _ends(use: str, text: str, left: int, right: int) -> bool:
    return right - len(text) >= left and use.startswith(text, right - len(text))


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()

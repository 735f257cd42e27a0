"""Paragraphs with the sentences they were cut into, and decisions -> where each paragraph is cut instead."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations

from align.decisions.find import FEWEST, Found, Lost, Sentence, Texts, fold, folded, shortened
from align.decisions.model import Decision, Reference
from align.decisions.outcome import Outcome
from align.model import Document, walk
from align.model import Span as Source
from align.provenance import cut

Span = tuple[int, int]
Piece = tuple[int, int, bool]
"""Where a sentence begins and ends in its paragraph, and whether a person has said that it ends there."""


STOP = re.compile(r"[.?!…。！？;；:：][\"'”’」』)）]*$")


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a decision says of a stretch of a paragraph: one sentence, or several, which end `inside` and at its end."""

    decision: Decision
    start: int
    end: int
    inside: frozenset[int] = frozenset()

    def denies(self, end: int) -> bool:
        """Whether a sentence that ended there would make something else of the stretch."""
        return self.start < end < self.end and end not in self.inside


@dataclass(slots=True)
class _Paragraph:
    """A paragraph: the ends that it was given, and those that decisions add, keep or take away."""

    id: str
    item: str
    text: str
    spans: Sequence[Span]
    source: tuple[Source, ...] = ()
    claims: list[_Claim] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)

    def pieces(self) -> tuple[Piece, ...]:
        """Its sentences."""
        said = self.kept.union(*(claim.inside for claim in self.claims))
        ends = {end for end in said.union(end for _, end in self.spans) if not any(c.denies(end) for c in self.claims)}
        begin, made = self.spans[0][0], []
        for end in sorted(ends | {self.spans[-1][1]}):
            if end > begin:
                made.append((begin, end, end in said))
                begin = end + len(self.text[end:]) - len(self.text[end:].lstrip())
        return tuple(made)

    def sources(self, start: int, end: int) -> tuple[Source, ...]:
        """What is behind a stretch of its text."""
        return cut(self.text, self.source, start, end)

    def contradict(self, one: _Claim, other: _Claim) -> bool:
        """Whether two claims cannot both be true: a sentence of one begins or ends within a sentence of the other."""
        return any(
            ours.denies(end) for ours, theirs in ((one, other), (other, one)) for end in self._boundaries(theirs)
        )

    def _boundaries(self, claim: _Claim) -> set[int]:
        """Where sentences end because a cut says so, that before it among them; a join may itself be joined."""
        before = len(self.text[: claim.start].rstrip())
        return {before, *claim.inside, claim.end} if claim.inside else set()


def pieces(
    document: Document, spans: Mapping[str, Sequence[Span]], decisions: Iterable[Decision]
) -> tuple[dict[str, tuple[Piece, ...]], list[Outcome]]:
    """The sentences of every paragraph that decisions are about, by the paragraph's id, and what became of those.

    A sentence that a link, a reading or a note names is one: no other stage may join it to the next.
    """
    held = _Held.of(document, spans)
    asked = [(d, d.en if document.id == "en" else d.zh) for d in decisions]
    asked = [(decision, side) for decision, side in asked if side]
    outcomes = [held.decide(d, side) for d, side in asked if d.kind in ("join", "cut")]
    for decision, side in asked:
        if decision.kind in ("link", "read", "note"):
            held.keep(side)
    touched = [p for p in held.paragraphs if p.claims or p.kept]
    disputes = {id(d): other for p in touched for d, other in _disputes(p)}
    for paragraph in touched:
        paragraph.claims = [claim for claim in paragraph.claims if id(claim.decision) not in disputes]
    outcomes = [_disputed(o, disputes[id(o.decision)]) if id(o.decision) in disputes else o for o in outcomes]
    return {paragraph.id: paragraph.pieces() for paragraph in touched}, outcomes


def _disputes(paragraph: _Paragraph) -> Iterator[tuple[Decision, Decision]]:
    """Pairs of decisions that contradict each other, both ways round."""
    for one, other in combinations(paragraph.claims, 2):
        if paragraph.contradict(one, other):
            yield one.decision, other.decision
            yield other.decision, one.decision


def _disputed(outcome: Outcome, other: Decision) -> Outcome:
    return Outcome(outcome.decision, fits=False, said=f"it contradicts the one on line {other.line}")


class _Held:
    """The paragraphs of one language, and their sentences as they were cut."""

    def __init__(self, paragraphs: Sequence[_Paragraph], titles: Iterable[str] = ()) -> None:
        self.paragraphs = paragraphs
        self.titles = frozenset(map(fold, titles))
        every = [(n, p, span) for n, p in enumerate(paragraphs) for span in p.spans]
        self.home = {f"{n}.{start}": (p, (start, end)) for n, p, (start, end) in every}
        self.texts = Texts([Sentence(f"{n}.{start}", p.text[start:end], p.item) for n, p, (start, end) in every])

    @classmethod
    def of(cls, document: Document, spans: Mapping[str, Sequence[Span]]) -> _Held:
        """The paragraphs of a document that is not in sentences yet."""
        homes = {
            inner.id: block.number
            for block in walk(document.blocks)
            if block.kind == "item"
            for inner in walk((block,))
        }
        blocks = ((block, segment) for block in walk(document.blocks) for segment in block.segments)
        titles = [s.text for run in (document.heading, *(b.heading for b in walk(document.blocks))) for s in run]
        return cls([_Paragraph(s.id, homes.get(b.id, ""), s.text, spans[s.id], s.spans) for b, s in blocks], titles)

    def decide(self, decision: Decision, side: Sequence[Reference]) -> Outcome:
        """Take one `join` or `cut` down."""
        titled = next((reference for reference in side if self._is_title(reference.text)), None)
        found = self.texts.side(side, None) if titled else self.texts.side(side)
        if titled and isinstance(found, Lost):
            said = f"{shortened(titled.text)} is part of a title, which is one sentence always"
            return Outcome(decision, fits=False, said=said)
        if isinstance(found, Lost):
            return Outcome(decision, fits=False, said=found.why, is_gone=found.is_gone)
        run = [self.home[name] for name in found.ids]
        paragraph, first = run[0]
        spans = [span for home, span in run if home is paragraph]
        at = paragraph.spans.index(first)
        if len(spans) != len(run) or list(paragraph.spans[at : at + len(run)]) != spans:
            said = f"{shortened(side[0].text)} and what follows are not sentences of one paragraph, side by side"
            return Outcome(decision, fits=False, said=said)
        good = Outcome(decision, fits=True, said=found.said, spans=paragraph.sources(first[0], spans[-1][1]))
        if decision.kind == "join":
            paragraph.claims.append(_Claim(decision, first[0], spans[-1][1]))
            return good
        ends = _ends(paragraph.text[first[0] : spans[-1][1]], decision.parts, side[0].text)
        if ends is None:
            said = f"{shortened(side[0].text)} does not consist of the parts"
            return Outcome(decision, fits=False, said=said)
        if len(decision.parts) < 2:
            return Outcome(decision, fits=False, said=f"{shortened(side[0].text)} is cut into one part only")
        inside = frozenset(first[0] + end for end in ends) - {spans[-1][1]}
        paragraph.claims.append(_Claim(decision, first[0], spans[-1][1], inside))
        return good

    def _is_title(self, text: str) -> bool:
        """Whether a text is a title, or the beginning of one with a final ellipsis."""
        start = fold(text.rstrip().removesuffix("…"))
        is_short = bool(start) and text.rstrip().endswith("…")
        return fold(text) in self.titles or (is_short and any(title.startswith(start) for title in self.titles))

    def keep(self, side: Sequence[Reference]) -> None:
        """Let each sentence that is named begin and end where it does, or where it would if it is part of one."""
        for reference in side:
            found = self.texts.exact(reference)
            if isinstance(found, Found):
                for paragraph, (start, end) in (self.home[name] for name in found.ids):
                    paragraph.kept |= _ends_about(paragraph.spans, start, end)
            elif not found.is_gone:
                self._part(reference)

    def _part(self, reference: Reference) -> None:
        """Cut a text that ends like a sentence out of the one paragraph that holds it as a part of a sentence."""
        needle = fold(reference.text)
        inside = [p for p in self.paragraphs if p.item == reference.item and needle in fold(p.text)]
        found = inside or [p for p in self.paragraphs if needle in fold(p.text)]
        if len(needle) < FEWEST or len(found) != 1 or fold(found[0].text).count(needle) != 1:
            return
        characters = list(folded(found[0].text))
        first = fold(found[0].text).index(needle)
        last = first + len(needle)
        ends = {characters[n - 1][1] + 1 for n in (first, last) if n}
        if all(STOP.search(found[0].text[:end]) or end == found[0].spans[-1][1] for end in ends):
            found[0].kept |= ends


def _ends_about(spans: Sequence[Span], start: int, end: int) -> set[int]:
    """The end of a sentence, and of the one before it."""
    before = bisect_left(spans, (start, end)) - 1
    return {end, *([spans[before][1]] if before >= 0 else [])}


def _ends(text: str, parts: Sequence[str], named: str) -> list[int] | None:
    """Where the parts of a text end in it; nothing where they do not make it up, word for word.

    The text may have changed a little since; then they make up what it was, the text that the decision has `named`.
    """
    characters = list(folded(text))
    now, before = "".join(c for c, _ in characters), "".join(map(fold, parts))
    if before not in (now, fold(named)):
        return None
    blocks = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
    found, size = [], 0
    for part in parts[:-1]:
        size += len(fold(part))
        block = next((b for b in blocks if b.a < size <= b.a + b.size), None)
        if block is None:
            return None
        found.append(characters[block.b + size - block.a - 1][1] + 1)
    return [*found, len(text.rstrip())]

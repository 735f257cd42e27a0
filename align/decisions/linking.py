"""A bitext, and decisions on what answers what -> the beads that are decided, and links that obey them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from align.decisions.find import Found, Lost, Texts, sentences, shortened
from align.decisions.flags import flagged
from align.decisions.model import Decision
from align.decisions.outcome import Outcome, verdict
from align.model import Bitext, Link, Verdict, segments
from align.units import flatten, own_segments, units_of
from align.verdicts import NO_VERDICT, together

LEFT_OVER, ALONE = 0.05, 0.5
"""The confidence of a pair that a decision has taken sentences from, and of sentences that it has left alone."""


@dataclass(slots=True)
class Walls:
    """Rows for the aligner, by the id of a sentence: no link leaves its row.

    `decided` are those of beads, of which those that are `whole` are pairs as they are; `between` those of what
    stands between two beads.
    """

    decided: dict[str, str] = field(default_factory=dict)
    between: dict[str, str] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)


Realign = Callable[[Walls], Sequence[Link]]
"""Aligns the texts again."""


@dataclass(frozen=True, slots=True)
class Bead:
    """A decided link, by the ids of its sentences in printed order, and what all who decided it said."""

    decision: Decision
    en: tuple[str, ...]
    zh: tuple[str, ...]
    verdict: Verdict = NO_VERDICT

    @property
    def ids(self) -> tuple[str, ...]:
        """Of both sides."""
        return (*self.en, *self.zh)


def decided(bitext: Bitext, decisions: Iterable[Decision], realign: Realign) -> tuple[Bitext, list[Outcome]]:
    """The bitext with its links as `link` and `note` decisions say, and what became of those."""
    wanted = [decision for decision in decisions if decision.kind in ("link", "note")]
    if not wanted:
        return bitext, []
    texts = _Both(bitext)
    beads, outcomes = texts.beads([d for d in wanted if d.kind == "link"])
    bitext = _linked(bitext, beads, realign)
    for decision in (d for d in wanted if d.kind == "note"):
        place = texts.find(decision, ())
        outcomes.append(_outcome(decision, place))
        if not isinstance(place, Lost):
            bitext = _noted(bitext, place[0] or place[1], decision)
    return bitext, outcomes


Place = tuple[tuple[str, ...], tuple[str, ...], str]
"""The English and the Chinese ids, and what is to be said of how they were found."""


class _Both:
    """The sentences of both languages, to be found."""

    def __init__(self, bitext: Bitext) -> None:
        self.held = [list(sentences(document)) for document in bitext.documents]
        self.texts = [Texts(held) for held in self.held]
        self.place = {s.id: at for held in self.held for at, s in enumerate(held)}

    def find(self, decision: Decision, taken: Collection[str] | None) -> Place | Lost:
        """What a decision names; see `Texts.side`."""
        sides = [t.side(side, taken) for t, side in zip(self.texts, (decision.en, decision.zh), strict=True)]
        lost = next((side for side in sides if isinstance(side, Lost)), None)
        if lost:
            return lost
        found = [side for side in sides if isinstance(side, Found)]
        en, zh = (tuple(sorted(side.ids, key=self.place.__getitem__)) for side in found)
        return en, zh, "; ".join(side.said for side in found if side.said)

    def beads(self, decisions: Sequence[Decision]) -> tuple[list[Bead], list[Outcome]]:
        """The beads that are decided; those that contradict each other are not.

        What has changed a little is not looked for among sentences that another decision names as they are.
        """
        exact = {id(d): place for d in decisions if not isinstance(place := self.find(d, None), Lost)}
        taken = {name for en, zh, _ in exact.values() for name in (*en, *zh)}
        places = [(d, exact.get(id(d)) or self.find(d, taken)) for d in decisions]
        beads: list[Bead] = []
        outcomes = []
        for decision, place in places:
            outcomes.append(_outcome(decision, place))
            if not isinstance(place, Lost):
                beads.append(Bead(decision, place[0], place[1], verdict(decision)))
        disputes = _disputes(beads)
        outcomes = [disputes.get(id(outcome.decision), outcome) for outcome in outcomes]
        kept: dict[tuple[tuple[str, ...], tuple[str, ...]], Bead] = {}
        for bead in (bead for bead in beads if id(bead.decision) not in disputes):
            same = kept.get((bead.en, bead.zh))
            said = (*same.verdict.entries, bead.verdict) if same else bead.verdict.entries
            kept[bead.en, bead.zh] = replace(bead, verdict=together(said))
        return list(kept.values()), outcomes


def _outcome(decision: Decision, place: Place | Lost) -> Outcome:
    if isinstance(place, Lost):
        return Outcome(decision, False, place.why, place.is_gone)
    return Outcome(decision, True, place[2])


def _disputes(beads: Sequence[Bead]) -> dict[int, Outcome]:
    """By the identity of a decision, that another one puts a sentence of it into another link."""
    named: dict[str, list[Bead]] = defaultdict(list)
    for bead in beads:
        for name in bead.ids:
            named[name].append(bead)
    found: dict[int, Outcome] = {}
    for several in named.values():
        for bead in several:
            other = next((each for each in several if (each.en, each.zh) != (bead.en, bead.zh)), None)
            if other:
                text = shortened((*other.decision.en, *other.decision.zh)[0].text)
                said = f"it contradicts the one on line {other.decision.line}, which links {text}"
                found.setdefault(id(bead.decision), Outcome(bead.decision, False, said))
    return found


def _noted(bitext: Bitext, names: Sequence[str], decision: Decision) -> Bitext:
    """The bitext with a remark on the link that holds the first of some sentences."""
    links = list(bitext.links)
    at = next(at for at, link in enumerate(links) if names[0] in (*link.en, *link.zh))
    is_confirmed = links[at].status == "confirmed"
    known = links[at].verdict.entries if is_confirmed or links[at].verdict != NO_VERDICT else ()
    noted = together((*known, replace(verdict(decision), is_remark=is_confirmed)))
    links[at] = replace(links[at], verdict=noted)
    return replace(bitext, links=tuple(links))


def _linked(bitext: Bitext, beads: Sequence[Bead], realign: Realign) -> Bitext:
    """The bitext with the beads among its links; where they change any, what stands between is aligned again."""
    known = {(link.en, link.zh) for link in bitext.links}
    new = [bead for bead in beads if (bead.en, bead.zh) not in known]
    links = list(bitext.links)
    if new:
        links = _again(bitext, beads, new, realign)
    changed = replace(bitext, links=tuple(_Splice(bitext, beads).links(links)))
    return flagged(changed) if new else changed


def _again(bitext: Bitext, beads: Sequence[Bead], new: Sequence[Bead], realign: Realign) -> list[Link]:
    """The links, those of the units that new beads are in made again between the decided ones."""
    touched = frozenset(name for bead in new for name in bead.ids)
    walls = Walls()
    crossed = {name for link in bitext.links if "crossing" in link.flags for name in (*link.en, *link.zh)}
    units = [unit for unit in flatten(units_of(bitext)) if unit.en and unit.zh]
    again: set[str] = set()
    for number, unit in enumerate(units):
        en, zh = (list(own_segments(side)) for side in unit.sides)
        if touched.isdisjoint((*en, *zh)) or not crossed.isdisjoint((*en, *zh)):
            continue
        again |= {*en, *zh}
        _build(walls, f"decision.{number}", (en, zh), beads)
    if not again:
        return list(bitext.links)
    made: dict[str, list[Link]] = defaultdict(list)
    homes = {name: n for n, unit in enumerate(units) for side in unit.sides for name in own_segments(side)}
    for link in realign(walls):
        made[str(homes.get((link.en or link.zh)[0], -1))].append(link)
    return [*_exchanged(bitext.links, again, homes, made)]


def _exchanged(
    links: Iterable[Link], again: set[str], homes: Mapping[str, int], made: dict[str, list[Link]]
) -> Iterator[Link]:
    """The links, those of each unit that was aligned again in the place of its old ones."""
    for link in links:
        first = (link.en or link.zh)[0]
        if first in again:
            yield from made.pop(str(homes[first]), ())
        else:
            yield link


def _build(walls: Walls, name: str, unit: tuple[list[str], list[str]], beads: Sequence[Bead]) -> None:
    """Add the rows of a unit: each bead is one, and so is what stands between two beads that are in order."""
    sides = [{each: at for at, each in enumerate(side)} for side in unit]
    ends: list[tuple[int, int]] = []
    for number, bead in enumerate(beads):
        row = {each: f"{name}.{number}" for each in bead.ids if each in sides[0] or each in sides[1]}
        walls.decided |= row
        walls.whole |= {f"{name}.{number}"} if len(row) == len(bead.ids) else set()
        if bead.en and bead.zh and bead.en[0] in sides[0] and bead.zh[0] in sides[1]:
            ends.append((sides[0][bead.en[0]], sides[1][bead.zh[0]]))
    ends.sort()
    in_order = all(a[1] < b[1] for a, b in pairwise(ends))
    for side, places in enumerate(sides):
        before = [end[side] for end in ends] if in_order else []
        walls.between |= {each: f"{name}.from.{bisect_left(before, at)}" for each, at in places.items()}


class _Splice:
    """Puts decided beads among links, and what is left of these behind them."""

    def __init__(self, bitext: Bitext, beads: Sequence[Bead]) -> None:
        every = [s.id for document in bitext.documents for s in segments(document)]
        self.place = {name: at for at, name in enumerate(every)}
        self.beads = {(bead.en, bead.zh): bead for bead in beads}
        self.home = {name: bead for bead in beads for name in bead.ids}

    def links(self, links: Iterable[Link]) -> Iterator[Link]:
        """Every bead as it was decided, where its first sentence was; no sentence is left out."""
        for link in links:
            bead = self.beads.get((link.en, link.zh))
            yield from [_confirmed(link, bead)] if bead else self._divided(link)

    def _divided(self, link: Link) -> list[Link]:
        en, zh = (tuple(name for name in side if name not in self.home) for side in (link.en, link.zh))
        rest = [link] if (en, zh) == (link.en, link.zh) else []
        if (en or zh) and not rest:
            is_pair = bool(en and zh)
            flags = ("doubtful",) if is_pair else ()
            rest = [Link(en, zh, LEFT_OVER if is_pair else ALONE, flags=flags)]
        here = {id(b): b for name in (*link.en, *link.zh) if (b := self.home.get(name)) and b.ids[0] == name}
        made = [_confirmed(Link(bead.en, bead.zh), bead) for bead in here.values()]
        return sorted([*rest, *made], key=lambda one: (not one.en, self.place[(one.en or one.zh)[0]]))


def _confirmed(link: Link, bead: Bead) -> Link:
    """A link as a person has judged it: nothing of it is doubtful."""
    flags = tuple(flag for flag in link.flags if flag not in ("suspect", "doubtful"))
    return replace(link, confidence=1.0, status="confirmed", flags=flags, verdict=bead.verdict)

"""Bitext -> units of a memory: pairs of sentences, paragraphs or items, with what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from align.model import STANDINGS, Bitext, Link, Verdict
from align.wishes import Memory

from ._beads import Bead, beads, is_trusted, lowest
from ._paragraphs import Paragraph, items, paragraphs, together

UNSURE = "unsure"
"""Why a unit is left out that holds a sentence which is cut off, doubtful or without counterpart."""
SEGTYPES = {"sentence": "sentence", "paragraph": "paragraph", "item": "block"}
"""What TMX calls the units of a level: `block` is its word for several paragraphs in one unit."""


class Occurrence(NamedTuple):
    """Where a unit stands: its document, the number of its item, the ids of its sentences."""

    document: str
    item: str
    segments: str


class Facts(NamedTuple):
    """What is known of a unit, and of many others alike.

    `day` is the date of the document (YYYY-MM-DD or empty), `converted` says how its Chinese was converted,
    `tag` is the script of that. `kind` is what TMX calls its segmentation where that is not the file's.
    """

    confidence: float = 1.0
    status: str = "auto"
    flags: tuple[str, ...] = ()
    standing: str = "unknown"
    verdict: Verdict | None = None
    day: str = ""
    converted: str = ""
    tag: str = "zh-Hans"
    kind: str = ""


class Unit(NamedTuple):
    """A pair of texts, the places where it stands, and what is known of it. A tuple, since there may be millions."""

    english: str
    chinese: str
    places: tuple[Occurrence, ...]
    facts: Facts = Facts()

    @property
    def is_draft(self) -> bool:
        """Whether one side is no text of the document."""
        return "draft" in self.facts.flags


def units(bitext: Bitext, level: str, left_out: Counter[str]) -> Iterator[Unit]:
    """The units of a bitext that can be trusted; those of paragraphs and items that cannot be are counted."""
    held = list(beads(bitext))
    return _sentences(bitext, held) if level == "sentence" else _blocks(bitext, held, level, left_out)


def wanted(given: Iterable[Unit], memory: Memory, left_out: Counter[str]) -> Iterator[Unit]:
    """The units that the wishes take in; the others are counted by the wish that leaves them out."""
    standings = set(memory.standings)
    for unit in given:
        facts = unit.facts
        if facts.standing not in standings or (memory.standing == "official" and facts.converted):
            left_out["standing"] += 1
        elif memory.status == "confirmed" and facts.status != "confirmed":
            left_out["status"] += 1
        elif facts.confidence < memory.confidence:
            left_out["confidence"] += 1
        else:
            yield unit


def merged(given: Iterable[Unit]) -> list[Unit]:
    """One unit for each pair, with the places of all; the best confirmed and surest one says what is known of it.

    No draft stands for a text, nor a text for a draft.
    """
    found: dict[tuple[str, str, bool], Unit] = {}
    for unit in given:
        key = (unit.english, unit.chinese, unit.is_draft)
        before = found.get(key)
        if before is None:
            found[key] = unit
            continue
        best = max(before, unit, key=_worth)
        places = dict.fromkeys((*best.places, *before.places, *unit.places))
        found[key] = best._replace(places=tuple(places))
    return list(found.values())


def _worth(unit: Unit) -> tuple[bool, int, float]:
    facts = unit.facts
    return facts.status == "confirmed", -STANDINGS.index(facts.standing), facts.confidence


def conversion(bitext: Bitext) -> str:
    """`zh-Hans to zh-Hant-TW, OpenCC 1.4.2 s2tw`, or nothing."""
    how = bitext.zh.conversion
    return f"{how.origin} to {bitext.zh.tag}, {how.method}" if how else ""


def _sentences(bitext: Bitext, held: Iterable[Bead]) -> Iterator[Unit]:
    """A unit for each trusted bead; a title also with the mark behind it: a page may print the two on one line."""
    for bead in held:
        if not is_trusted(bead.link) or not (bead.english and bead.chinese):
            continue
        unit = _unit(bitext, (bead,), bead.english, bead.chinese, "block" if _spans_paragraphs(bead.link) else "")
        yield unit
        marks = bead.closings.get(bead.link.en[-1], ""), bead.closings.get(bead.link.zh[-1], "")
        if all(marks):
            yield unit._replace(english=unit.english + marks[0], chinese=unit.chinese + marks[1])


def _spans_paragraphs(link: Link) -> bool:
    """Whether a side holds sentences of several paragraphs, as their ids tell."""
    return any(len({name.rpartition(".s")[0] for name in side}) > 1 for side in (link.en, link.zh))


def _unit(bitext: Bitext, held: tuple[Bead, ...], english: str, chinese: str, kind: str = "") -> Unit:
    """What beads have in common: the lowest confidence and standing, every flag, a person's word if all have one."""
    links = [bead.link for bead in held]
    is_confirmed = all(link.status == "confirmed" for link in links)
    item = next((bead.item for bead in held if bead.item), "")
    ids = " ".join((*(i for link in links for i in link.en), *(i for link in links for i in link.zh)))
    facts = Facts(
        min(link.confidence for link in links),
        "confirmed" if is_confirmed else "auto",
        tuple(dict.fromkeys(flag for link in links for flag in link.flags)),
        lowest(place for bead in held for place in bead.places),
        _last(links) if is_confirmed else None,
        bitext.meta.date if len(bitext.meta.date) == 10 else "",
        conversion(bitext),
        bitext.zh.tag,
        kind,
    )
    return Unit(english, chinese, (Occurrence(bitext.meta.name, item, ids),), facts)


def _last(links: Iterable[Link]) -> Verdict:
    """The latest of what those said who confirmed links; of the same day the first that stands there."""
    return max((said for link in links for said in link.verdict.confirming), key=lambda verdict: verdict.on)


@dataclass(frozen=True, slots=True)
class _Group:
    """Paragraphs that answer each other and the beads that say so."""

    en: tuple[Paragraph, ...]
    zh: tuple[Paragraph, ...]
    beads: tuple[Bead, ...]


def _blocks(bitext: Bitext, held: Iterable[Bead], level: str, left_out: Counter[str]) -> Iterator[Unit]:
    cut = items if level == "item" else paragraphs
    for group in _groups(cut(bitext.en), cut(bitext.zh), held):
        if not (group.en and group.zh):
            continue
        if all(is_trusted(bead.link) for bead in group.beads):
            yield from _together(bitext, group, level)
        else:
            left_out[UNSURE] += 1


def _together(bitext: Bitext, group: _Group, level: str) -> Iterator[Unit]:
    """The unit of a group; that of labelled paragraphs also without labels: a word processor may number by itself.

    A label is there only where both sides print the same number: else one of them would lose it unseen.
    """
    kind = "paragraph" if sum(each.lines for each in group.en) == 1 else "block"
    labels = group.en[0].labels
    is_labelled = bool(labels) and labels == group.zh[0].labels
    for labelled in (True, False) if is_labelled and level == "paragraph" else (is_labelled,):
        texts = together(group.en, labelled), together(group.zh, labelled)
        if all(texts):
            yield _unit(bitext, group.beads, *texts, kind if kind != SEGTYPES[level] else "")


def _groups(en: Sequence[Paragraph], zh: Sequence[Paragraph], held: Iterable[Bead]) -> Iterator[_Group]:
    """Paragraphs joined by their beads, in the order of these."""
    every = (*en, *zh)
    place = {id: n for n, paragraph in enumerate(every) for id in paragraph.ids}
    above = list(range(len(every)))

    def top(n: int) -> int:
        while above[n] != n:
            above[n] = n = above[above[n]]
        return n

    tops = []
    for bead in held:
        first, *others = (place[id] for id in (*bead.link.en, *bead.link.zh))
        tops.append((first, bead))
        for other in others:
            above[top(other)] = top(first)
    joined: dict[int, tuple[set[int], list[Bead]]] = {}
    for first, bead in tops:
        places, beads = joined.setdefault(top(first), (set(), []))
        places.update(place[id] for id in (*bead.link.en, *bead.link.zh))
        beads.append(bead)
    for places, beads in joined.values():
        english = tuple(every[n] for n in sorted(places) if n < len(en))
        chinese = tuple(every[n] for n in sorted(places) if n >= len(en))
        yield _Group(english, chinese, tuple(beads))

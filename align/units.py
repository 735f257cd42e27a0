"""Blocks of two documents -> units: what answers what, section by section, item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from align.model import Bitext, Block, BlockKind, Document, Lang, Link, block_segments

Group = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is aligned as a whole: a section, an item, or a run of paragraphs outside any item.

    One side may be empty. A section's own segments are its heading; what it holds is in `inner`.
    """

    kind: BlockKind
    en: Group
    zh: Group
    inner: tuple[Unit, ...] = ()

    @property
    def sides(self) -> tuple[Group, Group]:
        """English, then Chinese."""
        return self.en, self.zh

    @property
    def number(self) -> str:
        """The number of the item or section, from the side that has one."""
        return next((block.number for side in self.sides for block in side if block.number), "")


def groups(blocks: Sequence[Block]) -> list[Group]:
    """Sections and items one by one; paragraphs and points that follow each other together."""
    found: list[Group] = []
    for alone, run in groupby(blocks, key=lambda block: block.kind in ("section", "item")):
        members = tuple(run)
        found += [(block,) for block in members] if alone else [members]
    return found


def units(en: Document, zh: Document, partners: Mapping[str, str]) -> tuple[Unit, ...]:
    """The units of two documents, in English order; `partners` maps English to Chinese block ids.

    What only the Chinese has stands before the next Chinese block that has a partner. Every block
    is in exactly one unit; a partner of another kind, or one that is taken, is none.
    """
    every = dict(_groups_by_id(zh.blocks))
    return _Pairing(every, _kept(en.blocks, partners, every)).pair(en.blocks, zh.blocks)


def _groups_by_id(blocks: Sequence[Block]) -> Iterator[tuple[str, Group]]:
    for group in groups(blocks):
        for block in group:
            yield block.id, group
            if block.kind == "section":
                yield from _groups_by_id(block.blocks)


def _kept(blocks: Sequence[Block], partners: Mapping[str, str], every: Mapping[str, Group]) -> dict[str, Group]:
    """The Chinese group that answers each English one, by the first id of both."""
    found: dict[str, Group] = {}
    taken: set[str] = set()
    for group in dict(_groups_by_id(blocks)).values():
        answer = next((every[p] for block in group if (p := partners.get(block.id, "")) in every), None)
        if answer and answer[0].id not in taken and _sort(answer) == _sort(group) and group[0].id not in found:
            taken.add(answer[0].id)
            found[group[0].id] = answer
    return found


def _sort(group: Group) -> str:
    return group[0].kind if group[0].kind in ("section", "item") else "text"


class _Pairing:
    """Lays two trees beside each other by the answers found."""

    def __init__(self, every: Mapping[str, Group], answers: Mapping[str, Group]) -> None:
        self.every = every
        self.answers = answers
        self.answering = {group[0].id for group in answers.values()}

    def pair(self, en: Sequence[Block], zh: Sequence[Block]) -> tuple[Unit, ...]:
        zh_groups = groups(zh)
        place = {group[0].id: at for at, group in enumerate(zh_groups)}
        made: list[Unit] = []
        done = 0
        for group in groups(en):
            answer = self.answers.get(group[0].id, ())
            until = place.get(answer[0].id, -1) if answer else -1
            if until >= done:
                made += self._alone(zh_groups[done:until])
                done = until + 1
            made.append(self._unit(group, answer))
        return (*made, *self._alone(zh_groups[done:]))

    def _alone(self, zh_groups: list[Group]) -> list[Unit]:
        return [self._unit((), group) for group in zh_groups if group[0].id not in self.answering]

    def _unit(self, en: Group, zh: Group) -> Unit:
        kind = (en or zh)[0].kind
        if kind != "section":
            return Unit(kind, en, zh)
        return Unit(kind, en, zh, self.pair([b for s in en for b in s.blocks], [b for s in zh for b in s.blocks]))


def partners(bitext: Bitext) -> dict[str, str]:
    """Which English block answers which Chinese one: those of one sort that most links, or one number, hold together.

    A run of paragraphs is meant by its first one. No block answers two others.
    """
    ours, theirs = (_homes(document.blocks) for document in bitext.documents)
    places = [(ours.get(link.en[0]), theirs.get(link.zh[0])) for link in bitext.links if link.en and link.zh]
    votes = Counter((a[0].id, b[0].id) for a, b in places if a and b and _sort(a) == _sort(b))
    found: dict[str, str] = {}
    taken: set[str] = set()
    alike = {(a[0].id, b[0].id) for a, b in places if a and b and a[0].number == b[0].number}
    for en, zh in sorted(votes, key=lambda pair: (-votes[pair], pair not in alike)):
        if en not in found and zh not in taken:
            found[en] = zh
            taken.add(zh)
    return found


def _homes(blocks: Sequence[Block]) -> dict[str, Group]:
    """Segment id -> the unit's blocks that hold it; a section holds its heading only."""
    found: dict[str, Group] = {}
    for group in groups(blocks):
        found |= dict.fromkeys(own_segments(group), group)
        if group[0].kind == "section":
            found |= _homes(group[0].blocks)
    return found


def units_of(bitext: Bitext) -> tuple[Unit, ...]:
    """The units of a bitext, as its links make them."""
    return units(bitext.en, bitext.zh, partners(bitext))


def flatten(found: Sequence[Unit]) -> Iterator[Unit]:
    """Every unit, sections before what they hold."""
    for unit in found:
        yield unit
        yield from flatten(unit.inner)


def own_segments(group: Group) -> Iterator[str]:
    """Ids of the segments that are the group's own: of a section its heading, else everything."""
    for block in group:
        held = block.heading if block.kind == "section" else block_segments(block)
        yield from (segment.id for segment in held)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where the counterparts of omitted segments would stand: before or after which segment."""

    before: Mapping[str, tuple[Link, ...]]
    after: Mapping[str, tuple[Link, ...]]


def gaps(bitext: Bitext) -> Gaps:
    """The place of every omission on the side that lacks it, read off the order of the links."""
    found = flatten(units_of(bitext))
    unit_of = {name: at for at, unit in enumerate(found) for side in unit.sides for name in own_segments(side)}
    before: dict[str, list[Link]] = {}
    after: dict[str, list[Link]] = {}
    last: dict[tuple[int, Lang], str] = {}
    waiting: dict[tuple[int, Lang], list[Link]] = {}
    for link in bitext.links:
        unit = unit_of.get((link.en or link.zh)[0], -1)
        sides: tuple[tuple[Lang, tuple[str, ...]], ...] = (("en", link.en), ("zh", link.zh))
        for lang, ids in sides:
            for name in ids:
                home = unit_of.get(name, -1), lang
                before.setdefault(name, []).extend(waiting.pop(home, ()))
                last[home] = name
            if not ids and "omitted" in link.flags:
                if (unit, lang) in last:
                    after.setdefault(last[unit, lang], []).append(link)
                else:
                    waiting.setdefault((unit, lang), []).append(link)
    return Gaps(
        {at: tuple(links) for at, links in before.items() if links},
        {at: tuple(links) for at, links in after.items()},
    )

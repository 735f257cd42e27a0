"""The blocks of two documents -> which English block answers which Chinese one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from align.aligner.likeness import Likeness, Matrix
from align.model import Block, Document, items, walk
from align.units import Group, groups

SAME_PLACE = 1.0
"""What it says for two blocks that they stand in the same place, before a word is looked at."""

Partners = dict[str, str]
Score = Callable[[Sequence[Block], Sequence[Block]], Matrix]


def pair_blocks(en: Document, zh: Document, likeness: Likeness) -> Partners:
    """English block id -> Chinese block id, for sections, items and runs of paragraphs.

    An item whose number is used once on both sides answers by it. Sections answer by the items
    they hold, else in order as their words say. A number that is used again answers
    inside its section. Paragraphs answer between the same neighbours.
    """
    partners = _pair_unique(en, zh)
    alike = _scored(likeness)
    _pair_sections(en.blocks, zh.blocks, partners, alike)
    _pair_repeated(en.blocks, zh.blocks, partners, alike)
    _pair_left(en, zh, partners)
    _pair_runs(en.blocks, zh.blocks, partners)
    return partners


def _pair_unique(en: Document, zh: Document) -> Partners:
    ours, theirs = (Counter(item.number for item in items(document)) for document in (en, zh))
    home = {item.number: item.id for item in items(zh) if theirs[item.number] == 1}
    return {i.id: home[i.number] for i in items(en) if ours[i.number] == 1 and i.number in home}


def _pair_sections(en: Sequence[Block], zh: Sequence[Block], partners: Partners, alike: Score) -> None:
    for a, b in _matches(_sections(en), _sections(zh), partners, alike):
        partners[a.id] = b.id
        _pair_sections(a.blocks, b.blocks, partners, alike)


def _sections(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind == "section"]


def _matches(ours: list[Block], theirs: list[Block], partners: Partners, alike: Score) -> Iterator[tuple[Block, Block]]:
    """Sections that hold the same items; between those, all in order or as their content says."""
    edges = [(-1, -1), *_by_content(ours, theirs, partners), (len(ours), len(theirs))]
    for (i, j), (k, m) in pairwise(edges):
        if i >= 0:
            yield ours[i], theirs[j]
        between = ours[i + 1 : k], theirs[j + 1 : m]
        if len(between[0]) == len(between[1]):
            yield from zip(*between, strict=True)
        else:
            yield from in_order(*between, alike)


def _by_content(ours: list[Block], theirs: list[Block], partners: Partners) -> Iterator[tuple[int, int]]:
    """Positions of sections whose first answered items answer each other, in order on both sides."""
    home = {block.id: at for at, section in enumerate(theirs) for block in walk(section.blocks)}
    done = -1
    for at, section in enumerate(ours):
        answers = (partners.get(block.id, "") for block in walk(section.blocks))
        where = next((home[answer] for answer in answers if answer in home), -1)
        if where > done:
            done = where
            yield at, where


def _pair_repeated(en: Sequence[Block], zh: Sequence[Block], partners: Partners, alike: Score) -> None:
    """Items of one number inside one pair of sections: all in order, or as their content says."""
    waiting: dict[str, tuple[list[Block], list[Block]]] = defaultdict(lambda: ([], []))
    answered = set(partners.values())
    for at, side in enumerate((en, zh)):
        for block in side:
            if block.kind == "item" and block.id not in partners and block.id not in answered:
                waiting[block.number][at].append(block)
    for ours, theirs in waiting.values():
        pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else in_order(ours, theirs, alike)
        partners |= {a.id: b.id for a, b in pairs}
    sections = {block.id: block for block in _sections(zh)}
    for a in _sections(en):
        if partners.get(a.id) in sections:
            _pair_repeated(a.blocks, sections[partners[a.id]].blocks, partners, alike)


def _pair_left(en: Document, zh: Document, partners: Partners) -> None:
    """Numbers left over in sections that do not answer each other, where they are used equally often."""
    answered = set(partners.values())
    left: dict[str, tuple[list[Block], list[Block]]] = defaultdict(lambda: ([], []))
    for at, document in enumerate((en, zh)):
        for item in items(document):
            if item.id not in partners and item.id not in answered:
                left[item.number][at].append(item)
    for ours, theirs in left.values():
        if len(ours) == len(theirs):
            partners |= {a.id: b.id for a, b in zip(ours, theirs, strict=True)}


def in_order(ours: Sequence[Block], theirs: Sequence[Block], score: Score) -> list[tuple[Block, Block]]:
    """The pairs with the highest sum of scores that cross nowhere (Needleman and Wunsch 1970)."""
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    scores = score(ours, theirs)
    for i in range(len(ours)):
        for j in range(len(theirs)):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + scores[i][j])
    pairs, i, j = [], len(ours), len(theirs)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((ours[i], theirs[j]))
    return pairs[::-1]


def _scored(likeness: Likeness) -> Score:
    """How far blocks in the same place look like each other's translation; under 0, not at all."""

    def score(en: Sequence[Block], zh: Sequence[Block]) -> Matrix:
        found = likeness.of(en, zh)
        return [
            [SAME_PLACE + _same_number(a, b) + max(said, -4.0) for b, said in zip(zh, row, strict=True)]
            for a, row in zip(en, found, strict=True)
        ]

    return score


def _same_number(en: Block, zh: Block) -> bool:
    return bool(en.number) and en.number == zh.number and en.kind == "section"


def _pair_runs(en: Sequence[Block], zh: Sequence[Block], partners: Partners) -> None:
    """Runs of paragraphs answer each other when they follow the same answered block."""
    slots: dict[str, Group] = {}
    for slot, run in _slots(zh, {answer: answer for answer in partners.values()}):
        slots.setdefault(slot, run)
    for slot, run in list(_slots(en, partners)):
        if slot in slots:
            partners[run[0].id] = slots.pop(slot)[0].id
    sections = {block.id: block for block in _sections(zh)}
    for block in _sections(en):
        if partners.get(block.id) in sections:
            _pair_runs(block.blocks, sections[partners[block.id]].blocks, partners)


def _slots(blocks: Sequence[Block], answers: Partners) -> Iterator[tuple[str, Group]]:
    """Each run of paragraphs with the answer of the last answered block before it."""
    slot = ""
    for group in groups(blocks):
        if group[0].kind in ("section", "item"):
            slot = answers.get(group[0].id, slot)
        else:
            yield slot, group

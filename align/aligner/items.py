"""The blocks of two documents -> which English block answers which Chinese one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.keys import Item, listed
from align.aligner.likeness import Likeness
from align.aligner.numbered import Answer, answers
from align.aligner.ordering import in_order
from align.aligner.tables import Window
from align.aligner.versions import agreement, differing
from align.model import Block, Document, block_segments, walk
from align.units import Group, groups

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    Score = Callable[[Sequence[Block], Sequence[Block]], NDArray[Any]]

SAME_PLACE, UNLIKE = 1.0, -4.0
"""What it says for two blocks that they stand in the same place; what their words say against it at most."""

Partners = dict[str, str]


@dataclass(frozen=True, slots=True)
class Pairing:
    """English block id -> Chinese block id; which English ones answer across others, which look like other texts."""

    partners: Partners
    crossing: frozenset[str]
    suspect: frozenset[str]


def pair_blocks(en: Document, zh: Document, likeness: Likeness) -> Pairing:
    """What answers what of sections, items and runs of paragraphs.

    Items answer as their numbers and their content say. Sections answer by the items they hold, else
    in order as their words say. Paragraphs answer between the same neighbours.
    """
    ours, theirs = listed(en), listed(zh)
    found = answers(ours, theirs, likeness)
    partners = {ours[answer.en].block.id: theirs[answer.zh].block.id for answer in found}
    _pair_sections(en.blocks, zh.blocks, partners, _scored(likeness))
    _pair_runs(en.blocks, zh.blocks, partners)
    return Pairing(
        partners,
        frozenset(ours[answer.en].block.id for answer in found if answer.crossing),
        frozenset(_suspects((en, zh), (ours, theirs), found, partners, likeness)),
    )


def _suspects(
    documents: tuple[Document, Document],
    items: tuple[Sequence[Item], Sequence[Item]],
    found: Sequence[Answer],
    partners: Partners,
    likeness: Likeness,
) -> Iterator[str]:
    """English blocks whose answer looks like another text: items, and the rest where most items do."""
    told = [a for a in found if _has_text(items[0][a.en].block) and _has_text(items[1][a.zh].block)]
    scores = [answer.score for answer in told]
    share = agreement([*scores, *[UNLIKE] * max(0, min(map(len, items)) - len(found))])
    verdicts = differing(scores, [answer.beaten for answer in told], share)
    yield from (items[0][answer.en].block.id for answer, differs in zip(told, verdicts, strict=True) if differs)
    if share < 0.5:
        others = list(_others(documents, partners))
        scores = [float(likeness.of([a], [b])[0, 0]) for a, b in others]
        verdicts = differing(scores, [False] * len(scores), share)
        yield from (block.id for (block, _), differs in zip(others, verdicts, strict=True) if differs)


def _has_text(block: Block) -> bool:
    return any(True for _ in block_segments(block))


def _others(documents: tuple[Document, Document], partners: Partners) -> Iterator[tuple[Block, Block]]:
    """Sections, as their headings, and runs of paragraphs that answer each other."""
    ours, theirs = (dict(_own(document.blocks)) for document in documents)
    for name, block in ours.items():
        other = theirs.get(partners.get(name, ""))
        if other and _has_text(block) and _has_text(other):
            yield block, other


def _own(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """What is no item, with what it holds of its own, by the id of its first block."""
    for group in groups(blocks):
        if group[0].kind == "section":
            yield group[0].id, replace(group[0], blocks=())
            yield from _own(group[0].blocks)
        elif group[0].kind != "item":
            yield group[0].id, Block(group[0].id, "paragraph", blocks=group)


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
        level = len(between[0]) == len(between[1])
        if level and all(_may_be_one(a, b) for a, b in zip(*between, strict=True)):
            yield from zip(*between, strict=True)
        else:
            yield from _best(*between, alike)


def _may_be_one(a: Block, b: Block) -> bool:
    return not (a.number and b.number) or a.number == b.number


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


def _best(ours: list[Block], theirs: list[Block], alike: Score) -> Iterator[tuple[Block, Block]]:
    """The pairs with the highest sum of scores that cross nowhere."""

    def look(part: Window) -> tuple[NDArray[Any], NDArray[Any]]:
        found = alike(ours[part.top : part.bottom], theirs[part.left : part.right])
        return found, np.full_like(found, -np.inf)

    for i, j in in_order(len(ours), len(theirs), look):
        yield ours[i], theirs[j]


def _scored(likeness: Likeness) -> Score:
    """How far blocks in the same place look like each other's translation; under 0, not at all."""

    def score(en: Sequence[Block], zh: Sequence[Block]) -> NDArray[Any]:
        same = [[bool(a.number) and a.number == b.number for b in zh] for a in en]
        return np.asarray(np.maximum(likeness.of(en, zh), UNLIKE) + SAME_PLACE + np.array(same))

    return score


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

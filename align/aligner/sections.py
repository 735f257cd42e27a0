"""The sections of two documents -> which English section answers which Chinese one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.likeness import Likeness
from align.aligner.ordering import WHOLE, in_order
from align.aligner.tables import Window
from align.model import Block, walk

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    Score = Callable[[Sequence[Block], Sequence[Block]], NDArray[Any]]

SAME_PLACE, UNLIKE = 1.0, -4.0
"""What it says for two blocks that they stand in the same place; what their words say against it at most."""
SAME_ITEMS, OTHER_ITEMS, NUMBER, OTHER_NUMBER, LIKEST = 12.0, -12.0, 4.0, -8.0, 8.0
"""What it says of two sections that they hold the same items or others, have one number or two; words, at most."""

Partners = dict[str, str]


def pair_sections(en: Sequence[Block], zh: Sequence[Block], partners: Partners, likeness: Likeness) -> None:
    """Add to `partners` the sections: level by level, or where that leaves or mixes up some, on all levels at once."""
    found = dict(_by_level(en, zh, partners, _scored(likeness)))
    sides = _Side.of(en, partners), _Side.of(zh, {answer: answer for answer in partners.values()})
    if not _is_settled(found, *sides) and 0 < len(sides[0].sections) * len(sides[1].sections) <= WHOLE:
        found = _on_all_levels(*sides, likeness)
    partners |= found


def _by_level(en: Sequence[Block], zh: Sequence[Block], partners: Partners, alike: Score) -> Iterator[tuple[str, str]]:
    for a, b in _matches(_sections(en), _sections(zh), partners, alike):
        yield a.id, b.id
        yield from _by_level(a.blocks, b.blocks, partners, alike)


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


@dataclass(frozen=True, slots=True)
class _Side:
    """All sections of one language in printed order, and which Chinese items each holds or answers."""

    sections: tuple[Block, ...]
    held: tuple[frozenset[str], ...]
    numbers: frozenset[str]

    @classmethod
    def of(cls, blocks: Sequence[Block], answers: Partners) -> _Side:
        found = tuple(block for block in walk(tuple(blocks)) if block.kind == "section")
        held = (frozenset(answers[b.id] for b in walk(section.blocks) if b.id in answers) for section in found)
        return cls(found, tuple(held), frozenset(section.number for section in found if section.number))


def _is_settled(found: Partners, en: _Side, zh: _Side) -> bool:
    """Whether no number answers another, or none, that has its own answer, and only one side has sections left."""
    named = {section.id: section.number for side in (en, zh) for section in side.sections}
    mixed = any(_is_other(named[a], named[b], en, zh) for a, b in found.items())
    return not mixed and len(found) == min(len(en.sections), len(zh.sections))


def _is_other(ours: str, theirs: str, en: _Side, zh: _Side) -> bool:
    return ours != theirs and (ours in zh.numbers or theirs in en.numbers)


def _on_all_levels(en: _Side, zh: _Side, likeness: Likeness) -> Partners:
    """The pairs that cross nowhere of which items, numbers and the sections' own words say most."""
    words = likeness.of([_own(section) for section in en.sections], [_own(section) for section in zh.sections])
    scores = np.clip(np.asarray(words, np.float64), UNLIKE, LIKEST) + SAME_PLACE
    for i, a in enumerate(en.sections):
        for j, b in enumerate(zh.sections):
            scores[i, j] += _same_items(en.held[i], zh.held[j])
            if a.number != b.number:
                scores[i, j] += OTHER_NUMBER * _is_other(a.number, b.number, en, zh)
            elif a.number:
                scores[i, j] += NUMBER

    def look(part: Window) -> tuple[NDArray[Any], NDArray[Any]]:
        found = scores[part.top : part.bottom, part.left : part.right]
        return found, np.full_like(found, -np.inf)

    pairs = in_order(len(en.sections), len(zh.sections), look)
    return {en.sections[i].id: zh.sections[j].id for i, j in pairs}


def _same_items(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """What the items of two sections say: how many of both answer each other."""
    if not ours or not theirs:
        return 0.0
    shared = len(ours & theirs)
    return SAME_ITEMS * 2 * shared / (len(ours) + len(theirs)) if shared else OTHER_ITEMS


def _own(section: Block) -> Block:
    """A section with its own paragraphs only."""
    return replace(section, blocks=tuple(block for block in section.blocks if block.kind not in ("section", "item")))

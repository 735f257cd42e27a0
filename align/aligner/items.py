"""The blocks of two documents -> which English block answers which Chinese one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from align.model import Block, Document, items, walk
from align.units import Group, groups


def pair_blocks(en: Document, zh: Document) -> dict[str, str]:
    """English block id -> Chinese block id, for sections, items and runs of paragraphs.

    Items answer by number; a number used more than once, in order. Sections answer in order where
    there are as many, else by number. Paragraphs answer between the same neighbours.
    """
    partners = _pair_items(en, zh)
    _pair_sections(en.blocks, zh.blocks, partners)
    _pair_runs(en.blocks, zh.blocks, partners)
    return partners


def _pair_items(en: Document, zh: Document) -> dict[str, str]:
    waiting: dict[str, list[Block]] = defaultdict(list)
    for item in items(zh):
        waiting[item.number].append(item)
    return {item.id: waiting[item.number].pop(0).id for item in items(en) if waiting[item.number]}


def _pair_sections(en: Sequence[Block], zh: Sequence[Block], partners: dict[str, str]) -> None:
    ours, theirs = ([block for block in side if block.kind == "section"] for side in (en, zh))
    for a, b in _matches(ours, theirs, partners):
        partners[a.id] = b.id
        _pair_sections(a.blocks, b.blocks, partners)


def _matches(ours: list[Block], theirs: list[Block], partners: dict[str, str]) -> Iterator[tuple[Block, Block]]:
    """Sections that hold the same items; between those, in order where there are as many."""
    certain = list(_by_content(ours, theirs, partners))
    edges = [(-1, -1), *certain, (len(ours), len(theirs))]
    for (i, j), (k, m) in pairwise(edges):
        if i >= 0:
            yield ours[i], theirs[j]
        between = ours[i + 1 : k], theirs[j + 1 : m]
        if len(between[0]) == len(between[1]):
            yield from zip(*between, strict=True)
        else:
            numbered = {b.number: b for b in between[1] if b.number}
            yield from ((a, numbered.pop(a.number)) for a in between[0] if a.number in numbered)


def _by_content(ours: list[Block], theirs: list[Block], partners: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Positions of sections whose first answered items answer each other, in order on both sides."""
    home = {block.id: at for at, section in enumerate(theirs) for block in walk(section.blocks)}
    done = -1
    for at, section in enumerate(ours):
        answers = (partners.get(block.id, "") for block in walk(section.blocks))
        where = next((home[answer] for answer in answers if answer in home), -1)
        if where > done:
            done = where
            yield at, where


def _pair_runs(en: Sequence[Block], zh: Sequence[Block], partners: dict[str, str]) -> None:
    """Runs of paragraphs answer each other when they follow the same answered block."""
    slots = dict(_slots(zh, {answer: answer for answer in partners.values()}))
    for slot, run in list(_slots(en, partners)):
        if slot in slots:
            partners[run[0].id] = slots.pop(slot)[0].id
    sections = {block.id: block for block in zh if block.kind == "section"}
    for block in en:
        if block.kind == "section" and partners.get(block.id) in sections:
            _pair_runs(block.blocks, sections[partners[block.id]].blocks, partners)


def _slots(blocks: Sequence[Block], answers: dict[str, str]) -> Iterator[tuple[str, Group]]:
    """Each run of paragraphs with the answer of the last answered block before it."""
    slot = ""
    for group in groups(blocks):
        if group[0].kind in ("section", "item"):
            slot = answers.get(group[0].id, slot)
        else:
            yield slot, group

"""Blocks -> pages: each filled as far as it looks well, what belongs together on one of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ._blocks import Block, blemishes

GREATEST_GAP = 0.25
"""How much of a page may stay empty to keep a block of up to half a page whole."""
WORST = 2
"""So many blemishes of a division are worth the greatest gap."""
BARE = 0.2
"""A last page filled to less than this looks bare."""


@dataclass(frozen=True, slots=True)
class At:
    """A block and how far down the page its top is."""

    block: Block
    down: float


def paginate(blocks: Iterable[Block], height: float, lower: tuple[int, float] = (-1, 0)) -> list[list[At]]:
    """Fill pages of one height; whatever is kept with the next stays with its first lines.

    `lower` is a page, counted from 0, and by how much it is filled less.
    """
    pages: list[list[At]] = [[]]
    todo, down = deque(blocks), 0.0
    while todo:
        group = _group(todo)
        if not pages[-1]:
            group[0] = _bare(group[0])
        room = height - (lower[1] if len(pages) == lower[0] + 1 else 0)
        placed = _fit(group, room - down, height)
        if placed is None and pages[-1]:
            pages.append([])
            down = 0.0
            continue
        if placed is None:
            group = group[:1]
            placed = _forced(group[0], height)
        for _ in group:
            todo.popleft()
        done, rest = placed
        for block in done:
            pages[-1].append(At(block, down))
            down += block.height
        if rest:
            todo.extendleft(reversed(rest))
            pages.append([])
            down = 0.0
    return pages


def snug(blocks: Sequence[Block], height: float, more: float) -> list[list[At]]:
    """Pages a little higher where that saves a last page with next to nothing on it, else the one before it lower."""
    pages = paginate(blocks, height)
    if len(pages) < 2 or filled(pages[-1]) >= height * BARE:
        return pages
    if len(higher := paginate(blocks, height + more)) < len(pages):
        pages, height = higher, height + more
    for least in (BARE, BARE / 2):
        for part in range(1, 5) if filled(pages[-1]) < height * least else ():
            other = paginate(blocks, height, (len(pages) - 2, height * BARE * part / 4))
            if len(other) == len(pages) and filled(other[-1]) >= height * least:
                return other
    return pages


def filled(page: Sequence[At]) -> float:
    """How much of a page's height is used."""
    return sum(at.block.height for at in page)


def _group(todo: deque[Block]) -> list[Block]:
    group: list[Block] = []
    for block in todo:
        group.append(block)
        if not block.keep:
            break
    return group


def _bare(block: Block) -> Block:
    """A block at the top of a page needs neither space nor hairline above it, but says what it resumes."""
    if block.resumes:
        block = replace(block, strata=(block.again, *block.strata), resumes=False)
    return block if block.tint is not None else replace(block, above=0, rule=False)


def _fit(group: Sequence[Block], room: float, page: float) -> tuple[list[Block], list[Block]] | None:
    """The group as far as it goes on this page and what is left, or nothing where it should begin on the next."""
    *lead, body = group
    left = room - sum(block.height for block in lead)
    if body.height <= left:
        return [*lead, body], []
    if body.height <= page / 2 and room <= page * GREATEST_GAP:
        return None
    divided = body.split(left) if left > 0 else None
    if divided and room > page * GREATEST_GAP * min(_badly(*divided), WORST) / WORST:
        return [*lead, divided[0]], [divided[1]]
    if lead and room > page * GREATEST_GAP:
        *lead, last = lead
        left = min(room - sum(block.height for block in lead), last.height - 1)
        if parted := last.split(left) if left > 0 else None:
            return [*lead, parted[0]], [parted[1], body]
    return None


def _badly(first: Block, rest: Block) -> int:
    """How bad a division looks; what opens the continuation is none of it."""
    return blemishes(first.strata, rest.strata[bool(rest.again) :])


def _forced(block: Block, page: float) -> tuple[list[Block], list[Block]]:
    """A block that even an empty page cannot take as it should be: divided anywhere."""
    parted = block.split(page, force=True) if block.height > page else None
    return ([parted[0]], [parted[1]]) if parted else ([block], [])

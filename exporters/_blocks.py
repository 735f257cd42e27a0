"""Lines -> blocks side by side -> pages: what is kept whole, what is divided, and where."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ._lines import Line
from ._pdf_logo import Picture
from ._pdf_tags import Element

FEWEST = 2
"""The least number of lines of a paragraph, or of a column, on either side of a page end."""
REMNANT = 3
"""The least number of lines of a divided block's longer column on either side."""
GREATEST_GAP = 0.25
"""How much of a page may stay empty to keep a block of up to half a page whole."""
BARE = 0.2
"""A last page filled to less than this looks bare."""


@dataclass(frozen=True, slots=True)
class Column:
    """Lines under each other at `x`; `rises` are the distances from baseline to baseline.

    `owners` says which element of the structure each line belongs to; without one it is decoration.
    `link` is the anchor that a click on the column leads to.
    """

    x: float
    lines: tuple[Line, ...]
    rises: tuple[float, ...]
    below: float
    owners: tuple[Element, ...] = ()
    link: str = ""

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        return sum(self.rises) + self.below if self.lines else 0

    def cut(self, room: float, rest: int = 0) -> int:
        """How many lines go before a page end with so much room: all, none, or as many as look well.

        `rest` is the least number of lines to leave, if not all go.
        """
        count, used = 0, 0.0
        for rise in self.rises:
            used += rise
            if used + self.below > room:
                break
            count += 1
        if count < len(self.lines):
            count = max(min(count, len(self.lines) - rest), 0)
        while count < len(self.lines) and not self._divides(count):
            count -= 1
        return count

    def _divides(self, count: int) -> bool:
        left = len(self.lines) - count
        if count == 0 or (count >= FEWEST and left >= FEWEST and self.lines[count].opens):
            return True
        near = (*self.lines[max(count - FEWEST + 1, 0) : count], *self.lines[count : count + FEWEST])
        alone = any(line.opens for line in near)
        return count >= FEWEST and left >= FEWEST and not alone

    def parts(self, count: int, first_rise: float) -> tuple[Column, Column]:
        """The column divided before a line; the rest begins at the top again."""
        rest = (first_rise, *self.rises[count + 1 :]) if count < len(self.lines) else ()
        return (
            replace(self, lines=self.lines[:count], rises=self.rises[:count], owners=self.owners[:count]),
            replace(self, lines=self.lines[count:], rises=rest, owners=self.owners[count:]),
        )


Stratum = tuple[Column, ...]
"""Columns that begin at the same height."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a destination lies and what the outline says of it; no title, no entry."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Block:
    """What stands or falls together: strata with space around them, a hairline above, a tint behind.

    `keep` holds the block to the one after it; `again` opens its continuation on another page; `elements`
    are in the structure even where they are empty; a `picture` stands at the top, in the space below all else.
    """

    strata: tuple[Stratum, ...]
    above: float = 0
    below: float = 0
    between: float = 0
    rule: bool = False
    tint: int | None = None
    keep: bool = False
    again: Stratum = ()
    bookmark: Bookmark | None = None
    picture: Picture | None = None
    elements: tuple[Element, ...] = ()

    @property
    def height(self) -> float:
        """With the space around it."""
        gaps = self.between * (len(self.strata) - 1)
        return self.above + sum(map(depth, self.strata)) + gaps + self.below

    def split(self, room: float, force: bool = False) -> tuple[Block, Block] | None:
        """Two blocks, the first no higher than the room, or nothing where that would look bad."""
        used = self.above + self.below
        for at, stratum in enumerate(self.strata):
            if used + depth(stratum) <= room:
                used += depth(stratum) + self.between
                continue
            head, rest = self.strata[:at], self.strata[at:]
            if divided := _divide(stratum, room - used, force):
                head, rest = (*head, divided[0]), (divided[1], *rest[1:])
            while not force and len(head) > 1 and _deepest(rest) < REMNANT and not divided:
                head, rest = head[:-1], (head[-1], *rest)
            if not head or (_deepest(head) < REMNANT and not force):
                return None
            again = (self.again,) if self.again else ()
            first = replace(self, strata=head)
            return first, replace(self, strata=(*again, *rest), bookmark=None, keep=False)
        return None


def depth(stratum: Stratum) -> float:
    """How high a stratum is: as its highest column."""
    return max((column.height for column in stratum), default=0)


def _deepest(strata: Sequence[Stratum]) -> int:
    return sum(max((len(column.lines) for column in stratum), default=0) for stratum in strata)


def _divide(stratum: Stratum, room: float, force: bool) -> tuple[Stratum, Stratum] | None:
    """Every column divided at its own best place, or nothing."""
    longest = max(stratum, key=lambda column: column.height)
    if force:
        counts = [sum(1 for _ in _fitting(column, room)) for column in stratum]
        if not any(counts):
            counts = [min(1, len(column.lines)) for column in stratum]
    else:
        counts = [_count(column, room, column is longest) for column in stratum]
        if any(count == 0 for count, column in zip(counts, stratum, strict=True) if column.lines):
            return None
    pairs = [
        column.parts(count, column.rises[0] if column.rises else 0)
        for column, count in zip(stratum, counts, strict=True)
    ]
    return tuple(head for head, _ in pairs), tuple(rest for _, rest in pairs)


def _count(column: Column, room: float, longest: bool) -> int:
    count = column.cut(room, REMNANT if longest else FEWEST)
    return 0 if longest and count < REMNANT else count


def _fitting(column: Column, room: float) -> Iterator[Line]:
    used = column.below
    for line, rise in zip(column.lines, column.rises, strict=True):
        used += rise
        if used > room:
            return
        yield line


@dataclass(frozen=True, slots=True)
class At:
    """A block and how far down the page its top is."""

    block: Block
    down: float


def paginate(blocks: Iterable[Block], height: float) -> list[list[At]]:
    """Fill pages of one height; whatever is kept with the next stays with its first lines."""
    pages: list[list[At]] = [[]]
    todo, down = deque(blocks), 0.0
    while todo:
        group = _group(todo)
        if not pages[-1]:
            group[0] = _bare(group[0])
        placed = _fit(group, height - down, height)
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
            todo.appendleft(rest)
            pages.append([])
            down = 0.0
    return pages


def snug(blocks: Sequence[Block], height: float, more: float) -> list[list[At]]:
    """Pages a little higher where that saves a last page with next to nothing on it."""
    pages = paginate(blocks, height)
    last = sum(at.block.height for at in pages[-1])
    if len(pages) > 1 and last < height * BARE:
        higher = paginate(blocks, height + more)
        return higher if len(higher) < len(pages) else pages
    return pages


def _group(todo: deque[Block]) -> list[Block]:
    group: list[Block] = []
    for block in todo:
        group.append(block)
        if not block.keep:
            break
    return group


def _bare(block: Block) -> Block:
    """A block at the top of a page needs neither space nor hairline above it."""
    return block if block.tint is not None else replace(block, above=0, rule=False)


def _fit(group: Sequence[Block], room: float, page: float) -> tuple[list[Block], Block | None] | None:
    """The group as far as it goes on this page, or nothing where it should begin on the next."""
    *lead, body = group
    left = room - sum(block.height for block in lead)
    if body.height <= left:
        return [*lead, body], None
    if body.height <= page / 2 and room <= page * GREATEST_GAP:
        return None
    divided = body.split(left) if left > 0 else None
    return ([*lead, divided[0]], divided[1]) if divided else None


def _forced(block: Block, page: float) -> tuple[list[Block], Block | None]:
    """A block that even an empty page cannot take as it should be: divided anywhere."""
    if block.height <= page:
        return [block], None
    first, rest = block.split(page, force=True) or (block, None)
    return [first], rest

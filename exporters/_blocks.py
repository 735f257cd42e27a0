"""Lines -> blocks of columns side by side: what is kept whole, what is divided, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ._lines import Line
from ._pdf_logo import Picture
from ._pdf_tags import Element

FEWEST = 2
"""The least number of lines of a paragraph, or of a column, on either side of a page end."""
REMNANT = 3
"""The least number of lines of a divided block's longer column on either side, and where it can be of any."""
COLONS = (":", "：", "︰")
HIGHER = 8
"""So many lines higher up a better division is looked for."""


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
Strata = tuple[Stratum, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a destination lies and what the outline says of it; no title, no entry."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Block:
    """What stands or falls together: strata with space around them, a hairline above, a tint behind.

    `keep` holds the block to the one after it; `again` opens its continuation on another page, and where it
    `resumes` what another block began, the block itself at the top of a page; `elements` are in the structure
    even where they are empty; a `picture` stands at the top, in the space below all else.
    """

    strata: tuple[Stratum, ...]
    above: float = 0
    below: float = 0
    between: float = 0
    rule: bool = False
    tint: int | None = None
    keep: bool = False
    again: Stratum = ()
    resumes: bool = False
    bookmark: Bookmark | None = None
    picture: Picture | None = None
    elements: tuple[Element, ...] = ()

    @property
    def height(self) -> float:
        """With the space around it."""
        gaps = self.between * (len(self.strata) - 1)
        return self.above + sum(map(depth, self.strata)) + gaps + self.below

    def split(self, room: float, force: bool = False) -> tuple[Block, Block] | None:
        """Two blocks, the first no higher than the room, or nothing where that would look bad.

        A line or two higher up is better where that leaves no column with a remnant and no lead-in without
        what it leads to.
        """
        best = self._split(room, force)
        if not best or force:
            return self._parted(*best) if best else None
        least, higher = blemishes(*best), room
        for _ in range(HIGHER):
            if not least:
                break
            higher -= self._line
            other = self._split(higher, force)
            if other and blemishes(*other) < least:
                best, least = other, blemishes(*other)
        return self._parted(*best)

    @property
    def _line(self) -> float:
        """The least distance between two lines."""
        return min(rise for stratum in self.strata for column in stratum for rise in column.rises)

    def _split(self, room: float, force: bool) -> tuple[Strata, Strata] | None:
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
            return (head, rest) if head and (force or _deepest(head) >= REMNANT) else None
        return None

    def _parted(self, head: Strata, rest: Strata) -> tuple[Block, Block]:
        again = (self.again,) if self.again else ()
        return replace(self, strata=head, keep=False), replace(
            self, strata=(*again, *rest), bookmark=None, resumes=False
        )


def depth(stratum: Stratum) -> float:
    """How high a stratum is: as its highest column."""
    return max((column.height for column in stratum), default=0)


def _deepest(strata: Sequence[Stratum]) -> int:
    return sum(max((len(column.lines) for column in stratum), default=0) for stratum in strata)


def blemishes(head: Strata, rest: Strata) -> int:
    """How bad a division is: columns with a remnant on one side, and twice that for a lead-in with nothing after it."""
    above, under = _counts(head), _counts(rest)
    short = sum(min(above[x], under[x]) < REMNANT for x in above.keys() & under.keys())
    return short + 2 * leads_in(head[-1])


def _counts(strata: Strata) -> dict[float, int]:
    """How many lines each column has, by its place."""
    made: dict[float, int] = {}
    for column in (column for stratum in strata for column in stratum if column.lines):
        made[column.x] = made.get(column.x, 0) + len(column.lines)
    return made


def leads_in(stratum: Stratum) -> bool:
    """Whether a column ends with a colon, so that what it announces should follow on the same page."""
    return any(column.lines and column.lines[-1].text.rstrip().endswith(COLONS) for column in stratum)


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
    count = column.cut(room, REMNANT if longest or len(column.lines) >= 2 * REMNANT else FEWEST)
    return 0 if longest and count < REMNANT else count


def _fitting(column: Column, room: float) -> Iterator[Line]:
    used = column.below
    for line, rise in zip(column.lines, column.rises, strict=True):
        used += rise
        if used > room:
            return
        yield line

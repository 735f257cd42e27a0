"""The blocks of a brief -> its pages: the opening, the contents of a long one, what it says, the notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ._blocks import Block
from ._brief import Brief
from ._composition import Composer
from ._pagination import At, filled, paginate, snug
from ._pdf_contents import contents, entries
from ._pdf_sheet import MM, MORE

SPACES = (0.6 * MM, 0.1 * MM)
"""What stands between two lines of the contents; the less where that saves a bare page."""
FULL = 0.6
"""A last page of the contents that is filled to less than this takes what follows."""
FOLLOWS = 6 * MM
"""What stands between the contents and what follows them on the page."""
LONG = 12
"""A brief of more pages than these opens with its contents."""


def pages_of(composer: Composer, brief: Brief, body: Sequence[Block], before: int = 0) -> list[list[At]]:
    """All pages of one brief; `body` comes after its opening, `before` is how many pages precede it.

    The contents are set twice, since where they end does not depend on the numbers that they name. What the
    brief says begins on a page of its own, but follows a list that leaves most of its last page white.
    """
    depth = composer.sheet.depth
    opening = tuple(composer.opening(brief))
    pages = snug((*opening, *body), depth, MORE)
    found = entries(brief) if len(pages) > LONG else []
    if len(found) < 2:
        return pages

    def front(space: float, numbers: Mapping[str, int] = MappingProxyType({})) -> tuple[Block, ...]:
        return (*opening, *contents(composer, found, numbers, space))

    def told(space: float, pages: Sequence[Sequence[At]], first: int) -> tuple[Block, ...]:
        return front(space, _numbers(pages, before + first, len(composer.prefix)))

    for space in SPACES:
        made = paginate(front(space), depth + MORE)
        if len(made) == 1 or filled(made[-1]) >= depth * FULL:
            pages = snug(body, depth, MORE)
            return [*paginate(told(space, pages, len(made) + 1), depth + MORE), *pages]
    follows = (Block((), above=FOLLOWS, keep=True), *body)
    pages = snug((*front(SPACES[0]), *follows), depth, MORE)
    return snug((*told(SPACES[0], pages, 1), *follows), depth, MORE)


def _numbers(pages: Sequence[Sequence[At]], first: int, prefix: int) -> dict[str, int]:
    """The page of every anchor."""
    return {
        at.block.bookmark.anchor[prefix:]: number
        for number, page in enumerate(pages, first)
        for at in page
        if at.block.bookmark
    }

"""The blocks of a brief -> its pages: the opening, the contents of a long one, what it says, the notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ._blocks import BARE, At, Block, snug
from ._brief import Brief
from ._composition import Composer
from ._pdf_contents import Entry, contents, entries
from ._pdf_sheet import MM, MORE

SPACES = (0.6 * MM, 0.1 * MM)
"""What stands between two lines of the contents; the less where that saves a bare page."""
LONG = 12
"""A brief of more pages than these opens with its contents."""


def pages_of(composer: Composer, brief: Brief, body: Sequence[Block], before: int = 0) -> list[list[At]]:
    """All pages of one brief; `body` comes after its opening, `before` is how many pages precede it.

    The pages after a contents list are made first, so that it is set with its numbers known.
    """
    depth = composer.sheet.depth
    opening = tuple(composer.opening(brief))
    pages = snug((*opening, *body), depth, MORE)
    found = entries(brief) if len(pages) > LONG else []
    if len(found) < 2:
        return pages
    pages = snug(body, depth, MORE)
    space = next((space for space in SPACES if not _bare(_front(composer, opening, found, space), depth)), SPACES[0])
    count = len(_front(composer, opening, found, space))
    numbers = _numbers(pages, before + count + 1, len(composer.prefix))
    return [*_front(composer, opening, found, space, numbers), *pages]


def _front(
    composer: Composer,
    opening: Sequence[Block],
    found: Sequence[Entry],
    space: float,
    numbers: Mapping[str, int] = MappingProxyType({}),
) -> list[list[At]]:
    """The pages before what the brief says."""
    return snug((*opening, *contents(composer, found, numbers, space)), composer.sheet.depth, MORE)


def _bare(pages: Sequence[Sequence[At]], depth: float) -> bool:
    """Whether a last page has next to nothing on it."""
    return len(pages) > 1 and sum(at.block.height for at in pages[-1]) < depth * BARE


def _numbers(pages: Sequence[Sequence[At]], first: int, prefix: int) -> dict[str, int]:
    """The page of every anchor."""
    return {
        at.block.bookmark.anchor[prefix:]: number
        for number, page in enumerate(pages, first)
        for at in page
        if at.block.bookmark
    }

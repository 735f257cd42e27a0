"""A path of beads that cross nowhere -> the few pairs in it that do, where what they say is strong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from align.aligner.lanes import Span

STRONG = 8.0
"""Log likelihood ratio from which two lonely sentences are taken for a pair: few sentences in a thousand cross."""
BETTER = 1.5
"""By how much two crossing pairs must say more than the same sentences as one 2:2 bead."""
REACH = 12
"""Beads between two lonely sentences at most."""

Said = Callable[[Span], float]
Pair = tuple[int, int]


def find_crossings(path: Sequence[Span], said: Said, units: Callable[[int, int], bool]) -> list[Pair]:
    """English and Chinese sentences that answer each other across their neighbours.

    `said` is the log likelihood ratio of a bead, `units` whether two sentences are of one unit.
    """
    lonely = list(_lonely(path, said, units))
    swapped = [pair for bead in path for pair in _swapped(bead, said)]
    return [*swapped, *_greedy(lonely)]


def _lonely(path: Sequence[Span], said: Said, units: Callable[[int, int], bool]) -> Iterator[tuple[float, Pair]]:
    """Sentences without counterpart, near each other, that say they belong together."""
    ours = [(at, bead[0]) for at, bead in enumerate(path) if bead[1] - bead[0] == 1 and bead[2] == bead[3]]
    theirs = [(at, bead[2]) for at, bead in enumerate(path) if bead[3] - bead[2] == 1 and bead[0] == bead[1]]
    first = 0
    for at, i in ours:
        while first < len(theirs) and theirs[first][0] < at - REACH:
            first += 1
        for other, j in theirs[first:]:
            if other > at + REACH:
                break
            if abs(other - at) > 1 and units(i, j) and (value := said((i, i + 1, j, j + 1))) > STRONG:
                yield value, (i, j)


def _greedy(found: Sequence[tuple[float, Pair]]) -> Iterator[Pair]:
    """The strongest pairs first, each sentence once."""
    ours: set[int] = set()
    theirs: set[int] = set()
    for _, (i, j) in sorted(found, key=lambda pair: (-pair[0], pair[1])):
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            yield i, j


def _swapped(bead: Span, said: Said) -> Iterator[Pair]:
    """The two pairs of a 2:2 bead whose second sentences answer the first ones."""
    i, k, j, m = bead
    if (k - i, m - j) == (2, 2):
        crossed = said((i, i + 1, j + 1, m)), said((i + 1, k, j, j + 1))
        straight = said((i, i + 1, j, j + 1)) + said((i + 1, k, j + 1, m))
        if min(crossed) > 0 and sum(crossed) > max(said(bead), straight) + BETTER:
            yield from ((i, j + 1), (i + 1, j))

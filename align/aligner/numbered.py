"""Numbered items of two documents -> which answers which, by number where that holds and by content."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.keys import Item, boxes, by_number, repeated
from align.aligner.likeness import Likeness
from align.aligner.ordering import APART, COVERED, GOOD, WHOLE, Pair, across, in_order, mutual, rising
from align.aligner.tables import Window
from align.aligner.versions import agreement, log_odds

if TYPE_CHECKING:
    from typing import Any

    from numpy import bool_
    from numpy.typing import NDArray

    Table = NDArray[Any]

NUMBER, WORST, PLACE = 7.0, -6.0, 2.0
"""What it says for two items that they have one number; what content says against it at most; one section too."""
STANDS, NEAR, NEIGHBOURS, LIKEST = 2.0, 4.0, 3, 12.0
"""Score from which one number is taken as it is if it and so many neighbours a side have such a mean; their cap."""
AGAIN, ACROSS, FAR_APART = 5.0, 12.0, 6.0
"""Score of two items left over with a number that is used again; score and margin against all numbers."""
RELIABLE = 0.9
"""Share of pairs with one number from which two numbers mean two items."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Positions of two items that answer each other, how alike they are, and whether another is more so."""

    en: int
    zh: int
    score: float
    beaten: bool
    crossing: bool


def answers(en: Sequence[Item], zh: Sequence[Item], likeness: Likeness) -> list[Answer]:
    """Which items answer each other, in English order."""
    return _Items(en, zh, likeness).answers() if en and zh else []


class _Items:
    """Two sequences of items and what is known of their likeness so far."""

    def __init__(self, en: Sequence[Item], zh: Sequence[Item], likeness: Likeness) -> None:
        self.sides, self.likeness = (en, zh), likeness
        self.compared = likeness.among([item.block for item in en], [item.block for item in zh])
        ids: dict[object, int] = {"": -1}
        self.numbers = [np.array([ids.setdefault(i.block.number, len(ids)) for i in side]) for side in self.sides]
        self.places = [np.array([ids.setdefault(i.path, len(ids)) for i in side]) for side in self.sides]
        self.common = [np.array(repeated(side)) for side in self.sides]
        self.best = [np.full(len(side), -np.inf) for side in self.sides]
        self.scores: dict[Pair, float] = {}
        self.candidates: list[Pair] = []
        self.trust, self.shifted = NUMBER, False

    def answers(self) -> list[Answer]:
        found = self._ordered()
        found += self._across(found)
        straight = set(rising(found))
        return [self._answer(pair, pair not in straight) for pair in sorted(found)]

    def _answer(self, pair: Pair, crossing: bool) -> Answer:
        """A pair that its number did not choose is the likest of many, which says less."""
        score = self.scores[pair]
        chosen = 0.0 if self._is_same(*pair) else log(min(map(len, self.sides)))
        beaten = bool(score < max(self.best[0][pair[0]], self.best[1][pair[1]]))
        return Answer(*pair, score - chosen, beaten, crossing)

    def _ordered(self) -> list[Pair]:
        """Numbers that content bears out, and what lies between them."""
        sizes = len(self.sides[0]), len(self.sides[1])
        self.candidates = by_number(*self.sides)
        anchors = self._standing(self.candidates)
        corners = pairwise([(-1, -1), *anchors, sizes])
        between = [Window(i + 1, k, j + 1, m) for (i, j), (k, m) in corners if k - i > 1 and m - j > 1]
        self.trust = self._trust(self.candidates)
        found = [self._stretch(window) for window in between]
        whole = [*anchors, *chain.from_iterable(found)]
        self.shifted = not self.trust and self._is_covered(Window(0, sizes[0], 0, sizes[1]), whole)
        if self.shifted:
            return whole
        settled = (self._settled(window, pairs) for window, pairs in zip(between, found, strict=True))
        return [*anchors, *chain.from_iterable(settled)]

    def _standing(self, pairs: list[Pair]) -> list[Pair]:
        """The pairs of one number that look like translations, as their neighbours do."""
        made = list(boxes(pairs))
        for (window, inside), table in zip(made, self.compared.tables([window for window, _ in made]), strict=True):
            self._note(window, table, inside)
        said = np.array([self.scores[pair] for pair in pairs])
        sums = np.concatenate([[0.0], np.cumsum(np.clip(said, WORST, LIKEST))])
        at = np.arange(len(pairs))
        first, last = np.maximum(at - NEIGHBOURS, 0), np.minimum(at + NEIGHBOURS + 1, len(pairs))
        stands = (said >= STANDS) & (sums[last] - sums[first] >= NEAR * (last - first))
        return [pair for pair, is_so in zip(pairs, stands, strict=True) if is_so]

    def _note(self, window: Window, table: Table, pairs: Sequence[Pair]) -> None:
        """Remember how alike pairs are, and each item to the likest that was looked at."""
        ours, theirs = self.best[0][window.top : window.bottom], self.best[1][window.left : window.right]
        np.maximum(ours, table.max(1), out=ours)
        np.maximum(theirs, table.max(0), out=theirs)
        self.scores |= {(i, j): float(table[i - window.top, j - window.left]) for i, j in pairs}

    def _stretch(self, window: Window) -> list[Pair]:
        """The pairs between two that stand: in order by number and content, or in another order by content."""
        only = window.top, window.left
        trust = min(self.trust, self._trust(self._inside(window)))
        if trust and _size(window) == (1, 1) and self._is_same(*only):
            self._measure([only])
            return [only]
        found = self._pairs(window, np.True_, trust)
        return found if self._is_covered(window, found) else self._reordered(window) or found

    def _settled(self, window: Window, found: list[Pair]) -> list[Pair]:
        """Pairs against numbers only where content bears them out throughout; else it may be another version."""
        if self._is_covered(window, found) or not self._against_numbers(window, found):
            return found
        return self._pairs(window, np.False_, NUMBER)

    def _is_same(self, i: int, j: int) -> bool:
        return bool(self.numbers[0][i] == self.numbers[1][j] >= 0)

    def _inside(self, window: Window) -> list[Pair]:
        """The pairs of one number that the first look found in a window."""
        first, last = (bisect_left(self.candidates, (at, -1)) for at in (window.top, window.bottom))
        return [pair for pair in self.candidates[first:last] if window.left <= pair[1] < window.right]

    def _trust(self, pairs: Sequence[Pair]) -> float:
        """What it says that two items have one number, from how alike such pairs are."""
        return min(max(log_odds(agreement([self.scores[pair] for pair in pairs])), 0.0), 1.0) * NUMBER

    def _pairs(self, window: Window, free: bool_, trust: float) -> list[Pair]:
        """The best pairs in order; not `free`, only items whose number the other side lacks leave the numbers."""
        absent = [~np.isin(a, b) for a, b in self._opposed(window)]

        def look(part: Window) -> tuple[Table, Table]:
            moved = _moved(part, window.top, window.left)
            table = self.compared.tables([moved])[0]
            self._note(moved, table, ())
            ours, theirs = absent[0][part.top : part.bottom], absent[1][part.left : part.right]
            return self._weighed(moved, table, free | (ours[:, None] & theirs), trust)

        found = [(i + window.top, j + window.left) for i, j in in_order(*_size(window), look)]
        self._measure(found)
        return found

    def _weighed(self, window: Window, table: Table, free: Table, trust: float) -> tuple[Table, Table]:
        """Scores of the pairs of one number and of the others; texts that come again say nothing against numbers."""
        (ours, theirs), (here, there) = self._cut(self.numbers, window), self._cut(self.places, window)
        same = (ours[:, None] == theirs) & (ours[:, None] >= 0)
        place = PLACE * (here[:, None] == there)
        here_again, there_again = self._cut(self.common, window)
        again = here_again[:, None] | there_again
        other = np.where(again, np.minimum(table, 1.0), table)
        return (
            np.where(same, np.maximum(table, WORST if trust else -np.inf) + trust + place, -np.inf),
            np.where(~same & free, other, -np.inf),
        )

    def _cut(self, sides: Sequence[Table], window: Window) -> tuple[Table, Table]:
        return sides[0][window.top : window.bottom], sides[1][window.left : window.right]

    def _opposed(self, window: Window) -> tuple[tuple[Table, Table], tuple[Table, Table]]:
        ours, theirs = self._cut(self.numbers, window)
        return (ours, theirs), (theirs, ours)

    def _measure(self, pairs: Sequence[Pair]) -> None:
        missing = sorted(pair for pair in pairs if pair not in self.scores)
        windows = [Window(i, i + 1, j, j + 1) for i, j in missing]
        for pair, table in zip(missing, self.compared.tables(windows), strict=True):
            self.scores[pair] = float(table[0, 0])

    def _against_numbers(self, window: Window, found: Sequence[Pair]) -> bool:
        """Whether a pair has an item whose number the other side has too, and not in a pair of that number."""
        done = [{pair[side] for pair in found if self._is_same(*pair)} for side in (0, 1)]
        ranges = range(window.top, window.bottom), range(window.left, window.right)
        ours, theirs = ({int(self.numbers[s][k]) for k in ranges[s] if k not in done[s]} - {-1} for s in (0, 1))
        pairs = ((int(self.numbers[0][i]), int(self.numbers[1][j])) for i, j in found)
        return any(a != b and (a in theirs or b in ours) for a, b in pairs)

    def _is_covered(self, window: Window, found: Sequence[Pair]) -> bool:
        return sum(self.scores[pair] >= GOOD for pair in found) >= COVERED * min(_size(window))

    def _reordered(self, window: Window) -> list[Pair]:
        """The pairs of a stretch that is in another order on either side."""
        rows, columns = _size(window)
        if rows * columns > WHOLE:
            return []
        found = [(i + window.top, j + window.left) for i, j in across(self.compared.tables([window])[0])]
        self._measure(found)
        return found

    def _across(self, found: Sequence[Pair]) -> list[Pair]:
        """Items left over that answer each other across others: by number, or where they are very like."""
        taken = [{pair[side] for pair in found} for side in (0, 1)]
        left = [[k for k in range(len(self.sides[s])) if k not in taken[s]] for s in (0, 1)]
        same = [] if self.shifted else self._unique(left[0], left[1])
        self._measure(same)
        gone = [{pair[side] for pair in same} for side in (0, 1)]
        rest = [[k for k in left[s] if k not in gone[s]] for s in (0, 1)]
        numbered = sum(self._is_same(*pair) for pair in found) >= RELIABLE * len(found)
        few = 0 < len(rest[0]) * len(rest[1]) <= WHOLE
        return [*same, *self._likest(rest[0], rest[1], numbered)] if few else same

    def _unique(self, ours: Sequence[int], theirs: Sequence[int]) -> list[Pair]:
        """Items left over whose number is used once on both sides."""
        counts = [Counter(numbers.tolist()) for numbers in self.numbers]
        home = {int(self.numbers[1][j]): j for j in theirs}
        numbers = ((i, int(self.numbers[0][i])) for i in ours)
        return [(i, home[n]) for i, n in numbers if n in home and n >= 0 and counts[0][n] == counts[1][n] == 1]

    def _likest(self, ours: Sequence[int], theirs: Sequence[int], numbered: bool) -> list[Pair]:
        """The pairs of what is left: of one number by content; where numbers say little, of great likeness."""
        table = self.likeness.of([self.sides[0][i].block for i in ours], [self.sides[1][j].block for j in theirs])
        same = (self.numbers[0][ours][:, None] == self.numbers[1][theirs]) & (self.numbers[1][theirs] >= 0)
        again = self.common[0][ours][:, None] | self.common[1][theirs]
        found = mutual(np.where(same, table, -np.inf), AGAIN, APART)
        for i, j in found:
            same[i], same[:, j] = True, True
        found += [] if numbered else mutual(np.where(same | again, -np.inf, table), ACROSS, FAR_APART)
        self.scores |= {(ours[i], theirs[j]): float(table[i, j]) for i, j in found}
        return [(ours[i], theirs[j]) for i, j in found]


def _moved(window: Window, down: int, right: int) -> Window:
    return Window(window.top + down, window.bottom + down, window.left + right, window.right + right)


def _size(window: Window) -> tuple[int, int]:
    return window.bottom - window.top, window.right - window.left

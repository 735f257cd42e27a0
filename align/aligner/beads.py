"""Two runs of segments -> the beads that link them, by dynamic programming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log, log1p, sqrt

from align.aligner.anchors import anchors, length
from align.model import Segment

PRIORS = {
    (1, 1): log(0.89), (1, 0): log(0.010), (0, 1): log(0.010), (1, 2): log(0.030), (2, 1): log(0.030),
    (2, 2): log(0.008), (1, 3): log(0.008), (3, 1): log(0.008),
}  # fmt: skip
"""Log probability of each bead, English:Chinese; the shape is Gale and Church's (1993, table 5)."""

VARIANCE = 9.0
"""Of the length difference per English character; wider than Gale and Church's 6.8 for two scripts."""
SHARED, UNSHARED = 1.6, 0.8
BAND = 60
NOWHERE = -1e18


@dataclass(frozen=True, slots=True)
class Bead:
    """Positions of the segments on each side, and the posterior probability."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How many English characters one Chinese character is worth in these documents."""

    ratio: float

    @staticmethod
    def measure(en: Sequence[Segment], zh: Sequence[Segment]) -> Scale:
        """From whole texts when they are of plausible lengths, else a usual value."""
        a, b = (sum(length(s.text) for s in side) for side in (en, zh))
        return Scale(a / b if en and zh and 1.5 <= a / b <= 6 else 3.1)


@dataclass(frozen=True, slots=True)
class _Side:
    lengths: list[float]
    anchors: list[Counter[str]]


def align_segments(en: Sequence[Segment], zh: Sequence[Segment], scale: Scale) -> list[Bead]:
    """The best monotone sequence of beads; every segment in exactly one."""
    lattice = _Lattice(
        _Side([length(s.text) for s in en], [anchors(s.text, "en") for s in en]),
        _Side([length(s.text) * scale.ratio for s in zh], [anchors(s.text, "zh") for s in zh]),
    )
    return lattice.solve()


class _Lattice:
    """The grid of positions (i, j): i English and j Chinese segments done."""

    def __init__(self, en: _Side, zh: _Side) -> None:
        self.en, self.zh = en, zh
        self.n, self.m = len(en.lengths), len(zh.lengths)

    def solve(self) -> list[Bead]:
        best, back, forward = self._forward()
        total = forward[self.n, self.m]
        backward = self._backward(back)
        found: list[Bead] = []
        i, j = self.n, self.m
        while i or j:
            a, b = best[i, j]
            arc = next(score for x, y, score in back[i, j] if (x, y) == (a, b))
            posterior = exp(min(0.0, forward[i - a, j - b] + arc + backward[i, j] - total))
            bead = Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), round(min(posterior, 0.99), 2))
            found.append(bead)
            i, j = i - a, j - b
        return found[::-1]

    def _cells(self) -> Iterator[tuple[int, int]]:
        for i in range(self.n + 1):
            middle = i * self.m // max(self.n, 1)
            spread = max(BAND, abs(self.m - self.n))
            for j in range(max(0, middle - spread), min(self.m, middle + spread) + 1):
                yield i, j

    def _forward(
        self,
    ) -> tuple[
        dict[tuple[int, int], tuple[int, int]],
        dict[tuple[int, int], list[tuple[int, int, float]]],
        dict[tuple[int, int], float],
    ]:
        """Best bead into each cell, all beads into it with their scores, and log-summed scores."""
        viterbi = {(0, 0): 0.0}
        forward = {(0, 0): 0.0}
        best: dict[tuple[int, int], tuple[int, int]] = {}
        back: dict[tuple[int, int], list[tuple[int, int, float]]] = {}
        for i, j in self._cells():
            arcs = [
                (a, b, self._score(i - a, i, j - b, j)) for a, b in PRIORS if (i - a, j - b) in viterbi and (i or j)
            ]
            if not arcs:
                continue
            back[i, j] = arcs
            a, b, score = max(arcs, key=lambda arc: viterbi[i - arc[0], j - arc[1]] + arc[2])
            best[i, j] = (a, b)
            viterbi[i, j] = viterbi[i - a, j - b] + score
            forward[i, j] = _log_sum([forward[i - a, j - b] + s for a, b, s in arcs])
        return best, back, forward

    def _backward(self, back: dict[tuple[int, int], list[tuple[int, int, float]]]) -> dict[tuple[int, int], float]:
        backward = {(self.n, self.m): 0.0}
        for i, j in reversed(list(back)):
            if (i, j) not in backward:
                continue
            for a, b, score in back[i, j]:
                before = (i - a, j - b)
                here = backward[i, j] + score
                backward[before] = _log_sum([backward[before], here]) if before in backward else here
        return backward

    def _score(self, i: int, k: int, j: int, m: int) -> float:
        """Log score of the bead of English i:k and Chinese j:m."""
        prior = PRIORS[k - i, m - j]
        if i == k or j == m:
            return prior - 0.6 * (k - i + m - j)
        x, y = sum(self.en.lengths[i:k]), sum(self.zh.lengths[j:m])
        z = (x - y) / sqrt(VARIANCE * (x + y) / 2)
        ours: Counter[str] = sum(self.en.anchors[i:k], Counter())
        theirs: Counter[str] = sum(self.zh.anchors[j:m], Counter())
        shared = sum((ours & theirs).values())
        lacking = sum((theirs - ours).values()) + sum(n for t, n in (ours - theirs).items() if t.isdigit())
        return prior - min(z * z / 2, 12) + SHARED * min(shared, 6) - UNSHARED * min(lacking, 6)


def _log_sum(values: list[float]) -> float:
    top = max(values)
    return top + log1p(sum(exp(v - top) for v in values) - 1)

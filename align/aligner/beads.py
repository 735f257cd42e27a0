"""Two runs of segments -> the beads that link them, by dynamic programming."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log, log1p

from align.aligner.evidence import Evidence
from align.model import Lang, Segment

NULL = -4.2
"""Log probability of a sentence without a counterpart; official text drops more than literature does."""

PRIORS = {
    (1, 1): log(0.89), (1, 0): NULL, (0, 1): NULL, (1, 2): log(0.030), (2, 1): log(0.030),
    (2, 2): log(0.008), (1, 3): log(0.008), (3, 1): log(0.008),
}  # fmt: skip
"""Log probability of each bead, English:Chinese; the shape is Gale and Church's (1993, table 5)."""

BAND = 40
LONGEST = 3


@dataclass(frozen=True, slots=True)
class Bead:
    """Positions of the segments on each side, and the posterior probability."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    confidence: float


class _Side:
    """One side's segments, and every run of them that a bead may take."""

    def __init__(self, texts: Sequence[str], lang: Lang, evidence: Evidence) -> None:
        self.size = len(texts)
        self.runs = {
            (start, end): evidence.run(texts[start:end], lang)
            for start in range(len(texts))
            for end in range(start + 1, min(start + LONGEST, len(texts)) + 1)
        }


def align_segments(en: Sequence[Segment], zh: Sequence[Segment], evidence: Evidence) -> list[Bead]:
    """The best monotone sequence of beads; every segment in exactly one."""
    ours = _Side([segment.text for segment in en], "en", evidence)
    theirs = _Side([segment.text for segment in zh], "zh", evidence)
    return _Lattice(ours, theirs, evidence).solve()


class _Lattice:
    """The grid of positions (i, j): i English and j Chinese segments done."""

    def __init__(self, en: _Side, zh: _Side, evidence: Evidence) -> None:
        self.en, self.zh, self.evidence = en, zh, evidence
        self.n, self.m = en.size, zh.size

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
            spread = BAND + (self.n + self.m) // 50
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
            return prior
        return prior + self.evidence.weigh(self.en.runs[i, k], self.zh.runs[j, m])


def _log_sum(values: list[float]) -> float:
    top = max(values)
    return top + log1p(sum(exp(v - top) for v in values) - 1)

"""Two lists of sentences -> the beads that link them, each with the probability that it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.anchors import anchored
from align.aligner.calibration import calibrated
from align.aligner.crossing import find_crossings
from align.aligner.ends import edges
from align.aligner.estimates import first_estimates
from align.aligner.lanes import ROWS, Band, Score, Span, widened
from align.aligner.lattice import best_path
from align.aligner.layout import Estimates, Layout, layout
from align.aligner.learning import learn
from align.aligner.parameters import MOST, NULL_ZH, Parameters, Shape, first_shapes, shapes
from align.aligner.posterior import judged
from align.aligner.relatedness import relatedness
from align.aligner.tables import Scorer, Window
from align.aligner.tokens import Texts, read_texts

if TYPE_CHECKING:
    from numpy import bool_, float32, int64
    from numpy.typing import NDArray

    from align.dictionary import Dictionary

NARROW, ABOUT = 2, 8
BLOCK, WIDE, ABOUT_ASIDE = 3, 12, 24
"""Chinese positions on either side of the path of the pass before, and how many English positions off it is looked
at: where it moves aside, the band is as wide as all of its ways there."""
SMALL = 150
"""Sentences up to which the first pass looks everywhere."""
PASSES, PASSES_LONG, LONG = 3, 2, 5000
"""How often the estimates are used, and from how many sentences on the fewer times are enough."""
FEW, MORE = 3, 6
"""Sentences of a side up to which a bead is looked for where the pass before has found nothing long, and where it
has found three sentences in one."""
CROSSING_CONFIDENCE = 0.8
"""A crossing pair has no posterior; it is linked because its words leave little doubt, and is still rare."""
GIVEN_BACK = (1 << 25) - (1 << 16)
"""Bytes that are asked for and given back before all else: the GNU C library then keeps what tables of that size
leave, where it would fetch it from the system anew each time, page by page."""
TOGETHER = 1024
"""English sentences in which beads are looked at together."""
END = (0, 1, 0, 1)
"""A bead that ends a path where only neighbours matter."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Positions of the segments on each side, the probability that both are just these, and if it crosses others."""

    en: tuple[int, ...]
    zh: tuple[int, ...]
    confidence: float
    is_crossing: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    """What stays the same while the estimates get better."""

    texts: Texts
    ends: tuple[NDArray[int64], NDArray[int64]]
    units: tuple[NDArray[int64], NDArray[int64]]
    p: Parameters


def align_texts(
    en: Sequence[str],
    zh: Sequence[str],
    dictionary: Dictionary,
    glossary: Sequence[tuple[str, str]] = (),
    units: Sequence[tuple[int, int]] = (),
    paragraphs: tuple[Sequence[bool], Sequence[bool]] | None = None,
    p: Parameters = Parameters(),  # noqa: B008 - frozen
) -> list[Bead]:
    """The best sequence of beads; every sentence in exactly one.

    `units` are the sizes, English and Chinese, of the stretches that answer each other as a whole:
    no bead leaves its unit. `paragraphs` tells for each sentence whether a paragraph begins with it.
    """
    if not en or not zh:
        return [Bead((i,), (), 1.0) for i in range(len(en))] + [Bead((), (j,), 1.0) for j in range(len(zh))]
    np.empty(GIVEN_BACK, np.uint8)
    sizes = list(units) or [(len(en), len(zh))]
    opens = paragraphs or ([False] * len(en), [False] * len(zh))
    texts = read_texts(en, zh, dictionary, glossary)
    of = np.arange(len(sizes))
    homes = (np.repeat(of, [a for a, _ in sizes]), np.repeat(of, [b for _, b in sizes]))
    task = _Task(texts, (edges(en, opens[0]), edges(zh, opens[1])), homes, p)
    estimates = first_estimates(texts, dictionary, p)
    band = _first_band(texts, sizes)
    sums = layout(texts, estimates, task.ends, homes, MOST)
    path = _pass(task, estimates, sums, first_shapes(), band, ())
    passes = PASSES if len(en) <= LONG else PASSES_LONG
    for _ in range(passes - 2):
        estimates = learn(texts, task.ends, estimates, path, p)
        sums = layout(texts, estimates, task.ends, homes, MOST, sums)
        path = _pass(task, estimates, sums, shapes(), _near(path, sizes), path)
    estimates = learn(texts, task.ends, estimates, path, p)
    sums = layout(texts, estimates, task.ends, homes, MOST, sums)
    return _beads(task, estimates, sums, _judge(task, estimates, sums, path, sizes))


def _pass(
    task: _Task, estimates: Estimates, sums: Layout, kinds: Sequence[Shape], band: Band, before: Sequence[Span]
) -> list[Span]:
    """The best path within a band."""
    score = _score(task, estimates, sums, kinds, band, before)
    return best_path(band.windows(ROWS), band, kinds, estimates.priors.log_of(NULL_ZH), score)


def _score(
    task: _Task, estimates: Estimates, sums: Layout, kinds: Sequence[Shape], band: Band, before: Sequence[Span]
) -> Score:
    """What scores the windows of a band."""
    scorer, windows = Scorer(task.texts, estimates, sums, task.p, kinds), band.windows(ROWS)
    longest = _longest(before, windows) if before else [4] * len(windows)

    def score(first: int, last: int) -> list[NDArray[float32]]:
        """The tables of some windows."""
        return scorer.tables(windows[first:last], longest[first:last])

    return score


def _longest(path: Sequence[Span], windows: Sequence[Window]) -> list[int]:
    """How long a bead each window looks for: the longest where one of four, or two omissions, were found."""
    long = np.full(path[-1][1] + 1, FEW)
    for (i, k, j, m), (_, after, _, right) in pairwise([*path, END]):
        if max(k - i, m - j) > 3 or (min(k - i, m - j) == 0 and min(after - k, right - m) == 0):
            long[i : k + 1] = MOST
        elif max(k - i, m - j) > 2:
            long[i : k + 1] = np.maximum(long[i : k + 1], MORE)
    return [int(long[max(0, w.top - FEW) : w.bottom + FEW].max()) for w in windows]


def _judge(
    task: _Task, estimates: Estimates, sums: Layout, path: Sequence[Span], sizes: Sequence[tuple[int, int]]
) -> list[tuple[Span, float]]:
    """The best beads near a path, with their posterior probabilities."""
    band, null = _near(path, sizes), estimates.priors.log_of(NULL_ZH)
    score = _score(task, estimates, sums, shapes(), band, path)
    return judged(band.windows(ROWS), band, shapes(), null, score)


def _beads(task: _Task, estimates: Estimates, sums: Layout, found: Sequence[tuple[Span, float]]) -> list[Bead]:
    """A path as beads, with those that cross; a bead is no surer than that the texts answer each other there."""
    path = [span for span, _ in found]
    scorer = Scorer(task.texts, estimates, sums, task.p, [(1, 1)])
    known = _inside(task, estimates, sums, path)

    def said(bead: Span) -> float:
        if bead not in known:
            i, k, j, m = bead
            table = scorer.tables([Window(i, k, j, m)], [MOST])[0]
            known[bead] = float(table[0, 0, 0]) - estimates.priors.log_of((1, 1))
        return known[bead]

    def together(i: int, j: int) -> bool:
        return bool(task.units[0][i] == task.units[1][j])

    sure = relatedness(task.texts, estimates, path).tolist()
    beads = [
        Bead(tuple(range(i, k)), tuple(range(j, m)), calibrated(posterior, task.p) * related)
        for ((i, k, j, m), posterior), related in zip(found, sure, strict=True)
    ]
    return _with_crossings(beads, find_crossings(path, said, together))


def _inside(task: _Task, estimates: Estimates, sums: Layout, path: Sequence[Span]) -> dict[Span, float]:
    """What the 2:2 beads of a path say, and the four pairs of sentences in each."""
    one, two = (1, 1), (2, 2)
    scorer, known = Scorer(task.texts, estimates, sums, task.p, [one, two]), {}
    beads = [bead for bead in path if (bead[1] - bead[0], bead[3] - bead[2]) == two]
    near = (list(group) for _, group in groupby(beads, lambda bead: bead[0] // TOGETHER))
    tables = (
        table for group in near for table in scorer.tables([Window(*bead) for bead in group], [MOST] * len(group))
    )
    for (i, k, j, m), table in zip(beads, tables, strict=True):
        known[i, k, j, m] = float(table[1, 0, 0]) - estimates.priors.log_of(two)
        for a, b in ((0, 0), (0, 1), (1, 0), (1, 1)):
            pair = (i + a, i + a + 1, j + b, j + b + 1)
            known[pair] = float(table[0, a, b]) - estimates.priors.log_of(one)
    return known


def _with_crossings(beads: Sequence[Bead], pairs: Sequence[tuple[int, int]]) -> list[Bead]:
    """Each pair in the place of its English sentence; its sentences leave the beads that they were in."""
    answer = dict(pairs)
    taken = set(answer.values())
    found: list[Bead] = []
    for bead in beads:
        if not (taken.intersection(bead.zh) or any(i in answer for i in bead.en)):
            found.append(bead)
        found += [Bead((i,), (answer[i],), CROSSING_CONFIDENCE, True) for i in bead.en if i in answer]
    return found


def _first_band(texts: Texts, sizes: Sequence[tuple[int, int]]) -> Band:
    """Small units whole, large ones between their anchors."""
    low: list[int] = []
    high: list[int] = []
    top = left = 0
    for a, b in sizes:
        if max(a, b) <= SMALL or not (a and b):
            new = np.zeros(a + 1, np.int64), np.full(a + 1, b)
        else:
            new = anchored(texts, (top, top + a), (left, left + b))
        if low:
            high[-1] = max(high[-1], left + int(new[1][0]))
        skipped = 1 if low else 0
        low += (left + new[0][skipped:]).tolist()
        high += (left + new[1][skipped:]).tolist()
        top, left = top + a, left + b
    return Band(np.array(low), np.array(high), tilt=int(any(max(of) > SMALL for of in sizes)))


def _near(path: Sequence[Span], sizes: Sequence[tuple[int, int]]) -> Band:
    """The band around a path, within its units; wide where the path has moved aside."""
    bottom, right = path[-1][1], path[-1][3]
    low, high = np.full(bottom + 1, right), np.zeros(bottom + 1, np.int64)
    for i, k, j, m in path:
        rows = slice(i, k + 1)
        low[rows], high[rows] = np.minimum(low[rows], j), np.maximum(high[rows], m)
    near, far = widened(low, high, ABOUT), widened(low, high, ABOUT_ASIDE)
    aside = _aside(path)
    low = np.maximum(np.where(aside, far[0] - WIDE, near[0] - NARROW), 0)
    high = np.minimum(np.where(aside, far[1] + WIDE, near[1] + NARROW), right)
    corner = np.cumsum([(0, 0), *sizes], axis=0)
    for (i, j), (k, m) in pairwise(corner.tolist()):
        low[i + 1 : k + 1], high[i:k] = np.maximum(low[i + 1 : k + 1], j), np.minimum(high[i:k], m)
    return Band(low, high, tilt=1)


def _aside(path: Sequence[Span]) -> NDArray[bool_]:
    """The English positions near which a path leaves several sentences in a row alone."""
    found, run = np.zeros(path[-1][1] + 1, bool), 0
    for i, k, j, m in path:
        run = run + 1 if min(k - i, m - j) == 0 else 0
        if run >= BLOCK:
            found[max(0, i - ABOUT_ASIDE) : k + ABOUT_ASIDE + 1] = True
    return found

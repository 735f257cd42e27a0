"""The lattice against every path there is: the same best one, the same posterior probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.aligner.lanes import Band, Span, abreast, lanes
from align.aligner.lattice import best_path
from align.aligner.parameters import MOST, MOST_BOTH, NULL_EN, Shape, shapes
from align.aligner.posterior import weighed
from align.aligner.scores import IMPOSSIBLE
from align.aligner.tables import Window

Path = tuple[Span, ...]


@dataclass(frozen=True)
class Case:
    """A band in windows, and the score of every bead that begins in it."""

    band: Band
    windows: list[Window]
    tables: list[NDArray[np.float32]]
    null: float
    shapes: tuple[Shape, ...]

    def score(self, span: Span) -> float:
        i, k, j, m = span
        if i == k:
            return self.null
        at = next(n for n, w in enumerate(self.windows) if w.top <= i < w.bottom)
        window = self.windows[at]
        return float(self.tables[at][self.shapes.index((k - i, m - j)), i - window.top, j - window.left])

    def inside(self, i: int, j: int) -> bool:
        at = i - self.band.top
        return 0 <= at < len(self.band.low) and bool(self.band.low[at] <= j <= self.band.high[at])

    def best(self) -> list[Span]:
        return best_path(self.windows, self.band, self.shapes, self.null, lambda a, b: self.tables[a:b])

    def posteriors(self, path: Sequence[Span]) -> list[float]:
        """The posterior probability of each bead of any path, which need not be the best."""
        groups = abreast(lanes(self.windows), self.windows, self.band, self.shapes, lambda a, b: self.tables[a:b])
        beads = (bead for group, slots in groups for bead in weighed(group, slots, self.windows, path, self.null))
        return [value for _, value in beads]


def case(
    low: Sequence[int],
    high: Sequence[int],
    seed: int,
    rows: int = 2,
    top: int = 0,
    null: float = -1.5,
    spread: float = 3.0,
    kinds: tuple[Shape, ...] = (),
) -> Case:
    chance = np.random.default_rng(seed)
    band = Band(np.array(low, np.int64), np.array(high, np.int64), top)
    windows = band.windows(rows)
    kinds = kinds or shapes()
    sizes = [(len(kinds), w.bottom - w.top, w.right - w.left) for w in windows]
    return Case(band, windows, [chance.normal(-1, spread, size).astype(np.float32) for size in sizes], null, kinds)


def paths(of: Case) -> list[Path]:
    """Every sequence of beads from corner to corner that touches only positions of the band."""
    top, bottom, left, right = of.band.corners

    def onwards(i: int, j: int) -> Iterator[Path]:
        if (i, j) == (bottom, right):
            yield ()
            return
        for a, b in ((0, 1), *of.shapes):
            if i + a <= bottom and j + b <= right and of.inside(i + a, j + b):
                for rest in onwards(i + a, j + b):
                    yield (i, i + a, j, j + b), *rest

    return list(onwards(top, left))


def check(of: Case) -> int:
    """Compare the lattice with all paths, and say how many there are."""
    every = paths(of)
    scores = [sum(map(of.score, path)) for path in every]
    best = of.best()
    assert tuple(best) in every
    assert sum(map(of.score, best)) == pytest.approx(max(scores), abs=1e-6)
    assert tuple(best) == every[int(np.argmax(scores))]
    weights = np.exp(np.array(scores) - max(scores))
    sums: dict[Span, float] = {}
    for path, weight in zip(every, weights.tolist(), strict=True):
        for span in path:
            sums[span] = sums.get(span, 0.0) + weight
    total = float(weights.sum())
    for asked in (best, every[0], every[-1]):
        assert of.posteriors(asked) == pytest.approx([sums[span] / total for span in asked], abs=1e-9)
    return len(every)


@pytest.mark.parametrize("rows", [1, 2, 3, 48])
@pytest.mark.parametrize(("en", "zh"), [(1, 1), (1, 4), (4, 1), (2, 3), (3, 2), (4, 4)])
def test_all_positions(en: int, zh: int, rows: int) -> None:
    for seed in range(3):
        check(case([0] * (en + 1), [zh] * (en + 1), seed, rows))


@pytest.mark.parametrize(("en", "zh"), [(1, 10), (10, 1), (2, 9), (9, 2)])
def test_the_longest_beads(en: int, zh: int) -> None:
    for seed in range(3):
        check(case([0] * (en + 1), [zh] * (en + 1), seed, 2))


def test_how_many_paths_there_are() -> None:
    """Counted by hand; one by two: three times without a link, two 1:1 and a gap, one 1:2."""
    sizes = [(1, 1), (1, 2), (2, 1), (1, 10), (10, 1)]
    assert [check(case([0] * (en + 1), [zh] * (en + 1), 1)) for en, zh in sizes] == [3, 6, 6, 65, 65]


@st.composite
def bands(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Bands that rise and can be passed, not all of them from edge to edge."""
    size = draw(st.integers(2, 5))
    steps = draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    low = list(accumulate(steps, initial=draw(st.integers(0, 3))))[:size]
    high, reach = [], 0
    for at in range(size):
        reach = max(reach, low[min(at + 1, size - 1)]) + draw(st.integers(0, 1))
        high.append(reach)
    return low, high


@given(
    band=bands(), rows=st.integers(1, 3), top=st.integers(0, 100), null=st.floats(-9, 0), spread=st.floats(0.1, 8),
    seed=st.integers(0, 1 << 20),
)  # fmt: skip
@settings(max_examples=120, deadline=None)
def test_bands_narrower_than_the_whole(
    band: tuple[list[int], list[int]], rows: int, top: int, null: float, spread: float, seed: int
) -> None:
    check(case(*band, seed, rows, top, null, spread))


@given(seed=st.integers(0, 1 << 20), dropped=st.sets(st.integers(1, len(shapes()) - 1)))
@settings(max_examples=40, deadline=None)
def test_any_set_of_shapes(seed: int, dropped: set[int]) -> None:
    """Whatever else is left out, sentences may stand alone."""
    kinds = tuple(shape for at, shape in enumerate(shapes()) if at not in dropped or shape == NULL_EN)
    check(case([0, 0, 1, 1, 2], [2, 3, 3, 4, 4], seed, 2, kinds=kinds))


@given(seed=st.integers(0, 1 << 20))
@settings(max_examples=40, deadline=None)
def test_impossible_beads_are_in_no_path(seed: int) -> None:
    of = case([0] * 4, [4] * 4, seed)
    chance = np.random.default_rng(seed + 1)
    for table in of.tables:
        table[(chance.random(table.shape) < 0.7) & (np.array(shapes()) != NULL_EN).any(1)[:, None, None]] = IMPOSSIBLE
    assert all(of.score(span) > IMPOSSIBLE / 2 for span in of.best())
    check(of)


def test_shapes_are_those_of_the_rules() -> None:
    for a, b in shapes():
        assert (a, b) in ((1, 1), NULL_EN) or (min(a, b) == 1 and max(a, b) <= MOST) or 2 <= max(a, b) <= MOST_BOTH
    assert len(set(shapes())) == len(shapes()) == 2 + 8 + 8 + 9


def test_windows_do_not_change_anything() -> None:
    """Forty rows in a band that rises in steps, in windows of many sizes."""
    low = [max(0, n - 3 - n % 5) for n in range(41)]
    low = list(accumulate(low, max))
    high = [min(40, n + 12) for n in range(41)]
    whole = case(low, high, 5, 41)
    path = whole.best()
    wanted = whole.posteriors(path)
    for rows in (1, 2, 7, 9, 10, 40):
        windows = whole.band.windows(rows)
        tables = [whole.tables[0][:, w.top : w.bottom, w.left : w.right] for w in windows]
        cut = Case(whole.band, windows, tables, whole.null, whole.shapes)
        assert cut.best() == path
        assert cut.posteriors(path) == pytest.approx(wanted, abs=1e-9)


def logs_of(of: Case, path: Sequence[Span]) -> list[float]:
    """The posteriors of a path's beads by sums of logarithms, position by position."""
    top, bottom, left, right = of.band.corners
    places = [(i, j) for i in range(top, bottom + 1) for j in range(left, right + 1) if of.inside(i, j)]
    kinds = ((0, 1), *of.shapes)
    before = dict.fromkeys(places, -np.inf) | {(top, left): 0.0}
    after = dict.fromkeys(places, -np.inf) | {(bottom, right): 0.0}
    for i, j in places:
        for a, b in kinds:
            if (i + a, j + b) in before:
                said = before[i, j] + of.score((i, i + a, j, j + b))
                before[i + a, j + b] = np.logaddexp(before[i + a, j + b], said)
    for i, j in reversed(places):
        ends = [(i + a, j + b) for a, b in kinds if (i + a, j + b) in after]
        on = [of.score((i, k, j, m)) + after[k, m] for k, m in ends]
        after[i, j] = np.logaddexp.reduce([after[i, j], *on])
    total = before[bottom, right]
    return [float(np.exp(before[i, j] + of.score((i, k, j, m)) + after[k, m] - total)) for i, k, j, m in path]


@pytest.mark.parametrize("gap", [20, 100, 160, 300])
def test_a_long_run_of_chinese_alone(gap: int) -> None:
    """Sentences answer each other before and behind a long insertion, and nothing inside it does."""
    low, high = [0, 0, 1, 2, 3, 3 + gap, 4 + gap], [2, 3, 4, 4 + gap, 5 + gap, 6 + gap, 6 + gap]
    of = case(low, high, 3, 2, null=-5.0, kinds=((1, 1), NULL_EN))
    for window, table in zip(of.windows, of.tables, strict=True):
        table[:] = -14
        for i in range(window.top, window.bottom):
            j = i if i < 4 else i + gap
            if window.left <= j < window.right:
                table[0, i - window.top, j - window.left] = 6
    path = of.best()
    assert [span[:3] for span in path if span[1] > span[0] and span[3] > span[2]] == [
        (i, i + 1, i if i < 4 else i + gap) for i in range(6)
    ]
    exact = gap < 100
    assert of.posteriors(path) == pytest.approx(logs_of(of, path), abs=1e-9 if exact else 1e-3)


def best_score(of: Case) -> float:
    """The score of the best path, position by position."""
    top, bottom, left, right = of.band.corners
    places = [(i, j) for i in range(top, bottom + 1) for j in range(left, right + 1) if of.inside(i, j)]
    best = dict.fromkeys(places, -np.inf) | {(top, left): 0.0}
    for i, j in places:
        for a, b in ((0, 1), *of.shapes):
            if (i + a, j + b) in best:
                best[i + a, j + b] = max(best[i + a, j + b], best[i, j] + of.score((i, i + a, j, j + b)))
    return best[bottom, right]


@pytest.mark.parametrize(("rows", "drift"), [(16, 0), (16, 7), (48, 3)])
def test_a_long_text_is_more_than_one_stretch(rows: int, drift: int) -> None:
    """What is looked at in parts is what it is as a whole; more than eight hundred sentences are in parts."""
    size = 840
    middle = [n + drift * n // 50 for n in range(size + 1)]
    low, high = [max(0, n - 5) for n in middle], [min(n + 5, middle[-1]) for n in middle]
    of = case(low, high, 11, rows, null=-2.0, kinds=((1, 1), NULL_EN, (1, 2), (2, 1), (1, 3), (2, 2)))
    path = of.best()
    assert sum(map(of.score, path)) == pytest.approx(best_score(of), abs=1e-4)
    assert of.posteriors(path) == pytest.approx(logs_of(of, path), abs=1e-4)


def test_a_path_is_whole() -> None:
    """Beads follow one another from corner to corner in a band of several hundred positions."""
    of = case([max(0, n - 20) for n in range(201)], [min(n + 20, 200) for n in range(201)], 9, 48)
    path = of.best()
    assert (path[0][0], path[0][2], path[-1][1], path[-1][3]) == (0, 0, 200, 200)
    assert all((k, m) == (i, j) for (_, k, _, m), (i, _, j, _) in pairwise(path))
    assert all(0.0 <= chance <= 1.0 for chance in of.posteriors(path))

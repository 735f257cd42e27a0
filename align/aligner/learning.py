"""A first path of beads -> better estimates: lengths, rates, priors, ends of beads, and words that go together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.compressed import different, sorted_unique, spread
from align.aligner.ends import expected
from align.aligner.lanes import Span
from align.aligner.layout import Estimates
from align.aligner.likelihood import Lexicon, Words, covered, floor, lexicon, weigh
from align.aligner.parameters import Parameters, Priors, first_priors
from align.aligner.tokens import Side, Texts

if TYPE_CHECKING:
    from typing import Any

    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

BELIEF, BELIEF_BOTH, BELIEF_SIZE, BELIEF_ENDS, BELIEF_RATE, BELIEF_WORD = 20.0, 200.0, 5.0, 30.0, 20.0, 4.0
"""For how many beads, beads, beads, beads, occurrences and occurrences the estimates before count."""
BELIEF_VARIANCE, BELIEF_RATIO = 10.0, 30.0
FEWEST = 5
"""Beads from which words are learned."""
SLICE = 128
"""Beads whose words are marked in one table, which stays in the processor's cache."""
AT_ONCE = 1 << 14
"""English words whose pairs are looked at together."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """One side's types bead by bead, each once a bead, and in how many beads each type is."""

    beads: NDArray[int64]
    types: NDArray[int64]
    used: NDArray[int64]


def learn(
    texts: Texts, ends: tuple[NDArray[int64], NDArray[int64]], before: Estimates, path: Sequence[Span], p: Parameters
) -> Estimates:
    """The estimates again, from a path; each held back by what was believed before."""
    two = np.array([bead for bead in path if bead[1] > bead[0] and bead[3] > bead[2]], np.int64).reshape(-1, 4)
    priors = _priors(path, p)
    if not len(two):
        return replace(before, priors=priors)
    ratio, variance = _lengths(texts, two, before, p)
    en = grouped(texts.en, two[:, 0], two[:, 1])
    zh = grouped(texts.zh, two[:, 2], two[:, 3])
    links = before.lexicon
    counts = before.en.covered, before.zh.covered
    if len(two) >= FEWEST:
        new = _new_edges(texts, en, zh, len(two), p)
        if len(new) or len(links.en_to) > len(texts.edges):
            links = lexicon(texts, different(np.concatenate([texts.edges, new]), texts.zh.count))
            counts = _covered_again(texts, before, links)
    begin, finish = _ends(ends, two)
    return replace(
        before,
        lexicon=links,
        en=_words(texts.en, en, zh, (links.zh_starts, links.zh_to), counts[0], texts.zh, p),
        zh=_words(texts.zh, zh, en, (links.en_starts, links.en_to), counts[1], texts.en, p),
        ratio=ratio,
        variance=variance,
        priors=priors,
        begin=begin,
        finish=finish,
    )


def _covered_again(texts: Texts, before: Estimates, links: Lexicon) -> tuple[NDArray[int64], NDArray[int64]]:
    """In how many sentences each type finds a rendering, counted again where one was learned now or before."""
    found = []
    for counts, other, old, new, back, to, side in (
        (before.en.covered, texts.zh, before.lexicon.en_starts, links.en_starts, links.zh_starts, links.zh_to, 0),
        (before.zh.covered, texts.en, before.lexicon.zh_starts, links.zh_starts, links.en_starts, links.en_to, 1),
    ):
        given = np.bincount(texts.edges[:, side], minlength=len(counts))
        changed = (np.diff(old) != given) | (np.diff(new) != given)
        kept = changed[to]
        starts = np.concatenate([[0], np.cumsum(kept)])[back]
        counts = counts.copy()
        counts[changed] = covered(other, starts, (np.cumsum(changed) - 1)[to[kept]], int(changed.sum()))
        found.append(counts)
    return found[0], found[1]


def _lengths(texts: Texts, two: NDArray[int64], before: Estimates, p: Parameters) -> tuple[float, float]:
    """Mean and variance of the log ratio of lengths, over beads of few sentences; extremes count for less."""
    few = two[(two[:, 1] - two[:, 0] <= 2) & (two[:, 3] - two[:, 2] <= 3)]
    sums = [np.concatenate([[0.0], np.cumsum(side.lengths)]) for side in (texts.en, texts.zh)]
    en, zh = sums[0][few[:, 1]] - sums[0][few[:, 0]], sums[1][few[:, 3]] - sums[1][few[:, 2]]
    logs, weight = np.log(en) - np.log(zh), np.sqrt(np.minimum(en, 200))
    ratio = ((weight * logs).sum() + BELIEF_RATIO * log(p.usual_ratio)) / (weight.sum() + BELIEF_RATIO)
    square = np.minimum((logs - ratio) ** 2 / (1 + p.short / en), 4 * before.variance)
    return float(ratio), float((square.sum() + BELIEF_VARIANCE * p.variance) / (len(square) + BELIEF_VARIANCE))


def _priors(path: Sequence[Span], p: Parameters) -> Priors:
    """Rates of each kind of bead, and how readily a bead takes one more sentence."""
    shapes = Counter((k - i, m - j) for i, k, j, m in path)
    believed = first_priors(p)

    def rate(count: int, belief: float, of: float) -> float:
        return (count + belief * of) / (len(path) + belief)

    def further(sizes: list[tuple[int, int]]) -> float:
        odds = p.further / (1 - p.further)
        more = sum((size - 2) * n for size, n in sizes if size >= 2)
        odds = (more + BELIEF_SIZE * odds) / (sum(n for size, n in sizes if size >= 2) + BELIEF_SIZE)
        return odds / (1 + odds)

    return replace(
        believed,
        null_en=rate(shapes[1, 0], BELIEF, believed.null_en),
        null_zh=rate(shapes[0, 1], BELIEF, believed.null_zh),
        merged_en=rate(sum(n for (a, b), n in shapes.items() if a > 1 == b), BELIEF, p.merged),
        merged_zh=rate(sum(n for (a, b), n in shapes.items() if b > 1 == a), BELIEF, p.merged),
        both=rate(sum(n for (a, b), n in shapes.items() if min(a, b) > 1), BELIEF_BOTH, p.both),
        further_en=further([(a, n) for (a, _), n in shapes.items()]),
        further_zh=further([(b, n) for (_, b), n in shapes.items()]),
    )


def grouped(side: Side, first: NDArray[int64], last: NDArray[int64]) -> Grouped:
    """One side's types by beads that take the sentences from `first` to `last`."""
    home = np.full(side.size, -1)
    sizes = last - first
    rows = np.repeat(first, sizes) + np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    home[rows] = np.repeat(np.arange(len(first)), sizes)
    bead = home[side.rows]
    there = bead >= 0
    key = bead[there] * side.count + side.types[there]
    if len(key) and (sizes > 1).any():
        key = sorted_unique(key)
    types = key % side.count
    return Grouped(key // side.count, types, np.bincount(types, minlength=side.count))


def _new_edges(texts: Texts, en: Grouped, zh: Grouped, beads: int, p: Parameters) -> NDArray[int64]:
    """Pairs of types that share beads far oftener than chance has it (Dunning 1993; Dice 1945)."""
    ours = ~texts.en.fixed[en.types] & (en.used[en.types] >= 2)
    theirs = ~texts.zh.fixed[zh.types] & (zh.used[zh.types] >= 2)
    found, counts = _together(en, zh, np.flatnonzero(ours), np.flatnonzero(theirs), texts.zh.count, p)
    joint, a, b = counts.astype(np.float64), found // max(texts.zh.count, 1), found % max(texts.zh.count, 1)
    fa, fb = en.used[a].astype(np.float64), zh.used[b].astype(np.float64)
    strong = (joint >= 2) & (2 * joint > p.dice * (fa + fb)) & (joint * beads > 2 * fa * fb)
    strong[strong] &= _ratio(joint[strong], fa[strong], fb[strong], beads) > p.telling
    return np.stack([a[strong], b[strong]], 1)


def _together(
    en: Grouped, zh: Grouped, ours: NDArray[int64], theirs: NDArray[int64], width: int, p: Parameters
) -> tuple[NDArray[int64], NDArray[int64]]:
    """Pairs of types that share at least two beads, as one number each, and how many beads they share.

    Only types are paired that are frequent enough alike for their Dice coefficient to reach the mark.
    """
    apart, most = 2 / p.dice - 1, int(max(en.used.max(initial=0), zh.used.max(initial=0))) + 1
    theirs = theirs[np.argsort(zh.beads[theirs] * most + zh.used[zh.types[theirs]], kind="stable")]
    keys, types = zh.beads[theirs] * most + zh.used[zh.types[theirs]], zh.types[theirs]
    bead, used = en.beads[ours] * most, en.used[en.types[ours]]
    begin = np.searchsorted(keys, bead + np.floor(used / apart).astype(np.int64), side="right")
    end = np.searchsorted(keys, bead + np.minimum(np.ceil(used * apart).astype(np.int64), most))
    found, kind = [], np.uint32 if len(en.used) * width < 1 << 32 else np.int64
    for first in range(0, len(ours), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        count = end[part] - begin[part]
        at = np.arange(count.sum()) + np.repeat(begin[part] - (np.cumsum(count) - count), count)
        found.append((np.repeat(en.types[ours[part]] * width, count) + types[at]).astype(kind))
    pairs = np.concatenate([*found, np.zeros(0, kind)])
    pairs.sort()
    first_of = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]])[: len(pairs)])
    counts = np.diff(first_of, append=len(pairs))
    return pairs[first_of[counts > 1]].astype(np.int64), counts[counts > 1]


def _ratio(joint: NDArray[Any], a: NDArray[Any], b: NDArray[Any], beads: int) -> NDArray[Any]:
    """Twice the log likelihood ratio of two types going together (Dunning 1993)."""

    def seen(hits: NDArray[Any], of: NDArray[Any], rate: NDArray[Any]) -> NDArray[Any]:
        rate = np.clip(rate, 1e-12, 1 - 1e-12)
        return np.asarray(hits * np.log(rate) + (of - hits) * np.log1p(-rate))

    rest, chance = np.maximum(beads - a, 1), b / beads
    apart = seen(joint, a, joint / a) + seen(b - joint, rest, (b - joint) / rest)
    return np.asarray(2 * (apart - seen(joint, a, chance) - seen(b - joint, rest, chance)))


def _words(
    side: Side, ours: Grouped, theirs: Grouped, back: tuple[NDArray[int64], NDArray[int64]], found: NDArray[int64],
    other: Side, p: Parameters,
) -> Words:  # fmt: skip
    """How often each type is rendered on purpose: its hits less those of chance, held back by the rate of all."""
    hits = np.bincount(ours.types[rendered_in(ours, theirs, back, side.count)], minlength=side.count)
    chance = found / other.size
    meant = np.clip((hits - ours.used * chance) / np.maximum(1 - chance, 0.02), 0, ours.used)
    rate = np.where(side.repeated, p.repeated, p.rendered)
    for kind in (side.repeated, ~side.repeated):
        able = kind & (found > 0)
        used = ours.used[able].sum()
        if used:
            rate[able] = (meant[able].sum() + BELIEF_RATE * rate[able].mean()) / (used + BELIEF_RATE)
    seen = np.where(found > 0, 1.0, floor(side, p))
    rendered = seen * (meant + BELIEF_WORD * rate) / (ours.used + BELIEF_WORD)
    return weigh(found, np.minimum(rendered, p.surest), side, other, p)


def rendered_in(
    ours: Grouped, theirs: Grouped, back: tuple[NDArray[int64], NDArray[int64]], count: int
) -> NDArray[bool_]:
    """For each type in each bead whether something in the bead renders it."""
    hit = np.zeros(len(ours.types), bool)
    able = np.flatnonzero(np.diff(back[0])[theirs.types])
    their_beads, their_types = theirs.beads[able], theirs.types[able]
    beads = int(ours.beads[-1]) + 1 if len(ours.beads) else 0
    for first in range(0, beads, SLICE):
        last = first + SLICE
        mine = slice(*np.searchsorted(ours.beads, (first, last)))
        yours = slice(*np.searchsorted(their_beads, (first, last)))
        which, at = spread(their_types[yours], back[0])
        rendered = np.zeros(SLICE * count, bool)
        rendered[((their_beads[yours] - first) * count)[which] + back[1][at]] = True
        hit[mine] = rendered[(ours.beads[mine] - first) * count + ours.types[mine]]
    return hit


def _ends(
    ends: tuple[NDArray[int64], NDArray[int64]], two: NDArray[int64]
) -> tuple[NDArray[float64], NDArray[float64]]:
    """Log likelihood ratios of how beads begin and end, from those of the path and from what was expected."""
    begin, finish = expected()
    en, zh = ends
    return (
        _table(en[two[:, 0], 0], zh[two[:, 2], 0], en[:, 0], zh[:, 0], begin),
        _table(en[two[:, 1] - 1, 1], zh[two[:, 3] - 1, 1], en[:, 1], zh[:, 1], finish),
    )


def _table(
    ours: NDArray[int64], theirs: NDArray[int64], en: NDArray[int64], zh: NDArray[int64], said: NDArray[float64]
) -> NDArray[float64]:
    joint = np.zeros(said.shape)
    np.add.at(joint, (ours, theirs), 1)
    a, b = np.bincount(en, minlength=said.shape[0]) + 0.5, np.bincount(zh, minlength=said.shape[1]) + 0.5
    apart = np.outer(a / a.sum(), b / b.sum())
    believed = apart * np.exp(said)
    share = (joint + BELIEF_ENDS * believed / believed.sum()) / (len(ours) + BELIEF_ENDS)
    answer: NDArray[float64] = np.log(share / apart)
    return answer

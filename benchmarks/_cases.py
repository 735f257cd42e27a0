"""Sets of gold -> the measurements of the table: what is aligned, how it scores, and what is aimed at."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import _hunalign
from _aligner import beads
from _gold import Gold, chop, drop
from _hunalign import Hunalign
from _scores import Counts, Judged, auroc, calibration_error, count, precision_sure, share_sure

Vary = Callable[[list[Gold], int], list[Gold]]


@dataclass(frozen=True, slots=True)
class Case:
    """A set, what is done to it, by how many seeds, and the strict F1 aimed at."""

    set: str
    how: str
    vary: Vary
    goal: float
    is_random: bool = False

    def name(self, seeds: int) -> str:
        """How the row is called."""
        if not self.is_random:
            return f"{self.set} {self.how}".strip()
        return f"{self.set} {self.how}, {f'mean of {seeds} seeds' if seeds > 1 else 'seed 0'}"


def _whole(golds: list[Gold], _: int) -> list[Gold]:
    return golds


def _drop_zh(golds: list[Gold], seed: int) -> list[Gold]:
    return drop(golds, ("zh",), seed)


def _drop_both(golds: list[Gold], seed: int) -> list[Gold]:
    return drop(golds, ("zh", "en"), seed)


def _chopped(golds: list[Gold], _: int) -> list[Gold]:
    return chop(golds)


CASES = (
    Case("mac-dev", "", _whole, 0.915),
    Case("mag", "", _whole, 0.990),
    Case("mag", "less 10 % of zh", _drop_zh, 0.970, True),
    Case("mag", "less 10 % of both", _drop_both, 0.945, True),
    Case("mag", "in documents of ten beads", _chopped, 0.985),
    Case("law-dev", "", _whole, 1.000),
    Case("law-dev", "less 10 % of zh", _drop_zh, 0.995, True),
    Case("law-dev", "less 10 % of both", _drop_both, 0.985, True),
)

TRUSTED = (("mac-dev", ""), ("mag", "less 10 % of zh"), ("mag", "less 10 % of both"))
"""The cases whose confidences are judged."""

TRUST: tuple[tuple[str, Callable[[Sequence[Judged]], float], str, float], ...] = (
    ("calibration error", calibration_error, "≤", 0.02),
    ("AUROC of right against wrong", auroc, "≥", 0.90),
    ("right beads with confidence ≥ .95", share_sure, "≥", 0.80),
    ("precision among beads with confidence ≥ .95", precision_sure, "≥", 0.95),
)


@dataclass(slots=True)
class Result:
    """What one seed of a case came to: ours, and hunalign's."""

    counts: Counts = field(default_factory=Counts)
    seconds: float = 0.0
    judged: list[Judged] = field(default_factory=list)
    rival: Counts = field(default_factory=Counts)
    rival_seconds: float = 0.0
    failure: str = ""


def measure(golds: Sequence[Gold], rival: Hunalign | None) -> Result:
    """Align every document; counts are pooled."""
    result = Result()
    for gold in golds:
        start = time.perf_counter()
        made = beads(gold.en, gold.zh)
        result.seconds += time.perf_counter() - start
        truth = set(gold.beads)
        result.counts += count(gold.beads, ((bead.en, bead.zh) for bead in made))
        result.judged += [(b.confidence, (b.en, b.zh) in truth) for b in made if b.en and b.zh]
        if rival:
            _measure_rival(result, gold, rival)
    return result


def _measure_rival(result: Result, gold: Gold, rival: Hunalign) -> None:
    found, run = _hunalign.align(rival, gold.en, gold.zh)
    result.rival += count(gold.beads, found)
    result.rival_seconds += run.seconds
    result.failure = result.failure or run.failure

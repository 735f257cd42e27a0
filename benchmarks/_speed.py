"""Gold joined to great lengths -> rows on speed and memory, each with what is aimed at."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import _hunalign
from _gold import Gold, Pair, join, read_beads, write
from _hunalign import Hunalign
from _processes import Run, measure
from _scores import Counts, count
from _table import Row, aimed, plain

GOALS = {1_000: 3_000, 10_000: 5_000, 50_000: 6_000}
"""English sentences a second, by how many there are."""

MEGABYTES = {50_000: 500, 200_000: 2_000}
COLD_SENTENCES, COLD_RUNS, COLD_GOAL = 30, 5, 0.6
LINEAR = 1.2
"""How much longer a sentence of the longest text may take than one of the text before."""

CALL, PAIR = "alignment call", "align pair, whole process"


@dataclass(frozen=True, slots=True)
class Timed:
    """One run over a joined text."""

    run: Run
    seconds: float
    counts: Counts


def rows(golds: Sequence[Gold], sizes: Sequence[int], rival: Hunalign | None) -> Iterator[Row]:
    """Every row, a size after the other, then the cold process."""
    pair = pair_command()
    pace: list[float] = []
    for size in sizes:
        gold = join(golds, size)
        with TemporaryDirectory() as folder:
            write(gold, Path(folder))
            call = _call(gold, Path(folder))
            yield _row(size, gold, CALL, call, _beside(gold, rival))
            pace.append(call.seconds / len(gold.en))
            yield from _pair_rows(size, gold, _pair(gold, Path(folder), pair) if pair else None)
    if len(pace) > 1 and sizes[-1] not in GOALS and all(pace):
        measured = (f"{pace[-1] / pace[-2]:.2f}", *aimed(pace[-1] / pace[-2], "≤", LINEAR))
        yield (plain(sizes[-1]), f"time a sentence, against {sizes[-2]:,}", *measured, "–", "–", "–")
    yield _cold(golds, pair)


def pair_command() -> list[str]:
    """The installed command with what makes it take sentences and print beads; empty where it has no `pair`."""
    script = Path(sys.executable).with_name("align")
    command = [*([str(script)] if script.exists() else [sys.executable, "-m", "align"]), "pair"]
    with TemporaryDirectory() as folder:
        knows = not measure([*command, "--help"], Path(folder, "help")).failure
    return [*command, "--is-split", "--beads"] if knows else []


def _call(gold: Gold, folder: Path) -> Timed:
    program = str(Path(__file__).with_name("_aligner.py"))
    out = folder / "called"
    run = measure([sys.executable, program, str(folder / "src.txt"), str(folder / "tgt.txt")], out)
    first, _, rest = out.read_text("utf-8").partition("\n")
    return Timed(run, 0.0 if run.failure else float(first), _score(gold, run, rest))


def _pair(gold: Gold, folder: Path, command: list[str]) -> Timed:
    out = folder / "paired"
    run = measure([*command, str(folder / "src.txt"), str(folder / "tgt.txt")], out)
    return Timed(run, run.seconds, _score(gold, run, out.read_text("utf-8")))


def _score(gold: Gold, run: Run, printed: str) -> Counts:
    made: Iterator[Pair] = iter(()) if run.failure else read_beads(printed)
    return count(gold.beads, made)


def _row(size: int, gold: Gold, what: str, timed: Timed, beside: str) -> Row:
    if timed.run.failure:
        return (plain(size), what, timed.run.failure, *aimed(None, "≥", GOALS.get(size)), "–", "–", beside)
    rate = len(gold.en) / timed.seconds
    scores = (f"{timed.counts.strict.f1:.4f}", f"{timed.counts.lax.f1:.4f}")
    return (plain(size), what, f"{rate:,.0f} /s", *aimed(rate, "≥", GOALS.get(size)), *scores, beside)


def _pair_rows(size: int, gold: Gold, timed: Timed | None) -> Iterator[Row]:
    if not timed:
        yield (plain(size), PAIR, "n/a", *aimed(None, "≥", GOALS.get(size)), "–", "–", "–")
        return
    yield _row(size, gold, PAIR, timed, "–")
    if not timed.run.failure:
        goal = aimed(timed.run.megabytes, "≤", MEGABYTES.get(size))
        yield (plain(size), "its peak memory", f"{timed.run.megabytes:,.0f} MB", *goal, "–", "–", "–")


def _beside(gold: Gold, rival: Hunalign | None) -> str:
    """What hunalign does with the same text."""
    if not rival:
        return "–"
    found, run = _hunalign.align(rival, gold.en, gold.zh)
    if run.failure:
        return run.failure
    counts = count(gold.beads, found)
    speed = f"{len(gold.en) / run.seconds:,.0f} /s, {run.megabytes:,.0f} MB"
    return f"{speed}, {counts.strict.f1:.4f} ({counts.lax.f1:.4f})"


def _cold(golds: Sequence[Gold], command: list[str]) -> Row:
    """A small job, most of whose time is starting up."""
    what = f"align pair, cold, median of {COLD_RUNS}"
    if not command:
        return (plain(COLD_SENTENCES), what, "n/a", *aimed(None, "≤", COLD_GOAL), "–", "–", "–")
    with TemporaryDirectory() as made:
        folder = Path(made)
        write(join(golds, COLD_SENTENCES), folder)
        files = [str(folder / name) for name in ("src.txt", "tgt.txt")]
        runs = [measure([*command, *files], folder / "paired") for _ in range(COLD_RUNS)]
    failure = next((run.failure for run in runs if run.failure), "")
    seconds = None if failure else median(run.seconds for run in runs)
    said = failure if seconds is None else f"{seconds:.2f} s"
    return (plain(COLD_SENTENCES), what, said, *aimed(seconds, "≤", COLD_GOAL), "–", "–", "–")

"""Folders of gold -> aligned texts to measure with, and harder or longer ones made of them, always the same."""

from __future__ import annotations

import random
from ast import literal_eval
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice, takewhile
from pathlib import Path

from align.characters import HAN_CHAR

Pair = tuple[tuple[int, ...], tuple[int, ...]]
"""A bead without its confidence: positions in the English, positions in the Chinese."""

SHARE = 0.1
"""Of the sentences of a side, how many are deleted."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A text in both languages, a sentence an entry, and the beads a person made; English first."""

    name: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    beads: tuple[Pair, ...]


def documents(folder: Path) -> list[Path]:
    """The folder itself, or the folders in it."""
    return [folder] if (folder / "src.txt").exists() else sorted(path for path in folder.iterdir() if path.is_dir())


def load(folder: Path) -> list[Gold]:
    """Every document of a set."""
    return [read(path) for path in documents(folder)]


def read(folder: Path) -> Gold:
    """One document, whichever language its src.txt is in."""
    src, tgt = (tuple((folder / name).read_text("utf-8").split("\n")[:-1]) for name in ("src.txt", "tgt.txt"))
    beads = tuple(read_beads((folder / "gold.txt").read_text("utf-8")))
    if _chinese(src) > _chinese(tgt):
        return Gold(folder.name, tgt, src, tuple((en, zh) for zh, en in beads))
    return Gold(folder.name, src, tgt, beads)


def read_beads(text: str) -> Iterator[Pair]:
    """The beads of lines such as `[0, 1]:[0]`."""
    for line in filter(str.strip, text.splitlines()):
        first, second = (tuple(literal_eval(side.strip())) for side in line.split(":")[:2])
        yield first, second


def write(gold: Gold, folder: Path) -> None:
    """A document in gold form, English as src.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    beads = "".join(f"{list(en)}:{list(zh)}\n" for en, zh in gold.beads if en or zh)
    for name, text in (("src.txt", _lines(gold.en)), ("tgt.txt", _lines(gold.zh)), ("gold.txt", beads)):
        (folder / name).write_text(text, "utf-8")


def drop(golds: Iterable[Gold], sides: Container[str], seed: int) -> list[Gold]:
    """The documents with a share of the sentences of `zh`, `en` or both deleted at random."""
    chance = random.Random(seed)
    found = []
    for gold in golds:
        zh = _chosen(chance, gold.zh) if "zh" in sides else set()
        en = _chosen(chance, gold.en) if "en" in sides else set()
        kept = ([n for n in range(len(side)) if n not in gone] for side, gone in ((gold.en, en), (gold.zh, zh)))
        found.append(_keep(gold, gold.beads, *kept))
    return found


def chop(golds: Iterable[Gold], size: int = 10) -> list[Gold]:
    """The documents cut into ones of so many beads; those with an empty side are left out."""
    found = []
    for gold in golds:
        for start in range(0, len(gold.beads), size):
            part = gold.beads[start : start + size]
            en, zh = (sorted({n for bead in part for n in bead[side]}) for side in (0, 1))
            if en and zh:
                found.append(_keep(gold, part, en, zh, f"{gold.name}-{start // size:04d}"))
    return found


def join(golds: Sequence[Gold], sentences: int) -> Gold:
    """One document of so many English sentences: all documents in turn, begun again when they run out."""
    en, zh, beads = [], [], []
    for gold in cycle(golds):
        if len(en) > sentences:
            break
        beads += [(_shift(ours, len(en)), _shift(theirs, len(zh))) for ours, theirs in gold.beads]
        en += gold.en
        zh += gold.zh
    part = tuple(takewhile(lambda bead: max(bead[0], default=0) < sentences, beads))
    last = [1 + max(n for bead in part for n in bead[side]) for side in (0, 1)]
    return Gold("joined", tuple(islice(en, last[0])), tuple(islice(zh, last[1])), part)


def _chinese(texts: Sequence[str]) -> int:
    return len(HAN_CHAR.findall("".join(texts[:200])))


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n" for text in texts)


def _chosen(chance: random.Random, side: Sequence[str]) -> set[int]:
    return set(chance.sample(range(len(side)), int(len(side) * SHARE)))


def _shift(positions: tuple[int, ...], by: int) -> tuple[int, ...]:
    return tuple(n + by for n in positions)


def _keep(gold: Gold, beads: Sequence[Pair], en: list[int], zh: list[int], name: str = "") -> Gold:
    """The part of a document that these positions leave, counted anew."""
    new_en, new_zh = ({old: new for new, old in enumerate(side)} for side in (en, zh))
    kept = tuple(
        (tuple(new_en[n] for n in ours if n in new_en), tuple(new_zh[n] for n in theirs if n in new_zh))
        for ours, theirs in beads
    )
    return Gold(name or gold.name, tuple(gold.en[n] for n in en), tuple(gold.zh[n] for n in zh), kept)

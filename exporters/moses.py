"""Bitexts -> the two plain files that machine translation is trained on, line by line each other's translation."""

from __future__ import annotations

from collections.abc import Iterable

from align.export import Exporter, Open, Options
from align.model import DRAFTS, Bitext, Link
from align.wishes import Memory

from ._beads import beads, is_trusted, spelled


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """`name.en` and `name.zh`: the pairs of sentences that a TMX holds, in order, those that come again too.

    A draft is left out: a line of plain text cannot say that it is one.
    """
    taken = set(options.memory.standings).difference(DRAFTS)
    left_out = 0
    with open(f"{options.name}.en") as english, open(f"{options.name}.zh") as chinese:
        for bitext in bitexts:
            for bead in beads(bitext):
                en, zh = line(bead.english), line(bead.chinese)
                if not (en and zh and is_trusted(bead.link)) or bead.standing in DRAFTS:
                    continue
                if bead.standing in taken and _is_wanted(bead.link, bitext, options.memory):
                    english.write(f"{en}\n".encode())
                    chinese.write(f"{zh}\n".encode())
                else:
                    left_out += 1
    if left_out:
        options.tell(f"left out {left_out} {'pair' if left_out == 1 else 'pairs'}, as asked for")


def _is_wanted(link: Link, bitext: Bitext, memory: Memory) -> bool:
    """Whether a pair is as sure, as confirmed and as official as is asked for."""
    if memory.standing == "official" and bitext.zh.conversion:
        return False
    return link.confidence >= memory.confidence and (memory.status == "all" or link.status == memory.status)


def line(text: str) -> str:
    """The text on one line, by whatever a program may take for the end of one; a tab, too, becomes a space."""
    return spelled(" ".join(part for part in text.replace("\t", " ").splitlines() if part)).strip()


exporter = Exporter(
    "en", "Plain text in two files (.en, .zh), line by line, to train machine translation.", write, ("memory",)
)

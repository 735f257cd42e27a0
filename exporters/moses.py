"""Bitexts -> the two plain files that machine translation is trained on, line by line each other's translation."""

from __future__ import annotations

from collections.abc import Iterable

from align.export import Exporter, Open, Options
from align.model import DRAFTS, Bitext

from ._beads import beads, is_trusted, spelled


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """`name.en` and `name.zh`: the beads that a TMX holds, in order, those that come again too.

    A draft is left out: a line of plain text cannot say that it is one.
    """
    with open(f"{options.name}.en") as english, open(f"{options.name}.zh") as chinese:
        for bitext in bitexts:
            for bead in beads(bitext):
                en, zh = line(bead.english), line(bead.chinese)
                if en and zh and is_trusted(bead.link) and bead.standing not in DRAFTS:
                    english.write(f"{en}\n".encode())
                    chinese.write(f"{zh}\n".encode())


def line(text: str) -> str:
    """The text on one line, by whatever a program may take for the end of one; a tab, too, becomes a space."""
    return spelled(" ".join(part for part in text.replace("\t", " ").splitlines() if part)).strip()


exporter = Exporter("en", "Plain text in two files (.en, .zh), line by line, to train machine translation.", write, ())

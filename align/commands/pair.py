"""Two plain texts -> what answers what: the command `align pair`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from align.commands._jobs import PATH, run_all
from align.console import given_paths, print_text, say


@click.command()
@click.argument("en", type=PATH)
@click.argument("zh", type=PATH)
@click.option("--is-split", is_flag=True, help="Each line is a segment already; nothing is joined or cut.")
@click.option("--beads", is_flag=True, help="Print [English numbers]:[Chinese numbers] instead of text.")
@click.option("--glossary", type=PATH, help="Terms that answer each other: English, a tab, Chinese; one a line.")
@click.option("--out", type=PATH, default=Path("-"), help="File for what is made, instead of standard output.")
def pair(en: Path, zh: Path, is_split: bool, beads: bool, glossary: Path | None, out: Path) -> None:
    """Align two plain texts and print what answers what.

    Prints English, Chinese and confidence (0 to 1) in UTF-8, with tabs between, one bead a line; a side
    that nothing answers is empty, or [] among numbers. Either text may come first, and one may be `-`.
    Numbers count from 0: with --is-split the lines of the file, else the sentences it was cut into.

    \b
    Examples:
      align pair old.en.txt old.zh.txt > old.tsv
      align pair en.txt zh.txt --is-split --beads
    """
    from align.pair import check_places, pair_files, rows, write

    check_places(en, zh, out)
    with given_paths((en, zh)) as given:
        first, second = given.paths
        done, errors = run_all([lambda: pair_files(first, second, is_split, glossary)], given)
        for paired in done:
            text = "".join(f"{row}\n" for row in rows(paired, beads))
            print_text(text) if str(out) == "-" else write(text, out)
            for note in paired.notes:
                say(given.typed(note))
    if errors:
        sys.exit(errors[0].status)

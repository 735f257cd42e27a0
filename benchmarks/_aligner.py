"""Two lists of sentences -> the beads the aligner makes of them; as a program, of two files, with the time it took.

    python benchmarks/_aligner.py EN ZH      the seconds of the call, then the beads as `[0, 1]:[0]`

One call with a sentence a side goes before the one that is timed, and loads the dictionary.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from align.aligner.beads import Bead, align_texts
from align.dictionary import load
from align.dictionary import signature as dictionary_signature


def beads(en: Sequence[str], zh: Sequence[str]) -> list[Bead]:
    """The beads of a document aligned whole, without items."""
    return align_texts(en, zh, load())


def signature() -> str:
    """What the figures depend on besides the code."""
    return dictionary_signature()


def main(paths: list[str]) -> None:
    """Print what one call takes and makes."""
    en, zh = (Path(path).read_text("utf-8").split("\n")[:-1] for path in paths)
    beads(["Hello."], ["你好。"])
    start = time.perf_counter()
    found = beads(en, zh)
    print(time.perf_counter() - start)
    for bead in found:
        print(f"{list(bead.en)}:{list(bead.zh)}")


if __name__ == "__main__":
    main(sys.argv[1:])

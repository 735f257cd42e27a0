"""Bitext -> findings that a person should look at: numbering, gaps, what is cut off or doubtful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from align.model import Bitext, Document, Finding, items
from align.summary import ranges

NAMES = {"en": "English", "zh": "Chinese"}


def check(bitext: Bitext) -> list[Finding]:
    """What is odd about a bitext, worst first within each kind."""
    found = [*_unplaced(bitext), *_undecodable(bitext)]
    for document in bitext.documents:
        found += _numbering(document)
    return [*found, *_doubtful(bitext)]


def _unplaced(bitext: Bitext) -> Iterator[Finding]:
    for witness in bitext.witnesses:
        for span in witness.record:
            if span.how == "unplaced":
                yield Finding(
                    "unplaced",
                    "warning",
                    f"{witness.file}: characters {span.start}–{span.end}",
                    f"text that no stage could place was left out: {span.text[:40]!r}.",
                    "Please report it with the file.",
                )


def _undecodable(bitext: Bitext) -> Iterator[Finding]:
    for witness in bitext.witnesses:
        if witness.undecodable:
            yield Finding(
                "undecodable",
                "warning",
                f"{witness.file}: character {witness.undecodable[0].offset}",
                f"{len(witness.undecodable)} stretches of bytes are not {witness.encoding}; U+FFFD stands for them.",
                "Save the file again as UTF-8 from the program it comes from.",
            )


def _numbering(document: Document) -> Iterator[Finding]:
    """Numbers used twice, skipped or out of order among the items of one language."""
    numbers = [item.number for item in items(document)]
    name = NAMES[document.id]
    twice = [number for number, count in Counter(numbers).items() if count > 1]
    if twice:
        yield Finding("number-repeated", "note", document.id, f"{name} uses {ranges(twice)} more than once.")
    plain = [int(number) for number in numbers if number.isdecimal()]
    skipped = [str(n) for a, b in pairwise(plain) if 1 < b - a < 1000 for n in range(a + 1, b)]
    if skipped:
        yield Finding("number-skipped", "note", document.id, f"{name} numbering skips {ranges(skipped)}.")
    back = [str(b) for a, b in pairwise(plain) if b < a]
    if back:
        yield Finding("number-order", "note", document.id, f"{name} numbering goes back at {', '.join(back)}.")


def _doubtful(bitext: Bitext) -> Iterator[Finding]:
    doubtful = [link for link in bitext.links if "doubtful" in link.flags]
    if doubtful:
        first = ", ".join((*doubtful[0].en, *doubtful[0].zh))
        yield Finding(
            "doubtful", "warning", first, f"{len(doubtful)} links are doubtful; the first joins {first}.", "Check them."
        )

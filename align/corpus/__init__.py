"""Bitext <-> TEI P5 on disk; with validate.py, the only place that knows TEI names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from align.model import Bitext


def write(bitext: Bitext) -> bytes:
    """The corpus file, byte for byte the same for the same bitext."""
    from align.corpus.body import GapPlan, group, stand_off
    from align.corpus.header import header

    plan = GapPlan(bitext)

    def lines() -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield from (f'<?xml-model href="../schemas/align.{suffix}" {kind}?>' for suffix, kind in MODELS)
        yield '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">'
        yield from header(bitext)
        yield from group(bitext, plan)
        yield from stand_off(bitext, plan)
        yield "</TEI>"

    return ("\n".join(lines()) + "\n").encode("utf-8")


MODELS = (
    ("rng", 'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"'),
    ("sch", 'type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"'),
)


def read(path: Path) -> Bitext:
    """The bitext of a valid corpus file. Raises DataError for what is no corpus of ours."""
    from align.corpus.reading import bitext
    from align.corpus.tree import parse

    return bitext(parse(path), str(path))

"""Two Documents of which one has its title -> both with theirs, where the other prints it among other text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.aligner.likeness import Likeness
from align.aligner.parameters import Parameters
from align.dictionary.arrays import Dictionary, empty
from align.model import Block, Document

LONGEST = {"en": 150, "zh": 60}
ENDS = tuple(".!?;:,。！？；：，、")
SMALL = 4
"""Letters of a word that may be small in a title: of, the, with."""
WORD = re.compile(r"[A-Za-z]+")
FIRST = 12
"""Paragraphs among which a title may stand."""
LIKE = 2.0
"""Log likelihood ratio of a title."""


def titled(
    en: Document, zh: Document, dictionary: Dictionary | None = None, glossary: Sequence[tuple[str, str]] = ()
) -> tuple[Document, Document]:
    """The two documents; one without a heading takes for it the paragraph that translates the other's.

    It is a line that looks like a title and stands before all sections and items.
    """
    if bool(en.heading) == bool(zh.heading):
        return en, zh
    lacking, other = (zh, en) if en.heading else (en, zh)
    found = list(_candidates(lacking))
    if not found:
        return en, zh
    likeness = Likeness(en, zh, dictionary or empty(), glossary, Parameters())
    title = Block("title", "paragraph", segments=other.heading)
    scores = likeness.of(*((found, [title]) if lacking is en else ([title], found))).ravel()
    best = int(scores.argmax())
    if scores[best] < LIKE:
        return en, zh
    made = _with_title(lacking, found[best])
    return (made, zh) if lacking is en else (en, made)


def _candidates(document: Document) -> Iterator[Block]:
    """Paragraphs before the first section or item that look like a title."""
    for block in document.blocks[:FIRST]:
        if block.kind in ("section", "item"):
            return
        if block.kind == "paragraph" and len(block.segments) == 1 and not block.blocks and not block.label:
            text = block.segments[0].text.strip()
            if len(text) <= LONGEST[document.id] and not text.endswith(ENDS) and _is_capital(text):
                yield block


def _is_capital(text: str) -> bool:
    """Whether every long word begins with a capital; Chinese has none."""
    return not any(word[0].islower() for word in WORD.findall(text) if len(word) > SMALL)


def _with_title(document: Document, block: Block) -> Document:
    """The document with a paragraph as its heading; no other id changes."""
    heading = tuple(replace(s, id=f"{document.id}.h.s{at}") for at, s in enumerate(block.segments, 1))
    return replace(document, heading=heading, blocks=tuple(b for b in document.blocks if b.id != block.id))

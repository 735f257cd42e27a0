"""Bitext -> what in it is a draft: no text of the document, but a translation that stands where there is none."""

from __future__ import annotations

from align.model import DRAFTS, Bitext, Lang, walk


def drafted(bitext: Bitext) -> dict[str, str]:
    """The standing of every block that is a draft, by its id."""
    standing = {witness.id: witness.standing for witness in bitext.witnesses if witness.standing in DRAFTS}
    if not standing:
        return {}
    every = (block for document in bitext.documents for block in walk(document.blocks))
    return {block.id: standing[block.witness] for block in every if block.witness in standing}


def drafted_segments(bitext: Bitext) -> dict[str, str]:
    """The standing of every sentence that is a draft, by its id."""
    found = drafted(bitext)
    every = (block for document in bitext.documents for block in walk(document.blocks) if block.id in found)
    return {s.id: found[block.id] for block in every for s in (*block.heading, *block.segments)}


def drafted_languages(bitext: Bitext) -> dict[Lang, tuple[str, ...]]:
    """The standings of the drafts in each language that has any, highest first."""
    found = drafted(bitext)
    held = {d.id: {found[block.id] for block in walk(d.blocks) if block.id in found} for d in bitext.documents}
    return {lang: tuple(each for each in DRAFTS if each in standings) for lang, standings in held.items() if standings}


MARKS = {
    "working": ("Working translation, not official", "工作译文，非官方文本", "工作譯文，非官方文本"),
    "machine": (
        "Machine draft, unreviewed, not official",
        "机器译文，未经审校，非官方文本",
        "機器譯文，未經審校，非官方文本",
    ),
}
"""What a draft says of itself wherever it is shown: in English, in Simplified, in Traditional."""


def mark(standing: str, tag: str) -> str:
    """The words that every draft carries, in English and in the script of the document's Chinese."""
    en, simplified, traditional = MARKS[standing]
    return f"{en} 〔{traditional if tag.startswith('zh-Hant') else simplified}〕"


def marks(bitext: Bitext) -> tuple[str, ...]:
    """The marks of all drafts in a bitext; none where it has no draft."""
    found = set(drafted(bitext).values())
    return tuple(mark(standing, bitext.zh.tag) for standing in DRAFTS if standing in found)

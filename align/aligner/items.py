"""The blocks of two documents -> which English block answers which Chinese one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from align.aligner.keys import Item, listed
from align.aligner.likeness import Likeness
from align.aligner.numbered import Answer, answers
from align.aligner.sections import Partners, pair_sections
from align.aligner.versions import agreement, differing
from align.model import Block, Document, block_segments, walk
from align.units import Group, groups

UNLIKE = -4.0
"""Score of an item that has no answer."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """English block id -> Chinese block id; which English ones answer across others, which look like other texts."""

    partners: Partners
    crossing: frozenset[str]
    suspect: frozenset[str]


def pair_blocks(en: Document, zh: Document, likeness: Likeness) -> Pairing:
    """What answers what of sections, items and runs of paragraphs.

    Items answer as their numbers and their content say. Sections answer by the items they hold, else
    in order as their words say. Paragraphs answer between the same neighbours.
    """
    ours, theirs = listed(en), listed(zh)
    found = answers(ours, theirs, likeness)
    partners = {ours[answer.en].block.id: theirs[answer.zh].block.id for answer in found}
    pair_sections(en.blocks, zh.blocks, partners, likeness)
    _pair_runs(en.blocks, zh.blocks, partners, {block.id: block for block in walk(zh.blocks)})
    return Pairing(
        partners,
        frozenset(ours[answer.en].block.id for answer in found if answer.crossing),
        frozenset(_suspects((en, zh), (ours, theirs), found, partners, likeness)),
    )


def _suspects(
    documents: tuple[Document, Document],
    items: tuple[Sequence[Item], Sequence[Item]],
    found: Sequence[Answer],
    partners: Partners,
    likeness: Likeness,
) -> Iterator[str]:
    """English blocks whose answer looks like another text: items, and the rest where most items do."""
    told = [a for a in found if _has_text(items[0][a.en].block) and _has_text(items[1][a.zh].block)]
    scores = [answer.score for answer in told]
    share = agreement([*scores, *[UNLIKE] * max(0, min(map(len, items)) - len(found))])
    verdicts = differing(scores, [answer.beaten for answer in told], share)
    yield from (items[0][answer.en].block.id for answer, differs in zip(told, verdicts, strict=True) if differs)
    if share < 0.5:
        others = list(_others(documents, partners))
        scores = [float(likeness.of([a], [b])[0, 0]) for a, b in others]
        verdicts = differing(scores, [False] * len(scores), share)
        yield from (block.id for (block, _), differs in zip(others, verdicts, strict=True) if differs)


def _has_text(block: Block) -> bool:
    return any(True for _ in block_segments(block))


def _others(documents: tuple[Document, Document], partners: Partners) -> Iterator[tuple[Block, Block]]:
    """Sections, as their headings, and runs of paragraphs that answer each other."""
    ours, theirs = (dict(_own(document.blocks)) for document in documents)
    for name, block in ours.items():
        other = theirs.get(partners.get(name, ""))
        if other and _has_text(block) and _has_text(other):
            yield block, other


def _own(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """What is no item, with what it holds of its own, by the id of its first block."""
    for group in groups(blocks):
        if group[0].kind == "section":
            yield group[0].id, replace(group[0], blocks=())
            yield from _own(group[0].blocks)
        elif group[0].kind != "item":
            yield group[0].id, Block(group[0].id, "paragraph", blocks=group)


def _pair_runs(en: Sequence[Block], zh: Sequence[Block], partners: Partners, every: Mapping[str, Block]) -> None:
    """Runs of paragraphs answer each other when they follow the same answered block; `every` is all Chinese blocks."""
    slots: dict[str, Group] = {}
    for slot, run in _slots(zh, {answer: answer for answer in partners.values()}):
        slots.setdefault(slot, run)
    for slot, run in list(_slots(en, partners)):
        if slot in slots:
            partners[run[0].id] = slots.pop(slot)[0].id
    for block in en:
        if block.kind == "section":
            answer = every.get(partners.get(block.id, ""))
            _pair_runs(block.blocks, answer.blocks if answer else (), partners, every)


def _slots(blocks: Sequence[Block], answers: Partners) -> Iterator[tuple[str, Group]]:
    """Each run of paragraphs with the answer of the last answered block before it."""
    slot = ""
    for group in groups(blocks):
        if group[0].kind in ("section", "item"):
            slot = answers.get(group[0].id, slot)
        else:
            yield slot, group

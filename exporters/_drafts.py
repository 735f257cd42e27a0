"""Brief -> what its pages say of drafts, so that none of them alone is taken for an official text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from align.drafts import drafted, mark
from align.model import DRAFTS, Bitext, Block, block_segments

from ._brief import Brief, Cell, Paragraph, Run
from ._wording import LANGUAGE


def running(brief: Brief, langs: Collection[str] = ("en", "zh")) -> str:
    """What every page of an edition in these languages says of drafts; nothing where there are none."""
    shown = [said for lang, said in brief.drafts if lang in langs]
    hidden = [f"{LANGUAGE[lang][0]} (not shown here): {said}" for lang, said in brief.drafts if lang not in langs]
    return " · ".join(dict.fromkeys((*shown, *hidden)))


def opens_as_draft(cell: Cell) -> bool:
    """Whether a cell opens with what a draft says of itself, which no paragraph of the other side answers."""
    said = "".join(run.text for run in cell[0] if run.style == "mark") if cell else ""
    return said in {mark(standing, tag) for standing in DRAFTS for tag in ("zh-Hans", "zh-Hant")}


def body_of(cell: Cell) -> Cell:
    """A cell without what a draft says of itself."""
    return cell[1:] if opens_as_draft(cell) else cell


def draft_runs(said: str) -> Paragraph:
    """What is said of drafts as runs of ours, each in its language."""
    made: list[Run] = []
    for at, part in enumerate(re.split("(〔.*?〕)", said)):
        made += [Run(part, "zh" if at % 2 else "en", "mark")] if part else []
    return tuple(made)


def opening_marks(bitext: Bitext) -> dict[str, Paragraph]:
    """What drafts say of themselves, by the id of the first sentence of each item, or of a block outside items."""
    found = drafted(bitext)

    def outermost(blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            if block.id in found:
                yield block
            if block.kind == "section":
                yield from outermost(block.blocks)

    held = ((next(block_segments(block), None), block) for d in bitext.documents for block in outermost(d.blocks))
    return {first.id: draft_runs(mark(found[block.id], bitext.zh.tag)) for first, block in held if first}

"""A tree of blocks -> the same tree with the text flagged that its source breaks off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from align.characters import ENDED, HAN_CHAR
from align.model import Block, Segment

STOP = re.compile("[.!?。！？]")
CLOSED = re.compile(
    r"(?:^|[.!?;。！？；]\s*)[（(][^()（）]*[)）]$|[:：;；│┘╯]$|[;；,，]\s*(?:and|or|和|或|以及|及|或者)$"
)
"""Ends that are no stop and yet cut nothing off: a note in brackets, what leads to a list, a table."""
DANGLING = re.compile(r"(?:\b(?:the|an?|of|with|and|or|to|from|for|by|into|between)|[、和与與及])$")
"""Ends after which a sentence goes on."""
LEADS = (":", "：")


@dataclass(slots=True)
class _Run:
    """Items that stand in one list: their numbers rise; `led` by a text that ends in a colon."""

    led: bool
    items: list[Block]

    @property
    def has_no_stops(self) -> bool:
        """Whether the list is one whose items need none, as the points of one sentence do."""
        ends = [_ends(item) for item in self.items]
        return (self.led and not _mostly_stopped(ends)) or (len(ends) > 1 and True not in ends)


def flag_truncated(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Items that end without a stop, flagged, where most items of the document and most beside them have one.

    One that only heads those below it (3.1 above 3.1.1) needs none. Nor do those of a list in which none has
    one, or most have none and a colon leads to it; its last one is flagged where its last word needs another.
    So is each such item where most have a stop of those that end in no list of points.
    """
    found = list(_items(blocks))
    ends = {item.id: _ends(item) for item in found}
    heads = {a.id for a, b in pairwise(found) if b.number.startswith(f"{a.number}.")}
    if len(found) < 3 or not _mostly_stopped([ends[item.id] for item in found]):
        told = [ends[item.id] for item in found if not _ends_in_a_list(item)]
        sure = {item.id for item in found if _is_dangling(item)} if _mostly_stopped(told) else set()
        return tuple(_flagged(block, {item.id for item in found} - sure | heads) for block in blocks)
    groups: dict[str, list[bool | None]] = {}
    for item in found:
        groups.setdefault(_parent(item), []).append(ends[item.id])
    stopped = {parent: _mostly_stopped(held) for parent, held in groups.items()}
    open_ended = {item.id for item in found if not stopped[_parent(item)]}
    listed = {item.id for run in _runs(blocks) if run.has_no_stops for item in _but_dangling(run.items)}
    return tuple(_flagged(block, heads | open_ended | listed) for block in blocks)


def _ends_in_a_list(item: Block) -> bool:
    return bool(item.blocks) and item.blocks[-1].kind == "point"


def _parent(item: Block) -> str:
    return item.number.rpartition(".")[0]


def _mostly_stopped(ends: Sequence[bool | None]) -> bool:
    return sum(end is True for end in ends) * 2 > len(ends)


def _but_dangling(listed: Sequence[Block]) -> Sequence[Block]:
    """The items of a list without the last, where its text goes on."""
    return listed[:-1] if _is_dangling(listed[-1]) else listed


def _is_dangling(item: Block) -> bool:
    return any(DANGLING.search(text) for text in _texts(item)[-1:])


def _runs(blocks: Sequence[Block]) -> list[_Run]:
    """The lists of a document, of each level of its numbers: one begins behind a colon or where numbers go back."""
    runs: list[_Run] = []
    open_runs: dict[str, _Run] = {}
    for item, before in _led(blocks, ""):
        run = open_runs.get(_parent(item))
        led = before.endswith(LEADS)
        if run is None or led or _order(item) < _order(run.items[-1]):
            run = open_runs[_parent(item)] = _Run(led, [])
            runs.append(run)
        run.items.append(item)
    return runs


def _order(item: Block) -> list[int]:
    return [int(number) for number in re.findall("[0-9]+", item.number)]


def _led(blocks: Sequence[Block], before: str) -> Iterator[tuple[Block, str]]:
    """Each item with the paragraph or heading that stands before it."""
    for block in blocks:
        if block.kind == "item":
            yield block, before
        if block.kind == "section":
            yield from _led(block.blocks, "".join(segment.text for segment in block.heading))
        before = "".join(_texts(block)[-1:])


def _texts(block: Block) -> list[str]:
    """The running text of a block, paragraph by paragraph, without its heading."""
    return [segment.text.rstrip() for inner in (block, *block.blocks) for segment in inner.segments]


def _items(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "item":
            yield block
        yield from _items(block.blocks)


def _ends(item: Block) -> bool | None:
    """Whether an item's last paragraph has its stop; None where it is no running text that would have one.

    A name, a date, a page number or a line in capitals is none, nor is a point, but where its last word needs
    another and the points beside it have their ends.
    """
    last = [segment for block in item.blocks for segment in block.segments][-1:]
    if not last or not _is_running(last[0].text):
        return None
    if _ends_in_a_list(item):
        return False if _is_cut_point(item) else None
    return bool(ENDED.search(last[0].text) or CLOSED.search(last[0].text)) or _ends_short(last[0])


def _is_cut_point(item: Block) -> bool:
    *others, last = (_texts(block)[-1:] for block in item.blocks if block.kind == "point")
    ended = [bool(ENDED.search(text) or CLOSED.search(text)) for [text] in filter(None, others)]
    return bool(ended and all(ended) and last and not CLOSED.search(last[0]) and DANGLING.search(last[0]))


def _ends_short(segment: Segment) -> bool:
    """Whether the last line of wrapped text stops well before the others: what lost its last line does not."""
    widths = [0]
    for span in segment.spans:
        if span.kind == "joined":
            widths.append(0)
        else:
            widths[-1] += len(span.becomes)
    return len(widths) > 2 and widths[-1] < 0.6 * max(widths)


def _is_running(text: str) -> bool:
    """Whether a text is in sentences: it has a stop, or words that are no names, or a dozen Han characters."""
    words = text.split()
    plain = len(words) > 2 and any(word[0].islower() for word in words)
    return plain or bool(STOP.search(text)) or len(HAN_CHAR.findall(text)) > 11


def _flagged(block: Block, whole: set[str]) -> Block:
    if block.kind == "section":
        return replace(block, blocks=tuple(_flagged(inner, whole) for inner in block.blocks))
    if block.kind != "item" or block.id in whole or _ends(block) is not False:
        return block
    at = max(i for i, inner in enumerate(block.blocks) if inner.segments)
    last = block.blocks[at]
    cut_off = replace(last, segments=(*last.segments[:-1], replace(last.segments[-1], truncated=True)))
    return replace(block, blocks=(*block.blocks[:at], cut_off, *block.blocks[at + 1 :]))

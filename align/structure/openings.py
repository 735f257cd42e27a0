"""Lines of one language -> which of them open a section, an item, a point, or what is outside of all items."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from align.characters import ENDED
from align.model import BlockKind, Line
from align.numbering import (
    ANNEX,
    BULLET,
    CLOSING,
    ITEM_STYLES,
    PREAMBLE,
    SECTION_STYLES,
    STYLES,
    Key,
    Label,
    chain,
    follows,
    heading_label,
    labels,
)

LEVELS = {"part": 1, "chapter": 2, "division": 3}
INNER_LEVEL = 4
NAMED_STYLES = {"part", "chapter", "division", "article", "named"}
"""Labels that say by a word what they number, at whatever level of a list."""
LEAF_LEVEL = 9
"""The level of a section that holds paragraphs only, such as a preamble."""
SHORT = {"en": 110, "zh": 45}
MIN_TITLE = {"en": 6, "zh": 3}
OPENS_POINTS = re.compile(r"(?:[:;,.：；，、。]|[;；,，]\s*(?:and|or|and/or|和|或|或者|以及))\s*$")
"""How a line ends that a point may follow though the text is wrapped."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a block: its kind, the level of a section, the label it begins with.

    `outside`: an item that is open ends before it.
    """

    kind: BlockKind
    level: int = 0
    label: Label | None = None
    outside: bool = False


def find_openings(lines: Sequence[Line]) -> dict[int, Opening]:
    """Which lines open a section, an item or a point."""
    found = _candidates(lines)
    chains = {style: _chain(style, found[style], lines) for style in found}
    style = _item_style(chains, lines)
    items = chains.get(style, {})
    inner = {at: items[at] for at in _nested(items, lines)}
    items = {at: label for at, label in items.items() if at not in inner}
    openings = {at: Opening("item", label=label) for at, label in items.items()}
    sections = dict(_section_styles(style))
    for name, level in sections.items():
        for at, label in chains.get(name, {}).items():
            openings.setdefault(at, Opening("section", level, label))
    for at, heading in _above_outline(lines, items):
        openings.setdefault(at, Opening("section", INNER_LEVEL, heading))
    for at, level in _outer(_headings(lines), lines, items):
        openings.setdefault(
            at,
            Opening("section", level, heading_label(lines[at].text) if lines[at].hint.startswith("heading-") else None),
        )
    openings = {at: opening for at, opening in openings.items() if lines[at].hint != "text" and at not in inner}
    points = _points(lines, openings, {style, *sections})
    points |= {at: Opening("point", label=label) for at, label in inner.items()}
    return openings | points | {at: Opening("paragraph", outside=True) for at in _behind(lines, openings, points)}


def _nested(items: dict[int, Label], lines: Sequence[Line]) -> Iterator[int]:
    """Lines of a list inside an item that counts as the items do: a colon leads to 1, the item's next comes after."""
    places = sorted(items)
    keys = [items[at].key for at in places]
    done = 0
    for n in range(1, len(places)):
        leads = lines[places[n] - 1].text.rstrip().endswith((":", "："))
        if n < done or keys[n] != (1,) or not leads or lines[places[n] - 1].hint.startswith("heading-"):
            continue
        done = n + 1
        while done < len(keys) and follows(keys[done - 1], keys[done]):
            done += 1
        if done < len(keys) and len(keys[n - 1]) == 1 and follows(keys[n - 1], keys[done]):
            yield from places[n:done]


def _candidates(lines: Sequence[Line]) -> dict[str, list[tuple[int, Label]]]:
    found: dict[str, list[tuple[int, Label]]] = {style.name: [] for style in STYLES}
    for at, line in enumerate(lines):
        if line.hint == "text":
            continue
        if line.hint == "row":
            found["decimal"].append((at, Label("decimal", (int(line.ordinal),), str(int(line.ordinal)), 0)))
            continue
        for label in labels(line.text, line.ordinal):
            if line.depth < 2 or len(label.key) > 1 or label.style in NAMED_STYLES:
                found.setdefault(label.style, []).append((at, label))
    return found


def _chain(style: str, found: list[tuple[int, Label]], lines: Sequence[Line]) -> dict[int, Label]:
    """The labels of one style that make a sequence, by line."""
    weighed = [(label.key, 0.95 if lines[at].continues else 1.15) for at, label in found]
    return {found[i][0]: found[i][1] for i in chain(weighed)}


def _item_style(chains: dict[str, dict[int, Label]], lines: Sequence[Line]) -> str:
    """The style of the items: the outermost one there is, unless it only heads sections.

    Arabic numbers that start again and again under Han or Roman ones are points of those where the
    outer ones open running text, and items where those are titles.
    """
    for style in ITEM_STYLES:
        if not chains.get(style) or (style.startswith("bracket") and len(chains[style]) < 2):
            continue
        outer = [name for name in ("han", "roman") if len(chains.get(name, {})) > 1]
        if style == "decimal" and outer and _restarts(chains[style]) > 1 and not _are_titles(chains[outer[0]], lines):
            return outer[0]
        return style
    return ""


def _are_titles(found: dict[int, Label], lines: Sequence[Line]) -> bool:
    """Whether most labelled lines are titles that stand alone."""
    titles = sum(
        is_title(lines[at].text, lines[at].lang) and not (at + 1 < len(lines) and lines[at + 1].continues)
        for at in found
    )
    return titles * 3 >= len(found) * 2


def _restarts(found: dict[int, Label]) -> int:
    return sum(label.key == (1,) for label in found.values())


def _section_styles(item_style: str) -> Iterator[tuple[str, int]]:
    for name in SECTION_STYLES:
        yield name, LEVELS[name]
    if item_style == "decimal":
        yield "han", INNER_LEVEL
        yield "roman", INNER_LEVEL


def _headings(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Headings that show by layout: the reader's, and short lines that say one thing in both languages."""
    bilingual = [at for at, line in enumerate(lines) if line.hint == "bilingual"]
    few = len(bilingual) * 3 <= len(lines)
    for at, line in enumerate(lines):
        if line.hint.startswith("heading-"):
            yield at, int(line.hint[-1])
        elif PREAMBLE.fullmatch(line.text):
            yield at, LEAF_LEVEL
        elif ANNEX.fullmatch(line.text) and is_title(line.text, line.lang) and not line.continues:
            yield at, 1
        elif few and line.hint == "bilingual" and is_title(line.text, line.lang):
            yield at, INNER_LEVEL


def _above_outline(lines: Sequence[Line], items: dict[int, Label]) -> Iterator[tuple[int, Label]]:
    """Titles whose number needs no mark, because the first number of the level below follows: 1 Trade, 1.1 Ports."""
    for at, label in items.items():
        above = at - 1
        found = heading_label(lines[above].text) if above >= 0 and above not in items else None
        if found and label.key == (found.key[0], 1) and is_title(lines[above].text, lines[above].lang):
            yield above, found


def _outer(
    headings: Iterator[tuple[int, int]], lines: Sequence[Line], items: dict[int, Label]
) -> Iterator[tuple[int, int]]:
    """The headings that are not inside an item; one of a lower level than the item's own heading is."""
    opened = sorted(items)
    for at, level in headings:
        before = bisect_left(opened, at) - 1
        hint = lines[opened[before]].hint if before >= 0 else ""
        if not (hint.startswith("heading-") and int(hint[-1]) < level):
            yield at, level


def is_title(text: str, lang: str) -> bool:
    """Short, and no sentence."""
    return len(text) <= SHORT[lang] and not text.rstrip().endswith((".", "。", ";", "；", ",", "，"))


@dataclass(slots=True)
class _Counting:
    """Where each style of points stands inside the item being read."""

    last: dict[tuple[str, int], Key] = field(default_factory=dict)

    def takes(self, label: Label, depth: int) -> bool:
        before = self.last.get((label.style, depth))
        taken = set(label.key) == {1} or (before is not None and follows(before, label.key))
        if taken:
            self.last[label.style, depth] = label.key
        return taken


def _points(lines: Sequence[Line], openings: dict[int, Opening], taken: set[str]) -> dict[int, Opening]:
    """Lines that begin with a number of a further style which counts up from one, or with a bullet.

    In a list that the format nests, the style of the items and sections may be used again.
    """
    found: dict[int, Opening] = {}
    counting = _Counting()
    for at, line in enumerate(lines):
        if at in openings:
            counting = _Counting()
            continue
        if line.hint == "text" or (at and line.continues and not OPENS_POINTS.search(lines[at - 1].text)):
            continue
        read = (x for x in labels(line.text, line.ordinal) if x.style not in taken or line.depth > 1)
        label = next((x for x in read if counting.takes(x, line.depth)), None)
        bullet = BULLET.match(line.text.lstrip())
        if label:
            found[at] = Opening("point", label=label)
        elif bullet:
            lead = len(line.text) - len(line.text.lstrip())
            found[at] = Opening("point", label=Label("bullet", (0,), "", lead + bullet.end()))
    return found


def _behind(lines: Sequence[Line], openings: dict[int, Opening], points: dict[int, Opening]) -> Iterator[int]:
    """The lines that open what is no part of the item before: behind a list, or behind the last item of all."""
    yield from _behind_lists(lines, openings, points)
    yield from _behind_last(lines, openings, points)


def _behind_lists(lines: Sequence[Line], openings: dict[int, Opening], points: dict[int, Opening]) -> Iterator[int]:
    """The line behind each list of the format's own in which no item but the last could have more text than its own.

    The next list begins where numbers begin again.
    """
    plain = [
        at
        for at, line in enumerate(lines)
        if at not in openings and at not in points and not line.depth and line.after_blank
    ]
    listed = [at for at, opening in sorted(openings.items()) if opening.kind == "item" and lines[at].depth]
    restarts = [n for n, at in enumerate(listed) if not n or _key(openings[at]) <= _key(openings[listed[n - 1]])]
    for n, m in pairwise([*restarts, len(listed)]):
        first, last = listed[n], listed[m - 1]
        until = min((at for at in openings if at > last), default=len(lines))
        behind = plain[bisect_left(plain, last) : bisect_left(plain, until)]
        if m - n > 1 and behind and bisect_left(plain, first) == bisect_left(plain, last):
            yield behind[0]


def _key(opening: Opening) -> Key:
    return opening.label.key if opening.label else (0,)


def _behind_last(lines: Sequence[Line], openings: dict[int, Opening], points: dict[int, Opening]) -> Iterator[int]:
    """The line behind the last item of a text that opens what is no part of it: a closing line or a title."""
    last = max((at for at, opening in openings.items() if opening.kind == "item"), default=len(lines))
    inside = any(_opens_more(lines, at) for at in range(1, last) if at not in openings and at not in points)
    for at in range(last + 1, len(lines)):
        if at in openings:
            return
        closes = CLOSING.fullmatch(lines[at].text) and not lines[at].continues
        if at not in points and (closes or (not inside and _opens_more(lines, at))):
            yield at
            return


def _opens_more(lines: Sequence[Line], at: int) -> bool:
    """A short line without a stop, set off by blanks, after a sentence that has its stop and before more text."""
    before, line = lines[at - 1], lines[at]
    if at + 1 == len(lines) or line.continues or line.row or not (line.after_blank and lines[at + 1].after_blank):
        return False
    long_enough = len(line.text.strip()) >= MIN_TITLE[line.lang]
    return long_enough and is_title(line.text, line.lang) and bool(ENDED.search(before.text.rstrip()))

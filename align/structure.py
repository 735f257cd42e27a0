"""Lines of one language -> its Document: sections, numbered items, points, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from align.characters import ENDED
from align.model import BlockKind, Document, Lang, Line
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
    labels,
)
from align.outline import Draft, build
from align.provenance import is_visible

LEVELS = {"part": 1, "chapter": 2, "division": 3}
INNER_LEVEL = 4
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


def outline(lines: Sequence[Line], lang: Lang, tag: str) -> Document:
    """The tree of one language's text; before segmentation, each paragraph is one segment."""
    lines = [line for line in lines if is_visible(line.text)]
    title = _title_lines(lines)
    rest = lines[len(title) :]
    openings = _openings(rest)
    root = Draft("section")
    open_sections = [root]
    for opening, run in _runs(rest, openings):
        _place(open_sections, opening, run)
    return build(root, title, lang, tag)


def _title_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """The document's own heading: the one first-level heading, or a short line without a stop, that comes first."""
    if len(lines) < 2 or lines[0].row:
        return ()
    first, second = lines[0], lines[1]
    top = sum(line.hint == "heading-1" for line in lines)
    if first.hint or top:
        return lines[:1] if first.hint == "heading-1" and top == 1 else ()
    opens = any(labels(first.text)) or BULLET.match(first.text.lstrip()) or PREAMBLE.fullmatch(first.text)
    stands_alone = not second.continues and not opens
    is_short = MIN_TITLE[first.lang] <= len(first.text.strip()) and is_title(first.text, first.lang)
    longer = max(len(line.text) for line in lines[1:]) > len(first.text)
    return lines[:1] if stands_alone and is_short and longer and not first.text.rstrip().endswith((":", "：")) else ()


def _runs(lines: Sequence[Line], openings: dict[int, Opening]) -> Iterator[tuple[Opening | None, list[Line]]]:
    """Lines that make one heading or paragraph together, with what they open."""
    run: list[Line] = []
    opening: Opening | None = None
    for at, line in enumerate(lines):
        closed = opening is not None and opening.kind == "section" and not _goes_on(opening, run, line)
        if run and (at in openings or closed or not (line.continues or _goes_on(opening, run, line))):
            yield opening, run
            run = []
        if not run:
            opening = openings.get(at)
        run.append(line)
    if run:
        yield opening, run


def _goes_on(opening: Opening | None, run: list[Line], line: Line) -> bool:
    """A section's label that stands alone on its line has its title on the next one."""
    label = opening.label if opening and opening.kind == "section" else None
    alone = label is not None and len(run) == 1 and label.end >= len(run[0].text.rstrip())
    if line.witness != run[0].witness or line.number > run[0].number + 1 + line.after_blank:
        return False
    return alone and is_title(line.text, line.lang)


def _place(open_sections: list[Draft], opening: Opening | None, run: list[Line]) -> None:
    """Hang one run into the tree: what it opens closes everything of its level and below."""
    section = open_sections[-1]
    item = section.inner[-1] if section.inner and section.inner[-1].kind == "item" else None
    if item and (item.lines[0].witness != run[0].witness or (opening and opening.outside)):
        item = None  # a file's end is an item's end
    if opening and opening.kind == "item" and section.level == LEAF_LEVEL:
        open_sections.pop()
        section = open_sections[-1]
    if opening and opening.kind == "section":
        while len(open_sections) > 1 and open_sections[-1].level >= opening.level:
            open_sections.pop()
        made = Draft("section", run, opening.label, opening.level)
        open_sections[-1].inner.append(made)
        open_sections.append(made)
    elif opening and opening.kind == "item":
        section.inner.append(Draft("item", run, opening.label))
    else:
        kind: BlockKind = opening.kind if opening else "paragraph"
        (item or section).inner.append(Draft(kind, run, opening.label if opening else None))


def _openings(lines: Sequence[Line]) -> dict[int, Opening]:
    """Which lines open a section, an item or a point."""
    found = _candidates(lines)
    chains = {style: _chain(style, found[style], lines) for style in found}
    style = _item_style(chains, lines)
    items = chains.get(style, {})
    openings = {at: Opening("item", label=label) for at, label in items.items()}
    sections = dict(_section_styles(style))
    for name, level in sections.items():
        for at, label in chains.get(name, {}).items():
            openings.setdefault(at, Opening("section", level, label))
    for at, level in _headings(lines):
        openings.setdefault(at, Opening("section", level))
    points = _points(lines, openings, {style, *sections})
    return openings | points | {at: Opening("paragraph", outside=True) for at in _behind(lines, openings, points)}


def _candidates(lines: Sequence[Line]) -> dict[str, list[tuple[int, Label]]]:
    found: dict[str, list[tuple[int, Label]]] = {style.name: [] for style in STYLES}
    for at, line in enumerate(lines):
        if line.hint == "row":
            found["decimal"].append((at, Label("decimal", (int(line.ordinal),), str(int(line.ordinal)), 0)))
            continue
        for label in labels(line.text, line.ordinal):
            if line.depth < 2 or len(label.key) > 1:
                found[label.style].append((at, label))
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
        if at and line.continues and not OPENS_POINTS.search(lines[at - 1].text):
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

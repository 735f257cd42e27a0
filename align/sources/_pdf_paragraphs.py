"""Flows of printed lines -> what each line is: the beginning of a paragraph, a heading, a note."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.characters import ENDED
from align.sources._pdf_glyphs import Sheet
from align.sources._pdf_layout import Flow
from align.sources._pdf_lines import Printed, is_wide

STOPPED = re.compile(r"[.!?。！？…;；:：][”’\"'»）)」』】\]]*$")
LABELLED = re.compile(
    r"[(（]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[一二三四五六七八九十]{1,3})[)）.．、](?!\d)|\d{1,3}(?:\.\d{1,3})+\s"
    r"|第\s?[\d一二三四五六七八九十百千零〇]+(?:\s?[-之]\s?\d+)?\s?[条條章节節编編款项項]|[•·●○■□▪◆–—-]\s"
    r"|(?:Article|Section|Chapter|Part|Paragraph|Clause|Annex|Appendix|Schedule)\s+[\dIVXLC]+\b"
)
NOTE_NUMBER = re.compile(r"[\[(]?\d{1,3}[\])]?[.、]?(?:\s|(?=[^\W\d]))|[*†‡§]|[\u2460-\u2473]")
LEADER = re.compile(r"(?:\. ?){4,}|…{2,}|·{4,}")
ENDS_TITLE = re.compile(r"[.,;:!?。，；：！？、]$")
LONGEST_TITLE = 30
"""Words, or pairs of Han characters, in a heading."""


@dataclass(slots=True)
class Said:
    """A line and what its layout says of it; `after_blank` as in `Line`."""

    line: Printed
    flow: Flow
    after_blank: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Type:
    """What is usual in a file: the size of its text, the step between lines of each size, its headings' sizes."""

    body: float
    pitch: dict[float, float]
    headings: tuple[float, ...]
    indents: bool


def describe(flows: Sequence[Flow], sheets: Sequence[Sheet]) -> list[Said]:
    """What the layout says of every line, in reading order."""
    _set_edges(flows)
    usual = _type(flows)
    notes = _notes(flows, sheets, usual)
    found: list[Said] = []
    before: Said | None = None
    for flow in flows:
        said = [Said(line, flow) for line in flow.lines]
        first = notes.get(id(flow), len(said))
        for at, one in enumerate(said):
            one.hint = "note" if at >= first else ""
            if at in (0, first):
                one.after_blank = one.hint == "note" or before is None or not _goes_on(before, one, said, usual)
            else:
                one.after_blank = _begins(said, at, usual)
        body = said[:first]
        before = None if flow.row else (body[-1] if body else before)
        found += said
    _headings(found, usual)
    return found


def _set_edges(flows: Sequence[Flow]) -> None:
    """Give each flow its left and right edge: its own, or those of columns in its place on other pages."""
    kinds: dict[tuple[int, int, int], list[Printed]] = defaultdict(list)
    for flow in flows:
        if not flow.row and flow.lines:
            for parity in (0, 1):
                kinds[(*flow.place, parity)] += flow.lines if flow.lines[0].page % 2 == parity else []
    for flow in flows:
        lines = flow.lines
        if not flow.row and len(lines) < 12:
            kin = kinds[(*flow.place, lines[0].page % 2)]
            lines = kin if _near(flow.lines, kin) else lines
        flow.left, flow.right = _edges(lines)


def _near(lines: Sequence[Printed], kin: Sequence[Printed]) -> bool:
    left, right = _edges(kin)
    return min(line.x0 for line in lines) >= left - 6 and max(line.x1 for line in lines) <= right + 6


def _edges(lines: Sequence[Printed]) -> tuple[float, float]:
    lefts = Counter(round(line.x0) for line in lines)
    left = min(x for x, times in lefts.items() if times >= 0.1 * len(lines) or (x == min(lefts) and len(lines) < 10))
    rights = sorted(line.x1 for line in lines)
    return float(left), rights[min(len(rights) - 1, int(0.97 * len(rights)))]


def _type(flows: Sequence[Flow]) -> Type:
    sizes: Counter[float] = Counter()
    steps: dict[float, Counter[float]] = defaultdict(Counter)
    indented = 0
    for flow in flows:
        for at, line in enumerate(flow.lines):
            sizes[_size(line)] += len(line.text)
            before = flow.lines[at - 1] if at else None
            if before and _size(before) == _size(line):
                steps[_size(line)][round(before.y - line.y)] += 1
                inward = line.x0 - flow.left
                indented += 0.8 * line.size < inward < 4 * line.size and before.x0 - flow.left < 0.3 * line.size
    body = max(sizes, key=lambda size: (sizes[size], size))
    total = sum(sizes.values())
    large = sorted((size for size in sizes if size >= 1.15 * body and sizes[size] < 0.25 * total), reverse=True)
    pitch = {size: _usual_step(counts) for size, counts in steps.items()}
    return Type(body, pitch, tuple(large), indented >= 3)


def _size(line: Printed) -> float:
    return round(line.size * 2) / 2


def _usual_step(counts: Counter[float]) -> float:
    """The smallest step that is common: paragraphs may stand further apart more often than lines."""
    positive = {step: times for step, times in counts.items() if step > 2}
    total = sum(positive.values())
    return min((step for step, times in positive.items() if times >= 0.15 * total), default=0.0)


def _begins(said: Sequence[Said], at: int, usual: Type) -> bool:
    """Whether a line begins a paragraph, by where it and the lines around it stand."""
    before, line, flow = said[at - 1], said[at].line, said[at].flow
    a = before.line
    if said[at].hint == "note":
        return line.marked or bool(NOTE_NUMBER.match(line.text)) or _wide_gap(a, line, usual)
    if (
        line.bullet
        or LEADER.search(a.text)
        or abs(a.size - line.size) > 0.12 * max(a.size, line.size)
        or _wide_gap(a, line, usual)
    ):
        return True
    if _centred(a, flow) and not _centred(line, flow):
        return True
    room = flow.right - a.x1 - line.word - 0.3 * line.size
    if _centred(a, flow) and _centred(line, flow):
        if _size(line) in usual.headings:
            return bool(LABELLED.match(line.text))
        return room > 2 * line.size and not line.text[:1].islower() and not re.search(r"[,，、-]$", a.text)
    if line.bold != a.bold and room > 2 * line.size:
        return True
    inward = line.x0 - a.x0
    if inward > 0.8 * line.size:
        return not _hangs(said, at)
    if inward < -0.8 * line.size and not before.after_blank:
        return True
    cue = STOPPED.search(a.text) or LABELLED.match(line.text)
    return room > 2.5 * line.size and bool(cue)


def _wide_gap(a: Printed, b: Printed, usual: Type) -> bool:
    pitch = usual.pitch.get(_size(b), 0.0) or 1.25 * b.size
    return a.y - b.y > max(pitch, b.size) + 0.32 * b.size


def _centred(line: Printed, flow: Flow) -> bool:
    left, right = line.x0 - flow.left, flow.right - line.x1
    return left > 1.5 * line.size and abs(left - right) < max(2.0, 0.12 * (left + right))


def _hangs(said: Sequence[Said], at: int) -> bool:
    """Whether an indented line goes on under the text that follows a label on the line above it."""
    before, line, flow = said[at - 1], said[at].line, said[at].flow
    a = before.line
    if not (before.after_blank or at == 1):
        return False
    under = abs(a.hang - line.x0) <= 0.4 * line.size
    if a.bullet or (under and LABELLED.match(a.text)):
        return flow.right - a.x1 - line.word < 4 * line.size or not STOPPED.search(a.text)
    following = said[at + 1].line if at + 1 < len(said) else None
    steady = following is not None and abs(following.x0 - line.x0) < 0.3 * line.size
    full = flow.right - a.x1 - line.word < 2 * line.size
    return full and not ENDED.search(a.text) and (steady or under or bool(LABELLED.match(a.text)))


def _goes_on(before: Said, one: Said, said: Sequence[Said], usual: Type) -> bool:
    """Whether the first line of a column or page goes on where the one before it stopped."""
    a, line, flow = before.line, one.line, one.flow
    if flow.row or line.bullet or abs(a.size - line.size) > 0.12 * line.size or line.bold != a.bold:
        return False
    if _centred(line, flow) or _centred(a, before.flow):
        return False
    ended = bool(ENDED.search(a.text))
    if line.text[:1].islower() and not ended:
        return True
    full = before.flow.right - a.x1 - line.word < 2 * line.size
    indent = line.x0 - flow.left > 0.8 * line.size
    if indent and len(said) > 1 and abs(said[1].line.x0 - line.x0) < 0.3 * line.size:
        indent = line.x0 - flow.left > a.x0 - before.flow.left + 0.8 * line.size
    if indent or not full:
        return False
    return not ended or (usual.indents and not LABELLED.match(line.text))


def _notes(flows: Sequence[Flow], sheets: Sequence[Sheet], usual: Type) -> dict[int, int]:
    """Of each flow that ends in footnotes, which line is the first of them."""
    rules = {
        sheet.number: [r for r in sheet.rules if r.y0 == r.y1 and r.x1 - r.x0 < 0.7 * sheet.width] for sheet in sheets
    }
    tall = {sheet.number: sheet for sheet in sheets}
    found: dict[int, int] = {}
    for flow in flows:
        small = len(flow.lines)
        while small and flow.lines[small - 1].size <= 0.93 * usual.body and not flow.row:
            small -= 1
        for at in range(small, len(flow.lines)):
            line = flow.lines[at]
            sheet = tall[line.page]
            above = flow.lines[at - 1].y if at else sheet.top
            ruled = any(line.y < rule.y0 < above and _beside(rule.x0, line) for rule in rules[line.page])
            low = line.y < sheet.bottom + 0.6 * sheet.height
            if low and (line.marked or NOTE_NUMBER.match(line.text) or ruled):
                found[id(flow)] = at
                break
    return found


def _beside(x: float, line: Printed) -> bool:
    return abs(x - line.x0) < 4 * line.size


def _headings(said: Sequence[Said], usual: Type) -> None:
    """Name the headings: short paragraphs in type that is clearly larger than the text."""
    levels: dict[float, int] = {}
    for size in usual.headings:
        near = next((s for s in levels if s - size <= 0.5), None)
        levels[size] = levels[near] if near else min(6, len(set(levels.values())) + 1)
    for group in _paragraphs(said):
        text = " ".join(one.line.text for one in group)
        size = _size(group[0].line)
        if (
            size in levels
            and len(group) <= 3
            and not group[0].hint
            and not group[0].flow.row
            and not group[0].line.bullet
            and is_title(text)
        ):
            for one in group:
                one.hint = f"heading-{levels[size]}"


def is_title(text: str) -> bool:
    """Whether a text is short and ends as a title does."""
    words = len(text.split()) + sum(map(is_wide, text)) / 2
    return words <= LONGEST_TITLE and not ENDS_TITLE.search(text) and any(char.isalpha() for char in text)


def _paragraphs(said: Sequence[Said]) -> Iterator[list[Said]]:
    group: list[Said] = []
    for one in said:
        if group and (one.after_blank or one.hint != group[-1].hint):
            yield group
            group = []
        group.append(one)
    if group:
        yield group

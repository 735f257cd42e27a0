"""The fragments of a page -> flows in reading order: columns, cells of tables, and what stands between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from align.characters import HAN_CHAR
from align.sources._pdf_glyphs import Rule, Sheet
from align.sources._pdf_lines import Fragment, Printed, printed

STOPPED = re.compile(r"[.!?。！？…;；:：][”’\"'»）)」』】\]]*$")
FEWEST = 4
"""How many lines a column has at least."""


@dataclass(slots=True)
class Flow:
    """Lines that are read from the top down: a column, or a cell with its row and column.

    `place` tells columns of one kind: how many stand side by side and which of them it is.
    """

    lines: list[Printed]
    place: tuple[int, int] = (1, 1)
    row: str = ""
    column: int = 0
    left: float = 0.0
    right: float = 0.0


@dataclass(slots=True)
class Region:
    """Fragments that are read together, before they are lines."""

    fragments: list[Fragment]
    place: tuple[int, int] = (1, 1)
    row: str = ""
    column: int = 0


@dataclass(slots=True)
class Grid:
    """A ruled table: the places of its upright and of its level rules."""

    xs: list[float]
    ys: list[float]

    def holds(self, fragment: Fragment) -> bool:
        """Whether a fragment stands inside the table."""
        middle = fragment.y + 0.3 * fragment.size
        return (
            self.ys[0] - 1 < middle < self.ys[-1] + 1
            and self.xs[0] - 2 < (fragment.x0 + fragment.x1) / 2 < self.xs[-1] + 2
        )


@dataclass(slots=True)
class Reader:
    """Puts the pages of one file into reading order; remembers where its columns part."""

    gutters: list[float] = field(default_factory=list)
    facing: list[float] = field(default_factory=list)
    tables: int = 0
    before: list[Flow] = field(default_factory=list)

    def flows(self, sheet: Sheet, fragments: Sequence[Fragment]) -> list[Flow]:
        """The flows of a page in reading order."""
        grids = sorted(_grids(sheet.rules), key=lambda grid: -grid.ys[-1])
        grids = [grid for grid in grids if _is_table(grid, fragments)]
        regions: list[Region] = []
        rest = list(fragments)
        for grid in grids:
            above = [f for f in rest if f.y >= grid.ys[-1] - 1 and not grid.holds(f)]
            inside = [f for f in rest if grid.holds(f)]
            rest = [f for f in rest if f.y < grid.ys[-1] - 1 and not grid.holds(f)]
            regions += self._columns(above) + self._cells(grid, inside)
        regions += self._columns(rest)
        flows = [_flow(region, sheet.number) for region in regions if region.fragments]
        flows = self._row_over_pages(flows)
        self.before = flows or self.before
        return flows

    def _row_over_pages(self, flows: list[Flow]) -> list[Flow]:
        """Add the rest of a row to its cells on the page before; the flows that are new."""
        last = {flow.column: flow for flow in self.before if flow.row and flow.row == self.before[-1].row}
        first = {flow.column: flow for flow in flows if flow.row and flow.row == flows[0].row}
        both = [(last[column], first[column]) for column in first if column in last]
        if not both or len(last) < len(first) or any(not _same_column(*pair) for pair in both):
            return flows
        if not any(_in_mid_sentence(a.lines[-1].text, b.lines[0].text) for a, b in both):
            return flows
        for above, rest in both:
            above.lines += rest.lines
        return [flow for flow in flows if flow not in first.values()]

    def _cells(self, grid: Grid, fragments: Sequence[Fragment]) -> list[Region]:
        self.tables += 1
        cells: dict[tuple[int, int], Region] = {}
        for fragment in fragments:
            middle = fragment.y + 0.3 * fragment.size
            row = sum(y > middle for y in grid.ys[1:-1])
            column = sum(x < (fragment.x0 + fragment.x1) / 2 for x in grid.xs[1:-1])
            name = f"t{self.tables}.r{row + 1}"
            cells.setdefault((row, column), Region([], row=name, column=column + 1)).fragments.append(fragment)
        return [cells[place] for place in sorted(cells)]

    def _columns(self, fragments: list[Fragment]) -> list[Region]:
        """Regions in reading order; a gutter over many lines parts columns, what crosses it stands between."""
        best = self._gutter(fragments)
        if best is None:
            return [Region(fragments)] if fragments else []
        x, top, bottom = best
        above = [f for f in fragments if f.y >= top]
        inside = [f for f in fragments if bottom < f.y < top]
        below = [f for f in fragments if f.y <= bottom]
        left = [f for f in inside if f.x1 <= x]
        right = [f for f in inside if f.x1 > x]
        fewest = 1 if any(abs(x - other) < 12 for other in self.facing) else 5
        facing = _facing(left, right, fewest)
        (self.facing if facing else self.gutters).append(x)
        middle = self._facing(facing) if facing else self._side_by_side(left, right)
        return [*self._columns(above), *middle, *self._columns(below)]

    def _side_by_side(self, left: list[Fragment], right: list[Fragment]) -> list[Region]:
        regions = [*self._columns(left), *self._columns(right)]
        for at, region in enumerate(regions, 1):
            if not region.row:
                region.place = (len(regions), at)
        return regions

    def _facing(self, bands: Iterable[tuple[list[Fragment], list[Fragment]]]) -> list[Region]:
        self.tables += 1
        return [
            Region(cell, row=f"t{self.tables}.r{row}", column=column)
            for row, band in enumerate(bands, 1)
            for column, cell in enumerate(band, 1)
            if cell
        ]

    def _gutter(self, fragments: Sequence[Fragment]) -> tuple[float, float, float] | None:
        """Where columns part, and between which heights; the one with most lines beside it."""
        if len(fragments) < 3:
            return None
        left, right = min(f.x0 for f in fragments), max(f.x1 for f in fragments)
        width = right - left
        known = [x for x in (*self.gutters, *self.facing) if left + 0.2 * width < x < right - 0.2 * width]
        steps = [left + width * at / 100 for at in range(22, 79)]
        best: tuple[int, float, float, float] | None = None
        for x in [*steps, *known]:
            for top, bottom, inside in _between_crossings(fragments, x):
                lefts = [f for f in inside if f.x1 <= x]
                rights = [f for f in inside if f.x0 >= x]
                score = min(len(lefts), len(rights))
                if score > (best[0] if best else 0) and _are_columns(lefts, rights, width, x in known):
                    middle = (max(f.x1 for f in lefts) + min(f.x0 for f in rights)) / 2
                    best = score, middle, top, bottom
        return best[1:] if best else None


def _between_crossings(fragments: Sequence[Fragment], x: float) -> Iterator[tuple[float, float, list[Fragment]]]:
    """The runs of fragments that do not cross a place, each with the heights it lies between."""
    ordered = sorted(fragments, key=lambda f: -f.y)
    top = float("inf")
    run: list[Fragment] = []
    for fragment in ordered:
        if fragment.x0 < x < fragment.x1:
            run = [f for f in run if f.y > fragment.y + 0.5]
            if run:
                yield top, fragment.y + 0.5, run
            top, run = fragment.y - 0.5, []
        elif fragment.y < top:
            run.append(fragment)
    if run:
        yield top, float("-inf"), run


def _are_columns(lefts: Sequence[Fragment], rights: Sequence[Fragment], width: float, known: bool) -> bool:
    """Whether two sides are columns of running text: enough lines, wide, and filled."""
    if not lefts or not rights:
        return False
    if known and min(len(lefts), len(rights)) >= 1 and max(len(lefts), len(rights)) >= 2:
        return max(f.x1 for f in lefts) < min(f.x0 for f in rights)
    if len(lefts) < FEWEST or len(rights) < FEWEST:
        return False
    size = median(f.size for f in lefts)
    apart = min(f.x0 for f in rights) - max(f.x1 for f in lefts)
    top, bottom = min(lefts[0].y, rights[0].y), max(lefts[-1].y, rights[-1].y)
    beside = top - bottom >= 0.5 * min(lefts[0].y - lefts[-1].y, rights[0].y - rights[-1].y)
    return apart >= 0.6 * size and beside and all(_filled(side, width) for side in (lefts, rights))


def _filled(side: Sequence[Fragment], width: float) -> bool:
    extent = max(f.x1 for f in side) - min(f.x0 for f in side)
    by_row = [sum(f.x1 - f.x0 for f in row) for _, row in groupby(side, key=lambda f: f.row)]
    return extent >= 0.22 * width and median(by_row) >= 0.5 * extent


def _facing(
    left: Sequence[Fragment], right: Sequence[Fragment], fewest: int
) -> list[tuple[list[Fragment], list[Fragment]]]:
    """Bands of two columns whose paragraphs begin at the same heights throughout; nothing where they do not."""
    sides = left, right
    breaks = [
        (max(a_low, b_low) + min(a_high, b_high)) / 2
        for a_low, a_high in _gaps(left)
        for b_low, b_high in _gaps(right)
        if max(a_low, b_low) < min(a_high, b_high)
    ]
    edges = [float("inf"), *sorted(breaks, reverse=True), float("-inf")]
    bands = [tuple([f for f in side if low < f.y <= high] for side in sides) for high, low in pairwise(edges)]
    pairs = [(a, b) for a, b in bands if a or b]
    level = [a and b and abs(a[0].y - b[0].y) <= 0.6 * a[0].size for a, b in pairs]
    fewest = min(fewest, 3 if _is_han(left) != _is_han(right) else 5)
    return pairs if len(pairs) >= fewest and sum(map(bool, level)) >= 0.85 * len(level) else []


def _gaps(side: Sequence[Fragment]) -> list[tuple[float, float]]:
    """The heights between lines of a column that stand further apart than its lines usually do."""
    heights = [f.y for f in side]
    steps = sorted(round(a - b) for a, b in pairwise(heights) if a - b > 3)
    usual = steps[len(steps) // 6] if steps else 0
    size = median(f.size for f in side)
    return [(b, a) for a, b in pairwise(heights) if a - b > usual + 0.3 * size]


def _is_han(fragments: Sequence[Fragment]) -> bool:
    chars = [glyph.char for f in fragments for chunk in f.chunks for glyph in chunk if glyph.char.isalpha()]
    return sum(bool(HAN_CHAR.match(char)) for char in chars) * 2 > len(chars)


def _grids(rules: Sequence[Rule]) -> Iterator[Grid]:
    """The tables that rules make: rules that touch, with two columns or more."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([rule, *(other for group in touching for other in group)])
    for group in groups:
        left, right = min(r.x0 for r in group), max(r.x1 for r in group)
        low, high = min(r.y0 for r in group), max(r.y1 for r in group)
        xs = _places([r.x0 for r in group if r.x0 == r.x1], [left, right])
        across = _across([r for r in group if r.y0 == r.y1], right - left)
        ys = _places(across, [low, high])
        if len(xs) >= 3 and len(ys) >= 2 and high - low > 8:
            yield Grid(xs, ys)


def _across(levels: Sequence[Rule], width: float) -> list[float]:
    """The heights at which level rules go over the whole width, be it in pieces."""
    heights = _places([r.y0 for r in levels], [])
    return [
        y for y in heights if sum(r.x1 - r.x0 for r in set(levels) if abs(r.y0 - y) <= 3) >= 0.9 * width
    ]  # fmt: skip


def _touch(a: Rule, b: Rule) -> bool:
    return a.x0 - 3 <= b.x1 and b.x0 - 3 <= a.x1 and a.y0 - 3 <= b.y1 and b.y0 - 3 <= a.y1


def _places(values: Sequence[float], edges: Sequence[float]) -> list[float]:
    """Places in order, those that nearly fall together taken once."""
    found: list[float] = []
    for value in sorted([*values, *edges]):
        if not found or value - found[-1] > 4:
            found.append(value)
    return found


def _is_table(grid: Grid, fragments: Sequence[Fragment]) -> bool:
    """Whether a grid holds text in more than one of its columns."""
    inside = [f for f in fragments if grid.holds(f)]
    return len({sum(x < (f.x0 + f.x1) / 2 for x in grid.xs) for f in inside}) >= 2


def _same_column(a: Flow, b: Flow) -> bool:
    return abs(min(line.x0 for line in a.lines) - min(line.x0 for line in b.lines)) < 3 * a.lines[0].size


def _in_mid_sentence(above: str, below: str) -> bool:
    return not STOPPED.search(above) and not below[:1].isupper() and not below[:1].isdigit() and below[:1] != "第"


def _flow(region: Region, page: int) -> Flow:
    ordered = sorted(region.fragments, key=lambda f: (f.row, f.x0))
    lines = [printed(list(row), page) for _, row in groupby(ordered, key=lambda f: f.row)]
    return Flow(lines, region.place, region.row, region.column)

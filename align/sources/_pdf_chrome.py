"""The rows of all pages -> the fragments that are running heads, running feet or page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.sources._pdf_glyphs import Sheet
from align.sources._pdf_lines import Fragment, printed

ZONE = 0.14
"""How much of a page's height its upper and its lower margin may take."""
ROWS = 4
"""How many rows from the edge may be running heads or feet."""
NUMBER = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-–—―·~|\s]*(?:(?:page|p\.)\s*)?(?:第\s*)?(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})(?:\s*[页頁])?"
    r"(?:\s*(?:of|/|／|[，,]?\s*共)\s*\d{1,4}(?:\s*[页頁])?)?[-–—―·~|\s]*",
    re.I,
)
Chrome = dict[int, dict[int, str]]
"""Of each page, the fragments by their place among its fragments, each with the reason."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A fragment near the upper or the lower edge of a page; `apart`: clearly apart from what is inside of it."""

    page: int
    at: int
    side: str
    off: float
    text: str
    apart: bool
    alone: bool
    note: bool = False

    @property
    def key(self) -> str:
        """The text without its figures."""
        return NUMBER.sub("#", "".join(self.text.split()))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The figures in the text."""
        return tuple(int(number[:9]) for number in NUMBER.findall(self.text))


def chrome(sheets: Sequence[Sheet], pages: Sequence[Sequence[Fragment]]) -> Chrome:
    """What by its place and its repetition is no text of the document, page by page."""
    edges = [
        edge
        for sheet, fragments in zip(sheets, pages, strict=True)
        for edge in _edges(sheet, fragments)
        if not edge.note
    ]
    found: dict[Edge, str] = {}
    repeated: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        repeated[edge.side, edge.key].append(edge)
    for group in repeated.values():
        for level in _levels(group):
            if _runs(level):
                found |= {edge: "page-number" if _is_number(edge) else "running-head" for edge in level}
    found |= {edge: "page-number" for edge in edges if edge not in found and _is_lone_number(edge, edges, found)}
    found |= {edge: "running-head" for edge in edges if edge not in found and _stands_in_head(edge, found, len(sheets))}
    result: Chrome = defaultdict(dict)
    for edge, reason in found.items():
        result[edge.page][edge.at] = reason
    return result


def _edges(sheet: Sheet, fragments: Sequence[Fragment]) -> Iterator[Edge]:
    """The fragments in the margin zones of a page."""
    levels = sorted({fragment.row: fragment.y for fragment in fragments}.items())
    for side, ordered in (("head", levels), ("foot", levels[::-1])):
        for place, (row, y) in enumerate(ordered[:ROWS]):
            off = sheet.top - y if side == "head" else y - sheet.bottom
            if off > ZONE * sheet.height:
                break
            own = [(at, fragment) for at, fragment in enumerate(fragments) if fragment.row == row]
            size = max(fragment.size for _, fragment in own)
            inner = abs(ordered[place + 1][1] - y) if place + 1 < len(ordered) else sheet.height
            for at, fragment in own:
                text = printed([fragment], sheet.number)
                apart = inner > 1.9 * size
                shown = f"{text.bullet} {text.text}".strip()
                yield Edge(sheet.number, at, side, off, shown, apart, len(own) == 1, text.marked and side == "foot")


def _levels(group: Sequence[Edge]) -> Iterator[list[Edge]]:
    """The edges of a group that stand at the same height."""
    ordered = sorted(group, key=lambda edge: (edge.off, edge.page, edge.at))
    level: list[Edge] = []
    for edge in ordered:
        if level and edge.off - level[-1].off > 6:
            yield level
            level = []
        level.append(edge)
    if level:
        yield level


def _runs(level: Sequence[Edge]) -> bool:
    """Whether edges with one text repeat on several pages, figures apart that count the pages."""
    pages = {edge.page for edge in level}
    if len(pages) < 2 or (len(pages) == 2 and not any(edge.apart for edge in level)):
        return False
    steady = [
        len({edge.numbers[at] for edge in level}) == 1 or len({edge.numbers[at] - edge.page for edge in level}) == 1
        for at in range(len(level[0].numbers))
    ]
    return all(steady)


def _is_number(edge: Edge) -> bool:
    return bool(PAGE_NUMBER.fullmatch(edge.text))


def _is_lone_number(edge: Edge, edges: Sequence[Edge], found: dict[Edge, str]) -> bool:
    """Whether an edge that looks like a page number is one: beside chrome, or alone and apart."""
    if not _is_number(edge):
        return False
    beside = any(e in found for e in edges if e.page == edge.page and e.side == edge.side and abs(e.off - edge.off) < 3)
    return beside or (edge.alone and edge.apart)


def _stands_in_head(edge: Edge, found: dict[Edge, str], pages: int) -> bool:
    """Whether an edge stands where most pages have a running head, as a chapter's title does."""
    level = {e.page for e, reason in found.items() if e.side == edge.side and abs(e.off - edge.off) < 3}
    return edge.apart and len(level) >= max(3, pages / 2)

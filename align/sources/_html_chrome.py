"""A page's pieces and boxes -> why each piece is no text of the document, if it is none.

What an element is called counts first, unless it holds much of the running text; then how a line
is worded; then where it stands: before, after or around the container of the running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from align.sources._html_article import Findings, plain, title_parts
from align.sources._html_edges import Edges
from align.sources._html_measure import Measures, measure, units
from align.sources._html_page import Page
from align.sources._html_tables import places
from align.sources._html_words import (
    ATTACHMENT,
    PAGE_NUMBER,
    PAGER,
    RELATED,
    line_reason,
    named,
    part_of_page,
)

SECTIONS = ("article", "main", "section", "details", "blockquote")
LINES = ("p", "li", "td", "th", "tr", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "caption", "span", "a")
"""Elements that may be named like chrome and be text; as chrome they hold links."""
MUCH, HALF = 0.3, 0.5
"""Shares of the running text that chrome holds at most."""
FEW, ENOUGH = 300, 20
"""What chrome may say in any case, if the rest says this much."""
CONTENTS = re.compile(
    r"\W*(?:(?:table of )?contents|on this page|in this (?:page|article|section)|目\s*[录錄次]|本[页頁]内容)\W*", re.I
)
MENU = ("ul", "div", "table", "td", "section", "dl")
Named = tuple[int, int, str, float]
"""A stretch of pieces, what it is called, and the share of the text that it may hold."""


def judge(page: Page) -> Findings:
    """Find what is no text; where nothing would be left, only what is never shown goes."""
    reasons = [piece.reason for piece in page.pieces]
    found = Findings(page, list(reasons), _measure(page, reasons), title_parts(page.title))
    _contents(found)
    _by_name(found)
    found.cells = places(page, found.measures)
    _by_wording(found)
    found.measures = _measure(page, found.reasons)
    found.locate()
    _related(found)
    Edges(found).judge()
    _menus(found)
    _repeated_title(found)
    if all(found.reasons):
        found.reasons = reasons
    return found


def _measure(page: Page, reasons: Sequence[str]) -> Measures:
    return measure(page, reasons, lambda text: bool(line_reason(text, edge=True)))


def _by_name(found: Findings) -> None:
    """Elements named as chrome, unless they, or all of that name together, hold much running text."""
    weight = found.measures.weight
    total = weight(0, found.end) or 1
    boxes = list(_named_boxes(found))
    shares: dict[str, int] = {}
    for first, last, reason, _ in _outermost(boxes):
        shares[reason] = shares.get(reason, 0) + weight(first, last)
    for first, last, reason, limit in boxes:
        small = shares.get(reason, 0) < FEW and total - weight(first, last) >= ENOUGH
        if small or (weight(first, last) < limit * total and shares.get(reason, 0) < HALF * total):
            found.mark(first, last, reason)


def _named_boxes(found: Findings) -> Iterator[Named]:
    titled = [*accumulate((found.is_title(at) for at in range(found.end)), initial=0)]
    within: list[bool] = []
    for at, box in enumerate(found.page.boxes):
        within.append(at > 0 and (within[box.parent] or found.page.boxes[box.parent].tag in SECTIONS))
        said = part_of_page(box.tag, box.attributes) if at else ""
        if box.last == box.first or (said == "header" and (within[at] or titled[box.last] > titled[box.first])):
            continue
        if said:
            yield box.first, box.last, said, MUCH if said in ("aside", "header", "form") else HALF
        elif (reason := named(box.attributes)) and _may_be_chrome(found, at):
            yield box.first, box.last, reason, HALF


def _may_be_chrome(found: Findings, box: int) -> bool:
    here, m = found.page.boxes[box], found.measures
    if here.tag in ("html", "body", "h1"):
        return False
    if any(piece.note for piece in found.page.pieces[here.first : min(here.last, here.first + 3)]):
        return False
    return here.tag not in LINES or m.links(here.first, here.last) * 2 >= m.said(here.first, here.last)


def _outermost(boxes: Sequence[Named]) -> Iterator[Named]:
    """Those that stand inside no other of the same reason."""
    ends: dict[str, int] = {}
    for box in boxes:
        if box[0] >= ends.get(box[2], 0):
            ends[box[2]] = box[1]
            yield box


def _by_wording(found: Findings) -> None:
    """Lines worded as chrome; a single word that a menu could hold counts only where it is linked."""
    for at in found.open(0, found.end):
        piece = found.page.pieces[at]
        if at in found.cells:
            continue
        pager = any(not anchor for _, _, anchor in piece.links) and len(piece.text) < 200
        if pager and PAGER.fullmatch(piece.text) and PAGE_NUMBER.search(piece.text):
            found.reasons[at] = "pager"
        elif reason := line_reason(piece.text):
            word = reason == "interface" and not piece.links and piece.text.strip().isalpha()
            found.reasons[at] = "" if word else reason


def _contents(found: Findings) -> None:
    """Three lines on end or more that are links to places in a page, and the heading over them."""
    run: list[int] = []
    for at in [*found.open(0, found.end), found.end]:
        if at < found.end and _leads_into_page(found, at):
            run.append(at)
            continue
        if len(run) >= 3:
            above = next((n for n in range(run[0] - 1, max(-1, run[0] - 3), -1) if not found.reasons[n]), -1)
            if above >= 0 and CONTENTS.fullmatch(found.text(above)):
                found.reasons[above] = "contents"
            found.mark(run[0], run[-1] + 1, "contents")
        run = []


def _leads_into_page(found: Findings, at: int) -> bool:
    linked = found.measures.anchored[at]
    heading = found.page.pieces[at].heading
    return linked > 0 and not heading and found.measures.size[at] <= linked + max(3, linked // 3)


def _related(found: Findings) -> None:
    """A heading such as "Related news" ends the document if little but links and their summaries follows."""
    m = found.measures
    for at in found.open(found.first_sentence(), found.end):
        if not RELATED.fullmatch(found.text(at)) or m.weight(at, found.end) > MUCH * m.weight(0, found.end):
            continue
        rest = list(found.open(at + 1, found.end))
        linked = sum(m.is_linked(n) for n in rest)
        if linked * 3 >= len(rest) and sum(m.sentence[n] for n in rest) <= linked + 2:
            found.mark(at, found.end, "related")
            return


def _menus(found: Findings) -> None:
    """Boxes in the document that hold links and nothing else, unless the text leads into them."""
    if not found.measures.sentences(found.first, found.last):
        return
    linked = [*accumulate((_is_menu_line(found, at) for at in range(found.end)), initial=0)]
    others = [*accumulate((not reason for reason in found.reasons), initial=0)]
    for box in found.page.boxes:
        count = linked[box.last] - linked[box.first]
        if count < 4 or box.tag not in MENU or count * 5 < (others[box.last] - others[box.first]) * 4:
            continue
        if not _is_led_into(found, box.first, box.parent):
            found.mark(box.first, box.last, "navigation")


def _is_menu_line(found: Findings, at: int) -> bool:
    if found.reasons[at] or at in found.cells or not found.measures.is_linked(at):
        return False
    return not found.is_label(at) and not ATTACHMENT.match(found.text(at))


def _is_led_into(found: Findings, first: int, parent: int) -> bool:
    before = next((at for at in range(first - 1, -1, -1) if not found.reasons[at]), -1)
    if before >= 0 and found.text(before).rstrip().endswith((":", "：")):
        return True
    above = found.page.boxes[parent]
    return found.measures.sentences(above.first, first) > 0 and found.measures.sentences(first, above.last) > 0


def _repeated_title(found: Findings) -> None:
    """The title printed a second time just below, or again on a later page of the same document."""
    shown = list(found.open(0, found.end))[:8]
    titles = [at for at in shown if found.is_title(at) and units(found.text(at)) >= 6]
    first = plain(found.text(titles[0])) if titles else ""
    later = _is_later_page(found)
    for at in titles:
        if later or (at != titles[0] and plain(found.text(at)) == first):
            found.reasons[at] = "title"


def _is_later_page(found: Findings) -> bool:
    """Whether the page's numbers show that it is not the first: `1` is a link and another is none."""
    for piece, reason in zip(found.page.pieces, found.reasons, strict=True):
        linked = {n for a, b, _ in piece.links for n in re.findall(r"\d+", piece.text[a:b])}
        if reason == "pager" and "1" in linked:
            return len([n for n in re.findall(r"\d+", piece.text) if n not in linked]) == 1
    return False

"""A page with the reasons found so far -> where its document stands: container, title, first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from align.sources._html_measure import Measures, units
from align.sources._html_page import Page
from align.sources._html_words import ITEM

CONTAINERS = frozenset("html body div section article main center form table tbody tr td font span fieldset".split())
MOST = 0.8
"""The share of the running text that the document's container holds."""
TITLE_PARTS = re.compile(r"\s*[|_–—«»·]\s*|\s+-+\s+|\s*::\s*|--+|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")
UNSEEN = ("comment", "blank", "script", "style", "hidden", "noscript", "picture", "title")
"""Reasons of what stands between lines without parting them."""


@dataclass(slots=True)
class Findings:
    """What is known of a page: of each piece why it is no text, and the document's stretch of pieces."""

    page: Page
    reasons: list[str]
    measures: Measures
    title: tuple[str, ...]
    cells: dict[int, tuple[str, int]] = field(default_factory=dict)
    first: int = 0
    last: int = 0

    @property
    def end(self) -> int:
        """Behind the last piece of the page."""
        return len(self.reasons)

    def mark(self, first: int, last: int, reason: str) -> None:
        """Give a reason to the pieces of a stretch that have none."""
        for at in range(first, last):
            self.reasons[at] = self.reasons[at] or reason

    def open(self, first: int, last: int) -> Iterator[int]:
        """The pieces of a stretch that nothing speaks against so far."""
        return (at for at in range(first, last) if not self.reasons[at])

    def text(self, at: int) -> str:
        """The text of a piece."""
        return self.page.pieces[at].text

    def is_title(self, at: int) -> bool:
        """Whether a line is the page's own title or a part of it; the site's name in a link is not."""
        linked = self.measures.is_linked(at) and at not in self.cells
        return not self.reasons[at] and not linked and plain(self.text(at)) in self.title

    def is_label(self, at: int) -> bool:
        """Whether a line is the number of the article that follows."""
        after = next((n for n in range(at + 1, min(self.end, at + 9)) if self.reasons[n] not in UNSEEN), self.end)
        return after < self.end and bool(ITEM.fullmatch(self.text(at))) and self.measures.sentence[after]

    def first_sentence(self) -> int:
        """The first sentence of the document, or its end."""
        return next((at for at in self.open(self.first, self.last) if self.measures.sentence[at]), self.last)

    def title_at(self) -> int:
        """Where the document's title stands: the last line before the text that the page's title names."""
        until = self.first_sentence()
        found = [at for at in self.open(0, until) if self.is_title(at)]
        if found:
            return max(found, key=lambda at: (units(self.text(at)), at))
        headings = (at for at in self.open(0, until) if self.page.pieces[at].heading == 1)
        return max((at for at in headings if not self.measures.is_linked(at)), default=-1)

    def locate(self) -> None:
        """Find the smallest container that holds most of the running text."""
        total = self.measures.weight(0, self.end)
        inside: dict[int, list[int]] = {}
        for at, box in enumerate(self.page.boxes):
            inside.setdefault(box.parent, []).append(at)
        at = self._named_article(total)
        while total:
            best = max(inside.get(at, []), key=lambda box: (self._weight(box), -box), default=-1)
            if best < 0 or not self._is_container(best) or self._weight(best) < MOST * total:
                break
            if self._is_prose_beside(at, best):
                break
            at = best
        while self.page.boxes[at].tag in ("tbody", "tr"):
            at = self.page.boxes[at].parent
        self.first, self.last = self.page.boxes[at].first, self.page.boxes[at].last

    def _weight(self, box: int) -> int:
        return self.measures.weight(self.page.boxes[box].first, self.page.boxes[box].last)

    def _named_article(self, total: int) -> int:
        """The innermost element that calls itself the main part and holds most of the text."""
        found = 0
        for at, box in enumerate(self.page.boxes):
            said = box.tag in ("main", "article") or box.attributes.get("role") in ("main", "article")
            if (said or "articleBody" in box.attributes.get("itemprop", "")) and self._weight(at) >= MOST * total > 0:
                found = at
        return found

    def _is_container(self, box: int) -> bool:
        """Whether the document may be a part of this element: not where its cells are data."""
        here = self.page.boxes[box]
        data = here.tag == "table" and any(at in self.cells for at in range(here.first, here.last))
        return here.tag in CONTAINERS and not data

    def _is_prose_beside(self, at: int, best: int) -> bool:
        """Whether a container holds sentences of its own, or in paragraphs, beside the best container in it."""
        around, within = self.page.boxes[at], self.page.boxes[best]
        for n in (*range(around.first, within.first), *range(within.last, around.last)):
            if self.reasons[n] or not self.measures.sentence[n]:
                continue
            box = self.page.pieces[n].box
            while box != at and self.page.boxes[box].tag not in CONTAINERS:
                box = self.page.boxes[box].parent
            if box == at:
                return True
        return False


def plain(text: str) -> str:
    """A text as titles compare."""
    return re.sub(r"[\W_]+", "", text).lower()


def title_parts(title: str) -> tuple[str, ...]:
    """The page's title and its parts, as they compare."""
    parts = [plain(part) for part in TITLE_PARTS.split(title)]
    return tuple(part for part in dict.fromkeys([plain(title), *parts]) if len(part) > 1)

"""What stands before, after and at the edge of a page's document -> why it is no text of it."""

from __future__ import annotations

import re

from align.sources._html_article import UNSEEN, Findings
from align.sources._html_lists import LABEL
from align.sources._html_words import ATTACHMENT, LEGAL, METADATA, line_reason, named

SOME = 150
"""What a part outside the document's container must say to be text."""
FEW = 100
"""What may go for its place on a page that says little."""
NEAR = 4
"""Lines beside the document's container that may belong to it, boxes around a line that name it."""
LITTLE = 0.15
"""The share of the text that may go for no better reason than its place."""


class Edges:
    """Judges pieces by their place, once the document's container is found."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.outer = self._outermost_boxes()
        self.running: dict[int, bool] = {}

    def judge(self) -> None:
        """Before, behind, and the first and last lines inside."""
        self._before()
        self._after()
        self._head()
        self._tail()

    def _before(self) -> None:
        """Before the document: its title and what stands between, or the lines just before it."""
        f = self.found
        title = f.title_at()
        near = title >= f.first or title < 0
        loose: list[int] = []
        for count, at in enumerate(n for n in range(f.first - 1, -1, -1) if f.reasons[n] not in UNSEEN):
            reason = f.reasons[at] or self._reason(at, title)
            near = near and not reason and count < NEAR
            f.reasons[at] = reason
            if not (reason or near or at == title or (0 <= title < at) or self._runs(at)):
                loose.append(at)
        self._leave_out(loose, "header")

    def _after(self) -> None:
        """After the document: what stands close and is no link, then only running text."""
        f = self.found
        near = True
        loose: list[int] = []
        for at in (n for n in range(f.last, f.end) if f.reasons[n] not in UNSEEN):
            f.reasons[at] = f.reasons[at] or self._reason(at)
            near = near and not f.reasons[at]
            if not (near or f.reasons[at] or self._runs(at)):
                loose.append(at)
        self._leave_out(loose, "footer")

    def _head(self) -> None:
        """Before the first sentence: links, imprints, the table of a page's own data."""
        f = self.found
        until = f.first_sentence()
        title = f.title_at() if until < f.last else -1
        title = f.first if title < 0 else title
        for at in list(f.open(f.first, until if until < f.last else f.first)):
            if METADATA.fullmatch(f.text(at)) and at in f.cells:
                table = f.page.boxes[f.page.boxes[f.page.pieces[at].box].table]
                f.mark(table.first, min(table.last, until), "imprint")
                f.reasons[title] = "" if table.first <= title < table.last else f.reasons[title]
            elif not f.page.pieces[at].heading:
                f.reasons[at] = f.reasons[at] or self._reason(at, title)

    def _tail(self) -> None:
        """After the last sentence: links, imprints, and the short lines that follow them."""
        f = self.found
        said = (at for at in f.open(f.first, f.last) if f.measures.sentence[at] or at in f.cells)
        last = max(said, default=f.last)
        ended = False
        loose: list[int] = []
        for at in list(f.open(last + 1, f.last)):
            f.reasons[at] = self._reason(at)
            ended = ended or bool(f.reasons[at])
            piece = f.page.pieces[at]
            stays = piece.heading or piece.note or at in f.cells or ATTACHMENT.match(piece.text)
            if ended and not f.reasons[at] and not stays and not LABEL.match(piece.text):
                loose.append(at)
        self._leave_out(loose, "footer")

    def _leave_out(self, loose: list[int], reason: str) -> None:
        """Lines that only their place speaks against go, as long as they are few."""
        f = self.found
        size = sum(f.measures.size[at] for at in loose)
        if size <= max(FEW, LITTLE * f.measures.said(0, f.end)):
            for at in loose:
                f.reasons[at] = reason

    def _reason(self, at: int, title: int = -1) -> str:
        """Why a line at the edge of the document or outside it is no text."""
        f = self.found
        piece = f.page.pieces[at]
        inside = f.first <= at < f.last
        if inside and at in f.cells:
            return ""
        if reason := line_reason(piece.text, edge=True):
            return reason
        if at == title or piece.note or ATTACHMENT.match(piece.text) or f.is_label(at):
            return ""
        if f.measures.is_linked(at):
            return "navigation"
        reason = "" if f.measures.sentence[at] or LEGAL.search(piece.text) else self._named(at)
        return reason if not inside or at < title or title == -1 or reason in ("imprint", "form") else ""

    def _named(self, at: int) -> str:
        """What the boxes around a short line are called, as far as they hold no running text."""
        f = self.found
        box = f.page.pieces[at].box
        for _ in range(NEAR):
            here = f.page.boxes[box]
            if box <= 0 or f.measures.sentences(here.first, here.last) or here.tag in ("p", "li"):
                return ""
            reason = named(here.attributes, weak=True)
            dated = re.search(r"\d{4}|[:：]", f.text(at))
            if reason and (reason != "imprint" or dated):
                return reason
            box = here.parent
        return ""

    def _runs(self, at: int) -> bool:
        """Whether a line outside the document is running text all the same, with its neighbours in the box."""
        f = self.found
        if f.measures.is_linked(at) or line_reason(f.text(at), edge=True):
            return False
        box = self.outer[f.page.pieces[at].box]
        if box not in self.running:
            self.running[box] = self._is_running(f.page.boxes[box].first, f.page.boxes[box].last)
        return self.running[box] if box else self._is_running(at, at + 1)

    def _is_running(self, first: int, last: int) -> bool:
        m = self.found.measures
        if any(reason in ("copyright", "licence", "footer") for reason in self.found.reasons[first:last]):
            return False
        linked = m.links(first, last) * 3 >= m.said(first, last)
        return not linked and m.weight(first, last) >= SOME and m.sentences(first, last) > 0

    def _outermost_boxes(self) -> list[int]:
        """For every box the outermost one around it that holds nothing of the document; 0 where there is none."""
        found: list[int] = []
        for at, box in enumerate(self.found.page.boxes):
            above = found[box.parent] if box.parent >= 0 else 0
            outside = box.last <= self.found.first or box.first >= self.found.last
            found.append(above or (at if outside else 0))
        return found

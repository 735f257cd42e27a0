"""The events of an HTML parser -> pieces of text as a browser shows them, and the boxes they stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from align.sources._html_line import OpenLine

BLOCKS = frozenset(
    "html body address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr legend li listing main menu nav ol optgroup "
    "option p plaintext pre section summary table tbody td tfoot th thead tr ul xmp".split()
)
MUTED = {
    **dict.fromkeys(("script", "style", "title", "noscript"), ""),
    **dict.fromkeys(("template", "dialog"), "hidden"),
    **dict.fromkeys(("select", "textarea", "button", "datalist", "option"), "form"),
    **dict.fromkeys(("svg", "canvas", "object", "applet", "video", "audio"), "picture"),
    **dict.fromkeys(("iframe", "noframes"), "frame"),
}
"""Elements whose text is no text of the page, and the reason where it is not the element's name."""
LISTS = ("ol", "ul", "menu", "dir")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PREFORMATTED = ("pre", "listing", "xmp", "plaintext")
NONE: Mapping[str, str] = MappingProxyType({})
LINE_END = re.compile(r"\r\n?|\n")
INDENT = re.compile(r"\u3000|\xa0[\s\xa0]*\xa0|\u2003")
NOTES = re.compile(r"(?:foot|end)-?_?notes?(?:-?\w*)?|mso(?:foot|end)notetext|doc-(?:foot|end)notes?|references", re.I)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|table|flex|list-item)|position\s*:\s*absolute", re.I)
PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
UNSEEN = re.compile(r"sr-?only|visually-?hidden|screen-reader|mw-editsection|noprint", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line as shown: `reason` where it is none of the page's text; links and marks by offset.

    A link is (start, end, whether it goes to a place inside a page). `box` is the block it stands in.
    """

    text: str
    box: int
    reason: str = ""
    after_blank: bool = True
    links: tuple[tuple[int, int, bool], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    heading: int = 0
    note: bool = False


@dataclass(slots=True)
class Box:
    """A block element: the pieces `first` to before `last` are inside it. `parent` is -1 at the root.

    `table`, `row` and `above_list` are the boxes of those kinds around it.
    """

    tag: str
    attributes: Mapping[str, str]
    parent: int
    first: int
    last: int = 0
    list_depth: int = 0
    table: int = -1
    row: int = -1
    above_list: int = 0
    heading: int = 0


@dataclass(slots=True)
class _Element:
    """An open element and what ends with it."""

    tag: str
    box: int = -1
    muted: bool = False
    preformatted: bool = False
    note: bool = False
    line: OpenLine | None = None
    start: int = 0
    target: str = ""
    closing: str = ""


@dataclass(slots=True)
class Page:
    """A parser's target: takes events in document order, keeps no tree, so depth costs nothing."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=lambda: [Box("", NONE, -1, 0)])
    title: str = ""
    frames: list[str] = field(default_factory=list)
    scripts: bool = False
    _open: list[_Element] = field(default_factory=list)
    _inside: list[int] = field(default_factory=lambda: [0])
    _line: OpenLine = field(default_factory=OpenLine)
    _after_blank: bool = True
    _preformatted: int = 0
    _notes: int = 0
    _targets: set[str] = field(default_factory=set)
    _muted: list[str] = field(default_factory=list)
    _reason: str = ""
    _asides: list[tuple[str, str]] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        attributes = dict(attributes) if attributes else NONE
        tag = name.lower().removeprefix("html:").removeprefix("xhtml:")
        if self._reason:
            self._open.append(_Element(tag))
            self._muted.append(" " if tag in BLOCKS else "")
        elif reason := self._muting(tag, attributes):
            self._open.append(_Element(tag, muted=True))
            self._reason = reason
            self.scripts |= tag == "script"
        elif tag in BLOCKS or (attributes and BLOCK_STYLE.search(attributes.get("style", ""))):
            self._open_box(tag, attributes)
        else:
            self._open_inline(tag, attributes)
        if attributes and tag in ("frame", "iframe") and attributes.get("src"):
            self.frames.append(attributes["src"])

    def data(self, text: str) -> None:
        """Characters, in any number of parts."""
        if self._reason:
            self._muted.append(text)
        elif self._preformatted:
            first, *others = LINE_END.split(text)
            self._line.add(first)
            for line in others:
                self._break()
                self._line.add(line)
        else:
            self._line.flow(text)

    def comment(self, text: str) -> None:
        """A comment, which is no text of the page but is kept in its record."""
        if not self._reason and text.strip():
            self._asides.append(("comment", text))

    def end(self, name: str) -> None:
        """An element ends; the parser gives these in order, also for broken markup."""
        if not self._open:
            return
        element = self._open.pop()
        if element.muted:
            self._unmute(element.tag)
        elif element.box >= 0:
            self._flush()
            self._after_blank = True
            self.boxes[self._inside.pop()].last = len(self.pieces)
        elif not self._reason:
            self._close_inline(element)
        self._preformatted -= element.preformatted
        self._notes -= element.note

    def close(self) -> Page:
        """The end of the page."""
        while self._open:
            self.end(self._open[-1].tag)
        self._flush()
        self.boxes[0].last = len(self.pieces)
        return self

    def _muting(self, tag: str, attributes: Mapping[str, str]) -> str:
        """Why an element's text is not shown; blocks that are hidden are judged later, by what they hold."""
        if tag in MUTED:
            shown = (tag == "dialog" and "open" in attributes) or (tag == "button" and self._box().heading)
            return "" if shown else MUTED[tag] or tag
        if tag in BLOCKS or not attributes:
            return ""
        unseen = "hidden" in attributes or HIDDEN.search(attributes.get("style", ""))
        return "hidden" if unseen or UNSEEN.search(attributes.get("class", "")) else ""

    def _unmute(self, tag: str) -> None:
        text = "".join(self._muted)
        if tag == "title" and not self.title:
            self.title = " ".join(text.split())
        if text.strip():
            self._asides.append((self._reason, text))
        self._muted, self._reason = [], ""

    def _box(self) -> Box:
        return self.boxes[self._inside[-1]]

    def _open_box(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        self._after_blank = True
        parent, number, above = self._inside[-1], len(self.boxes), self._box()
        box = Box(tag, attributes, parent, len(self.pieces), 0, above.list_depth, above.table, above.row)
        box.above_list = parent if above.tag in LISTS else above.above_list
        box.list_depth += tag in LISTS
        if tag == "table":
            box.table, box.row = number, -1
        elif tag == "tr":
            box.row = number
        box.heading = int(tag[1]) if tag in HEADINGS else above.heading if tag in ("div", "p", "span", "center") else 0
        self.boxes.append(box)
        self._inside.append(number)
        pre = tag in PREFORMATTED or bool(PRE_STYLE.search(attributes.get("style", "")))
        note = bool(attributes) and self._begins_note(attributes)
        self._preformatted += pre
        self._notes += note
        self._open.append(_Element(tag, number, preformatted=pre, note=note))

    def _begins_note(self, attributes: Mapping[str, str]) -> bool:
        """Whether an element holds notes, by its name or because the mark of one leads to it."""
        words = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('role', '')}".split()
        marked = attributes.get("id", "") in self._targets or any(map(NOTES.fullmatch, words))
        return marked or "footnote" in attributes.get("epub:type", "")

    def _open_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = _Element(tag, line=self._line, start=self._line.size)
        if tag == "br":
            self._break()
        elif tag == "a":
            named = {attributes.get("id", ""), attributes.get("name", "")} & self._targets
            element.note = bool(named) and not self._line.size
            self._notes += element.note
            self._open_link(element, attributes.get("href", "").strip())
        elif tag == "q":
            self._line.add("“")
            element.closing = "”"
        elif tag == "sup":
            self._line.superscripts += 1
        self._open.append(element)

    def _open_link(self, element: _Element, href: str) -> None:
        page, _, element.target = href.partition("#")
        if href:
            self._line.link = (element.start, bool(element.target) and not page.lower().startswith("javascript"))

    def _close_inline(self, element: _Element) -> None:
        line = self._line
        start = element.start if element.line is line else 0
        line.add(element.closing)
        if element.tag != "br":
            line.end_element(start)
        if element.tag == "sup":
            line.superscripts = max(0, line.superscripts - 1)
            line.widen_mark(start)
        elif element.tag in ("rt", "rp"):
            line.mark(start)
        elif element.tag == "a" and line.link:
            line.end_link()
            line.link = None
            if line.mark_note(start, element.target):
                self._targets.add(element.target)

    def _break(self) -> None:
        """A line break: two of them, or one with nothing before it, end the paragraph."""
        shown = bool(self._line.text.strip())
        self._flush()
        self._after_blank = not shown

    def _flush(self) -> None:
        """End the line; a link goes on in the next one."""
        line, text = self._line, self._line.text
        line.end_link()
        if text:
            blank = self._after_blank or bool(INDENT.match(text))
            reason = "" if text.strip() else "blank"
            heading, note = self._box().heading, self._notes > 0
            links, marks = tuple(line.links), line.marks()
            self.pieces.append(Piece(text, self._inside[-1], reason, blank, links, marks, heading, note))
        if text or line.link:
            self._line = OpenLine(link=(0, line.link[1]) if line.link else None, superscripts=line.superscripts)
        else:
            line.clear()
        self.pieces += [Piece(" ".join(aside.split()), self._inside[-1], reason) for reason, aside in self._asides]
        self._asides = []

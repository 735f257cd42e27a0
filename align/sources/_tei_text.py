"""Elements of a TEI text -> what is printed in them, as lines of a rendering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from align.characters import HAN_CHAR
from align.sources._units import COLUMN, side_of
from align.sources._xml import Element, entity, inside, local, texts
from align.sources.rendering import Rendering

XML = "{http://www.w3.org/XML/1998/namespace}"
BLOCKS = frozenset(
    "p ab head item l cell note byline dateline signed salute titlePart docAuthor docDate docImprint trailer opener"
    " closer speaker stage div div1 div2 div3 div4 div5 div6 div7 body front back text group lg list table row sp"
    " floatingText figure epigraph argument listBibl bibl postscript".split()
)
OUT = {"fw": "running-head", "del": "deleted", "desc": "metadata", "figDesc": "metadata", "graphic": "metadata"}
PRINTED_FORM = {"choice": ("orig", "sic", "abbr"), "app": ("lem", "rdg"), "subst": ("add",)}
"""Of elements that hold several forms of one text, those that are printed, the likeliest first."""
UNPRINTED = {"choice": "reading", "app": "variant", "subst": "deleted"}
CJK = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
TIGHT = re.compile(rf"(?<=[{CJK}])\s*[\r\n]\s*(?=[{CJK}])")
BROKEN = re.compile(r"\s*[\r\n]\s*")
Piece = tuple[str, Any]


def identity(element: Element) -> str:
    """The id of an element."""
    return element.get(f"{XML}id") or element.get("id") or ""


def code(element: Element) -> str:
    """The language that an element or what holds it says it is in, up to the text: beyond, it is the editor's."""
    for outer in (element, *element.iterancestors()):
        said = outer.get(f"{XML}lang") or (outer.get("lang") or "")
        if said or (local(outer) == "text" and _is_outermost(outer)):
            return said
    return ""


def _is_outermost(text: Element) -> bool:
    return not any(local(outer) == "text" for outer in text.iterancestors())


def language(element: Element) -> str:
    """The side that an element is on, by what the file says, its id, or its characters."""
    said = side_of(code(element))
    prefix = re.match(r"(en|zh)(?![a-z])", identity(element))
    if said or prefix:
        return said or (prefix[1] if prefix else "")
    text = inside(element)
    return "zh" if len(HAN_CHAR.findall(text)) * 4 > len(text) else "en"


def tidy(text: str) -> str:
    """A text as one line: a line break is a space, and nothing between two Chinese characters."""
    return BROKEN.sub(" ", TIGHT.sub("", text)).strip()


def pieces(element: Element, done: set[Element]) -> Iterator[Piece]:
    """What an element holds, in order, but for what is done.

    `text`, an `open` or `close` of a block, or a reason with the text that it keeps out.
    """
    yield "text", element.text or ""
    for child in element:
        if child.tag is etree.Entity:
            yield "text", entity(child)
        elif child not in done:
            yield from _child(child, done)
        yield "text", child.tail or ""


def _child(child: Element, done: set[Element]) -> Iterator[Piece]:
    name = local(child)
    before = child.getprevious()
    if name in PRINTED_FORM and len(child):
        yield from _forms(child, PRINTED_FORM[name], UNPRINTED[name], done)
    elif name == "gap" and child.get("reason") == "character":
        yield "text", _character(child.get("n") or "")
    elif name in OUT or name == "gap":
        yield from ((OUT.get(name, "metadata"), text) for text in texts(child))
    elif name in ("lb", "cb", "pb"):
        yield "text", "" if child.get("break") == "no" else "\n"
    elif name == "pc" and before is not None and before in done:
        yield from (("delimiter", text) for text in texts(child))
    elif name in BLOCKS or is_list_label(child):
        yield "open", child
        yield from pieces(child, done)
        yield "close", child
    else:
        yield from pieces(child, done)


def _forms(element: Element, names: Sequence[str], reason: str, done: set[Element]) -> Iterator[Piece]:
    forms = [child for child in element if local(child)]
    chosen = next((form for name in names for form in forms if local(form) == name), forms[0] if forms else None)
    for form in forms:
        if form is chosen:
            yield from pieces(form, done)
        else:
            yield from ((reason, text) for text in texts(form))


def _character(named: str) -> str:
    """`U+000C` -> the character; a line break cannot be in a line."""
    found = re.fullmatch(r"U\+([0-9A-F]{4})", named)
    value = int(found[1], 16) if found else 0
    return chr(value) if value < 0xD800 and value not in (10, 13) else ""


def is_list_label(element: Element) -> bool:
    """Whether an element is the label of a list's item, which stands beside it."""
    outer = element.getparent()
    return local(element) == "label" and outer is not None and local(outer) == "list"


@dataclass(slots=True)
class Flow:
    """Writes elements as lines, each element once."""

    page: Rendering
    done: set[Element] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    """Codes of languages that are neither English nor Chinese."""
    written: int = 0
    rows: int = 0
    linked: bool = False
    _out: list[tuple[str, str]] = field(default_factory=list)
    _notes: list[tuple[str, str]] = field(default_factory=list)
    _buffer: list[str] = field(default_factory=list)
    _tables: int = 0
    _cell: list[int] = field(default_factory=lambda: [0, 0])

    def write(self, text: str, lang: str, **layout: Any) -> None:
        """One line, and behind it what was kept out of it."""
        if text.strip():
            self.page.line(text, lang=lang, **layout)
            self.written += 1

    def after(self) -> None:
        """What was kept out of the lines so far, and the notes to them."""
        for reason, text in self._out:
            self.page.leave_out(text, reason)
        for lang, note in self._notes:
            if lang == "other":
                self.page.leave_out(note, "other-language")
            else:
                self.write(note, lang, hint="note")
        self._out, self._notes = [], []

    def join(self, run: Sequence[Element], lang: str) -> str:
        """The printed text of elements that stand in one line, with the label in front of the first."""
        parts: list[str] = []
        for at, element in enumerate(run):
            if at and not parts[-1][-1:].isspace():
                parts.append("" if lang == "zh" else " ")
            parts.append(self._label(element) + self._printed(element))
            self.done.add(element)
            mark = element.getnext()
            if mark is not None and local(mark) == "pc" and at + 1 < len(run):
                parts.append(self._printed(mark))
                self.done.add(mark)
        return tidy("".join(parts))

    def _label(self, element: Element) -> str:
        """The label in front of an element, which is then done."""
        before = element.getprevious()
        outer = element.getparent()
        if before is None and outer is not None and local(outer) == "item":
            before = outer.getprevious()
        if before is None or local(before) != "label" or before in self.done:
            return ""
        self.done.add(before)
        return self._printed(before)

    def _printed(self, element: Element) -> str:
        """The text of an element on its own; notes in it come after its line."""
        parts: list[str] = []
        for kind, value in self._without_notes(pieces(element, self.done)):
            if kind == "text":
                parts.append(value)
            elif kind in ("open", "close"):
                parts.append("\n")
            else:
                self._out.append((kind, value))
        return "".join(parts)

    def _without_notes(self, found: Iterable[Piece]) -> Iterator[Piece]:
        """The pieces outside notes; a note waits until the line that it stands in is written."""
        depth = 0
        note: list[str] = []
        for kind, value in found:
            if kind == "open" and (depth or local(value) == "note"):
                depth += 1
                note.append("\n")
            elif kind == "close" and depth:
                depth -= 1
                if not depth:
                    self._notes.append((side_of(code(value)), tidy("".join(note))))
                    note = []
            elif kind == "text" and depth:
                note.append(value)
            else:
                yield kind, value

    def rest(self, body: Element, units: int) -> None:
        """Whatever of a text no link held: paragraphs, headings, cells, each as a line."""
        self.rows, self.linked = max(self.rows, units), units > 0
        stack = [body]
        for kind, value in self._without_notes(pieces(body, self.done)):
            if kind == "text":
                self._buffer.append(value)
            elif kind == "open":
                before = value.getprevious()
                if not (local(value) == "item" and before is not None and is_list_label(before)):
                    self._flush(stack[-1])
                self._enter(value)
                stack.append(value)
            elif kind == "close":
                if is_list_label(value):
                    self._buffer.append("\n")
                else:
                    self._flush(value)
                stack.pop()
            else:
                self._out.append((kind, value))
        self._flush(body)

    def _enter(self, element: Element) -> None:
        """Count tables, rows and cells."""
        name = local(element)
        if name == "table":
            self._tables, self._cell = self._tables + 1, [0, 0]
        elif name == "row":
            self._cell = [self._cell[0] + 1, 0]
        elif name == "cell":
            self._cell[1] += 1

    def _flush(self, block: Element) -> None:
        """The text so far is a line of its block."""
        text = tidy("".join(self._buffer))
        self._buffer = []
        if text:
            lang = side_of(code(block)) or (language(block) if self.linked else "")
            if lang == "other":
                self.others.add(code(block))
                self.page.leave_out(text, "other-language")
            elif self.linked:
                self.rows += 1
                self.write(text, lang, hint="unit", row=f"u{self.rows}", column=COLUMN.get(lang, 0))
            else:
                self.write(text, lang, **self._layout(block))
        self.after()

    def _layout(self, block: Element) -> dict[str, Any]:
        """What the place of a block says of its line."""
        name = local(block)
        outer = [local(element) for element in block.iterancestors()]
        if name in ("head", "titlePart"):
            level = 1 + sum(other.startswith("div") for other in outer)
            return {"hint": f"heading-{min(level, 6)}"}
        if "cell" in (name, *outer):
            return {"row": f"t{self._tables}.r{self._cell[0]}", "column": self._cell[1]}
        return {"depth": outer.count("list")} if name == "item" or "item" in outer else {}

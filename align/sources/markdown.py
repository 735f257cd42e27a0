"""A Markdown file -> a source whose lines know what a renderer makes of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from pathlib import Path

from align.model import Line, Source, Span, SpanKind
from align.sources._markdown_layout import Layout, layouts
from align.sources._markdown_marks import CONTENTS_MARK, links_here, marks
from align.sources.text import read_text

HEADING = re.compile(r"[ \t]*#{1,6}(?:[ \t]+|$)")
CLOSING = re.compile(r"(?:[ \t]+#+)?[ \t]*(?:\{[#.:][^{}]*\})?[ \t]*$")
QUOTE = re.compile(r"[ \t]*>[ \t]?")
NOTE = re.compile(r"[ \t]*\[\^[^\]\s]+\]:[ \t]*")
ATTRIBUTES = re.compile(r"\s*\{:[^{}]*\}\s*")
HIDDEN = re.compile(r"<!--|<(script|style)\b", re.I)
PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
CONTENTS = re.compile(r"\W*(?:table of contents|contents|目\s*[录錄次])\W*", re.I)
FEW = 3
"""How many links to places of the file make a list of contents."""


def read_markdown(path: Path, witness: str, data: bytes) -> Source:
    """Markdown: lines flow; headings, lists and tables are hints; marks leave the text.

    An item of a numbered list has the number that a renderer prints; the printed label stays.
    """
    source = read_text(path, witness, data)
    bodies = [""] * (source.lines[-1].number)
    for line in source.lines:
        bodies[line.number - 1] = line.text
    made, names = layouts(bodies)
    reading = _Reading(source, made, names)
    reading.read()
    out = tuple(sorted(reading.left_out, key=lambda span: span.start))
    return Source(source.witness, source.text, tuple(reading.lines), out, flowing=True)


@dataclass(slots=True)
class _Reading:
    """Turns the plain lines of a file into those that hold text, and keeps what they lose."""

    source: Source
    layouts: Sequence[Layout]
    names: frozenset[str]
    lines: list[Line] = field(default_factory=list)
    left_out: list[Span] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    """Comments and scripts, which may go over several lines."""
    in_note: bool = False

    def read(self) -> None:
        """Read every line."""
        contents = self._contents()
        self.hidden = list(self._hidden())
        for line in self.source.lines:
            layout = self.layouts[line.number - 1]
            if line.number in contents:
                self._leave_out(line, 0, len(line.text), "left-out", "contents")
            elif layout.kind in ("markup", "front-matter") or ATTRIBUTES.fullmatch(line.text):
                kind: SpanKind = (
                    "delimiter" if layout.kind == "markup" and line.text.strip(" =-#") == "" else "left-out"
                )
                self._leave_out(line, 0, len(line.text), kind, layout.kind if layout.kind != "text" else "markup")
            else:
                self._line(line, layout)

    def _hidden(self) -> Iterator[tuple[int, int]]:
        text, starts = self.source.text, [line.start for line in self.source.lines]
        at = 0
        while match := HIDDEN.search(text, at):
            closing = re.compile(rf"</{match[1]}\s*>" if match[1] else "-->", re.I).search(text, match.end())
            line = self.source.lines[max(0, bisect_right(starts, match.start()) - 1)]
            at = match.end()
            if closing and self._layout(line).kind != "code":
                yield match.start(), closing.end()
                at = closing.end()
            elif not closing:
                return

    def _layout(self, line: Line) -> Layout:
        return self.layouts[line.number - 1]

    def _leave_out(self, line: Line, start: int, end: int, kind: SpanKind = "delimiter", how: str = "markup") -> None:
        if start < end:
            text = line.text[start:end]
            self.left_out.append(Span(line.witness, line.start + start, line.start + end, kind, text, how))

    def _cut(self, line: Line, start: int, end: int) -> Line:
        """A part of a line; what is cut off are marks."""
        self._leave_out(line, 0, start)
        self._leave_out(line, end, len(line.text))
        return _part(line, start, end)

    def _line(self, line: Line, layout: Layout) -> None:
        for _ in range(layout.quotes):
            mark = QUOTE.match(line.text)
            line = self._cut(line, mark.end(), len(line.text)) if mark else line
        line = replace(line, after_blank=line.after_blank or layout.begins, ordinal=layout.ordinal, depth=layout.depth)
        if layout.kind == "code" and not (self.in_note and line.text.startswith(("    ", "\t"))):
            self._write(line)
        elif layout.kind == "table":
            self._cells(line, layout)
        else:
            self._marked(self._note(self._heading(line, layout), layout))

    def _heading(self, line: Line, layout: Layout) -> Line:
        if not layout.level:
            return line
        mark = HEADING.match(line.text) if layout.begins else None
        start = mark.end() if mark else 0
        closing = CLOSING.search(line.text, start)
        line = self._cut(line, start, closing.start() if closing else len(line.text))
        return replace(line, hint=f"heading-{layout.level}")

    def _note(self, line: Line, layout: Layout) -> Line:
        """The definition of a footnote, and what is indented below it, is a note."""
        mark = NOTE.match(line.text)
        goes_on = not line.after_blank or line.text.startswith(("    ", "\t"))
        self.in_note = bool(mark) or (self.in_note and goes_on and not layout.level and not layout.depth)
        if not self.in_note:
            return line
        line = self._cut(line, mark.end(), len(line.text)) if mark else line
        return replace(line, hint="note", after_blank=line.after_blank or bool(mark))

    def _cells(self, line: Line, layout: Layout) -> None:
        row = replace(line, row=f"t{layout.table}.r{layout.row}")
        pipes = [match.end() - 1 for match in PIPE.finditer(line.text)]
        for at in pipes:
            self._leave_out(line, at, at + 1)
        edges = [-1, *pipes, len(line.text)]
        if not line.text[: edges[1]].strip():
            edges = edges[1:]
        for column, (start, end) in enumerate(pairwise(edges), 1):
            text = line.text[start + 1 : end]
            lead = len(text) - len(text.lstrip())
            if text.strip():
                cell = _part(row, start + 1 + lead, start + 1 + len(text.rstrip()))
                self._marked(replace(cell, column=column))

    def _marked(self, line: Line) -> None:
        """A line with its marks; broken where a mark breaks it, and begun behind those it opens with."""
        found, breaks = marks(line.text, self.names)
        first = bisect_right(self.hidden, line.start, key=lambda pair: pair[1])
        last = bisect_left(self.hidden, line.end, key=lambda pair: pair[0])
        over = [(max(a - line.start, 0), min(b - line.start, len(line.text))) for a, b in self.hidden[first:last]]
        found = _merged([*found, *over])
        breaks = [(a, b) for a, b in breaks if not any(x <= a and b <= y for x, y in found)]
        if line.hint.startswith("heading"):
            found, breaks = _merged([*found, *breaks]), []
        at = 0
        for start, end in [*breaks, (len(line.text), len(line.text))]:
            self._leave_out(line, start, end)
            part = replace(_part(line, at, start), after_blank=line.after_blank or at > 0)
            self._write(part, [(a - at, b - at) for a, b in found if at <= a and b <= start])
            at = end

    def _write(self, line: Line, found: Sequence[tuple[int, int]] = ()) -> None:
        """One line; marks at its beginning are cut off, so that a label in bold face still opens it."""
        begin = len(line.text) - len(line.text.lstrip())
        for start, end in found:
            if not line.text[begin:start].strip():
                begin = end
        inner = [(line.start + a, line.start + b) for a, b in found if a >= begin]
        for start, end in found:
            if end <= begin:
                self._leave_out(line, start, end)
        rest = line.text[begin:]
        if rest.strip():
            kept = _part(line, begin, len(line.text)) if any(b <= begin for _, b in found) else line
            self.lines.append(replace(kept, markup=tuple(inner)))

    def _contents(self) -> frozenset[int]:
        """The numbers of lines that list the contents: runs of links to places of this file."""
        texts = self.source.lines
        found: set[int] = {line.number for line in texts if CONTENTS_MARK.fullmatch(line.text)}
        at = 0
        for is_entry, run in groupby(texts, key=self._is_entry):
            members = list(run)
            if is_entry and sum(links_here(line.text) for line in members) >= FEW:
                found |= {line.number for line in members}
                found |= self._contents_heading(texts[max(0, at - 2) : at])
            at += len(members)
        return frozenset(found)

    def _is_entry(self, line: Line) -> bool:
        return self._layout(line).kind != "code" and links_here(line.text) > 0

    def _contents_heading(self, before: Sequence[Line]) -> set[int]:
        """The heading of a list of contents, be it underlined, goes with the list."""
        kept = [line for line in before if self._layout(line).kind == "text"]
        if kept and CONTENTS.fullmatch(kept[-1].text):
            return {kept[-1].number, *(line.number for line in before if line.number > kept[-1].number)}
        return set()


def _part(line: Line, start: int, end: int) -> Line:
    return replace(line, start=line.start + start, end=line.start + end, text=line.text[start:end])


def _merged(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch or overlap as one."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made

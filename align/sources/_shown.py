"""What the paragraphs of an office document show -> lines of a rendering, at their places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from align.sources.parts import Element
from align.sources.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands, and the reason if it is none of the document's text."""

    row: str = ""
    column: int = 0
    hint: str = ""
    reason: str = ""

    def leaving_out(self, reason: str) -> Place:
        """The same place, where what stands is left out if there is a reason."""
        return replace(self, reason=self.reason or reason)


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed in front of a paragraph, with the white space behind it; `depth` counts from 1."""

    text: str
    ordinal: str
    depth: int


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where the text refers to a note.

    `id` finds the note; `own`: it prints a mark of its own instead of the next number; `number` and
    `body` are its number and text where they stand at the mark itself.
    """

    kind: str
    id: str = ""
    own: bool = False
    reason: str = ""
    number: str = ""
    body: Element | None = None


@dataclass(slots=True)
class Shown:
    """What a paragraph shows, what it holds besides, and what hangs on it."""

    lines: list[str] = field(default_factory=lambda: [""])
    left: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[NoteMark] = field(default_factory=list)

    def add(self, text: str, reason: str = "") -> None:
        """Text in reading order; a line break in it begins a line."""
        first, *others = text.split("\n")
        if not reason:
            self.lines[-1] += first
            self.lines += others
            return
        if self.left and self.left[-1][0] == reason:
            first = self.left.pop()[1] + first
        self.left += [(reason, piece) for piece in (first, *others)]

    def is_empty(self) -> bool:
        """Whether it shows nothing."""
        return not any(line.strip() for line in self.lines)


@dataclass(slots=True)
class Printer:
    """Puts paragraphs into a rendering. `prefix` goes in front of the next one that shows something."""

    rendering: Rendering
    prefix: str = ""
    _said: set[str] = field(default_factory=set)

    def paragraph(self, shown: Shown, place: Place, label: Label | None = None, heading: str = "") -> None:
        """The lines of a paragraph, behind its label, and then what it holds besides."""
        begins = True
        for line in self._labelled(shown, label):
            if line.strip() and place.reason:
                self.leave_out(line, place.reason)
            elif line.strip():
                self.rendering.line(
                    line,
                    after_blank=begins,
                    hint=place.hint or heading,
                    row=place.row,
                    column=place.column,
                    ordinal=label.ordinal if label and begins else "",
                    depth=label.depth if label else 0,
                )
            begins = not line.strip()
        for reason, text in shown.left:
            self.leave_out(text, place.reason or reason)

    def leave_out(self, text: str, reason: str) -> None:
        """Text with the reason it is left out for; what repeats on every page is recorded once."""
        if text.strip() and not (reason == "running-head" and text.strip() in self._said):
            self.rendering.leave_out(text, reason)
            self._said.add(text.strip())

    def _labelled(self, shown: Shown, label: Label | None) -> list[str]:
        """The lines behind their label; a bullet with nothing behind it is not printed."""
        first, *others = shown.lines
        if label and label.text and (label.ordinal or not shown.is_empty()):
            first = label.text + first.lstrip()
        if self.prefix and not shown.is_empty():
            first, self.prefix = self.prefix + first.lstrip(), ""
        return [first, *others]

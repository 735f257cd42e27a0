"""What a file shows, piece by piece -> a Source whose text is those pieces in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from align.errors import DataError
from align.model import Line, Source, Span, Witness


@dataclass(slots=True)
class Rendering:
    """Collects the text of a file that is no plain text; nothing that it is given is lost.

    A piece holds no line break. Between two pieces stands one line break of the rendering.
    """

    witness: str
    _parts: list[str] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _left_out: list[Span] = field(default_factory=list)
    _size: int = 0
    _pieces: int = 0

    def line(self, text: str, *, after_blank: bool = True, **layout: Any) -> None:
        """A line of the text; `layout` are fields of `Line`. `after_blank`: it begins a paragraph."""
        start, end = self._add(text)
        if text.strip():
            found = Line(self.witness, self._pieces, start, end, text, after_blank=after_blank, **layout)
            self._lines.append(found)

    def leave_out(self, text: str, reason: str) -> None:
        """Text that the file holds and no reader of the document wants, with the reason in one word."""
        start, end = self._add(text)
        if text.strip():
            self._left_out.append(Span(self.witness, start, end, "left-out", text, reason))

    def _add(self, text: str) -> tuple[int, int]:
        if any(break_ in text for break_ in "\r\n"):
            raise ValueError("a piece of a rendering is one line")
        start = self._size
        self._parts += [text, "\n"]
        self._size += len(text) + 1
        self._pieces += 1
        return start, start + len(text)

    def source(self, path: Path, data: bytes, encoding: str = "utf-8", flowing: bool = False) -> Source:
        """The finished source. Raises DataError where no line holds text."""
        if not self._lines:
            raise DataError(f"{path}: line 1: the file holds no text.", "Give a file that holds text.")
        about = Witness(self.witness, path.name, sha256(data).hexdigest(), encoding)
        return Source(about, "".join(self._parts), tuple(self._lines), tuple(self._left_out), flowing)

"""Characters and inline elements -> one line as a browser shows it, with its links and the marks of notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from align.characters import HAN

BLANK = re.compile(r"[ \t\r\n\f]+")
BLANKS = " \t\r\n\f"
WIDE = rf"[{HAN}\u3000-\u303f\uff01-\uff60]"
WIDE_BREAK = re.compile(rf"(?<={WIDE})[ \t]*[\r\n][ \t\r\n\f]*(?={WIDE})")
NUMBER = re.compile(
    r"\d{1,3}(?:\.\d{1,3})*[.)]?|[(（][\da-z]{1,4}[)）]"
    r"|(?:article|section|chapter|part|§)[\s\xa0]*[\dIVXLC.-]+[A-Z]?",
    re.I,
)
FUSED = re.compile(r"[A-Z“\"‘]")
"""What follows a number in an element of its own, set apart by style alone: a space stands between."""
NOTE = re.compile(r"[\[(（【〔]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3}|注\s?\d{0,3})\s*[\])）】〕]?")
NOTE_LINK = re.compile(r"fn|note|ref|cite|_ft|end", re.I)
BACK = re.compile(r"[↩↑^⤴\ufe0e\s]+|\[?(?:back|返回)\]?", re.I)
LONGEST_MARK = 12
PAIRS = ("[]", "()", "（）", "〔〕", "【】")


@dataclass(slots=True)
class OpenLine:
    """A line that is being read. A link is (start, end, whether it goes to a place inside a page)."""

    size: int = 0
    links: list[tuple[int, int, bool]] = field(default_factory=list)
    link: tuple[int, bool] | None = None
    superscripts: int = 0
    _parts: list[str] = field(default_factory=list)
    _blank: str = ""
    _number: bool = False
    _marks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the line holds so far."""
        return "".join(self._parts)

    def add(self, text: str) -> None:
        """Characters as they are."""
        if text:
            self._parts.append(text)
            self.size += len(text)

    def clear(self) -> None:
        """Forget white space at the beginning of an empty line."""
        self._blank = ""

    def flow(self, text: str) -> None:
        """Running text: white space is one space, and none between wide characters broken over lines."""
        body = BLANK.sub(" ", WIDE_BREAK.sub("", text))
        rest = body.strip(" ")
        if body.startswith(" "):
            self._blank += text if not rest else text[: len(text) - len(text.lstrip(BLANKS))]
        if not rest:
            return
        if self._is_spaced(rest):
            self.add(" ")
        self._number = False
        self.add(rest)
        self._blank = text[len(text.rstrip(BLANKS)) :] if body.endswith(" ") else ""

    def _is_spaced(self, after: str) -> bool:
        if not self._blank:
            return self._number and bool(FUSED.match(after))
        broken = "\n" in self._blank or "\r" in self._blank
        tight = broken and self.size and re.match(WIDE, after) and re.match(WIDE, self._parts[-1][-1:])
        return bool(self.size and not tight)

    def end_element(self, start: int) -> None:
        """An inline element ends that began at an offset: if it held a number, what follows is apart."""
        self._number = start == 0 and not self._blank and bool(NUMBER.fullmatch(self.text))

    def end_link(self) -> None:
        """The link ends, or the line does."""
        if self.link and self.link[0] < self.size:
            self.links.append((self.link[0], self.size, self.link[1]))

    def mark(self, start: int) -> None:
        """What is shown from an offset on is no text."""
        self._marks.append((start, self.size))

    def mark_note(self, start: int, target: str) -> bool:
        """The number of a note behind a word, linked to the note, is no text; before its note it is a label."""
        shown = self.text[start:] if self.size - start <= LONGEST_MARK else ""
        text = shown.strip()
        if not text or not target:
            return False
        start += len(shown) - len(shown.lstrip(" "))
        linked = self.superscripts or not text[0].isalnum() or NOTE_LINK.search(target)
        before = self.text[:start].strip("\xa0\u3000 [(（【〔")
        found = bool(BACK.fullmatch(text) or (NOTE.fullmatch(text) and linked and before))
        if found:
            self.mark(start)
        return found

    def widen_mark(self, start: int) -> None:
        """Brackets around the marks that are all a superscript holds go with them."""
        inside = [mark for mark in self._marks if mark[0] >= start]
        text = self.text
        if inside and not text[start : inside[0][0]].strip(" [(（【") and not text[inside[-1][1] :].strip(" ])）】"):
            self._marks = [mark for mark in self._marks if mark[0] < start] + [(start, self.size)]

    def marks(self) -> tuple[tuple[int, int], ...]:
        """The marks with the brackets around them, in order, those inside others left away."""
        kept: list[tuple[int, int]] = []
        text = self.text if self._marks else ""
        found = [_bracketed(text, *mark) for mark in self._marks]
        for start, end in sorted(found, key=lambda mark: (mark[0], -mark[1])):
            if start < end and (not kept or start >= kept[-1][1]):
                kept.append((start, end))
        return tuple(kept)


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    pair = text[start - 1 : start] + text[end : end + 1] if start else ""
    return (start - 1, end + 1) if pair in PAIRS else (start, end)

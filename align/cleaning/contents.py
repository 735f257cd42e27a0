"""Lines -> which of them are a list of contents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.model import Line

HEADING = re.compile(
    r"[\[【(（〔]?\s*(?:目\s*[录錄次]|(?:Table of )?Contents|TABLE OF CONTENTS|CONTENTS)\s*[\])）】〕]?\s*[:：]?"
    r"\s*(?:[(（](?:continued|cont\.|续|續)[)）])?",
    re.I,
)
MAYBE_HEADING = re.compile(r"[内內]\s*容(?:\s*[提目][要录錄])?|Index|Outline", re.I)
"""What heads contents only where leaders follow."""
PAGE = r"(?P<page>\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,6}|[A-Z]{1,2}-?\d{1,3})"
LED = re.compile(rf"(?P<title>.*?\S)??\s*(?:(?:[.．·•‥⋯・_]\s?){{4,}}|…\s?[….．·\s]*)\s*[(（]?{PAGE}[)）]?\s*")
SPACED = re.compile(rf"(?P<title>.*?\S)(?:\t+\s*|\s{{3,}}){PAGE}\s*")
PLAIN = re.compile(r"(?P<title>.*?[^\s\d.,，、:：-])\s+(?P<page>\d{1,3}|[ivxlc]{1,7})\s*")
BARE_LABEL = re.compile(
    r"\s*(?:Article|Chapter|Section|Part|Annex|Appendix|Schedule|Clause|Item|Table|Figure|Rule|附件|附表|附录|附錄|表|图|圖)"
    r"\s+\S{1,5}\s*",
    re.I,
)
DIVISION = re.compile(
    r"\s*(?:第\s?[0-9０-９〇零一二三四五六七八九十百]{1,4}\s?[编編篇章节節]|(?:Chapter|Part|Section)\s+(?:\d{1,3}|[IVXLC]{1,7})\b)",
    re.I,
)
SENTENCE = re.compile(r"[。.;；:：,，!?！？]\s*$")
LONGEST = 160
LEAST = 3
GAP = 2
"""How many lines of one entry may stand above the one that holds its page number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line of contents says: its title, the page as a number (-1 if it is no Arabic one)."""

    title: str
    page: int


def contents(lines: Sequence[Line]) -> set[int]:
    """The lines that are contents, their heading with them."""
    later = _Later(lines)
    found: set[int] = set()
    at = 0
    while at < len(lines):
        end = _list_at(lines, at, later)
        if end > at:
            found |= set(range(at, end))
        at = max(at + 1, end)
    return found


def _list_at(lines: Sequence[Line], at: int, later: _Later) -> int:
    """Where a list that begins at a line ends; `at` itself where none does."""
    text = lines[at].text.strip()
    if HEADING.fullmatch(text):
        return max(_announced(lines, at + 1), later.repeated(at + 1)) if at + 1 < len(lines) else at
    if MAYBE_HEADING.fullmatch(text):
        end = _entries(lines, at + 1, announced=True)
        return end if _leaders(lines[at + 1 : end]) >= LEAST else at
    end = _led(lines, at)
    return end if end > at else later.divisions(at)


def _announced(lines: Sequence[Line], start: int) -> int:
    """Where the entries below a heading end; the heading's own place where there are none."""
    end = _entries(lines, start, announced=True)
    return end if end > start else start - 1


def _led(lines: Sequence[Line], start: int) -> int:
    """Where a list ends of which leaders say what it is; `start` where there is none."""
    if not entry_of(lines[start].text, False):
        return start
    end = _entries(lines, start, announced=False)
    return end if _leaders(lines[start:end]) >= LEAST else start


def _leaders(lines: Sequence[Line]) -> int:
    """How many lines are entries with leaders."""
    return sum(entry is not None for entry in (entry_of(line.text, False) for line in lines))


def _entries(lines: Sequence[Line], start: int, announced: bool) -> int:
    """Behind the last entry of a list; a long title may take more than one line."""
    end = at = start
    page = -1
    count = 0
    while at < len(lines) and at - end <= GAP:
        entry = entry_of(lines[at].text, announced)
        heading = count and HEADING.fullmatch(lines[at].text.strip())
        if entry and (entry.page < 0 or entry.page >= page or (entry.page == 1 and page < 20)):
            page = max(entry.page, -1) if entry.page >= 0 else page
            end = at + 1
            count += 1
        elif entry or (not heading and at > end and SENTENCE.search(lines[at].text) and not announced):
            break
        at += 1
    return end if count >= (2 if announced else LEAST) else start


def entry_of(text: str, announced: bool) -> Entry | None:
    """A line read as an entry; one without leaders counts only where a heading announces it."""
    text = text.strip()
    if len(text) > 2 * LONGEST or not (text[-1:].isalnum() or text[-1:] in ")）"):
        return None
    led = LED.fullmatch(text)
    match = led or (SPACED.fullmatch(text) or PLAIN.fullmatch(text) if announced else None)
    if not match or len(match["title"] or "") > LONGEST:
        return None
    if not led and (BARE_LABEL.fullmatch(text) or SENTENCE.search(match["title"])):
        return None
    page = match["page"]
    return Entry(match["title"] or "", int(page) if page.isdecimal() else -1)


class _Later:
    """What stands below each line, to tell the entries that the text repeats as its headings."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.keys = [_key(line.text[: 2 * LONGEST]) for line in lines]
        self.last: dict[str, int] = {}
        self.division_ends = list(range(len(lines) + 1))
        for at in range(len(lines) - 1, -1, -1):
            if _is_division(lines[at].text):
                self.division_ends[at] = self.division_ends[at + 1]
        for at, key in enumerate(self.keys):
            self.last[key] = at
            if at + 1 < len(lines):
                self.last[key + self.keys[at + 1]] = at

    def repeated(self, start: int) -> int:
        """Where a list ends whose lines are the headings of what follows; the heading's place where none does.

        A list of chapters ends where the first of them comes again: the others may stand in another file.
        """
        first = self._again(start)
        if not first or first - start < 2:
            return start - 1
        entries = range(start, first)
        if any(len(self.lines[at].text) > LONGEST for at in entries):
            return start - 1
        if len(entries) >= LEAST and all(DIVISION.match(self.lines[at].text) for at in entries):
            return first
        again = sum(self.last.get(self.keys[at], -1) >= first for at in entries)
        return first if again * 4 >= len(entries) * 3 else start - 1

    def divisions(self, start: int) -> int:
        """Where a list of chapters ends that has no heading: three or more in a row, each printed again."""
        end = self.division_ends[start]
        first = self._again(start) if end - start >= LEAST else 0
        if not first:
            return start
        end = min(end, first)
        again = all(self.last.get(self.keys[at], -1) >= end for at in range(start, end))
        return end if again and end - start >= LEAST else start

    def _again(self, start: int) -> int:
        """The next line that says what a line says, 0 where none does."""
        key = self.keys[start]
        if len(key) < 2 or self.last.get(key, -1) <= start:
            return 0
        return next(self._matches(key, start), 0)

    def _matches(self, key: str, start: int) -> Iterator[int]:
        for at in range(start + 1, len(self.keys)):
            following = self.keys[at + 1] if at + 1 < len(self.keys) else ""
            if self.keys[at] == key or (key.startswith(self.keys[at]) and self.keys[at] + following == key):
                yield at


def _is_division(text: str) -> bool:
    return bool(DIVISION.match(text)) and len(text.strip()) <= 80


def _key(text: str) -> str:
    """What a heading and its entry have in common."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()

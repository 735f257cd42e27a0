"""Lines of one language -> the same lines, each marked where it continues the one before it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import quantiles

from align.characters import ENDED
from align.model import Line

HANGING = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|namely|of|on|or|that|the|to|which|with)$")
PAUSED = re.compile(r"[,;:，；：、]$")
LEADS = re.compile(r"[;:；：]$")
LABEL = re.compile(
    r"\s*(?:[(（]?(?:[0-9０-９]{1,4}|[〇零一二三四五六七八九十百]{1,4}|[a-zA-Z]|[ivxIVX]{1,5})[)）.．、](?![0-9])"
    r"|第\s?\S{1,6}\s?[条條章节節编編篇款项項]|(?:Article|ARTICLE|Chapter|CHAPTER|Section|SECTION)\s+[0-9IVXLC]"
    r"|[•·●○■□▪◆◦‣*§–—-]\s)"
)
BULLET = re.compile(r"\s*(?:[•●○■□▪◆◦‣§\ue000-\uf8ff]\s?|o\s{1,4}(?=[A-Z]))(?=\S)")
RUN_IN = re.compile(r"\s*[^.:：。]{1,40}[:：](?:\s|$)")
"""The rest of a title that a colon ends, and whose first line may be broken anywhere."""
LEAST_WRAPPED = 24
LEAST_BROKEN = 8
"""How many broken sentences show whether lines are filled."""
LEAST_CUT = 60
"""How long a line without a stop is at least, in a text that is not wrapped, that a page's end has cut."""
SET_IN = 2
CENTRED = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set: its measure in half-width columns (0 where a line is a paragraph) and its left edge.

    `set_in`: lines set in from the edge open paragraphs. `filled`: a line goes on as far as words fit.
    """

    width: int
    edge: int
    set_in: bool
    filled: bool

    def opens(self, before: Line, line: Line) -> bool:
        """Whether a line's indent says that it begins a paragraph."""
        lead, above, text = _lead(line.text), _lead(before.text), before.text.rstrip()
        if not self.set_in or lead < self.edge + SET_IN:
            return False
        stopped = bool(ENDED.search(text) or LEADS.search(text))
        if line.lang == "en" and line.text.lstrip()[:1].islower() and not LABEL.match(line.text):
            return stopped
        if above < self.edge + SET_IN or stopped:
            return True
        return lead >= self.edge + CENTRED and (
            lead - above >= CENTRED or (above >= self.edge + CENTRED and _measure(text.strip()) < 0.5 * self.width)
        )

    def stops_short(self, before: Line, line: Line) -> bool:
        """Whether a line ends where the next one's first word would have fitted, so that it is no wrapped line."""
        return self.filled and _room(before, line) < 0.75 * self.width and not RUN_IN.match(line.text)


def find_wraps(lines: Sequence[Line], flowing: bool) -> tuple[Line, ...]:
    """The lines of one language, each marked where it continues the one before it."""
    layout = _layout(lines)
    made: list[Line] = []
    hanging = -1
    for at, line in enumerate(lines):
        goes_on = bool(at) and _continues(lines[at - 1], line, layout, flowing)
        goes_on = goes_on or (0 <= hanging < _lead(line.text) and _hangs(lines[at - 1], line))
        if not goes_on:
            hanging = _lead(line.text) if LABEL.match(line.text) and not flowing else -1
        made.append(replace(line, continues=goes_on))
    return tuple(made)


def _hangs(before: Line, line: Line) -> bool:
    """Whether a line set in below a label goes on with a sentence that has filled the line before."""
    if line.after_blank or line.number != before.number + 1 or (line.row, line.hint) != (before.row, before.hint):
        return False
    text = before.text.rstrip()
    stopped = ENDED.search(text) or LEADS.search(text) or LABEL.match(line.text) or BULLET.match(line.text)
    return line.witness == before.witness and not stopped and _measure(text) >= LEAST_CUT


def _continues(before: Line, line: Line, layout: Layout, flowing: bool) -> bool:
    if line.witness != before.witness or (line.row, line.column) != (before.row, before.column):
        return False
    if "heading" in line.hint or "heading" in before.hint or "bilingual" in (line.hint, before.hint):
        return False
    if line.hint != before.hint:
        return False
    if line.row and line.page:
        return not (ENDED.search(before.text.rstrip()) or LABEL.match(line.text) or BULLET.match(line.text))
    if line.page > before.page > 0:
        return _goes_over(before, line, layout)
    if line.after_blank and line.page and line.number == before.number + 1 and not flowing:
        return _surely_goes_on(before, line, layout)
    if line.after_blank or line.number != before.number + 1:
        return False
    if flowing:
        return True
    text = before.text.rstrip()
    goes_on = line.text[:1].islower() or (line.text[:1].isdigit() and _is_cut(text))
    if goes_on and line.lang == "en" and not LABEL.match(line.text):
        return True
    if not layout.width or layout.opens(before, line) or BULLET.match(line.text):
        return False
    if layout.stops_short(before, line):
        return False
    return not ENDED.search(text) or _measure(text) >= 0.75 * layout.width


def _is_cut(text: str) -> bool:
    """Whether a long line ends in a word that needs another."""
    return _measure(text) >= LEAST_CUT and bool(HANGING.search(text))


def _surely_goes_on(before: Line, line: Line, layout: Layout) -> bool:
    """Whether the words say that a line goes on, though it is set as if it began a paragraph."""
    text = before.text.rstrip()
    if ENDED.search(text) or PAUSED.search(text) or LABEL.match(line.text) or BULLET.match(line.text):
        return False
    if line.lang == "en":
        return line.text[:1].islower() and _measure(text) >= LEAST_WRAPPED
    return layout.width > 0 and _measure(text) >= 0.9 * layout.width


def _goes_over(before: Line, line: Line, layout: Layout) -> bool:
    """Whether a sentence, or in text that is set in a paragraph, goes on over the end of a page.

    What was left out between the two, and blank lines there, say nothing.
    """
    text = before.text.rstrip()
    if LABEL.match(line.text) or BULLET.match(line.text) or layout.opens(before, line):
        return False
    if line.lang == "en" and re.match(r"\s*[“‘\"'(]?[a-z]", line.text):
        return not LEADS.search(text)
    full = _measure(text) >= (0.75 * layout.width or LEAST_CUT)
    if ENDED.search(text):
        return full and layout.set_in and layout.width > 0
    if LEADS.search(text):
        return False
    if line.lang == "en":
        return bool(HANGING.search(text)) or full
    return full


def _layout(lines: Sequence[Line]) -> Layout:
    """A text is wrapped when, at many breaks between long lines, the sentence goes on.

    A line set in from the left edge begins a paragraph where hardly one of those goes on with a sentence.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank and b.number == a.number + 1 and not b.row]
    long = [(a, b) for a, b in pairs if _measure(a.text) >= LEAST_WRAPPED]
    broken = [(a, b) for a, b in long if _runs_on(a, b)]
    if len(broken) < 2 or len(broken) * 4 < len(long):
        return Layout(0, 0, False, False)
    lengths = sorted(_measure(a.text.rstrip()) for a, _ in broken)
    if not _is_even(lengths):
        return Layout(0, 0, False, False)
    edge = Counter(_lead(b.text) for _, b in broken).most_common(1)[0][0]
    width = int(quantiles(lengths, n=4)[1])
    short = sum(_room(a, b) < 0.75 * width for a, b in pairs if _surely_runs_on(a, b))
    filled = len(broken) >= LEAST_BROKEN and short * 20 <= len(broken)
    return Layout(width, edge, _is_set_in(pairs, edge), filled)


def _is_even(lengths: Sequence[int]) -> bool:
    """Whether lines in which sentences go on reach about as far as each other, as wrapped ones do."""
    reach = lengths[int(0.9 * (len(lengths) - 1))]
    return sum(length >= 0.7 * reach for length in lengths) * 2 > len(lengths)


def _is_set_in(pairs: Sequence[tuple[Line, Line]], edge: int) -> bool:
    set_in = [(a, b) for a, b in pairs if _lead(a.text) < edge + SET_IN <= _lead(b.text)]
    going_on = sum(_surely_runs_on(a, b) for a, b in set_in)
    return len(set_in) > 1 and going_on * 10 <= len(set_in)


def _runs_on(a: Line, b: Line) -> bool:
    if a.lang == "en":
        return b.text.lstrip()[:1].islower() or bool(HANGING.search(a.text.rstrip()))
    return not ENDED.search(a.text.rstrip()) and not PAUSED.search(a.text.rstrip())


def _surely_runs_on(a: Line, b: Line) -> bool:
    """Whether a sentence goes on, in a line that no label or bullet opens."""
    opened = LABEL.match(b.text) or BULLET.match(b.text)
    return _runs_on(a, b) and not opened and _measure(a.text.strip()) >= LEAST_WRAPPED


def _room(before: Line, line: Line) -> int:
    """How far a line would reach with the first word of the next one."""
    word = line.text.split(maxsplit=1)[0] if line.lang == "en" else line.text.strip()[:2]
    return _measure(before.text.rstrip()) + _measure(word) + (line.lang == "en")


def _measure(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _lead(text: str) -> int:
    """How far a line is set in, in half-width columns."""
    return _measure(text[: len(text) - len(text.lstrip())].expandtabs(4))

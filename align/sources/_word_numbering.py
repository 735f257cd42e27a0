"""word/numbering.xml and the paragraphs one by one -> the labels that Word prints in front of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from align.sources._numerals import numeral
from align.sources._shown import Label
from align.sources._word_styles import NumberingChoice, Styles, W, integer, switch, value
from align.sources.parts import Element, elements

LAST_LEVEL = 8
PLACE = re.compile(r"%([1-9])")
SEPARATORS = {"nothing": "", "space": " "}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. `restart`: after which level, from 1; 0 never, None any higher one."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    separator: str = " "
    restart: int | None = None
    legal: bool = False
    style: str = ""
    width: int = 0


@dataclass(slots=True)
class Count:
    """How far a list has got, by level; and which lists of the same kind have begun at which level."""

    values: dict[int, int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class List:
    """A list: its kind, whose count it shares, its levels, and the levels that it starts anew."""

    kind: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of a document in the order they are given."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._kinds = {e.get(f"{W}abstractNumId", ""): e for e in elements(root) if e.tag == f"{W}abstractNum"}
        self._nums = {e.get(f"{W}numId", ""): e for e in elements(root) if e.tag == f"{W}num"}
        self._lists: dict[str, List | None] = {}
        self._counts: dict[str, Count] = {}

    def label(self, choice: NumberingChoice, style_id: str) -> Label | None:
        """The label of the next paragraph, whose own properties and style are given; None for no number."""
        styled = self._styles.numbering(style_id)
        list_id = choice.list_id or styled.list_id
        found = self._list(list_id)
        if not found:
            return None
        level = choice.level
        if level is None and not choice.list_id:
            level = self._level_of_style(found, style_id, styled)
        level = min(max(level or 0, 0), LAST_LEVEL)
        return self._counted(found, list_id, level) if level in found.levels else None

    def _level_of_style(self, found: List, style_id: str, styled: NumberingChoice) -> int | None:
        for name in self._styles.names(style_id):
            for at, level in found.levels.items():
                if level.style == name:
                    return at
        return styled.level

    def _counted(self, found: List, list_id: str, at: int) -> Label:
        count = self._counts.setdefault(found.kind, Count())
        anew = at in found.starts and (list_id, at) not in count.begun
        count.begun.add((list_id, at))
        started = at in count.values and not anew
        count.values[at] = count.values[at] + 1 if started else found.levels[at].start
        for deeper in [level for level in count.values if level > at]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or at < restart:
                del count.values[deeper]
        return _label(found, count, at)

    def _list(self, list_id: str) -> List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read(list_id)
        return self._lists[list_id]

    def _read(self, list_id: str, through: tuple[str, ...] = ()) -> List | None:
        """A list; one that only names a list style is the list of that style."""
        num = self._nums.get(list_id)
        kind = value(num, "abstractNumId")
        if num is None or kind not in self._kinds or list_id in through or list_id == "0":
            return None
        link = value(self._kinds[kind], "numStyleLink")
        linked = self._read(self._styles.numbering(link).list_id, (*through, list_id)) if link else None
        levels = dict(linked.levels) if linked else _levels(self._kinds[kind])
        starts: dict[int, int] = {}
        for one in num.findall(f"{W}lvlOverride"):
            levels |= _levels(one)
            at, start = integer(one.get(f"{W}ilvl", "")), integer(value(one, "startOverride"))
            if at is not None and start is not None:
                starts[at] = start
                levels[at] = replace(levels.get(at, Level()), start=start)
        return List(linked.kind if linked else kind, levels, starts)


def _levels(parent: Element) -> dict[int, Level]:
    found = {integer(one.get(f"{W}ilvl", "")): _level(one) for one in parent.findall(f"{W}lvl")}
    return {at: level for at, level in found.items() if at is not None}


def _level(element: Element) -> Level:
    form = next(element.iter(f"{W}numFmt"), None)
    custom = form.get(f"{W}format", "") if form is not None else ""
    padded = re.match(r"0+[1-9]", custom)
    start = integer(value(element, "start"))
    return Level(
        0 if start is None else start,
        form.get(f"{W}val", "decimal") if form is not None else "decimal",
        value(element, "lvlText"),
        SEPARATORS.get(value(element, "suff"), " "),
        integer(value(element, "lvlRestart")),
        switch(element, "isLgl"),
        value(element, "pStyle"),
        len(padded[0]) if padded else 0,
    )


def _label(found: List, count: Count, at: int) -> Label:
    level = found.levels[at]
    if level.form == "bullet":
        return Label(_bullet(level.text) + " " if level.text.strip() else "", "", at + 1)
    text = PLACE.sub(lambda place: _number(found, count, int(place[1]) - 1, level.legal), level.text)
    ordinal = "" if level.form == "none" else str(count.values[at])
    return Label(text + level.separator if text.strip() else "", ordinal, at + 1)


def _number(found: List, count: Count, at: int, legal: bool) -> str:
    """The number of one level; one that has not begun shows where it would begin."""
    level = found.levels.get(at, Level())
    number = count.values.get(at, level.start)
    if level.width:
        return f"{number:0{level.width}}"
    return numeral(number, "decimal" if legal and level.form != "none" else level.form)


def _bullet(text: str) -> str:
    """A bullet is a sign of some symbol font, often a letter; words in its place are printed."""
    return text.strip() if len(text.strip()) > 1 and any(c.isalpha() for c in text) else "•"

"""The styles of an OpenDocument text -> headings, hidden text and the labels of lists and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from align.sources._numerals import numeral
from align.sources._shown import Label
from align.sources._word_styles import CONTENTS, HEADING, TITLES
from align.sources.parts import Element, local

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OUTLINE = "Outline"
FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "01": "decimalZero", "1st": "ordinal", "One": "cardinalText", "First": "ordinalText",
    "一": "chineseCountingThousand", "壹": "chineseLegalSimplified", "甲": "ideographTraditional",
    "子": "ideographZodiac", "①": "decimalEnclosedCircle", "１": "decimalFullWidth", "㊀": "ideographEnclosedCircle",
}  # fmt: skip
"""By the first numeral of what the file says, such as `一, 二, 三, ...`: the name that Word has for it."""
SEPARATORS = {"nothing": "", "space": " "}
PLACE = re.compile(r"%(\d{1,2})%")
LAST_LEVEL = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `template`, where there is one, says all of it."""

    form: str
    start: int
    shown: int
    prefix: str
    suffix: str
    template: str
    separator: str


@dataclass(slots=True)
class Count:
    """How far a list has got, by level from 1."""

    values: dict[int, int] = field(default_factory=dict)


class Styles:
    """The styles of content.xml and styles.xml together."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        for root in roots:
            for element in root.iter(f"{STYLE}style", f"{TEXT}list-style", f"{TEXT}outline-style"):
                self._add(element)

    def _add(self, element: Element) -> None:
        name = element.get(f"{STYLE}name", "")
        if local(element) == "style":
            self._styles[element.get(f"{STYLE}family", ""), name] = element
        else:
            outline = local(element) == "outline-style"
            self._lists[OUTLINE if outline else name] = dict(_levels(element))

    def heading(self, style: str) -> int:
        """The level of a title or a paragraph in a heading's style, 0 for any other."""
        for name in self._names("paragraph", style):
            named = HEADING.fullmatch(name)
            if named or name.lower() in TITLES:
                return int(named[1]) if named else TITLES[name.lower()]
        return 0

    def is_contents(self, style: str) -> bool:
        """Whether it is the style of a line in a list of contents."""
        return any(CONTENTS.fullmatch(name) for name in self._names("paragraph", style))

    def is_hidden(self, style: str, family: str) -> bool:
        """Whether text of this style is not shown."""
        for element in self._chain(family, style):
            properties = element.find(f"{STYLE}text-properties")
            said = properties.get(f"{TEXT}display") if properties is not None else None
            if said:
                return said == "none"
        return False

    def list_style(self, style: str) -> str | None:
        """The list style that a paragraph style names, which may be none; None where it says nothing."""
        said = (element.get(f"{STYLE}list-style-name") for element in self._chain("paragraph", style))
        return next((name for name in said if name is not None), None)

    def label(self, list_style: str, count: Count, at: int, start: int | None) -> Label | None:
        """The label of the next paragraph at a level of a list, counted from here."""
        levels = self._lists.get(list_style)
        if levels is None or at not in levels:
            return None
        for higher in range(1, at):  # LibreOffice counts a level that was skipped as begun
            count.values.setdefault(higher, levels[higher].start if higher in levels else 1)
        fresh = levels[at].start if at not in count.values else count.values[at] + 1
        count.values[at] = fresh if start is None else start
        for deeper in [level for level in count.values if level > at]:
            del count.values[deeper]
        return _label(levels, count, at)

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[family, name]
            name = self._styles[family, name].get(f"{STYLE}parent-style-name", "")

    def _names(self, family: str, name: str) -> Iterator[str]:
        """What a style and its parents are called; a name that no style has is one too."""
        at = name
        for element in self._chain(family, name):
            yield element.get(f"{STYLE}display-name", "") or _spaced(element.get(f"{STYLE}name", ""))
            at = element.get(f"{STYLE}parent-style-name", "")
        yield _spaced(at)


def whole(printed: str | None, default: int) -> int:
    """A whole number that an attribute says, or another."""
    return int(printed) if printed and re.fullmatch(r"[0-9]{1,9}", printed) else default


def _spaced(name: str) -> str:
    return name.replace("_20_", " ")


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for element in parent:
        if not isinstance(element.tag, str):
            continue
        at = whole(element.get(f"{TEXT}level"), 0)
        if 1 <= at <= LAST_LEVEL:
            yield at, _level(element)


def _level(element: Element) -> Level:
    said = element.get(f"{STYLE}num-format", "")
    numbered = local(element) in ("list-level-style-number", "outline-level-style")
    followed = next(
        (e.get(f"{TEXT}label-followed-by", "") for e in element.iter(f"{STYLE}list-level-label-alignment")), ""
    )
    template = next((str(value) for name, value in element.items() if str(name).endswith("}num-list-format")), "")
    return Level(
        _form(said) if numbered else "bullet",
        whole(element.get(f"{TEXT}start-value"), 1),
        whole(element.get(f"{TEXT}display-levels"), 1),
        element.get(f"{STYLE}num-prefix", ""),
        element.get(f"{STYLE}num-suffix", ""),
        template,
        SEPARATORS.get(followed, " "),
    )


def _form(said: str) -> str:
    if "貳" in said:
        return "ideographLegalTraditional"
    return FORMS.get(said.split(",")[0].strip(), "decimal") if said else "none"


def _label(levels: dict[int, Level], count: Count, at: int) -> Label:
    level = levels[at]
    if level.form == "bullet":
        return Label("• ", "", at)
    if level.template:
        text = PLACE.sub(lambda place: _number(levels, count, int(place[1])), level.template)
    else:
        numbers = (_number(levels, count, one) for one in range(max(at - level.shown + 1, 1), at + 1))
        text = level.prefix + ".".join(number for number in numbers if number) + level.suffix
    return Label(
        text + level.separator if text.strip() else "", "" if level.form == "none" else str(count.values[at]), at
    )


def _number(levels: dict[int, Level], count: Count, at: int) -> str:
    level = levels.get(at)
    return numeral(count.values.get(at, level.start), level.form) if level else ""

"""word/styles.xml -> what a paragraph's style says of headings, numbering, contents lists and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from align.sources.parts import Element, elements

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = ("0", "false", "off", "none")
HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.I)
TITLES = {"title": 1, "标题": 1, "標題": 1, "subtitle": 2, "副标题": 2, "副標題": 2}
CONTENTS = re.compile(
    r"(?:toc|contents|目录|目錄|index)\s*[1-9]|(?:toc|contents) heading|toc标题|table of (?:figures|authorities)", re.I
)
BODY_TEXT = 9
"""The outline level of what is no heading."""


@dataclass(frozen=True, slots=True)
class NumberingChoice:
    """A list (`w:num`) and a level of it, each as far as it is said; list `0` is none."""

    list_id: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself."""

    id: str
    name: str
    parent: str
    outline: int | None
    numbering: NumberingChoice
    hidden: bool


class Styles:
    """The styles of a document; a style takes from its parent what it does not say itself."""

    def __init__(self, root: Element | None) -> None:
        found = [(one.get(f"{W}type"), one.get(f"{W}default"), _style(one)) for one in elements(root) if _is_style(one)]
        self._by_id = {style.id: style for _, _, style in found}
        self._default = next((s.id for kind, default, s in found if kind == "paragraph" and is_on(default)), "")

    def heading(self, style_id: str) -> int:
        """The level of a heading style, 0 for any other."""
        for style in self._chain(style_id):
            named = HEADING.fullmatch(style.name.strip())
            level = int(named[1]) if named else TITLES.get(style.name.strip().lower(), 0)
            if level or style.outline is not None:
                return level or heading_level(style.outline or 0)
        return 0

    def numbering(self, style_id: str) -> NumberingChoice:
        """The list that a paragraph of this style stands in."""
        said = [style.numbering for style in self._chain(style_id)]
        list_id = next((one.list_id for one in said if one.list_id), "")
        return NumberingChoice(list_id, next((one.level for one in said if one.level is not None), None))

    def names(self, style_id: str) -> list[str]:
        """The ids of a style and those it is based on, nearest first."""
        return [style.id for style in self._chain(style_id)]

    def is_contents(self, style_id: str) -> bool:
        """Whether it is the style of a line in a list of contents."""
        return any(CONTENTS.fullmatch(style.name.strip()) for style in self._chain(style_id))

    def is_hidden(self, style_id: str) -> bool:
        """Whether text of this style is not shown."""
        return bool(style_id) and any(style.hidden for style in self._chain(style_id))

    def _chain(self, style_id: str) -> Iterator[Style]:
        seen: set[str] = set()
        style = self._by_id.get(style_id or self._default)
        while style and style.id not in seen:
            yield style
            seen.add(style.id)
            style = self._by_id.get(style.parent)


def heading_level(outline: int) -> int:
    """The heading level, from 1, of an outline level, from 0."""
    return outline + 1 if 0 <= outline < BODY_TEXT else 0


def is_on(value: str | None) -> bool:
    """Whether a switch that is there is on."""
    return value is not None and value.lower() not in OFF


def switch(properties: Element | None, name: str) -> bool:
    """Whether a property is there and not turned off."""
    found = properties.find(W + name) if properties is not None else None
    return found is not None and is_on(found.get(f"{W}val", "1"))


def value(parent: Element | None, path: str) -> str:
    """The value of the property at a path of names, or nothing."""
    found = parent.find("/".join(W + name for name in path.split("/"))) if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def integer(printed: str) -> int | None:
    """A whole number of a property; None where there is none."""
    return int(printed) if re.fullmatch(r"-?[0-9]{1,9}", printed) else None


def numbering_choice(properties: Element | None) -> NumberingChoice:
    """What the properties of a paragraph say of its numbering."""
    return NumberingChoice(value(properties, "numPr/numId"), integer(value(properties, "numPr/ilvl")))


def _is_style(element: Element) -> bool:
    return element.tag == f"{W}style"


def _style(element: Element) -> Style:
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    return Style(
        element.get(f"{W}styleId", ""),
        value(element, "name"),
        value(element, "basedOn"),
        integer(value(paragraph, "outlineLvl")),
        numbering_choice(paragraph),
        switch(run, "vanish"),
    )

"""The lists of a page -> the labels that a browser prints before their items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from align.sources._html_page import Box, Page

BULLET = "• "
LARGEST_ROMAN = 3999
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
UNMARKED = re.compile(r"un-?styled|no-?bullets?|list-?none|no-?list|un-?marked", re.I)
"""Words of a class by which a list has no marks."""
STYLES = {
    **{"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"},
    **{"lower-roman": "i", "upper-roman": "I", "decimal": "1", "none": "none"},
}
LABEL = re.compile(
    r"\s*(?:(?:第|article|section|rule|art\.|§)\s*)?[\[(（【]?\s*"
    r"(?P<key>\d{1,4}(?:[.-]\d{1,3})*|[０-９]{1,4}|[a-z]|[ivxlcdm]{2,6}|[一二三四五六七八九十百〇零]{1,5}|[①-⑳])\s*[])）】.．、:：，條条]",
    re.I,
)
DECIMAL = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})+\s")
OWN_BULLET = re.compile(r"\s*[•·●○■□◆◇►▪‣⁃*–—-]\s*\S")
CHINESE = {c: n for n, c in enumerate("〇一二三四五六七八九十")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed before a piece that begins an item of a list, and the number that it means."""

    text: str
    ordinal: str
    depth: int


def labels(page: Page, shown: list[bool]) -> dict[int, Label]:
    """The labels of the pieces that begin list items; `shown` says which pieces are text."""
    found: dict[int, Label] = {}
    following = _next_shown(shown)
    numbers = _numbers(page, following)
    for at, box in enumerate(page.boxes):
        first = following[box.first] if box.tag == "li" else len(shown)
        if first >= box.last:
            continue
        text, ordinal = _printed(page, page.boxes[box.above_list], numbers.get(at, 0), page.pieces[first].text)
        before = found.get(first, Label("", "", 0))
        found[first] = Label(before.text + text, ordinal or before.ordinal, box.list_depth)
    return found


def _next_shown(shown: list[bool]) -> list[int]:
    found = [len(shown)] * (len(shown) + 1)
    for at in range(len(shown) - 1, -1, -1):
        found[at] = at if shown[at] else found[at + 1]
    return found


def _numbers(page: Page, following: list[int]) -> dict[int, int]:
    """The number of every item of an ordered list."""
    lists: dict[int, list[int]] = {}
    for at, box in enumerate(page.boxes):
        if box.tag == "li" and page.boxes[above := box.above_list].tag == "ol":
            lists.setdefault(above, []).append(at)
    found: dict[int, int] = {}
    for above, members in lists.items():
        attributes = page.boxes[above].attributes
        step = -1 if "reversed" in attributes else 1
        number = _whole(attributes.get("start", ""), len(members) if step < 0 else 1)
        for member in members:
            number = _whole(page.boxes[member].attributes.get("value", ""), number)
            found[member] = number
            number += step
    return found


def _whole(said: str, otherwise: int) -> int:
    return int(said) if re.fullmatch(r"\s*[-+]?\d{1,9}\s*", said) else otherwise


def _printed(page: Page, above: Box, number: int, text: str) -> tuple[str, str]:
    """Label and ordinal of an item; no label where the text begins with one of the same number."""
    style = _style(above.attributes)
    if above.tag != "ol":
        own = OWN_BULLET.match(text) or LABEL.match(text) or DECIMAL.match(text)
        return "" if own or style == "none" else BULLET, ""
    own = LABEL.match(text)
    if style == "none" or (own and number in _values(own["key"])):
        return "", str(number)
    return f"{_counter(number, style)}. ", str(number)


def _style(attributes: Mapping[str, str]) -> str:
    said = STYLE.search(attributes.get("style", ""))
    if not said and UNMARKED.search(attributes.get("class", "")):
        return "none"
    return STYLES.get(said[1].lower(), "") if said else attributes.get("type", "1")


def _counter(number: int, style: str) -> str:
    """A number as the browser prints it in a style."""
    if style in ("a", "A") and number > 0:
        printed = ""
        while number:
            number, rest = divmod(number - 1, 26)
            printed = chr(ord("a") + rest) + printed
        return printed if style == "a" else printed.upper()
    if style in ("i", "I") and 0 < number <= LARGEST_ROMAN:
        printed = _roman(number)
        return printed if style == "i" else printed.upper()
    return str(number)


def _roman(number: int) -> str:
    printed = ""
    for value, letters in ROMAN:
        printed += letters * (number // value)
        number %= value
    return printed


def _values(key: str) -> set[int]:
    """The numbers that a label can mean: `i` is 9 or 1."""
    if key.isdecimal():
        return {int(key)}
    if len(key) == 1 and "①" <= key <= "⑳":
        return {ord(key) - ord("①") + 1}
    if key[0] in CHINESE or key[0] == "百":
        return {_chinese(key)}
    if not key.isascii() or not key.isalpha():
        return {int(part) for part in re.findall(r"\d+", key)[:1]}
    lower = key.lower()
    found = {ord(lower) - ord("a") + 1} if len(lower) == 1 else set()
    return found | {number for number in range(1, 60) if _roman(number) == lower}


def _chinese(key: str) -> int:
    """Numbers below 1000 as lists have them: 二十一, 一百零三."""
    total = digit = 0
    for c in key:
        if c in "十百":
            total += max(digit, 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = CHINESE[c]
    return total + digit

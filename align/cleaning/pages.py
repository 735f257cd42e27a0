"""Lines in pages -> which of them are running heads, running feet and page numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from align.model import Line

EDGE = 3
"""How many lines of a page's top and bottom may be its head and its foot."""
LONGEST_HEAD = 160
DASH = r"[-–—─―‐~～·•*|\s]*"
NUMBER = re.compile(
    rf"{DASH}(?:(?P<said>第|Page|PAGE|page|P\.|p\.)\s?)?(?P<n>\d{{1,4}}|[ivxlc]{{1,7}})"
    rf"\s?(?P<unit>[页頁])?(?P<of>\s?(?:[/／]|of|[,，]?\s?共)\s?\d{{1,4}}\s?[页頁]?)?{DASH}"
)
DECORATED = re.compile(r"\s*[-–—─―~～·•]\s?\d{1,4}\s?[-–—─―~～·•]\s*")
AT_END = re.compile(r"(?:^|(?<=[\s|·•–—-]))(?:\d{1,4}|[ivxlc]{1,7})\s*$|^\s*(?:\d{1,4}|[ivxlc]{1,7})(?=[\s|·•–—-])")
LABEL = re.compile(
    r"\s*(?:(?:Article|Chapter|Section|Part|Clause|Paragraph|Annex|Appendix|Schedule|Item|Table|Figure|Rule|Art)\b"
    r"|第\s?\S{1,8}\s?[条條章节節编編篇款项項]|附?[件录錄表图圖]|[(（]?\d{1,3}(?:\.\d+)*[.)）、．])",
    re.I,
)
NO_HEAD = re.compile(r"[.。;；:：,，!！?？]\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """A line near the top or the bottom of a page: `at` is its index."""

    at: int
    page: int
    edge: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A page number as printed: its value, and whether the numerals are Roman."""

    value: int
    roman: bool


def furnished(lines: Sequence[Line], taken: Mapping[int, str]) -> dict[int, str]:
    """The lines that are running heads or page numbers, each with its reason; those `taken` are looked past."""
    pages: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.page and at not in taken:
            pages[line.page].append(at)
    free = {at for found in pages.values() for at in found if not lines[at].row and lines[at].hint != "unit"}
    places = [place for page, found in pages.items() for place in _places(page, found) if place.at in free]
    numbers = _numbers(lines, places)
    heads = _heads(lines, places, free, len(pages))
    found = dict.fromkeys(heads, "running-head") | dict.fromkeys(numbers, "page-number")
    found |= _alike(lines, places, heads, found)
    return _peeled(pages, found)


def _places(page: int, found: Sequence[int]) -> Iterator[Place]:
    for at in found[:EDGE]:
        yield Place(at, page, "top")
    for at in found[-EDGE:]:
        yield Place(at, page, "bottom")


def _peeled(pages: Mapping[int, list[int]], found: Mapping[int, str]) -> dict[int, str]:
    """Of what was found, what no line of text stands outside of."""
    kept: dict[int, str] = {}
    for lines in pages.values():
        for order in (lines[:EDGE], lines[: -EDGE - 1 : -1]):
            for at in order:
                if at not in found:
                    break
                kept[at] = found[at]
    return kept


def printed_number(text: str) -> Printed | None:
    """The page number that a line consists of."""
    match = NUMBER.fullmatch(text)
    if not match:
        return None
    if match["n"].isdecimal():
        return Printed(int(match["n"]), False)
    value = _roman(match["n"])
    return Printed(value, True) if value else None


def _roman(numeral: str) -> int:
    """The value of a numeral in small letters, 0 where it is none."""
    if not re.fullmatch(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", numeral):
        return 0
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[c] for c in numeral]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))


def _numbers(lines: Sequence[Line], places: Sequence[Place]) -> set[int]:
    """Lone numbers that run with the pages; on a single page, one that could be nothing else."""
    found = [(place, number) for place in places if (number := printed_number(lines[place.at].text))]
    offsets: dict[tuple[int, bool, str], set[int]] = defaultdict(set)
    for place, number in found:
        offsets[number.value - place.page, number.roman, place.edge].add(place.page)
    runs = set()
    for place, number in found:
        on = offsets[number.value - place.page, number.roman, place.edge]
        if any(place.page + away in on for away in (-4, -3, -2, -1, 1, 2, 3, 4)):
            runs.add(place.at)
    return runs | {place.at for place, _ in found if DECORATED.fullmatch(lines[place.at].text)}


def _heads(lines: Sequence[Line], places: Sequence[Place], free: set[int], pages: int) -> set[int]:
    """Lines that recur at the same edge of several pages and hardly elsewhere."""
    groups: dict[str, list[Place]] = defaultdict(list)
    everywhere: dict[str, int] = defaultdict(int)
    for at in free:
        everywhere[_key(lines[at].text)] += 1
    for place in places:
        key = _key(lines[place.at].text)
        if key and len(key) <= LONGEST_HEAD and not NO_HEAD.search(lines[place.at].text):
            groups[key].append(place)
    heads: set[int] = set()
    for key, group in groups.items():
        at_edges = {place.at for place in group}
        if len(at_edges) > 1 and everywhere[key] - len(at_edges) <= len(at_edges) // 2:
            heads |= _recurring(lines, group, pages)
    return _without_title(lines, heads)


def _bare(text: str) -> str:
    """A head without the page number at its end or beginning; a label keeps its number."""
    bare = AT_END.sub("", text.strip()).strip()
    return text.strip() if LABEL.fullmatch(bare) else bare


def _key(text: str) -> str:
    """What is the same in all heads of one kind: no page number, no space, any digits alike."""
    if len(text) > 2 * LONGEST_HEAD:
        return ""
    bare = unicodedata.normalize("NFKC", _bare(text))
    return re.sub(r"\d+", "#", "".join(bare.split())) if any(c.isalpha() for c in bare) else ""


def _recurring(lines: Sequence[Line], group: Sequence[Place], pages: int) -> set[int]:
    """The lines of a group that are heads: word for word the same, or with numbers that run with the pages."""
    by_text: dict[str, list[Place]] = defaultdict(list)
    for place in group:
        by_text["".join(_bare(lines[place.at].text).split())].append(place)
    steady = [same for same in by_text.values() if _is_steady(same, pages) and _counts(lines, same)]
    found = {place.at for same in steady for place in same}
    varied = len(by_text) > 1 and not LABEL.match(lines[group[0].at].text)
    if varied and _is_steady(group, pages) and _run(lines, group):
        found |= {place.at for place in group}
    return found


def _is_steady(places: Sequence[Place], pages: int) -> bool:
    """Three pages or more, every one or every second of a stretch; of a text of two pages, both."""
    on = sorted({place.page for place in places})
    if len(on) < 3 and not (len(on) == 2 and pages <= 3):
        return False
    return on[-1] - on[0] < 2 * len(on) + 1


def _counts(lines: Sequence[Line], places: Sequence[Place]) -> bool:
    """Whether the numbers at the ends of equal heads, if there are any, count the pages."""
    offsets: list[int] = []
    for place in places:
        number = AT_END.search(lines[place.at].text.strip())
        if (
            number
            and number.group().strip().isdecimal()
            and _bare(lines[place.at].text) != lines[place.at].text.strip()
        ):
            offsets.append(int(number.group()) - place.page)
    return not offsets or max(map(offsets.count, offsets)) * 3 >= len(offsets) * 2


def _run(lines: Sequence[Line], group: Sequence[Place]) -> bool:
    """Whether every number in a head is the same throughout or counts the pages."""
    rows = [(place.page, [int(n) for n in re.findall(r"\d+", lines[place.at].text)]) for place in group]
    if len({len(row) for _, row in rows}) != 1:
        return False
    columns = zip(*(row for _, row in rows), strict=True)
    return all(
        len(set(column)) == 1 or len({n - page for n, (page, _) in zip(column, rows, strict=True)}) == 1
        for column in columns
    )


def _without_title(lines: Sequence[Line], heads: set[int]) -> set[int]:
    """A text's first line is its title, though it runs on as a head, where the heads are set otherwise."""
    if 0 not in heads:
        return heads
    first = lines[0]
    like = [lines[at] for at in heads if at and _key(lines[at].text) == _key(first.text)]
    leads = {_lead(line.text) for line in [first, *like]}
    unlaid = leads == {0} and _bare(first.text) == first.text.strip() and not re.search(r"\d", first.text)
    set_apart = all(abs(_lead(line.text) - _lead(first.text)) > 2 for line in like)
    is_title = first.hint.startswith("heading") and not any(line.hint == first.hint for line in like)
    return heads - {0} if is_title or unlaid or set_apart else heads


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def _alike(lines: Sequence[Line], places: Sequence[Place], heads: set[int], found: Mapping[int, str]) -> dict[int, str]:
    """Lines that hold the page's own number and are nearly worded as a head that was found."""
    keys = [key for key, _ in Counter(_key(lines[at].text) for at in sorted(heads)).most_common(4)]
    more: dict[int, str] = {}
    for place in places:
        text = lines[place.at].text
        if place.at in found or not AT_END.search(text) or NO_HEAD.search(text):
            continue
        key = _key(text)
        if len(key) > 9 and any(SequenceMatcher(None, key, other).ratio() > 0.8 for other in keys):
            more[place.at] = "running-head"
    return more

"""Lines of a text without form feeds -> the same lines in pages, where page numbers show them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, islice, pairwise
from statistics import median

from align.characters import ENDED, HAN_CHAR
from align.cleaning.pages import DECORATED, LABEL, NO_HEAD, printed_number
from align.model import Line

LEAST_PAGE = 500
"""How much text, in half-width columns, stands at least between two page numbers where nothing else ends a page."""


def paged(lines: Sequence[Line], taken: Mapping[int, str]) -> tuple[list[Line], dict[int, str]]:
    """Lines of a text without form feeds, in pages where page numbers show them, and those numbers."""
    if any(line.page for line in lines):
        return list(lines), {}
    found = dict.fromkeys(_counted(lines, taken), "page-number")
    ends = {at for at, reason in {**taken, **found}.items() if reason == "page-number"}
    if not ends:
        return list(lines), {}
    made, page = [], 1
    for at, line in enumerate(lines):
        made.append(replace(line, page=page))
        page += at in ends
    return made, found


def _counted(lines: Sequence[Line], taken: Mapping[int, str]) -> list[int]:
    """The longest series of lone numbers that count up at the distance of pages."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        number = printed_number(line.text) if at not in taken and not line.row and not line.hint else None
        if number and not number.roman:
            found[number.value].append(at)
    above = [0, *accumulate(len(line.text) + len(HAN_CHAR.findall(line.text)) for line in lines)] if found else []
    best: list[int] = []
    seen: set[int] = set()
    for start, value in sorted((at, value) for value, places in found.items() for at in places):
        chain = [] if start in seen else _chain(lines, found, above, start, value)
        seen.update(chain)
        if len(chain) > len(best) and _are_pages(lines, chain, above):
            best = chain
    return best


def _chain(
    lines: Sequence[Line], found: Mapping[int, list[int]], above: Sequence[int], start: int, value: int
) -> list[int]:
    """From one number on, each next one that is far enough below."""
    chain = [start]
    while True:
        value += 1
        places = found.get(value, [])
        after = islice(places, bisect_right(places, chain[-1]), None)
        least = above[chain[-1] + 1] + LEAST_PAGE
        following = next((at for at in after if above[at] >= least or not lines[at].text.strip().isdecimal()), None)
        if following is None:
            return chain
        chain.append(following)


def _are_pages(lines: Sequence[Line], chain: Sequence[int], above: Sequence[int]) -> bool:
    """Three or more numbers at even distances, of which some stand in mid-sentence; or decorated ones."""
    if len(chain) < 3:
        return False
    if all(DECORATED.fullmatch(lines[at].text) for at in chain):
        return True
    sizes = [above[b] - above[a + 1] for a, b in pairwise(chain)]
    usual = median(sizes)
    even = all(0.5 * usual <= size <= 2 * usual for size in sizes)
    return even and sum(_breaks(lines, at) for at in chain) * 4 >= len(chain)


def _breaks(lines: Sequence[Line], at: int) -> bool:
    """Whether a sentence goes on over a line."""
    if not 0 < at < len(lines) - 1:
        return False
    before, after = lines[at - 1].text.rstrip(), lines[at + 1].text
    if ENDED.search(before) or NO_HEAD.search(before[-1:].replace(",", "").replace("，", "")):
        return False
    han = bool(HAN_CHAR.match(after)) and len(before) > 15 and not LABEL.match(after)
    return bool(re.match(r"\s*[a-z]+(?![.)\w])", after)) or han

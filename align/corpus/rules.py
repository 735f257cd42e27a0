"""An element tree -> what breaks the rules that need sums or sequences, which Schematron cannot do fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from align.corpus.tree import TEI, XML

Element = etree._Element
Fault = tuple[Element, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """As a pattern of align.sch: an id, what must be so, what to do if it is not, and what breaks it."""

    id: str
    sentence: str
    remedy: str
    faults: Callable[[Element], Iterator[Fault]]


def _link_order(root: Element) -> Iterator[Fault]:
    place = {_id(e): at for at, e in enumerate(root.iter(f"{TEI}s", f"{TEI}gap"))}
    home = {
        _id(e): _id(item)
        for item in root.iter(f"{TEI}div")
        if item.get("type") == "item"
        for e in item.iter(f"{TEI}s", f"{TEI}gap")
    }
    last: dict[tuple[str, str], list[int]] = defaultdict(lambda: [-1, -1])
    for link in root.iter(f"{TEI}link"):
        en, zh = (_targets(link, begins) for begins in ("#en.", "#zh."))
        if "#status.crossing" in (link.get("ana") or "").split() or not (en and zh and home.keys() >= {en[0], zh[0]}):
            continue
        done = last[home[en[0]], home[zh[0]]]
        orders = [
            [before, *(place[i] for i in side if i in place)] for before, side in zip(done, (en, zh), strict=True)
        ]
        if any(before >= after for order in orders for before, after in pairwise(order)):
            yield link, f"This one has {link.get('target')}."
        done[:] = map(max, orders)


def _targets(link: Element, begins: str) -> list[str]:
    """The ids of one side, each once."""
    found = (target for target in (link.get("target") or "").split() if target.startswith(begins))
    return [target[1:] for target in dict.fromkeys(found)]


def _trace_text(root: Element) -> Iterator[Fault]:
    held: dict[str, int] = defaultdict(int)
    for span in root.iter(f"{TEI}span"):
        held[(span.get("target") or "").removeprefix("#")] += _becomes(span)
    for element, target in _printed(root):
        size = _length(element)
        if held[target] != size:
            yield (
                element,
                f"Here {size} characters are printed and the spans with target #{target} add up to {held[target]}.",
            )


def _becomes(span: Element) -> int:
    """How many characters of printed text stand for a span."""
    if span.get("type") in ("joined", "replaced"):
        return 1 if span.get("subtype") == "space" else 0
    start, _, end = (span.get("n") or "").partition("-")
    return int(end) - int(start) if start.isdecimal() and end.isdecimal() else 0


def _printed(root: Element) -> Iterator[tuple[Element, str]]:
    """Everything that a witness prints, with the id that its spans point to."""
    for text in root.iter(f"{TEI}text"):
        if text.get(f"{XML}id"):
            yield from ((s, _id(s)) for s in text.iter(f"{TEI}s"))
            yield from ((pc, _id(_above(pc, 2))) for pc in text.iter(f"{TEI}pc"))
            yield from ((label, _id(_above(label, 1))) for label in text.iter(f"{TEI}label", f"{TEI}seg"))


def _above(element: Element, levels: int) -> Element | None:
    found: Element | None = element
    for _ in range(levels):
        found = None if found is None else found.getparent()
    return found


def _length(element: Element) -> int:
    """The number of characters printed: readings do not count; a gap may stand for one that XML cannot hold."""
    if element.tag in (f"{TEI}reg", f"{TEI}corr") or not isinstance(element.tag, str):
        return 0
    inside = sum(_length(child) + len(child.tail or "") for child in element)
    return len(element.text or "") + (element.get("reason") == "character") + inside


def _id(element: Element | None) -> str:
    return "" if element is None else element.get(f"{XML}id") or ""


RULES = (
    Rule(
        "link-order",
        "The links of a pair of items stand in printed order unless flagged as crossing.",
        "Put the link in its place, or add #status.crossing to @ana.",
        _link_order,
    ),
    Rule(
        "trace-text",
        "The spans that went to a sentence, label or mark add up to what is printed.",
        "Build the corpus again with `align build`; a corpus is not edited by hand.",
        _trace_text,
    ),
)

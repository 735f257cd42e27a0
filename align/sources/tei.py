"""A TEI file -> a source: what its links join as units, else its paragraphs as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from align.errors import DataError
from align.model import Source
from align.sources._tei_text import BLOCKS, Flow, identity, language
from align.sources._units import COLUMN
from align.sources._xml import Element, as_utf8, local, tree
from align.sources.rendering import Rendering

LEAVES = ("s", "seg", "p", "ab", "l", "head", "item")
"""What a @corresp may stand on to mean a pair, the finest first."""
Group = list[Element]


def read_tei(path: Path, witness: str, data: bytes) -> Source:
    """A corpus or text in TEI: `link` elements, or else @corresp, say what answers what.

    Raises DataError where it is malformed or holds no text in English or Chinese.
    """
    xml, encoding = as_utf8(path, data)
    root = tree(path, xml)
    page = Rendering(witness)
    found = _bodies(root)
    flow = Flow(page)
    beads = list(_beads(root, found))
    for part in _outside(root, found):
        _leave_out(page, part)
    for number, bead in enumerate(beads, 1):
        _unit(flow, bead, f"u{number}")
    for body in found:
        flow.rest(body, len(beads))
    _check(path, flow)
    return page.source(path, data, encoding)


def _check(path: Path, flow: Flow) -> None:
    if flow.others and not flow.written:
        names = ", ".join(sorted(flow.others))
        raise DataError(f"{path}: line 1: the text is in {names}, not in English or Chinese.", "Give one that is.")


def _bodies(root: Element) -> list[Element]:
    """The outermost `text` elements."""
    return [
        found for found in root.iter("{*}text") if not any(local(outer) == "text" for outer in found.iterancestors())
    ]


def _outside(root: Element, found: Sequence[Element]) -> Iterator[Element]:
    """The elements of the file that stand beside its texts, such as headers."""
    if root in found:
        return
    for child in root:
        if child not in found and isinstance(child.tag, str):
            yield from _outside(child, found) if any(child in text.iterancestors() for text in found) else [child]


def _leave_out(page: Rendering, part: Element) -> None:
    """A header or the like; a trace of what became of characters is told apart from it."""
    for found in part.iter():
        if isinstance(found.tag, str):
            reason = "trace" if local(found) in ("span", "spanGrp") else "metadata"
            for text in (found.text, found.tail if found is not part else ""):
                if text and text.strip():
                    page.leave_out(" ".join(text.split()), reason)


def _beads(root: Element, found: Sequence[Element]) -> Iterator[Group]:
    """The elements that each link joins, in the order of the links."""
    named = {name: part for body in found for part in body.iter() if (name := identity(part))}
    linked = [
        [named[name] for name in _pointers(link.get("target") or link.get("targets")) if name in named]
        for link in root.iter("{*}link")
    ]
    linked = [kept for group in linked if (kept := [part for part in group if local(part) != "gap"])]
    yield from linked if any(_is_pair(group) for group in linked) else _corresponding(named)


def _pointers(value: str | None) -> Iterator[str]:
    """The ids that an attribute points to; those of other files as well, if they are here."""
    for pointer in (value or "").split():
        yield pointer.rpartition("#")[2]


def _is_pair(group: Iterable[Element]) -> bool:
    return {"en", "zh"} <= {language(element) for element in group}


def _corresponding(named: dict[str, Element]) -> Iterator[Group]:
    """What @corresp joins, on the finest elements that have it; the English side in its own order."""
    for leaf in LEAVES:
        pairs = [
            [part, *(named[name] for name in _pointers(part.get("corresp")) if name in named)]
            for part in named.values()
            if local(part) == leaf
        ]
        pairs = [pair for pair in pairs if _is_pair(pair)]
        if pairs:
            yield from _once(pairs)
            return


def _once(pairs: Iterable[Group]) -> Iterator[Group]:
    """Each pair once, though both of its sides point to each other."""
    seen: set[Element] = set()
    for pair in pairs:
        if not seen & set(pair):
            seen |= set(pair)
            yield pair


def _unit(flow: Flow, bead: Group, row: str) -> None:
    """One link: a line for each paragraph or heading that its elements of one language stand in."""
    for lang in dict.fromkeys(map(language, bead)):
        own = [element for element in bead if language(element) == lang and element not in flow.done]
        for run in _paragraphs(own):
            text = flow.join(run, lang)
            if lang == "other":
                flow.page.leave_out(text, "other-language")
            else:
                flow.write(text, lang, hint="unit", row=row, column=COLUMN.get(lang, 0))
            flow.after()


def _paragraphs(own: Sequence[Element]) -> Iterator[Group]:
    """Elements by the block they stand in; a heading that runs into its text goes with it."""
    runs = [list(run) for _, run in groupby(own, key=_block)]
    at = 0
    while at < len(runs):
        run = list(runs[at])
        while at + 1 < len(runs) and _runs_in(run[-1]):
            at += 1
            run += runs[at]
        yield run
        at += 1


def _block(element: Element) -> Element:
    return next((outer for outer in element.iterancestors() if local(outer) in BLOCKS), element)


def _runs_in(element: Element) -> bool:
    following = element.getnext()
    return following is not None and local(following) == "pc"

"""The units of a translation memory -> lines of a rendering, English and Chinese in rows of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from align.characters import HAN_CHAR
from align.errors import DataError
from align.sources._xml import Element, entity, inside, local, one_line
from align.sources.rendering import Rendering

ENGLISH = re.compile(r"(?:en|eng|english)(?![a-z])|英", re.I)
CHINESE = re.compile(r"(?:zh|zho|chi|cmn|chs|cht|yue|cn|chinese|mandarin)(?![a-z])|[中汉漢华華]", re.I)
UNSAID = re.compile(r"(?:und|mul|zxx|x-default)?", re.I)
CODES = frozenset("ph bpt ept it ut x bx ex sc ec".split())
"""Elements whose content is code of the format that was translated."""
BREAK_CODE = re.compile(r"<br\b|^(?:\\[nr])+$", re.I)
BREAK_TYPE = re.compile(r"(?:^|[-:])lb$|^(?:br|line-?break)$", re.I)
COLUMN = {"en": 1, "zh": 2}


@cache
def side_of(code: str) -> str:
    """A language code or name -> `en`, `zh`, `other`, or nothing where it says nothing."""
    name = code.strip()
    if UNSAID.fullmatch(name):
        return ""
    return "en" if ENGLISH.match(name) else "zh" if CHINESE.match(name) else "other"


@dataclass(slots=True)
class Content:
    """What a segment holds: its text, the text of flows inside its codes, and those codes."""

    name: str = ""
    text: str = ""
    inner: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The texts, each as one line."""
        yield from (line for line in map(one_line, (self.text, *self.inner)) if line.strip())


def contents(segment: Element) -> list[Content]:
    """What a segment holds; several contents where it is marked up into named segments of its own."""
    found = [Content()]
    _walk(segment, found)
    return found


def _walk(element: Element, found: list[Content]) -> None:
    found[-1].text += element.text or ""
    for child in element:
        name = local(child)
        if child.tag is etree.Entity:
            found[-1].text += entity(child)
        elif name in CODES:
            _code(child, found[-1])
        else:
            if name == "mrk" and child.get("mtype") == "seg":
                _begin(child.get("mid") or "", found)
            _walk(child, found)
        found[-1].text += child.tail or ""


def _begin(name: str, found: list[Content]) -> None:
    """A named segment begins; text before the first one belongs to it."""
    if found[-1].name or not name:
        found.append(Content(name or str(len(found))))
    else:
        found[-1].name = name


def _code(element: Element, content: Content) -> None:
    """A code leaves the text but for what is translatable inside it; one that breaks the line leaves a space."""
    own = [element.text or ""]
    for child in element:
        if local(child) == "sub":
            content.inner += [line for part in contents(child) for line in (part.text, *part.inner)]
        else:
            own.append(entity(child) if child.tag is etree.Entity else inside(child))
        own.append(child.tail or "")
    content.codes += [one_line(text) for text in own if text.strip()]
    kinds = [value for name, value in element.items() if name in ("ctype", "type", "subType")]
    if BREAK_CODE.search("".join(own).strip()) or any(BREAK_TYPE.search(str(kind)) for kind in kinds):
        content.text += " "


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a unit: its code as given, its lines, and the codes that were in them."""

    code: str
    texts: tuple[str, ...]
    codes: tuple[str, ...] = ()


def side(code: str, *held: Content) -> Side:
    """The side that some contents make together."""
    return Side(code, tuple(t for c in held for t in c.lines()), tuple(code for c in held for code in c.codes))


@dataclass(slots=True)
class Memory:
    """Writes units into a rendering and remembers which languages they were in."""

    page: Rendering
    units: int = 0
    found: dict[str, str] = field(default_factory=dict)
    """Language codes as given, with the side that each is."""

    def unit(self, sides: Sequence[Side]) -> None:
        """One unit: of each language the first that has text counts."""
        self.units += 1
        taken = {0}
        for given, (lang, column) in zip(sides, _columns(sides), strict=True):
            self.found[given.code] = side_of(given.code)
            reason = "other-language" if lang == "other" else "variant" if column in taken else ""
            if given.texts:
                taken.add(column)
            for text in given.texts:
                if reason:
                    self.page.leave_out(text, reason)
                else:
                    self.page.line(text, hint="unit", row=f"u{self.units}", column=column, lang=lang)
            self.leave_out(given.codes, "code")

    def leave_out(self, texts: Iterable[str], reason: str) -> None:
        """Text that is no text of a unit."""
        for text in texts:
            self.page.leave_out(text, reason)

    def check(self, path: Path, one_side_will_do: bool = False) -> None:
        """Raise DataError for a memory that is empty, or in other languages than English and Chinese."""
        if not self.units:
            raise DataError(f"{path}: line 1: the memory is empty.", "Export it again with its units.")
        sides = set(self.found.values())
        if sides >= {"en", "zh"} or "" in sides or (one_side_will_do and sides <= {"en", "zh"}):
            return
        names = ", ".join(sorted(code for code in self.found if code)) or "no language"
        raise DataError(
            f"{path}: line 1: the memory is in {names}, not in English and Chinese.",
            "Give a memory whose units are English and Chinese.",
        )


def _columns(sides: Sequence[Side]) -> Iterator[tuple[str, int]]:
    """The language and column of each side; where no code says it, the other side or the share of Han does."""
    langs = [side_of(given.code) for given in sides]
    unsaid = [at for at, lang in enumerate(langs) if not lang]
    chinese = max(unsaid, key=lambda at: (_han(sides[at]), at), default=-1)
    for at, lang in enumerate(langs):
        if lang:
            yield lang, COLUMN.get(lang, 0)
        elif "zh" in langs or "en" in langs:
            yield "", 1 if "zh" in langs else 2
        else:
            yield "", 2 if at == chinese else 1


def _han(given: Side) -> float:
    text = "".join(given.texts)
    return len(HAN_CHAR.findall(text)) / (len(text) or 1)

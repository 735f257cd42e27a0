"""Runs, numbers and attributes -> escaped HTML, and an anchor of its own for every part of a brief."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from ._brief import Alone, Cell, Note, Paragraph, Part, Row

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
"""What HTML does not allow: controls, halves of surrogate pairs, and code points that are no characters."""
LATIN_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z ])")
UNSAFE = re.compile(r"[^\w.-]+")


def text(said: str) -> str:
    """The text escaped; a character that HTML forbids is spelled out, as [U+0001]."""
    spelled = FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", said)
    return escape(spelled.replace("\r", "\n"), quote=False)


def attribute(said: str) -> str:
    """The value of an attribute, with its quotation marks."""
    return f'"{text(said).replace(chr(34), "&quot;")}"'


def element(name: str, held: str, **said: str) -> str:
    """An element with what it holds, which is HTML already; empty attributes are left out, `_` is `-`."""
    given = "".join(f" {_name(key)}={attribute(value)}" for key, value in said.items() if value)
    return f"<{name}{given}>{held}</{name}>"


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def line(said: Iterable[str], between: str = "\n") -> str:
    """Pieces of HTML under each other; empty ones are left out."""
    return between.join(filter(None, said))


def words(paragraph: Paragraph, tags: dict[str, str], lang: str) -> str:
    """The runs of a paragraph in a cell of one language; neighbours of one kind are one."""
    made = []
    for (own, style), run in groupby(paragraph, key=lambda each: (each.lang, each.style)):
        held = _in_language("".join(each.text for each in run), own, tags)
        other = tags[own] if own != lang else ""
        if style == "mark":
            made.append(element("span", held, class_="mark", lang=other, dir="ltr"))
        elif style == "title":
            made.append(element("b", held, lang=other))
        else:
            made.append(element("span", held, lang=other) if other else held)
    return "".join(made)


def _in_language(said: str, lang: str, tags: dict[str, str]) -> str:
    """Chinese faces have an apostrophe as wide as a character, which parts a Latin word."""
    held = text(said)
    return held if lang == "en" else LATIN_APOSTROPHE.sub(element("span", "’", lang=tags["en"]), held)


def paragraphs(cell: Cell, tags: dict[str, str], lang: str) -> str:
    """The paragraphs of one side."""
    return "".join(element("p", words(each, tags, lang)) for each in cell)


def title_of(cell: Cell) -> str:
    """What a table of contents prints of a side: the title that opens it, without marks and colon."""
    found = []
    for run in cell[0] if cell else ():
        if run.style != "title":
            break
        found.append(run.text)
    return "".join(found).strip().rstrip(":：").strip()


def anchors(parts: Iterable[Part]) -> dict[str, str]:
    """The id of every part by its anchor: `item-36`, or the id in the corpus where there is no number.

    A number that is used again takes the id in the corpus after the word, so that the first keeps its own.
    """
    made: dict[str, str] = {}
    taken: set[str] = set()
    for part in parts:
        if isinstance(part, Note):
            continue
        number = part.number if isinstance(part, Row | Alone) else ""
        name = f"item-{UNSAFE.sub('-', number).strip('-')}" if number else part.anchor
        if name in taken or name == "item-":
            name = f"item-{part.anchor.partition('.')[2]}"
        while name in taken:
            name += "-again"
        taken.add(name)
        made[part.anchor] = name
    return made

"""The markup of a unit or a head as it is written -> the same with some attributes otherwise, all else as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from align.memory.grammar import grammar
from align.memory.patterns import DATE, DATES

TAG = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"""
    r"""|<(?P<name>[\w:.-]+)(?P<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)(?P<end>\s*/?>)""",
    re.S,
)
ATTRIBUTE = re.compile(r"""(\s+)([\w:.-]+)(\s*=\s*)("[^"]*"|'[^']*')""", re.S)
LOOSE_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z?)?")
HOLDS_PROPERTIES = ("header", "tu", "tuv")


@dataclass(slots=True)
class Rewriting:
    """Markup being written anew: the pieces so far, where a property of a segment would go, and what was done."""

    pieces: list[str] = field(default_factory=list)
    before_segment: int = 0
    done: list[tuple[str, str]] = field(default_factory=list)

    def tag(self, name: str, attributes: str, end: str) -> None:
        """One start tag; what TMX does not know of its attributes becomes a property."""
        form = grammar().forms.get(name)
        kept: list[str] = []
        moved: list[str] = []
        for space, key, sign, value in ATTRIBUTE.findall(attributes):
            if form and key not in form.attributes:
                self.done.append(("attribute", f"attribute {key} of <{name}> {self._moved(name, key, value, moved)}"))
                continue
            key, value = self._right(name, key, value, attributes)
            kept.append(f"{space}{key}{sign}{value}")
        if name == "seg":
            self.before_segment = len(self.pieces)
        opened = f"<{name}{''.join(kept)}{end}"
        if not moved:
            self.pieces.append(opened)
        elif name in HOLDS_PROPERTIES:
            closed = f"</{name}>" if end.endswith("/>") else ""
            self.pieces.append(f"<{name}{''.join(kept)}{'>' if closed else end}{''.join(moved)}{closed}")
        elif name in ("prop", "note"):
            self.pieces.append("".join(moved) + opened)
        else:
            self.pieces.append(opened)
            self.pieces.insert(self.before_segment, "".join(moved))
            self.before_segment += 1

    def _moved(self, name: str, key: str, value: str, moved: list[str]) -> str:
        """Note what becomes of an attribute that TMX does not know."""
        if name in ("tmx", "body", "ude", "map"):
            return "left out"
        label = f"x-{key}" if name in HOLDS_PROPERTIES else f"x-{name}-{key}"
        moved.append(f'<prop type="{label.replace(":", "-")}">{value[1:-1]}</prop>')
        return f"moved into the property {label.replace(':', '-')}"

    def _right(self, name: str, key: str, value: str, attributes: str) -> tuple[str, str]:
        """An attribute as tools want it."""
        plain = value[1:-1]
        if name == "tuv" and key == "lang" and "xml:lang" not in attributes:
            self.done.append(("version", "attribute lang of <tuv> written as xml:lang"))
            key = "xml:lang"
        if key in ("xml:lang", "srclang") and "_" in plain and name in ("tu", "tuv", "header"):
            self.done.append(("underscore", f"“{plain}” written as “{plain.replace('_', '-')}”"))
            plain = plain.replace("_", "-")
        if key in DATES and not re.fullmatch(DATE, plain) and (day := dated(plain)):
            self.done.append(("date", f"{key} “{plain}” written as {day}"))
            plain = day
        return key, f"{value[0]}{plain}{value[0]}"


def dated(text: str) -> str:
    """A date in another of the usual forms as TMX writes it, or nothing where it is not sure."""
    found = LOOSE_DATE.fullmatch(text.strip())
    if not found:
        return ""
    made = "{}{}{}T{}{}{}Z".format(*(part or "00" for part in found.groups()))
    return made if re.fullmatch(DATE, made) else ""


def rewritten(
    text: str, change: Callable[[str, str], str] = lambda name, attributes: attributes
) -> tuple[str, list[tuple[str, str]]]:
    """Markup with its attributes as tools want them, and what was done; `change` may do more to those of an element."""
    writing = Rewriting()
    at = 0
    for found in TAG.finditer(text):
        writing.pieces.append(text[at : found.start()])
        if found["name"]:
            writing.tag(found["name"], change(found["name"], found["attributes"]), found["end"])
        else:
            writing.pieces.append(found[0])
        at = found.end()
    return "".join([*writing.pieces, text[at:]]), writing.done

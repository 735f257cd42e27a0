"""Strings -> escaped XML: tags, text, and the characters that XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from align.model import Mark, Reading, Segment

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STATUS_FLAGS = ("truncated", "crossing", "suspect", "doubtful", "draft")
GAP_FLAGS = ("missing", "omitted")
NOBODY: Mapping[str, str] = MappingProxyType({})
FLAGS = (*GAP_FLAGS, *STATUS_FLAGS)


def escape(text: str) -> str:
    """Text for element content: a character that XML cannot hold becomes an empty `gap` with its number."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return FORBIDDEN.sub(lambda m: f'<gap reason="character" n="U+{ord(m.group()):04X}"/>', text)


def attribute(value: str) -> str:
    """Text for an attribute in double quotes."""
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    text = text.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
    return FORBIDDEN.sub("\ufffd", text)


def plain(text: str) -> str:
    """Text for an element that holds characters only."""
    return escape(FORBIDDEN.sub("\ufffd", text))


def tag(name: str, content: str | None = None, **attributes: str) -> str:
    """`<name a="b">content</name>`; empty attributes are left out; `xml_id` stands for `xml:id`.

    The content is markup; without it the element is empty.
    """
    start = open_tag(name, **attributes)
    return f"{start[:-1]}/>" if content is None else f"{start}{content}</{name}>"


def open_tag(name: str, **attributes: str) -> str:
    """`<name a="b">`."""
    said = "".join(
        f' {key.replace("xml_", "xml:").rstrip("_")}="{attribute(value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{said}>"


def with_readings(text: Segment | Mark, persons: Mapping[str, str] = NOBODY) -> str:
    """Printed text as markup, each reading with what is printed: one character for another by `g`, else by `choice`.

    `persons` are pointers to who is responsible for a reading, by name.
    """
    parts, at = [], 0
    for change in text.readings:
        printed = text.text[change.start : change.end]
        parts += [escape(text.text[at : change.start]), _reading(printed, change, persons)]
        at = change.end
    return "".join([*parts, escape(text.text[at:])])


def _reading(printed: str, change: Reading, persons: Mapping[str, str]) -> str:
    if change.by:
        return tag("choice", tag("sic", escape(printed)) + tag("corr", escape(change.text), resp=persons[change.by]))
    if is_character(printed, change):
        return tag("g", escape(printed), ref=f"#{character_id(printed, change.text)}")
    return tag("choice", tag("orig", escape(printed)) + tag("reg", escape(change.text)))


def is_character(printed: str, change: Reading) -> bool:
    """Whether a reading is one character for another, which `charDecl` declares once for all; a person's is none."""
    if change.by:
        return False
    return len(printed) == len(change.text) == 1 and not FORBIDDEN.search(printed + change.text)


def character_id(printed: str, read: str) -> str:
    """The id of a character that is read as another one."""
    return f"char.{ord(printed):x}-{ord(read):x}"

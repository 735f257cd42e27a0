"""An element -> where it stands, in words for a person."""

from __future__ import annotations

from typing import cast

from lxml import etree

from align.corpus.tree import XML

LAST_LINE = 65535
"""libxml2 counts lines no further."""


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def place(element: etree._Element) -> str:
    """`line 12: <s> en.36.s1`; without the id where there is none."""
    line = cast(int, element.sourceline or 1)
    where = f"line {line}" if line < LAST_LINE else f"beyond line {LAST_LINE - 1}"
    return f"{where}: <{local(element)}> {element.get(f'{XML}id') or ''}".rstrip()

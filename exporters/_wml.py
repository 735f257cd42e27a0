"""Text -> WordprocessingML elements: runs, paragraphs, fields, bookmarks, rows, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PREFIX = f"{{{NAMESPACE}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BOOKMARK_LENGTH = 40


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """`w:tag` with these children and `w:` attributes; a trailing underscore in a name is dropped."""
    made = etree.Element(PREFIX + tag, nsmap={"w": NAMESPACE})
    for name, value in attributes.items():
        made.set(PREFIX + name.rstrip("_"), value)
    made.extend(children)
    return made


def printable(text: str) -> str:
    """The text with U+FFFD for every character that XML forbids."""
    return FORBIDDEN.sub("\ufffd", text)


def properties(tag: str, *children: Element) -> tuple[Element, ...]:
    """`w:rPr`, `w:pPr` and the like, or nothing where there is nothing to say."""
    return (element(tag, *children),) if children else ()


def run(text: str, *says: Element) -> Element:
    """A run of text; `says` are its properties, in the order of the schema."""
    held = element("t")
    held.text = printable(text)
    held.set(SPACE, "preserve")
    return element("r", *properties("rPr", *says), held)


def tab() -> Element:
    """A run that holds a tab."""
    return element("r", element("tab"))


def line_break() -> Element:
    """A run that holds a line break."""
    return element("r", element("br"))


def field(instruction: str, shown: str, *says: Element) -> Element:
    """A field such as PAGE, with what it shows until a program works it out."""
    return element("fldSimple", run(shown, *says), instr=f" {instruction} ")


def field_mark(kind: str, instruction: str = "") -> list[Element]:
    """Runs that begin a field, up to what it shows, or that end it."""
    if kind == "end":
        return [element("r", element("fldChar", fldCharType="end"))]
    said = element("instrText")
    said.text = f" {instruction} "
    said.set(SPACE, "preserve")
    begin, separate = (element("r", element("fldChar", fldCharType=k)) for k in (kind, "separate"))
    return [begin, element("r", said), separate]


def link(bookmark: str, content: Iterable[Element]) -> Element:
    """A link to a bookmark of the same file."""
    return element("hyperlink", *content, anchor=bookmark, history="1")


def paragraph(style: str, *content: Element, says: Sequence[Element] = ()) -> Element:
    """A paragraph of a style; `says` are further properties, in the order of the schema."""
    return element("p", element("pPr", element("pStyle", val=style), *says), *content)


def cell(width: int, paragraphs: Iterable[Element]) -> Element:
    """A table cell of a width in twentieths of a point; it holds a paragraph even when empty."""
    held = tuple(paragraphs) or (element("p"),)
    return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), *held)


def row(cells: Iterable[Element], *, whole: bool = False, heads: bool = False) -> Element:
    """A table row; `whole` keeps it on one page, `heads` repeats it on every page."""
    says = [element("cantSplit")] if whole else []
    says += [element("tblHeader")] if heads else []
    return element("tr", *properties("trPr", *says), *cells)


def table(style: str, widths: Sequence[int], caption: str, rows: Iterable[Element], first: bool) -> Element:
    """A table of fixed layout; `caption` is its alternative text, `first` that the first row heads it."""
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val=style),
            element("tblW", w=str(sum(widths)), type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0420" if first else "0400", firstRow="1" if first else "0", noVBand="1"),
            element("tblCaption", val=printable(caption)),
        ),
        element("tblGrid", *(element("gridCol", w=str(width)) for width in widths)),
        *rows,
    )


class Bookmarks:
    """Anchors -> bookmarks: letters, digits and underscores, at most 40, no two alike in any case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._named: dict[str, str] = {}
        self._count = 0

    def name_of(self, anchor: str) -> str:
        """The name that the next bookmark of the anchor will have."""
        if anchor not in self._named:
            self._named[anchor] = self._name(anchor)
        return self._named[anchor]

    def around(self, anchor: str, content: Iterable[Element]) -> tuple[Element, ...]:
        """The content between the start and the end of the anchor's bookmark."""
        number = str(self._count)
        self._count += 1
        start = element("bookmarkStart", id=number, name=self.name_of(anchor))
        del self._named[anchor]
        return (start, *content, element("bookmarkEnd", id=number))

    def _name(self, anchor: str) -> str:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", anchor)
        plain = plain if plain[:1].isalpha() else f"at_{plain}"
        name, count = plain[:BOOKMARK_LENGTH], 1
        while name.lower() in self._taken:
            count += 1
            name = f"{plain[: BOOKMARK_LENGTH - len(str(count)) - 1]}_{count}"
        self._taken.add(name.lower())
        return name

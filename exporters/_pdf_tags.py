"""Elements of a document -> the structure tree of a tagged PDF, by what is marked on each page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element of the structure tree, such as P or H1; two are never equal.

    `attributes` is a PDF dictionary as it is written.
    """

    role: str
    lang: str = ""
    parent: Element | None = None
    attributes: str = ""


DOCUMENT = Element("Document")
LIST = "<</O /List /ListNumbering /Decimal>>"

Kid = Element | tuple[int, int | str]
"""A child element; or the page, counted from 0, and the number of a mark or the name of an annotation there."""


@dataclass(slots=True)
class Tree:
    """Takes marks in reading order, page after page; `finish` writes the tree into the document.

    `parents` holds the elements of each page's marks, and the one element of each annotation, by their keys.
    """

    kids: dict[Element, list[Kid]] = field(default_factory=dict)
    parents: list[list[Element] | Element] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    marks: list[Element] = field(default_factory=list)

    def page(self) -> None:
        """Begin a page."""
        self.pages.append(len(self.parents))
        self.marks = []
        self.parents.append(self.marks)

    def mark(self, element: Element) -> int:
        """The number of a new stretch of an element's content on this page."""
        self.marks.append(element)
        self.seen(element).append((len(self.pages) - 1, len(self.marks) - 1))
        return len(self.marks) - 1

    def link(self, element: Element, name: str) -> int:
        """Hang an annotation of this page into an element; what its StructParent is."""
        self.seen(element).append((len(self.pages) - 1, name))
        self.parents.append(element)
        return len(self.parents) - 1

    def seen(self, element: Element) -> list[Kid]:
        """What an element holds so far; it takes its place in the tree where it is new."""
        if element not in self.kids:
            self.kids[element] = []
            if element.parent:
                self.seen(element.parent).append(element)
        return self.kids[element]

    def finish(self, document: Any) -> Any:
        """The root of the tree, as an object of the reportlab document."""
        from ._pdf_objects import Raw, number_of

        numbers = {element: number_of(document, Raw()) for element in self.kids}
        root, parents = Raw(), Raw()
        at = number_of(document, root)
        for element, kids in self.kids.items():
            parent = numbers[element.parent] if element.parent else at
            raw = document.idToObject[document.numberToId[numbers[element]]]
            raw.content = _element(element, parent, [self._kid(kid, numbers, document) for kid in kids])
        parents.content = self._parents(numbers)
        top = " ".join(f"{numbers[element]} 0 R" for element in self.kids if not element.parent)
        root.content = (
            f"<</Type /StructTreeRoot /K [{top}] /ParentTree {number_of(document, parents)} 0 R"
            f" /ParentTreeNextKey {len(self.parents)}>>"
        )
        return root

    def _kid(self, kid: Kid, numbers: dict[Element, int], document: Any) -> tuple[int, str]:
        """The page that a mark stands on, or -1, and how the child is written."""
        if isinstance(kid, Element):
            return -1, f"{numbers[kid]} 0 R"
        page, name = page_number(document, kid[0]), kid[1]
        if isinstance(name, int):
            return page, str(name)
        number = document.idToObjectNumberAndVersion[document.annotationName(name)][0]
        return -1, f"<</Type /OBJR /Pg {page} 0 R /Obj {number} 0 R>>"

    def _parents(self, numbers: dict[Element, int]) -> str:
        """Of each page the elements of its marks in order, of each annotation its element."""
        rows = (
            f"{numbers[held]} 0 R" if isinstance(held, Element) else f"[{' '.join(f'{numbers[e]} 0 R' for e in held)}]"
            for held in self.parents
        )
        return f"<</Nums [{' '.join(f'{at} {row}' for at, row in enumerate(rows))}]>>"


def page_number(document: Any, page: int) -> int:
    """The object number of a page, counted from 0."""
    return int(document.idToObjectNumberAndVersion[f"Page{page + 1}"][0])


def _element(element: Element, parent: int, kids: list[tuple[int, str]]) -> str:
    """An element as it is written; marks of other pages than its first name their page."""
    own = next((page for page, _ in kids if page >= 0), -1)
    said = [text if page in (-1, own) else f"<</Type /MCR /Pg {page} 0 R /MCID {text}>>" for page, text in kids]
    lang = f" /Lang ({element.lang})" if element.lang else ""
    pg = f" /Pg {own} 0 R" if own >= 0 else ""
    attributes = f" /A {element.attributes}" if element.attributes else ""
    inner = said[0] if len(said) == 1 else f"[{' '.join(said)}]"
    inner = f" /K {inner}" if said else ""
    return f"<</S /{element.role} /P {parent} 0 R{lang}{pg}{attributes}{inner}>>"

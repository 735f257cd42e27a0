"""What is flagged in a brief -> Word comments at the items it concerns, and the part that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from ._beads import spelled
from ._wml import Element, element, paragraph, run

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
TEXT, REFERENCE = "AnnotationText", "AnnotationReference"


@dataclass(slots=True)
class Comments:
    """The comments of one file, numbered as they come; none has a time, and a name only what a person remarked."""

    held: list[Element] = field(default_factory=list)

    def around(
        self, content: Iterable[Element], said: Iterable[tuple[Element, ...]], by: str = "align"
    ) -> tuple[Element, ...]:
        """The content under one comment by somebody, whose paragraphs are `said`."""
        number = str(len(self.held))
        mark = element("r", element("rPr", element("rStyle", val=REFERENCE)), element("annotationRef"))
        texts = [paragraph(TEXT, *((mark,) if not at else ()), *runs) for at, runs in enumerate(said)]
        self.held.append(element("comment", *texts, id=number, author=spelled(by), initials=spelled(_initials(by))))
        reference = run("", element("rStyle", val=REFERENCE))
        reference[-1:] = [element("commentReference", id=number)]
        return element("commentRangeStart", id=number), *content, element("commentRangeEnd", id=number), reference

    def attach(self, part: object) -> None:
        """Put the comments beside the document that refers to them."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if not self.held:
            return
        blob = etree.tostring(element("comments", *self.held), xml_declaration=True, encoding="UTF-8", standalone=True)
        made = Part(PackURI("/word/comments.xml"), KIND, blob, part.package)  # type: ignore[attr-defined]  # untyped
        part.relate_to(made, RELATION)  # type: ignore[attr-defined]  # untyped


def _initials(name: str) -> str:
    """The first letters of a name in words, or a name in one word as it is."""
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 1 else name

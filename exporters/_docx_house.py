"""House style -> the document that a DOCX begins with: ours, or what a template gives, and a logo above the titles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from align.export import untold
from align.theme import NO_HOUSE, House, Logo, Template

from ._docx_package import clear, prepare
from ._docx_restyle import accent, restyle, restyled, theme_parts
from ._docx_sheet import MM, Sheet
from ._docx_styles import Face, stylesheet
from ._docx_template import NOTHING, Kept, complete, kept_of, opened, settle
from ._wml import Element, element, paragraph

FIRST = 9000
"""Beyond the numbers that the pictures of a template's headers have."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a brief is set on: a document, its page, what of it a template decides, and whose styles stand for ours."""

    document: Any
    sheet: Sheet
    kept: Kept = NOTHING
    ids: Mapping[str, str] = field(default_factory=dict)

    def restyle(self, root: Element) -> Element:
        """The same element, naming the styles that there are."""
        restyle(root, self.ids)
        return root


def ground(sheet: Sheet, main: Face, house: House = NO_HOUSE, tell: Callable[[str], None] = untold) -> Ground:
    """The document to write into; what of a template could not be used is told."""
    from docx import Document

    if house.template is None:
        document = Document()
        prepare(document, main, sheet.text, house.theme.colours)
        return Ground(document, sheet)
    document = opened(house.template)
    kept, page = kept_of(document, sheet)
    clear(document)
    complete(document)
    settle(document, main.lang)
    styles, colours = document.styles.element, house.theme.colours
    if colours.accent is None:
        colours = replace(colours, accent=accent(styles))
    ours = stylesheet(main, page.text, colours)
    made = restyled(styles, ours, main.font, main.lang, theme_parts(document))
    for said in (*_pages(kept, page, sheet), *made.told):
        tell(f"{_named(house.template)}: {said}")
    return Ground(document, page, kept, made.ids)


def _named(template: Template) -> str:
    return f"the template {template.name}"


def _pages(kept: Kept, page: Sheet, asked: Sheet) -> Iterator[str]:
    """What is to be said of the template's page."""
    if not kept.page:
        yield "its page has no measures, or no room for text; ours is used"
    elif abs(page.width - asked.width) + abs(page.height - asked.height) > MM:
        yield f"its page is kept, {page.width / MM:.0f} × {page.height / MM:.0f} mm"


def logo(document: Any, shown: Logo) -> Element:
    """A paragraph with the logo and its alternative text."""
    from docx.shared import Mm

    inline = document.part.new_pic_inline(BytesIO(shown.data), Mm(shown.width), Mm(shown.height))
    inline.docPr.id += FIRST
    inline.docPr.set("name", "Logo")
    inline.docPr.set("descr", shown.alternative)
    inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", "Logo")
    return paragraph("Normal", element("r", element("drawing", inline)), says=(element("spacing", after="240"),))

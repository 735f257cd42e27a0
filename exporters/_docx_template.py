"""A Word template -> a document with its page, headers and footers, and nothing else of what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from align.errors import DataError
from align.theme import Template

from ._docx_sheet import MM, Sheet
from ._wml import PREFIX, Element, element

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EMU = 635
"""In a twentieth of a point."""
LEAST = round(100 * MM)
"""The least width and height of the text area."""
FURNITURE = ("headerReference", "footerReference")
SETTINGS = (
    "writeProtection attachedTemplate mailMerge revisionView trackRevisions documentProtection stylePaneFormatFilter "
    "linkStyles saveThroughXslt saveXmlDataOnly docVars rsids footnotePr endnotePr schemaLibrary attachedSchema "
    "removePersonalInformation removeDateAndTime updateFields formsDesign"
).split()
"""What a template's settings say of itself, of its own text or of other files."""
AFTER_FONT_LANGUAGE = (
    "clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown "
    "smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator"
).split()
KINDS = ("default", "first", "even")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a document has of a template: whether its page, its headers, its footers; all of it ours without one."""

    page: bool = False
    header: bool = False
    footer: bool = False

    @property
    def furniture(self) -> bool:
        """Whether the template decides what the first page shows."""
        return self.header or self.footer


NOTHING = Kept()


def opened(template: Template) -> Any:
    """The template as a document without text. Raises DataError where Word's own rules are not kept."""
    from docx import Document

    made = BytesIO()
    try:
        with ZipFile(BytesIO(template.data)) as given, ZipFile(made, "w", ZIP_DEFLATED) as target:
            for name in dict.fromkeys(given.namelist()):
                data = given.read(name)
                if name == "[Content_Types].xml":
                    data = re.sub(rb"(wordprocessingml\.)template(\.main\+xml)", rb"\1document\2", data)
                target.writestr(name, data)
        document = Document(made)
        _empty(document)
        assert document.styles.element is not None
        assert document.settings.element is not None
    except Exception as error:
        said = f"{template.name}: the template cannot be used ({type(error).__name__}: {error})."
        raise DataError(said, "Open it in Word and save it again as .docx.") from error
    return document


def _empty(document: Any) -> None:
    """Leave the last section's page, with the headers and footers that it may have from those before it."""
    from docx.oxml import OxmlElement

    body = document.element.body
    sections = list(body.iter(f"{PREFIX}sectPr"))
    references: dict[tuple[str, str | None], Element] = {}
    for section in sections:
        for held in section:
            if held.tag in {PREFIX + tag for tag in FURNITURE}:
                references[held.tag, held.get(f"{PREFIX}type")] = held
    last = sections[-1] if sections and sections[-1].getparent() is body else OxmlElement("w:sectPr")
    kept = [held for held in references.values() if _shows(document, held)]
    for held in [each for each in last if each.tag in {PREFIX + tag for tag in (*FURNITURE, "cols", "lnNumType")}]:
        last.remove(held)
    for tag in ("sectPrChange", "footnotePr", "endnotePr", "printerSettings", "type"):
        for held in last.findall(PREFIX + tag):
            last.remove(held)
    last[:0] = sorted(kept, key=lambda held: (held.tag != f"{PREFIX}headerReference", held.get(f"{PREFIX}type", "")))
    body[:] = [last]
    wanted = {held.get(f"{RELATION}id") for held in kept}
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] in ("header", "footer") and key not in wanted:
            del document.part.rels[key]


def _shows(document: Any, reference: Element) -> bool:
    """Whether a header or footer has any text, picture, field or table."""
    part = document.part.related_parts.get(reference.get(f"{RELATION}id"))
    if part is None:
        return False
    root = part.element
    if any((held.text or "").strip() for held in root.iter(f"{PREFIX}t")):
        return True
    tags = ("drawing", "pict", "object", "fldSimple", "instrText", "tbl")
    return any(True for tag in tags for _ in root.iter(PREFIX + tag))


def kept_of(document: Any, sheet: Sheet) -> tuple[Kept, Sheet]:
    """What there is of the template, and the page of the layout on its paper and between its margins."""
    last = document.element.body[-1]
    header, footer = (last.find(PREFIX + tag) is not None for tag in FURNITURE)
    own = _page(document, sheet)
    return Kept(own is not None, header, footer), own or sheet


def _page(document: Any, sheet: Sheet) -> Sheet | None:
    """The template's page, on its side for a layout that lies; nothing where it has no room for text."""
    section = document.sections[-1]
    try:
        sizes = (section.page_width, section.page_height)
        margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        gutter = round(section.gutter or 0)
    except ValueError:  # a measure that is no number
        return None
    if None in (*sizes, *margins):
        return None
    width, height = sorted(size.twips for size in sizes)
    if sheet.width > sheet.height or (sizes[0] > sizes[1] and sheet.layout == "side"):
        width, height = height, width
    left, right, top, bottom = (max(margin.twips, -margin.twips) for margin in margins)
    own = replace(
        sheet,
        width=width,
        height=height,
        left=left + gutter // EMU,
        right=right,
        top=top,
        bottom=bottom,
    )
    return own if own.text >= LEAST and height - top - bottom >= LEAST else None


def turned(section: Any, sheet: Sheet) -> None:
    """Lay a template's page on its side, or upright, where the layout asks for it."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section.page_width, section.page_height = Twips(sheet.width), Twips(sheet.height)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.width > sheet.height else WD_ORIENT.PORTRAIT


def settle(document: Any, lang: str) -> None:
    """Drop what a template's settings say of itself, and name the language of the Chinese."""
    part, held = document.part._settings_part, document.settings.element
    for each in list(held):
        if not isinstance(each.tag, str) or each.tag.rpartition("}")[2] in SETTINGS:
            held.remove(each)
    for key in list(part.rels):
        del part.rels[key]
    found = held.find(f"{PREFIX}themeFontLang")
    if found is None:
        found = element("themeFontLang", val="en-US")
        behind = (at for at, each in enumerate(held) if each.tag.rpartition("}")[2] in AFTER_FONT_LANGUAGE)
        held.insert(next(behind, len(held)), found)
    found.set(f"{PREFIX}eastAsia", lang)


def complete(document: Any) -> None:
    """Add a theme where a template has none, as LibreOffice leaves it; nothing refers to it."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part

    if any(relation.reltype == RELATIONSHIP_TYPE.THEME for relation in document.part.rels.values()):
        return
    ours = Document().part.part_related_by(RELATIONSHIP_TYPE.THEME)
    made = Part(ours.partname, ours.content_type, ours.blob, document.part.package)
    document.part.relate_to(made, RELATIONSHIP_TYPE.THEME)


def evens(document: Any) -> bool:
    """Whether even pages have headers and footers of their own."""
    return document.settings.element.find(f"{PREFIX}evenAndOddHeaders") is not None

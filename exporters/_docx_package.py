"""python-docx document -> bytes that are the same every time: settings, properties, fixed dates."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from ._docx_styles import LATIN, Face, stylesheet
from ._wml import Element, element, printable

EPOCH = (1980, 1, 1)
KEPT = (
    "officeDocument",
    "core-properties",
    "extended-properties",
    "styles",
    "settings",
    "fontTable",
    "theme",
)
APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>align</Application></Properties>"
)
COMPATIBILITY = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}


def prepare(document: Any, chinese: Face, text: int) -> None:
    """Replace the template's styles and settings with ours and drop what nothing needs."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for key in [k for k, found in relations.items() if found.reltype.rsplit("/", 1)[-1] not in KEPT]:
            del relations[key]
    _refill(document.styles.element, stylesheet(chinese, text))
    _refill(document.settings.element, _settings(chinese))
    blobs = {"/docProps/app.xml": APPLICATION, "/word/fontTable.xml": etree.tostring(_fonts(chinese))}
    for part in package.iter_parts():
        part._blob = blobs.get(part.partname, part._blob)


def _refill(held: Element, new: Element) -> None:
    held[:] = list(new)


def _fonts(chinese: Face) -> Element:
    """The fonts by name, character set and family, from which Word picks another where one is absent."""
    told = ((LATIN, "", "00"), (chinese.font, chinese.other_name, "88" if chinese.traditional else "86"))
    return element("fonts", *(_font(name, other, charset) for name, other, charset in told))


def _font(name: str, other: str, charset: str) -> Element:
    other_name = [element("altName", val=other)] if other else []
    kind = (element("charset", val=charset), element("family", val="swiss"), element("pitch", val="variable"))
    return element("font", *other_name, *kind, name=name)


def _settings(chinese: Face) -> Element:
    spacing = "doNotCompress" if chinese.traditional else "compressPunctuation"
    uri = "http://schemas.microsoft.com/office/word"
    modes = (element("compatSetting", name=k, uri=uri, val=v) for k, v in COMPATIBILITY.items())
    return element(
        "settings",
        element("zoom", percent="100"),
        element("defaultTabStop", val="720"),
        element("characterSpacingControl", val=spacing),
        element("compat", *modes),
        element("themeFontLang", val="en-US", eastAsia=chinese.lang),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    )


def describe(document: Any, title: str, langs: str, date: str) -> None:
    """Fill in the core properties; the only date is the document's own."""
    said = document.core_properties
    said.title, said.subject, said.language = (
        printable(title)[:255],
        "Bilingual brief, English and Chinese",
        langs,
    )
    said.author = said.last_modified_by = "align"
    said.comments = said.keywords = said.category = ""
    said.created = said.modified = moment(date)
    said.revision = 1


def moment(date: str) -> datetime:
    """The first of what an ISO date such as 2014, 2014-07 or 2014-07-10 leaves open, else 1980."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?!\d)", date)
    year, month, day = (int(part or 1) for part in found.groups()) if found else EPOCH
    try:
        return datetime(year, month, day)
    except ValueError:
        return datetime(*EPOCH)


def packed(document: Any) -> bytes:
    """The DOCX as bytes, every entry dated 1980-01-01, in a fixed order."""
    written, sealed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(sealed, "w") as target:
        names = source.namelist()
        for name in sorted(names, key=lambda each: (each != "[Content_Types].xml", each != "_rels/.rels", each)):
            entry = ZipInfo(name, (*EPOCH, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
            target.writestr(entry, source.read(name))
    return sealed.getvalue()

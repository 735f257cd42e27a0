"""A path and the bytes behind it -> the kind of file it is, and the reader of that kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from itertools import repeat
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from align.errors import DataError
from align.model import Source

Reader = Callable[[Path, str, bytes], Source]

READERS = {
    "text": "text:read_text",
    "markdown": "markdown:read_markdown",
    "csv": "tables:read_table",
    "html": "html:read_html",
    "docx": "docx:read_docx",
    "odt": "odt:read_odt",
    "pdf": "pdf:read_pdf",
    "xlsx": "xlsx:read_xlsx",
    "tmx": "tmx:read_tmx",
    "xliff": "xliff:read_xliff",
    "tei": "tei:read_tei",
}
"""Where the reader of a kind is, inside this package."""
PLAIN = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".csv", ".tsv", ".tab", ".xlsx", ".xls"), "csv"),
}
"""What plain text is by its name; programs call an export of cells .xls though it is text."""
ROOTS = {"html": "html", "tmx": "tmx", "xliff": "xliff", "TEI": "tei", "teiCorpus": "tei"}
ROOT = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>\s*)*<(?:\w+:)?(\w+)",
    re.S | re.I,
)
HEAD = 65_536
"""How much of a file is looked at for its first element."""
HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<div[\s>]|<p[\s>]|<table[\s>]", re.I)
DECLARED = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<!doctype\s+html\b", re.I)
PARTS = {"word/": "docx", "xl/": "xlsx"}
ODT = b"application/vnd.oasis.opendocument.text"
REFUSED = (
    (rb"\s*\{\\rtf", "an RTF file", "Save it as .docx"),
    (rb"\xd0\xcf\x11\xe0", "an old Office file or one with a password", "Save it as .docx or .xlsx without a password"),
    (rb"\x1f\x8b|Rar!|7z\xbc\xaf", "an archive", "Unpack it"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*", "a picture, not text", "Have its text recognised (OCR)"),
    (
        rb"(?:[A-Z][\w-]*: [^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)*Content-Type: multipart/related",
        "a web archive (MHTML)",
        "Save it as a web page (.html)",
    ),
)


def kind_of(path: Path, data: bytes) -> str:
    """The kind of a file, by its content first. Raises DataError for kinds that no reader knows."""
    for form, what, remedy in REFUSED:
        if re.match(form, data):
            raise DataError(f"{path}: line 1: this is {what}.", f"{remedy} and try again.")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\10")):
        return _zipped(path, data)
    return _marked_up(path, data) or PLAIN.get(path.suffix.lower(), "text")


def _marked_up(path: Path, data: bytes) -> str:
    """The kind of a web page or an XML file; nothing for plain text."""
    head = data[:HEAD].replace(b"\0", b"")
    root = ROOT.match(head)
    kind = ROOTS.get(root[1].decode(), ROOTS.get(root[1].decode().lower(), "")) if root else ""
    kind = "html" if not kind and DECLARED.match(head) else kind
    if kind or path.suffix.lower() not in (".html", ".htm", ".xhtml", ".xml"):
        return kind
    if path.suffix.lower() == ".xml" and root:
        raise DataError(
            f"{path}: line 1: <{root[1].decode()}> is no kind of XML that is known.", "Give TEI, TMX, XLIFF or text."
        )
    return "html" if HTML.search(head) or HTML.search(data) else ""


def _zipped(path: Path, data: bytes) -> str:
    """The kind of an office file, by the parts inside it."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = next((kind for part, kind in PARTS.items() if any(map(str.startswith, names, repeat(part)))), "")
            if not kind and "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = "odt" if archive.read("mimetype").startswith(ODT) else ""
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise DataError(
            f"{path}: the file is damaged ({error}).", "Open it in its program and save it again."
        ) from error
    if not kind:
        raise DataError(f"{path}: line 1: this is an archive of no kind that is known.", "Give .docx, .odt or .xlsx.")
    return kind


def reader_of(kind: str) -> Reader:
    """The reader of a kind, loaded when it is first asked for."""
    module, _, name = READERS[kind].partition(":")
    reader: Reader = getattr(import_module(f"align.sources.{module}"), name)
    return reader

"""The bytes of an XML file -> its elements, with nothing fetched and no entity of its own expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from align.errors import DataError
from align.sources.encoding import decode, marked

Element = etree._Element

DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\?>")
DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252", "latin1": "cp1252"}
"""What is written where a narrower encoding is claimed."""
BREAK = re.compile(r"[^\S\r\n\v\f\x85\u2028\u2029]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": False,
}


def local(element: Element) -> str:
    """An element's name without its namespace; nothing for an entity."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, in whatever namespace."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def entity(element: Element) -> str:
    """The character that a named entity stands for, or the entity as it is written."""
    return html5.get((element.text or "").removeprefix("&"), element.text or "")


def one_line(text: str) -> str:
    """A text without the line breaks in it: a space for each, and for the white space around it."""
    return (BREAK.sub(" ", text) if not text.isprintable() else text).strip("\n\r ")


def inside(element: Element) -> str:
    """All characters of an element and what is in it."""
    return "".join(str(text) for text in element.itertext())


def loose(text: str | None) -> Iterator[str]:
    """A text as one line, if it holds anything."""
    if text and text.strip():
        yield one_line(text)


def texts(element: Element) -> Iterator[str]:
    """The text of an element and all inside it, a line for each stretch without a tag."""
    for found in element.iter():
        if found.tag is etree.Entity:
            yield from loose(entity(found))
        else:
            yield from loose(found.text)
        if found is not element:
            yield from loose(found.tail)


def stream(path: Path, xml: bytes, named: frozenset[str], whole: frozenset[str]) -> Iterator[Element | str]:
    """Elements called as in `whole`, each complete, in order; between them the text of all others.

    `named` are the elements that may hold them. Raises DataError for XML that is not well formed.
    """
    tags = [f"{{*}}{name}" for name in sorted(named | whole)]
    try:
        reading = etree.iterparse(BytesIO(xml), events=("start", "end"), tag=tags, **SAFE)
        yield from _stream(path, reading, whole)
    except etree.XMLSyntaxError as error:
        raise _malformed(path, error) from error


def _stream(path: Path, reading: Any, whole: frozenset[str]) -> Iterator[Element | str]:
    inside = 0
    checked = False
    for event, element in reading:
        if not checked:
            _refuse_entities(path, element)
            checked = True
        is_whole = local(element) in whole
        if event == "start":
            if not inside:
                yield from _before(element)
            inside += is_whole
            continue
        inside -= is_whole
        if inside:
            continue
        if is_whole:
            yield element
        else:
            yield from texts(element)
        element.clear(keep_tail=True)


def _before(element: Element) -> Iterator[str]:
    """The text of what stands before an element inside its parent, which is then forgotten."""
    parent = element.getparent()
    if parent is None:
        return
    yield from loose(parent.text)
    parent.text = None
    for sibling in list(element.itersiblings(preceding=True))[::-1]:
        yield from texts(sibling)
        yield from loose(sibling.tail)
        parent.remove(sibling)


def tree(path: Path, xml: bytes) -> Element:
    """The root of a whole file. Raises DataError for XML that is not well formed."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError as error:
        raise _malformed(path, error) from error
    _refuse_entities(path, root)
    return root


def _refuse_entities(path: Path, element: Element) -> None:
    declared: Any = element.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        raise _entities(path)


def _entities(path: Path) -> DataError:
    return DataError(
        f"{path}: line 1: the file declares entities of its own, which are never expanded.",
        "Write out the text that they stand for.",
    )


def _malformed(path: Path, error: etree.XMLSyntaxError) -> DataError:
    if re.search("amplification|entity reference loop", error.msg or ""):
        return _entities(path)
    said = re.sub(r",? \(?line \d+,? column \d+\)?$", "", error.msg or "it ends too early").rstrip(".")
    return DataError(
        f"{path}: line {error.lineno or 1}: the XML is not well formed ({said}).",
        "Export it again from its program, or mend that line.",
    )


def as_utf8(path: Path, data: bytes) -> tuple[bytes, str]:
    """The file in UTF-8, without its declaration, and the encoding it was in.

    Raises DataError where no encoding reads all of it.
    """
    text, encoding = _decoded(path, data)
    head = DECLARATION.match(text)
    body = text[head.end() :] if head else text
    lines = "\n" * head.group().count("\n") if head else ""
    return (lines + body.rstrip("\0\x1a")).encode("utf-8", "replace"), encoding


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    mark, encoding = marked(data)
    said = DECLARED.match(data)
    declared = said[1].decode().lower() if said else ""
    for name in (encoding, *(("utf-8", WIDER.get(declared, declared), declared) if not encoding else ())):
        try:
            return data[len(mark) :].decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    found = decode(data)
    if found is None or found.undecodable:
        at = found.undecodable[0].offset if found else 0
        line = found.text.count("\n", 0, at) + 1 if found else 1
        raise DataError(
            f"{path}: line {line}: not all of it is {found.encoding if found else 'text'}.", "Save the file as UTF-8."
        )
    return found.text, found.encoding

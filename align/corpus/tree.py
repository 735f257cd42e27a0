"""A corpus file -> its element tree, parsed without entities, document types or the network."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from align.errors import DataError, SurroundingsError

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def parse(path: Path) -> etree._Element:
    """The root of a corpus file. Raises DataError, naming the line, for what is no plain XML."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SurroundingsError(f"{path}: cannot be read ({error.strerror}).", "Check the name.") from error
    if b"\0" in data[:400]:
        raise DataError(f"{path}: line 1: a corpus is in UTF-8, and this is not.", "Give a corpus that align wrote.")
    declared = DOCTYPE.search(data)
    if declared:
        line = data.count(b"\n", 0, declared.start()) + 1
        raise DataError(
            f"{path}: line {line}: a corpus has no document type and no entities.",
            "Remove the declaration; nothing in it was read.",
        )
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, _ = error.position
        said = str(error.msg).split(", line")[0]
        raise DataError(
            f"{path}: line {line}: not well-formed XML ({said}).", "Build the corpus again with `align build`."
        ) from error
    if root.tag != f"{TEI}TEI":
        raise DataError(f"{path}: line 1: the root is {root.tag}, not a TEI corpus.", "Give a corpus that align wrote.")
    return root

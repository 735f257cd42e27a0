"""What stands before the first unit of a memory -> its header, and what is wrong with it and with the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from lxml import etree

from align.errors import DataError
from align.memory.chunks import ASIDE, Chunk, allowed
from align.memory.encodings import Encoding, blocks, encoding_of
from align.memory.grammar import Broken, grammar
from align.memory.patterns import DATE, DATES
from align.memory.rules import Fault
from align.memory.spelling import spelled
from align.memory.units import reason
from align.sources._xml import SAFE
from align.sources.kinds import REFUSED

Element = etree._Element
DECLARATION = re.compile(rb"\A\s*<\?xml\s[^<>]*>")
RIGHT_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*(["'])1\.\d\1(?:\s+encoding\s*=\s*(["'])[\w.:-]+\2)?"""
    rb"""(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>"""
)
DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.S)
OUTSIDE = re.compile(rb"""(?i)["'](?:https?|ftp|file):""")
NAMESPACE = re.compile(r"""(<tmx\b[^>]*?)\s+xmlns\s*=\s*(?:"[^"]*"|'[^']*')""")
OTHERS = ((rb"PK[\3\5\7]", "an archive or an office file"), (rb"%PDF-", "a PDF"))
ROOT = re.compile(rb"<([\w:.-]+)")


@dataclass(frozen=True, slots=True)
class Head:
    """The header's attributes, its line, and what stands in it, written out; `inside` is its properties and notes."""

    attributes: Mapping[str, str]
    line: int
    inside: tuple[str, ...]
    faults: tuple[Fault, ...]
    is_whole: bool

    @property
    def srclang(self) -> str:
        """The language that units are translated from, as the header says it."""
        return self.attributes.get("srclang", "")


def is_memory(path: Path) -> bool:
    """Whether a file is a TMX by its first element, or says so by its name."""
    if path.suffix.lower() == ".tmx":
        return True
    with suppress(DataError, OSError):
        root = ROOT.search(bare(ASIDE.sub(b"", next(blocks(path, encoding_of(path)), b""))))
        return bool(root and root[1] == b"tmx")
    return False


def bare(data: bytes) -> bytes:
    """The head without declaration and document type, its lines as they were."""
    for form in (DECLARATION, DOCTYPE):
        data = form.sub(lambda found: b"\n" * found[0].count(b"\n"), data, count=1)
    return data


def head_of(path: Path, chunk: Chunk, encoding: Encoding) -> Head:
    """The head of a file. Raises DataError for what is no TMX."""
    plain = bare(chunk.masked)
    root = ROOT.search(plain)
    if not root or root[1].rpartition(b":")[2] != b"tmx":
        what = f"its first element is <{root[1].decode('utf-8', 'replace')}>" if root else "it has no element"
        what = _otherwise(path) or what
        raise DataError(f"{path}: line 1: this is no translation memory ({what}).", "Give a TMX file.")
    faults = [*_about_file(path, encoding), *_about_type(chunk)]
    if (declared := DECLARATION.match(chunk.data)) and not RIGHT_DECLARATION.fullmatch(declared[0]):
        faults.append(Fault("not-well-formed", 0, 1, "the XML declaration is not well formed or not at the start."))
    if allowed(chunk.data) != chunk.data:
        said = "in a comment stand two hyphens in a row or a control character; XML allows neither."
        faults.append(Fault("not-well-formed", 0, 1, said, "Take them out of the comment (--fix does it)."))
    text, misspelt = spelled(bare(allowed(chunk.data)))
    faults += [Fault(found.rule, 0, found.down + 1, f"{found.said} in the head of the file.") for found in misspelt]
    if NAMESPACE.search(text):
        text = NAMESPACE.sub(r"\1", text)
        line = plain.count(b"\n", 0, root.start()) + 1
        faults.append(Fault("attribute", 0, line, "attribute xmlns of <tmx> is not one of TMX."))
    try:
        tree = etree.fromstring((text + _closing(chunk.masked)).encode(), etree.XMLParser(encoding="utf-8", **SAFE))
    except etree.XMLSyntaxError as error:
        cut = not re.search(rb"<body", chunk.masked)
        said = "the file ends before its first unit." if cut else f"the XML is not well formed ({reason(error)})."
        rule = "cut-off" if cut else "not-well-formed"
        remedy = "Get the whole file again." if cut else "Mend the line."
        return Head({}, 1, (), (*faults, Fault(rule, 0, error.lineno or 1, said, remedy)), False)
    return _read(tree, faults)


def _otherwise(path: Path) -> str:
    """What a file is that is no text, by its first bytes; nothing where that is not known."""
    with path.open("rb") as stream:
        data = stream.read(1000)
    return next((f"it is {what}" for form, what, *_ in (*OTHERS, *REFUSED) if re.match(form, data)), "")


def _closing(masked: bytes) -> str:
    """What closes the elements that a head leaves open."""
    if re.search(rb"</tmx\s*>", masked):
        return ""
    return "</tmx>" if re.search(rb"</body\s*>|<body[^>]*/>", masked) else "</body></tmx>"


def _read(root: Element, faults: list[Fault]) -> Head:
    header = root.find("header")
    for found in grammar().faults(root):
        if header is None and found.element is root and not found.attribute:
            found = Broken("header", "<tmx> has no <header>.", root)
        rule = "version" if (found.element.tag, found.attribute) == ("tmx", "version") else found.rule
        faults.append(Fault(rule, 0, _line(found.element), found.said))
    if header is None:
        return Head({}, _line(root), (), tuple(faults), True)
    attributes = {str(key): str(value) for key, value in header.items()}
    for name in DATES:
        if not re.fullmatch(DATE, attributes.get(name, "19000101T000000Z")):
            said = f"{name} of <header> is “{attributes[name]}”, not YYYYMMDDThhmmssZ."
            faults.append(Fault("date", 0, _line(header), said))
    for child in header:
        child.tail = None
    inside = tuple(etree.tostring(child, encoding="unicode") for child in header)
    return Head(attributes, _line(header), inside, tuple(faults), True)


def _line(element: Element) -> int:
    return cast(int, element.sourceline or 1)


def _about_file(path: Path, encoding: Encoding) -> Iterator[Fault]:
    if path.suffix != path.suffix.lower():
        said = f"the file is called {path.suffix} in capitals; OmegaT 3.6 does not read it."
        yield Fault("file-name", 0, 1, said)
    if encoding.name.startswith("utf-16") and not encoding.mark and encoding.declared in ("", "utf-16", "ucs-2"):
        said = f"the file is in {shown(encoding.name)} without the byte order mark that tells tools so."
        yield Fault("encoding", 0, 1, said)
    elif not encoding.is_as_declared:
        said = encoding.declared or "nothing, which means UTF-8"
        yield Fault(
            "encoding",
            0,
            1,
            f"the file is in {shown(encoding.name)} and declares {said}; tools misread it.",
        )
    elif encoding.name != "utf-8":
        yield Fault("utf-8", 0, 1, f"the file is in {shown(encoding.name)}; some tools read UTF-8 alone.")
    elif encoding.mark:
        yield Fault("utf-8", 0, 1, "the file begins with a byte order mark; some tools stumble over it.")


def shown(name: str) -> str:
    """The name of an encoding as people write it."""
    return {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(
        name, name.upper()
    )


def _about_type(chunk: Chunk) -> Iterator[Fault]:
    found = DOCTYPE.search(chunk.masked)
    if not found:
        return
    line = chunk.masked.count(b"\n", 0, found.start()) + 1
    if found[1] and b"<!ENTITY" in found[1]:
        said = "the document type declares entities of its own; they are never read here, and some tools refuse them."
        yield Fault("doctype", 0, line, said)
    elif OUTSIDE.search(found[0]):
        yield Fault("doctype", 0, line, "the document type is at an address; a tool without network refuses the file.")

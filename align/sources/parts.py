"""A zipped office file -> its parts as XML, of bounded size and without entities."""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from align.errors import DataError

Element = etree._Element

LARGEST = 200_000_000
"""Bytes of one part, unpacked."""
SUSPECT, DENSEST = 10_000_000, 200
"""From how many bytes on a part is suspected, and how many times smaller packed it may be."""
BROKEN = (BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, struct.error)
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
STRICT = re.compile(rb"([\"'])http://purl\.oclc\.org/ooxml/(\w+)/")
BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part of an office file says of another: `kind` is the last word of its type."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one file. Whatever is wrong with one is a DataError that names file and part.

    Without `huge_tree`, libxml2 itself bounds how deep elements are nested and how long a text is.
    """

    path: Path
    archive: ZipFile
    names: frozenset[str]

    def xml(self, name: str) -> Element:
        """The root of a part."""
        data = self._safe(name)
        try:
            return etree.fromstring(
                data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
            )
        except etree.XMLSyntaxError as error:
            raise self._malformed(name, error) from error

    def each(self, name: str, *tags: str) -> Iterator[Element]:
        """The elements of some names in a part that may be large, one after another."""
        data = self._safe(name)
        try:
            for _, element in etree.iterparse(BytesIO(data), tag=tags, remove_comments=True, resolve_entities=False):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise self._malformed(name, error) from error

    def optional(self, name: str) -> Element | None:
        """The root of a part that a file may do without."""
        return self.xml(name) if name in self.names else None

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to inside the file, by id."""
        folder, base = posixpath.split(name)
        root = self.optional(f"{folder}/_rels/{base}.rels".lstrip("/"))
        found: dict[str, Relation] = {}
        for one in root if root is not None else ():
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", ""))))
                found[one.get("Id", "")] = Relation(one.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """The parts of one kind that a part refers to and the file holds, in order of name."""
        kinds = {relation.target for relation in self.relations(name).values() if relation.kind == kind}
        return sorted(kinds & self.names)

    def wrong(self, name: str, what: str, remedy: str = "Open the file in its program and save it again.") -> DataError:
        """The error that says what is wrong with a part."""
        return DataError(f"{self.path}: {name} {what}.", remedy)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        if name not in self.names:
            raise self.wrong(name, "is missing, the file is damaged")
        about = self.archive.getinfo(name)
        self._weigh(about)
        if about.flag_bits & 1:
            raise self.wrong(name, "is locked with a password", "Save the file without a password.")
        try:
            with self.archive.open(about) as stream:
                data = stream.read(about.file_size + 1)
        except BROKEN as error:
            raise self.wrong(name, f"is damaged ({' '.join(str(error).split())})") from error
        return data

    def _safe(self, name: str) -> bytes:
        """The bytes of a part that declares no entities; names of the strict variant as in the other one."""
        data = self.read(name)
        if DECLARED.search(data if b"\0" not in data[:64] else data.replace(b"\0", b"")):
            raise self.wrong(name, "declares entities, which no office program does", "Do not trust this file.")
        return STRICT.sub(_transitional, data)

    def _malformed(self, name: str, error: etree.XMLSyntaxError) -> DataError:
        return self.wrong(name, f"is not well-formed XML ({' '.join((error.msg or '').split())})")

    def _weigh(self, about: ZipInfo) -> None:
        """Refuse a bomb. The unpacked size may be trusted: zipfile never gives more than is declared."""
        packed = min(about.compress_size, LARGEST)
        if about.file_size > LARGEST or (about.file_size > SUSPECT and about.file_size > DENSEST * max(packed, 1)):
            raise self.wrong(
                about.filename,
                f"unpacks to {about.file_size:,} bytes from {about.compress_size:,}, as a zip bomb does",
                "Do not open this file; if you trust it, copy its text into a new one.",
            )


def open_parts(path: Path, data: bytes) -> Parts:
    """The parts of a file. Raises DataError where it is no archive."""
    try:
        archive = ZipFile(BytesIO(data))
        return Parts(path, archive, frozenset(archive.namelist()))
    except BROKEN as error:
        raise DataError(
            f"{path}: the file is damaged ({error}).", "Open it in its program and save it again."
        ) from error


def lines_of(text: str) -> list[str]:
    """A text that may hold line breaks, line by line; those that show nothing are dropped."""
    return [line for line in BREAKS.split(text) if line.strip()]


def local(element: Element) -> str:
    """The name of an element without its namespace; nothing for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(parent: Element | None) -> Iterator[Element]:
    """The children that are elements."""
    for child in parent if parent is not None else ():
        if isinstance(child.tag, str):
            yield child


def _transitional(match: re.Match[bytes]) -> bytes:
    """The names of the strict variant of Office Open XML are those of the other one but for their first half."""
    return match[1] + b"http://schemas.openxmlformats.org/" + match[2] + b"/2006/"

"""A finished reportlab document -> the bytes of a PDF 1.7 file, small objects packed, the same every time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import md5
from typing import IO, Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFStream, format

PACKED = 200
"""How many objects are packed into one stream."""


class Raw(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object that is written as it is said."""

    __RefOnly__ = 1

    def __init__(self, content: str = "") -> None:
        self.content = content

    def format(self, document: Any) -> bytes:
        """Its bytes."""
        return self.content.encode("latin-1")


class Packed(PDFStream):  # type: ignore[misc]  # reportlab has no types
    """A stream with entries of its own, such as metadata or a colour profile."""

    def __init__(self, content: bytes, entries: dict[str, str]) -> None:
        super().__init__(content=content)
        for key, value in entries.items():
            self.dictionary[key] = value


def number_of(document: Any, made: Any) -> int:
    """The number under which an object stands in the file; it is added where it is new."""
    return int(document.idToObjectNumberAndVersion[document.Reference(made).name][0])


def save(document: Any, root: Any, info: Any, stream: IO[bytes]) -> None:
    """Write the file: streams by themselves, all else packed, then the table of where each is."""
    out, names = _Out(stream), (number_of(document, root), number_of(document, info))
    packed: list[tuple[int, bytes]] = []
    for number, made in _objects(document):
        if isinstance(made, PDFStream):
            out.stream(number, *_encoded(made, document))
        else:
            packed.append((number, format(made, document, toplevel=1).strip()))
    following = document.objectcounter + 1
    for at in range(0, len(packed), PACKED):
        out.pack(following, packed[at : at + PACKED])
        following += 1
    out.finish(following, *names)


def _objects(document: Any) -> Iterator[tuple[int, Any]]:
    """Every object; writing one may bring others in."""
    number = 1
    while number in document.numberToId:
        yield number, document.idToObject[document.numberToId[number]]
        number += 1


def _encoded(made: Any, document: Any) -> tuple[str, bytes]:
    """The entries and the bytes of a stream, compressed except for metadata, which others read raw."""
    content = made.content if isinstance(made.content, bytes) else made.content.encode("latin-1")
    said = {key: value for key, value in made.dictionary.dict.items() if key not in ("Filter", "Length")}
    if said.get("Type") != "/Metadata":
        content = zlib.compress(content, 9)
        said["Filter"] = "/FlateDecode"
    entries = " ".join(f"/{key} {format(value, document).decode('latin-1')}" for key, value in said.items())
    return entries, content


class _Out:
    """The file as far as it is written, and where in it each object begins."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.out = stream
        self.place = 0
        self.places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        self.seen = md5(usedforsecurity=False)
        self.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.seen.update(data)
        self.place += len(data)

    def stream(self, number: int, entries: str, content: bytes) -> None:
        # Content that ends in a carriage return would be taken for one byte less before a line feed alone.
        self.places[number] = (1, self.place, 0)
        head = f"{number} 0 obj\n<<{entries} /Length {len(content)}>>\nstream\n"
        self.write(head.encode("latin-1") + content + b"\r\nendstream\nendobj\n")

    def pack(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        """Several objects in one stream of type ObjStm."""
        heads, bodies, at = [], [], 0
        for index, (name, body) in enumerate(objects):
            self.places[name] = (2, number, index)
            heads.append(f"{name} {at}")
            bodies.append(body + b"\n")
            at += len(bodies[-1])
        head = (" ".join(heads) + "\n").encode()
        entries = f"/Type /ObjStm /N {len(objects)} /First {len(head)} /Filter /FlateDecode"
        self.stream(number, entries, zlib.compress(head + b"".join(bodies), 9))

    def finish(self, number: int, root: int, info: int) -> None:
        """The cross-reference stream and where it begins."""
        self.places[number] = (1, self.place, 0)
        rows = (self.places.get(at, (0, 0, 65535)) for at in range(number + 1))
        table = b"".join(kind.to_bytes(1) + one.to_bytes(4) + two.to_bytes(2) for kind, one, two in rows)
        name = self.seen.hexdigest()
        entries = (
            f"/Type /XRef /Size {number + 1} /W [1 4 2] /Root {root} 0 R /Info {info} 0 R"
            f" /ID [<{name}> <{name}>] /Filter /FlateDecode"
        )
        start = self.place
        self.stream(number, entries, zlib.compress(table, 9))
        self.write(f"startxref\n{start}\n%%EOF\n".encode())

"""What is said about a PDF -> its metadata in XMP, its information dictionary, and the colour space it means."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from xml.sax.saxutils import escape

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself; `languages` are the tags of what it is written in."""

    title: str
    subject: str
    languages: tuple[str, ...]
    creator: str = "align"


def xmp(about: About) -> bytes:
    """The metadata as XMP, which names PDF/A-2a and PDF/UA-1."""
    languages = "".join(f"<rdf:li>{escape(tag)}</rdf:li>" for tag in about.languages)
    said = XMP.format(
        title=escape(_printable(about.title)),
        subject=escape(_printable(about.subject)),
        languages=languages,
        creator=about.creator,
    )
    return said.encode("utf-8")


def info(about: About) -> str:
    """The information dictionary: no times, nothing that the metadata does not say."""
    parts = {"Title": about.title, "Subject": about.subject, "Creator": about.creator}
    return f"<<{' '.join(f'/{key} {text(_printable(value))}' for key, value in parts.items())}>>"


def text(said: str) -> str:
    """A text string as it is written in a PDF."""
    if said.isascii() and said.isprintable() and not set(said) & set("()\\"):
        return f"({said})"
    return f"<{hexadecimal(said)}>"


def hexadecimal(said: str) -> str:
    """A text as the digits of a PDF string in UTF-16; half of a pair that stands alone becomes U+FFFD."""
    return (
        f"\ufeff{said}".encode("utf-16-be", "surrogatepass")
        .decode("utf-16-be", "replace")
        .encode("utf-16-be")
        .hex()
        .upper()
    )


def _printable(said: str) -> str:
    """Without what XML cannot say."""
    return "".join(char if char.isprintable() else " " for char in said)


def srgb() -> bytes:
    """An ICC profile of sRGB, made here so that it has no time of making."""
    shared = b"para" + bytes(4) + struct.pack(">HH", 3, 0)
    shared += b"".join(_fixed(v) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
    tags = {
        b"desc": _said("sRGB"),
        b"cprt": _said("No copyright"),
        b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"chad": b"sf32" + bytes(4) + b"".join(map(_fixed, CHAD)),
        b"rXYZ": _xyz(0.43607, 0.22249, 0.01392),
        b"gXYZ": _xyz(0.38515, 0.71687, 0.09708),
        b"bXYZ": _xyz(0.14307, 0.06061, 0.7141),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), shared),
    }
    return _profile(tags)


CHAD = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
"""From the white of daylight to that of the profile connection space."""


def _profile(tags: dict[bytes, bytes]) -> bytes:
    table, body, places = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += tag + struct.pack(">II", places[data], len(data))
    header = struct.pack(">I4xI", start + len(body), 0x04200000) + b"mntrRGB XYZ "
    header += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    header += b"".join(map(_fixed, (0.9642, 1.0, 0.8249)))
    return header.ljust(128, b"\0") + table + body


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(x) + _fixed(y) + _fixed(z)


def _said(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data

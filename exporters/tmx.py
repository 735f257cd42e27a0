"""Bitext -> TMX 1.4b: one translation unit for each pair of sentences that a translator may trust."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from align import __version__
from align.export import Exporter, Open, Options
from align.model import (
    STANDINGS,
    Bitext,
    Block,
    Document,
    Link,
    Segment,
    reading,
    segments,
    walk,
)

from ._wording import converted

CODES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "zh-Hant-TW": "zh-TW", "zh-Hant-HK": "zh-HK"}
UNFIT = {"missing", "omitted", "truncated", "suspect", "doubtful"}
"""Flags of links that give no unit: nothing on one side, cut off, or not surely each other's translation."""
HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="align" creationtoolversion="{version}" segtype="sentence" o-tmf="TEI"\
 adminlang="en" srclang="{source}" datatype="plaintext"{converted}
  <body>
"""
TAIL = "  </body>\n</tmx>\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment stands: its item's number and the standing of its witness."""

    item: str
    standing: str


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """One file with the units of all bitexts, in order; a pair that comes again is written once."""
    with open(f"{options.name}.tmx") as stream:
        held = list(bitexts)
        stream.write(HEAD.format(version=__version__, source=options.english, converted=_converted(held)).encode())
        seen: set[tuple[str, str]] = set()
        for bitext in held:
            codes = options.english, options.chinese or CODES.get(bitext.zh.tag, "zh-CN")
            for unit in _units(bitext, codes, seen):
                stream.write(unit.encode())
        stream.write(TAIL.encode())


def _converted(bitexts: Iterable[Bitext]) -> str:
    """The rest of the header: a note and a property for every conversion of what is in the file."""
    said = {_conversion(bitext): converted(bitext.zh)[0] for bitext in bitexts if bitext.zh.conversion}
    lines = [f"    <note>{escape(note)}</note>" for note in dict.fromkeys(said.values())]
    lines += [f'    <prop type="x-Converted">{escape(how)}</prop>' for how in said]
    return "\n".join([">", *lines, "  </header>"]) if lines else "/>"


def _conversion(bitext: Bitext) -> str:
    """`zh-Hans to zh-Hant-TW, OpenCC 1.4.2 s2tw`, or nothing."""
    how = bitext.zh.conversion
    return f"{how.origin} to {bitext.zh.tag}, {how.method}" if how else ""


def _units(bitext: Bitext, codes: tuple[str, str], seen: set[tuple[str, str]]) -> Iterator[str]:
    held = {segment.id: segment for document in bitext.documents for segment in segments(document)}
    places = dict(_places(bitext))
    colons = dict(_delimiters(bitext))
    for link in bitext.links:
        if UNFIT.intersection(link.flags) or not (link.en and link.zh):
            continue
        pair = _joined(link.en, held, " "), _joined(link.zh, held, "")
        marks = colons.get(link.en[-1], ""), colons.get(link.zh[-1], "")
        for unit in (pair, (pair[0] + marks[0], pair[1] + marks[1])) if all(marks) else (pair,):
            if unit not in seen and all(unit):
                seen.add(unit)
                yield _unit(bitext, link, unit, codes, [places[i] for i in (*link.en, *link.zh)])


def _delimiters(bitext: Bitext) -> Iterator[tuple[str, str]]:
    """The last segment of a run-in title and the colon behind it: a page may print the two on one line."""
    for document in bitext.documents:
        for block in walk(document.blocks):
            if block.heading and block.delimiter:
                yield block.heading[-1].id, reading(block.delimiter).strip()


def _joined(ids: Iterable[str], held: Mapping[str, Segment], between: str) -> str:
    return between.join(reading(held[i]) for i in ids).strip()


def _unit(bitext: Bitext, link: Link, pair: tuple[str, str], codes: tuple[str, str], places: list[Place]) -> str:
    standing = ", converted" if bitext.zh.conversion else ""
    props = {
        "x-document": bitext.meta.name,
        "x-item": next((place.item for place in places if place.item), ""),
        "x-confidence": f"{link.confidence:g}",
        "x-status": " ".join((link.status, *link.flags)),
        "x-standing": max((place.standing for place in places), key=STANDINGS.index) + standing,
        "x-Converted": _conversion(bitext),
        "x-segments": " ".join((*link.en, *link.zh)),
    }
    day = bitext.meta.date.replace("-", "") if len(bitext.meta.date) == 10 else ""
    created = f' creationdate="{day}T000000Z"' if day else ""
    lines = [f'    <tu creationid="align-{link.status}"{created}>']
    lines += [f"      <prop type={quoteattr(key)}>{escape(value)}</prop>" for key, value in props.items() if value]
    lines += [
        f"      <tuv xml:lang={quoteattr(code)}><seg>{escape(text)}</seg></tuv>"
        for code, text in zip(codes, pair, strict=True)
    ]
    return "\n".join([*lines, "    </tu>", ""])


def _places(bitext: Bitext) -> Iterator[tuple[str, Place]]:
    standing = {witness.id: witness.standing for witness in bitext.witnesses}
    for document in bitext.documents:
        for block, item in _owners(document):
            for segment in (*block.heading, *block.segments):
                yield segment.id, Place(item, standing.get(block.witness, "unknown"))
        for segment in document.heading:
            spans = [standing[span.witness] for span in segment.spans if span.witness in standing]
            yield segment.id, Place("", spans[0] if spans else "unknown")


def _owners(document: Document) -> Iterator[tuple[Block, str]]:
    """Every block with the number of the item it stands in."""
    inside = {inner.id: b.number for b in walk(document.blocks) if b.kind == "item" for inner in walk((b,))}
    return ((block, inside.get(block.id, "")) for block in walk(document.blocks))


exporter = Exporter("tmx", "translation memory for OmegaT, Trados, memoQ, Phrase and other CAT tools", write)

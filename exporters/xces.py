"""Bitexts -> XCES: the links in a cesAlign file, and the two documents that it points to, as OPUS has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from align.drafts import drafted_languages, mark
from align.export import Exporter, Open, Options
from align.model import Bitext, Block, Document, Link, Segment, reading

from ._beads import spelled

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
JUDGES = {"auto": "auto", "confirmed": "man"}
"""Who made a link: a program or a person."""


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """`name.xces` with a group of links for each bitext; two documents for each, with its place where there are more.

    The suffix is not .xml, so that nobody takes the files for corpora of ours.
    """
    with open(f"{options.name}.xces") as stream:
        stream.write(f'{DECLARATION}<cesAlign version="1.0">\n'.encode())
        for place, bitext in enumerate(bitexts, 1):
            stem = options.name if place == 1 else f"{options.name}.{place}"
            names = f"{stem}.en.xces", f"{stem}.zh.xces"
            for name, document in zip(names, bitext.documents, strict=True):
                with open(name) as held:
                    _write_lines(held, _document(document, bitext))
            _write_lines(stream, _group(bitext.links, names))
        stream.write(b"</cesAlign>\n")


def _write_lines(stream: IO[bytes], lines: Iterable[str]) -> None:
    stream.writelines(f"{line}\n".encode() for line in lines)


def _group(links: Iterable[Link], names: tuple[str, str]) -> Iterator[str]:
    first, second = map(_value, names)
    yield f' <linkGrp targType="s" fromDoc={first} toDoc={second}>'
    for number, link in enumerate(links, 1):
        flags = f" flags={_value(' '.join(link.flags))}" if link.flags else ""
        yield (
            f'  <link id="SL{number}" type="{len(link.en)}-{len(link.zh)}" xtargets={_targets(link)}'
            f' certainty="{link.confidence:g}" status="{JUDGES[link.status]}"{flags}/>'
        )
    yield " </linkGrp>"


def _targets(link: Link) -> str:
    return _value(f"{' '.join(link.en)};{' '.join(link.zh)}")


def _document(document: Document, bitext: Bitext) -> Iterator[str]:
    """A document as XML, each sentence on a line of its own."""
    standings = {witness.id: witness.standing for witness in bitext.witnesses}
    how = document.conversion
    said = f" converted={_value(f'{how.origin} to {document.tag}, {how.method}')}" if how else ""
    own = drafted_languages(bitext).get(document.id, ())
    drafts = "; ".join(mark(standing, bitext.zh.tag) for standing in own)
    said += f" drafts={_value(drafts)}" if drafts else ""
    yield f"{DECLARATION}<text xml:lang={_value(document.tag)}{said}>"
    if document.heading:
        yield from _around("head", document.heading, f"{document.id}.h")
    for block in document.blocks:
        yield from _block(block, standings)
    yield "</text>"


def _block(block: Block, standings: dict[str, str]) -> Iterator[str]:
    """A block with its number, what is printed before it, and the standing of its text."""
    label = reading(block.label).strip() if block.label else ""
    said = {"n": block.number, "label": label, "standing": standings.get(block.witness, "")}
    given = "".join(f" {key}={_value(value)}" for key, value in said.items() if value)
    yield f"<div id={_value(block.id)} type={_value(block.kind)}{given}>"
    if block.heading:
        yield from _around("head", block.heading, f"{block.id}.head")
    if block.segments:
        yield from _around("p", block.segments, f"{block.id}.p")
    for inner in block.blocks:
        yield from _block(inner, standings)
    yield "</div>"


def _around(name: str, held: Iterable[Segment], id: str) -> Iterator[str]:
    yield f"<{name} id={_value(id)}>"
    for segment in held:
        cut = ' part="I"' if segment.truncated else ""
        yield f"<s id={_value(segment.id)}{cut}>{escape(spelled(reading(segment)), CARRIAGE)}</s>"
    yield f"</{name}>"


CARRIAGE = {"\r": "&#13;"}
"""A parser reads a carriage return as a line feed unless it is told."""


def _value(text: str) -> str:
    return quoteattr(spelled(text))


exporter = Exporter(
    "xces", "Sentence links as OPUS has them, with the two documents they point to, for opustools.", write, ()
)

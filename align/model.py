"""The types that move between the stages: text with its provenance, documents, links, findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from align.verdicts import NO_VERDICT
from align.verdicts import Ruling as Ruling
from align.verdicts import Verdict as Verdict

Lang = Literal["en", "zh"]
"""The side of the bitext; the script of the Chinese side is `Document.tag`."""

STANDINGS = ("official", "reprint", "unknown", "working", "machine")
"""Whose text it is, highest first: `working` is a person's unofficial translation."""

DRAFTS = STANDINGS[3:]
"""Standings of what is no text of the document: it closes no gap, and says so wherever it is shown."""

DIRECTIONS = ("en>zh", "zh>en", "parallel", "unknown")

SpanKind = Literal["kept", "label", "delimiter", "joined", "replaced", "left-out"]

BlockKind = Literal["section", "item", "paragraph", "point"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Text to use instead of `text[start:end]` of what is printed; `by` names the person who decided it, if one did."""

    start: int
    end: int
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a witness's decoded text, as found there, and what became of them.

    `how` refines the kind: `space` or `nothing` for what a joined or replaced span became in the
    text, the reason for a left-out one.
    """

    witness: str
    start: int
    end: int
    kind: SpanKind
    text: str
    how: str = ""

    @property
    def becomes(self) -> str:
        """What stands for the span in the text that holds it."""
        if self.kind in ("kept", "label", "delimiter"):
            return self.text
        return " " if self.how == "space" else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a witness, or the part of one in one language: `text` is the decoded `start:end`.

    `number` counts lines from 1. `hint` is what the reader or a stage says of it: `heading-1` to
    `heading-6` for printed heading levels, `note` for a foot- or endnote, `unit` for text that is
    aligned already, `bilingual` for half of a line in two languages, `text` for what opens nothing.
    `continues`: the line goes on where the one before it stopped. `markup` are stretches of the
    witness inside the line that are marks of a format and no text, such as Markdown's asterisks.
    What a reader knows of the layout: `page` counts from 1; `row` names the row of a table or the
    unit of a memory that the line belongs to and `column` counts its cells from 1; `ordinal` is the
    number that the format gives a list item and `depth` how deep its list is nested, from 1.
    """

    witness: str
    number: int
    start: int
    end: int
    text: str
    lang: str = ""
    hint: str = ""
    after_blank: bool = False
    continues: bool = False
    markup: tuple[tuple[int, int], ...] = ()
    page: int = 0
    row: str = ""
    column: int = 0
    ordinal: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file as its reader gives it: the witness, its decoded text, its lines that hold text.

    The decoded text of a file that is no plain text is what the file shows, in reading order.
    `flowing`: a line break inside a paragraph means nothing, as in Markdown.
    """

    witness: Witness
    text: str
    lines: tuple[Line, ...]
    left_out: tuple[Span, ...] = ()
    flowing: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Printed characters that belong to a block but to no segment: a label, a colon after a title."""

    text: str
    readings: tuple[Reading, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence as printed; before segmentation, a whole paragraph."""

    id: str
    text: str
    readings: tuple[Reading, ...] = ()
    spans: tuple[Span, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A node of a document, in printed order; `children` are all blocks or all segments.

    `label` is what is printed (`36. `, `60、`), `number` the key it means (`36`), `delimiter` what
    is printed between a run-in heading and the text.
    """

    id: str
    kind: BlockKind
    number: str = ""
    label: Mark | None = None
    heading: tuple[Segment, ...] = ()
    delimiter: Mark | None = None
    blocks: tuple[Block, ...] = ()
    segments: tuple[Segment, ...] = ()
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """That the Chinese of an edition is not as printed: the script it had, and by what it was converted.

    `vocabulary`: words were changed too, not only characters.
    """

    origin: str
    method: str
    vocabulary: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one language: its own heading if it prints one, then blocks.

    `conversion` is that of an edition, which exporters are given; no corpus holds one.
    """

    id: Lang
    tag: str
    blocks: tuple[Block, ...] = ()
    heading: tuple[Segment, ...] = ()
    conversion: Conversion | None = None


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Bytes that the encoding does not know; U+FFFD stands for them at `offset` of the decoded text."""

    offset: int
    bytes_hex: str


@dataclass(frozen=True, slots=True)
class Witness:
    """One source text, which may hold both languages, and the record of what no segment holds."""

    id: str
    file: str
    sha256: str
    encoding: str
    byte_order_mark: bool = False
    undecodable: tuple[Undecodable, ...] = ()
    langs: tuple[str, ...] = ()
    standing: str = "unknown"
    url: str = ""
    publisher: str = ""
    retrieved: str = ""
    translator: str = ""
    rights: str = ""
    record: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title and who says so: `given` in document.toml, `printed` in the text, or `name`."""

    lang: Lang
    text: str
    origin: Literal["given", "printed", "name"]


@dataclass(frozen=True, slots=True)
class Known:
    """A text that is known to exist and is not held."""

    lang: Lang
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is said about a document rather than in it."""

    name: str
    titles: tuple[Title, ...] = ()
    date: str = ""
    direction: str = "unknown"
    known: tuple[Known, ...] = ()

    def title(self, lang: str) -> str:
        """The title in one language, or the document's name where there is none."""
        return next((title.text for title in self.titles if title.lang == lang), self.name)


@dataclass(frozen=True, slots=True)
class Link:
    """A bead: n segments of one language answer m of the other; an empty side is a gap.

    Flags: `missing` (the whole unit has no counterpart), `omitted` (left untranslated inside a
    unit that has one), `truncated`, `crossing`, `suspect`, `doubtful`, `draft` (one side is no text of the document).
    """

    en: tuple[str, ...]
    zh: tuple[str, ...]
    confidence: float = 1.0
    status: Literal["auto", "confirmed"] = "auto"
    flags: tuple[str, ...] = ()
    verdict: Verdict = NO_VERDICT


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents, the witnesses they come from, the links between them, how those were made, what was decided."""

    meta: Meta
    en: Document
    zh: Document
    witnesses: tuple[Witness, ...] = ()
    links: tuple[Link, ...] = ()
    method: str = ""
    rulings: tuple[Ruling, ...] = ()

    @property
    def documents(self) -> tuple[Document, Document]:
        """English, then Chinese."""
        return self.en, self.zh


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know: `where` is an id, a line or a file."""

    rule: str
    severity: Literal["error", "warning", "note"]
    where: str
    message: str
    remedy: str = ""


def reading(text: Segment | Mark) -> str:
    """The text with its readings in place: what exports use."""
    parts, at = [], 0
    for change in text.readings:
        parts += [text.text[at : change.start], change.text]
        at = change.end
    return "".join([*parts, text.text[at:]])


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in printed order, parents before children."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        yield block
        waiting += reversed(block.blocks)


def segments(document: Document) -> Iterator[Segment]:
    """Every segment of a document in printed order, headings included."""
    yield from document.heading
    for block in walk(document.blocks):
        yield from block.heading
        yield from block.segments


def items(document: Document) -> Iterator[Block]:
    """The numbered items of a document in printed order."""
    return (block for block in walk(document.blocks) if block.kind == "item")


def block_segments(block: Block) -> Iterator[Segment]:
    """Every segment of a block and the blocks inside it, in printed order."""
    for part in walk((block,)):
        yield from part.heading
        yield from part.segments

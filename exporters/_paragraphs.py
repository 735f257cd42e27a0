"""Document -> its paragraphs as a page prints them, and its items: what a CAT tool sees that does not cut sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from align.model import Block, Document, Lang, Mark, Segment, Span, reading, walk

from ._beads import BETWEEN

Kind = Literal["label", "title", "colon", "text"]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is printed in one go: a label, a title, the mark behind it, or a sentence, and where that stands.

    `first`: it is the first of its kind in its block.
    """

    kind: Kind
    block: Block
    item: str
    of: Segment | Mark
    first: bool

    @property
    def id(self) -> str:
        """The id of the sentence; empty for a mark, which has none."""
        return self.of.id if isinstance(self.of, Segment) else ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces that a page prints as one paragraph; or those of an item, which may be several paragraphs.

    `item` is the number of the item that it stands in, `lines` counts the paragraphs.
    """

    lang: Lang
    pieces: tuple[Piece, ...]
    lines: int = 1

    @property
    def item(self) -> str:
        """The number of the item; empty outside any."""
        return self.pieces[0].item

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its sentences."""
        return tuple(piece.id for piece in self.pieces if piece.id)

    @property
    def labels(self) -> tuple[str, ...]:
        """The numbers that the labels before the first word mean."""
        return tuple(piece.block.number for piece in self._leading())

    def text(self, labelled: bool) -> str:
        """The text as it stands in a document, with or without the labels before its first word."""
        said, before = "", None
        for piece in self.pieces if labelled else self.pieces[len(self._leading()) :]:
            said += (_between(before, piece, self.lang) if before else "") + reading(piece.of)
            before = piece
        return said.strip()

    def _leading(self) -> Sequence[Piece]:
        count = next((n for n, piece in enumerate(self.pieces) if piece.kind != "label"), 0)
        return self.pieces[:count]


def paragraphs(document: Document) -> list[Paragraph]:
    """The paragraphs of a document in printed order; a label that stands alone is none."""
    made: list[list[Piece]] = []
    before: Piece | None = None
    for piece in _pieces(document):
        if before and _runs_on(before, piece):
            made[-1].append(piece)
        else:
            made.append([piece])
        before = piece
    grouped = (Paragraph(document.id, tuple(pieces)) for pieces in made)
    return [paragraph for paragraph in grouped if paragraph.ids]


def items(document: Document) -> list[Paragraph]:
    """The items of a document, each whole, and the paragraphs that stand in no item."""
    made: list[Paragraph] = []
    owners = _owners(document)
    for owner, held in groupby(paragraphs(document), lambda paragraph: owners.get(paragraph.ids[0], "")):
        several = list(held)
        if owner:
            pieces = tuple(piece for paragraph in several for piece in paragraph.pieces)
            made.append(Paragraph(document.id, pieces, len(several)))
        else:
            made += several
    return made


def together(held: Iterable[Paragraph], labelled: bool) -> str:
    """The text of several paragraphs: a space stands for the end of one, since a line break stops a match."""
    return " ".join(each.text(labelled or place > 0) for place, each in enumerate(held))


def _owners(document: Document) -> dict[str, str]:
    """The id of the outermost item that each sentence stands in."""
    found: dict[str, str] = {}
    for block in walk(document.blocks):
        if block.kind == "item":
            for inner in walk((block,)):
                for segment in (*inner.heading, *inner.segments):
                    found.setdefault(segment.id, block.id)
    return found


def _pieces(document: Document) -> Iterator[Piece]:
    top = Block(document.id, "section")
    yield from (Piece("title", top, "", segment, place == 0) for place, segment in enumerate(document.heading))
    for block in document.blocks:
        yield from _inside(block, "")


def _inside(block: Block, item: str) -> Iterator[Piece]:
    item = block.number if block.kind == "item" else item
    if block.label:
        yield Piece("label", block, item, block.label, True)
    yield from (Piece("title", block, item, segment, place == 0) for place, segment in enumerate(block.heading))
    if block.heading and block.delimiter:
        yield Piece("colon", block, item, block.delimiter, True)
    yield from (Piece("text", block, item, segment, place == 0) for place, segment in enumerate(block.segments))
    for inner in block.blocks:
        yield from _inside(inner, item)


def _runs_on(before: Piece, piece: Piece) -> bool:
    """Whether a piece stands in the paragraph of the one before it.

    Where both are known in the source, what lies between them there tells; else a mark runs on and a title does not.
    """
    if not piece.first or piece.kind == "colon":
        return True
    if before.kind == "text" or (before.kind == "title" and piece.kind != "text"):
        return False
    if before.of.spans and piece.of.spans:
        return _abut(before.of.spans[-1], piece.of.spans[0])
    return before.kind != "title" and piece.kind != "label"


def _abut(before: Span, after: Span) -> bool:
    return before.witness == after.witness and before.end == after.start


def _between(before: Piece, piece: Piece, lang: Lang) -> str:
    """What separates two pieces: marks bring their own space, sentences have their language's, paragraphs a space."""
    if before.kind in ("label", "colon"):
        return "" if _runs_on(before, piece) else " "
    if piece.kind == "colon":
        return ""
    return BETWEEN[lang] if _runs_on(before, piece) else " "

"""Texts as a spreadsheet shows and changes them -> whether they are the same, how alike, and where they are cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

from align.corpus.markup import FORBIDDEN
from align.model import Document, Lang, Segment, block_segments, segments, walk
from align.sheets import digest, line

FOLDED = str.maketrans(
    dict.fromkeys("“”„‟″＂«»", '"') | dict.fromkeys("‘’‚‛′＇", "'") | dict.fromkeys("–—―−‐‑", "-") | {"…": "..."}
)
"""What a spreadsheet program puts right by itself while somebody types."""
LONG = 4_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the corpus: its place in its document, the text that a cell shows, and where it may be joined."""

    at: int
    segment: Segment
    shown: str
    key: str
    block: str
    is_title: bool

    @property
    def id(self) -> str:
        """The id of the segment."""
        return self.segment.id


@dataclass(frozen=True, slots=True)
class Side:
    """One language of the corpus: its sentences in printed order, and ways to find one."""

    lang: Lang
    held: Sequence[Sentence]
    by_id: dict[str, Sentence]
    by_digest: dict[str, list[Sentence]]
    by_key: dict[str, list[Sentence]]


def side(document: Document) -> Side:
    """The sentences of a document, ready to be found."""
    blocks = {s.id: block.id for block in walk(document.blocks) for s in block.segments}
    held = [
        Sentence(at, segment, line(segment), key(line(segment)), blocks.get(segment.id, ""), segment.id not in blocks)
        for at, segment in enumerate(segments(document))
    ]
    found = Side(document.id, held, {sentence.id: sentence for sentence in held}, {}, {})
    for sentence in held:
        found.by_digest.setdefault(digest(sentence.shown), []).append(sentence)
        found.by_key.setdefault(sentence.key, []).append(sentence)
    return found


def key(text: str) -> str:
    """A text without white space and in plain quotation marks and dashes, as texts are compared."""
    return "".join(text.translate(FOLDED).split())


def is_run(text: str, parts: Sequence[str]) -> bool:
    """Whether a text is its parts one behind the other, with or without a space between them."""
    rest = text
    for part in parts:
        rest = rest.lstrip()
        if not rest.startswith(part):
            return False
        rest = rest[len(part) :]
    return not rest


def same_number(text: str, other: str) -> bool:
    """Whether two texts are one number, which a spreadsheet may write in its own way."""
    try:
        return Decimal(text.replace(",", "")) == Decimal(other.replace(",", ""))
    except InvalidOperation:
        return False


def likeness(text: str, other: str) -> float:
    """From 0 to 1: the share of two texts that is common to both."""
    if not (text and other):
        return 0.0
    first = next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    a, b = text[first:], other[first:]
    last = next((n for n, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[: len(a) - last], b[: len(b) - last]
    middle = SequenceMatcher(None, a[:LONG], b[:LONG], autojunk=False)
    common = first + last
    if common * 2 < len(text) + len(other):
        common += sum(match.size for match in middle.get_matching_blocks())
    return 2 * common / (len(text) + len(other))


def printed_parts(segment: Segment, parts: Sequence[str]) -> tuple[str, ...] | None:
    """What is printed of a sentence whose reading was cut into parts; nothing where that cannot be said."""
    if FORBIDDEN.search(segment.text):
        return None
    places = [at for char, at in _read(segment) if not char.isspace()]
    cuts, taken = [0], 0
    for part in parts[:-1]:
        taken += len("".join(part.split()))
        if not 0 < taken < len(places) or places[taken] == places[taken - 1]:
            return None
        cuts.append(places[taken])
    return tuple(segment.text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(segment.text)], strict=True))


def _read(segment: Segment) -> Iterator[tuple[str, int]]:
    """Every character of a sentence as it is read, and the printed place that it stands for."""
    at = 0
    for change in segment.readings:
        yield from ((segment.text[n], n) for n in range(at, change.start))
        yield from ((char, change.start) for char in change.text)
        at = change.end
    yield from ((segment.text[n], n) for n in range(at, len(segment.text)))


def opening(document: Document, block_id: str) -> tuple[Segment, str] | None:
    """The sentence that a block begins with, and the text of its line up to there, its printed label included."""
    for block in walk(document.blocks):
        if block.id == block_id:
            first = next(block_segments(block), None)
            label = block.label.text if block.label else ""
            between = " " if label[-1:].isalnum() else ""
            return (first, f"{label}{between}{first.text}".strip()) if first else None
    return None

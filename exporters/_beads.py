"""Bitext -> its beads in printed order, each with its texts and where it stands; tables and memories hold these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from align.corpus.markup import FORBIDDEN
from align.export import Options
from align.model import STANDINGS, Bitext, Block, Document, Lang, Link, Segment, reading, walk
from align.wishes import Memory

UNFIT = frozenset({"missing", "omitted", "truncated", "suspect", "doubtful"})
"""Flags of links that give no unit: nothing on one side, cut off, or not surely each other's translation."""
CODES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "zh-Hant-TW": "zh-TW", "zh-Hant-HK": "zh-HK"}
BETWEEN: Mapping[Lang, str] = {"en": " ", "zh": ""}
"""What separates two sentences in running text."""


def is_trusted(link: Link) -> bool:
    """Whether a translator may take the two sides for each other's translation; a person's word is enough."""
    return bool(link.en and link.zh) and (link.status == "confirmed" or UNFIT.isdisjoint(link.flags))


def language_codes(document: Document, options: Options) -> tuple[str, str]:
    """English and Chinese as tools for translators know them: as asked for, or by the edition's region."""
    return options.english, options.chinese or CODES.get(document.tag, "zh-CN")


def from_english(bitext: Bitext | None, memory: Memory) -> bool:
    """Whether English is the source: as asked for, as the document says, or for want of either."""
    stated = "zh-en" if bitext and bitext.meta.direction == "zh>en" else "en-zh"
    return (memory.direction or stated) == "en-zh"


def spelled(text: str) -> str:
    """The text; a character that XML cannot hold is spelled out, as [U+000C]."""
    return FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def joined(side: Sequence[Segment], lang: Lang, closings: Mapping[str, str], printed: bool = False) -> str:
    """Sentences as running text, as exports read them or as printed; behind a title what is printed there."""
    made = ""
    for segment in side:
        made += segment.text if printed else reading(segment)
        if segment is not side[-1]:
            made += closings.get(segment.id, "") + (" " if closings.get(segment.id) == "" else BETWEEN[lang])
    return made.strip()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment stands: the number of its item, the headings over it, the standing of its witness."""

    item: str
    section: tuple[str, ...]
    standing: str


def lowest(places: Iterable[Place]) -> str:
    """The lowest standing of some places: a chain is as strong as its weakest link."""
    return max((place.standing for place in places), key=STANDINGS.index)


@dataclass(frozen=True, slots=True)
class Bead:
    """A link with the segments and the places that its ids name; `closings` are the marks behind titles, by id."""

    link: Link
    en: tuple[Segment, ...]
    zh: tuple[Segment, ...]
    places: tuple[Place, ...]
    closings: Mapping[str, str]

    @property
    def english(self) -> str:
        """The English as exports read it; empty where there is none."""
        return joined(self.en, "en", self.closings)

    @property
    def chinese(self) -> str:
        """The Chinese as exports read it; empty where there is none."""
        return joined(self.zh, "zh", self.closings)

    @property
    def item(self) -> str:
        """The number of the item, from the side that has one."""
        return next((place.item for place in self.places if place.item), "")

    @property
    def section(self) -> tuple[str, ...]:
        """The headings that the bead stands under, outermost first: the English, or else the Chinese."""
        return next((place.section for place in self.places if place.section), ())

    @property
    def standing(self) -> str:
        """The standing of the bead: the lowest of its witnesses'."""
        return lowest(self.places)

    @property
    def id(self) -> str:
        """A name that no other bead has: every segment is in one link."""
        return (self.link.en or self.link.zh)[0]


def beads(bitext: Bitext) -> Iterator[Bead]:
    """Every bead of a bitext, gaps included, in the order of its links."""
    standings = {witness.id: witness.standing for witness in bitext.witnesses}
    held = {s.id: (s, place) for document in bitext.documents for s, place in _placed(document, standings)}
    closings = dict(_closings(bitext))
    for link in bitext.links:
        en, zh = ([held[name] for name in side] for side in (link.en, link.zh))
        places = tuple(place for _, place in (*en, *zh))
        yield Bead(link, tuple(s for s, _ in en), tuple(s for s, _ in zh), places, closings)


def _closings(bitext: Bitext) -> Iterator[tuple[str, str]]:
    """The last segment of a title over text, and the mark behind it; nothing where the text is on a line of its own."""
    for document in bitext.documents:
        for block in walk(document.blocks):
            if block.heading and block.kind != "section":
                yield block.heading[-1].id, reading(block.delimiter).strip() if block.delimiter else ""


def _placed(document: Document, standings: Mapping[str, str]) -> Iterator[tuple[Segment, Place]]:
    """Every segment of a document with its place; those of one block share it."""
    for segment in document.heading:
        known = [standings[span.witness] for span in segment.spans if span.witness in standings]
        yield segment, Place("", (), known[0] if known else "unknown")
    for block in document.blocks:
        yield from _inside(block, Place("", (), ""), standings, document.id)


def _inside(block: Block, outer: Place, standings: Mapping[str, str], lang: Lang) -> Iterator[tuple[Segment, Place]]:
    item = block.number if block.kind == "item" else outer.item
    section = (*outer.section, title(block, lang)) if block.kind == "section" else outer.section
    place = Place(item, section, standings.get(block.witness, "unknown"))
    for segment in (*block.heading, *block.segments):
        yield segment, place
    for inner in block.blocks:
        yield from _inside(inner, place, standings, lang)


def title(block: Block, lang: Lang) -> str:
    """The label and heading of a block as a person would name it."""
    label = reading(block.label).strip() if block.label else ""
    return " ".join(filter(None, (label, joined(block.heading, lang, {}))))

"""Bitext -> notes at the end of a brief: what is doubtful, cut off or decided, each with a link to its item."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from align.drafts import drafted_segments
from align.model import Bitext, Segment, block_segments, reading, segments
from align.units import flatten, units_of

from ._blocks import Block
from ._composition import Composer
from ._decided import SHOWN, decided, in_both, shortened
from ._pdf_contents import ours
from ._pdf_sheet import MM
from ._pdf_tags import DOCUMENT, LIST, Element
from ._setting import NAVY, SMALL, Look

KINDS = {
    "doubtful": ("It is doubtful that these answer each other: “{}”", "两者是否对应存疑：“{}”"),
    "suspect": ("One of these sentences may be cut in the wrong place: “{}”", "其中句子的切分可能有误：“{}”"),
    "crossing": ("The languages have these sentences in another order: “{}”", "两种文本的语序不同：“{}”"),
}
BREAKS = {
    "en": (
        "The English source text stops here, without a closing mark: “{}”",
        "英文来源文本到此为止，没有句末标点：“{}”",
    ),
    "zh": (
        "The Chinese source text stops here, without a closing mark: “{}”",
        "中文来源文本到此为止，没有句末标点：“{}”",
    ),
}
LOOK = Look(SMALL + 0.2, ragged=True)
NO_NUMBER = "¶"
TOGETHER = 8
"""So few notes stay on one page."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """One thing to look at: where it stands, and what is said of it in both languages.

    `lang` is the language whose text breaks off; nothing where it is a matter of both.
    """

    anchor: str
    number: str
    en: str
    zh: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a segment is to be found in the brief."""

    anchor: str = ""
    number: str = ""
    order: int = -1


def flagged(bitext: Bitext, anchors: Collection[str] = ()) -> tuple[Flagged, ...]:
    """Everything that is flagged, in the order of the brief; `anchors` are the places that it can lead to."""
    places = homes(bitext, anchors)
    held = {segment.id: segment for document in bitext.documents for segment in segments(document)}
    drafts = drafted_segments(bitext)
    found: list[tuple[int, Flagged]] = []
    for link in bitext.links:
        home = places.get((link.en or link.zh)[0], Home())
        sides = (([held[name] for name in ids], lang) for ids, lang in ((link.en, "en"), (link.zh, "zh")))
        if kinds := [kind for kind in KINDS if kind in link.flags]:
            en, zh = (_quoted(side, lang) for side, lang in sides)
            found += [(home.order, _pair_note(home, in_both(KINDS[kind], bitext.zh.tag), en, zh)) for kind in kinds]
    for document in bitext.documents:
        for segment in segments(document):
            home = places.get(segment.id, Home())
            if segment.truncated and segment.id not in drafts:
                found.append((home.order, _cut_note(home, document.id, segment, bitext.zh.tag)))
    for line in decided(bitext):
        home = places.get(line.segment, Home()) if line.segment else Home(order=len(places))
        found.append((home.order, Flagged(home.anchor, home.number, line.en, line.zh)))
    return tuple(note for _, note in sorted(found, key=lambda each: each[0]))


def not_applied(bitext: Bitext) -> tuple[Flagged, ...]:
    """The decisions that do not fit the text: they stand nowhere in it."""
    return tuple(Flagged("", "", line.en, line.zh) for line in decided(bitext) if not line.segment)


def homes(bitext: Bitext, anchors: Collection[str]) -> dict[str, Home]:
    """Of every segment its item, or the nearest place before it that the brief can lead to."""
    made: dict[str, Home] = {}
    for order, unit in enumerate(flatten(units_of(bitext))):
        number = unit.number if unit.kind == "item" else ""
        for side in unit.sides:
            anchor = (unit.en or unit.zh)[0].id
            for block in side:
                anchor = block.id if block.id in anchors else anchor
                own = block.heading if unit.kind == "section" else tuple(block_segments(block))
                made |= {segment.id: Home(anchor, number, order) for segment in own}
    return made


def _quoted(found: list[Segment], lang: str) -> str:
    return shortened(("" if lang == "zh" else " ").join(reading(segment) for segment in found), lang)


def _pair_note(home: Home, forms: tuple[str, str], en: str, zh: str) -> Flagged:
    return Flagged(home.anchor, home.number, forms[0].format(en or "–"), forms[1].format(zh or "–"))


def _cut_note(home: Home, lang: str, segment: Segment, tag: str) -> Flagged:
    said = reading(segment)
    end = said[-SHOWN[lang] :]
    if end != said:
        end = "…" + (end.partition(" ")[2] if lang == "en" else end)
    en, zh = (form.format(end) for form in in_both(BREAKS[lang], tag))
    return Flagged(home.anchor, home.number, en, zh, lang)


def notes(composer: Composer, found: tuple[Flagged, ...]) -> Iterator[Block]:
    """The heading and one line for each note that concerns the edition, in its languages."""
    layout = composer.sheet.layout
    lang = layout if layout in ("en", "zh") else ""
    own = [note for note in found if not lang or note.lang in ("", lang)]
    if own:
        yield composer.heading(ours("notes", "Notes", "附注", lang, composer), composer.level)
    items = Element("L", parent=DOCUMENT, attributes=LIST)
    for at, note in enumerate(own, 1):
        yield replace(_note(composer, note, items, lang), keep=at < len(own) <= TOGETHER)


def _note(composer: Composer, note: Flagged, items: Element, lang: str) -> Block:
    item = Element("LI", parent=items)
    room = max(composer.gutter - 1.5 * MM, 7 * MM)
    label = Element("Lbl", parent=item)
    look = replace(LOOK, colour=NAVY, bold=True)
    role = "Link" if note.anchor else "Span"
    made = composer.setter.one(0, room, note.number or NO_NUMBER, "en", look, label, role)
    anchor = composer.prefix + note.anchor if note.anchor else ""
    body = Element("LBody", parent=item)
    en, zh = note.en if lang != "zh" else "", note.zh if lang != "en" else ""
    strata = composer.pair(en, zh, LOOK, room + 1.5 * MM, body)
    return Block(((replace(made, link=anchor), *strata[0]), *strata[1:]), below=1.5 * MM)

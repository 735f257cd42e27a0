"""Bitext -> what every output says of it: how much is there, what is missing, what is cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from align.drafts import drafted, drafted_languages, drafted_segments
from align.model import Bitext, Document, Lang, block_segments, items, segments, walk
from align.units import Unit, flatten, own_segments, units_of

UNTOLD = ("metadata", "code", "trace", "script", "style", "comment", "title")
"""Reasons for which what no reader of a file sees is in the record only."""


@dataclass(frozen=True, slots=True)
class Side:
    """One language: how many items and sentences, and the items missing, cut off or not whole.

    What is `drafted` counts nowhere else: there is no text of it, but a draft stands in its place.
    """

    lang: Lang
    items: int
    sentences: int
    missing: tuple[str, ...]
    missing_elsewhere: int
    truncated: tuple[str, ...]
    omitted: int
    drafted: tuple[str, ...] = ()
    drafted_elsewhere: int = 0
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Both sides and what they have in common; `standings` are those of the witnesses used.

    Items of one number that look like different texts are `suspect`, and not `aligned`; `several` has how many
    items a number has, where it has more than one.
    """

    en: Side
    zh: Side
    aligned: int
    links: int
    standings: tuple[str, ...]
    unused: tuple[str, ...]
    left_out: int
    suspect: tuple[str, ...] = ()
    several: Mapping[str, int] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[Side, Side]:
        """English, then Chinese."""
        return self.en, self.zh

    @property
    def whole(self) -> bool:
        """Nothing missing, nothing cut off, nothing left untranslated, nothing drafted."""
        return not any(
            side.missing or side.missing_elsewhere or side.truncated or side.omitted or side.drafts
            for side in self.sides
        )


def summarise(bitext: Bitext) -> Summary:
    """Count what is there and name what is not."""
    drafts = drafted(bitext)
    found = [_Held(unit, *_texts(unit, drafts)) for unit in flatten(units_of(bitext))]
    en, zh = (_side(bitext, document, found) for document in bitext.documents)
    pairs = [held.unit for held in found if held.unit.kind == "item" and held.en and held.zh]
    different = suspects(bitext)
    suspect = tuple(unit.number for unit in pairs if unit.en[0].id in different)
    links = sum("draft" not in link.flags for link in bitext.links)
    used = {block.witness for document in bitext.documents for block in walk(document.blocks)}
    standings = tuple(dict.fromkeys(w.standing for w in bitext.witnesses if w.id in used))
    unused = tuple(w.file for w in bitext.witnesses if w.id not in used)
    spans = [span for witness in bitext.witnesses if witness.id in used for span in witness.record]
    left_out = sum(span.kind == "left-out" and span.how not in (*UNTOLD, "markup", "lower-standing") for span in spans)
    numbers = Counter(held.unit.number for held in found if held.unit.kind == "item")
    several = {number: count for number, count in numbers.items() if count > 1}
    return Summary(en, zh, len(pairs) - len(suspect), links, standings, unused, left_out, suspect, several)


def suspects(bitext: Bitext) -> frozenset[str]:
    """The ids of English blocks whose answers look like different texts."""
    flagged = {name for link in bitext.links if "suspect" in link.flags for name in link.en}
    units = (unit for unit in flatten(units_of(bitext)) if unit.en and unit.zh) if flagged else ()
    return frozenset(unit.en[0].id for unit in units if flagged.intersection(own_segments(unit.en)))


@dataclass(frozen=True, slots=True)
class _Held:
    """A unit and on which sides there is a text of it, not only a draft."""

    unit: Unit
    en: bool
    zh: bool

    @property
    def sides(self) -> tuple[bool, bool]:
        return self.en, self.zh


def _texts(unit: Unit, drafts: Collection[str]) -> tuple[bool, bool]:
    en, zh = (any(block.id not in drafts for block in side) for side in unit.sides)
    return en, zh


def _side(bitext: Bitext, document: Document, found: list[_Held]) -> Side:
    side = 0 if document.id == "en" else 1
    drafts, sentences = drafted(bitext), drafted_segments(bitext)
    absent = [held.unit for held in found if held.sides[1 - side] and not held.sides[side]]
    missing = [unit for unit in absent if not unit.sides[side]]
    replaced = [held.unit for held in found if held.unit.sides[side] and not held.sides[side]]
    own = [item for item in items(document) if item.id not in drafts]
    omitted = [link for link in bitext.links if "omitted" in link.flags and "draft" not in link.flags]
    return Side(
        lang=document.id,
        items=len(own),
        sentences=sum(segment.id not in sentences for segment in segments(document)),
        missing=tuple(unit.number for unit in missing if unit.kind == "item"),
        missing_elsewhere=sum(unit.kind != "item" for unit in missing),
        truncated=tuple(b.number for b in own if any(s.truncated for s in block_segments(b))),
        omitted=sum(len(link.zh) if document.id == "en" else len(link.en) for link in omitted),
        drafted=tuple(unit.number for unit in replaced if unit.kind == "item"),
        drafted_elsewhere=sum(unit.kind != "item" for unit in replaced),
        drafts=drafted_languages(bitext).get(document.id, ()),
    )


def ranges(numbers: Iterable[str], dash: str = "–", comma: str = ", ") -> str:
    """`36–59, 61`: runs of three or more consecutive numbers joined, in the order given."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and number.isdecimal() and runs[-1][-1].isdecimal() and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return comma.join(f"{run[0]}{dash}{run[-1]}" if len(run) > 2 else comma.join(run) for run in runs)

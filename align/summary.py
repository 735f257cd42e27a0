"""Bitext -> what every output says of it: how much is there, what is missing, what is cut off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from align.model import Bitext, Document, Lang, block_segments, items, segments, walk
from align.units import Unit, flatten, units_of


@dataclass(frozen=True, slots=True)
class Side:
    """One language: how many items and sentences, and the items missing, cut off or not whole."""

    lang: Lang
    items: int
    sentences: int
    missing: tuple[str, ...]
    missing_elsewhere: int
    truncated: tuple[str, ...]
    omitted: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Both sides and what they have in common; `standings` are those of the witnesses used."""

    en: Side
    zh: Side
    aligned: int
    links: int
    standings: tuple[str, ...]
    unused: tuple[str, ...]
    left_out: int

    @property
    def sides(self) -> tuple[Side, Side]:
        """English, then Chinese."""
        return self.en, self.zh

    @property
    def whole(self) -> bool:
        """Nothing missing, nothing cut off, nothing left untranslated."""
        return not any(side.missing or side.missing_elsewhere or side.truncated or side.omitted for side in self.sides)


def summarise(bitext: Bitext) -> Summary:
    """Count what is there and name what is not."""
    found = list(flatten(units_of(bitext)))
    en, zh = (_side(bitext, document, found) for document in bitext.documents)
    aligned = sum(unit.kind == "item" and bool(unit.en and unit.zh) for unit in found)
    used = {block.witness for document in bitext.documents for block in walk(document.blocks)}
    standings = tuple(dict.fromkeys(w.standing for w in bitext.witnesses if w.id in used))
    unused = tuple(w.file for w in bitext.witnesses if w.id not in used)
    spans = [span for witness in bitext.witnesses if witness.id in used for span in witness.record]
    left_out = sum(span.kind == "left-out" and span.how != "markup" for span in spans)
    return Summary(en, zh, aligned, len(bitext.links), standings, unused, left_out)


def _side(bitext: Bitext, document: Document, found: list[Unit]) -> Side:
    other = 1 if document.id == "en" else 0
    absent = [unit for unit in found if unit.sides[other] and not unit.sides[1 - other]]
    cut_items = [b.number for b in items(document) if any(s.truncated for s in block_segments(b))]
    omitted = [link for link in bitext.links if "omitted" in link.flags]
    return Side(
        lang=document.id,
        items=sum(1 for _ in items(document)),
        sentences=sum(1 for _ in segments(document)),
        missing=tuple(unit.number for unit in absent if unit.kind == "item"),
        missing_elsewhere=sum(unit.kind != "item" for unit in absent),
        truncated=tuple(cut_items),
        omitted=sum(len(link.zh) if document.id == "en" else len(link.en) for link in omitted),
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

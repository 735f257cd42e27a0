"""Bitexts -> JSON Lines: one object for each bead, with all that the corpus says of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from align.export import Exporter, Open, Options
from align.model import Bitext, Document, Lang, Link, Ruling, Segment, Verdict

from ._beads import Bead, beads, joined, lowest

LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}
"""What JSON leaves as it is and some readers of lines take for the end of one."""


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """One file for all bitexts; every object has the same keys, sorted."""
    with open(f"{options.name}.jsonl") as stream:
        for bitext in bitexts:
            rulings = _by_sentence(bitext.rulings)
            for bead in beads(bitext):
                made = {**_object(bitext, bead), "decisions": list(_decisions(bead.link, rulings))}
                said = json.dumps(made, ensure_ascii=False, sort_keys=True).translate(LINE_ENDS)
                # JSON writes a lone surrogate, which UTF-8 cannot hold, as Python spells it: \ud800
                stream.write(said.encode("utf-8", "backslashreplace") + b"\n")


def _object(bitext: Bitext, bead: Bead) -> dict[str, object]:
    """A bead as one flat object; a side that is not there is null."""
    link = bead.link
    places = bead.places[: len(bead.en)], bead.places[len(bead.en) :]
    return {
        "document": bitext.meta.name,
        "item": bead.item or None,
        "section": list(bead.section),
        "confidence": link.confidence,
        "status": link.status,
        "flags": list(link.flags),
        "converted": _conversion(bitext.zh),
        **_side(bitext.en, "english", bead.en, bead),
        **_side(bitext.zh, "chinese", bead.zh, bead),
        **{
            f"{name}_standing": lowest(held) if held else None
            for name, held in zip(("english", "chinese"), places, strict=True)
        },
    }


def _by_sentence(rulings: Iterable[Ruling]) -> dict[str, list[Ruling]]:
    """The decisions that were applied, by the ids of the sentences that they concern."""
    found: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        for name in ruling.ids:
            found.setdefault(name, []).append(ruling)
    return found


def _decisions(link: Link, rulings: Mapping[str, list[Ruling]]) -> Iterator[dict[str, object]]:
    """What people decided of a link, or remarked on it, then of its sentences; who the editor is, is not said."""
    if link.verdict != Verdict() or link.status == "confirmed":
        for said in link.verdict.entries:
            is_link = link.status == "confirmed" and not said.is_remark
            yield _decision("link" if is_link else "note", (*link.en, *link.zh), said)
    for ruling in dict.fromkeys(r for name in (*link.en, *link.zh) for r in rulings.get(name, ())):
        yield _decision(ruling.kind, ruling.ids, ruling.verdict)


def _decision(kind: str, ids: tuple[str, ...], verdict: Verdict) -> dict[str, object]:
    said = {"by": verdict.by or None, "on": verdict.on or None, "note": verdict.note or None}
    return {"do": kind, "ids": list(ids), **said}


def _side(document: Document, name: str, held: tuple[Segment, ...], bead: Bead) -> dict[str, object]:
    """What one language has: the text as read, as printed where that differs, and which sentences are cut off."""
    lang: Lang = document.id
    is_read = any(segment.readings for segment in held)
    return {
        name: joined(held, lang, bead.closings) if held else None,
        f"{name}_ids": [segment.id for segment in held],
        f"{name}_lang": document.tag,
        f"{name}_printed": joined(held, lang, bead.closings, printed=True) if is_read else None,
        f"{name}_truncated": [segment.id for segment in held if segment.truncated],
    }


def _conversion(document: Document) -> dict[str, object] | None:
    """From which script the Chinese was converted, and by what."""
    how = document.conversion
    return {"from": how.origin, "by": how.method, "vocabulary": how.vocabulary} if how else None


exporter = Exporter("jsonl", "JSON Lines for programs, jq, pandas and data sets: an object for each bead.", write, ())

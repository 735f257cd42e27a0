"""Bitexts -> XLIFF 1.2: a unit for each bead, in a state that says what is left to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from align.drafts import mark, marks
from align.export import Exporter, Open, Options
from align.model import DRAFTS, Bitext

from ._beads import Bead, beads, from_english, is_trusted, language_codes, lowest, spelled
from ._wording import converted

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
"""
QUALIFIER = {"machine": ' state-qualifier="mt-suggestion"'}
"""What XLIFF calls the target of a standing."""
SAID = {
    "missing": "Missing: no text is held that answers this whole unit.",
    "omitted": "Omitted: the other text leaves this out.",
    "truncated": "Truncated: a source text stops here without a closing mark.",
    "suspect": "Suspect: a sentence here may be cut in the wrong place.",
    "doubtful": "Doubtful: these may not answer each other.",
    "crossing": "Crossing: the languages have this in another order.",
}
"""What a translator should know of a bead; what a draft is, it says itself."""


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """One XLIFF with a `file` for each bitext, from the language that it was written in, or English."""
    with open(f"{options.name}.xlf") as stream:
        stream.write(HEAD.encode())
        for place, bitext in enumerate(bitexts, 1):
            stream.writelines(f"{line}\n".encode() for line in _file(bitext, options, place))
        stream.write(b"</xliff>\n")


def _file(bitext: Bitext, options: Options, place: int) -> Iterator[str]:
    codes = language_codes(bitext.zh, options)
    is_english = from_english(bitext, options.memory)
    source, target = map(_value, codes if is_english else codes[::-1])
    name = bitext.meta.name if place == 1 else f"{bitext.meta.name}.{place}"
    yield (
        f' <file original={_value(name)} source-language={source} target-language={target} datatype="plaintext"'
        ' xml:space="preserve">'
    )
    notes = [*marks(bitext), *filter(None, converted(bitext.zh)[:1])]
    yield "".join(["  <header>", *(f"<note>{_text(note)}</note>" for note in notes), "</header>"])
    yield "  <body>"
    for bead in beads(bitext):
        yield from _unit(bead, bitext.zh.tag, is_english)
    yield "  </body>"
    yield " </file>"


def _unit(bead: Bead, tag: str, is_english: bool) -> Iterator[str]:
    """A unit; what only the target has keeps an empty source, and is not to be translated."""
    link = bead.link
    sides = (bead.english, bead.places[: len(bead.en)]), (bead.chinese, bead.places[len(bead.en) :])
    (source, _), (target, places) = sides if is_english else sides[::-1]
    state = _state(bead, bool(places))
    said = ' approved="yes"' if state == "final" else ""
    said += "" if source else ' translate="no"'
    yield f"   <trans-unit id={_value(bead.id)}{said}>"
    yield f"    <source>{_text(source)}</source>"
    qualifier = QUALIFIER.get(lowest(places), "") if places else ""
    yield f'    <target state="{state}"{qualifier}>{_text(target)}</target>'
    yield '    <context-group purpose="information">'
    yield from (f"     <context context-type={_value(kind)}>{_text(said)}</context>" for kind, said in _context(bead))
    yield "    </context-group>"
    reasons = [mark(bead.standing, tag)] if bead.standing in DRAFTS else []
    reasons += [SAID.get(flag, flag) for flag in link.flags if flag != "draft"]
    yield from (f'    <note from="align">{_text(reason)}</note>' for reason in reasons)
    yield "   </trans-unit>"


def _state(bead: Bead, has_target: bool) -> str:
    """What is left to do with the target of a bead."""
    if not has_target:
        return "needs-translation"
    if not is_trusted(bead.link) or bead.standing in DRAFTS:
        return "needs-review-translation"
    return "final" if bead.link.status == "confirmed" else "translated"


def _context(bead: Bead) -> Iterator[tuple[str, str]]:
    said = {
        "x-item": bead.item,
        "x-section": " / ".join(bead.section),
        "x-confidence": f"{bead.link.confidence:g}",
        "x-status": bead.link.status,
        "x-flags": " ".join(bead.link.flags),
        "x-standing": bead.standing,
        "x-segments": " ".join((*bead.link.en, *bead.link.zh)),
    }
    return ((kind, text) for kind, text in said.items() if text)


def _text(text: str) -> str:
    return escape(spelled(text), {"\r": "&#13;"})


def _value(text: str) -> str:
    return quoteattr(spelled(text))


SUMMARY = "XLIFF 1.2, to go on translating in a CAT tool: each unit in its state."
exporter = Exporter("xlf", SUMMARY, write, ("codes", "memory"))

"""Bitext -> what people decided of its text, besides its links: who, when and why, in lines for notes and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from align.characters import HAN_CHAR
from align.model import Bitext, Link, Reading, Ruling, Segment, Verdict, reading, segments
from align.provenance import EDITOR

from ._wording import in_script

SHOWN = {"en": 60, "zh": 24}
"""How many characters of a sentence a note quotes."""
MOST = 3
"""Sentences of one decision that a note quotes."""
MOST_UNFIT = 5
"""Decisions that were not applied, and are told one by one."""
Forms = tuple[str, str]
"""English and Chinese."""
NAMES: dict[str, Forms] = {
    "link": ("link", "对应"),
    "cut": ("cut", "断句"),
    "join": ("joined", "并句"),
    "read": ("reading", "读法"),
    "no-item": ("no item", "非条目"),
    "note": ("note", "备注"),
}
DECIDED: dict[str, Forms] = {
    "cut": ("{0} cut this into {2} sentences: “{1}”", "{0}将此处断为{2}句：“{1}”"),
    "join": ("{0} made this one sentence: “{1}”", "{0}将此处并为一句：“{1}”"),
    "read": ("{0} decided how to read this: “{1}”", "{0}确定了此处的读法：“{1}”"),
    "no-item": (
        "{0} took this for text, not for the start of an item: “{1}”",
        "{0}认定此处为正文，并非条目开头：“{1}”",
    ),
}
"""Who, which sentences, how many."""
CORRECTED = ("{0} reads “{1}” where the source prints “{2}”.", "来源原文为“{2}”，{0}读作“{1}”。")
"""Who, what is read, what is printed."""
UNFIT = (
    "A decision of {0} does not fit the text and was not applied: {2} “{1}”",
    "{0}的一项决定与文本不符，未予采用：{2}“{1}”",
)
"""Who, the sentence that they name, what was decided."""
MANY_UNFIT = ("{1} decisions of {0} do not fit the text and were not applied.", "{0}的{1}项决定与文本不符，未予采用。")
"""Who, how many."""
EDITORS = (EDITOR, "编者")
REMARK = (" Note: {}", "备注：{}")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a note says of one decision, in both languages, and the sentence that it stands by, if there is one."""

    segment: str
    en: str
    zh: str


def decided(bitext: Bitext) -> Iterator[Decided]:
    """A line for every decision on sentences, readings among them, in printed order; then what was not applied."""
    order = {s.id: at for at, s in enumerate(s for document in bitext.documents for s in segments(document))}
    yield from sorted(_applied(bitext), key=lambda line: order[line.segment])
    yield from _unfit([ruling for ruling in bitext.rulings if ruling.unfit], bitext.zh.tag)


def _applied(bitext: Bitext) -> Iterator[Decided]:
    held = {s.id: (s, document.id) for document in bitext.documents for s in segments(document)}
    tag = bitext.zh.tag
    corrected, others = _told_apart(bitext)
    for segment, change, verdict in corrected:
        printed, read = segment.text[change.start : change.end] or "–", change.text or "–"
        yield _line(segment.id, CORRECTED, verdict, tag, read, (printed, printed))
    for ruling in others:
        quoted = [shortened(reading(s), lang) for s, lang in (held[name] for name in ruling.ids[:MOST])]
        text = " | ".join([*quoted, *(["…"] if len(ruling.ids) > MOST else [])])
        count = str(len(ruling.ids))
        yield _line(ruling.ids[0], DECIDED[ruling.kind], ruling.verdict, tag, text, (count, count))


def _told_apart(bitext: Bitext) -> tuple[list[tuple[Segment, Reading, Verdict]], list[Ruling]]:
    """What people read otherwise than it is printed, each with their verdict; and all other decisions on sentences."""
    known = {(name, r.verdict.by or EDITOR): r for r in bitext.rulings if r.kind == "read" for name in r.ids}
    every = (segment for document in bitext.documents for segment in segments(document))
    read = [(segment, change) for segment in every for change in segment.readings if change.by]
    told = {id(known[s.id, change.by]) for s, change in read if (s.id, change.by) in known}
    corrected = [
        (s, change, known[s.id, change.by].verdict if (s.id, change.by) in known else Verdict(change.by))
        for s, change in read
    ]
    return corrected, [ruling for ruling in bitext.rulings if ruling.ids and id(ruling) not in told]


def _unfit(found: Sequence[Ruling], tag: str) -> Iterator[Decided]:
    """One by one, or together where they are many: then they are another document's, or of an older text."""
    if len(found) > MOST_UNFIT:
        names = dict.fromkeys(ruling.verdict.by for ruling in found)
        en, zh = (
            form.format(between.join(name or own for name in names), len(found))
            for form, between, own in zip(in_both(MANY_UNFIT, tag), (", ", "、"), in_both(EDITORS, tag), strict=True)
        )
        yield Decided("", en, zh)
        return
    for ruling in found:
        named = shortened(ruling.names, "zh" if HAN_CHAR.search(ruling.names) else "en")
        yield _line("", UNFIT, ruling.verdict, tag, named, in_both(NAMES[ruling.kind], tag))


def _line(segment: str, forms: Forms, verdict: Verdict, tag: str, text: str, more: Forms) -> Decided:
    """A form in both languages: who it was and when, a text and what more is to be said; then what they remarked."""
    by = "" if verdict.by == EDITOR else verdict.by
    english, chinese = in_both(EDITORS, tag)
    ours = (english[0].upper() + english[1:] if forms[0].startswith("{0}") else english, chinese)
    days = (f" ({verdict.on})", f"（{verdict.on}）") if verdict.on else ("", "")
    note = " ".join(verdict.note.split())
    remarks = in_both(REMARK, tag) if note else ("", "")
    en, zh = (
        form.format((by or own) + day, text, what) + remark.format(note)
        for form, own, day, what, remark in zip(in_both(forms, tag), ours, days, more, remarks, strict=True)
    )
    return Decided(segment, en, zh)


def margins(bitext: Bitext) -> dict[str, tuple[str, ...]]:
    """For a table: the lines that belong beside each sentence, by its id; our words in them are in both languages."""
    made: dict[str, tuple[str, ...]] = {}
    corrected, others = _told_apart(bitext)
    for segment, change, verdict in corrected:
        said = _beside(verdict, f"“{change.text}” for “{segment.text[change.start : change.end]}”")
        made[segment.id] = (*made.get(segment.id, ()), said)
    for ruling in others:
        said = _beside(ruling.verdict, in_script(" ".join(NAMES[ruling.kind]), bitext.zh.tag))
        made |= {name: (*made.get(name, ()), said) for name in ruling.ids}
    return made


def signed(link: Link, tag: str) -> Iterator[str]:
    """Who decided on a link, and when, without their notes, which stand elsewhere; nothing where that is not known."""
    for said in link.verdict.entries:
        if said.by or said.on:
            what = NAMES["link" if link.status == "confirmed" and not said.is_remark else "note"]
            yield _beside(replace(said, note=""), in_script(" ".join(what), tag))


def _beside(verdict: Verdict, said: str) -> str:
    """`Li Wei, 2026-03-01: cut 断句. So printed.`"""
    who = ", ".join(filter(None, (verdict.by or EDITOR, verdict.on)))
    return ". ".join(filter(None, (f"{who}: {said}", " ".join(verdict.note.split()))))


def shortened(text: str, lang: str) -> str:
    """The beginning of a text, whole words of English."""
    short = text[: SHOWN[lang]]
    if short != text:
        short = ((short.rpartition(" ")[0] if lang == "en" else "") or short) + "…"
    return short


def in_both(forms: Forms, tag: str) -> Forms:
    """Our words in both languages, before the document's are put into them."""
    zh = in_script(forms[1], tag)
    return forms[0], zh.replace("“", "「").replace("”", "」") if tag.startswith("zh-Hant") else zh

"""Bitext -> its edition in the script that is asked for: its Chinese converted, names and fixed terms kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from align.characters import HAN, HAN_CHAR
from align.glossary import read_forms, read_glossary
from align.model import Bitext, Block, Conversion, Document, Mark, Meta, Segment, reading, segments, walk

HANS, TAIWAN, HONG_KONG = "zh-Hans", "zh-Hant-TW", "zh-Hant-HK"
OURS = "editions.tsv"
"""Forms that OpenCC does not give as official texts have them, and names that it takes for words."""

ROUTES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (HANS, TAIWAN): ("s2tw",),
    (HANS, HONG_KONG): ("s2hk",),
    (TAIWAN, HANS): ("tw2s",),
    (HONG_KONG, HANS): ("hk2s",),
    (TAIWAN, HONG_KONG): ("tw2t", "t2hk"),
    (HONG_KONG, TAIWAN): ("hk2t", "t2tw"),
}
"""What OpenCC calls the conversions, by the script a text has and the one it is to have."""
VOCABULARY: Mapping[tuple[str, str], tuple[str, ...]] = {
    (HANS, TAIWAN): ("s2twp",),
    (HONG_KONG, TAIWAN): ("hk2s", "s2twp"),
}
"""The conversions that change words too."""

SAMPLE = 20_000
EITHER = "台臺污汙"
"""Characters that both regions print."""
PERSON = "(?=先生|女士|小姐|同志|教授|博士(?!后|生|点))"
OFFICE = "(?=主席|总理|总统|主任|书记|大使(?!馆)|部长(?!级)|局长|司长|处长|会长|校长|院长|市长|省长|秘书长)"
SPEAKS = "先生|女士|小姐|同志|教授|说|表示|指出|强调|认为|出席|会见|率|在|和|与|及|等"
GIVEN = f"(?=[{HAN}]{{1,2}}(?:[^{HAN}]|$|{SPEAKS}))"
ALONE = f"(?<![{HAN}0-9０-９])"
CONTEXTS = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (f"{ALONE}[余于岳涂郁游]{PERSON}", ""),
        (f"(?<=[和与及])[余于岳涂郁游]{PERSON}", ""),
        (f"(?:{ALONE}|(?<=[和与及]))余{OFFICE}", ""),
        (
            f"(?:{ALONE}|(?<=[长员任席记使]))余(?![额下地热年震量数款粮波生味党毒力音裕者部暇兴缺留存压货姚杭件名]){GIVEN}",
            "",
        ),
        ("(?<![规模示典师防风垂失轨洪])范(?![围例本畴式型数文])", ""),
        ("(?<=[0-9０-９余])只(?![有能是要限需])", "隻"),
    )
)
"""Where a Simplified character stands for another than OpenCC takes it for; no form: as it is, a surname."""

CURLY, CORNER = {"“": "”", "‘": "’"}, {"「": "」", "『": "』"}

Convert = Callable[[str], str]


def edition(bitext: Bitext, script: str, vocabulary: bool = False, glossary: Path | None = None) -> Bitext:
    """The bitext with its Chinese in `script`; as it is where that is the script it has, or none is asked for.

    Raises DataError for a glossary whose fixed forms contradict each other.
    """
    tag = bitext.zh.tag
    if script in ("", tag):
        return bitext
    origin = written(bitext.zh)
    if origin == script:
        return replace(bitext, zh=replace(bitext.zh, tag=script))
    steps = (VOCABULARY if vocabulary else ROUTES).get((origin, script), ROUTES[origin, script])
    convert = _converter(steps, _fixed(origin, script, vocabulary, glossary), origin == HANS)
    made = replace(bitext, meta=_meta(bitext.meta, convert, script), zh=_document(bitext.zh, convert, script))
    if list(_said(made)) == list(_said(bitext)):
        return made
    said = Conversion(tag, f"OpenCC {_version()} {' '.join(steps)}", steps != ROUTES[origin, script])
    return replace(made, zh=replace(made.zh, conversion=said))


def written(document: Document) -> str:
    """The script a document is in; Traditional of no known region is that which conversion changes less of."""
    if not document.tag.startswith("zh-Hant"):
        return HANS
    if document.tag in (TAIWAN, HONG_KONG):
        return document.tag
    text = "".join(reading(segment) for segment in segments(document))
    sample = "".join(char for char in HAN_CHAR.findall(text) if char not in EITHER)[:SAMPLE]
    as_taiwan, as_hong_kong = (_chain(ROUTES[way])(sample) for way in ((HONG_KONG, TAIWAN), (TAIWAN, HONG_KONG)))
    return HONG_KONG if _changed(sample, as_hong_kong) < _changed(sample, as_taiwan) else TAIWAN


def _changed(before: str, after: str) -> int:
    return sum(a != b for a, b in zip(before, after, strict=False))


def _version() -> str:
    from importlib.metadata import version

    return version("opencc")


@cache
def _opencc(name: str) -> Convert:
    from opencc import OpenCC

    convert: Convert = OpenCC(name).convert
    return convert


def _chain(steps: Iterable[str]) -> Convert:
    """One conversion after the other, of whole texts: what a character becomes depends on its neighbours."""

    def convert(text: str) -> str:
        for step in steps:
            text = _opencc(step)(text)
        return text

    return convert


def _fixed(origin: str, script: str, vocabulary: bool, glossary: Path | None) -> dict[str, str]:
    """The forms that are fixed, by what they stand for: ours, then the document's own."""
    ours = read_forms(Path(__file__).with_name(OURS), origin, script)
    fixed = {text: form for text, form in ours.items() if script != HANS or len(text) > 1}
    if glossary and vocabulary:
        plain = _chain(ROUTES[origin, script])
        fixed |= {zh: fixed.get(zh, plain(zh)) for _, zh in read_glossary(glossary)}
    return fixed | (read_forms(glossary, origin, script) if glossary else {})


@dataclass(frozen=True, slots=True)
class _Fixed:
    """Characters `start` to `end` of a text and the form they are to have."""

    start: int
    end: int
    form: str


def _converter(steps: tuple[str, ...], fixed: Mapping[str, str], simplified: bool) -> Convert:
    """Converts a text; what is fixed is laid over the whole or, where words are changed, set between its parts."""
    chain = _chain(steps)
    pattern = re.compile("|".join(map(re.escape, sorted(fixed, key=len, reverse=True))) or "(?!)")
    in_parts = not any(steps == route for route in ROUTES.values())

    def convert(text: str) -> str:
        kept = list(_places(text, pattern, fixed, simplified))
        if in_parts:
            return _laid(text, kept, lambda start, end: chain(text[start:end]))
        whole = chain(text)
        if len(whole) != len(text):
            whole = "".join(map(chain, text))
        return _laid(text, kept, lambda start, end: whole[start:end])

    return convert


def _places(text: str, pattern: re.Pattern[str], fixed: Mapping[str, str], simplified: bool) -> Iterator[_Fixed]:
    """What is fixed in a text, in order and apart; a term counts before a context."""
    found = [_Fixed(match.start(), match.end(), fixed[match[0]]) for match in pattern.finditer(text)]
    if simplified:
        for context, form in CONTEXTS:
            found += [_Fixed(match.start(), match.end(), form or match[0]) for match in context.finditer(text)]
    end = 0
    for place in sorted(found, key=lambda place: (place.start, -place.end)):
        if place.start >= end:
            yield place
            end = place.end


def _laid(text: str, kept: list[_Fixed], between: Callable[[int, int], str]) -> str:
    parts, at = [], 0
    for place in kept:
        parts += [between(at, place.start), place.form]
        at = place.end
    return "".join([*parts, between(at, len(text))])


def _meta(meta: Meta, convert: Convert, script: str) -> Meta:
    """The titles, and what is said in Chinese of texts that are not held."""

    def said(text: str) -> str:
        return quoted(convert(text), script)

    titles = tuple(replace(title, text=said(title.text)) if title.lang == "zh" else title for title in meta.titles)
    known = tuple(
        replace(k, title=said(k.title), publisher=said(k.publisher)) if k.lang == "zh" else k for k in meta.known
    )
    return replace(meta, titles=titles, known=known)


def _document(document: Document, convert: Convert, script: str) -> Document:
    def run(parts: tuple[Segment, ...]) -> tuple[Segment, ...]:
        texts = [convert(reading(segment)) for segment in parts]
        whole, at = quoted("".join(texts), script), 0
        made = []
        for segment, text in zip(parts, texts, strict=True):
            made.append(replace(segment, text=whole[at : at + len(text)], readings=()))
            at += len(text)
        return tuple(made)

    def mark(part: Mark | None) -> Mark | None:
        return replace(part, text=convert(reading(part)), readings=()) if part else None

    def inside(block: Block) -> Block:
        return replace(
            block,
            label=mark(block.label),
            heading=run(block.heading),
            delimiter=mark(block.delimiter),
            blocks=tuple(map(inside, block.blocks)),
            segments=run(block.segments),
        )

    return replace(document, tag=script, blocks=tuple(map(inside, document.blocks)), heading=run(document.heading))


def quoted(text: str, script: str) -> str:
    """The text with the quotation marks of a script, nested as they are, each as long as before."""
    pairs, others = (CURLY, CORNER) if script.startswith("zh-Hant") else (CORNER, CURLY)
    if not any(char in pairs for char in text) and not any(char in pairs.values() for char in text):
        return text
    forms, made = tuple(others.items()), list(text)
    opened, unclosed = list[tuple[str, int, int]](), list[tuple[str, int, int]]()
    for at, char in enumerate(text):
        if char in pairs:
            level = (opened[-1][1] + (opened[-1][0] != char)) % 2 if opened else 0
            opened.append((char, level, at))
            made[at] = forms[level][0]
        elif char in pairs.values() and not _is_apostrophe(text, at):
            same = next((n for n in reversed(range(len(opened))) if pairs[opened[n][0]] == char), None)
            if same is not None:
                made[at] = forms[opened[same][1]][1]
                unclosed += opened[same + 1 :]
                del opened[same:]
            elif char != "’":
                made[at] = forms[list(pairs.values()).index(char)][1]
    for char, _, at in (*opened, *unclosed):
        if char == "‘":
            made[at] = char
    return "".join(made)


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a ’ stands inside a Latin word."""
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return text[at] == "’" and len(around) == 2 and around.isascii() and around.isalpha()


def _said(bitext: Bitext) -> Iterator[str]:
    """All that is in Chinese."""
    yield from (title.text for title in bitext.meta.titles)
    yield from (reading(segment) for segment in segments(bitext.zh))
    for block in walk(bitext.zh.blocks):
        yield from (reading(mark) for mark in (block.label, block.delimiter) if mark)

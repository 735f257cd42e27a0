"""Text as printed -> where it is read otherwise: widths, composed and compatible characters, spacing, hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from align.characters import CJK_CLOSING, CJK_OPENING, HAN
from align.model import Document, Mark, Reading, Segment, segments

FULL = {
    ",": "，",
    ":": "：",
    ";": "；",
    "?": "？",
    "!": "！",
    "\ufe30": "：",
    "\ufe50": "，",
    "\ufe54": "；",
    "\ufe55": "：",
}
HALF_WIDTH = re.compile(
    rf"(?<=[{HAN}{CJK_CLOSING}])(?:[,:;?!](?=[{HAN}{CJK_OPENING}]|$)|[,;](?=[0-9A-Za-z])|[\ufe30\ufe50\ufe54\ufe55])"
)
"""Half-width and small marks behind Han characters; a colon before a digit may be that of a time or a ratio."""
ALONE = re.compile(r"\s*[,:;?!]\s*")
LIGATURE = re.compile(r"[\ufb00-\ufb06]")
RADICAL = re.compile(r"[\u2e80-\u2ef3\u2f00-\u2fd5]")
RADICALS = dict(
    zip(
        "⺟⺠⺼⻁⻄⻅⻆⻉⻊⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民肉虎西见角贝足车長镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that fonts put in place of characters and that no normal form maps to them."""
PUNCTUATION = f"{CJK_CLOSING}{CJK_OPENING},:;?!"
SPACED = re.compile(rf"[{HAN}{PUNCTUATION}](?: [{HAN}{PUNCTUATION}]|(?<=[{PUNCTUATION}])[{HAN}]|[{PUNCTUATION}])*")
"""Han characters of which no two touch, with the punctuation between them."""
HAN_GAP = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
HAN_CHARACTER = re.compile(f"[{HAN}]")
TITLE_GAP = re.compile(rf"(?:第\S{{1,4}}[章节節编編篇部]\s*)?[{HAN}](?P<gap>[ \u3000]{{1,4}})[{HAN}]")
LEAST_SPACED, LEAST_LONG = 2, 4
"""How many gaps a spaced-out stretch has; from the longer on, its ends may touch other characters."""
WIDE = re.compile("[\uff01-\uff5e。\u3000]+")
JOINED_WORD = re.compile(r"(?<![^\W\d_])([A-Za-z]{2,})[-‐]$")
WORD = re.compile(r"[A-Za-z]+(?:[-‐][A-Za-z]+)*")
TORN = re.compile(r"(?<![A-Za-z-])([a-z]{2,})([-‐] )([a-z]{2,})(?![A-Za-z-])")
KEEPS = frozenset(
    "non self multi anti cross ex quasi vice all half high low long short well mid semi "
    "pan pseudo full part open large "
    "small first second third fourth one two three four five six seven eight nine ten twenty thirty forty fifty sixty "
    "seventy eighty ninety then now so by on off in out follow built old new free day year co-ordinate e".split()
)
"""First parts after which a hyphen is no mere line end's."""
ENDINGS = frozenset(
    "ness less ish ing ings ment ments tion tions sion sions ly er ers ed es able ible ity ties ful ous ious ive ance "
    "ence ant ent ate ated ating al ally ary ery ory ize ise ized ised ism ist ists ship "
    "ward wards age cal tive".split()
)
"""What no word consists of, so that a hyphen before it is a line end's."""
SUSPENDED = ("and", "or", "to", "nor")
"""What follows a first part that shares its second one: pre- and post-war."""

Words = Counter[str]


def read(text: str, lang: str) -> list[Reading]:
    """Where a text is read otherwise than printed, in order, whatever document it stands in."""
    found = [*_of_language(text, lang), *_composed(text), *_compatible(text)]
    return disjoint(found)


def read_segment(segment: Segment, lang: str, words: Words) -> tuple[Reading, ...]:
    """The readings of a segment, with those that the words of its document bear out."""
    return tuple(disjoint([*read(segment.text, lang), *_hyphens(segment, words), *_torn(segment.text, words)]))


def read_mark(mark: Mark, lang: str) -> tuple[Reading, ...]:
    """A lone half-width mark between a Chinese title and its text is full width too."""
    if lang != "zh" or not ALONE.fullmatch(mark.text):
        return mark.readings
    at = next(at for at, c in enumerate(mark.text) if c in FULL)
    return (Reading(at, at + 1, FULL[mark.text[at]]),)


def disjoint(found: Iterable[Reading]) -> list[Reading]:
    """Readings in order, of those that overlap the first."""
    kept: list[Reading] = []
    for reading in sorted(found, key=lambda r: (r.start, r.end)):
        if not kept or reading.start >= kept[-1].end:
            kept.append(reading)
    return kept


def _of_language(text: str, lang: str) -> Iterator[Reading]:
    if lang == "zh":
        for mark in HALF_WIDTH.finditer(text):
            yield Reading(mark.start(), mark.end(), FULL[mark.group()])
        yield from _spaced(text)
    else:
        for wide in WIDE.finditer(text):
            yield from _narrow(text, wide.start(), wide.end())


def _composed(text: str) -> Iterator[Reading]:
    """Clusters of a base and its combining marks that NFC writes otherwise."""
    if unicodedata.is_normalized("NFC", text):
        return
    for cluster in re.finditer(r".[\u0300-\u036f\u3099\u309a]*", text, re.S):
        composed = unicodedata.normalize("NFC", cluster.group())
        if composed != cluster.group():
            yield Reading(cluster.start(), cluster.end(), composed)


def _compatible(text: str) -> Iterator[Reading]:
    """Ligatures inside Latin words, and radicals beside Han characters."""
    for found in LIGATURE.finditer(text):
        if _beside(text, found.start(), lambda c: c.isascii() and c.isalpha()):
            yield Reading(found.start(), found.end(), unicodedata.normalize("NFKC", found.group()))
    for found in RADICAL.finditer(text):
        read = RADICALS.get(found.group()) or unicodedata.normalize("NFKC", found.group())
        if read != found.group() and _beside(text, found.start(), lambda c: _is_han(c) or c in PUNCTUATION):
            yield Reading(found.start(), found.end(), read)


def _beside(text: str, at: int, holds: Callable[[str], bool]) -> bool:
    return any(holds(c) for c in (text[at - 1 : at], text[at + 1 : at + 2]) if c)


def _is_han(char: str) -> bool:
    return bool(HAN_CHARACTER.match(char) or RADICAL.match(char))


def _spaced(text: str) -> Iterator[Reading]:
    """The gaps of spaced-out Han characters, and half-width marks among these."""
    title = TITLE_GAP.fullmatch(text)
    if title:
        yield Reading(title.start("gap"), title.end("gap"), "")
        return
    for stretch in SPACED.finditer(text) if " " in text else ():
        start, end = stretch.span()
        gaps = len(HAN_GAP.findall(stretch.group()))
        touches = _is_han(text[start - 1 : start] or " ") or _is_han(text[end : end + 1] or " ")
        if gaps < LEAST_SPACED or (touches and gaps < LEAST_LONG):
            continue
        for at in range(start, end):
            if text[at] == " ":
                yield Reading(at, at + 1, "")
            elif text[at] in FULL and _is_han(text[start:at].rstrip()[-1:] or " "):
                yield Reading(at, at + 1, FULL[text[at]])


def _narrow(text: str, start: int, end: int) -> Iterator[Reading]:
    """Full-width characters in English, beside no Han character, with the space that they held."""
    if any(_is_han(c) for c in (text[start - 1 : start], text[end : end + 1]) if c):
        return
    for at in range(start, end):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        char = " " if text[at] == "\u3000" else "." if text[at] == "。" else chr(ord(text[at]) - 0xFEE0)
        if char in ",;:!?)." and _is_word(after) and not (before.isdigit() and after.isdigit()):
            char += " "
        elif char == "(" and _is_word(before):
            char = " ("
        yield Reading(at, at + 1, char)


def _is_word(char: str) -> bool:
    return char.isalnum() and char not in "。" and not _is_han(char)


def vocabulary(document: Document) -> Words:
    """The words of an English document and how often each is printed; those that a line end cuts do not count."""
    words: Words = Counter()
    if document.id != "en":
        return words
    for segment in segments(document):
        cuts = _cuts(segment)
        for word in WORD.finditer(segment.text):
            if not any(word.start() < at < word.end() for at in cuts):
                words[word.group().replace("‐", "-").lower()] += 1
                words.update(part.lower() for part in re.split("[-‐]", word.group())[1:])
    return words


def _cuts(segment: Segment) -> list[int]:
    """Where lines were joined behind a hyphen."""
    found, at = [], 0
    for span in segment.spans:
        if span.kind == "joined" and not span.becomes and segment.text[at - 1 : at] in ("-", "‐"):
            found.append(at)
        at += len(span.becomes)
    return found


def _hyphens(segment: Segment, words: Words) -> Iterator[Reading]:
    """Hyphens that stand only because a line ended."""
    for at in _cuts(segment) if words else ():
        left = JOINED_WORD.search(segment.text[:at])
        right = re.match("[a-z]{2,}", segment.text[at:])
        if left and right and right.group() in SUSPENDED and segment.text[at + right.end() :][:1] == " ":
            yield Reading(at - 1, at, f"{segment.text[at - 1]} ")
        elif left and right and _is_one_word(left[1].lower(), right.group(), words):
            yield Reading(at - 1, at, "")


def _is_one_word(left: str, right: str, words: Words) -> bool:
    """As the document has it elsewhere; else by what the two parts are."""
    joined, hyphenated = words[left + right], words[f"{left}-{right}"]
    if joined or hyphenated:
        return joined > hyphenated
    if right in ENDINGS:
        return True
    compound = left in KEEPS or (len(left) > 2 and len(right) > 2 and words[left] and words[right])
    return not compound


def _torn(text: str, words: Words) -> Iterator[Reading]:
    """A hyphen and a space inside a word that the document prints whole elsewhere."""
    for found in TORN.finditer(text) if words else ():
        if words[found[1] + found[3]]:
            yield Reading(found.start(2), found.end(2), "")

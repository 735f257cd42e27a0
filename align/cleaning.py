"""Lines -> lines without page chrome that know which of them continue each other; readings of characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import quantiles

from align.characters import CJK_CLOSING, CJK_OPENING, ENDED, HAN
from align.model import Block, Document, Line, Mark, Reading, Segment, Span

CHROME = (
    (
        "licence",
        r"[(（ ]*[\u4e00-\u9fff]?ICP[备備证證]\s?第?\s?\d{6,}号?.{0,12}",
    ),
    ("timing", r".{0,60}Processed in [\d.]+ second(?:\(s\)|s?, ?\d+ quer).{0,60}"),
    ("forum", r"Powered by (?:Discuz|phpwind|phpBB|vBulletin|WordPress).{0,40}|(?:Archiver|手机版)(?: ?\|.{0,60})?"),
    ("copyright", r"(?:©|Copyright (?:©|\([Cc]\)|\d{4})).{0,80}|版[权權]所有[^。]{0,30}"),
    (
        "page-number",
        r"[-–— ]*(?:Page )?\d{1,4} of \d{1,4}[-–— ]*|第\s?\d{1,4}\s?[页頁](?:[，,／/ ]*共\s?\d{1,4}\s?[页頁])?",
    ),
)
"""What a whole line looks like that is no text; a line that only holds such words stays."""
BAR = re.compile(r"(?<=\S)\s*\|\s*$")
HANGING = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|namely|of|on|or|that|the|to|which|with)$")
PAUSED = re.compile(r"[,;:，；：、]$")
FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
HALF_WIDTH = re.compile(rf"(?<=[{HAN}{CJK_CLOSING}])[,:;?!](?=[{HAN}{CJK_OPENING}]|$)")
ALONE = re.compile(r"\s*[,:;?!]\s*")


def remove_chrome(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Span, ...]]:
    """The lines that are text, and spans for page chrome and stray bars, each with its reason."""
    kept: list[Line] = []
    left_out: list[Span] = []
    for line in lines:
        reason = next((name for name, form in CHROME if re.fullmatch(form, line.text.strip())), "")
        bar = BAR.search(line.text)
        if reason:
            left_out.append(Span(line.witness, line.start, line.end, "left-out", line.text, reason))
        elif bar and line.text.count("|") == 1:
            at = line.start + line.text.index("|")
            left_out.append(Span(line.witness, at, at + 1, "left-out", "|", "bar"))
            kept.append(replace(line, end=line.start + bar.start(), text=line.text[: bar.start()]))
        else:
            kept.append(line)
    return tuple(kept), tuple(left_out)


def find_wraps(lines: Sequence[Line], flowing: bool) -> tuple[Line, ...]:
    """The lines of one language, each marked where it continues the one before it."""
    width = _width(lines)
    return tuple(
        replace(line, continues=bool(at) and _continues(lines[at - 1], line, width, flowing))
        for at, line in enumerate(lines)
    )


def _continues(before: Line, line: Line, width: int, flowing: bool) -> bool:
    if line.after_blank or line.witness != before.witness or line.number != before.number + 1:
        return False
    if "heading" in line.hint or "heading" in before.hint or "bilingual" in (line.hint, before.hint):
        return False
    if flowing:
        return True
    text = before.text.rstrip()
    if line.text[:1].islower() and line.lang == "en":
        return True
    if not width:
        return False
    return not ENDED.search(text) or _measure(text) >= 0.75 * width


def _width(lines: Sequence[Line]) -> int:
    """The measure a hard-wrapped text is set to, in half-width columns; 0 where lines are paragraphs.

    A text is wrapped when, at many breaks between long lines, the sentence goes on.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank and _measure(a.text) >= 24]
    broken = [a for a, b in pairs if _runs_on(a, b)]
    if len(broken) < 2 or len(broken) * 4 < len(pairs):
        return 0
    lengths = sorted(_measure(line.text.rstrip()) for line in broken)
    return int(quantiles(lengths, n=4)[1])


def _runs_on(a: Line, b: Line) -> bool:
    if a.lang == "en":
        return b.text.lstrip()[:1].islower() or bool(HANGING.search(a.text.rstrip()))
    return not ENDED.search(a.text.rstrip()) and not PAUSED.search(a.text.rstrip())


def _measure(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def normalise(document: Document) -> Document:
    """The document with the readings that exports use: full-width punctuation in Chinese, NFC."""
    return replace(
        document,
        heading=tuple(_read(segment, document.id) for segment in document.heading),
        blocks=tuple(_block(block, document.id) for block in document.blocks),
    )


def _block(block: Block, lang: str) -> Block:
    return replace(
        block,
        heading=tuple(_read(segment, lang) for segment in block.heading),
        delimiter=_mark(block.delimiter, lang) if block.delimiter else None,
        blocks=tuple(_block(inner, lang) for inner in block.blocks),
        segments=tuple(_read(segment, lang) for segment in block.segments),
    )


def _read(segment: Segment, lang: str) -> Segment:
    return replace(segment, readings=tuple(readings(segment.text, lang)))


def _mark(mark: Mark, lang: str) -> Mark:
    """A lone half-width mark between a Chinese title and its text is full width too."""
    if lang != "zh" or not ALONE.fullmatch(mark.text):
        return mark
    at = next(at for at, c in enumerate(mark.text) if c in FULL)
    return replace(mark, readings=(Reading(at, at + 1, FULL[mark.text[at]]),))


def readings(text: str, lang: str) -> list[Reading]:
    """Where a text is read otherwise than printed, in order."""
    found = [Reading(m.start(), m.end(), FULL[m.group()]) for m in (HALF_WIDTH.finditer(text) if lang == "zh" else ())]
    return sorted([*found, *_composed(text)], key=lambda r: r.start)


def _composed(text: str) -> Iterator[Reading]:
    """Clusters of a base and its combining marks that NFC writes otherwise."""
    if unicodedata.is_normalized("NFC", text):
        return
    for cluster in re.finditer(r".[\u0300-\u036f\u3099\u309a]*", text, re.S):
        composed = unicodedata.normalize("NFC", cluster.group())
        if composed != cluster.group():
            yield Reading(cluster.start(), cluster.end(), composed)

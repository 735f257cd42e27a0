"""The beginning of a line -> the printed label there, its style and the number it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10

from align.characters import HAN

Key = tuple[int, ...]

DIGITS = r"[0-9０-９]{1,6}"
HAN_DIGIT = "[〇零一二三四五六七八九十百千两兩]"
HAN_NUMERAL = rf"{HAN_DIGIT}(?:\s?{HAN_DIGIT}){{0,6}}"
ROMAN = r"[IVXLCivxlc]{1,7}"
SUFFIX = rf"(?:\s?[-－—–之]\s?(?P<sub>{DIGITS}|[一二三四五六七八九十]{{1,3}}))?"
EITHER = rf"(?P<n>{DIGITS}|{HAN_NUMERAL})"
CITED_ZH = r"(?![条條]文|[、，,；;）)及至或之的]|规定|規定|第)"
CITED_EN = r"(?!\s+(?:of|and|or|to|shall|hereof|above|below|is|are|does|appl(?:y|ies)|in|on)\b|[,;)])"
"""What follows an article's number where running text speaks of the article."""
COUNTED = "亿億万萬千百倍元年月日个個人米吨噸度岁歲次分秒"
"""What a number before a Han character counts when it is no label."""
NAMES = (
    "Principle|Recommendation|Action|Rule|Regulation|Point|Item|Target|Goal|Guideline|Measure|Step|Question|Standard|"
    "Commitment|Outcome|Decision|Resolution|Objective|Priority|Initiative"
)
NAMES_ZH = (
    "原则|原則|建议|建議|行动|行動|规则|規則|措施|目标|目標|成果|承诺|承諾|"
    "决定|決定|决议|決議|问题|問題|要点|要點|倡议|倡議"
)


@dataclass(frozen=True, slots=True)
class Style:
    """A way of printing numbers: its name and the patterns of a label at the start of a line."""

    name: str
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A label that ends at character `end`; `key` orders it, `number` is how the corpus names it."""

    style: str
    key: Key
    number: str
    end: int


def _style(name: str, *patterns: str) -> Style:
    return Style(name, tuple(re.compile(pattern) for pattern in patterns))


STYLES = (
    _style("part", rf"第\s?{EITHER}\s?[编編篇]\s*", rf"(?:Part|PART)\s+(?P<n>{DIGITS}|{ROMAN})\b[.:：]?\s*"),
    _style("chapter", rf"第\s?{EITHER}\s?章\s*", rf"(?:Chapter|CHAPTER)\s+(?P<n>{DIGITS}|{ROMAN})\b[.:：]?\s*"),
    _style("division", rf"第\s?{EITHER}\s?[节節]\s*", rf"(?:Section|SECTION)\s+(?P<n>{DIGITS}|{ROMAN})\b[.:：]?\s*"),
    _style(
        "article",
        rf"第\s?{EITHER}{SUFFIX}\s?[条條](?:{SUFFIX.replace('sub', 'sub2')}){CITED_ZH}[\s：:]*",
        rf"(?:Article|ARTICLE|Art\.|§)\s*(?P<n>{DIGITS}|{ROMAN}){SUFFIX}(?![\w-]){CITED_EN}[.:：]?\s*",
    ),
    _style(
        "named",
        rf"(?:{NAMES})\s+(?P<n>{DIGITS})(?![\w-]){CITED_EN}[.:：]?\s*",
        rf"(?:{NAMES_ZH})\s?{EITHER}(?![\w{HAN}])[.:：、]?\s*",
        rf"第\s?{EITHER}\s?[项項则則点點](?![\w])[：:、]?\s*",
    ),
    _style("paragraph", rf"(?:Subparagraph|Paragraph|Clause)\s+(?P<n>{DIGITS})(?!\w){CITED_EN}[.:：]?\s*"),
    _style(
        "decimal",
        rf"(?P<n>[0-9０-９]{{1,4}}(?:\.[0-9]{{1,3}}){{1,4}}|[0-9]{{1,3}}\.[a-z])(?![0-9.])"
        rf"(?:[.、．]\s*|\s+|$|(?=[{HAN}])(?![{COUNTED}]))(?:[-–—]\s+)?(?=\S|$)",
        rf"(?P<n>{DIGITS})(?:[、．]\s*|\.(?![0-9])\s*|[)）]\s*)(?=\S|$)",
    ),
    _style("han", rf"(?P<n>{HAN_NUMERAL})(?:、|．|\.)\s*(?=\S|$)"),
    _style("roman", r"(?P<n>[IVXⅠ-Ⅻ]{1,6})(?:\.\s+|[、．]\s*)(?=\S)"),
    _style("bracket-han", rf"[（(]\s?(?P<n>{HAN_NUMERAL})\s?[）)]\s*、?", r"(?P<n>[㈠-㈩])\s*"),
    _style("circled", r"(?P<n>[①-⑳])\s*"),
    _style("bracket-digit", rf"[（(]\s?(?P<n>{DIGITS})\s?[）)]\s*"),
    _style(
        "bracket-letter", r"[（(](?P<n>[a-z])[）)]\s*(?:[（(](?P<sub>[ivx]{1,5})[）)]\s*)?", r"(?P<n>[a-h])[)）]\s+"
    ),
    _style("bracket-roman", r"[（(](?P<n>[ivx]{1,5})[）)]\s*"),
)
SECTION_STYLES = ("part", "chapter", "division")
ITEM_STYLES = ("article", "named", "decimal", "han", "roman", "paragraph", "bracket-han", "bracket-digit")
OUTLINE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,4}(?![0-9.])")
LISTED = re.compile(r"[^\W_]{1,6}[.)、）]\s+(?=\S)")
"""The label of a list of a format's own, which says itself what it means: `a. `, `ii) `."""
HEADED = re.compile(rf"\s*(?P<n>[0-9]{{1,2}})(?:\s+(?:[-–—]\s+)?|(?=[{HAN}])(?![{COUNTED}]))(?=\S)")
PREAMBLE = re.compile(r"\s*(?:序\s*言|前\s*言|序\s*文|引\s*言|弁\s*言|Preamble|PREAMBLE|Foreword|FOREWORD)\s*[:：]?\s*")
ANNEX = re.compile(
    rf"\s*(?:附\s?[件录錄表]|Annex|ANNEX|Appendix|APPENDIX|Schedule|SCHEDULE|Attachment|ATTACHMENT)"
    rf"\s?(?P<n>{DIGITS}|{HAN_NUMERAL}|[A-Z]|{ROMAN})?(?![\w])[.:：]?(?:\s.*)?"
)
CLOSING = re.compile(
    r"\s*(?:THE\s+END|END\s+OF\s.*|[（(]?\s*(?:条款|條款|正文|全文)?(?:结束|結束|完)\s*[)）]?|[（(]?以下[无無]正文[)）]?"
    r"|Done\s+(?:at|in)\s.*|DONE\s+(?:at|in)\s.*|IN WITNESS WHEREOF.*"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|(?:\d{1,2}\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s(?:\d{1,2},\s)?\d{4})\s*",
    re.S,
)
"""Lines that stand before, behind or outside the numbered text."""
BULLET = re.compile(r"[•·●○■□▪◆◦‣➢✓❖*–—-]\s+(?=\S|$)")


def heading_label(text: str) -> Label | None:
    """The number before a heading, which needs no mark behind it: `1 Scope`, `2 - Terms`."""
    match = HEADED.match(text)
    return Label("heading", (int(match["n"]),), str(int(match["n"])), match.end()) if match else None


def labels(text: str, ordinal: str = "") -> Iterator[Label]:
    """Every way to read the beginning of a line as a label; `ordinal` is the number that the format gives it."""
    lead = len(text) - len(text.lstrip())
    bullet = BULLET.match(text, lead)
    if bullet and OUTLINE.match(text, bullet.end()):
        lead = bullet.end()
    listed = LISTED.match(text, lead) if ordinal.isdecimal() else None
    if listed and not any(p.match(text, lead) for style in STYLES for p in style.patterns):
        yield Label("listed", (int(ordinal),), ordinal, listed.end())
    for style in STYLES:
        match = next((m for p in style.patterns if (m := p.match(text, lead))), None)
        key = _key(match, style.name) if match else None
        if match and key and len(key) == 1 and ordinal.isdecimal():
            yield Label(style.name, (int(ordinal),), ordinal, match.end())
        elif match and key:
            yield Label(style.name, key, _number(match["n"], key, style.name), match.end())


def _key(match: re.Match[str], style: str) -> Key | None:
    groups = match.groupdict()
    printed = match["n"]
    if style == "decimal":
        return tuple(int(p) if p.isdigit() else ord(p) for p in printed.split("."))
    first = ord(printed) - ord("a") + 1 if style == "bracket-letter" else value(printed)
    sub = value(groups.get("sub") or groups.get("sub2") or "0")
    if first is None or sub is None:
        return None
    return (first, sub) if sub else (first,)


def _number(printed: str, key: Key, style: str) -> str:
    if style == "decimal":
        return unicodedata.normalize("NFKC", printed)
    return "-".join(map(str, key))


def value(printed: str) -> int | None:
    """What a numeral means: digits of any width, Han numerals to 9,999, Roman numerals."""
    printed = "".join(unicodedata.normalize("NFKC", printed).split()).strip("()")
    if printed.isdecimal():
        return int(printed)
    if re.fullmatch(HAN_NUMERAL, printed):
        return _han(printed)
    return _roman(printed.upper())


def _han(printed: str) -> int | None:
    digits = {
        c: at for at, row in enumerate(("〇零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")) for c in row
    }
    units = {"十": 10, "百": 100, "千": 1000}
    if not any(c in units for c in printed):
        return int("".join(str(digits[c]) for c in printed))
    total = pending = 0
    for c in printed:
        if c in units:
            total += (pending or 1) * units[c]
            pending = 0
        else:
            pending = digits[c]
    return total + pending


def _roman(printed: str) -> int | None:
    printed = unicodedata.normalize("NFKC", printed)
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not printed or any(c not in values for c in printed):
        return None
    total = 0
    for c, following in zip(printed, [*printed[1:], ""], strict=True):
        total += -values[c] if following and values[following] > values[c] else values[c]
    return total


def chain(candidates: Sequence[tuple[Key, float]]) -> list[int]:
    """The candidates that make the best sequence, by position; each comes with its weight.

    A dynamic programme: every label taken earns its weight and pays for not following the one
    before it (`step`). So a year at the start of a wrapped line, which nothing leads to, is not
    taken; a gap, a repeat or a restart is, where the rest of the sequence bears it out.
    """
    best: list[tuple[float, int]] = []
    for at, (key, weight) in enumerate(candidates):
        options = [(-_start(key), -1)]
        options += [(best[b][0] - step(candidates[b][0], key), b) for b in range(max(0, at - 40), at)]
        score, before = max(options)
        best.append((score + weight, before))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    if at < 0 or best[at][0] <= 0:
        return []
    taken = []
    while at >= 0:
        taken.append(at)
        at = best[at][1]
    return taken[::-1]


def _start(key: Key) -> float:
    if key[0] <= 1:
        return 0.0
    return 1.5 if 1900 <= key[0] <= 2100 else 0.2 + 0.2 * log10(key[0])


def step(before: Key, key: Key) -> float:
    """What it costs that one number follows another: nothing for the next one."""
    if follows(before, key):
        return 0.0
    if key == before:
        return 0.7
    if key > before:
        at = next((i for i, (a, b) in enumerate(zip(before, key, strict=False)) if a != b), 0)
        jump = key[at] - before[at] if at < len(before) else 2
        return 0.3 + 0.3 * log10(max(jump, 1))
    if len(key) == len(before) > 1 and key[:-1] == before[:-1] and str(key[-1]) > str(before[-1]):
        return 0.3  # sorted as text: 8.1, 8.10, 8.2
    if len(key) == len(before) and key[:-1] == before[:-1] and before[-1] - key[-1] <= 2 and key[-1] > 1:
        return 0.6
    return 0.8 if key[-1] <= 1 else 1.2


def follows(before: Key, key: Key) -> bool:
    """Whether a number is the next one: a sibling, a first child, or the next of some parent."""
    if len(key) > len(before):
        return key[: len(before)] == before and key[len(before)] <= 1
    depth = len(key) - 1
    return key[:depth] == before[:depth] and key[depth] == before[depth] + 1

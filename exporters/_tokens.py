"""Stretches of English and Chinese -> tokens, and where a line may end between two of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Half = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Ink:
    """How a stretch is printed, and in which language it is."""

    face: str
    size: float
    colour: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text in one ink; `cjk` says that the face is Chinese, so that every character stands alone."""

    text: str
    ink: Ink
    cjk: bool


@dataclass(frozen=True, slots=True)
class Token:
    """What no line end ever divides: a Latin word or part of one, a Han character, a dash, a blank.

    `lead` and `tail` are the blank half of a full-width mark, which may be trimmed away; `join` is what
    each character is drawn to the next; `soft` says that a line may end here although the next token
    follows without a blank.
    """

    text: str
    ink: Ink
    width: float
    cjk: bool
    blank: bool = False
    lead: float = 0
    tail: float = 0
    join: float = 0
    soft: bool = False


OPENING = frozenset("（《〈「『【〔〖［｛“‘([{〝￥＄")
CLOSING = frozenset("、，。；：！？．）》〉」』】〕〗］｝”’〞…—·‥・～々〻ー％‰℃°,.;:!?)]}%–/")
ROWS = "—…⸺"
"""Dashes and dots: in a longer row than a mark of punctuation has, they are a line to write on, or lead the eye."""
STRAIGHT = frozenset("\"'")
UNITS = frozenset("年月日號号時时分秒％‰℃°度亿億万萬千百元个個项項名次届屆条條款章节節页頁亩吨米克升瓦家位人周天")
BLANKS = " \t\n\r\f\v\u2000-\u2006\u2008-\u200a\u205f\u3000"
BLANK = re.compile(f"[{BLANKS}]")
LATIN = re.compile(f"[{BLANKS}]+|[^{BLANKS}]+")
CJK = re.compile(f"[{BLANKS}]+|—+|…+|⸺+|.", re.DOTALL)
HUNDREDS, BEFORE = re.compile(r"\d{3}(?!\d)"), re.compile(r"(?<!\d)\d{1,3}$")
"""What follows the blank in a number such as 1 000, and what precedes it."""
SOFT = re.compile(
    r"(?<=[^\W\d_]{2}[-–—])(?=[^\W_]{2})|(?<=\w\w/)(?=\w\w)|(?<=\w—)(?=\w)|(?<=\d–)(?=[^\W\d_]{2})|(?<=\])(?=\[U\+)"
)


@dataclass(frozen=True, slots=True)
class Tokeniser:
    """Cuts stretches into measured tokens; equal tokens are made once."""

    width: Callable[[str, str], float]
    halves: Mapping[str, Mapping[str, Half]]
    joins: Mapping[str, float]
    made: dict[tuple[str, Ink, bool, bool], Token] = field(default_factory=dict)

    def tokens(self, stretches: Iterable[Stretch]) -> list[Token]:
        """The tokens of a paragraph in order, blanks included."""
        found: list[Token] = []
        for stretch in stretches:
            ink, cjk = stretch.ink, stretch.cjk
            for text in (CJK if cjk else LATIN).findall(stretch.text):
                if cjk and len(text) > 4 and text[0] in ROWS:
                    found += [self.token(text[at : at + 2], ink, cjk, False) for at in range(0, len(text), 2)]
                elif cjk or len(text) < 5:
                    found.append(self.token(text, ink, cjk, False))
                else:
                    *parts, last = SOFT.split(text)
                    found += [self.token(part, ink, cjk, True) for part in parts]
                    found.append(self.token(last, ink, cjk, False))
        return found

    def token(self, text: str, ink: Ink, cjk: bool, soft: bool) -> Token:
        """One token, measured."""
        key = (text, ink, cjk, soft)
        if key not in self.made:
            half = self.halves.get(ink.face, {}).get(text)
            dashes = text.count("—") - 1 if cjk else 0
            join = self.joins.get(ink.face, 0) * ink.size if dashes > 0 else 0
            self.made[key] = Token(
                text,
                ink,
                self.width(text, ink.face) * ink.size - join * dashes,
                cjk,
                blank=bool(BLANK.match(text)),
                lead=ink.size / 2 if half == "left" else 0,
                tail=ink.size / 2 if half == "right" else 0,
                join=join,
                soft=soft,
            )
        return self.made[key]

    def letters(self, token: Token) -> Iterator[Token]:
        """A word as single characters, for one that is wider than a line."""
        start = 0
        for at in range(1, len(token.text) + 1):
            if at == len(token.text) or not unicodedata.combining(token.text[at]):
                yield self.token(token.text[start:at], token.ink, token.cjk, True)
                start = at


def may_end_between(one: Token, two: Token) -> bool:
    """Whether a line may end between two tokens with no blank between them."""
    last, first = one.text[-1], two.text[0]
    if one.text == two.text and last in ROWS:
        return True
    if first in CLOSING or last in OPENING or last in STRAIGHT or first in STRAIGHT:
        return False
    if not one.cjk and not two.cjk:
        return one.soft
    return not (first in UNITS and last.isdigit()) and not unicodedata.combining(first)


def may_end_at_blank(one: Token, two: Token) -> bool:
    """Whether a line may end at the blank between two tokens: not before a mark that stands alone, nor in 1 000."""
    if one.text[-1].isdigit() and two.text[0].isdigit() and HUNDREDS.match(two.text) and BEFORE.search(one.text):
        return False
    return not (CLOSING.issuperset(two.text) or OPENING.issuperset(one.text))

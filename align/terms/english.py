"""English text -> its words, and the runs of words that may be names or terms.

What may be a term is judged without a tagger: by the words that begin and end it, by the classes that the
dictionary's glosses show (`to promote` is a verb), and by what stands around a word in the corpus itself, in the manner
of the linguistic filter of Frantzi, Ananiadou and Mima (2000).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from align.stems import is_content, stem
from align.terms.classes import Classes
from align.terms.english_words import (
    ADJECTIVE,
    ADVERBS,
    BREAKS,
    CAPITALISED,
    DETERMINERS,
    FUNCTION,
    INSIDE,
    LINKS,
    MODALS,
    NOT_ALIGNED,
    NOUNS_IN_LY,
    RELATIONS,
)

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-zÀ-ɏ0-9]+(?:['’](?![sS]\b)[A-Za-z]+)*|['’][sS]\b|[^\s\w]|_")
LONGEST, LONGEST_NAME = 5, 12
"""Words of a term and of a name, links not counted."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as printed, its plain form by which inflections meet, its stem, and where it begins and ends."""

    text: str
    key: str
    stem: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


def tokens(text: str) -> list[Token]:
    """The words and marks of a text; only content words have a stem."""
    found = []
    for match in WORD.finditer(text):
        word = match[0]
        plain = word.lower().replace("’", "'").rstrip(".")
        content = plain[:1].isalpha() and plain not in NOT_ALIGNED and is_content(plain)
        found.append(
            Token(word, singular(plain) or word, stem(plain.replace(".", "")) if content else "", *match.span())
        )
    return found


def singular(word: str) -> str:
    """A noun without the ending of its plural; nothing else is taken off."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `start` to `end` of a text that may be a term; `key` is the same for its inflections."""

    key: str
    start: int
    end: int
    is_name: bool


class Noun:
    """Which runs of words may be terms, by what is known of the words of a whole corpus."""

    def __init__(self, texts: Iterable[Sequence[Token]], classes: Classes) -> None:
        self._classes = classes
        self._after_modal: Counter[str] = Counter()
        self._after_determiner: Counter[str] = Counter()
        self._before_determiner: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self._lower: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        for text in texts:
            self._read(text)

    def _read(self, text: Sequence[Token]) -> None:
        """What stands before and behind every word, and how it is written inside a sentence."""
        for at, token in enumerate(text):
            if not token.text[0].isalnum():
                continue
            before = text[at - 1].text.lower() if at else ""
            behind = text[at + 1].key if at + 1 < len(text) else "."
            word = token.text.lower()
            self._seen[word] += 1
            self._open[word] += not behind[0].isalnum() or behind in FUNCTION or behind in LINKS
            self._after_modal[word] += before in MODALS
            self._after_determiner[word] += before in DETERMINERS
            self._before_determiner[word] += behind in DETERMINERS
            if before and before[-1].isalnum():
                (self._capital if token.is_capital else self._lower)[token.key] += 1

    def is_proper(self, token: Token) -> bool:
        """Whether a word is written with a capital inside sentences as a rule."""
        return token.is_capital and self._capital[token.key] > 2 * self._lower[token.key]

    def _is_name(self, text: Sequence[Token], at: int) -> bool:
        """Whether a capital stands where only names have one."""
        token = text[at]
        if not token.is_capital:
            return False
        inside = at > 0 and (text[at - 1].text[-1].isalnum() or text[at - 1].text in ",(“\"'")
        return inside or self.is_proper(token)

    def phrases(self, text: Sequence[Token]) -> Iterator[Phrase]:
        """Every run of words of a text that may be a term."""
        ends = [self._may_end(text, at) for at in range(len(text))]
        for start in range(len(text)):
            if self._may_begin(text, start):
                yield from self._from(text, start, ends)

    def _from(self, text: Sequence[Token], start: int, ends: Sequence[bool]) -> Iterator[Phrase]:
        """The terms that begin with a word."""
        proper = self._is_name(text, start)
        words = 0
        for end in range(start + 1, min(len(text), start + 2 * LONGEST_NAME) + 1):
            token = text[end - 1]
            words += _is_word(token) and token.text.lower() not in LINKS
            proper = proper and (token.is_capital or token.text.lower() in LINKS)
            if words > (LONGEST_NAME if proper else LONGEST) or not self._goes_on(text, start, end - 1, proper):
                return
            if ends[end - 1] and (words > 1 or len(token.text) > 1):
                yield Phrase(" ".join(t.key for t in text[start:end]), start, end, proper)

    def _may_begin(self, text: Sequence[Token], at: int) -> bool:
        """Whether a term may begin with a word."""
        token = text[at]
        word = token.text.lower()
        if not _is_word(token) or (at and text[at - 1].text == "-" and text[at - 1].end == token.start):
            return False
        if word in CAPITALISED:
            return token.is_capital and at + 1 < len(text) and text[at + 1].is_capital
        if _is_function(token):
            return False
        if self.is_proper(token):
            return True
        if token.key in RELATIONS and at + 1 < len(text) and text[at + 1].text == "of":
            return False
        if word.endswith("ing") and self._classes.is_gerund(word):
            alone = self._after_determiner[word] > 0 or not self._before_determiner[word]
            return self._classes.ends_names(word) or (alone and self._classes.names_things(word))
        if word.endswith("ed") and len(word) > 4:
            return self._classes.names_things(word) or self._after_determiner[word] > 0
        verb = self._classes.verb(word)
        if verb > 0.5 and at and text[at - 1].text.lower() in MODALS:
            return False
        return not verb or verb * 2 + self._after_modal[word] < 1.4 + self._after_determiner[word]

    def _may_end(self, text: Sequence[Token], at: int) -> bool:
        """Whether a term may end with a word."""
        token = text[at]
        word = token.text.lower()
        if not _is_word(token) or _is_function(token) or word in CAPITALISED:
            return False
        if at + 1 < len(text) and text[at + 1].text == "-" and text[at + 1].start == token.end:
            return False
        if (self.is_proper(token) or self._is_name(text, at)) and not self._classes.is_modifier(word):
            return True
        opened = (self._open[word] + 1) / (self._seen[word] + 2)
        if opened < 0.3 or self._classes.is_modifier(word) or (word.endswith(ADJECTIVE) and opened < 0.7):
            return False
        if word.endswith("ed") and len(word) > 4 and not self._classes.ends_names(word):
            return False
        if at and text[at - 1].text.lower() == "to" and self._classes.verb(word) > 0.5:
            return False
        if self._classes.verb(word) < 0.7 or word.endswith("ing"):
            return True
        return self._classes.ends_names(word) or self._after_determiner[word] > 0

    def _goes_on(self, text: Sequence[Token], start: int, at: int, proper: bool) -> bool:
        """Whether a term that begins at `start` may hold the word at `at`."""
        token = text[at]
        word = token.text.lower()
        if token.text in BREAKS:
            return False
        if word == "and" and proper:
            return at + 1 < len(text) and all(self._classes.is_known(text[n].text.lower()) for n in (at - 1, at + 1))
        if word in INSIDE or (word in LINKS and proper):
            return True
        if not token.text[0].isalnum() or word in FUNCTION:
            return False
        if not proper and _is_adverb(word):
            return False
        return proper or at == start or self._may_stand(text, at)

    def _may_stand(self, text: Sequence[Token], at: int) -> bool:
        """Whether a word behind another in a term is no verb of its own: `bodies process data` is no term."""
        word, before = text[at].text.lower(), text[at - 1]
        if before.text.lower() == "to":
            return self._classes.verb(word) <= 0.5
        if before.text.lower() in LINKS:
            return True
        if before.key != before.text.lower() and max(map(self._classes.verb, (word, before.text.lower()))) > 0.3:
            return False
        if word.endswith(("ed", "ing")):
            return self._classes.names_things(word) or len(word) < 5
        return not word.endswith("s") or self._classes.verb(word) < 0.9


def _is_function(token: Token) -> bool:
    word = token.text.lower()
    if word in FUNCTION or token.key in FUNCTION:
        return True
    return _is_adverb(word)


def _is_adverb(word: str) -> bool:
    return bool(ADVERBS.fullmatch(word)) and word not in NOUNS_IN_LY


def _is_word(token: Token) -> bool:
    return token.text[0].isalpha()

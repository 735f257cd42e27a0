"""The glosses of the installed dictionary -> which English words are verbs, and which end a noun."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from align.dictionary import entries
from align.stems import IRREGULAR

GLOSS = re.compile(r"[/;,] ?(to )?([a-z]+)((?: [a-z]+){0,2})(?=[/;,])|[/;,] ?(to )?([a-z]+)(?= )")
FEW = 3
RARELY = 0.25


@dataclass(frozen=True, slots=True)
class Classes:
    """How often glosses have a word as a verb, as their first word otherwise, as the last word, and before it."""

    verbs: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    last: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)

    def verb(self, word: str) -> float:
        """The share of a word's uses as a verb, 0 to 1; 0 for words that are hardly known."""
        base = _bases().get(word, word)
        for form in (base, base.removesuffix("s"), base.removesuffix("es")):
            verbs, others = self.verbs[form], self.others[form]
            if verbs + others >= FEW and (form == base or verbs > others):
                return verbs / (verbs + others)
        return 0.0

    def is_known(self, word: str) -> bool:
        """Whether glosses have a word in small letters."""
        return word in self.verbs or word in self.others or word in self.last

    def names_things(self, word: str) -> bool:
        """Whether a form in -ing or -ed is used before or as a noun, as in developing country."""
        return self.others[word] + self.last[word] >= FEW

    def ends_names(self, word: str) -> bool:
        """Whether glosses end with a word behind another."""
        return self.last[word] >= FEW

    def is_gerund(self, word: str) -> bool:
        """Whether a word in -ing comes from a verb."""
        base = word.removesuffix("ing")
        return any(self.verb(form) > 0.5 for form in (base, base + "e", base[:-1]))

    def is_modifier(self, word: str) -> bool:
        """Whether a word stands before nouns, and hardly ever as one."""
        return self.inside[word] > FEW and self.last[word] < RARELY * self.inside[word]


@cache
def load_classes() -> Classes:
    """The classes of the words in the installed dictionary; none where there is none."""
    path = entries.find_file()
    found = GLOSS.findall("".join(entries.read_file(path))) if path else []
    others = [(first, more.split()) for to, first, more, _, _ in found if first and not to]
    return Classes(
        verbs=Counter(first or begun for to, first, _, to_too, begun in found if to or to_too),
        others=Counter(first or begun for to, first, _, to_too, begun in found if not (to or to_too)),
        last=Counter(more[-1] if more else first for first, more in others),
        inside=Counter(word for first, more in others if more for word in (first, *more[:-1])),
    )


@cache
def _bases() -> dict[str, str]:
    rows = (row.split() for row in IRREGULAR.split(","))
    return {form: base for base, *forms in rows for form in forms}

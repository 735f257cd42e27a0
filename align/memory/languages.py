"""The language codes of a memory's units, counted -> what is wrong with them, once for each code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from align.memory.heads import Head
from align.memory.rules import Fault
from align.memory.screening import Codes

REGION = re.compile(r"[A-Za-z]{2,3}-[A-Za-z]{2}")
Place = tuple[int, int]
"""Number of a unit and the line it begins on."""


@dataclass(slots=True)
class Languages:
    """Which languages the units are in, with a srclang of their own or none; how many of each, and the first."""

    counts: dict[tuple[Codes, str], int] = field(default_factory=dict)
    places: dict[tuple[Codes, str], Place] = field(default_factory=dict)

    def add(self, codes: Codes, srclang: str, count: int, place: Place) -> None:
        """So many units in these languages, the first of them at a place."""
        key = (codes, srclang)
        self.counts[key] = self.counts.get(key, 0) + count
        self.places.setdefault(key, place)

    def faults(self, head: Head) -> Iterator[Fault]:
        """What is wrong with the codes."""
        yield from self._srclang(head)
        every = dict.fromkeys(code for codes, _ in self.counts for code in codes)
        for code in every:
            yield from self._code(code)
        for (codes, srclang), count in self.counts.items():
            names = ", ".join(code or "none" for code in codes)
            distinct = {code.lower().replace("_", "-") for code in codes}
            if len(distinct) < 2 and codes:
                said = f"has one language only ({names}){_more(count)}; tools skip it or match the text with itself."
                yield Fault("one-language", *self.places[codes, srclang], said)
            elif len(distinct) < len(codes):
                said = f"has {len(codes)} texts in {len(distinct)} languages ({names}){_more(count)};"
                said += " tools keep one of those in one language."
                yield Fault("repeated-language", *self.places[codes, srclang], said)
            elif len(codes) > 2:
                said = f"has {len(codes)} languages ({names}){_more(count)}; many tools take two."
                yield Fault("three-languages", *self.places[codes, srclang], said)

    def _srclang(self, head: Head) -> Iterator[Fault]:
        said = head.srclang
        if said.lower() == "*all*":
            yield Fault(
                "srclang", 0, head.line, "srclang of the header is *all*; Weblate and Smartling refuse the file."
            )
            return
        if not said:
            return
        for (codes, own), count in self.counts.items():
            wanted = own or said
            if wanted.lower() not in ("*all*", *(code.lower() for code in codes)):
                where = "its own srclang" if own else "srclang of the header"
                text = f"{where} is “{wanted}”, and the unit has {' and '.join(codes) or 'no language'}"
                text += f"{_more(count)}; Weblate and Smartling refuse the file."
                yield Fault("srclang", *self.places[codes, own], text)

    def _code(self, code: str) -> Iterator[Fault]:
        held = {key: count for key, count in self.counts.items() if code in key[0]}
        place = min(self.places[key] for key in held)
        more = _more(sum(held.values()))
        if "_" in code:
            said = f"the language is written “{code}”{more}; OmegaT skips every such unit and does not say so."
            yield Fault("underscore", *place, said)
        elif code and not REGION.fullmatch(code):
            why = (
                "Wordfast Classic takes five characters at most" if len(code) > 5 else "tools differ in what matches it"
            )
            yield Fault("region", *place, f"“{code}” is not a language with a region{more}; {why}.")


def _more(count: int) -> str:
    return f", as in {count:,} units in all" if count > 1 else ""

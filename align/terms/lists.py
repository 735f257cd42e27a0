"""Terms -> a list to read on a console, rows of a table, and a draft of the glossary that documents have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import east_asian_width

from align.characters import HAN_CHAR
from align.terms.entries import Place, Rendering, Term

COLUMNS = tuple("english chinese short_english short_chinese frequency forms renderings unanswered places".split())
FORMULA = re.compile(r"[\s']*[=+@＝＋－＠-]|'*[\t\r\n]")
"""How a cell begins that a spreadsheet may take for a formula."""
DRAFT = "# Draft of `align terms`: check every line before you use it"
WIDTH = 44
"""Columns of a console for the English."""
MOST_PLACES = 8


def lines(terms: Iterable[Term]) -> Iterator[str]:
    """A line for each term, and below it one for each other rendering, with its places."""
    for n, term in enumerate(terms, 1):
        first, *others = [rendering for rendering in term.renderings if rendering.zh]
        en = first.en + (f" ({term.short_en})" if term.short_en not in ("", first.en) else "")
        zh = first.zh + (f"（{term.short_zh}）" if term.short_zh not in ("", first.zh) else "")
        none = f"; none found: {len(term.unanswered)}" if term.unanswered else ""
        yield f"{n:4} {' ' if term.is_consistent else '≠'} {_padded(en)} {zh}: {first.count}{none}"
        for rendering in others:
            places = places_said(rendering.places)
            yield f"         {_padded(rendering.en, WIDTH - 2)} {rendering.zh}: {rendering.count}  [{places}]"


def _padded(text: str, width: int = WIDTH) -> str:
    taken = sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * (width - taken)


def places_said(places: Sequence[Place], most: int = MOST_PLACES) -> str:
    """Places in few words, each once: `pipl 3, 7; sed6`."""
    by_document: dict[str, list[str]] = {}
    for place in dict.fromkeys(places):
        by_document.setdefault(place.document, []).append(place.item)
    said = []
    for document, items in by_document.items():
        numbers = [item for item in items if item]
        more = [f"and {len(numbers) - most} more"] if most and len(numbers) > most else []
        said.append(" ".join(filter(None, (document, ", ".join([*(numbers[:most] if most else numbers), *more])))))
    return "; ".join(said)


def rows(terms: Iterable[Term]) -> Iterator[tuple[str, ...]]:
    """A row of texts for each term, in the order of COLUMNS."""
    for term in terms:
        answered = [place for r in term.renderings if r.zh for place in r.places]
        yield (
            term.en,
            term.zh,
            term.short_en,
            term.short_zh,
            str(term.frequency),
            counted(term.english),
            counted(term.chinese),
            places_said(term.unanswered, 0),
            places_said(answered, 0),
        )


def counted(forms: Mapping[str, int]) -> str:
    """`移动电话: 12; 手机: 2`."""
    return "; ".join(f"{form}: {n}" for form, n in forms.items())


def table(terms: Iterable[Term]) -> str:
    """The rows as TSV, with a line of headings; no cell is taken for a formula."""
    held = [COLUMNS, *rows(terms)]
    return "".join("\t".join(map(_cell, row)) + "\n" for row in held)


def _cell(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula: an apostrophe is put before it."""
    text = " ".join(text.split())
    return f"'{text}" if FORMULA.match(text) else text


def glossary(terms: Iterable[Term]) -> str:
    """Lines of a glossary.tsv: the main forms of each term, and its short forms where it has both."""
    pairs = [pair for term in terms for pair in ((term.en, term.zh), (term.short_en, term.short_zh)) if all(pair)]
    held = [(" ".join(en.split()), " ".join(zh.split())) for en, zh in dict.fromkeys(pairs)]
    return "".join([f"{DRAFT}\n", "# English\tzh\n", *(f"{en}\t{zh}\n" for en, zh in held if _is_pair(en, zh))])


def _is_pair(en: str, zh: str) -> bool:
    """Whether a glossary may hold the pair: no comment, and Chinese on the right."""
    return en[0] != "#" and HAN_CHAR.search(zh) is not None


def as_json(term: Term) -> dict[str, object]:
    """Everything that is known of a term."""
    return {
        "english": term.en,
        "chinese": term.zh,
        "short_english": term.short_en,
        "short_chinese": term.short_zh,
        "frequency": term.frequency,
        "consistent": term.is_consistent,
        "worth": term.worth,
        "renderings": [_rendering(rendering) for rendering in term.renderings if rendering.zh],
        "unanswered": [_place(place) for place in term.unanswered],
    }


def _rendering(rendering: Rendering) -> dict[str, object]:
    return {
        "english": rendering.en,
        "chinese": rendering.zh,
        "count": rendering.count,
        "places": [_place(place) for place in rendering.places],
    }


def _place(place: Place) -> dict[str, str]:
    return {"document": place.document, "item": place.item}

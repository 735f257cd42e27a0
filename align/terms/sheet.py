"""Terms -> a spreadsheet: a row for each term, coloured where it has several renderings, and a page of places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from align.terms import lists
from align.terms.entries import Term

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

TERMS = (("English", 34), ("Chinese", 26), ("Short", 14), ("Passages", 9), ("English forms", 40), ("Renderings", 40),
         ("No rendering found", 20), ("Note", 30))  # fmt: skip
PLACES = (("English", 40), ("Chinese", 30), ("Passages", 9), ("Places", 80))
"""Headings and widths in digits."""
INCONSISTENT = "#FFF2CC"
LONGEST_CELL = 32_000
LINE, MARGIN, HIGHEST = 14.0, 4.0, 409.0
"""Points of a line of 10-point text, around it, and of the highest row that Excel knows."""
FACES = {"zh-Hans": "Microsoft YaHei"}
OTHERWISE = "Microsoft JhengHei"


def write_sheet(terms: Sequence[Term], script: str) -> bytes:
    """A file with two pages; every text is a string, whatever it begins with."""
    from datetime import datetime
    from io import BytesIO

    from xlsxwriter import Workbook

    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1), "comments": ""})
    looks = _looks(book, FACES.get(script, OTHERWISE))
    page = _page(book, "Terms", TERMS, looks["head"])
    for at, term in enumerate(terms, 1):
        look = _look(looks, term)
        shorts = " / ".join(filter(None, (term.short_en, term.short_zh)))
        unanswered = lists.places_said(term.unanswered, 0)
        texts = (
            term.en,
            term.zh,
            shorts,
            None,
            lists.counted(term.english),
            lists.counted(term.chinese),
            unanswered,
            "",
        )
        _row(page, at, texts, term.frequency, look, TERMS)
    page.autofilter(0, 0, max(len(terms), 1), len(TERMS) - 1)
    page = _page(book, "Places", PLACES, looks["head"])
    every = [(term, r) for term in terms for r in term.renderings]
    for at, (term, r) in enumerate(every, 1):
        look = _look(looks, term)
        _row(page, at, (r.en, r.zh or "(none found)", None, lists.places_said(r.places, 0)), r.count, look, PLACES)
    page.autofilter(0, 0, max(len(every), 1), len(PLACES) - 1)
    book.close()
    return stream.getvalue()


def _looks(book: Workbook, face: str) -> dict[str, Format]:
    plain = {"font_name": face, "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
    plain["border_color"] = "#BFBFBF"
    return {
        "plain": book.add_format(plain),
        "inconsistent": book.add_format({**plain, "bg_color": INCONSISTENT}),
        "plain count": book.add_format({**plain, "align": "center"}),
        "inconsistent count": book.add_format({**plain, "bg_color": INCONSISTENT, "align": "center"}),
        "head": book.add_format({**plain, "bold": True, "bg_color": "#D9E1F2"}),
    }


def _look(looks: Mapping[str, Format], term: Term) -> tuple[Format, Format]:
    """How the texts and the count of a term are shown."""
    name = "plain" if term.is_consistent else "inconsistent"
    return looks[name], looks[f"{name} count"]


def _page(book: Workbook, name: str, columns: Sequence[tuple[str, int]], head: Format) -> Worksheet:
    page = book.add_worksheet(name)
    for at, (heading, width) in enumerate(columns):
        page.set_column(at, at, width)
        page.write_string(0, at, heading, head)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    return page


def _row(
    page: Worksheet,
    at: int,
    texts: Sequence[str | None],
    count: int,
    looks: tuple[Format, Format],
    columns: Sequence[tuple[str, int]],
) -> None:
    """A row of texts as high as they need; the count stands where there is none."""
    look, counted = looks
    needed = [_lines(text or "", width) for text, (_, width) in zip(texts, columns, strict=True)]
    page.set_row(at, min(LINE * max(needed) + MARGIN, HIGHEST))
    for column, text in enumerate(texts):
        if text is None:
            page.write_number(at, column, count, counted)
        elif text:
            page.write_string(at, column, text[:LONGEST_CELL], look)
        else:
            page.write_blank(at, column, None, look)


def _lines(text: str, width: int) -> int:
    """About how many lines a wrapped text takes in a column of some digits."""
    taken = sum(2 if east_asian_width(c) in "WF" else 0.95 for c in text)
    return max(1, ceil(taken / (width - 2)))

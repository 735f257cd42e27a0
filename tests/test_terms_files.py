"""Terms in files: TBX-Basic valid by its schema, a spreadsheet whose cells are text, a table without formulas."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from conftest import shared
from lxml import etree

from align.terms import Place, Rendering, Term
from align.terms.lists import COLUMNS, glossary, lines, places_said, table
from align.terms.sheet import write_sheet
from align.terms.tbx import write_tbx

TBX = {"t": "urn:iso:std:iso:30042:ed-2"}


def place(*items: str) -> tuple[Place, ...]:
    return tuple(Place("old", item) for item in items)


FORMULA = Term("=1+1", "+港口", (Rendering("=1+1", "+港口", place("1", "2")),), 2.0)
BODY = Term(
    "World Trade & <Port> Fund",
    "世界贸易口岸基金",
    (
        Rendering("World Trade & <Port> Fund", "世界贸易口岸基金", place("1", "2", "2", "3")),
        Rendering("WTPF", "世贸基金", place("4")),
        Rendering("World Trade & <Port> Fund", "", place("9")),
    ),
    1.0,
    "WTPF",
    "贸口基金",
)


def test_counts_are_of_what_was_found() -> None:
    assert (BODY.frequency, BODY.chinese, BODY.english) == (
        5,
        {"世界贸易口岸基金": 4, "世贸基金": 1},
        {"World Trade & <Port> Fund": 4, "WTPF": 1},
    )
    assert (BODY.is_consistent, FORMULA.is_consistent) == (False, True)


def test_the_list_shows_what_was_not_found() -> None:
    first, second = lines([BODY])
    assert first.startswith("   1 ≠ World Trade & <Port> Fund (WTPF)")
    assert first.endswith("世界贸易口岸基金（贸口基金）: 4; none found: 1")
    assert second.endswith("世贸基金: 1  [old 4]")


def test_many_places_are_counted() -> None:
    assert places_said(place(*map(str, range(20))), 3) == "old 0, 1, 2, and 17 more"
    assert places_said((Place("a"), Place("b", "1"), Place("b", "1"))) == "a; b 1"


def test_a_table_and_a_glossary_hold_no_formula_and_no_broken_line() -> None:
    rows = [line.split("\t") for line in table([FORMULA, BODY]).splitlines()]
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert rows[1][:2] == ["'=1+1", "'+港口"]
    assert glossary([BODY]).splitlines()[2:] == ["World Trade & <Port> Fund\t世界贸易口岸基金", "WTPF\t贸口基金"]


def test_every_cell_of_the_spreadsheet_is_text_or_a_count() -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(write_sheet([FORMULA, BODY], "zh-Hans")))
    terms: Any = book["Terms"]
    assert [[cell.value for cell in row[:4]] for row in terms.iter_rows(min_row=2)] == [
        ["=1+1", "+港口", None, 2],
        ["World Trade & <Port> Fund", "世界贸易口岸基金", "WTPF / 贸口基金", 5],
    ]
    assert {cell.data_type for row in terms.iter_rows() for cell in row} == {"s", "n"}
    assert terms["A3"].fill.fgColor.rgb != terms["A2"].fill.fgColor.rgb
    assert [row[1].value for row in book["Places"].iter_rows(min_row=3)] == [
        "世界贸易口岸基金",
        "世贸基金",
        "(none found)",
    ]


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant-TW"])
def test_tbx_is_valid_by_its_schema(script: str) -> None:
    grammar = etree.RelaxNG(etree.parse(shared("schemas/TBXcoreStructV03_TBX-Basic_integrated.rng")))
    grammar.assertValid(etree.fromstring(write_tbx([FORMULA, BODY], script).encode()))


def test_tbx_uses_only_what_tbx_basic_has() -> None:
    rules = etree.parse(shared("schemas/TBX-Basic_DCA.sch"))
    rule = "//*[local-name()='rule'][@context=\"tbx:termNote[@type='termType']\"]"
    allowed = str(rules.xpath(f"string({rule}/*/@test)"))
    root = etree.fromstring(write_tbx([FORMULA, BODY], "zh-Hans").encode())
    kinds = [str(note.text) for note in root.iterfind(".//t:termNote", TBX)]
    assert kinds == ["fullForm", "acronym", "fullForm", "shortForm", "variant"]
    assert all(f"'{kind}'" in allowed for kind in kinds)
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")

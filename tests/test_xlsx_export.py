"""The review spreadsheet as another program reads it: rows, locks, colours, lists, and cells that are text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

import openpyxl
import pytest
from sheets_help import Hand
from test_formats import bitext

from align.editions import edition
from align.errors import DataError
from align.export import Options, find_exporter
from align.exporters._xlsx_measure import HIGHEST, lines, row_height
from align.model import Bitext, Ruling, Verdict
from align.review.table import Table, read_tables
from align.sheets import HEADINGS, HOW_TO, LONGEST, TABLE
from align.verdicts import together


def exported(*bitexts: Bitext, told: list[str] | None = None) -> bytes:
    stream = io.BytesIO()

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        assert name == "made.xlsx"
        yield stream

    options = Options("made", tell=told.append) if told is not None else Options("made")
    find_exporter("xlsx").write(bitexts, options, keep)
    return stream.getvalue()


def opened(data: bytes) -> Hand:
    return Hand(openpyxl.load_workbook(io.BytesIO(data)))


@pytest.fixture(scope="module")
def hand(charter: Bitext) -> Hand:
    return opened(exported(charter))


def test_the_same_bytes_each_time(charter: Bitext) -> None:
    data = exported(charter)
    assert exported(charter) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in archive.read("docProps/core.xml")


def test_a_row_for_each_bead_in_document_order(hand: Hand, charter: Bitext) -> None:
    at = hand.columns()
    rows = [[str(cell.value or "") for cell in row] for row in hand.table.iter_rows(min_row=2)]
    held = [row for row in rows if row[at["number"] - 1]]
    assert [row[at["en_ids"] - 1] for row in held] == [" ".join(link.en) for link in charter.links]
    assert [row[at["zh_ids"] - 1] for row in held] == [" ".join(link.zh) for link in charter.links]
    assert [int(row[0]) for row in held] == list(range(1, len(charter.links) + 1))


def test_a_band_over_each_item(hand: Hand) -> None:
    assert str(hand.table.cell(hand.band("1"), hand.columns()["en"]).value) == "1. Nothing is invented"
    assert hand.table.cell(hand.band("12"), 1).fill.fgColor.rgb == "FF1F3A5F"


def test_only_texts_decisions_and_notes_can_be_changed(hand: Hand) -> None:
    assert hand.table.protection.sheet
    assert not hand.table.protection.password
    free = {name for name in HEADINGS if not hand.cell(1, name).protection.locked}
    assert free == {"en", "zh", "decision", "note"}
    band = hand.table[hand.band("1")]
    assert [cell.column for cell in band if not cell.protection.locked] == [hand.columns()["decision"]]


def test_headings_stay_and_filter(hand: Hand) -> None:
    assert hand.table.freeze_panes == "C2"
    assert hand.table.auto_filter.ref == f"A1:K{hand.table.max_row}"
    assert hand.table.column_dimensions["L"].hidden


def test_lists_to_choose_from(hand: Hand) -> None:
    lists = {rule.formula1: rule for rule in hand.table.data_validations.dataValidation}
    beads = next(rule for words, rule in lists.items() if words and "confirm 确认" in words)
    bands = next(rule for words, rule in lists.items() if words and "no item (both)" in words)
    column = "E"
    assert f"{column}{hand.row(1)}" in beads.sqref
    assert f"{column}{hand.band('1')}" in bands.sqref
    assert f"{column}{hand.band('1')}" not in beads.sqref


def test_what_to_do_stands_on_the_first_page_in_both_languages(hand: Hand) -> None:
    assert hand.book.sheetnames == [HOW_TO, TABLE]
    said = " ".join(str(cell.value) for row in hand.first.iter_rows() for cell in row if cell.value)
    for word in ("Confirm", "Merge", "Move", "Split", "No counterpart", "Correct", "End a sentence", "Join", "Note"):
        assert word in said
    for word in ("确认", "合并", "移动", "拆分", "无对应", "更正", "断句", "连句", "备注", "align review --from"):
        assert word in said
    assert [cell.protection.locked for cell in (hand.first["B2"], hand.first["B4"], hand.first["B5"])] == [
        True,
        False,
        False,
    ]


def test_the_worst_are_coloured() -> None:
    made = opened(
        exported(
            bitext(
                ("Sure.", "确定。", ()),
                ("Doubt.", "存疑。", ("doubtful",)),
                ("Alone.", "", ("omitted",)),
                ("Crossed.", "交叉。", ("crossing",)),
            )
        )
    )
    colours = [made.cell(n, "en").fill.fgColor.rgb for n in range(3, 7)]
    assert colours == ["FFFFFFFF", "FFFADBD8", "FFE7E6E6", "FFFFF2CC"]
    assert made.get(4, "flags") == "doubtful 存疑"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://a.b/c", "007", "2014"])
def test_cells_are_text(text: str) -> None:
    made = opened(exported(bitext((text, "文", ()))))
    cell = made.cell(3, "en")
    assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (text, "s", "@", None)


def test_control_characters_are_spelled_out() -> None:
    made = opened(exported(bitext(("a\x0cb", "中_x000D_文\ufffe", ()))))
    assert made.get(3, "en") == "a[U+000C]b"
    assert made.get(3, "zh").endswith("[U+FFFE]")
    table = read_tables_of(exported(bitext(("a_x000D_b", "文", ()))))
    assert table.rows[3].texts["en"] == ("a_x000D_b",)


def read_tables_of(data: bytes) -> Table:
    return read_tables(Path("made.xlsx"), data)[0]


def test_a_sentence_too_long_for_a_cell_is_cut_and_says_so() -> None:
    told: list[str] = []
    made = opened(exported(bitext(("x" * 40_000, "文", ())), told=told))
    assert made.get(3, "en").startswith("x" * LONGEST + "… [cut off here: 40,000 characters")
    assert len(made.get(3, "en")) < 32_767
    assert made.cell(3, "en").protection.locked
    assert not made.cell(3, "zh").protection.locked
    assert any("too long" in each for each in told)


def test_sentences_of_a_bead_are_parted_by_an_empty_line(sed6: Bitext) -> None:
    made = opened(exported(sed6))
    assert made.get(2, "en").count("\n\n") == 4
    assert made.get(2, "zh") == ""


def test_verdicts_are_shown() -> None:
    plain = bitext(("One.", "一。", ()))
    both = together([Verdict("Li", "2026-03-01", "seen"), Verdict("Wu", "2026-03-02", "so?", is_remark=True)])
    links = tuple(replace(link, status="confirmed", verdict=both) for link in plain.links)
    made = opened(exported(replace(plain, links=links)))
    assert (made.get(3, "status"), made.get(3, "note")) == ("confirmed 已确认", "Li: seen / Wu: so?")
    assert made.get(3, "flags") == "Li, 2026-03-01: link 对应\nWu, 2026-03-02: note 备注"
    assert made.cell(3, "en").fill.fgColor.rgb == "FFE2F0D9"


def test_what_was_decided_of_sentences_stands_where_nobody_types_and_is_not_read_back() -> None:
    plain = bitext(("One.", "一。", ()), ("Two.", "二。", ("crossing",)))
    names = tuple(name for link in plain.links for name in link.en)
    ruled = replace(
        plain,
        rulings=(
            Ruling("cut", names[-2:], Verdict("Li", "2026-03-01", "=two\nlines")),
            Ruling("link", (), Verdict("Wu"), "Three.", "“Three.” is not in the text"),
        ),
    )
    made = opened(exported(ruled))
    assert made.get(3, "flags") == "Li, 2026-03-01: cut 断句. =two lines"
    assert made.get(4, "flags") == "crossing 语序交叉\nLi, 2026-03-01: cut 断句. =two lines"
    assert made.cell(3, "flags").protection.locked
    assert (made.get(3, "note"), made.get(4, "note")) == ("", "")
    first = [str(cell.value) for row in made.first.iter_rows() for cell in row]
    assert "A decision of Wu does not fit the text and was not applied: link “Three.”" in first


def test_an_edition_in_another_script_is_for_reading_only(charter: Bitext) -> None:
    data = exported(edition(charter, "zh-Hant-TW", False, None))
    assert "For reading only" in str([cell.value for row in opened(data).first.iter_rows() for cell in row])
    with pytest.raises(DataError, match="for reading only"):
        read_tables_of(data)


def test_two_documents_in_one_file(charter: Bitext, sed6: Bitext) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(charter, sed6)))
    assert book.sheetnames == [HOW_TO, TABLE, f"{HOW_TO} 2", f"{TABLE} 2"]


def test_rows_are_high_enough() -> None:
    assert lines("one two three", 60) == 1
    assert lines("word " * 40, 30) >= 7
    assert lines("字" * 100, 40) >= 5
    assert row_height([("a\n\nb", 20), ("字", 20)]) > row_height([("a", 20)])
    assert row_height([("x" * 100_000, 20)]) == HIGHEST

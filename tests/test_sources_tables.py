"""CSV and TSV files: separators, quotes, places in the file, what is between the cells, bad input."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import DataError
from align.model import Source
from align.sources import read
from align.sources.tables import read_table, separator_of


def table(text: str | bytes, name: str = "a.csv") -> Source:
    return read_table(Path(name), "w", text if isinstance(text, bytes) else text.encode())


def cells(source: Source) -> list[tuple[str, int, str]]:
    return [(line.row, line.column, line.text) for line in source.lines]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b\nc,d\n", ","),
        ("a;b\nc;d\n", ";"),
        ("a\tb\nc\td\n", "\t"),
        ("Hello, you\t你好\nYes, well, no\t是\n", "\t"),
        ("Hello, you;你好\nYes, well, no;是\n", ";"),
        ('"Hello; you",你好\n"Yes, so",是\n', ","),
        ("Plain words\nMore words, some with a comma\nMore\nAnd more\n", "\0"),
        ("Title\n\nEnglish,中文\nOne,一\nTwo,二\nThree,三\n", ","),
    ],
)
def test_separators(text: str, separator: str) -> None:
    assert separator_of(text) == separator


def test_cells_have_rows_and_columns() -> None:
    source = table('English,中文,\n"Yes, we ""can"".","是",\n\n,alone\n')
    assert cells(source) == [
        ("t1.r1", 1, "English"),
        ("t1.r1", 2, "中文"),
        ("t1.r2", 1, 'Yes, we ""can"".'),
        ("t1.r2", 2, "是"),
        ("t1.r4", 2, "alone"),
    ]
    assert [line.number for line in source.lines] == [1, 1, 2, 2, 4]


def test_one_of_two_quotes_is_a_mark() -> None:
    source = table('"a ""b""",c\nd,e\n')
    assert [source.text[start:end] for start, end in source.lines[0].markup] == ['"', '"']
    kept = [
        c for at, c in enumerate(source.text) if 1 <= at < 8 and not any(a <= at < b for a, b in source.lines[0].markup)
    ]
    assert "".join(kept) == 'a "b"'


def test_a_cell_of_several_lines() -> None:
    source = table('"One\r\ntwo\r\n\r\nthree",x\r\ny,z\r\n')
    assert [(line.text, line.row, line.number, line.after_blank) for line in source.lines] == [
        ("One", "t1.r1", 1, True),
        ("two", "t1.r1", 2, False),
        ("three", "t1.r1", 4, True),
        ("x", "t1.r1", 4, True),
        ("y", "t1.r2", 5, True),
        ("z", "t1.r2", 5, True),
    ]


@pytest.mark.parametrize(
    "text", ['He said "no",x\nso,y\n', '"no" he said,x\nso,y\n', '"no,x\nso,y\n', '5" pipe,x\n6" pipe,y\n']
)
def test_a_stray_quote_is_text(text: str) -> None:
    source = table(text)
    assert [line.text for line in source.lines] == [cell for row in text.split("\n") for cell in row.split(",") if cell]


def test_a_declared_separator() -> None:
    source = table("sep=|\na,b|c\n")
    assert cells(source) == [("t1.r1", 1, "a,b"), ("t1.r1", 2, "c")]
    assert source.left_out[0].text.startswith("sep=|")


def test_the_text_is_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes("English\t中文\nPorts, trains and ships\t口岸、列车和船舶的管理规定\n".encode("gb18030"))
    source = read(path, "w")
    assert (source.text, source.witness.encoding) == (path.read_bytes().decode("gb18030"), "gb18030")
    assert cells(source)[3] == ("t1.r2", 2, "口岸、列车和船舶的管理规定")


def test_a_file_cut_off_in_a_character_says_so() -> None:
    source = table("English,中文\nOne,一\nTwo,二".encode()[:-1])
    assert [one.bytes_hex for one in source.witness.undecodable]
    assert source.lines[-1].text.startswith("\ufffd")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b",,,\n,,,\n", b'"",""\n'])
def test_a_table_without_text(data: bytes) -> None:
    with pytest.raises(DataError, match=r"a\.csv: line 1: the (file is empty|table holds no text)\."):
        table(data)


def test_a_cell_longer_than_any_paragraph() -> None:
    with pytest.raises(DataError, match="line 2: a cell of 1,000,001 characters"):
        table("a,b\n" + "x" * 1_000_001 + ",y\n")


@given(st.lists(st.lists(st.text(alphabet='ab,;\t"\n 一', max_size=6), min_size=1, max_size=4), min_size=1, max_size=6))
def test_no_character_is_lost(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in rows)
    try:
        source = table(text)
    except DataError:
        return
    taken = sorted([*((a.start, a.end) for a in source.lines), *((a.start, a.end) for a in source.left_out)])
    at = 0
    for start, end in [*taken, (len(text), len(text))]:
        assert at <= start
        assert not source.text[at:start].strip()
        at = end

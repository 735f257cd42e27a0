"""Which language a line is in; lines, glossaries, columns and tables that hold both."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.build import build
from align.errors import DataError
from align.model import Bitext, items, segments
from align.provenance import source_text
from align.sources.documents import Input, InputFile, read_folder

LAYOUTS = {
    "zh block, then en block": "双方同意开放三个港口。\n双方将降低费用。\n\nBoth sides agreed to open three ports.\n"
    "Both sides will cut fees.\n",
    "alternating lines": "双方同意开放三个港口。\nBoth sides agreed to open three ports.\n双方将降低费用。\n"
    "Both sides will cut fees.\n",
    "alternating paragraphs": "双方同意开放三个港口。\n\nBoth sides agreed to open three ports.\n\n双方将降低费用。\n\n"
    "Both sides will cut fees.\n",
    "one paragraph of both": "双方同意开放三个港口。Both sides agreed to open three ports.\n"
    "双方将降低费用。 Both sides will cut fees.\n",
    "both, and back again": "双方同意开放三个港口。Both sides agreed to open three ports.双方将降低费用。"
    "Both sides will cut fees.\n",
    "numbered lines of both": "1. 双方同意开放三个港口。Both sides agreed to open three ports.\n"
    "2. 双方将降低费用。Both sides will cut fees.\n",
    "glossary fences": "Both sides agreed to open three ports.\n• port 港口\n• side 方面\n双方同意开放三个港口。\n\n"
    "Both sides will cut fees.\n• fee: 费用\n双方将降低费用。\n",
    "two columns": "Both sides agreed to open           双方同意开放\n"
    "three ports.                        三个港口。\n\n"
    "Both sides will cut                 双方将降低\nfees.                               费用。\n",
}


def built(text: str, folder: Path, suffix: str = "txt") -> Bitext:
    path = folder / f"case.{suffix}"
    path.write_text(text, "utf-8")
    return build(Input("case", (InputFile(path),)))


def pairs(bitext: Bitext) -> set[tuple[str, str]]:
    held = {s.id: s.text for document in bitext.documents for s in segments(document)}
    return {("".join(held[i] for i in link.en), "".join(held[i] for i in link.zh)) for link in bitext.links}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_a_layout_is_recognised(text: str, tmp_path: Path) -> None:
    bitext = built(text, tmp_path)
    wanted = {
        ("Both sides agreed to open three ports.", "双方同意开放三个港口。"),
        ("Both sides will cut fees.", "双方将降低费用。"),
    }
    assert wanted <= pairs(bitext)
    assert source_text(bitext, bitext.witnesses[0]) == text
    assert not [span for span in bitext.witnesses[0].record if span.how == "unplaced"]


def test_one_number_counts_for_both_halves_of_a_line(tmp_path: Path) -> None:
    bitext = built(LAYOUTS["numbered lines of both"], tmp_path)
    assert [item.number for item in items(bitext.en)] == [item.number for item in items(bitext.zh)] == ["1", "2"]


def test_terms_of_a_glossary_answer_each_other(tmp_path: Path) -> None:
    assert {("port", "港口"), ("side", "方面"), ("fee", "费用")} <= pairs(built(LAYOUTS["glossary fences"], tmp_path))


@pytest.mark.parametrize(
    "line",
    [
        "主席曾鈺成議員, G.B.S., J.P. 宣布會議開始。",
        "中国石油（CNPC）与 Exxon Mobil Corporation 签署了合作协议。",
        "双方同意在 Asia-Pacific Economic Cooperation 框架内合作。",
        "本规定适用于 Windows 和 Linux 系统。",
    ],
)
def test_names_in_the_other_language_divide_no_line(line: str, tmp_path: Path) -> None:
    bitext = built(f"{line}\n第二行是中文。\n", tmp_path)
    assert next(s.text for s in segments(bitext.zh)) == line
    assert not list(segments(bitext.en))


TABLE = (
    "序号,英文,中文\n"
    "1,Both sides agreed to open three ports. They will cut fees.,双方同意开放三个港口。双方将降低费用。\n"
    "2,The experts met.,专家举行了会晤。\n3,OECD,OECD\n"
)


def test_rows_of_a_bilingual_table_stay_side_by_side_and_keep_their_numbers(tmp_path: Path) -> None:
    bitext = built(TABLE, tmp_path, "csv")
    assert {("The experts met.", "专家举行了会晤。"), ("OECD", "OECD")} <= pairs(bitext)
    assert [item.number for item in items(bitext.en)] == [item.number for item in items(bitext.zh)] == ["1", "2", "3"]
    assert [s.text for s in bitext.witnesses[0].record if s.how == "row-number"] == ["1", "2", "3"]


def test_headings_say_which_columns_hold_the_languages(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    rows = (
        "No.\tEnglish\t中文\tRemarks\n1\tBoth sides open ports.\t双方开放港口。\tchecked by Li and by Wang\n"
        "2\tFees fall.\t费用降低。\tto be confirmed with them\n2\tThey stay low.\t保持低水平。\t\n"
    )
    path.write_text(rows, "utf-8")
    bitext = build(Input("a", (InputFile(path),)))
    assert [item.number for item in items(bitext.en)] == [item.number for item in items(bitext.zh)] == ["1", "2"]
    assert [s.text for s in segments(bitext.en)] == ["Both sides open ports.", "Fees fall.", "They stay low."]
    assert [span.text for span in bitext.witnesses[0].record if span.how == "other-column"] == [
        "checked by Li and by Wang",
        "to be confirmed with them",
    ]
    assert source_text(bitext, bitext.witnesses[0]) == rows


def test_a_table_in_one_language_is_text(tmp_path: Path) -> None:
    bitext = built("port,fee\nTianjin is the first,forty yuan\nDalian is the second,fifty yuan\n", tmp_path, "csv")
    assert "Dalian is the second" in [s.text for s in segments(bitext.en)]
    assert not list(segments(bitext.zh))


def test_a_row_that_one_side_lacks_gets_no_partner(tmp_path: Path) -> None:
    bitext = built(
        "The ports opened.,港口开放了。\nThe experts met.,\n,费用降低了。\nFees fell.,费用下降了。\n", tmp_path, "csv"
    )
    assert ("The experts met.", "") in pairs(bitext)
    assert ("", "费用降低了。") in pairs(bitext)


def test_columns_are_named_in_document_toml(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "id,draft,final,English\nA1,草案甲,双方开放港口。,Both sides open ports.\nA2,草案乙,专家会晤。,Experts met.\n",
        "utf-8",
    )
    (tmp_path / "document.toml").write_text(
        '[[file]]\nname = "t.csv"\ncolumns = { en = "English", zh = "C" }\n', "utf-8"
    )
    bitext = build(read_folder(tmp_path))
    assert pairs(bitext) == {("Both sides open ports.", "双方开放港口。"), ("Experts met.", "专家会晤。")}
    assert "草案甲" in [span.text for span in bitext.witnesses[0].record if span.how == "other-column"]


def test_columns_that_are_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("A,甲\n", "utf-8")
    (tmp_path / "document.toml").write_text('[[file]]\nname = "t.csv"\ncolumns = { en = "A" }\n', "utf-8")
    with pytest.raises(DataError, match=r"document\.toml: line 3: file\.columns is"):
        read_folder(tmp_path)


def test_an_item_with_a_row_that_the_other_language_lacks_is_one_gap(tmp_path: Path) -> None:
    bitext = built("1. Chapter I General\n双方同意加强合作。The new port opens\n", tmp_path)
    assert [link.en for link in bitext.links if link.en] == [("en.1.h.s1", "en.1.s1")]


def test_a_name_that_says_one_language_does_not_outweigh_a_text_in_both(tmp_path: Path) -> None:
    path = tmp_path / "notice.en.txt"
    path.write_text(LAYOUTS["alternating lines"], "utf-8")
    assert ("Both sides will cut fees.", "双方将降低费用。") in pairs(build(Input("case", (InputFile(path, ("en",)),))))

"""What a translator does in the sheet is understood row by row, or refused by row; nothing is written by halves."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from conftest import Run, needs
from sheets_help import Desk, Hand, desk

from align.cli import main
from align.decisions.model import Decision
from align.exporters._wording import in_script
from align.model import Block, Document, Reading, Segment
from align.review.matching import match
from align.review.table import Mark, Row, Table, day
from align.review.texts import likeness, printed_parts, side
from align.sheets import BAND_DECISIONS, DECISIONS, HEADINGS, digest, plain

Edit = Callable[[Hand], object]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    return desk(folder, lambda *words: (main([*map(str, words), "--out", str(folder / "dist")]), "", "")).folder


@pytest.fixture
def at(tmp_path: Path, run: Run, made_once: Path) -> Desk:
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path, run)


def texts(decision: Decision) -> tuple[list[str], list[str]]:
    return [r.text for r in decision.en], [r.text for r in decision.zh]


def decide(at: Desk, edit: Edit) -> list[Decision]:
    status, _, err = at.review(at.edited(edit))
    assert status == 0, err
    assert all(d.by == "Li Wei" and d.on == "2026-03-01" for d in at.decisions())
    return list(at.decisions())


def refused(at: Desk, edit: Edit, *said: str) -> None:
    """One sentence for each, with its row; and nothing is written."""
    status, _, err = at.review(at.edited(edit))
    assert status == 1
    assert not at.decisions()
    assert "Traceback" not in err
    for each in said:
        assert each in err, err


def move(hand: Hand, from_: int, to: int, name: str, first: bool = True) -> None:
    here, there = hand.get(from_, name), hand.get(to, name)
    hand.put(from_, name, None)
    hand.put(to, name, f"{here}\n\n{there}" if first else f"{there}\n{here}")


def test_what_a_sheet_decides_of_one_of_several_alike_is_applied_to_that_one(tmp_path: Path, run: Run) -> None:
    item = "{0}. The prices fell. Trade rose in {0}. The prices fell.\n"
    zh = "{0}、价格下降。贸易在{0}增长。价格下降。\n"
    made = desk(
        tmp_path,
        run,
        "The prices fell. Trade rose. The prices fell.\n\n" + item.format(1) + item.format(2),
        "价格下降。贸易增长。价格下降。\n\n" + zh.format(1) + zh.format(2),
    )

    def confirm(hand: Hand) -> None:
        for bead in (1, 3, 4, 6, 7, 9):
            assert hand.get(bead, "en") == "The prices fell."
            hand.put(bead, "decision", "confirm")

    assert made.review(made.edited(confirm))[0] == 0
    assert [(d.en[0].item, d.en[0].nth) for d in made.decisions()] == [(i, n) for i in ("", "1", "2") for n in (1, 2)]
    assert "6 decisions applied" in made.export()


def test_a_file_keeps_its_line_ends_and_its_byte_order_mark(at: Desk) -> None:
    (at.folder / "input/old/decisions.toml").write_bytes(WINDOWS)
    at.export()
    assert at.review(at.edited(lambda hand: hand.put(2, "decision", "confirm")))[0] == 0
    made = (at.folder / "input/old/decisions.toml").read_bytes()
    assert made.startswith(WINDOWS + b"\r\n[[decision]]\r\n")
    assert made.count(b"\r\n") == made.count(b"\n")
    assert len(at.decisions()) == 2


WINDOWS = '\ufeff# Mine.\r\n[[decision]]\r\ndo = "note"\r\nen = "Not there"\r\nnote = "x"\r\n'.encode()


def test_a_day_before_1900_is_refused(at: Desk) -> None:
    status, _, err = at.review(at.sheet, "--by", "Wu", "--on", "0001-01-01")
    assert (status, at.decisions()) == (2, ())
    assert "--on 0001-01-01: is before 1900. Give the day of the decision" in err


def test_what_nobody_touched_decides_nothing(at: Desk) -> None:
    status, out, _ = at.review(at.sheet)
    assert status == 0
    assert "nothing was decided" in out
    assert not at.decisions()


def test_confirmed(at: Desk) -> None:
    (made,) = decide(at, lambda hand: hand.put(2, "decision", "confirm 确认"))
    assert made.kind == "link"
    assert texts(made) == (["They will open two more in 2015."], ["双方将于2015年再开放两个。"])
    assert made.en[0].item == "1"


@pytest.mark.parametrize("said", ["confirm", "确认", " Confirm  确认 "])
def test_a_decision_in_either_language(at: Desk, said: str) -> None:
    assert len(decide(at, lambda hand: hand.put(2, "decision", said))) == 1


def test_merged_with_the_row_above(at: Desk) -> None:
    (made,) = decide(at, lambda hand: hand.put(2, "decision", "merge with row above"))
    assert texts(made)[0] == ["Both sides opened three ports.", "They will open two more in 2015."]
    assert len(made.zh) == 2


def test_three_rows_merged(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(5, "decision", "merge with row above")
        hand.put(6, "decision", "merge with row above")

    (made,) = decide(at, edit)
    assert (len(made.en), len(made.zh)) == (3, 3)


def test_a_sentence_moved_to_the_next_row(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        move(hand, 3, 4, "zh")

    here, next_row = decide(at, edit)
    assert texts(here) == (["Experts will meet each year; they will report to the ministers."], [])
    assert texts(next_row)[1] == ["专家将每年会晤；专家将向部长报告。", "首次会晤在北京举行。"]


def test_what_is_printed_names_both_rows(at: Desk) -> None:
    path = at.edited(lambda hand: move(hand, 3, 4, "zh"))
    _, out, _ = at.review(path)
    row = Hand(openpyxl.load_workbook(path)).row(3)
    assert f"row {row}: English 2.s1 has no counterpart." in out
    assert f"row {row + 1}: English 2.s2 answers Chinese 2.s1 (moved from row {row}), 2.s2." in out


def test_a_row_split_by_one_that_is_inserted(at: Desk) -> None:
    decide(at, lambda hand: hand.put(2, "decision", "merge with row above"))
    at.export()

    def edit(hand: Hand) -> None:
        en, zh = (hand.get(1, name).split("\n\n") for name in ("en", "zh"))
        hand.put(1, "en", en[0])
        hand.put(1, "zh", zh[0])
        hand.insert(1, en[1], zh[1])

    path = at.edited(edit)
    status, _, err = at.review(path)
    assert status == 0, err
    assert [texts(d)[1] for d in at.decisions()] == [["双方开放了三个口岸。"], ["双方将于2015年再开放两个。"]]


def test_a_row_split_by_a_copy_of_it(at: Desk) -> None:
    decide(at, lambda hand: hand.put(2, "decision", "merge with row above"))
    at.export()

    def edit(hand: Hand) -> None:
        row = hand.row(1)
        hand.table.insert_rows(row + 1)
        for column in range(1, hand.table.max_column + 1):
            hand.table.cell(row + 1, column).value = hand.table.cell(row, column).value
        for name in ("en", "zh"):
            both = hand.get(1, name).split("\n\n")
            hand.put(1, name, both[0])
            hand.table.cell(row + 1, hand.columns()[name]).value = both[1]

    status, _, err = at.review(at.edited(edit))
    assert status == 0, err
    assert len(at.decisions()) == 2


def test_no_counterpart_on_either_side(at: Desk) -> None:
    en, zh = decide(at, lambda hand: hand.put(4, "decision", "no counterpart 无对应"))
    assert texts(en) == (["The first meeting is in Beijing."], [])
    assert texts(zh) == ([], ["首次会晤在北京举行。"])


def test_words_corrected(at: Desk) -> None:
    (made,) = decide(at, lambda hand: hand.put(7, "en", "Trains run daily."))
    assert (made.kind, texts(made)[0], made.use) == ("read", ["Trains will run daily."], "Trains run daily.")


@pytest.mark.parametrize(
    ("number", "side", "said", "better"),
    [(7, "en", "Trains will", "Trainswill"), (2, "zh", "2015年", "2015 年"), (2, "en", "two more", "twomore")],
)
def test_spaces_corrected(at: Desk, number: int, side: str, said: str, better: str) -> None:
    def edit(hand: Hand) -> None:
        hand.put(number, side, f"  {hand.get(number, side).replace(said, better)}\n")
        hand.put(6, "en", hand.get(6, "en").replace(" ", "\u00a0 "))

    (made,) = decide(at, edit)
    assert made.kind == "read"
    assert better in made.use
    at.export()
    assert better in Hand(openpyxl.load_workbook(at.sheet)).get(number, side)
    assert "nothing was decided" in at.review(at.sheet)[1]


def test_spaces_changed_where_a_sentence_is_cut_are_told_and_left(at: Desk) -> None:
    path = at.edited(lambda hand: hand.put(3, "en", hand.get(3, "en").replace("; ", ";\n").replace("each ", "each")))
    assert "English: spaces differ, too; nothing was read of them." in at.review(path)[1]
    assert [d.kind for d in at.decisions()] == ["cut"]


def test_a_sentence_cut_and_its_halves_in_two_rows(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(3, "en", "Experts will meet each year;")
        hand.put(3, "zh", "专家将每年会晤；")
        hand.insert(3, "they will report to the ministers.", "专家将向部长报告。")

    cut_en, cut_zh, first, second = decide(at, edit)
    assert (cut_en.kind, cut_en.parts) == (
        "cut",
        ("Experts will meet each year;", "they will report to the ministers."),
    )
    assert cut_zh.parts == ("专家将每年会晤；", "专家将向部长报告。")
    assert texts(first) == (["Experts will meet each year;"], ["专家将每年会晤；"])
    assert texts(second) == (["they will report to the ministers."], ["专家将向部长报告。"])


def test_a_sentence_cut_in_its_place_leaves_the_pairs_to_the_aligner(at: Desk) -> None:
    (made,) = decide(at, lambda hand: hand.put(3, "en", hand.get(3, "en").replace("; ", ";\n")))
    assert made.kind == "cut"


def test_two_sentences_joined(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(1, "en", f"{hand.get(1, 'en')} {hand.get(2, 'en')}")
        hand.put(2, "en", None)
        hand.put(1, "zh", hand.get(1, "zh") + hand.get(2, "zh"))
        hand.put(2, "zh", None)

    en, zh, link = decide(at, edit)
    assert [d.kind for d in (en, zh, link)] == ["join", "join", "link"]
    assert texts(link) == (
        ["Both sides opened three ports. They will open two more in 2015."],
        ["双方开放了三个口岸。双方将于2015年再开放两个。"],
    )


def test_no_item(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.table.cell(hand.band("3"), hand.columns()["decision"]).value = "no item (both) 两边此处均非条目"

    en, zh = decide(at, edit)
    assert (en.kind, en.en[0].text) == ("no-item", '3. The parties welcome "new" partners.')
    assert zh.zh[0].text.startswith("3、")
    assert "3 en, 3 zh" in at.export()


def test_a_note_decides_nothing(at: Desk) -> None:
    (made,) = decide(at, lambda hand: hand.put(7, "note", "daily, or\nevery day?"))
    assert (made.kind, made.note) == ("note", "daily, or every day?")


def test_the_next_export_obeys_and_the_next_sheet_is_quiet(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        move(hand, 3, 4, "zh")
        hand.put(1, "decision", "confirm")
        hand.put(7, "en", "Trains run daily.")
        hand.put(6, "note", "which schools?")

    decide(at, edit)
    at.export()
    hand = Hand(openpyxl.load_workbook(at.sheet))
    assert hand.get(3, "zh") == ""
    assert hand.get(4, "zh") == "专家将每年会晤；专家将向部长报告。\n\n首次会晤在北京举行。"
    assert hand.get(1, "status") == "confirmed 已确认"
    assert hand.get(7, "en") == "Trains run daily."
    assert hand.get(6, "note") == "which schools?"
    _, out, _ = at.review(at.sheet)
    assert "nothing was decided" in out


def test_a_later_sheet_extends_the_decisions(at: Desk) -> None:
    decide(at, lambda hand: hand.put(1, "decision", "confirm"))
    at.export()
    decide(at, lambda hand: hand.put(2, "decision", "confirm"))
    assert len(at.decisions()) == 2


def test_decisions_with_a_byte_order_mark(at: Desk) -> None:
    decide(at, lambda hand: hand.put(1, "decision", "confirm"))
    path = at.folder / "input/old/decisions.toml"
    path.write_text(path.read_text("utf-8"), "utf-8-sig")
    decide(at, lambda hand: hand.put(2, "decision", "confirm"))
    assert len(at.decisions()) == 2


def test_a_sheet_in_traditional_characters_is_of_one_script_and_is_read(tmp_path: Path, run: Run) -> None:
    made = desk(tmp_path, run, "1. Trade is open. Prices fell in May.\n", "1、貿易開放。價格於五月下降。\n")
    book = openpyxl.load_workbook(made.sheet)
    cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value]
    lists = book[book.sheetnames[1]].data_validations.dataValidation
    said = "".join([*book.sheetnames, *cells, *(str(rule.formula1) for rule in lists)])
    for words in (*DECISIONS.values(), *BAND_DECISIONS.values(), *((text,) for text in HEADINGS.values())):
        for tag in ("zh-Hant-HK", "zh-Hant-TW"):
            assert plain(in_script(" ".join(words), tag)) == plain(" ".join(words))
    assert "確認" in said
    assert "确认" not in said
    path = made.edited(lambda hand: hand.put(1, "decision", "確認"))
    status, _, err = made.review(path)
    assert (status, len(made.decisions())) == (0, 1), err


# What sheets go through


def test_rows_deleted(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(6, "decision", "confirm")
        hand.table.delete_rows(hand.row(1), 2)

    status, out, _ = at.review(at.edited(edit))
    assert status == 0
    assert "2 pairs are in no row" in out
    assert len(at.decisions()) == 1


def test_rows_sorted(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        move(hand, 3, 4, "zh")
        rows = [[cell.value for cell in row] for row in hand.table.iter_rows(min_row=2)]
        for n, row in enumerate(sorted(rows, key=lambda row: str(row[2]), reverse=True), 2):
            for column, value in enumerate(row, 1):
                hand.table.cell(n, column).value = value

    made = decide(at, edit)
    assert sorted(len(d.zh) for d in made) == [0, 2]


def test_merging_after_sorting_is_refused(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(6, "decision", "merge with row above")
        hand.table.delete_rows(hand.row(5))

    refused(at, edit, "the row above it is not the one before it in the text")


def test_merging_with_a_filtered_row_is_refused(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(2, "decision", "merge with row above")
        hand.table.row_dimensions[hand.row(1)].hidden = True

    refused(at, edit, "above it is hidden")


def test_ids_changed(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(2, "en_ids", "en.1.s9")
        hand.put(1, "decision", "confirm")

    refused(at, edit, "its ids were changed")


def test_columns_moved_and_hidden(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(2, "decision", "confirm")
        rows = [[cell.value for cell in row] for row in hand.table.iter_rows()]
        for n, row in enumerate(rows, 1):
            for column, value in enumerate([*row[3:], *row[:3]], 1):
                hand.table.cell(n, column).value = value
        hand.table.column_dimensions["B"].hidden = True

    assert len(decide(at, edit)) == 1


@pytest.mark.parametrize("column", ["zh", "en_ids"])
def test_a_column_deleted(at: Desk, column: str) -> None:
    refused(at, lambda hand: hand.table.delete_cols(hand.columns()[column]), "there is no column")


def test_quotation_marks_that_a_program_changed_by_itself(at: Desk) -> None:
    path = at.edited(lambda hand: hand.put(5, "en", "The parties welcome “new” partners."))
    status, out, _ = at.review(path)
    assert status == 0
    assert "only quotation marks or dashes differ" in out
    assert not at.decisions()


def test_a_number_typed_into_a_cell_of_text() -> None:
    document = Document("en", "en", (Block("en.p1", "paragraph", segments=(Segment("en.p1.s1", "1.50"),)),))
    mark = Mark("bead", 1, (digest("1.50"),))
    table = Table(Path("x"), "x", "", rows=[Row(2, {"en": ("1.5",), "zh": ()}, ids={"en": ("en.p1.s1",)}, mark=mark)])
    found = match(table, side(document))
    assert (found.reads, table.problems) == ({}, [])
    assert "a number written otherwise" in found.remarks[0][1]


def test_a_formula(at: Desk) -> None:
    refused(at, lambda hand: hand.put(2, "en", "=A1&B1"), "holds a formula")


def test_a_sentence_deleted(at: Desk) -> None:
    refused(at, lambda hand: hand.put(2, "zh", None), "“双方将于2015年再开放两个。” is in no row any more")


def test_a_sentence_in_two_rows(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(2, "en", f"{hand.get(1, 'en')}\n{hand.get(2, 'en')}")

    refused(at, edit, "stands in row", "Delete it in one of them")


def test_another_text_in_place_of_a_sentence(at: Desk) -> None:
    refused(
        at, lambda hand: hand.put(7, "en", "Nobody knows what this was about, 1234."), "is no sentence of the document"
    )


def test_cells_merged(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.table.merge_cells(start_row=hand.row(1), end_row=hand.row(2), start_column=4, end_column=4)

    refused(at, edit, "merged")


def test_a_sentence_from_a_row_that_was_deleted(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(4, "en", f"{hand.get(3, 'en')}\n{hand.get(4, 'en')}")
        hand.table.delete_rows(hand.row(3))

    refused(at, edit, "comes from a row that was deleted")


def test_a_decision_that_nobody_knows(at: Desk) -> None:
    refused(at, lambda hand: hand.put(2, "decision", "delete"), "“delete” is none of “confirm”")


def test_a_confirmation_filled_down_the_whole_column(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        move(hand, 3, 4, "zh")
        move(hand, 3, 4, "en")
        for row in range(2, hand.table.max_row + 1):
            hand.table.cell(row, hand.columns()["decision"]).value = "confirm 确认"

    made = decide(at, edit)
    assert [len(d.en) for d in made] == [1, 1, 2, 1, 1, 1]


def test_a_sentence_corrected_and_moved(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(4, "en", f"{hand.get(3, 'en').replace('each', 'every')}\n{hand.get(4, 'en')}")
        hand.put(3, "en", None)

    read, _, link = decide(at, edit)
    assert read.use == "Experts will meet every year; they will report to the ministers."
    assert texts(link)[0][0] == "Experts will meet each year; they will report to the ministers."


def test_titles_stay_whole(tmp_path: Path, run: Run) -> None:
    at = desk(tmp_path, run, "1. Ports and trains: They are open.\n", "1、口岸和列车：均已开放。\n")
    refused(at, lambda hand: hand.put(1, "en", "Ports\nand trains"), "is part of a title")


def test_all_that_is_wrong_is_told_at_once(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(2, "decision", "delete")
        hand.put(5, "zh", None)
        hand.put(1, "decision", "confirm")

    refused(at, edit, "“delete”", "in no row any more")


def test_who_and_when_are_needed(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(2, "decision", "confirm")
        hand.sign("", "")

    path = at.edited(edit)
    status, _, err = at.review(path)
    assert (status, "who decided and when" in err) == (1, True)
    assert at.review(path, "--dry-run")[0] == 0
    status, _, _ = at.review(path, "--by", "Wu", "--on", "2026-04-02")
    assert (status, at.decisions()[0].by, at.decisions()[0].on) == (0, "Wu", "2026-04-02")


def test_a_dry_run_writes_nothing(at: Desk) -> None:
    status, out, _ = at.review(at.edited(lambda hand: hand.put(2, "decision", "confirm")), "--dry-run")
    assert (status, "(confirmed)" in out) == (0, True)
    assert not at.decisions()


def test_a_sheet_of_another_document(at: Desk, tmp_path: Path, run: Run) -> None:
    (tmp_path / "input/old").rename(tmp_path / "input/new")
    status, _, err = at.review(at.edited(lambda hand: hand.put(2, "decision", "confirm")))
    assert status == 2
    assert "review of the document 'old'" in err


def test_a_newer_corpus_is_found_by_its_texts(at: Desk) -> None:
    path = at.edited(lambda hand: hand.put(6, "decision", "confirm"))
    for lang, said in (("en", "0. The parties met in Geneva.\n"), ("zh", "0、双方在日内瓦会晤。\n")):
        file = at.folder / f"input/old/{lang}.txt"
        file.write_text(said + file.read_text("utf-8").replace("Trains", "Fast trains"), "utf-8")
    at.export()
    status, out, err = at.review(path)
    assert status == 0, err
    assert "the corpus has changed since the sheet was made" in out
    assert "1 row holds text that the corpus has no longer" in out
    assert texts(at.decisions()[0])[0] == ["Schools will exchange teachers."]


def test_a_row_whose_text_is_gone_is_refused(at: Desk) -> None:
    path = at.edited(lambda hand: hand.put(7, "decision", "confirm"))
    file = at.folder / "input/old/en.txt"
    file.write_text(file.read_text("utf-8").replace("Trains", "Fast trains"), "utf-8")
    at.export()
    status, _, err = at.review(path)
    assert (status, "has changed in the corpus since the sheet was made. Clear that row's decision" in err) == (1, True)


# Files that are no sheet of ours


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "no spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a password"),
        (b"PK\3\4broken", "damaged"),
    ],
)
def test_no_spreadsheet(at: Desk, data: bytes, said: str) -> None:
    (at.folder / "x.xlsx").write_bytes(data)
    status, _, err = at.review("x.xlsx")
    assert (status, said in err) == (1, True), err


def test_a_spreadsheet_of_another_program(at: Desk) -> None:
    shutil.copy(at.sheet, at.folder / "x.ods")
    status, _, err = at.review("x.ods")
    assert (status, "save it as .xlsx" in err) == (1, True), err


def test_no_folder_to_look_in(at: Desk) -> None:
    (at.folder / "input").rename(at.folder / "texts")
    status, _, err = at.review(at.sheet)
    assert (status, "align review --from FILE.xlsx FOLDER" in err) == (2, True), err


def test_decisions_that_cannot_be_written(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    path = at.edited(lambda hand: hand.put(2, "decision", "confirm"))
    monkeypatch.setattr(Path, "replace", denied)
    status, _, err = at.review(path)
    assert (status, "beside the sources" in err, "--out" in err) == (3, True, False), err


def test_a_spreadsheet_of_something_else(at: Desk) -> None:
    openpyxl.Workbook().save(at.folder / "x.xlsx")
    status, _, err = at.review("x.xlsx")
    assert (status, "holds no review table" in err) == (1, True)


def test_a_sheet_among_the_sources(at: Desk) -> None:
    shutil.copy(at.sheet, at.folder / "input/old/old.xlsx")
    status, _, err = at.run("export", "input", "--to", "xlsx")
    assert (status, "is a review spreadsheet, not a source" in err) == (1, True)


def test_a_file_that_is_not_there(at: Desk) -> None:
    status, _, err = at.review("gone.xlsx")
    assert status in (2, 3)
    assert "gone.xlsx" in err


# Several people


def both(at: Desk, one: Edit, other: Edit) -> tuple[int, str, str]:
    return at.review(at.edited(one, "a.xlsx"), "--from", at.edited(other, "b.xlsx", by="Wu"))


def test_two_reviewers_who_agree(at: Desk) -> None:
    def more(hand: Hand) -> None:
        hand.put(2, "decision", "confirm")
        hand.put(6, "decision", "confirm")

    status, _, _ = both(at, lambda hand: hand.put(2, "decision", "confirm"), more)
    assert status == 0
    assert [d.by for d in at.decisions()] == ["Li Wei; Wu", "Wu"]


def test_two_reviewers_who_contradict_each_other(at: Desk) -> None:
    status, _, err = both(
        at,
        lambda hand: hand.put(4, "decision", "confirm"),
        lambda hand: hand.put(4, "decision", "merge with row above"),
    )
    row = Hand(openpyxl.load_workbook(at.sheet)).row(4)
    assert status == 1
    assert f"b.xlsx: row {row - 1} contradicts" in err
    assert f"a.xlsx: row {row}" in err
    assert not at.decisions()


def test_a_second_reviewer_who_has_not_seen_the_first(at: Desk) -> None:
    first = at.edited(lambda hand: hand.put(7, "en", "Trains run daily."), "a.xlsx")
    second = at.edited(lambda hand: hand.put(7, "en", "Trains will run each day."), "b.xlsx", by="Wu")
    assert at.review(first)[0] == 0
    status, _, err = at.review(second)
    assert status == 1
    assert "contradicts what Li Wei on 2026-03-01 decided" in err
    at.export()
    assert at.review(at.edited(lambda hand: hand.put(7, "en", "Trains will run each day."), by="Wu"))[0] == 0
    assert [d.use for d in at.decisions()] == ["Trains will run each day."]


@pytest.mark.parametrize("moved", [False, True])
def test_a_confirmation_that_no_corpus_shows_yet_is_not_replaced(at: Desk, moved: bool) -> None:
    def other(hand: Hand) -> None:
        move(hand, 6, 5, "zh", first=False) if moved else hand.put(6, "decision", "no counterpart")

    first = at.edited(lambda hand: hand.put(6, "decision", "confirm"), "a.xlsx")
    second = at.edited(other, "b.xlsx", by="王丽")
    assert at.review(first)[0] == 0
    status, _, err = at.review(second)
    assert status == 1
    assert "contradicts what Li Wei on 2026-03-01 decided" in err
    assert [d.by for d in at.decisions()] == ["Li Wei"]


def test_what_one_cuts_another_cannot_read_as_a_whole(at: Desk) -> None:
    def cut(hand: Hand) -> None:
        hand.put(3, "en", hand.get(3, "en").replace("; ", ";\n"))

    def correct(hand: Hand) -> None:
        hand.put(3, "en", hand.get(3, "en").replace("each", "every"))

    row = Hand(openpyxl.load_workbook(at.sheet)).row(3)
    status, _, err = both(at, cut, correct)
    assert (status, f"b.xlsx: row {row}:" in err, "a sentence which is cut then" in err) == (1, True, True)
    assert not at.decisions()
    assert at.review(at.edited(cut, "a.xlsx"))[0] == 0
    status, _, err = at.review(at.edited(correct, "b.xlsx", by="Wu"))
    assert (status, "does not go with what Li Wei on 2026-03-01 decided (decisions.toml, line 4)" in err) == (1, True)


def test_no_item_and_a_decision_on_its_first_sentence(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.table.cell(hand.band("3"), hand.columns()["decision"]).value = "no item (English)"
        hand.put(5, "decision", "confirm")

    row = Hand(openpyxl.load_workbook(at.sheet)).row(5)
    refused(at, edit, f"row {row}: “English 3.s1 answers Chinese 3.s1 (confirmed).” does not go with row {row - 1}:")


def overruled_by_wu(at: Desk, edit: Edit) -> str:
    """Li Wei confirms a row and leaves a note; Wu, who has seen that, decides otherwise."""

    def first(hand: Hand) -> None:
        hand.put(6, "decision", "confirm")
        hand.put(6, "note", "Phone call with the ministry.")

    decide(at, first)
    at.export()
    status, out, err = at.review(at.edited(edit, by="Wu"))
    assert status == 0, err
    return out


def test_who_is_overruled_is_told_and_keeps_their_words(at: Desk) -> None:
    out = overruled_by_wu(at, lambda hand: hand.put(6, "decision", "no counterpart"))
    assert "has no counterpart. Replaces what Li Wei decided on 2026-03-01." in out
    assert [(d.by, d.note) for d in at.decisions()] == [("Wu", "Li Wei: Phone call with the ministry."), ("Wu", "")]


def test_who_agrees_later_does_not_sign_the_words_of_another(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(6, "decision", "confirm")
        hand.put(6, "note", f"{hand.get(6, 'note')} Seen.")

    out = overruled_by_wu(at, edit)
    assert "Replaces" not in out
    (made,) = at.decisions()
    assert (made.by, made.note) == ("Li Wei; Wu", "Li Wei: Phone call with the ministry. / Wu: Seen.")


def test_a_second_note_leaves_the_first_to_its_author(at: Desk) -> None:
    decide(at, lambda hand: hand.put(6, "note", "Which schools?"))
    at.export()
    assert at.review(at.edited(lambda hand: hand.put(6, "note", "Which schools? All."), by="Wu"))[0] == 0
    assert [(d.by, d.note) for d in at.decisions()] == [("Li Wei", "Which schools?"), ("Wu", "All.")]
    at.export()
    hand = Hand(openpyxl.load_workbook(at.sheet))
    assert hand.get(6, "note") == "Li Wei: Which schools? / Wu: All."
    at.review(at.edited(lambda hand: hand.put(6, "decision", "confirm"), by="王丽"))
    assert [(d.kind, d.by, d.note) for d in at.decisions()][2:] == [("link", "王丽", "")]


def confirmed(at: Desk, note: str = "") -> None:
    """Row 6, confirmed by Li Wei, and the sheet that shows it."""

    def edit(hand: Hand) -> None:
        hand.put(6, "decision", "confirm")
        hand.put(6, "note", note or None)

    decide(at, edit)
    at.export()


def noted(at: Desk, note: str, by: str = "Wu") -> Sequence[tuple[str, str, str]]:
    """What is decided once somebody has typed a note for row 6, and read the sheet twice."""
    path = at.edited(lambda hand: hand.put(6, "note", note), by=by)
    assert at.review(path)[0] == 0
    status, out, _ = at.review(path)
    assert (status, "its note says only what was noted before" in out or by == "Li Wei") == (0, True)
    made = [(d.kind, d.by, d.note) for d in at.decisions()]
    at.export()
    assert at.review(path)[0] == 0
    assert [(d.kind, d.by, d.note) for d in at.decisions()] == made
    return made


def test_a_note_on_what_another_has_confirmed_takes_nothing_from_them(at: Desk) -> None:
    confirmed(at)
    assert noted(at, "I am not sure of this") == [("link", "Li Wei", ""), ("note", "Wu", "I am not sure of this")]
    assert at.decisions()[0].on == "2026-03-01"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("gap? I doubt", "gap? I doubt"), ("gap Why?", "Why?"), ("Really a gap", "Really a gap"), ("Why? / gap", "Why?")],
)
def test_words_behind_the_note_of_another_are_ones_own_and_whole(at: Desk, typed: str, kept: str) -> None:
    confirmed(at, "gap")
    assert noted(at, typed) == [("link", "Li Wei", "gap"), ("note", "Wu", kept)]


def test_a_note_of_ones_own_is_changed_and_the_confirmation_stays(at: Desk) -> None:
    confirmed(at, "Phone call.")
    assert noted(at, "Two phone calls.", "Li Wei") == [("link", "Li Wei", "Two phone calls.")]
    assert noted(at, "Two phone calls. All is well.", "Wu")[1:] == [("note", "Wu", "All is well.")]
    said = Hand(openpyxl.load_workbook(at.sheet)).get(6, "note")
    assert noted(at, said.replace("All", "Nearly all"), "Wu")[1:] == [("note", "Wu", "Nearly all is well.")]


def test_a_sheet_read_twice_does_not_pile_up_notes(at: Desk) -> None:
    confirmed(at, "Phone call.")

    def disagree(hand: Hand) -> None:
        hand.put(6, "decision", "no counterpart")
        hand.put(6, "note", "Phone call. No.")

    path = at.edited(disagree, by="Wu")
    for _ in range(3):
        assert at.review(path)[0] == 0
        assert [(d.by, d.note) for d in at.decisions()] == [("Wu", "No. / Li Wei: Phone call."), ("Wu", "No.")]


def test_a_note_that_is_deleted_is_taken_away(at: Desk) -> None:
    def first(hand: Hand) -> None:
        hand.put(6, "decision", "confirm")
        hand.put(6, "note", "Phone call.")
        hand.put(7, "note", "Daily?")

    decide(at, first)
    at.export()
    at.review(at.edited(lambda hand: hand.put(7, "note", "Daily? Yes."), by="Wu"))
    path = at.folder / "input/old/decisions.toml"
    path.write_text(f"# Ours.\n\n{path.read_text('utf-8')}\n# The end.\n", "utf-8")
    at.export()
    row = Hand(openpyxl.load_workbook(at.sheet)).row(6)

    def delete(hand: Hand) -> None:
        hand.put(6, "note", " ")
        hand.put(7, "note", None)
        hand.put(1, "decision", "confirm")

    sheet = at.edited(delete, by="王丽")
    status, out, _ = at.review(sheet)
    assert status == 0
    assert f"  row {row}: the note of Li Wei on 2026-03-01 is taken away: “Phone call.”\n" in out
    assert f"  row {row + 2}: the note of Li Wei on 2026-03-01 is taken away: “Daily?”\n" in out
    assert f"  row {row + 2}: the note of Wu on 2026-03-01 is taken away: “Yes.”\n" in out
    assert "  1 decision, 3 notes taken away\n" in out
    assert [(d.kind, d.by, d.note) for d in at.decisions()] == [("link", "Li Wei", ""), ("link", "王丽", "")]
    assert path.read_text("utf-8").startswith("# Ours.\n\n# What a person has decided")
    assert "# The end.\n" in path.read_text("utf-8")
    _, out, _ = at.review(sheet)
    assert f"back.xlsx: row {row}: its note was deleted; no decision has that note any more." in out
    at.export()
    _, out, _ = at.review(sheet)
    assert f"row {row}: its note was deleted; the corpus does not have that note any more." in out
    assert "nothing was decided" in at.review(at.sheet)[1]


def test_a_note_deleted_in_a_row_that_is_decided_does_not_come_back(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        hand.put(6, "note", None)
        hand.put(6, "decision", "confirm")

    overruled_by_wu(at, edit)
    assert [(d.kind, d.by, d.note) for d in at.decisions()] == [("link", "Li Wei; Wu", "")]


def test_a_note_is_deleted_in_a_file_of_inline_tables_too(at: Desk) -> None:
    decide(at, lambda hand: hand.put(7, "note", "Daily?"))
    path = at.folder / "input/old/decisions.toml"
    said = 'do = "note", en = ["Trains will run daily."], note = '
    path.write_text(f'decision = [{{ {said}"Daily?" }}, {{ {said}"Really" }}]\n', "utf-8")
    at.export()
    sheet = at.edited(lambda hand: hand.put(7, "note", None))
    path.write_text(f'decision = [{{ {said}"Daily?" }}, {{ {said}"Not shown" }}]\n', "utf-8")
    assert at.review(sheet)[0] == 0
    assert [(d.by, d.note) for d in at.decisions()] == [("", "Not shown")]


# Earlier decisions


def test_decisions_on_items_with_other_numbers_now_are_replaced_all_the_same(at: Desk) -> None:
    def first(hand: Hand) -> None:
        hand.put(6, "decision", "confirm")
        hand.put(5, "note", "Which ones?")
        hand.put(7, "en", "Trains run daily.")

    decide(at, first)
    for name, mark, line in (("en", ". ", "Airlines will fly each day."), ("zh", "、", "航空公司将每天飞行。")):
        path = at.folder / f"input/old/{name}.txt"
        items = path.read_text("utf-8").splitlines()
        items.insert(2, f"9{mark}{line}")
        numbered = (f"{n}{item[item.index(mark) :]}" for n, item in enumerate(items, 1))
        path.write_text("\n".join(numbered) + "\n", "utf-8")
    at.export()

    def second(hand: Hand) -> None:
        hand.put(7, "decision", "no counterpart")
        hand.put(6, "note", None)
        hand.put(8, "en", "Trains go daily.")

    status, out, err = at.review(at.edited(second, by="Wu"))
    assert status == 0, err
    assert out.count("Replaces what Li Wei decided on 2026-03-01.") == 2
    assert "the note of Li Wei on 2026-03-01 is taken away: “Which ones?”" in out
    assert [(d.kind, d.by) for d in at.decisions()] == [("read", "Wu"), ("link", "Wu"), ("link", "Wu")]
    assert "3 decisions applied" in at.export()


@pytest.mark.parametrize(
    "said",
    [
        'en = ["Schools will…"]\nzh = ["学校将…"]',
        'en = ["School will exchange teachers."]\nzh = ["学校将互派教师。"]',
        'item = "9"\nen = ["Schools will exchange teachers."]\nzh = ["学校将互派教师。"]',
    ],
    ids=["shortened", "changed since", "in another item"],
)
def test_decisions_written_by_hand_are_those_that_the_corpus_obeys(at: Desk, said: str) -> None:
    path = at.folder / "input/old/decisions.toml"
    path.write_text(f'[[decision]]\ndo = "link"\n{said}\nby = "Li Wei"\n', "utf-8")
    at.export()
    status, out, err = at.review(at.edited(lambda hand: hand.put(6, "decision", "no counterpart"), by="Wu"))
    assert (status, "Replaces what Li Wei decided." in out) == (0, True), err
    assert [d.by for d in at.decisions()] == ["Wu", "Wu"]


def read_it(hand: Hand) -> None:
    hand.put(7, "en", "Trains run daily.")


def cut_it(hand: Hand) -> None:
    hand.put(3, "en", hand.get(3, "en").replace("; ", ";\n"))


def cut_and_part_it(hand: Hand) -> None:
    hand.put(3, "en", "Experts will meet each year;")
    hand.put(3, "zh", "专家将每年会晤；")
    hand.insert(3, "they will report to the ministers.", "专家将向部长报告。")


def join_it(hand: Hand) -> None:
    for name, between in (("en", " "), ("zh", "")):
        hand.put(1, name, hand.get(1, name) + between + hand.get(2, name))
        hand.put(2, name, None)


def no_item(hand: Hand) -> None:
    hand.table.cell(hand.band("3"), hand.columns()["decision"]).value = "no item (both)"


@pytest.mark.parametrize(
    ("edit", "again"),
    [(read_it, []), (cut_it, []), (no_item, []), (cut_and_part_it, ["link", "link"]), (join_it, [])],
)
def test_what_the_corpus_has_made_of_a_sheet_already_is_decided_by_nobody_else(
    at: Desk, edit: Edit, again: list[str]
) -> None:
    first = at.edited(edit, "a.xlsx")
    second = at.edited(edit, "b.xlsx", by="Wu")
    assert at.review(first)[0] == 0
    made = at.decisions()
    at.export()
    for path in (first, second, first):
        status, out, err = at.review(path)
        assert status == 0, err
        assert "already" in out or "any more" in out or again
    assert sorted(d.kind for d in at.decisions()) == sorted(d.kind for d in made)
    assert [d.kind for d in at.decisions() if d.by != "Li Wei"] == again
    assert {d.by for d in at.decisions()} <= {"Li Wei", "Li Wei; Wu"}


def test_two_sentences_joined_in_one_row_are_known_again(at: Desk) -> None:
    decide(at, lambda hand: hand.put(2, "decision", "merge with row above"))
    at.export()

    def join(hand: Hand) -> None:
        hand.put(1, "en", hand.get(1, "en").replace("\n\n", " "))

    path = at.edited(join)
    assert at.review(path)[0] == 0
    at.export()
    made = at.decisions()
    assert "what was changed here is in the corpus already" in at.review(path)[1]
    assert at.decisions() == made


def test_two_sheets_read_in_another_order_leave_each_note_once(at: Desk) -> None:
    def edit(hand: Hand, note: str) -> None:
        hand.put(6, "decision", "confirm")
        hand.put(6, "note", note)
        hand.put(7, "note", f"{note} And here.")

    one = at.edited(lambda hand: edit(hand, "Phone call."), "a.xlsx")
    other = at.edited(lambda hand: edit(hand, "Two calls."), "b.xlsx", by="Wu")
    for path in (one, other, other, one, other):
        assert at.review(path)[0] == 0
    assert sorted((d.kind, d.by, d.note) for d in at.decisions()) == [
        ("link", "Li Wei; Wu", "Li Wei: Phone call. / Wu: Two calls."),
        ("note", "Li Wei", "Phone call. And here."),
        ("note", "Wu", "Two calls. And here."),
    ]


def test_a_third_person_settles_what_two_have_contradicted_each_other_in(at: Desk) -> None:
    path = at.folder / "input/old/decisions.toml"
    said = '[[decision]]\ndo = "link"\nen = ["Trains will run daily."]\n'
    path.write_text(f'{said}zh = []\nby = "A"\n{said}zh = ["列车将每天开行。"]\nby = "B"\n', "utf-8")
    before = at.edited(lambda hand: hand.put(7, "decision", "confirm"), "before.xlsx", by="王丽")
    assert "which the sheet did not show yet" in at.review(before)[2]
    at.export()
    assert "which the sheet did not show yet" in at.review(before)[2]
    after = at.edited(lambda hand: hand.put(7, "decision", "confirm"), by="王丽")
    status, out, err = at.review(after)
    assert status == 0, err
    assert "(confirmed). Replaces what A decided." in out
    assert [d.by for d in at.decisions()] == ["B; 王丽"]
    assert "1 decision applied" in at.export()


def test_a_note_that_is_too_long_for_a_cell_is_cut_off_and_not_read_back(at: Desk) -> None:
    path = at.folder / "input/old/decisions.toml"
    note = "word " * 8000
    both = 'en = ["Trains will run daily."]'
    said = f'do = "link"\n{both}\nzh = ["列车将每天开行。"]\nby = "Wu"\nnote = "{note}"\n'
    path.write_text(f"[[decision]]\n{said}", "utf-8")
    assert "the note beside en.4.s1 is too long for a spreadsheet's cell and was cut off in it" in at.export()
    hand = Hand(openpyxl.load_workbook(at.sheet))
    assert "… [cut off here: 39,999 characters are too many for a cell" in hand.get(7, "note")
    assert hand.cell(7, "note").protection.locked
    assert "nothing was decided" in at.review(at.edited(lambda _: None, by="王丽"))[1]
    assert at.review(at.edited(lambda hand: hand.put(7, "decision", "confirm"), by="王丽"))[0] == 0
    assert [(d.by, len(d.note)) for d in at.decisions()] == [("Wu; 王丽", 4 + len(note))]
    at.export()
    status, _, err = at.review(at.edited(lambda hand: hand.put(7, "note", f"{hand.get(7, 'note')} No."), by="王丽"))
    assert (status, "the note is too long for a cell and was changed" in err) == (1, True)
    assert at.review(at.edited(lambda hand: hand.put(7, "note", None), by="王丽"))[0] == 0
    assert [(d.by, d.note) for d in at.decisions()] == [("Wu; 王丽", "")]


def test_a_sentence_that_another_one_ends_with_is_not_that_one(tmp_path: Path, run: Run) -> None:
    en = "1. In May both sides will exchange students. We agreed: In May both sides will exchange students.\n"
    made = desk(tmp_path, run, en, "1、双方将于五月互换学生。我们同意双方将于五月互换学生。\n")
    for number, by in ((1, "Li Wei"), (2, "Wu")):
        hand = Hand(openpyxl.load_workbook(made.sheet))
        hand.put(number, "decision", "confirm")
        hand.sign(by, "2026-03-01")
        hand.book.save(tmp_path / "back.xlsx")
        status, out, err = made.review(tmp_path / "back.xlsx")
        assert (status, "Replaces" in out) == (0, False), err
        made.export()
    assert [d.by for d in made.decisions()] == ["Li Wei", "Wu"]


# Saved by LibreOffice


def test_saved_by_libreoffice(at: Desk) -> None:
    def edit(hand: Hand) -> None:
        move(hand, 3, 4, "zh")
        hand.put(7, "en", "Trains run daily.")
        hand.put(1, "decision", "confirm 确认")

    path = at.edited(edit)
    command = [needs("soffice"), "--headless", "--convert-to", "xlsx", "--outdir", "saved", str(path)]
    profile = f"-env:UserInstallation=file://{at.folder}/profile"
    subprocess.run([*command, profile], cwd=at.folder, check=True, capture_output=True, timeout=120)
    if not (at.folder / "saved/back.xlsx").exists():
        pytest.skip("this LibreOffice has no Calc")
    with zipfile.ZipFile(at.folder / "saved/back.xlsx") as archive:
        assert b"LibreOffice" in archive.read("docProps/app.xml")
    status, _, err = at.review("saved/back.xlsx")
    assert status == 0, err
    assert [d.kind for d in at.decisions()] == ["read", "link", "link", "link"]


# Parts


@pytest.mark.parametrize("said", ["2026-03-01", "2026/3/1", "2026年3月1日", "2026-03-01 00:00:00", "2026. 3. 1"])
def test_days(said: str) -> None:
    assert day(said, "x") == "2026-03-01"


def test_likeness_is_from_nothing_to_all() -> None:
    assert likeness("abcd", "abcd") == 1
    assert likeness("abcd", "wxyz") == 0
    assert 0.7 < likeness("Trains will run daily.", "Trains run daily.") < 1


def test_parts_of_a_corrected_sentence_are_those_that_are_printed() -> None:
    segment = Segment("en.s1", "One teh end. Two.", (Reading(4, 7, "the"),))
    assert printed_parts(segment, ("One the end.", "Two.")) == ("One teh end.", "Two.")
    assert printed_parts(segment, ("One th", "e end. Two.")) is None

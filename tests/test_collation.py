"""Several witnesses of one language: parts follow each other, readings of one text are told apart."""

from __future__ import annotations

from pathlib import Path

from align.build import build
from align.model import Bitext, block_segments, items
from align.provenance import source_text
from align.sources.documents import Input, InputFile, read_folder

FIRST = (
    "1、港口：双方同意开放三个港口，并在今年年底以前完成全部准备工作。\n"
    "2、费用：双方将降低两国之间货物运输的费用，并定期交换有关信\n"
    "3、专家：专家就风电和太阳能技术的应用交换了意见。\n"
)
SECOND = (
    "1、港口：双方同意开放三个港口，并在今年年底以前完成全部准备工作。\n"
    "2、费用：双方将降低两国之间货物运输的费用，并定期交换有关信息。\n"
    "3、专家：专家就风电和水电技术的应用交换了意见。\n"
)
FOURTH = "4、学生：双方每年互派二百名学生。\n"


def built(folder: Path, standings: tuple[str, ...] = (), **texts: str) -> Bitext:
    files = []
    for at, (name, text) in enumerate(texts.items()):
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8")
        files.append(InputFile(path, standing=standings[at] if standings else "unknown"))
    return build(Input("case", tuple(files)))


def read(bitext: Bitext) -> dict[str, tuple[str, str]]:
    """Each Chinese item: the witness that it is from, and its text."""
    return {i.number: (i.witness, "".join(s.text for s in block_segments(i))) for i in items(bitext.zh)}


def record(bitext: Bitext, witness: int) -> list[str]:
    return [span.how for span in bitext.witnesses[witness].record if span.kind == "left-out"]


def test_the_fullest_witness_is_the_base_and_the_other_is_in_the_record(tmp_path: Path) -> None:
    bitext = built(tmp_path, a=FIRST, b=SECOND + FOURTH)
    assert {number: witness for number, (witness, _) in read(bitext).items()} == dict.fromkeys("1234", "w2")
    assert record(bitext, 0) == ["same-1", "variant-2", "variant-3"]
    assert source_text(bitext, bitext.witnesses[0]) == FIRST


def test_an_item_that_the_base_lacks_or_has_cut_off_comes_from_the_one_that_has_it(tmp_path: Path) -> None:
    bitext = built(tmp_path, a=FIRST + FOURTH + "5、艺术：双方将互办展览。\n", b=SECOND)
    found = read(bitext)
    assert {number: witness for number, (witness, _) in found.items()} == {
        "1": "w1",
        "2": "w2",
        "3": "w1",
        "4": "w1",
        "5": "w1",
    }
    assert found["2"][1].endswith("信息。")
    assert record(bitext, 0) == ["variant-2"]
    assert record(bitext, 1) == ["same-1", "variant-3"]
    assert [source_text(bitext, witness) for witness in bitext.witnesses] == [
        FIRST + FOURTH + "5、艺术：双方将互办展览。\n",
        SECOND,
    ]


def test_nothing_is_completed_across_standings(tmp_path: Path) -> None:
    bitext = built(tmp_path, ("official", "reprint"), a=FIRST, b=SECOND + FOURTH)
    assert {number: witness for number, (witness, _) in read(bitext).items()} == dict.fromkeys("123", "w1")
    assert set(record(bitext, 1)) == {"lower-standing"}


def test_parts_follow_each_other(tmp_path: Path) -> None:
    bitext = built(tmp_path, a=FIRST.replace("有关信", "有关信息。"), b=FOURTH + "5、艺术：双方将互办展览。\n")
    assert list(read(bitext)) == ["1", "2", "3", "4", "5"]
    assert record(bitext, 0) == record(bitext, 1) == []


def test_parts_are_taken_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("en-page-10.txt", "en-page-2.txt", "en.txt", "zh.txt"):
        (tmp_path / name).write_text("x", "utf-8")
    found = [file.path.name for file in read_folder(tmp_path).files]
    assert found == ["en.txt", "en-page-2.txt", "en-page-10.txt", "zh.txt"]

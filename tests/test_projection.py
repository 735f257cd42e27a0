"""A numbered text and one that has lost its numbers."""

from __future__ import annotations

from pathlib import Path

from align.build import build
from align.checks import check
from align.model import Bitext, items, segments
from align.provenance import source_text
from align.sources.documents import Input, InputFile

EN = (
    "1. Both sides agreed to open three ports. They will finish all preparations before the end of this year.\n"
    "2. Both sides will cut the fees of transport of goods between them and exchange information regularly.\n"
    "3. Wind and solar power were studied by experts from four universities.\n"
    "4. Both sides send two hundred students each year.\n"
)
ZH = (
    "双方同意开放三个港口。\n\n双方将在今年年底以前完成全部准备工作。\n\n"
    "双方将降低两国之间货物运输的费用，并定期交换有关信息。\n\n双方每年互派二百名学生。\n"
)


def built(folder: Path, en: str, zh: str) -> Bitext:
    (folder / "a.txt").write_text(en, "utf-8")
    (folder / "b.txt").write_text(zh, "utf-8")
    return build(Input("case", (InputFile(folder / "a.txt"), InputFile(folder / "b.txt"))))


def answers(bitext: Bitext) -> dict[str, str]:
    """English item -> the Chinese text that its links lead to."""
    held = {s.id: s.text for s in segments(bitext.zh)}
    found: dict[str, str] = {}
    for link in bitext.links:
        if link.en:
            item = link.en[0].split(".")[1]
            found[item] = found.get(item, "") + "".join(held[name] for name in link.zh)
    return found


def test_paragraphs_become_the_items_that_they_answer(tmp_path: Path) -> None:
    bitext = built(tmp_path, EN, ZH)
    assert answers(bitext) == {
        "1": "双方同意开放三个港口。双方将在今年年底以前完成全部准备工作。",
        "2": "双方将降低两国之间货物运输的费用，并定期交换有关信息。",
        "3": "",
        "4": "双方每年互派二百名学生。",
    }
    assert [item.number for item in items(bitext.zh)] == ["", "", ""]


def test_no_number_is_made_up_and_nothing_is_lost(tmp_path: Path) -> None:
    bitext = built(tmp_path, EN, ZH)
    assert [source_text(bitext, witness) for witness in bitext.witnesses] == [EN, ZH]
    assert not any(item.label for item in items(bitext.zh))
    assert not [finding for finding in check(bitext) if finding.rule.startswith("number")]


def test_the_same_with_the_languages_swapped(tmp_path: Path) -> None:
    zh = "".join(f"{n}、{line}\n" for n, line in enumerate(ZH.split("\n\n"), 1))
    en = EN.replace("1. ", "").replace("2. ", "\n").replace("3. ", "\n").replace("4. ", "\n")
    bitext = built(tmp_path, en, zh)
    assert [item.number for item in items(bitext.zh)] == ["1", "2", "3", "4"]
    assert {item.number for item in items(bitext.en)} == {""}
    assert source_text(bitext, bitext.witnesses[0]) == en


def test_a_text_with_numbers_of_its_own_keeps_its_items(tmp_path: Path) -> None:
    bitext = built(tmp_path, EN, "1、双方同意开放三个港口。\n\n双方每年互派二百名学生。\n")
    assert [item.number for item in items(bitext.zh)] == ["1"]

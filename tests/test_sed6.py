"""The real document: what its page must give."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, shared

from align.model import Bitext, Block, block_segments, items, reading
from align.provenance import source_text
from align.summary import summarise
from align.units import partners

PAGE = ROOT / "input/sed6-strategic-track/page.txt"


def english(bitext: Bitext) -> dict[str, Block]:
    return {item.number: item for item in items(bitext.en)}


def title(item: Block) -> str:
    return " ".join(segment.text for segment in item.heading)


def body(item: Block) -> str:
    return " ".join(segment.text for block in item.blocks for segment in block.segments)


def test_the_page_is_the_one_that_was_saved() -> None:
    assert PAGE.read_bytes() == shared("input/sed6-strategic-track.txt").read_bytes()


def test_sections_have_headings_in_both_languages(sed6: Bitext) -> None:
    assert [title(s) for s in sed6.en.blocks] == [
        "Sub-National Cooperation",
        "Cooperation on Energy and Climate Change",
    ]
    assert [title(s) for s in sed6.zh.blocks] == ["地方合作", "能源与气候变化合作"]
    assert [reading(s.label) for s in sed6.zh.blocks if s.label] == ["三、", "四、"]


def test_only_the_chinese_sections_have_numbers(sed6: Bitext) -> None:
    assert [s.number for s in sed6.zh.blocks] == ["3", "4"]
    assert [(s.number, s.label) for s in sed6.en.blocks] == [("", None), ("", None)]


def test_sections_answer_each_other(sed6: Bitext) -> None:
    assert partners(sed6) == {"en.s1": "zh.s1", "en.s2": "zh.s2", "en.60": "zh.60"}


def test_english_has_items_36_to_60(sed6: Bitext) -> None:
    assert [item.number for item in items(sed6.en)] == [str(n) for n in range(36, 61)]
    assert [b.number for b in sed6.en.blocks[0].blocks] == [str(n) for n in range(36, 42)]


def test_every_item_has_title_and_body(sed6: Bitext) -> None:
    for item in items(sed6.en):
        assert title(item), item.id
        assert body(item), item.id


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("36", "China-U.S. Sister Cities"),
        ("38", "EcoPartnerships Signing Ceremony"),
        ("41", "Mayors’ Training Program"),
        ("44", "Feasibility Study on Energy-saving Technologies of Green Data Center"),
        ("45", "Exchange and Cooperation in Unconventional Oil and Gas Exploration and Development"),
        ("56", "CERC-ACTC"),
        ("59", "Electric Vehicles and Industrial Energy Efficiency Cooperation"),
        ("60", "Strategic Cooperation on “Digital Energy”"),
    ],
)
def test_titles_that_wrap_are_whole(sed6: Bitext, number: str, expected: str) -> None:
    assert title(english(sed6)[number]) == expected


def test_numbers_in_running_text_open_no_item(sed6: Bitext) -> None:
    assert "for two weeks in summer 2014. The study tour offered" in body(english(sed6)["42"])
    assert "(3) standards, testing and certification, (4) solar, and (5) wind." in body(english(sed6)["58"])


def test_items_53_and_54_share_a_title_and_stay_two(sed6: Bitext) -> None:
    found = english(sed6)
    assert title(found["53"]) == title(found["54"]) == "China-U.S. Civil Nuclear Energy R&D"
    assert body(found["53"]) != body(found["54"])


def test_a_misprint_stays(sed6: Bitext) -> None:
    assert "signed a Memorandum of Understand on Electric Vehicle" in body(english(sed6)["59"])


def test_hard_wraps_are_joined(sed6: Bitext) -> None:
    assert "under the Ten-Year Framework, and anticipates that these new EcoPartnerships" in body(english(sed6)["38"])
    assert not any("\n" in segment.text for item in items(sed6.en) for segment in block_segments(item))


def test_five_items_are_truncated_and_no_other(sed6: Bitext) -> None:
    cut = [item.number for item in items(sed6.en) if any(s.truncated for s in block_segments(item))]
    assert cut == ["37", "40", "50", "52", "55"]
    assert not any(s.truncated for item in items(sed6.zh) for s in block_segments(item))


def test_one_aligned_item_and_24_gaps(sed6: Bitext) -> None:
    summary = summarise(sed6)
    assert summary.aligned == 1
    assert summary.zh.missing == tuple(str(n) for n in range(36, 60))
    missing = [link for link in sed6.links if "missing" in link.flags]
    assert [link.zh for link in missing] == [()] * 24
    assert all(link.en for link in missing)


def test_what_is_left_out_is_recorded_with_its_place(sed6: Bitext) -> None:
    left_out = [span for span in sed6.witnesses[0].record if span.kind == "left-out"]
    assert [(span.text, span.how) for span in left_out] == [
        ("|", "bar"),
        ("( 渝ICP备10012431号-2 )", "licence"),
        ("GMT+8, 2014-7-14 20:43 , Processed in 0.073111 second(s), 20 queries , Gzip On.", "timing"),
    ]
    text = PAGE.read_text("utf-8")
    assert all(text[span.start : span.end] == span.text for span in left_out)


def test_half_width_punctuation_has_a_reading_and_stays_as_printed(sed6: Bitext) -> None:
    (item,) = items(sed6.zh)
    (sentence,) = item.blocks[0].segments
    assert "研讨会,就数字能源交换意见,支持" in sentence.text
    assert "研讨会，就数字能源交换意见，支持" in reading(sentence)
    assert item.delimiter is not None
    assert (item.delimiter.text, reading(item.delimiter)) == (":", "：")


def test_the_source_can_be_written_again(sed6: Bitext) -> None:
    assert source_text(sed6, sed6.witnesses[0]) == PAGE.read_text("utf-8")


def test_the_titles_are_marked_as_given(sed6: Bitext) -> None:
    assert [(t.lang, t.origin) for t in sed6.meta.titles] == [("en", "given"), ("zh", "given")]
    assert sed6.witnesses[0].standing == "reprint"


def test_every_output_says_so(sed6: Bitext, tmp_path: Path) -> None:
    from align.exporters._brief import brief

    english_says, chinese_says = brief(sed6).statement
    assert "25 items in English, 1 in Chinese, 1 aligned." in english_says
    assert "No Chinese text is held for items 36–59 (24 items)." in english_says
    assert "items 37, 40, 50, 52, 55" in english_says
    assert "第36至59项（共24项）未收录中文文本" in chinese_says

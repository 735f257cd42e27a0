"""What nobody expects in a brief: each sets a page, or says clearly what could not be set."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from test_pdf import bitext, item, needs_pdftotext, opened, pair, pdf, sample, section, solid, text
from test_pdf_tagged import failures

from align.model import Title
from align.wishes import LAYOUTS

LONG_EN = "The sides will meet again and report on what was done. " * 900
LONG_ZH = "双方将再次会晤并报告工作进展情况。" * 1200


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_item_of_more_than_ten_pages(layout: str) -> None:
    content = pdf(pair(LONG_EN, LONG_ZH), layout=layout)
    assert failures(content) == []
    assert len(re.findall(rb"/Type /Page\b(?!s)", opened(content))) >= 10


@needs_pdftotext
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_title_of_five_hundred_characters(layout: str, tmp_path: Path) -> None:
    one, two = "Very long title " * 31 + "ends", "很长的标题" * 100
    made = sample()
    meta = replace(made.meta, titles=(Title("en", one, "given"), Title("zh", two, "given")))
    content = pdf(replace(made, meta=meta), layout=layout)
    assert failures(content) == []
    found = solid(text(content, tmp_path, "-raw"))
    assert solid(one) in found or layout == "zh"
    assert solid(two) in found or layout == "en"


@needs_pdftotext
def test_a_heading_and_an_item_title_of_five_hundred_characters(tmp_path: Path) -> None:
    en, zh = "Long heading " * 40, "很长的小标题" * 80
    made = bitext(
        section("en", "1", en, item("en", "1", en, "Text.")), section("zh", "1", zh, item("zh", "1", zh, "文。"))
    )
    for layout in LAYOUTS:
        content = pdf(made, layout=layout)
        assert failures(content) == []
        found = solid(text(content, tmp_path, "-raw"))
        assert solid(en) in found or layout == "zh"
        assert solid(zh) in found or layout == "en"


@needs_pdftotext
def test_three_thousand_rare_characters_are_set_or_spelled_out(tmp_path: Path) -> None:
    rare = [chr(0x20000 + at) for at in range(3000)]
    content = pdf(pair("Rare characters.", "".join(rare) + "。"))
    assert failures(content) == []
    found = solid(text(content, tmp_path, "-raw"))
    assert all(char in found or f"[U+{ord(char):04X}]" in found for char in rare)


@needs_pdftotext
@pytest.mark.parametrize(
    "said",
    [
        "العربية والعبرية עברית",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e8\U0001f1f3",
        "नमस्ते ไทย",
        "e\u0301a\u0300",
    ],
    ids=["right to left", "emoji", "shaped scripts", "combining"],
)
def test_what_the_faces_do_not_have_is_spelled_out(said: str, tmp_path: Path) -> None:
    content = pdf(pair(f"Start {said} end", f"开始{said}结束"))
    assert failures(content) == []
    found = solid(text(content, tmp_path, "-raw"))
    for char in solid(said).replace("\u200d", ""):
        assert char in found or f"[U+{ord(char):04X}]" in found or char in "e\u0301a\u0300"
    assert "Start" in found
    assert "结束" in found


def test_nothing_but_numbers_and_no_titles() -> None:
    made = bitext(item("en", "1", "", "x"), item("zh", "1", "", "一"))
    bare = replace(made, meta=replace(made.meta, titles=(), date=""))
    for layout in LAYOUTS:
        assert failures(pdf(bare, layout=layout)) == []


def test_odd_characters_in_a_title_do_not_break_the_file() -> None:
    made = sample()
    title = "A (b) \\ <c> & \t]]> \x07 %s {x}"
    meta = replace(made.meta, titles=(Title("en", title, "given"), Title("zh", title, "given")))
    assert failures(pdf(replace(made, meta=meta))) == []

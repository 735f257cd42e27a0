"""From sources to a corpus: what the alignment changes in the sentences, and what is said of doubtful texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.aligner.beads import align_texts
from align.build import build
from align.checks import check
from align.corpus import read, write
from align.dictionary import load
from align.model import Bitext, segments
from align.sources.documents import Input, InputFile

SPLIT = """36. Trade talks
The two sides will hold the next round of trade talks in Geneva in May 2015 and then meet Mr. Wang in Beijing. \
They agreed on the price of steel.

36、贸易谈判
双方将于2015年5月在日内瓦举行下一轮贸易谈判……“随后在北京会见王先生。”双方就钢材价格达成一致。
"""

CROSSED = """37. Education
Both sides opened three schools in Shanghai in 2013. The teachers will receive training every year.

37、教育
教师每年都将接受培训。双方于2013年在上海开设了三所学校。
"""

OMITTED = """36. Both sides opened three ports in 2013. They will meet again in Geneva on 5 May 2015. \
The prices of steel fell.

36、2013年，双方开放了三个口岸。钢材价格下降。
"""

UNRELATED_EN = (
    "The farmers harvested wheat before the storm reached the valley.",
    "A museum in Vienna lent forty paintings to the exhibition.",
    "Doctors warned that the vaccine must be stored in refrigerators.",
    "The orchestra played two symphonies and a concerto.",
    "Students measured the temperature of the river every morning.",
    "An old bridge collapsed after the flood.",
    "The airline cancelled all flights to the islands.",
    "Engineers tested the brakes of the new train.",
)
UNRELATED_ZH = (
    "董事会批准了年度预算草案。",
    "法院驳回了他提出的上诉。",
    "委员会选举张女士担任主席。",
    "股东大会将于秋季召开。",
    "该公司的债券评级被下调。",
    "证人拒绝回答律师的问题。",
    "议会通过了修改税法的议案。",
    "银行提高了存款利率。",
)


def made(folder: Path, text: str) -> Bitext:
    path = folder / "text.txt"
    path.write_text(text, "utf-8")
    return build(Input("made", (InputFile(path),)))


def round_trip(folder: Path, bitext: Bitext) -> Bitext:
    (folder / "made.xml").write_bytes(write(bitext))
    return read(folder / "made.xml")


def shapes(bitext: Bitext) -> list[tuple[int, int]]:
    return [(len(link.en), len(link.zh)) for link in bitext.links]


def test_a_sentence_cut_at_an_ellipsis_is_joined_where_one_sentence_answers_it(tmp_path: Path) -> None:
    bitext = made(tmp_path, SPLIT)
    texts = {segment.id: segment.text for segment in segments(bitext.zh)}
    assert texts["zh.36.s1"] == "双方将于2015年5月在日内瓦举行下一轮贸易谈判……“随后在北京会见王先生。”"
    assert list(texts) == ["zh.36.h.s1", "zh.36.s1", "zh.36.s2"]
    assert shapes(bitext) == [(1, 1), (1, 1), (1, 1)]
    assert round_trip(tmp_path, bitext) == bitext


def test_sentences_that_change_places_in_an_item_cross(tmp_path: Path) -> None:
    bitext = made(tmp_path, CROSSED)
    crossing = [(link.en, link.zh) for link in bitext.links if "crossing" in link.flags]
    assert crossing == [(("en.37.s1",), ("zh.37.s2",)), (("en.37.s2",), ("zh.37.s1",))]
    assert round_trip(tmp_path, bitext) == bitext


def test_an_omission_in_a_single_item_is_told(tmp_path: Path) -> None:
    bitext = made(tmp_path, OMITTED)
    assert shapes(bitext) == [(1, 1), (1, 0), (1, 1)]
    assert bitext.links[1].flags == ("omitted",)


def test_texts_that_are_no_translations_are_one_finding(tmp_path: Path) -> None:
    en, zh = (list(side) * 2 for side in (UNRELATED_EN, UNRELATED_ZH))
    bitext = made(tmp_path, "\n\n".join(en) + "\n\n" + "\n\n".join(zh) + "\n")
    told = [finding for finding in check(bitext) if finding.rule in ("unrelated", "doubtful")]
    assert [finding.rule for finding in told] == ["unrelated"]
    assert "hardly answer each other" in told[0].message


def test_a_glossary_is_in_the_method(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(OMITTED, "utf-8")
    (tmp_path / "glossary.tsv").write_text("ports\t口岸\n", "utf-8")
    bitext = build(Input("made", (InputFile(tmp_path / "text.txt"),), glossary=tmp_path / "glossary.tsv"))
    assert "; glossary of 1 terms, CRC-32 " in bitext.method


@pytest.mark.parametrize("size", [151, 400])
def test_one_sentence_against_a_long_text(size: int) -> None:
    zh = [f"双方{chr(0x4E00 + 7 * n)}{chr(0x5E00 + 3 * n)}。" for n in range(size)]
    beads = align_texts(["The two sides met."], zh, load())
    assert [j for bead in beads for j in bead.zh] == [*range(size)]

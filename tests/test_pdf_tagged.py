"""PDF/UA-1 and PDF/A-2a: no rule of either fails, on any layout, paper or edition; and what the tags say."""

from __future__ import annotations

import re
from functools import cache

import pytest
from test_pdf import ENGLISH, bitext, item, opened, pair, pdf, sample, section

from align.exporters._pdf_fonts import to_unicode
from align.exporters._pdf_metadata import hexadecimal, srgb
from align.exporters._pdf_tags import DOCUMENT, Element, Tree
from align.model import Bitext
from align.wishes import LAYOUTS, PAGES

page = pytest.importorskip("page", reason="page-validation is not installed")
PROFILES = ("ua1", "2a")


def failures(content: bytes) -> list[str]:
    """The rules of both profiles that a file breaks."""
    limits = page.SafetyLimits.unlimited()
    reports = [page.validate_pdf_bytes(content, profile=profile, limits=limits) for profile in PROFILES]
    return [f"{failure.rule_id}: {failure.message}" for report in reports for failure in report.failures]


@cache
def long() -> Bitext:
    """Ten sections of twenty items: long enough for a contents list."""
    said = {"en": (ENGLISH,) * 4, "zh": ("双方决定于2014年7月10日在北京举行研讨会。",) * 4}
    sides = []
    for lang, title in (("en", "Chapter"), ("zh", "章")):
        blocks = [
            section(
                lang, f"s{at}", f"{title} {at}", *(item(lang, f"{at * 20 + k}", "", *said[lang]) for k in range(20))
            )
            for at in range(10)
        ]
        sides.append(section(lang, "0", title, *blocks))
    en, zh = sides
    return bitext(en, zh)


@pytest.mark.parametrize("paper", PAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_rule_fails_on_any_layout(layout: str, paper: str) -> None:
    content = pdf(sample(), layout=layout, page=paper)
    assert failures(content) == []
    assert pdf(sample(), layout=layout, page=paper) == content


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("tag", ["zh-Hant-TW", "zh-Hant-HK"])
def test_no_rule_fails_on_any_edition(layout: str, tag: str) -> None:
    content = pdf(sample(tag), layout=layout)
    assert failures(content) == []
    assert layout == "en" or f"({tag})".encode() in opened(content)


def test_no_rule_fails_with_a_contents_list_or_with_several_briefs() -> None:
    assert failures(pdf(long())) == []
    assert failures(pdf(sample(), sample("zh-Hant"))) == []


@pytest.mark.parametrize("seed", range(6))
def test_no_length_of_a_stream_is_ever_taken_for_another(seed: int) -> None:
    """Compressed content may end in what looks like the end of a line."""
    assert failures(pdf(pair(f"word {seed} " * seed, "字" * seed), layout="en")) == []


def test_every_language_is_named() -> None:
    said = opened(pdf(sample()))
    assert set(re.findall(rb"/Lang \(([\w-]+)\)", said)) == {b"en", b"zh-Hans"}
    assert re.search(rb"/S /P [^>]*/Lang \(zh-Hans\)", said)


def test_running_heads_rules_and_tints_are_no_content() -> None:
    said = opened(pdf(long()))
    for kind in (rb"/Type /Pagination /Subtype /Header", rb"/Type /Pagination /Subtype /Footer", rb"/Type /Layout"):
        assert b"/Artifact <<%s" % kind in said


def test_links_lead_to_places_that_there_are() -> None:
    said = opened(pdf(long()))
    links = set(re.findall(rb"/Dest /(\S+) /StructParent", said))
    assert len(links) > 8
    assert all(re.search(rb"/%s \[ \d+ 0 R /XYZ" % re.escape(name), said) for name in links)
    assert said.count(b"/Type /OBJR") == said.count(b"/Subtype /Link /Rect")


def test_elements_stand_in_reading_order_wherever_their_marks_are() -> None:
    list_, first, second = Element("L", parent=DOCUMENT), Element("P"), Element("P")
    held, other = Element("LI", parent=list_), Element("P", parent=DOCUMENT)
    tree = Tree()
    tree.page()
    assert [tree.mark(held), tree.mark(other)] == [0, 1]
    tree.page()
    assert [tree.mark(other), tree.link(held, "x")] == [0, 2]
    assert tree.kids[DOCUMENT] == [list_, other]
    assert tree.kids[held] == [(0, 0), (1, "x")]
    assert tree.kids[other] == [(0, 1), (1, 0)]
    assert tree.parents == [[held, other], [other], held]
    assert first != second


def test_the_map_to_unicode_leaves_out_the_empty_glyph_and_cuts_nothing_short() -> None:
    said = to_unicode("X", [0, 0x20, 0x20000, *range(0x4E00, 0x4E00 + 150)])
    assert "<00> <0000>" not in said
    assert "<02> <D840DC00>" in said
    assert [int(count) for count in re.findall(r"(\d+) beginbfchar", said)] == [100, 52]


def test_half_of_a_pair_does_not_stop_the_text() -> None:
    assert hexadecimal("a\ud800b") == "FEFF0061FFFD0062"


def test_the_colour_profile_is_whole_and_has_no_time_of_making() -> None:
    profile = srgb()
    assert int.from_bytes(profile[:4]) == len(profile)
    assert profile[36:40] == b"acsp"
    assert srgb() == profile

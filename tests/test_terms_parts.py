"""What may be a term in each language, short forms, and the measures by which terms are chosen."""

from __future__ import annotations

import pytest

from align import dictionary
from align.terms.acronyms import chinese_forms, english_forms, is_shortened
from align.terms.chinese import segment, spans
from align.terms.classes import load_classes
from align.terms.english import Noun, tokens
from align.terms.linking import c_values, likelihood_ratio
from align.terms.passages import Passage
from align.terms.texts import fits, read_texts


def phrases(text: str) -> set[str]:
    words = tokens(text)
    return {
        text[words[phrase.start].start : words[phrase.end - 1].end]
        for phrase in Noun([words], load_classes()).phrases(words)
    }


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("They met the Ministry of Science and Technology in May.", "Ministry of Science and Technology"),
        ("The people’s courts of the region opened.", "people’s courts"),
        ("It lowers greenhouse-gas emissions at once.", "greenhouse-gas emissions"),
        ("Support for developing countries in the region grew.", "developing countries"),
        ("The rules on persons with disabilities apply.", "persons with disabilities"),
        ("We joined the World Trade Organization (WTO).", "World Trade Organization"),
    ],
)
def test_what_may_be_a_term(text: str, term: str) -> None:
    assert term in phrases(text)


@pytest.mark.parametrize(
    ("text", "no_term"),
    [
        ("They will promote trade fairs.", "promote trade fairs"),
        ("They met the Ministry of Science and Technology in May.", "Ministry of"),
        ("The relevant departments shall meet.", "relevant departments"),
        ("Ports, roads and bridges are open.", "Ports, roads"),
        ("By maintaining the public order they succeed.", "maintaining the public order"),
        ("It lowers greenhouse-gas emissions at once.", "gas emissions"),
        ("It is widely used energy.", "widely used energy"),
        ("They met Smith and Jones in May.", "Smith and Jones"),
    ],
)
def test_what_is_none(text: str, no_term: str) -> None:
    assert no_term not in phrases(text)


def test_chinese_words_and_terms() -> None:
    [words] = segment(["中华人民共和国和各国的国际合作。"], dictionary.load())
    found = {span.text for span in spans(words)}
    assert {"国际合作", "中华人民共和国"} <= found
    assert not any(text[0] in "和的。" or text[-1] in "和的。" for text in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the International Labour Organization (ILO) met", ("ILO", "International Labour Organization")),
        ("the Ministry of Foreign Affairs (“MFA”) said", ("MFA", "Ministry of Foreign Affairs")),
        ("gross domestic product (hereinafter referred to as GDP) rose", ("GDP", "gross domestic product")),
    ],
)
def test_english_short_forms(text: str, expected: tuple[str, str]) -> None:
    words = tokens(text)
    [(short, start, end)] = english_forms(text, words)
    assert (short, text[words[start].start : words[end - 1].end]) == expected


@pytest.mark.parametrize("text", ["the ports (see below) are open", "three ports (USA) are open", "ports (I) open"])
def test_brackets_that_hold_no_short_form(text: str) -> None:
    assert not list(english_forms(text, tokens(text)))


@pytest.mark.parametrize(
    "text",
    [
        "世界贸易组织（以下简称“世贸组织”）",
        "世界貿易組織（以下簡稱世貿組織）",
        "世界贸易组织(简称世贸组织)",
        "世界贸易组织（以下称“世贸组织”）",
    ],
)
def test_chinese_short_forms(text: str) -> None:
    [(short, before)] = chinese_forms(f"参加{text}的会议")
    assert is_shortened(short, before)
    assert len(short) == 4
    assert before.endswith(text[:6])


def test_a_term_inside_others_counts_for_what_it_is_alone() -> None:
    assert c_values({"trade": 10, "free trade": 4, "world trade": 2}) == {
        "trade": 7.0,
        "free trade": 4.0,
        "world trade": 2.0,
    }
    assert c_values({"free trade": 4, "free trade zone": 4})["free trade"] == 0


def test_chance_is_told_from_company() -> None:
    assert likelihood_ratio(5, 5, 5, 100) > likelihood_ratio(3, 5, 5, 100) > 6
    assert likelihood_ratio(25, 50, 50, 100) == pytest.approx(0, abs=1e-6)


def test_the_complete_pair_fits_best() -> None:
    texts = read_texts(
        [
            Passage("The trade fund opened", "贸易基金开放了", "a"),
            Passage("The green fund closed", "绿色基金关闭了", "a"),
            Passage("They met the green trade fund", "他们会见了绿色贸易基金", "a"),
        ],
        dictionary.load(),
    )
    table = fits(texts, 2, texts.phrases[2], texts.spans[2])
    at = [texts.surface(2, phrase) for phrase in texts.phrases[2]].index("green trade fund")
    assert texts.spans[2][int(table[at].argmax())].text == "绿色贸易基金"
    assert 0 <= table.min() <= table.max() <= 1

"""Where sentences end: the cases a translator wrote, and what holds for any text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from align.segmentation.sentences import spans

CASES = Path(__file__).parent / "cases"
PIECES = [
    *"aAbIx19 \t\n.。．…！？!?；;:：，,、-—·%“”‘’\"'「」『』()（）[]［］《》〈〉【】好的一是等和平",
    *("U.S.", "p.m.", "No.", "Mr.", "Inc.", "e.g.", "J.", "Art.", "etc.", "Jan.", "Annex B.", "1.", "36. "),
    *(
        "The ",
        "In ",
        " He ",
        "Participants ",
        "Section 1.",
        "(a) ",
        "（一）",
        "[1]",
        "……",
        "...",
        ". ",
        "。”",
    ),
    *("eBay", "www.a.org", "一.", "为主题", "一文", "与此", '. "', "？”", "\u3000", "\u2028", "\r"),
]


@dataclass(frozen=True, slots=True)
class Case:
    lang: str
    title: str
    text: str
    sentences: tuple[str, ...]


def cases() -> list[Case]:
    return [case for lang in ("en", "zh") for case in read(lang)]


def read(lang: str) -> list[Case]:
    sections = (CASES / f"segmentation.{lang}.md").read_text(encoding="utf-8").split("\n## ")[1:]
    return [case(lang, section) for section in sections]


def case(lang: str, section: str) -> Case:
    title, *lines = section.splitlines()
    text = "\n".join(line.removeprefix("> ") for line in lines if line.startswith("> "))
    sentences = tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
    return Case(lang, title, text, sentences)


# A few pieces over and over meet in more ways than many pieces once.
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8, unique=True).flatmap(
    lambda few: st.lists(st.sampled_from(few), max_size=40).map("".join)
)
languages = st.sampled_from(["en", "zh"])


def test_there_are_enough_cases_and_each_has_its_own_title() -> None:
    found = cases()
    assert len(read("en")) >= 40
    assert len(read("zh")) >= 30
    assert len({case.title for case in found}) == len(found)
    assert all(case.text and case.sentences for case in found)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert tuple(case.text[a:b] for a, b in spans(case.text, case.lang)) == case.sentences


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("blank", ["", " ", "\n \u3000\n", "\r\n"])
def test_blank_text_has_no_sentence(lang: str, blank: str) -> None:
    assert spans(blank, lang) == []


@pytest.mark.parametrize(("opening", "closing"), ["（）", "《》", '""'])
def test_what_closes_far_away_holds_nothing_together(opening: str, closing: str) -> None:
    text = f"甲{opening}乙。" + "丙。" * 200 + f"丁{closing}戊。"
    assert len(spans(text, "zh")) == 202


@given(texts, languages)
@settings(max_examples=400, deadline=None)
def test_only_white_space_lies_between_sentences(text: str, lang: str) -> None:
    at = 0
    for begin, end in spans(text, lang):
        assert at <= begin < end
        assert not text[at:begin].strip()
        assert text[begin:end] == text[begin:end].strip()
        at = end
    assert not text[at:].strip()


@given(texts, languages)
@settings(max_examples=400, deadline=None)
def test_no_sentence_runs_over_a_line(text: str, lang: str) -> None:
    assert not any("\n" in text[begin:end] for begin, end in spans(text, lang))


@given(texts, languages)
@example('好？”. "\t的', "zh")
@example('"好。的' + "x " * 160 + '。 "。的"', "zh")
@example('"好。' + "的" * 400 + '。"好。好"的。', "zh")
@example('"U.S.J.的。的. "的', "zh")
@settings(max_examples=600, deadline=None)
def test_splitting_a_sentence_again_gives_that_sentence(text: str, lang: str) -> None:
    for begin, end in spans(text, lang):
        assert spans(text[begin:end], lang) == [(0, end - begin)]


@given(st.text(), languages)
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_split_once_and_for_all(text: str, lang: str) -> None:
    sentences = [text[begin:end] for begin, end in spans(text, lang)]
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(spans(sentence, lang) == [(0, len(sentence))] for sentence in sentences)

"""Two documents to links: items by number, sentences inside them, gaps where there is nothing."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner import align
from align.aligner.numbers import chinese_numbers, english_numbers
from align.dictionary import load
from align.model import Block, Document, Lang, Link, Segment, segments


def document(lang: Lang, *items: tuple[str, list[str]]) -> Document:
    """Items by number, each with sentences; an empty number is a paragraph outside any item."""
    blocks, number_of = [], count(1)
    for number, said in items:
        name = f"{lang}.{number}" if number else f"{lang}.p{next(number_of)}"
        held = tuple(Segment(f"{name}.s{n}", text) for n, text in enumerate(said, 1))
        inner = Block(f"{name}.p1", "paragraph", segments=held)
        blocks.append(
            Block(name, "item", number, blocks=(inner,)) if number else Block(name, "paragraph", segments=held)
        )
    return Document(lang, "en" if lang == "en" else "zh-Hans", tuple(blocks))


def shape(links: tuple[Link, ...]) -> list[tuple[int, int]]:
    return [(len(link.en), len(link.zh)) for link in links]


def test_sentences_one_to_one() -> None:
    en = document("en", ("1", ["Both sides opened three ports in 2014.", "They cut all fees in May 2015."]))
    zh = document("zh", ("1", ["双方于2014年开放了三个口岸。", "双方于2015年5月取消了所有费用。"]))
    links = align(en, zh)
    assert shape(links) == [(1, 1), (1, 1)]
    assert all(link.confidence > 0.9 and not link.flags for link in links)


def test_two_sentences_answer_one() -> None:
    en = document(
        "en", ("1", ["Both sides opened three ports in 2014.", "They also cut all of the fees there.", "CPAFFC hosts."])
    )
    zh = document("zh", ("1", ["2014年双方开放了三个口岸，并取消了那里的所有费用。", "CPAFFC主办。"]))
    assert shape(align(en, zh)) == [(2, 1), (1, 1)]


def test_an_omitted_sentence_is_found() -> None:
    en = document(
        "en",
        ("1", [
            "Both sides opened three ports in 2014.",
            "The United States sent 250 officers to the opening ceremony in San Francisco in the spring.",
            "The CPAFFC will hold the next meeting in 2016.",
        ]),
    )  # fmt: skip
    zh = document("zh", ("1", ["双方于2014年开放了三个口岸。", "CPAFFC将于2016年举行下次会议。"]))
    links = align(en, zh, load())
    assert shape(links) == [(1, 1), (1, 0), (1, 1)]
    assert links[1].flags == ("omitted",)


def test_items_answer_by_number_and_missing_ones_are_gaps() -> None:
    en = document("en", ("1", ["One port."]), ("2", ["Two fees."]), ("3", ["Three roads."]))
    zh = document("zh", ("2", ["两项费用。"]), ("4", ["四座桥梁。"]))
    assert [(link.en, link.zh, link.flags) for link in align(en, zh)] == [
        (("en.1.s1",), (), ("missing",)),
        (("en.2.s1",), ("zh.2.s1",), ()),
        (("en.3.s1",), (), ("missing",)),
        ((), ("zh.4.s1",), ("missing",)),
    ]


def test_a_missing_item_is_one_link_with_all_its_sentences() -> None:
    en = document("en", ("1", ["One port.", "Two ports.", "Three ports."]))
    assert align(en, document("zh")) == (Link(("en.1.s1", "en.1.s2", "en.1.s3"), (), flags=("missing",)),)


def test_a_number_used_twice_answers_in_order() -> None:
    en = Document("en", "en", (*document("en", ("1", ["Port."])).blocks, _again("en", "Fee.")))
    zh = Document("zh", "zh-Hans", (*document("zh", ("1", ["口岸。"])).blocks, _again("zh", "费用。")))
    assert [(link.en, link.zh) for link in align(en, zh)] == [
        (("en.1.s1",), ("zh.1.s1",)),
        (("en.1-2.s1",), ("zh.1-2.s1",)),
    ]


def _again(lang: Lang, text: str) -> Block:
    inner = Block(f"{lang}.1-2.p1", "paragraph", segments=(Segment(f"{lang}.1-2.s1", text),))
    return Block(f"{lang}.1-2", "item", "1", blocks=(inner,))


def test_paragraphs_answer_between_the_same_items() -> None:
    en = document("en", ("", ["Both sides met in 2014."]), ("1", ["One port."]))
    zh = document("zh", ("", ["双方于2014年会晤。"]), ("1", ["一个口岸。"]))
    assert shape(align(en, zh)) == [(1, 1), (1, 1)]


def test_truncated_sentences_flag_their_links() -> None:
    en = Document(
        "en", "en", (Block("en.p1", "paragraph", segments=(Segment("en.p1.s1", "They cut", truncated=True),)),)
    )
    (link,) = align(en, document("zh"))
    assert link.flags == ("missing", "truncated")


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("thirty-four", "三十四"), ("34", "３４"), ("1.2 billion", "12亿"), ("two hundred and six", "二百零六"),
        ("the sixth", "第六"), ("July 2014", "2014年7月"), ("2,142", "2，142"), ("2025", "二〇二五年"),
        ("3 million", "三百万"), ("120 million", "1.2億"),
    ],
)  # fmt: skip
def test_numbers_are_the_same_in_both_languages(en: str, zh: str) -> None:
    assert sorted(english_numbers(en.replace("-", " "))) == sorted(chinese_numbers(zh))


SENTENCES = st.sampled_from(
    [
        ("Both sides met in 2014.", "双方于2014年会晤。"),
        ("They agreed.", "双方同意。"),
        ("CPAFFC hosts the Forum.", "CPAFFC主办论坛。"),
    ]
)
ITEMS = st.lists(st.lists(SENTENCES, min_size=1, max_size=5), min_size=1, max_size=4)
DROPS = st.sets(st.integers(0, 20), max_size=6)


@given(items=ITEMS, en_drops=DROPS, zh_drops=DROPS)
@settings(max_examples=80, deadline=None)
def test_every_segment_once_and_in_order(
    items: list[list[tuple[str, str]]], en_drops: set[int], zh_drops: set[int]
) -> None:
    en = document("en", *((str(n), said) for n, said in enumerate(_side(items, 0, en_drops), 1) if said))
    zh = document("zh", *((str(n), said) for n, said in enumerate(_side(items, 1, zh_drops), 1) if said))
    links = align(en, zh)
    for at, side in enumerate((en, zh)):
        linked = [name for link in links for name in (link.en, link.zh)[at]]
        assert linked == [segment.id for segment in segments(side)]


def _side(items: list[list[tuple[str, str]]], side: int, drops: set[int]) -> list[list[str]]:
    numbered = count()
    return [[pair[side] for pair in item if next(numbered) not in drops] for item in items]

"""What the aligner finds again in a translation: numbers, names, terms, words, and how sentences end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.ends import beginning, edges, ending, expected
from align.aligner.names import LONGEST, find_names, heard, packed
from align.aligner.numbers import chinese_numbers, english_numbers, number_words
from align.aligner.tokens import Texts, read_texts
from align.dictionary import empty, load
from align.stems import BREAK, forms, forms_of_all, stem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34 of thirty-four", ["#34", "#34"]),
        ("1.2 billion and 3 million", ["#1.2e+09", "#3e+06"]),
        ("two hundred and six", ["#206"]),
        ("two thousand and eight", ["#2008"]),
        ("five thousand three hundred", ["#5300"]),
        ("two million three hundred thousand", ["#2.3e+06"]),
        ("a hundred thousand", ["#100000"]),
        ("a thousand million", ["#1e+09"]),
        ("one two", ["#1", "#2"]),
        ("twenty and five", ["#20", "#5"]),
        ("the twenty-first century", ["#21"]),
        ("on the thirtieth day", ["#30"]),
        ("hundreds of thousands", []),
        ("5 May, in March; march on, you may", ["#5", "#5", "#3"]),
        ("in 2014-15 at 2,142", ["#2014", "#15", "#2142"]),
        ("12. 1,000, 0.5", ["#12", "#1000", "#0.5"]),
        ("the 1990s and the 3rd", ["#1990", "#3"]),
        ("3.5 to 4.5 million", ["#3.5", "#4.5e+06"]),
        ("and hundred and", ["#100"]),
        ("nothing, anyone, tenth", ["#10"]),
        ("", []),
    ],
)
def test_english_numbers(text: str, expected: list[str]) -> None:
    assert list(english_numbers(text.replace("-", " "))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34和３４和三十四", ["#34", "#34", "#34"]),
        ("12亿、1.2億", ["#1.2e+09", "#1.2e+08"]),
        ("二百零六", ["#206"]),
        ("两千零八", ["#2008"]),
        ("一万五千和12万5千", ["#15000", "#125000"]),
        ("三千八百四十九万二千一百零三", ["#3.84921e+07"]),
        ("一亿三千万", ["#1.3e+08"]),
        ("十二亿五千万", ["#1.25e+09"]),
        ("5亿3000万", ["#5.3e+08"]),
        ("3.5万亿", ["#3.5e+12"]),
        ("一万二千亿", ["#1.2e+12"]),
        ("二〇二五年和一九九八年", ["#2025", "#1998"]),
        ("百分之十", ["#10"]),
        ("一百分", ["#100"]),
        ("第六届", ["#6"]),
        ("2014年7月", ["#2014", "#7"]),
        ("2，142人", ["#2142"]),
        ("三、四", ["#3", "#4"]),
        ("亿万富翁", []),
        ("", []),
    ],
)
def test_chinese_numbers(text: str, expected: list[str]) -> None:
    assert list(chinese_numbers(text)) == expected


@pytest.mark.parametrize("text", ["hundred " * 9000, "9" * 9000, "two million " * 9000, "ninety nine " * 9000])
def test_no_english_number_is_too_large(text: str) -> None:
    assert all(token.startswith("#") for token in english_numbers(text))


@pytest.mark.parametrize("text", ["九" * 9000, "万" * 9000, "一万" * 9000, "一亿" * 9000, "９" * 9000, "十百千" * 3000])
def test_no_chinese_number_is_too_large(text: str) -> None:
    assert all(token.startswith("#") for token in chinese_numbers(text))


@given(st.text("0123456789０９,，.．一十百千万亿零两 年", max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_digits_are_read(text: str) -> None:
    assert all(token[0] == "#" for token in (*chinese_numbers(text), *english_numbers(text)))


DIGITS = "零一二三四五六七八九"


def spelt(value: int) -> str:
    """A number below ten thousand in Han characters."""
    found, empty_place = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            found += ("零" if empty_place and found else "") + DIGITS[digit] + unit
        empty_place = not digit
    return found


@given(st.integers(1, 9999), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
@settings(max_examples=200, deadline=None)
def test_every_number_in_han_characters(value: int, scale: tuple[str, int]) -> None:
    unit, factor = scale
    assert list(chinese_numbers(f"共{spelt(value)}{unit}。")) == list(english_numbers(str(value * factor)))
    assert list(chinese_numbers(f"共{value}{unit}。")) == list(english_numbers(str(value * factor)))


def test_number_words_are_what_makes_a_number() -> None:
    for word in number_words():
        assert list(english_numbers(word.capitalize())), word


@pytest.mark.parametrize(
    ("name", "chinese"),
    [
        ("Bezos", "贝索斯"), ("Merkel", "默克尔"), ("Sullivan", "沙利文"), ("Guterres", "古特雷斯"), ("Tusk", "图斯克"),
        ("Raimondo", "雷蒙多"), ("Branstad", "布兰斯塔德"), ("Philips", "菲利普斯"), ("Blinken", "布林肯"),
        ("Trudeau", "特鲁多"), ("Bolsonaro", "博尔索纳罗"), ("Netanyahu", "内塔尼亚胡"), ("Lavrov", "拉夫罗夫"),
    ],
)  # fmt: skip
def test_names_are_heard(name: str, chinese: str) -> None:
    others = [heard(other) for other in ("Sakamoto", "Pompidou", "Zuckerberg")]
    sentences = ["那天没有人来。", f"是{chinese}说的。", f"我见过{chinese}先生"]
    chars = np.frombuffer("".join(sentences).encode("utf-32-le"), np.uint32)
    rows = np.repeat(np.arange(3), [len(sentence) for sentence in sentences])
    where, which = find_names([heard(name), *others], chars, rows, np.ones(len(chars), np.uint8), load().sounds)
    assert set(zip(where.tolist(), which.tolist(), strict=True)) == {(1, heard(name)), (2, heard(name))}


def test_a_name_is_not_heard_across_sentences() -> None:
    chars = np.frombuffer("是贝索斯克".encode("utf-32-le"), np.uint32)
    found = [
        len(find_names([heard("Bezos")], chars, np.array(rows), np.ones(5, np.uint8), load().sounds)[0])
        for rows in ([0, 0, 0, 0, 0], [0, 0, 0, 1, 1], [0, 1, 1, 1, 2])
    ]
    assert found == [1, 0, 1]


def test_a_name_begins_where_no_word_is() -> None:
    chars, rows = np.frombuffer("贝索斯".encode("utf-32-le"), np.uint32), np.zeros(3, np.int64)
    for bare, found in (([1, 1, 1], 1), ([0, 1, 1], 0), ([1, 0, 0], 1)):
        heard_at = find_names([heard("Bezos")], chars, rows, np.array(bare, np.uint8), load().sounds)[0]
        assert len(heard_at) == found


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("Bezos", [1, 4, 4]), ("Obama", []), ("Phillips", [8, 7, 1, 4]), ("Kissinger", [3, 4, 6, 4]), ("Li", []),
        ("Chapman", [4, 1, 5, 6]), ("Quentin", [3, 6, 2, 6]), ("Knight", [6, 3, 2]), ("Johannes", [4, 9, 6, 4]),
        ("Aeiou", []), ("", []), ("Xerxes", [3, 4, 3, 4, 4]), ("Mississippi", [5, 4, 4, 1]),
    ],
)  # fmt: skip
def test_classes_of_consonants(name: str, classes: list[int]) -> None:
    assert heard(name) == packed(classes)


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_name_has_at_most_eight_classes(name: str) -> None:
    key = heard(name.capitalize())
    assert 0 <= key < 1 << 4 * LONGEST
    assert key == 0 or key >= 1 << 8


@pytest.mark.parametrize("text", ["", "abc", "啊啊啊", "𠮷𠮷", "\x00", "贝"])
def test_nothing_is_heard_in(text: str) -> None:
    chars, rows = np.frombuffer(text.encode("utf-32-le"), np.uint32), np.zeros(len(text), np.int64)
    for known in (load(), empty()):
        where, which = find_names([heard("Bezos")], chars, rows, np.ones(len(text), np.uint8), known.sounds)
        assert len(where) == len(which) == 0


@pytest.mark.parametrize(
    ("text", "opens", "begins", "ends"),
    [
        ("They met.", False, 0, 0), ("“They met.”", False, 1, 1), ("双方会晤。", True, 2, 0), ("“会晤。”", True, 3, 1),
        ("Why?", False, 0, 2), ("为什么？", False, 0, 2), ("「為什麼？」", False, 1, 3), ("Go! (2014)", False, 0, 12),
        ("they said,", False, 0, 6), ("他说：", False, 0, 8), ("and so on…", False, 0, 10), ("没有句号", False, 0, 12),
        ("(They met.)", False, 0, 0), ("", False, 0, 12), ("。", False, 0, 0), ("”", False, 0, 13),
    ],
)  # fmt: skip
def test_ends(text: str, opens: bool, begins: int, ends: int) -> None:
    assert (beginning(text, opens), ending(text)) == (begins, ends)
    assert edges([f"  {text}\n"], [opens]).tolist() == [[begins, ends]]


def test_what_ends_alike_is_rather_a_pair() -> None:
    begin, finish = expected()
    assert finish[2, 2] > finish[0, 0] > 0 > finish[0, 2]
    assert finish[3, 3] > finish[3, 2]
    assert begin[3, 3] > begin[1, 1] > begin[1, 0]
    assert (finish == finish.T).all()
    assert (begin == begin.T).all()
    assert edges([], []).shape == (0, 2)


def answers(texts: Texts, en: int, zh: int) -> int:
    """How many pairs of types of two sentences answer each other."""
    ours, theirs = (
        set(side.types[side.starts[at] : side.starts[at + 1]].tolist()) for side, at in ((texts.en, en), (texts.zh, zh))
    )
    return sum(a in ours and b in theirs for a, b in texts.edges.tolist())


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("fifty-one", "五十一"), ("CPAFFC", "主办CPAFFC"), ("Bezos", "是贝索斯。"), ("glaciers", "冰川"),
        ("glacier", "冰川"), ("discussed", "讨论"), ("discussion", "討論"), ("40%", "40%"), ("Why?", "为什么？"),
        ("July", "7月"), ("children", "儿童"), ("widgetry", "小玩意"), ("the U.S. side", "美方"),
        ("Pétain", "见了贝当。"),
    ],
)  # fmt: skip
def test_what_answers(en: str, zh: str) -> None:
    texts = read_texts([en, "Zzz", ""], ["", "呜", zh], load(), [("widgetry", "小玩意"), ("U.S.", "美方")])
    assert answers(texts, 0, 2) > 0
    assert answers(texts, 0, 0) == answers(texts, 0, 1) == answers(texts, 1, 2) == answers(texts, 2, 2) == 0
    assert texts.en.starts.tolist()[0] == 0
    assert texts.zh.starts.tolist()[-1] == len(texts.zh.types)


def test_a_type_is_in_a_sentence_once() -> None:
    texts = read_texts(["port ports 3 three, the port"], ["口岸，3个三口岸"], load())
    for side in (texts.en, texts.zh):
        assert len(set(side.types.tolist())) == len(side.types)
        assert side.starts.tolist() == [0, len(side.types)]
        assert (side.rows == 0).all()
    assert stem("ports") == stem("port")


def test_no_word_of_the_dictionary_is_read_without_one() -> None:
    texts = read_texts(["Glaciers of 2014 by Bezos"], ["2014年贝索斯的冰川"], empty())
    assert answers(texts, 0, 0) == 1, "the year"
    assert not texts.en.known.any()
    assert not texts.zh.known.any()


def test_nothing_at_all() -> None:
    texts = read_texts([""], [""], load())
    assert (texts.en.count, texts.zh.count, len(texts.edges)) == (0, 0, 0)
    assert texts.en.lengths.tolist() == [1.0]


def test_words_of_many_texts_are_those_of_each() -> None:
    texts = ["The U.S. and Japan's Q&A.", "", "Two\nlines of it", "Ærø’s café", "no", ""]
    each = [word for text in texts for word in (*forms(text), BREAK)]
    assert forms_of_all(texts) == each[:-1]
    assert forms_of_all([]) == []

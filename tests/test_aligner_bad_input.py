"""Texts that no translator made: nothing is lost, nothing crashes, and what is doubtful is called so."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from official import EN, STRANGE_EN, STRANGE_ZH, ZH
from test_aligner_properties import check, links

from align.aligner.beads import Bead, align_texts
from align.dictionary import empty, load

PORTS, PORTS_ZH = "The port opened in 2013. ", "口岸于2013年开放。"


def aligned(en: list[str], zh: list[str]) -> list[Bead]:
    """The beads with the dictionary, once those without one were whole too."""
    check(align_texts(en, zh, empty()), len(en), len(zh))
    beads = align_texts(en, zh, load())
    check(beads, len(en), len(zh))
    return beads


@pytest.mark.parametrize(("en", "zh"), [([], []), (EN[:3], []), ([], ZH[:3])])
def test_a_side_without_sentences(en: list[str], zh: list[str]) -> None:
    assert aligned(en, zh) == [Bead((i,), (), 1.0) for i in range(len(en))] + [
        Bead((), (j,), 1.0) for j in range(len(zh))
    ]


def test_a_side_ten_times_the_other() -> None:
    """The ten that answer are found among a hundred; around them is nothing."""
    other = [f"{text[:-1]}，{strange}" for text in STRANGE_ZH for strange in STRANGE_ZH][:90]
    beads = aligned(EN[:10], [*other[:45], *ZH[:10], *other[45:]])
    assert [link for link in links(beads) if link[0] and link[1]] == [((n,), (45 + n,)) for n in range(10)]
    aligned(EN[:4] * 10, ZH[:4])
    aligned(EN[:1], ZH[:30])


@pytest.mark.parametrize(("en", "zh"), [(EN, STRANGE_ZH), (STRANGE_EN, ZH)])
def test_unrelated_texts_are_doubtful(run: Run, tmp_path: Path, en: list[str], zh: list[str]) -> None:
    linked = [bead for bead in aligned(en, zh) if bead.en and bead.zh]
    assert sum(bead.confidence < 0.5 for bead in linked) * 2 > len(linked)
    (tmp_path / "en.txt").write_text("".join(f"{line}\n" for line in en), "utf-8")
    (tmp_path / "zh.txt").write_text("".join(f"{line}\n" for line in zh), "utf-8")
    status, out, err = run("pair", "en.txt", "zh.txt", "--is-split")
    assert (status, err.count("\n")) == (0, 1)
    assert err.startswith("align: en.txt and zh.txt hardly answer each other: ")
    assert sum(row.split("\t")[0] != "" for row in out.splitlines()) >= len(linked)


@pytest.mark.parametrize("lines", [EN, ZH])
@pytest.mark.parametrize("name", ["x.txt", "./x.txt"])
def test_a_file_with_itself(run: Run, tmp_path: Path, lines: list[str], name: str) -> None:
    (tmp_path / "x.txt").write_text("\n".join(lines), "utf-8")
    status, out, err = run("pair", "x.txt", name)
    assert (status, out) == (1, "")
    assert f"both texts are {'English' if lines is EN else 'Chinese'}. Give one in English and one in Chinese." in err


@pytest.mark.parametrize(
    ("long_en", "long_zh", "found"),
    [
        (PORTS * 4000, PORTS_ZH * 4000, True),
        ("x" * 100_000, "口" * 100_000, False),
        ("9" * 100_000, "9" * 100_000, False),
        (PORTS * 4000, PORTS_ZH, False),
        (PORTS, PORTS_ZH * 10_000, False),
        ("hundred " * 12_500, "百" * 100_000, False),
        ("one hundred million " * 5000, "一亿" * 50_000, False),
        ("Bezos " * 16_000, "贝索斯" * 33_000, False),
    ],
)
def test_a_sentence_of_a_hundred_thousand_characters(long_en: str, long_zh: str, found: bool) -> None:
    """It may be taken for two omissions; its neighbours answer each other all the same."""
    beads = links(aligned([*EN[:10], long_en, *EN[10:20]], [*ZH[:10], long_zh, *ZH[10:20]]))
    wanted = [((n,), (n,)) for n in range(21) if n != 10]
    assert set(wanted) - set(beads) == set() or not found
    assert len(set(wanted) - set(beads)) <= 2
    assert ((10,), (10,)) in beads or not found


def test_two_thousand_equal_lines() -> None:
    beads = align_texts([PORTS] * 2000, [PORTS_ZH] * 2000, load())
    assert links(beads) == [((n,), (n,)) for n in range(2000)]


def test_equal_lines_of_unequal_number() -> None:
    check(align_texts([PORTS] * 400, [PORTS_ZH] * 300, load()), 400, 300)
    check(align_texts([PORTS] * 60, [PORTS_ZH] * 600, load()), 60, 600)
    assert links(align_texts([PORTS] * 300, [PORTS_ZH + PORTS_ZH] * 150, load())) == [
        ((2 * n, 2 * n + 1), (n,)) for n in range(150)
    ]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        (["Xyzzy plugh foo.", "Qwert blorp.", "Zzyzx."], ["龘靐齉。", "爩麤灪龖。", "鸞。"]),
        (["1", "2", "3", "4"], ["1", "2", "3", "4"]),
        (["2014", "2015", "2016"], ["２０１４", "二〇一五", "二〇一六"]),
        ([".", "?", "..."], ["。", "？", "……"]),
        (["😀 yes", "👍🏽", "🇨🇳 ok"], ["😀是", "👍🏽", "🇨🇳好"]),
        (["a\x00b\x01", "\x00", "\x7f\x80"], ["\x00口\x01岸", "\x00", "\x1b"]),
        (["\ud800 port", "rail\udfff"], ["\udc00口岸", "铁路\ud83d"]),
        (["Rare ports.", "More."], ["𠮷𠀀𪚥口岸", "𠀀"]),
        ([EN[0], "", EN[1]], [ZH[0], "", ZH[1]]),
        (["", "", ""], ["", "", ""]),
        ([" ", "\t\n", "\u3000"], ["\u200b", "\ufeff", "\xa0"]),
        (["\x00"], ["\x00"]),
    ],
)
def test_odd_sentences_answer_in_order(en: list[str], zh: list[str]) -> None:
    assert links(aligned(en, zh)) == [((n,), (n,)) for n in range(len(en))]


@pytest.mark.parametrize(("en", "zh"), [(EN, EN), (ZH, ZH), (ZH, EN)])
def test_other_languages_than_those_expected(en: list[str], zh: list[str]) -> None:
    beads = aligned(en, zh)
    if en is zh:
        assert links(beads) == [((n,), (n,)) for n in range(len(en))]


PIECES = st.sampled_from([
    "one ", "hundred ", "million ", "and ", "2,1", "３", "十", "百", "万", "亿", "口岸", "ports ", "Bezos ", "贝索斯",
    "。", ". ", "？", "\x00", "\ud800", "😀", "'", "n't ", "A.B", "…", "\t", "ß", "İ", "㐀", "𠀀", "%", "（",
])  # fmt: skip
TEXTS = st.lists(st.lists(st.one_of(PIECES, st.characters()), max_size=8).map("".join), max_size=12)


@given(en=TEXTS, zh=TEXTS, opens=st.booleans(), known=st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_characters(en: list[str], zh: list[str], opens: bool, known: bool) -> None:
    paragraphs = ([opens] * len(en), [True] * len(zh))
    terms = [("ports", "口岸"), ("A.B", "十"), ("(", "（"), ("\\", "\\")]
    dictionary = load() if known else empty()
    check(align_texts(en, zh, dictionary, terms, paragraphs=paragraphs), len(en), len(zh))

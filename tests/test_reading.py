"""Files to lines: encodings, line ends, Markdown, languages, chrome, wraps, readings."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from conftest import shared

from align.build import build
from align.cleaning import find_wraps, remove_chrome
from align.cleaning.readings import read as readings
from align.errors import DataError
from align.languages import divide, language, main_language, script
from align.model import Line, Reading, segments
from align.provenance import source_text
from align.sources import read
from align.sources.documents import Input, InputFile
from align.sources.encoding import decode

BOTH = "1. Ports: Both sides opened three ports.\n1、口岸：双方开放了三个口岸，并同意继续合作。\n"
TRADITIONAL = "第一條　為規範口岸之管理，特制定本法，並應公布其費用與說明。\n"


def lines(*texts: str, blank_before: frozenset[int] = frozenset(), lang: str = "en") -> tuple[Line, ...]:
    found, at = [], 0
    for number, text in enumerate(texts, 1):
        found.append(Line("w1", number, at, at + len(text), text, lang, after_blank=number in blank_before))
        at += len(text) + 1
    return tuple(found)


@pytest.mark.parametrize(
    ("text", "codec", "detected"),
    [
        (BOTH, "utf-8", "utf-8"),
        (BOTH, "utf-8-sig", "utf-8"),
        (BOTH, "utf-16", "utf-16-le"),
        (BOTH, "utf-16-le", "utf-16-le"),
        (BOTH, "utf-16-be", "utf-16-be"),
        (BOTH, "gb18030", "gb18030"),
        (BOTH, "gb2312", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("It was agreed – “in full” – by both sides.\n", "cp1252", "cp1252"),
        ("Plain words.\n", "ascii", "utf-8"),
    ],
)
def test_encodings(text: str, codec: str, detected: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.undecodable) == (text, detected, ())


def test_a_byte_order_mark_is_recorded_and_no_text() -> None:
    decoded = decode(codecs.BOM_UTF8 + b"Text.")
    assert decoded is not None
    assert (decoded.text, decoded.byte_order_mark) == ("Text.", True)


def test_undecodable_bytes_are_kept() -> None:
    data = BOTH.encode("utf-8")
    at = data.index("双".encode())
    decoded = decode(data[:at] + b"\xff\xfe" + data[at:])
    assert decoded is not None
    (bad,) = decoded.undecodable
    assert bad.bytes_hex == "fffe"
    assert decoded.text[bad.offset] == "\ufffd"
    assert decoded.text.replace("\ufffd", "") == BOTH


def test_a_file_that_ends_in_mid_character() -> None:
    decoded = decode(BOTH.encode("utf-8")[:-2])
    assert decoded is not None
    assert decoded.encoding == "utf-8"
    assert [bad.bytes_hex for bad in decoded.undecodable] == ["e380"]


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(300), b"PK\3\4" + bytes(64)]
)
def test_binary_is_no_text(data: bytes) -> None:
    assert decode(data) is None


@pytest.mark.parametrize(
    ("name", "detected"),
    [
        ("realdocs/udhr/Chinese_Mandarin-GB2312.txt", "gb18030"),
        ("realdocs/udhr/English-Latin1.txt", "utf-8"),
        ("realdocs/tw_apa/zh.txt", "utf-8"),
    ],
)
def test_encodings_of_real_files(name: str, detected: str) -> None:
    decoded = decode(shared(name).read_bytes())
    assert decoded is not None
    assert decoded.encoding == detected


def test_line_ends_and_form_feeds(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("One.\r\n\r\nTwo.\fThree.\rFour.\u2028Five.".encode())
    found = read(path, "w1").lines
    assert [line.text for line in found] == ["One.", "Two.", "Three.", "Four.", "Five."]
    assert [line.after_blank for line in found] == [False, True, False, False, False]


def test_markdown_marks_leave_the_text_and_enter_the_record(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("# Title #\n\n---\n\nText with a # sign\n#hashtag\n", "utf-8")
    source = read(path, "w1")
    assert [(line.text, line.hint) for line in source.lines] == [
        ("Title", "heading-1"),
        ("Text with a # sign", ""),
        ("#hashtag", ""),
    ]
    assert [span.text for span in source.left_out] == ["# ", " #", "---"]


def test_markdown_marks_at_the_edge_of_a_sentence_are_recorded_too(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("*One.* **Two.** [Three](https://example.org)\n\n1. **Four.** `Five.`\n", "utf-8")
    made = build(Input("x", (InputFile(path),)))
    assert [segment.text for segment in segments(made.en)] == ["One.", "Two.", "Three", "Four.", "Five."]
    assert not [span for span in made.witnesses[0].record if span.how == "unplaced"]
    assert source_text(made, made.witnesses[0]) == path.read_text("utf-8")


def test_the_content_says_what_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "x.xyz"
    path.write_text("Text.")
    assert read(path, "w1").text == "Text."
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(DataError, match="this is a picture, not text"):
        read(path, "w1")


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("Sub-National Cooperation 三、地方合作", ["Sub-National Cooperation", "三、地方合作"]),
        ("何俊仁議員 THE HONOURABLE ALBERT HO CHUN-YAN", ["何俊仁議員", "THE HONOURABLE ALBERT HO CHUN-YAN"]),
        ("主席曾鈺成議員, G.B.S., J.P.", ["主席曾鈺成議員, G.B.S., J.P."]),
        ("世界贸易组织（World Trade Organization）的成员", ["世界贸易组织（World Trade Organization）的成员"]),
        ("双方同意在 World Trade Organization 框架下合作。", ["双方同意在 World Trade Organization 框架下合作。"]),
        ("The guobiao (国标) standards apply.", ["The guobiao (国标) standards apply."]),
        ("Customs officers 海关人员", ["Customs officers", "海关人员"]),
    ],
)
def test_a_mixed_line_is_split_only_where_it_says_one_thing_twice(text: str, halves: list[str]) -> None:
    found = divide(lines(text, lang=""))
    assert [line.text for line in found] == halves
    assert all(text[line.start : line.end] == line.text for line in found)


def test_lines_without_letters_go_with_their_neighbours() -> None:
    found = divide(lines("2014", "中文文本", "———", "English text", "12.5", lang=""))
    assert [line.lang for line in found] == ["zh", "zh", "zh", "en", "en"]


@pytest.mark.parametrize(("text", "lang"), [("数字能源 (ICT)", "zh"), ("The port of Yantian 盐田", "en"), ("12-3", "")])
def test_language(text: str, lang: str) -> None:
    assert language(text) == lang


def test_script() -> None:
    assert script("双方同意继续开展合作") == "zh-Hans"
    assert script("雙方同意繼續開展合作") == "zh-Hant"


def test_main_language() -> None:
    assert main_language(lines("Both sides agreed.", "双方同意。")) == "both"
    assert main_language(lines("Both sides agreed to open three ports in 2014.")) == "en"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("( 渝ICP备10012431号-2 )", "licence"),
        ("GMT+8, 2014-7-14 20:43 , Processed in 0.073111 second(s), 20 queries , Gzip On.", "timing"),
        ("Page 3 of 12", "page-number"),
        ("第 3 页，共 12 页", "page-number"),
        ("Powered by Discuz! X3", "forum"),
        ("Copyright 2014 The Forum", "copyright"),
    ],
)
def test_chrome(text: str, reason: str) -> None:
    kept, left_out = remove_chrome(lines(text))
    assert not kept
    assert [span.how for span in left_out] == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "The request was processed in 0.07 seconds, and both sides will study why that was so in the coming year.",
        "2014",
        "Page three of the agreement says so.",
        "a | b | c",
        "Both sides will protect copyright.",
        "Copyright protection is to be strengthened.",
        "Powered by the sun, the port saves fuel.",
        "取得ICP证的企业应当备案。",
        "第3页所载费用由双方承担。",
        "手机版软件由双方共同开发。",
    ],
)  # fmt: skip
def test_what_is_no_chrome(text: str) -> None:
    kept, left_out = remove_chrome(lines(text))
    assert [line.text for line in kept] == [text]
    assert not left_out


def test_a_paragraph_a_line_is_no_wrapped_text() -> None:
    found = find_wraps(lines("Both sides opened three ports in 2014.", "They cut their fees in the same year."), False)
    assert not any(line.continues for line in found)


def test_wrapped_text_is_joined_up_to_the_end_of_a_paragraph() -> None:
    text = (
        "Both sides opened three ports in the summer of 2014, and they cut the",
        "fees that had been charged in them since the year before that one. It",
        "was agreed.",
        "A new paragraph opens here and goes on for a while, as paragraphs are",
        "wont to do.",
    )
    assert [line.continues for line in find_wraps(lines(*text), False)] == [False, True, True, False, True]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("研讨会,就此", "研讨会，就此"),
        ("合作:中国", "合作：中国"),
        ("“能源”,并", "“能源”，并"),
        ("同意,", "同意，"),
        ("3,000 人", "3,000 人"),
        ("比率为1:3", "比率为1:3"),
        ("见 a, b 两项", "见 a, b 两项"),
        ("12 例,5 岁", "12 例，5 岁"),
        ("会议,GDP", "会议，GDP"),
        ("第1,3项", "第1,3项"),
        ("上午9:30到;10:15回", "上午9:30到；10:15回"),
        ("時間:9:30", "時間:9:30"),
        ("下列事項\ufe30", "下列事項："),
        ("下列事項\ufe301", "下列事項：1"),
    ],
)
def test_half_width_punctuation_between_han_characters(text: str, read_as: str) -> None:
    from align.model import Segment, reading

    assert reading(Segment("zh.1.s1", text, tuple(readings(text, "zh")))) == read_as


def test_characters_that_nfc_composes() -> None:
    assert readings("cafe\u0301", "en") == [Reading(3, 5, "é")]
    assert readings("\uf9d8", "zh") == [Reading(0, 1, "律")]
    assert readings("café, so", "en") == []

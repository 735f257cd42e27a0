"""Bytes are decoded by what fits them best, and those that mean nothing keep their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from align import sources
from align.errors import DataError
from align.sources.encoding import decode, garbled

HANS = (
    "第一条 为了规范数据处理活动，保障数据安全，促进数据开发利用，制定本法。\n"
    "双方于１９９８年签署协议——共计三十项；并同意继续合作。\n"
)
HANT = (
    "第一條 為規範資料處理活動，保障資料安全，促進資料開發利用，特制定本法。\n"
    "雙方簽署協議──共計三十項；並同意繼續合作。\n"
)
HONG_KONG = HANT + "嘅㗎咗喺佢哋，香港法例第一章適用於各政府部門。\n"


def hz(text: str) -> bytes:
    """Text in HZ, written as RFC 1843 says."""
    made, wide = b"", False
    for char in text:
        is_wide = char > "\x7f"
        if is_wide != wide:
            made += b"~{" if is_wide else b"~}"
            wide = is_wide
        raw = char.encode("gb2312")
        made += bytes(byte & 0x7F for byte in raw) if is_wide else raw.replace(b"~", b"~~")
    return made + (b"~}" if wide else b"")


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (HANS, "utf-8", "utf-8"),
        (HANS, "utf-8-sig", "utf-8"),
        (HANS.replace("—", ""), "gb2312", "gb18030"),
        (HANS + "镕", "gbk", "gb18030"),
        (HANS + "㐀𠀀", "gb18030", "gb18030"),
        (HANT, "big5", "big5hkscs"),
        (HONG_KONG, "big5hkscs", "big5hkscs"),
        (HANS, "utf-16", "utf-16-le"),
        (HANS, "utf-16-le", "utf-16-le"),
        (HANT, "utf-16-be", "utf-16-be"),
        ("Plain ~{ text, a/~}b ~~ and more.", "ascii", "utf-8"),
        ("The naïve café’s “menu” – £5.\n", "cp1252", "cp1252"),
        ("Élan vital, déjà vu, señor.\n", "latin-1", "cp1252"),
        ("日本の条約を締結する。\n", "iso2022_jp", "iso2022_jp_2"),
    ],
)
def test_an_encoding_is_told_by_its_bytes(text: str, encoding: str, told: str) -> None:
    found = decode(text.encode(encoding))
    assert found is not None
    assert (found.text, found.encoding, found.undecodable) == (text, told, ())


def test_hz_with_all_its_escapes() -> None:
    found = decode(hz("世界人权宣言 a~b\n联合国大会\n"))
    assert found is not None
    assert (found.text, found.encoding) == ("世界人权宣言 a~b\n联合国大会\n", "hz")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"~{J@=gHKH(\n~{P{QT~}\n", "世界人权\n宣言\n"),
        (b"~{J@=g~}~\n~{HKH(~}\n", "世界人权\n"),
        (b"~{J@=g~}~\r\nab ~{HKH(~}", "世界ab 人权"),
        (b"~{J@ =g HK~}~~{~{H(~}", "世 界 人~{权"),
        (b"~{J@=gHKH(", "世界人权"),
    ],
)
def test_hz_as_people_write_it(data: bytes, text: str) -> None:
    found = decode(data)
    assert found is not None
    assert (found.text, found.encoding, found.undecodable) == (text, "hz", ())


def test_hz_that_is_cut_or_spoilt_keeps_the_place_of_what_is_lost() -> None:
    found = decode(b"ab ~{J@=gHKH(P{QT\xff~} c ~{A*:O9z4s;aM(9}J~}")
    assert found is not None
    assert found.text == "ab 世界人权宣言\ufffd c 联合国大会通过\ufffd"
    assert [(bad.offset, bad.bytes_hex) for bad in found.undecodable] == [(9, "ff"), (20, "4a")]
    assert all(found.text[bad.offset] == "\ufffd" for bad in found.undecodable)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_text_that_ends_in_mid_character(encoding: str) -> None:
    data = HANS.rstrip().encode(encoding)
    found = decode(data[:-1])
    assert found is not None
    assert found.text == HANS.rstrip()[:-1] + "\ufffd"
    last = len(HANS.rstrip()[:-1].encode(encoding))
    assert [(bad.offset, bad.bytes_hex) for bad in found.undecodable] == [(len(found.text) - 1, data[last:-1].hex())]


@pytest.mark.parametrize(
    ("write", "read"),
    [("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "gb18030"), ("gb18030", "cp1252"), ("gb18030", "latin-1")],
)
def test_text_that_was_spoilt_before_it_was_saved_is_refused(tmp_path: Path, write: str, read: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text((HANS * 3).encode(write).decode(read, "replace"), "utf-8")
    with pytest.raises(DataError, match=r"line 1: the characters are spoilt: this is (UTF-8|GBK) that was read as"):
        sources.read(path, "w1")


@pytest.mark.parametrize(
    "text",
    [
        HANS,
        HANT,
        "Élan vital — “déjà vu” à Genève…\n" * 9,
        "日本語の文章です。\n" * 9,
        "Ünïcödé ÄÖÜßäöü " * 20,
        "“”‘’——……" * 9,
    ],
)
def test_text_that_is_whole_is_not_called_spoilt(text: str) -> None:
    assert garbled(text) == ""


@pytest.mark.parametrize("escape", [b"\x1b$)A", b"\x1b$)C", b"\x1b$*H"])
def test_encodings_that_nothing_reads_are_named(tmp_path: Path, escape: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Title\n" + escape + b"\x0eJ@=g\x0f\n")
    with pytest.raises(DataError, match="line 1: this is text in ISO-2022-CN or -KR, which is not read"):
        sources.read(path, "w1")

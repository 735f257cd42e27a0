"""What stands in the PDF: faces, text, outline, properties, and the same bytes every time."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest

from align.errors import SurroundingsError
from align.export import Options
from align.exporters import _faces
from align.exporters._faces import Need, faces
from align.exporters.pdf import exporter
from align.model import Bitext, Block, Document, Link, Mark, Meta, Segment, Title

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
needs_pdffonts = pytest.mark.skipif(not shutil.which("pdffonts"), reason="pdffonts is not installed")

ENGLISH = "The two sides decided to hold the next meeting in Beijing on July 10, 2014."
CHINESE = "双方决定于2014年7月10日在北京举行“数字能源”研讨会（CERC），并就《谅解备忘录》——第3条——交换意见。"


def item(lang: str, number: str, title: str, *said: str, truncated: bool = False) -> Block:
    name = f"{lang}.{number}"
    segments = tuple(
        Segment(f"{name}.s{at}", text, truncated=truncated and at == len(said)) for at, text in enumerate(said, 1)
    )
    heading = (Segment(f"{name}.h.s1", title),) if title else ()
    colon = Mark(":" if lang == "en" else "：") if title else None
    return Block(name, "item", number, Mark(f"{number}. "), heading, colon, segments=segments)


def section(lang: str, number: str, title: str, *blocks: Block) -> Block:
    name = f"{lang}.{number}"
    return Block(name, "section", number, heading=(Segment(f"{name}.h.s1", title),), blocks=blocks)


def links(en: Block, zh: Block) -> Iterator[Link]:
    for one, two in zip(en.heading + en.segments, zh.heading + zh.segments, strict=True):
        yield Link((one.id,), (two.id,))
    for block, other in zip(en.blocks, zh.blocks, strict=False):
        yield from links(block, other)


def bitext(en: Block, zh: Block, tag: str = "zh-Hans", name: str = "outcomes") -> Bitext:
    titles = (Title("en", "List of Outcomes", "printed"), Title("zh", "成果清单", "printed"))
    return Bitext(
        Meta(name, titles, date="2014-07-10"),
        Document("en", "en", (en,)),
        Document("zh", tag, (zh,)),
        links=tuple(links(en, zh)),
    )


def sample(tag: str = "zh-Hans") -> Bitext:
    """A section of two items on both sides and two that only the English has."""
    en = section(
        "en",
        "1",
        "Sub-National Cooperation",
        item("en", "36", "Sister Cities", ENGLISH, ENGLISH),
        item("en", "37", "Governors Forum", ENGLISH, ENGLISH),
        item("en", "38", "Signing Ceremony", ENGLISH, "Launched six new", truncated=True),
        item("en", "39", "Workshop", ENGLISH),
    )
    zh = section(
        "zh",
        "1",
        "三、地方合作",
        item("zh", "36", "友好城市", CHINESE, CHINESE),
        item("zh", "37", "省州长论坛", CHINESE, CHINESE),
    )
    return bitext(en, zh, tag)


def pair(en: str, zh: str) -> Bitext:
    return bitext(item("en", "1", "", en), item("zh", "1", "", zh))


def pdf(*bitexts: Bitext, layout: str = "side", page: str = "a4") -> bytes:
    made: dict[str, BytesIO] = {}

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        made[name] = BytesIO()
        yield made[name]

    exporter.write(bitexts, Options("outcomes", layout=layout, page=page), keep)
    (content,) = (made[name].getvalue() for name in ("outcomes.pdf",))
    assert len(made) == 1
    return content


def opened(content: bytes) -> bytes:
    """The file with everything in it that is compressed written out behind it."""
    packed = re.findall(rb"/FlateDecode[^>]*>>\nstream\n(.*?)\r\nendstream", content, re.DOTALL)
    return b"\n".join((content, *map(zlib.decompress, packed)))


def text(content: bytes, folder: Path, *options: str) -> str:
    file = folder / "made.pdf"
    file.write_bytes(content)
    command = ["pdftotext", "-enc", "UTF-8", *options, str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(sample())


def solid(said: str) -> str:
    return "".join(said.split())


def test_every_face_is_embedded_and_no_other_is_named(made: bytes) -> None:
    said = opened(made)
    names = set(re.findall(rb"/BaseFont /(\S+)", said))
    assert {name.partition(b"+")[2] for name in names} == {
        b"NotoSans-Regular",
        b"NotoSans-Bold",
        b"NotoSansSC-Regular",
        b"NotoSansSC-Bold",
    }
    assert len(re.findall(rb"/FontFile2 ", said)) == len(names)
    assert b"Helvetica" not in said


@needs_pdffonts
def test_another_reader_finds_every_face_embedded_cut_and_mapped_to_unicode(tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(pdf(sample("zh-Hant")))
    command = ["pdffonts", str(tmp_path / "made.pdf")]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert len(listed) >= 4
    assert all(re.search(r"TrueType\s+\S+\s+yes yes yes", line) for line in listed)
    assert any("NotoSansTC-Regular" in line for line in listed)


@needs_pdftotext
def test_text_comes_out_right_and_in_order(made: bytes, tmp_path: Path) -> None:
    found = solid(text(made, tmp_path, "-raw"))
    order = (
        "ListofOutcomes",
        "成果清单",
        "Sub-NationalCooperation三、地方合作",
        solid(f"36 Sister Cities: {ENGLISH} {ENGLISH} 友好城市：{CHINESE}{CHINESE}"),
        solid(f"37 Governors Forum: {ENGLISH} {ENGLISH} 省州长论坛：{CHINESE}{CHINESE}"),
        "Items38,39:noChinesetextisheld;Englishonly.第38、39项：未收录中文文本，仅列英文。",
        solid(f"38 Signing Ceremony: {ENGLISH} Launched six new […] [the source text stops here]"),
        solid(f"39 Workshop: {ENGLISH}"),
    )
    places = [found.find(said) for said in order]
    assert -1 not in places
    assert places == sorted(places)


@needs_pdftotext
def test_no_blank_is_added_inside_chinese(made: bytes, tmp_path: Path) -> None:
    found = text(made, tmp_path)
    assert CHINESE * 2 in found.replace("\n", "")


def test_the_same_bytes_every_time_whatever_was_made_before(made: bytes) -> None:
    pdf(pair("Quite another", "另一份文件"))
    assert pdf(sample()) == made


@needs_pdftotext
def test_a_character_that_no_face_has_is_spelled_out(tmp_path: Path) -> None:
    found = solid(text(pdf(pair("Smile \U0001f600 now", "笑\U0001f600吧")), tmp_path, "-raw"))
    assert "Smile[U+1F600]now" in found
    assert "笑[U+1F600]吧" in found


@needs_pdftotext
def test_a_character_is_taken_from_another_face_where_its_own_lacks_it(tmp_path: Path) -> None:
    found = solid(text(pdf(pair("The word 对齐 in English", "名字是Müller吧")), tmp_path, "-raw"))
    assert "Theword对齐inEnglish" in found
    assert "名字是Müller吧" in found


def test_quotation_marks_and_dashes_take_the_face_of_their_language() -> None:
    cut = faces([Need("“A”—…", "en"), Need("“甲”——……A3", "zh-Hans")])
    assert [name for name, _, _ in cut.pieces("“A”—…", "en")] == ["NotoSans-Regular"]
    assert [(name, said) for name, said, _ in cut.pieces("“甲”——……A3", "zh-Hans")] == [
        ("NotoSansSC-Regular", "“甲”——……"),
        ("NotoSans-Regular", "A3"),
    ]


def test_chinese_in_english_has_the_face_of_a_traditional_document() -> None:
    for tag, face in (("zh-Hans", "NotoSansSC-Regular"), ("zh-Hant", "NotoSansTC-Regular")):
        cut = faces([Need("Held’s “與門”…", "en"), Need("門", _faces.edition_of(tag))])
        assert [(name, said) for name, said, _ in cut.pieces("Held’s “與門”…", "en")] == [
            ("NotoSans-Regular", "Held’s “"),
            (face, "與門"),
            ("NotoSans-Regular", "”…"),
        ]


def test_only_the_mainland_face_has_half_blank_commas() -> None:
    cut = faces([Need("，。（", "zh-Hans"), Need("，。（", "zh-Hant")])
    assert cut.halves["NotoSansSC-Regular"] == {"，": "right", "。": "right", "（": "left"}
    assert cut.halves["NotoSansTC-Regular"] == {"（": "left"}


def test_a_missing_font_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_faces, "find_spec", lambda name: None)
    with pytest.raises(SurroundingsError, match="pip install fontpkg-noto-sans"):
        pdf(sample())


def test_outline_and_destinations(made: bytes) -> None:
    titles = [_string(found) for found in re.findall(rb"/Title (\((?:\\.|[^\\)])*\))", opened(made))]
    for title in ("Sub-National Cooperation 三、地方合作", "36 Sister Cities 友好城市", "39 Workshop"):
        assert title in titles
    for anchor in (b"en.1", b"en.36", b"en.39"):
        assert re.search(rb"/%s \[ \d+ 0 R /XYZ" % re.escape(anchor), opened(made))


def _string(literal: bytes) -> str:
    """A PDF literal string as text."""
    octal = re.compile(rb"\\(?:([0-7]{3})|(.))", re.DOTALL)
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    raw = octal.sub(lambda m: bytes([int(m[1], 8)]) if m[1] else named.get(m[2], m[2]), literal[1:-1])
    return raw.decode("utf-16") if raw[:2] in (b"\xfe\xff", b"\xff\xfe") else raw.decode("latin-1")


def test_properties_name_title_and_language(made: bytes) -> None:
    said = opened(made)
    (title,) = re.findall(rb"/Title <(\w+)>", said)
    assert bytes.fromhex(title.decode()).decode("utf-16") == "List of Outcomes · 成果清单"
    assert b"/Lang (en)" in said
    assert not re.search(rb"Date|Producer|reportlab", said, re.IGNORECASE)


@needs_pdftotext
def test_an_item_of_twenty_thousand_characters_is_all_there(tmp_path: Path) -> None:
    chinese = "".join(chr(0x4E00 + at * 7 % 600) for at in range(20_000))
    english = " ".join(f"word{at}" for at in range(2_500))
    found = text(pdf(pair(english, chinese)), tmp_path, "-raw")
    assert not Counter(chinese) - Counter(found)
    assert not set(english.split()) - set(found.split())
    assert "1(cont./续)" in solid(found)


@needs_pdftotext
def test_several_bitexts_each_begin_a_page(tmp_path: Path) -> None:
    content = pdf(sample(), sample("zh-Hant"))
    pages = text(content, tmp_path, "-raw").split("\f")
    assert [page.startswith("List of Outcomes\n成果清") for page in pages].count(True) == 2
    assert "第2頁" in solid(pages[1])


def test_pages_are_compressed(made: bytes) -> None:
    assert b"ActualText" not in made


def test_an_ideographic_space_is_blank_in_every_edition() -> None:
    from align.exporters._faces import Need, faces

    for edition in ("zh-Hans", "zh-Hant"):
        made = faces([Need("第一条　为了", edition)])
        assert "".join(piece for _, piece, _ in made.pieces("第一条　为了", edition)) == "第一条 为了"

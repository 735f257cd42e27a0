"""Readings of characters: what exports use instead of what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from align import corpus
from align.cleaning import normalise
from align.cleaning.readings import read as readings
from align.model import Bitext, Block, Document, Line, Meta, Reading, Segment, reading
from align.provenance import compose, fill


def read_as(text: str, lang: str) -> str:
    return reading(Segment("x", text, tuple(readings(text, lang))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "联 合 国 大 会 通 过 并 颁 布《 世 界 人 权 宣 言》。 这 一 具",
            "联合国大会通过并颁布《世界人权宣言》。这一具",
        ),
        ("承 认, 乃 是", "承认，乃是"),
        ("承 认 , 乃 是", "承认，乃是"),
        ("本 文 档 采用", "本 文 档 采用"),
        ("本 文 档 采 用CC-BY授权", "本文档采用CC-BY授权"),
        ("而 其 他 章 节可能", "而其他章节可能"),
        ("序 言", "序言"),
        ("总\u3000则", "总则"),
        ("目\u3000\u3000录", "目录"),
        ("第一章 总\u3000则", "第一章 总则"),
        ("第一章 总则", "第一章 总则"),
        ("张三 李四 王五", "张三 李四 王五"),
        ("署名 3.0 版", "署名 3.0 版"),
        ("⽇本和⻓江", "日本和长江"),
        ("\u2f00、⾦融", "一、金融"),
        ("⼈⺠", "人民"),
        ("共５月２０日①", "共５月２０日①"),
        ("the ﬁrst", "the first"),
    ],
)
def test_han_text(text: str, expected: str) -> None:
    assert read_as(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Assemblies， Processions", "Assemblies, Processions"),
        ("Assemblies，Processions", "Assemblies, Processions"),
        ("the Act（2014）and", "the Act (2014) and"),
        ("at １０：３０ on ５ May", "at 10:30 on 5 May"),
        ("１，０００ tons", "1,000 tons"),
        ("Ｔｈｅ ports。", "The ports."),
        ("the word 口岸，meaning port", "the word 口岸，meaning port"),
        ("of\u3000both", "of both"),
        ("ﬁnancial oﬀices, ﬂows", "financial offices, flows"),
        ("plain text, 10:30", "plain text, 10:30"),
    ],
)
def test_english_text(text: str, expected: str) -> None:
    assert read_as(text, "en") == expected


def lines(*texts: str) -> list[Line]:
    made, at = [], 0
    for number, text in enumerate(texts, 1):
        made.append(Line("w1", number, at, at + len(text), text, "en", continues=number > 1))
        at += len(text) + 1
    return made


def hyphenated(*texts: str, elsewhere: str = "") -> str:
    """The reading of wrapped lines in a document that says `elsewhere` too."""
    text, spans = compose(lines(*texts), "en")
    first = Segment("en.p1.s1", text, spans=spans)
    blocks = (
        Block("en.p1", "paragraph", segments=(first,)),
        Block("en.p2", "paragraph", segments=(Segment("en.p2.s1", elsewhere),)),
    )
    document = fill(Document("en", "en", blocks), {"w1": "\n".join(texts)})
    made = normalise(document)
    assert normalise(made) == made
    return reading(made.blocks[0].segments[0])


@pytest.mark.parametrize(
    ("left", "right", "elsewhere", "expected"),
    [
        ("inter-", "national", "", "international"),
        ("inter-", "national", "international and inter-national, international", "international"),
        ("co-", "operation", "co-operation", "co-operation"),
        ("co-", "operation", "cooperation", "cooperation"),
        ("non-", "compliant", "", "non-compliant"),
        ("non-", "compliant", "noncompliant", "noncompliant"),
        ("self-", "regulation", "", "self-regulation"),
        ("multi-", "level", "", "multi-level"),
        ("data-", "processing", "data and their processing", "data-processing"),
        ("govern-", "ment", "govern", "government"),
        ("Sino-", "American", "", "Sino-American"),
        ("26-", "27", "", "26-27"),
        ("G-", "men", "", "G-men"),
        ("inter\u00ad", "national", "", "international"),
        ("inter‐", "national", "", "international"),
        ("pre-", "and post-war", "", "pre- and post-war"),
    ],
)
def test_hyphens_at_line_ends(left: str, right: str, elsewhere: str, expected: str) -> None:
    assert hyphenated(f"the {left}", f"{right} ports", elsewhere=elsewhere) == f"the {expected} ports"


def test_a_word_torn_inside_a_line_is_whole_where_it_is_printed_whole_elsewhere() -> None:
    assert hyphenated("the inter- national ports", elsewhere="international") == "the international ports"
    assert hyphenated("the inter- national ports") == "the inter- national ports"
    assert hyphenated("pre- and post-war", elsewhere="and post") == "pre- and post-war"


def test_a_reading_that_drops_characters_survives_the_corpus(tmp_path: Path) -> None:
    segment = Segment("en.p1.s1", "inter-national", (Reading(5, 6, ""),))
    block = Block("en.p1", "paragraph", segments=(segment,))
    made = Bitext(Meta("made"), Document("en", "en", (block,)), Document("zh", "zh-Hans"))
    path = tmp_path / "made.xml"
    path.write_bytes(corpus.write(made))
    (again,) = corpus.read(path).en.blocks[0].segments
    assert (again.text, again.readings) == (segment.text, segment.readings)

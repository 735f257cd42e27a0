"""TMX, XLIFF and TEI are read as aligned units, and all that they say is a line or in the record."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from align import corpus, sources
from align.build import build
from align.errors import DataError
from align.model import Line, Source, Span
from align.sources.documents import Input, InputFile

TEI = "http://www.tei-c.org/ns/1.0"
XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_2 = "urn:oasis:names:tc:xliff:document:2.0"


def read(folder: Path, name: str, text: str | bytes) -> Source:
    """The source in a file, every visible character of which is in one line or one stretch left out."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    source = sources.read(path, "w1")
    seen = [False] * len(source.text)
    parts: list[Line | Span] = [*source.lines, *source.left_out]
    for part in parts:
        assert source.text[part.start : part.end] == part.text
        assert not any(seen[part.start : part.end])
        seen[part.start : part.end] = [True] * len(part.text)
    assert not "".join(c for c, had in zip(source.text, seen, strict=True) if not had).strip()
    return source


def units(source: Source) -> list[tuple[str, int, str, str]]:
    assert {(line.hint, line.after_blank) for line in source.lines} == {("unit", True)}
    return [(line.row, line.column, line.lang, line.text) for line in source.lines]


def out(source: Source) -> list[tuple[str, str]]:
    return [(span.how, span.text) for span in source.left_out]


def refused(folder: Path, name: str, text: str | bytes, sentence: str) -> None:
    with pytest.raises(DataError) as told:
        read(folder, name, text)
    assert str(told.value).startswith(f"{folder / name}: {sentence}"), told.value
    assert told.value.remedy


def tmx(body: str, doctype: str = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">', header: str = "") -> str:
    head = f'<?xml version="1.0"?>\n{doctype}\n<tmx version="1.4"><header srclang="en">{header}</header>'
    return f"{head}<body>{body}</body></tmx>"


def tu(*variants: tuple[str, str]) -> str:
    return "<tu>" + "".join(f'<tuv xml:lang="{c}"><seg>{t}</seg></tuv>' for c, t in variants) + "</tu>"


def test_a_tmx_is_units_in_rows(tmp_path: Path) -> None:
    body = tu(("ZH-CN", "会议"), ("EN-US", "Meeting")) + tu(("en", "Ports &amp; rail"), ("zh", "口岸和铁路"))
    assert units(read(tmp_path, "a.tmx", tmx(body))) == [
        ("u1", 2, "zh", "会议"),
        ("u1", 1, "en", "Meeting"),
        ("u2", 1, "en", "Ports & rail"),
        ("u2", 2, "zh", "口岸和铁路"),
    ]


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3"])
def test_an_old_tmx_names_languages_without_a_prefix(tmp_path: Path, version: str) -> None:
    body = '<tu><tuv lang="Chinese"><seg>甲</seg></tuv><tuv lang="English"><seg>A</seg></tuv></tu>'
    text = tmx(body).replace('version="1.4"', f'version="{version}"')
    assert units(read(tmp_path, "a.tmx", text)) == [("u1", 2, "zh", "甲"), ("u1", 1, "en", "A")]


def test_codes_leave_the_text_and_what_is_translatable_in_them_stays(tmp_path: Path) -> None:
    english = (
        '<bpt i="1">{b}</bpt>Press<ept i="1">{/b}</ept> <hi type="bold">OK</hi>'
        '<ph x="1">&lt;img alt="<sub>A port</sub>"&gt;</ph> now<it pos="begin">{i}</it>.<ut>{u}</ut>'
    )
    source = read(tmp_path, "a.tmx", tmx(tu(("en", english), ("zh", "一<ph>&lt;br/&gt;</ph>二"))))
    assert [text for *_, text in units(source)] == ["Press OK now.", "A port", "一 二"]
    assert [text for how, text in out(source) if how == "code"] == [
        *("{b}", "{/b}", '<img alt="', '">', "{i}", "{u}", "<br/>")
    ]


def test_other_languages_variants_and_metadata_are_left_out(tmp_path: Path) -> None:
    body = (
        "<tu><note>first</note><prop type='x'>p</prop>"
        "<tuv xml:lang='en'><prop type='y'>q</prop><seg>Two\n lines</seg></tuv>"
        "<tuv xml:lang='fr'><seg>Deux</seg></tuv><tuv xml:lang='en-GB'><seg>Two rows</seg></tuv>"
        "<tuv xml:lang='zh'><seg>两行</seg></tuv></tu>"
    )
    source = read(tmp_path, "a.tmx", tmx(body, header="<note>made by hand</note>"))
    assert units(source) == [("u1", 1, "en", "Two lines"), ("u1", 2, "zh", "两行")]
    assert out(source) == [
        *(("metadata", text) for text in ("made by hand", "first", "p", "q")),
        ("other-language", "Deux"),
        ("variant", "Two rows"),
    ]


def test_text_where_none_belongs_is_kept_in_the_record(tmp_path: Path) -> None:
    body = f"stray {tu(('en', 'A'), ('zh', '甲'))} astray <odd>more<b>and more</b>end</odd>"
    source = read(tmp_path, "a.tmx", tmx(body))
    assert [text for _, text in out(source)] == ["stray", "astray", "more", "and more", "end"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("gb18030", "GB2312"),
        ("utf-8", "ISO-8859-1"),
        ("utf-8", "UTF-16"),
        ("gb18030", "UTF-8"),
    ],
)
def test_a_memory_in_any_encoding_be_it_declared_or_not(tmp_path: Path, encoding: str, declared: str) -> None:
    chinese = "会议在北京举行，双方同意开放口岸。"
    text = tmx(tu(("en", "A meeting"), ("zh", chinese))).replace("?>", f' encoding="{declared}"?>', 1)
    assert units(read(tmp_path, "a.tmx", text.encode(encoding)))[1][3] == chinese


def test_a_western_memory_declared_so(tmp_path: Path) -> None:
    text = tmx(tu(("en", "Café"), ("zh", "&#x5496;&#x5561;"))).replace("?>", ' encoding="iso-8859-1"?>', 1)
    assert [text for *_, text in units(read(tmp_path, "a.tmx", text.encode("latin-1")))] == ["Café", "咖啡"]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
ONE = tu(("en", "A"), ("zh", "甲"))
BAD_TMX = [
    (tmx(tu(("en", "&b;"), ("zh", "甲")), BOMB), "line 1: the file declares entities of its own"),
    (tmx(ONE, '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>'), "line 1: the file declares entities"),
    (
        tmx(
            ONE, BOMB[:-2] + "".join(f'<!ENTITY {c} "{f"&{b};" * 20}">' for b, c in pairwise("bcdefghi")) + "]>"
        ).replace('srclang="en"', 'srclang="&i;"'),
        "line 1: the file declares entities of its own",
    ),
    (tmx("\n<tu><tuv>"), "line 4: the XML is not well formed (Opening and ending tag mismatch"),
    (tmx(ONE)[:-30], "line 3: the XML is not well formed"),
    (tmx(""), "line 1: the memory is empty."),
    (tmx(tu(("en", " "), ("zh", ""))), "line 1: the file holds no text."),
    (tmx(tu(("en", "A"), ("fr", "B"))), "line 1: the memory is in en, fr, not in English and Chinese."),
    (tmx(tu(("en-US", "A"))), "line 1: the memory is in en-US, not in English and Chinese."),
    (
        tmx(tu(("en", "A"), ("zh", "双方同意开放口岸。\udc80"))).encode("utf-8", "surrogateescape"),
        "line 3: not all of it is utf-8.",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), BAD_TMX, ids=range(len(BAD_TMX)))
def test_a_memory_that_cannot_be_read(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    refused(tmp_path, "a.tmx", text, sentence)


def test_named_characters_are_read_without_a_dtd(tmp_path: Path) -> None:
    source = read(tmp_path, "a.tmx", tmx(tu(("en", "A&mdash;B &unknown;"), ("zh", "甲"))))
    assert units(source)[0][3] == "A—B &unknown;"


def xliff(body: str, target: str = 'target-language="zh-CN"') -> str:
    return (
        f'<xliff version="1.2" xmlns="{XLIFF}"><file source-language="en" {target}><header><note>h</note>'
        f"<skl><internal-file>QUJD</internal-file></skl></header><body>{body}</body></file></xliff>"
    )


def test_an_xliff_is_units_and_a_unit_without_a_target_has_one_side(tmp_path: Path) -> None:
    body = (
        '<group><trans-unit id="1"><source>Open <g id="1">the <x id="2"/>port</g><ph id="3">{0}</ph></source>'
        "<target>开放<mrk mtype='term'>口岸</mrk></target><note>n</note>"
        "<alt-trans><source>Open port</source><target>开港</target></alt-trans></trans-unit>"
        '<trans-unit id="2"><source>Rail</source></trans-unit></group>'
    )
    source = read(tmp_path, "a.xlf", xliff(body))
    assert units(source) == [
        ("u1", 1, "en", "Open the port"),
        ("u1", 2, "zh", "开放口岸"),
        ("u2", 1, "en", "Rail"),
    ]
    assert out(source) == [
        ("metadata", "h"),
        ("code", "{0}"),
        ("metadata", "n"),
        ("alternative", "Open port"),
        ("alternative", "开港"),
    ]


def test_segments_that_both_sides_mark_up_are_units(tmp_path: Path) -> None:
    body = (
        "<trans-unit id='1'><source>One. Two.</source>"
        "<seg-source><mrk mtype='seg' mid='1'>One.</mrk> <mrk mtype='seg' mid='2'>Two.</mrk></seg-source>"
        "<target><mrk mtype='seg' mid='1'>一。</mrk><mrk mtype='seg' mid='2'>二。</mrk></target></trans-unit>"
    )
    source = read(tmp_path, "a.xlf", xliff(body))
    assert [(row, text) for row, _, _, text in units(source)] == [
        *(("u1", "One."), ("u1", "一。"), ("u2", "Two."), ("u2", "二。"))
    ]
    assert out(source)[1:] == [("repeated", "One. Two.")]


def test_a_target_that_is_the_source_again_is_no_translation(tmp_path: Path) -> None:
    body = (
        "<trans-unit id='1'><source>Rail</source><target state='new'>Rail</target></trans-unit>"
        "<trans-unit id='2'><source>ISO</source><target state='final'>ISO</target></trans-unit>"
    )
    source = read(tmp_path, "a.xlf", xliff(body))
    assert [text for *_, text in units(source)] == ["Rail", "ISO", "ISO"]
    assert ("untranslated", "Rail") in out(source)


def test_languages_that_are_not_said_are_found_by_content(tmp_path: Path) -> None:
    body = "<trans-unit id='1'><source>开放 A 口岸</source><target>Open port A</target></trans-unit>"
    text = xliff(body, "").replace('source-language="en"', "")
    assert units(read(tmp_path, "a.xlf", text)) == [("u1", 2, "", "开放 A 口岸"), ("u1", 1, "", "Open port A")]


def test_an_xliff_in_other_languages_is_refused(tmp_path: Path) -> None:
    body = "<trans-unit id='1'><source>Rail</source><target>Rail</target></trans-unit>"
    refused(
        tmp_path,
        "a.xlf",
        xliff(body, 'target-language="de"'),
        "line 1: the memory is in de, en, not in English and Chinese.",
    )


def test_an_xliff_of_version_2(tmp_path: Path) -> None:
    text = (
        f'<xliff version="2.0" srcLang="zh-Hans" trgLang="en" xmlns="{XLIFF_2}"><file id="f"><skeleton>AAA</skeleton>'
        '<unit id="1"><notes><note>n</note></notes><originalData><data id="d1">&lt;b&gt;</data></originalData>'
        '<segment state="translated"><source>开放<pc id="1">口岸</pc></source><target>Open the <pc id="1">port</pc>'
        '<ph id="2" subType="xlf:lb"/>here</target></segment><ignorable><source>· </source></ignorable>'
        "<segment><source>铁路</source></segment></unit></file></xliff>"
    )
    source = read(tmp_path, "a.xliff", text)
    assert units(source) == [
        ("u1", 2, "zh", "开放口岸"),
        ("u1", 1, "en", "Open the port here"),
        ("u2", 2, "zh", "铁路"),
    ]
    assert out(source) == [("metadata", "n"), ("code", "<b>"), ("ignorable", "·")]


EN = "Old Charter\n\nBoth sides met.\n\n1. Ports: Both sides agreed. They will meet.\n\n2. Rail: Nothing was said.\n"
ZH = "旧章程\n\n双方举行会议。\n\n1、口岸:双方达成一致。双方将会晤。\n"


def old_corpus(folder: Path) -> bytes:
    for name, text in (("old.en.txt", EN), ("old.zh.txt", ZH)):
        (folder / name).write_text(text, "utf-8")
    files = (InputFile(folder / "old.en.txt", ("en",)), InputFile(folder / "old.zh.txt", ("zh",)))
    return corpus.write(build(Input("old", files)))


def test_our_own_corpus_is_read_back_as_the_pairs_it_holds(tmp_path: Path) -> None:
    source = read(tmp_path, "again.xml", old_corpus(tmp_path))
    assert units(source) == [
        ("u1", 1, "en", "Old Charter"),
        ("u1", 2, "zh", "旧章程"),
        ("u2", 1, "en", "Both sides met."),
        ("u2", 2, "zh", "双方举行会议。"),
        ("u3", 1, "en", "1. Ports"),
        ("u3", 2, "zh", "1、口岸"),
        ("u4", 1, "en", "Both sides agreed."),
        ("u4", 2, "zh", "双方达成一致。"),
        ("u5", 1, "en", "They will meet."),
        ("u5", 2, "zh", "双方将会晤。"),
        ("u6", 1, "en", "2. Rail: Nothing was said."),
    ]
    assert {how for how, _ in out(source)} == {"metadata", "trace", "delimiter"}


def tei(text: str) -> str:
    return f'<TEI xmlns="{TEI}" xml:lang="de"><teiHeader><title>Kopf</title></teiHeader>{text}</TEI>'


def test_links_between_sentences_of_a_tei_text(tmp_path: Path) -> None:
    text = (
        "<text><body><div xml:lang='en'><p><s xml:id='a1'>One <hi>sentence</hi>.</s> <s xml:id='a2'>Two.</s></p></div>"
        "<div xml:lang='zh'><p><s xml:id='b1'>一<choice><sic>句</sic><corr>句话</corr></choice>\n   话。</s></p>"
        "<p>未链接。</p></div></body></text>"
        "<standOff><linkGrp><link target='#a1 #a2 #b1'/></linkGrp></standOff>"
    )
    source = read(tmp_path, "a.xml", tei(text))
    assert units(source) == [
        ("u1", 1, "en", "One sentence. Two."),
        ("u1", 2, "zh", "一句话。"),
        ("u2", 2, "zh", "未链接。"),
    ]
    assert out(source) == [("metadata", "Kopf"), ("reading", "句话")]


def test_pairs_by_corresp(tmp_path: Path) -> None:
    text = (
        "<text><body><p xml:lang='zh' xml:id='z1' corresp='#e1'>一。</p>"
        "<p xml:lang='en' xml:id='e1' corresp='#z1'>One.</p>"
        "<p xml:lang='en' xml:id='e2' corresp='#z2'>Two.</p><p xml:lang='zh' xml:id='z2'>二。</p></body></text>"
    )
    assert units(read(tmp_path, "a.xml", tei(text))) == [
        *(("u1", 2, "zh", "一。"), ("u1", 1, "en", "One."), ("u2", 1, "en", "Two."), ("u2", 2, "zh", "二。"))
    ]


def test_a_tei_text_without_links_is_paragraphs_with_hints(tmp_path: Path) -> None:
    text = (
        "<text><body xml:lang='en'><div><head>Title</head><p>One<note>N</note>\n   two.<pb n='3'/></p>"
        "<list><label>1.</label><item>first</item><item>second</item></list>"
        "<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table>"
        "<fw>Page 3</fw></div><div xml:lang='fr'><p>Trois</p></div></body></text>"
    )
    source = read(tmp_path, "a.xml", tei(text))
    assert [(line.text, line.hint, line.row, line.column, line.depth) for line in source.lines] == [
        ("Title", "heading-2", "", 0, 0),
        ("One two.", "", "", 0, 0),
        ("N", "note", "", 0, 0),
        ("1. first", "", "", 0, 1),
        ("second", "", "", 0, 1),
        ("a", "", "t1.r1", 1, 0),
        ("b", "", "t1.r1", 2, 0),
        ("c", "", "t1.r2", 1, 0),
    ]
    assert {line.lang for line in source.lines} == {"en"}
    assert out(source)[1:] == [("running-head", "Page 3"), ("other-language", "Trois")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<text><body/></text>", "line 1: the file holds no text."),
        ("<text xml:lang='fr'><body><p>Un.</p></body></text>", "line 1: the text is in fr, not in English or Chinese."),
        ("<text><body>\n<p>One.</body></text>", "line 2: the XML is not well formed"),
    ],
)
def test_a_tei_file_that_cannot_be_read(tmp_path: Path, text: str, sentence: str) -> None:
    refused(tmp_path, "a.xml", tei(text), sentence)

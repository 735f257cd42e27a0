"""Bitexts written here -> DOCX: what Word, python-docx and LibreOffice find in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml import etree

from align.export import Options
from align.exporters.docx import exporter
from align.model import (
    Bitext,
    Block,
    Document,
    Link,
    Mark,
    Meta,
    Reading,
    Ruling,
    Segment,
    Title,
    Verdict,
    Witness,
    reading,
    segments,
)
from align.verdicts import together

DATES = re.compile(rb"<dcterms:(?:created|modified)[^>]*>([^<]*)<")


def item(lang: str, number: int, title: str, *said: str, cut: bool = False) -> Block:
    at, (label, delimiter) = f"{lang}.{number}", (". ", ": ") if lang == "en" else ("、", "：")
    body = tuple(Segment(f"{at}.s{n}", t, truncated=cut and n == len(said)) for n, t in enumerate(said, 1))
    heading = (Segment(f"{at}.h.s1", title),)
    return Block(at, "item", str(number), Mark(f"{number}{label}"), heading, Mark(delimiter), segments=body)


def section(lang: str, number: int, title: str, *blocks: Block) -> Block:
    at = f"{lang}.part-{number}"
    return Block(at, "section", heading=(Segment(f"{at}.h.s1", title),), blocks=blocks)


def point(lang: str, number: int, label: str, text: str) -> Block:
    at = f"{lang}.2.p{number}"
    return Block(at, "point", str(number), Mark(label), segments=(Segment(f"{at}.s1", text),))


def bitext(tag: str = "zh-Hans", blocks_more: tuple[Block, ...] = ()) -> Bitext:
    misprint = Segment("en.1.s1", "Held a workshp on “Digital Energy”.", (Reading(7, 14, "workshop"),))
    first = item("en", 1, "Energy")
    first = replace(first, segments=(misprint, Segment("en.1.s2", "It was useful.")))
    second = Block("en.2", "item", "2", Mark("2. "), blocks=(point("en", 1, "(a) ", "grid integration;"),))
    third, fourth = item("en", 3, "Ports", "Ports are", cut=True), item("en", 4, "Rails", "Rails & roads.")
    zh_first = item("zh", 1, "能源", "举行了“数字能源”研讨会——与TCL’s合作。")
    zh_second = Block("zh.2", "item", "2", Mark("2、"), blocks=(point("zh", 1, "（一）", "电网并网；"),))
    en = Document(
        "en",
        "en-US",
        (section("en", 1, "Energy part", first, second), section("en", 2, "Rest", third, fourth)),
    )
    zh = Document(
        "zh",
        tag,
        (section("zh", 1, "一、能源", zh_first, zh_second), section("zh", 2, "二、其他"), *blocks_more),
    )
    links = (
        Link(("en.part-1.h.s1",), ("zh.part-1.h.s1",)),
        Link(("en.1.h.s1",), ("zh.1.h.s1",)),
        Link(("en.1.s1",), ("zh.1.s1",)),
        Link(("en.1.s2",), (), flags=("omitted",)),
        Link(("en.2.p1.s1",), ("zh.2.p1.s1",)),
        Link(("en.part-2.h.s1",), ("zh.part-2.h.s1",)),
        Link(("en.3.h.s1", "en.3.s1"), (), flags=("missing",)),
        Link(("en.4.h.s1", "en.4.s1"), (), flags=("missing",)),
    )
    titles = (Title("en", "Outcomes of the Dialogue", "printed"), Title("zh", "对话成果清单", "printed"))
    return Bitext(Meta("talks", titles, "2014-07-10"), en, zh, (Witness("w1", "page.txt", "0", "utf-8"),), links)


def written(*bitexts: Bitext, layout: str = "side", page: str = "a4") -> bytes:
    files: dict[str, BytesIO] = {}

    @contextmanager
    def opener(name: str) -> Iterator[IO[bytes]]:
        files[name] = BytesIO()
        yield files[name]

    exporter.write(bitexts, Options("brief", layout=layout, page=page), opener)
    assert list(files) == ["brief.docx"]
    return files["brief.docx"].getvalue()


def opened(*bitexts: Bitext, layout: str = "side", page: str = "a4") -> Any:
    return open_docx(BytesIO(written(*bitexts, layout=layout, page=page)))


def part(made: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(made)) as package:
        return package.read(name)


def paragraphs(document: Any) -> list[str]:
    found = document.element.body.iter(qn("w:p"))
    return ["".join(t.text or "" for t in each.iter(qn("w:t"))) for each in found]


def test_every_segment_reads_as_it_should_in_its_own_paragraph() -> None:
    said = paragraphs(opened(bitext()))
    for document in bitext().documents:
        for segment in segments(document):
            assert any(reading(segment) in paragraph for paragraph in said), segment.id
    assert not any("workshp" in paragraph for paragraph in said)
    assert "Energy: Held a workshop on “Digital Energy”. It was useful." in said
    assert "能源：举行了“数字能源”研讨会——与TCL’s合作。〔中文文本无此句〕" in said


def test_headings_are_heading_paragraphs_outside_the_tables() -> None:
    found = [(p.style.name, p.text) for p in opened(bitext()).paragraphs if p.style.name.startswith("Heading")]
    assert found == [("Heading 1", "Energy part\u2003一、能源"), ("Heading 1", "Rest\u2003二、其他")]


def test_inner_sections_have_deeper_headings_and_long_ones_break_between_languages() -> None:
    inner = section("zh", 8, "内" * 60, section("zh", 9, "更深"))
    found = opened(bitext(blocks_more=(inner,))).paragraphs
    levels = {p.style.name for p in found if "内" * 60 in p.text}, {p.style.name for p in found if "更深" in p.text}
    assert levels == ({"Heading 1"}, {"Heading 2"})
    plain = bitext()
    long = section("en", 1, "Energy " * 12, *plain.en.blocks[0].blocks)
    again = replace(plain, en=Document("en", "en-US", (long,)))
    assert any("\n一、能源" in p.text for p in opened(again).paragraphs)


def test_every_section_and_item_has_a_bookmark_and_no_two_are_alike() -> None:
    body = opened(bitext(), bitext()).element.body
    starts = [(e.get(qn("w:id")), e.get(qn("w:name"))) for e in body.iter(qn("w:bookmarkStart"))]
    names = [name for _, name in starts]
    assert {"en_part_1", "en_1", "en_2", "en_3", "en_4", "en_1_2", "en_part_1_2"} <= set(names)
    assert len({name.lower() for name in names}) == len(names) == 12
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in names)
    assert sorted(i for i, _ in starts) == sorted(e.get(qn("w:id")) for e in body.iter(qn("w:bookmarkEnd")))


def test_bookmark_names_stay_unique_when_cut_to_length() -> None:
    from align.exporters._wml import Bookmarks

    bookmarks = Bookmarks()
    names = [bookmarks.around(anchor, ())[0].get(qn("w:name")) for anchor in ("a" * 50, "A" * 60, "3.1", "三")]
    assert names == ["a" * 40, "A" * 38 + "_2", "at_3_1", "at__"]


def test_the_head_of_each_table_of_rows_repeats_and_short_rows_stay_whole() -> None:
    tables = [t for t in opened(bitext()).tables if t.style.name == "Bilingual Table"]
    assert [t.rows[0].cells[-1].text for t in tables] == ["Chinese 中文", "English only 仅有英文"]
    for table in tables:
        heads = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_row_longer_than_half_a_page_may_split() -> None:
    long = (item("zh", 7, "长", "字" * 3000), item("zh", 8, "短", "字"))
    rows = opened(bitext(blocks_more=long)).tables[-1].rows
    assert [row._tr.find(qn("w:trPr")) is None for row in rows] == [False, True, False]


def test_no_table_follows_another_directly() -> None:
    kinds = [child.tag for child in opened(bitext(), bitext()).element.body]
    assert (qn("w:tbl"), qn("w:tbl")) not in list(pairwise(kinds))


def test_a_note_says_what_is_missing_and_marks_have_a_style_of_their_own() -> None:
    document = opened(bitext())
    notes = [p.text for p in document.paragraphs if p.style.name == "Bilingual Note"]
    assert notes == ["Items 3, 4: no Chinese text is held; English only.\n第3、4项：未收录中文文本，仅列英文。"]
    marked = {
        "".join(t.text for t in run.iter(qn("w:t")))
        for run in document.element.body.iter(qn("w:r"))
        if run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}[@{qn('w:val')}='EditorialMark']") is not None
    }
    assert marked == {"〔中文文本无此句〕", " […] [the source text stops here]"}


def test_without_numbers_there_is_no_gutter() -> None:
    en = Document("en", "en-US", (Block("en.p1", "paragraph", segments=(Segment("en.p1.s1", "Prose."),)),))
    zh = Document("zh", "zh-Hans", (Block("zh.p1", "paragraph", segments=(Segment("zh.p1.s1", "散文。"),)),))
    plain = Bitext(Meta("prose"), en, zh, (), (Link(("en.p1.s1",), ("zh.p1.s1",)),))
    document = opened(plain)
    assert [[cell.text for cell in row.cells] for row in document.tables[-1].rows] == [
        ["English 英文", "Chinese 中文"],
        ["Prose.", "散文。"],
    ]
    assert document.element.body.find(f".//{qn('w:bookmarkStart')}").get(qn("w:name")) == "en_p1"


def test_chinese_runs_take_the_chinese_face_and_english_ones_do_not() -> None:
    hinted = 0
    for run in opened(bitext()).element.body.iter(qn("w:r")):
        text = "".join(t.text or "" for t in run.iter(qn("w:t")))
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        hint = fonts is not None and fonts.get(qn("w:hint")) == "eastAsia"
        assert hint == bool(re.search(r"[\u4e00-\u9fff]", text)), text
        hinted += hint
    assert hinted > 10


@pytest.mark.parametrize(
    ("tag", "font", "lang", "page"),
    [
        ("zh-Hans", "Microsoft YaHei", "zh-CN", "页"),
        ("zh-Hant", "Microsoft JhengHei", "zh-TW", "頁"),
        ("zh-Hant-TW", "Microsoft JhengHei", "zh-TW", "頁"),
        ("zh-Hant-HK", "Microsoft JhengHei", "zh-HK", "頁"),
    ],
)
def test_the_script_decides_face_language_and_characters(tag: str, font: str, lang: str, page: str) -> None:
    made = written(bitext(tag))
    styles = part(made, "word/styles.xml").decode()
    assert f'w:eastAsia="{font}" w:cs="Calibri"' in styles
    assert f'<w:lang w:val="en-US" w:eastAsia="{lang}"' in styles
    assert "Theme=" not in styles
    footer = "".join(p.text for p in open_docx(BytesIO(made)).sections[0].footer.paragraphs)
    assert page in footer


def test_a_second_bitext_has_its_own_face_header_and_page() -> None:
    document = opened(bitext(), bitext("zh-Hant"))
    assert len(document.sections) == 2
    assert [s.header.paragraphs[0].text for s in document.sections] == ["Outcomes of the Dialogue\t对话成果清单"] * 2
    fonts = [e.get(qn("w:eastAsia")) for e in document.element.body.iter(qn("w:rFonts"))]
    assert fonts[0] is None
    assert fonts[-1] == "Microsoft JhengHei"
    assert document.core_properties.title == "brief"


def test_the_footer_counts_pages_in_both_languages() -> None:
    section = opened(bitext()).sections[0]
    for footer in (section.footer, section.first_page_footer):
        fields = [e.get(qn("w:instr")).strip() for e in footer.part.element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"] * 2
        said = "".join(t.text for t in footer.part.element.iter(qn("w:t")))
        assert said == "Page 1 of 1 · 第1页，共1页"


def test_properties_name_the_document_and_no_other_date_than_its_own() -> None:
    made = written(bitext())
    said = open_docx(BytesIO(made)).core_properties
    assert (said.title, said.author, said.language) == (
        "Outcomes of the Dialogue · 对话成果清单",
        "align",
        "en-US, zh-CN",
    )
    assert DATES.findall(part(made, "docProps/core.xml")) == [b"2014-07-10T00:00:00Z"] * 2


def test_a_date_that_is_not_whole_is_filled_up() -> None:
    from align.exporters._docx_package import moment

    given = ("2014", "2014-07", "July 2014", "2014-13-40")
    assert [f"{moment(date):%Y-%m-%d}" for date in given] == ["2014-01-01", "2014-07-01", *["1980-01-01"] * 2]


def test_two_runs_give_the_same_bytes_with_fixed_dates() -> None:
    first, second = written(bitext()), written(bitext())
    assert first == second
    with ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert not [name for name in package.namelist() if "thumbnail" in name or "customXml" in name]


def test_characters_that_xml_forbids_become_replacement_characters() -> None:
    odd = (item("zh", 7, "甲", "乙\x0b\ud800丙"), item("zh", 8, "丁", "戊"))
    assert "甲：乙\ufffd\ufffd丙" in paragraphs(opened(bitext(blocks_more=odd)))


LAYOUTS = ("side", "stacked", "en", "zh", "review")


def shown(document: Any, lang: str) -> set[str]:
    """The ids of the sentences of a language that a document shows."""
    said = "\n".join(paragraphs(document))
    held = bitext().en if lang == "en" else bitext().zh
    return {segment.id for segment in segments(held) if reading(segment) in said}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_shows_all_of_its_languages_and_no_other(layout: str) -> None:
    document = opened(bitext(), layout=layout)
    for held in bitext().documents:
        expected = set() if layout in {"en", "zh"} - {held.id} else {segment.id for segment in segments(held)}
        assert shown(document, held.id) == expected


@pytest.mark.parametrize("page", ["a4", "letter"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_tables_are_as_wide_as_the_text(layout: str, page: str) -> None:
    document = opened(bitext(), layout=layout, page=page)
    section = document.sections[0]
    size = (section.page_width.twips, section.page_height.twips)
    assert sorted(size) == ([11906, 16838] if page == "a4" else [12240, 15840])
    assert (size[0] > size[1]) == (layout == "review")
    text = size[0] - section.left_margin.twips - section.right_margin.twips
    for grid in document.element.body.iter(qn("w:tblGrid")):
        assert sum(int(column.get(qn("w:w"))) for column in grid) == text


def test_stacked_has_english_and_then_chinese_in_one_cell() -> None:
    table = next(t for t in opened(bitext(), layout="stacked").tables if t.style.name == "Bilingual Table")
    assert [cell.text for cell in table.rows[0].cells] == ["No. 编号", "English, then Chinese 英文，中文"]
    said = [p.style.name for p in table.rows[1].cells[1].paragraphs]
    assert said == ["Bilingual English", "Bilingual Chinese"]


def test_an_edition_of_one_language_says_what_it_lacks_in_that_language() -> None:
    document = opened(bitext(), layout="zh")
    notes = [p.text for p in document.paragraphs if p.style.name == "Bilingual Note"]
    assert notes == ["第3、4项：未收录中文文本。"]
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == ["对话成果清单"]
    footer = document.sections[0].footer.part.element
    assert "".join(t.text for t in footer.iter(qn("w:t"))) == "第1页，共1页"


def test_the_table_for_reviewers_has_ids_confidence_and_flags() -> None:
    table = opened(bitext(), layout="review").tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][1:6:2] == ["ids 编号", "ids 编号", "Conf. 置信"]
    assert ["1", "en.1.h.s1", "Energy:", "zh.1.h.s1", "能源：", "1.00", ""] in rows
    assert ["2", "en.2.p1.s1", "(a) grid integration;", "zh.2.p1.s1", "（一）电网并网；", "1.00", ""] in rows
    assert ["", "en.1.s2", "It was useful.", "", "〔中文文本无此句〕", "", "omitted 漏译"] in rows
    assert len(rows) == 1 + len(bitext().links)


def commented(made: bytes) -> list[tuple[str, str]]:
    """What each comment stands at, and what it says."""
    root = open_docx(BytesIO(made)).element.body
    comments = {c.get(qn("w:id")): c for c in etree.fromstring(part(made, "word/comments.xml"))}
    said = []
    for start in root.iter(qn("w:commentRangeStart")):
        number = start.get(qn("w:id"))
        ends = [e for e in root.iter(qn("w:commentRangeEnd"), qn("w:commentReference")) if e.get(qn("w:id")) == number]
        assert len(ends) == 2
        at = "".join(t.text or "" for t in start.getparent().iter(qn("w:t")))
        said.append((at, " | ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in comments.pop(number))))
    assert not comments
    return said


def test_what_is_flagged_is_a_comment_at_its_item() -> None:
    suspect = replace(bitext(), links=(*bitext().links[:4], replace(bitext().links[4], flags=("doubtful",))))
    said = commented(written(suspect))
    assert [at for at, _ in said] == ["2", "3"]
    assert said[0][1].startswith("It is doubtful that these answer each other: “grid integration;” | 两者是否对应存疑")
    assert said[1][1].startswith("The English source text stops here, without a closing mark: “Ports are”")
    root = etree.fromstring(part(written(suspect), "word/comments.xml"))
    assert {(c.get(qn("w:author")), c.get(qn("w:date"))) for c in root} == {("align", None)}
    assert [at for at, _ in commented(written(suspect, layout="zh"))] == ["2"]


def test_what_people_remarked_is_a_comment_by_them_and_stands_in_the_table_for_reviewers() -> None:
    verdict = together([Verdict("Li Na", "2026-11-20", "术语待定"), Verdict("Wu", "", "Yes.")])
    remarked = replace(bitext(), links=(*bitext().links[:4], replace(bitext().links[4], verdict=verdict)))
    assert {("2", "2026-11-20: 术语待定"), ("2", "Yes.")} <= set(commented(written(remarked)))
    comments = etree.fromstring(part(written(remarked), "word/comments.xml"))
    people = {(c.get(qn("w:author")), c.get(qn("w:initials"))) for c in comments}
    assert {("Li Na", "LN"), ("Wu", "Wu")} <= people
    assert (
        "Li Na, 2026-11-20: 术语待定\nWu: Yes." in opened(remarked, layout="review").tables[-1].rows[5].cells[-1].text
    )


def test_what_a_person_reads_otherwise_is_a_note_and_stands_in_the_table_for_reviewers() -> None:
    from align.exporters._pdf_notes import flagged

    made = bitext()
    segment = next(s for s in segments(made.en) if s.text == "It was useful.")
    read = replace(segment, readings=(Reading(7, 13, "harmful", "Li Na"),))
    corrected = replaced(made, read)
    said = [(note.en, note.zh) for note in flagged(corrected) if "Li Na" in note.en]
    assert said == [
        ("Li Na reads “harmful” where the source prints “useful”.", "来源原文为“useful”，Li Na读作“harmful”。")
    ]
    assert any("Li Na reads “harmful”" in text for _, text in commented(written(corrected)))
    cells = [row.cells[-1].text for row in opened(corrected, layout="review").tables[-1].rows]
    assert any("Li Na: “harmful” for “useful”" in text for text in cells)


RULINGS = (
    Ruling("read", ("en.1.s2",), Verdict("Li Na", "2026-03-01", "See\nfax.")),
    Ruling("cut", ("en.1.s1", "en.1.s2"), Verdict("Li Na", note="{0}")),
    Ruling("join", ("zh.1.s1",)),
    Ruling("no-item", ("en.4.s1",), Verdict("王莉", "2026-03-02")),
    Ruling("link", (), Verdict("Li Na", "2026-03-01"), "Nobody has said this.", "“Nobody…” is not in the text"),
    Ruling("note", (), Verdict(), "谁也没有说过这句话。", "gone"),
)
SAID = [
    "Li Na cut this into 2 sentences: “Held a workshop on “Digital Energy”. | It was harmful.” Note: {0}",
    "Li Na (2026-03-01) reads “harmful” where the source prints “useful”. Note: See fax.",
    "The editor made this one sentence: “举行了“数字能源”研讨会——与TCL’s合作。”",
    "王莉 (2026-03-02) took this for text, not for the start of an item: “Rails & roads.”",
    "A decision of Li Na (2026-03-01) does not fit the text and was not applied: link “Nobody has said this.”",
    "A decision of the editor does not fit the text and was not applied: note “谁也没有说过这句话。”",
]


def test_who_decided_what_of_sentences_when_and_why_is_said() -> None:
    from align.exporters._decided import margins
    from align.exporters._pdf_notes import flagged, not_applied

    made = bitext()
    segment = next(s for s in segments(made.en) if s.text == "It was useful.")
    made = replaced(made, replace(segment, readings=(Reading(7, 13, "harmful", "Li Na"),)))
    ruled = replace(made, rulings=RULINGS)
    before = {note.en for note in flagged(made)}
    assert [note.en for note in flagged(ruled) if note.en not in before] == SAID
    assert [note.en for note in not_applied(ruled)] == SAID[-2:]
    zh = [note.zh for note in flagged(ruled)]
    assert "Li Na将此处断为2句：“Held a workshop on “Digital Energy”. | It was harmful.”备注：{0}" in zh
    assert zh[-1] == "编者的一项决定与文本不符，未予采用：备注“谁也没有说过这句话。”"
    comments = [text for _, text in commented(written(ruled))]
    assert all(any(said in text for text in comments) for said in SAID)
    cells = [row.cells[-1].text for row in opened(ruled, layout="review").tables[-1].rows]
    for said in (
        "Li Na, 2026-03-01: “harmful” for “useful”. See fax.",
        "Li Na: cut 断句. {0}",
        "the editor: joined 并句",
    ):
        assert sum(said in text for text in cells) == 1 + ("cut" in said)
    assert margins(replace(made, rulings=RULINGS[:1])) == {
        "en.1.s2": ("Li Na, 2026-03-01: “harmful” for “useful”. See fax.",)
    }
    many = replace(made, rulings=RULINGS[-2:] * 3)
    assert [note.en for note in not_applied(many)] == [
        "6 decisions of Li Na, the editor do not fit the text and were not applied."
    ]


def test_a_traditional_edition_says_decisions_in_its_own_script() -> None:
    from align.exporters._decided import decided

    ruled = replace(bitext("zh-Hant"), rulings=RULINGS[2:4])
    assert [line.zh for line in decided(ruled)] == [
        "王莉（2026-03-02）認定此處為正文，並非條目開頭：「Rails & roads.」",
        "編者將此處併為一句：「举行了“数字能源”研讨会——与TCL’s合作。」",
    ]


def replaced(made: Bitext, segment: Segment) -> Bitext:
    """The bitext with another English segment of the same id."""

    def block(held: Block) -> Block:
        own = tuple(segment if s.id == segment.id else s for s in held.segments)
        return replace(held, segments=own, blocks=tuple(map(block, held.blocks)))

    return replace(made, en=replace(made.en, blocks=tuple(map(block, made.en.blocks))))


def test_a_long_brief_opens_with_a_contents_list_that_leads_to_its_items() -> None:
    more = tuple(section("zh", n, f"第{n}部分", item("zh", 100 + n, "甲", "字" * 4000)) for n in range(8, 14))
    document = opened(bitext(blocks_more=more))
    names = {e.get(qn("w:name")) for e in document.element.body.iter(qn("w:bookmarkStart"))}
    links = [e.get(qn("w:anchor")) for e in document.element.body.iter(qn("w:hyperlink"))]
    assert len(links) == 8
    assert set(links) <= names
    lines = [p for p in document.paragraphs if p.style.name.startswith("toc")]
    assert len(lines) == 8
    kinds = [e.get(qn("w:fldCharType")) for e in document.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert not list(opened(bitext()).element.body.iter(qn("w:hyperlink")))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_error_by_openxml_audit(layout: str, tmp_path: Path) -> None:
    audit = shutil.which("openxml-audit") or shutil.which("openxml-audit", path=str(Path(sys.executable).parent))
    if not audit:
        pytest.skip("openxml-audit is not installed")
    long = (
        section("zh", 8, "长", item("zh", 9, "甲", "字" * 20000)),
        section("zh", 9, "长", item("zh", 10, "乙", "字")),
    )
    (tmp_path / "brief.docx").write_bytes(written(bitext(blocks_more=long), bitext("zh-Hant-HK"), layout=layout))
    done = subprocess.run([audit, str(tmp_path / "brief.docx")], capture_output=True, text=True, timeout=120)
    assert "Errors: 0" in done.stdout, done.stdout


def test_libreoffice_makes_a_pdf_that_holds_both_languages(tmp_path: Path) -> None:
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if not soffice or not pdftotext:
        pytest.skip("soffice or pdftotext is not installed")
    (tmp_path / "brief.docx").write_bytes(written(bitext()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "brief.docx")], check=True, capture_output=True, timeout=180)
    found = subprocess.run([pdftotext, str(tmp_path / "brief.pdf"), "-"], check=True, capture_output=True)
    text = re.sub(r"\s", "", found.stdout.decode())
    assert "对话成果清单" in text
    assert "一、能源" in text
    assert "Rails&roads." in text

"""What each layout shows, the contents list of a long document, the notes at the end, and the options for them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from test_pdf import CHINESE, ENGLISH, bitext, item, needs_pdftotext, opened, pair, pdf, sample, section, solid, text
from test_pdf_tagged import long

from align.drafts import mark
from align.exporters._brief import Alone, Note, Row, brief
from align.exporters._brief import Run as Words
from align.exporters._cover import BOTH
from align.exporters._pdf_contents import MOST, entries
from align.exporters._pdf_edition import one_language
from align.exporters._pdf_notes import flagged
from align.exporters._review_text import rows_of
from align.model import Bitext, Block, Link, Mark, Segment
from align.wishes import LAYOUTS


def pages(content: bytes) -> list[tuple[float, float]]:
    """The size of every page."""
    boxes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", opened(content))
    return [(float(width), float(height)) for width, height in boxes]


@needs_pdftotext
def test_stacked_sets_the_chinese_under_the_english(tmp_path: Path) -> None:
    found = solid(text(pdf(sample(), layout="stacked"), tmp_path, "-layout"))
    assert solid(f"36 Sister Cities: {ENGLISH} {ENGLISH} 友好城市：{CHINESE}{CHINESE}") in found


@needs_pdftotext
def test_one_language_alone_says_what_it_lacks(tmp_path: Path) -> None:
    found = solid(text(pdf(sample(), layout="zh"), tmp_path, "-raw"))
    assert solid(CHINESE + CHINESE) in found
    assert "第38、39项：未收录中文文本。" in found
    assert "SisterCities" not in found
    other = solid(text(pdf(sample(), layout="en"), tmp_path, "-raw"))
    assert solid(f"39 Workshop: {ENGLISH}") in other
    assert "友好城市" not in other


def test_an_edition_of_one_language_keeps_every_one_of_its_items() -> None:
    said = brief(sample())
    for lang, held in (("en", ["36", "37", "38", "39"]), ("zh", ["36", "37"])):
        parts = one_language(said, lang).parts  # type: ignore[arg-type]  # as above
        assert [part.number for part in parts if isinstance(part, Alone)] == held
        assert sum(isinstance(part, Note) for part in parts) == (lang == "zh")


@needs_pdftotext
def test_review_shows_ids_confidence_and_flags(tmp_path: Path) -> None:
    made = sample()
    marked = replace(made.links[2], confidence=0.31, flags=("doubtful", "crossing"))
    content = pdf(replace(made, links=(*made.links[:2], marked, *made.links[3:])), layout="review")
    found = solid(text(content, tmp_path, "-raw"))
    for said in ("en.36.s1", "zh.36.s1", "0.31", "doubtful存疑", "crossing语序交叉", "1.00"):
        assert said in found
    assert {width > height for width, height in pages(content)} == {True}
    assert b"/S /TH" in opened(content)


def lettered(lang: str) -> Block:
    """A chapter with a label, an article of a paragraph and two points, an item with a run-in title."""
    chapter, article, first, second = (
        ("Chapter I ", "Article 1 ", "(a) ", "(b) ") if lang == "en" else ("第一章　", "第一条", "一、", "二、")
    )
    words = (
        ("Scope.", "It applies to:", "ports;", "rails.") if lang == "en" else ("范围。", "适用于：", "口岸；", "铁路。")
    )
    held = [Segment(f"{lang}.1.s{at}", said) for at, said in enumerate(words)]
    opens = Block(f"{lang}.1.p1", "paragraph", segments=tuple(held[:2]))
    if lang == "zh":
        opens = replace(opens, segments=(held[0],))
    inner = (opens,) if lang == "en" else (opens, Block("zh.1.p2", "paragraph", segments=(held[1],)))
    points = (
        Block(f"{lang}.1.q{at}", "point", "", Mark(mark), segments=(one,))
        for at, (mark, one) in enumerate(((first, held[2]), (second, held[3])))
    )
    law = Block(f"{lang}.1", "item", "1", Mark(article), blocks=(*inner, *points))
    made = section(lang, "c", "Ports" if lang == "en" else "口岸", law, item(lang, "2", "T", "U.", "V."))
    return replace(made, label=Mark(chapter))


def lettered_bitext() -> Bitext:
    """The two chapters; the last points are in one link, as is a title with its text."""
    made = sample()
    made = replace(made, en=replace(made.en, blocks=(lettered("en"),)), zh=replace(made.zh, blocks=(lettered("zh"),)))
    names = [("c.h.s1",), ("1.s0",), ("1.s1",), ("1.s2", "1.s3"), ("2.h.s1", "2.s1"), ("2.s2",)]
    links = (Link(tuple(f"en.{n}" for n in one), tuple(f"zh.{n}" for n in one)) for one in names)
    return replace(made, links=tuple(links))


def test_a_review_prints_labels_and_the_mark_behind_a_title_and_every_paragraph_on_a_line_of_its_own() -> None:
    made = lettered_bitext()
    rows = rows_of(made)
    said = [
        [["".join(run.text for run in line) for line in rows.side(link, lang)] for lang in BOTH] for link in made.links
    ]
    assert said == [
        [["Chapter I Ports"], ["第一章 口岸"]],
        [["Article 1 Scope."], ["第一条　范围。"]],
        [["It applies to:"], ["适用于："]],
        [["(a) ports;", "(b) rails."], ["一、口岸；", "二、铁路。"]],
        [["T: U."], ["T：U."]],
        [["V."], ["V."]],
    ]


@needs_pdftotext
def test_the_labels_of_a_review_are_printed(tmp_path: Path) -> None:
    found = solid(text(pdf(lettered_bitext(), layout="review"), tmp_path, "-layout"))
    for said in ("ChapterIPorts", "第一章口岸", "Article1Scope.", "(b)rails.", "二、铁路。", "T:U."):
        assert said in found


def test_paragraphs_of_an_item_come_level_wherever_no_link_goes_across() -> None:
    (row,) = (part for part in brief(lettered_bitext()).parts if isinstance(part, Row) and part.number == "1")
    assert (len(row.en), len(row.zh)) == (3, 4)
    assert row.levels == ((1, 2), (3, 4))
    apart = replace(lettered_bitext(), links=_by_name())
    (row,) = (part for part in brief(apart).parts if isinstance(part, Row) and part.number == "1")
    assert row.levels == ((1, 2), (2, 3), (3, 4))


def _by_name() -> tuple[Link, ...]:
    """Every sentence of both sides by itself."""
    return tuple(Link((f"en.{n}",), (f"zh.{n}",)) for n in ("c.h.s1", "1.s0", "1.s1", "1.s2", "1.s3", "2.h.s1"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letter_is_letter(layout: str) -> None:
    size = (792.0, 612.0) if layout == "review" else (612.0, 792.0)
    assert set(pages(pdf(sample(), layout=layout, page="letter"))) == {size}


@needs_pdftotext
def test_the_contents_of_a_long_document_name_the_right_pages(tmp_path: Path) -> None:
    found = text(pdf(long()), tmp_path, "-layout").split("\f")
    listed = re.findall(r"^ *(Chapter \d+)\s.*?(\d+)$", found[0], re.MULTILINE)
    assert len(listed) == 10
    for name, number in listed:
        assert re.search(rf"^ *{name}\s+章", found[int(number) - 1], re.MULTILINE)


@needs_pdftotext
def test_a_short_document_has_no_contents(tmp_path: Path) -> None:
    assert "Contents" not in text(pdf(sample()), tmp_path)


def test_a_contents_list_of_very_many_items_names_runs_of_them() -> None:
    side = {
        lang: section(lang, "1", "All", *(item(lang, str(at), f"T{at}", "Text.") for at in range(1, 1001)))
        for lang in ("en", "zh")
    }
    made = Bitext(sample().meta, replace(sample().en, blocks=(side["en"],)), replace(sample().zh, blocks=(side["zh"],)))
    found = entries(brief(replace(made, links=_by_number({**side}))))
    assert len(found) <= MOST
    assert found[0].said[0].text == "1–50"


def test_items_without_titles_are_listed_by_their_first_words_in_the_languages_shown() -> None:
    said = brief(pair(ENGLISH, CHINESE))
    assert [run.text for run in entries(said)[0].said] == [
        "1\u2003",
        "The two sides decided to hold the next meeting…",
        "\u2003",
        "双方决定于2014年7月10日…",
    ]
    assert (
        entries(brief(pair("A.", "双方在北京举行的会议同意采用ISO国际标准")))[0].said[-1].text
        == "双方在北京举行的会议同意采用…"
    )
    for lang, words in (
        ("en", "The two sides decided to hold the next meeting in Beijing on…"),
        ("zh", "双方决定于2014年7月10日在北京举行“数字能源”研讨会（CERC）…"),
    ):
        assert entries(one_language(said, lang))[0].said[1].text == words  # type: ignore[arg-type]  # as above


def _by_number(side: dict[str, object]) -> tuple[Link, ...]:
    return tuple(
        Link((one.segments[0].id,), (two.segments[0].id,))
        for one, two in zip(side["en"].blocks, side["zh"].blocks, strict=True)  # type: ignore[attr-defined]  # blocks
    )


@needs_pdftotext
def test_notes_name_what_is_flagged_and_lead_there(tmp_path: Path) -> None:
    made = sample()
    marked = replace(made.links[2], flags=("doubtful",))
    flags = flagged(replace(made, links=(*made.links[:2], marked, *made.links[3:])))
    assert [(note.number, note.anchor) for note in flags] == [("36", "en.36"), ("38", "en.38")]
    assert flags[1].en == "The English source text stops here, without a closing mark: “Launched six new”"
    assert flags[1].zh == "英文来源文本到此为止，没有句末标点：“Launched six new”"
    content = pdf(replace(made, links=(*made.links[:2], marked, *made.links[3:])))
    assert b"/Dest /en.36 /StructParent" in opened(content)
    assert "Notes附注" in solid(text(content, tmp_path, "-raw"))


def test_a_note_quotes_the_text_as_it_is_and_converts_our_own_words_only() -> None:
    made = sample("zh-Hant-TW")
    zh = made.zh.blocks[0].blocks[0]
    first = replace(zh.segments[0], text="余先生与于女士在公里处会晤")
    block = replace(made.zh.blocks[0], blocks=(replace(zh, segments=(first, *zh.segments[1:])),))
    at = next(at for at, link in enumerate(made.links) if link.zh == (first.id,))
    links = (*made.links[:at], replace(made.links[at], flags=("doubtful",)), *made.links[at + 1 :])
    notes = flagged(replace(made, zh=replace(made.zh, blocks=(block,)), links=links[: at + 1]))
    assert notes[0].zh == "兩者是否對應存疑：「余先生与于女士在公里处会晤」"


def test_nothing_flagged_means_no_notes() -> None:
    assert flagged(pair("Text.", "文。")) == ()


def test_an_edition_notes_only_what_breaks_off_in_it() -> None:
    assert b"/Subtype /Link" in opened(pdf(sample(), layout="en"))
    assert b"/Subtype /Link" not in opened(pdf(sample(), layout="zh"))


def test_another_layout_or_paper_is_made_anew(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.en.txt").write_text("1. Ports: Both sides opened three ports.\n", "utf-8")
    (tmp_path / "a.zh.txt").write_text("1、口岸：双方开放了三个口岸。\n", "utf-8")
    command = ("export", "a.en.txt", "a.zh.txt", "--to", "pdf")
    assert "written: dist/a/a.xml, .pdf" in run(*command)[1]
    assert "unchanged" in run(*command)[1]
    assert re.search(r"written: \S*a\.pdf", run(*command, "--layout", "stacked")[1])
    assert re.search(r"written: \S*a\.pdf", run(*command, "--layout", "stacked", "--page", "letter")[1])
    assert run(*command, "--layout", "wide")[0] == 2


@needs_pdftotext
def test_a_review_says_on_every_page_which_item_goes_on(tmp_path: Path) -> None:
    found = text(pdf(long(), layout="review"), tmp_path, "-layout").split("\f")[2:]
    assert [page for page in found if re.search(r"Flags 标记\s+\d+ \(cont\./续\)\s+en\.\d+\.s[2-4]", page)]
    assert not [page for page in found if re.search(r"Flags 标记\s+en\.\d+\.s[2-4]", page)]


@needs_pdftotext
def test_what_follows_a_contents_list_may_stand_on_its_last_page(tmp_path: Path) -> None:
    en, zh = (
        section(
            lang,
            "0",
            "",
            *(section(lang, f"s{at}", f"{title} {at}", item(lang, str(at), "", *said)) for at in range(40)),
        )
        for lang, title, said in (("en", "Chapter", (ENGLISH,) * 5), ("zh", "章", (CHINESE,) * 5))
    )
    found = text(pdf(bitext(en, zh), layout="review"), tmp_path, "-layout").split("\f")
    begins = next(at for at, page in enumerate(found) if "Flags" in page)
    listed = re.findall(r"^ *(Chapter \d+)\s.*?(\d+)$", "".join(found[: begins + 1]), re.MULTILINE)
    assert re.search(r"Chapter 39 .*Flags", found[begins], re.DOTALL)
    assert len(listed) == 40
    assert all(re.search(rf"en\.s\d+\.h\.s1 .*{name} ", found[int(page) - 1]) for name, page in listed)


def test_a_draft_without_a_title_is_listed_by_its_first_words_and_not_by_what_it_says_of_itself() -> None:
    (row,) = (part for part in brief(pair(ENGLISH, CHINESE)).parts if isinstance(part, Row))
    says = (Words(mark("machine", "zh-Hans"), "zh", "mark"),)
    said = replace(brief(pair(ENGLISH, CHINESE)), parts=(replace(row, zh=(says, *row.zh)),))
    assert entries(said)[0].said[-1].text == "双方决定于2014年7月10日…"

"""Drafts: they close no gap, stand in a second set only, and say what they are wherever they are shown."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import EN, ROOT, ZH, Run, contents, shared
from lxml import etree
from test_golden import exported

from align import corpus
from align.build import build
from align.checks import check
from align.drafts import MARKS, drafted, mark, marks
from align.editions import edition
from align.errors import DataError
from align.export import Options, find_exporter
from align.model import STANDINGS, Bitext, block_segments, items
from align.provenance import source_text
from align.review.table import read_tables
from align.sources.documents import USED_STANDINGS, Input, InputFile, read_folder
from align.summary import summarise
from align.validate import validate
from align.wishes import LAYOUTS, Memory

ALL = Memory(standing="all")
FOLDER = ROOT / "input/sed6-strategic-track"
MARK = "Machine draft, unreviewed, not official 〔机器译文，未经审校，非官方文本〕"
WORKING = "Working translation, not official 〔工作译文，非官方文本〕"
THREE = EN + "3. Schools: Both sides opened two schools.\n"
DRAFT = ZH.replace("三个", "五个") + "3、学校：双方开设了两所学校。\n9、其他：双方还讨论了其他问题。\n"


@pytest.fixture(scope="session")
def drafts() -> Bitext:
    return build(read_folder(FOLDER), drafts=True)


def built(folder: Path, *given: tuple[str, str, str], drafts: bool = True) -> Bitext:
    """The bitext of files of a name, a standing and a text."""
    for name, _, text in given:
        (folder / name).write_text(text, "utf-8")
    return build(Input("case", tuple(InputFile(folder / name, standing=said) for name, said, _ in given)), drafts)


def flags(bitext: Bitext) -> set[str]:
    return {flag for link in bitext.links for flag in link.flags}


def accounted(bitext: Bitext, folder: Path) -> bool:
    return all(source_text(bitext, w) == (folder / w.file).read_text("utf-8") for w in bitext.witnesses)


def pages(data: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def written(bitext: Bitext, name: str, layout: str) -> bytes:
    made = io.BytesIO()

    class Kept:
        def __enter__(self) -> io.BytesIO:
            return made

        def __exit__(self, *_: object) -> None:
            return None

    find_exporter(name).write([bitext], Options("made", layout=layout, memory=ALL), lambda _: Kept())
    return made.getvalue()


def test_without_the_option_the_draft_is_not_there(sed6: Bitext) -> None:
    assert [witness.file for witness in sed6.witnesses] == ["page.txt"]
    assert not drafted(sed6)
    assert "draft" not in flags(sed6)


def test_the_draft_stands_where_no_text_is_held_and_nothing_else_changes(sed6: Bitext, drafts: Bitext) -> None:
    assert drafts.en == sed6.en
    assert drafts.meta == sed6.meta
    own = [item for item in items(drafts.zh) if item.id not in drafted(drafts)]
    assert own == list(items(sed6.zh))
    assert [item.number for item in items(drafts.zh)] == [str(n) for n in range(36, 61)]
    assert [link for link in drafts.links if "draft" not in link.flags] == [
        link for link in sed6.links if "missing" not in link.flags
    ]
    assert [len(section.blocks) for section in drafts.zh.blocks] == [6, 19]


def test_a_drafted_item_is_a_gap_in_what_is_counted(sed6: Bitext, drafts: Bitext) -> None:
    first, second = summarise(sed6), summarise(drafts)
    assert (second.aligned, second.zh.items, second.zh.sentences) == (1, 1, first.zh.sentences)
    assert second.zh.drafted == first.zh.missing == tuple(str(n) for n in range(36, 60))
    assert (second.zh.missing, second.zh.truncated, second.whole) == ((), (), False)
    assert check(drafts) == check(sed6)


def test_the_draft_stops_where_the_english_does(drafts: Bitext) -> None:
    cut = [item.number for item in items(drafts.zh) if any(s.truncated for s in block_segments(item))]
    assert cut == ["37", "40", "50", "52", "55"]


def test_every_character_of_every_witness_is_accounted_for(drafts: Bitext) -> None:
    assert accounted(drafts, FOLDER)


def test_the_corpus_names_whose_draft_it_is_and_counts_apart(drafts: Bitext, tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    path.write_bytes(corpus.write(drafts))
    assert validate(path) == []
    assert corpus.read(path) == drafts
    tree = etree.parse(path)
    names = {"t": "http://www.tei-c.org/ns/1.0"}
    made: Any = tree.xpath("//t:div[@type='item'][@resp]", namespaces=names)
    assert [item.get("source") for item in made] == ["#w2"] * 24
    assert {item.get("resp") for item in made} == {"#draft.w2"}
    assert all(item[0].text == MARK for item in made)
    assert tree.xpath("string(//t:respStmt[@xml:id='draft.w2']/t:resp)", namespaces=names) == MARK
    counts: Any = tree.xpath("//t:measure[@unit='item'][@xml:lang='zh-Hans']", namespaces=names)
    assert [(count.get("type"), count.get("quantity")) for count in counts] == [(None, "1"), ("draft", "24")]


def test_tei_takes_it(drafts: Bitext, tmp_path: Path) -> None:
    schema = shared("schemas/tei_all.rng")
    (tmp_path / "made.xml").write_bytes(corpus.write(drafts))
    found = subprocess.run(["jing", schema, tmp_path / "made.xml"], capture_output=True, text=True, check=False)
    assert found.stdout == ""


def test_the_memory_says_of_each_unit_that_it_is_a_draft(sed6: Bitext, drafts: Bitext) -> None:
    first, second = (etree.fromstring(exported(bitext, "tmx", ALL)) for bitext in (sed6, drafts))
    made = [tu for tu in second.iter("tu") if tu.get("creationid") == "align-draft"]
    assert len(made) > 70
    for tu in made:
        assert tu.findtext("prop[@type='x-Origin']") == "MachineTranslation"
        assert tu.findtext("prop[@type='x-standing']") == "machine"
        assert tu.findtext("note") == MARK
    others = [tu for tu in second.iter("tu") if tu not in made]
    assert [etree.tostring(tu) for tu in others] == [etree.tostring(tu) for tu in first.iter("tu")]
    assert second.findtext("header/note") == MARK


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_page_of_a_pdf_says_it_and_so_does_every_item(drafts: Bitext, layout: str) -> None:
    data = written(drafts, "pdf", layout)
    found = pages(data)
    assert all(MARK in page for page in found)
    whole, once = "".join(found).replace(" ", ""), MARK.replace(" ", "")
    again = whole.count(f"(cont./续){once}")
    assert whole.count(once) == len(found) + again + (0 if layout == "en" else 24)
    assert (layout == "stacked") == bool(again)
    import pypdfium2

    assert pypdfium2.PdfDocument(data).get_metadata_value("Subject").endswith(MARK)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_rule_of_tagged_pdf_fails(drafts: Bitext, layout: str) -> None:
    page = pytest.importorskip("page", reason="page-validation is not installed")
    data = written(drafts, "pdf", layout)
    reports = [
        page.validate_pdf_bytes(data, profile=each, limits=page.SafetyLimits.unlimited()) for each in ("ua1", "2a")
    ]
    assert [failure.message for report in reports for failure in report.failures] == []
    assert written(drafts, "pdf", layout) == data


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_footer_of_a_docx_says_it_and_so_does_every_item(drafts: Bitext, layout: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written(drafts, "docx", layout))) as archive:
        text = {
            n: "".join(map(str, etree.fromstring(archive.read(n)).itertext())) for n in archive.namelist() if "xml" in n
        }
    assert text["word/document.xml"].count(MARK) == (0 if layout == "en" else 24)
    footers = [said for name, said in text.items() if name.startswith("word/footer")]
    assert len(footers) == 2
    assert all(MARK in said for said in footers)
    assert MARK in text["docProps/core.xml"]


def test_the_web_page_says_it_in_a_line_that_stays_in_the_margin_and_in_every_item(drafts: Bitext) -> None:
    page = exported(drafts, "html").decode("utf-8")
    plain = re.sub("<[^>]+>", "", page)
    assert plain.count(MARK) == 24 + 1 + 2  # items; the line; the title and the margin in print
    assert '<aside class="drafts"' in page
    assert f'<meta name="description" content="{MARK}.' in page


def test_the_cover_tells_drafted_from_missing_and_from_aligned(drafts: Bitext) -> None:
    from align.exporters._brief import brief

    en, zh = brief(drafts).statement
    assert "25 items in English, 1 in Chinese, 1 aligned." in en
    assert "No Chinese text is held for items 36–59 (24 items); what stands there is a machine draft" in en
    assert "第36至59项（共24项）未收录中文文本，此处所列为机器译文" in zh
    assert "ends without a closing mark, and may be cut off, in items 37, 40, 50, 52, 55." in en


def test_an_edition_says_it_in_its_own_script(drafts: Bitext) -> None:
    made = edition(drafts, "zh-Hant-TW")
    assert marks(made) == ("Machine draft, unreviewed, not official 〔機器譯文，未經審校，非官方文本〕",)
    assert all(marks(made)[0] in page for page in pages(written(made, "pdf", "side")))


def test_every_draft_has_its_words() -> None:
    assert set(MARKS) == set(STANDINGS) - set(USED_STANDINGS)
    assert mark("machine", "zh-Hans") == MARK
    assert mark("working", "zh-Hans") == WORKING


def test_a_persons_translation_comes_before_a_machines(tmp_path: Path) -> None:
    working = "3、学校：双方共开设了两所学校。\n"
    given = ("en.txt", "official", THREE), ("zh.txt", "official", ZH)
    bitext = built(tmp_path, *given, ("machine.txt", "machine", DRAFT), ("working.txt", "working", working))
    assert drafted(bitext)["zh.3"] == "working"
    assert [item.witness for item in items(bitext.zh)] == ["w2", "w2", "w4"]
    record = bitext.witnesses[2].record
    assert {span.how for span in record if span.kind == "left-out"} == {"lower-standing"}
    assert accounted(bitext, tmp_path)
    units = [
        tu for tu in etree.fromstring(exported(bitext, "tmx", ALL)).iter("tu") if tu.get("creationid") == "align-draft"
    ]
    assert {tu.findtext("prop[@type='x-standing']") for tu in units} == {"working"}
    assert {tu.findtext("prop[@type='x-Origin']") for tu in units} == {"Alignment"}


def test_an_item_of_which_a_text_is_known_is_not_drafted(tmp_path: Path) -> None:
    third = "3、学校：双方新开设了两所学校。\n"
    given = ("en.txt", "official", THREE), ("zh.txt", "official", ZH), ("other.txt", "reprint", third)
    bitext = built(tmp_path, *given, ("machine.txt", "machine", DRAFT))
    assert not drafted(bitext)
    assert accounted(bitext, tmp_path)


def test_what_neither_text_has_is_left_aside(tmp_path: Path) -> None:
    given = ("en.txt", "official", THREE), ("zh.txt", "official", ZH), ("machine.txt", "machine", DRAFT)
    bitext = built(tmp_path, *given)
    assert [item.number for item in items(bitext.zh)] == ["1", "2", "3"]
    assert "三个" in "".join(s.text for item in items(bitext.zh) for s in block_segments(item))
    assert accounted(bitext, tmp_path)


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        (THREE, DRAFT),
        (
            "# Rules\n\n## Ports\n\n1. Open.\n\n(a) Now.\n\nSome text.\n",
            "# 规则\n\n## 港口\n\n1. 开放。\n\n一些文字。\n",
        ),
        (
            "The two sides met in Beijing in 2013.\n\nThey opened three ports.\n\nPrices fell.\n",
            "双方于2013年在北京会晤。\n\n双方开放了三个口岸。\n",
        ),
    ],
    ids=["items", "sections", "paragraphs"],
)
def test_a_language_of_which_no_text_is_held_is_drafted_whole(tmp_path: Path, text: str, draft: str) -> None:
    bitext = built(tmp_path, ("en.md", "official", text), ("zh.md", "machine", draft))
    summary = summarise(bitext)
    assert (summary.aligned, summary.zh.items, summary.zh.sentences, summary.zh.omitted) == (0, 0, 0, 0)
    assert not bitext.zh.heading
    assert summary.zh.drafted or summary.zh.drafted_elsewhere
    path = tmp_path / "made.xml"
    path.write_bytes(corpus.write(bitext))
    assert validate(path) == []
    assert corpus.read(path) == bitext
    assert accounted(bitext, tmp_path)
    assert all(MARK in page for page in pages(written(bitext, "pdf", "side")))


def test_the_english_may_be_the_draft(tmp_path: Path) -> None:
    zh = ZH + "3、学校：双方开设了两所学校。\n"
    given = ("zh.txt", "official", zh), ("en.txt", "official", EN), ("draft.txt", "working", THREE)
    bitext = built(tmp_path, *given)
    assert drafted(bitext)["en.3"] == "working"
    assert summarise(bitext).en.drafted == ("3",)
    assert summarise(bitext).aligned == 2
    assert all(WORKING in page for page in pages(written(bitext, "pdf", "zh")))


def test_a_draft_in_another_script_is_refused(tmp_path: Path) -> None:
    draft = "3、學校：雙方開設了兩所學校，並將繼續進行討論。\n"
    given = ("en.txt", "official", THREE), ("zh.txt", "official", ZH), ("machine.txt", "machine", draft)
    with pytest.raises(DataError, match="another script"):
        built(tmp_path, *given)


SETTINGS = """
[[file]]
name = "en.txt"
[[file]]
name = "zh.txt"
[[file]]
name = "zh.draft.txt"
language = "zh-Hans"
standing = "machine"
"""


def given(folder: Path, draft: str) -> None:
    (folder / "old").mkdir(exist_ok=True)
    for name, text in (("en.txt", THREE), ("zh.txt", ZH), ("zh.draft.txt", draft), ("document.toml", SETTINGS)):
        (folder / "old" / name).write_text(text, "utf-8")


def test_the_second_set_stands_beside_the_first_and_is_stale_by_itself(run: Run, tmp_path: Path) -> None:
    given(tmp_path, DRAFT)
    run("export", "old", "--to", "tmx")
    first = {name: data for name, data in contents(tmp_path / "dist").items() if "draft" not in name}
    status, said, _ = run("export", "old", "--to", "tmx", "--drafts")
    assert status == 0
    gap = "items: 3 en, 2 zh, 2 aligned · zh missing 3 (1) · tmx: 6 units · left aside: zh.draft.txt (machine draft)"
    assert gap in said
    assert "in the second set: zh drafted 3 (1), machine draft" in said
    assert "  unchanged: dist/old/old.xml, .tmx\n" in said
    assert "  written: dist/old/old.draft.xml, .tmx\n" in said
    assert run("export", "old", "--to", "tmx", "--drafts")[1].count("unchanged:") == 2
    given(tmp_path, DRAFT.replace("两所", "三所"))
    said = run("export", "old", "--to", "tmx", "--drafts")[1]
    assert "  written: dist/old/old.draft.xml, .tmx\n" in said
    assert "  unchanged: dist/old/old.xml, .tmx\n" in said
    assert {name: contents(tmp_path / "dist")[name] for name in first} == first


@pytest.mark.parametrize("draft", ["", DRAFT.partition("3、")[0]], ids=["none", "one that fills nothing"])
def test_without_a_draft_that_fills_a_gap_there_is_no_second_set(run: Run, tmp_path: Path, draft: str) -> None:
    given(tmp_path, draft)
    if not draft:
        (tmp_path / "old" / "document.toml").unlink()
        (tmp_path / "old" / "zh.draft.txt").unlink()
    status, said, _ = run("export", "old", "--to", "tmx", "--drafts")
    assert status == 0
    assert "There is no draft that fills a gap, so no second set was made.\n" in said
    assert not [name for name in contents(tmp_path / "dist") if "draft" in name]


@pytest.mark.parametrize("options", [(), ("--drafts",)], ids=["without", "with"])
def test_a_second_set_of_an_earlier_text_is_told(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    given(tmp_path, DRAFT)
    run("export", "old", "--to", "tmx", "--drafts")
    assert "earlier" not in run("export", "old", "--to", "tmx")[1]
    given(tmp_path, DRAFT.partition("3、")[0])
    said = run("export", "old", "--to", "tmx", *options)[1]
    assert "dist/old/old.draft.* is of an earlier text; renew it with --drafts, or remove it.\n" in said
    assert (tmp_path / "dist" / "old" / "old.draft.tmx").is_file()


def test_a_corpus_gets_no_second_set(run: Run, tmp_path: Path) -> None:
    given(tmp_path, DRAFT)
    run("build", "old")
    status, said, _ = run("export", "dist/old/old.xml", "--to", "tmx", "--drafts")
    assert status == 0
    assert "Drafts are added where a corpus is built from its sources, so no second set was made." in said


def test_one_file_cannot_be_two_sets(run: Run) -> None:
    assert run("export", "--to", "tmx", "--out", "-", "--drafts")[0] == 2


def test_the_sheet_of_the_set_with_drafts_names_the_one_to_decide_in(drafts: Bitext) -> None:
    data = exported(drafts, "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"use the sheet that is exported without --drafts" in archive.read("xl/worksheets/sheet1.xml")
    with pytest.raises(DataError, match="set with drafts, which is not read") as told:
        read_tables(Path("draft.xlsx"), data)
    assert "sed6-strategic-track.xlsx" in told.value.remedy

"""Editions by script: what is converted, what is kept, and what every one of them says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run, shared
from hypothesis import given, settings
from hypothesis import strategies as st

from align.build import build
from align.editions import HANS, HONG_KONG, ROUTES, TAIWAN, edition, quoted
from align.errors import DataError
from align.exporters._brief import brief
from align.exporters._faces import edition_of
from align.glossary import read_forms
from align.model import Bitext, Block, Document, Mark, Meta, Reading, Segment, Title, reading, segments
from align.sources.documents import Input, InputFile

FORMS = Path(__file__).parent.parent / "align" / "editions.tsv"
HEAD = "# English\tzh\tzh-Hant-TW\tzh-Hant-HK\n"
CASES = """
战略伙伴关系 戰略夥伴關係 戰略夥伴關係
全面战略协作伙伴关系 全面戰略協作夥伴關係 全面戰略協作夥伴關係
余小明、于小姐和范冰出席 余小明、于小姐和范冰出席 余小明、于小姐和范冰出席
部长余小明表示，剩余30余个 部長余小明表示，剩餘30餘個 部長余小明表示，剩餘30餘個
由于教授缺席，于2014年举行 由於教授缺席，於2014年舉行 由於教授缺席，於2014年舉行
在规范范围内示范 在規範範圍內示範 在規範範圍內示範
余热利用、余款 餘熱利用、餘款 餘熱利用、餘款
三公里，村里，马里政府 三公里，村裡，馬里政府 三公里，村裏，馬里政府
台湾平台，台州，台积电 臺灣平臺，台州，台積電 台灣平台，台州，台積電
头发，发展 頭髮，發展 頭髮，發展
300只船，只有5只 300隻船，只有5隻 300隻船，只有5隻
并为发展，并成长，合并为一，合并成 並為發展，並成長，合併為一，合併成 並為發展，並成長，合併為一，合併成
更多采用、多采取、许多采矿，丰富多采 更多採用、多採取、許多採礦，豐富多采 更多採用、多採取、許多採礦，豐富多采
恢复湿地，潮湿 恢復濕地，潮溼 恢復濕地，潮濕
皇后，以后，先后 皇后，以後，先後 皇后，以後，先後
干部，干预，干燥，若干 幹部，干預，乾燥，若干 幹部，干預，乾燥，若干
系列，关系，联系，体系由 系列，關係，聯繫，體系由 系列，關係，聯繫，體系由
国家具有，恢复核能，复核 國家具有，恢復核能，覆核 國家具有，恢復核能，覆核
标准字体，标准证书，不准备 標準字體，標準證書，不準備 標準字體，標準證書，不準備
松树，放松 松樹，放鬆 松樹，放鬆
五谷，山谷，曼谷 五穀，山谷，曼谷 五穀，山谷，曼谷
斗争，北斗 鬥爭，北斗 鬥爭，北斗
郁金香，浓郁 鬱金香，濃郁 鬱金香，濃郁
标准，批准，不准，市场准入 標準，批准，不准，市場准入 標準，批准，不准，市場准入
占领，公布，污染，账户 占領，公布，污染，帳戶 佔領，公布，污染，賬户
保持克制 保持克制 保持克制
回归，卫生署 回歸，衛生署 回歸，衞生署
工业和信息化部 工業和信息化部 工業和信息化部
""".split("\n")[1:-1]


def bitext(*texts: str, tag: str = HANS) -> Bitext:
    """A bitext with one Chinese paragraph of these segments."""
    parts = tuple(Segment(f"zh.p1.s{n}", text) for n, text in enumerate(texts, 1))
    zh = Document("zh", tag, (Block("zh.p1", "paragraph", segments=parts),))
    return Bitext(Meta("made"), Document("en", "en"), zh)


def texts(made: Bitext) -> list[str]:
    return [reading(segment) for segment in segments(made.zh)]


def converted(text: str, script: str, vocabulary: bool = False, tag: str = HANS) -> str:
    return texts(edition(bitext(text, tag=tag), script, vocabulary))[0]


@pytest.mark.parametrize("case", CASES)
def test_known_errors_of_the_converter(case: str) -> None:
    plain, taiwan, hong_kong = case.split(" ")
    assert (converted(plain, TAIWAN), converted(plain, HONG_KONG)) == (taiwan, hong_kong)


@pytest.mark.parametrize("case", CASES)
def test_and_back(case: str) -> None:
    plain, taiwan, hong_kong = case.split(" ")
    assert converted(taiwan, HANS, tag=TAIWAN) == plain
    assert converted(hong_kong, HANS, tag=HONG_KONG) == plain


def test_words_are_changed_on_request_only_and_names_of_bodies_never() -> None:
    text = "工业和信息化部支持网络软件"
    assert converted(text, TAIWAN) == "工業和信息化部支持網絡軟件"
    assert converted(text, TAIWAN, vocabulary=True) == "工業和信息化部支援網路軟體"
    text = "克罗地亚的工业和信息化部和网络软件"
    assert converted(text, TAIWAN, vocabulary=True) == "克羅埃西亞的工業和信息化部和網路軟體"
    assert converted("对话框架", TAIWAN, vocabulary=True) == "對話框架"


@pytest.mark.parametrize("way", ROUTES)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("余于范里台“”‘’「」"))
)
@settings(max_examples=150, deadline=None)
def test_nothing_but_characters_is_changed(way: tuple[str, str], text: str) -> None:
    origin, script = way
    made = edition(bitext(text, tag=origin), script)
    assert len(texts(made)[0]) == len(text)
    assert edition(made, script) is made


@pytest.mark.parametrize("way", ROUTES)
def test_our_forms_do_not_contradict_each_other(way: tuple[str, str]) -> None:
    assert all(len(text) == len(form) for text, form in read_forms(FORMS, *way).items())


def test_every_form_of_ours_is_used() -> None:
    assert [converted(text, TAIWAN) for text in read_forms(FORMS, HANS, TAIWAN)] == [
        *read_forms(FORMS, HANS, TAIWAN).values()
    ]


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("“甲‘乙’丙”", "「甲『乙』丙」"),
        ("“甲‘乙“丙”乙’甲”", "「甲『乙「丙」乙』甲」"),
        ("People’s “甲”", "People’s 「甲」"),
        ("甲”，乙：“丙", "甲」，乙：「丙"),
        ("’90年代", "’90年代"),
    ],
)
def test_quotation_marks(simplified: str, traditional: str) -> None:
    assert quoted(simplified, TAIWAN) == traditional
    assert quoted(traditional, HANS) == simplified
    assert quoted(traditional, HONG_KONG) == traditional


def test_single_marks_that_stand_alone_become_double() -> None:
    assert quoted("‘甲’和『乙』", TAIWAN) == "「甲」和『乙』"
    assert quoted("『甲「乙」』", HANS) == "“甲‘乙’”"


def test_a_quotation_that_goes_on_in_the_next_sentence() -> None:
    assert texts(edition(bitext("他说：“甲。", "‘乙’丙。”"), TAIWAN)) == ["他說：「甲。", "『乙』丙。」"]


def test_readings_labels_and_titles_are_converted_and_ids_kept() -> None:
    item = Block(
        "zh.i1",
        "item",
        "1",
        Mark("第1条 "),
        (Segment("zh.i1.h.s1", "标题"),),
        Mark(":", (Reading(0, 1, "："),)),
        segments=(Segment("zh.i1.s1", "会议,", (Reading(2, 3, "，"),)),),
    )
    meta = Meta("made", (Title("en", "Title", "given"), Title("zh", "标题", "given")))
    made = edition(Bitext(meta, Document("en", "en"), Document("zh", HANS, (item,))), TAIWAN)
    (block,) = made.zh.blocks
    assert [reading(mark) for mark in (block.label, block.delimiter) if mark] == ["第1條 ", "："]
    assert [(s.id, s.text) for s in segments(made.zh)] == [("zh.i1.h.s1", "標題"), ("zh.i1.s1", "會議，")]
    assert (made.meta.title("zh"), made.meta.title("en"), made.zh.tag) == ("標題", "Title", TAIWAN)


def test_the_script_it_has_changes_nothing_and_says_nothing(sed6: Bitext) -> None:
    assert edition(sed6, HANS) is sed6
    assert edition(sed6, "") is sed6
    law = bitext("本法所稱行政機關，係指說明、閱覽之機關，著作亦同。", tag="zh-Hant")
    assert texts(edition(law, TAIWAN)) == texts(law)
    assert brief(edition(law, TAIWAN)).statement == brief(law).statement
    assert texts(edition(law, HONG_KONG)) == ["本法所稱行政機關，係指説明、閲覽之機關，著作亦同。"]


def test_traditional_of_hong_kong_is_known_by_its_characters() -> None:
    law = bitext("本條例説明衞生署的税務，並着重閲讀。", tag="zh-Hant")
    assert edition(law, HONG_KONG).zh.conversion is None
    assert texts(edition(law, TAIWAN)) == ["本條例說明衛生署的稅務，並著重閱讀。"]


def test_characters_of_either_region_decide_nothing() -> None:
    law = bitext("台灣人權不受污染", tag="zh-Hant")
    assert texts(edition(law, TAIWAN)) == texts(law)
    assert edition(law, HONG_KONG).zh.conversion is None


def test_the_brief_says_it_is_converted_and_not_official(sed6: Bitext) -> None:
    for script, place, here in ((TAIWAN, "Taiwan", "臺灣"), (HONG_KONG, "Hong Kong", "香港")):
        en, zh = brief(edition(sed6, script)).statement
        assert en.startswith("The Chinese was converted automatically from Simplified characters")
        assert place in en
        assert "the converted text is not official" in en
        assert zh.startswith(f"中文由簡體字自動轉換為{here}通行的繁體字，轉換後的文本並非官方文本。")
    assert "words used there" in brief(edition(sed6, TAIWAN, vocabulary=True)).statement[0]
    assert "converted" not in brief(sed6).statement[0]


def test_both_traditional_editions_take_the_traditional_face() -> None:
    assert {edition_of(script) for script in (TAIWAN, HONG_KONG)} == {"zh-Hant"}
    assert edition_of(HANS) == "zh-Hans"


def test_a_traditional_law_in_simplified() -> None:
    folder = shared("realdocs/tw_apa")
    law = build(Input("law", (InputFile(folder / "en.txt", ("en",)), InputFile(folder / "zh.txt", ("zh",)))))
    made = "".join(texts(edition(law, HANS)))
    assert "本法所称行政程序，系指行政机关作成行政处分" in made
    assert not set(made) & set("機關說裡於後餘個點灣")
    assert texts(edition(law, TAIWAN)) == texts(law)


def glossary(folder: Path, text: str) -> Path:
    path = folder / "glossary.tsv"
    path.write_text(text, "utf-8")
    return path


def test_the_glossary_of_the_document_comes_before_ours(tmp_path: Path) -> None:
    terms = glossary(
        tmp_path, HEAD + "partnership\t伙伴关系\t伙伴關係\t\nYu Hong\t于洪\t于洪\t于洪\nLaos\t老挝\t寮國\t\n"
    )
    made = edition(bitext("伙伴关系，代表于洪，老挝"), TAIWAN, glossary=terms)
    assert texts(made) == ["伙伴關係，代表于洪，寮國"]
    assert texts(edition(bitext("伙伴关系，代表于洪，老挝"), HONG_KONG, glossary=terms)) == ["夥伴關係，代表于洪，老撾"]


def test_a_form_may_be_longer_than_what_it_stands_for(tmp_path: Path) -> None:
    terms = glossary(tmp_path, "# en\tzh\tzh-Hant\nCroatia\t克罗地亚\t克羅埃西亞\n")
    for script in (TAIWAN, HONG_KONG):
        assert texts(edition(bitext("“克罗地亚”和", "中国"), script, glossary=terms)) == ["「克羅埃西亞」和", "中國"]


def test_terms_of_the_glossary_keep_their_words(tmp_path: Path) -> None:
    terms = glossary(tmp_path, "National Data Agency\t国家网络局\n")
    assert texts(edition(bitext("国家网络局的网络"), TAIWAN, True, terms)) == ["國家網絡局的網路"]


def test_a_glossary_as_before_fixes_nothing(tmp_path: Path) -> None:
    terms = glossary(tmp_path, "# my notes\nYu Hong\t于洪\ta person\n# out\tof use\n")
    assert texts(edition(bitext("代表于洪"), TAIWAN, glossary=terms)) == ["代表於洪"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a\t甲\t乙\t\nb\t乙\t甲\t\n", "lines 2, 3: 甲 becomes 乙 becomes 甲: a circle."),
        ("a\t甲\t乙\t\nb\t甲\t丙\t\n", "line 3: 甲 becomes 丙 in zh-Hant-TW, but 乙 on line 2."),
        ("a\t甲\t乙\nb\t丁\n", "line 3: there is no column zh-Hant-TW, which the line of headings names."),
    ],
)
def test_a_glossary_that_contradicts_itself(rows: str, said: str, tmp_path: Path) -> None:
    path = glossary(tmp_path, HEAD + rows)
    with pytest.raises(DataError) as error:
        edition(bitext("甲"), TAIWAN, glossary=path)
    assert error.value.message == f"{path}: {said}"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("# English\tzh\tzh-Hant-TW\tzh-Hant-XX", "line 1: there is no edition zh-Hant-XX."),
        ("# English\tzh-Hant-TW", "the line of headings has no column for the Chinese that becomes zh-Hant-TW."),
    ],
)
def test_headings_that_cannot_serve_are_refused(head: str, said: str, tmp_path: Path) -> None:
    path = glossary(tmp_path, f"{head}\n")
    with pytest.raises(DataError) as error:
        edition(bitext("甲"), TAIWAN, glossary=path)
    assert error.value.message == f"{path}: {said}"


def source(folder: Path) -> None:
    (folder / "d").mkdir()
    (folder / "d" / "en.txt").write_text("1. Ports: Yu Hong opened three ports.\n", "utf-8")
    (folder / "d" / "zh.txt").write_text("1、口岸：代表于洪开放了三个“口岸”。\n", "utf-8")


def test_the_command(run: Run, tmp_path: Path) -> None:
    source(tmp_path)
    memory = tmp_path / "dist/d/d.tmx"
    assert run("export", "d", "--to", "tmx", "--script", "zh-Hant-TW")[0] == 0
    assert "代表於洪開放了三個「口岸」" in memory.read_text("utf-8")
    assert "unchanged" in run("export", "d", "--to", "tmx", "--script", "zh-Hant-TW")[1]
    assert "written" in run("export", "d", "--to", "tmx", "--script", "zh-Hant-HK")[1]
    assert 'xml:lang="zh-HK"' in memory.read_text("utf-8")
    glossary(tmp_path / "d", "# en\tzh\tzh-Hant\nYu Hong\t于洪\t于洪\n")
    run("export", "d", "--to", "tmx", "--script", "zh-Hant-TW")
    assert "代表于洪開放" in memory.read_text("utf-8")
    glossary(tmp_path / "d", "# en\tzh\tzh-Hant\nYu Hong\t于洪\t于弘\n")
    run("export", "d", "--to", "tmx", "--script", "zh-Hant-TW")
    assert "代表于弘開放" in memory.read_text("utf-8")
    assert "代表于洪开放了三个“口岸”" in (tmp_path / "dist/d/d.xml").read_text("utf-8")


def test_a_corpus_is_exported_in_another_script_too(run: Run, tmp_path: Path) -> None:
    source(tmp_path)
    run("build", "d")
    assert run("export", "dist/d/d.xml", "--to", "tmx", "--script", "zh-Hant-TW", "--out", "tw")[0] == 0
    assert "代表於洪開放了" in (tmp_path / "tw/d/d.tmx").read_text("utf-8")


def test_what_the_command_refuses(run: Run, tmp_path: Path) -> None:
    source(tmp_path)
    assert run("export", "d", "--script", "zh-TW")[0] == 2
    assert run("export", "d", "--vocabulary", "taiwan")[0] == 2
    glossary(tmp_path / "d", "# en\tzh\tzh-Hant\nYu Hong\t于洪\t于洪\nYu\t于洪\t於洪\n")
    status, _, said = run("export", "d", "--to", "tmx", "--script", "zh-Hant-TW")
    assert status == 1
    assert "glossary.tsv: line 3: 于洪 becomes 於洪 in zh-Hant-TW, but 于洪 on line 2." in said
    assert not (tmp_path / "dist/d").exists()
    assert run("export", "d", "--to", "tmx")[0] == 0

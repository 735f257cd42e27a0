"""Page furniture, running heads, page numbers, contents and wraps: what leaves the text and what stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from align.build import build
from align.cleaning import find_wraps, remove_chrome
from align.errors import DataError
from align.languages import divide
from align.model import Bitext, Line, Span, segments
from align.provenance import source_text
from align.sources import read
from align.sources.documents import Input, InputFile

LATIN = "Both sides will go on with the work that was begun in the summer and will report on it before the year ends"
TEXT = (LATIN, f"{LATIN}.", "The ports of both sides are to be opened at the same time.")


def source_lines(text: str) -> tuple[Line, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.txt"
        path.write_text(text, "utf-8")
        return read(path, "w1").lines


def cleaned(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines that stay, and the lines that leave with their reasons."""
    kept, left_out = remove_chrome(source_lines(text))
    return [line.text.strip() for line in kept], [(span.how, span.text.strip()) for span in left_out]


def pages(texts: Sequence[Sequence[str]]) -> str:
    return "\f".join("\n".join(page) + "\n" for page in texts)


def bodies(count: int) -> list[list[str]]:
    """Pages of text of which no two lines are the same."""
    words = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split()
    return [[f"{words[page]} {words[line]} {LATIN}" for line in range(7)] for page in range(count)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("京公网安备 11010502030143号", "licence"),
        ("GMT+8, 2014-7-14 20:43", "timing"),
        ("All times are GMT +8. The time now is 08:43 PM.", "timing"),
        ("首页 > 新闻 > 正文", "breadcrumbs"),
        ("Home > News > Statements", "breadcrumbs"),
        ("您现在的位置：首页 > 政策法规", "breadcrumbs"),
        ("You are here: Home / Laws", "breadcrumbs"),
        ("【字体：大 中 小】 【打印】 【关闭】", "bar"),
        ("打印本页", "bar"),
        ("[打印] [关闭窗口]", "bar"),
        ("Print this page", "bar"),
        ("Print | Email | Share", "bar"),
        ("分享到：微信 微博 QQ空间", "bar"),
        ("责任编辑：张三", "editor"),
        ("(责任编辑:王明、李红)", "editor"),
        ("(Editor: Zhang San, Li Si)", "editor"),
        ("浏览次数：1234次", "counter"),
        ("上一篇：关于开放口岸的通知", "links"),
        ("下一页", "links"),
        ("https://www.example.org/law/2014-07/14/c_1.htm", "address"),
        ("来源：http://www.example.org/a.html", "address"),
    ],
)
def test_page_furniture(line: str, reason: str) -> None:
    kept, left_out = cleaned(f"{TEXT[1]}\n\n{line}\n\n{TEXT[2]}\n")
    assert left_out == [(reason, line)]
    assert kept == [TEXT[1], TEXT[2]]


@pytest.mark.parametrize(
    "line",
    [
        "公网安备工作由公安机关负责，编号为11010502030143号以后的由省级机关办理。",
        "GMT+8 is the time of both ports.",
        "首页 由编辑部负责。",
        "Home > 3 times larger than before; both sides agree.",
        "Home care is to be improved in both countries.",
        "位置：口岸东侧三公里处",
        "大 中 小",
        "大中小企业",
        "打印本页并签字后交还口岸。",
        "Print this page and sign it.",
        "Share",
        "Close | The talks were closed.",
        "Print, share and save.",
        "责任编辑：本法所称责任编辑，是指负责审稿的人员。",
        "Editor: the person who reads the text before it is printed.",
        "来源：新华网 时间：2014-07-14 浏览：123",
        "浏览：双方应当允许浏览目录。",
        "上一篇文章讨论了口岸。",
        "下一页所列费用由双方承担。",
        "The text is at https://www.example.org/law.htm and in print.",
    ],
)
def test_what_is_no_furniture(line: str) -> None:
    assert cleaned(f"{TEXT[1]}\n\n{line}\n\n{TEXT[2]}\n")[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "The text is printed here:\n\nhttps://www.example.org/law.htm\n",
        "Both sides publish the text at\nhttps://www.example.org/law.htm\n",
        "Both sides will read\nhttps://www.example.org/law.htm\nand answer in writing.\n",
    ],
)
def test_an_address_that_a_sentence_names_stays(text: str) -> None:
    assert cleaned(text)[1] == []


def test_a_cell_of_a_table_is_never_chrome() -> None:
    cells = [Line("w1", n, n * 10, n * 10 + 4, "打印本页", page=n, row=f"r{n}", column=1) for n in range(1, 6)]
    kept, left_out = remove_chrome(cells)
    assert (list(kept), left_out) == (cells, ())


def test_running_heads_and_feet_leave_the_text() -> None:
    made = [["立法會  ─  2012年 10月 10日", *body, f"Page {n} of 5"] for n, body in enumerate(bodies(5), 1)]
    kept, left_out = cleaned(pages(made))
    assert kept == [line for body in bodies(5) for line in body]
    assert [how for how, _ in left_out] == ["running-head", "page-number"] * 5


def test_heads_with_the_page_number_on_either_side() -> None:
    made = [
        [f"OpenPorts Specification 2.1   {n}" if n % 2 else f"{n}   OpenPorts Specification 2.1", *body]
        for n, body in enumerate(bodies(6), 5)
    ]
    assert cleaned(pages(made))[0] == [line for body in bodies(6) for line in body]


@pytest.mark.parametrize("form", ["{}", "- {} -", "— {} —", "第{}页", "Page {}", "                  {}"])
def test_page_numbers_at_the_edge_of_pages(form: str) -> None:
    made = [[*body, "", form.format(n)] for n, body in enumerate(bodies(4), 12)]
    kept, left_out = cleaned(pages(made))
    assert kept == [line for body in bodies(4) for line in body]
    assert {how for how, _ in left_out} == {"page-number"}


def test_roman_page_numbers() -> None:
    made = [[*body, roman] for roman, body in zip(("ix", "x", "xi", "xii"), bodies(4), strict=True)]
    assert [text for _, text in cleaned(pages(made))[1]] == ["ix", "x", "xi", "xii"]


@pytest.mark.parametrize(
    "opening",
    [
        ["Article 5", "Article 6", "Article 7", "Article 8"],
        ["第 5 條", "第 6 條", "第 7 條", "第 8 條"],
        ["Verification material(s):"] * 4,
        ["3", "9", "1", "7"],
        ["II", "III", "IV", "V"],
        ["Table 1", "Table 2", "Table 3", "Table 4"],
    ],
)
def test_labels_and_headings_at_the_top_of_pages_stay(opening: list[str]) -> None:
    made = [[line, *body] for line, body in zip(opening, bodies(4), strict=True)]
    assert cleaned(pages(made))[1] == []


def test_a_heading_that_recurs_inside_pages_too_is_no_head() -> None:
    made = [["Rationale", *body[:4], "Rationale", *body[4:]] for body in bodies(4)]
    assert cleaned(pages(made))[1] == []


def test_what_recurs_inside_text_is_no_head() -> None:
    made = [[body[0], "The same words again", *body[1:]] for body in bodies(4)]
    assert cleaned(pages(made))[1] == []


def test_the_title_stays_though_it_runs_on_as_a_head() -> None:
    title = "Regulations on the Opening of Ports"
    first, *rest = bodies(4)
    made = [[f"               {title}", *first], *([title, *body] for body in rest)]
    kept, left_out = cleaned(pages(made))
    assert kept[0] == title
    assert len(left_out) == 3


def test_page_numbers_between_the_lines_of_a_text_without_pages() -> None:
    made = [line for n, body in enumerate(bodies(4), 1) for line in (*body, str(n))]
    kept, left_out = cleaned("\n".join(made))
    assert kept == [line for body in bodies(4) for line in body]
    assert [text for _, text in left_out] == ["1", "2", "3", "4"]


def test_numbers_above_items_are_labels() -> None:
    short = "".join(f"{n}\n{TEXT[2]}\n" for n in range(1, 9))
    long = "".join(f"{n}\n" + f"{LATIN}.\n" * 8 for n in range(1, 9))
    assert cleaned(short)[1] == []
    assert cleaned(long)[1] == []


def test_decorated_page_numbers_need_no_broken_sentence() -> None:
    text = "".join(f"{LATIN}.\n\n{LATIN}.\n\n- {n} -\n\n" for n in range(1, 5))
    assert [text for _, text in cleaned(text)[1]] == ["- 1 -", "- 2 -", "- 3 -", "- 4 -"]


CONTENTS = [
    "Contents\nForeword ..... iii\n1 Scope ........ 1\n2 Terms and\ndefinitions ...... 2\n3 Ports ... . . 4\n",
    "1 Scope ........ 1\n2 Terms ........ 2\n3 Ports ........ 4\n",
    "目 录\n第一章 总则……1\n第二章 口岸…………3\n第三章 附则………… 9\n",
    "目錄\n第一章 總則\t1\n第二章 口岸\t3\n第三章 附則\t9\n",
    "Table of Contents\nChapter I General Provisions 1\nChapter II Ports 3\n",
    "Contents\nScope · · · · · · 1\nPorts · · · · · · 2\n",
    "內容\n簡介      iii\n1 範圍........1\n2 術語........1\n3 要件........2\n",
]


@pytest.mark.parametrize("contents", CONTENTS)
def test_contents(contents: str) -> None:
    kept, left_out = cleaned(f"{TEXT[1]}\n\n{contents}\n{TEXT[2]}\n")
    assert kept == [TEXT[1], TEXT[2]]
    assert [how for how, _ in left_out] == ["contents"] * len(contents.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "MR CHAN ........ 陳先生\nMS LEE ........ 李女士\nMR HO ........ 何先生\n",
        "Fee for ships ........ 150\nFee for trains ........ 40\nFee for cars ........ 20\n",
        "Scope ........ 1\nTerms ........ 2\n",
        "Contents\nArticle 1\nThe ports are open.\nArticle 2\nThe fees are cut.\n",
        "The contents of the box are listed in section 12\n",
        "Ports\t1\nTrains\t2\nShips\t3\n",
        "口岸……开放。\n费用……降低。\n列车……通行。\n",
    ],
)
def test_what_is_no_contents(text: str) -> None:
    assert cleaned(text)[1] == []


LAW = (
    "第一章　总则\n第一条　为了开放口岸，制定本法。\n第二章　口岸\n第二条　口岸由双方管理。\n"
    "第三章　附则\n第三条　本法自公布之日起施行。\n"
)


@pytest.mark.parametrize("heading", ["目 录\n", "目　录\n\n", ""])
def test_a_list_of_chapters_that_the_text_repeats(heading: str) -> None:
    kept, left_out = cleaned(f"口岸法\n{heading}第一章 总则\n第二章 口岸\n第三章 附则\n{LAW}")
    assert kept == ["口岸法", *LAW.splitlines()]
    assert {how for how, _ in left_out} == {"contents"}


def test_chapters_that_are_printed_once_are_no_contents() -> None:
    assert cleaned(f"口岸法\n{LAW}")[1] == []
    assert cleaned(f"口岸法\n第一章 总则\n第二章 船舶\n第三章 列车\n{LAW}")[1] == []


def continuing(text: str, lang: str) -> list[bool]:
    kept, _ = remove_chrome(source_lines(text))
    return [line.continues for line in find_wraps(divide(kept, lang), flowing=False)]


WRAPPED = (
    "      Article 1 These rules are made so that the ports of both sides can\n"
    "be opened in good order, and so that the fees which are charged there\n"
    "are the same on both sides.\n"
    "      The fees are set by both sides together, and they are printed in\n"
    "the rules of each port. Nobody may charge fees that are not printed in\n"
    "these rules or in those of the port."
)


def test_an_indent_opens_a_paragraph() -> None:
    assert continuing(WRAPPED, "en") == [False, True, True, False, True, True]


FILLED = "\n".join(
    [
        "the ports of both sides are opened in the summer of each year and they",
        "stay open until the end of the year, so that the people of both sides",
        "can go to and fro in all of the months in which they need to, and they",
        "pay the fees that are printed in the rules of the port by which they go",
        "and no others, whatever the reason may be that is given for them in the",
        "port itself, since fees that are not printed may not be charged there by",
        "anybody, and those that were charged are paid back within one month of",
        "the day on which the person who paid them asked for that in writing, or",
        "of the day on which it was found that they had been charged wrongly and",
        "without reason.",
    ]
)


def test_a_line_that_stops_short_of_the_next_word_is_no_wrapped_line() -> None:
    found = continuing(f"1 Scope\nThese rules hold where\n{FILLED}\nFees of Ports\nThey say what is paid.\n", "en")
    assert found == [False, False, *[True] * 10, False, False]


def test_a_title_that_a_colon_ends_may_break_anywhere() -> None:
    assert continuing(f"{FILLED}\n38. Ports Signing\nCeremony: Held a ceremony.\n", "en")[-1]


def test_a_bullet_opens_a_line_of_wrapped_text() -> None:
    found = continuing(f"{FILLED}\n• Fees are charged by the port to which the person who pays them\n• Ports\n", "en")
    assert found[-2:] == [False, False]


def test_a_sign_of_a_font_leaves_from_before_a_number() -> None:
    kept, left_out = cleaned("\uf0a7 3.1.1 一份政策文档。\n\uf0a7 另一份文档。\n")
    assert kept == ["3.1.1 一份政策文档。", "\uf0a7 另一份文档。"]
    assert left_out == [("bullet", "\uf0a7")]


def test_a_sentence_goes_on_over_a_page_number_and_a_page_break() -> None:
    one, two = (
        f"{WRAPPED}\n\n      Where a port",
        "of one side is closed, the other side is told at once of it and\nof why.",
    )
    text = f"{one} is closed and the other side asks for it, and a ship\n\n            1\n\f{two}\n\n            2\n\f"
    assert continuing(text, "en")[6:] == [False, True, True]


def test_a_new_paragraph_on_a_new_page_does_not_continue() -> None:
    text = f"{WRAPPED}\n\n               1\n\f{WRAPPED.replace('Article 1', 'Article 2')}\n\n               2\n\f"
    assert continuing(text, "en") == [False, True, True, False, True, True] * 2


def test_a_label_on_a_new_page_does_not_continue() -> None:
    text = f"{WRAPPED} It is laid down as follows\n\n           1\n\f(1) the ports;\n(2) the fees.\n\n           2\n\f"
    assert continuing(text, "en")[6] is False


def test_han_text_goes_on_over_a_page() -> None:
    wrapped = (
        "　　第一条　为了规范口岸的管理活动，保障口岸的安全，促进口岸依法合理有\n"
        "效开放，保护双方个人和组织的合法权益，维护双方的安全和公共利益，制定本\n"
        "法，并由双方有关部门共同施行，双方应当每年就施行情况进行一次会商并公布\n"
    )
    text = f"{wrapped}\n- 1 -\n\f结果，会商结果应当及时通报。\n　　第二条　口岸由双方共同管理。\n\n- 2 -\n\f"
    assert continuing(text, "zh") == [False, True, True, True, False]


def test_cells_of_a_table_do_not_continue_each_other() -> None:
    cells = [Line("w1", n, n * 9, n * 9 + 5, "lower", "en", row="r1", column=n) for n in (1, 2)]
    assert not any(line.continues for line in find_wraps(cells, flowing=True))


def built(text: str) -> Bitext | None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.txt"
        path.write_text(text, "utf-8")
        try:
            return build(Input("made", (InputFile(path),)))
        except DataError:
            return None


def test_a_sentence_over_a_page_is_one_and_its_source_is_whole() -> None:
    chinese = "双方在会议上就口岸的开放达成了一致，并决定在今年年底以前把收费降低到去年的水平，\n"
    text = f"{WRAPPED}\nBoth sides meet again in\n\n     1\n\f\nthe summer of 2015.\n{chinese}\n     2\n\f"
    bitext = built(text)
    assert bitext is not None
    assert any("again in the summer of 2015." in segment.text for segment in segments(bitext.en))
    assert source_text(bitext, bitext.witnesses[0]) == text
    assert [span.text.strip() for span in left_out_of(bitext)] == ["1", "2"]


def left_out_of(bitext: Bitext) -> list[Span]:
    return [span for span in bitext.witnesses[0].record if span.kind == "left-out"]


def test_a_sentence_over_a_page_with_the_other_language_between() -> None:
    english = "Both sides opened three ports in the summer of 2014, and they cut the\nfees there of which the\n"
    chinese = "双方于二零一四年夏天开放了三个口岸，并且降低了\n收费。\n"
    text = (
        f"{english}\n{chinese}\n- 1 -\n\fother side had complained in the spring of that year.\n\n{chinese}\n- 2 -\n\f"
    )
    bitext = built(text)
    assert bitext is not None
    assert any("of which the other side had" in segment.text for segment in segments(bitext.en))
    assert source_text(bitext, bitext.witnesses[0]) == text


PIECES = [
    "\f", "\n", "\n\n", "      ", "- 1 -\n", "- 2 -\n", "1\n", "2\n", "3\n", "ii\n", "Head of the page\n", "目录\n",
    "第一章 总则\n", "第二章 口岸\n", "Contents\n", "Scope ..... 3\n", "Ports ..... 5\n",
    "打印本页\n", "inter-\n", "national ",
    "a\u00ad\n", "both sides agreed\n", "Both sides agreed.\n", "双方同意\n", "并决定。\n", "联 合 国 大 会",
    "，", "ﬁ", " |\n", "\u2f00", "https://example.org\n", "**", "\u3000",
]  # fmt: skip


@given(text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=50).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_character_is_lost_and_none_unplaced(text: str) -> None:
    bitext = built(text)
    assume(bitext is not None)
    assert bitext is not None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.txt"
        path.write_text(text, "utf-8")
        assert source_text(bitext, bitext.witnesses[0]) == read(path, "w1").text
    assert not [span for span in bitext.witnesses[0].record if span.how == "unplaced"]


def test_a_list_of_chapters_of_which_most_stand_in_another_file_is_contents() -> None:
    text = "Contents\nChapter I Ports\nChapter II Fees\nChapter III Duties\n"
    text += "Chapter I\nPorts\nArticle 1 Ports are open.\n"
    assert cleaned(text)[0] == ["Chapter I", "Ports", "Article 1 Ports are open."]


def test_a_line_set_in_below_a_label_goes_on_with_its_sentence() -> None:
    first = "1.中華民國八十八年二月三日總統（88）華總一義字第 8800027120 號令"
    for end, goes_on in (("", True), ("。", False)):
        made = find_wraps(divide(source_lines(f"{first}{end}\n  公布全文 175 條；並自九十年一月一日施行\n")), False)
        assert [line.continues for line in made] == [False, goes_on]

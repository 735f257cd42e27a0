"""Web pages of many kinds -> the lines that are the document, everything else left out by name."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.errors import DataError
from align.model import Line, Source, Span
from align.sources.html import read_html

PIPL = SHARED / "realdocs/cn_pipl"
LAW = "<p>中华人民共和国个人信息保护法，第一条 为了保护个人信息权益，规范个人信息处理活动。</p>" * 3
TAIWAN = "<p>中華民國憲法，第一條 中華民國基於三民主義，為民有民治民享之民主共和國。</p>" * 3


def read(page: str | bytes, name: str = "page.html") -> Source:
    return read_html(Path(name), "w1", page.encode() if isinstance(page, str) else page)


def texts(page: str | bytes) -> list[str]:
    return [line.text for line in read(page).lines]


def reasons(page: str) -> dict[str, str]:
    return {span.text: span.how for span in read(page).left_out}


def body(inside: str) -> str:
    return f"<html><head><title>T</title></head><body>{inside}</body></html>"


GOVERNMENT = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>国务院关于印发某规划的通知_政府信息公开专栏</title></head><body>
<table width=1000><tr><td><a href=/><img src=l.gif></a></td>
<td><a href=a>首页</a> | <a href=b>国务院</a> | <a href=c>新闻</a></td></tr></table>
<table width=1000><tr><td>当前位置：<a href=a>首页</a>&gt;<a href=b>政策</a></td></tr></table>
<table width=1000><tr><td width=700>
<table border=1><tr><td><b>索 引 号：</b></td><td>000014349/2021-00123</td></tr>
<tr><td><b>发文机关：</b></td><td>国务院</td></tr></table>
<div id="UCAP-CONTENT"><p align=center><font size=5><b>国务院关于印发某规划的通知</b></font></p>
<p align=center>国发〔2021〕29号</p><p>各省、自治区、直辖市人民政府：</p>
<p>　　现将《某规划》印发给你们，请认真贯彻执行。</p><p align=right>国务院</p><p align=right>2021年12月12日</p>
<p>　　第一条　为了规范管理，根据有关法律制定本规划，各级政府应当遵守。<br>
　　第二条　本规划自发布之日起施行。</p></div>
<div class="editor">责任编辑：张三</div>
<p>【<a href="javascript:window.print()">打印本页</a>】 【<a href="javascript:window.close()">关闭窗口</a>】</p>
<p>上一篇：<a href=x>关于某某的通知</a></p><p>下一篇：<a href=y>另一通知</a></p>
<h3>相关链接</h3><ul><li><a href=1>某新闻一二三</a></li><li><a href=2>某新闻四五六</a></li></ul>
</td><td width=300><a href=1>热点新闻一</a><br><a href=2>热点新闻二</a></td></tr></table>
<table width=1000><tr>
<td align=center>版权所有：中国政府网 京ICP备05070218号<br>建议使用1024×768分辨率浏览</td></tr></table>"""
FOREIGN_OFFICE = """<!DOCTYPE html><html><head><title>Joint Statement of A and B_Ministry of X</title></head><body>
<div class="head"><div class="logo">Ministry of X</div><div class="lang"><a href=1>中文</a></div></div>
<div class="mainnav"><ul><li><a href=1>Home</a></li><li><a href=2>The Ministry</a></li></ul></div>
<div class="location"><a href=1>Home</a> &gt; <a href=2>Documents</a> &gt; Communiqués</div>
<div class="details"><h1>Joint Statement of A and B</h1><p class="time">2023-04-07 12:30</p>
<div class="main"><p>1. The President of B paid a state visit to A from 5 to 7 April 2023.</p>
<p>2. Both sides will deepen <a href="/trade">trade</a>, <a href="/fin">finance</a> and <a href=/x>farming</a>.</p>
<p style="text-align:right">Done in the capital, 7 April 2023</p></div>
<div class="share">Share <a href=#>Facebook</a></div><div><a href="javascript:window.print()">Print</a></div>
<div class="related"><h4>Related News:</h4><ul>
<li><a href=1>Some other statement (2023-04-01)</a></li></ul></div></div>
<div class="foot"><p>Address: No. 2, Long Street Tel: 86-10-6596</p><p><a href=1>Contact Us</a></p>
<p>Copyright©1998-2014, Ministry of X</p></div></body></html>"""
ORGANISATION = """<!DOCTYPE html><html lang="en"><head><title>A Declaration | The Organisation</title>
<script>var a="<p>x</p>";</script></head><body class="html sidebar-first">
<a href="#main" class="visually-hidden skip-link">Skip to main content</a>
<header role="banner"><h2><a href="/">The Organisation</a></h2><nav><ul>
<li><a href=1>About Us</a></li></ul></nav></header>
<main><aside><h2>On this page</h2><ul><li><a href="#p">Preamble</a></li><li><a href="#a1">Article 1</a></li>
<li><a href="#a2">Article 2</a></li></ul></aside>
<h1>A Declaration</h1><h2 id="p">Preamble</h2>
<p>Whereas peace is the wish of all,<sup><a href="#fn1" id="r1">1</a></sup> we declare as follows.</p>
<h3 id=a1>Article 1</h3><p>All are equal [<a href="#fn2">2</a>] and all are free in every respect.</p>
<h3 id=a2>Article 2</h3><p>Everyone has a right to 10 m<sup>2</sup> of room.</p>
<section class="footnotes"><ol><li id="fn1">See resolution 217 A. <a href="#r1">↩</a></li>
<li id=fn2>As amended.</li></ol>
</section></main><footer><ul><li><a href=1>Contact</a></li></ul></footer></body></html>"""
PRESS_RELEASE = """<html><head><meta http-equiv="content-type" content="text/html; charset=big5">
<title>新聞公報</title></head>
<body><form name=f action=x><div id="topNav"><a href=1>主頁</a><a href=2>網頁指南</a></div>
<div id=contentBody><h1>立法會一題：長者服務</h1>
<p>　　以下是今日在立法會會議上議員的提問和局長的答覆：</p><p>（一）過去三年，每年的個案數目；及</p>
<p>　　政府一直關注長者的福利，並已採取多項措施協助他們。</p><p>完</p>
<p>２０１２年１０月１０日（星期三）<br>香港時間１２時３０分</p></div>
<p><a href="javascript:print()"><img src=p.gif>列印此頁</a></p>
<p><a href="#top">返回頁首</a></p></form></body></html>"""
BLOG = """<!DOCTYPE html><html><head><title>Order on Ports – The Residence</title></head>
<body class="single nav-down">
<header class="banner"><h1 class="site-title"><a href=/>The Residence</a></h1>
<nav><a href=1>Priorities</a></nav></header>
<main id="content"><article><header class="entry-header"><h1>Order on Ports</h1>
<div class="meta"><time>FEBRUARY 24, 2021</time> <span>Actions</span></div></header>
<section><p>By the authority vested in me it is hereby ordered as follows:</p>
<p>Section 1. The ports shall be open to all.</p>
<p>A. B. CEE</p><p>THE RESIDENCE,<br>    February 24, 2021.</p></section>
<div class="sharing"><a href=1>Share on Facebook</a></div>
<section class="related-posts"><h2>More from Actions</h2><h3><a href=1>Another order about another thing</a></h3>
<p>On this day another order was signed which does many things.</p></section></article></main>
<aside class="widget-area"><h3>Recent Posts</h3><ul><li><a href=1>Post one</a></li></ul></aside>
<footer><p>© 2021 The Residence. All rights reserved.</p></footer></body></html>"""
LAW_TABLE = """<html><head><title>行政程序法-法規資料庫</title></head><body><form method="post" action="./x.aspx">
<ul class="nav navbar-nav"><li><a href=1>最新訊息</a></li></ul><ol class="breadcrumb"><li><a href=1>首頁</a></li>
<li>所有條文</li></ol>
<div><table><tr><th>法規名稱：</th><td><a href="x">行政程序法</a></td></tr><tr><th>修正日期：</th>
<td>民國 110 年</td></tr></table>
<table><tr><td colspan=2>第 一 章 總則</td></tr>
<tr><td><a href="?no=1">第 1 條</a></td><td><pre>為使行政行為遵循公正之程序，確保依法行政之原則，特制
定本法。</pre></td></tr>
<tr><td><a href="?no=2">第 2 條</a></td><td><div>下列機關不適用本法之程序規定：</div>
<div>一、各級民意機關。</div></td></tr></table>
</div><div class="footer">資料來源：法規資料庫</div></form></body></html>"""
LAW_ROWS = """<html><head><title>個人資料保護法-法規資料庫</title></head><body>
<header><a href="#U">:::</a><h1><a href=/>法規資料庫</a></h1><nav><a href=1>網站導覽</a></nav></header><main>
<div class="row"><div class="col-no"><a name="1" href="?flno=1">第 1 條</a></div>
<div class="col-data"><div>為規範個人資料之蒐集、處理及利用，特制定本法。</div></div></div>
<div class="row"><div class="col-no"><a href="?flno=1-1">第 1-1 條</a></div>
<div class="col-data"><div>本法之主管機關為個人資料保護委員會。</div></div></div></main></body></html>"""
OLD_TREATY = """<HTML><HEAD><TITLE>Treaty</TITLE></HEAD><BODY BGCOLOR=white><CENTER><B>TREATY ON TRADE</B></CENTER>
<P>The Parties,<BR>
Desiring peace,<BR>Have agreed as follows:<P>Article 1<BR>
&nbsp;&nbsp;&nbsp;&nbsp;There shall be free trade between the Parties.
<BR><BR>Article 2<BR>&nbsp;&nbsp;&nbsp;&nbsp;This Treaty enters into force on signature.<P>DONE at Beijing.
<HR><A HREF="index.html">Back</A> <A HREF=next.html>Next</A></BODY>"""
SIBLINGS = """<html><head><title>中华人民共和国某法</title></head><body><div class="top"><a href=1>首页</a></div>
<div class="w">
<div class="tit">中华人民共和国某法</div><div class="sub">（2021年8月20日全国人民代表大会常务委员会会议通过）</div>
<div class="xx">来源：新华社 2021-08-20 10:20 字号：<a href=#>大</a> <a href=#>中</a> <a href=#>小</a></div>
<div class="con"><p>第一条　为了保护某某权益，根据宪法，制定本法。</p><p>第二条　本法自2021年11月1日起施行。</p></div>
<p style="text-align:right">2021年8月20日</p><div>扫一扫在手机打开当前页</div>
<div class=bj>编辑：李四</div></div></body></html>"""
WIKI = body(
    '<div id="mw-navigation"><a href=1>Main page</a><a href=2>Random</a></div><div id="content"><h1>Law of X</h1>'
    '<div id="toc"><h2>Contents</h2><ul><li><a href="#a">1 Chapter I</a></li><li><a href="#b">2 Chapter II</a></li>'
    '<li><a href="#c">3 Chapter III</a></li></ul></div>'
    '<h2 id=a>Chapter I<span class="mw-editsection">[<a href=e>edit</a>]'
    "</span></h2><p>Article 1. This law governs things of all kinds.</p><h2>Chapter II</h2>"
    "<p>The following laws end:</p>"
    "<ul><li><a href=1>Law A of 1990</a></li><li><a href=2>Law B of 1991</a></li><li><a href=3>Law C of 1992</a></li>"
    "<li><a href=4>Law D of 1993</a></li></ul><p>This law enters into force today and not later.</p></div>"
)

KINDS = {
    "government": (
        GOVERNMENT.encode("gb18030"),
        "国务院关于印发某规划的通知|国发〔2021〕29号|各省、自治区、直辖市人民政府："
        "|　　现将《某规划》印发给你们，请认真贯彻执行。"
        "|国务院|2021年12月12日|　　第一条　为了规范管理，根据有关法律制定本规划，各级政府应当遵守。"
        "|　　第二条　本规划自发布之日起施行。",
    ),
    "foreign office": (
        FOREIGN_OFFICE.encode(),
        "Joint Statement of A and B|1. The President of B paid a state visit to A from 5 to 7 April 2023."
        "|2. Both sides will deepen trade, finance and farming.|Done in the capital, 7 April 2023",
    ),
    "organisation": (
        ORGANISATION.encode(),
        "A Declaration|Preamble|Whereas peace is the wish of all,1 we declare as follows.|Article 1"
        "|All are equal [2] and all are free in every respect.|Article 2|Everyone has a right to 10 m2 of room."
        "|1. See resolution 217 A. ↩|2. As amended.",
    ),
    "press release": (
        PRESS_RELEASE.encode("big5hkscs"),
        "立法會一題：長者服務|　　以下是今日在立法會會議上議員的提問和局長的答覆：|（一）過去三年，每年的個案數目；及"
        "|　　政府一直關注長者的福利，並已採取多項措施協助他們。|完|２０１２年１０月１０日（星期三）"
        "|香港時間１２時３０分",
    ),
    "blog": (
        BLOG.encode(),
        "Order on Ports|By the authority vested in me it is hereby ordered as follows:"
        "|Section 1. The ports shall be open to all.|A. B. CEE|THE RESIDENCE,|February 24, 2021.",
    ),
    "law in a table": (
        LAW_TABLE.encode(),
        "行政程序法|第 一 章 總則|第 1 條|為使行政行為遵循公正之程序，確保依法行政之原則，特制|定本法。"
        "|第 2 條|下列機關不適用本法之程序規定：|一、各級民意機關。",
    ),
    "law in rows": (
        LAW_ROWS.encode(),
        "第 1 條|為規範個人資料之蒐集、處理及利用，特制定本法。|第 1-1 條|本法之主管機關為個人資料保護委員會。",
    ),
    "old treaty": (
        OLD_TREATY.encode(),
        "TREATY ON TRADE|The Parties,|Desiring peace,|Have agreed as follows:|Article 1"
        "|\xa0\xa0\xa0\xa0There shall be free trade between the Parties.|Article 2"
        "|\xa0\xa0\xa0\xa0This Treaty enters into force on signature.|DONE at Beijing.",
    ),
    "siblings": (
        SIBLINGS.encode(),
        "中华人民共和国某法|（2021年8月20日全国人民代表大会常务委员会会议通过）"
        "|第一条　为了保护某某权益，根据宪法，制定本法。"
        "|第二条　本法自2021年11月1日起施行。|2021年8月20日",
    ),
    "wiki": (
        WIKI.encode(),
        "Law of X|Chapter I|Article 1. This law governs things of all kinds.|Chapter II|The following laws end:"
        "|• Law A of 1990"
        "|• Law B of 1991|• Law C of 1992|• Law D of 1993|This law enters into force today and not later.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_read_as_its_document_and_nothing_else(kind: str) -> None:
    page, expected = KINDS[kind]
    assert texts(page) == expected.split("|")


@pytest.mark.parametrize("kind", KINDS)
def test_every_character_of_a_page_is_in_the_source(kind: str) -> None:
    page, _ = KINDS[kind]
    source = read(page)
    tree = etree.HTML(page, etree.HTMLParser(encoding=source.witness.encoding))
    held = Counter("".join(source.text.split()))
    assert not Counter("".join("".join(map(str, tree.itertext())).split())) - held
    check_whole(source)


def check_whole(source: Source) -> None:
    """Lines and what is left out lie in the text, in order, and hold all that is visible."""
    covered: set[int] = set()
    parts: list[Line | Span] = [*source.lines, *source.left_out]
    for part in parts:
        assert source.text[part.start : part.end] == part.text
        assert not covered & set(range(part.start, part.end))
        covered |= set(range(part.start, part.end))
    assert all(at in covered or c.isspace() for at, c in enumerate(source.text))


def test_what_is_left_out_says_why() -> None:
    found = reasons(GOVERNMENT)
    assert found["责任编辑：张三"] == "imprint"
    assert found["【打印本页】 【关闭窗口】"] == "interface"
    assert found["上一篇：关于某某的通知"] == "pager"
    assert found["某新闻一二三"] == "related"
    assert reasons(ORGANISATION)["Article 1"] == "contents"
    assert reasons(ORGANISATION)['var a="<p>x</p>";'] == "script"
    assert reasons(WIKI)["[edit]"] == "hidden"
    assert reasons(LAW_TABLE)["首頁"] == "breadcrumb"


def test_the_title_is_the_heading_on_the_page() -> None:
    lines = read(LAW_TABLE).lines
    assert [line.text for line in lines if line.hint == "heading-1"] == ["行政程序法"]
    assert reasons(BLOG)["The Residence"] == "header"
    twice = body(
        "<h1>Law on Ports</h1><p>Updated: 2021-12-29</p><p><b>Law on Ports</b></p>"
        "<p>Article 1. Ports are open to all.</p>"
    )
    found = texts(twice.replace("<title>T", "<title>Law on Ports"))
    assert found == ["Law on Ports", "Article 1. Ports are open to all."]


def test_a_later_page_does_not_repeat_the_title() -> None:
    page = "<title>The Law</title><h2>The Law</h2><p>Article 9. All of this shall be done.</p>"
    page += "<p><a href=1>1</a> <span>2</span> <a href=3>3</a></p>"
    assert texts(page) == ["Article 9. All of this shall be done."]
    assert texts(page.replace("<a href=1>1</a> <span>2</span>", "<span>1</span> <a href=2>2</a>"))[0] == "The Law"


def test_marks_of_notes_are_markup_and_notes_are_notes() -> None:
    source = read(ORGANISATION)
    marks = {line.text: [source.text[a:b] for a, b in line.markup] for line in source.lines if line.markup}
    assert list(marks.values()) == [["1"], ["[2]"], ["↩"]]
    assert [line.text for line in source.lines if line.hint == "note"] == [
        "1. See resolution 217 A. ↩",
        "2. As amended.",
    ]


def test_lines_are_what_a_browser_shows() -> None:
    assert texts("<p>one\n  <b>tw</b>o <i> three </i>\tfour</p>") == ["one two three four"]
    assert texts("<p>中华\n  人民</p><p>共 和</p>") == ["中华人民", "共 和"]
    assert texts("<p>a &lt; b &amp; &#x4e2d;&hellip;</p>") == ["a < b & 中…"]
    assert texts("<pre>one\n  two\n\nthree</pre>") == ["one", "  two", "three"]
    assert texts("<dl><dt>term</dt><dd>meaning</dd></dl>") == ["term", "meaning"]
    assert texts("<p>漢<ruby>字<rp>(</rp><rt>zì</rt><rp>)</rp></ruby>好</p>") == ["漢字(zì)好"]
    assert texts("<li><span>1.2</span>This applies.</li><li>2<b>nd</b> time</li>") == [
        "1.2 This applies.",
        "• 2nd time",
    ]


def test_breaks_and_paragraphs() -> None:
    lines = read("<p>a<br>b<br><br>c<br>　　d</p><pre>e\nf\n\ng</pre>").lines
    assert [(line.text.strip(), line.after_blank) for line in lines] == [
        ("a", True), ("b", False), ("c", True), ("d", True), ("e", True), ("f", False), ("g", True),
    ]  # fmt: skip


def test_lists_print_their_labels() -> None:
    page = (
        "<ol start=4><li>four<ol type=a><li>x<li>y</ol><li value=9>nine<li>(10) ten</ol>"
        "<ol reversed><li>b<li>a</ol><ol type=I><li>one<li><p>two</p><p>more</p></ol><ul><li>dot<li>– dash<ul>"
        "<li>deep</ul></ul>"
        "<ol style='list-style:none'><li>bare</ol><ul class=list-unstyled><li>plain</ul><ol><li>第一条 甲"
        "<li>（二）乙</ol>"
    )
    assert [(line.text, line.ordinal, line.depth) for line in read(page).lines] == [
        ("4. four", "4", 1), ("a. x", "1", 2), ("b. y", "2", 2), ("9. nine", "9", 1), ("(10) ten", "10", 1),
        ("2. b", "2", 1), ("1. a", "1", 1), ("I. one", "1", 1), ("II. two", "2", 1), ("more", "", 1),
        ("• dot", "", 1), ("– dash", "", 1), ("• deep", "", 2), ("bare", "1", 1), ("plain", "", 1),
        ("第一条 甲", "1", 1), ("（二）乙", "2", 1),
    ]  # fmt: skip


def cells(page: str) -> list[tuple[str, int, str]]:
    return [(line.row, line.column, line.text) for line in read(page).lines]


def test_merged_cells_do_not_shift_columns() -> None:
    page = (
        "<table border=1><tr><th>No</th><th>English</th><th>中文</th></tr><tr><td rowspan=2>1</td><td>people</td>"
        "<td>人民</td>"
        "</tr><tr><td>state</td><td>国家</td></tr><tr><td colspan=2>law</td><td>法律<br>法</td></tr></table>"
    )
    assert cells(page) == [
        ("t1.r1", 1, "No"), ("t1.r1", 2, "English"), ("t1.r1", 3, "中文"), ("t1.r2", 1, "1"), ("t1.r2", 2, "people"),
        ("t1.r2", 3, "人民"), ("t1.r3", 2, "state"), ("t1.r3", 3, "国家"), ("t1.r4", 1, "law"), ("t1.r4", 3, "法律"),
        ("t1.r4", 3, "法"),
    ]  # fmt: skip


def test_two_columns_in_two_languages_are_data() -> None:
    page = (
        "<table><tr><td><p>Article 1</p><p>The parties agree to work together.</p><p>Article 2</p>"
        "<p>It begins today.</p></td>"
        "<td><p>第一条</p><p>双方同意进行合作。</p><p>第二条</p><p>本协定自今日起生效。</p></td></tr></table>"
    )
    assert [column for _, column, _ in cells(page)] == [1] * 4 + [2] * 4


def test_a_table_that_lays_out_the_page_flows() -> None:
    text = "<p>The parties agree to work together in all things.</p>" * 4
    page = f"<table><tr><td><a href=1>Home</a></td><td>{text}</td></tr></table>"
    assert cells(page) == [("", 0, "The parties agree to work together in all things.")] * 4
    inner = "<table border=1><tr><td>a</td><td>b</td></tr></table>"
    assert cells(f"<table role=presentation><tr><td>{text}{inner}</td></tr></table>")[-2:] == [
        ("t2.r1", 1, "a"),
        ("t2.r1", 2, "b"),
    ]


def test_words_of_menus_stay_in_a_glossary() -> None:
    rows = "".join(
        f"<tr><td>{zh}</td><td>{en}</td></tr>"
        for zh, en in (("份額", "share"), ("下一頁", "next page"), ("列印", "print"))
    )
    assert texts(f"<h1>Terms</h1><table>{rows}</table>") == [
        "Terms",
        "份額",
        "share",
        "下一頁",
        "next page",
        "列印",
        "print",
    ]


def test_links_in_a_law_do_not_make_it_a_menu() -> None:
    page = body(
        "<h1>Rules</h1><p>1. These rules are made under the <a href=1>Main Act</a> of the land.</p>"
        "<h2>Related documents</h2>"
        "<p><a href=a>Act A</a> and <a href=b>Act B</a> shall be read with these rules.</p>"
        "<p><a href=c>Act C of the parliament of the land</a> applies.</p>"
        "<p>2. These <a href=d>provisions</a> apply here.</p>"
    )
    assert len(texts(page)) == 6
    index = "<title>Laws</title><h1>Laws</h1><ul>" + "".join(f"<li><a href={n}>Law {n}</a>" for n in range(5)) + "</ul>"
    assert len(texts(index)) == 6


def test_a_name_of_chrome_on_most_of_the_text_is_no_chrome() -> None:
    text = "<p>Article {}. The parties shall do this with all care and attention, always and everywhere, as agreed.</p>"
    parts = "".join(f"<div class='menu-part' style='display:none'>{text.format(n)}</div>" for n in range(9))
    assert len(texts(f"<div class='sidebar'>{parts}</div><div class=footer><a href=1>Top</a></div>")) == 9


def test_a_short_article_beside_a_longer_footer() -> None:
    page = body(
        '<div class="header"><a href=1>Home</a></div><h1>Notice</h1><p>The office is closed on Monday.</p>'
        '<div class="footer">Contact us by phone at any time of the day, we are here to help you.</div>'
    )
    assert texts(page) == ["Notice", "The office is closed on Monday."]


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (('<meta charset="utf-8">' + LAW).encode("gb18030"), "gb18030"),
        (('<meta charset="gb2312">' + LAW).encode(), "utf-8"),
        (('<meta charset="gb2312">' + LAW).encode("gbk"), "gb18030"),
        (('<meta charset="big5">' + LAW).encode("gb18030"), "gb18030"),
        (('<meta charset="iso-8859-1">' + LAW).encode("gb18030"), "gb18030"),
        (LAW.encode("gb18030"), "gb18030"),
        (('<meta charset="gb2312">' + TAIWAN).encode("big5"), "big5hkscs"),
        (('<meta http-equiv=Content-Type content="text/html; charset=big5">' + TAIWAN).encode("big5"), "big5hkscs"),
        (('\ufeff<meta charset="gb2312">' + LAW).encode(), "utf-8"),
        (('<meta charset="utf-16">' + LAW).encode("utf-16"), "utf-16-le"),
        (('<?xml version="1.0" encoding="GBK"?><html>' + LAW).encode("gbk"), "gb18030"),
        (('<meta charset="no-such-charset">' + LAW).encode(), "utf-8"),
    ],
)
def test_the_content_says_which_charset_is_right(page: bytes, encoding: str) -> None:
    source = read(page)
    assert source.witness.encoding == encoding
    assert source.lines[0].text.startswith(("中华人民共和国个人信息", "中華民國憲法"))


def test_european_claims_are_believed() -> None:
    assert texts('<meta charset="windows-1250"><p>Łódź kůň</p>'.encode("cp1250")) == ["Łódź kůň"]
    assert texts('<meta charset="iso-8859-1"><p>“Café”</p>'.encode("cp1252")) == ["“Café”"]


def test_lost_bytes_are_named() -> None:
    source = read(("<p>" + "中文的文字。" * 30).encode()[:-1])
    (lost,) = source.witness.undecodable
    assert source.text[lost.offset] == "\ufffd"
    assert lost.bytes_hex == "e380"


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("", "the page holds no text. "),
        ("<html><body> </body></html>", "the page holds no text. "),
        (
            "<script src=a></script><div id=app></div><noscript>Enable JavaScript.</noscript>",
            "it is made by a script. Save the page",
        ),
        (
            "<frameset><frame src=left.html><frame src=main.html></frameset>",
            "made of frames (left.html, main.html). Save",
        ),
        (bytes(range(256)) * 20, "this is no web page (it holds binary data). Save"),
    ],
)
def test_a_page_without_text_says_what_to_do(page: str | bytes, sentence: str) -> None:
    with pytest.raises(DataError, match=r"^page\.html: line 1: ") as error:
        read(page)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>1 <b>2</p><div>3<p>4 <i>5 <table><tr><td>6<td>7</table></div>8", ["1 2", "3", "4 5", "6", "7", "8"]),
        (b"<p>a\0b is a text</p>", ["ab is a text"]),
        (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
            "<body><div/><p>One<br/>two</p></body></html>",
            ["One", "two"],
        ),
        ('<h:html xmlns:h="x"><p>One<o:p></o:p> text</p></h:html>', ["One text"]),
        ('<html:p xmlns:html="http://www.w3.org/1999/xhtml">One.</html:p><html:p>Two.</html:p>', ["One.", "Two."]),
        ("<div>" * 50_000 + "Deep down", ["Deep down"]),
        ("<b>" * 50_000 + "Deep down", ["Deep down"]),
        ("just text", ["just text"]),
    ],
)  # fmt: skip
def test_broken_markup_is_read(page: str | bytes, expected: list[str]) -> None:
    assert texts(page) == expected


def test_unclosed_boxes_lose_no_line() -> None:
    assert len(texts("<div>a text " * 3000)) == 3000


TAGS = "p div span b a table tr td th ol ul li br pre h1 h2 sup nav footer main article script q ruby rt dl dd".split()
NAMES = ["", " class=nav", " href=#fn1", " href=x", " rowspan=3", " hidden"]
WORDS = ["Article 1. The parties agree. ", "第一条　双方同意。", "1", " ", "\n", "&nbsp;", "(a) ", "Share", "<!--c-->"]
SOUP = st.lists(
    st.one_of(
        st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(NAMES)),
        st.builds("</{}>".format, st.sampled_from(TAGS)),
        st.sampled_from(WORDS),
    ),
    max_size=40,
)  # fmt: skip


@given(SOUP)
def test_no_soup_of_tags_loses_a_character(soup: list[str]) -> None:
    page = "<body>" + "".join(soup)
    tree = etree.HTML(page, etree.HTMLParser(encoding="utf-8"))
    shown = "".join("".join(map(str, tree.itertext())).split()) if tree is not None else ""
    try:
        source = read(page)
    except DataError:
        return
    assert not Counter(shown) - Counter("".join(source.text.split()))
    check_whole(source)


@pytest.mark.skipif(not PIPL.is_dir(), reason="the shared documents are not here")
def test_a_law_over_three_pages_is_whole_and_clean() -> None:
    lines: list[Line] = []
    for name in ("en.html", "en-page-2.html", "en-page-3.html"):
        lines += read_html(PIPL / name, "w1", (PIPL / name).read_bytes()).lines
    squeezed = "".join("".join(line.text for line in lines).split())
    with (PIPL / "gold.tsv").open(encoding="utf-8") as file:
        gold = ["".join(row["en"].split()) for row in csv.DictReader(file, delimiter="\t")]
    whole = [article for article in gold if article in squeezed]
    assert len(gold) == 74
    assert len(whole) >= 72  # two lack quotation marks that the page has
    first = next(at for at, line in enumerate(lines) if line.text.startswith("Article 1\xa0"))
    heads = [line.text for line in lines[first:] if not line.text.startswith(("Article", "(", "Chapter", "Section"))]
    assert not [text for text in heads if "Personal Information Protection Law" in text]
    assert not [
        text
        for text in heads
        if any(word in text for word in ("Updated", "Copyright", "legislator", "State Council >"))
    ]
    assert lines[-1].text.startswith("Article 74")

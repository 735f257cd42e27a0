"""Word, OpenDocument and spreadsheet files: text, automatic numbers, cells, what is left out, bad input."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.comments import Comment

from align.errors import DataError
from align.model import Line, Source
from align.sources import read
from align.sources._cell_formats import shown
from align.sources._numerals import numeral

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "numbering styles footnotes endnotes comments settings header1 footer1".split()
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if name != "draw" else "drawing"}:1.0"'
    for name in ("office", "style", "text", "table", "draw")
)


def docx(path: Path, body: str, **parts: str) -> Path:
    """A Word file of a body and the insides of other parts."""
    rels = "".join(
        f'<Relationship Id="r{name}" Type="{RELATIONS}/{name.rstrip("1")}" Target="{name}.xml"/>' for name in parts
    )
    roots = {"header1": "hdr", "footer1": "ftr"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{rels}</Relationships>")
        for name, inside in parts.items():
            root = roots.get(name, name)
            archive.writestr(f"word/{name}.xml", f"<w:{root} {NAMES}>{inside}</w:{root}>")
    return path


def odt(path: Path, body: str, automatic: str = "", styles: str = "", master: str = "") -> Path:
    """An OpenDocument text of a body and the insides of its styles."""
    content = f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODF}>{content}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {ODF}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{master}</office:master-styles></office:document-styles>",
        )
    return path


def p(text: str, num: int | None = None, level: int = 0, style: str = "", more: str = "") -> str:
    """A paragraph, numbered or not."""
    number = "" if num is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{style}{number}{more}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    form = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
    return f'<w:lvl w:ilvl="{at}">{form}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(at: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{at}">{more}{"".join(levels)}</w:abstractNum>'


def num(at: int, kind: int, more: str = "") -> str:
    return f'<w:num w:numId="{at}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'


def style(name: str, inside: str, called: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{called or name}"/>{inside}</w:style>'


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def left(source: Source) -> list[tuple[str, str]]:
    return [(span.how, span.text) for span in source.left_out]


def cells(source: Source) -> list[tuple[str, int, str]]:
    return [(line.row, line.column, line.text) for line in source.lines]


def whole(source: Source) -> None:
    """Every character of the text is in a line or left out, or is white space."""
    taken = sorted([*((a.start, a.end) for a in source.lines), *((a.start, a.end) for a in source.left_out)])
    at = 0
    for start, end in [*taken, (len(source.text), len(source.text))]:
        assert not source.text[at:start].strip()
        at = end
    assert all(source.text[line.start : line.end] == line.text for line in source.lines)


# ------------------------------------------------------------------ numerals


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", "1 9 10 11 20 27 101 110"),
        ("decimalZero", "01 09 10 11 20 27 101 110"),
        ("lowerLetter", "a i j k t aa wwww fffff"),
        ("upperRoman", "I IX X XI XX XXVII CI CX"),
        ("ordinal", "1st 9th 10th 11th 20th 27th 101st 110th"),
        ("chineseCountingThousand", "一 九 十 十一 二十 二十七 一百零一 一百一十"),
        ("taiwaneseCountingThousand", "一 九 十 十一 二十 二十七 一百零一 一百一十"),
        ("chineseCounting", "一 九 十 十一 二十 二十七 一〇一 一一〇"),
        ("japaneseCounting", "一 九 十 十一 二十 二十七 百一 百十"),
        ("ideographTraditional", "甲 壬 癸 11 20 27 101 110"),
        ("chineseLegalSimplified", "壹 玖 壹拾 壹拾壹 贰拾 贰拾柒 壹佰零壹 壹佰壹拾"),
        ("decimalFullWidth", "１ ９ １０ １１ ２０ ２７ １０１ １１０"),
        ("decimalEnclosedCircle", "① ⑨ ⑩ ⑪ ⑳ ㉗ 101 110"),
        ("ordinalText", "First Ninth Tenth Eleventh Twentieth Twenty-seventh|One hundred first|One hundred tenth"),
        ("cardinalText", "One Nine Ten Eleven Twenty Twenty-seven|One hundred one|One hundred ten"),
        ("none", ""),
        ("hebrew1", "1 9 10 11 20 27 101 110"),
    ],
)
def test_numerals(form: str, printed: str) -> None:
    found = [numeral(value, form) for value in (1, 9, 10, 11, 20, 27, 101, 110)]
    expected = printed.replace(" hundred ", "~hundred~").replace("|", " ").split() or [""] * 8
    assert found == [one.replace("~", " ") for one in expected]


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (10000, "一万"), (10101, "一万零一百零一"), (0, "〇")],
)
def test_han_numerals_beyond_a_thousand(value: int, printed: str) -> None:
    assert numeral(value, "chineseCountingThousand") == printed


# ------------------------------------------------------------------ automatic numbers of Word


NUMBERING = (
    abstract(
        1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "(%3)"),
        level(3, "lowerRoman", "%4)", '<w:lvlRestart w:val="1"/>'),
    )
    + abstract(
        2, level(0, "chineseCountingThousand", "第%1章", '<w:suff w:val="space"/>'),
        level(1, "chineseCountingThousand", "第%2条　", '<w:lvlRestart w:val="0"/><w:suff w:val="nothing"/>'),
        level(2, "decimal", "%1.%3", "<w:isLgl/>"),
    )
    + abstract(3, level(0, "bullet", "\uf0b7"), level(1, "none", "Note:"), level(2, "bullet", ""))
    + abstract(
        4, level(0, "decimal", "%1", '<w:pStyle w:val="H1"/>'), level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>')
    )
    + abstract(5, more='<w:numStyleLink w:val="LS"/>')
    + abstract(6, level(0, "upperRoman", "%1 -"), more='<w:styleLink w:val="LS"/>')
    + "".join(num(at, at) for at in range(1, 7))
    + num(7, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    + num(8, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>')
)  # fmt: skip
STYLES = (
    style("H1", '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>', "heading 1")
    + style("H2", '<w:basedOn w:val="H1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>', "heading 2")
    + style("Own", '<w:basedOn w:val="H1"/>')
    + style("LS", '<w:pPr><w:numPr><w:numId w:val="6"/></w:numPr></w:pPr>', kind="numbering")
    + style("T", "", "Title")
    + style("TOC1", "", "toc 1")
    + style("Gone", "<w:rPr><w:vanish/></w:rPr>", kind="character")
)


def numbered(tmp_path: Path, *paragraphs: str) -> tuple[Line, ...]:
    return read(docx(tmp_path / "a.docx", "".join(paragraphs), numbering=NUMBERING, styles=STYLES), "w").lines


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ([(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)], "1. x|1.1 x|1.2 x|(a) x|2. x|2.1 x"),
        ([(1, 1), (1, 0)], "1.1 x|1. x"),
        ([(1, 0), (1, 3), (1, 2), (1, 3), (1, 0), (1, 3)], "1. x|i) x|(a) x|ii) x|2. x|i) x"),
        ([(2, 0), (2, 1), (2, 1), (2, 2), (2, 0), (2, 1)], "第一章 x|第一条　x|第二条　x|1.1 x|第二章 x|第三条　x"),
        ([(3, 0), (3, 1), (3, 2)], "• x|Note: x|x"),
        ([(5, 0), (6, 0)], "I - x|II - x"),
        ([(1, 0), (7, 0), (7, 0), (7, 1), (1, 0)], "1. x|5. x|6. x|6.1 x|7. x"),
        ([(8, 0), (8, 0)], "C) x|D) x"),
        ([(1, 0), (0, 0), (99, 0), (1, 0)], "1. x|x|x|2. x"),
    ],
)
def test_numbers_as_printed(tmp_path: Path, given: list[tuple[int, int]], printed: str) -> None:
    lines = numbered(tmp_path, *(p("x", one, at) for one, at in given))
    assert "|".join(line.text for line in lines) == printed


def test_numbers_by_style(tmp_path: Path) -> None:
    lines = numbered(
        tmp_path, p("a", style="H1"), p("b", style="H2"), p("c", 0, style="H1"), p("d", style="Own"), p("e", style="T")
    )
    assert [(line.text, line.hint, line.ordinal, line.depth) for line in lines] == [
        ("1 a", "heading-1", "1", 1),
        ("1.1 b", "heading-2", "1", 2),
        ("c", "heading-1", "", 0),
        ("2 d", "heading-1", "2", 1),
        ("e", "heading-1", "", 0),
    ]


def test_an_empty_numbered_paragraph_counts_and_a_deleted_one_does_not(tmp_path: Path) -> None:
    gone = p("gone", 1).replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>").replace("w:t", "w:delText")
    lines = numbered(tmp_path, p("a", 1), p("", 1), gone, p("b", 1), p("", 3), p("c"))
    assert [line.text.strip() for line in lines] == ["1. a", "2.", "3. b", "c"]


def test_custom_formats_and_styles_in_a_circle(tmp_path: Path) -> None:
    custom = '<w:lvl w:ilvl="0"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/><w:lvlText w:val="%1"/></w:lvl>'
    circle = style("A", '<w:basedOn w:val="B"/>') + style("B", '<w:basedOn w:val="A"/>')
    path = docx(tmp_path / "a.docx", p("x", 1, style="A"), numbering=abstract(1, custom) + num(1, 1), styles=circle)
    assert texts(read(path, "w")) == ["000 x"]


# ------------------------------------------------------------------ text of Word


def run(inside: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def field(instruction: str, result: str) -> str:
    kinds = [run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}{run(f'<w:instrText>{instruction}</w:instrText>')}{kinds[1]}{result}{kinds[2]}"


@pytest.mark.parametrize(
    ("inside", "shows", "holds"),
    [
        (run(t("a") + "<w:tab/>" + t("b")), ["a\tb"], []),
        (run(t("a") + "<w:br/>" + t("b") + '<w:br w:type="page"/>' + t("c")), ["a", "b", "c"], []),
        (run(t("non") + "<w:noBreakHyphen/>" + t("stop") + "<w:softHyphen/>"), ["non\u2011stop\u00ad"], []),
        (run('<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="X" w:char="F041"/>'), ["✓\uf041"], []),
        (f"<w:hyperlink>{run(t('link'))}</w:hyperlink>", ["link"], []),
        (f"<w:smartTag><w:ins>{run(t('in'))}</w:ins></w:smartTag>", ["in"], []),
        (run(t("a")) + f"<w:del>{run('<w:delText>gone</w:delText>')}</w:del>", ["a"], [("deleted", "gone")]),
        (run(t("a")) + f"<w:moveFrom>{run(t('gone'))}</w:moveFrom>", ["a"], [("deleted", "gone")]),
        (
            run(t("a")) + run(t("dark"), "<w:vanish/>") + run(t("b"), '<w:vanish w:val="0"/>'),
            ["ab"],
            [("hidden", "dark")],
        ),
        (run(t("a")) + run(t("dark"), '<w:rStyle w:val="Gone"/>'), ["a"], [("hidden", "dark")]),
        (run(t("page ")) + field(" PAGEREF x ", run(t("12"))), ["page 12"], []),
        (f'<w:fldSimple w:instr=" DATE ">{run(t("2012"))}</w:fldSimple>', ["2012"], []),
        (run(t("a")) + field(' TOC \\o "1-3" ', run(t("One 1"))), ["a"], [("contents", "One 1")]),
        (run(t("a")) + run('<w:fldChar w:fldCharType="begin"/>') + run(t("b")), ["ab"], []),
        (f"<w:sdt><w:sdtContent>{run(t('set'))}</w:sdtContent></w:sdt>", ["set"], []),
        (
            f"<w:ruby><w:rt>{run(t('hàn'))}</w:rt><w:rubyBase>{run(t('汉'))}</w:rubyBase></w:ruby>",
            ["汉"],
            [("ruby", "hàn")],
        ),
        ("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>", ["x+y"], []),
        (run("<w:t>a\nb</w:t>"), ["a b"], []),
    ],
)
def test_what_a_paragraph_shows(tmp_path: Path, inside: str, shows: list[str], holds: list[tuple[str, str]]) -> None:
    source = read(docx(tmp_path / "a.docx", f"<w:p>{inside}</w:p>", styles=STYLES), "w")
    assert (texts(source), left(source)) == (shows, holds)
    assert [line.after_blank for line in source.lines] == [at == 0 for at in range(len(shows))]
    whole(source)


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert texts(read(docx(tmp_path / "a.docx", f"<w:p>{run(both)}{run(t('anchor'))}</w:p>"), "w")) == [
        "anchor",
        "boxed",
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on(tmp_path: Path) -> None:
    first = p("one ", more="<w:rPr><w:del/></w:rPr>")
    assert texts(read(docx(tmp_path / "a.docx", first + p("two") + first), "w")) == ["one two", "one "]


def test_contents_are_left_out_wherever_they_stand(tmp_path: Path) -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = f"<w:sdt>{gallery}<w:sdtContent>{p('Contents')}</w:sdtContent></w:sdt>" + p("One 1", style="TOC1") + p("One")
    begin, *_ = field(" TOC ", "|").split("|")
    over_paragraphs = f"<w:p>{begin}{run(t('Two 2'))}</w:p><w:p>{run(t('Three 3'))}</w:p>"
    body += (
        over_paragraphs + f"<w:p>{run('<w:fldChar w:fldCharType=' + chr(34) + 'end' + chr(34) + '/>')}</w:p>" + p("Two")
    )
    source = read(docx(tmp_path / "a.docx", body, styles=STYLES), "w")
    assert texts(source) == ["One", "Two"]
    assert left(source) == [("contents", text) for text in ("Contents", "One 1", "Two 2", "Three 3")]


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def table(*rows: list[str]) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{chr(32).join(row)}</w:tr>' for row in rows)}</w:tbl>"


def test_tables(tmp_path: Path) -> None:
    wide, begins, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        table([cell(p("boxed"))])
        + table(
            [cell(p("A"), p("a"), properties=wide), cell(p("C"), properties=begins)],
            [cell(p("A2")), cell(p("B2")), cell(p("under"), properties=goes_on)],
        )
        + p("between")
        + table([cell(p("x"), table([cell(p("in")), cell(p("side"))])), cell(p("y"))])
    )
    source = read(docx(tmp_path / "a.docx", body), "w")
    assert cells(source) == [
        ("", 0, "boxed"),
        *(("t1.r1", 1, text) for text in "Aa"),
        *(("t1.r1", 3, "C"), ("t1.r2", 1, "A2"), ("t1.r2", 2, "B2")),
        ("", 0, "between"),
        *(("t2.r1", 1, text) for text in ("x", "in", "side")),
        ("t2.r1", 2, "y"),
    ]
    assert left(source) == [("hidden", "under")]


def test_notes_stand_behind_the_text_with_their_numbers(tmp_path: Path) -> None:
    def note(at: int, text: str, kind: str = "footnote") -> str:
        return f'<w:{kind} w:id="{at}"><w:p><w:r><w:{kind}Ref/>{t(text)}</w:r></w:p></w:{kind}>'

    def mark(at: int, kind: str = "footnote") -> str:
        return run(f'<w:{kind}Reference w:id="{at}"/>')

    body = f"<w:p>{run(t('One'))}{mark(7)}{run(t(' two'))}{mark(3)}{mark(5, 'endnote')}</w:p>"
    separator = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    path = docx(
        tmp_path / "a.docx",
        body,
        footnotes=separator + note(3, " third") + note(7, " seventh") + note(9, "nowhere"),
        endnotes=note(5, "end", "endnote"),
        settings='<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>',
    )
    source = read(path, "w")
    assert [(line.text, line.hint) for line in source.lines] == [
        *(("One two", ""), ("① seventh", "note"), ("② third", "note"), ("i end", "note"))
    ]
    assert left(source) == [("unused", "nowhere")]


def test_heads_feet_and_comments_are_left_out(tmp_path: Path) -> None:
    path = docx(
        tmp_path / "a.docx",
        p("text"),
        header1=p("Act") + p("Act"),
        footer1=f"<w:p>{run(t('Page '))}{field(' PAGE ', run(t('1')))}</w:p>",
        comments=f'<w:comment w:id="1">{p("Really?")}</w:comment>',
    )
    source = read(path, "w")
    assert texts(source) == ["text"]
    assert left(source) == [("running-head", "Act"), ("running-head", "Page 1"), ("comment", "Really?")]


def test_a_document_of_a_real_writer(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Agreement", 1)
    document.add_paragraph("Text.", style="List Bullet")
    document.add_paragraph("First.", style="List Number")
    document.add_table(1, 2).rows[0].cells[1].text = "Right"
    document.save(str(tmp_path / "a.docm"))
    source = read(tmp_path / "a.docm", "w")
    assert texts(source) == ["Agreement", "• Text.", "1. First.", "Right"]
    assert (source.lines[0].hint, source.lines[3].column, source.witness.file) == ("heading-1", 2, "a.docm")


def test_the_strict_variant_is_read_too(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("x", 1), numbering=NUMBERING)
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")
            new.writestr(name, data.replace(b"/2006/", b"/"))
    assert texts(read(strict, "w")) == ["1. x"]


# ------------------------------------------------------------------ OpenDocument


def odt_level(at: int, form: str, more: str = "", kind: str = "list-level-style-number") -> str:
    return f'<text:{kind} text:level="{at}" style:num-format="{form}" {more}/>'


LISTS = (
    '<text:list-style style:name="L">'
    + odt_level(1, "1", 'style:num-suffix="."')
    + odt_level(2, "a", 'style:num-suffix=")" text:display-levels="2"')
    + "</text:list-style>"
    '<text:list-style style:name="Z">'
    + odt_level(1, "一, 二, 三, ...", 'style:num-prefix="第" style:num-suffix="条" text:start-value="9"')
    + odt_level(2, "", 'text:bullet-char="•"', "list-level-style-bullet")
    + "</text:list-style>"
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def items(*insides: str, about: str = 'text:style-name="L"') -> str:
    return (
        f"<text:list {about}>{''.join(f'<text:list-item>{inside}</text:list-item>' for inside in insides)}</text:list>"
    )


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        (items("<text:p>x</text:p>", "<text:p>x</text:p><text:p>y</text:p>"), "1. x|2. x|y"),
        (items("<text:p>x</text:p>" + items("<text:p>y</text:p>", about="") * 2), "1. x|1.a) y|1.b) y"),
        (items(items("<text:p>y</text:p>", about=""), "<text:p>x</text:p>"), "1.a) y|2. x"),
        (items("<text:p>x</text:p>") * 2, "1. x|1. x"),
        (
            items("<text:p>x</text:p>")
            + items("<text:p>x</text:p>", about='text:style-name="L" text:continue-numbering="true"'),
            "1. x|2. x",
        ),
        (
            items("<text:p>x</text:p>", about='text:style-name="L" xml:id="a"')
            + items("<text:p>z</text:p>")
            + items("<text:p>x</text:p>", about='text:style-name="L" text:continue-list="a"'),
            "1. x|1. z|2. x",
        ),
        (items("<text:p>x</text:p>" * 1, "<text:p>x</text:p>", about='text:style-name="Z"'), "第九条 x|第十条 x"),
        (items("<text:p>x</text:p>").replace("<text:list-item", '<text:list-item text:start-value="7"'), "7. x"),
        (items("<text:p>x</text:p>").replace("list-item", "list-header"), "x"),
        (
            items("<text:p>x</text:p>" + items("<text:p>y</text:p>", about=""), about='text:style-name="Z"'),
            "第九条 x|• y",
        ),
    ],
)
def test_lists_of_opendocument(tmp_path: Path, body: str, printed: str) -> None:
    assert "|".join(texts(read(odt(tmp_path / "a.odt", body, LISTS), "w"))) == printed


def test_headings_of_opendocument(tmp_path: Path) -> None:
    outline = "".join(odt_level(at, "1", f'text:display-levels="{at}"', "outline-level-style") for at in (1, 2))
    plain = '<style:style style:name="N" style:family="paragraph" style:list-style-name=""/>'
    body = (
        '<text:p text:style-name="P1">Title</text:p><text:h text:outline-level="1">One</text:h>'
        '<text:h text:outline-level="2">Two</text:h><text:h text:outline-level="1" text:style-name="N">Three</text:h>'
    )
    path = odt(tmp_path / "a.odt", body, LISTS + plain, f"<text:outline-style>{outline}</text:outline-style>")
    assert [(line.text, line.hint) for line in read(path, "w").lines] == [
        *(("Title", "heading-1"), ("1 One", "heading-1"), ("1.1 Two", "heading-2"), ("Three", "heading-1"))
    ]


def test_text_of_opendocument(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>One 1</text:p></text:index-body></text:table-of-content>"
        '<text:p>A <text:span>word</text:span>,<text:s text:c="2"/>b\n  c<text:tab/>d<text:line-break/>next'
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>Noted.</text:p></text:note-body></text:note>"
        '<office:annotation><text:p>Hm.</text:p></office:annotation><text:span text:style-name="T1">dark</text:span>'
        "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>"
        '<text:section text:display="none"><text:p>unseen</text:p></text:section>'
        "<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        "<text:p>A</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>C</text:p>"
        "</table:table-cell></table:table-row></table:table-header-rows></table:table>"
    )
    head = "<style:master-page><style:header><text:p>Act</text:p></style:header></style:master-page>"
    source = read(odt(tmp_path / "a.odt", body, LISTS, master=head), "w")
    assert texts(source) == ["A word,  b c\td", "next", "boxed", "A", "C", "1 Noted."]
    assert cells(source)[3:5] == [("t1.r1", 1, "A"), ("t1.r1", 3, "C")]
    assert source.lines[-1].hint == "note"
    assert left(source) == [
        *(("deleted", "gone"), ("contents", "One 1"), ("comment", "Hm."), ("hidden", "dark"), ("hidden", "unseen")),
        ("running-head", "Act"),
    ]
    whole(source)


# ------------------------------------------------------------------ spreadsheets


def test_cells_of_all_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["English", "中文", None, "n"],
        [],
        ["One.\nTwo.\n\nThree.", "一。", None, 1.0],
        ["=A1", "b", True, "=B1"],
    ):
        sheet.append(row)
    sheet["E4"] = datetime.date(2012, 7, 5)
    sheet["E4"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["A1"].comment = Comment("why", "me")
    sheet.merge_cells("B4:C5")
    book.create_sheet("more").append([None, "x"])
    book.save(tmp_path / "a.xlsx")
    source = read(tmp_path / "a.xlsx", "w")
    assert cells(source) == [
        *(("t1.r1", 1, "English"), ("t1.r1", 2, "中文"), ("t1.r1", 4, "n")),
        *(("t1.r3", 1, text) for text in ("One.", "Two.", "Three.")),
        *(("t1.r3", 2, "一。"), ("t1.r3", 4, "1"), ("t1.r4", 2, "b"), ("t1.r4", 5, "2012年7月5日")),
        ("t2.r1", 2, "x"),
    ]
    assert [line.after_blank for line in source.lines[3:6]] == [True, False, True]
    assert left(source) == [("formula", "=A1"), ("formula", "=B1"), ("comment", "why")]
    whole(source)


def test_hidden_cells_are_left_out_unless_a_filter_hides_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("by hand", "by filter", "away"):
        sheet = book.create_sheet(name)
        for at in (1, 2):
            sheet.append([f"{name} A{at}", f"{name} B{at}"])
        sheet.row_dimensions[2].hidden = True
    del book["Sheet"]
    book["by hand"].column_dimensions["B"].hidden = True
    book["by filter"].auto_filter.ref = "A1:B2"
    book["by filter"].auto_filter.add_filter_column(0, ["by filter A1"])
    book["away"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    source = read(tmp_path / "a.xlsx", "w")
    assert texts(source) == ["by hand A1", *(f"by filter {cell}" for cell in ("A1", "B1", "A2", "B2"))]
    assert {how for how, _ in left(source)} == {"hidden"}
    assert len(left(source)) == 7


def test_raw_cells(tmp_path: Path) -> None:
    """Cells as other writers leave them: no references, inline text, errors, readings above the text, values."""
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>'
        '<row r="4"><c r="C4" t="e"><v>#REF!</v></c><c t="str"><f>A1</f><v>said</v></c><c><f>B1</f><v>0.5</v></c></row>'
        '<row><c t="b"><v>1</v></c><c t="s"><v>99</v></c><c t="d"><v>2012-07-05</v></c><c t="s"><v>1</v></c></row>'
    )
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {names} xmlns:r="{RELATIONS}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="/xl/a.xml"/>'
            f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="s.xml"/></Relationships>',
        )
        archive.writestr("xl/a.xml", f"<worksheet {names}><sheetData>{rows}</sheetData></worksheet>")
        archive.writestr(
            "xl/s.xml", f"<sst {names}><si><t>日</t><rPh><t>ri</t></rPh></si><si><t>a_x000D_\nb</t></si></sst>"
        )
    source = read(tmp_path / "a.xlsx", "w")
    assert cells(source) == [
        *(("t1.r1", 1, "日"), ("t1.r1", 2, "inline"), ("t1.r4", 4, "said"), ("t1.r4", 5, "0.5")),
        *(("t1.r5", 1, "TRUE"), ("t1.r5", 3, "2012-07-05"), ("t1.r5", 4, "a"), ("t1.r5", 4, "b")),
    ]
    assert left(source) == [("ruby", "ri"), ("error", "#REF!")]


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        ("1", "General", "1"),
        ("1.0", "General", "1"),
        ("0.30000000000000004", "General", "0.3"),
        ("123456789012", "General", "123456789012"),
        ("1E-7", "General", "1E-07"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("0.256", "0.0%", "25.6%"),
        ("-5", "0;(0)", "(5)"),
        ("0", '0;-0;"none"', "none"),
        ("7", "000", "007"),
        ("12", '"第"0"条"', "第12条"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("12345.678", "0.00E+00", "1.23E+04"),
        ("2.5", "# ?/?", "2.5"),
        ("41095", "yyyy-mm-dd", "2012-07-05"),
        ("41095.58552", "d mmmm yyyy h:mm AM/PM", "5 July 2012 2:03 PM"),
        ("41095.58552", "h:mm:ss", "14:03:09"),
        ("1.5", "[h]:mm", "36:00"),
        ("41095", "aaaa", "星期四"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("many", "0.00", "many"),
    ],
)
def test_numbers_as_shown(value: str, code: str, printed: str) -> None:
    assert shown(value, code) == printed


# ------------------------------------------------------------------ bad input


def refused(path: Path) -> str:
    with pytest.raises(DataError) as found:
        read(path, "w")
    assert found.value.remedy
    assert str(path) in found.value.message
    assert "\n" not in found.value.message
    return found.value.message


def test_a_file_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert "password" in refused(path)


def test_an_opendocument_text_with_a_password(tmp_path: Path) -> None:
    path = odt(tmp_path / "a.odt", "<text:p>x</text:p>")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    assert "password" in refused(path)


def test_a_file_cut_off(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("x" * 5000))
    path.write_bytes(path.read_bytes()[:-200])
    assert "damaged" in refused(path)


def test_a_part_with_wrong_bytes(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("".join(chr(0x4E00 + at * 7 % 9000) for at in range(5000))))
    data = bytearray(path.read_bytes())
    data[300:400] = bytes(100)
    path.write_bytes(data)
    assert "word/document.xml is damaged" in refused(path)


def broken(path: Path, name: str, text: str) -> Path:
    """The same file with one part replaced, or without it."""
    with zipfile.ZipFile(path) as old:
        held = {each: old.read(each) for each in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each, data in held.items():
            if each != name or text:
                new.writestr(each, text if each == name else data)
    return path


def xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "x"
    book.save(path)
    return path


BOMB = '<!DOCTYPE a [<!ENTITY a "xxxxx"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:body>&b;</w:body></w:document>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>'


@pytest.mark.parametrize(
    ("make", "name", "text", "said"),
    [
        ("docx", "word/document.xml", "<w:document><w:body>", "not well-formed XML"),
        ("docx", "word/document.xml", f"<w:document {NAMES}/>", "holds no document"),
        ("docx", "word/document.xml", f"<w:document {NAMES}>{'<w:p>' * 300}{'</w:p>' * 300}</w:document>", "depth"),
        ("docx", "word/document.xml", f"<w:document {NAMES}><w:body><w:p/></w:body></w:document>", "no text"),
        ("docx", "word/document.xml", BOMB, "declares entities"),
        ("docx", "word/document.xml", OUTSIDE, "declares entities"),
        ("docx", "word/styles.xml", "<w:styles", "word/styles.xml is not well-formed XML"),
        ("odt", "content.xml", "", "content.xml is missing"),
        ("odt", "content.xml", "<office:x", "not well-formed XML"),
        ("odt", "content.xml", BOMB, "declares entities"),
        ("odt", "content.xml", f"<office:document-content {ODF}/>", "holds no text document"),
        ("xlsx", "xl/worksheets/sheet1.xml", "<worksheet><row", "not well-formed XML"),
        ("xlsx", "xl/worksheets/sheet1.xml", "", "sheet1.xml is missing"),
        ("xlsx", "xl/worksheets/sheet1.xml", BOMB, "declares entities"),
        ("xlsx", "xl/worksheets/sheet1.xml", "<worksheet/>", "no text"),
        ("xlsx", "xl/_rels/workbook.xml.rels", "<Relationships/>", "names a sheet that the file does not hold"),
    ],
)
def test_parts_that_are_wrong(tmp_path: Path, make: str, name: str, text: str, said: str) -> None:
    path = tmp_path / f"a.{make}"
    if make == "docx":
        docx(path, p("x"), styles=STYLES)
    elif make == "odt":
        odt(path, "<text:p>x</text:p>")
    else:
        xlsx(path)
    assert said in refused(broken(path, name, text))


@pytest.mark.parametrize("make", ["docx", "xlsx"])
def test_a_zip_bomb(tmp_path: Path, make: str) -> None:
    """Eleven million spaces in some ten thousand bytes."""
    if make == "docx":
        path = broken(docx(tmp_path / "a.docx", p("x")), "word/document.xml", " " * 11_000_000)
    else:
        path = broken(xlsx(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml", " " * 11_000_000)
    assert "as a zip bomb does" in refused(path)


def test_a_bomb_that_lies_about_its_size_is_cut_off(tmp_path: Path) -> None:
    path = broken(docx(tmp_path / "a.docx", p("x")), "word/document.xml", " " * 11_000_000)
    true, claimed = (11_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, claimed))
    assert "word/document.xml is damaged" in refused(path)


def test_a_spreadsheet_that_is_called_a_word_file(tmp_path: Path) -> None:
    assert cells(read(xlsx(tmp_path / "a.docx"), "w")) == [("t1.r1", 1, "x")]

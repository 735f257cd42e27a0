"""Chinese typeface -> the style sheet of a DOCX brief: every look a reader may change has a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ._wml import NAMESPACE, Element

LATIN = "Calibri"
ACCENT, QUIET, RULE, TINT, EDITORIAL = "1F3864", "5F6368", "BFC4CC", "F4F1EA", "8A3B12"
GAP = 227
"""Between the columns: the right indent of the English."""
HEADING_SIZES = (28, 25, 23, 22)

BOLD = "<w:b/><w:bCs/>"
KEEP = "<w:keepNext/><w:keepLines/>"
OPEN_RIGHT = f'<w:ind w:right="{GAP}"/>'
JUSTIFIED = '<w:jc w:val="both"/>'


@dataclass(frozen=True, slots=True)
class Face:
    """The typeface of the Chinese and the language that Word takes it for."""

    font: str
    lang: str

    @property
    def other_name(self) -> str:
        """What the typeface is called in Chinese."""
        return "微軟正黑體" if self.traditional else "微软雅黑"

    @property
    def traditional(self) -> bool:
        """Whether the characters are traditional ones."""
        return self.lang != "zh-CN"


def face(tag: str) -> Face:
    """The Chinese face for a language tag such as zh-Hans or zh-Hant-HK."""
    parts = set(tag.lower().split("-"))
    region = next((r for r in ("hk", "mo", "tw") if r in parts), "tw" if "hant" in parts else "cn")
    return Face("Microsoft YaHei" if region == "cn" else "Microsoft JhengHei", f"zh-{region.upper()}")


def stylesheet(chinese: Face, text: int) -> Element:
    """The whole `w:styles` element; `text` is the width of a line."""
    styles = "".join((_defaults(chinese), *_builtin(text), *_front(), *_headings(), *_body(), *_runs(), *_tables()))
    return etree.fromstring(f'<w:styles xmlns:w="{NAMESPACE}">{styles}</w:styles>')


def _defaults(chinese: Face) -> str:
    fonts = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{chinese.font}" w:cs="{LATIN}"'
    lang = f'<w:lang w:val="en-US" w:eastAsia="{chinese.lang}" w:bidi="ar-SA"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>{_ink(21)}{lang}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{_spacing(0, 0)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _style(kind: str, name: str, look: str = "", parent: str = "", follows: str = "", own: bool = True) -> str:
    """One style; its id is its name without spaces, each word with a capital."""
    says = ' w:customStyle="1"' if own else ""
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    after = f'<w:next w:val="{follows}"/>' if follows else ""
    offered = "<w:qFormat/>" if kind != "table" and parent else ""
    return (
        f'<w:style w:type="{kind}"{says} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f"{based}{after}{offered}{look}</w:style>"
    )


def style_id(name: str) -> str:
    """The id of the style that Word shows under this name."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _paragraph(name: str, says: str, look: str = "", follows: str = "", own: bool = True) -> str:
    says = f"<w:pPr>{says}</w:pPr>" + (f"<w:rPr>{look}</w:rPr>" if look else "")
    return _style("paragraph", name, says, "Normal", follows, own)


def _spacing(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _ink(size: int, color: str = "") -> str:
    """Colour, then size in half points."""
    tone = f'<w:color w:val="{color}"/>' if color else ""
    return f'{tone}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _rule(side: str, color: str = RULE, size: int = 4, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def _builtin(text: int) -> Iterator[str]:
    for kind, name, look in (
        ("paragraph", "Normal", "<w:qFormat/><w:pPr><w:widowControl/></w:pPr>"),
        ("character", "Default Paragraph Font", ""),
        ("table", "Normal Table", f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_margins(0, 0)}</w:tblPr>'),
        ("numbering", "No List", ""),
    ):
        yield _style(kind, name, look, own=False).replace(" w:styleId", ' w:default="1" w:styleId', 1)
    rule = f"<w:pBdr>{_rule('bottom', space=4)}</w:pBdr>"
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{text}"/></w:tabs>'
    yield _paragraph("header", rule + tabs + _spacing(0, 0, 240), _ink(16, QUIET), own=False)
    yield _paragraph("footer", _spacing(0, 0, 240) + '<w:jc w:val="center"/>', _ink(16, QUIET), own=False)


def _front() -> Iterator[str]:
    yield _paragraph("Title", KEEP + _spacing(0, 80, 252), BOLD + _ink(42, ACCENT), "Subtitle", own=False)
    yield _paragraph("Subtitle", KEEP + _spacing(0, 120, 252), BOLD + _ink(32, ACCENT), "Normal", own=False)
    yield _paragraph("Brief Titles Note", KEEP + _spacing(0, 0), _ink(17, QUIET))
    yield _paragraph("Brief Front", _spacing(0, 20, 259) + OPEN_RIGHT, _ink(17, QUIET))
    yield _paragraph("Brief Statement", _spacing(0, 0, 269) + OPEN_RIGHT, _ink(19))
    yield _paragraph("Brief Contents", KEEP + _spacing(200, 80, 264), BOLD + _ink(25, ACCENT))
    for level in range(1, 10):
        indent = f'<w:ind w:left="{220 * (level - 1)}"/>'
        yield _paragraph(f"toc {level}", _spacing(0, 20, 259) + indent, _ink(18), own=False)
    yield _paragraph("Brief Space", '<w:spacing w:line="160" w:lineRule="exact"/>', _ink(4))


def _headings() -> Iterator[str]:
    for level in range(1, 10):
        size = HEADING_SIZES[min(level, len(HEADING_SIZES)) - 1]
        says = KEEP + _spacing(360 if level == 1 else 260, 80, 264) + f'<w:outlineLvl w:val="{level - 1}"/>'
        yield _paragraph(f"heading {level}", says, BOLD + _ink(size, ACCENT), "Normal", own=False)


def _body() -> Iterator[str]:
    no_hanging = '<w:overflowPunct w:val="0"/>'
    padding = (_rule(side, TINT, 4, 4) for side in ("top", "bottom"))
    sides = _rule("left", EDITORIAL, 18, 8).join(padding)
    note = f'<w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>'
    yield _paragraph("Bilingual Column Head", "<w:keepNext/>" + _spacing(0, 0, 240), _ink(15, QUIET))
    yield _paragraph("Bilingual Number", _spacing(0, 60), BOLD + _ink(21, ACCENT))
    yield _paragraph("Bilingual English", _spacing(0, 60) + OPEN_RIGHT)
    yield _paragraph("Bilingual Chinese", no_hanging + _spacing(0, 60) + JUSTIFIED)
    for name, look in (
        ("Head", _ink(13, QUIET)),
        ("Detail", _ink(13, QUIET)),
        ("English", _ink(16)),
        ("Chinese", _ink(16)),
    ):
        keep = "<w:keepNext/>" if name == "Head" else ""
        yield _paragraph(f"Review {name}", keep + _spacing(0, 20, 250) + '<w:ind w:right="110"/>', look)
    yield _paragraph("Review Number", _spacing(0, 20, 250), BOLD + _ink(16, ACCENT))
    yield _paragraph("annotation text", _spacing(0, 40, 240), _ink(18), own=False)
    yield _paragraph(
        "Bilingual Note",
        KEEP + note + _spacing(160, 140, 269) + '<w:ind w:left="200" w:right="0"/>',
        _ink(19),
    )


def _runs() -> Iterator[str]:
    for name, look in (
        ("Bilingual Item Title", BOLD),
        ("Editorial Mark", f'<w:color w:val="{EDITORIAL}"/>'),
    ):
        yield _style("character", name, f"<w:rPr>{look}</w:rPr>", "DefaultParagraphFont")
    yield _style("character", "annotation reference", f"<w:rPr>{_ink(16)}</w:rPr>", "DefaultParagraphFont", own=False)


def _tables() -> Iterator[str]:
    lines = f"<w:tblBorders>{_rule('bottom')}{_rule('insideH')}</w:tblBorders>"
    head = f"<w:tcPr><w:tcBorders>{_rule('bottom', ACCENT, 6)}</w:tcBorders></w:tcPr>"
    first = f'<w:tblStylePr w:type="firstRow">{head}</w:tblStylePr>'
    box = f"<w:tblBorders>{_rule('top', ACCENT, 8)}{_rule('bottom', RULE)}</w:tblBorders>"
    for name, borders, margin, rest in (
        ("Bilingual Table", lines, 60, first),
        ("Brief Front Table", "", 0, ""),
        ("Brief Statement Table", box, 90, ""),
    ):
        says = f"<w:tblPr>{borders}{_margins(margin, margin)}</w:tblPr>"
        yield _style("table", name, says + rest, "NormalTable")


def _margins(top: int, bottom: int) -> str:
    sides = (("top", top), ("left", 0), ("bottom", bottom), ("right", 0))
    return "<w:tblCellMar>" + "".join(f'<w:{s} w:w="{w}" w:type="dxa"/>' for s, w in sides) + "</w:tblCellMar>"

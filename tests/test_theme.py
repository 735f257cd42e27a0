"""A theme.toml -> faces, colours, margins and a logo in PDF, DOCX and HTML; or one sentence with file, line, remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import pytest
from conftest import EN, ZH, Run
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image
from test_pdf import opened, sample

from align.errors import AlignError, UsageError
from align.export import Options, find_exporter
from align.house import read_house
from align.theme import CONTRAST, House, contrast

LATIN = "".join(map(chr, range(0x20, 0x7F))) + "–’“”…·"
THEME = """
[faces]
en = "Brand.ttf"
en_bold = "Brand-Bold.ttf"
zh = "Zi.ttf"

[colours]
text = "#222222"
accent = "00695C"
muted = "#4F5B58"
rule = "#9CC5BE"
panel = "#E8F3F1"

[page]
left = 25
right = 18.5
top = 30
bottom = 20

[logo]
file = "logo.png"
height = 12
alternative = "Ministry of Examples"
"""


def font(name: str, chars: str, cff: bool = False, licence: int = 0) -> bytes:
    """A face in which every character is a box."""
    glyphs = [".notdef", *(f"u{ord(char):04X}" for char in chars)]
    made = FontBuilder(1000, isTTF=not cff)
    made.setupGlyphOrder(glyphs)
    made.setupCharacterMap({ord(char): f"u{ord(char):04X}" for char in chars})
    if cff:
        from fontTools.pens.t2CharStringPen import T2CharStringPen

        made.setupCFF(name, {}, {glyph: T2CharStringPen(600, {}).getCharString() for glyph in glyphs}, {})
    else:
        pen = TTGlyphPen(None)
        for x, y in ((50, 0), (450, 0), (450, 700), (50, 700)):
            (pen.lineTo if x + y > 50 else pen.moveTo)((x, y))
        pen.closePath()
        box, none = pen.glyph(), TTGlyphPen(None).glyph()
        made.setupGlyf({glyph: none if glyph == "u0020" else box for glyph in glyphs})
    made.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 50)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name.replace(" ", "")})
    made.setupOS2(fsType=licence)
    made.setupPost()
    out = BytesIO()
    made.font.recalcTimestamp = False
    made.save(out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A theme with all that it names."""
    (tmp_path / "theme.toml").write_text(THEME, "utf-8")
    (tmp_path / "Brand.ttf").write_bytes(font("Brand Sans", LATIN.replace("Q", "")))
    (tmp_path / "Brand-Bold.ttf").write_bytes(font("Brand Sans", LATIN.replace("L", "")))
    (tmp_path / "Zi.ttf").write_bytes(font("Zi", " 双方决定于年月日在北京举行研讨会一二三四，。"))
    Image.new("RGBA", (300, 100), (0, 105, 92, 128)).save(tmp_path / "logo.png")
    return tmp_path


def house(folder: Path) -> House:
    return read_house(str(folder / "theme.toml"))


def made(name: str, style: House, layout: str = "side", page: str = "a4") -> tuple[bytes, list[str]]:
    held, told = BytesIO(), list[str]()

    @contextmanager
    def keep(_: str) -> Iterator[IO[bytes]]:
        yield held

    find_exporter(name).write(
        [sample()], Options("made", layout=layout, page=page, house=style, tell=told.append), keep
    )
    return held.getvalue(), told


def test_a_pdf_has_the_faces_colours_and_margins_of_the_theme(folder: Path) -> None:
    content, told = made("pdf", house(folder))
    said = opened(content)
    names = set(re.findall(rb"/BaseFont /\w+\+([\w-]+)", said))
    assert names >= {b"BrandSansEn-Regular", b"BrandSansEn-Bold", b"ZiZh-Regular", b"NotoSansSC-Regular"}
    assert b"0 .411765 .360784 rg" in said  # the accent
    assert b".121569 .219608 .392157 rg" not in said  # ours
    assert b"1 0 0 1 70.86614" in said  # 25 mm
    assert told[0] == "Brand Sans (Brand.ttf and Brand-Bold.ttf) has no L U+004C (item 38); another face sets that"
    assert re.match(r"Zi \(Zi\.ttf\) has no .*《 U\+300A.* and \d+ more; another face sets that", told[1])


def test_what_no_face_has_is_told(folder: Path) -> None:
    from align.exporters._faces import Need, faces

    told: list[str] = []
    faces([Need("a😀", "en"), *(Need("😀", "en", item=number) for number in "7889")], tell=told.append)
    assert told == ["no face has 😀 U+1F600 (items 7, 8 and 1 more); its code stands in the text"]


def test_what_only_the_face_of_another_edition_has_is_told() -> None:
    from align.exporters._faces import Need, faces

    told: list[str] = []
    faces([Need("国\U00020021", "zh-Hans", item="3"), Need("α①", "zh-Hans", item="4")], tell=told.append)
    assert told == ["Noto Sans SC has no \U00020021 U+20021 (item 3); another face sets that"]


def test_the_logo_stands_once_with_its_alternative_text(folder: Path) -> None:
    said = opened(made("pdf", house(folder))[0])
    assert said.count(b"/Subtype /Image") == said.count(b"/S /Figure") == 1
    assert b"/Alt (Ministry of Examples)" in said
    (width, height) = re.search(rb"q ([\d.]+) 0 0 ([\d.]+) ", said).groups()  # type: ignore[union-attr]
    assert (round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) == (36, 12)


@pytest.mark.parametrize("layout", ["side", "stacked", "review", "zh"])
def test_no_rule_of_tagged_pdf_fails_with_a_theme(folder: Path, layout: str) -> None:
    test_pdf_tagged = pytest.importorskip("test_pdf_tagged")
    content, _ = made("pdf", house(folder), layout, "letter")
    assert test_pdf_tagged.failures(content) == []
    assert made("pdf", house(folder), layout, "letter")[0] == content


def test_a_docx_has_the_theme_by_name(folder: Path) -> None:
    content, _ = made("docx", house(folder))
    with ZipFile(BytesIO(content)) as package:
        styles, body = (package.read(f"word/{name}.xml").decode() for name in ("styles", "document"))
        assert package.read("word/media/image1.png") == (folder / "logo.png").read_bytes()
    assert 'w:ascii="Brand Sans"' in styles
    assert 'w:eastAsia="Zi"' in styles
    assert "00695C" in styles
    assert "1F3864" not in styles
    assert all(f"w:{side}" in body for side in ('left="1417"', 'right="1049"', 'top="1701"', 'bottom="1134"'))
    assert 'descr="Ministry of Examples"' in body
    assert made("docx", house(folder))[0] == content


def test_html_has_colours_and_faces_by_name(folder: Path) -> None:
    said = made("html", house(folder))[0].decode()
    assert 'font-family: "Brand Sans", "Noto Sans"' in said
    assert said.count('font-family: "Zi", "PingFang') == 3
    assert "@media print, (prefers-color-scheme: light) { :root { --text: #222222; --title: #00695c;" in said


def test_without_a_theme_nothing_is_other_than_it_was() -> None:
    for name in ("pdf", "docx", "html"):
        assert made(name, House()) == made(name, read_house())


def test_a_face_without_bold_serves_for_both(folder: Path) -> None:
    (folder / "theme.toml").write_text('[faces]\nen = "Brand.ttf"\n', "utf-8")
    said = opened(made("pdf", house(folder))[0])
    assert b"BrandSansEn-Regular" in said
    assert b"BrandSansEn-Bold" not in said


def test_the_key_depends_on_every_file(folder: Path) -> None:
    keys = {house(folder).key}
    for name in ("theme.toml", "Brand.ttf", "Brand-Bold.ttf", "Zi.ttf", "logo.png"):
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(before + (b"\n" if name.endswith("toml") else b"\0"))
        keys.add(house(folder).key)
        (folder / name).write_bytes(before)
    assert len(keys) == 6
    assert read_house().key == ""


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(0xFFFFFF, 0) == 21
    assert contrast(0x767676, 0xFFFFFF) > CONTRAST > contrast(0x777777, 0xFFFFFF)


BAD = {
    'text = "#222222"': [
        ('text = "#777777"', 8, "the contrast of colours.text (#777777) with white is 4.47:1, not 4.5:1. Choose"),
        ('text = "red"', 8, "colours.text is 'red', not a colour. Write it as"),
        ('txt = "#222222"', 8, "unknown key `colours.txt`. Known here: accent"),
        ("text = 3", 8, "colours.text is 3, not a colour."),
    ],
    'panel = "#E8F3F1"': [('panel = "#555555"', 8, "with the panel (#555555) is")],
    "left = 25": [
        ("left = 120", 15, "the margins left and right leave 71.5 mm for the text of a page of 210 mm. Leave at least"),
        ("left = 2", 15, "page.left is 2. Give a number of millimetres from 5 to 200."),
        ('left = "25"', 15, "page.left is '25'."),
        ("left = nan", 15, "page.left is nan."),
    ],
    'en = "Brand.ttf"': [
        ('en = "No.ttf"', 3, "the file No.ttf is not there. Give its place from the folder of theme.toml."),
        ('en = "cff.ttf"', 3, "cff.ttf has CFF outlines, which a PDF made here cannot embed. Name one static face"),
        ('en = "ttc.ttf"', 3, "ttc.ttf is a collection of several faces."),
        ('en = "cut.ttf"', 3, "cut.ttf is no TrueType font, or a damaged one."),
        ('en = "none.ttf"', 3, "none.ttf is no TrueType font, or a damaged one."),
        ('en = "variable.ttf"', 3, "variable.ttf is a variable font. Name one static face"),
        ('en = "kept.ttf"', 3, "kept.ttf may not be embedded, by its own licence."),
        ('en = "blank.ttf"', 3, "blank.ttf has no blank (U+0020)."),
        ("", 4, "faces.en_bold stands without faces.en."),
    ],
    'file = "logo.png"': [
        ('file = "Brand.ttf"', 21, "Brand.ttf is no PNG or JPEG picture, or a damaged one. Save it as PNG."),
        ('file = "cut.png"', 21, "cut.png is no PNG or JPEG picture, or a damaged one."),
        ("", 20, "logo.file names no file."),
    ],
    "height = 12": [
        ("height = 70", 22, "logo.height is 70. Give a number of millimetres from 3 to 60."),
        ("height = 50", 22, "the logo would be 150.0 mm in width. It may be 5 to 100 mm."),
        ("height = 12\nwidth = 3", 22, "the logo has both a width and a height."),
    ],
    'alternative = "Ministry of Examples"': [("", 20, "the logo has no alternative text. Say what it shows")],
    "[page]": [
        ("[pages]", 14, "unknown key `pages`. Known here: colours, faces, logo, page."),
        ("[page", 14, "not valid"),
    ],
}


@pytest.mark.parametrize(("right", "wrong", "line", "said"), [(r, *each) for r, bad in BAD.items() for each in bad])
def test_what_is_wrong_is_said_with_its_line(folder: Path, right: str, wrong: str, line: int, said: str) -> None:
    import fontpkg_noto_sans

    brand = (folder / "Brand.ttf").read_bytes()
    files = Path(fontpkg_noto_sans.__file__).parent / "files"
    (folder / "cff.ttf").write_bytes(font("Cff", LATIN, cff=True))
    (folder / "ttc.ttf").write_bytes(b"ttcf" + brand[4:])
    (folder / "cut.ttf").write_bytes(brand[: len(brand) // 3])
    (folder / "none.ttf").write_bytes(b"not a font at all")
    (folder / "kept.ttf").write_bytes(font("Kept", LATIN, licence=2))
    (folder / "blank.ttf").write_bytes(font("Blank", "abc"))
    (folder / "variable.ttf").write_bytes((files / "NotoSans[wdth,wght].ttf").read_bytes())
    (folder / "cut.png").write_bytes((folder / "logo.png").read_bytes()[:80])
    assert THEME.count(right) == 1
    (folder / "theme.toml").write_text(THEME.replace(right, wrong), "utf-8")
    with pytest.raises(AlignError) as raised:
        house(folder)
    assert str(raised.value).startswith(f"{folder / 'theme.toml'}: line {line}: ")
    assert said in str(raised.value)
    assert raised.value.status == 1


def test_a_theme_that_is_not_there_is_a_fault_of_the_command_line() -> None:
    with pytest.raises(UsageError):
        read_house("no.toml")


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB", "rotated"])
def test_any_jpeg_is_a_logo(folder: Path, mode: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = Image.new("RGB" if mode == "rotated" else mode, (100, 300 if mode == "rotated" else 30))
    picture.save(folder / "logo.jpg", exif=exif if mode == "rotated" else Image.Exif())
    (folder / "theme.toml").write_text('[logo]\nfile = "logo.jpg"\nalternative = "Logo"\n', "utf-8")
    style = house(folder)
    assert style.theme.logo
    assert style.theme.logo.height == 14
    assert style.theme.logo.width == pytest.approx(42 if mode == "rotated" else 140 / 3)
    assert all(made(name, style)[0] for name in ("pdf", "docx"))


def test_an_export_is_made_anew_where_the_theme_has_changed_and_says_the_same_twice(folder: Path, run: Run) -> None:
    (folder / "old.en.txt").write_text(EN, "utf-8")
    (folder / "old.zh.txt").write_text(ZH, "utf-8")
    command = ("export", "old.en.txt", "old.zh.txt", "--to", "pdf", "--theme", "theme.toml")
    status, first, _ = run(*command)
    assert status == 0
    assert "pdf: Zi (Zi.ttf) has no" in first
    before = (folder / "dist/old/old.pdf").read_bytes()
    status, again, _ = run(*command)
    assert "pdf: Zi (Zi.ttf) has no" in again
    assert "written" not in again
    (folder / "theme.toml").write_text(THEME.replace("00695C", "#5C0069"), "utf-8")
    _, third, _ = run(*command)
    assert "written" in third
    assert (folder / "dist/old/old.pdf").read_bytes() != before
    status, _, said = run(*command[:-1], "no.toml")
    assert (status, said) == (2, "align: no.toml: there is no such file. Check the name.\n")

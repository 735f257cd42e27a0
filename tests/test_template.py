"""A Word template -> a DOCX in its styles, on its page, with its headers and footers; what cannot be used is said."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

import pytest
from conftest import EN, ZH, Run
from docx import Document as open_docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from PIL import Image
from test_docx import bitext

from align.errors import AlignError, DataError
from align.export import Options
from align.exporters.docx import exporter
from align.house import read_house

MAIN = b"wordprocessingml.document.main+xml"


def brand(folder: Path, change: Callable[[Any], object] = lambda document: None) -> Path:
    """A template with a page, a header, a footer and a colour of its own."""
    Image.new("RGB", (60, 20), (122, 31, 61)).save(folder / "mark.png")
    document = open_docx()
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x7A, 0x1F, 0x3D)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(216), Mm(279)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = map(Mm, (25, 20, 32, 28))
    section.header.paragraphs[0].add_run("Ministry of Examples").add_picture(str(folder / "mark.png"), height=Mm(9))
    section.footer.paragraphs[0].text = "1 Example Square"
    document.add_heading("Text of the template", 1)
    document.core_properties.author, document.core_properties.category = "Somebody", "Secret"
    change(document)
    document.save(str(folder / "brand.docx"))
    return folder / "brand.docx"


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same package with other parts; a part that becomes nothing is left out."""
    made = BytesIO()
    with ZipFile(path) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            if (data := change(name, source.read(name))) is not None:
                target.writestr(name, data)
    path.write_bytes(made.getvalue())
    return path


def made(template: Path, layout: str = "side", count: int = 1, **house: str) -> tuple[bytes, list[str]]:
    files, told = BytesIO(), list[str]()

    @contextmanager
    def keep(_: str) -> Iterator[IO[bytes]]:
        yield files

    style = read_house(template=str(template), **house)
    exporter.write([bitext()] * count, Options("made", layout=layout, house=style, tell=told.append), keep)
    return files.getvalue(), [said.removeprefix(f"the template {template.name}: ") for said in told]


def errors(content: bytes, folder: Path) -> str:
    audit = shutil.which("openxml-audit") or shutil.which("openxml-audit", path=str(Path(sys.executable).parent))
    if not audit:
        pytest.skip("openxml-audit is not installed")
    (folder / "audited.docx").write_bytes(content)
    done = subprocess.run([audit, str(folder / "audited.docx")], capture_output=True, text=True)
    return "" if "no findings" in done.stdout else done.stdout


def used(content: bytes) -> set[str]:
    """The styles of paragraphs and tables, by name; python-docx shows that each id is there."""
    document = open_docx(BytesIO(content))
    ids = {style.style_id: style.name for style in document.styles}
    body = document.element.body
    return {ids[e.get(qn("w:val"))] for tag in ("w:pStyle", "w:rStyle", "w:tblStyle") for e in body.iter(qn(tag))}


def test_its_page_header_footer_and_styles_are_kept_and_its_text_is_not(tmp_path: Path) -> None:
    content, told = made(brand(tmp_path))
    document = open_docx(BytesIO(content))
    section = document.sections[0]
    assert [round((size or Mm(0)).mm) for size in (section.page_width, section.page_height, section.left_margin)] == [
        216,
        279,
        25,
    ]
    assert section.header.paragraphs[0].text == "Ministry of Examples"
    assert [part.partname for part in section.header.part.related_parts.values()] == ["/word/media/image1.png"]
    assert section.footer.paragraphs[0].text == "1 Example Square"
    assert not any("Text of the template" in paragraph.text for paragraph in document.paragraphs)
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0x7A, 0x1F, 0x3D)
    assert document.styles["Bilingual Number"].font.color.rgb == RGBColor(0x7A, 0x1F, 0x3D)
    assert {"Heading 1", "Title", "Brief Subtitle", "Bilingual Table", "Bilingual Chinese"} <= used(content)
    assert told == [
        "its page is kept, 216 × 279 mm",
        "it names no Chinese face for some styles; Microsoft YaHei sets them",
    ]


def test_nothing_of_the_template_itself_is_left(tmp_path: Path) -> None:
    content, _ = made(brand(tmp_path))
    said = open_docx(BytesIO(content)).core_properties
    assert (said.author, said.category, said.title) == ("align", "", "Outcomes of the Dialogue · 对话成果清单")
    with ZipFile(BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "custom" in name or "thumbnail" in name]


@pytest.mark.parametrize("layout", ["side", "stacked", "zh", "review"])
def test_no_error_by_openxml_audit_and_the_same_bytes(tmp_path: Path, layout: str) -> None:
    path = brand(tmp_path)
    content, _ = made(path, layout)
    assert errors(content, tmp_path) == ""
    assert made(path, layout)[0] == content
    section = open_docx(BytesIO(content)).sections[0]
    assert ((section.page_width or 0) > (section.page_height or 0)) == (layout == "review")


def test_several_briefs_share_the_header_of_the_template(tmp_path: Path) -> None:
    content, _ = made(brand(tmp_path), count=2)
    assert [s.header.paragraphs[0].text for s in open_docx(BytesIO(content)).sections] == ["Ministry of Examples"] * 2
    assert errors(content, tmp_path) == ""


def test_a_template_for_word_is_one_too(tmp_path: Path) -> None:
    path = rewritten(brand(tmp_path), lambda name, data: data.replace(MAIN, MAIN.replace(b"document", b"template")))
    assert "Heading 1" in used(made(path)[0])


def test_headings_number_nothing_that_the_source_does_not(tmp_path: Path) -> None:
    def number(document: Any) -> None:
        held = document.styles["Heading 1"].element.get_or_add_pPr()
        held.append(OxmlElement("w:numPr"))

    content, told = made(brand(tmp_path, number))
    assert "numbering of Heading 1 is left out: the text itself decides that" in told
    assert open_docx(BytesIO(content)).styles["Heading 1"].element.find(f".//{qn('w:numPr')}") is None


def test_styles_are_known_by_name_whatever_their_ids_are(tmp_path: Path) -> None:
    def rename(name: str, data: bytes) -> bytes:
        if name == "word/styles.xml":
            return data.replace(b'w:styleId="Heading1"', b'w:styleId="berschrift1"').replace(
                b'w:val="Heading1"', b'w:val="berschrift1"'
            )
        return data.replace(b'w:val="Heading1"', b'w:val="berschrift1"') if name == "word/document.xml" else data

    content, _ = made(rewritten(brand(tmp_path), rename))
    assert "Heading 1" in used(content)
    with ZipFile(BytesIO(content)) as package:
        assert b'<w:pStyle w:val="berschrift1"/>' in package.read("word/document.xml")
        assert b'w:styleId="Heading1"' not in package.read("word/styles.xml")
    assert errors(content, tmp_path) == ""


def test_a_template_without_our_styles_gets_them_and_says_so(tmp_path: Path) -> None:
    def bare(document: Any) -> None:
        for style in list(document.styles.element.findall(qn("w:style"))):
            if style.get(qn("w:default")) != "1":
                document.styles.element.remove(style)
        section = document.sections[0]
        section.header.paragraphs[0].style = section.footer.paragraphs[0].style = None

    content, told = made(brand(tmp_path, bare))
    assert told[1] == "it has none of the styles of a brief (Title, Heading 1 to 3, header, footer); ours are added"
    assert {"Heading 1", "Title"} <= used(content)


def test_a_template_without_header_footer_or_room_takes_ours_and_says_so(tmp_path: Path) -> None:
    def bare(document: Any) -> None:
        section = document.sections[0]
        section.page_width, section.left_margin = Mm(100), Mm(50)
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = True

    content, told = made(brand(tmp_path, bare))
    section = open_docx(BytesIO(content)).sections[0]
    assert told[0] == "its page has no measures, or no room for text; ours is used"
    assert round((section.page_width or Mm(0)).mm) == 210
    assert "Outcomes of the Dialogue" in section.header.paragraphs[0].text
    assert "Page 1 of 1" in "".join(t.text for t in section.footer._element.iter(qn("w:t")))
    assert errors(content, tmp_path) == ""


def test_a_header_of_an_earlier_section_is_that_of_the_brief(tmp_path: Path) -> None:
    content, _ = made(brand(tmp_path, lambda document: document.add_section()))
    assert open_docx(BytesIO(content)).sections[0].header.paragraphs[0].text == "Ministry of Examples"


def test_a_face_for_chinese_is_kept_where_the_template_names_one(tmp_path: Path) -> None:
    def name(document: Any) -> None:
        for fonts in document.styles.element.iter(qn("w:rFonts")):
            fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
            fonts.set(qn("w:eastAsia"), "FangSong")

    content, told = made(brand(tmp_path, name))
    assert told == ["its page is kept, 216 × 279 mm"]
    with ZipFile(BytesIO(content)) as package:
        assert b"YaHei" not in package.read("word/styles.xml")


def test_settings_lead_to_no_other_file(tmp_path: Path) -> None:
    def attach(document: Any) -> None:
        part = document.part._settings_part
        key = part.relate_to("file:///C:/brand.dotx", "http://x/attachedTemplate", is_external=True)
        held = OxmlElement("w:attachedTemplate")
        held.set(qn("r:id"), key)
        document.settings.element.insert(0, held)

    content, _ = made(brand(tmp_path, attach))
    with ZipFile(BytesIO(content)) as package:
        assert not [name for name in package.namelist() if b"file:" in package.read(name)]


def test_a_template_of_libreoffice_has_no_theme_and_gets_one(tmp_path: Path) -> None:
    theme = re.compile(rb"<Relationship [^>]*theme1[^>]*>|<Override [^>]*theme1[^>]*>")
    path = rewritten(
        brand(tmp_path),
        lambda name, data: None if "theme" in name else theme.sub(b"", data) if "rels" in name else data,
    )
    assert errors(made(path)[0], tmp_path) == ""


def test_theme_and_template_go_together(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text(
        '[colours]\naccent = "#00695C"\n[logo]\nfile = "mark.png"\nalternative = "Mark"\n', "utf-8"
    )
    content, _ = made(brand(tmp_path), theme=str(tmp_path / "theme.toml"))
    document = open_docx(BytesIO(content))
    assert document.styles["Bilingual Number"].font.color.rgb == RGBColor(0, 0x69, 0x5C)
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0x7A, 0x1F, 0x3D)
    assert len(document.inline_shapes) == 1
    assert errors(content, tmp_path) == ""


def test_a_draft_says_so_over_the_footer_of_the_template(tmp_path: Path) -> None:
    from align.exporters import _docx_document
    from align.exporters._brief import brief
    from align.exporters._docx_sheet import Sheet

    said = replace(brief(bitext()), drafts=(("zh", "Machine draft, unreviewed, not official"),))
    sheet = Sheet("side", 11906, 16838, 1247, 1247, 1304, 1191)
    house = read_house(template=str(brand(tmp_path)))
    content = _docx_document.docx([(bitext(), said)], sheet, Options("made", house=house))
    footer = [paragraph.text for paragraph in open_docx(BytesIO(content)).sections[0].footer.paragraphs]
    assert footer == ["Machine draft, unreviewed, not official", "1 Example Square"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "is no Word document (.docx), or a damaged one. Save it in Word as"),
        ("text", "is no Word document (.docx), or a damaged one."),
        ("cut", "is no Word document (.docx), or a damaged one."),
        ("rotten", "is damaged: word/styles.xml cannot be read."),
        ("macros", "holds macros, which a brief must not carry. Save it in Word as a Word document (.docx)"),
        ("project", "holds macros, which a brief must not carry."),
        ("other", "is no Word document (.docx)."),
    ],
)
def test_what_is_no_template_is_refused(tmp_path: Path, data: str, said: str) -> None:
    path = brand(tmp_path)
    whole = path.read_bytes()
    if data == "macros":
        other = b"vnd.ms-word.document.macroEnabled.main+xml"
        rewritten(path, lambda _, part: part.replace(b"vnd.openxmlformats-officedocument." + MAIN, other))
    elif data == "project":
        with ZipFile(path, "a") as package:
            package.writestr("word/vbaProject.bin", b"x")
    elif data == "other":
        rewritten(path, lambda _, part: part.replace(MAIN, b"spreadsheetml.sheet.main+xml"))
    elif data == "rotten":
        whole = rewritten(path, lambda _, part: part).read_bytes()  # not compressed, so that only the sum is wrong
        at = ZipFile(path).getinfo("word/styles.xml").header_offset + 200
        path.write_bytes(whole[:at] + bytes(40) + whole[at + 40 :])
    else:
        path.write_bytes(whole[: len(whole) // 2] if data == "cut" else data.encode())
    with pytest.raises(DataError) as raised:
        read_house(template=str(path))
    assert str(raised.value).startswith(f"{path}: {said}")


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_a_template_with_a_broken_part_is_refused_in_a_sentence(tmp_path: Path, part: str) -> None:
    path = rewritten(brand(tmp_path), lambda name, data: data[: len(data) // 2] if name == part else data)
    with pytest.raises(AlignError, match=r"^brand\.docx: the template cannot be used .*save it again as \.docx\.$"):
        made(path)


def test_the_command_takes_a_template_and_makes_anew_what_it_changes(tmp_path: Path, run: Run) -> None:
    (tmp_path / "old.en.txt").write_text(EN, "utf-8")
    (tmp_path / "old.zh.txt").write_text(ZH, "utf-8")
    command = ("export", "old.en.txt", "old.zh.txt", "--to", "docx", "--template", "brand.docx")
    brand(tmp_path)
    assert "docx: the template brand.docx: its page is kept, 216 × 279 mm" in run(*command)[1]
    assert "written" not in run(*command)[1]
    brand(tmp_path, lambda document: document.add_paragraph("more"))
    assert "written" in run(*command)[1]
    (tmp_path / "brand.docx").write_bytes(b"")
    status, _, said = run(*command)
    assert status == 1
    assert said.startswith("align: brand.docx: is no Word document (.docx), or a damaged one.")

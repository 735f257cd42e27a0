"""PDF files made here -> the lines that a reader of the page sees."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import shared
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from align.errors import DataError
from align.model import Line, Source
from align.sources.pdf import read_pdf

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, TOP = 72, 523, 740
SIZE, STEP = 11, 14
Draw = Callable[[Canvas], None]
PROSE = (
    "The two sides agreed that the agencies shall meet at least once a year alternately in Beijing and in Washington "
    "and shall report to the Joint Committee on the work done and on any difficulties that have arisen meanwhile "
    "so that remedies can be found in good time and with the consent of everyone who has a part in the matter"
).split()
HAN = "各缔约方应指定一个机构协调本议定书项下的活动上述机构应至少每年轮流在北京和华盛顿举行会议并向联合委员会报告"


def made(*pages: Draw, **options: object) -> bytes:
    """A PDF whose pages are drawn one by one."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=True, pageCompression=1, **options)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for draw in pages:
        canvas.setFont("Times-Roman", SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def read(data: bytes) -> Source:
    return read_pdf(Path("some.pdf"), "w1", data)


def wrapped(text: str, width: float, font: str = "Times-Roman", size: float = SIZE) -> list[str]:
    """Text cut into lines of a width: at spaces, or anywhere where it has none."""
    lines, sep = [""], " " if " " in text else ""
    for word in text.split() if sep else text:
        longer = f"{lines[-1]}{sep if lines[-1] else ''}{word}"
        if pdfmetrics.stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def column(
    canvas: Canvas, lines: list[str], x: float = LEFT, y: float = TOP, font: str = "Times-Roman", size: float = SIZE
) -> float:
    """Draws lines from the top down; the height after them."""
    for line in lines:
        canvas.setFont(font, size)
        canvas.drawString(x, y, line)
        y -= STEP
    return y


def prose(words: int, first: int = 0) -> str:
    return " ".join(PROSE[at % len(PROSE)] for at in range(first, first + words))


def paragraphs(source: Source) -> list[str]:
    """The text of each paragraph, its lines joined by a bar."""
    found: list[list[str]] = []
    for line in source.lines:
        if line.after_blank or not found:
            found.append([])
        found[-1].append(line.text)
    return ["|".join(lines) for lines in found]


def left_out(source: Source) -> list[tuple[str, str]]:
    return [(span.how, span.text) for span in source.left_out]


def of(source: Source, text: str) -> Line:
    return next(line for line in source.lines if text in line.text)


def test_a_line_is_what_is_printed_on_one_baseline() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Chapter I")
        canvas.drawString(200, 700, "General Provisions")
        canvas.drawString(72, 686, "AVATAR To Wave")
        text = canvas.beginText(72, 660)
        text.setCharSpace(3)
        text.textLine("SPACED LETTERS HERE")
        canvas.drawText(text)

    found = [line.text for line in read(made(draw)).lines]
    assert found == ["Chapter I General Provisions", "AVATAR To Wave", "SPACED LETTERS HERE"]


def test_lines_know_page_number_and_place_in_the_text() -> None:
    source = read(made(lambda c: c.drawString(72, 700, "one"), lambda c: c.drawString(72, 700, "two")))
    assert [(line.text, line.page, line.number) for line in source.lines] == [("one", 1, 1), ("two", 2, 2)]
    assert all(source.text[line.start : line.end] == line.text for line in source.lines)
    assert source.witness.encoding == "pdf"
    assert source.witness.file == "some.pdf"


def test_paragraphs_begin_where_the_layout_says_so() -> None:
    def draw(canvas: Canvas) -> None:
        y = column(canvas, wrapped("Gap before. " + prose(40), RIGHT - LEFT))
        y = column(canvas, wrapped("Second after a gap. " + prose(40), RIGHT - LEFT), y=y - 8)
        lines = wrapped("Indented one. " + prose(40), RIGHT - LEFT - 20)
        column(canvas, lines[:1], x=LEFT + 20, y=y)
        column(canvas, lines[1:], y=y - STEP)

    found = paragraphs(read(made(draw)))
    assert [text.split(".")[0] for text in found] == ["Gap before", "Second after a gap", "Indented one"]


def test_hanging_lines_go_on_under_their_label() -> None:
    def draw(canvas: Canvas) -> None:
        y = float(TOP)
        for number in range(1, 5):
            lines = wrapped(prose(40, number), RIGHT - LEFT - 24)
            canvas.drawString(LEFT, y, f"({number})")
            y = column(canvas, lines, x=LEFT + 24, y=y)

    found = paragraphs(read(made(draw)))
    assert [text[:3] for text in found] == ["(1)", "(2)", "(3)", "(4)"]


def numbered(page: int, text: list[str], x: float = LEFT, first: float = LEFT) -> Draw:
    """A page with a running head, a page number and lines between, the first at its own place."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 800, "Official Gazette")
        canvas.drawRightString(RIGHT, 800, f"No. 12, p. {page}")
        canvas.drawCentredString(WIDTH / 2, 40, f"- {page} -")
        y = column(canvas, text[:1], x=first)
        column(canvas, text[1:], x=x, y=y)

    return draw


def test_running_heads_and_page_numbers_are_left_out_and_break_no_paragraph() -> None:
    lines = wrapped(prose(420), RIGHT - LEFT)
    cut = len(lines) // 3
    source = read(made(*(numbered(1 + at, lines[at * cut : (at + 1) * cut]) for at in range(3))))
    assert len(paragraphs(source)) == 1
    assert [line.number for line in source.lines] == list(range(1, 3 * cut + 1))
    assert Counter(left_out(source)) == Counter(
        [("running-head", "Official Gazette")] * 3
        + [("running-head", f"No. 12, p. {page}") for page in (1, 2, 3)]
        + [("page-number", f"- {page} -") for page in (1, 2, 3)]
    )


def test_a_page_that_begins_with_an_indent_begins_a_paragraph() -> None:
    pages = []
    for at in range(3):
        lines = wrapped("Indented " + prose(150, at), RIGHT - LEFT - 24)
        pages.append(numbered(at + 1, lines, first=LEFT + 22))
    found = paragraphs(read(made(*pages)))
    assert len(found) == 3
    assert all(text.startswith("Indented") for text in found)


def test_numbers_at_the_edge_that_do_not_count_pages_stay() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Any) -> None:
            column(canvas, [f"Article {number}", *wrapped(prose(60), 400)], y=770)

        return draw

    texts = [line.text for line in read(made(page(3), page(9), page(11))).lines]
    assert [text for text in texts if text.startswith("Article")] == ["Article 3", "Article 9", "Article 11"]


def test_columns_are_read_one_after_the_other() -> None:
    words = prose(220)
    lines = wrapped(words, 210)
    half = len(lines) // 2

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 16)
        canvas.drawCentredString(WIDTH / 2, 780, "A Heading over Both Columns")
        column(canvas, lines[:half], x=LEFT)
        column(canvas, lines[half:], x=LEFT + 231)

    source = read(made(draw))
    assert source.lines[0].hint == "heading-1"
    assert " ".join(line.text for line in source.lines[1:]) == words
    assert len(paragraphs(source)) == 2


def test_columns_that_face_each_other_are_rows_of_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        y = float(TOP)
        for number in range(1, 6):
            left = wrapped(f"第{number}条" + HAN, 200, "STSong-Light")
            right = wrapped(f"Article {number} {prose(30, number)}", 200)
            column(canvas, left, LEFT, y, "STSong-Light")
            column(canvas, right, LEFT + 240, y)
            y -= STEP * (max(len(left), len(right)) + 1)

    source = read(made(draw))
    rows = {(line.row, line.column): line.text for line in reversed(source.lines)}
    assert len({row for row, _ in rows}) == 5
    assert [text[:9] for (_, at), text in reversed(rows.items()) if at == 2] == [f"Article {n}" for n in range(1, 6)]
    assert rows[source.lines[0].row, 1].startswith("第1条")


def test_ruled_tables_give_row_and_column() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 200, 400], [600, 640, 680])
        for x, column_ in ((80, "a"), (210, "b")):
            for y, row in ((665, 1), (625, 2)):
                canvas.drawString(x, y, f"cell {column_}{row}")
                canvas.drawString(x, y - 12, "goes on")
        canvas.drawString(72, 500, "After the table.")

    source = read(made(draw))
    assert [line.text for line in source.lines if line.text != "goes on"] == [
        "cell a1", "cell b1", "cell a2", "cell b2", "After the table.",
    ]  # fmt: skip
    assert [line.column for line in source.lines] == [1, 1, 2, 2, 1, 1, 2, 2, 0]
    assert len({line.row for line in source.lines}) == 3


def test_note_marks_are_markup_and_notes_are_notes() -> None:
    def draw(canvas: Canvas) -> None:
        y = column(canvas, wrapped(prose(60), RIGHT - LEFT))
        canvas.drawString(LEFT, y, "Processions and Demonstrations")
        end = LEFT + pdfmetrics.stringWidth("Processions and Demonstrations", "Times-Roman", SIZE)
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(end, y + 4, "4")
        canvas.setFont("Times-Roman", SIZE)
        canvas.drawString(end + 4, y, ", and an area of 20 m")
        end += 4 + pdfmetrics.stringWidth(", and an area of 20 m", "Times-Roman", SIZE)
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(end, y + 4, "2")
        canvas.line(LEFT, 120, 200, 120)
        canvas.drawString(LEFT, 111, "4")
        canvas.setFont("Times-Roman", 8.5)
        canvas.drawString(LEFT + 6, 108, "The law of 1989 as amended.")

    source = read(made(draw))
    line = of(source, "Processions")
    assert line.text == "Processions and Demonstrations4, and an area of 20 m2"
    assert [(source.text[a:b], a - line.start) for a, b in line.markup] == [("4", 30)]
    note = of(source, "1989")
    assert note.hint == "note"
    assert note.after_blank
    assert not line.hint


def test_larger_type_is_a_heading_and_a_long_one_is_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 18)
        canvas.drawCentredString(WIDTH / 2, 780, "Regulations on the Protection of Lakes")
        canvas.drawCentredString(WIDTH / 2, 758, "and of the Water in Them")
        canvas.setFont("Times-Bold", 14)
        canvas.drawString(LEFT, 725, "Scope")
        column(canvas, wrapped(prose(120), RIGHT - LEFT), y=700)
        canvas.setFont("Times-Bold", SIZE)
        canvas.drawString(LEFT, 500, "Bold words of the text's own size")

    lines = read(made(draw)).lines
    assert (lines[0].hint, lines[0].text) == (
        "heading-1",
        "Regulations on the Protection of Lakes and of the Water in Them",
    )
    assert (lines[1].hint, lines[1].text) == ("heading-2", "Scope")
    assert {line.hint for line in lines[2:]} == {""}


def test_han_characters_get_no_spaces_but_real_gaps() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for at, char in enumerate("中华人民共和国"):
            canvas.drawString(72 + at * 14.5, 700, char)
        canvas.drawString(72, 660, "第一章")
        canvas.drawString(72 + 36 + 24, 660, "总则")

    assert [line.text for line in read(made(draw)).lines] == ["中华人民共和国", "第一章 总则"]


def test_hyphens_at_line_ends_stay_as_printed() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, ["It covers the protection of the environ-", "ment and non-", "compliant software."])

    found = [line.text for line in read(made(draw)).lines]
    assert found == ["It covers the protection of the environ-", "ment and non-", "compliant software."]


def test_contents_with_leaders_are_a_line_an_entry() -> None:
    titles = ("Scope", "Terms and definitions", "Requirements")
    entries = [f"{at} {title} {'.' * 60} {at}" for at, title in enumerate(titles, 1)]

    def draw(canvas: Any) -> None:
        column(canvas, entries)

    assert paragraphs(read(made(draw))) == entries


def test_a_sign_before_a_number_leaves_the_line_and_a_lone_one_is_a_bullet() -> None:
    def draw(canvas: Canvas) -> None:
        for y, text in ((700, "3.1 A documented policy."), (680, "Some point of a list.")):
            canvas.setFont("ZapfDingbats", 8)
            canvas.drawString(72, y, "n")
            canvas.setFont("Times-Roman", SIZE)
            canvas.drawString(90, y, text)

    source = read(made(draw))
    assert [line.text for line in source.lines] == ["3.1 A documented policy.", "• Some point of a list."]
    assert [how for how, _ in left_out(source)] == ["bullet"]


def test_text_printed_twice_rotated_or_invisible_is_kept_in_the_record() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, wrapped(prose(60), RIGHT - LEFT))
        for text, off in (("Fake bold", 0), ("Fake", 0.9), ("Fake bold", 0.3)):
            canvas.drawString(72 + off, 600, text)
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT")
        canvas.restoreState()
        text = canvas.beginText(72, 500)
        text.setTextRenderMode(3)
        text.textLine("unseen")
        canvas.drawText(text)

    source = read(made(draw))
    assert [line.text for line in source.lines if "bold" in line.text] == ["Fake bold"]
    assert {how: text.replace(" ", "") for how, text in left_out(source)} == {
        "printed-twice": "Fake", "rotated": "DRAFT", "invisible": "unseen",
    }  # fmt: skip


def test_a_page_that_lies_on_its_side_is_read_upright() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        canvas.drawString(72, 500, "first line")
        canvas.drawString(72, 486, "second line")

    assert [line.text for line in read(made(draw)).lines] == ["first line", "second line"]


def test_nothing_that_is_drawn_is_lost() -> None:
    drawn: list[str] = []

    def draw(canvas: Canvas) -> None:
        number = canvas.getPageNumber()
        pieces = [(72, 810, "Times-Roman", 9, "A head – “quoted”"), (290, 30, "Times-Roman", 9, str(number))]
        pieces += [(72, 760, "STSong-Light", 18, "关于条例的通知"), (300, 740, "Times-Italic", 8, "office flow")]
        pieces += [(72 + 230 * (at % 2), 700 - 9 * at, "STSong-Light", 10, HAN[at:][:18]) for at in range(20)]
        pieces += [(100, 300 - 40 * at, "Courier", 6 + at, f"({at}) {prose(5, at)} — ½ § é") for at in range(5)]
        for x, y, font, size, text in pieces:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
            drawn.append(text)

    source = read(made(draw, draw))

    def count(text: str) -> Counter[str]:
        return Counter(char for char in unicodedata.normalize("NFKC", text) if not char.isspace())

    assert count(source.text) == count("".join(drawn))
    placed = [*((line.start, line.end) for line in source.lines), *((s.start, s.end) for s in source.left_out)]
    assert count("".join(source.text[a:b] for a, b in placed)) == count(source.text)


def test_reading_twice_gives_the_same() -> None:
    data = made(numbered(1, wrapped(prose(100), 400)), numbered(2, wrapped(prose(80), 400)))
    assert read(data) == read(data)


def picture(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawInlineImage(Image.new("L", (4, 4), 200), 72, 300, 400, 400)


def test_a_page_that_is_a_picture_is_told() -> None:
    source = read(made(lambda c: c.drawString(72, 700, "Text."), picture))
    assert left_out(source) == [("picture", "[page 2: a picture]")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (made(picture, picture), "no text layer (it is 2 pages of pictures). Have its text recognised (OCR)"),
        (made(lambda c: None), "holds no text"),
        (made(lambda c: c.drawString(72, 700, "x"), encrypt=StandardEncryption("secret")), "protected by a password"),
        (b"%PDF-1.4\nnothing that a PDF holds\n%%EOF\n", "damaged"),
        (made(lambda c: c.drawString(72, 700, "x"))[:120], "damaged"),
    ],
    ids=["pictures", "empty", "password", "no-pdf", "cut"],
)
def test_what_cannot_be_read_is_said(data: bytes, says: str) -> None:
    with pytest.raises(DataError) as error:
        read(data)
    assert str(error.value).startswith("some.pdf: ")
    assert says in str(error.value)


def test_of_a_file_that_breaks_off_what_is_left_is_read() -> None:
    data = made(*(numbered(page, wrapped(prose(80), 400)) for page in range(1, 4)))
    source = read(data[: data.rindex(b"xref")])
    assert ("damaged", "[the file breaks off before its end]") in left_out(source)
    assert of(source, "The two sides").page == 1


def test_the_articles_of_a_real_regulation_come_out_whole() -> None:
    path = shared("realdocs/cn_netdata/en.pdf")
    source = read_pdf(path, "w1", path.read_bytes())
    text = ""
    for line in source.lines:
        text += ("" if text.endswith("-") else " ") + line.text
    gold = shared("realdocs/cn_netdata/gold.tsv").read_text("utf-8").splitlines()[1:]
    missing = [row.split("\t")[0] for row in gold if " ".join(row.split("\t")[1].split()) not in text]
    assert missing == []

"""Markdown: the numbers, depths, rows and marks that a renderer would make, with every character kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from align import sources
from align.model import Line, Source, Span


def read(folder: Path, text: str) -> Source:
    """The source in a Markdown file; lines and stretches left out cover all that is visible, once."""
    path = folder / "a.md"
    path.write_text(text, "utf-8", newline="")
    source = sources.read(path, "w1")
    assert source.flowing
    seen = [0] * len(source.text)
    parts: list[Line | Span] = [*source.lines, *source.left_out]
    for part in parts:
        assert source.text[part.start : part.end] == part.text
        for at in range(part.start, part.end):
            seen[at] += 1
    for line in source.lines:
        assert all(line.start <= a < b <= line.end for a, b in line.markup)
    assert max(seen) < 2
    assert not "".join(c for c, times in zip(source.text, seen, strict=True) if not times).strip()
    return source


def shown(line: Line) -> str:
    """What is left of a line without its marks."""
    text, at = "", 0
    for start, end in line.markup:
        text += line.text[at : start - line.start]
        at = end - line.start
    return text + line.text[at:]


def texts(source: Source) -> list[str]:
    return [shown(line) for line in source.lines]


def numbers(source: Source) -> list[tuple[str, int, str]]:
    return [(line.ordinal, line.depth, line.text.strip()) for line in source.lines]


def out(source: Source, how: str) -> list[str]:
    return [span.text for span in source.left_out if span.how == how]


def test_a_list_that_says_1_again_and_again_counts(tmp_path: Path) -> None:
    source = read(tmp_path, "1. a\n1. b\nlazy\n\n   more\n\n1. c\n")
    assert numbers(source) == [("1", 1, "1. a"), ("2", 1, "1. b"), ("", 1, "lazy"), ("", 1, "more"), ("3", 1, "1. c")]


def test_a_list_counts_from_its_first_number_whatever_the_others_say(tmp_path: Path) -> None:
    source = read(tmp_path, "36. a\n37. b\n37. c\n40. d\n")
    assert [line.ordinal for line in source.lines] == ["36", "37", "38", "39"]


@pytest.mark.parametrize("between", ["text\n\n", "# Heading\n\n", "***\n\n", "- bullet\n\n", "1) other\n\n"])
def test_what_interrupts_a_list_begins_a_new_one(tmp_path: Path, between: str) -> None:
    source = read(tmp_path, f"1. a\n1. b\n\n{between}1. c\n")
    assert source.lines[-1].ordinal == "1"


def test_nested_lists_count_by_themselves(tmp_path: Path) -> None:
    source = read(tmp_path, "1. a\n   1. aa\n   1. ab\n\n      - x\n1. b\n   1. ba\n\n- y\n\n  5. z\n")
    assert numbers(source) == [
        *(("1", 1, "1. a"), ("1", 2, "1. aa"), ("2", 2, "1. ab"), ("", 3, "- x")),
        *(("2", 1, "1. b"), ("1", 2, "1. ba"), ("", 1, "- y"), ("5", 2, "5. z")),
    ]


@pytest.mark.parametrize(
    "text", ["2014. The tour\n", "A tour in\n2014. The tour\n", "1.5 is no item\n", "1\\. no item\n"]
)
def test_only_what_a_renderer_numbers_has_a_number(tmp_path: Path, text: str) -> None:
    last = read(tmp_path, text).lines[-1]
    assert last.ordinal == ("2014" if text.startswith("2014") else "")


def test_every_item_begins_a_paragraph_and_its_other_lines_do_not(tmp_path: Path) -> None:
    source = read(tmp_path, "Text\n- a\n  goes on\n- b\n# H\nnext\n")
    assert [line.after_blank for line in source.lines] == [True, True, False, True, True, True]


@pytest.mark.parametrize(
    ("text", "level"),
    [("Title\n===\n", 1), ("标题\n---\n", 2), ("### T ###\n", 3), ("#### T {#name}\n", 4), ("> ## T\n", 2)],
)
def test_headings(tmp_path: Path, text: str, level: int) -> None:
    source = read(tmp_path, f"{text}\ntext\n")
    assert source.lines[0].hint == f"heading-{level}"
    assert source.lines[0].text in ("Title", "标题", "T")
    assert source.lines[1].hint == ""


def test_code_is_text_but_no_list_and_has_no_marks(tmp_path: Path) -> None:
    source = read(tmp_path, "```text\n1. *a*\n<!-- c -->\n```\n\n    2. **b**\n\n1. `x*y*`\n")
    assert numbers(source) == [*(("", 0, "1. *a*"), ("", 0, "<!-- c -->"), ("", 0, "2. **b**"), ("1", 1, "1. `x*y*`"))]
    assert texts(source)[-1] == "1. x*y*"
    assert out(source, "markup") == ["```text", "```"]


MARKS = [
    ("a **b** _c_ ~~d~~ `e`", "a b c d e"),
    ("**[link](http://e.org/a_(b) 'x') and _more_**", "link and more"),
    ("***both*** and 中**文**字", "both and 中文字"),
    (r"1.0.0-x.\-\- \*not\* \\", r"1.0.0-x.-- *not* \ ".strip()),
    ("x<sup>2</sup> <!-- no --> y", "x2  y"),
    ("see <https://e.org> or <a@e.org>", "see https://e.org or a@e.org"),
    ("1 < 2 and 3 > 2, a*b*c, snake_case_name", "1 < 2 and 3 > 2, a*b*c, snake_case_name"),
    ("text[^1] and [ref][r], [r] and [not]", "text and ref, r and [not]"),
    ("an ![image](i.png) here", "an  here"),
    ("[![badge](b.svg)](http://e.org) x", " x"),
    ("&emsp;&emsp;本协议", "本协议"),
    ("A[1] and [x] B(c)", "A[1] and [x] B(c)"),
]


@pytest.mark.parametrize(("text", "left"), MARKS, ids=[text for text, _ in MARKS])
def test_marks_leave_the_text(tmp_path: Path, text: str, left: str) -> None:
    source = read(tmp_path, f"Begin\n\nT {text}\n\n[r]: http://e.org 'R'\n")
    assert texts(source)[1].rstrip() == f"T {left}".rstrip()
    assert "[r]: http://e.org 'R'" in out(source, "markup")


def test_a_line_that_opens_with_marks_begins_behind_them(tmp_path: Path) -> None:
    source = read(tmp_path, "**第一条** 本法\n\n<center>Text</center>\n\n<!-- all\nof it -->\n")
    assert [line.text for line in source.lines] == ["第一条** 本法", "Text</center>"]
    assert texts(source) == ["第一条 本法", "Text"]
    assert out(source, "markup") == ["**", "<center>", "<!-- all", "of it -->"]


def test_comments_over_lines_and_scripts_leave_the_text(tmp_path: Path) -> None:
    source = read(tmp_path, "a <!-- b\nc --> d\n\n<script>\nlet x = 1\n</script>\n\n`<!--` e\n\nf <!-- unclosed\n")
    assert [text.strip() for text in texts(source)] == ["a", "d", "<!-- e", "f <!-- unclosed"]


def test_a_line_break_breaks_the_line(tmp_path: Path) -> None:
    source = read(tmp_path, "one<br>two **three**<br/>four\n")
    assert texts(source) == ["one", "two three", "four"]
    assert all(line.after_blank or at == 0 for at, line in enumerate(source.lines))


def test_quotes_lose_their_marks(tmp_path: Path) -> None:
    source = read(tmp_path, "> 1. a\n> > b\n\nx > y\n")
    assert [(line.text, line.ordinal) for line in source.lines] == [("1. a", "1"), ("b", ""), ("x > y", "")]


def test_cells_of_a_table(tmp_path: Path) -> None:
    source = read(
        tmp_path, "| 中文 | English |\n|:--|--:|\n| a \\| b | **c** |\n|  | d<br>e |\n\nx | y\n--|--\n1 | 2\n"
    )
    assert [(shown(line), line.row, line.column) for line in source.lines] == [
        *(("中文", "t1.r1", 1), ("English", "t1.r1", 2), ("a | b", "t1.r2", 1), ("c", "t1.r2", 2)),
        *(("d", "t1.r3", 2), ("e", "t1.r3", 2)),
        *(("x", "t2.r1", 1), ("y", "t2.r1", 2), ("1", "t2.r2", 1), ("2", "t2.r2", 2)),
    ]
    assert all(line.after_blank for line in source.lines)


def test_front_matter_is_left_out_and_a_rule_is_none(tmp_path: Path) -> None:
    source = read(tmp_path, "---\ntitle: T\ntags:\n  - a\n---\n\nText\n")
    assert texts(source) == ["Text"]
    assert out(source, "front-matter") == ["---", "title: T", "tags:", "  - a", "---"]
    assert texts(read(tmp_path, "---\n\nFirst sentence here.\n\n---\n\nText\n")) == ["First sentence here.", "Text"]


def test_footnotes_are_notes(tmp_path: Path) -> None:
    source = read(tmp_path, "Text[^1].\n\n[^1]: The note\n    goes on.\n\n    So does this.\n\nText again.\n")
    assert [(shown(line).strip(), line.hint) for line in source.lines] == [
        *(("Text.", ""), ("The note", "note"), ("goes on.", "note"), ("So does this.", "note"), ("Text again.", ""))
    ]
    assert read(tmp_path, "a[^x]\n\n[^x]: word\n").lines[1].hint == "note"


def test_a_list_of_contents_is_left_out(tmp_path: Path) -> None:
    contents = "- [One](#one)\n  - [1.1 (a)](#a)\n- [**Two**](#two)\n"
    source = read(
        tmp_path, f"# T\n\n## 目录\n\n{contents}\n[TOC]\n\n## One\n\nSee [Two](#two) for more.\n\n- [Two](#two)\n"
    )
    assert texts(source) == ["T", "One", "See Two for more.", "- Two"]
    assert out(source, "contents") == ["## 目录", *contents.splitlines(), "[TOC]"]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\n\f\n"])
def test_lines_are_counted_as_in_plain_text(tmp_path: Path, ending: str) -> None:
    source = read(tmp_path, ending.join(["# T", "", "1. a", "1. b", ""]))
    assert [(line.text, line.ordinal) for line in source.lines] == [("T", ""), ("1. a", "1"), ("1. b", "2")]


@pytest.mark.parametrize(
    "text", ["[" * 4000, "> " * 500 + "x", "- " * 500 + "x", "**a" * 2000, "<a " * 2000, "`" * 4000]
)
def test_marks_without_end_are_text(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, f"x\n\n{text}\n").lines

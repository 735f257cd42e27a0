"""Cases in tests/cases/structure.md: a text, and the tree that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from align import structure
from align.build import build
from align.checks import check
from align.cleaning import find_wraps
from align.languages import divide
from align.model import Bitext, Block, items
from align.numbering import chain, labels, value
from align.sources import read
from align.sources.documents import Input, InputFile

CASES = re.findall(
    r"^## (?P<title>.+?)\n.*?```(?P<kind>text|md)\n(?P<text>.*?)```\n+```outline\n(?P<tree>.*?)```",
    (ROOT / "tests/cases/structure.md").read_text("utf-8"),
    re.S | re.M,
)


def outline(bitext: Bitext) -> Iterator[str]:
    """The tree of both documents as the case file writes it."""
    for document in bitext.documents:
        if document.blocks or document.heading:
            yield document.id
        yield from (f"  = {segment.text}" for segment in document.heading)
        for block in document.blocks:
            yield from branch(block, "  ")


def branch(block: Block, indent: str) -> Iterator[str]:
    words = {"section": "§", "item": "#", "point": "-", "paragraph": "p"}
    label = block.label.text.strip() if block.label else ""
    title = " / ".join(segment.text for segment in block.heading)
    text = " / ".join(segment.text + (" […]" if segment.truncated else "") for segment in block.segments)
    yield indent + " ".join(filter(None, (words[block.kind], block.number, label and f"[{label}]", title, text)))
    for inner in block.blocks:
        yield from branch(inner, indent + "  ")


def built(text: str, kind: str, folder: object) -> Bitext:
    from pathlib import Path

    path = Path(str(folder)) / f"case.{'md' if kind == 'md' else 'txt'}"
    path.write_text(text, "utf-8")
    return build(Input("case", (InputFile(path),)))


@pytest.mark.parametrize(("title", "kind", "text", "tree"), CASES, ids=[case[0] for case in CASES])
def test_case(title: str, kind: str, text: str, tree: str, tmp_path: object) -> None:
    made = "\n".join(outline(built(text, kind, tmp_path))) + "\n"
    assert made == tree


def test_there_are_cases() -> None:
    assert len(CASES) >= 15


@pytest.mark.parametrize(
    ("printed", "style", "number"),
    [
        ("36. Title", "decimal", "36"),
        ("60、标题", "decimal", "60"),
        ("３６．标题", "decimal", "36"),
        ("1.2.3 Scope", "decimal", "1.2.3"),
        ("1.a By 2030", "decimal", "1.a"),
        ("Article 3", "article", "3"),
        ("Article 16-1 Funds", "article", "16-1"),
        ("第三条　规定", "article", "3"),
        ("第 174-1 條", "article", "174-1"),
        ("第一百二十三条 内容", "article", "123"),
        ("第十二条之一 内容", "article", "12-1"),
        ("Chapter VI Duties", "chapter", "6"),
        ("第二章 总则", "chapter", "2"),
        ("（一）内容", "bracket-han", "1"),
        ("(一) 内容", "bracket-han", "1"),
        ("(1) text", "bracket-digit", "1"),
        ("（1）内容", "bracket-digit", "1"),
        ("(a) text", "bracket-letter", "1"),
        ("一、内容", "han", "1"),
        ("II. Duties", "roman", "2"),
        ("Paragraph 2 says", "paragraph", "2"),
    ],
)
def test_labels(printed: str, style: str, number: str) -> None:
    assert (style, number) in [(label.style, label.number) for label in labels(printed)]


@pytest.mark.parametrize("text", ["2014", "1.5 million people", "U.S. officials", "3rd Forum", "26-27 March", "一年来"])
def test_what_is_no_label(text: str) -> None:
    assert not [label for label in labels(text) if label.style not in ("decimal",) or label.number != "1.5"]


@pytest.mark.parametrize(
    ("printed", "meant"), [("十", 10), ("二十一", 21), ("一百零二", 102), ("XIV", 14), ("３６", 36)]
)
def test_numerals(printed: str, meant: int) -> None:
    assert value(printed) == meant


@pytest.mark.parametrize(
    ("numbers", "taken"),
    [
        ([36, 37, 2014, 38, 39], [36, 37, 38, 39]),
        ([1, 2, 3, 3, 5, 4], [1, 2, 3, 3, 5, 4]),
        ([60], [60]),
        ([2014], []),
        ([1, 2, 3, 1, 2, 3], [1, 2, 3, 1, 2, 3]),
        ([1, 2, 12, 3, 4], [1, 2, 3, 4]),
        ([58, 59, 60, 2014], [58, 59, 60]),
    ],
)
def test_the_sequence_that_is_taken(numbers: list[int], taken: list[int]) -> None:
    assert [numbers[at] for at in chain([((n,), 1.15) for n in numbers])] == taken


def test_all_numbers_that_stand_twice_are_named(tmp_path: object) -> None:
    text = "".join(f"{n}. 第{n}项说明如下事项。\n\n" for n in (1, 1, 2, 2, 3))
    findings = {finding.rule: finding.message for finding in check(built(text, "text", tmp_path))}
    assert findings["number-repeated"] == "Chinese uses 1, 2 more than once."


def test_odd_numbering_is_a_finding_and_no_crash(tmp_path: object) -> None:
    text = "".join(f"{n}. Item {n} says so in full.\n\n" for n in (1, 2, 3, 3, 5, 4, 8))
    findings = {finding.rule: finding.message for finding in check(built(text, "text", tmp_path))}
    assert findings["number-repeated"] == "English uses 3 more than once."
    assert "number-skipped" in findings
    assert "number-order" in findings


def test_fifty_thousand_items_are_items(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("".join(f"{n}. Port {n} is open to all ships.\n" for n in range(1, 50_001)), "utf-8")
    lines = find_wraps(divide(read(path, "w1").lines, "en"), False)
    assert [item.number for item in items(structure.outline(lines, "en", "en"))][-1] == "50000"

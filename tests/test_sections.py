"""Sections answer each other by their numbers, their items and their words, on whatever level either side has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from align import corpus
from align.build import build
from align.model import Bitext
from align.sources.documents import Input, InputFile
from align.units import Group, flatten, units_of
from align.validate import validate

ENGLISH = """# Port Rules Paper

This paper is the same as Port Rules 2.0.

## Version 2.1 of the paper

### Introduction

This paper says what ports do, and gives the background to its readers.

### Information technology — Port Rules

#### 1 Scope

The paper holds for all ports that ships come to.

#### 2 Terms and definitions

The following terms are used.

2.1 port

a place where ships come to land

2.2 fee

money that is paid for the use of a port

#### 3 Requirements

3.1 Ports open at six.

3.2 Ports close at ten.

### Annex A

A list of all ports is published every year.
"""
CHINESE = """# 港口规则版本 2.1

本文与港口规则 2.0 相同。

### 简介

本文说明港口的工作，并向读者提供背景知识。

## 信息技术 — 港口规则

#### 1 范围

本文适用于船舶停靠的所有港口。

#### 2 术语和定义

使用以下术语。

2.1 港口

船舶停靠的地方

2.2 费用

使用港口所支付的款项

#### 3 要求

3.1 港口六点开放。

3.2 港口十点关闭。

### 附录 A

每年公布所有港口的名单。
"""


def built(en: str, zh: str, folder: Path) -> Bitext:
    files = [folder / "en.md", folder / "zh.md"]
    for path, text in zip(files, (en, zh), strict=True):
        path.write_text(text, "utf-8")
    return build(Input("case", (InputFile(files[0], ("en",)), InputFile(files[1], ("zh",)))))


def headings(bitext: Bitext) -> list[tuple[str, str]]:
    return [(heading(unit.en), heading(unit.zh)) for unit in flatten(units_of(bitext)) if unit.kind == "section"]


def heading(blocks: Group) -> str:
    return "".join(segment.text for block in blocks for segment in block.heading)


PAIRED = [
    ("Introduction", "简介"),
    ("Information technology — Port Rules", "信息技术 — 港口规则"),
    ("Scope", "范围"),
    ("Terms and definitions", "术语和定义"),
    ("Requirements", "要求"),
    ("Annex A", "附录 A"),
]


def test_a_heading_more_on_one_side_does_not_shift_the_rest(tmp_path: Path) -> None:
    bitext = built(ENGLISH, CHINESE, tmp_path)
    assert headings(bitext) == [("Version 2.1 of the paper", ""), *PAIRED]
    path = tmp_path / "case.xml"
    path.write_bytes(corpus.write(bitext))
    assert [finding.message for finding in validate(path)] == []


@pytest.mark.parametrize("lost", ["### 简介\n", "#### 1 范围\n", "### 附录 A\n"])
def test_a_heading_that_is_lost_leaves_its_answer_alone(lost: str, tmp_path: Path) -> None:
    gone = lost.lstrip("# 1").strip()
    expected = [(en, "" if zh == gone else zh) for en, zh in PAIRED]
    assert headings(built(ENGLISH, CHINESE.replace(lost, ""), tmp_path))[1:] == expected


def test_paragraphs_of_sections_on_other_levels_answer(tmp_path: Path) -> None:
    bitext = built(ENGLISH, CHINESE, tmp_path)
    assert all(link.en and link.zh for link in bitext.links if link.en != ("en.s1.h.s1",))

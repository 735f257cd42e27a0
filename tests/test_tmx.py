"""The TMX: what is in it, what is left out, and whether a CAT tool takes it."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from conftest import needs, shared
from lxml import etree

from align.editions import edition
from align.export import Options, find_exporter
from align.model import Bitext, Block, Document, Link, Meta, Segment, reading, walk

XML = "{http://www.w3.org/XML/1998/namespace}"


def exported(bitext: Bitext, options: Options | None = None) -> bytes:
    made: dict[str, bytes] = {}

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        stream = io.BytesIO()
        yield stream
        made[name] = stream.getvalue()

    find_exporter("tmx").write([bitext], options or Options("made"), keep)
    assert list(made) == ["made.tmx"]
    return made["made.tmx"]


def pairs(data: bytes) -> list[tuple[str, str]]:
    units = etree.fromstring(data).iter("tu")
    return [tuple(seg.text or "" for seg in unit.iter("seg")) for unit in units]  # type: ignore[misc]  # two by the DTD


def test_the_real_document(sed6: Bitext) -> None:
    found = pairs(exported(sed6))
    assert ("Sub-National Cooperation", "地方合作") in found
    assert ("Strategic Cooperation on “Digital Energy”", "数字能源战略合作") in found
    assert ("Strategic Cooperation on “Digital Energy”:", "数字能源战略合作：") in found
    assert len(found) == 5
    (long,) = [zh for en, zh in found if en.startswith("Held a workshop")]
    assert "研讨会，就数字能源交换意见，支持" in long


def test_header_and_properties(sed6: Bitext) -> None:
    root = etree.fromstring(exported(sed6))
    head = root.find("header")
    assert head is not None
    assert (head.get("srclang"), head.get("segtype")) == ("en-US", "sentence")
    units = list(root.iter("tu"))
    assert {unit.get("creationid") for unit in units} == {"align-auto"}
    assert {unit.get("creationdate") for unit in units} == {"20140714T000000Z"}
    said = {prop.get("type"): prop.text for prop in units[-1].iter("prop")}
    assert said["x-item"] == "60"
    assert said["x-standing"] == "reprint"
    assert {"x-confidence", "x-status", "x-document"} <= set(said)
    assert {tuv.get(f"{XML}lang") for tuv in root.iter("tuv")} == {"en-US", "zh-CN"}


def test_the_whole_charter_is_there(charter: Bitext) -> None:
    found = pairs(exported(charter))
    assert len(found) == len(charter.links) == 52
    assert ("Nothing is invented", "不添一字") in found


def bitext(*rows: tuple[str, str, tuple[str, ...]]) -> Bitext:
    """One paragraph of made-up segments a side, a link a row."""
    en = tuple(Segment(f"en.p1.s{n}", e, truncated="truncated" in f) for n, (e, _, f) in enumerate(rows, 1) if e)
    zh = tuple(Segment(f"zh.p1.s{n}", z) for n, (_, z, _) in enumerate(rows, 1) if z)
    links = tuple(
        Link((f"en.p1.s{n}",) if e else (), (f"zh.p1.s{n}",) if z else (), 0.9, flags=f)
        for n, (e, z, f) in enumerate(rows, 1)
    )
    return Bitext(
        Meta("made"),
        Document("en", "en", (Block("en.p1", "paragraph", segments=en),)),
        Document("zh", "zh-Hant", (Block("zh.p1", "paragraph", segments=zh),)),
        links=links,
    )


def test_what_gives_no_unit() -> None:
    made = bitext(
        ("Whole.", "全。", ()),
        ("Cut off and", "中断", ("truncated",)),
        ("Alone.", "", ("omitted",)),
        ("Other.", "别的。", ("suspect",)),
    )
    assert pairs(exported(made)) == [("Whole.", "全。")]


def test_a_pair_that_comes_again_is_written_once() -> None:
    made = bitext(("Same.", "同。", ()), ("Same.", "同。", ()), ("Same.", "相同。", ()))
    assert pairs(exported(made)) == [("Same.", "同。"), ("Same.", "相同。")]


def test_codes_by_script_and_by_wish() -> None:
    made = bitext(("Whole.", "全。", ()))
    assert b'xml:lang="zh-TW"' in exported(made)
    wished = exported(made, Options("made", "en-GB", "zh-HK"))
    assert b'srclang="en-GB"' in wished
    assert b'xml:lang="zh-HK"' in wished


def test_a_converted_edition_says_so_in_its_header_and_in_every_unit(sed6: Bitext) -> None:
    dtd = etree.DTD(str(shared("schemas/tmx14.dtd")))
    for script, code in (("zh-Hant-TW", "zh-TW"), ("zh-Hant-HK", "zh-HK")):
        root = etree.fromstring(exported(edition(sed6, script)))
        assert dtd.validate(root), dtd.error_log
        assert "the converted text is not official" in (root.findtext("header/note") or "")
        how = root.findtext("header/prop") or ""
        assert how.startswith(f"zh-Hans to {script}, OpenCC ")
        for unit in root.iter("tu"):
            said = {prop.get("type"): prop.text for prop in unit.iter("prop")}
            assert (said["x-Converted"], said["x-standing"]) == (how, "reprint, converted")
            assert [tuv.get(f"{XML}lang") for tuv in unit.iter("tuv")] == ["en-US", code]
    assert b"onverted" not in exported(edition(sed6, "zh-Hans"))


def test_markup_characters_survive() -> None:
    made = bitext(('R&D <now> "so"', "研发<现在>", ()))
    assert pairs(exported(made)) == [('R&D <now> "so"', "研发<现在>")]


@pytest.mark.parametrize("name", ["sed6", "charter"])
def test_valid_by_the_dtd(name: str, request: pytest.FixtureRequest) -> None:
    dtd = etree.DTD(str(shared("schemas/tmx14.dtd")))
    assert dtd.validate(etree.fromstring(exported(request.getfixturevalue(name)))), dtd.error_log


def running_text(document: Document) -> str:
    """A document as a paragraph a line: what a translator would open."""
    lines = [list(document.heading)]
    for block in walk(document.blocks):
        lines += [list(block.heading), list(block.segments)]
    return "\n".join(" ".join(map(reading, line)) for line in lines if line) + "\n"


def accept(bitext: Bitext, tmp_path: Path) -> str:
    """What OmegaT says of the TMX and of the running text."""
    needs("java")
    needs("omegat")
    (tmp_path / "made.tmx").write_bytes(exported(bitext))
    (tmp_path / "running.txt").write_text(running_text(bitext.en), "utf-8")
    command = [sys.executable, shared("tools/omegat_accept.py"), tmp_path / "made.tmx", "en-US", "zh-CN"]
    return subprocess.run([*map(str, command), str(tmp_path / "running.txt")], capture_output=True, text=True).stdout


def test_omegat_takes_the_charter_and_finds_it_in_running_text(charter: Bitext, tmp_path: Path) -> None:
    said = accept(charter, tmp_path)
    assert said.splitlines()[-1].startswith("PASS units=52 translated=52"), said

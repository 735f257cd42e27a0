"""`align validate --fix`: what is mended, what stays byte for byte as it was, what is said of it."""

from __future__ import annotations

import errno
import os
import re
from difflib import unified_diff
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from lxml import etree
from test_memory_validate import HEAD, INVALID, VALID, dtd, errors, made, unit

from align.memory import encodings
from align.memory.mending import Mended, mend
from align.memory.tags import dated, rewritten
from align.memory.validating import validate

MENDED = {
    "not-well-formed", "cut-off", "control-character", "bad-bytes", "surrogate", "encoding", "doctype", "attribute",
    "header", "srclang", "underscore", "empty-segment", "date", "utf-8", "version",
}  # fmt: skip


def mended(path: Path) -> tuple[bytes, Mended]:
    stream = BytesIO()
    done = mend(path, stream)
    return stream.getvalue(), done


def difference(old: bytes, new: bytes) -> list[str]:
    lines = unified_diff(old.decode().splitlines(), new.decode().splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
@pytest.mark.parametrize("size", [50, 1 << 20])
def test_what_can_be_mended_is_mended_and_the_rest_is_left(
    path: Path, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encodings, "BLOCK", size)
    data, done = mended(path)
    copy = tmp_path / "copy.tmx"
    copy.write_bytes(data)
    if path.stem in MENDED:
        assert path.stem in done.done.counts
        assert validate(copy) == []
    else:
        assert not done.done.counts
        assert data == path.read_bytes()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_right_memory_is_written_as_it_is(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "right.tmx"
    path.write_bytes(VALID.read_bytes().replace(b"\n", ending.encode()))
    data, done = mended(path)
    assert data == path.read_bytes()
    assert not done.done.counts


CHANGES = {
    "control-character": [
        "-      <tuv xml:lang=\"en-US\"><seg>Both sides opened three\x0bports.</seg></tuv>",
        "+      <tuv xml:lang=\"en-US\"><seg>Both sides opened three ports.</seg></tuv>",
    ],
    "attribute": ['-    <tu tuid="3" match="97">', '+    <tu tuid="3"><prop type="x-match">97</prop>'],
    "srclang": ['srclang="en"', 'srclang="en-US"'],
    "date": ['creationdate="2014-07-14"', 'creationdate="20140714T000000Z"'],
    "doctype": ['-<!DOCTYPE tmx SYSTEM "http://www.lisa.org/tmx/tmx14.dtd">'],
}  # fmt: skip


@pytest.mark.parametrize("rule", CHANGES)
def test_nothing_else_is_changed(rule: str) -> None:
    path = next(path for path in INVALID if path.stem == rule)
    data, _ = mended(path)
    found = [line for text in difference(path.read_bytes(), data) for line in re.split("(?<=\x0b.)$", text)]
    lines = "\n".join(difference(path.read_bytes(), data) if "\x0b" not in CHANGES[rule][0] else [])
    if lines:
        assert all(part in lines for part in CHANGES[rule])
        assert len(found) == (1 if len(CHANGES[rule]) == 1 else 2)
    else:
        assert data == path.read_bytes().replace(b"\x0b", b" ")


def test_everything_at_once_leaves_the_right_units_as_they_were(tmp_path: Path) -> None:
    right = unit('One <ph x="1"/> port', "一个<ph x='1'/>口岸")
    path = made(
        tmp_path, right, unit("Tw\x0bo", "二"), unit("Three", ""), unit("<b>Four", "四"), right.replace("One", "Five"),
        "stray", unit("Six", "六", ' match="9&quot;7"', ("en_US", "zh_CN")), "<tu><tuv>cut", end="",
    )  # fmt: skip
    data, done = mended(path)
    text = data.decode()
    assert right in text
    assert "Three" not in text
    assert "Four" not in text
    assert "stray" not in text
    assert '<tu><prop type="x-match">9&quot;7</prop><tuv xml:lang="en-US">' in text
    assert done.left_out == 3
    copy = tmp_path / "copy.tmx"
    copy.write_bytes(data)
    assert errors(validate(copy)) == set()


def test_a_third_language_whose_segment_is_empty_goes_alone(tmp_path: Path) -> None:
    three = unit("One", "一").replace("</tu>", '<tuv xml:lang="zh-TW"><seg/></tuv></tu>')
    data, done = mended(made(tmp_path, three))
    assert unit("One", "一") in data.decode()
    assert done.left_out == 0


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        (b"&#xD83D;&#xDE00;", "\U0001f600"),
        (b"\xed\xa0\xbd\xed\xb8\x80", "\U0001f600"),
        (b"&#xD83D;!", "!"),
        (b"a&#0;b", "ab"),
        (b"one\x0ctwo", "one two"),
        ("口\x0b岸".encode(), "口岸"),
        (b"&#x4E00;&#65;", "&#x4E00;&#65;"),
    ],
)
def test_characters_that_xml_cannot_hold(text: bytes, becomes: str, tmp_path: Path) -> None:
    path = made(tmp_path, unit("PLACE", "一"))
    path.write_bytes(path.read_bytes().replace(b"PLACE", text))
    assert f"<seg>{becomes}</seg>" in mended(path)[0].decode()


def test_an_utf_16_memory_becomes_utf_8_with_all_its_text(tmp_path: Path) -> None:
    path = tmp_path / "wide.tmx"
    path.write_text(VALID.read_text("utf-8"), "utf-16")
    assert mended(path)[0] == VALID.read_bytes()


def test_dates_are_mended_only_where_they_are_sure() -> None:
    assert dated("2014-07-14T08:30:00Z") == dated("20140714 083000") == "20140714T083000Z"
    assert dated("07/14/2014") == dated("2014-13-01") == dated("") == ""


def test_attributes_of_codes_go_before_their_segment() -> None:
    text, done = rewritten('<tuv xml:lang="en"><seg>a<ph x="1" y="2"/></seg></tuv>')
    assert text == '<tuv xml:lang="en"><prop type="x-ph-y">2</prop><seg>a<ph x="1"/></seg></tuv>'
    assert done == [("attribute", "attribute y of <ph> moved into the property x-ph-y")]


def test_the_command_tells_what_it_did(run: Run, tmp_path: Path) -> None:
    made(tmp_path, unit("On\x0be", "一"), unit("Two ", "二"), unit("Three", ""))
    status, out, err = run("validate", "--fix", "made.tmx")
    assert status == 0
    assert "align: made.tmx: unit 1, line 7: control character U+000B removed" in err
    assert "align: made.tmx: unit 3, line 9: the unit left out; one of its segments is empty." in err
    assert out.startswith("written: made.mended.tmx (1 unit left out)\nmade.mended.tmx: unit 2, line 8: warning:")
    assert out.endswith("1 checked, 1 valid.\n")


def test_what_cannot_be_mended_is_said(run: Run, tmp_path: Path) -> None:
    made(tmp_path, unit("One", "一", " segtype='x'"))
    status, out, err = run("validate", "--fix", "made.tmx")
    assert (status, err) == (1, "align: made.tmx: nothing in it can be mended.\n")
    assert "segtype of <tu> is “x”" in out
    assert not Path("made.mended.tmx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "x.tmx", "made.tmx"], "--out goes with --fix."),
        (["--fix", "--out", "made.tmx", "made.tmx"], "made.tmx: the mended copy would stand in the place of the file"),
        (["--fix", "--out", "x.tmx", "made.tmx", "made.tmx"], "--out names the mended copy of one file."),
        (["--fix", "old.xml"], "old.xml: --fix mends TMX files alone."),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], said: str, run: Run, tmp_path: Path) -> None:
    before = made(tmp_path, unit("O\x0bne", "一")).read_bytes()
    (tmp_path / "old.xml").write_text("<TEI/>")
    status, out, err = run("validate", *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"align: {said}")
    assert {path.name for path in tmp_path.iterdir()} == {"made.tmx", "old.xml"}
    assert (tmp_path / "made.tmx").read_bytes() == before


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "made.mended.tmx: the disk is full. Nothing was changed."),
        (KeyboardInterrupt(), "stopped; files that were not finished are as they were before."),
    ],
)
def test_no_half_of_a_copy_is_left(
    problem: BaseException, said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> Any:
        raise problem

    made(tmp_path, unit("O\x0bne", "一"))
    monkeypatch.setattr("align.memory.mending.mended_unit", fail)
    status, _, err = run("validate", "--fix", "made.tmx")
    assert status == 3
    assert said in err
    assert [path.name for path in tmp_path.iterdir()] == ["made.tmx"]


def test_a_mended_copy_that_is_valid_is_so_by_the_dtd(tmp_path: Path) -> None:
    official = dtd()
    for path in INVALID:
        data, _ = mended(path)
        (tmp_path / path.name).write_bytes(data)
        if not errors(validate(tmp_path / path.name)):
            assert official.validate(etree.fromstring(data)), path.stem


def without_header(head: str) -> str:
    return re.sub("<header.*</header>", "", head, flags=re.S)


@pytest.mark.parametrize(
    ("head", "units", "end"),
    [
        (HEAD.replace('"1.4"', '"2.0"'), [unit("One", "一")], ""),
        (HEAD.replace('"1.4"', "'1.1'"), [unit("One", "一").replace("xml:lang", "lang")], ""),
        (without_header(HEAD), [unit("One", "一")], ""),
        (HEAD, [unit("One", "一"), "<!-- a -- b \x0b--->", unit("Two", "二")], ""),
        (HEAD, [unit("One", "一")], "<!-- the -- end -->"),
        (HEAD, [unit("One", "一"), "<![CDATA[stray]]>", unit("Two", "二")], ""),
        (HEAD + "<!-- x --->", ["<!-- a -- b -->", unit("One", "一")], ""),
    ],
)
def test_a_remedy_that_says_fix_does_it_is_true(head: str, units: list[str], end: str, tmp_path: Path) -> None:
    path = made(tmp_path, *units, head=head, end=f"{end}</body></tmx>")
    before = validate(path)
    assert before
    assert all("--fix" in finding.remedy for finding in before if finding.rule != "grammar"), before
    data, done = mended(path)
    assert done.left_out == 0
    path.write_bytes(data)
    assert validate(path) == []
    etree.fromstring(data)
    assert b"One" in data
    try:
        assert dtd().validate(etree.fromstring(data))
    except pytest.skip.Exception:
        return


@pytest.mark.parametrize("text", [HEAD[:-40], HEAD.replace("<note>", "<note")])
def test_a_remedy_does_not_promise_what_cannot_be_done(text: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "made.tmx").write_text(text, "utf-8")
    status, out, err = run("validate", "--fix", "made.tmx")
    assert (status, err) == (1, "align: made.tmx: nothing in it can be mended.\n")
    assert "--fix" not in out


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ([unit("One", "一").replace("tu>", "TU>")] * 3, "3 units in it, and none can be kept."),
        ([unit("One", ""), unit("<b>", "二")], "2 units in it, and none can be kept."),
    ],
)
def test_no_copy_without_a_unit_is_written(units: list[str], said: str, run: Run, tmp_path: Path) -> None:
    made(tmp_path, *units)
    status, out, err = run("validate", "--fix", "made.tmx")
    assert (status, err) == (1, f"align: made.tmx: nothing in it can be mended; {said}\n")
    assert out.endswith("1 checked, 0 valid.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["made.tmx"]


def test_another_file_of_the_name_is_not_replaced(run: Run, tmp_path: Path) -> None:
    made(tmp_path, unit("On\x0be", "一"))
    assert run("validate", "--fix", "made.tmx")[0] == 0
    copy = (tmp_path / "made.mended.tmx").read_bytes()
    assert run("validate", "--fix", "made.tmx")[0] == 0
    (tmp_path / "made.mended.tmx").write_bytes(copy + b"\n")
    status, _, err = run("validate", "--fix", "made.tmx")
    assert status == 2
    assert "made.mended.tmx: there is another file of this name already; nothing was changed." in err
    assert (tmp_path / "made.mended.tmx").read_bytes() == copy + b"\n"
    assert run("validate", "--fix", "made.tmx", "--out", "made.mended.tmx")[0] == 0

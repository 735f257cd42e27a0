"""`align merge`: of each text the newest or all, with where it came from, and what contradicts what."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run, needs, shared
from test_memory_validate import HEAD, HERE, VALID, unit

from align.memory.units import Unit, read
from align.memory.validating import validate

PH = '<ph x="1" type="x">&lt;br  /&gt;</ph>'


def memory(path: Path, *units: str, head: str = HEAD) -> Path:
    path.write_text(f"{head}<body>\n" + "\n".join(units) + "\n</body></tmx>\n", "utf-8")
    return path


def day(when: str, kind: str = "changedate") -> str:
    return f' {kind}="{when}T000000Z"'


def texts(path: Path) -> list[tuple[str, ...]]:
    return [tuple(variant.markup for variant in found.variants) for found in read(path)]


def said(found: Unit, kind: str) -> list[str]:
    return [said.text for said in found.said if said.type == kind]


def test_the_newest_wins_and_else_the_later_file(run: Run, tmp_path: Path) -> None:
    a = [unit("One", "一", day("20200101")), unit("Two", "二"), unit("Three", "三", day("20100101", "creationdate"))]
    b = [unit("One", "壹", day("20190101")), unit("Two", "贰"), unit("Three", "叁", day("20110101"))]
    memory(tmp_path / "a.tmx", *a)
    memory(tmp_path / "b.tmx", *b, unit("Four", "四"))
    status, out, err = run("merge", "a.tmx", "b.tmx", "--out", "all.tmx")
    assert (status, err) == (0, "")
    assert texts(Path("all.tmx")) == [("One", "一"), ("Two", "贰"), ("Three", "叁"), ("Four", "四")]
    assert out == (
        "a.tmx: 3 units\n"
        "b.tmx: 4 units\n"
        "written: all.tmx: 4 units · 3 replaced by newer ones\n"
        "3 texts are translated in more than one way; the newest is kept:\n"
        "  One\n    + 一 (a.tmx, unit 1, 2020-01-01)\n    - 壹 (b.tmx, unit 1, 2019-01-01)\n"
        "  Two\n    + 贰 (b.tmx, unit 2)\n    - 二 (a.tmx, unit 2)\n"
        "  Three\n    + 叁 (b.tmx, unit 3, 2011-01-01)\n    - 三 (a.tmx, unit 3, 2010-01-01)\n"
    )
    assert validate(Path("all.tmx")) == []


def test_all_are_kept_once_each(run: Run, tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", unit("One", "一"), unit("One", "壹"))
    memory(tmp_path / "b.tmx", unit("One", "一"))
    assert run("merge", "a.tmx", "b.tmx", "--out", "all.tmx", "--keep", "all")[0] == 0
    assert texts(Path("all.tmx")) == [("One", "一"), ("One", "壹")]


def test_where_a_unit_came_from_is_kept(run: Run, tmp_path: Path) -> None:
    named = unit("One", "一").replace("<tuv", '<prop type="x-document">{}</prop><tuv', 1)
    memory(tmp_path / "a.tmx", named.format("first"))
    memory(tmp_path / "b.tmx", named.format("second"), unit("Two", "二"))
    run("merge", "a.tmx", "b.tmx", "--out", "all.tmx")
    one, two = read(Path("all.tmx"))
    assert said(one, "x-merged-from") == ["a.tmx", "b.tmx"]
    assert sorted(said(one, "x-document")) == ["first", "second"]
    assert said(two, "x-merged-from") == ["b.tmx"]
    run("merge", "all.tmx", "--out", "again.tmx")
    assert said(next(read(Path("again.tmx"))), "x-merged-from") == ["all.tmx", "a.tmx", "b.tmx"]


def test_files_of_one_name_are_told_apart_by_as_many_folders_as_it_takes(run: Run, tmp_path: Path) -> None:
    for n, folder in enumerate(("d0/charter", "d1/charter", "other")):
        (tmp_path / folder).mkdir(parents=True)
        memory(tmp_path / folder / "charter.tmx", unit("One", "一"), unit(f"Two {n}", "二"))
    memory(tmp_path / "a.tmx", unit("One", "一"))
    paths = ["d0/charter/charter.tmx", "d1/charter/charter.tmx", "other", "a.tmx", "d0", "d1/../a.tmx"]
    assert run("merge", *paths, "--out", "all.tmx")[0] == 0
    first = next(read(Path("all.tmx")))
    expected = ["d0/charter/charter.tmx", "d1/charter/charter.tmx", "other/charter.tmx", "a.tmx"]
    assert said(first, "x-merged-from") == expected


def test_the_documents_of_a_trados_memory_are_the_same_property(run: Run, tmp_path: Path) -> None:
    for name, kind in (("plain", "x-document"), ("trados", "x-document:SingleString")):
        prop = f'<prop type="{kind}">R&amp;D {name}</prop>'
        memory(tmp_path / f"{name}.tmx", unit("Two", "二").replace("<tuv", f"{prop}<tuv", 1))
    for order, kind in ((("plain", "trados"), "x-document:SingleString"), (("trados", "plain"), "x-document")):
        run("merge", *(f"{name}.tmx" for name in order), "--out", "all.tmx")
        (found,) = read(Path("all.tmx"))
        kinds = [each.type for each in found.said if each.type.startswith("x-document")]
        assert kinds == [kind, kind]
        assert set(said(found, kind)) == {"R&D plain", "R&D trados"}


def test_codes_notes_and_attributes_of_a_unit_stay_as_they_are(run: Run, tmp_path: Path) -> None:
    whole = unit(f"One {PH}.", f"一{PH}。", ' tuid="7" usagecount="3"').replace("<tuv", "<note>A &amp; B</note><tuv", 1)
    memory(tmp_path / "a.tmx", whole)
    run("merge", "a.tmx", "--out", "all.tmx")
    made = whole.replace('"3">', '"3"><prop type="x-merged-from">a.tmx</prop>')
    assert made in Path("all.tmx").read_text("utf-8")


def test_taiwan_and_the_mainland_are_kept_apart(run: Run, tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", unit("Software", "软件"))
    memory(tmp_path / "b.tmx", unit("Software", "軟體", codes=("en-US", "zh-TW")))
    _, out, _ = run("merge", "a.tmx", "b.tmx", "--out", "all.tmx")
    assert texts(Path("all.tmx")) == [("Software", "软件"), ("Software", "軟體")]
    assert "languages, kept apart: en-US–zh-CN 1, en-US–zh-TW 1\n" in out
    assert "more than one way" not in out


def test_a_unit_of_three_languages_meets_one_of_two(run: Run, tmp_path: Path) -> None:
    three = unit("Port", "口岸", ' tuid="7"').replace("</tu>", '<tuv xml:lang="zh-TW"><seg>港口</seg></tuv></tu>')
    memory(tmp_path / "a.tmx", three)
    memory(tmp_path / "b.tmx", unit("Port", "港"))
    status, out, _ = run("merge", "a.tmx", "b.tmx", "--out", "all.tmx")
    assert status == 0
    assert texts(Path("all.tmx")) == [("Port", "港"), ("Port", "港口")]
    facts = "2 units · 1 replaced by newer ones · 1 more by making pairs of units of many languages"
    assert f"written: all.tmx: {facts}\nlanguages, kept apart: en-US–zh-CN 1, en-US–zh-TW 1\n1 text is" in out
    assert validate(Path("all.tmx")) == []


def test_a_unit_with_two_texts_in_one_language_stays_whole(run: Run, tmp_path: Path) -> None:
    twice = unit("Port", "口岸").replace("</tu>", '<tuv xml:lang="zh-CN"><seg>港口</seg></tuv></tu>')
    memory(tmp_path / "a.tmx", twice, unit("One", "一", codes=("en-US", "")))
    assert "1 without text in two languages" in run("merge", "a.tmx", "--out", "all.tmx")[1]
    assert texts(Path("all.tmx")) == [("Port", "口岸", "港口")]


def test_what_a_header_said_of_its_units_they_say_themselves(run: Run, tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", unit("One", "一"), unit("Two", "二"))
    head = HEAD.replace('segtype="sentence"', 'segtype="paragraph"').replace('"en-US"', '"zh-CN"')
    memory(tmp_path / "b.tmx", unit("Three", "三"), head=head.replace("Made for", "Drafted for"))
    _, out, _ = run("merge", "a.tmx", "b.tmx", "--out", "all.tmx")
    text = Path("all.tmx").read_text("utf-8")
    assert '<tu segtype="paragraph" srclang="zh-CN">' in text
    assert "<note>Made for the tests.</note>\n    <note>Drafted for the tests.</note>" in text
    assert "translated from en-US, zh-CN: Weblate and Smartling take one source language" in out
    assert validate(Path("all.tmx")) == []


def test_all_contradictions_go_into_a_table_without_formulas(run: Run, tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", *(unit(f"Port {n}", f"口岸{n}") for n in range(9)), unit("Sum", "=一"))
    memory(tmp_path / "b.tmx", *(unit(f"Port {n}", f"港口{n}") for n in range(9)), unit("Sum", "+二"))
    _, out, _ = run("merge", "a.tmx", "b.tmx", "--out", "all.tmx", "--report", "report.tsv")
    assert "10 texts are translated in more than one way; the newest is kept:" in out
    assert "  and 5 more.\nwritten: report.tsv\n" in out
    rows = [line.split("\t") for line in Path("report.tsv").read_text("utf-8").splitlines()]
    assert rows[0][:4] == ["text", "source", "target", "kept"]
    assert len(rows) == 21
    assert [row[2] for row in rows[-2:]] == ["'+二", "'=一"]


def test_corpora_are_merged_with_memories(run: Run, tmp_path: Path) -> None:
    shutil.copy(HERE / "data" / "valid.xml", tmp_path / "old.xml")
    memory(tmp_path / "a.tmx", unit("Ports", "港口"))
    status, out, _ = run("merge", "old.xml", "a.tmx", "--out", "all.tmx")
    assert status == 0
    assert out.startswith("old.xml: 3 units\na.tmx: 1 unit\n")
    first = next(read(Path("all.tmx")))
    assert said(first, "x-merged-from") == ["old.xml", "a.tmx"]
    assert said(first, "x-document") == ["ports"]
    assert validate(Path("all.tmx")) == []


def test_units_without_text_in_two_languages_are_left_out_and_counted(run: Run, tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", unit("One", ""), unit("Two", "二"))
    _, out, _ = run("merge", "a.tmx", "--out", "all.tmx")
    assert texts(Path("all.tmx")) == [("Two", "二")]
    assert "1 without text in two languages left out" in out


def test_the_same_files_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", *(unit(f"Port {n % 7}", f"口岸{n}") for n in range(50)))
    run("merge", "a.tmx", VALID, "--out", "one.tmx", "--keep", "all")
    run("merge", "a.tmx", VALID, "--out", "two.tmx", "--keep", "all")
    assert Path("one.tmx").read_bytes() == Path("two.tmx").read_bytes()


def test_underscores_of_one_memory_meet_hyphens_of_another(run: Run, tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", unit("One", "一", codes=("en_US", "zh_CN")), head=HEAD.replace("en-US", "en_US"))
    memory(tmp_path / "b.tmx", unit("One", "一"))
    run("merge", "b.tmx", "a.tmx", "--out", "all.tmx")
    assert texts(Path("all.tmx")) == [("One", "一")]
    assert validate(Path("all.tmx")) == []


def test_old_and_foreign_attributes_become_what_tools_take(run: Run, tmp_path: Path) -> None:
    foreign = unit("One", "一", ' match="97" creationdate="2014-07-14"')
    memory(tmp_path / "a.tmx", foreign, unit(f"Two{PH}.", "二").replace("xml:lang", "lang"))
    assert run("merge", "a.tmx", "--out", "all.tmx")[0] == 0
    text = Path("all.tmx").read_text("utf-8")
    assert '<tu creationdate="20140714T000000Z"><prop type="x-merged-from">a.tmx</prop><prop type="x-match">97' in text
    assert validate(Path("all.tmx")) == []


def test_what_comes_in_is_called_so(tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", unit("One", "一"))
    command = [sys.executable, "-m", "align", "merge", "-", "--out", "all.tmx"]
    with (tmp_path / "a.tmx").open("rb") as stream:
        seen = subprocess.run(command, cwd=tmp_path, stdin=stream, capture_output=True, encoding="utf-8")
    assert seen.stdout.startswith("standard input: 1 unit\n"), seen.stderr
    assert said(next(read(tmp_path / "all.tmx")), "x-merged-from") == ["standard input"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("control-character.tmx", "unit 1, line 7: control character U+000B."),
        ("not-well-formed.tmx", "unit 1, line 10: the XML is not well formed"),
        ("cut-off.tmx", "the file is cut off"),
        ("bad-bytes.tmx", "bytes that are no text"),
    ],
)
def test_a_memory_that_is_not_whole_is_refused(name: str, said: str, run: Run, tmp_path: Path) -> None:
    status, out, err = run("merge", VALID, HERE / "invalid_tmx" / name, "--out", "all.tmx")
    assert (status, out) == (1, "")
    assert said in err
    assert "align validate --fix" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "all.tmx"], "There is nothing to merge."),
        (["a.tmx", "--out", "a.tmx"], "a.tmx: what is made would stand in the place of one of the files."),
        (["a.tmx", "--out", "-"], "--out - is not taken: what is merged is not printed. Name a file for --out."),
        (["a.tmx", "--out", "x", "--report", "-"], "--report - is not taken"),
        (["a.tmx", "--out", "x", "--report", "x"], "--out and --report are two files"),
        (["a.tmx"], "Missing option '--out'"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], said: str, run: Run, tmp_path: Path) -> None:
    memory(tmp_path / "a.tmx", unit("One", "一"))
    status, out, err = run("merge", *arguments)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "all.tmx: the disk is full. Nothing was changed."),
        (KeyboardInterrupt(), "stopped; files that were not finished are as they were before."),
    ],
)
def test_no_half_of_a_memory_is_left(
    problem: BaseException, said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> Any:
        raise problem

    memory(tmp_path / "a.tmx", unit("One", "一"))
    monkeypatch.setattr("align.memory.merging._with_provenance", fail)
    status, _, err = run("merge", "a.tmx", "--out", "all.tmx")
    assert status == 3
    assert said in err
    assert [path.name for path in tmp_path.iterdir()] == ["a.tmx"]


def test_omegat_finds_every_unit_of_a_merged_memory(run: Run, tmp_path: Path) -> None:
    needs("omegat")
    script = shared("tools/omegat_accept.py")
    memory(tmp_path / "a.tmx", unit("Both sides opened ports.", "双方开放口岸。"))
    memory(
        tmp_path / "b.tmx", unit("They met again.", "双方再次会晤。"), unit("Both sides opened ports.", "双方开港。")
    )
    run("merge", "a.tmx", "b.tmx", "--out", "all.tmx")
    seen = subprocess.run([sys.executable, script, "all.tmx", "en-US", "zh-CN"], capture_output=True, text=True)
    assert "PASS" in seen.stdout, seen.stdout + seen.stderr


def test_units_are_read_with_their_codes_and_all_that_is_said(tmp_path: Path) -> None:
    one, two, three = read(VALID)
    assert (one.number, one.line, one.attributes[0]) == (1, 7, ("tuid", "1"))
    assert [(s.type, s.text) for s in one.said] == [("", "A note."), ("x-item", "1")]
    assert two.variants[0].text == "They met again in 2015."
    assert two.variants[0].markup.startswith('They met <bpt i="1" type="bold">&lt;b&gt;</bpt>again')
    assert three.variants[0].markup == "Trade grew &amp; prices fell."
    wide = tmp_path / "wide.tmx"
    wide.write_text(VALID.read_text("utf-8"), "utf-16")
    assert list(read(wide)) == [one, two, three]


def test_the_readme_shows_what_is_printed(run: Run, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in ("ours.tmx", "theirs.tmx"):
        shutil.copy(HERE / "data" / name, tmp_path)
    assert run("validate", "theirs.tmx")[1] in readme
    assert run("validate", "theirs.tmx", "--fix")[0] == 0
    assert run("merge", "ours.tmx", "theirs.mended.tmx", "--out", "all.tmx")[1] in readme

"""The command line, as a person uses it: what it makes, what it says, what it leaves alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EN, ROOT, ZH, Run, contents, documents

Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    """Two files of one document."""
    (tmp_path / "old.en.txt").write_text(EN, "utf-8")
    (tmp_path / "old.zh.txt").write_text(ZH, "utf-8")
    return ["old.en.txt", "old.zh.txt"]


def test_the_table_says_what_was_made_and_what_to_do_next(run: Run, pair: list[str], tmp_path: Path) -> None:
    status, out, err = run("export", *pair)
    assert (status, err) == (0, "")
    assert out == (
        "old\n"
        "  items: 2 en, 2 zh, 2 aligned · tmx: 6 units\n"
        "  written: dist/old/old.xml, .tmx, .docx, .pdf\n"
        "Next: align validate dist/old\n"
    )
    assert run("validate", "dist/old")[0] == 0
    assert set(contents(tmp_path / "dist/schemas")) == {"align.rng", "align.sch"}


def test_the_table_names_numbers(run: Run, tmp_path: Path) -> None:
    numbered = "".join(f"{n}. Ports: Both sides opened port {n}.\n" for n in range(1, 6))
    (tmp_path / "page.txt").write_text(
        numbered + "6. Ships: Both sides agreed to\nPage 1 of 2\n4、口岸：双方开放了口岸4。\n", "utf-8"
    )
    status, out, _ = run("export", "page.txt", "--to", "tmx")
    assert status == 0
    assert "zh missing 1–3, 5, 6 (5) · en truncated 6 · left out: 1 piece, line 7 · tmx: " in out
    assert out.endswith("Next: if you have the missing text, run: align export page.txt FILE\n")


def test_a_second_export_changes_no_byte_and_says_so(run: Run, pair: list[str], tmp_path: Path) -> None:
    run("export", *pair)
    before = contents(tmp_path / "dist")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "dist/old").iterdir()}
    _, out, _ = run("export", *pair)
    assert "  unchanged: dist/old/old.xml, .tmx, .docx, .pdf\n" in out
    assert "written" not in out
    assert contents(tmp_path / "dist") == before
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "dist/old").iterdir()} == times


def written(out: str) -> str:
    return next((line.split(": ", 1)[1] for line in out.splitlines() if line.startswith("  written: ")), "")


def test_only_what_is_stale_is_made_again(run: Run, pair: list[str], tmp_path: Path) -> None:
    export = ("export", *pair, "--to", "tmx,docx")
    made = tmp_path / "dist/old"
    run(*export)
    first = contents(tmp_path / "dist")
    (made / "old.docx").unlink()
    assert written(run(*export)[1]) == "dist/old/old.docx"
    (made / "old.tmx").write_bytes(b"tampered with")
    assert written(run(*export)[1]) == "dist/old/old.tmx"
    (made / "old.xml").write_bytes((made / "old.xml").read_bytes() + b"\n")
    assert written(run(*export)[1]) == "dist/old/old.xml"
    (tmp_path / "dist/schemas/align.rng").unlink()
    assert written(run(*export)[1]) == ""
    assert contents(tmp_path / "dist") == first
    assert written(run("export", *pair, "--to", "tmx,docx,pdf")[1]) == "dist/old/old.pdf"
    assert written(run(*export, "--codes", "en-GB,zh-CN")[1]) == "dist/old/old.tmx"
    (made / ".align.json").write_text('{"made": []}', "utf-8")
    assert written(run(*export)[1]) == "dist/old/old.xml, .tmx, .docx"
    assert contents(made)["old.xml"] == first[f"old{os.sep}old.xml"]


def test_a_source_edited_makes_everything_anew(run: Run, pair: list[str], tmp_path: Path) -> None:
    run("export", *pair, "--to", "tmx")
    (tmp_path / pair[0]).write_text(EN.replace("three", "four"), "utf-8")
    assert written(run("export", *pair, "--to", "tmx")[1]) == "dist/old/old.xml, .tmx"
    assert b"four ports" in (tmp_path / "dist/old/old.tmx").read_bytes()


def test_document_toml_counts_and_its_comments_do_not(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "page.txt").write_text(EN + ZH, "utf-8")
    assert written(run("export", "old", "--to", "tmx")[1]) == "dist/old/old.xml, .tmx"
    (folder / "document.toml").write_text("# nothing\n", "utf-8")
    assert written(run("export", "old", "--to", "tmx")[1]) == ""
    (folder / "document.toml").write_text('[title]\nen = "Ports"\n', "utf-8")
    assert written(run("export", "old", "--to", "tmx")[1]) == "dist/old/old.xml, .tmx"
    assert "Ports" in (tmp_path / "dist/old/old.xml").read_text("utf-8")


def test_the_same_bytes_in_any_surroundings(align: Shell, pair: list[str], tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    paths = [tmp_path / name for name in pair]
    align("export", *pair, PYTHONHASHSEED="1", TZ="UTC")
    align("export", *paths, cwd=elsewhere, PYTHONHASHSEED="2", TZ="Asia/Shanghai", LC_ALL="C", LANG="tr_TR.UTF-8")
    first = contents(tmp_path / "dist")
    assert len(first) == 7
    assert contents(elsewhere / "dist") == first


def test_an_exported_corpus_gives_the_same_exports(run: Run, pair: list[str], tmp_path: Path) -> None:
    run("export", *pair)
    (tmp_path / "old.xml").write_bytes((tmp_path / "dist/old/old.xml").read_bytes())
    status, out, _ = run("export", "old.xml", "--out", "again")
    assert (status, written(out)) == (0, "again/old/old.tmx, .docx, .pdf")
    assert out.endswith("Next: align validate old.xml\n")
    for name in ("old.tmx", "old.docx", "old.pdf"):
        assert (tmp_path / "again/old" / name).read_bytes() == (tmp_path / "dist/old" / name).read_bytes()
    assert written(run("export", "old.xml", "--out", "again")[1]) == ""


def test_build_writes_the_corpus_alone(run: Run, pair: list[str], tmp_path: Path) -> None:
    assert run("build", *pair)[0] == 0
    assert set(contents(tmp_path / "dist/old")) == {"old.xml", ".align.json"}
    assert run("build", "dist/old/old.xml")[0] == 2


def piped(data: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "align", *arguments]
    return subprocess.run(command, input=data.encode("utf-8"), capture_output=True, cwd=cwd, timeout=60)


def test_a_dash_is_standard_input_and_output(run: Run, pair: list[str], tmp_path: Path) -> None:
    run("build", *pair)
    corpus = (tmp_path / "dist/old/old.xml").read_bytes()
    assert piped("", "build", *pair, "--out", "-", cwd=tmp_path).stdout == corpus
    assert piped(corpus.decode("utf-8"), "validate", "-", cwd=tmp_path).stdout.strip() == b"1 checked, 1 valid."
    printed = piped(EN + ZH, "export", "-", "--to", "tmx", "--out", "-", cwd=tmp_path)
    assert printed.stdout.startswith(b"<?xml")
    assert b"<tmx" in printed.stdout
    assert documents(tmp_path / "dist") == ["old"]
    refused = piped("", "export", "-", cwd=tmp_path)
    assert refused.stderr.startswith(b"align: standard input: line 1: the file is empty.")
    assert run("export", *pair, "--out", "-")[0] == 2


def test_json(run: Run, pair: list[str], tmp_path: Path) -> None:
    (report,) = json.loads(run("export", *pair, "--to", "tmx", "--json")[1])
    assert report == {
        "name": "old",
        "facts": ["items: 2 en, 2 zh, 2 aligned", "tmx: 6 units"],
        "findings": [],
        "whole": True,
        "written": ["dist/old/old.xml", "dist/old/old.tmx"],
        "unchanged": [],
    }
    assert json.loads(run("validate", "--json")[1]) == []
    (tmp_path / "dist/old/broken.xml").write_text("<TEI", "utf-8")
    status, out, _ = run("validate", "--json")
    (found,) = json.loads(out)
    assert (status, found["file"], found["severity"]) == (1, "dist/old/broken.xml", "error")
    assert {entry["name"] for entry in json.loads(run("formats", "--json")[1])} >= {"docx", "html", "pdf", "tmx"}


def test_formats_are_listed(run: Run) -> None:
    status, out, _ = run("formats")
    assert status == 0
    listed = [line.split()[:2] for line in out.splitlines()]
    assert listed == sorted(listed)
    assert all([name, f".{name}"] in listed for name in ("docx", "html", "pdf", "tmx"))


def test_validate_names_the_place_and_goes_on(run: Run, pair: list[str], tmp_path: Path) -> None:
    run("build", *pair)
    corpus = (tmp_path / "dist/old/old.xml").read_text("utf-8")
    (tmp_path / "bad.xml").write_text(corpus.replace("#en.1.s1", "#en.9.s1", 1), "utf-8")
    status, out, _ = run("validate", "bad.xml", pair[0], "dist")
    assert status == 1
    assert re.search(r"^bad\.xml: line \d+: <link>.*: error: .*\[pointer-dangling\]$", out, re.M)
    assert re.search(r"^old\.en\.txt: error: line 1: .*\[not-a-corpus\]$", out, re.M)
    assert out.endswith("3 checked, 1 valid.\n")


@pytest.mark.parametrize("command", ["export", "build", "validate", "formats", "init"])
def test_every_command_explains_itself(run: Run, command: str) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert f"    align {command}" in out.split("Options:")[0]


def test_duiqi_is_the_same_command(align: Shell) -> None:
    command = Path(sys.executable).with_name("duiqi" + (".exe" if os.name == "nt" else ""))
    if not command.exists():
        pytest.skip("duiqi is not installed beside this Python")
    shown = subprocess.run([command, "--help"], capture_output=True, encoding="utf-8", timeout=60)
    assert (shown.returncode, shown.stdout) == (0, align("--help").stdout)


@pytest.mark.parametrize(("console", "expected"), [("cp936", "1–3 (3) · left out"), ("ascii", "1-3 (3) | left out")])
def test_any_console(align: Shell, tmp_path: Path, console: str, expected: str) -> None:
    numbered = "".join(f"{n}. Ports: Both sides opened port {n}.\n" for n in range(1, 4))
    (tmp_path / "é汉.txt").write_text(f"{numbered}Page 1 of 2\n", "utf-8")
    command = [sys.executable, "-m", "align", "build", "é汉.txt"]
    environment = {**os.environ, "PYTHONIOENCODING": console, "PYTHONUTF8": "0"}
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment, timeout=60)
    assert shown.returncode == 0, shown.stderr
    assert expected in shown.stdout.decode(console)
    told = subprocess.run([*command, "--json"], cwd=tmp_path, capture_output=True, env=environment, timeout=60)
    assert json.loads(told.stdout.decode(console))[0]["name"] == "é汉"


def test_the_repository_without_arguments(run: Run, tmp_path: Path) -> None:
    (tmp_path / "input").symlink_to(ROOT / "input")
    status, out, _ = run("build")
    assert status == 0
    assert documents(tmp_path / "dist") == ["charter", "sed6-strategic-track"]
    assert out.endswith("run: align export input/sed6-strategic-track\n")

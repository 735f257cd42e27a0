"""Which files are one document, what it is called, and where it goes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import EN, ZH, Run, contents, documents

from align.export import safe_name


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (("old.en.txt", "old.zh.txt"), ["old"]),
        (("old.zh-CN.md", "old.en.txt"), ["old"]),
        (("Joint Statement_EN.txt", "Joint Statement_ZH.txt"), ["Joint Statement"]),
        (("old (English).txt", "old（中文）.txt"), ["old"]),
        (("en.txt", "zh.txt"), ["place"]),
        (("english.txt", "chinese.txt"), ["place"]),
        (("statement.txt", "声明.txt"), ["statement"]),
        (("one.en.txt", "two.zh.txt"), ["one"]),
        (("one.txt", "two.txt"), ["one", "two"]),
        (("one.txt", "both.txt"), ["both", "one"]),
        (("one.txt", "one.txt"), ["one"]),
        (("a.en.txt", "a.zh.txt", "b.en.txt", "b.zh.txt"), ["a", "b"]),
    ],
)
def test_names_and_content_say_what_is_one_document(
    run: Run, tmp_path: Path, names: tuple[str, ...], made: list[str]
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for name in names:
        chinese = re.search("zh|chinese|声|中", name, re.I)
        (place / name).write_text(ZH if chinese else EN + ZH if "both" in name else EN, "utf-8")
    status, _, err = run("build", *(place / name for name in names))
    assert (status, err) == (0, "")
    assert documents(tmp_path / "dist") == made


def test_two_english_files_of_one_name_are_not_mixed(run: Run, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "old.txt").write_text(EN, "utf-8")
    status, _, err = run("build", "a/old.txt", "b/old.txt")
    assert (status, err) == (2, "align: Two documents are called old. Rename one, or run the command once for each.\n")


def test_a_folder_needs_no_settings_and_init_writes_those_assumed(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in (("one.txt", EN), ("two.txt", ZH), ("README.txt", "Not a source.")):
        (folder / name).write_text(text, "utf-8")
    run("export", "papers", "--to", "tmx", "--out", "without")
    status, out, _ = run("init", "papers")
    assert (status, out) == (0, "Written: papers/document.toml\nNext: correct it, then run: align export papers\n")
    settings = (folder / "document.toml").read_text("utf-8")
    assert 'name = "one.txt"\nlanguage = ["en"]' in settings
    assert 'name = "two.txt"\nlanguage = ["zh"]' in settings
    run("export", "papers", "--to", "tmx", "--out", "with")
    with_, without = (contents(tmp_path / out / "papers") for out in ("with", "without"))
    assert with_["papers.tmx"] == without["papers.tmx"]
    assert with_["papers.xml"] == without["papers.xml"]
    assert run("init", "papers")[0] == 2
    assert (folder / "document.toml").read_text("utf-8") == settings


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Joint Statement", "Joint Statement"),
        ("联合声明", "联合声明"),
        ("CON", "_CON"),
        ("nul", "_nul"),
        ("com1.old", "_com1.old"),
        ("old..", "old"),
        ("声" * 80, "声" * 53),
        ("x" * 250, "x" * 160),
    ],
)
def test_any_name_makes_a_folder_that_every_system_takes(run: Run, tmp_path: Path, name: str, made: str) -> None:
    (tmp_path / f"{name}.txt").write_text(EN, "utf-8")
    assert run("build", f"{name}.txt")[0] == 0
    assert documents(tmp_path / "dist") == [made]
    assert (tmp_path / "dist" / made / f"{made}.xml").is_file()


def test_a_path_upwards_names_nothing_outside_the_output(run: Run, tmp_path: Path) -> None:
    (tmp_path / "up").mkdir()
    (tmp_path / "up/old.txt").write_text(EN, "utf-8")
    assert run("build", "up/../up/old.txt", "up/..//up")[0] == 0
    assert documents(tmp_path / "dist") == ["old", "up"]
    assert safe_name("../../etc/passwd") == "_.._etc_passwd"
    assert safe_name("..") == "document"

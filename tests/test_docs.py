"""The README promises what is there: its help texts, its table, its files and its commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from align.build import build
from align.cli import cli
from align.model import segments
from align.sources.documents import Input, InputFile

README = (ROOT / "README.md").read_text("utf-8")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("name", ["", *sorted(cli.commands)])
def test_every_help_is_in_the_readme(name: str, align: Run) -> None:
    shown = align(*name.split(), "--help").stdout.rstrip()
    assert shown in README, "run: .venv/bin/python docs/paste.py"


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_help_ends_with_an_example(name: str, align: Run) -> None:
    before_options = align(name, "--help").stdout.split("Options:")[0]
    assert re.search(rf"Examples?:\n\s+align {name}", before_options)


def test_the_closing_table_is_what_is_printed(align: Run, tmp_path: Path) -> None:
    (tmp_path / "input").symlink_to(ROOT / "input")
    shown = align("export").stdout.replace(os.sep, "/")
    assert shown in README


def test_both_ways_with_files_of_ones_own(align: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(
        "1. Ports: Both sides opened three ports.\n1、口岸：双方开放了三个口岸。\n", "utf-8"
    )
    (tmp_path / "new.en.txt").write_text("1. Ports: Both sides opened three ports.\n", "utf-8")
    (tmp_path / "new.zh.txt").write_text("1、口岸：双方开放了三个口岸。\n", "utf-8")
    assert align("export", "old.txt").returncode == 0
    assert align("export", "new.en.txt", "new.zh.txt").returncode == 0
    for name in ("old", "new"):
        made = {path.suffix for path in (tmp_path / "dist" / name).iterdir() if path.stem == name}
        assert made == {".xml", ".tmx", ".docx", ".pdf"}


def test_the_make_targets_it_names_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`?make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_the_files_it_names_are_there() -> None:
    names = re.findall(r"`((?:schemas|input|docs|benchmarks)/[\w./-]+|[A-Z]+(?:\.md)?)`", README)
    assert names
    for name in {*names, "docs/briefs.png"}:
        assert (ROOT / name).exists(), name


def test_no_place_of_work_is_named() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    for name in tracked.stdout.splitlines():
        text = (ROOT / name).read_bytes()
        assert not re.search(rb"(?<![\w.])/(?:home|root|tmp|Users)/\w", text), name


def test_duiqi_is_the_same_command() -> None:
    from importlib.metadata import entry_points

    scripts = {point.name: point.value for point in entry_points(group="console_scripts")}
    assert scripts["duiqi"] == scripts["align"]
    assert sys.version_info >= (3, 11)


LAYOUTS = re.findall(r"^```(txt|md|csv)\n(.*?)^```", README, re.S | re.M)


@pytest.mark.parametrize(("suffix", "text"), LAYOUTS)
def test_every_layout_of_the_readme_is_read_as_the_same_two_pairs(suffix: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / f"case.{suffix}"
    path.write_text(text, "utf-8")
    bitext = build(Input("case", (InputFile(path),)))
    held = {s.id: s.text for document in bitext.documents for s in segments(document)}
    pairs = {("".join(held[i] for i in link.en), "".join(held[i] for i in link.zh)) for link in bitext.links}
    assert pairs >= {
        ("The two sides will open three ports.", "双方将开放三个港口。"),
        ("Experts will meet each year.", "专家将每年举行会晤。"),
    }


def test_the_readme_shows_every_layout() -> None:
    assert len(LAYOUTS) >= 9

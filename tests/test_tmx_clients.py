"""The TMX in programs that are not ours: OmegaT at each level and edition, translate-toolkit, tmxutil."""

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
from align.model import Bitext
from align.wishes import LEVELS, Memory

RUNS = (
    ("zh-Hans", "zh-CN", "sentence"),
    ("zh-Hans", "zh-CN", "paragraph"),
    ("zh-Hans", "zh-CN", "item"),
    ("zh-Hant-TW", "zh-TW", "paragraph"),
    ("zh-Hant-HK", "zh-HK", "sentence"),
)
"""Each level and each edition; OmegaT takes some seconds."""


def written(bitext: Bitext, folder: Path, **wishes: str) -> Path:
    """The one file that is made."""

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        stream = io.BytesIO()
        yield stream
        (folder / name).write_bytes(stream.getvalue())

    find_exporter("tmx").write([bitext], Options("made", memory=Memory(**wishes)), keep)  # type: ignore[arg-type]  # all are words
    return folder / "made.tmx"


def pairs(path: Path) -> list[tuple[str, ...]]:
    return [tuple(seg.text or "" for seg in unit.iter("seg")) for unit in etree.parse(str(path)).iter("tu")]


def accepted(path: Path, source: str, target: str) -> str:
    """What OmegaT made of the memory, in the last line of its report."""
    needs("java")
    needs("omegat")
    command = [sys.executable, shared("tools/omegat_accept.py"), path, source, target]
    return subprocess.run([*map(str, command)], capture_output=True, text=True).stdout.splitlines()[-1]


@pytest.mark.parametrize(("script", "code", "level"), RUNS)
def test_omegat_takes_each_level_and_each_edition(
    script: str, code: str, level: str, charter: Bitext, tmp_path: Path
) -> None:
    path = written(edition(charter, script), tmp_path, level=level)
    count = len(pairs(path))
    assert accepted(path, "en-US", code).startswith(f"PASS units={count} translated={count}")


def test_omegat_takes_the_other_direction(charter: Bitext, tmp_path: Path) -> None:
    path = written(charter, tmp_path, direction="zh-en")
    assert accepted(path, "zh-CN", "en-US").startswith("PASS units=52")


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("direction", ["en-zh", "zh-en"])
def test_translate_toolkit_reads_the_units(level: str, direction: str, charter: Bitext, tmp_path: Path) -> None:
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    path = written(charter, tmp_path, level=level, direction=direction)
    store = tmx.tmxfile.parsestring(path.read_bytes())
    assert [(unit.source, unit.target) for unit in store.units] == pairs(path)
    assert store.getsourcelanguage() == ("en-US" if direction == "en-zh" else "zh-CN")


@pytest.mark.parametrize("level", LEVELS)
def test_tmxutil_reads_the_units(level: str, charter: Bitext, tmp_path: Path) -> None:
    pytest.importorskip("tmxutil", reason="tmxutil is not installed")
    path = written(charter, tmp_path, level=level)
    sides = []
    for code in ("en-US", "zh-CN"):
        command = [
            sys.executable,
            "-m",
            "tmxutil",
            "-q",
            str(path),
            "-i",
            "tmx",
            "-o",
            "txt",
            "--output-languages",
            code,
        ]
        sides.append(subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines())
    assert list(zip(*sides, strict=True)) == pairs(path)

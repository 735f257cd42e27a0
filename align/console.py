"""What comes from the console and goes to it -> paths; reports, errors, progress, JSON on any console."""

from __future__ import annotations

import codecs
import os
import re
import shlex
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import AlignError, SurroundingsError, UsageError

if TYPE_CHECKING:
    from align.job import Report

CLEAR = "\r\x1b[K"
SPECIAL = re.compile(r"""[\s"'()&;|<>$`*?!#~^%{}\[\]]""" if os.name == "nt" else r"""[\s"'()&;|<>$`*?!#~{}\[\]\\]""")
PLAIN = {"–": "-", "—": "-", "·": "|", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'"}


@dataclass(frozen=True, slots=True)
class Given:
    """The paths as they were given, and as they are read: `-` is saved to a file."""

    said: tuple[Path, ...]
    paths: tuple[Path, ...]

    def typed(self, text: str) -> str:
        """A message that names what was given, not the file it was saved to."""
        for said, path in zip(self.said, self.paths, strict=True):
            if said != path:
                text = text.replace(str(path), "standard input")
        return text


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def given_paths(paths: tuple[Path, ...]) -> Iterator[Given]:
    """The paths, with `-` saved to a file for as long as it is needed."""
    if Path("-") not in paths:
        yield Given(paths, paths)
        return
    with temporary_folder() as folder:
        data = sys.stdin.buffer.read()
        saved = folder / ("stdin.xml" if b"<TEI" in data[:2000] else "stdin.txt")
        saved.write_bytes(data)
        yield Given(paths, tuple(saved if path == Path("-") else path for path in paths))


def say(text: str) -> None:
    """Say a sentence on standard error, over the progress line if there is one."""
    print(f"{CLEAR if sys.stderr.isatty() else ''}align: {text}", file=sys.stderr)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """For a console that lacks a character: a plain one that does as well, or its code."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    return "".join(PLAIN.get(c) or c.encode("ascii", "backslashreplace").decode() for c in lacking), error.end


def prepare() -> None:
    """Let the console take every character, if need be as another."""
    codecs.register_error("align-plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="align-plain")  # type: ignore[union-attr]  # replaced streams cannot


def drop_output() -> None:
    """Forget what standard output did not take, so that nothing is said of it at the end."""
    with suppress(AttributeError, ValueError, OSError):
        sys.stdout.flush()
        return
    with suppress(AttributeError, ValueError, OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def progress() -> Callable[[str], None]:
    """Says on a terminal what is being done, once it has taken over a second."""
    started = time.monotonic()
    shown = [False]

    def say(stage: str) -> None:
        if not sys.stderr.isatty() or (time.monotonic() - started < 1 and not shown[0]):
            return
        shown[0] = bool(stage)
        sys.stderr.write(f"{CLEAR}{stage}")
        sys.stderr.flush()

    return say


def print_reports(reports: Sequence[Report]) -> None:
    """The closing table: of each document what was found, and what was written."""
    for report in reports:
        print(report.name)
        print("  " + " · ".join(report.facts))
        for finding in report.findings:
            print(f"  {finding}")
        for said, files in (("written", report.written), ("unchanged", report.unchanged)):
            for first, *rest in _sets(map(Path, files)):
                print(f"  {said}: " + ", ".join([str(first), *(_ending(first, path) for path in rest)]))


def _sets(files: Iterable[Path]) -> list[list[Path]]:
    """The files of the first set and those of the second, which names itself."""
    both: list[list[Path]] = [[], []]
    for path in files:
        both[".draft." in path.name].append(path)
    return [files for files in both if files]


def _ending(first: Path, path: Path) -> str:
    return path.suffix if (path.parent, path.stem) == (first.parent, first.stem) else path.name


def print_next(reports: Sequence[Report], given: Given, documents: Sequence[str], default: Path) -> None:
    """The command to run next: with the text that is missing, or to check the corpus."""
    if not reports:
        return
    lacking = next((report for report in reports if not report.whole and report.name in documents), None)
    if lacking:
        said = [quoted(path) for path in given.said] or [quoted(default / lacking.name)]
        if any(path.is_file() for path in given.paths):
            print(f"Next: if you have the missing text, run: align export {' '.join(said)} FILE")
            return
        print(f"Next: add the text that is missing, if you have it, and run: align export {' '.join(said)}")
        return
    if reports[0].name in documents:
        corpus = Path([*reports[0].written, *reports[0].unchanged][0]).parent
    else:
        corpus = next((path for path in given.said if path.suffix.lower() == ".xml"), Path("-"))
    print(f"Next: align validate {quoted(corpus)}")


def quoted(path: Path) -> str:
    """A path as a shell takes it."""
    text = str(path)
    if text.startswith("-") and text != "-":
        text = f".{os.sep}{text}"
    if not SPECIAL.search(text):
        return text
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)


def print_file(reports: Sequence[Report]) -> None:
    """The one file that was made, after what there is to say of it. Raises UsageError for a format of several."""
    for report in reports:
        if len([name for name in report.written if not name.endswith(".xml")]) > 1:
            raise UsageError("--out - prints one file, and this format has several.", "Name a folder with --out.")
        for finding in report.findings:
            say(finding)
        sys.stdout.buffer.write(Path(report.written[-1]).read_bytes())
        sys.stdout.buffer.flush()


def print_text(text: str) -> None:
    """On a terminal as it takes it; into a file or a pipe always as UTF-8."""
    if sys.stdout.isatty():
        print(text, end="")
        return
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # click would say that the data is at fault
        drop_output()
        sys.exit(3)


def print_json(value: object) -> None:
    """Valid JSON on any console."""
    import json

    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not unicode, indent=1))


def as_align_error(error: Exception) -> AlignError:
    """What nobody foresaw, as one sentence too; ALIGN_TRACEBACK shows where it happened."""
    if os.environ.get("ALIGN_TRACEBACK"):
        traceback.print_exception(error)
    if isinstance(error, AlignError):
        return error
    if isinstance(error, MemoryError):
        return SurroundingsError("There is not enough memory.", "Give fewer or shorter files at a time.")
    if isinstance(error, OSError):
        said = f"{error.filename or 'What comes in or goes out'}: {error.strerror or error}."
        return SurroundingsError(said, "Check that the place is there and may be used.")
    said = f"This should not have happened: {type(error).__name__}: {' '.join(str(error).split())[:200]}."
    return SurroundingsError(said, "Please report it with the file; ALIGN_TRACEBACK=1 shows where it happened.")

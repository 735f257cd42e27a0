"""What stands in the way of writing: a full disk, a locked file, Ctrl-C, a broken format; and corpora by hand."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import EN, Run, contents

from align import export as door
from align.export import Exporter, Open, Options, uninterrupted
from align.model import Bitext

STOPPED = "\nalign: stopped; files that were not finished are as they were before.\n"


def refused(told: tuple[int, str, str], status: int, sentence: str) -> None:
    """One line on standard error that begins with the sentence and goes on to say what to do."""
    assert told[:2] == (status, ""), told
    assert re.fullmatch(r"align: [^\n]+\.\n", told[2]), told[2]
    assert told[2].startswith(f"align: {sentence}"), told[2]
    assert len(told[2]) > len(f"align: {sentence}") + 10, "no remedy"


class Failing:
    """A stream that takes some bytes and then fails."""

    def __init__(self, stream: Any, error: BaseException) -> None:
        self.stream, self.error = stream, error

    def __enter__(self) -> Failing:
        return self

    def __exit__(self, *said: object) -> None:
        self.stream.close()

    def write(self, data: bytes) -> int:
        self.stream.write(data[: len(data) // 2])
        self.stream.flush()
        raise self.error


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException, opening: bool = False) -> None:
    """Let opening, or writing, the unfinished file of that name fail."""
    plain = Path.open

    def opened(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name != f".{name}.part":
            return plain(path, *arguments, **named)
        if opening:
            raise error
        return Failing(plain(path, *arguments, **named), error)

    monkeypatch.setattr(Path, "open", opened)


@pytest.mark.parametrize("name", ["old.xml", "old.tmx", "old.docx", ".align.json"])
@pytest.mark.parametrize(
    ("code", "opening", "sentence"),
    [
        (errno.ENOSPC, False, "the disk is full. Nothing was changed. Free some space"),
        (errno.EACCES, True, "no permission to write there. Nothing was changed."),
        (errno.EROFS, True, "no permission to write there. Nothing was changed."),
        (errno.EIO, False, "cannot be written (Input/output error). Nothing was changed."),
    ],
)
def test_a_place_that_takes_no_file(
    run: Run, made: list[str], monkeypatch: pytest.MonkeyPatch, name: str, code: int, opening: bool, sentence: str
) -> None:
    fail_at(monkeypatch, name, OSError(code, os.strerror(code)), opening)
    refused(run(*made), 3, f"dist/old/{name}: {sentence}")


def test_nothing_is_left_where_nothing_was(run: Run, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(monkeypatch, "old.docx", OSError(errno.ENOSPC, "full"))
    refused(run(*made, "--out", "new/er"), 3, "new/er/old/old.docx: the disk is full.")
    assert not Path("new").exists()


@pytest.mark.parametrize("place", ["dist", "dist/old"])
def test_a_file_where_the_folder_should_be(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "old.txt").write_text(EN, "utf-8")
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("mine", "utf-8")
    refused(run("export", "old.txt"), 3, f"{place}: is a file, not a folder. Nothing was changed.")
    assert (tmp_path / place).read_text("utf-8") == "mine"


def test_a_folder_where_a_file_should_be(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(EN, "utf-8")
    (tmp_path / "dist/old/old.tmx").mkdir(parents=True)
    refused(run("export", "old.txt"), 3, "dist/old/old.tmx: is a folder. Nothing was changed.")
    assert contents(tmp_path / "dist") == {}


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_locked_leaves_all_as_they_were(
    run: Run, made: list[str], monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    plain = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if path.name == ".old.docx.part":
            raise PermissionError(errno.EACCES, "in use", str(path), None, str(target))
        return plain(path, target)

    def link(*paths: object, **named: object) -> None:
        raise OSError(errno.EPERM, "no links on this disk")

    monkeypatch.setattr(Path, "replace", replace)
    if not links:
        monkeypatch.setattr(os, "link", link)
    refused(run(*made), 3, "dist/old/old.docx: no permission to write there. Nothing was changed. Close it if another")


def test_ctrl_c_inside_a_format(run: Run, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(monkeypatch, "old.docx", KeyboardInterrupt())
    assert run(*made) == (3, "", STOPPED)


def test_ctrl_c_while_files_are_put_in_place_waits_until_all_are(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "old.txt").write_text(EN, "utf-8")
    plain = Path.replace

    def replace(path: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return plain(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert run("export", "old.txt", "--to", "tmx") == (3, "", STOPPED)
    assert set(contents(tmp_path / "dist")) == {os.path.join("old", n) for n in ("old.xml", "old.tmx", ".align.json")}  # noqa: PTH118 - as relative_to writes it


def test_ctrl_c_from_outside(made: list[str], tmp_path: Path) -> None:
    script = """
    import os, signal, sys
    from align import export
    from align.cli import main
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background ignores it
    def write(bitexts, options, open):
        with open(f"{options.name}.tmx") as stream:
            stream.write(b"half of it")
            os.kill(os.getpid(), signal.SIGINT)
            stream.write(b"never")
    export.find_exporter = lambda name: export.Exporter("tmx", "", write)
    sys.exit(main(sys.argv[1:]))
    """
    command = [sys.executable, "-c", textwrap.dedent(script), *made]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60)
    assert (told.returncode, told.stdout, told.stderr) == (3, "", STOPPED)


def test_a_second_thread_writes_too() -> None:
    from threading import Thread

    done: list[bool] = []

    def work() -> None:
        with uninterrupted():
            done.append(True)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def broken(bitexts: Iterable[Bitext], options: Options, open_: Open) -> None:
    with open_(f"{options.name}.tmx") as stream:
        stream.write(b"half of it")
        raise IndexError("list index out of range")


def outside(bitexts: Iterable[Bitext], options: Options, open_: Open) -> None:
    with open_("../escaped.tmx"):
        pass


def twice(bitexts: Iterable[Bitext], options: Options, open_: Open) -> None:
    for _ in range(2):
        with open_(f"{options.name}.xml"):
            pass


def font(bitexts: Iterable[Bitext], options: Options, open_: Open) -> None:
    with open_(f"{options.name}.pdf"):
        Path("no such font.ttf").read_bytes()


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (broken, "old: the format tmx failed (IndexError: list index out of range). Nothing was changed. Leave it out"),
        (outside, "old: the format tmx failed (ValueError: '../escaped.tmx' is not the name of one more file)."),
        (twice, "old: the format tmx failed (ValueError: 'old.xml' is not the name of one more file)."),
        (font, "no such font.ttf: cannot be read (No such file or directory). Nothing was changed."),
    ],
)
def test_a_format_that_fails_says_so(
    run: Run, made: list[str], monkeypatch: pytest.MonkeyPatch, write: Any, sentence: str
) -> None:
    monkeypatch.setattr(door, "find_exporter", lambda name: Exporter("tmx", "", write))
    refused(run(*made), 3, sentence)


def test_what_nobody_foresaw_is_one_sentence_too(
    run: Run, made: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(given: object, drafts: bool, tell: object) -> None:
        raise RecursionError("maximum recursion\ndepth exceeded")

    monkeypatch.setattr("align.build.build", build)
    sentence = "This should not have happened: RecursionError: maximum recursion depth exceeded. Please report it"
    refused(run(*made), 3, sentence)
    monkeypatch.setenv("ALIGN_TRACEBACK", "1")
    assert "Traceback (most recent call last):" in run(*made)[2]


BROKEN = {
    "not a corpus": ("", "Both sides agreed.", r"old\.xml: line 1: not well-formed XML"),
    "another root": ("", "<html/>", r"old\.xml: line 1: the root is html, not a TEI corpus\."),
    "cut off": ("</TEI>", "", r"old\.xml: line \d+: not well-formed XML"),
    "external entity": (
        "<TEI", '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<TEI',
        r"old\.xml: line 4: a corpus has no document type and no entities\.",
    ),
    "entity bomb": (
        "<TEI", '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n<TEI',
        r"old\.xml: line 4: a corpus has no document type and no entities\.",
    ),
    "undefined entity": ("Both sides", "Both&nbsp;sides", r"old\.xml: line \d+: not well-formed XML"),
    "id lost": (' xml:id="en.1.s1"', "", r"old\.xml: line \d+: <s>: .* \[grammar; \d+ in all\]"),
    "pointer to nothing": ("#en.1.s1", "#en.9.s1", r"old\.xml: line \d+: <link>: .* \[pointer-dangling; \d+ in all\]"),
    "text edited": ("Both sides", "Both parties", r"old\.xml: line \d+: <s> en\.1\.s1: .* \[trace-text; \d+ in all\]"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_corpus_is_not_exported(run: Run, made: list[str], tmp_path: Path, fault: str) -> None:
    old, new, sentence = BROKEN[fault]
    text = (tmp_path / "dist/old/old.xml").read_text("utf-8")
    assert old in text
    (tmp_path / "old.xml").write_text(text.replace(old, new, 1) if old else new, "utf-8")
    status, out, err = run("export", "old.xml", "--to", "tmx")
    assert (status, out) == (1, "")
    assert re.match(f"align: {sentence}", err), err
    assert err.count("\n") == 1
    assert "root:" not in err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("arguments", [["--out", "pipe"], ["--out", "all.tmx", "--report", "pipe"]])
def test_what_is_no_file_is_not_replaced(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    from test_memory_validate import VALID

    os.mkfifo(tmp_path / "pipe")
    refused(run("merge", VALID, *arguments), 3, "pipe: is a device or a pipe, not a file. Nothing was changed.")
    assert (tmp_path / "pipe").is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_what_a_symbolic_link_leads_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").mkdir()
    link = tmp_path / "near" / "name.txt"
    link.symlink_to("../far/real.txt")
    for text in (b"one", b"two"):
        with door.whole(link.parent) as output, output.open(link.name) as stream:
            stream.write(text)
        assert link.is_symlink()
        assert contents(tmp_path / "far") == {"real.txt": text}
    with pytest.raises(ZeroDivisionError), door.whole(link.parent) as output, output.open(link.name):
        _ = 1 // 0
    assert contents(tmp_path / "far") == {"real.txt": b"two"}

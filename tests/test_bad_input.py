"""What goes wrong is one sentence and an exit status; nothing is half written, nothing before is touched."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
from conftest import EN, ZH, Run

from align import corpus
from align.sources.text import LONGEST_LINE


def refused(told: tuple[int, str, str], status: int, sentence: str) -> None:
    """One line on standard error that begins with the sentence and goes on to say what to do."""
    assert told[0] == status, told
    assert told[1] == ""
    assert re.fullmatch(r"align: [^\n]+[.”…`\w]\n", told[2]), told[2]
    assert told[2].startswith(f"align: {sentence}"), told[2]
    assert len(told[2]) > len(f"align: {sentence}") + 10, "no remedy"


BINARY = random.Random(1).randbytes(3000)
NO_TEXT = [
    (b"", "old.txt: line 1: the file is empty."),
    (b"\xef\xbb\xbf", "old.txt: line 1: the file holds only white space."),
    (b"\xff\xfe", "old.txt: line 1: the file holds only white space."),
    (b" \r\n\t\n", "old.txt: line 1: the file is empty."),
    (BINARY, "old.txt: line 1: this is not a text file"),
    (b"\xff\xfe" + BINARY, "old.txt: line 1: this is not a text file"),
    (EN.encode("utf-32"), "old.txt: line 1: this is not a text file"),
    (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "old.txt: the PDF is damaged or not complete"),
    (b"PK\x03\x04 word/document.xml", "old.txt: the file is damaged"),
    (rb"{\rtf1\ansi Both sides agreed.}", "old.txt: line 1: this is an RTF file"),
    (b"<!DOCTYPE html>\n<script>write('Both sides agreed.')</script>", "old.txt: "),
    (b"Both.\n" + b"Both sides agreed. " * 1_060_000, "old.txt: line 2: a line of 20,140,000 characters"),
]


@pytest.mark.parametrize(("data", "sentence"), NO_TEXT, ids=[said.partition("txt: ")[2] for _, said in NO_TEXT])
def test_a_file_that_is_no_text_is_refused(run: Run, tmp_path: Path, data: bytes, sentence: str) -> None:
    (tmp_path / "old.txt").write_bytes(data)
    refused(run("export", "old.txt"), 1, sentence)
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


def test_a_file_that_is_refused_leaves_what_was_made_of_it_before(run: Run, made: list[str], tmp_path: Path) -> None:
    (tmp_path / "old.en.txt").write_bytes(b"")
    refused(run(*made), 1, "old.en.txt: line 1: the file is empty.")


def test_one_document_that_fails_does_not_stop_the_next(run: Run, tmp_path: Path) -> None:
    for name, text in (("a", ""), ("b", EN)):
        (tmp_path / "input" / name).mkdir(parents=True)
        (tmp_path / "input" / name / "page.txt").write_text(text, "utf-8")
    status, out, err = run("build")
    assert (status, out.splitlines()[0]) == (1, "b")
    assert err.startswith("align: input/a/page.txt: line 1: the file is empty.")


@pytest.mark.parametrize("name", ["docx", "pdf", "tmx"])
@pytest.mark.parametrize("text", ["The two sides met.\n\nThey agreed on much.\n", "12 34\n", "…\n", "水"])
def test_text_without_items_or_in_one_language_is_exported(run: Run, tmp_path: Path, text: str, name: str) -> None:
    (tmp_path / "old.txt").write_text(text, "utf-8")
    status, out, err = run("export", "old.txt", "--to", name)
    assert (status, err) == (0, "")
    assert re.search(r"^  sentences: .* · (zh|en) missing outside items: 1 piece( · tmx: no unit)?$", out, re.M)
    assert ("tmx: no unit" in out) == (name == "tmx")
    assert (tmp_path / f"dist/old/old.{name}").is_file()


def test_only_one_language_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(EN, "utf-8")
    status, out, _ = run("export", "old.txt", "--to", "tmx")
    assert status == 0
    assert "  items: 2 en, 0 zh, 0 aligned · zh missing 1, 2 (2) · tmx: no unit\n" in out


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_broken_bytes_are_kept_in_the_record_and_reported(run: Run, tmp_path: Path, encoding: str) -> None:
    broken = {"utf-8": b"\xe5\x8f\xff\xfe", "gb18030": b"\xbf\xff\xff", "utf-16": b"\x00\xd8"}[encoding]
    data = (EN + ZH * 4).encode(encoding)
    place = data.index("口岸".encode(encoding.replace("16", "16-le")))
    (tmp_path / "old.txt").write_bytes(data[:place] + broken + data[place:])
    status, out, _ = run("export", "old.txt", "--to", "tmx")
    assert status == 0
    assert re.search(r"^  warning: .*stretch.* U\+FFFD .* Save the file again as UTF-8", out, re.M)
    (witness,) = corpus.read(tmp_path / "dist/old/old.xml").witnesses
    assert [bad.bytes_hex for bad in witness.undecodable] == [broken.hex()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5"])
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_encodings_and_line_endings_are_told(run: Run, tmp_path: Path, encoding: str, ending: str) -> None:
    chinese = ZH.translate(str.maketrans("双开个会车将于", "雙開個會車將於")) if encoding == "big5" else ZH
    for name, text in (("old.en.txt", EN), ("old.zh.txt", chinese)):
        (tmp_path / name).write_bytes(text.replace("\n", ending).encode(encoding))
    told = run("build", "old.en.txt", "old.zh.txt")[1]
    assert "items: 2 en, 2 zh, 2 aligned" in told
    detected = {"utf-8-sig": "", "utf-16": "utf-16-le", "big5": "big5hkscs"}.get(encoding, encoding)
    assert (f"old.zh.txt read as {detected}" in told) if detected else "read as" not in told


def test_a_long_line_that_is_not_too_long_is_taken(run: Run, tmp_path: Path) -> None:
    sentence = "Both sides agreed on ports. "
    (tmp_path / "old.txt").write_text(sentence * 3000, "utf-8")
    assert len(sentence) * 3000 < LONGEST_LINE
    assert "sentences: 3000 en" in run("build", "old.txt")[1]


COMMANDS = [
    (["export", "old.en.txt", "--to", "pdx"], "There is no format called 'pdx'."),
    (["export", "old.en.txt", "--to", ","], "--to names no format."),
    (
        ["export", "old.en.txt", "--codes", "en_US"],
        "--codes 'en_US' is not a pair of an English",
    ),
    (["export", "missing.txt"], "missing.txt: there is no such file or folder."),
    (["export", "loop.txt"], "loop.txt: there is no such file or folder."),
    (["export"], "There is no folder input/ here."),
    (["export", "--bogus"], "No such option '--bogus'."),
    (["exprt"], "No such command 'exprt'."),
    (["init"], "Missing argument 'FOLDER'."),
    (["init", "missing"], "missing: there is no such folder."),
    (["validate"], "dist: there is no such file or folder."),
    (["validate", "."], ".: no corpus (.xml) or memory (.tmx) here."),
    (["build", "one/old", "two/old"], "Two documents are called old."),
    (["build", "a:b.txt", "a?b.txt"], "The documents a:b and a?b would both be written to dist/a_b."),
    (["build", "one/old", "--out", "one"], "one/old: results would be put among the sources."),
    (["build", "a\nb.txt"], "'a\\nb': the name holds a character that cannot be written."),
]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
@pytest.mark.parametrize(("arguments", "sentence"), COMMANDS, ids=[said for _, said in COMMANDS])
def test_a_fault_of_the_command_line(run: Run, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    for name in ("old.en.txt", "one/old/old.txt", "two/old/old.txt", "a:b.txt", "a?b.txt", "a\nb.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(EN, "utf-8")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    before = sorted(tmp_path.rglob("*"))
    refused(run(*arguments), 2, sentence)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_named_like_a_file_and_folders_in_circles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").mkdir()
    (tmp_path / "page.txt/again").symlink_to(tmp_path / "page.txt")
    refused(run("export", "page.txt"), 1, "page.txt: no source files here.")
    (tmp_path / "page.txt/old.txt").write_text(EN, "utf-8")
    (tmp_path / "page.txt/more.txt").mkdir()
    assert run("build", "page.txt", "page.txt")[0] == 0


SETTINGS = [
    ("\ncolour = 1\n", "line 2: unknown key `colour`."),
    ('[title]\nfr = "x"\n', "line 2: unknown key `title.fr`."),
    ("[title]\nen = 5\n", "line 2: title.en is 5, not text."),
    ('[title]\nen = "a\\u0001"\n', "line 2: title.en holds a control character."),
    ("title = 5\n", "line 1: title is not a table."),
    ('file = "x"\n', "line 1: file is not a table."),
    ("known = 5\n", "line 1: known is not a table."),
    ('direction = "both"\n', "line 1: direction is 'both'."),
    ('date = "2014-02-30"\n', "line 1: date is '2014-02-30'."),
    ("date = true\n", "line 1: date is true."),
    ("date = 2014-07\n", "line 1: not valid TOML"),
    ('[title]\nen = "x\n', "line 2: not valid TOML"),
    ("x = " + "[" * 4000, "line 1: not valid TOML"),
    ('[[file]]\nname = "page.txt"\nlanguage = 5\n', "line 3: file.language is 5."),
    ('[[file]]\nname = "page.txt"\n[[file]]\nname = "b"\nstanding = "good"\n', "line 4: the file b is not there."),
    ('[[file]]\nname = "page.txt"\n\n[[file]]\nname = "page.txt"\n', "line 5: the file page.txt is listed twice."),
    ('[[file]]\nname = "page.txt"\nstanding = "good"\n', "line 3: file.standing is 'good'."),
    ('[[file]]\nname = "../page.txt"\n', "line 2: file.name is '../page.txt'."),
    ('[[file]]\nurl = "x"\n', "line 1: file.name is ''."),
    ('[[known]]\ntitle = "x"\n', "line 1: a known text needs one language and a title."),
]


@pytest.mark.parametrize(("settings", "sentence"), SETTINGS, ids=[said for _, said in SETTINGS])
def test_a_document_toml_that_is_wrong(run: Run, tmp_path: Path, settings: str, sentence: str) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/page.txt").write_text(EN, "utf-8")
    (tmp_path / "old/document.toml").write_text(settings, "utf-8")
    refused(run("export", "old"), 1, f"old/document.toml: {sentence}")
    assert not (tmp_path / "dist").exists()


def test_a_file_in_another_language_than_declared(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.en.txt").write_text(f"\n{ZH}", "utf-8")
    refused(run("export", "old.en.txt"), 1, "old.en.txt: line 2: declared English, but its text is Chinese.")

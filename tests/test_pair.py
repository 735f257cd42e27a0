"""Two plain files: what is a segment, what is printed, and which file is the English one."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import Run

from align import pair as module
from align.aligner.beads import Bead
from align.pair import align_lines, pair_files

EN = [
    "Both sides opened three ports in 2013.",
    "They will meet again in Geneva on 5 May 2015.",
    "The prices of 40 kinds of steel fell by 12 percent.",
    "The talks were welcomed by everybody.",
]
ZH = [
    "2013年，双方开放了三个口岸。",
    "双方将于2015年5月5日在日内瓦再次会晤。",
    "40种钢材的价格下降了12%。",
    "会谈受到了大家的欢迎。",
]
Files = Callable[..., list[str]]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Writes an English and a Chinese file, from lines or from a text."""

    def write(en: Sequence[str] | str = EN, zh: Sequence[str] | str = ZH) -> list[str]:
        for name, said in (("en.txt", en), ("zh.txt", zh)):
            text = said if isinstance(said, str) else "".join(f"{line}\n" for line in said)
            (tmp_path / name).write_bytes(text.encode("utf-8"))
        return ["en.txt", "zh.txt"]

    return write


def columns(out: str) -> list[list[str]]:
    return [line.split("\t") for line in out.split("\n")[:-1]]


def test_english_chinese_confidence(run: Run, files: Files) -> None:
    status, out, err = run("pair", *files())
    assert (status, err) == (0, "")
    assert [row[:2] for row in columns(out)] == [list(both) for both in zip(EN, ZH, strict=True)]
    assert all(re.fullmatch(r"[01]\.\d{4}", row[2]) for row in columns(out))


def test_beads(run: Run, files: Files) -> None:
    zh = [*ZH[:1], *ZH[2:], "本文由新华社记者三人共同采写。"]
    status, out, _ = run("pair", *files(EN, zh), "--is-split", "--beads")
    assert status == 0
    assert out == "[0]:[0]\n[1]:[]\n[2]:[1]\n[3]:[2]\n[]:[3]\n"


def test_several_segments_of_a_bead_are_joined(run: Run, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    beads = [Bead((0, 1), (0, 1), 0.75), Bead((2,), (), 1.0), Bead((), (2,), 0.1234), Bead((3,), (3,), 1.0)]
    monkeypatch.setattr(module, "align_texts", lambda en, zh, dictionary, glossary: beads)
    out = run("pair", *files(), "--is-split")[1]
    assert out == (
        f"{EN[0]} {EN[1]}\t{ZH[0]}{ZH[1]}\t0.7500\n{EN[2]}\t\t1.0000\n\t{ZH[2]}\t0.1234\n{EN[3]}\t{ZH[3]}\t1.0000\n"
    )
    assert run("pair", *files(), "--is-split", "--beads")[1] == "[0, 1]:[0, 1]\n[2]:[]\n[]:[2]\n[3]:[3]\n"


def test_only_a_line_feed_ends_a_line(run: Run, files: Files) -> None:
    en = f"{EN[0]}\u2028More.\x0bMore.\x85More.\rMore.\r\n{EN[1]}"
    out = run("pair", *files(en, ZH[:2]), "--is-split")[1]
    assert columns(out)[0][0] == f"{EN[0]} More. More. More. More."
    assert [row[1] for row in columns(out)] == ZH[:2]


def test_a_line_that_ends_the_file_is_no_further_line(run: Run, files: Files) -> None:
    for end in ("", "\n", "\r\n"):
        assert run("pair", *files("\n".join(EN) + end), "--is-split", "--beads")[1].count("\n") == 4


def test_tabs_become_blanks(run: Run, files: Files) -> None:
    en = ["1.\tBoth sides opened \t three ports in 2013.", *EN[1:]]
    out = run("pair", *files(en), "--is-split")[1]
    assert columns(out)[0][0] == "1. Both sides opened three ports in 2013."
    assert all(len(row) == 3 for row in columns(out))


def test_blank_lines_are_omissions_and_disturb_nothing(run: Run, files: Files) -> None:
    en = ["", EN[0], "  ", EN[1], EN[2], "\u3000", EN[3]]
    zh = [ZH[0], ZH[1], "\u200b", ZH[2], ZH[3], "", ""]
    out = run("pair", *files(en, zh), "--is-split", "--beads")[1].split()
    linked = ["[1]:[0]", "[3]:[1]", "[4]:[3]", "[6]:[4]"]
    assert [bead for bead in out if "[]" not in bead] == linked
    assert sorted(set(out) - set(linked)) == sorted(["[0]:[]", "[2]:[]", "[5]:[]", "[]:[2]", "[]:[5]", "[]:[6]"])
    assert [bead for bead in out if bead.endswith(":[]")] == ["[0]:[]", "[2]:[]", "[5]:[]"]
    assert out.index("[0]:[]") < out.index("[1]:[0]") < out.index("[2]:[]") < out.index("[3]:[1]")


def test_every_segment_is_in_one_bead() -> None:
    en, zh = ["", *EN, "", "", *EN, ""], [*ZH, "", *reversed(ZH), "", ""]
    beads = align_lines(en, zh)
    assert [i for bead in beads for i in bead.en] == [*range(len(en))]
    assert sorted(j for bead in beads for j in bead.zh) == [*range(len(zh))]


def test_plain_text_is_unwrapped_and_cut(run: Run, files: Files) -> None:
    en = (
        f"Ports and prices\n\n{EN[0]} They will meet again in\nGeneva on 5 May 2015.\n\n"
        "The prices of 40 kinds of\nsteel fell by 12 percent. The talks were\nwelcomed by everybody.\n"
    )
    zh = f"口岸与价格\n\n{ZH[0]}{ZH[1]}\n\n{ZH[2]}{ZH[3]}\n"
    out = run("pair", *files(en, zh))[1]
    assert [row[0] for row in columns(out)] == ["Ports and prices", *EN]
    assert [row[1] for row in columns(out)] == ["口岸与价格", *ZH]
    beads = run("pair", *files(en, zh), "--beads")[1]
    assert beads == "".join(f"[{n}]:[{n}]\n" for n in range(5))


@pytest.mark.parametrize("options", [[], ["--is-split"], ["--beads", "--is-split"]])
def test_either_order_of_the_files(run: Run, files: Files, options: list[str]) -> None:
    en, zh = files(EN, ZH[:3])
    straight = run("pair", en, zh, *options)
    turned = run("pair", zh, en, *options)
    assert turned[:2] == straight[:2]
    assert straight[2] == ""
    assert turned[2] == (
        "align: zh.txt is the Chinese text and en.txt the English; English is printed first all the same.\n"
    )


def test_short_texts_in_either_order(run: Run, files: Files) -> None:
    en, zh = files(["Yes."], ["是。"])
    assert columns(run("pair", zh, en)[1])[0][:2] == ["Yes.", "是。"]


@pytest.mark.parametrize(("lines", "language"), [(EN, "English"), (ZH, "Chinese")])
def test_one_language_twice_is_refused(run: Run, files: Files, lines: list[str], language: str) -> None:
    assert run("pair", *files(lines, lines)) == (
        1, "", f"align: en.txt and zh.txt: both texts are {language}. Give one in English and one in Chinese.\n",
    )  # fmt: skip


def test_a_text_full_of_the_other_language_is_taken(run: Run, files: Files) -> None:
    glossed = [f"{line} ({gloss[:8]})" for line, gloss in zip(EN, ZH, strict=True)]
    assert run("pair", *files(glossed))[0] == 0
    named = [f"{line}（{name[:12]}）" for line, name in zip(ZH, EN, strict=True)]
    assert run("pair", *files(EN, named))[0] == 0


def test_numbers_alone_are_taken_as_given(run: Run, files: Files) -> None:
    numbers = [f"{n}{n}{n}.5" for n in range(1, 6)]
    status, out, err = run("pair", *files(numbers, numbers), "--is-split", "--beads")
    assert (status, err) == (0, "")
    assert out == "".join(f"[{n}]:[{n}]\n" for n in range(5))
    assert run("pair", *files(EN, numbers))[0] == 0
    assert run("pair", *files(["WTO 2014"], ["WTO 2014"]))[0] == 0


@pytest.mark.parametrize("empty", ["", "\n \n"])
def test_one_side_empty(run: Run, files: Files, empty: str) -> None:
    status, out, err = run("pair", *files(empty))
    assert status == 0
    assert [row[:2] for row in columns(out)] == [["", text] for text in ZH]
    assert err == "align: en.txt: holds no text, so that nothing has a counterpart.\n"
    status, out, _ = run("pair", *files(EN, empty), "--beads")
    assert (status, out) == (0, "[0]:[]\n[1]:[]\n[2]:[]\n[3]:[]\n")


def test_nothing_at_all(run: Run, files: Files) -> None:
    for en, zh in (("", ""), ("\n", " \n\n")):
        for options in ([], ["--is-split"]):
            told = run("pair", *files(en, zh), *options)
            assert told == (1, "", "align: en.txt and zh.txt: there is no text to align. Give files that hold text.\n")


def test_texts_that_hardly_answer_each_other(run: Run, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    beads = [Bead((0, 1), (0,), 0.2), Bead((2,), (1,), 0.3), Bead((), (2,), 0.1), Bead((3,), (3,), 0.9)]
    monkeypatch.setattr(module, "align_texts", lambda en, zh, dictionary, glossary: beads)
    status, out, err = run("pair", *files())
    assert (status, out.count("\n")) == (0, 4)
    assert err == (
        "align: en.txt and zh.txt hardly answer each other: 2 of 3 beads are doubtful. "
        "Check that they are the same text, one in English and one in Chinese.\n"
    )
    beads[1] = Bead((2,), (1,), 0.9)
    beads[3] = Bead((3,), (3,), 0.9)
    assert run("pair", *files())[2] == ""
    beads[:] = [*(Bead((i,), (), 0.9) for i in range(4)), *(Bead((), (j,), 0.9) for j in range(4))]
    assert "no sentence has a counterpart." in run("pair", *files())[2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_any_encoding(run: Run, files: Files, tmp_path: Path, encoding: str) -> None:
    names = files()
    (tmp_path / "zh.txt").write_bytes("".join(f"{line}\r\n" for line in ZH).encode(encoding))
    _, out, err = run("pair", *names, "--is-split")
    assert [row[1] for row in columns(out)] == ZH
    said = {"utf-8-sig": "", "utf-16": "align: zh.txt: read as utf-16-le.\n"}
    assert err == said.get(encoding, "align: zh.txt: read as gb18030.\n")


def test_lost_bytes_are_said(run: Run, files: Files, tmp_path: Path) -> None:
    names = files()
    (tmp_path / "zh.txt").write_bytes("\n".join(ZH).encode().replace("钢".encode(), b"\xe9\x92"))
    status, out, err = run("pair", *names)
    assert (status, "40种\ufffd材" in out) == (0, True)
    assert err.startswith("align: zh.txt: 1 place could not be read;")


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["en.txt", "none.txt"], 2, "none.txt: there is no such file."),
        (["en.txt"], 2, "Missing argument"),
        (["-", "-"], 2, "Only one of the two texts can be standard input."),
        (["en.txt", "zh.txt", "--out", "."], 2, ".: is a folder."),
        (["en.txt", "zh.txt", "--out", "./en.txt"], 2, "en.txt: the result would overwrite a text."),
        (["en.txt", "zh.txt", "--glossary", "none.tsv"], 2, "none.tsv: there is no such file."),
        (["en.txt", "a.pdf"], 1, "a.pdf: line 1: this is a PDF, not a text file."),
        (["en.txt", "a.bin"], 1, "a.bin: line 1: this is not a text file (it holds binary data)."),
    ],
)
def test_what_is_refused(
    run: Run, files: Files, tmp_path: Path, arguments: list[str], status: int, sentence: str
) -> None:
    files()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "a.bin").write_bytes(bytes(range(256)))
    told = run("pair", *arguments)
    assert told[:2] == (status, "")
    assert told[2].startswith(f"align: {sentence} ")
    assert told[2].count("\n") == 1
    assert (tmp_path / "en.txt").read_text("utf-8") == "".join(f"{line}\n" for line in EN)


def test_a_file_is_written_whole(run: Run, files: Files, tmp_path: Path) -> None:
    names = files()
    printed = run("pair", *names)[1]
    assert run("pair", *names, "--out", "made/old.tsv") == (0, "", "")
    assert (tmp_path / "made/old.tsv").read_bytes() == printed.encode("utf-8")
    (tmp_path / "zh.txt").write_bytes(b"")
    (tmp_path / "en.txt").write_bytes(b"")
    assert run("pair", *names, "--out", "made/old.tsv")[0] == 1
    assert (tmp_path / "made/old.tsv").read_bytes() == printed.encode("utf-8")
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["old.tsv"]


def test_a_link_stays_one(run: Run, files: Files, tmp_path: Path) -> None:
    (tmp_path / "real.tsv").write_bytes(b"before")
    (tmp_path / "link.tsv").symlink_to("real.tsv")
    assert run("pair", *files(), "--out", "link.tsv")[0] == 0
    assert (tmp_path / "link.tsv").is_symlink()
    assert (tmp_path / "real.tsv").read_text("utf-8").count("\n") == 4


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev here")
def test_a_device_is_not_replaced(files: Files, tmp_path: Path) -> None:
    files()
    assert piped(tmp_path, b"", "en.txt", "zh.txt", "--beads", "--out", "/dev/null").stdout == b""
    assert not Path("/dev/null").is_file()
    command = [sys.executable, "-m", "align", "pair", "en.txt", "zh.txt", "--beads", "--out", "/dev/stdout"]
    with (tmp_path / "log").open("wb") as log:
        log.write(b"before\n")
        log.flush()
        subprocess.run(command, stdout=log, cwd=tmp_path, timeout=60, check=True)
    assert (tmp_path / "log").read_bytes().startswith(b"before\n[0]:[0]\n")


def piped(folder: Path, data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "align", "pair", *arguments]
    return subprocess.run(command, input=data, capture_output=True, cwd=folder, timeout=60)


def test_a_dash_is_standard_input(files: Files, tmp_path: Path) -> None:
    names = files()
    made = piped(tmp_path, (tmp_path / "zh.txt").read_bytes(), "en.txt", "-").stdout
    assert made == piped(tmp_path, b"", *names).stdout
    assert made.count(b"\n") == 4
    turned = piped(tmp_path, (tmp_path / "en.txt").read_bytes(), "zh.txt", "-")
    assert turned.stdout == made
    assert turned.stderr.startswith(b"align: zh.txt is the Chinese text and standard input the English;")
    assert piped(tmp_path, b"\x00\x01", "en.txt", "-").stderr.startswith(b"align: standard input: line 1: this is not")


def test_a_closed_pipe_ends_quietly(files: Files, tmp_path: Path) -> None:
    names = files([f"{n}. {EN[0]}" for n in range(800)], [f"{n}、{ZH[0]}" for n in range(800)])
    code = (
        "import os, sys\n"
        "from align import pair\n"
        "from align.aligner.beads import Bead\n"
        "pair._beads = lambda en, zh, glossary: [Bead((n,), (n,), 1.0) for n in range(800)]\n"
        "read, write = os.pipe(); os.dup2(write, 1); os.close(write); os.close(read)\n"
        "from align.cli import main\n"
        "sys.exit(main(['pair', '--is-split', *sys.argv[1:]]))\n"
    )
    shown = subprocess.run([sys.executable, "-c", code, *names], cwd=tmp_path, capture_output=True, timeout=60)
    assert (shown.returncode, shown.stderr) == (3, b"")


def test_nothing_heavy_is_imported(files: Files, tmp_path: Path) -> None:
    code = (
        "import sys; from align.cli import main; status = main(['pair', *sys.argv[1:]])\n"
        "print([name for name in ('lxml', 'reportlab', 'docx', 'opencc', 'fontTools') if name in sys.modules], status)"
    )
    shown = subprocess.run([sys.executable, "-c", code, *files()], cwd=tmp_path, capture_output=True, timeout=60)
    assert shown.stdout.endswith(b"\n[] 0\n")


def test_the_same_from_python(files: Files, tmp_path: Path) -> None:
    en, zh = (tmp_path / name for name in files())
    paired = pair_files(zh, en, is_split=True)
    assert (paired.en, paired.zh) == (tuple(EN), tuple(ZH))
    assert [(bead.en, bead.zh) for bead in paired.beads] == [((n,), (n,)) for n in range(4)]

"""Tables, lines, links, units and Markdown: each is read back by a reader that is not ours."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import IO, cast

import pytest
from conftest import EN, ZH, Run, needs, shared
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.build import build
from align.editions import edition
from align.export import Options, find_exporter
from align.exporters.csv import FORMULA, cell
from align.exporters.md import bold, opened, plain
from align.model import (
    Bitext,
    Block,
    Document,
    Link,
    Mark,
    Meta,
    Reading,
    Ruling,
    Segment,
    Verdict,
    Witness,
    reading,
    segments,
)
from align.sources.documents import Input, InputFile
from align.verdicts import together
from align.wishes import Memory

FORMATS = ("csv", "jsonl", "md", "moses", "tsv", "xces", "xliff")
STREAMS = ("csv", "jsonl", "moses", "tsv", "xces", "xliff")
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
COLUMNS = ["document", "item", "english", "chinese", "confidence", "status", "flags", "en_ids", "zh_ids", "standing"]


def exported(bitexts: Bitext | Iterable[Bitext], name: str, options: Options | None = None) -> dict[str, bytes]:
    made: dict[str, bytes] = {}

    @contextmanager
    def keep(file: str) -> Iterator[IO[bytes]]:
        stream = io.BytesIO()
        yield stream
        made[file] = stream.getvalue()

    given = [bitexts] if isinstance(bitexts, Bitext) else bitexts
    find_exporter(name).write(given, options or Options("made"), keep)
    return made


def table(bitext: Bitext, name: str = "csv") -> list[dict[str, str]]:
    data = exported(bitext, name)[f"made.{name}"].decode("utf-8-sig" if name == "csv" else "utf-8")
    rows = csv.DictReader(io.StringIO(data, newline=""), dialect="excel" if name == "csv" else "excel-tab")
    assert rows.fieldnames == COLUMNS
    return list(rows)


def objects(bitext: Bitext) -> list[dict[str, object]]:
    return [json.loads(line) for line in exported(bitext, "jsonl")["made.jsonl"].decode().splitlines()]


Row = tuple[str, str, tuple[str, ...]]
ROWS: tuple[Row, ...] = (
    ("Whole & <good>.", "全。", ()),
    ("=1+1", "＝1＋1", ()),
    ('-5 to +5, "so"\tand\nso', "@全，\x0c断", ()),
    ("Cut off and", "中断", ("truncated",)),
    ("Alone.", "", ("omitted",)),
    ("", "独有。", ("missing",)),
    ("Other.", "别的。", ("suspect",)),
    ("Doubt.", "存疑。", ("doubtful", "crossing")),
    ("Line\u2028end.", "行\x85末。", ()),
)


def bitext(*rows: Row, standing: str = "official", tag: str = "zh-Hans") -> Bitext:
    """An item with a title and a sentence for each row, a link for each."""
    numbered = list(enumerate(rows or ROWS, 1))
    en = tuple(Segment(f"en.1.s{n}", e, truncated="truncated" in f) for n, (e, _, f) in numbered if e)
    zh = tuple(Segment(f"zh.1.s{n}", z) for n, (_, z, _) in numbered if z)
    links = tuple(
        Link((f"en.1.s{n}",) if e else (), (f"zh.1.s{n}",) if z else (), 0.9, flags=f) for n, (e, z, f) in numbered
    )
    title = Segment("en.1.h.s1", "Title"), Segment("zh.1.h.s1", "題目", (Reading(0, 2, "题目"),))
    blocks = (
        Block("en.1", "item", "1", heading=title[:1], delimiter=Mark(": "), segments=en, witness="w"),
        Block("zh.1", "item", "1", heading=title[1:], delimiter=Mark("："), segments=zh, witness="w"),
    )
    return Bitext(
        Meta("made"),
        Document("en", "en", (Block("en.s1", "section", heading=(Segment("en.s1.h", "Part"),), blocks=blocks[:1]),)),
        Document("zh", tag, (Block("zh.s1", "section", heading=(Segment("zh.s1.h", "部分"),), blocks=blocks[1:]),)),
        (Witness("w", "made.txt", "0" * 64, "utf-8", standing=standing),),
        (Link(("en.s1.h",), ("zh.s1.h",)), Link(("en.1.h.s1",), ("zh.1.h.s1",)), *links),
    )


def texts(document: Document) -> dict[str, str]:
    return {segment.id: reading(segment) for segment in segments(document)}


def spelled(text: str) -> str:
    return text.replace("\x0c", "[U+000C]")


@pytest.mark.parametrize("name", FORMATS)
def test_the_bytes_are_the_same_each_time(name: str, charter: Bitext, sed6: Bitext) -> None:
    both = [charter, sed6]
    assert exported(both, name) == exported(iter(both), name)


@pytest.mark.parametrize("name", STREAMS)
def test_memory_does_not_grow_with_what_is_written(name: str) -> None:
    made = bitext(*ROWS * 20)
    numbered = replace(made, links=made.links[:2])

    @contextmanager
    def drop(_: str) -> Iterator[IO[bytes]]:
        yield cast(IO[bytes], Sink())

    def peak(times: int) -> int:
        gc.collect()
        tracemalloc.start()
        find_exporter(name).write(repeat(numbered, times), Options("made"), drop)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(1)
    assert peak(1000) < 2 * peak(100) + 100_000, "what a garbage collector leaves is no growth"


class Sink(io.RawIOBase):
    """A file that keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return len(cast(bytes, data))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("standing", ["official", "machine"])
def test_nothing_to_say_is_said_without_fault(name: str, standing: str) -> None:
    empty = Bitext(Meta("made"), Document("en", "en"), Document("zh", "zh-Hans"))
    assert exported(empty, name)
    assert exported([], name) or name == "md"


@pytest.mark.parametrize("name", ["moses", "xces"])
def test_several_files_are_not_printed_as_one(name: str, run: Run, tmp_path: Path) -> None:
    for lang, text in (("en", EN), ("zh", ZH)):
        (tmp_path / f"old.{lang}.txt").write_text(text, "utf-8")
    status, out, err = run("export", "old.en.txt", "old.zh.txt", "--to", name, "--out", "-")
    assert (status, out) == (2, "")
    assert "this format has several" in err


# Tables


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_table_has_a_row_for_each_bead(name: str, sed6: Bitext) -> None:
    rows = table(sed6, name)
    assert [(row["en_ids"].split(), row["zh_ids"].split()) for row in rows] == [
        (list(link.en), list(link.zh)) for link in sed6.links
    ]
    last = rows[-1]
    assert (last["item"], last["standing"], last["status"], last["flags"]) == ("60", "reprint", "auto", "")
    assert "，就数字能源交换意见，" in last["chinese"]
    assert {row["flags"] for row in rows if row["item"] == "37"} == {"missing truncated"}
    assert next(row["english"] for row in rows if row["item"] == "36").startswith("China-U.S. Sister Cities: Welcomed")


def test_excel_knows_the_encoding_by_the_byte_order_mark(charter: Bitext) -> None:
    assert exported(charter, "csv")["made.csv"].startswith(b"\xef\xbb\xbfdocument,item,")
    assert exported(charter, "tsv")["made.tsv"].startswith(b"document\titem\t")


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_no_cell_is_a_formula_and_every_text_comes_back(name: str) -> None:
    rows = table(bitext(), name)[2:]
    assert [(row["english"], row["chinese"]) for row in rows[1:3]] == [
        ("'=1+1", "'＝1＋1"),
        ('\'-5 to +5, "so"\tand\nso', "'@全，[U+000C]断"),
    ]
    back = [(uncell(row["english"]), uncell(row["chinese"])) for row in rows]
    assert back == [(e, spelled(z)) for e, z, _ in ROWS]
    assert [row["flags"].split() for row in rows] == [list(flags) for _, _, flags in ROWS]


def uncell(text: str) -> str:
    """What the documentation of `cell` promises."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


@given(st.text("'=+-@＝ \t\r\na1", max_size=6))
def test_the_apostrophe_can_be_taken_off_again(text: str) -> None:
    assert uncell(cell(text)) == text
    assert cell(text).lstrip()[:1] not in [*"=+-@＝＋－＠"]
    assert cell(text)[:1] not in ["\t", "\r", "\n"]


def test_libreoffice_reads_the_table_as_text(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    office = needs("soffice")
    made = bitext()
    (tmp_path / "made.csv").write_bytes(exported(made, "csv")["made.csv"])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--infilter=CSV:44,34,76,1", "made.csv"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    if not (tmp_path / "made.xlsx").exists():
        pytest.skip("this LibreOffice has no Calc")
    first, *rows = openpyxl.load_workbook(tmp_path / "made.xlsx").active.iter_rows()
    assert [held.value for held in first] == COLUMNS
    assert not [held.coordinate for row in rows for held in row if held.data_type == "f"]
    assert [str(row[2].value or "") for row in rows] == [row["english"] for row in table(made)]


# JSON Lines


def test_every_object_has_the_same_keys_in_order(sed6: Bitext) -> None:
    lines = exported(sed6, "jsonl")["made.jsonl"].decode().split("\n")[:-1]
    assert len(lines) == len(sed6.links)
    keys = {tuple(json.loads(line)) for line in lines}
    assert len(keys) == 1
    assert list(*keys) == sorted(*keys)


def test_an_object_says_what_is_printed_and_what_is_read(sed6: Bitext) -> None:
    *_, title, last = objects(sed6)
    assert title["chinese_printed"] is None
    assert "，就数字能源" in str(last["chinese"])
    assert ",就数字能源" in str(last["chinese_printed"])
    assert (last["item"], last["section"]) == ("60", ["Cooperation on Energy and Climate Change"])
    assert (last["chinese_lang"], last["english_lang"], last["chinese_standing"]) == ("zh-Hans", "en", "reprint")


def test_an_object_says_who_decided_what_when_and_why() -> None:
    made = bitext()
    first = made.links[-1]
    link = replace(first, status="confirmed", verdict=Verdict("Li", "2026-03-01", "Seen."))
    remark = Verdict("Cai", "2026-03-02", "Is it?", is_remark=True)
    link = replace(link, verdict=together([link.verdict, Verdict("Bob"), remark]))
    rulings = (Ruling("cut", (*first.en, *first.zh), Verdict("王莉")), Ruling("link", (), Verdict(), "x", "gone"))
    *others, last = objects(replace(made, links=(*made.links[:-1], link), rulings=rulings))
    ids = [*first.en, *first.zh]
    assert last["decisions"] == [
        {"do": "link", "ids": ids, "by": "Li", "on": "2026-03-01", "note": "Seen."},
        {"do": "link", "ids": ids, "by": "Bob", "on": None, "note": None},
        {"do": "note", "ids": ids, "by": "Cai", "on": "2026-03-02", "note": "Is it?"},
        {"do": "cut", "ids": ids, "by": "王莉", "on": None, "note": None},
    ]
    assert [each["decisions"] for each in others] == [[]] * len(others)


def test_an_object_says_what_is_not_there() -> None:
    found = objects(bitext())[2:]
    assert [(each["english"] or "", each["chinese"] or "") for each in found] == [(e, z) for e, z, _ in ROWS]
    assert [each["flags"] for each in found] == [list(flags) for _, _, flags in ROWS]
    assert (found[3]["english_truncated"], found[3]["chinese_truncated"]) == (["en.1.s4"], [])
    assert (found[4]["chinese"], found[4]["chinese_ids"], found[4]["chinese_standing"]) == (None, [], None)


def test_half_of_a_surrogate_pair_comes_back() -> None:
    assert objects(bitext(("Half \ud83d.", "半。", ())))[2]["english"] == "Half \ud83d."


# Moses


@pytest.mark.parametrize("name", ["sed6", "charter"])
def test_the_lines_are_the_units_of_the_memory(name: str, request: pytest.FixtureRequest) -> None:
    held = request.getfixturevalue(name)
    units = etree.fromstring(exported(held, "tmx")["made.tmx"]).iter("tu")
    pairs = [tuple(seg.text for seg in unit.iter("seg")) for unit in units]
    found = lines(held)
    assert found == [pair for pair in pairs if pair in found]
    assert len(found) == sum(not link.flags or link.flags == ("crossing",) for link in held.links)


def lines(bitext: Bitext) -> list[tuple[str, str]]:
    made = exported(bitext, "moses")
    en, zh = (made[f"made.{lang}"].decode() for lang in ("en", "zh"))
    assert en.splitlines() == en.split("\n")[:-1]
    return list(zip(en.splitlines(), zh.splitlines(), strict=True))


def test_a_pair_stays_on_its_line_and_what_is_not_sure_is_left_out() -> None:
    assert lines(bitext())[2:] == [
        ("Whole & <good>.", "全。"),
        ("=1+1", "＝1＋1"),
        ('-5 to +5, "so" and so', "@全， 断"),
        ("Line end.", "行 末。"),
    ]


# XCES


def test_the_links_name_what_is_in_the_documents(sed6: Bitext) -> None:
    made = exported(sed6, "xces")
    group = etree.fromstring(made["made.xces"])[0]
    names = group.get("fromDoc"), group.get("toDoc")
    assert names == ("made.en.xces", "made.zh.xces")
    held = [{s.get("id"): s.text for s in etree.fromstring(made[name]).iter("s")} for name in names]
    assert held == [texts(document) for document in sed6.documents]
    said = [link.get("xtargets", "").split(";") for link in group]
    assert [(a.split(), b.split()) for a, b in said] == [(list(link.en), list(link.zh)) for link in sed6.links]
    assert group[1].get("flags") == "missing"
    assert {s.get("part") for s in etree.fromstring(made["made.en.xces"]).iter("s")} == {None, "I"}


@pytest.mark.parametrize("name", ["sed6", "charter", "made"])
def test_opus_read_gives_the_pairs_back(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    pytest.importorskip("opustools", reason="opustools is not installed")
    held = bitext(*ROWS[:2], *ROWS[3:8]) if name == "made" else request.getfixturevalue(name)
    for file, data in exported(held, "xces").items():
        (tmp_path / file).write_bytes(data)
    read = [
        sys.executable,
        "-c",
        "from opustools import OpusRead; import sys; OpusRead(**eval(sys.argv[1])).printPairs()",
    ]
    wish = {
        "directory": "made", "source": "en", "target": "zh", "alignment_file": "made.xces", "preprocess": "raw",
        "write_mode": "moses", "write": ["out.en", "out.zh"], "download_dir": ".", "suppress_prompts": True,
    }  # fmt: skip
    subprocess.run([*read, repr(wish)], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    sides = [texts(document) for document in held.documents]
    out = [(tmp_path / f"out.{lang}").read_text("utf-8").split("\n")[:-1] for lang in ("en", "zh")]
    assert list(zip(*out, strict=True)) == [
        tuple(" ".join(side[i].strip() for i in ids) for side, ids in zip(sides, (link.en, link.zh), strict=True))
        for link in held.links
    ]


# XLIFF


def units(bitext: Bitext, options: Options | None = None) -> list[etree._Element]:
    return list(etree.fromstring(exported(bitext, "xliff", options)["made.xlf"]).iter(f"{XLIFF}trans-unit"))


@pytest.mark.parametrize("name", ["sed6", "charter", "made", "converted"])
def test_valid_by_the_schema(name: str, request: pytest.FixtureRequest) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared("schemas/xliff-core-1.2-strict.xsd"))))
    known = {"made": lambda: bitext(), "converted": lambda: edition(bitext(), "zh-Hant-TW")}
    held = known[name]() if name in known else request.getfixturevalue(name)
    tree = etree.fromstring(exported([held, held], "xliff")["made.xlf"])
    assert schema.validate(tree), schema.error_log


def test_a_unit_is_in_its_state() -> None:
    made = bitext()
    confirmed = replace(made, links=(*made.links[:2], replace(made.links[2], status="confirmed"), *made.links[3:]))
    found = units(confirmed)[2:]
    states = [unit.find(f"{XLIFF}target").get("state") for unit in found]  # type: ignore[union-attr]  # all have one
    doubt = "needs-review-translation"
    assert states == [
        "final",
        "translated",
        "translated",
        doubt,
        "needs-translation",
        doubt,
        doubt,
        doubt,
        "translated",
    ]
    assert [unit.get("approved") for unit in found] == ["yes", *[None] * 8]
    assert [unit.findtext(f"{XLIFF}note", "").split(":")[0] for unit in found] == [
        *("", "", "", "Truncated", "Omitted", "Missing", "Suspect", "Doubtful", "")
    ]
    assert [unit.get("translate") for unit in found] == [*[None] * 5, "no", *[None] * 3]


def test_a_draft_is_never_taken_for_more() -> None:
    target = units(bitext(ROWS[0], standing="machine"))[2].find(f"{XLIFF}target")
    assert target is not None
    assert (target.get("state"), target.get("state-qualifier")) == ("needs-review-translation", "mt-suggestion")
    notes = [unit.findtext(f"{XLIFF}note", "") for unit in units(bitext(ROWS[0], standing="machine"))[1:]]
    assert all(note.startswith("Machine draft, unreviewed, not official") for note in notes)
    assert {row["standing"] for row in table(bitext(ROWS[0], standing="machine"))[1:]} == {"machine"}
    assert lines(bitext(ROWS[0], standing="machine")) == [("Part", "部分")]


def test_languages_by_edition_and_by_wish() -> None:
    def codes(held: Bitext, options: Options | None = None) -> tuple[str | None, str | None]:
        file = etree.fromstring(exported(held, "xliff", options)["made.xlf"])[0]
        return file.get("source-language"), file.get("target-language")

    assert codes(bitext()) == ("en-US", "zh-CN")
    assert codes(bitext(tag="zh-Hant")) == ("en-US", "zh-TW")
    assert codes(bitext(), Options("made", "en-GB", "zh-SG")) == ("en-GB", "zh-SG")


def test_the_source_is_the_language_it_was_written_in() -> None:
    made = replace(bitext(), meta=Meta("made", direction="zh>en"))
    for held, options in ((made, None), (bitext(), Options("made", memory=Memory(direction="zh-en")))):
        file = etree.fromstring(exported(held, "xliff", options)["made.xlf"])[0]
        assert (file.get("source-language"), file.get("target-language")) == ("zh-CN", "en-US")
        found = units(held, options)[2:]
        assert (found[0].findtext(f"{XLIFF}source"), found[0].findtext(f"{XLIFF}target")) == ("全。", "Whole & <good>.")
        states = [unit.find(f"{XLIFF}target").get("state") for unit in found]  # type: ignore[union-attr]  # all have one
        assert states[5] == "needs-translation"
        assert [unit.get("translate") for unit in found][4:6] == ["no", None]


def test_lines_obey_the_wishes_for_a_memory() -> None:
    made = bitext(ROWS[0], ROWS[1])
    confirmed = replace(made, links=(*made.links[:3], replace(made.links[3], status="confirmed")))
    for memory, count in ((Memory(), 4), (Memory(status="confirmed"), 1), (Memory(confidence=0.95), 2)):
        told: list[str] = []
        options = Options("made", memory=memory, tell=told.append)
        assert len(exported(confirmed, "moses", options)["made.en"].splitlines()) == count
        assert told == ([f"left out {4 - count} pairs, as asked for"] if count < 4 else [])
    official = Options("made", memory=Memory(standing="official"))
    assert exported(bitext(ROWS[0], standing="unknown"), "moses", official)["made.en"] == b""
    assert exported(edition(bitext(ROWS[0]), "zh-Hant-TW"), "moses", official)["made.en"] == b""


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", ["sed6", "made"])
def test_translate_toolkit_reads_the_units(name: str, request: pytest.FixtureRequest) -> None:
    xliff = pytest.importorskip("translate.storage.xliff", reason="translate-toolkit is not installed")
    held = bitext() if name == "made" else request.getfixturevalue(name)
    store = xliff.xlifffile.parsestring(exported(held, "xliff")["made.xlf"])
    rows = table(held)
    assert (store.sourcelanguage, store.targetlanguage) == ("en-US", "zh-CN")
    assert [(str(unit.source or ""), str(unit.target or "")) for unit in store.units] == [
        (uncell(row["english"]), uncell(row["chinese"])) for row in rows
    ]
    doubtful = [bool(set(row["flags"].split()) - {"crossing"}) and bool(row["chinese"]) for row in rows]
    assert [unit.isreview() for unit in store.units] == doubtful
    assert [unit.istranslatable() for unit in store.units] == [bool(row["english"]) for row in rows]
    assert not any(unit.isapproved() for unit in store.units)
    assert [bool(unit.getnotes()) for unit in store.units] == [bool(row["flags"]) for row in rows]


def test_what_is_exported_can_be_aligned_again(sed6: Bitext, tmp_path: Path) -> None:
    """Our own reader takes the units as they are, and each side alone where the other is missing."""
    path = tmp_path / "made.xlf"
    path.write_bytes(exported(sed6, "xliff")["made.xlf"])
    again = build(Input("again", (InputFile(path),)))
    for before, after in zip(sed6.documents, again.documents, strict=True):
        flat = ["".join("".join(texts(document).values()).split()) for document in (before, after)]
        assert flat[1].replace(":", "").replace("：", "") == flat[0].replace(":", "").replace("：", "")


# Markdown


def rendered(text: str) -> str:
    """What a reader of CommonMark shows, as one line."""
    from html import unescape

    from markdown_it import MarkdownIt

    html = MarkdownIt().render(text)
    return " ".join(unescape(re.sub(r"</?(?:strong|em)>", "", html).replace("<", "\n<")).split())


@pytest.mark.parametrize("name", ["sed6", "charter"])
def test_every_sentence_is_in_the_markdown(name: str, request: pytest.FixtureRequest) -> None:
    held = request.getfixturevalue(name)
    text = exported(held, "md")["made.md"].decode()
    shown = rendered(text)
    for document in held.documents:
        assert not [said for said in texts(document).values() if " ".join(said.split()) not in shown]
    assert "**" not in shown


def test_what_is_missing_or_doubtful_is_said_in_the_markdown(sed6: Bitext) -> None:
    shown = rendered(exported(sed6, "md")["made.md"].decode())
    assert "Items 36–41: no Chinese text is held; English only." in shown
    assert "[the source text stops here]" in shown
    made = rendered(exported(bitext(), "md")["made.md"].decode())
    assert "It is doubtful that these answer each other: “Doubt.”" in made
    assert "〔中文文本无此句〕" in made
    assert "Cut off and […] [the source text stops here]" in made


def test_one_language_alone(sed6: Bitext) -> None:
    text = exported(sed6, "md", Options("made", layout="zh"))["made.md"].decode()
    assert "数字能源战略合作" in text
    assert "Sub-National" not in text
    assert "Held a workshop" not in text


HOSTILE = ("# no heading", "1. no list", "- no list", "*no*", "[no](link)", "<b>no</b>", "&amp;", "`no`", "===", "> no",
           "a_b_c", "![no](x)", "\\*", "~~no~~", "12) no", "+ no", "***", "C #", "no  ", "---")  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_text_is_text(text: str) -> None:
    from html import escape

    from markdown_it import MarkdownIt

    line = " ".join(text.split())
    html = MarkdownIt("gfm-like", {"linkify": False}).render(opened(plain(text)))
    assert html == f"<p>{escape(line)}</p>\n"


PIECE = st.text("a国 “”：:.*", max_size=4)


@given(PIECE, st.text("a国“”：:.", min_size=1, max_size=5), PIECE)
def test_a_title_is_bold_whatever_stands_beside_it(before: str, title: str, after: str) -> None:
    from markdown_it import MarkdownIt

    said = plain(before, False) + bold(title, before[-1:], after[:1]) + plain(after, False)
    html = MarkdownIt().render(f"x {said} x")
    assert re.sub("</?strong>", "", html) == f"<p>x {before}{title}{after} x</p>\n"
    assert ("<strong>" in html) == bool(re.search("[a国]", title)) or not re.search("[a国]", title)


# Editions


@pytest.mark.parametrize("name", ["csv", "jsonl", "md", "tsv", "xces", "xliff"])
def test_a_converted_edition_says_so(name: str, sed6: Bitext) -> None:
    made = b"".join(exported(edition(sed6, "zh-Hant-TW"), name).values()).decode()
    assert "「數字能源」" in made
    assert re.search("converted", made)
    plainly = b"".join(exported(sed6, name).values()).decode()
    assert "converted automatically" not in plainly
    assert ", converted" not in plainly

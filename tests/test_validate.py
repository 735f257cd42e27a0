"""Corpora written here and corpora broken here -> what validation says of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from align.build import build
from align.corpus import write
from align.errors import DataError
from align.sources.documents import find_documents
from align.validate import MOST, rules, validate

HERE = Path(__file__).parent
ROOT = HERE.parent
VALID = HERE / "data" / "valid.xml"
INVALID = sorted((HERE / "invalid").glob("*.xml"))
SHARED = Path(os.environ.get("ALIGN_SHARED", ROOT.parent / "shared"))
TEI_ALL = SHARED / "schemas" / "tei_all.rng"

SOURCES = {
    "both": ("1. Ports: Open two.\n2. Trains: Run them. Run more.\n", "1、港口:开放两个,今年完成。\n3、桥梁:建桥。\n"),
    "points": ("Opening:\n(a) one;\n(b) two points.\n1. Ports are open.\nClosing.\n", "1、港口开放。\n2、列车开行。\n"),
    "sections": ("# Rules\n\n## Ports\n\n1. Open.\n\n## Trains\n\n2. Run.\n", "# 规则\n\n## 港口\n\n1. 开放。\n"),
    "headings": ("# A\n\nSome text is here.\n", "# 长标题，有1234、56789和2014年，还有更多更多的字\n\n这里有字。\n"),
    "regrouped": (
        "Chapter 1 Ports\n1. Open ports.\nChapter 2 Trains\n2. Run trains.\nChapter 3 Other\n3. Run more.\n",
        "第一章 港口\n1、开放港口。\n2、开行列车。\n第二章 其他\n3、增开列车。\n",
    ),
    "pages": ("Page one has\x0bsome text here.\n\x0cPage two has more.\n", "第一页有字。\n\x0c第二页有更多的字。\n"),
    "english": ("1. First item.\n2. Second item here.\n3. Third item.\n", ""),
}  # fmt: skip


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    text = VALID.read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    made = tmp_path / "corpus.xml"
    made.write_text(text, "utf-8")
    return made


def written(tmp_path: Path, name: str) -> Path:
    """What the writer makes of one of SOURCES."""
    suffix = "md" if SOURCES[name][0].startswith("#") else "txt"
    for lang, text in zip(("en", "zh"), SOURCES[name], strict=True):
        if text:
            (tmp_path / f"{lang}.{suffix}").write_text(text, "utf-8")
    made = tmp_path / f"{name}.xml"
    made.write_bytes(write(build(find_documents([tmp_path])[0])))
    return made


def jing(*paths: Path) -> str:
    """What jing finds against tei_all."""
    if not shutil.which("jing"):
        pytest.skip("jing is not installed")
    if not TEI_ALL.is_file():
        pytest.skip(f"no {TEI_ALL}; set ALIGN_SHARED")
    return subprocess.run(["jing", str(TEI_ALL), *map(str, paths)], capture_output=True, text=True).stdout


def test_a_valid_corpus_has_no_findings() -> None:
    assert validate(VALID) == []


def test_there_is_one_broken_corpus_for_each_rule() -> None:
    assert len(set(rules())) == len(rules())
    assert {path.stem for path in INVALID} == set(rules())


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_broken_corpus_is_refused_by_the_rule_it_is_named_after_and_by_no_other(path: Path) -> None:
    found = validate(path)
    assert {finding.rule for finding in found} == {path.stem}
    assert {finding.severity for finding in found} == {"error"}
    for finding in found:
        assert re.fullmatch(rf"{re.escape(str(path))}: line \d+: <\w+>( \S+)?", finding.where)
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")


@pytest.mark.parametrize("name", SOURCES)
def test_what_the_writer_makes_is_valid(name: str, tmp_path: Path) -> None:
    assert [finding for finding in validate(written(tmp_path, name)) if finding.severity == "error"] == []


GRAMMAR_CASES = [
    (' cert="0.97"', "", "<link>", "Attribute cert is missing."),
    (' cert="0.97"', ' cert="high"', "<link>", "Attribute cert has a value that the grammar does not know: “high”."),
    (' cert="0.97"', ' cert="0.97" n="2"', "<link>", "Attribute n is not allowed here."),
    ('<gap reason="truncated"/>', "", "<s> en.2.s1", "What stands in <s> is not complete or not in order."),
    (' part="I"', "", "<s> en.2.s1", "<gap> (line 72) is not allowed here."),
    ("Ships sail daily.", "Ships <hi>sail</hi> daily.", "<hi>", "<hi> is not an element of this corpus."),
    ("</s> <s", "</s> and <s", "<p> en.1.p1", "Text is not allowed in <p>."),
    ('"sha256">', '"sha256">x', "<idno>", "The text has a value that the grammar does not know: “x"),
    ('<gap xml:id="zh.2', '<p xml:id="zh.2.p1"/><gap xml:id="zh.2', "<div> zh.2", "<gap> zh.2.s1.gap (line 83) is not"),
    ('when="2014-07-14"', 'when="2014-13-14"', "<date>", "Attribute when has a value that the grammar does not know"),
    (' target="#en.1.h.s1"/>', "/>", "<span>", "Attribute target is missing."),
]


@pytest.mark.parametrize(("old", "new", "place", "said"), GRAMMAR_CASES)
def test_a_fault_of_grammar_names_the_innermost_element_and_says_what_is_wrong(
    old: str, new: str, place: str, said: str, tmp_path: Path
) -> None:
    first = next(finding for finding in validate(changed(tmp_path, (old, new))) if finding.rule == "grammar")
    assert first.where.endswith(f": {place}")
    assert first.message.startswith(said)


def test_grammar_and_rules_both_run(tmp_path: Path) -> None:
    path = changed(tmp_path, ('cert="0.97"', 'cert="x"'), ('unit="link" quantity="4"', 'unit="link" quantity="7"'))
    assert [finding.rule for finding in validate(path)] == ["grammar", "extent-counts"]


def test_of_many_faults_the_first_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    found = validate(changed(tmp_path, ("</linkGrp>", "<ptr/>" * (MOST + 5) + "</linkGrp>")))
    assert len(found) == MOST + 1
    assert found[-1].message == "And 5 more."


RULED = (
    '<listAnnotation type="decisions"><note type="decision" subtype="cut" target="{}" resp="#editor"/></listAnnotation>'
)
RULE_CASES = [
    ("link-targets", "</linkGrp>", f"</linkGrp>{RULED.format('#en.1.s1 #en.1.p1')}"),
    ("pointer-dangling", "</linkGrp>", f"</linkGrp>{RULED.format('#en.1.s1 #en.9.s1')}"),
    ("grammar", "</linkGrp>", f"</linkGrp>{RULED.format('#link.en.1.s1')}"),
    ("linked-once", "#en.1.s1 #zh.1.s1", "#en.1.h.s1 #zh.1.s1"),
    ("linked-once", "#en.1.s2 #zh.1.s2.gap", "#en.1.s2 #zh.1.s1"),
    ("bead-type", "#en.1.s1 #zh.1.s1", "#en.1.s1 #en.1.s2 #zh.1.s1"),
    ("bead-type", '#bead.missing #status.auto #status.truncated"', '#bead.n-m #status.auto #status.truncated"'),
    ("status-truncated", '"#bead.omitted #status.auto"', '"#bead.omitted #status.auto #status.truncated"'),
    ("pointer-dangling", 'corresp="#w1"', 'corresp="#w2"'),
    ("pointer-dangling", '<category xml:id="status.auto"><catDesc>made by the program</catDesc></category>', ""),
    ("extent-counts", 'unit="item" quantity="2"', 'unit="item" quantity="1"'),
    ("trace-partition", 'n="0-3"', 'n="1-4"'),
    ("trace-partition", 'n="3-8"', 'n="3-9"'),
    ("trace-length", ">2. </span>", ">2.</span>"),
    ("trace-text", "<label>1. </label>", "<label>1.  </label>"),
    ("trace-text", "港口</s>", "港口们</s>"),
    ("trace-text", ' subtype="space"', ' subtype="nothing"'),
]


@pytest.mark.parametrize(("rule", "old", "new"), RULE_CASES)
def test_a_rule_is_broken_in_more_ways_than_one(rule: str, old: str, new: str, tmp_path: Path) -> None:
    assert rule in {finding.rule for finding in validate(changed(tmp_path, (old, new)))}


def test_a_decision_on_sentences_is_valid(tmp_path: Path) -> None:
    assert validate(changed(tmp_path, ("</linkGrp>", f"</linkGrp>{RULED.format('#en.1.s1 #en.1.s2')}"))) == []


def test_a_crossing_link_may_stand_out_of_order(tmp_path: Path) -> None:
    text = (HERE / "invalid" / "link-order.xml").read_text("utf-8")
    text = text.replace("#bead.omitted #status.auto", "#bead.omitted #status.auto #status.crossing")
    known = '<category xml:id="status.crossing"><catDesc>out of order</catDesc></category></taxonomy>'
    path = tmp_path / "crossing.xml"
    path.write_text(re.sub(r'</taxonomy>(?=\s*<taxonomy xml:id="standing")', known, text), "utf-8")
    assert validate(path) == []


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE TEI [<!ENTITY a SYSTEM "{secret}">]>',
        '<!DOCTYPE TEI SYSTEM "{secret}">',
        '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_type_is_refused_and_nothing_in_it_read(declared: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    start = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">'
    path = changed(tmp_path, (start, declared.format(secret=secret) + start), ("Ports and trains", "&a;"))
    with pytest.raises(DataError) as error:
        validate(path)
    assert "document type" in str(error.value)
    assert "do not tell" not in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        VALID.read_text("utf-8")[:5000],
        "",
        "no XML at all",
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<TEI/>",
        VALID.read_text("utf-8").replace('<p xml:id="en.2.p1">', '<p xml:id="en.1.p1">'),
    ],
    ids=["truncated", "empty", "text", "html", "no-namespace", "an-id-twice"],
)
def test_what_is_no_corpus_is_refused_by_name_and_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"other\.xml: line \d+: "):
        validate(path)


def test_the_rules_are_schematron_as_any_processor_reads_it() -> None:
    from lxml import isoschematron  # type: ignore[attr-defined]  # the stubs do not know it

    schematron = isoschematron.Schematron(etree.parse(ROOT / "schemas" / "align.sch"))
    assert schematron.validate(etree.parse(VALID))
    assert not schematron.validate(etree.parse(HERE / "invalid" / "bead-type.xml"))


def test_a_valid_corpus_is_valid_by_tei_all() -> None:
    assert jing(VALID) == ""


def test_every_corpus_we_write_is_valid_by_tei_all(tmp_path: Path) -> None:
    made = []
    for name in SOURCES:
        (tmp_path / name).mkdir()
        made.append(written(tmp_path / name, name))
    assert jing(*made) == ""

"""Translation memories, right and broken -> what validation says of them, and the same as the DTD does."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run, shared
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from align.errors import DataError
from align.memory import contradictions, encodings, screening
from align.memory.grammar import grammar
from align.memory.rules import RULES
from align.memory.units import read
from align.memory.validating import MOST, rules, validate
from align.model import Finding

HERE = Path(__file__).parent
VALID = HERE / "data" / "valid.tmx"
INVALID = sorted(path for path in (HERE / "invalid_tmx").iterdir())
HEAD, REST = VALID.read_text("utf-8").split("<body>")


def made(tmp_path: Path, *units: str, head: str = HEAD, end: str = "</body></tmx>") -> Path:
    path = tmp_path / "made.tmx"
    path.write_text(f"{head}<body>\n" + "\n".join(units) + end, "utf-8")
    return path


def unit(en: str, zh: str, attributes: str = "", codes: tuple[str, str] = ("en-US", "zh-CN")) -> str:
    sides = "".join(f'<tuv xml:lang="{c}"><seg>{t}</seg></tuv>' for c, t in zip(codes, (en, zh), strict=True))
    return f"<tu{attributes}>{sides}</tu>"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = VALID.read_text("utf-8")
    assert old in text
    path = tmp_path / "changed.tmx"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def told(path: Path) -> list[tuple[str, str]]:
    """Rule and place of each finding."""
    return [(finding.rule, finding.where.removeprefix(f"{path}: ")) for finding in validate(path)]


def errors(found: list[Finding]) -> set[str]:
    return {finding.rule for finding in found if finding.severity == "error"}


def test_a_valid_memory_has_no_findings() -> None:
    assert validate(VALID) == []


def test_there_is_one_broken_memory_for_each_rule() -> None:
    assert {path.stem for path in INVALID} == set(rules())


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_broken_memory_is_told_by_the_rule_it_is_named_after_and_by_no_other(path: Path) -> None:
    (finding,) = validate(path)
    assert finding.rule == path.stem
    assert finding.severity == RULES[path.stem].severity
    assert re.fullmatch(rf"{re.escape(str(path))}: (unit \d+, )?line \d+", finding.where)
    assert finding.message.endswith(".")
    assert finding.remedy.endswith(".")


@pytest.mark.parametrize("size", [7, 100, 1000])
@pytest.mark.parametrize("path", [VALID, *INVALID], ids=lambda path: path.stem)
def test_it_does_not_matter_where_a_file_is_cut_into_blocks(
    path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = validate(path)
    monkeypatch.setattr(encodings, "BLOCK", size)
    assert validate(path) == whole


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("path", [VALID, HERE / "invalid_tmx" / "white-space.tmx"], ids=lambda path: path.stem)
def test_an_encoding_that_is_declared_is_read(path: Path, name: str, tmp_path: Path) -> None:
    said = "utf-16" if name.startswith("utf-16") else name
    text = path.read_text("utf-8").replace('encoding="UTF-8"', f'encoding="{said}"')
    text = (
        text.replace("双方开放了三个口岸。", "三口岸。").replace("双方于", "").replace("会晤", "").replace("再次", "")
    )
    text = text.replace("贸易增长，价格下降。", "增加。") if name.startswith("big5") else text
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(name, b"")
    copy = tmp_path / "copy.tmx"
    copy.write_bytes(mark + text.encode(name))
    expected = [] if path == VALID else [("white-space", "unit 3, line 18")]
    assert told(copy) == [*expected, ("utf-8", "line 1")]


def test_a_declaration_that_is_not_true_is_told() -> None:
    (finding,) = validate(HERE / "invalid_tmx" / "encoding.tmx")
    assert finding.message.startswith("the file is in GB18030 and declares utf-8")


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([unit("One.", "一。"), unit("Tw\x0bo.", "二。")], [("control-character", "unit 2, line 8")]),
        ([unit("One.&#11;", "一。")], [("control-character", "unit 1, line 7")]),
        ([unit("One.", "一。"), "<!-- <tu> </tu> -->", unit("", "二。")], [("empty-segment", "unit 2, line 9")]),
        ([unit("<![CDATA[</tu> a  b]]>", "一。")], [("white-space", "unit 1, line 7")]),
        ([unit("One\n.", "一。")], [("white-space", "unit 1, line 7")]),
        ([unit("One.", "一&#160;二。")], [("white-space", "unit 1, line 7")]),
        ([unit('One <ph x="1">a  b</ph>.', "一。")], []),
        ([unit('<ph x="1"/>', "一。")], []),
        ([unit('<ph x="1"/> One <ph x="2"/> two&#32;<ph x="3"/>', "一。")], []),
        ([unit('One <ph x="1"/> &#32;two <hi>three </hi>', "一。")], [("white-space", "unit 1, line 7")]),
        ([unit('One <ph x="1" y="2"/>.', "一。")], [("attribute", "unit 1, line 7")]),
        ([unit('One <it x="1"/>.', "一。")], [("grammar", "unit 1, line 7")]),
        ([unit("One <hi>two</hi>.", "一<hi>二</hi>。")], []),
        ([unit("One.", "一。", ' srclang="en"')], [("srclang", "unit 1, line 7")]),
        ([unit("One.", "一。", ' srclang="zh-CN"')], []),
        ([unit("One.", "一。", ' creationdate="20141301T000000Z"')], [("date", "unit 1, line 7")]),
        ([unit("One.", "一。", ' tuid="1" tuid="2"')], [("not-well-formed", "unit 1, line 7")]),
        ([unit("One.", "一。"), "text", unit("Two.", "二。")], [("grammar", "unit 2, line 7")]),
        ([unit("x" * 10_000, "一。")], [("long-segment", "unit 1, line 7")]),
        ([unit("One.", "二。", codes=("en-US", "en-US"))], [("one-language", "unit 1, line 7")]),
        ([unit("One.", "一&foo;。")], [("not-well-formed", "unit 1, line 7")]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_unit(units: list[str], expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert told(made(tmp_path, *units)) == expected


@pytest.mark.parametrize(("end", "rule"), [("</body>text</tmx>", "grammar"), ("</body></tmx><b/>", "not-well-formed")])
def test_what_stands_after_the_units(end: str, rule: str, tmp_path: Path) -> None:
    assert told(made(tmp_path, unit("One.", "一。"), end=f"\n{end}")) == [
        (rule, "line 7" if rule == "grammar" else "line 8")
    ]
    assert told(made(tmp_path, unit("One.", "一。"), end="<!-- a --></body><?a b?></tmx>\n")) == []


def test_the_line_of_a_unit_is_the_line_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "BLOCK", 4000)
    units = [unit(f"Port {n}.", f"口岸{n}。").replace("<tuv", "\n<tuv") for n in range(300)]
    units[213] = units[213].replace("Port", "\x0bPort")
    path = made(tmp_path, *units)
    line = path.read_text("utf-8")[: path.read_text("utf-8").index("\x0b")].count("\n") + 1
    assert told(path) == [("control-character", f"unit 214, line {line}")]


def test_of_many_faults_the_first_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    found = validate(made(tmp_path, *(unit(f"Port {n}. ", f"口岸{n}。") for n in range(MOST + 1005))))
    assert len(found) == MOST + 1
    assert found[-1].message == "And 1,005 more."


def test_a_fault_of_all_codes_is_told_once(tmp_path: Path) -> None:
    units = [unit(f"Port {n}.", f"口岸{n}。", codes=("en_US", "zh_CN")) for n in range(50)]
    found = validate(made(tmp_path, *units, head=HEAD.replace("en-US", "en_US")))
    assert [finding.rule for finding in found] == ["underscore", "underscore"]
    assert "as in 50 units in all" in found[0].message


def test_contradictions_are_found_over_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contradictions, "AT_ONCE", 16)
    monkeypatch.setattr(encodings, "BLOCK", 500)
    units = [unit(f"Port {n % 100}.", f"口岸{n % 100}。" if n != 150 else "港口。") for n in range(200)]
    units[10] = unit("Port 10.", "港口十。 ").replace("。 ", "。")
    path = made(tmp_path, *units)
    assert told(path) == [("contradiction", "unit 111, line 117"), ("contradiction", "unit 151, line 157")]
    assert "otherwise than unit 51, line 57" in validate(path)[1].message


def test_another_language_is_no_contradiction(tmp_path: Path) -> None:
    units = [unit("Software", "软件"), unit("Software", "軟體", codes=("en-US", "zh-TW"))]
    assert told(made(tmp_path, *units)) == []


def test_a_unit_that_is_looked_at_alone_contradicts_too(tmp_path: Path) -> None:
    odd = unit("Port", "港口").replace("</tu>", "<!-- odd --></tu>")
    assert told(made(tmp_path, unit("Port", "口岸"), odd)) == [("contradiction", "unit 2, line 8")]


@pytest.mark.parametrize("at", [*range(440, len(VALID.read_bytes()) - 20, 61)])
def test_a_file_cut_off_anywhere_is_told(at: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.tmx"
    data = VALID.read_bytes()[:at]
    path.write_bytes(data)
    found = validate(path)
    assert errors(found) & {"cut-off", "bad-bytes"}
    if whole := data.count(b"</tu>"):
        line = data[: data.rindex(b"</tu>")].count(b"\n") + 1
        assert any(f"the last whole unit, {whole}, ends on line {line}" in finding.message for finding in found)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE tmx [<!ENTITY a SYSTEM "{secret}">]>',
        '<!DOCTYPE tmx SYSTEM "{secret}" [<!ENTITY a "b">]>',
        '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_of_a_file_are_never_read(declared: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    head = HEAD.replace("<tmx", declared.format(secret=secret) + "<tmx")
    path = made(tmp_path, unit("One &a;.", "一。"), unit("Two.", "二。"), head=head)
    found = validate(path)
    assert errors(found) == {"doctype", "not-well-formed"}
    assert "do not tell" not in str(found)
    with pytest.raises(DataError, match="unit 1, line 7: the XML is not well formed"):
        list(read(path))


def test_the_short_document_type_is_right(tmp_path: Path) -> None:
    assert told(changed(tmp_path, "<tmx", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx')) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\n", "the file is empty"),
        (b"<html/>", "its first element is <html>"),
        (b"no XML at all", "it has no element"),
        (b"PK\3\4\0\0\0\0", "it is an archive or an office file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR<svg", "it is a picture"),
    ],
)
def test_what_is_no_memory_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "other.tmx"
    path.write_bytes(data)
    with pytest.raises(DataError, match=rf"other\.tmx: line 1: .*{said}"):
        validate(path)


def _elements(official: etree.DTD) -> Iterator[Any]:
    yield from official.iterelements()  # type: ignore[attr-defined]  # the stubs do not know it


def dtd() -> etree.DTD:
    return etree.DTD(str(shared("schemas/tmx14.dtd")))


def test_the_grammar_is_that_of_the_dtd_over_all_examples() -> None:
    official = dtd()
    for path in [VALID, *INVALID]:
        try:
            root = etree.fromstring(path.read_bytes())
        except etree.XMLSyntaxError:
            continue
        assert grammar().accepts(root) == official.validate(root), path.stem


def test_the_grammar_has_the_elements_and_attributes_of_the_dtd() -> None:
    official = {element.name: element for element in _elements(dtd())}
    assert set(grammar().forms) == set(official)
    for name, form in grammar().forms.items():
        said = {f"{a.prefix}:{a.name}" if a.prefix else a.name: a for a in official[name].iterattributes()}
        assert set(form.attributes) == set(said)
        assert set(form.needed) == {key for key, a in said.items() if a.default == "required"}
        assert {k: set(v) for k, v in form.attributes.items() if v and k != "version"} == {
            key: set(a.values()) for key, a in said.items() if a.values()
        }


TAGS = "<tu> <tuv> <seg> <note> <hi> <sub> <ph/> </tu> </seg> </body> <b/> <!-- --> <![CDATA[ ]]> <?a?> < & &foo; text"
PIECES = st.sampled_from([*TAGS.split(), ' x="1"', ' i="2"', ' tuid="9"', "", '"', "\n"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.floats(0.2, 0.99), st.integers(0, 40), PIECES), min_size=1, max_size=3))
def test_whatever_happens_to_a_memory_its_faults_are_those_that_lxml_and_the_dtd_find(
    changes: list[tuple[float, int, str]], tmp_path: Path
) -> None:
    text = VALID.read_text("utf-8")
    for share, length, piece in changes:
        at = int(share * len(text))
        text = text[:at] + piece + text[at + length :]
    path = tmp_path / "changed.tmx"
    path.write_text(text, "utf-8")
    found = errors(validate(path))
    try:
        root = etree.fromstring(text.encode())
    except etree.XMLSyntaxError:
        assert found & {"not-well-formed", "cut-off", "grammar"}
    else:
        assert bool(found & {"grammar", "attribute", "header"}) != grammar().accepts(root)


def test_what_is_judged_in_bulk_would_pass_alone_too(tmp_path: Path) -> None:
    from align.memory.chunks import chunks
    from align.memory.examining import examined
    from align.memory.units import raws

    units = [unit(f"Port {n} <ph x='1'/>", f"口岸{n}") for n in range(5)] + [unit("Trade", "贸易 "), unit("A", "一")]
    path = made(tmp_path, *units)
    _, chunk, _ = chunks(encodings.blocks(path, encodings.encoding_of(path)))
    screened = screening.Screen().look(chunk, 0, None)
    suspects = {raw.number for raw in screened.suspects}
    assert 6 in suspects
    assert 7 in screened.numbers
    for raw in raws(chunk, 0):
        assert raw.number in suspects or not examined(raw).faults


def test_the_command_names_file_unit_and_line_and_fails_for_errors_alone(run: Run) -> None:
    bad = HERE / "invalid_tmx" / "control-character.tmx"
    status, out, _ = run("validate", bad, VALID)
    assert status == 1
    assert "control-character.tmx: unit 1, line 10: error: control character U+000B; memoQ and OmegaT" in out
    assert out.endswith("2 checked, 1 valid.\n")
    assert run("validate", HERE / "invalid_tmx" / "white-space.tmx")[0] == 0


def test_a_memory_is_known_by_its_content(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.xml").write_text(VALID.read_text("utf-8").replace("UTF-8", "UTF-16"), "utf-16")
    assert run("validate", "old.xml")[1].endswith("1 checked, 1 valid.\n")


def test_what_the_exporter_writes_is_valid(run: Run, tmp_path: Path) -> None:
    assert run("export", ROOT / "input/charter", "--to", "tmx")[0] == 0
    status, out, _ = run("validate", "dist")
    assert (status, out.splitlines()[-1]) == (0, "2 checked, 2 valid.")


def test_what_is_refused_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.tmx").write_bytes(b"")
    status, out, _ = run("validate", "empty.tmx")
    assert status == 1
    assert out.startswith("empty.tmx: error: line 1: the file is empty. Export the memory again from its program.")


def test_units_of_three_languages_contradict_by_pairs(tmp_path: Path) -> None:
    def three(en: str, zh: str, tw: str) -> str:
        return unit(en, zh).replace("</tu>", f'<tuv xml:lang="zh-TW"><seg>{tw}</seg></tuv></tu>')

    path = made(
        tmp_path, three("Port", "口岸", "口岸"), three("Port", "口岸", "港口"), unit("Port", "港"), unit("A", "一")
    )
    found = [place for rule, place in told(path) if rule == "contradiction"]
    assert found == ["unit 2, line 8", "unit 3, line 9"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<bpt i="1"/>a<ept i="1"/>', ""),
        ('<bpt i="1"/><bpt i="2"/>a<ept i="1"/><ept i="2"/>', ""),
        ('<it pos="begin"/>a<bpt x="1" i="7"/>b<ept i="7"/>', ""),
        ('<bpt i="1"/>a', "<bpt> 1 is closed by no <ept>"),
        ('<hi>a<ept i="1"/></hi>', "<ept> 1 closes what no <bpt> before it opens"),
        ('<bpt i="1"/><bpt i="1"/>a<ept i="1"/>', "two <bpt> have the number 1"),
        ('<bpt i="1"/>a<ept i="1"/><ept i="1"/>', "two <ept> have the number 1"),
        ('<ept i="1"/>a<bpt i="1"/>', "<ept> 1 closes what no <bpt> before it opens"),
    ],
)
def test_codes_that_open_and_close(text: str, said: str, tmp_path: Path) -> None:
    found = validate(made(tmp_path, unit(text, "一"), unit("B", "二")))
    assert [finding.message.partition(";")[0] for finding in found] == ([said] if said else [])


def test_an_empty_language_is_told(tmp_path: Path) -> None:
    found = told(made(tmp_path, unit("One", "一", codes=("en-US", "")), unit("Two", "二")))
    assert found == [("grammar", "unit 1, line 7")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<hi>" * 300 + "x" + "</hi>" * 300, "elements are nested too deeply"),
        ("x" * 10_100_000, "a text is too long to be read"),
    ],
)
def test_what_no_parser_takes_is_said_in_words(text: str, said: str, tmp_path: Path) -> None:
    (found,) = validate(made(tmp_path, unit(f"&#32;{text}", "一。")))
    assert f"({said})" in found.message
    assert "HUGE" not in found.message


@pytest.mark.parametrize("declared", ["", ' encoding="UTF-16"'])
def test_a_missing_byte_order_mark_is_named(declared: str, tmp_path: Path) -> None:
    path = tmp_path / "wide.tmx"
    path.write_bytes(VALID.read_text("utf-8").replace(' encoding="UTF-8"', declared).encode("utf-16-le"))
    (found,) = validate(path)
    assert found.message == "the file is in UTF-16 without the byte order mark that tells tools so."


def test_many_units_of_one_tuid_are_one_sentence(tmp_path: Path) -> None:
    (found,) = validate(made(tmp_path, *(unit(f"Port {n}.", f"口岸{n}。", f' tuid="{n % 5}"') for n in range(20))))
    assert found.where.endswith("unit 6, line 12")
    assert found.message == "tuid “0” is that of unit 1 too; so it is with 15 units in all."

"""`align terms`: what recurs is listed with every rendering, files are written whole, and what is wrong is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

from align.glossary import read_glossary

LONG, SHORT = "Chinese People's Association for Friendship with Foreign Countries", "CPAFFC"
PLANTED = (
    (f"The {LONG} ({SHORT}) will host the forum.", "中国人民对外友好协会（以下简称“全国友协”）将主办论坛。"),
    (f"Mayors will meet the {LONG} every year.", "市长们每年将与中国人民对外友好协会会面。"),
    (f"The {SHORT} will publish a report.", "全国友协将发表报告。"),
    (f"The {LONG} supports sister cities.", "中国人民对外友好协会支持友好城市。"),
    ("The Joint Commission on Commerce and Trade met.", "商贸联委会举行了会议。"),
    ("The Joint Commission on Commerce and Trade will discuss ports.", "商贸联委会将讨论港口。"),
    (f"Experts of the {LONG} visited schools.", "对外友协的专家访问了学校。"),
    ("The Joint Commission on Commerce and Trade opened an office.", "商业贸易联合委员会开设了办公室。"),
    ("Both sides shall protect intellectual property rights.", "双方应当保护知识产权。"),
    ("Courts shall enforce intellectual property rights.", "法院应当执行知识产权。"),
    ("Teachers shall read books.", "教师应当读书。"),
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def make(pairs: tuple[tuple[str, str], ...] = PLANTED, name: str = "old") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for suffix, side in (("en", 0), ("zh", 1)):
            lines = (f"{n}. {pair[side]}\n" for n, pair in enumerate(pairs, 1))
            (folder / f"{name}.{suffix}.txt").write_text("".join(lines), "utf-8")
        return folder

    return make


def listed(run: Run, *arguments: object) -> list[dict[str, object]]:
    status, out, _ = run("terms", *arguments, "--json")
    assert status == 0
    found: list[dict[str, object]] = json.loads(out)
    return found


def renderings(found: list[dict[str, object]], english: str) -> dict[tuple[str, str], tuple[int, list[str]]]:
    term = next(term for term in found if term["english"] == english)
    rows: list[dict[str, object]] = term["renderings"]  # type: ignore[assignment]  # as lists.as_json writes it
    return {
        (str(row["english"]), str(row["chinese"])): (
            int(str(row["count"])),
            [place["item"] for place in row["places"]],  # type: ignore[attr-defined]  # a list of places
        )
        for row in rows
    }


def test_planted_inconsistencies_show_with_their_places(run: Run, write: Callable[..., Path]) -> None:
    found = listed(run, write())
    assert renderings(found, LONG) == {
        (LONG, "中国人民对外友好协会"): (3, ["1", "2", "4"]),
        (SHORT, "全国友协"): (1, ["3"]),
        (LONG, "对外友协"): (1, ["7"]),
    }
    commission = "Joint Commission on Commerce and Trade"
    assert renderings(found, commission) == {
        (commission, "商贸联委会"): (2, ["5", "6"]),
        (commission, "商业贸易联合委员会"): (1, ["8"]),
    }


def test_short_forms_that_the_text_introduces_are_no_inconsistency(run: Run, write: Callable[..., Path]) -> None:
    pairs = tuple(pair for pair in PLANTED if "对外友协" not in pair[1])
    term = next(term for term in listed(run, write(pairs)) if term["english"] == LONG)
    assert (term["short_english"], term["short_chinese"], term["consistent"]) == (SHORT, "全国友协", True)


def test_words_of_every_day_are_no_terms(run: Run, write: Callable[..., Path]) -> None:
    english = {term["english"] for term in listed(run, write())}
    assert english == {LONG, "Joint Commission on Commerce and Trade", "intellectual property rights"}


def test_the_list_marks_what_is_rendered_in_several_ways(run: Run, write: Callable[..., Path]) -> None:
    status, out, _ = run("terms", write())
    lines = out.splitlines()
    assert status == 0
    assert [line.split()[-2:] for line in lines if "≠" in line][1] == ["商贸联委会:", "2"]
    assert any("商业贸易联合委员会: 1  [old 8]" in line for line in lines)
    assert lines[-1] == "3 terms in 11 passages of 1 document, 2 rendered in more than one way."


def test_a_corpus_gives_the_same_as_its_sources(run: Run, write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write()
    assert run("build", folder)[0] == 0
    assert listed(run) == listed(run, "dist/old/old.xml") == listed(run, folder)


def test_only_the_best_and_the_frequent(run: Run, write: Callable[..., Path]) -> None:
    folder = write()
    assert len(listed(run, folder, "--top", 1)) == 1
    assert [term["english"] for term in listed(run, folder, "--min-frequency", 3)] == [
        LONG,
        "Joint Commission on Commerce and Trade",
    ]


def test_what_is_doubtful_counts_for_nothing_until_it_is_confirmed() -> None:
    from align.model import Bitext, Block, Document, Link, Meta, Segment
    from align.terms import read_passages

    def side(lang: str, text: str) -> tuple[Block, ...]:
        return (Block(f"{lang}-i", "item", "7", segments=(Segment(f"{lang}-s", text),)),)

    for flag in ("missing", "omitted", "truncated", "suspect", "doubtful", "draft"):
        for status, expected in (("auto", 0), ("confirmed", 1)):
            link = Link(("en-s",), ("zh-s",), status=status, flags=(flag,))  # type: ignore[arg-type]  # one of two words
            en, zh = Document("en", "en", side("en", "Ports")), Document("zh", "zh-Hans", side("zh", "口岸"))
            found = read_passages([Bitext(Meta("x"), en, zh, (), (link,))])
            assert [(p.en, p.zh, p.document, p.item) for p in found] == [("Ports", "口岸", "x", "7")] * expected


def test_the_draft_is_a_glossary_that_the_aligner_reads(run: Run, write: Callable[..., Path], tmp_path: Path) -> None:
    status, _, said = run("terms", write(), "--to", "glossary", "--out", "made")
    terms = read_glossary(tmp_path / "made/glossary.tsv")
    assert status == 0
    assert terms[:2] == ((LONG, "中国人民对外友好协会"), (SHORT, "全国友协"))
    assert "check every line of made/glossary.tsv, then put it beside" in said


def test_each_text_counts_once_beside_its_memories(run: Run, write: Callable[..., Path]) -> None:
    assert run("export", write(), "--to", "tmx,docx")[0] == 0
    corpus, memory = "dist/old/old.xml", "dist/old/old.tmx"
    once = listed(run, corpus)
    assert once
    for paths in ((), ("dist",), ("dist/old", corpus), (corpus, memory)):
        assert listed(run, *paths) == once
    assert "dist/old/old.tmx: left out; its text is that of dist/old/old.xml." in run("terms", corpus, memory)[2]
    assert listed(run, memory)


def test_no_draft_is_put_where_it_would_be_used(run: Run, write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write()
    before = sorted(folder.iterdir())
    assert run("terms", folder, "--to", "glossary", "--out", folder)[0] == 2
    assert sorted(folder.iterdir()) == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/glossary.tsv").write_text("port\t口岸\n", "utf-8")
    status, _, said = run("terms", folder, "--to", "glossary", "--out", "mine")
    assert (status, (tmp_path / "mine/glossary.tsv").read_text("utf-8")) == (2, "port\t口岸\n")
    assert "there is a glossary that is no draft" in said


def test_the_same_files_every_time(run: Run, write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write()
    for name in ("one", "two"):
        assert run("terms", folder, "--to", "tsv,xlsx,tbx,glossary", "--out", name)[0] == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert sorted(made) == ["glossary.tsv", "terms.tbx", "terms.tsv", "terms.xlsx"]
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}


def test_traditional_and_names_in_lists(run: Run, write: Callable[..., Path]) -> None:
    names = (("Wang Wei", "王偉"), ("Li Na", "李娜"), ("John Smith", "約翰·史密斯"), ("Mary Brown", "瑪麗·布朗"))
    pairs = tuple(
        (
            f"{', '.join(names[(n + k) % 4][0] for k in range(3))}.",
            f"{'、'.join(names[(n + k) % 4][1] for k in range(3))}。",
        )
        for n in range(8)
    )
    found = {(term["english"], term["chinese"]) for term in listed(run, write(pairs))}
    assert found == set(names)


@pytest.mark.parametrize(
    ("pairs", "status", "said"),
    [
        ((("2014", "2014"), ("2015", "2015"), ("2016", "2016")), 0, ""),
        ((("", "双方开放口岸。"), ("", "双方会晤。")), 1, "No English and Chinese text here answer each other"),
    ],
    ids=["digits", "one language"],
)
def test_nothing_to_find(
    pairs: tuple[tuple[str, str], ...], status: int, said: str, run: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write(pairs)
    if not pairs[0][0]:
        (folder / "old.en.txt").unlink()
    got, out, err = run("terms", folder, "--to", "tsv,xlsx,tbx,glossary", "--out", "made")
    assert got == status
    assert said in err
    assert not (tmp_path / "made").exists()
    assert status or out.startswith("0 terms in 3 passages")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "There is no folder dist/ here."),
        (("no.xml",), 2, "no.xml: there is no such file or folder."),
        (("no",), 2, "no: there is no such file or folder."),
        (("bad.xml",), 1, "bad.xml: line 1: not well-formed XML"),
        (("old", "--to", "pdf"), 2, "Terms are not written as 'pdf'. Known: tsv, xlsx, tbx, glossary."),
        (("old", "--min-frequency", "0"), 2, "--min-frequency"),
        (("old", "--out", "-"), 2, "--out names a folder; terms are not printed as files."),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], status: int, said: str, run: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    write()
    (tmp_path / "bad.xml").write_text("no corpus", "utf-8")
    got, _, err = run("terms", *arguments)
    assert got == status
    assert said in err
    assert "Traceback" not in err


def test_a_corpus_that_does_not_validate_stops_nothing_else(
    run: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    run("build", write())
    text = (tmp_path / "dist/old/old.xml").read_text("utf-8")
    (tmp_path / "wrong.xml").write_text(text.replace("</TEI>", "<zz/></TEI>"), "utf-8")
    status, out, err = run("terms", "wrong.xml", "dist/old/old.xml")
    assert status == 1
    assert "wrong.xml: line" in err
    assert out.endswith("3 terms in 11 passages of 1 document, 2 rendered in more than one way.\n")

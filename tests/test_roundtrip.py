"""Invariants: nothing lost, every segment linked once, reading what was written, the same bytes twice."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from conftest import needs, shared
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from align import corpus
from align.build import build
from align.errors import DataError
from align.model import Bitext, Ruling, Verdict, segments, walk
from align.numbering import BULLET, labels
from align.provenance import source_text
from align.segmentation import segment
from align.sources.documents import Input, InputFile
from align.sources.encoding import decode
from align.validate import validate
from align.verdicts import together

PIECES = [
    "1. ", "2. ", "36. ", "37、", "第一条　", "Article 2 ", "（一）", "(a) ", "一、", "二、", "# ", "- ",
    "The two sides met in Washington, D.C., in 2014.", "Both sides agreed", "Energy: ", "双方同意加强合作。",
    "会议在北京举行", "能源合作:", ",", "“", "”", "|", "\n", "\n", "\r\n", "\n\n", "\f", "\t", "  ", "\u00a0",
    "\u200b", "\u3000", "\x0b", "\x01", "\ufeff", "e\u0301", "\uf900", "2014. ", "...", "……",
    "Cooperation 三、合作", "Chapter I General\n", "第二章\n",
    "## Part\n", "### 1. Title\n", "**", "*", "_", "`", "[port](https://example.org)", "**bold**", "1.  ", "a) ",
    "( 渝ICP备10012431号-2 )", "Page 3 of 12", "&<>\"'", "]]>", "\U0001f600", "\u2028", "\ufffe", "\x85",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)
WORDS = st.sampled_from(["", "王 & Co", "See <this>.\r\n“Twice”", " two  words ", "\t]]>\x85\u2028"])
VERDICTS = st.builds(Verdict, st.sampled_from(["", "王 & Co", "Ann; Bob"]), st.sampled_from(["", "2024-02-29"]), WORDS)
SEVERAL = st.lists(VERDICTS, min_size=1, max_size=3).map(together)
"""What persons said of one link."""
KINDS = st.sampled_from(["cut", "join", "read", "no-item"])
UNFIT = st.builds(
    Ruling, KINDS | st.sampled_from(["link", "note"]), st.just(()), VERDICTS, WORDS, st.just("“x” is gone")
)
"""Decisions that were not applied."""


def built(text: str, suffix: str = ".txt", data: bytes | None = None) -> tuple[Bitext, str] | None:
    """The bitext of a text, with the text as decoded; None where it is refused as holding nothing."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"made{suffix}"
        path.write_bytes(text.encode("utf-8") if data is None else data)
        decoded = decode(path.read_bytes())
        try:
            made = build(Input("made", (InputFile(path),)))
        except DataError:
            return None
        assert decoded is not None
        return made, decoded.text


def read_again(bitext: Bitext) -> Bitext:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.xml"
        path.write_bytes(corpus.write(bitext))
        return corpus.read(path)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_no_character_is_lost(suffix: str, text: str) -> None:
    made = built(text, suffix)
    assume(made is not None)
    assert made is not None
    bitext, decoded = made
    assert source_text(bitext, bitext.witnesses[0]) == decoded
    again = read_again(bitext)
    assert source_text(again, again.witnesses[0]) == decoded


@given(text=TEXTS, data=st.data())
@settings(max_examples=400, deadline=None)
def test_what_was_written_is_read_back(text: str, data: st.DataObject) -> None:
    made = built(text)
    assume(made is not None)
    assert made is not None
    names = st.sampled_from([s.id for document in made[0].documents for s in segments(document)])
    applied = st.builds(Ruling, KINDS, st.lists(names, max_size=3, unique=True).map(tuple), VERDICTS)
    rulings = tuple(data.draw(st.lists(applied | UNFIT, max_size=3)))
    first = replace(made[0].links[0], verdict=data.draw(SEVERAL))
    bitext = replace(made[0], rulings=rulings, links=(first, *made[0].links[1:]))
    assert read_again(bitext) == bitext


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_segment_is_in_exactly_one_link(text: str) -> None:
    made = built(text)
    assume(made is not None)
    assert made is not None
    linked = [name for link in made[0].links for name in (*link.en, *link.zh)]
    held = [s.id for document in made[0].documents for s in segments(document)]
    assert sorted(linked) == sorted(held)
    assert len(set(held)) == len(held)


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_text_is_unplaced(text: str) -> None:
    made = built(text)
    assume(made is not None)
    assert made is not None
    assert not [span for w in made[0].witnesses for span in w.record if span.how == "unplaced"]


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_label_holds_text(text: str) -> None:
    made = built(text)
    assume(made is not None)
    assert made is not None
    for document in made[0].documents:
        for label in (block.label.text for block in walk(document.blocks) if block.label):
            printed = label.strip()
            ends = [found.end for found in labels(f"{printed} x")]
            assert BULLET.fullmatch(f"{printed} ") or any(end >= len(printed) for end in ends), label


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_segmenting_twice_changes_nothing(text: str) -> None:
    from align.cleaning import normalise

    made = built(text)
    assume(made is not None)
    assert made is not None
    for document in made[0].documents:
        once = normalise(segment(document))
        assert normalise(segment(once)) == once


@given(data=st.binary(min_size=1, max_size=300))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes) -> None:
    made = built("", data=data)
    if made is not None:
        bitext, decoded = made
        assert source_text(bitext, bitext.witnesses[0]) == decoded


@pytest.mark.parametrize("name", ["sed6", "charter"])
def test_the_documents_survive_the_round_trip(name: str, request: pytest.FixtureRequest) -> None:
    bitext: Bitext = request.getfixturevalue(name)
    assert read_again(bitext) == bitext
    assert corpus.write(read_again(bitext)) == corpus.write(bitext)


@given(text=TEXTS, rulings=st.lists(UNFIT, max_size=2))
@settings(max_examples=200, deadline=None)
def test_what_was_written_is_valid(text: str, rulings: list[Ruling]) -> None:
    made = built(text)
    assume(made is not None)
    assert made is not None
    named = tuple(s.id for document in made[0].documents for s in segments(document))
    bitext = replace(made[0], rulings=(Ruling("join", named, Verdict("Ann", "2024-02-29", "<b>")), *rulings))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.xml"
        path.write_bytes(corpus.write(bitext))
        assert [finding for finding in validate(path) if finding.severity == "error"] == []


def test_what_was_written_is_tei(sed6: Bitext, charter: Bitext, tmp_path: Path) -> None:
    chance = Random(1)
    texts = ("".join(chance.choices(PIECES, k=chance.randint(1, 60))) for _ in range(60))
    bitexts = [sed6, charter, *(made[0] for text in texts if (made := built(text)))]
    for at, bitext in enumerate(bitexts):
        (tmp_path / f"{at}.xml").write_bytes(corpus.write(bitext))
    command = [needs("jing"), shared("schemas/tei_all.rng"), *sorted(tmp_path.glob("*.xml"))]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "")
    assert len(bitexts) > 40

"""Texts and decisions made by chance -> the corpus is valid, read back as it was, and no character is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from align import corpus
from align.build import build
from align.decisions.find import fold
from align.decisions.model import Decision, Kind, Reference
from align.decisions.outcome import Outcome
from align.decisions.toml import decisions_text, read_decisions
from align.model import Bitext, Document, Segment, block_segments, items, segments
from align.provenance import source_text
from align.sources.documents import Input, InputFile
from align.validate import validate

SENTENCES = {
    "en": (
        "The two sides met in Washington.", "They agreed on trade.", "Ports will open in 2015.", "Trains: run daily.",
        "Yes.", "Both sides will meet again in May.", "Energy matters; prices fell.",
    ),
    "zh": (
        "双方在华盛顿会晤。", "双方就贸易达成一致。", "港口将于2015年开放。", "列车：每日开行。", "是。",
        "双方将于五月再次会晤。", "能源很重要；价格下降。",
    ),
}  # fmt: skip
HEADS = {"en": ("Title of it", "Part", ". ", " "), "zh": ("文件标题", "部分", "、", "")}
KINDS: tuple[Kind, ...] = ("link", "link", "link", "link", "join", "cut", "read", "note", "no-item")
NOTES = ("", "a <b> & c\n d")


def text(chance: Random, lang: str) -> str:
    """Some items, sections and paragraphs of one language."""
    title, part, mark, space = HEADS[lang]
    blocks = [f"# {title}"] * chance.randint(0, 1)
    number = 0
    for _ in range(chance.randint(1, 5)):
        blocks += [f"## {part}"] * (chance.random() < 0.2)
        run = space.join(chance.choices(SENTENCES[lang], k=chance.randint(1, 4)))
        is_item = chance.random() < 0.7
        number += is_item
        blocks.append(f"{number}{mark}{run}" if is_item else run)
    return "\n\n".join(blocks) + "\n"


def reference(document: Document, segment: Segment) -> Reference:
    """A segment as a spreadsheet would name it."""
    homes = {s.id: item.number for item in items(document) for s in block_segments(item)}
    home = homes.get(segment.id, "")
    alike = [s.id for s in segments(document) if fold(s.text) == fold(segment.text) and homes.get(s.id, "") == home]
    return Reference(segment.text, home, alike.index(segment.id) + 1)


def some(chance: Random, document: Document, most: int) -> tuple[Reference, ...]:
    """Up to so many sentences, side by side or not."""
    held = list(segments(document))
    at = chance.randrange(len(held)) if held else 0
    run = held[at : at + most] if chance.random() < 0.6 else chance.sample(held, min(most, len(held)))
    return tuple(reference(document, segment) for segment in run)


def decision(chance: Random, bitext: Bitext) -> Decision:
    """Any decision on a bitext, sensible or not."""
    kind, side = chance.choice(KINDS), chance.randrange(2)
    sizes = [chance.choice((0, 1, 1, 1, 2, 3)) for _ in range(2)] if kind == "link" else [0, 0]
    sizes[side] = max(1, sizes[side]) if kind != "join" else 2
    en, zh = (some(chance, document, size) for document, size in zip(bitext.documents, sizes, strict=True))
    by, day = chance.choice(("", "王 & Co", "the editor")), chance.choice(("", "2024-05-06"))
    made = Decision(kind, en, zh, by=by, on=day, note=chance.choice(NOTES) or "See." * (kind == "note"))
    first = next((one.text for one in (*en, *zh)), "x")
    at, end = sorted((chance.randint(0, len(first)), chance.randint(0, len(first))))
    if kind == "read":
        made = replace(made, use=first[:at] + chance.choice(("x", "甲，", " foo")) + first[end:])
    return replace(made, parts=tuple(filter(fold, (first[:at], first[at:])))) if kind == "cut" else made


def is_whole(made: Decision) -> bool:
    """Whether a file may hold it: chance may have found too few sentences."""
    return len((*made.en, *made.zh)) > (made.kind == "join")


@given(seed=st.integers(0, 10**9), same=st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_is_decided_the_corpus_is_valid_and_nothing_is_lost(seed: int, same: bool) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for lang in ("en", "zh"):
            (folder / f"{lang}.md").write_text(text(Random(seed) if same else chance, lang), "utf-8")
        plain = Input("made", (InputFile(folder / "en.md", ("en",)), InputFile(folder / "zh.md", ("zh",))))
        auto = build(plain)
        wanted = [one for _ in range(chance.randint(1, 5)) if is_whole(one := decision(chance, auto))]
        path = folder / "decisions.toml"
        path.write_text(decisions_text(wanted), "utf-8")
        assert [replace(one, line=0) for one in read_decisions(path)] == wanted
        outcomes: list[Outcome] = []
        made = build(replace(plain, decisions=path), tell=outcomes.extend)
        assert len(outcomes) == len(wanted)
        (folder / "made.xml").write_bytes(corpus.write(made))
        assert [finding for finding in validate(folder / "made.xml") if finding.severity == "error"] == []
        assert corpus.read(folder / "made.xml") == made
        for witness in made.witnesses:
            assert source_text(made, witness) == (folder / witness.file).read_text("utf-8")
        check_links(made, outcomes)
        check_rulings(made, outcomes)


def check_links(made: Bitext, outcomes: list[Outcome]) -> None:
    """Every segment is in one link, and as many links are confirmed as decisions on links that fit."""
    linked = [name for link in made.links for name in (*link.en, *link.zh)]
    assert sorted(linked) == sorted(s.id for document in made.documents for s in segments(document))
    fitting = {
        (outcome.decision.en, outcome.decision.zh)
        for outcome in outcomes
        if outcome.fits and outcome.decision.kind == "link"
    }
    confirmed = [link for link in made.links if link.status == "confirmed"]
    assert len(confirmed) <= len(fitting)
    assert bool(confirmed) == bool(fitting)
    assert all(link.confidence == 1 and not {"doubtful", "suspect"} & {*link.flags} for link in confirmed)


def check_rulings(made: Bitext, outcomes: list[Outcome]) -> None:
    """Every decision that no link shows is a ruling on the sentences that it made, or says why it is none."""
    told = [outcome for outcome in outcomes if not (outcome.fits and outcome.decision.kind in ("link", "note"))]
    held = {s.id: s for document in made.documents for s in segments(document)}
    for ruling, outcome in zip(made.rulings, told, strict=True):
        decision = outcome.decision
        assert (ruling.kind, ruling.verdict.on, ruling.verdict.note) == (decision.kind, decision.on, decision.note)
        assert ruling.verdict.by == ("" if decision.by == "the editor" else decision.by)
        assert (ruling.unfit == outcome.said != "", ruling.ids == ()) == (not outcome.fits, not outcome.fits)
        said = "".join(fold(held[name].text) for name in ruling.ids)
        named = "".join(fold(reference.text) for reference in (*decision.en, *decision.zh))
        assert not outcome.fits or decision.kind == "no-item" or named in said
        assert not outcome.fits or decision.kind in ("cut", "join") or len(ruling.ids) == 1

"""What a user may ask of a TMX: levels, direction, filters, size, profile; and what is merged, told and left out."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import IO, cast

import pytest
from conftest import EN, ROOT, ZH, Run, shared
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.errors import UsageError
from align.export import Options, find_exporter
from align.exporters._repeats import CHUNK, Repeats
from align.exporters._tmx import Form, write_units
from align.exporters._units import Facts, Occurrence, Unit
from align.model import Bitext, Block, Document, Link, Mark, Meta, Reading, Segment, Span, Verdict, Witness
from align.profiles import PROFILES, Profile
from align.verdicts import together
from align.wishes import LEVELS, Memory

XML = "{http://www.w3.org/XML/1998/namespace}"
Files = dict[str, bytes]


def exported(bitexts: Bitext | Iterable[Bitext], memory: Memory, told: list[str] | None = None) -> Files:
    made: Files = {}

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        stream = io.BytesIO()
        yield stream
        made[name] = stream.getvalue()

    options = Options("made", memory=memory, tell=(told if told is not None else []).append)
    find_exporter("tmx").write([bitexts] if isinstance(bitexts, Bitext) else bitexts, options, keep)
    return made


def root(bitexts: Bitext | Iterable[Bitext], told: list[str] | None = None, **wishes: object) -> etree._Element:
    (data,) = exported(bitexts, Memory(**wishes), told).values()  # type: ignore[arg-type]  # of any kind
    return etree.fromstring(data)


def pairs(tree: etree._Element) -> list[tuple[str, ...]]:
    return [tuple(seg.text or "" for seg in unit.iter("seg")) for unit in tree.iter("tu")]


def said(unit: etree._Element) -> dict[str, str]:
    return {prop.get("type", ""): prop.text or "" for prop in unit.iter("prop")}


def links(*flags: tuple[str, ...], one_to_two: bool = False) -> tuple[Link, ...]:
    """A link for each sentence of `document`, with the flags of each."""
    every = flags + ((),) * (6 - len(flags))
    ids = "h.s1 1.h.s1 1.s1 1.s2 2.s1 2.s2".split()
    return tuple(
        Link((f"en.{i}",), (f"zh.{i}",), 0.9 - n / 10, flags=f) for n, (i, f) in enumerate(zip(ids, every, strict=True))
    )


def document(*flags: tuple[str, ...], witnesses: tuple[Witness, ...] = ()) -> Bitext:
    """A title, an item with a run-in title and two sentences, and one of two paragraphs."""

    def side(lang: str, label: str, colon: str, *texts: str) -> tuple[Block, ...]:
        title, first, second, third, fourth = texts
        one = Block(
            f"{lang}.1.p1",
            "paragraph",
            segments=(Segment(f"{lang}.1.s1", first), Segment(f"{lang}.1.s2", second)),
            witness=lang,
        )
        p1 = Block(f"{lang}.2.p1", "paragraph", segments=(Segment(f"{lang}.2.s1", third),), witness=lang)
        p2 = Block(f"{lang}.2.p2", "paragraph", segments=(Segment(f"{lang}.2.s2", fourth),), witness=lang)
        heading = (Segment(f"{lang}.1.h.s1", title),)
        return (
            Block(f"{lang}.1", "item", "1", Mark(label.format(1)), heading, Mark(colon), (one,), witness=lang),
            Block(f"{lang}.2", "item", "2", Mark(label.format(2)), blocks=(p1, p2), witness=lang),
        )

    en = side("en", "{}. ", ": ", "Ports", "Three were opened.", "They are <new>.", "Trains run.", "Buses, too.")
    zh = side("zh", "{}、", "：", "口岸", "开放了三个。", "都是新的。", "列车通行。", "还有汽车。")
    return Bitext(
        Meta("made", date="2014-07-14"),
        Document("en", "en", en, (Segment("en.h.s1", "Outcomes"),)),
        Document("zh", "zh-Hans", zh, (Segment("zh.h.s1", "成果"),)),
        witnesses or tuple(Witness(lang, f"{lang}.txt", "0" * 64, "utf-8") for lang in ("en", "zh")),
        links(*flags),
    )


# Levels


def test_a_paragraph_is_as_it_is_printed_with_its_label_and_without() -> None:
    assert pairs(root(document(), level="paragraph")) == [
        ("Outcomes", "成果"),
        ("1. Ports: Three were opened. They are <new>.", "1、口岸：开放了三个。都是新的。"),
        ("Ports: Three were opened. They are <new>.", "口岸：开放了三个。都是新的。"),
        ("2. Trains run.", "2、列车通行。"),
        ("Trains run.", "列车通行。"),
        ("Buses, too.", "还有汽车。"),
    ]


def test_an_item_is_whole_and_what_stands_outside_is_a_paragraph() -> None:
    tree = root(document(), level="item")
    assert pairs(tree) == [
        ("Outcomes", "成果"),
        ("1. Ports: Three were opened. They are <new>.", "1、口岸：开放了三个。都是新的。"),
        ("2. Trains run. Buses, too.", "2、列车通行。 还有汽车。"),
    ]
    assert [unit.get("segtype") for unit in tree.iter("tu")] == ["paragraph", "paragraph", None]


@pytest.mark.parametrize(("level", "segtype"), list(zip(LEVELS, ("sentence", "paragraph", "block"), strict=True)))
def test_the_header_says_the_level(level: str, segtype: str) -> None:
    header = root(document(), level=level).find("header")
    assert header is not None
    assert header.get("segtype") == segtype


def test_a_label_that_one_side_lacks_is_on_neither() -> None:
    made = document()
    bare = replace(made.zh, blocks=tuple(replace(block, label=None) for block in made.zh.blocks))
    texts = [text for pair in pairs(root(replace(made, zh=bare), level="item")) for text in pair]
    assert not [text for text in texts if text[0].isdigit()]


def test_a_unit_knows_what_its_sentences_have_in_common() -> None:
    unit = list(root(document((), (), ("crossing",)), level="item").iter("tu"))[1]
    known = said(unit)
    assert (known["x-confidence"], known["x-status"], known["x-item"]) == ("0.6", "auto crossing", "1")
    assert known["x-segments"] == "en.1.h.s1 en.1.s1 en.1.s2 zh.1.h.s1 zh.1.s1 zh.1.s2"


@pytest.mark.parametrize("flag", ["truncated", "suspect", "doubtful"])
@pytest.mark.parametrize(("level", "left"), [("paragraph", 4), ("item", 2)])
def test_what_holds_an_unsure_sentence_is_left_out_and_told(flag: str, level: str, left: int) -> None:
    told: list[str] = []
    found = pairs(root(document((), (), (), (flag,)), told, level=level))
    assert len(found) == left
    assert not [text for pair in found for text in pair if "Three" in text or "三个" in text]
    assert told[1:] == [f"left out 1 {level} with a sentence that is cut off, doubtful or without counterpart"]


def test_what_holds_a_gap_is_left_out_and_told() -> None:
    made = document()
    first, second = Link(("en.1.s2",), (), 0, flags=("omitted",)), Link((), ("zh.1.s2",), 0, flags=("omitted",))
    told: list[str] = []
    found = pairs(root(replace(made, links=(*made.links[:3], first, second, *made.links[4:])), told, level="item"))
    assert [pair[0] for pair in found] == ["Outcomes", "2. Trains run. Buses, too."]
    assert len(told) == 2


def test_paragraphs_that_are_one_in_the_other_language_are_one_unit() -> None:
    made = document()
    cut = Block(
        "zh.2.p1",
        "paragraph",
        segments=(Segment("zh.2.s1", "列车通行。"), Segment("zh.2.s2", "还有汽车。")),
        witness="zh",
    )
    blocks = (made.zh.blocks[0], replace(made.zh.blocks[1], blocks=(cut,)))
    joined = replace(made, links=(*made.links[:4], Link(("en.2.s1", "en.2.s2"), ("zh.2.s1", "zh.2.s2"))))
    tree = root(replace(joined, zh=replace(made.zh, blocks=blocks)), level="paragraph")
    assert pairs(tree)[-2:] == [
        ("2. Trains run. Buses, too.", "2、列车通行。还有汽车。"),
        ("Trains run. Buses, too.", "列车通行。还有汽车。"),
    ]
    assert [unit.get("segtype") for unit in tree.iter("tu")][-1] == "block"


def test_where_the_source_has_a_line_end_a_paragraph_ends() -> None:
    def at(start: int, end: int) -> tuple[Span, ...]:
        return (Span("en", start, end, "kept", "x"),)

    label = Mark("Article 1", spans=at(0, 9))
    for start, paragraph in ((9, "Article 1Trains run."), (10, "Trains run.")):
        text = Block("en.1.p1", "paragraph", segments=(Segment("en.1.s1", "Trains run.", spans=at(start, start + 11)),))
        other = Block("zh.1.p1", "paragraph", segments=(Segment("zh.1.s1", "列车通行。"),))
        made = Bitext(
            Meta("made"),
            Document("en", "en", (Block("en.1", "item", "1", label, blocks=(text,)),)),
            Document("zh", "zh-Hans", (Block("zh.1", "item", "1", Mark("第一条　"), blocks=(other,)),)),
            links=(Link(("en.1.s1",), ("zh.1.s1",)),),
        )
        assert pairs(root(made, level="paragraph"))[0][0] == paragraph


# Direction, filters


@pytest.mark.parametrize(("stated", "wished", "source"), [
    ("unknown", "", "en-US"), ("zh>en", "", "zh-CN"), ("zh>en", "en-zh", "en-US"), ("en>zh", "zh-en", "zh-CN"),
])  # fmt: skip
def test_direction_as_stated_or_as_wished(stated: str, wished: str, source: str) -> None:
    made = document()
    tree = root(replace(made, meta=replace(made.meta, direction=stated)), direction=wished)
    header = tree.find("header")
    assert header is not None
    assert header.get("srclang") == source
    assert {unit[-2].get(f"{XML}lang") for unit in tree.iter("tu")} == {source}
    assert ("Outcomes", "成果")[source != "en-US"] == pairs(tree)[0][0]


def test_only_what_is_sure_enough() -> None:
    told: list[str] = []
    found = pairs(root(document(), told, confidence=0.65))
    assert ("Three were opened.", "开放了三个。") in found
    assert "Trains run." not in [pair[0] for pair in found]
    assert told[1:] == ["left out 3 units below confidence 0.65"]


def test_only_what_a_person_confirmed_with_who_and_when() -> None:
    made = document()
    word = Verdict("Li & Co", "2026-03-01", "right")
    confirmed = replace(made.links[4], status="confirmed", verdict=word)
    told: list[str] = []
    (unit,) = root(replace(made, links=(*made.links[:4], confirmed, made.links[5])), told, status="confirmed").iter(
        "tu"
    )
    assert {str(key): str(value) for key, value in unit.attrib.items()} == {
        "creationid": "align-confirmed",
        "creationdate": "20140714T000000Z",
        "changedate": "20260301T000000Z",
        "changeid": "Li & Co",
    }
    assert said(unit)["x-ConfirmationLevel"] == "Translated"
    assert told[1:] == ["left out 6 units that nobody has confirmed"]


def test_of_several_who_confirmed_the_last_is_named() -> None:
    made = document()
    remark = Verdict("Cai", "2026-03-09", "Is it?", is_remark=True)
    several = together([Verdict("Ann", "2026-03-02"), Verdict("Bob", "2026-03-01"), remark])
    confirmed = replace(made.links[4], status="confirmed", verdict=several)
    (unit,) = root(replace(made, links=(*made.links[:4], confirmed, made.links[5])), status="confirmed").iter("tu")
    assert (unit.get("changeid"), unit.get("changedate")) == ("Ann", "20260302T000000Z")


def test_an_item_is_confirmed_when_all_of_it_is() -> None:
    made = document()
    last = [
        replace(link, status="confirmed", verdict=Verdict(f"P{n}", f"2026-03-0{n}"))
        for n, link in enumerate(made.links[4:], 1)
    ]
    units = list(root(replace(made, links=(*made.links[:4], *last)), level="item").iter("tu"))
    assert [unit.get("creationid") for unit in units] == ["align-auto", "align-auto", "align-confirmed"]
    assert units[2].get("changeid") == "P2"


@pytest.mark.parametrize(("standing", "wish", "count"), [
    ("official", "official", 7), ("reprint", "official", 0), ("reprint", "", 7), ("unknown", "source", 7),
    ("working", "", 0), ("machine", "source", 0), ("machine", "all", 7),
])  # fmt: skip
def test_by_standing(standing: str, wish: str, count: int) -> None:
    every = tuple(
        Witness(lang, "t", "0" * 64, "utf-8", standing=s) for lang, s in (("en", "official"), ("zh", standing))
    )
    told: list[str] = []
    # the titles of a whole document have no witness of their own
    every_unit = list(root(document(witnesses=every), told, standing=wish).iter("tu"))
    assert sum("x-item" in said(unit) for unit in every_unit) == count - (count > 0)
    assert told[0] == {0: "no unit", 1: "1 unit"}.get(len(every_unit), f"{len(every_unit)} units")
    assert bool(told[1:]) == (count == 0 or wish == "official")


# Repeats


def test_a_pair_that_comes_again_has_all_its_places() -> None:
    made = document()
    segments = {"en": "Trains run.", "zh": "列车通行。"}
    documents = [
        replace(
            d,
            blocks=(
                d.blocks[0],
                replace(
                    d.blocks[1],
                    blocks=(
                        d.blocks[1].blocks[0],
                        replace(d.blocks[1].blocks[1], segments=(Segment(f"{d.id}.2.s2", segments[d.id]),)),
                    ),
                ),
            ),
        )
        for d in made.documents
    ]
    again = replace(
        made, en=documents[0], zh=documents[1], links=(*made.links[:5], replace(made.links[5], confidence=0.99))
    )
    (unit,) = [unit for unit in root(again).iter("tu") if "Trains" in (unit.findtext("tuv/seg") or "")]
    known = said(unit)
    assert known["x-confidence"] == "0.99"
    assert {known["x-segments"], known["x-also"]} == {"en.2.s2 zh.2.s2", "item 2: en.2.s1 zh.2.s1"}


def test_what_a_document_before_has_is_left_out_and_told() -> None:
    told: list[str] = []
    tree = root([document(), document()], told)
    assert len(pairs(tree)) == len(set(pairs(tree))) == 7
    assert told[1:] == ["left out 7 units that a document before has"]


def test_contradictions_are_kept_and_told() -> None:
    made = document()
    other = replace(made.zh, heading=(Segment("zh.h.s1", "成效"),))
    told: list[str] = []
    found = pairs(root([made, replace(made, zh=other)], told, profile="omegat"))
    assert {("Outcomes", "成果"), ("Outcomes", "成效")} < set(found)
    assert told[-1] == (
        "1 source has several translations, all kept (OmegaT inserts the last of them by itself):"
        " “Outcomes” (also “成效”)"
    )


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("甲乙丙"), st.booleans()), max_size=40), st.booleans()
)
def test_repeats_are_what_a_set_says(rows: list[tuple[str, str, bool]], is_english_source: bool) -> None:
    units = [
        Unit(en, zh, (Occurrence("d", "", str(n)),), Facts(flags=("draft",) * d)) for n, (en, zh, d) in enumerate(rows)
    ]
    known = Repeats()
    found = [
        unit for start in range(0, len(units), 7) for unit in known.fresh(units[start : start + 7], is_english_source)
    ]
    assert [(u.english, u.chinese, u.is_draft) for u in found] == list(dict.fromkeys(rows))
    assert known.again == len(rows) - len(set(rows))
    sources = [(en if is_english_source else zh, d) for en, zh, d in set(rows)]
    assert known.several == len({source for source in sources if sources.count(source) > 1})


# Files


def many(count: int) -> Iterator[Unit]:
    return (Unit(f"Port {n}.", f"口岸{n}。", (Occurrence("ports", str(n), f"en.{n} zh.{n}"),)) for n in range(count))


def files(units: Iterable[Unit], form: Form, largest: int) -> Files:
    made: Files = {}

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        stream = io.BytesIO()
        yield stream
        made[name] = stream.getvalue()

    write_units(units, form, "made", keep, largest)
    return made


def test_a_split_memory_is_whole_files_that_hold_every_unit_once() -> None:
    made = files(many(300), Form(), 20_000)
    assert list(made)[:2] == ["made.tmx", "made.2.tmx"]
    assert len(made) > 4
    assert max(map(len, made.values())) <= 20_000 < min(map(len, list(made.values())[:-1])) + 1_000
    dtd = etree.DTD(str(shared("schemas/tmx14.dtd")))
    trees = [etree.fromstring(data) for data in made.values()]
    assert all(map(dtd.validate, trees))
    assert [pair for tree in trees for pair in pairs(tree)] == [(f"Port {n}.", f"口岸{n}。") for n in range(300)]


def test_a_unit_that_no_file_can_hold_stands_alone_and_is_counted() -> None:
    long = Unit("x" * 30_000, "长。", (Occurrence("d", "", "a b"),))
    made: list[int] = []

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        stream = io.BytesIO()
        yield stream
        made.append(len(pairs(etree.fromstring(stream.getvalue()))))

    done = write_units([*many(2), long, *many(3)], Form(), "made", keep, 20_000)
    assert made == [2, 1, 3]
    assert (done.files, done.too_large) == (3, 1)


def test_no_text_breaks_the_file() -> None:
    hostile = "a\x0b\x00<&>]]>\r\n\ud800\uffff\"'"
    facts = Facts(verdict=Verdict(hostile, "2026-03-01"), status="confirmed")
    unit = Unit(hostile, hostile, (Occurrence(hostile, hostile, hostile),) * 2, facts)
    (data,) = files([unit], Form(), 0).values()
    tree = etree.fromstring(data)
    assert pairs(tree)[0] == ("a[U+000B][U+0000]<&>]]>\r\n[U+D800][U+FFFF]\"'",) * 2
    assert b"\r" not in data


def test_memory_does_not_grow_with_the_units() -> None:
    import tracemalloc

    class Sink(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return len(cast(bytes, data))

    @contextmanager
    def drop(_: str) -> Iterator[IO[bytes]]:
        yield cast(IO[bytes], Sink())

    def peak(count: int) -> int:
        gc.collect()
        tracemalloc.start()
        write_units(Repeats().fresh(many(count), True), Form(), "made", drop)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(CHUNK)
    assert peak(24 * CHUNK) - peak(2 * CHUNK) < 22 * CHUNK * 8 * 6, (
        "16 bytes a unit, and as much again while they are merged"
    )


def test_documents_are_read_one_after_another() -> None:
    made = document()
    assert len(pairs(root(repeat(made, 50)))) == 7


# Profiles


def test_a_property_says_its_kind_where_trados_wants_it() -> None:
    known = [set(said(unit)) for unit in root(document(), profile="trados").iter("tu")]
    assert known[0] == {
        "x-document:SingleString", "x-confidence:SingleString", "x-status:SingleString", "x-standing:SingleString",
        "x-Origin", "x-ConfirmationLevel", "x-segments:SingleString",
    }  # fmt: skip


def test_what_is_longer_than_a_program_takes_is_told() -> None:
    made = document()
    long = replace(made.en, heading=(Segment("en.h.s1", "x" * 2_001),))
    told: list[str] = []
    root(replace(made, en=long), told, profile="trados")
    assert told[1:] == ["1 unit is longer than the 2,000 characters a side that Trados takes"]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_a_profile_names_its_source(profile: Profile) -> None:
    assert profile.sources
    assert all(source.startswith(("https://", "http://", "run: ")) for source in profile.sources)


@pytest.mark.parametrize("profile", ["", *PROFILES])
@pytest.mark.parametrize("level", LEVELS)
def test_every_form_is_valid(profile: str, level: str) -> None:
    dtd = etree.DTD(str(shared("schemas/tmx14.dtd")))
    assert dtd.validate(root([document(), document()], profile=profile, level=level)), dtd.error_log


# The command


@pytest.fixture
def old(run: Run, tmp_path: Path) -> list[str]:
    for lang, text in (("en", EN), ("zh", ZH)):
        (tmp_path / f"old.{lang}.txt").write_text(text, "utf-8")
    return ["export", "old.en.txt", "old.zh.txt", "--to", "tmx,docx"]


def test_a_wish_makes_the_memory_stale_and_no_other_format(old: list[str], run: Run) -> None:
    run(*old)
    assert "unchanged: dist/old/old.xml, .tmx, .docx\n" in run(*old)[1]
    again = run(*old, "--level", "item")[1]
    assert "written: dist/old/old.tmx\n" in again
    assert "unchanged: dist/old/old.xml, .docx\n" in again
    again = run(*old, "--level", "item", "--layout", "stacked")[1]
    assert "written: dist/old/old.docx\n" in again
    assert "unchanged: dist/old/old.xml, .tmx\n" in again


def test_parts_of_a_split_memory_go_when_it_is_whole_again(run: Run, tmp_path: Path) -> None:
    charter = ["export", ROOT / "input/charter", "--to", "tmx"]
    assert ".tmx, charter.2.tmx" in run(*charter, "--split", "30KB")[1]
    assert {path.name for path in (tmp_path / "dist/charter").glob("*.tmx")} == {"charter.tmx", "charter.2.tmx"}
    run(*charter)
    assert {path.name for path in (tmp_path / "dist/charter").glob("*.tmx")} == {"charter.tmx"}
    run(*charter, "--split", "30KB")
    (tmp_path / "dist/charter/charter.2.tmx").write_text("edited", "utf-8")
    run(*charter)
    assert (tmp_path / "dist/charter/charter.2.tmx").read_text("utf-8") == "edited"


@pytest.mark.parametrize(("option", "value", "said"), [
    ("--min-confidence", "2", "no number from 0 to 1"), ("--min-confidence", "nan", "no number from 0 to 1"),
    ("--split", "lots", "no size"), ("--split", "1B", "no size"), ("--level", "word", "is not one of"),
])  # fmt: skip
def test_a_wish_that_makes_no_sense(option: str, value: str, said: str, old: list[str], run: Run) -> None:
    status, out, err = run(*old, option, value)
    assert (status, out) == (2, "")
    assert said in err


def test_a_code_longer_than_a_program_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cast(dict[str, Profile], PROFILES), "short", Profile("Short", ("run: none",), code=5))
    with pytest.raises(UsageError, match="5 characters at most"):
        find_exporter("tmx").write(
            [document()],
            Options("made", "en-US", "zh-Hans", memory=Memory(profile="short")),
            lambda _: None,  # type: ignore[arg-type,return-value]  # never called
        )


def test_a_reading_is_what_is_exported() -> None:
    made = document()
    read = replace(made.zh, heading=(Segment("zh.h.s1", "成 果", (Reading(1, 2, ""),)),))
    assert pairs(root(replace(made, zh=read), level="item"))[0] == ("Outcomes", "成果")

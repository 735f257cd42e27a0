"""What holds of the beads of any two texts, and what is found where sentences are cut, joined or left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from official import EN, PAIRS, STRANGE_EN, STRANGE_ZH, ZH, traditional

from align.aligner.beads import Bead, align_texts
from align.aligner.parameters import MOST, MOST_BOTH
from align.dictionary import empty, load

Links = list[tuple[tuple[int, ...], tuple[int, ...]]]
Units = list[tuple[int, int]]


def links(beads: Sequence[Bead]) -> Links:
    return [(bead.en, bead.zh) for bead in beads]


def check(beads: Sequence[Bead], en: int, zh: int) -> None:
    """Every sentence is in one bead, in order but in those that say they cross others; sizes and confidences."""
    assert [i for bead in beads for i in bead.en] == [*range(en)]
    assert sorted(j for bead in beads for j in bead.zh) == [*range(zh)]
    straight = [j for bead in beads if not bead.is_crossing for j in bead.zh]
    assert straight == sorted(straight)
    for bead in beads:
        few, many = sorted((len(bead.en), len(bead.zh)))
        assert (few, many) in ((0, 1), (1, many)) or (few > 1 and many <= MOST_BOTH)
        assert 1 <= many <= MOST
        assert 0.0 <= bead.confidence <= 1.0
        assert (few, many) == (1, 1) or not bead.is_crossing


SOME = st.lists(st.integers(0, len(PAIRS) - 1), max_size=18)


@st.composite
def divided(draw: st.DrawFn) -> tuple[list[str], list[str], Units]:
    """Two texts of any of the sentences, and units that they are made of."""
    sizes, en, zh = [], [], []
    for _ in range(draw(st.integers(1, 4))):
        ours, theirs = draw(SOME), draw(SOME)
        sizes.append((len(ours), len(theirs)))
        en += [EN[i] for i in ours]
        zh += [ZH[j] for j in theirs]
    return en, zh, sizes


@given(said=divided(), known=st.booleans())
@settings(max_examples=70, deadline=None)
def test_every_sentence_once_and_in_its_unit(said: tuple[list[str], list[str], Units], known: bool) -> None:
    en, zh, units = said
    dictionary = load() if known else empty()
    beads = align_texts(en, zh, dictionary, units=units)
    check(beads, len(en), len(zh))
    assert align_texts(en, zh, dictionary, units=units) == beads
    if en and zh:
        homes = [[unit for unit, size in enumerate(units) for _ in range(size[side])] for side in (0, 1)]
        assert all(len({homes[0][i] for i in b.en} | {homes[1][j] for j in b.zh}) == 1 for b in beads)


def test_neighbours_that_changed_places_cross() -> None:
    zh = [*ZH[:10], ZH[11], ZH[10], *ZH[12:20]]
    beads = align_texts(EN[:20], zh, load())
    check(beads, 20, 20)
    assert links(beads) == [((n,), ({10: 11, 11: 10}.get(n, n),)) for n in range(20)]
    assert {bead.en for bead in beads if bead.is_crossing} in ({(10,), (11,)}, {(10,)}, {(11,)})


@given(order=st.permutations(range(len(PAIRS))), size=st.integers(2, len(PAIRS)))
@settings(max_examples=8, deadline=None)
def test_a_translation_is_found_in_either_script(order: list[int], size: int) -> None:
    en, zh = [EN[i] for i in order[:size]], [ZH[i] for i in order[:size]]
    simplified = align_texts(en, zh, load())
    assert links(simplified) == [((n,), (n,)) for n in range(size)]
    assert links(align_texts(en, [traditional(text) for text in zh], load())) == links(simplified)
    assert min(bead.confidence for bead in simplified) > 0.9


def test_without_a_dictionary_numbers_and_lengths_are_enough() -> None:
    assert links(align_texts(EN, ZH, empty())) == [((n,), (n,)) for n in range(len(PAIRS))]


def test_another_document_aligned_before_changes_nothing() -> None:
    en, zh = EN[:20], ZH[3:25]
    before = align_texts(en, zh, load())
    align_texts(STRANGE_EN, STRANGE_ZH, load())
    align_texts(EN[20:] * 3, ZH[20:] * 3, load(), [("glacier", "冰川")])
    assert align_texts(en, zh, load()) == before


def _apart(numbers: Sequence[int]) -> bool:
    return all(b - a > 2 for a, b in pairwise(numbers))


GONE = st.lists(st.tuples(st.integers(0, 59), st.booleans()), max_size=8, unique_by=lambda gone: gone[0]).map(sorted)


@given(gone=GONE.filter(lambda gone: _apart([n for n, _ in gone])), is_traditional=st.booleans())
@settings(max_examples=25, deadline=None)
def test_deleted_sentences_are_found(gone: list[tuple[int, bool]], is_traditional: bool) -> None:
    no_en, no_zh = ({n for n, is_en in gone if is_en is side} for side in (True, False))
    ours, theirs = ([n for n in range(60) if n not in no] for no in (no_en, no_zh))
    zh = [traditional(ZH[n]) if is_traditional else ZH[n] for n in theirs]
    found = links(align_texts([EN[n] for n in ours], zh, load()))
    named = {(tuple(ours[i] for i in en), tuple(theirs[j] for j in zh)) for en, zh in found}
    alone = {((n,), ()) for n in no_zh} | {((), (n,)) for n in no_en}
    assert named == alone | {((n,), (n,)) for n in range(60) if n not in no_en | no_zh}


@pytest.mark.parametrize("first", [0, 20, 45])
def test_a_deleted_block_is_found(first: int) -> None:
    gone = range(first, first + 15)
    left = [n for n in range(60) if n not in gone]
    beads = align_texts(EN, [ZH[n] for n in left], load())
    whole = [((n,), () if n in gone else (left.index(n),)) for n in range(60)]
    assert links(beads) == whole
    turned = align_texts([EN[n] for n in left], ZH, load())
    assert links(turned) == [(zh, en) for en, zh in whole]
    assert min(bead.confidence for bead in (*beads, *turned)) > 0.8


FIVE = (
    "The ministers visited the shipyard, tasted the local tea, listened to the complaints of the fishermen, "
    "watched a football match and promised to build a hospital.",
    ["部长们参观了造船厂。", "他们品尝了当地的茶。", "他们听取了渔民的抱怨。", "他们观看了一场足球比赛。",
     "他们承诺修建一所医院。"],
)  # fmt: skip


@pytest.mark.parametrize("at", [0, 7, 20])
def test_one_sentence_answers_five(at: int) -> None:
    long, five = FIVE
    beads = align_texts([*EN[:at], long, *EN[at:20]], [*ZH[:at], *five, *ZH[at:20]], load())
    assert ((at,), tuple(range(at, at + 5))) in links(beads)
    assert len(beads) == 21


def test_five_sentences_answer_one() -> None:
    pieces = [
        "The ministers visited the shipyard.", "They tasted the local tea.", "They listened to the fishermen.",
        "They watched a football match.", "They promised to build a hospital.",
    ]  # fmt: skip
    zh = "部长们参观了造船厂，品尝了当地的茶，听取了渔民的意见，观看了一场足球比赛，并承诺修建一所医院。"
    beads = align_texts([*EN[:9], *pieces, *EN[9:18]], [*ZH[:9], zh, *ZH[9:18]], load())
    assert (tuple(range(9, 14)), (9,)) in links(beads)
    assert len(beads) == 19


@given(joins=st.sets(st.integers(0, 18), max_size=5), is_en=st.booleans())
@settings(max_examples=20, deadline=None)
def test_joined_sentences_are_found(joins: set[int], is_en: bool) -> None:
    """Some pairs of neighbours are one sentence on one side, a comma between them."""
    groups: list[list[int]] = []
    for n in range(40):
        if groups and n % 2 and n // 2 in joins:
            groups[-1].append(n)
        else:
            groups.append([n])
    wanted: list[tuple[tuple[int, ...], tuple[int, ...]]]
    if is_en:
        one, many = [" and ".join(EN[n].rstrip(".") for n in group) + "." for group in groups], ZH[:40]
        wanted = [((at,), tuple(group)) for at, group in enumerate(groups)]
        assert links(align_texts(one, many, load())) == wanted
    else:
        one, many = ["，".join(ZH[n].rstrip("。") for n in group) + "。" for group in groups], EN[:40]
        wanted = [(tuple(group), (at,)) for at, group in enumerate(groups)]
        assert links(align_texts(many, one, load())) == wanted


def test_units_keep_apart_what_belongs_together() -> None:
    beads = align_texts(EN[:4], ZH[:4], load(), units=[(1, 2), (3, 0), (0, 2)])
    check(beads, 4, 4)
    assert links(beads)[-5:] == [((1,), ()), ((2,), ()), ((3,), ()), ((), (2,)), ((), (3,))]
    assert all(bead.confidence == pytest.approx(1.0) for bead in beads[-5:])


def test_more_than_nine_sentences_are_not_one_bead() -> None:
    zh = [f"他们参观了第{n}个造船厂。" for n in range(12)]
    beads = align_texts(["They visited " + ", ".join(["a shipyard"] * 12) + "."], zh, load())
    check(beads, 1, 12)
    assert len(beads) > 1

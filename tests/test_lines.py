"""How lines break, space and fill pages, with faces whose characters are one em or half an em wide."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from align.exporters._blocks import REMNANT, Block, Column
from align.exporters._lines import HAN_LATIN, Line, Placed, set_lines
from align.exporters._pagination import paginate, snug
from align.exporters._tokens import Half, Ink, Stretch, Tokeniser

SIZE = 10.0
HAN, LATIN, BOLD = Ink("han", SIZE), Ink("latin", SIZE), Ink("bold", SIZE)
NEVER_FIRST = "、，。；：！？）》〉」』”’】…—％,.)"
NEVER_LAST = "（《〈「『“‘【("
HALVES: dict[str, dict[str, Half]] = {
    "han": {**dict.fromkeys("、，。；：）》”", "right"), **dict.fromkeys("（《“", "left")}
}
WORDS = ("2014", "CPAFFC", "S&ED", "12.5%", "U.S.–China", "sub-national", "(NEST)", "7,", "Kerry")


def width(text: str, face: str) -> float:
    return len(text) * (1 if face == "han" else 0.5)


def tokeniser(halves: bool = True) -> Tokeniser:
    return Tokeniser(width, HALVES if halves else {}, {})


def mixed(text: str) -> list[Stretch]:
    """ASCII in the Latin face, all else in the Chinese one."""
    made: list[Stretch] = []
    for char in text:
        cjk = not char.isascii() and char != "–"
        if made and made[-1].cjk == cjk:
            made[-1] = Stretch(made[-1].text + char, made[-1].ink, cjk)
        else:
            made.append(Stretch(char, HAN if cjk else LATIN, cjk))
    return made


def lines(text: str, em: float, justify: bool = False, halves: bool = True) -> list[str]:
    return [line.text for line in set_lines(mixed(text), em * SIZE, tokeniser(halves), justify)]


def generated(seed: int) -> str:
    """Chinese sentences with quotations, titles, dashes, numbers and Latin words."""
    chance = random.Random(seed)
    said = ["各方"]
    for _ in range(60):
        han = "".join(chance.choice("中美双方决定在能源领域开展合作并就气候变化交换意见") for _ in range(5))
        said.append(
            chance.choice(
                (
                    han,
                    f"《{han}》（{chance.choice(WORDS)}）",
                    f"“{han}”、‘{han}’",
                    f"——{han}……",
                    f"【{han}】；{chance.randrange(3000)}年",
                    f" {chance.choice(WORDS)} ",
                    f"占{chance.randrange(100)}％。",
                    f"：「『{han}』」！",
                    f"{han}{chance.choice(WORDS)}{han}，",
                )
            )
        )
    return "".join(said)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("justify", [False, True])
def test_no_line_begins_or_ends_with_a_mark_that_must_not(seed: int, justify: bool) -> None:
    for em in (8, 9.3, 11, 13.7, 20, 33):
        made = lines(generated(seed), em, justify)
        assert len(made) > 3
        assert not [line for line in made if line[0] in NEVER_FIRST]
        assert not [line for line in made if line.rstrip()[-1] in NEVER_LAST]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("halves", [False, True])
def test_no_line_is_wider_than_the_measure(seed: int, halves: bool) -> None:
    for em in (6, 8, 11, 20):
        made = set_lines(mixed(generated(seed)), em * SIZE, tokeniser(halves), justify=True)
        assert max(line.width for line in made) <= em * SIZE + 0.02


@pytest.mark.parametrize("em", [1, 2, 3.5, 7, 19, 60])
def test_no_character_is_lost_at_any_width(em: float) -> None:
    text = generated(1) + "x" * 90 + "（（（（））））。。。。" + " https://example.org/a/b?c=d#e "
    made = lines(text, em, justify=True)
    assert "".join("".join(made).split()) == "".join(text.split())


@pytest.mark.parametrize("em", [5, 6.5, 8, 9, 12])
def test_numbers_keep_their_units_and_dashes_stay_whole(em: float) -> None:
    made = lines("会议于2014年7月10日举行，占25％——约34亿元……并将继续。" * 5, em)
    for one, two in pairwise(made):
        assert not (one[-1].isdigit() and two[0] in "年月日％亿")
        assert not (one[-1] in "—…" and two[0] in "—…")


def test_english_breaks_at_blanks_and_after_hyphens_and_slashes() -> None:
    made = lines("low-carbon provinces/states 26-27", 5.5)
    assert made == ["low-carbon", "provinces/", "states", "26-27"]


def test_english_dates_stay_whole_where_a_word_breaks() -> None:
    assert lines("March 26-27 x-ray", 3) == ["March", "26-27", "x-ray"]


def test_a_word_wider_than_the_line_is_broken_and_no_other() -> None:
    assert lines("of internationalisation", 6) == ["of internati", "onalisation"]
    assert lines("of international", 6.5) == ["of", "international"]


def test_a_mark_between_blanks_does_not_begin_a_line() -> None:
    assert lines("aaaa bbbb – cccc", 4.5) == ["aaaa", "bbbb –", "cccc"]


def test_justified_lines_are_flush_except_the_last() -> None:
    made = set_lines(mixed("中美双方决定开展合作" * 7), 83.0, tokeniser(), justify=True)
    assert {round(line.width, 3) for line in made[:-1]} == {83.0}
    assert made[-1].width < 83


def test_justification_never_spreads_a_latin_word() -> None:
    made = set_lines(mixed("会议由CPAFFC与地方政府共同举办并由CPAFFC主持" * 3), 97.0, tokeniser(), justify=True)
    latin = [part for line in made for part in line.placed if part.ink == LATIN]
    assert latin
    assert all(part.spacing == 0 for part in latin)


def test_a_line_that_would_be_too_loose_is_left_ragged() -> None:
    made = set_lines(mixed("合作" + "x" * 18 + "意见"), 100.0, tokeniser(), justify=True)
    assert made[0].text == "合作"
    assert made[0].width == 20


def test_adjacent_marks_and_marks_at_the_ends_are_trimmed() -> None:
    (line,) = set_lines(mixed("“中》（国”"), 100.0, tokeniser())
    assert line.width == 10 * (6 - 0.5 - 0.5 - 0.5)
    assert line.placed[0].x == -5
    (whole,) = set_lines(mixed("“中》（国”"), 100.0, tokeniser(halves=False))
    assert whole.width == 60


def test_marks_give_way_so_that_a_paragraph_ends_without_a_lone_character() -> None:
    text = "中，美，双方合作吧"
    assert lines(text, 8.5, justify=True) == [text]
    assert lines(text, 8.5, justify=True, halves=False) == [text[:-1], text[-1]]


@pytest.mark.parametrize("em", range(12, 40))
@pytest.mark.parametrize("justify", [False, True])
def test_no_paragraph_ends_with_a_lone_character(em: int, justify: bool) -> None:
    for text in (
        "中美双方决定在能源领域开展合作并就气候变化交换意见。",
        "行政機關就該管行政程序（不含國會）之「事務」。",
    ):
        *_, before, last = ["", *lines(text * 2, em + 0.3, justify)]
        assert sum(char.isalnum() for char in last) >= 2
        assert not before or before[-1] not in NEVER_LAST


def test_a_number_written_with_blanks_stays_whole() -> None:
    for said in ("about 1 000 000 people in 2030 and", "约1 000 000人在2030年"):
        for em in (5, 6, 7, 8, 9.5):
            for one, two in pairwise(lines(said, em)):
                assert not (one[-1] in "10" and two.startswith("000"))
    assert lines("in 2030 500", 4.5) == ["in 2030", "500"]


def test_a_little_space_stands_between_han_and_latin_printed_or_not() -> None:
    (without,) = set_lines(mixed("于2014年"), 100.0, tokeniser())
    (printed,) = set_lines(mixed("于 2014 年"), 100.0, tokeniser())
    assert without.width == printed.width == pytest.approx(40 + 2 * HAN_LATIN * SIZE)
    assert (without.text, printed.text) == ("于2014年", "于 2014 年")


def test_one_word_in_two_inks_is_not_broken() -> None:
    stretches = [Stretch("aaa bbb", BOLD, False), Stretch("ccc", LATIN, False)]
    made = set_lines(stretches, 35.0, tokeniser())
    assert [line.text for line in made] == ["aaa", "bbbccc"]


def test_a_joined_dash_is_drawn_together_and_measured_so() -> None:
    close = Tokeniser(width, {}, {"han": 0.1})
    (line,) = set_lines(mixed("中——美"), 100.0, close)
    assert line.width == pytest.approx(39)
    assert [part.spacing for part in line.placed] == [0, -1, 0]


def test_nothing_to_set_is_no_line() -> None:
    assert set_lines([], 100, tokeniser()) == ()
    assert lines("   ", 10) == []


def column(count: int, opens: tuple[int, ...] = (0,), x: float = 0) -> Column:
    made = tuple(Line((), 0, at in opens) for at in range(count))
    return Column(x, made, (10.0,) * count, 0)


def test_no_paragraph_leaves_a_single_line_at_a_page_end() -> None:
    assert column(9).cut(85) == 7
    assert column(9, opens=(0, 5)).cut(60) == 5
    assert column(9, opens=(0, 5)).cut(40) == 3
    assert column(3).cut(25) == 0
    assert column(9).cut(90) == 9


def test_a_row_of_half_a_page_is_kept_whole_when_little_room_is_left() -> None:
    pages = paginate([Block(((column(8),),)), Block(((column(4),),))], 100)
    assert [len(page) for page in pages] == [1, 1]


def test_a_longer_row_is_divided_on_both_sides_and_says_so() -> None:
    again = (column(1),)
    row = Block(((column(16), column(12)),), again=again)
    first, second = paginate([row], 100)
    (head,), (told, rest) = first[0].block.strata, second[0].block.strata
    assert [len(side.lines) for side in head] == [10, 9]
    assert [len(side.lines) for side in rest] == [6, 3]
    assert told == again


def said(*texts: str) -> Column:
    """A paragraph for each text, on a line of its own."""
    made = tuple(Line((Placed(0, text, LATIN),), 0, True) for text in texts)
    return Column(0, made, (10.0,) * len(made), 0)


def test_a_lead_in_goes_with_what_it_announces() -> None:
    lines = ["text"] * 12
    row = Block(tuple((said(text),) for text in (*lines[:6], "as follows:", *lines[:9])))
    first = paginate([row], 70)[0]
    assert len(first[0].block.strata) == 6
    lead = Block(((said(*lines[:3], "如下："),),), keep=True)
    first, second = paginate([Block(((column(6),),)), lead, Block(((column(6),),))], 100)
    assert (len(first), len(second)) == (1, 2)


def test_a_long_lead_in_is_divided_rather_than_leave_a_page_empty() -> None:
    lead = Block(((column(16),),), keep=True)
    pages = paginate([Block(((column(4),),)), lead, Block(((column(3),),))], 200)
    assert [len(page) for page in pages] == [2, 2]
    assert len(pages[1][0].block.strata[0][0].lines) == REMNANT


def test_what_resumes_an_item_says_so_at_the_top_of_a_page_only() -> None:
    row = Block(((column(4),),), again=(column(1),), resumes=True)
    first, second = paginate([Block(((column(4),),)), row, row], 100)
    assert [len(at.block.strata) for at in (*first, *second)] == [1, 1, 2]


def test_the_page_before_a_bare_last_page_gives_something_up() -> None:
    rows = [Block(((column(1),),)) for _ in range(21)]
    assert [len(page) for page in snug(rows, 100, 5)] == [10, 9, 2]
    rows = [Block(((column(1),),)) for _ in range(111)]
    assert [len(page) for page in snug(rows, 100, 10)] == [*[11] * 9, 9, 3]


@pytest.mark.parametrize("room", range(20, 130, 5))
def test_a_division_leaves_no_remnant(room: int) -> None:
    divided = Block(((column(13),),)).split(room)
    if divided:
        counts = [len(part.strata[0][0].lines) for part in divided]
        assert sum(counts) == 13
        assert min(counts) >= REMNANT
    else:
        assert room < REMNANT * 10


def test_a_heading_goes_with_its_first_row() -> None:
    heading = Block(((column(1),),), keep=True)
    pages = paginate([Block(((column(7),),)), heading, Block(((column(4),),))], 100)
    assert [len(page) for page in pages] == [1, 2]


def test_a_block_that_no_page_can_take_is_divided_anyhow() -> None:
    huge = Block(((column(35),),), above=50, keep=True)
    pages = paginate([huge, Block(((column(2),),))], 100)
    assert sum(len(c.lines) for page in pages for at in page for s in at.block.strata for c in s) == 37
    assert all(sum(at.block.height for at in page) <= 100 for page in pages)


def test_pages_are_a_little_higher_where_that_saves_a_bare_last_page() -> None:
    rows = [Block(((column(1),),)) for _ in range(11)]
    assert [len(page) for page in paginate(rows, 100)] == [10, 1]
    assert [len(page) for page in snug(rows, 100, 10)] == [11]
    assert [len(page) for page in snug(rows, 100, 5)] == [9, 2]

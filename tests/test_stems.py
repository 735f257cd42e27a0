"""English words: which a text has, and which forms of one meet in a stem."""

from __future__ import annotations

import re

import pytest

from align.stems import IRREGULAR, stem, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the U.S.A.", ["usa"]),
        ("The U.S. and China", ["usa", "and", "china"]),
        ("US-China trade", ["usa", "china", "trade"]),
        ("U.S.Army", ["usa", "army"]),
        ("the U.N.'s charter", ["un", "charter"]),
        ("let us go", ["let", "us", "go"]),
        ("Plan B, e.g. I", ["plan", "i"]),
        ("don’t", ["don't"]),
        ("Café in Łódź, Straße", ["cafe", "in", "lodz", "strasse"]),
        ("双方 2015", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "forms",
    [
        "go goes went gone going",
        "write writes wrote written writing",
        "child children child's",
        "country countries",
        "city cities",
        "study studies studied studying",
        "not cannot can't don't won't isn't",
        "he him his he's he'd himself",
        "we us our we've we'll",
        "they them their they're",
        "discuss discusses discussed discussing discussion",
        "process processes processed",
        "plan plans planned planning",
        "make makes made making",
        "vote votes voted voting",
        "add adds added adding",
        "move moves moved moving movement",
        "agree agrees agreed agreeing agreement",
        "manage managed managing management",
        "cooperate cooperated cooperating cooperation cooperative",
        "proceed proceeds proceeded proceeding",
        "speed speeds",
        "tax taxes taxed",
        "analysis analyses",
    ],
)
def test_forms_meet(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("a", "b"), [("win", "wine"), ("hop", "hope"), ("car", "carry"), ("us", "usa")])
def test_others_do_not(a: str, b: str) -> None:
    assert stem(a) != stem(b)


def test_an_irregular_form_has_one_base() -> None:
    rows = [row.split() for row in IRREGULAR.split(",")]
    forms = [form for _, *forms in rows for form in forms]
    assert len(forms) == len(set(forms))
    assert not {base for base, *_ in rows} & set(forms)


def test_every_stem_fits_a_number() -> None:
    odd = stems("O'clock, Xi'an’s internationalisation, naïve Ångström, rock-'n'-roll")
    assert odd
    assert all(re.fullmatch("[a-z]{1,8}", one) for one in odd)


def test_stop_words_have_no_stem() -> None:
    assert stems("The sides of it, etc.") == {stem("sides"), stem("it")}

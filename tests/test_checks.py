"""What is said of items of one number that say different things."""

from __future__ import annotations

import pytest

from align.checks import check
from align.model import Bitext, Block, Document, Lang, Link, Mark, Meta, Segment


def bitext(size: int, suspect: set[int], label: str = "Article {} ", doubtful: int = 0) -> Bitext:
    """Items 1 to `size`, one sentence each, of which some look like different texts and the last ones are doubtful."""

    def document(lang: Lang) -> Document:
        blocks = (
            Block(
                f"{lang}.{n}",
                "item",
                str(n),
                Mark(label.format(n)),
                segments=(Segment(f"{lang}.{n}.s1", f"Text {n}."),),
            )
            for n in range(1, size + 1)
        )
        return Document(lang, lang, tuple(blocks))

    def flags(n: int) -> tuple[str, ...]:
        return ("suspect",) * (n in suspect) + ("doubtful",) * (n > size - doubtful)

    links = tuple(Link((f"en.{n}.s1",), (f"zh.{n}.s1",), flags=flags(n)) for n in range(1, size + 1))
    return Bitext(Meta("law"), document("en"), document("zh"), (), links)


def told(made: Bitext) -> list[str]:
    return [finding.message for finding in check(made)]


def test_two_versions_get_one_finding() -> None:
    made = bitext(37, set(range(2, 33)), doubtful=4)
    assert told(made) == ["These look like different versions: 31 of 37 articles disagree."]


@pytest.mark.parametrize(
    ("suspect", "expected"),
    [
        ({9}, "1 of 26 articles looks like a different text: 9."),
        ({9, 19}, "2 of 26 articles look like different texts: 9, 19."),
    ],
)
def test_a_few_items_are_named(suspect: set[int], expected: str) -> None:
    assert told(bitext(26, suspect)) == [expected]


@pytest.mark.parametrize(("label", "name"), [("Section {}. ", "sections"), ("{}. ", "items"), ("（{}）", "items")])
def test_items_are_called_what_their_labels_say(label: str, name: str) -> None:
    assert f"3 of 4 {name} disagree" in told(bitext(4, {1, 2, 3}, label))[0]


def test_what_is_doubtful_besides_is_said_where_versions_agree() -> None:
    assert len(told(bitext(26, {9}, doubtful=1))) == 2


def test_nothing_is_said_of_pairs_that_agree() -> None:
    assert told(bitext(5, set())) == []


def test_a_third_language_in_latin_letters_is_told() -> None:
    french = [
        "Les deux parties ouvriront trois ports cette année pour tous les navires étrangers.",
        "Des experts se réuniront chaque année à Genève pour parler de la pêche.",
        "Des étudiants seront envoyés dans les deux pays au cours de cette année scolaire.",
    ]
    english = ["The two sides will open three ports this year for all ships."] * 3

    def rules(texts: list[str]) -> list[str]:
        said = tuple(Segment(f"en.p{n}.s1", text) for n, text in enumerate(texts))
        blocks = tuple(Block(f"en.p{n}", "paragraph", segments=(s,)) for n, s in enumerate(said))
        return [f.rule for f in check(Bitext(Meta("x"), Document("en", "en", blocks), Document("zh", "zh-Hans")))]

    assert rules(english + french) == ["other-language"]
    assert rules(english) == []

"""Items answer each other by number where numbers hold, and by what they say where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from align import corpus
from align.aligner import align
from align.aligner.ordering import WHOLE, across, in_order, mutual, rising
from align.aligner.tables import Window
from align.aligner.versions import agreement, differing
from align.build import build
from align.dictionary import load
from align.model import Block, Document, Lang, Link, Segment
from align.sources.documents import Input, InputFile
from align.units import partners
from align.validate import validate

LAW = (
    ("Everyone has the right to life, liberty and security of person.", "人人有权享有生命、自由和人身安全。"),
    ("No one shall be held in slavery; the slave trade shall be prohibited.", "任何人不得使为奴隶，奴隶买卖应予禁止。"),
    ("No one shall be subjected to torture or to cruel punishment.", "任何人不得加以酷刑或残忍的刑罚。"),
    ("All are equal before the law.", "法律之前人人平等。"),
    ("No one shall be subjected to arbitrary arrest, detention or exile.", "任何人不得加以任意逮捕、拘禁或放逐。"),
    ("Everyone has the right to seek asylum in other countries.", "人人有权在其他国家寻求庇护。"),
    ("Everyone has the right to a nationality.", "人人有权享有国籍。"),
    ("Men and women have the right to marry and to found a family.", "成年男女有权婚嫁和成立家庭。"),
    ("Everyone has the right to own property.", "人人得有财产所有权。"),
    ("Everyone has the right to freedom of thought, conscience and religion.", "人人有思想、良心和宗教自由的权利。"),
    ("Everyone has the right to work and to protection against unemployment.", "人人有权工作并享受免于失业的保障。"),
    ("Everyone has the right to rest and leisure, including holidays with pay.",
     "人人有享有休息和闲暇的权利，包括给薪休假。"),
    ("Everyone has the right to education, which shall be free.", "人人都有受教育的权利，教育应当免费。"),
    ("Everyone may take part in the cultural life of the community and enjoy the arts.",
     "人人有权参加社会的文化生活，享受艺术。"),
    ("Mothers and children are entitled to special care and assistance.", "母亲和儿童有权享受特别照顾和协助。"),
    ("Everyone has the right to freedom of peaceful assembly and association.", "人人有权享有和平集会和结社的自由。"),
)  # fmt: skip
OTHER = (
    ("The port opens at six in the morning on weekdays.", "工作日港口早上六点开放。"),
    ("A ship that carries coal pays a fee of 40 dollars.", "运煤船只应缴纳40美元费用。"),
    ("Fishing nets are dried on the eastern pier.", "渔网在东码头晾晒。"),
    ("The harbour master keeps a book of all vessels.", "港务长备有所有船舶的登记簿。"),
    ("Oil must not be poured into the water.", "不得将油倒入水中。"),
    ("Dogs are kept on a lead near the crane.", "在起重机附近须用绳牵狗。"),
)
Item = tuple[str, str]


def document(lang: Lang, items: Sequence[Item], inside: str = "item") -> Document:
    """Items by number, each of one sentence; `inside` as one item of points, or as paragraphs alone."""
    said = [(f"{lang}.k{at}", number, Segment(f"{lang}.k{at}.s1", text)) for at, (number, text) in enumerate(items)]
    if inside == "item":
        blocks = tuple(
            Block(name, "item", number, blocks=(Block(f"{name}.p", "paragraph", segments=(segment,)),))
            for name, number, segment in said
        )
    else:
        blocks = tuple(Block(name, "paragraph", segments=(segment,)) for name, _, segment in said)
        blocks = (Block(f"{lang}.2", "item", "2", blocks=blocks),)
    return Document(lang, "en" if lang == "en" else "zh-Hans", blocks)


def english(*at: int, first: int = 1) -> list[Item]:
    return [(str(number), LAW[k][0]) for number, k in enumerate(at, first)]


def chinese(*at: int, first: int = 1) -> list[Item]:
    return [(str(number), LAW[k][1]) for number, k in enumerate(at, first)]


def links(en: Sequence[Item], zh: Sequence[Item], inside: str = "item") -> tuple[Link, ...]:
    return align(document("en", en, inside), document("zh", zh, inside), load())


def answers(en: Sequence[Item], zh: Sequence[Item], inside: str = "item") -> list[tuple[str, str]]:
    """The texts that were linked with each other."""
    ours, theirs = ({f"{lang}.k{k}.s1": text for k, (_, text) in enumerate(s)} for lang, s in (("en", en), ("zh", zh)))
    return [
        (ours[i], theirs[j]) for link in links(en, zh, inside) if link.en and link.zh for i in link.en for j in link.zh
    ]


def flagged(found: Sequence[Link], flag: str) -> list[str]:
    return [link.en[0] for link in found if flag in link.flags and link.en and link.zh]


def test_an_item_more_on_one_side_does_not_shift_the_rest() -> None:
    without = [k for k in range(16) if k != 5]
    found = answers(english(*range(16)), chinese(*without))
    assert found == [LAW[k] for k in without]


def test_items_missing_on_both_sides_under_numbers_that_run_on() -> None:
    ours, theirs = [k for k in range(16) if k not in (2, 11)], [k for k in range(16) if k not in (7, 13)]
    assert answers(english(*ours), chinese(*theirs)) == [LAW[k] for k in range(16) if k not in (2, 7, 11, 13)]


def test_items_without_numbers_answer_by_content() -> None:
    theirs = [("", LAW[k][1]) for k in range(16) if k not in (3, 9)]
    assert answers(english(*range(16)), theirs) == [LAW[k] for k in range(16) if k not in (3, 9)]


def test_numbering_that_begins_anew() -> None:
    en = [*english(*range(8)), *english(*range(8, 16))]
    zh = [*chinese(*range(7)), *chinese(*range(8, 16))]
    assert answers(en, zh) == [LAW[k] for k in range(16) if k != 7]


@pytest.mark.parametrize(("kept", "expected"), [((0, 1, 2), (0, 1, 2)), ((0, 2), (0, 2)), ((1, 2), (1, 2))])
def test_a_number_used_twice_answers_by_content(kept: tuple[int, ...], expected: tuple[int, ...]) -> None:
    en = [("5", LAW[0][0]), ("6", LAW[1][0]), ("6", LAW[2][0])]
    names = {0: "5", 1: "6", 2: "6"}
    assert answers(en, [(names[k], LAW[k][1]) for k in kept]) == [LAW[k] for k in expected]


def test_items_that_one_side_has_alone_get_no_partner() -> None:
    en = [*english(0, 1, 2, 3), ("4-1", OTHER[0][0]), ("4-2", "(Deleted)"), *english(4, 5, 6, first=5)]
    zh = [*chinese(0, 1, 2, 3), *chinese(4, 5, first=5), ("6-1", OTHER[3][1]), *chinese(6, first=7)]
    assert answers(en, zh) == [LAW[k] for k in range(7)]


def test_two_versions_of_a_law_are_suspect_but_for_what_agrees() -> None:
    en = english(*range(16))
    zh = [(str(n), LAW[(n * 5 + 4) % 16][1] if n > 1 else LAW[0][1]) for n in range(1, 9)]
    found = links(en, [*zh, *((str(n), OTHER[n % 6][1]) for n in range(9, 17))])
    assert flagged(found, "suspect") == [f"en.k{k}.s1" for k in range(1, 16)]


def test_one_item_of_another_version_is_suspect_alone() -> None:
    zh = chinese(*range(16))
    zh[6] = ("7", OTHER[1][1] + OTHER[2][1] + OTHER[3][1])
    assert flagged(links(english(*range(16)), zh), "suspect") == ["en.k6.s1"]


def test_a_text_and_its_translation_are_not_suspect() -> None:
    assert flagged(links(english(*range(16)), chinese(*range(16))), "suspect") == []


def test_two_texts_that_have_nothing_in_common_are_not_trusted_anywhere() -> None:
    found = links(english(*range(6)), [(str(n), OTHER[n - 1][1]) for n in range(1, 7)])
    assert all(link.flags for link in found)
    assert len(flagged(found, "suspect")) >= 5


ORDER = (9, 3, 14, 0, 12, 6, 1, 15, 10, 4, 8, 2, 13, 7, 11, 5)


@pytest.mark.parametrize("numbered", [True, False])
def test_items_in_another_order_cross(numbered: bool) -> None:
    zh = chinese(*ORDER) if numbered else [("", LAW[k][1]) for k in ORDER]
    found = answers(english(*range(16)), zh)
    assert set(found) <= set(LAW)
    assert len(found) >= 15
    straight = rising([(ORDER.index(k), k) for k in range(16) if LAW[k] in found])
    assert len(flagged(links(english(*range(16)), zh), "crossing")) == len(found) - len(straight)


def test_paragraphs_of_an_item_in_another_order_cross() -> None:
    assert answers(english(*range(16)), chinese(*ORDER), inside="points") == list(LAW)


def test_paragraphs_in_one_order_do_not_cross() -> None:
    assert flagged(links(english(*range(16)), chinese(*range(16)), inside="points"), "crossing") == []


@pytest.mark.parametrize(("en", "zh"), [("Article {}\n{}\n\n", "第{}条\n{}\n\n"), ("- {1}\n", "- {1}\n")])
def test_what_crosses_is_valid_and_survives_the_round_trip(en: str, zh: str, tmp_path: Path) -> None:
    """Whole articles in another order, and the points of one."""
    before = ("Article 1\nIn this law:\n", "第一条\n在本法中：\n") if en.startswith("-") else ("", "")
    (tmp_path / "en.txt").write_text(before[0] + "".join(en.format(*item) for item in english(*range(16))), "utf-8")
    (tmp_path / "zh.txt").write_text(before[1] + "".join(zh.format(*item) for item in chinese(*ORDER)), "utf-8")
    made = build(Input("law", tuple(InputFile(tmp_path / f"{lang}.txt", (lang,)) for lang in ("en", "zh"))))
    path = tmp_path / "law.xml"
    path.write_bytes(corpus.write(made))
    assert len(flagged(made.links, "crossing")) > 8
    assert [finding.message for finding in validate(path)] == []
    assert corpus.read(path).links == made.links
    assert partners(corpus.read(path)) == partners(made)


def test_an_item_whose_number_stands_elsewhere_crosses() -> None:
    zh = chinese(*range(16))
    found = links(english(*range(16)), [*zh[:3], *zh[4:], zh[3]])
    assert flagged(found, "crossing") == ["en.k3.s1"]
    assert flagged(found, "suspect") == []


def test_in_order_of_more_than_is_looked_at_whole() -> None:
    size = 1 + int(WHOLE**0.5)
    gap = 40

    def look(part: Window) -> tuple[np.ndarray[tuple[int, int]], np.ndarray[tuple[int, int]]]:
        rows, columns = np.arange(part.top, part.bottom), np.arange(part.left, part.right)
        shifted = rows + gap * (rows >= size // 2)
        said = np.where(shifted[:, None] == columns, 9.0, -9.0)
        return np.full_like(said, -np.inf), said

    found = in_order(size, size + gap, look)
    assert found == [(i, i + gap * (i >= size // 2)) for i in range(size)]


def test_one_pair_against_numbers_is_dear_and_the_next_are_cheap() -> None:
    def path(*said: float) -> int:
        table = np.full((len(said), len(said)), -9.0)
        np.fill_diagonal(table, said)
        return len(in_order(len(said), len(said), lambda part: (np.full_like(table, -np.inf), table)))

    assert (path(4.0), path(6.0), path(4.0, 4.0)) == (0, 1, 2)


def test_mutual_wants_a_margin_and_takes_pairs_away() -> None:
    table = np.array([[9.0, 8.5, 0.0], [0.0, 9.0, 0.0], [0.0, 0.0, 1.0]])
    assert mutual(table, 4.0, 1.0) == []
    assert mutual(table, 4.0, 0.4) == [(0, 0), (1, 1)]


def test_another_order_wants_most_of_it_to_be_clear() -> None:
    clear = np.full((8, 8), -5.0)
    clear[np.arange(8), [3, 1, 0, 2, 7, 6, 5, 4]] = 9.0
    assert len(across(clear)) == 8
    clear[:5] = -5.0
    assert across(clear) == []


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [([], []), ([(0, 5), (1, 0), (2, 1), (3, 2)], [(1, 0), (2, 1), (3, 2)]), ([(0, 0), (1, 1)], [(0, 0), (1, 1)])],
)
def test_rising(pairs: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    assert rising(pairs) == expected


def test_little_evidence_counts_by_the_company_it_keeps() -> None:
    good, bad = [12.0] * 40, [-9.0] * 40
    assert not differing([*good, -1.0], [False] * 41, agreement([*good, -1.0]))[-1]
    assert differing([*bad, 1.0], [False] * 41, agreement([*bad, 1.0]))[-1]


def test_where_most_differ_a_pair_must_be_the_likest() -> None:
    scores = [*[-9.0] * 10, 6.0, 6.0]
    assert differing(scores, [*[True] * 11, False], agreement(scores))[-2:] == [True, False]

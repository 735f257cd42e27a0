"""Pairs that cross their neighbours: found where the evidence is strong, and only there."""

from __future__ import annotations

import pytest

from align.aligner.crossing import Pair, find_crossings
from align.aligner.lanes import Span

LONELY: list[Span] = [(0, 1, 0, 0), (1, 2, 0, 1), (2, 3, 1, 2), (3, 3, 2, 3)]


def said(**values: float) -> dict[Span, float]:
    """Log likelihood ratios by the positions of a bead, as in `b0_1_2_3`."""
    found = {tuple(int(n) for n in name[1:].split("_")): value for name, value in values.items()}
    return {(i, k, j, m): value for (i, k, j, m), value in found.items()}


@pytest.mark.parametrize(("value", "expected"), [(12.0, [(0, 2)]), (5.0, [])])
def test_two_lonely_sentences(value: float, expected: list[Pair]) -> None:
    table = said(b0_1_2_3=value)
    assert find_crossings(LONELY, lambda bead: table[bead], lambda i, j: True) == expected


def test_lonely_sentences_of_two_units_stay_alone() -> None:
    assert find_crossings(LONELY, lambda bead: 20.0, lambda i, j: False) == []


def test_each_sentence_crosses_once() -> None:
    path: list[Span] = [(0, 1, 0, 0), (1, 2, 0, 0), (2, 3, 0, 1), (3, 4, 1, 2), (4, 4, 2, 3)]
    table = said(b0_1_2_3=11.0, b1_2_2_3=13.0)
    assert find_crossings(path, lambda bead: table[bead], lambda i, j: True) == [(1, 2)]


@pytest.mark.parametrize(
    ("crossed", "straight", "together", "expected"),
    [
        ((9.0, 9.0), (-3.0, -4.0), 11.0, [(0, 1), (1, 0)]),
        ((9.0, 9.0), (-3.0, -4.0), 17.0, []),
        ((25.0, -1.0), (-3.0, -4.0), 11.0, []),
        ((9.0, 9.0), (9.0, 9.0), 11.0, []),
    ],
)
def test_two_sentences_for_two(
    crossed: tuple[float, float], straight: tuple[float, float], together: float, expected: list[Pair]
) -> None:
    table = said(
        b0_1_1_2=crossed[0], b1_2_0_1=crossed[1], b0_1_0_1=straight[0], b1_2_1_2=straight[1], b0_2_0_2=together
    )
    assert find_crossings([(0, 2, 0, 2)], lambda bead: table[bead], lambda i, j: True) == expected

"""Aligned texts -> their recurring names and terms, with every rendering of each and the places where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from align.terms.entries import Place, Rendering, Term

if TYPE_CHECKING:
    from align.dictionary import Dictionary
    from align.model import Bitext
    from align.terms.passages import Passage

__all__ = ["Place", "Rendering", "Term", "find_terms", "read_passages"]


def read_passages(bitexts: Iterable[Bitext]) -> list[Passage]:
    """The trusted or confirmed beads of some bitexts, in order."""
    from align.terms.passages import passages

    return list(passages(bitexts))


def find_terms(passages: Sequence[Passage], dictionary: Dictionary, least: int = 2) -> list[Term]:
    """The terms that stand in at least `least` passages, best first; the same for the same passages.

    Passages that are too long (`is_searched`) are left out.
    """
    from align.terms.choosing import choose
    from align.terms.texts import read_texts

    return choose(read_texts([each for each in passages if each.is_searched], dictionary), dictionary, least)

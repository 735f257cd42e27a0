"""What is known of a term: its two main forms, and each form that was found with the places where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A document, and the number of the item in it; empty outside items."""

    document: str
    item: str = ""

    def __str__(self) -> str:
        return f"{self.document} {self.item}".strip()


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English and a Chinese form that answer each other, and where; `zh` is empty where no answer was found."""

    en: str
    zh: str
    places: tuple[Place, ...]

    @property
    def count(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term: its main forms, its renderings, most frequent first, and how good it is.

    `short_en` and `short_zh` are the short forms that a text itself introduces; they are no inconsistency.
    """

    en: str
    zh: str
    renderings: tuple[Rendering, ...]
    worth: float
    short_en: str = ""
    short_zh: str = ""

    @property
    def frequency(self) -> int:
        """Passages in which it stands in English and in Chinese."""
        return sum(rendering.count for rendering in self.renderings if rendering.zh)

    @property
    def unanswered(self) -> tuple[Place, ...]:
        """Where the English stands and nothing in the Chinese was found that answers it."""
        return tuple(place for rendering in self.renderings if not rendering.zh for place in rendering.places)

    @property
    def english(self) -> dict[str, int]:
        """The English forms and how many passages have each."""
        return _counted((r.en, r.count) for r in self.renderings if r.zh)

    @property
    def chinese(self) -> dict[str, int]:
        """The Chinese forms and how many passages have each."""
        return _counted((r.zh, r.count) for r in self.renderings if r.zh)

    @property
    def is_consistent(self) -> bool:
        """Whether each language has one form, besides the short one that the text introduces."""
        return not (set(self.english) - {self.en, self.short_en} or set(self.chinese) - {self.zh, self.short_zh})


def _counted(forms: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for form, n in forms:
        counts[form] = counts.get(form, 0) + n
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))

"""What a user may ask of drafts and of a translation memory, in types; the command line fills it, exporters obey it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from align.model import STANDINGS

LAYOUTS = ("side", "stacked", "en", "zh", "review")
PAGES = ("a4", "letter")
LEVELS = ("sentence", "paragraph", "item")
DIRECTIONS = ("en-zh", "zh-en")
STATUSES = ("all", "confirmed")
TAKEN: Mapping[str, tuple[str, ...]] = {"official": STANDINGS[:1], "source": STANDINGS[:3], "all": STANDINGS}
"""The standings that each wish takes in; `source` is whatever is a text of the document."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Which units a memory holds and in what form.

    `direction` is one of DIRECTIONS, or empty for the one that the document states. `standing` is a key
    of TAKEN; empty is `source`. `split` is the most bytes that one file may have, 0 for no limit.
    `profile` names a program of `align.profiles`, or none.
    """

    level: str = "sentence"
    direction: str = ""
    confidence: float = 0.0
    status: str = "all"
    standing: str = ""
    split: int = 0
    profile: str = ""

    @property
    def standings(self) -> tuple[str, ...]:
        """The standings of what is taken in."""
        return TAKEN[self.standing or "source"]


USUAL = Memory()
"""What nobody asked for otherwise."""

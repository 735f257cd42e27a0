"""What every page shows is set of these: a run of one language in one style, a paragraph of runs, a cell of those."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from align.model import Lang

Style = Literal["text", "title", "label", "mark"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one language in one style; a `mark` is ours, not the document's. `of` is the id of its sentence."""

    text: str
    lang: Lang
    style: Style = "text"
    of: str = field(default="", compare=False)


Paragraph = tuple[Run, ...]
Cell = tuple[Paragraph, ...]

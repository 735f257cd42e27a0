"""Bitexts -> HTML: one page a document that needs nothing else, for reading on a screen and searching."""

from __future__ import annotations

from collections.abc import Iterable

from align.export import LOOKS, Exporter, Open, Options
from align.model import Bitext

from ._brief import brief


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """Write a file for every bitext; where there are several, their place is in the name."""
    from ._html_page import html
    from ._html_text import anchors
    from ._pdf_notes import flagged

    given = list(bitexts)
    view = options.layout if options.layout in ("en", "zh") else "both"
    for place, bitext in enumerate(given, 1):
        name = options.name if len(given) == 1 else f"{options.name}.{place}"
        said = brief(bitext)
        notes = flagged(bitext, anchors(said.parts))
        with open(f"{name}.html") as stream:
            stream.write(html(said, notes, view, options.layout == "stacked", options.page, options.house.theme))


exporter = Exporter(
    "html", "A brief to read on any screen and search: one file, both languages, no network.", write, LOOKS
)

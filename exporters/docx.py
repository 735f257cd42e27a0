"""Bitexts -> one DOCX: an editable brief, English beside Chinese."""

from __future__ import annotations

from collections.abc import Iterable

from align.export import Exporter, Open, Options
from align.model import Bitext

from ._brief import brief


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """Write one DOCX in which each bitext has a section and a header of its own."""
    from ._docx_document import docx

    briefs = [brief(bitext) for bitext in bitexts]
    with open(f"{options.name}.docx") as stream:
        stream.write(docx(briefs, options.name))


exporter = Exporter("docx", "A brief to edit, annotate and send round: English beside Chinese, for Word.", write)

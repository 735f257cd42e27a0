"""Bitexts -> one DOCX: an editable brief in the layout that is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from align.export import LOOKS, Exporter, Open, Options
from align.model import Bitext

from ._brief import brief
from ._docx_sheet import sheet_of
from ._pdf_edition import one_language


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """Write one DOCX in which each bitext has a section and a header of its own."""
    from ._docx_document import docx

    sheet = sheet_of(options.layout, options.page, options.house.theme.margins)
    held = [(bitext, brief(bitext)) for bitext in bitexts]
    if len(sheet.langs) == 1:
        held = [(bitext, one_language(said, sheet.langs[0])) for bitext, said in held]
    with open(f"{options.name}.docx") as stream:
        stream.write(docx(held, sheet, options))


exporter = Exporter("docx", "A brief to edit, annotate and send round: English beside Chinese, for Word.", write, LOOKS)

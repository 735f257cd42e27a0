"""Bitexts -> a spreadsheet to correct the alignment in: how to do that, then a row for each bead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from align.drafts import drafted
from align.export import Exporter, Open, Options
from align.model import Bitext
from align.sheets import HOW_TO, READ_ONLY, TABLE, WITH_DRAFTS, state_of, table_mark

from ._xlsx_book import CHINESE, TRADITIONAL, Formats, fill
from ._xlsx_howto import how_to
from ._xlsx_rows import rows


def write_xlsx(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """One file; each further bitext has pages of its own. Memory does not grow with the rows."""
    from datetime import datetime
    from tempfile import TemporaryFile

    from xlsxwriter import Workbook

    with open(f"{options.name}.xlsx") as stream, TemporaryFile() as made:
        book = Workbook(made, {"constant_memory": True, "strings_to_urls": False})
        book.set_properties({"created": datetime(2000, 1, 1), "comments": ""})
        for n, bitext in enumerate(bitexts, 1):
            more = f" {n}" if n > 1 else ""
            state = READ_ONLY if bitext.zh.conversion else WITH_DRAFTS if drafted(bitext) else state_of(bitext)
            formats = Formats(book, CHINESE.get(bitext.zh.tag, TRADITIONAL), bitext.zh.tag)
            how_to(book.add_worksheet(formats.say(HOW_TO) + more), formats, bitext, state)
            table = book.add_worksheet(formats.say(TABLE) + more)
            fill(table, formats, rows(bitext, options.tell), table_mark(bitext.meta.name, state))
        book.close()
        _repack(made, stream)


def _repack(made: IO[bytes], stream: IO[bytes]) -> None:
    """Copy an archive without what its parts say of the machine: permissions by umask."""
    from shutil import copyfileobj
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    with ZipFile(made) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            about = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type, about.create_system = ZIP_DEFLATED, 3
            with old.open(name) as part, new.open(about, "w") as copy:
                copyfileobj(part, copy)


exporter = Exporter("xlsx", "A spreadsheet to put the alignment right in; `align review` reads it back.", write_xlsx)

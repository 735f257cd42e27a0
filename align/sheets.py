"""What stands where in a review spreadsheet: columns, words for decisions, marks of what it was made from."""

from __future__ import annotations

from hashlib import sha256

from align.corpus.markup import FORBIDDEN
from align.model import Bitext, Link, Segment, reading, segments

HOW_TO, TABLE = "How to 说明", "Review 审校"
"""The names of the two sheets."""
HEADINGS = {
    "number": "No. 序号",
    "item": "Item 条目",
    "en": "English 英文",
    "zh": "Chinese 中文",
    "decision": "Decision 决定",
    "note": "Note 备注",
    "confidence": "Confidence 可信度",
    "flags": "Flags 标记",
    "status": "Status 状态",
    "en_ids": "English ids 英文编号",
    "zh_ids": "Chinese ids 中文编号",
}
"""The columns that a person sees, in order; one more, without a fixed heading, holds the marks."""
NEEDED = ("en", "zh", "decision", "note", "en_ids", "zh_ids")
"""The columns without which a table cannot be read back."""
DECISIONS = {
    "confirm": ("confirm", "确认"),
    "merge": ("merge with row above", "并入上一行"),
    "apart": ("no counterpart", "无对应"),
}
"""What a person may decide of a bead."""
BAND_DECISIONS = {
    "en": ("no item (English)", "英文此处非条目"),
    "zh": ("no item (Chinese)", "中文此处非条目"),
    "both": ("no item (both)", "两边此处均非条目"),
}
"""What a person may decide where an item begins."""
ONE_SCRIPT = str.maketrans(
    "號條決備註標記狀態編確認併並無對應處兩邊審說説", "号条决备注标记状态编确认并并无对应处两边审说说"
)
"""The characters of the words above as a sheet of a Traditional document has them."""
REVIEWER, DAY = "Reviewer 审校者", "Date 日期"
"""Beside these cells of the first sheet stand who decided and when."""
OPENING = "align review 1"
"""What the heading over the marks begins with."""
HEADED = 20
"""How many rows are looked at for the headings."""
READ_ONLY = "read only"
"""The state of a table that cannot be read back."""
WITH_DRAFTS = "with drafts"
"""The state of a table of the set in which drafts stand, which is not read back either."""
LONGEST = 32_000
"""UTF-16 units of a cell; Excel takes 32,767."""
TOO_LONG, CUT_OFF = "long", "… [cut off here:"
"""The mark of a side that is too long for a cell, and how its text ends in the cell, with more words behind."""


def plain(text: str) -> str:
    """Words of a sheet as they are compared: in one script, in small letters, on one line."""
    return " ".join(text.translate(ONE_SCRIPT).split()).casefold()


def line(segment: Segment) -> str:
    """A sentence as a cell holds it: as exports read it, on one line, characters that XML cannot hold spelled out."""
    said = FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", reading(segment))
    return " ".join(said.split())


def is_long(text: str) -> bool:
    """Whether a text is too long for a cell."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST


def digest(*parts: str) -> str:
    """Ten hexadecimal digits by which a text is known again."""
    return sha256("\0".join(parts).encode()).hexdigest()[:10]


def table_mark(document: str, state: str) -> str:
    """What stands over the marks: the document and the state of its corpus."""
    return f"{OPENING} | {document} | {state}"


def row_mark(number: int, ids: tuple[str, str], en: list[str], zh: list[str], note: str) -> str:
    """The mark of a bead's row: what it said when it was made, and a sum that tells whether its ids still stand."""
    parts = ("bead", str(number), ".".join(en), ".".join(zh), digest(note))
    return "|".join((*parts, digest(*parts, *ids)))


def band_mark(number: int, ids: tuple[str, str]) -> str:
    """The mark of the row that says where an item begins, which stands before the bead of that number."""
    parts = ("item", str(number))
    return "|".join((*parts, digest(*parts, *ids)))


def state_of(bitext: Bitext) -> str:
    """One hash over the sentences, what answers what, what was said of it, and decisions that do not fit."""
    seen = sha256()
    for document in bitext.documents:
        for segment in segments(document):
            seen.update(f"{segment.id}\t{line(segment)}\n".encode("utf-8", "surrogatepass"))
    for link in bitext.links:
        seen.update(_said(link).encode())
    for ruling in bitext.rulings:
        if ruling.unfit:
            seen.update(repr((ruling.kind, ruling.verdict, ruling.names)).encode())
    return seen.hexdigest()[:16]


def _said(link: Link) -> str:
    return f"{' '.join(link.en)}\t{' '.join(link.zh)}\t{link.status}\t{link.verdict.note}\n"

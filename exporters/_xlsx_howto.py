"""A document's name and state -> the first page of its review spreadsheet: what to do in it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from align.model import Bitext
from align.sheets import BAND_DECISIONS, DAY, DECISIONS, READ_ONLY, REVIEWER, WITH_DRAFTS

from ._decided import decided
from ._xlsx_book import FILLS, Formats
from ._xlsx_measure import row_height
from ._xlsx_rows import Look, fitting

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

WIDTHS = (30, 62, 54)
Line = tuple[str, str, str]
RULE: Line = (
    "The one rule 唯一规则",
    "What stands in one row answers each other. Each sentence is a paragraph of its own, with an empty line "
    "between two. Arrange sentences and rows as they should be; align reads your decisions from that.",
    "同一行的英文与中文互相对应。每句自成一段，两句之间空一行。请把句子移到应在的行；align 据此读出您的决定。",
)


def _decision(name: str) -> tuple[str, str]:
    return (DECISIONS | BAND_DECISIONS)[name]


def _actions() -> Iterator[Line]:
    """What a person may want, and the one way to it."""
    yield from _on_rows()
    yield from _on_texts()


def _on_rows() -> Iterator[Line]:
    confirm, merge, apart = (_decision(name) for name in ("confirm", "merge", "apart"))
    yield (
        "Confirm a row 确认",
        f"Column Decision: choose “{confirm[0]}”. For a row with one side, it says that the other side lacks it.",
        f"在“决定”栏选“{confirm[1]}”。只有一边的行，表示另一边确实没有。",
    )
    yield (
        "Merge two rows 合并两行",
        f"In the lower row, column Decision: choose “{merge[0]}”.",
        f"在下面一行的“决定”栏选“{merge[1]}”。",
    )
    yield (
        "Move a sentence 移动句子",
        "Double-click the cell, cut the sentence, double-click the cell where it belongs, and paste it there as a "
        "paragraph of its own. Cut the text, not the cell. A row that is empty afterwards may stay.",
        "双击单元格，剪切该句，再双击它应在的单元格，粘贴为单独一段。请剪切文字，不要剪切单元格。移空的行可以留着。",
    )
    yield (
        "Split a row 拆分一行",
        "Insert a row below it (right-click its number, Insert), and move the sentences of the second half there.",
        "在其下插入一行（右击行号，插入），把后一半的句子移到那里。",
    )
    yield (
        "No counterpart 另一边没有",
        f"The sides of a row do not answer each other and nothing else does: Decision “{apart[0]}”.",
        f"一行的两边互不对应，也没有其他句子与之对应：在“决定”栏选“{apart[1]}”。",
    )


def _on_texts() -> Iterator[Line]:
    yield (
        "Correct a text 更正文字",
        "Change the words in the cell. The printed text is kept; yours is what is read from now on. "
        "One sentence: either change words or move its ends, not both at once.",
        "直接在单元格内改字。原文照样保留，今后以您的读法为准。同一句只改字或只改起止，不要同时做。",
    )
    yield (
        "End a sentence here 断句",
        "Put a line break (Alt+Enter, in LibreOffice Ctrl+Enter) where the sentence ends. "
        "Then move the halves if they belong to different rows.",
        "在句子应结束处换行（Alt+Enter，LibreOffice 用 Ctrl+Enter）。两半若属不同的行，再移动。",
    )
    yield (
        "Join two sentences 连句",
        "Delete the line breaks between them, so that they are one paragraph.",
        "删去两句之间的换行，使之成为一段。",
    )
    yield (
        "Not an item 不是条目",
        "In the dark row over it, column Decision: "
        + ", ".join(f"“{_decision(name)[0]}”" for name in BAND_DECISIONS)
        + ". It becomes text of the item before it.",
        "在其上深色行的“决定”栏选："
        + "、".join(f"“{_decision(name)[1]}”" for name in BAND_DECISIONS)
        + "。它将并入前一条目。",
    )
    yield (
        "Note 备注",
        "Write into the column Note. It decides nothing. Empty its cell to take a note away.",
        "写入“备注”栏，不改变任何对应；清空该格即删去备注。",
    )
    yield (
        "Leave as it is 不改",
        "Do nothing: a row that you do not touch decides nothing.",
        "不动即可：未动的行不作任何决定。",
    )


COLOURS: tuple[tuple[Look, Line], ...] = (
    ("worst", ("Look here first 请先看", "doubtful, suspect, or confidence below 0.5", "存疑、可疑，或可信度低于 0.5")),
    (
        "unsure",
        (
            "Then here 其次",
            "confidence below 0.8, crossing, or cut off in the source",
            "可信度低于 0.8、语序交叉，或来源中断",
        ),
    ),
    ("gap", ("One side only 只有一边", "nothing answers it: missing or omitted", "无对应：缺失或漏译")),
    ("confirmed", ("Confirmed 已确认", "a person has decided this", "已由人确认")),
)
CLOSING: tuple[Line, ...] = (
    (
        "Send it back 交回",
        "Fill in your name and the date above, save as .xlsx, and run: align review --from FILE.xlsx",
        "请在上方填写姓名和日期，存为 .xlsx，然后运行：align review --from FILE.xlsx",
    ),
    (
        "Locked cells 锁定的单元格",
        "Only texts, decisions and notes can be changed. To sort, or if your program refuses to insert a row: Review > "
        "Unprotect Sheet (LibreOffice: Tools > Protect Sheet); there is no password. Do not change ids.",
        "只能改文字、决定和备注。如需排序，或程序不让插入行：“审阅 > 撤消工作表保护”"
        "（LibreOffice：“工具 > 保护工作表”），无密码。请勿改动编号。",
    ),
)
REFUSED: Line = (
    "For reading only 仅供阅读",
    "The Chinese of this sheet was converted to another script, so the sheet cannot be read back. "
    "For corrections, export it without --script.",
    "本表中文经过字体转换，不能交回。如需更正，请不带 --script 重新导出。",
)
DRAFTED: Line = (
    "For reading only 仅供阅读",
    "Drafts stand in this sheet, which are no text of the document, so the sheet cannot be read back. For "
    "corrections, use the sheet that is exported without --drafts.",
    "本表含有译文草稿，并非文件正文，不能交回。如需更正，请使用不带 --drafts 导出的表格。",
)

NOT_APPLIED = "Not applied 未予采用"
"""What stands beside a decision that does not fit the text."""


def how_to(sheet: Worksheet, formats: Formats, bitext: Bitext, state: str) -> None:
    """Write the page; two of its cells are to be filled in."""
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_row(0, 26)
    title = formats.say("Review of an alignment 审校对齐")
    sheet.write_string(0, 0, title, formats.get(bold=True, font_size=15, text_wrap=False))
    at = _about(sheet, formats, bitext, state)
    head = _look(formats, bold=True, font_color="#FFFFFF", bg_color=FILLS["band"])
    lines = [(line, None) for line in ({READ_ONLY: REFUSED, WITH_DRAFTS: DRAFTED}.get(state, RULE),)]
    at = _lines(sheet, formats, at + 1, lines, "#D9E1F2")
    unfit = [line for line in decided(bitext) if not line.segment]
    at = _lines(sheet, formats, at, [((NOT_APPLIED, line.en, line.zh), None) for line in unfit], FILLS["unsure"])
    for column, text in enumerate(("To… 要……", "do this", "请这样做")):
        sheet.write_string(at, column, formats.say(text), head)
    at = _lines(sheet, formats, at + 1, [(line, None) for line in _actions()])
    for column, text in enumerate(("Colour 颜色", "means", "意为")):
        sheet.write_string(at, column, formats.say(text), head)
    at = _lines(sheet, formats, at + 1, [(line, FILLS[name]) for name, line in COLOURS])
    _lines(sheet, formats, at, [(line, None) for line in CLOSING], "#D9E1F2")
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _about(sheet: Worksheet, formats: Formats, bitext: Bitext, state: str) -> int:
    label, fixed = _look(formats, bold=True), _look(formats, num_format="@")
    free = _look(formats, num_format="@", bg_color="#FFFBE6", locked=False)
    hint = formats.get(font_color="#7F7F7F", text_wrap=False, valign="vcenter")
    said = (
        ("Document 文件", bitext.meta.name, fixed, ""),
        ("State 状态码", state, fixed, ""),
        (REVIEWER, "", free, "← your name 您的姓名"),
        (DAY, "", free, "← such as 2026-03-01 例如 2026-03-01"),
    )
    for at, (name, value, look, beside) in enumerate(said, 1):
        sheet.set_row(at, 18)
        sheet.write_string(at, 0, formats.say(name), label)
        sheet.write_string(at, 1, value, look) if value else sheet.write_blank(at, 1, None, look)
        sheet.write_string(at, 2, formats.say(beside), hint)
    return len(said) + 1


def _look(formats: Formats, **properties: object) -> Format:
    return formats.get(**{"border": 1, "border_color": "#BFBFBF", "valign": "vcenter", **properties})


def _lines(
    sheet: Worksheet,
    formats: Formats,
    at: int,
    said: Sequence[tuple[Line, str | None]],
    colour: str = "#FFFFFF",
) -> int:
    """Write lines of three cells from a row on; the row behind them."""
    for line, fill in said:
        name, en, zh = (fitting(formats.say(part), formats.say) for part in line)
        sheet.set_row(at, row_height(zip((name, en, zh), WIDTHS, strict=True)) + 3)
        sheet.write_string(at, 0, name, _look(formats, bold=True, bg_color=fill or colour))
        sheet.write_string(at, 1, en, _look(formats, bg_color=colour))
        sheet.write_string(at, 2, zh, _look(formats, bg_color=colour, font_name=formats.chinese))
        at += 1
    return at

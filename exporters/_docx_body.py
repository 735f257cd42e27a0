"""Brief -> the body of a DOCX: title block, contents, headings as paragraphs, a table for each run of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import ceil

from align.model import Lang

from ._brief import Alone, Brief, Cell, Heading, Note, Paragraph, Part, Row
from ._docx_setting import Setter
from ._docx_styles import GAP
from ._pdf_contents import entries
from ._wml import Element, cell, element, field_mark, line_break, link, paragraph, row, run, table

SHORT = 22
"""Lines that half a page holds; a row of no more is kept on one page."""
LONG = 500
"""A brief of more lines than these, about twelve pages, opens with its contents."""
CHARACTER: dict[Lang, int] = {"en": 102, "zh": 210}
"""The average width of a character in twentieths of a point, at the size of the text."""
HEADING_SCALE = 1.4
"""A heading's width against the same characters in the text."""
SPACE = "BriefSpace"
"""The style of what parts two tables: a table may not follow a table directly."""
NAMES = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}
ONLY = {"en": ("English only", "仅有英文"), "zh": ("Chinese only", "仅有中文")}
STACKED = "English, then Chinese", "英文，中文"


def body(said: Brief, at: Setter, alone: bool = True) -> Iterator[Element]:
    """Everything between the header and the footer, in order; `alone` in its file it has a contents field."""
    yield from opening(said, at)
    if sum(_height(part, at) for part in said.parts) > LONG:
        yield from _contents(said, at, alone)
    for kind, run_of_parts in groupby(said.parts, key=_kind):
        members = list(run_of_parts)
        if kind in ("heading", "note"):
            yield from (_between(part, at) for part in members)
        else:
            yield from (_table(members, at), paragraph(SPACE))


def opening(said: Brief, at: Setter) -> Iterator[Element]:
    """The titles, the front lines, the statement."""
    titles: list[tuple[str, Lang]] = [(said.title_en, "en")] if said.title_en else []
    titles += [(said.title_zh, "zh")] if said.title_zh not in ("", said.title_en) else []
    for style, (title, lang) in zip(("Title", "Subtitle"), titles, strict=False):
        words = at.words(title, lang)
        yield paragraph(style, *(at.remarked("", words) if style == "Title" else words))
    en, zh = said.titles_note
    if en or zh:
        yield paragraph("BriefTitlesNote", *at.pair(en, zh))
    yield paragraph(SPACE)
    if said.front:
        yield _beside("Brief Front", "Date and sources 日期与来源", said.front, at)
        yield paragraph(SPACE)
    yield _beside("Brief Statement", "What is held 文本状况", (said.statement,), at)
    yield paragraph(SPACE)


def _contents(said: Brief, at: Setter, alone: bool) -> Iterator[Element]:
    """A link for each entry; where these are the headings, as what a contents field shows until it is updated."""
    found = entries(said)
    headings = {part.anchor for part in said.parts if isinstance(part, Heading)}
    is_field = alone and all(entry.anchor in headings for entry in found)
    if len(found) < 2:
        return
    yield paragraph("BriefContents", *at.pair("Contents", "目录"))
    deepest = max(entry.level for entry in found)
    for number, entry in enumerate(found):
        words = [link(at.bookmarks.name_of(entry.anchor), at.line(entry.said))]
        if is_field and not number:
            words[:0] = field_mark("begin", rf'TOC \o "1-{deepest}" \n \h \z')
        if is_field and number == len(found) - 1:
            words += field_mark("end")
        yield paragraph(f"Toc{min(entry.level, 9)}", *words)
    yield paragraph(SPACE)


def _height(part: Part, at: Setter) -> int:
    """About how many lines a part takes."""
    if isinstance(part, Row | Alone):
        held, langs, _ = _sides(part, at)
        return _tallest(held, langs, at)
    return 2


def _beside(style: str, caption: str, lines: Iterable[tuple[str, str]], at: Setter) -> Element:
    """English lines beside Chinese ones, over the columns of the text; one language has the whole width."""
    name = style.replace(" ", "")
    both: tuple[tuple[Lang, int], ...] = (("en", at.grid.number + at.grid.en), ("zh", at.grid.zh))
    shown = [(lang, width) for lang, width in both if lang in at.sheet.langs]
    widths = [width for _, width in shown] if len(shown) == 2 else [at.sheet.text]
    open_left = (element("ind", right="0"),)
    rows = (
        row(
            (
                cell(width, (paragraph(name, *at.words(said[lang], lang), says=open_left if lang == "zh" else ()),))
                for (lang, _), width in zip(shown, widths, strict=True)
            ),
            whole=True,
        )
        for said in ({"en": en, "zh": zh} for en, zh in lines)
    )
    return table(f"{name}Table", widths, caption, rows, first=False)


def _kind(part: Part) -> str:
    return f"alone-{part.lang}" if isinstance(part, Alone) else type(part).__name__.lower()


def _between(part: Part, at: Setter) -> Element:
    """A heading or a note: what stands between the tables."""
    if isinstance(part, Heading):
        return _heading(part, at)
    assert isinstance(part, Note)
    en, zh = at.words(part.en, "en") if part.en else (), at.words(part.zh, "zh")
    return paragraph("BilingualNote", *en, *((line_break(),) if en and zh else ()), *zh)


def _heading(part: Heading, at: Setter) -> Element:
    """Both languages in one heading, on one line where they fit, so that Word lists them together."""
    en, zh = _joined(part.en, " "), _joined(part.zh, "")
    said = [*at.words(en, "en")] if en else []
    if en and zh:
        wide = (len(en) * CHARACTER["en"] + len(zh) * CHARACTER["zh"]) * HEADING_SCALE > at.sheet.text
        said.append(line_break() if wide else run("\u2003"))
    said += at.words(zh, "zh") if zh else ()
    style = f"Heading{min(part.level, 9)}" if said else SPACE
    return paragraph(style, *at.anchored(part.anchor, said))


def _joined(held: Cell, between: str) -> str:
    return between.join("".join(each.text for each in said) for said in held)


def _table(members: list[Part], at: Setter) -> Element:
    """Rows of one kind under a head that every page repeats."""
    _, langs, sides = _sides(members[0], at)
    widths = (at.grid.number, *sides) if at.grid.number else sides
    heads: tuple[tuple[str, str], ...]
    if isinstance(members[0], Alone):
        heads = ((ONLY if len(at.sheet.langs) == 2 else NAMES)[langs[0]],)
    else:
        heads = (STACKED,) if len(sides) == 1 else (NAMES["en"], NAMES["zh"])
    names = (("No.", "编号"), *heads) if at.grid.number else heads
    head = row(
        (cell(w, (paragraph("BilingualColumnHead", *at.pair(*n)),)) for w, n in zip(widths, names, strict=True)),
        whole=True,
        heads=True,
    )
    rows = (_row(part, widths, at) for part in members)
    return table("BilingualTable", widths, " | ".join(" ".join(name) for name in names), (head, *rows), first=True)


def _sides(part: Part, at: Setter) -> tuple[tuple[Cell, ...], tuple[Lang, ...], tuple[int, ...]]:
    """The cells of a row, their languages, and the widths of the columns that take them."""
    if isinstance(part, Alone):
        return (part.cell,), (part.lang,), (at.grid.both,)
    assert isinstance(part, Row)
    widths = (at.grid.en, at.grid.zh) if at.sheet.layout == "side" else (at.grid.both,)
    return (part.en, part.zh), ("en", "zh"), widths


def _row(part: Part, widths: tuple[int, ...], at: Setter) -> Element:
    held, langs, columns = _sides(part, at)
    assert isinstance(part, Row | Alone)
    sides = [list(at.paragraphs(each, lang)) for each, lang in zip(held, langs, strict=True)]
    if len(columns) < len(sides):
        sides = [[each for side in sides for each in side]]
    if at.grid.number:
        number = paragraph("BilingualNumber", *at.anchored(part.anchor, at.words(part.number, "en")))
        sides.insert(0, [number])
    elif sides[0]:
        opens = sides[0][0]
        _, *content = opens
        opens.extend(at.anchored(part.anchor, content))
    whole = _tallest(held, langs, at) <= SHORT
    return row((cell(w, side) for w, side in zip(widths, sides, strict=True)), whole=whole)


def _tallest(held: tuple[Cell, ...], langs: tuple[Lang, ...], at: Setter) -> int:
    """About how many lines a row takes."""
    if len(held) == 2 and at.sheet.layout == "side":
        return max(_lines(held[0], "en", at.grid.en), _lines(held[1], "zh", at.grid.zh))
    return sum(_lines(each, lang, at.grid.both) for each, lang in zip(held, langs, strict=True))


def _lines(held: Cell, lang: Lang, width: int) -> int:
    """About how many lines a side takes."""
    room = (width - GAP) // CHARACTER[lang]
    return sum(ceil(_length(said) / room) for said in held)


def _length(said: Paragraph) -> int:
    return sum(len(each.text) for each in said)

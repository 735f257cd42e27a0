"""A web page -> the text it shows, in reading order, and what of it is no text of the document."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from align.errors import DataError
from align.model import Source, Undecodable
from align.sources._html_article import Findings
from align.sources._html_chrome import judge
from align.sources._html_lists import Label, labels
from align.sources._html_page import Page, Piece
from align.sources.encoding import COMMON, Decoded, decode
from align.sources.rendering import Rendering

CHARSET = re.compile(
    rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']?([\w.:-]+)|<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
HEAD = 8192
STANDARD = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5hkscs", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso8859-1", "ascii", "cp1252"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"), "utf-8"),
}
"""What browsers take a claimed encoding for."""


def read_html(path: Path, witness: str, data: bytes) -> Source:
    """A web page: its text as a browser shows it; menus, scripts, footers and the like leave it by name.

    Raises DataError where the page is no text or shows none.
    """
    decoded = _decode(data)
    if decoded is None:
        raise DataError(
            f"{path}: line 1: this is no web page (it holds binary data).", "Save the page again, or its text as UTF-8."
        )
    page = _parse(decoded.text)
    found = judge(page)
    if all(found.reasons):
        raise DataError(f"{path}: line 1: {_why_empty(page)}", _remedy(page))
    return _traced(_render(path, witness, data, decoded.encoding, found), decoded)


def _parse(text: str) -> Page:
    from lxml import etree

    page = Page()
    parser = etree.HTMLParser(target=cast("etree.ParserTarget", page), encoding="utf-8", huge_tree=True)
    parser.feed(text.encode())
    parser.close()
    return page


def _decode(data: bytes) -> Decoded | None:
    """The text of a page: by its byte order mark, by what it claims if that holds, else by its content."""
    guess = decode(data)
    if guess is None and b"\0" in data:
        data = data.replace(b"\0", b"")
        guess = decode(data)
    wide = guess is not None and guess.encoding.startswith("utf-16")
    if guess is None or wide or guess.byte_order_mark or not data.strip():
        return guess
    named = _claim(data)
    if not named or named == guess.encoding or (guess.encoding == "utf-8" and not guess.undecodable):
        return guess
    try:
        claimed = Decoded(data.decode(named), named, False, ())
    except (UnicodeDecodeError, LookupError):
        return guess
    return guess if _likeness(guess.text) > 2 * _likeness(claimed.text) else claimed


def _claim(data: bytes) -> str:
    """The encoding that a page says it is in; nothing where it says none that is known."""
    found = CHARSET.search(data[:HEAD])
    try:
        name = codecs.lookup((found[1] or found[2]).decode() if found else "").name
    except LookupError:
        return ""
    return STANDARD.get(name, name)


def _likeness(text: str) -> float:
    """How much of what is beyond ASCII are common Chinese characters."""
    beyond = [c for c in text[:200_000] if c > "\x7f"] or [" "]
    return sum(c in COMMON or c in "，。、；：“”（）《》　" for c in beyond) / len(beyond)


def _why_empty(page: Page) -> str:
    if page.scripts:
        return "the page holds no text; it is made by a script."
    if page.frames:
        return f"the page holds no text; it is made of frames ({', '.join(page.frames[:5])})."
    return "the page holds no text."


def _remedy(page: Page) -> str:
    if page.frames and not page.scripts:
        return "Save the page in the frame that holds the text and give that."
    return "Save the page as text or PDF from the browser." if page.scripts else "Give a page that holds text."


def _render(path: Path, witness: str, data: bytes, encoding: str, found: Findings) -> Source:
    page, rendering = found.page, Rendering(witness)
    numbered = labels(page, [not reason for reason in found.reasons])
    title = _title(found)
    marks: list[list[tuple[int, int]]] = []
    for at, (piece, reason) in enumerate(zip(page.pieces, found.reasons, strict=True)):
        text = piece.text.replace("\r", " ").replace("\n", " ")
        if reason == "blank":
            rendering.line(text)
        elif reason:
            rendering.leave_out(text, reason)
        else:
            label = numbered.get(at)
            row, column = found.cells.get(at, ("", 0)) if at != title else ("", 0)
            printed = label.text if label else ""
            layout = _layout(page, piece, label, at == title)
            rendering.line(printed + text, row=row, column=column, **layout)
            marks.append([(len(printed) + a, len(printed) + b) for a, b in piece.marks])
    source = rendering.source(path, data, encoding)
    lines = (
        replace(line, markup=tuple((line.start + a, line.start + b) for a, b in own)) if own else line
        for line, own in zip(source.lines, marks, strict=True)
    )
    return replace(source, lines=tuple(lines))


def _title(found: Findings) -> int:
    """The line that is the document's title where no heading of the first level says so."""
    shown = [at for at, reason in enumerate(found.reasons) if not reason]
    if any(found.page.pieces[at].heading == 1 for at in shown):
        return -1
    return found.title_at() if found.title_at() in shown else -1


def _layout(page: Page, piece: Piece, label: Label | None, first: bool) -> dict[str, Any]:
    """What is known of a piece's place: the fields of a line."""
    heading = 1 if first else piece.heading
    return {
        "after_blank": piece.after_blank,
        "hint": "note" if piece.note else f"heading-{heading}" if heading else "",
        "ordinal": label.ordinal if label else "",
        "depth": label.depth if label else page.boxes[piece.box].list_depth,
    }


def _traced(source: Source, decoded: Decoded) -> Source:
    """The source whose witness knows where bytes were lost, if every such place is in its text."""
    places = [at for at, c in enumerate(source.text) if c == "\ufffd"] if decoded.undecodable else []
    about = replace(source.witness, byte_order_mark=decoded.byte_order_mark)
    if len(places) == len(decoded.undecodable) == decoded.text.count("\ufffd"):
        lost = [Undecodable(at, bad.bytes_hex) for at, bad in zip(places, decoded.undecodable, strict=True)]
        about = replace(about, undecodable=tuple(lost))
    return replace(source, witness=about)

"""A line of Markdown -> the stretches of it that are marks and no text."""

from __future__ import annotations

import re
from collections.abc import Iterator

TARGET = (
    r"\(\s{0,9}(?:<[^<>\n]{0,2000}>|(?:[^()\s]|\([^()\s]{0,999}\)){0,2000})"
    r"(?:\s{1,9}(?:\"[^\"]{0,999}\"|'[^']{0,999}'|\([^()]{0,999}\)))?\s{0,9}\)"
)
INLINE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~]|\\$)"
    r"|(?<!`)(?P<fence>`{1,9})(?P<code>(?:(?!(?P=fence)).){1,999}?)(?P=fence)(?!`)"
    rf"|(?P<image>!\[(?:\\.|[^\[\]\\]){{0,999}}\](?:{TARGET}|\[[^\[\]]{{0,999}}\]))"
    rf"|\[(?P<link>(?:!\[[^\[\]]{{0,999}}\]{TARGET}|\\.|[^\[\]\\]){{1,999}})\]{TARGET}"
    r"|(?P<note>\[\^[^\]\s]{1,99}\])"
    r"|\[(?P<referring>(?:\\.|[^\[\]\\]){1,999})\](?:\[(?P<name>[^\[\]]{0,999})\])?(?!\()"
    r"|\*\*\*(?=\S)(?P<both>[^*]{1,2000}?)(?<=\S)\*\*\*"
    r"|\*\*(?=\S)(?P<strong>(?:\\.|[^*\\]|\*(?!\*)){1,2000}?)(?<=\S)\*\*"
    r"|(?<![\w*])\*(?=[^\s*])(?P<stress>(?:\\.|[^*\\]){1,2000}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<!\w)__(?=\S)(?P<bold>(?:\\.|[^_\\]|_(?!_)){1,2000}?)(?<=\S)__(?!\w)"
    r"|(?<!\w)_(?=\S)(?P<italic>(?:\\.|[^_\\]){1,2000}?)(?<=\S)_(?!\w)"
    r"|~~(?=\S)(?P<struck>[^~]{1,2000}?)(?<=\S)~~"
    r"|<(?P<address>[a-zA-Z][\w+.-]{1,31}:[^\s<>]{0,2000}|[\w.+-]{1,99}@[\w.-]{1,99})>"
    r"|(?P<line_break><br\s*/?>)"
    r"|(?P<tag></?[a-zA-Z][\w:-]{0,40}(?:\s[^<>]{0,2000})?/?>)"
    r"|(?P<blank>(?:^|(?<=\s))(?:&(?:nbsp|ensp|emsp|thinsp|#160|#12288|#x[aA]0|#x3000);)+)"
)
HELD = ("code", "link", "both", "strong", "stress", "bold", "italic", "struck", "address")
"""Groups whose text stays while the marks around it go."""
LINK_HERE = re.compile(
    r"\[(?:\\.|\[[^\[\]]{0,99}\]|[^\[\]\\]){0,999}\]\(\s{0,9}#(?:[^()\s]|\([^()\s]{0,99}\)){0,999}\s{0,9}\)"
)
LABEL = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")
CONTENTS_MARK = re.compile(r"\s*(?:@?\[\[?_?toc_?\]?\]|\{:?\s*toc\s*\}|\[\[_TOC_\]\]|\*\s*目录\s*\{:toc\})\s*", re.I)


def marks(text: str, names: frozenset[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Stretches of a line that are marks, in order, and those of them that break the line."""
    found: list[tuple[int, int]] = []
    breaks: list[tuple[int, int]] = []
    for start, end, is_break in _marks(text, 0, len(text), names):
        if start < end:
            (breaks if is_break else found).append((start, end))
    return found, breaks


def _marks(text: str, at: int, end: int, names: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    while match := INLINE.search(text, at, end):
        kind = match.lastgroup or ""
        at = match.end()
        held = next((name for name in HELD if match.group(name) is not None), "")
        if held:
            a, b = match.span(held)
            yield match.start(), a, False
            if held not in ("code", "address"):
                yield from _marks(text, a, b, names)
            yield b, at, False
        elif kind == "escape":
            yield match.start(), match.start() + 1, False
        elif match.group("referring") is not None:
            at = match.start() + 1
            if _name(match) in names:
                a, b = match.span("referring")
                yield match.start(), a, False
                yield from _marks(text, a, b, names)
                yield b, match.end(), False
                at = match.end()
        else:
            yield match.start(), at, kind == "line_break"


def _name(match: re.Match[str]) -> str:
    """The name that a link refers to, as a parser writes it."""
    from markdown_it.common.utils import normalizeReference

    return normalizeReference(match["name"] or match["referring"])


def links_here(text: str) -> int:
    """How many links to places of the same file a line holds, if it holds nothing else."""
    rest, count = LINK_HERE.subn("", LABEL.sub("", text, count=1))
    return 0 if re.search(r"[^\W_]", rest) else count

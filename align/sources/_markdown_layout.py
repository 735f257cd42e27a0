"""The lines of a Markdown file -> what a renderer makes of each: heading, list item, cell, code or mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

YAML = re.compile(r"\s*(?:#.*|-\s.*|-|[\w.\"'@/ -]+:(?:\s.*)?|[\]}\[{].*)?$|\s+\S.*$")
TOML = re.compile(r"\s*(?:#.*|\[.*\]|[\w.\"'-]+\s*=.*|[\]\"'].*)?$")
FENCES = {"---": (YAML, ("---", "...")), "+++": (TOML, ("+++",))}
LONGEST_FRONT = 200
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """What becomes of one line.

    `kind` is `text`, `code`, `html`, `table`, or the reason why the line is left out. `begins`: a
    block begins with it. `quotes` counts the block quotes that it stands in.
    """

    kind: str = "text"
    level: int = 0
    begins: bool = False
    ordinal: str = ""
    depth: int = 0
    quotes: int = 0
    table: int = 0
    row: int = 0


@dataclass(slots=True)
class _Reading:
    """Goes through the tokens of a file and says of its lines what they say."""

    lines: Sequence[str]
    made: list[Layout]
    lists: list[int | None] = field(default_factory=list)
    """The number of the next item of each open list; None in one with bullets."""
    tables: int = 0
    rows: int = 0

    def put(self, at: int, **said: object) -> None:
        if at < len(self.made):
            self.made[at] = replace(self.made[at], **said)  # type: ignore[arg-type]  # names and types are Layout's

    def token(self, token: Token) -> None:
        start, end = token.map or (0, 0)
        name = token.type
        if name == "ordered_list_open":
            self.lists.append(int(token.attrs.get("start", 1)))
        elif name == "bullet_list_open":
            self.lists.append(None)
        elif name in ("ordered_list_close", "bullet_list_close"):
            self.lists.pop()
        elif name == "list_item_open":
            self._item(start, end)
        elif name == "paragraph_open":
            self.put(start, begins=True)
        elif name == "heading_open":
            self._heading(start, end, int(token.tag[1]), token.markup)
        elif name == "hr":
            self.put(start, kind="markup")
        elif name in ("fence", "code_block", "html_block"):
            self._verbatim(name, start, end, token.markup)
        elif name == "blockquote_open":
            for at in range(start, end):
                self.put(at, quotes=self.made[at].quotes + 1)
        elif name in ("table_open", "tr_open"):
            self._table(name, start)

    def _item(self, start: int, end: int) -> None:
        number = self.lists[-1]
        for at in range(start, min(end, len(self.made))):
            self.put(at, depth=len(self.lists))
        self.put(start, begins=True)
        if number is not None:
            self.put(start, ordinal=self.made[start].ordinal or str(number))
            self.lists[-1] = number + 1

    def _heading(self, start: int, end: int, level: int, mark: str) -> None:
        underlined = mark[:1] in "=-"
        for at in range(start, end - underlined):
            self.put(at, level=level, begins=True)
        if underlined:
            self.put(end - 1, kind="markup")

    def _verbatim(self, name: str, start: int, end: int, mark: str) -> None:
        kind = "html" if name == "html_block" else "code"
        for at in range(start, min(end, len(self.made))):
            self.put(at, kind=kind, begins=kind == "code" or at == start)
        if name == "fence":
            self.put(start, kind="markup")
            if self.lines[end - 1].lstrip("> \t").startswith(mark) and end - 1 > start:
                self.put(end - 1, kind="markup")

    def _table(self, name: str, start: int) -> None:
        if name == "table_open":
            self.tables, self.rows = self.tables + 1, 0
            self.put(start + 1, kind="markup")
        else:
            self.rows += 1
            self.put(start, kind="table", table=self.tables, row=self.rows, begins=True)


def layouts(lines: Sequence[str]) -> tuple[list[Layout], frozenset[str]]:
    """The layout of each line, and the names that links in the file may refer to."""
    front = _front_matter(lines)
    rest = [""] * front + list(lines[front:])
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").disable(["inline", "text_join"])
    said: dict[str, dict[str, dict[str, list[int]]]] = {}
    reading = _Reading(rest, [Layout("front-matter")] * front + [Layout()] * (len(lines) - front))
    for token in parser.parse("\n".join(line.replace("\r", " ") for line in rest), said):
        reading.token(token)
    named = {name: about for name, about in said.get("references", {}).items() if not name.startswith("^")}
    for about in (*named.values(), *_repeated(said)):
        for at in range(*about.get("map", (0, 0))):
            reading.put(at, kind="markup")
    return reading.made, frozenset(named)


def _repeated(said: Mapping[str, object]) -> Iterable[dict[str, list[int]]]:
    """Definitions of a name that had one already."""
    found = said.get("duplicate_refs", [])
    return found if isinstance(found, list) else []


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines the settings in front of a text take; 0 where there are none."""
    if not lines or lines[0].rstrip() not in FENCES:
        return 0
    form, closing = FENCES[lines[0].rstrip()]
    for at, line in enumerate(lines[1:LONGEST_FRONT], 1):
        if line.rstrip() in closing:
            return at + 1 if at > 1 else 0
        if not form.match(line):
            return 0
    return 0

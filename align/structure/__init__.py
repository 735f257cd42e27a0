"""Lines of one language -> its Document: sections, numbered items, points, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from align.model import BlockKind, Document, Lang, Line
from align.numbering import ANNEX, BULLET, PREAMBLE, heading_label, labels
from align.provenance import is_visible
from align.structure.openings import LEAF_LEVEL, Opening, find_openings, is_title
from align.structure.outline import Draft, build

FEWEST_LETTERS = {"en": 3, "zh": 2}
"""Of a document's own title on the first line: Law, 宣言."""
NO_TITLE = re.compile(
    r"\s*(?:目\s*[录錄次]|Contents|CONTENTS|(?:附\s?[件录錄表]|Annex|ANNEX|Appendix|APPENDIX|Attachment)"
    r"\s?[0-9A-Z一二三四五六七八九十]{0,3})\s*[:：]?\s*"
)
"""First lines that name a part of a document."""
LEAST_TITLE = "heading-3"
"""The lowest heading that is taken for a document's own."""


def outline(lines: Sequence[Line], lang: Lang, tag: str) -> Document:
    """The tree of one language's text; before segmentation, each paragraph is one segment."""
    lines = [line for line in lines if is_visible(line.text)]
    title = _title_lines(lines)
    rest = lines[len(title) :]
    openings = find_openings(rest)
    root = Draft("section")
    open_sections = [root]
    for opening, run in _runs(rest, openings):
        _place(open_sections, opening, run)
    return build(root, title, lang, tag)


def _title_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """The document's own heading: the one heading of the first level there is, or a short line without a stop."""
    if len(lines) < 2 or lines[0].row:
        return ()
    first, second = lines[0], lines[1]
    levels = sorted(line.hint for line in lines if line.hint.startswith("heading-"))
    if first.hint or "heading-1" in levels:
        title = _headings_of_one_level(lines)
        alone = levels[:1] == [first.hint] and levels.count(first.hint) == len(title) and first.hint <= LEAST_TITLE
        return title if alone and (first.hint == "heading-1" or not any(labels(first.text))) else ()
    below = next((label.key for label in labels(second.text)), ())
    numbered = heading_label(first.text)
    opens = (
        (numbered and below == (*numbered.key, 1))
        or any(labels(first.text))
        or BULLET.match(first.text.lstrip())
        or PREAMBLE.fullmatch(first.text)
        or NO_TITLE.fullmatch(first.text)
    )
    stands_alone = not second.continues and not opens
    letters = sum(character.isalpha() for character in first.text)
    is_short = letters >= FEWEST_LETTERS[first.lang] and is_title(first.text, first.lang)
    longer = max(len(line.text) for line in lines[1:]) > len(first.text)
    return lines[:1] if stands_alone and is_short and longer and not first.text.rstrip().endswith((":", "：")) else ()


def _headings_of_one_level(lines: Sequence[Line]) -> Sequence[Line]:
    """The first line and those of its level that follow it and have no number, such as a version below a name."""
    size = 1
    while size < len(lines) and lines[size].hint == lines[0].hint and not _opens_section(lines[size].text):
        size += 1
    return lines[:size]


def _opens_section(text: str) -> bool:
    return any(labels(text)) or bool(PREAMBLE.fullmatch(text) or ANNEX.fullmatch(text) or heading_label(text))


def _runs(lines: Sequence[Line], openings: dict[int, Opening]) -> Iterator[tuple[Opening | None, list[Line]]]:
    """Lines that make one heading or paragraph together, with what they open."""
    run: list[Line] = []
    opening: Opening | None = None
    for at, line in enumerate(lines):
        closed = opening is not None and opening.kind == "section" and not _goes_on(opening, run, line)
        if run and (at in openings or closed or not (line.continues or _goes_on(opening, run, line))):
            yield opening, run
            run = []
        if not run:
            opening = openings.get(at)
        run.append(line)
    if run:
        yield opening, run


def _goes_on(opening: Opening | None, run: list[Line], line: Line) -> bool:
    """A section's or item's label that stands alone on its line has its title, or its text, on the next one."""
    label = opening.label if opening and opening.kind in ("section", "item") else None
    alone = label is not None and len(run) == 1 and label.end >= len(run[0].text.rstrip())
    if line.witness != run[0].witness or line.number > run[0].number + 1 + line.after_blank:
        return False
    return alone and (is_title(line.text, line.lang) or (opening is not None and opening.kind == "item"))


def _place(open_sections: list[Draft], opening: Opening | None, run: list[Line]) -> None:
    """Hang one run into the tree: what it opens closes everything of its level and below."""
    section = open_sections[-1]
    item = section.inner[-1] if section.inner and section.inner[-1].kind == "item" else None
    if item and (item.lines[0].witness != run[0].witness or (opening and opening.outside)):
        item = None  # a file's end is an item's end
    if opening and opening.kind == "item" and section.level == LEAF_LEVEL:
        open_sections.pop()
        section = open_sections[-1]
    if opening and opening.kind == "section":
        while len(open_sections) > 1 and open_sections[-1].level >= opening.level:
            open_sections.pop()
        made = Draft("section", run, opening.label, opening.level)
        open_sections[-1].inner.append(made)
        open_sections.append(made)
    elif opening and opening.kind == "item":
        section.inner.append(Draft("item", run, opening.label))
    else:
        kind: BlockKind = opening.kind if opening else "paragraph"
        (item or section).inner.append(Draft(kind, run, opening.label if opening else None))

"""Bitexts -> Markdown: one plain file that says what a brief says, Chinese under English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from align.export import Exporter, Open, Options
from align.model import Bitext

from ._beads import spelled
from ._brief import Alone, Brief, Cell, Heading, Note, Paragraph, Part, Run, brief
from ._wording import in_script

MEANT = re.compile(r"([\\`*_\[\]<~#]|&(?=#?\w+;))")
"""What Markdown may read as markup wherever it stands."""
OPENING = re.compile(r"([+=>-])|(\d{1,9})([.)])(?=\s|$)")
"""What it reads as markup at the beginning of a line."""
DEEPEST = 6


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """One file for all bitexts; the layouts `en` and `zh` give one language alone."""
    from ._pdf_edition import one_language
    from ._pdf_notes import flagged

    view = options.layout if options.layout in ("en", "zh") else ""
    with open(f"{options.name}.md") as stream:
        for place, bitext in enumerate(bitexts):
            said = brief(bitext)
            for lang in ("en", "zh"):
                said = one_language(said, lang) if lang == view else said
            notes = [note for note in flagged(bitext) if not view or note.lang in ("", view)]
            told = [
                (n.number, *(text for lang, text in (("en", n.en), ("zh", n.zh)) if view in ("", lang))) for n in notes
            ]
            for at, block in enumerate(_blocks(said, told, view)):
                stream.write(f"{chr(10) if place or at else ''}{block}\n".encode())


def _blocks(said: Brief, notes: list[tuple[str, ...]], view: str) -> Iterator[str]:
    """The blocks of a file, which a blank line parts."""
    yield f"# {' / '.join(map(plain, filter(None, (said.title_en, said.title_zh))))}"
    for pair in (said.titles_note, *said.front, said.statement):
        yield from (opened(plain(text)) for text in pair if text)
    for part in said.parts:
        yield from _part(part)
    if notes:
        names = {"en": "Notes", "zh": in_script("附注", said.zh_tag)}
        yield f"## {' / '.join(name for lang, name in names.items() if view in ('', lang))}"
        yield "\n".join(f"- {' '.join(opened(plain(text)) for text in note if text)}" for note in notes)


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Heading):
        sides = (" ".join(map(_flat, cell)) for cell in (part.en, part.zh) if cell)
        yield f"{'#' * min(part.level + 1, DEEPEST)} {' / '.join(sides)}"
    elif isinstance(part, Note):
        yield "\n>\n".join(f"> {opened(plain(text))}" for text in (part.en, part.zh) if text)
    elif isinstance(part, Alone):
        yield from _numbered(part.number, part.cell)
    else:
        yield from _numbered(part.number, (*part.en, *part.zh))


def _numbered(number: str, cell: Cell) -> Iterator[str]:
    """The paragraphs of a row, its number before the first."""
    for at, paragraph in enumerate(cell):
        said = _marked(paragraph)
        yield f"{bold(number)} {said}" if number and not at else opened(said)


def _flat(paragraph: Paragraph) -> str:
    return plain("".join(run.text for run in paragraph))


def _marked(paragraph: Paragraph) -> str:
    """A paragraph with its titles in bold; our own marks have brackets already."""
    stretches = [(title, "".join(run.text for run in runs)) for title, runs in groupby(paragraph, key=_is_title)]
    made = ""
    for at, (is_title, text) in enumerate(stretches):
        around = made[-1:], stretches[at + 1][1][:1] if at + 1 < len(stretches) else ""
        made += bold(text, *around) if is_title else plain(text, at_edge=False)
    return made.strip()


def _is_title(run: Run) -> bool:
    return run.style == "title"


def bold(text: str, before: str = "", after: str = "") -> str:
    """The text in bold; asterisks do not count between a letter and a mark, so one mark may stay outside."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    start += (text[:start] or before)[-1:].isalnum() and not text[start : start + 1].isalnum()
    end -= (text[end:] or after)[:1].isalnum() and not text[:end][-1:].isalnum()
    core = text[start:end].strip()
    sides = (plain(part, at_edge=False) for part in (text[:start], text[end:]))
    return f"**{plain(core)}**".join(sides) if core else plain(text, at_edge=False)


def plain(text: str, at_edge: bool = True) -> str:
    """The text so that Markdown reads it as text, on one line."""
    line = " ".join(part for part in spelled(text).replace("\t", " ").splitlines() if part)
    return MEANT.sub(r"\\\1", line.strip() if at_edge else line)


def opened(line: str) -> str:
    """Escaped text that begins a line: no list, no rule, no heading by underline."""
    found = OPENING.match(line)
    if not found:
        return line
    sign, number, mark = found.groups()
    return (f"\\{sign}" if sign else f"{number}\\{mark}") + line[found.end() :]


exporter = Exporter("md", "A plain brief in Markdown, to read, to diff and to put on a wiki.", write, ("layout",))

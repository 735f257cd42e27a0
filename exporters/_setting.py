"""Runs of text -> columns of set lines: the sizes, colours, leading and measures of a brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from align.theme import Colours

from ._blocks import Column
from ._brief import Alone, Brief, Heading, Note, Paragraph, Part, Run
from ._faces import Edition, Faces, Need, edition_of
from ._lines import Line, set_lines
from ._pdf_sheet import MM
from ._pdf_tags import Element
from ._tokens import Ink, Stretch, Tokeniser
from ._wording import in_script

GUTTER, WIDEST_GUTTER = 9.5 * MM, 18 * MM
BETWEEN = 6.5 * MM
ENGLISH_SHARE = 0.54

NAVY, BLACK, GREY, RUST = 0x1F3864, 0x1A1A1A, 0x5F6773, 0x9A4A2B
HAIRLINE, PANEL, SAND = 0xC8CDD5, 0xF1F4F8, 0xFAF5E9

SMALL, MARK, GAP = 8.2, 0.88, 0.45
WIDEST = 4000.0
CHINESE = 1.05
LEADING: dict[bool, float] = {False: 1.4, True: 1.62}
TITLE_EN, TITLE_ZH = 20.0, 16.5
HEADING_SIZES = (12.5, 11.0, 10.0)
AGAIN: dict[Edition, str] = {"en": "续", "zh-Hans": "续", "zh-Hant": "續"}
CHROME = "0123456789 \u2003–·…(cont./续續)（）Page of 第页頁，共"


@dataclass(frozen=True, slots=True)
class Look:
    """Size and colour of a paragraph; `bold` throughout, `tight` as titles are, `ragged` even in Chinese."""

    size: float = 9.5
    colour: int = BLACK
    bold: bool = False
    tight: bool = False
    ragged: bool = False


QUIET = Look(SMALL, GREY, ragged=True)


def inks_of(colours: Colours) -> dict[int, int]:
    """What a theme sets in place of each of our colours."""
    held = (
        (BLACK, colours.text),
        (NAVY, colours.accent),
        (GREY, colours.muted),
        (HAIRLINE, colours.rule),
        (PANEL, colours.panel),
        (SAND, colours.panel),
    )
    return {ours: own for ours, own in held if own is not None}


def needs(brief: Brief) -> Iterator[Need]:
    """All text that the pages of a brief will show, so that faces can be cut to it."""
    zh = edition_of(brief.zh_tag)
    for edition in ("en", zh):
        yield Need(CHROME, edition, ours=True)
        yield Need(CHROME, edition, bold=True, ours=True)
    for bold in (False, True):
        yield Need(brief.title_en, "en", bold)
        yield Need(brief.title_zh, zh, bold)
    for en, other in (brief.titles_note, *brief.front, brief.statement):
        yield Need(en, "en")
        yield Need(other, zh)
    for part in brief.parts:
        yield from _part_needs(part, zh)


def _part_needs(part: Part, zh: Edition) -> Iterator[Need]:
    if isinstance(part, Note):
        yield Need(part.en, "en")
        yield Need(part.zh, zh)
        return
    heading = isinstance(part, Heading)
    number = "" if isinstance(part, Heading) else part.number
    yield from (Need(number, "en", bold, item=number) for bold in (False, True))
    for cell in (part.cell,) if isinstance(part, Alone) else (part.en, part.zh):
        for run in (run for paragraph in cell for run in paragraph):
            edition = zh if run.lang == "zh" else "en"
            yield Need(run.text, edition, heading or run.style == "title", item=number)
            if heading or run.style == "title":
                yield Need(run.text, edition)  # in the contents


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the paragraphs of one brief in its faces; `zh` is its Chinese edition, `tag` that language's tag.

    `inks` has what stands for a colour of ours.
    """

    faces: Faces
    tokeniser: Tokeniser
    zh: Edition
    tag: str
    text: Look
    inks: Mapping[int, int] = field(default_factory=dict)

    def edition(self, lang: str) -> Edition:
        """The edition that a run's language means here."""
        return self.zh if lang == "zh" else "en"

    def language(self, lang: str) -> str:
        """The tag of a run's language."""
        return self.tag if lang == "zh" else "en"

    def own(self, zh: str) -> str:
        """Our own Chinese in the script of the document."""
        return in_script(zh, self.tag)

    def stretches(self, paragraph: Iterable[Run], look: Look) -> list[Stretch]:
        """A paragraph's runs with a face, a size and a colour for every stretch."""
        made: list[Stretch] = []
        for run in paragraph:
            bold = look.bold or run.style == "title"
            mark = run.style == "mark"
            size = look.size * (MARK if mark else 1)
            colour = RUST if mark else self.inks.get(look.colour, look.colour)
            lang = self.language(run.lang)
            for face, text, cjk in self.faces.pieces(run.text, self.edition(run.lang), bold):
                made.append(Stretch(text, Ink(face, size * CHINESE if cjk else size, colour, lang), cjk))
        return made

    def column(
        self,
        x: float,
        width: float,
        cell: Sequence[Paragraph],
        look: Look | None = None,
        parent: Element | None = None,
        role: str = "P",
    ) -> Column:
        """The paragraphs of one side under each other, each an element inside `parent`; without one decoration."""
        look = look or self.text
        lines: list[Line] = []
        rises: list[float] = []
        owners: list[Element] = []
        for paragraph in cell:
            zh = _is_chinese(paragraph)
            leading = look.size * (1.28 if look.tight else LEADING[zh])
            added = set_lines(self.stretches(paragraph, look), width, self.tokeniser, zh and not look.ragged)
            for at in range(len(added)):
                gap = look.size * GAP if lines and not at else 0
                rises.append(leading + gap if lines or at else look.size * 1.06)
            lines += added
            if parent:
                owners += [Element(role, self.language("zh" if zh else "en"), parent)] * len(added)
        return Column(x, tuple(lines), tuple(rises), look.size * 0.32, tuple(owners))

    def one(
        self,
        x: float,
        width: float,
        text: str,
        lang: str,
        look: Look,
        parent: Element | None = None,
        role: str = "P",
    ) -> Column:
        """A column of one paragraph in one language."""
        return self.column(x, width, ((Run(text, "zh" if lang == "zh" else "en"),),), look, parent, role)

    def label(self, number: str, room: float, parent: Element | None = None) -> Column:
        """An item's number, smaller where it is wider than the gutter."""
        look = Look(self.text.size, NAVY, bold=True)
        wide = self.wide(number, look)
        if wide > room:
            look = replace(look, size=max(look.size * room / wide, 6.0))
        return self.one(0, max(room, 1), number, "en", look, parent, "Lbl")

    def wide(self, text: str, look: Look) -> float:
        """How wide a text is on one line."""
        column = self.one(0, WIDEST, text, "en", look)
        return max((line.width for line in column.lines), default=0)


def _is_chinese(paragraph: Paragraph) -> bool:
    """By the document's own words; by ours only where there are no others."""
    own = [run.lang for run in paragraph if run.style != "mark"] or [run.lang for run in paragraph]
    return own[:1] == ["zh"]

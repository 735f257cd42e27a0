"""Runs of text -> WordprocessingML in the languages, faces and columns of one brief."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from align.model import Lang

from ._brief import Alone, Brief, Cell, Note, Row, Run
from ._docx_comments import Comments
from ._docx_sheet import Sheet
from ._docx_styles import Face
from ._pdf_notes import Flagged
from ._remarks import Remark, language
from ._wml import Bookmarks, Element, element, paragraph, run
from ._wording import in_script

NUMBER_WIDTH = 720
ENGLISH_SHARE = 0.54
LATIN_APOSTROPHE = re.compile("(?<=[A-Za-z])(’)(?=[A-Za-z ])")
STYLES: dict[Lang, str] = {"en": "BilingualEnglish", "zh": "BilingualChinese"}
RUN_STYLES = {"title": "BilingualItemTitle", "mark": "EditorialMark"}


Said = TypeVar("Said", bound=Flagged | Remark)


@dataclass(frozen=True, slots=True)
class Grid:
    """The widths of the columns; without numbers there is no gutter."""

    number: int
    text: int

    @property
    def both(self) -> int:
        """The width of all but the gutter."""
        return self.text - self.number

    @property
    def en(self) -> int:
        """The width of the English column."""
        return round(self.both * ENGLISH_SHARE)

    @property
    def zh(self) -> int:
        """The width of the Chinese column."""
        return self.both - self.en


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets one brief; `differs` where the style sheet has another Chinese face than the brief needs.

    `flagged` is what is to be said, and `remarks` what people have, by the anchor of the place it concerns.
    """

    face: Face
    differs: bool
    sheet: Sheet
    grid: Grid
    tag: str
    bookmarks: Bookmarks
    comments: Comments
    flagged: Mapping[str, tuple[Flagged, ...]] = field(default_factory=dict)
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)

    def words(self, text: str, lang: Lang, style: str = "") -> tuple[Element, ...]:
        """Runs in their language; the hint gives “ ” — … of the Chinese the Chinese face."""
        if lang == "en":
            return (run(text, *self._says(lang, style)),)
        parts = LATIN_APOSTROPHE.split(text)
        return tuple(run(part, *self._says("en" if part == "’" else lang, style)) for part in parts if part)

    def _says(self, lang: Lang, style: str) -> Iterator[Element]:
        if style:
            yield element("rStyle", val=style)
        if lang == "zh":
            yield element("rFonts", hint="eastAsia", **({"eastAsia": self.face.font} if self.differs else {}))
            if self.differs:
                yield element("lang", eastAsia=self.face.lang)

    def own(self, text: str) -> str:
        """Chinese of our own in the script of the brief."""
        return in_script(text, self.tag)

    def ours(self, text: str) -> tuple[Element, ...]:
        """The same as runs."""
        return self.words(self.own(text), "zh")

    def pair(self, en: str, zh: str) -> tuple[Element, ...]:
        """A few words of ours, in the languages that are shown."""
        if self.sheet.langs == ("en",):
            return self.words(en, "en")
        return self.ours(zh) if self.sheet.langs == ("zh",) else (*self.words(f"{en} ", "en"), *self.ours(zh))

    def line(self, said: Iterable[Run]) -> Iterator[Element]:
        """The runs of a paragraph, neighbours of one kind as one."""
        for (lang, style), same in groupby(said, key=lambda each: (each.lang, each.style)):
            yield from self.words("".join(each.text for each in same), lang, RUN_STYLES.get(style, ""))

    def paragraphs(self, held: Cell, lang: Lang) -> Iterator[Element]:
        """The paragraphs of one side."""
        for at, each in enumerate(held):
            ours = all(run.style == "mark" for run in each)
            left = (element("jc", val="left"),) if ours and lang == "zh" else ()
            kept = (element("keepNext"), element("keepLines")) if ours and at + 1 < len(held) else ()
            yield paragraph(STYLES[lang], *self.line(each), says=(*kept, *left))

    def anchored(self, anchor: str, content: Iterable[Element]) -> tuple[Element, ...]:
        """The content in the anchor's bookmark, under a comment for each thing that is flagged there."""
        return self.bookmarks.around(anchor, self.remarked(anchor, content))

    def remarked(self, anchor: str, content: Iterable[Element]) -> tuple[Element, ...]:
        """The content under a comment for each thing that is flagged at the anchor."""
        made = tuple(content)
        for note in self.flagged.get(anchor, ()):
            said = {"en": self.words(note.en, "en"), "zh": self.ours(note.zh)}
            made = self.comments.around(made, (said[lang] for lang in self.sheet.langs))
        for remark in self.remarks.get(anchor, ()):
            made = self.comments.around(made, (self.words(remark.text, language(remark.text)),), remark.by)
        return made


def setter(
    said: Brief,
    sheet: Sheet,
    main: Face,
    face: Face,
    shared: tuple[Bookmarks, Comments],
    flagged: tuple[Flagged, ...],
    remarks: tuple[Remark, ...] = (),
) -> Setter:
    """The setter of one brief in a document whose style sheet was made for the face `main`."""
    numbered = any(part.number for part in said.parts if isinstance(part, Row | Alone))
    places = {part.anchor for part in said.parts if not isinstance(part, Note)}
    own = [note for note in flagged if note.lang in ("", *sheet.langs)]
    grid = Grid(NUMBER_WIDTH if numbered else 0, sheet.text)
    return Setter(face, face != main, sheet, grid, said.zh_tag, *shared, _placed(own, places), _placed(remarks, places))


def _placed(found: Iterable[Said], places: Collection[str]) -> dict[str, tuple[Said, ...]]:
    """What is said, by the anchor of its place; what has none is said at the head of the brief."""
    made: dict[str, tuple[Said, ...]] = {}
    for each in found:
        anchor = each.anchor if each.anchor in places else ""
        made[anchor] = (*made.get(anchor, ()), each)
    return made

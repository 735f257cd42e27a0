"""Text and its language -> embedded faces: which face sets each character, cut to what is needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from align.characters import HAN_CHAR
from align.errors import DataError, SurroundingsError
from align.export import untold
from align.theme import OURS, Face, Theme

from ._subsets import halves, join, measure, opened, register
from ._tokens import Half

Edition = Literal["en", "zh-Hans", "zh-Hant"]
"""What decides the face of a character: English, or one of the two Chinese editions."""

Family = Literal["latin", "hans", "hant", "house-en", "house-zh"]

FILES: dict[str, tuple[str, str, str, str]] = {
    "latin": ("fontpkg-noto-sans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", "NotoSans"),
    "hans": (
        "justmytype-intl-cjk",
        "justmytype_intl_cjk",
        "fonts/ofl/notosanssc/NotoSansSC[wght].ttf",
        "NotoSansSC",
    ),
    "hant": (
        "justmytype-intl-cjk",
        "justmytype_intl_cjk",
        "fonts/ofl/notosanstc/NotoSansTC[wght].ttf",
        "NotoSansTC",
    ),
}
ORDER: dict[Edition, tuple[Family, ...]] = {
    "en": ("latin", "hans", "hant"),
    "zh-Hans": ("hans", "latin", "hant"),
    "zh-Hant": ("hant", "latin", "hans"),
}
SAID: dict[Family, str] = {"hans": "Noto Sans SC", "hant": "Noto Sans TC"}
CHINESE = frozenset(("hans", "hant", "house-zh"))
ALWAYS = frozenset(" [U+0123456789ABCDEF]")
MARKS = frozenset("、，。；：！？．（）《》〈〉「」『』【】〔〕〖〗［］｛｝“”‘’")
BLANKS = frozenset("\t\n\r\f\v\x85\u2028\u2029\u3000")
"""White space that the faces do not have, or draw as a box."""
MOST = 12
"""So many characters that a face lacks are named."""
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Need:
    """Text that will be set, in which edition and how heavy; a glyph that is `ours` to need is not told as missing.

    `item` is the number of the item that it stands in, if it has one.
    """

    text: str
    edition: Edition
    bold: bool = False
    ours: bool = False
    item: str = ""


@dataclass(frozen=True, slots=True)
class Faces:
    """The registered faces of one PDF by family and weight; `width` measures in ems.

    `base` sets what no face has; `halves` says which marks of a face are half blank, `joins` how many ems
    part two of its dashes.
    """

    homes: Mapping[tuple[Edition, str], Family | None]
    names: Mapping[tuple[Family, bool], str]
    base: Family
    halves: Mapping[str, Mapping[str, Half]]
    joins: Mapping[str, float]
    width: Callable[[str, str], float]

    @property
    def first(self) -> str:
        """The face that a page begins with."""
        return self.names[self.base, False]

    def pieces(self, text: str, edition: Edition, bold: bool = False) -> Iterable[tuple[str, str, bool]]:
        """The text as stretches of one face: its name, the stretch, and whether the face is Chinese.

        A character that no face has is spelled out as `[U+1F600]`.
        """
        homes = self.homes
        for family, run in groupby(_visible(text), key=lambda char: homes[edition, char]):
            stretch = "".join(char if family else f"[U+{ord(char):04X}]" for char in run)
            yield self.names[family or self.base, bold], stretch, family in CHINESE


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The faces to choose from: those of a theme, then ours; `fonts` are the ones that were opened."""

    theme: Theme
    fonts: dict[tuple[Family, bool], Any] = field(default_factory=dict)
    charts: dict[Family, frozenset[int]] = field(default_factory=dict)

    def own(self, family: Family) -> Face | None:
        """The theme's face of this family."""
        return {"house-en": self.theme.en, "house-zh": self.theme.zh}.get(family)

    def order(self, order: Iterable[Family]) -> Iterator[Family]:
        """The families with those of the theme before the ones they stand for."""
        ours = list(order)
        chinese = next(family for family in ours if family in CHINESE)
        for family in ours:
            if family == "latin" and self.theme.en:
                yield "house-en"
            if family == chinese and self.theme.zh:
                yield "house-zh"
            yield family

    def open(self, family: Family, bold: bool) -> Any:
        """A font as it is before it is cut; ours have all weights in one file."""
        own = self.own(family)
        if not own:
            return self.fonts.pop((family, False), None) or opened(_file(family).read_bytes())
        return opened(own.bold if bold else own.regular)

    def has(self, family: Family, char: str) -> bool:
        """Whether a family has a character, in either weight."""
        if family not in self.charts:
            own, font = self.own(family), self.open(family, False)
            chart = frozenset(font.getBestCmap())
            if own and own.bold != own.regular:
                chart &= frozenset(self.open(family, True).getBestCmap())
            self.charts[family] = chart
            self.fonts[family, False] = font
        return ord(char) in self.charts[family]

    def weight(self, family: Family, bold: bool) -> bool:
        """Whether a text is set in a bold face: not where the theme has none, lest single characters stand out."""
        own = self.theme.zh if family in CHINESE else self.theme.en
        return bold and not (own and own.bold == own.regular)

    def home(self, char: str, edition: Edition) -> Family | None:
        """The first family that has the character; letters and digits are Latin in either language."""
        order = ORDER["en"] if edition != "en" and _western(char) else ORDER[edition]
        if edition == "zh-Hant" and order is ORDER["en"]:
            order = ("latin", "hant", "hans")
        return next((family for family in self.order(order) if self.has(family, char)), None)

    def meant(self, char: str, edition: Edition) -> Family | None:
        """The family that should have the character: one of the theme, or for Chinese that of the edition."""
        is_wide = unicodedata.east_asian_width(char) in "WF"
        family: Family = "house-en" if _western(char) or (edition == "en" and not is_wide) else "house-zh"
        if self.own(family):
            return family
        return ORDER[edition][0] if edition != "en" and is_wide else None


def edition_of(tag: str) -> Edition:
    """The edition that a language tag asks for; Hong Kong takes Taiwan's: no wheel has its own."""
    if tag.startswith("zh"):
        return "zh-Hant" if "Hant" in tag else "zh-Hans"
    return "en"


def faces(needs: Iterable[Need], theme: Theme = OURS, tell: Callable[[str], None] = untold) -> Faces:
    """Choose a face for every character, then cut, embed and register the faces; what a face lacks is told."""
    needs = list(needs)
    wanted: dict[tuple[Edition, bool], set[str]] = {}
    theirs: dict[Edition, set[str]] = {}
    for need in needs:
        chars = wanted.setdefault((need.edition, need.bold), set())
        chars.update(_visible(need.text))
        if not need.ours:
            theirs.setdefault(need.edition, set()).update(_visible(need.text))
    guest: Edition = "zh-Hant" if {need.edition for need in needs} - {"en"} == {"zh-Hant"} else "en"
    """What Chinese within English is set as: as the Chinese of the document, where that is Traditional."""
    shelf = _Shelf(theme)
    base: Family = "house-en" if theme.en and all(shelf.has("house-en", char) for char in sorted(ALWAYS)) else "latin"
    homes: dict[tuple[Edition, str], Family | None] = {}
    sets: dict[tuple[Family, bool], set[str]] = {(base, False): set(ALWAYS)}
    for (edition, bold), chars in sorted(wanted.items()):
        for char in sorted(chars):
            if (edition, char) not in homes:
                homes[edition, char] = shelf.home(char, guest if edition == "en" and HAN_CHAR.match(char) else edition)
            family = homes[edition, char] or base
            sets.setdefault((family, shelf.weight(family, bold)), _always(shelf, family)).add(char)
    for said in _lacks(shelf, theirs, homes, needs):
        tell(said)
    return _registered(shelf, sets, homes, base)


def _always(shelf: _Shelf, family: Family) -> set[str]:
    return {char for char in ALWAYS if not shelf.own(family) or shelf.has(family, char)}


def _registered(
    shelf: _Shelf,
    sets: Mapping[tuple[Family, bool], set[str]],
    homes: Mapping[tuple[Edition, str], Family | None],
    base: Family,
) -> Faces:
    """Every face that is needed, cut to its characters."""
    shapes, joins = dict[str, dict[str, Half]](), dict[str, float]()
    names: dict[tuple[Family, bool], str] = {}
    for (family, bold), chars in sorted(sets.items()):
        own = shelf.own(family)
        named = _embedded(family, own)
        name = f"{named}-{'Bold' if bold else 'Regular'}"
        names[family, bold] = name
        try:
            font = register(name, named, shelf.open(family, bold), bold, chars)
            shapes[name] = halves(font, chars & MARKS) if family in CHINESE else {}
            joins[name] = join(font) if family in CHINESE else 0
        except Exception as error:
            if not own:
                raise
            said = f"{own.files[bold]}: cannot be embedded ({type(error).__name__}: {error})."
            raise DataError(said, "Name another face in the theme.") from error
    for family, bold in list(names):
        names.setdefault((family, not bold), names[family, bold])
    return Faces(homes, names, base, shapes, joins, measure(tuple(shapes)))


def _embedded(family: Family, own: Face | None) -> str:
    """The family name inside the PDF, never that of another family."""
    if not own:
        return FILES[family][3]
    return (re.sub("[^A-Za-z0-9]", "", own.name) or "House") + ("Zh" if family == "house-zh" else "En")


def _lacks(
    shelf: _Shelf,
    theirs: Mapping[Edition, set[str]],
    homes: Mapping[tuple[Edition, str], Family | None],
    needs: Sequence[Need],
) -> Iterator[str]:
    """What the face that is meant for it lacks, and what no face has."""
    lacking: dict[Family | None, set[str]] = {}
    for edition, chars in sorted(theirs.items()):
        for char in chars:
            meant, home = shelf.meant(char, edition), homes[edition, char]
            if home is None:
                lacking.setdefault(None, set()).add(char)
            elif meant and home != meant:
                lacking.setdefault(meant, set()).add(char)
    for family in ("house-en", "house-zh", "hans", "hant"):
        if family in lacking:
            own = shelf.own(family)
            named = f"{own.name} ({' and '.join(dict.fromkeys(own.files))})" if own else SAID[family]
            yield f"{named} has no {_listed(lacking[family], needs)}; another face sets that"
    if None in lacking:
        yield f"no face has {_listed(lacking[None], needs)}; its code stands in the text"


def _listed(chars: set[str], needs: Sequence[Need]) -> str:
    """Characters, their code points and the items they stand in, the first of them where they are many."""
    shown = sorted(chars)[:MOST]
    found: dict[str, dict[str, None]] = {char: {} for char in shown}
    for need in needs:
        for char in found.keys() & set(need.text) if need.item else ():
            found[char][need.item] = None
    named = [
        f"{char if char.isprintable() else ''} U+{ord(char):04X}".strip() + _places([*found[char]]) for char in shown
    ]
    more = f" and {len(chars) - MOST} more" if len(chars) > MOST else ""
    return ", ".join(named) + more


def _places(items: Sequence[str]) -> str:
    if not items:
        return ""
    more = f" and {len(items) - 2} more" if len(items) > 2 else ""
    return f" (item{'s' * (len(items) > 1)} {', '.join(items[:2])}{more})"


def _visible(text: str) -> str:
    """The text without characters that have no ink by definition; white space without a glyph is a blank."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char in BLANKS else char for char in text if _inked(char))


def _inked(char: str) -> bool:
    return char not in INVISIBLE and not "\ufe00" <= char <= "\ufe0f"


def _western(char: str) -> bool:
    """Letters, digits and marks that belong to Latin text even inside Chinese."""
    return char < "\x80" or char in "\xa0–" or (char.isalpha() and (char < "\u0530" or "\u1e00" <= char < "\u2000"))


def _file(family: Family) -> Path:
    package, module, name, _ = FILES[family]
    spec = find_spec(module)
    for folder in (spec and spec.submodule_search_locations) or ():
        if (found := Path(folder, name)).is_file():
            return found
    raise SurroundingsError(
        f"The font file {Path(name).name} of the package {package} is not installed.",
        f"Install it with: pip install {package}",
    )

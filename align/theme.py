"""The types of a house style: faces, colours, margins, a logo and a Word template; what is not set is ours."""

from __future__ import annotations

from dataclasses import dataclass, field

CONTRAST = 4.5
"""What WCAG 2 asks of text at level AA."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface by its name, and its TrueType files; `files` are their names, for what is said of them.

    Without a bold file the regular one serves for both.
    """

    name: str
    files: tuple[str, str]
    regular: bytes = field(repr=False)
    bold: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as numbers such as 0x1F3864."""

    text: int | None = None
    accent: int | None = None
    muted: int | None = None
    rule: int | None = None
    panel: int | None = None


@dataclass(frozen=True, slots=True)
class Margins:
    """How far from each edge of the page the text ends, in millimetres."""

    left: float | None = None
    right: float | None = None
    top: float | None = None
    bottom: float | None = None


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture above the titles: its bytes, its size in millimetres, and what it shows in words."""

    data: bytes = field(repr=False)
    width: float = 0
    height: float = 0
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a theme.toml sets."""

    en: Face | None = None
    zh: Face | None = None
    colours: Colours = Colours()
    margins: Margins = Margins()
    logo: Logo | None = None


OURS = Theme()


@dataclass(frozen=True, slots=True)
class Template:
    """A Word file whose styles, page, headers and footers a DOCX takes; `name` is for what is said of it."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class House:
    """The style of a house; `key` is a hash over all that it was read from, and empty where there is nothing."""

    theme: Theme = OURS
    template: Template | None = None
    key: str = ""


NO_HOUSE = House()


def contrast(one: int, two: int) -> float:
    """The contrast of two colours as WCAG 2 measures it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: int) -> float:
    parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

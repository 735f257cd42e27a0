"""A theme.toml and a Word template -> the style of a house, checked; each fault with its file, line and remedy."""

from __future__ import annotations

import re
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from align.errors import DataError, SurroundingsError, UsageError
from align.sources.toml import Table, read_toml, shown
from align.theme import CONTRAST, OURS, Colours, Face, House, Logo, Margins, Template, Theme, contrast

KEYS: dict[str, set[str]] = {
    "faces": {"en", "en_bold", "zh", "zh_bold"},
    "colours": {"text", "accent", "muted", "rule", "panel"},
    "page": {"left", "right", "top", "bottom"},
    "logo": {"file", "width", "height", "alternative"},
}
"""The tables of a theme.toml and their keys."""
INKS = ("text", "accent", "muted")
DEFAULTS = {"text": 0x1A1A1A, "accent": 0x1F3864, "muted": 0x5F6773, "panel": 0xFAF5E9}
WHITE = 0xFFFFFF
LEAST = {"left": 5.0, "right": 5.0, "top": 16.0, "bottom": 16.0}
"""The margins above and below hold the running header, the page number and what is said of drafts."""
USUAL = {"left": 30.0, "right": 30.0, "top": 24.0, "bottom": 23.0}
"""The widest that a layout of ours has."""
PAPER = {"left": 210.0, "top": 210.0}
"""The shorter sides of an A4 page, upright and on its side."""
LEAST_TEXT = 100.0
LOGO_HEIGHT, LOGO_ROOM = 14.0, {"width": (5.0, 100.0), "height": (3.0, 60.0)}
MOST_PIXELS = 50_000_000
NO_FACE = {
    b"OTTO": "has CFF outlines, which a PDF made here cannot embed",
    b"ttcf": "is a collection of several faces",
    b"wOFF": "is a web font",
    b"wOF2": "is a web font",
}
AS_TRUETYPE = "Name one static face in a TrueType file (.ttf)."
MACROS = "holds macros, which a brief must not carry."
AS_DOCX = "Save it in Word as a Word document (.docx) or template (.dotx)."


def read_house(theme: str = "", template: str = "") -> House:
    """The house style of two files, either of which may be absent; raises AlignError for what is wrong in them."""
    seen = sha256()
    held = _theme(_there(theme), seen) if theme else OURS
    word = _template(_there(template), seen) if template else None
    return House(held, word, seen.hexdigest() if theme or template else "")


def _there(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        said = "is a folder, not a file." if path.is_dir() else "there is no such file."
        raise UsageError(f"{path}: {said}", "Check the name.")
    return path


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SurroundingsError(f"{path}: cannot be read ({error.strerror}).", "Check the permissions.") from error


def _theme(path: Path, seen: Any) -> Theme:
    top = read_toml(path, set(KEYS))
    seen.update(_bytes(path))
    faces, colours, page, logo = (next(top.tables(key, keys, one=True)) for key, keys in KEYS.items())
    return Theme(
        _face(faces, "en", seen), _face(faces, "zh", seen), _colours(colours), _margins(page), _logo(logo, seen)
    )


def _file(table: Table, key: str, seen: Any) -> tuple[Path, bytes]:
    """A file that a theme names, from where the theme is."""
    name = table.text(key)
    path = table.path.parent / name
    if not name or not path.is_file():
        said = f"the file {name} is not there" if name else f"{table.name}{key} names no file"
        raise table.fault(key, f"{said}.", f"Give its place from the folder of {table.path.name}.")
    data = _bytes(path)
    seen.update(data)
    return path, data


def _face(table: Table, lang: str, seen: Any) -> Face | None:
    bold = f"{lang}_bold"
    if lang not in table.said:
        if bold in table.said:
            raise table.fault(bold, f"faces.{bold} stands without faces.{lang}.", f"Name the regular face as {lang}.")
        return None
    path, data = _file(table, lang, seen)
    name = _checked(table, lang, path, data)
    heavy, heavy_data = _file(table, bold, seen) if bold in table.said else (path, data)
    if bold in table.said:
        _checked(table, bold, heavy, heavy_data)
    return Face(name, (path.name, heavy.name), data, heavy_data)


def _checked(table: Table, key: str, path: Path, data: bytes) -> str:
    """The family name of a face that can be embedded."""
    from fontTools.ttLib import TTFont

    if data[:4] in NO_FACE:
        raise table.fault(key, f"{path.name} {NO_FACE[data[:4]]}.", AS_TRUETYPE)
    try:
        font = TTFont(BytesIO(data), lazy=True)
        if "fvar" in font:
            raise table.fault(
                key, f"{path.name} is a variable font.", f"{AS_TRUETYPE} fonttools varLib.instancer makes one."
            )
        for tag in ("head", "hhea", "maxp", "hmtx", "loca", "glyf"):
            font[tag]
        drawn, licence = font.getBestCmap(), font["OS/2"].fsType if "OS/2" in font else 0
        name = str(font["name"].getBestFamilyName() or "") if "name" in font else ""
    except DataError:
        raise
    except Exception as error:
        raise table.fault(key, f"{path.name} is no TrueType font, or a damaged one.", AS_TRUETYPE) from error
    if not drawn or 0x20 not in drawn:
        said = "no blank (U+0020)" if drawn else "no map from characters to glyphs"
        raise table.fault(key, f"{path.name} has {said}.", "Name another face.")
    if licence & 0xF == 2:
        raise table.fault(key, f"{path.name} may not be embedded, by its own licence.", "Name another face.")
    return " ".join(re.sub(r"[^\w .()+-]", " ", name).split()) or path.stem


def _colours(table: Table) -> Colours:
    held = {key: _colour(table, key) for key in table.said}
    panel = held.get("panel", DEFAULTS["panel"])
    for key in INKS:
        for ground, named in ((WHITE, "white"), (panel, f"the panel (#{panel:06X})")):
            ink = held.get(key, DEFAULTS[key])
            if (ratio := contrast(ink, ground)) < CONTRAST:
                at = key if key in held else "panel"
                said = f"the contrast of colours.{key} (#{ink:06X}) with {named} is {_down(ratio)}:1, not {CONTRAST}:1."
                raise table.fault(at, said, "Choose a darker colour." if at == key else "Choose a lighter one.")
    return Colours(**held)


def _down(ratio: float) -> float:
    """Rounded down, so that what falls short is never shown as enough."""
    return int(ratio * 100) / 100


def _colour(table: Table, key: str) -> int:
    value = table.said[key]
    form = re.fullmatch(r"#?([0-9A-Fa-f]{6})", value) if isinstance(value, str) else None
    if not form:
        raise table.fault(key, f"{table.name}{key} is {shown(value)}, not a colour.", 'Write it as "#1F3864".')
    return int(form[1], 16)


def _margins(table: Table) -> Margins:
    held = {key: table.number(key, LEAST[key], LEAST_TEXT * 2) for key in table.said}
    for one, two in (("left", "right"), ("top", "bottom")):
        room = PAPER[one] - sum(held.get(key, USUAL[key]) for key in (one, two))
        if room < LEAST_TEXT and (one in held or two in held):
            at = max((key for key in (one, two) if key in held), key=lambda key: held[key])
            said = f"the margins {one} and {two} leave {room:g} mm for the text of a page of {PAPER[one]:g} mm."
            raise table.fault(at, said, f"Leave at least {LEAST_TEXT:g} mm.")
    return Margins(**held)


def _logo(table: Table, seen: Any) -> Logo | None:
    if not table.said:
        return None
    path, data = _file(table, "file", seen)
    data, *pixels = _picture(table, path, data)
    if not table.text("alternative").strip():
        raise table.fault("alternative", "the logo has no alternative text.", 'Say what it shows: alternative = "…".')
    if {"width", "height"} <= set(table.said):
        raise table.fault(
            "height", "the logo has both a width and a height.", "Keep one; the picture decides the other."
        )
    if "width" in table.said:
        width = table.number("width", *LOGO_ROOM["width"])
        size = {"width": width, "height": width * pixels[1] / pixels[0]}
    else:
        height = table.number("height", *LOGO_ROOM["height"]) if "height" in table.said else LOGO_HEIGHT
        size = {"width": height * pixels[0] / pixels[1], "height": height}
    for key, (least, most) in LOGO_ROOM.items():
        if not least <= size[key] <= most:
            at = "width" if "width" in table.said else "height"
            raise table.fault(
                at, f"the logo would be {size[key]:.1f} mm in {key}.", f"It may be {least:g} to {most:g} mm."
            )
    return Logo(data, size["width"], size["height"], table.text("alternative").strip())


def _picture(table: Table, path: Path, data: bytes) -> tuple[bytes, int, int]:
    """A picture that can be read to its end, upright and in red, green and blue; its width and height."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as held:
            if held.width * held.height > MOST_PIXELS:
                raise table.fault("file", f"{path.name} has too many pixels.", "Save it smaller.")
            held.load()
            if held.format == "PNG" or ("jfif" in held.info and held.mode == "RGB" and not held.getexif()):
                return data, *held.size
            made = BytesIO()
            upright = ImageOps.exif_transpose(held).convert("RGB")
            upright.save(made, "PNG")
            return made.getvalue(), *upright.size
    except DataError:
        raise
    except Exception as error:
        raise table.fault(
            "file", f"{path.name} is no PNG or JPEG picture, or a damaged one.", "Save it as PNG."
        ) from error


def _template(path: Path, seen: Any) -> Template:
    """A Word file that is whole and has no macros; which of its styles can be used is said when it is used."""
    from zipfile import ZipFile

    data = _bytes(path)
    seen.update(data)
    try:
        with ZipFile(BytesIO(data)) as package:
            names, bad = package.namelist(), package.testzip()
            types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except Exception as error:
        raise DataError(f"{path}: is no Word document (.docx), or a damaged one.", AS_DOCX) from error
    if bad:
        raise DataError(f"{path}: is damaged: {bad} cannot be read.", AS_DOCX)
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DataError(f"{path}: {MACROS}", AS_DOCX)
    if not re.search(rb"wordprocessingml\.(document|template)\.main\+xml", types):
        raise DataError(f"{path}: is no Word document (.docx).", AS_DOCX)
    return Template(path.name, data)

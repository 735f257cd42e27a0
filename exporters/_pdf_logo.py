"""A logo -> a picture in a PDF: an opaque image in sRGB with its alternative text."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from align.theme import Logo

from ._pdf_sheet import MM, Sheet
from ._pdf_tags import DOCUMENT, Element

MOST = 400
"""Dots an inch; more are not seen, and make the file large."""
NAME = "logo"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a size in points, its dots as red, green and blue."""

    element: Element
    width: float
    height: float
    pixels: tuple[int, int]
    rgb: bytes = field(repr=False)


def picture(logo: Logo, sheet: Sheet) -> Picture:
    """The logo at the top left of the text area; what is transparent in it becomes white."""
    from PIL import Image

    width, height = logo.width * MM, logo.height * MM
    top = sheet.height - sheet.top
    box = f"{sheet.left:.2f} {top - height:.2f} {sheet.left + width:.2f} {top:.2f}"
    attributes = f"<</O /Layout /Placement /Block /BBox [{box}] /Width {width:.2f} /Height {height:.2f}>>"
    with Image.open(BytesIO(logo.data)) as held:
        shown = held.convert("RGBA")
    made = Image.new("RGBA", shown.size, "white")
    made.alpha_composite(shown)
    flat = made.convert("RGB")
    flat.thumbnail((round(logo.width / 25.4 * MOST), round(logo.height / 25.4 * MOST)))
    element = Element("Figure", parent=DOCUMENT, attributes=attributes, alternative=logo.alternative)
    return Picture(element, width, height, flat.size, flat.tobytes())


def draw(canvas: Any, shown: Picture, x: float, y: float) -> None:
    """Draw the picture with its lower left corner at a place; the file holds it once."""
    from ._pdf_objects import Packed

    document = canvas._doc
    name = document.getXObjectName(NAME)
    if name not in document.idToObject:
        wide, high = shown.pixels
        entries = {"Type": "/XObject", "Subtype": "/Image", "Width": str(wide), "Height": str(high)}
        entries |= {"ColorSpace": "/DeviceRGB", "BitsPerComponent": "8"}
        document.Reference(Packed(shown.rgb, entries), name)
    canvas._formsinuse.append(NAME)
    canvas.addLiteral(f"q {shown.width:.3f} 0 0 {shown.height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q")

"""The faces of a reportlab document -> embedded, with a map to Unicode that other readers accept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MOST = 100
"""How many characters one block of a map may hold."""


def embed(document: Any) -> None:
    """Embed every face that was used, and replace the map to Unicode of each of its parts.

    reportlab maps the empty glyph to U+0000, cuts characters beyond U+FFFF short and puts too many in a block.
    """
    for font in document.delayedFonts:
        parts = [list(part) for part in font.state[document].subsets]
        names = [font.getSubsetInternalName(at, document)[1:] for at in range(len(parts))]
        font.addObjects(document)
        for name, part in zip(names, parts, strict=True):
            base = document.idToObject[name].BaseFont
            document.idToObject[f"toUnicodeCMap:{base}"].content = to_unicode(base, part)
    document.delayedFonts.clear()


def to_unicode(name: str, part: Sequence[int]) -> str:
    """The map from the codes of one part of a face to characters."""
    pairs = [f"<{code:02X}> <{_utf16(char)}>" for code, char in enumerate(part) if char]
    blocks = [pairs[at : at + MOST] for at in range(0, len(pairs), MOST)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _utf16(char: int) -> str:
    return chr(char).encode("utf-16-be").hex().upper()

"""A theme -> the rules that set its colours and faces in a style sheet of ours; a dark screen keeps our colours."""

from __future__ import annotations

import re

from align.theme import Theme

VARIABLES = {
    "text": ("text",),
    "accent": ("title",),
    "muted": ("quiet",),
    "rule": ("line",),
    "panel": ("panel", "sand"),
}
FACES = re.compile(r"(:lang\((en|zh)\b[^{}]*\{\s*font-family: )")


def themed(sheet: str, theme: Theme) -> str:
    """The style sheet with the theme's faces, by name, before ours."""
    faces = {"en": theme.en, "zh": theme.zh}

    def named(found: re.Match[str]) -> str:
        face = faces[found[2]]
        return f'{found[1]}"{face.name}", ' if face else found[1]

    return FACES.sub(named, sheet)


def colours(theme: Theme) -> list[str]:
    """The theme's colours for light screens and paper, for which alone they were chosen."""
    held = ((getattr(theme.colours, key), names) for key, names in VARIABLES.items())
    said = " ".join(f"--{name}: #{value:06x};" for value, names in held if value is not None for name in names)
    return [f"@media print, (prefers-color-scheme: light) {{ :root {{ {said} }} }}"] if said else []

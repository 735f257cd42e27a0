"""The program's own help and pictures of its briefs -> README.md and docs/briefs.png (needs pdftoppm)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ("", "export", "build", "validate", "formats", "init", "pair", "review", "merge", "terms")


def help_pages() -> str:
    """Every help text in a code block."""
    pages = []
    for name in COMMANDS:
        command = ["align", *name.split(), "--help"]
        shown = subprocess.run([sys.executable, "-m", *command], capture_output=True, encoding="utf-8", check=True)
        pages.append(f"```\n$ {' '.join(command)}\n{shown.stdout.rstrip()}\n```\n")
    return "\n".join(pages)


def paste(readme: str) -> str:
    """The README with the help as it is now."""
    begin, end = "<!-- help: begin -->\n", "<!-- help: end -->"
    return re.sub(f"{begin}.*?{end}", lambda _: f"{begin}{help_pages()}{end}", readme, flags=re.S)


def picture() -> None:
    """The first pages of both briefs side by side."""
    from PIL import Image

    with TemporaryDirectory() as folder:
        pages = []
        for name in ("charter", "sed6-strategic-track"):
            pdf = ROOT / "dist" / name / f"{name}.pdf"
            made = Path(folder) / name
            subprocess.run(["pdftoppm", "-r", "72", "-png", "-f", "1", "-singlefile", pdf, made], check=True)
            pages.append(Image.open(made.with_suffix(".png")).convert("RGB"))
        width = sum(page.width for page in pages) + 36
        sheet = Image.new("RGB", (width, pages[0].height + 24), (214, 218, 224))
        at = 12
        for page in pages:
            sheet.paste(page, (at, 12))
            at += page.width + 12
        sheet.quantize(128).save(ROOT / "docs" / "briefs.png", optimize=True)


if __name__ == "__main__":
    (ROOT / "README.md").write_text(paste((ROOT / "README.md").read_text("utf-8")), "utf-8", newline="\n")
    picture()

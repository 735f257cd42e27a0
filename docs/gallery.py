"""Our own documents in every layout -> docs/gallery/*.png (needs pdftoppm; soffice and chromium where present)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs" / "gallery"
WIDTH = 800
LARGEST = 150_000
COLOURS = (128, 64, 32, 16)
DESK, PHONE = (1180, 1300), (500, 1000)
DARK = "--blink-settings=preferredColorScheme=0"


@dataclass(frozen=True, slots=True)
class Shown:
    """One set of briefs: the name of its pictures, the document, and what `align export` is asked for."""

    name: str
    document: str
    wishes: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("pdf", "docx", "html")


SHOWN = (
    Shown("side", "charter"),
    Shown("gaps", "sed6-strategic-track"),
    Shown("stacked", "charter", ("--layout", "stacked")),
    Shown("en", "charter", ("--layout", "en")),
    Shown("zh", "charter", ("--layout", "zh")),
    Shown("taiwan", "charter", ("--script", "zh-Hant-TW")),
    Shown("review", "charter", ("--layout", "review"), ("pdf", "docx")),
    Shown("letter", "charter", ("--page", "letter"), ("pdf", "docx")),
)


def exported(shown: Shown, folder: Path) -> Path:
    """The brief in all formats; the path without a suffix."""
    out = folder / shown.name
    given = ["export", str(ROOT / "input" / shown.document), "--to", ",".join(shown.formats), *shown.wishes]
    subprocess.run([sys.executable, "-m", "align", *given, "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
    return out / shown.document / shown.document


def pictures(shown: Shown, made: Path) -> Iterator[tuple[str, Path]]:
    """The name and the file of each picture that the programs on this computer can make."""
    if "pdf" in shown.formats:
        yield f"pdf-{shown.name}", first_page(made.with_suffix(".pdf"))
    if "docx" in shown.formats and shutil.which("soffice"):
        yield f"docx-{shown.name}", first_page(converted(made.with_suffix(".docx")))
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if "html" in shown.formats and browser:
        page = made.with_suffix(".html")
        yield f"html-{shown.name}", seen(browser, page, "desk", DESK)
        if shown.name == "side":
            yield "html-phone", seen(browser, page, "phone", PHONE)
            yield "html-dark", seen(browser, page, "dark", DESK, DARK)


def first_page(pdf: Path) -> Path:
    """The first page of a PDF as a picture."""
    picture = pdf.with_name(f"{pdf.name}.picture")
    scale = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    subprocess.run(["pdftoppm", "-png", "-singlefile", *scale, str(pdf), str(picture)], check=True)
    return picture.with_name(f"{picture.name}.png")


def converted(docx: Path) -> Path:
    """A DOCX as LibreOffice sets it."""
    target = docx.parent / "office"
    home = f"-env:UserInstallation={(docx.parent / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(target), str(docx)]
    subprocess.run(command, check=True, capture_output=True)
    return target / f"{docx.stem}.pdf"


def seen(browser: str, page: Path, name: str, size: tuple[int, int], *more: str) -> Path:
    """A page as the browser shows it, at the top."""
    picture = page.with_name(f"{name}.png")
    asked = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *more]
    window = f"--window-size={size[0]},{size[1]}"
    home = f"--user-data-dir={page.parent / 'browser'}"
    command = [browser, *asked, home, window, f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    return picture


def keep(name: str, picture: Path) -> None:
    """Make the picture small enough for the repository, with a thin frame around it."""
    from PIL import Image, ImageOps

    image = Image.open(picture).convert("RGB")
    width = min(WIDTH, image.width)
    image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    image = ImageOps.expand(image, border=1, fill=(200, 205, 213))
    target = GALLERY / f"{name}.png"
    for colours in COLOURS:
        image.quantize(colours).save(target, optimize=True)
        if target.stat().st_size <= LARGEST:
            return


def main() -> None:
    """Make every picture anew."""
    GALLERY.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for shown in SHOWN:
            for name, picture in pictures(shown, exported(shown, Path(folder))):
                keep(name, picture)


if __name__ == "__main__":
    main()

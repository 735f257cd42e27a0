"""A TSV file of terms -> pairs of English and Chinese, in its order and each once; forms fixed for an edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from align.characters import HAN_CHAR
from align.errors import DataError
from align.sources.plain import read_plain

Terms = tuple[tuple[str, str], ...]
FORM = "Write English, a tab, Chinese."
SCRIPTS = {"zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"}


def read_glossary(path: Path) -> Terms:
    """The terms of a file: English, a tab, Chinese; lines with # in front, blank ones, further columns count for none.

    Raises DataError for a line that is no such pair, with its number.
    """
    return tuple(dict.fromkeys(_term(path, at, line) for at, line in _lines(path) if line[0] != "#"))


def read_forms(path: Path, origin: str, script: str) -> dict[str, str]:
    """Forms that are fixed for the edition in a script, by the Chinese they stand for.

    A line with # in front names the columns, such as `# English`, `zh`, `zh-Hant-TW`, `zh-Hant-HK`; `zh-Hant`
    serves both of these. Without a column for the script nothing is fixed; nor is it by an empty cell. Raises
    DataError where a heading is no edition, a line is short of a column or two lines contradict each other.
    """
    names = _headings(path)
    source, target = _column(names, origin), _column(names, script)
    if target is None:
        return {}
    source = 1 if source is None else source
    if source == target:
        said = f"{path}: the line of headings has no column for the Chinese that becomes {script}."
        raise DataError(said, f"Write it as the second: # English, zh, {script}, with tabs between.")
    forms: dict[str, str] = {}
    lines: dict[str, int] = {}
    for at, line in ((at, line) for at, line in _lines(path) if line[0] != "#"):
        cells = _cells(line)
        if len(cells) <= max(source, target):
            said = f"{path}: line {at}: there is no column {names[len(cells)]}, which the line of headings names."
            raise DataError(said, "Write the form, or a tab and nothing for none.")
        text, form = cells[source], cells[target]
        if not text or not form:
            continue
        if forms.setdefault(text, form) != form:
            raise DataError(
                f"{path}: line {at}: {text} becomes {form} in {script}, but {forms[text]} on line {lines[text]}.",
                "Keep one of the two lines.",
            )
        lines.setdefault(text, at)
    _refuse_cycle(path, forms, lines)
    return forms


def _headings(path: Path) -> tuple[str, ...]:
    """The names of the columns, where a line says them. Raises DataError for a Chinese one that is no edition."""
    for at, line in _lines(path):
        cells = _cells(line.lstrip("#")) if line[0] == "#" else ()
        if not SCRIPTS.intersection(cells):
            continue
        for name in cells:
            if name.startswith("zh-") and name not in SCRIPTS:
                raise DataError(
                    f"{path}: line {at}: there is no edition {name}.", f"Known: {', '.join(sorted(SCRIPTS))}."
                )
        return cells
    return ()


def _column(names: tuple[str, ...], script: str) -> int | None:
    """Where the forms of a script stand."""
    for name in (script, script.rpartition("-")[0]):
        if name in names and name in SCRIPTS:
            return names.index(name)
    return None


def _refuse_cycle(path: Path, forms: Mapping[str, str], lines: Mapping[str, int]) -> None:
    """Raise DataError where a form is replaced in its turn until the text is what it was."""
    for text in forms:
        seen = [text]
        while (form := forms.get(seen[-1], seen[-1])) != seen[-1]:
            if form == text:
                said = " becomes ".join([*seen, text])
                on = ", ".join(str(lines[part]) for part in seen)
                raise DataError(f"{path}: lines {on}: {said}: a circle.", "Take one of the lines out.")
            if form in seen:
                break
            seen.append(form)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers."""
    decoded = read_plain(path)
    if decoded.undecodable:
        line = decoded.text.count("\n", 0, decoded.undecodable[0].offset) + 1
        raise DataError(f"{path}: line {line}: not all of it is {decoded.encoding}.", "Save the file as UTF-8.")
    return ((at, line) for at, line in enumerate(decoded.text.split("\n"), 1) if line.strip())


def _cells(line: str) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in line.split("\t"))


def _term(path: Path, at: int, line: str) -> tuple[str, str]:
    en, *others = _cells(line)
    if not others:
        raise DataError(f"{path}: line {at}: there is no tab.", FORM)
    zh = others[0]
    if not en or not zh:
        raise DataError(f"{path}: line {at}: the {'Chinese' if en else 'English'} is empty.", FORM)
    if not HAN_CHAR.search(zh):
        remedy = f"{FORM} A line of headings begins with #." if at == 1 else FORM
        raise DataError(f"{path}: line {at}: the second column holds no Chinese character.", remedy)
    return en, zh

"""Lines that hold both languages -> the parts of each language, in printed order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.characters import ADDRESS, HAN, HAN_CHAR, LATIN_WORD
from align.model import Line
from align.numbering import BULLET, labels

LONGEST_BILINGUAL = 400
STOP = re.compile(r"[.!?。！？]")
ENGLISH_FIRST = re.compile(
    rf"(?P<en>[^{HAN}]*[A-Za-z][^{HAN}]*?)(?P<gap>\s+)(?P<zh>[（(《“「]?[0-9]{{0,3}}[、．.]?[{HAN}].*)", re.S
)
CHINESE_FIRST = re.compile(rf"(?P<zh>.*[{HAN}][）)》”」]?)(?P<gap>\s+)(?P<en>[^{HAN}]*[A-Za-z][^{HAN}]*)", re.S)
SENTENCE = re.compile(r".*?(?:[。！？；][”’」』）)]*\s*|[.!?;][\"”’)]*(?:\s+|(?=[^\x00-\x7f]))|$)", re.S)
TERM = re.compile(
    rf"\s*(?:(?:[•·●*–-]|[0-9]{{1,3}}[.、)])\s*)?"
    rf"(?:(?P<en>[A-Za-z][A-Za-z0-9 ,.'’/()&-]*?)(?P<gap>\s*[:：=–—|/]\s*|\s+)(?P<zh>[{HAN}][{HAN}、·（）()“”]*)"
    rf"|(?P<zh2>[{HAN}][{HAN}、·（）()“”]*)(?P<gap2>\s*[:：=–—|/]\s*|\s+)(?P<en2>[A-Za-z][A-Za-z0-9 ,.'’/()&-]*))\s*"
)
COLUMNS = re.compile(r"\s*(?P<a>\S.*?)\s{3,}(?P<b>\S.*?)\s*")
LONGEST_TERM = 60
HEADING_STYLES = {"part", "chapter", "division", "han", "roman"}
"""Numbers that make a line in both languages a heading."""
FEWEST = 3
"""Lines that show two columns, at least."""


def parts(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """For each line its parts, each with its language; of a line in one language, the line as it is."""
    columns, terms = _in_columns(lines), _terms(lines)
    for at, line in enumerate(lines):
        if line.lang or line.row or not HAN_CHAR.search(line.text) or not _words(line.text):
            yield (line,)
        elif at in columns:
            yield _two(line, COLUMNS, *columns[at])
        elif at in terms:
            yield _two(line, TERM, *terms[at])
        else:
            yield _halves(line) or _sentences(line) or (line,)


def _words(text: str) -> list[str]:
    """Words in Latin letters; an address has none."""
    return LATIN_WORD.findall(ADDRESS.sub(" ", text))


def _two(line: Line, form: re.Pattern[str], en: str, zh: str) -> tuple[Line, ...]:
    """The two groups of a pattern that hold a line's English and Chinese, in printed order."""
    match = form.fullmatch(line.text)
    assert match
    (_, first), (b, second) = sorted((match.start(group), lang) for group, lang in ((en, "en"), (zh, "zh")))
    before = _part(line, 0, b, first)
    if form is COLUMNS:
        return before, _part(line, b, len(line.text), second)
    end = match.end(en if first == "en" else zh)
    mark = line.start + end, line.start + len(line.text[:b].rstrip())
    row = f"x{line.number}.1"
    return (
        replace(before, row=row, after_blank=True, markup=(*line.markup, mark)),
        replace(_part(line, b, len(line.text), second), row=row, after_blank=True),
    )


def _part(line: Line, start: int, end: int, lang: str) -> Line:
    return replace(line, start=line.start + start, end=line.start + end, text=line.text[start:end], lang=lang)


def _in_columns(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """The lines of a text set in two columns, with the groups of COLUMNS that are English and Chinese."""
    found: dict[int, tuple[str, str]] = {}
    for at, line in enumerate(lines):
        match = COLUMNS.fullmatch(line.text) if _words(line.text) else None
        if match and bool(HAN_CHAR.search(match["a"])) != bool(HAN_CHAR.search(match["b"])):
            found[at] = ("b", "a") if HAN_CHAR.search(match["a"]) else ("a", "b")
    one_order = len(set(found.values())) == 1
    return found if one_order and len(found) >= FEWEST and len(found) * 5 >= len(lines) * 2 else {}


def _terms(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """The lines of a glossary, with the groups of TERM that are English and Chinese; one line alone is none."""
    found: dict[int, tuple[str, str]] = {}
    for at, line in enumerate(lines):
        match = TERM.fullmatch(line.text) if len(line.text) <= LONGEST_TERM and _words(line.text) else None
        if match:
            found[at] = ("en", "zh") if match["en"] else ("en2", "zh2")
    return {
        at: groups
        for at, groups in found.items()
        if found.get(at - 1) == groups or found.get(at + 1) == groups or BULLET.match(lines[at].text.lstrip())
    }


def _halves(line: Line) -> tuple[Line, ...]:
    """The two halves of a line that says one thing in both languages, in printed order."""
    if len(line.text) > LONGEST_BILINGUAL:
        return ()
    lead = len(line.text) - len(line.text.lstrip())
    for pattern in (ENGLISH_FIRST, CHINESE_FIRST):
        match = pattern.fullmatch(line.text.strip())
        if match and _both(match["en"], match["zh"]):
            heads = {label.style for half in match.group("en", "zh") for label in labels(half)} & HEADING_STYLES
            hint = "heading-4" if heads else "bilingual"
            made = (
                replace(
                    _part(line, lead + match.start(lang), lead + match.end(lang), lang),
                    hint=line.hint or hint,
                )
                for lang in ("en", "zh")
            )
            return _numbered(sorted(made, key=lambda half: half.start))
    return ()


def _both(en: str, zh: str) -> bool:
    """A name or two inside the other language is no half: the English has words, the Chinese a number or no English."""
    words = _words(en)
    numbered = bool(words) and any(labels(zh))
    enough = numbered or (len(words) >= 2 and sum(len(word) >= 3 for word in words) >= 2)
    han = len(HAN_CHAR.findall(zh))
    pure = sum(map(len, LATIN_WORD.findall(zh))) <= han
    both_run_on = bool(STOP.search(en.rstrip()[-1:])) == bool(STOP.search(zh.rstrip()[-1:]))
    return enough and han >= 2 and pure and both_run_on and ("，" not in zh or "," in en)


def _sentences(line: Line) -> tuple[Line, ...]:
    """The parts of a paragraph that goes from sentences of one language to sentences of the other, and maybe back."""
    runs: list[list[int | str]] = []
    for match in SENTENCE.finditer(line.text):
        lang = _sentence_language(match.group())
        if runs and (lang in (runs[-1][2], "") or not runs[-1][2]):
            runs[-1][1:] = match.end(), runs[-1][2] or lang
        elif match.group().strip():
            runs.append([match.start(), match.end(), lang])
    if len(runs) < 2 or any(not _is_whole(line.text[int(a) : int(b)], str(lang)) for a, b, lang in runs):
        return ()
    made = [_part(line, int(a), int(b), str(lang)) for a, b, lang in runs]
    paired = len(made) % 2 == 0
    return _numbered(
        [
            replace(part, after_blank=part.after_blank or at > 0, row=f"x{line.number}.{at // 2}" if paired else "")
            for at, part in enumerate(made)
        ]
    )


def _sentence_language(text: str) -> str:
    han = len(HAN_CHAR.findall(text))
    latin = sum(map(len, _words(text)))
    if not han and latin < 4:
        return ""
    return "zh" if han * 3 >= latin else "en"


def _is_whole(text: str, lang: str) -> bool:
    """Whether a run is in its language throughout: a name of the other one is not counted as a run."""
    if lang == "zh":
        return len(HAN_CHAR.findall(text)) >= 4
    return sum(len(word) >= 2 for word in _words(text)) >= 3


def _numbered(made: Sequence[Line]) -> tuple[Line, ...]:
    """A number before the first part is the number of what follows it in the other language, too."""
    first, *rest = made
    label = next(iter(labels(first.text, first.ordinal)), None)
    if not label or len(label.key) > 1 or any(next(iter(labels(part.text)), None) for part in rest):
        return tuple(made)
    other = next((at for at, part in enumerate(rest) if part.lang != first.lang), None)
    if other is not None and label.style == "decimal":
        rest[other] = replace(rest[other], hint="row", ordinal=label.number)
    return (first, *rest)

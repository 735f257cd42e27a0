"""Two plain files -> the beads of their segments, as rows of text or of numbers."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from align import dictionary
from align.aligner import DOUBTFUL_BELOW
from align.aligner.beads import Bead, align_texts
from align.characters import HAN_CHAR, LATIN_WORD
from align.errors import DataError, UsageError
from align.glossary import Terms, read_glossary
from align.model import Lang, Line
from align.provenance import compose, is_visible
from align.sources.encoding import Decoded
from align.sources.plain import read_plain

BREAK = re.compile(r"\s*[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
FEW, SAMPLE = 20, 200_000
"""Letters that are too few to tell a language by, and characters that are enough."""


@dataclass(frozen=True, slots=True)
class Paired:
    """The segments of two files, the beads that link them, and what a person should know."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    beads: tuple[Bead, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    read: Decoded


def check_places(first: Path, second: Path, out: Path) -> None:
    """Raise UsageError where standard input would be both texts, or a text would be overwritten."""
    if str(first) == str(second) == "-":
        raise UsageError("Only one of the two texts can be standard input.", "Give the other as a file.")
    if str(out) == "-" or not out.exists():
        return
    if out.is_dir():
        raise UsageError(f"{out}: is a folder.", "Name a file with --out.")
    if any(os.path.exists(path) and out.samefile(path) for path in (first, second)):  # noqa: PTH110 - may not raise
        raise UsageError(f"{out}: the result would overwrite a text.", "Name another file with --out.")


def pair_files(first: Path, second: Path, is_split: bool = False, glossary: Path | None = None) -> Paired:
    """Align two files, whichever is the English one; with `is_split` every line is a segment.

    Raises DataError where neither holds text, or both hold the same language.
    """
    terms = read_glossary(glossary) if glossary else ()
    en, zh = _File(first, read_plain(first)), _File(second, read_plain(second))
    notes = [note for file in (en, zh) for note in _reading(file)]
    if _is_swapped(en, zh):
        en, zh = zh, en
        notes.append(f"{first} is the Chinese text and {second} the English; English is printed first all the same.")
    cut = _lines if is_split else _sentences
    ours, theirs = cut(en.read.text, "en"), cut(zh.read.text, "zh")
    empty = [file for file, texts in ((en, ours), (zh, theirs)) if not any(map(is_visible, texts))]
    if len(empty) == 2:
        raise DataError(f"{first} and {second}: there is no text to align.", "Give files that hold text.")
    beads = align_lines(ours, theirs, terms)
    notes += [f"{file.path}: holds no text, so that nothing has a counterpart." for file in empty]
    notes += [] if empty else _doubts(en, zh, beads)
    return Paired(ours, theirs, beads, tuple(notes))


def align_lines(en: Sequence[str], zh: Sequence[str], terms: Terms = ()) -> tuple[Bead, ...]:
    """The beads of two lists of segments in printed order; a segment without text is always one of its own."""
    ours, theirs = ([at for at, text in enumerate(texts) if is_visible(text)] for texts in (en, zh))
    if not (ours and theirs):
        ours, theirs = [], []
    found = align_texts([en[i] for i in ours], [zh[j] for j in theirs], dictionary.load(), terms) if ours else []
    beads = [replace(bead, en=tuple(ours[i] for i in bead.en), zh=tuple(theirs[j] for j in bead.zh)) for bead in found]
    alone = [Bead((i,), (), 1.0) for i in _others(ours, en)], [Bead((), (j,), 1.0) for j in _others(theirs, zh)]
    return tuple(_merged(beads, deque(alone[0]), deque(alone[1])))


def _others(taken: Sequence[int], texts: Sequence[str]) -> list[int]:
    return sorted(set(range(len(texts))).difference(taken))


def _merged(beads: Sequence[Bead], en: deque[Bead], zh: deque[Bead]) -> Iterator[Bead]:
    """The beads, and those of single segments before the first bead that begins behind them."""
    for bead in beads:
        while en and bead.en and en[0].en < bead.en:
            yield en.popleft()
        while zh and bead.zh and zh[0].zh < bead.zh:
            yield zh.popleft()
        yield bead
    yield from (*en, *zh)


def _reading(file: _File) -> Iterator[str]:
    if file.read.encoding != "utf-8":
        yield f"{file.path}: read as {file.read.encoding}."
    if file.read.undecodable:
        places = len(file.read.undecodable)
        yield (
            f"{file.path}: {places} place{'s' * (places > 1)} could not be read; \ufffd stands for what was there. "
            "Save the file as UTF-8."
        )


def _is_swapped(first: _File, second: _File) -> bool:
    """Whether the Chinese text comes first. Raises DataError where both are in one language."""
    texts = first.read.text[:SAMPLE], second.read.text[:SAMPLE]
    a, b = map(_chinese, texts)
    if a is None and b is None:
        from align.languages import language

        return (language(texts[0]), language(texts[1])) == ("zh", "en")
    if a is None or b is None:
        return a > 0.5 if a is not None else b is not None and b < 0.5
    same = "English" if max(a, b) < 0.25 else "Chinese" if min(a, b) > 0.5 else ""
    if same:
        raise DataError(
            f"{first.path} and {second.path}: both texts are {same}.", "Give one in English and one in Chinese."
        )
    return a - b > 0.1


def _chinese(text: str) -> float | None:
    """The share of Chinese in a text's letters, a Han character as three; None where they are few."""
    han, latin = 3 * len(HAN_CHAR.findall(text)), sum(map(len, LATIN_WORD.findall(text)))
    return han / (han + latin) if han + latin >= FEW else None


def _lines(text: str, lang: Lang) -> tuple[str, ...]:
    """The lines as a line feed ends them, and nothing else does."""
    lines = text.split("\n")
    return tuple(line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1]))


def _sentences(text: str, lang: Lang) -> tuple[str, ...]:
    """The sentences of the paragraphs, hard-wrapped or not."""
    from align.cleaning import find_wraps
    from align.languages import divide
    from align.segmentation.sentences import spans

    lines = find_wraps(divide(tuple(_printed(text)), lang), flowing=False)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if line.continues:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    whole_ones = (compose(paragraph, lang)[0] for paragraph in paragraphs)
    return tuple(whole[a:b] for whole in whole_ones for a, b in spans(whole, lang))


def _printed(text: str) -> Iterator[Line]:
    """The lines that hold something, each knowing whether a blank one stands before it."""
    blank = False
    for number, line in enumerate(text.splitlines(), 1):
        if is_visible(line):
            yield Line("", number, 0, len(line), line, after_blank=blank)
        blank = not is_visible(line)


def _doubts(en: _File, zh: _File, beads: Sequence[Bead]) -> Iterator[str]:
    """A sentence where most of what is linked is linked doubtfully, or nothing is."""
    linked = [bead for bead in beads if bead.en and bead.zh]
    doubtful = [bead for bead in linked if bead.confidence < DOUBTFUL_BELOW]
    of_all, of_doubtful = (sum(len(bead.en) + len(bead.zh) for bead in found) for found in (linked, doubtful))
    if linked and of_doubtful * 2 <= of_all:
        return
    found = (
        f"{len(doubtful)} of {len(linked)} beads {'is' if len(linked) == 1 else 'are'} doubtful"
        if linked
        else "no sentence has a counterpart"
    )
    yield (
        f"{en.path} and {zh.path} hardly answer each other: {found}. "
        "Check that they are the same text, one in English and one in Chinese."
    )


def rows(paired: Paired, as_numbers: bool) -> Iterator[str]:
    """A line for each bead: its numbers on both sides, or its text and confidence."""
    for bead in paired.beads:
        if as_numbers:
            yield f"{list(bead.en)}:{list(bead.zh)}"
        else:
            en = " ".join(_on_one_line(paired.en[i]) for i in bead.en)
            zh = "".join(_on_one_line(paired.zh[j]) for j in bead.zh)
            yield f"{en}\t{zh}\t{bead.confidence:.4f}"


def _on_one_line(text: str) -> str:
    return BREAK.sub(" ", text.strip())


def write(text: str, out: Path) -> None:
    """Write a file whole or not at all; a device, or a stream by its name in /dev, takes what comes."""
    from align.export import whole

    data = text.encode("utf-8")
    if (out.exists() and not out.is_file()) or out.absolute().is_relative_to("/dev"):
        with out.open("ab") as stream:
            stream.write(data)
        return
    target = out.resolve() if out.is_symlink() else out
    with whole(target.parent) as output, output.open(target.name) as stream:
        stream.write(data)

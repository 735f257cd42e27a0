"""Bitext -> the rows of a review table: a band where an item begins, then a row for each bead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from align.model import Bitext, Block, Document, Lang, Link, Segment, block_segments, walk
from align.sheets import CUT_OFF, LONGEST, TOO_LONG, band_mark, digest, is_long, line, row_mark

from ._beads import Bead, beads, spelled, title
from ._decided import margins, signed
from ._wording import FLAGS, in_script

TOLD = " {} characters are too many for a cell; not to be corrected in the sheet 此格过长，已截断，不能在表中修改]"
BETWEEN = "\n\n"
"""What parts the sentences of a cell: an empty line."""
SURE, UNSURE = 0.8, 0.5
"""Confidence below which a row is coloured, and coloured as one of the worst."""
WORST = frozenset({"suspect", "doubtful"})
NOTEWORTHY = frozenset({"truncated", "crossing", "draft"})

SIDES: tuple[Lang, Lang] = ("en", "zh")
Look = Literal["band", "worst", "unsure", "gap", "confirmed", "plain"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by the name of their column, how it looks, and whether it is a title, and what is locked."""

    kind: Literal["band", "bead"]
    cells: Mapping[str, str | float]
    look: Look
    mark: str
    is_title: bool = False
    locked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Begun:
    """Of one document: the innermost item around each sentence, and which sentences are titles."""

    items: Mapping[str, Block]
    titles: frozenset[str]


def rows(bitext: Bitext, tell: Callable[[str], None]) -> Iterator[Row]:
    """Every row in document order; `tell` is told of what does not fit a cell."""
    begun = [_begun(document) for document in bitext.documents]
    decided = margins(bitext)
    seen: set[str] = set()
    for number, bead in enumerate(beads(bitext), 1):
        opened = _opened(bead, begun, seen)
        if any(opened):
            yield _band(number, opened)
        row = _bead(number, bead, _is_title(bead, begun), lambda text: in_script(text, bitext.zh.tag), tell)
        said = (
            *signed(bead.link, bitext.zh.tag),
            *(each for s in (*bead.en, *bead.zh) for each in decided.get(s.id, ())),
        )
        yield _with_decisions(row, said, bitext.zh.tag) if any(said) else row


def _begun(document: Document) -> _Begun:
    items: dict[str, Block] = {}
    titles = {segment.id for segment in document.heading}
    for block in walk(document.blocks):
        titles |= {segment.id for segment in block.heading}
        if block.kind == "item":
            items |= {segment.id: block for segment in block_segments(block)}
    return _Begun(items, frozenset(titles))


def _is_title(bead: Bead, begun: Sequence[_Begun]) -> bool:
    return all(s.id in at.titles for side, at in zip((bead.en, bead.zh), begun, strict=True) for s in side)


def _opened(bead: Bead, begun: Sequence[_Begun], seen: set[str]) -> tuple[Block | None, Block | None]:
    """The items that begin with a bead, English and Chinese."""
    found: list[Block | None] = []
    for side, at in zip((bead.en, bead.zh), begun, strict=True):
        opened = [at.items[s.id] for s in side if s.id in at.items and at.items[s.id].id not in seen]
        seen |= {block.id for block in opened}
        found.append(opened[0] if opened else None)
    return found[0], found[1]


def _band(number: int, opened: tuple[Block | None, Block | None]) -> Row:
    ids = tuple(block.id if block else "" for block in opened)
    en, zh = (title(block, lang) if block else "" for block, lang in zip(opened, SIDES, strict=True))
    name = next((block.number for block in opened if block and block.number), "")
    cells = {"item": name, "en": en, "zh": zh, "en_ids": ids[0], "zh_ids": ids[1]}
    return Row("band", cells, "band", band_mark(number, (ids[0], ids[1])), locked=frozenset(("en", "zh")))


def _bead(number: int, bead: Bead, is_title: bool, say: Callable[[str], str], tell: Callable[[str], None]) -> Row:
    link = bead.link
    texts, marks, locked = {}, {}, set[str]()
    for lang, side in zip(SIDES, (bead.en, bead.zh), strict=True):
        texts[lang], marks[lang] = _side(side, say)
        if marks[lang] == [TOO_LONG]:
            locked.add(lang)
            tell(f"{side[0].id} is too long for a spreadsheet's cell and was cut off in it")
    note = " ".join(link.verdict.note.split())
    if is_long(note):
        locked.add("note")
        tell(f"the note beside {(*link.en, *link.zh)[0]} is too long for a spreadsheet's cell and was cut off in it")
    ids = " ".join(link.en), " ".join(link.zh)
    cells: dict[str, str | float] = {
        "number": number,
        "item": bead.item,
        "en": texts["en"],
        "zh": texts["zh"],
        "note": fitting(note, say),
        "confidence": link.confidence if link.en and link.zh else "",
        "flags": say("\n".join(" ".join(FLAGS.get(flag, (flag, ""))).strip() for flag in link.flags)),
        "status": say(" ".join(FLAGS["confirmed"]) if link.status == "confirmed" else "auto 自动"),
        "en_ids": ids[0],
        "zh_ids": ids[1],
    }
    mark = row_mark(number, ids, marks["en"], marks["zh"], fitting(note, say))
    return Row("bead", cells, _look(link), mark, is_title, frozenset(locked))


def _with_decisions(row: Row, said: Iterable[str], tag: str) -> Row:
    """The row, its flags followed by what was decided before; the column is locked and not read back."""
    flags = "\n".join(filter(None, (str(row.cells["flags"]), *map(spelled, dict.fromkeys(said)))))
    return replace(row, cells={**row.cells, "flags": fitting(flags, lambda text: in_script(text, tag))})


def _side(side: Sequence[Segment], say: Callable[[str], str]) -> tuple[str, list[str]]:
    """The text of a cell and the marks of its sentences; one that is too long is cut, and says so."""
    lines = [line(segment) for segment in side]
    text = BETWEEN.join(lines)
    return fitting(text, say), [TOO_LONG] if is_long(text) else [digest(one) for one in lines]


def fitting(text: str, say: Callable[[str], str]) -> str:
    """A text that a cell holds; one that is too long is cut, and says so."""
    if not is_long(text):
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    return kept.rstrip() + CUT_OFF + say(TOLD.format(f"{len(text):,}"))


def _look(link: Link) -> Look:
    """How much a row asks to be looked at."""
    if link.status == "confirmed":
        return "confirmed"
    if WORST.intersection(link.flags) or (link.en and link.zh and link.confidence < UNSURE):
        return "worst"
    if not (link.en and link.zh):
        return "gap"
    if link.confidence < SURE or NOTEWORTHY.intersection(link.flags):
        return "unsure"
    return "plain"

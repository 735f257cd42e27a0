"""Rows and what their paragraphs are -> what stands together now: a row, or rows that a person merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from align.model import Lang
from align.review.pieces import Matched, Piece
from align.review.table import Row, Table
from align.sheets import digest

SIDES: tuple[Lang, Lang] = ("en", "zh")


@dataclass(slots=True)
class Group:
    """The first row, by its place in the table, all rows, their pieces, and what was decided of them.

    `notes` are those that somebody typed. `is_changed`: other sentences stand here than before; those cut or joined
    in their place are no others.
    """

    at: int
    rows: list[int]
    pieces: dict[Lang, list[Piece]]
    decision: str = ""
    notes: list[str] = field(default_factory=list)
    has_new_note: bool = False
    is_changed: bool = False


def groups(table: Table, matched: Mapping[Lang, Matched]) -> list[Group]:
    """The rows in the order of the sheet, merged where a person asks for it; bands are none."""
    found: list[Group] = []
    before: Row | None = None
    for at, row in enumerate(table.rows):
        if row.mark and row.mark.kind == "item":
            continue
        group = _group(at, row, matched)
        if row.decision == "merge" and _may_merge(table, row, before, found):
            _merge(found[-1], group)
        else:
            found.append(group)
        before = row
    return found


def _group(at: int, row: Row, matched: Mapping[Lang, Matched]) -> Group:
    pieces = {lang: list(matched[lang].pieces.get(at, ())) for lang in SIDES}
    is_new = bool(row.note) and (row.mark is None or digest(row.note) != row.mark.note)
    is_changed = any(_is_changed(pieces[lang], matched[lang], at) for lang in SIDES)
    return Group(at, [at], pieces, row.decision, [row.note] if is_new else [], is_new, is_changed)


def _is_changed(pieces: list[Piece], matched: Matched, at: int) -> bool:
    if {name for piece in pieces for name in piece.ids} != set(matched.own.get(at, ())):
        return True
    parts = [piece.ids[0] for piece in pieces if piece.part]
    return any(parts.count(name) != len(matched.cuts[name]) for name in parts)


def _merge(into: Group, group: Group) -> None:
    into.rows += group.rows
    for lang in SIDES:
        into.pieces[lang] += group.pieces[lang]
    into.notes += group.notes
    into.has_new_note |= group.has_new_note
    into.decision = into.decision or "merge"


def _may_merge(table: Table, row: Row, before: Row | None, found: list[Group]) -> bool:
    """Whether the row above is the one that a person saw above it, and the one before it in the text."""
    if before is None or not found:
        table.refuse(row.number, "there is no row above it to be merged with.")
    elif before.is_hidden:
        table.refuse(row.number, f"row {before.number} above it is hidden. Show all rows, and look which one is meant.")
    elif row.mark and before.mark and before.mark.number != row.mark.number - 1:
        table.refuse(
            row.number,
            "the row above it is not the one before it in the text, because rows were sorted or deleted. "
            "Move its sentences there instead.",
        )
    elif found[-1].decision == "apart":
        table.refuse(row.number, "the row above it has another decision. Leave one of them.")
    else:
        return True
    return False

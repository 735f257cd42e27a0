"""What became of the sentences of one language -> the types that say so."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a cell: the sentences it is (several if they were joined), or the part of one, from 1."""

    ids: tuple[str, ...]
    text: str
    at: int
    part: int = 0


@dataclass(slots=True)
class Matched:
    """What became of one language: the pieces of each row, by its place in the table; and what was changed.

    `cuts` and `reads` are by the id of the sentence; `rows` says in which row something was done.
    """

    pieces: dict[int, list[Piece]] = field(default_factory=dict)
    own: dict[int, tuple[str, ...]] = field(default_factory=dict)
    home: dict[str, int] = field(default_factory=dict)
    cuts: dict[str, list[str]] = field(default_factory=dict)
    joins: list[tuple[str, ...]] = field(default_factory=list)
    reads: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    stale: set[int] = field(default_factory=set)
    remarks: list[tuple[int, str]] = field(default_factory=list)

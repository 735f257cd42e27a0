"""Pairs, one by one -> which came before, and which say something else of the same source; kept on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b

SHOWN = 3
"""How many sources with several translations are named."""
EXCERPT = 24
SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16000")
TABLES = (
    "CREATE TABLE first (source INTEGER PRIMARY KEY, pair INTEGER, said TEXT)",
    "CREATE TABLE other (pair INTEGER PRIMARY KEY, source INTEGER)",
)


@dataclass(frozen=True, slots=True)
class Repeats:
    """A table of 8-byte hashes in a temporary file of SQLite's own, which is gone when it is closed.

    Two of a million pairs have one hash, so that one is taken for the other, once in 37 million memories.
    """

    table: sqlite3.Connection
    shown: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def is_new(self, source: str, target: str, is_draft: bool) -> bool:
        """Whether the pair has not come before; a draft is never one with a text."""
        key, pair = _hash(f"{is_draft}{source}"), _hash(f"{is_draft}{source}\0{target}")
        run = self.table.execute
        if run("INSERT OR IGNORE INTO first VALUES (?, ?, ?)", (key, pair, _excerpt(target))).rowcount:
            return True
        known, said = run("SELECT pair, said FROM first WHERE source = ?", (key,)).fetchone()
        if known == pair or not run("INSERT OR IGNORE INTO other VALUES (?, ?)", (pair, key)).rowcount:
            return False
        if key not in self.shown and len(self.shown) < SHOWN:
            self.shown[key] = (_excerpt(source), str(said), _excerpt(target))
        return True

    def contradictions(self) -> tuple[int, tuple[tuple[str, ...], ...]]:
        """How many sources have several translations; of the first ones the source and two of these."""
        ((count,),) = self.table.execute("SELECT COUNT(DISTINCT source) FROM other")
        return int(count), tuple(self.shown.values())


@contextmanager
def repeats() -> Iterator[Repeats]:
    """An empty table, for as long as it is needed."""
    with closing(sqlite3.connect("", isolation_level=None)) as table:
        for setting in SETTINGS:
            table.execute(f"PRAGMA {setting}")
        for statement in (*TABLES, "BEGIN"):
            table.execute(statement)
        yield Repeats(table)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _excerpt(text: str) -> str:
    short = text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"
    return short.encode("utf-8", "replace").decode("utf-8")

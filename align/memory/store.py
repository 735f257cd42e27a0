"""Units of many memories -> a file that holds each pair of texts once, with where it came from and when."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from align.errors import SurroundingsError

TABLE = """
create table pairs (
    key blob, target blob, date text, file integer, number integer, line integer, source text, raw blob,
    files text, documents text, unique (key, target)
)"""
INSERT = """
insert into pairs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key, target) do update set
    files = case when instr(files, excluded.files) then files else files || excluded.files end,
    documents = case when instr(documents, excluded.documents) then documents else documents || excluded.documents end,
    source = case when excluded.date >= date then excluded.source else source end,
    raw = case when excluded.date >= date then excluded.raw else raw end,
    file = case when excluded.date >= date then excluded.file else file end,
    number = case when excluded.date >= date then excluded.number else number end,
    line = case when excluded.date >= date then excluded.line else line end,
    date = max(date, excluded.date)"""
"""What comes later is as new or newer where its date is not older."""
RANKED = """
create temp table ranked as select rowid as pair,
    row_number() over (partition by key order by date desc, file desc, number desc, rowid desc) as place,
    count(*) over (partition by key) as ways,
    min(rowid) over (partition by key) as first
from pairs"""
COLUMNS = "key, target, date, file, number, line, source, raw, files, documents"


@dataclass(frozen=True, slots=True)
class Stored:
    """A pair of texts: what stands for its source and for its target, its date, file, number and line, its bytes.

    `source` is the code of the language that is translated from,
    `files` are the numbers of all files that hold it, `documents` the documents it is said to come from.
    """

    key: bytes
    target: bytes
    date: str
    file: int
    number: int
    line: int
    source: str
    raw: bytes
    files: str
    documents: str


_ROW = attrgetter(*COLUMNS.split(", "))


class Store:
    """Pairs of texts on disk."""

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.execute("pragma journal_mode = off")
        self.base.execute("pragma synchronous = off")
        self.base.execute(TABLE)

    def add(self, pairs: Iterable[Stored]) -> None:
        """Take pairs in; one that is there already is the same one, with one more file."""
        self.base.execute("begin")
        self.base.executemany(INSERT, map(_ROW, pairs))
        self.base.execute("commit")

    def rank(self) -> None:
        """Put the translations of each source in order, the newest first; to be asked before what follows."""
        self.base.execute(RANKED)

    def count(self) -> int:
        """How many different pairs there are."""
        return int(self.base.execute("select count(*) from pairs").fetchone()[0])

    def contradicted(self) -> int:
        """How many sources have more than one translation."""
        return int(self.base.execute("select count(*) from ranked where ways > 1 and place = 1").fetchone()[0])

    def kept(self, newest: bool) -> Iterator[Stored]:
        """The newest of each source, or all, in the order in which they came."""
        which = "where place = 1 order by first" if newest else "order by pair"
        asked = f"select {COLUMNS} from ranked join pairs on pairs.rowid = pair {which}"
        return (Stored(*row) for row in self.base.execute(asked))

    def contradictions(self) -> Iterator[tuple[int, Stored]]:
        """All translations of each source that has more than one, the newest first: its place from 1, and itself."""
        asked = (
            f"select place, {COLUMNS} from ranked join pairs on pairs.rowid = pair where ways > 1 order by first, place"
        )
        return ((row[0], Stored(*row[1:])) for row in self.base.execute(asked))


@contextmanager
def store() -> Iterator[Store]:
    """A store in a folder that is gone afterwards. Raises SurroundingsError where there is no room for it."""
    with TemporaryDirectory() as folder:
        held: Store | None = None
        try:
            held = Store(Path(folder, "pairs"))
            yield held
        except sqlite3.OperationalError as error:
            said = f"The folder for temporary files takes no more ({error})."
            raise SurroundingsError(said, "Free some space, or name another folder in TMPDIR.") from error
        finally:
            if held:
                held.base.close()

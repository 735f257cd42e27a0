"""Rows whose note was deleted, and earlier decisions -> those decisions that lose their notes, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from align.decisions.model import Decision
from align.decisions.replacing import met
from align.model import Link
from align.review.changes import Corpus, Understood, shortened
from align.review.combining import who
from align.review.table import Mark, Row, Table
from align.sheets import digest, is_long


def erased(table: Table, corpus: Corpus, old: Sequence[Decision]) -> tuple[list[Understood], list[str]]:
    """The decisions whose notes a sheet showed and shows no more, and remarks on rows where nothing could be done."""
    noted = [decision for decision in old if decision.note and decision.kind in ("link", "note")]
    found: list[Understood] = []
    remarks: list[str] = []
    for row in table.rows:
        if row.mark is None or row.mark.kind != "bead" or row.note or row.mark.note == digest(""):
            continue
        link = _link(row, row.mark, corpus)
        gone = _behind(link, noted, corpus) if link else []
        found += [Understood(one, str(table.file), row.number, _said(one), frozenset()) for one in gone]
        if not link:
            remarks.append(f"row {row.number}: its note was deleted; the corpus does not have that note any more.")
        elif not gone:
            remarks.append(f"row {row.number}: its note was deleted; no decision has that note any more.")
    return found, remarks


def _said(decision: Decision) -> str:
    return f"the note of {who(decision)} is taken away: {shortened(decision.note, 80)}"


def _link(row: Row, mark: Mark, corpus: Corpus) -> Link | None:
    """The link with the note that a row showed: by its ids, or where these have changed by its texts."""
    noted = (link for link in corpus.bitext.links if link.verdict.note)
    showed = [link for link in noted if _is_shown(link.verdict.note, mark)]
    same = (link for link in showed if (link.en, link.zh) == (row.ids.get("en", ()), row.ids.get("zh", ())))
    return next(same, None) or next((link for link in showed if _digests(link, corpus) == (mark.en, mark.zh)), None)


def _is_shown(note: str, mark: Mark) -> bool:
    """Whether a row may have shown a note, or the beginning of one that is too long for a cell."""
    return is_long(note) or digest(" ".join(note.split())) == mark.note


def _digests(link: Link, corpus: Corpus) -> tuple[tuple[str, ...], tuple[str, ...]]:
    en, zh = corpus.sides["en"].by_id, corpus.sides["zh"].by_id
    return tuple(digest(en[name].shown) for name in link.en), tuple(digest(zh[name].shown) for name in link.zh)


def _behind(link: Link, noted: Iterable[Decision], corpus: Corpus) -> list[Decision]:
    """The decisions that the note of a link comes from."""
    en, zh = (tuple(map(corpus.reference, side)) for side in (link.en, link.zh))
    shown = " ".join(link.verdict.note.split())
    about = (other for other, _ in met(noted, [Decision("note", en, zh)], lambda _: "", corpus.whole))
    return [other for other in about if " ".join(other.note.split()) in shown]

"""Review spreadsheets and documents -> the decisions.toml of each document, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from align.decisions.replacing import replaced
from align.errors import DataError, SurroundingsError, UsageError
from align.review.changes import Corpus, Understood, understand
from align.review.clashing import clashes
from align.review.combining import against, combined, is_refused
from align.review.erasing import erased
from align.review.overruling import overruled, own_words
from align.review.standing import standing
from align.review.table import Table, day, read_tables


@dataclass(frozen=True, slots=True)
class Place:
    """A document that may be reviewed: its name, its corpus, and the file that holds its decisions."""

    name: str
    corpus: Path
    decisions: Path


@dataclass(frozen=True, slots=True)
class Review:
    """What was understood of one document, and the text that its decisions file will have.

    `erased` are earlier decisions that lose their notes.
    """

    place: Place
    understood: tuple[Understood, ...]
    remarks: tuple[str, ...]
    text: str
    erased: tuple[Understood, ...] = ()


def read_review(path: Path) -> list[Table]:
    """The tables of one file. Raises DataError for a file that is no spreadsheet of ours."""
    from align.sources.kinds import kind_of
    from align.sources.plain import read_data

    data = read_data(path)
    if not data:
        raise DataError(f"{path}: the file is empty.", "Save it again as .xlsx.")
    other = path.suffix.lower() in (".ods", ".fods", ".xls", ".xlsb", ".et", ".numbers", ".csv", ".tsv")
    if other or kind_of(path, data) != "xlsx":
        raise DataError(
            f"{path}: is no spreadsheet in the .xlsx format.", "Open it in its program and save it as .xlsx."
        )
    return read_tables(path, data)


def review(
    tables: Sequence[Table], places: Sequence[Place], by: str = "", on: str = "", is_trial: bool = False
) -> tuple[list[Review], list[str]]:
    """The review of every document that the tables are about, and all that cannot be read, by file and row.

    `by` and `on` go before what a sheet says of who and when; a trial may do without.
    """
    on = day(on, "--on") if on else ""
    known = {place.name: place for place in places}
    found: list[Review] = []
    problems: list[str] = []
    for name in dict.fromkeys(table.document for table in tables):
        own = [table for table in tables if table.document == name]
        if name not in known:
            raise UsageError(
                f"{own[0].file}: is a review of the document {name!r}, which is not among those given.",
                f"Name its folder, such as: align review --from {own[0].file.name} input/{name}",
            )
        made, wrong = _reviewed(known[name], own, by, on, is_trial)
        found.append(made)
        problems += wrong
    return found, problems


def _reviewed(place: Place, tables: Sequence[Table], by: str, on: str, is_trial: bool) -> tuple[Review, list[str]]:
    from align import corpus
    from align.decisions.toml import decisions_text, edited, read_decisions, without_notes
    from align.sheets import state_of

    if not place.corpus.is_file():
        raise DataError(f"{place.corpus}: there is no corpus to compare the sheet with.", "Run `align export` first.")
    bitext = corpus.read(place.corpus)
    held = Corpus(bitext, state_of(bitext))
    written = read_decisions(place.decisions) if place.decisions.is_file() else ()
    old = standing(written, held)
    refused = {id(now) for was, now in zip(written, old, strict=True) if is_refused(was, bitext)}
    read: list[Understood] = []
    remarks: list[str] = []
    problems: list[str] = []
    emptied: list[Understood] = []
    for table in tables:
        who, when = by or table.by, on or table.on
        understood, said = understand(table, held, who, when)
        is_current = table.state == held.state
        if not is_current:
            said.insert(0, "the corpus has changed since the sheet was made; sentences were found by their texts.")
        gone, told = erased(table, held, old)
        emptied += gone
        remarks += [f"{table.file}: {each}" for each in (*said, *told)]
        problems += table.problems
        if understood and not (who and when) and not is_trial:
            problems.append(f"{table.file}: does not say who decided and when. {UNSIGNED}")
        every, understood = understood, own_words(old, understood, held, is_current)
        rows = sorted({one.row for one in every} - {one.row for one in understood})
        remarks += [f"{table.file}: row {row}: {NO_WORDS}" for row in rows]
        unseen = [one for one in old if not (is_current and id(one) in refused)]
        problems += against(unseen, understood, held, is_current)
        read += understood
    together, wrong = combined(read)
    lost = {id(one.decision) for one in emptied}
    noteless = [place for place, one in enumerate(old) if id(one) in lost]
    replacing = {id(other) for other, _ in replaced(old, [one.decision for one in together], held.whole)}
    outdated = [place for place, one in enumerate(old) if id(one) in replacing]
    if not wrong:
        kept = (one for one in old if id(one) not in replacing)
        wrong = list(clashes([one for one in kept if one.kind != "note" or id(one) not in lost], together))
    agreed = overruled(without_notes(old, noteless), together, held)
    text = place.decisions.read_text("utf-8-sig") if place.decisions.is_file() else ""
    decisions = [one.decision for one in agreed]
    if not (decisions or emptied) or problems or wrong:
        made = text
    else:
        made = edited(text, decisions, place.decisions, noteless, outdated) if text else decisions_text(decisions)
    return Review(place, tuple(agreed), tuple(remarks), made, tuple(emptied)), problems + wrong


NO_WORDS = "its note says only what was noted before; to take a note away, empty the cell."
UNSIGNED = "Fill in the first page, or give --by NAME --on 2026-03-01."


@contextmanager
def _beside_sources() -> Iterator[None]:
    """What is in the way of writing beside the sources is put right there: no other folder will do."""
    try:
        yield
    except SurroundingsError as error:
        raise SurroundingsError(
            error.message, "Decisions stand beside the sources: make that folder writable."
        ) from error


def write_reviews(reviews: Sequence[Review]) -> list[Path]:
    """Write the decisions of every document, each file whole; those that change."""
    from align.export import whole

    written = []
    with ExitStack() as outputs:
        for place, text in ((one.place.decisions, one.text) for one in reviews):
            if text == (place.read_text("utf-8-sig") if place.is_file() else ""):
                continue
            outputs.enter_context(_beside_sources())
            with outputs.enter_context(whole(place.parent)).open(place.name) as stream:
                stream.write(text.encode("utf-8"))
            written.append(place)
    return written

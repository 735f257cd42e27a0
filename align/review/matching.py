"""The cells of one language and the sentences of the corpus -> which sentence each paragraph is, or what it became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from align.model import Lang
from align.review.done import done
from align.review.pieces import Matched, Piece
from align.review.table import Row, Table
from align.review.texts import Sentence, Side, is_run, key, likeness, same_number
from align.sheets import CUT_OFF, HEADINGS, TOO_LONG, digest

NEAR = 6
"""How many rows away the halves of a sentence are looked for."""
ALIKE, ELSEWHERE = 0.4, 0.6
"""How alike a corrected sentence is at least in its own row, and in another."""


def match(table: Table, side: Side) -> Matched:
    """What each paragraph of one language is. What cannot be understood is noted in the table, by row."""
    matching = _Matching(table, side)
    matching.resolve()
    matching.keep_own()
    matching.find_moved()
    if matching.open:
        matching.find_cuts()
        matching.find_joined()
        matching.find_corrected()
    matching.refuse_rest()
    return matching.found


@dataclass(slots=True)
class _Open:
    """A paragraph that is no sentence of the corpus as it stands."""

    row: int
    n: int
    text: str
    key: str
    is_known: bool = False


@dataclass(slots=True)
class _Matching:
    table: Table
    side: Side
    found: Matched = field(default_factory=Matched)
    base: dict[int, list[Sentence]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    open: dict[int, list[_Open]] = field(default_factory=dict)
    placed: dict[tuple[int, int], Piece] = field(default_factory=dict)
    waiting: list[_Open] = field(default_factory=list)

    @property
    def lang(self) -> Lang:
        return self.side.lang

    @property
    def name(self) -> str:
        return HEADINGS[self.lang].split()[0]

    def resolve(self) -> None:
        """The sentences that each row was made from, as the corpus has them now."""
        used: set[str] = set()
        gone: dict[int, list[tuple[str, str]]] = {}
        for at, row in enumerate(self.table.rows):
            if row.mark is None or row.mark.kind != "bead":
                continue
            digests = row.mark.en if self.lang == "en" else row.mark.zh
            ids = row.ids.get(self.lang, ())
            if digests == (TOO_LONG,):
                self._keep_long(at, row, ids)
                continue
            held = [self._now(*pair, used) for pair in zip(ids, digests, strict=False)]
            self.base[at] = [sentence for sentence in held if sentence]
            lost = [pair for pair, sentence in zip(zip(ids, digests, strict=False), held, strict=False) if not sentence]
            if lost:
                gone[at] = lost
                self._set_aside(at, row, {mark for _, mark in lost})
            self._own(at)
        for at, lost in gone.items():
            self._add_done(at, self.table.rows[at], lost)

    def _own(self, at: int) -> None:
        self.found.own[at] = tuple(sentence.id for sentence in self.base[at])
        self.found.home |= dict.fromkeys(self.found.own[at], at)

    def _add_done(self, at: int, row: Row, lost: Sequence[tuple[str, str]]) -> None:
        """What the corpus has made of sentences already, just as the row says, was the row's from the start."""
        new = [text for text in row.texts[self.lang] if not self._is_gone(row, text)]
        made = done(self.side, [name for name, _ in lost], [mark for _, mark in lost], new)
        found = dict.fromkeys(sentence.at for sentence in made if sentence.id not in self.found.home)
        if found:
            self.base[at] = sorted([*self.base[at], *(self.side.held[n] for n in found)], key=lambda s: s.at)
            self.found.remarks.append((at, f"{self.name}: what was changed here is in the corpus already"))
            self._own(at)

    def _now(self, name: str, mark: str, used: set[str]) -> Sentence | None:
        """A sentence by its id and text, or by its text where the ids have changed."""
        alike = self.side.by_digest.get(mark, [])
        same = next((s for s in alike if s.id == name), None) or next((s for s in alike if s.id not in used), None)
        used |= {same.id} if same else set()
        return same

    def _keep_long(self, at: int, row: Row, ids: tuple[str, ...]) -> None:
        """A side that was cut off because it is too long for a cell stays as it is."""
        if not (row.texts[self.lang] and CUT_OFF in row.texts[self.lang][-1]):
            self.table.refuse(
                row.number, f"the {self.name} is too long for a cell and was changed. Leave it as it was."
            )
        held = [self.side.by_id[name] for name in ids if name in self.side.by_id]
        self.base[at] = held
        self.taken |= {sentence.id for sentence in held}
        self._own(at)
        self.found.pieces[at] = [Piece((s.id,), s.shown, s.at) for s in held]

    def _set_aside(self, at: int, row: Row, gone: set[str]) -> None:
        """A row that still says what the corpus no longer says."""
        if gone & {digest(text) for text in row.texts[self.lang]}:
            self.found.stale.add(at)

    def keep_own(self) -> None:
        """Paragraphs that stand where they stood."""
        for at, row in enumerate(self.table.rows):
            if (row.mark and row.mark.kind == "item") or at in self.found.pieces:
                continue
            free = list(self.base.get(at, ()))
            for n, text in enumerate(row.texts[self.lang]):
                said = key(text)
                same = [s for s in free if s.key == said]
                sentence = next((s for s in same if s.shown == text), same[0] if same else None)
                if sentence:
                    free.remove(sentence)
                    self._take(at, n, text, sentence)
                elif not (at in self.found.stale and self._is_gone(row, text)):
                    self.waiting.append(_Open(at, n, text, said))

    def _is_gone(self, row: Row, text: str) -> bool:
        mark = row.mark
        return mark is not None and digest(text) in (*mark.en, *mark.zh)

    def find_moved(self) -> None:
        """Paragraphs that are a sentence from elsewhere; of several alike, the nearest."""
        for one in self.waiting:
            alike = [s for s in self.side.by_key.get(one.key, ()) if s.id not in self.taken]
            if alike:
                here = self._place(one.row)
                self._take(one.row, one.n, one.text, min(alike, key=lambda s: (s.shown != one.text, abs(s.at - here))))
            else:
                self.open.setdefault(one.row, []).append(one)

    def _place(self, at: int) -> int:
        """About where in the document a row stands."""
        for near in (*range(at, max(at - NEAR, -1), -1), *range(at + 1, min(at + NEAR, len(self.table.rows)))):
            if self.base.get(near):
                return self.base[near][0].at
        return 0

    def _take(self, at: int, n: int, text: str, sentence: Sentence) -> None:
        self.taken.add(sentence.id)
        self.placed[at, n] = Piece((sentence.id,), sentence.shown, sentence.at)
        if "".join(text.split()) != "".join(sentence.shown.split()):
            self.found.remarks.append((at, f"{self.name}: only quotation marks or dashes differ; left as they were"))
        elif text != sentence.shown and "[U+" in sentence.shown:
            self._leave_spaces(at)
        elif text != sentence.shown:
            self.found.reads[sentence.id] = text
            self.found.rows[sentence.id] = at

    def _leave_spaces(self, at: int) -> None:
        self.found.remarks.append((at, f"{self.name}: spaces differ, too; nothing was read of them"))

    def _near(self, at: int, reach: int = NEAR) -> Iterator[_Open]:
        """The paragraphs of a row and those around it that are nothing yet."""
        rows = range(at - reach, at + reach + 1)
        return (one for row in rows for one in self.open.get(row, ()) if not one.is_known)

    def _unknown(self) -> list[_Open]:
        return [one for held in self.open.values() for one in held if not one.is_known]

    def _lost(self, rows: Iterable[int] | None = None) -> list[tuple[int, Sentence]]:
        """The sentences of rows in the table that no paragraph is, with the place of their row."""
        places = sorted(self.base) if rows is None else rows
        return [(at, s) for at in places for s in self.base.get(at, ()) if s.id not in self.taken]

    def find_cuts(self) -> None:
        """Sentences of which the paragraphs of one row, or of rows near each other, are the parts."""
        for at, sentence in self._lost():
            parts = self._parts(sentence.key, list(self._near(at)))
            if len(parts) < 2:
                continue
            if sentence.is_title:
                self._refuse(parts[0], "is part of a title, which is one sentence always")
            self.taken.add(sentence.id)
            self.found.cuts[sentence.id] = [part.text for part in parts]
            self.found.rows[sentence.id] = at
            if not is_run(sentence.shown, [part.text for part in parts]):
                self._leave_spaces(at)
            for n, part in enumerate(parts, 1):
                self.placed[part.row, part.n] = Piece((sentence.id,), part.text, sentence.at, n)
                part.is_known = True

    def _parts(self, rest: str, among: Sequence[_Open]) -> list[_Open]:
        """Paragraphs that are the text when put together; nothing where they are not all there."""
        if not rest:
            return []
        for one in among:
            if rest.startswith(one.key):
                more = self._parts(rest[len(one.key) :], [other for other in among if other is not one])
                if more or rest == one.key:
                    return [one, *more]
        return []

    def find_joined(self) -> None:
        """Paragraphs that are several sentences, which follow each other in one paragraph of the text."""
        for one in self._unknown():
            near = self._lost(range(one.row - NEAR, one.row + NEAR + 1))
            run = next((run for _, s in near for run in [self._run(s, one.key)] if run), None)
            if run is None:
                continue
            one.is_known = True
            is_titled = any(sentence.is_title for sentence in run)
            if is_titled or len({sentence.block for sentence in run}) > 1:
                what = "joins a title, which is one sentence always," if is_titled else "joins several paragraphs,"
                self._refuse(one, f"{what} with what follows. Put each on a line of its own")
                self.taken |= {sentence.id for sentence in run}
                continue
            ids = tuple(sentence.id for sentence in run)
            self.taken.update(ids)
            self.found.joins.append(ids)
            if not is_run(one.text, [sentence.shown for sentence in run]):
                self._leave_spaces(one.row)
            self.found.rows[ids[0]] = one.row
            self.placed[one.row, one.n] = Piece(ids, one.text, run[0].at)

    def _run(self, first: Sentence, text: str) -> list[Sentence] | None:
        """Sentences from one on that together say a text."""
        run, said = [], ""
        for sentence in self.side.held[first.at :]:
            run.append(sentence)
            said += sentence.key
            if sentence.id in self.taken or not text.startswith(said):
                return None
            if said == text:
                return run if len(run) > 1 else None
        return None

    def find_corrected(self) -> None:
        """Paragraphs that are a sentence with other words: in its own row, or else in one near it."""
        for least, reach in ((ALIKE, 0), (ELSEWHERE, NEAR)):
            pairs = [
                (likeness(sentence.key, one.key), -one.n, one, sentence)
                for at, sentence in self._lost()
                for one in self._near(at, reach)
            ]
            pairs += [] if reach else self._alone()
            for alike, _, one, sentence in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
                if alike >= least and not one.is_known and sentence.id not in self.taken:
                    self._correct(one, sentence)

    def _alone(self) -> list[tuple[float, int, _Open, Sentence]]:
        """The one sentence of a row and the one paragraph that may be it, where both are one number."""
        return [
            (1.0, 0, one, sentence)
            for at, sentence in self._lost()
            for one in self._near(at, 0)
            if same_number(one.text, sentence.shown)
        ]

    def _correct(self, one: _Open, sentence: Sentence) -> None:
        one.is_known = True
        self.taken.add(sentence.id)
        self.placed[one.row, one.n] = Piece((sentence.id,), sentence.shown, sentence.at)
        if same_number(one.text, sentence.shown):
            self.found.remarks.append((one.row, f"{self.name}: a number written otherwise; left as it was"))
        elif "[U+" in sentence.shown:
            self._refuse(one, "corrects a sentence with a character that no spreadsheet holds. Mend the source")
        else:
            self.found.reads[sentence.id] = one.text
            self.found.rows[sentence.id] = one.row

    def refuse_rest(self) -> None:
        """Note what is in two rows, in none, or nowhere in the corpus; then put the pieces into their rows."""
        rows = {piece.ids: at for (at, _), piece in self.placed.items()}
        for one in self._unknown():
            twice = self.side.by_key.get(one.key)
            other = rows.get((twice[0].id,)) if twice else None
            if other is not None:
                number = self.table.rows[other].number
                self._refuse(one, f"stands in row {number} too. Delete it in one of them")
            else:
                self._refuse(
                    one, "is no sentence of the document, or was changed too much. Restore it, then change less"
                )
        for at, sentence in self._lost():
            said = _short(sentence.shown)
            self.table.refuse(
                self.table.rows[at].number,
                f"the {self.name} {said} is in no row any more. Put it back, or into the row where it belongs.",
            )
        for (at, _), piece in sorted(self.placed.items()):
            self.found.pieces.setdefault(at, []).append(piece)
        for pieces in self.found.pieces.values():
            pieces.sort(key=lambda piece: (piece.at, piece.part))

    def _refuse(self, one: _Open, what: str) -> None:
        self.table.refuse(self.table.rows[one.row].number, f"the {self.name} {_short(one.text)} {what}.")


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= 40 else f"“{text[:38].rstrip()}…”"

"""A review table and the corpus -> the decisions in it, row by row, each in a sentence a person can check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from align.decisions.find import Sentence, fold, sentences
from align.decisions.model import Decision, Kind, Reference
from align.model import Bitext, Lang
from align.review.grouping import Group, groups
from align.review.matching import match
from align.review.pieces import Matched, Piece
from align.review.table import Table
from align.review.texts import Side, opening, printed_parts, side
from align.sheets import CUT_OFF

SIDES: tuple[Lang, Lang] = ("en", "zh")
NAMES: Mapping[Lang, str] = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class Understood:
    """A decision, the file and the row that it was read from, and what it says in words.

    `about` are the sentences it concerns, by language and id, with the part of one that is cut.
    """

    decision: Decision
    file: str
    row: int
    said: str
    about: frozenset[tuple[str, str, int]]


@dataclass(slots=True)
class Corpus:
    """The bitext that tables are compared with, prepared once for all of them; `whole` are its sentences, folded."""

    bitext: Bitext
    state: str
    sides: dict[Lang, Side] = field(init=False)
    items: dict[str, list[Sentence]] = field(init=False)
    whole: frozenset[str] = field(init=False)
    references: dict[str, Reference] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.sides = {document.id: side(document) for document in self.bitext.documents}
        self.items = {}
        for document in self.bitext.documents:
            inside: dict[str, list[Sentence]] = {}
            for sentence in sentences(document):
                inside.setdefault(sentence.item, []).append(sentence)
                self.items[sentence.id] = inside[sentence.item]
        self.whole = frozenset(fold(s.segment.text) for one in self.sides.values() for s in one.held)

    def reference(self, name: str) -> Reference:
        """A sentence by what it says: its text, its item, and which one it is of several alike in that item."""
        if name not in self.references:
            alike: dict[str, list[Sentence]] = {}
            for sentence in self.items[name]:
                alike.setdefault(fold(sentence.text), []).append(sentence)
            for same in alike.values():
                for nth, sentence in enumerate(same, 1):
                    count = nth if len(same) > 1 else 0
                    self.references[sentence.id] = Reference(sentence.text, sentence.item, count)
        return self.references[name]


def understand(table: Table, corpus: Corpus, by: str, on: str) -> tuple[list[Understood], list[str]]:
    """The decisions of a table and remarks on it; what cannot be read is noted in the table."""
    reading = _Reading(table, corpus, by, on)
    reading.run()
    return reading.found, reading.remarks


@dataclass(slots=True)
class _Reading:
    table: Table
    corpus: Corpus
    by: str
    on: str
    matched: dict[Lang, Matched] = field(default_factory=dict)
    found: list[Understood] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Everything, in the order in which a rebuild needs it: texts first, then what answers what."""
        for lang in SIDES:
            self.matched[lang] = match(self.table, self.corpus.sides[lang])
        self._refuse_broken()
        if self.table.problems:
            return
        for lang in SIDES:
            self._texts(lang)
        self._items()
        for group in groups(self.table, self.matched):
            self._group(group)
        self._remark()

    def _refuse_broken(self) -> None:
        """A sentence taken from a row that was deleted leaves the others of that row nowhere."""
        here = {i for m in self.matched.values() for pieces in m.pieces.values() for p in pieces for i in p.ids}
        home = {i for m in self.matched.values() for i in m.home}
        rows = {i: at for m in self.matched.values() for at, ps in m.pieces.items() for p in ps for i in p.ids}
        for link in self.corpus.bitext.links:
            names = (*link.en, *link.zh)
            moved = [name for name in names if name in here and name not in home]
            rest = [name for name in names if name not in here]
            if moved and rest:
                self.table.refuse(
                    self.table.rows[rows[moved[0]]].number,
                    f"{_named(moved[0])} comes from a row that was deleted, and {_named(rest[0])} of that row "
                    "is in none. Put it into the row where it belongs.",
                )

    def _add(self, at: int, decision: Decision, said: str, about: Iterable[tuple[str, str, int]]) -> None:
        number = self.table.rows[at].number
        self.found.append(Understood(decision, str(self.table.file), number, said, frozenset(about)))

    def _texts(self, lang: Lang) -> None:
        """Sentences that were cut, joined or corrected."""
        matched, held = self.matched[lang], self.corpus.sides[lang].by_id
        for ids in matched.joins:
            said = f"{_all(ids)} are one sentence."
            about = ((lang, name, 0) for name in ids)
            self._add(matched.rows[ids[0]], self._text(lang, "join", ids), said, about)
        for name, parts in matched.cuts.items():
            printed = printed_parts(held[name].segment, parts)
            if printed is None:
                self.table.refuse(
                    self.table.rows[matched.rows[name]].number,
                    f"{_named(name)} is cut where its text was corrected before. Cut it elsewhere, or mend the source.",
                )
                continue
            said = f"{_named(name)} is {len(parts)} sentences: {' | '.join(map(shortened, parts))}."
            self._add(matched.rows[name], self._text(lang, "cut", (name,), parts=printed), said, [(lang, name, 0)])
        for name, text in matched.reads.items():
            said = f"{_named(name)} is to be read {shortened(text, 80)}."
            self._add(matched.rows[name], self._text(lang, "read", (name,), use=text), said, [(lang, name, 0)])

    def _text(
        self, lang: Lang, kind: Kind, ids: tuple[str, ...], parts: tuple[str, ...] = (), use: str = ""
    ) -> Decision:
        named = tuple(self.corpus.reference(name) for name in ids)
        en, zh = (named, ()) if lang == "en" else ((), named)
        return Decision(kind, en, zh, parts, use, self.by, self.on)

    def _items(self) -> None:
        """What begins like an item and is none."""
        for at, row in enumerate(self.table.rows):
            if not (row.mark and row.mark.kind == "item"):
                continue
            if row.note:
                self.table.refuse(row.number, "a note belongs into the row of a pair, not over an item. Move it there.")
            for lang, document in zip(SIDES, self.corpus.bitext.documents, strict=True):
                if row.decision not in (lang, "both"):
                    continue
                first = opening(document, row.ids[lang][0]) if row.ids[lang] else None
                if first is None and self.table.state != self.corpus.state:
                    self.remarks.append(f"row {row.number}: no {NAMES[lang]} item begins here any more.")
                    continue
                if first is None:
                    self.table.refuse(row.number, f"no {NAMES[lang]} item begins here. Choose the other language.")
                    continue
                said = f"{NAMES[lang]} {row.ids[lang][0].partition('.')[2]} is no item, but text of the one before."
                named = (Reference(first[1]),)
                en, zh = (named, ()) if lang == "en" else ((), named)
                decision = Decision("no-item", en, zh, by=self.by, on=self.on)
                self._add(at, decision, said, [(lang, first[0].id, 0)])

    def _group(self, group: Group) -> None:
        row = self.table.rows[group.at]
        touched = group.decision or group.has_new_note or group.is_changed
        if not touched:
            return
        if any(at in m.stale for m in self.matched.values() for at in group.rows):
            self.table.refuse(
                row.number,
                "its text has changed in the corpus since the sheet was made. Clear that row's decision, or decide it "
                "in a sheet that is exported now.",
            )
            return
        if any(CUT_OFF in note for note in group.notes):
            self.table.refuse(
                row.number, "the note is too long for a cell and was changed. Leave it, or empty the cell."
            )
            return
        if not any(group.pieces.values()):
            if group.decision not in ("", "confirm") or group.has_new_note:
                self.table.refuse(row.number, "holds no sentence that could be decided of.")
            return
        note = " / ".join(dict.fromkeys(group.notes))
        if group.decision == "apart":
            for lang in SIDES:
                self._link(group, {lang: group.pieces[lang]}, note)
        elif group.decision or group.is_changed:
            self._link(group, group.pieces, note)
        else:
            refs = {lang: self._refs(lang, group.pieces[lang]) for lang in SIDES}
            decision = Decision("note", refs["en"], refs["zh"], by=self.by, on=self.on, note=note)
            self._add(group.at, decision, f"note: {shortened(note, 80)}", self._about(group.pieces))

    def _link(self, group: Group, pieces: Mapping[Lang, list[Piece]], note: str) -> None:
        refs = {lang: self._refs(lang, pieces.get(lang, ())) for lang in SIDES}
        if not any(refs.values()):
            return
        decision = Decision("link", refs["en"], refs["zh"], by=self.by, on=self.on, note=note)
        self._add(
            group.at,
            decision,
            self._says(group, pieces) + (f" Note: {shortened(note, 80)}" if note else ""),
            self._about(pieces),
        )

    def _refs(self, lang: Lang, pieces: Iterable[Piece]) -> tuple[Reference, ...]:
        """The sentences of one side by what they will say; parts and joined ones as printed."""
        held, found = self.corpus.sides[lang].by_id, []
        for piece in sorted(pieces, key=lambda piece: (piece.at, piece.part)):
            first = self.corpus.reference(piece.ids[0])
            if piece.part:
                printed = printed_parts(held[piece.ids[0]].segment, self.matched[lang].cuts[piece.ids[0]])
                found.append(Reference(printed[piece.part - 1] if printed else piece.text, first.item))
            elif len(piece.ids) > 1:
                between = " " if lang == "en" else ""
                found.append(Reference(between.join(held[name].segment.text for name in piece.ids), first.item))
            else:
                found.append(first)
        return tuple(found)

    def _about(self, pieces: Mapping[Lang, Iterable[Piece]]) -> Iterator[tuple[str, str, int]]:
        return ((lang, name, piece.part) for lang in pieces for piece in pieces[lang] for name in piece.ids)

    def _says(self, group: Group, pieces: Mapping[Lang, list[Piece]]) -> str:
        """What answers what, and which sentences came from other rows."""
        en, zh = (self._names(group, lang, pieces.get(lang, ())) for lang in SIDES)
        if not en or not zh:
            return f"{en or zh} {_verb(en or zh, 'has', 'have')} no counterpart."
        return f"{en} {_verb(en, 'answers', 'answer')} {zh}{' (confirmed)' if group.decision == 'confirm' else ''}."

    def _names(self, group: Group, lang: Lang, pieces: Iterable[Piece]) -> str:
        said: list[str] = []
        for piece in sorted(pieces, key=lambda piece: (piece.at, piece.part)):
            name = " + ".join(each.partition(".")[2] for each in piece.ids) + (
                f" part {piece.part}" if piece.part else ""
            )
            home = self.matched[lang].home.get(piece.ids[0])
            if home is not None and home not in (group.at,):
                name += f" (moved from row {self.table.rows[home].number})"
            said.append(name)
        return f"{NAMES[lang]} {', '.join(said)}" if said else ""

    def _remark(self) -> None:
        """What a person should know besides: cells left as they were, rows that are gone or no longer fit."""
        for at, what in sorted({remark for m in self.matched.values() for remark in m.remarks}):
            self.remarks.append(f"row {self.table.rows[at].number}: {what}.")
        stale = set().union(*(m.stale for m in self.matched.values()))
        if stale:
            self.remarks.append(
                "1 row holds text that the corpus has no longer; nothing was decided in it."
                if len(stale) == 1
                else f"{len(stale):,} rows hold text that the corpus has no longer; nothing was decided in them."
            )
        here = {i for m in self.matched.values() for pieces in m.pieces.values() for p in pieces for i in p.ids}
        gone = sum(not here.intersection((*link.en, *link.zh)) for link in self.corpus.bitext.links)
        if gone:
            rows = "1 pair is" if gone == 1 else f"{gone:,} pairs are"
            self.remarks.append(
                f"{rows} in no row of the sheet; nothing was decided of {'it' if gone == 1 else 'them'}."
            )


def _verb(said: str, one: str, many: str) -> str:
    return many if "," in said else one


def _named(name: str) -> str:
    lang, _, rest = name.partition(".")
    return f"{NAMES['en' if lang == 'en' else 'zh']} {rest}"


def _all(names: tuple[str, ...]) -> str:
    first, *rest = names
    return ", ".join([_named(first), *(name.partition(".")[2] for name in rest)])


def shortened(text: str, most: int = 30) -> str:
    """A text between quotation marks, cut where it is long."""
    said = " ".join(text.split())
    return f"“{said}”" if len(said) <= most else f"“{said[: most - 1].rstrip()}…”"

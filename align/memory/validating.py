"""A TMX file -> what is wrong with it, by the grammar and by what tools stumble over; as a stream."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from align.errors import DataError
from align.export import untold
from align.memory.chunks import INSTRUCTION, OPENS, Chunk, allowed, chunks
from align.memory.contradictions import Contradictions
from align.memory.encodings import blocks, encoding_of
from align.memory.examining import examined
from align.memory.heads import Head, bare, head_of
from align.memory.languages import Languages
from align.memory.rules import RULES, Fault
from align.memory.screening import Parser, Screen, Screened, count
from align.memory.units import Raw, raws
from align.model import Finding

MOST = 20
"""Faults under one rule that are shown one by one."""
END = re.compile(rb"\s*</body\s*>\s*</tmx\s*>\s*")
SENTENCES = re.compile("[.!?][”’\"')]*\\s+[“‘\"'(]*[A-Z]|[。！？][”’」』）]*[^”’」』）\\s]".encode())
TAGS = re.compile(rb"<tu(?=[\s>/])[^>]*")
TUID = re.compile(rb"""\stuid\s*=\s*["']([^"']*)""")
SAMPLE = 2000
"""Units that tell whether a memory is of sentences."""


def rules() -> tuple[str, ...]:
    """The ids of all rules."""
    return tuple(RULES)


@dataclass(slots=True)
class Faults:
    """Under each rule the first faults, and how many there are."""

    first: dict[str, list[Fault]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, fault: Fault) -> None:
        """One more."""
        self.counts[fault.rule] = self.counts.get(fault.rule, 0) + 1
        held = self.first.setdefault(fault.rule, [])
        if len(held) < MOST:
            held.append(fault)

    def findings(self, path: Path) -> Iterator[Finding]:
        """Rule by rule, errors first."""
        for rule in RULES.values():
            for fault in self.first.get(rule.id, ()):
                yield Finding(rule.id, rule.severity, f"{path}: {fault.where}", fault.said, fault.remedy or rule.remedy)
            if more := self.counts.get(rule.id, 0) - len(self.first.get(rule.id, ())):
                yield Finding(rule.id, rule.severity, str(path), f"And {more:,} more.", rule.remedy)


def validate(path: Path, tell: Callable[[str], None] = untold) -> list[Finding]:
    """Everything wrong with a memory; under each rule the first faults and how many more there are.

    `tell` takes how far it has come. Raises DataError for a file that is no TMX.
    """
    return list(Reading(path, tell).run().findings(path))


class Reading:
    """One way through a file."""

    def __init__(self, path: Path, tell: Callable[[str], None] = untold) -> None:
        self.path = path
        self.tell = tell
        self.faults = Faults()
        self.languages = Languages()
        self.parser = Parser()
        self.screen = Screen()
        self.is_whole = False
        self.units = 0
        self.last_line = 0
        self.starts: list[int] = []
        self.sample: list[bool] = []

    def run(self) -> Faults:
        """All faults of the file."""
        encoding = encoding_of(self.path)
        found = chunks(blocks(self.path, encoding))
        try:
            first = next(found)
            head = head_of(self.path, first, encoding)
            for fault in head.faults:
                self.faults.add(fault)
            self.is_whole = head.is_whole
            if head.is_whole:
                self._read(head, first, found)
        except DataError as error:
            if error.message.startswith(str(self.path)):
                raise
            raise DataError(f"{self.path}: unit {self.units + 1}: {error.message}", error.remedy) from error
        return self.faults

    def _read(self, head: Head, first: Chunk, found: Iterator[Chunk]) -> None:
        self.parser.fault(bare(first.data), 1, 1)
        with closing(Contradictions(head.srclang)) as contradictions, closing(Contradictions("")) as names:
            held = first
            for chunk in found:
                if held is not first:
                    self._units(held, chunk.line, contradictions)
                    self._names(held, names)
                held = chunk
            self._end(first if held is first else held, first)
            self._contradictions(contradictions)
            self._repeated_names(names)
        for fault in self.languages.faults(head):
            self.faults.add(fault)
        self._segtype(head)

    def _units(self, chunk: Chunk, next_line: int, contradictions: Contradictions) -> None:
        broken = self.parser.fault(chunk.data, chunk.line, next_line)
        screened = self.screen.look(chunk, self.units, broken)
        self.starts.append(self.units)
        for codes, times in count(screened).items():
            if (codes, "") not in self.languages.counts:
                number = screened.numbers[screened.codes.index(codes)]
                place = next((raw.number, raw.tag_line) for raw in raws(chunk, self.units) if raw.number == number)
                self.languages.add(codes, "", 0, place)
            self.languages.add(codes, "", times, (0, 0))
        contradictions.add(screened)
        self._suspects(screened, contradictions)
        if len(self.sample) < SAMPLE:
            both = zip(screened.first[:SAMPLE], screened.second[:SAMPLE], strict=True)
            self.sample += [bool(SENTENCES.search(a) and SENTENCES.search(b)) for a, b in both]
        self.units += screened.units
        self.last_line = next_line
        self.tell(f"{self.path.name}: {self.units:,} units checked")

    def _suspects(self, screened: Screened, contradictions: Contradictions) -> None:
        is_told = False
        for raw in screened.suspects:
            seen = examined(raw)
            for fault in seen.faults:
                self.faults.add(fault)
            is_told = is_told or bool(seen.faults)
            if seen.codes:
                self.languages.add(seen.codes, seen.srclang, 1, (raw.number, raw.tag_line))
            contradictions.add_one(raw.number, seen.codes, seen.texts)
        if screened.broken and not is_told:
            line, said = screened.broken
            self.faults.add(
                Fault("not-well-formed", 0, line, f"the XML is not well formed ({said}).", "Mend the line.")
            )

    def _end(self, tail: Chunk, first: Chunk) -> None:
        """What stands after the last unit, and whether that is the end."""
        if tail is first:
            return
        if opens := OPENS.search(tail.masked):
            line = tail.line + tail.data.count(b"\n", 0, opens.start())
            said = f"the file ends in the middle of unit {self.units + 1}; {self._last()}."
            self.faults.add(Fault("cut-off", self.units + 1, line, said, self._again()))
        elif not re.search(rb"</tmx\s*>", tail.masked) and b"</tmx" not in first.masked:
            line = tail.line + tail.data.rstrip().count(b"\n")
            said = f"the file ends before its last line; {self._last()}."
            self.faults.add(Fault("cut-off", 0, line, said, self._again()))
        elif broken := self.parser.fault(tail.data, tail.line, tail.line, True):
            said = f"the XML is not well formed ({broken[1]})."
            remedy = "Mend the line (--fix does it)." if allowed(tail.data) != tail.data else "Mend the line."
            self.faults.add(Fault("not-well-formed", 0, broken[0], said, remedy))
        elif tail.data and not END.fullmatch(INSTRUCTION.sub(b"", tail.masked)):
            capitals = re.search(rb"<T[Uu](?=[\s>])", tail.masked)
            said = "units are written in capitals, <TU>, and TMX knows <tu> alone." if capitals else ""
            said = said or "after the last unit stands what may not stand there."
            self.faults.add(Fault("grammar", 0, tail.line, said))
        if not self.units:
            self.faults.add(Fault("no-units", 0, tail.line, "there is no whole unit in the file."))

    def _again(self) -> str:
        """What to do of a file of which --fix could keep nothing; the remedy of its rule where it could."""
        return "" if self.units else "Get the whole file again."

    def _last(self) -> str:
        if not self.units:
            return "there is no whole unit in it"
        return f"the last whole unit, {self.units}, ends on line {self.last_line}"

    def _contradictions(self, contradictions: Contradictions) -> None:
        found = contradictions.found(MOST)
        if not found.count:
            return
        places = self._places({number for pair in found.first for number in pair})
        for number, earlier in found.first:
            source = _shown(places[number], contradictions.srclang)
            said = f"translates {source} otherwise than unit {earlier}, line {places[earlier].tag_line};"
            said += " OmegaT keeps the last, Phrase one of them."
            self.faults.add(Fault("contradiction", number, places[number].tag_line, said))
        self.faults.counts["contradiction"] = found.count

    def _names(self, chunk: Chunk, names: Contradictions) -> None:
        tags = enumerate(TAGS.findall(chunk.masked), self.starts[-1] + 1)
        found = [(found[1], number) for number, tag in tags if (found := TUID.search(tag))]
        names.add_names([name for name, _ in found], [number for _, number in found])

    def _repeated_names(self, names: Contradictions) -> None:
        """One sentence about all units that have the tuid of an earlier one: TMX allows them."""
        found = names.found(1)
        for number, earlier in found.first:
            raw = self._places({number})[number]
            name = TUID.search(raw.data, raw.opens)
            said = f"tuid “{name[1].decode('utf-8', 'replace') if name else ''}” is that of unit {earlier} too"
            more = f"; so it is with {found.count:,} units in all" if found.count > 1 else ""
            self.faults.add(Fault("repeated-tuid", number, raw.tag_line, f"{said}{more}."))

    def _places(self, numbers: set[int]) -> dict[int, Raw]:
        """The units of these numbers, found by a second look at their chunks."""
        found: dict[int, Raw] = {}
        every = chunks(blocks(self.path, encoding_of(self.path)))
        next(every)
        ends: Sequence[int] = [*self.starts[1:], self.units]
        for start, end, chunk in zip(self.starts, ends, every, strict=False):
            if any(start < number <= end for number in numbers):
                found |= {raw.number: raw for raw in raws(chunk, start) if raw.number in numbers}
            if len(found) == len(numbers):
                break
        return found

    def _segtype(self, head: Head) -> None:
        said = head.attributes.get("segtype", "")
        many = sum(self.sample)
        if said in ("sentence", "phrase") and many * 2 > len(self.sample):
            text = f"segtype of the header is {said}, and {many} of the first {len(self.sample)} units have several"
            text += " sentences in both languages; a project that is cut into sentences finds none of them."
            self.faults.add(Fault("segtype", 0, head.line, text))


def _shown(raw: Raw, srclang: str) -> str:
    """The source of a unit in quotes, cut where it is long."""
    seen = examined(raw)
    at = next((n for n, code in enumerate(seen.codes) if code.lower() == srclang), 0)
    text = " ".join(seen.texts[at].decode("utf-8", "replace").split())
    return f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”"

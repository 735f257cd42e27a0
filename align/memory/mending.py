"""A memory with faults -> a copy that is as it was where nothing is wrong, and what was done to the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from filecmp import cmp
from pathlib import Path
from typing import IO

from lxml import etree

from align.errors import UsageError
from align.export import whole
from align.memory.chunks import COMMENT, INSTRUCTION, Chunk, allowed, chunks, stray
from align.memory.encodings import blocks, encoding_of
from align.memory.examining import examined
from align.memory.heads import Head, head_of
from align.memory.mending_heads import HYPHENS, mended_head
from align.memory.rules import Fault
from align.memory.screening import Parser, Screen
from align.memory.spelling import spelled
from align.memory.tags import rewritten
from align.memory.units import Raw, parsed, raws, reason
from align.memory.validating import END, Faults, Reading, validate
from align.model import Finding

VARIANT = re.compile(r"\s*<tuv(?=[\s>]).*?</tuv\s*>", re.S)
EMPTY = re.compile(r"<seg(?:\s[^>]*)?(?:/>|>\s*</seg\s*>)")
ANY_UNIT = re.compile(rb"<tu(?=[\s>/])", re.I)
CLOSING = b"\n  </body>\n</tmx>\n"
MENDED = {
    "control-character": "removed; where it was a line break between words, a space stands for it",
    "surrogate": "removed, or written as one with its other half",
}


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done, how many units were left out, and what is wrong with the copy still."""

    done: Faults
    left_out: int
    left: tuple[Finding, ...] = ()
    is_worth_writing: bool = True
    """Whether something was done, and not all the text lost by it."""


def mend_file(path: Path, out: Path, may_replace: bool = True) -> Mended:
    """Write a mended copy of a memory; none where there is nothing to mend, or no unit would be left.

    Raises DataError for what is no TMX, SurroundingsError where the place takes no file, UsageError where
    another file stands there that may not be replaced.
    """
    with whole(out.parent) as output:
        with output.open(out.name) as stream:
            mended = mend(path, stream)
        if not mended.is_worth_writing:
            output.discard()
        elif not may_replace and out.exists() and not cmp(output.written[0][0], out, shallow=False):
            said = f"{out}: there is another file of this name already; nothing was changed."
            raise UsageError(said, "Move it away, or name the copy with --out.")
    left = validate(out if mended.is_worth_writing else path)
    return replace(mended, left=tuple(left))


def mend(path: Path, stream: IO[bytes]) -> Mended:
    """Write a mended copy of a memory, in UTF-8, into a stream. Raises DataError for what is no TMX."""
    reading = Reading(path)
    reading.run()
    writing = _Writing(path, stream)
    if reading.is_whole:
        writing.run(reading)
    counts = writing.done.counts
    is_emptied = not writing.kept and (writing.left_out or "cut-off" in counts)
    return Mended(writing.done, writing.left_out, (), bool(counts) and not is_emptied)


class _Writing:
    """One way through a file, writing."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        self.path = path
        self.stream = stream
        self.done = Faults()
        self.left_out = 0
        self.kept = 0
        self.units = 0
        self.parser = Parser()
        self.screen = Screen()

    def run(self, reading: Reading) -> None:
        """Write head, units and end."""
        encoding = encoding_of(self.path)
        found = chunks(blocks(self.path, encoding))
        first = next(found)
        head: Head = head_of(self.path, first, encoding)
        data, faults = mended_head(first, encoding, head, reading.languages)
        self._tell(faults)
        self.stream.write(data)
        held: Chunk | None = None
        for chunk in found:
            if held:
                self._units(held, chunk.line)
            held = chunk
        self._end(held, b"</tmx" in first.masked)

    def _tell(self, faults: Iterator[Fault] | list[Fault]) -> None:
        for fault in faults:
            self.done.add(fault)

    def _units(self, chunk: Chunk, next_line: int) -> None:
        broken = self.parser.fault(chunk.data, chunk.line, next_line) if self.units else self._begin(chunk, next_line)
        screened = self.screen.look(chunk, self.units, broken)
        self.units += screened.units
        self.kept += screened.units
        at = 0
        suspects = {raw.number: raw for raw in screened.suspects}
        odd = {codes for codes in screened.codes if any("_" in code for code in codes)}
        if odd:
            suspects = {raw.number: raw for raw in raws(chunk, self.units - screened.units)}
        for raw in suspects.values():
            start = chunk.data.index(raw.data, at)
            self.stream.write(chunk.data[at:start])
            self.stream.write(self._mended(raw))
            at = start + len(raw.data)
        self.stream.write(chunk.data[at:])

    def _begin(self, chunk: Chunk, next_line: int) -> tuple[int, str] | None:
        self.parser.fault(b"<tmx><body>", 1, 1)
        return self.parser.fault(chunk.data, chunk.line, next_line)

    def _mended(self, raw: Raw) -> bytes:
        """The stretch of a unit as it should be; without the unit where it cannot be kept."""
        data, done, is_left_out = mended_unit(raw)
        self.left_out += is_left_out
        self.kept -= is_left_out
        self._tell(done)
        return data

    def _end(self, tail: Chunk | None, is_closed: bool) -> None:
        data = tail.data if tail else b""
        masked = tail.masked if tail else b""
        line = tail.line if tail else 1
        if is_closed or END.fullmatch(INSTRUCTION.sub(b"", masked)):
            self.stream.write(allowed(data))
            self._tell([Fault("not-well-formed", 0, line, f"{HYPHENS}.")] if allowed(data) != data else [])
            return
        self.stream.write(CLOSING)
        self.left_out += len(ANY_UNIT.findall(masked))
        said = f"what stands after the last whole unit ({self.units}) left out, and the file closed."
        self._tell([Fault("cut-off", 0, line, said)])


def mended_unit(raw: Raw) -> tuple[bytes, list[Fault], bool]:
    """The stretch of a unit mended, what was done, and whether the unit was left out."""
    between = allowed(raw.data[: raw.opens])
    data, done, is_left_out = _mended(raw)
    if between != raw.data[: raw.opens]:
        done.append(Fault("not-well-formed", raw.number, raw.line, f"{HYPHENS}."))
    if shown := stray(between):
        done.append(Fault("grammar", raw.number, raw.line, f"“{shown}” before the unit left out."))
        between = b"\n    " + b"".join(found[0] for found in COMMENT.finditer(between) if found[1])
    return (between.rstrip() if is_left_out else between) + data, done, is_left_out


def _mended(raw: Raw) -> tuple[bytes, list[Fault], bool]:
    """A unit without what stands before it, what was done, and whether it was left out."""

    def told(rule: str, said: str) -> Fault:
        return Fault(rule, raw.number, raw.tag_line, said)

    try:
        _, misspelt = parsed(raw)
    except etree.XMLSyntaxError as error:
        why = "the unit left out; it is not well formed" + f" ({reason(error, raw.tag_line - 1)})."
        return b"", [told("not-well-formed", why)], True
    if any(found.rule == "bad-bytes" for found in misspelt):
        return b"", [told("bad-bytes", "the unit left out; some of its bytes are no text.")], True
    seen = examined(raw)
    if not seen.faults and not any("_" in code for code in seen.codes):
        return raw.data[raw.opens :], [], False
    text = raw.data[raw.opens :].decode("utf-8", "surrogatepass")
    done = [told(found.rule, f"{found.said} {MENDED[found.rule]}.") for found in misspelt]
    if misspelt:
        text = spelled(raw.data[raw.opens :])[0]
    text, changes = rewritten(text)
    done += [told(rule, f"{said}.") for rule, said in dict.fromkeys(changes)]
    if any(fault.rule == "empty-segment" for fault in seen.faults):
        less = VARIANT.sub(lambda found: "" if EMPTY.search(found[0]) else found[0], text)
        if len(VARIANT.findall(less)) < 2:
            return b"", [told("empty-segment", "the unit left out; one of its segments is empty.")], True
        text = less
        done.append(told("empty-segment", "the language whose segment is empty left out."))
    return text.encode(), done, False

"""Many memories -> one: of each text the newest translation or all, with where each came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from align import __version__
from align.errors import DataError
from align.memory.chunks import Chunk, chunks
from align.memory.encodings import blocks, encoding_of
from align.memory.heads import Head, head_of
from align.memory.pairing import DOCUMENT, TYPED, Pair, pairs, source_of
from align.memory.screening import Parser
from align.memory.store import Store, Stored
from align.memory.tags import TAG, rewritten
from align.memory.units import not_read, parsed, raws, unit_of
from align.memory.validating import END

VARIANT = re.compile(rb"\s*<tuv(?=[\s>]).*?</tuv\s*>", re.S)
CODES = re.compile(rb"""<tuv\s(?:[^>]*?\s)?xml:lang\s*=\s*["']([^"']*)""")
MERGED = "x-merged-from"
INHERITED = {"segtype": "block", "datatype": "unknown", "o-tmf": "unknown"}
"""What a unit has from the header of its file, and says itself where the merged header says otherwise."""
START = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="align" creationtoolversion={version} segtype={segtype} o-tmf={tmf} adminlang="en"\
 srclang={srclang} datatype={datatype}>
"""


@dataclass(frozen=True, slots=True)
class Memory:
    """A memory to merge, and what it is called in the result."""

    path: Path
    name: str


@dataclass(slots=True)
class Gathered:
    """What was read of all memories: heads, units of each, languages of those read and written, those of no use.

    `split` is how many more units there are because those of more than two languages were made into pairs.
    """

    heads: list[Head] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    languages: Counter[tuple[str, ...]] = field(default_factory=Counter)
    written: Counter[tuple[str, ...]] = field(default_factory=Counter)
    useless: int = 0
    split: int = 0

    @property
    def sources(self) -> tuple[str, ...]:
        """The languages that are translated from, the most frequent first."""
        found: Counter[str] = Counter()
        for codes, count in self.languages.items():
            found[codes[0]] += count
        return tuple(code for code, _ in found.most_common())


Tell = Callable[[str], None]


def gather(memories: Sequence[Memory], held: Store, tell: Tell) -> Gathered:
    """Read all memories into a store. Raises DataError for one that is not whole or not well formed."""
    gathered = Gathered()
    for place, memory in enumerate(memories):
        held.add(_pairs(memory, place, gathered, tell))
    held.rank()
    return gathered


def _pairs(memory: Memory, place: int, gathered: Gathered, tell: Tell) -> Iterator[Stored]:
    encoding = encoding_of(memory.path)
    found = chunks(blocks(memory.path, encoding))
    first = next(found)
    head = head_of(memory.path, first, encoding)
    gathered.heads.append(head)
    gathered.counts.append(0)
    last = first
    parser = Parser()
    parser.fault(b"<tmx><body>", 1, 1)
    for chunk in found:
        if last is not first:
            if parser.fault(last.data, last.line, chunk.line):
                _refuse(memory, last, gathered.counts[place])
            yield from _of_chunk(memory, place, last, gathered)
            tell(f"{memory.name}: {gathered.counts[place]:,} units")
        last = chunk
    if not head.is_whole or not (END.fullmatch(last.masked) or b"</tmx" in first.masked):
        said = f"{memory.path}: the file is cut off or has no proper end."
        raise DataError(said, f"Run `align validate --fix {memory.path}` and take the mended copy.")


def _refuse(memory: Memory, chunk: Chunk, before: int) -> None:
    """Raise DataError for the unit of a chunk that no XML reader takes."""
    for raw in raws(chunk, before):
        try:
            unit_of(raw)
        except etree.XMLSyntaxError as error:
            raise not_read(memory.path, raw, error) from error
        if parsed(raw)[1]:
            said = f"{memory.path}: unit {raw.number}, line {raw.tag_line}: {parsed(raw)[1][0].said}."
            raise DataError(said, f"Run `align validate --fix {memory.path}` and take the mended copy.")
    said = f"{memory.path}: line {chunk.line}: the XML is not well formed."
    raise DataError(said, f"Run `align validate {memory.path}` for what is wrong with it.")


def _of_chunk(memory: Memory, place: int, chunk: Chunk, gathered: Gathered) -> Iterator[Stored]:
    try:
        for pair in pairs(chunk, gathered.counts[place]):
            gathered.counts[place] = pair.raw.number
            made = [_stored(pair, place, gathered, order) for order in _orders(pair, gathered.heads[place].srclang)]
            gathered.useless += not made
            gathered.split += max(len(made) - 1, 0)
            yield from made
    except etree.XMLSyntaxError as error:
        number = gathered.counts[place] + 1
        raw = next(raw for raw in raws(chunk, number - 1) if raw.number == number)
        raise not_read(memory.path, raw, error) from error


def _orders(pair: Pair, srclang: str) -> Iterator[tuple[int, ...]]:
    """The languages of a unit, source first; of more than two that differ, the source with each of the others."""
    if len(pair.codes) < 2 or not all(pair.codes):
        return
    at = source_of(pair.codes, pair.srclang or srclang)
    others = [n for n in range(len(pair.codes)) if n != at]
    if len(others) > 1 and len({code.lower() for code in pair.codes}) == len(pair.codes):
        yield from ((at, n) for n in others if pair.texts[at].strip() and pair.texts[n].strip())
    elif all(text.strip() for text in pair.texts):
        yield at, *others


def _stored(pair: Pair, place: int, gathered: Gathered, order: tuple[int, ...]) -> Stored:
    at = order[0]
    codes = tuple(pair.codes[n].replace("_", "-") for n in order)
    gathered.languages[codes] += 1
    data = pair.raw.data[pair.raw.opens :]
    if not pair.is_right:
        data = rewritten(data.decode("utf-8", "surrogatepass"))[0].encode()
    if len(order) < len(pair.codes):
        data = _of_languages(data, order)
    return Stored(
        _digest(*(code.lower() for code in codes), pair.texts[at]),
        _digest(*(pair.texts[n] for n in order[1:])),
        pair.date,
        place,
        pair.raw.number,
        pair.raw.tag_line,
        codes[0],
        data,
        f"|{place}|",
        "".join(f"\n{name}\n" for name in pair.documents),
    )


def _of_languages(data: bytes, order: Sequence[int]) -> bytes:
    """A unit with some of its languages."""
    places = iter(range(data.count(b"<tuv")))
    return VARIANT.sub(lambda found: found[0] if next(places) in order else b"", data)


def _digest(*texts: str) -> bytes:
    return blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def write(memories: Sequence[Memory], gathered: Gathered, held: Store, newest: bool, stream: IO[bytes]) -> int:
    """Write the merged memory; how many units it has."""
    first = gathered.heads[0].attributes
    shared = {name: first.get(name, unsaid) for name, unsaid in INHERITED.items()}
    shared["srclang"] = next(iter(gathered.sources), first.get("srclang", "en-US"))
    values = {name: quoteattr(value) for name, value in shared.items()}
    values |= {"tmf": values.pop("o-tmf"), "version": quoteattr(__version__)}
    stream.write(START.format(**values).encode())
    inside = dict.fromkeys(text for head in gathered.heads for text in head.inside)
    for text in inside:
        stream.write(f"    {text}\n".encode())
    stream.write(b"  </header>\n  <body>\n")
    count = 0
    for stored in held.kept(newest):
        own = {**gathered.heads[stored.file].attributes, "srclang": stored.source}
        differing = {name: own[name] for name in shared if own.get(name, shared[name]) != shared[name]}
        names = [memories[int(number)].name for number in re.findall(r"\d+", stored.files)]
        gathered.written[_codes(stored)] += 1
        stream.write(b"    " + _with_provenance(stored, differing, names).encode() + b"\n")
        count += 1
    stream.write(b"  </body>\n</tmx>\n")
    return count


def _codes(stored: Stored) -> tuple[str, ...]:
    """The languages of a unit, the one that is translated from first."""
    codes = [code.decode() for code in CODES.findall(stored.raw)]
    at = source_of(tuple(codes), stored.source)
    return (codes[at], *codes[:at], *codes[at + 1 :])


def _with_provenance(stored: Stored, attributes: dict[str, str], names: Sequence[str]) -> str:
    """A unit as it stood in its file, and where else it stands."""
    text = stored.raw.decode("utf-8", "surrogatepass")
    tag = TAG.match(text)
    assert tag is not None, "a unit begins with its tag"
    added = "".join(
        f" {name}={quoteattr(value)}"
        for name, value in attributes.items()
        if not re.search(rf"\s{name}\s*=", tag["attributes"])
    )
    documents = dict.fromkeys(line for line in stored.documents.split("\n") if line)
    space = re.compile(r"\s*").match(text, tag.end())
    between = space[0] if space else ""
    document = TYPED if f'"{TYPED}"' in text else DOCUMENT
    props = [(document, name) for name in documents] + [(MERGED, name) for name in dict.fromkeys(names)]
    made = [f'<prop type="{kind}">{escape(name)}</prop>' for kind, name in props]
    new = "".join(f"{between}{prop}" for prop in made if prop not in text)
    return f"<tu{tag['attributes']}{added}>{new}{text[tag.end() :]}"

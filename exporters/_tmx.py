"""Units, one by one -> TMX 1.4 files, each whole and valid; nothing but the unit in hand is kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from align import __version__
from align.drafts import mark
from align.export import Open
from align.model import Verdict
from align.profiles import Profile

from ._beads import spelled
from ._units import Facts, Occurrence, Unit

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="align" creationtoolversion="{version}" segtype="{segtype}" o-tmf="TEI"\
 adminlang="en" srclang={source} datatype="plaintext"{more}
  <body>
"""
TAIL = b"  </body>\n</tmx>\n"
ORIGINS = {"machine": "MachineTranslation"}
"""What Trados calls where a unit comes from, by its standing; of all others that is an alignment."""
LEVELS = {"auto": "Draft", "confirmed": "Translated"}
"""What Trados calls how far a unit can be relied on; a reviewer of its own makes it more."""
MIDNIGHT = "T000000Z"
CARRIAGE = {"\r": "&#13;"}
"""A parser reads a carriage return as a line feed unless it is told."""
BATCH = 128
"""How many units are given to the file at a time."""
SHARED = 4096
"""How many different sets of properties are kept made."""
SEVERAL = ("x-also",)
"""Properties that a unit may have more than once."""


@dataclass(frozen=True, slots=True)
class Form:
    """How units are written: the codes, English first, which side is the source, what the header says."""

    codes: tuple[str, str] = ("en-US", "zh-CN")
    is_english_source: bool = True
    segtype: str = "sentence"
    notes: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    profile: Profile | None = None

    @property
    def source(self) -> str:
        """The code of the language that is translated from."""
        return self.codes[not self.is_english_source]


@dataclass(slots=True)
class Written:
    """What was written: files, units, and of these those longer than a program or larger than a file may be."""

    files: int = 0
    units: int = 0
    too_long: int = 0
    too_large: int = 0


def write_units(units: Iterable[Unit], form: Form, name: str, open: Open, largest: int = 0) -> Written:
    """Write `name.tmx`, and `name.2.tmx` and so on where a file would be larger than `largest` bytes; 0 is no limit.

    A unit that no file can hold stands alone in one that is larger, and is counted.
    """
    done, head, render = Written(), header(form), renderer(form)
    longest = form.profile.longest if form.profile else 0
    with ExitStack() as stack:
        stream = _begin(stack, open, name, head, done)
        used = empty = len(head) + len(TAIL)
        held: list[bytes] = []
        for unit in units:
            done.units += 1
            data = render(unit)
            if largest and used > empty and used + len(data) > largest:
                stream.write(b"".join((*held, TAIL)))
                held.clear()
                stack.close()
                stream, used = _begin(stack, open, name, head, done), empty
            held.append(data)
            used += len(data)
            if len(held) == BATCH:
                stream.write(b"".join(held))
                held.clear()
            if largest and used > largest:
                done.too_large += 1
            if longest and max(len(unit.english), len(unit.chinese)) > longest:
                done.too_long += 1
        stream.write(b"".join((*held, TAIL)))
    return done


def _begin(stack: ExitStack, open: Open, name: str, head: bytes, done: Written) -> IO[bytes]:
    done.files += 1
    stream = stack.enter_context(open(f"{name}.tmx" if done.files == 1 else f"{name}.{done.files}.tmx"))
    stream.write(head)
    return stream


def header(form: Form) -> bytes:
    """Everything before the first unit."""
    lines = [f"    <note>{_text(note)}</note>" for note in form.notes]
    lines += [f"    <prop type={_value(kind)}>{_text(said)}</prop>" for kind, said in form.properties]
    more = "\n".join([">", *lines, "  </header>"]) if lines else "/>"
    said = HEAD.format(version=__version__, segtype=form.segtype, source=_value(form.source), more=more)
    return said.encode("utf-8")


def renderer(form: Form) -> Callable[[Unit], bytes]:
    """The function that writes one unit; what many units share is made once."""
    before, between, after = (part.encode() for part in _frames(form))
    kinds, is_english_source = _kinds(form.profile), form.is_english_source
    document, item, segments, also = (
        f"      <prop type={kinds(key)}>" for key in ("x-document", "x-item", "x-segments", "x-also")
    )
    closed, numbered = b"</prop>\n", item.encode()

    @lru_cache(maxsize=SHARED)
    def shared(facts: Facts) -> tuple[bytes, bytes]:
        """What stands before the document and the item, and what stands behind them."""
        said = (f"      <prop type={kinds(key)}>{_text(value)}</prop>\n" for key, value in _said(facts) if value)
        is_draft = "draft" in facts.flags
        note = f"      <note>{_text(mark(facts.standing, facts.tag))}</note>\n" if is_draft else ""
        start, middle = f"    <tu{_attributes(facts)}>\n{note}{document}", f"{''.join(said)}{segments}"
        return start.encode(), middle.encode()

    def render(unit: Unit) -> bytes:
        english, chinese, places, facts = unit
        name, number, ids = places[0]
        source, target = (english, chinese) if is_english_source else (chinese, english)
        if not _is_plain(f"{english}{chinese}{name}{number}{ids}"):
            source, target, name, number, ids = map(_text, (source, target, name, number, ids))
        start, middle = shared(facts)
        parts = [start, name.encode(), closed]
        if number:
            parts += (numbered, number.encode(), closed)
        parts += (middle, ids.encode(), closed)
        if len(places) > 1:
            parts += (f"{also}{_text(said)}</prop>\n".encode() for said in _also(places))
        parts += (before, source.encode(), between, target.encode(), after)
        return b"".join(parts)

    return render


def _frames(form: Form) -> tuple[str, str, str]:
    """What stands before the source, between it and the target, and after that."""
    first, second = form.codes if form.is_english_source else reversed(form.codes)
    opened = "      <tuv xml:lang={code}><seg>"
    closed = "</seg></tuv>\n"
    return opened.format(code=_value(first)), closed + opened.format(code=_value(second)), f"{closed}    </tu>\n"


def _kinds(profile: Profile | None) -> Callable[[str], str]:
    """How a property's type is written; where a program wants it, with the kind of its value."""
    known: dict[str, str] = {}

    def kind(key: str) -> str:
        if key not in known:
            is_ours = profile is not None and profile.fields and key not in ("x-Origin", "x-ConfirmationLevel")
            suffix = (":MultipleString" if key in SEVERAL else ":SingleString") if is_ours else ""
            known[key] = _value(key + suffix)
        return known[key]

    return kind


def _attributes(facts: Facts) -> str:
    """Who made the unit and who changed it, and when: the document's day, so that no newer memory gives way to it."""
    created = facts.day.replace("-", "") + MIDNIGHT if facts.day else ""
    verdict = facts.verdict or Verdict()
    changed = verdict.on.replace("-", "") + MIDNIGHT if verdict.on else created
    made = f' creationid="align-{"draft" if "draft" in facts.flags else facts.status}"'
    made += f' creationdate="{created}"' if created else ""
    made += f' changedate="{changed}"' if changed else ""
    made += f" changeid={_value(verdict.by)}" if verdict.by else ""
    return made + (f' segtype="{facts.kind}"' if facts.kind else "")


def _said(facts: Facts) -> Iterator[tuple[str, str]]:
    """The properties of a unit wherever it stands."""
    yield "x-confidence", f"{facts.confidence:g}"
    yield "x-status", " ".join((facts.status, *facts.flags))
    yield "x-standing", facts.standing + (", converted" if facts.converted else "")
    yield "x-Origin", ORIGINS.get(facts.standing, "Alignment")
    yield "x-ConfirmationLevel", LEVELS[facts.status]
    yield "x-Converted", facts.converted


def _also(places: tuple[Occurrence, ...]) -> Iterator[str]:
    """Every place but the first: `item 12: en.12.s1 zh.12.s1`, with the document where it is another."""
    for place in places[1:]:
        name = "" if place.document == places[0].document else f"{place.document}, "
        item = f"item {place.item}: " if place.item else ""
        yield f"{name}{item}{place.segments}"


def _is_plain(text: str) -> bool:
    """Whether a text stands in XML as it is. Most do, and this is told faster than by a pattern."""
    return text.isprintable() and "&" not in text and "<" not in text and ">" not in text


def _text(text: str) -> str:
    return escape(spelled(text), CARRIAGE)


def _value(text: str) -> str:
    return quoteattr(spelled(text))

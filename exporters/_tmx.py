"""Units, one by one -> TMX 1.4 files, each whole and valid; nothing but the unit in hand is kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from align import __version__
from align.drafts import mark
from align.export import Open
from align.profiles import Profile

from ._beads import spelled
from ._units import Unit

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

    def pair(self, unit: Unit) -> tuple[str, str]:
        """The texts of a unit, source first."""
        return (unit.english, unit.chinese) if self.is_english_source else (unit.chinese, unit.english)


@dataclass(slots=True)
class Written:
    """What was written: how many units and files, and how many units are longer than a program or a file may take."""

    units: int = 0
    files: int = 0
    too_long: int = 0
    too_large: int = 0


def write_units(
    units: Iterable[Unit],
    form: Form,
    name: str,
    open: Open,
    largest: int = 0,
    is_new: Callable[[Unit], bool] = lambda _: True,
) -> Written:
    """Write `name.tmx`, and `name.2.tmx` and so on where a file would be larger than `largest` bytes; 0 is no limit.

    A unit that no file can hold stands alone in one that is larger, and is counted.
    """
    done, head = Written(), header(form)
    render, longest = renderer(form), form.profile.longest if form.profile else 0
    with ExitStack() as stack:
        stream, used = _begin(stack, open, name, head, done), len(head) + len(TAIL)
        room = used
        for unit in units:
            if not is_new(unit):
                continue
            data = render(unit)
            if largest and used > room and used + len(data) > largest:
                stream.write(TAIL)
                stack.close()
                stream, used = _begin(stack, open, name, head, done), room
            stream.write(data)
            used += len(data)
            done.units += 1
            done.too_large += bool(largest and used > largest)
            done.too_long += bool(longest and max(len(unit.english), len(unit.chinese)) > longest)
        stream.write(TAIL)
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
    """The function that writes one unit; what all units share is made once."""
    before, between, after = _frames(form)
    kinds = _kinds(form.profile)

    def render(unit: Unit) -> bytes:
        source, target = form.pair(unit)
        said = "".join(f"      <prop type={kinds(key)}>{_text(value)}</prop>\n" for key, value in _said(unit) if value)
        note = f"      <note>{_text(mark(unit.standing, unit.tag))}</note>\n" if unit.is_draft else ""
        texts = f"{before}{_text(source)}{between}{_text(target)}{after}"
        return f"    <tu{_attributes(unit)}>\n{note}{said}{texts}    </tu>\n".encode()

    return render


def _frames(form: Form) -> tuple[str, str, str]:
    """What stands before the source, between it and the target, and after that."""
    first, second = form.codes if form.is_english_source else reversed(form.codes)
    opened = "      <tuv xml:lang={code}><seg>"
    closed = "</seg></tuv>\n"
    return opened.format(code=_value(first)), closed + opened.format(code=_value(second)), closed


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


def _attributes(unit: Unit) -> str:
    """Who made the unit and who changed it, and when: the document's day, so that no newer memory gives way to it."""
    made = f' creationid="align-{"draft" if unit.is_draft else unit.status}"'
    day = unit.day.replace("-", "") + MIDNIGHT if unit.day else ""
    changed = unit.verdict.on.replace("-", "") + MIDNIGHT if unit.verdict.on else day
    made += f' creationdate="{day}"' if day else ""
    made += f' changedate="{changed}"' if changed else ""
    made += f" changeid={_value(unit.verdict.by)}" if unit.verdict.by else ""
    return made + (f' segtype="{unit.kind}"' if unit.kind else "")


def _said(unit: Unit) -> Iterator[tuple[str, str]]:
    """The properties of a unit; further places have one each."""
    first, *others = unit.places
    yield "x-document", first.document
    yield "x-item", first.item
    yield "x-confidence", f"{unit.confidence:g}"
    yield "x-status", " ".join((unit.status, *unit.flags))
    yield "x-standing", unit.standing + (", converted" if unit.converted else "")
    yield "x-Origin", ORIGINS.get(unit.standing, "Alignment")
    yield "x-ConfirmationLevel", LEVELS[unit.status]
    yield "x-Converted", unit.converted
    yield "x-segments", first.segments
    for place in others:
        name = "" if place.document == first.document else f"{place.document}, "
        item = f"item {place.item}: " if place.item else ""
        yield "x-also", f"{name}{item}{place.segments}"


def _text(text: str) -> str:
    return escape(spelled(text), CARRIAGE)


def _value(text: str) -> str:
    return quoteattr(spelled(text))

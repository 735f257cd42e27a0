"""One unit of a memory -> what is wrong with it, looked at as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from align.memory.chunks import allowed, stray
from align.memory.grammar import XML, grammar
from align.memory.patterns import DATE, DATES, TEXT, unpaired
from align.memory.rules import Fault
from align.memory.screening import LONG, Codes
from align.memory.units import Raw, parsed, plain, reason, spaced

Element = etree._Element
LONGER = 8000
REFUSE = {
    "control-character": "memoQ and OmegaT will refuse the whole file",
    "bad-bytes": "most tools will refuse the whole file",
    "surrogate": "most tools will refuse the whole file",
}
SPACES = (
    (re.compile(r"\A[ \u3000]"), "a space at the beginning"),
    (re.compile(r"[ \u3000]\Z"), "a space at the end"),
    (re.compile("  "), "a double space"),
    (re.compile(r"[\n\r]"), "a line break"),
    (re.compile(r"\t"), "a tab"),
    (re.compile("\xa0"), "a no-break space"),
)


@dataclass(frozen=True, slots=True)
class Examined:
    """What is wrong with a unit, the codes of its languages, its texts as they stand, and a srclang of its own."""

    faults: tuple[Fault, ...]
    codes: Codes = ()
    texts: tuple[bytes, ...] = ()
    srclang: str = ""


def examined(raw: Raw) -> Examined:
    """Everything that a rule says of a unit alone."""
    faults = list(_before(raw))
    try:
        element, misspelt = parsed(raw)
    except etree.XMLSyntaxError as error:
        line = raw.tag_line + (error.lineno or 1) - 1
        said = f"the XML is not well formed ({reason(error, raw.tag_line - 1)}); most tools will refuse the whole file."
        return Examined((*faults, Fault("not-well-formed", raw.number, line, said)))
    for found in misspelt:
        said = f"{found.said}; {REFUSE[found.rule]}."
        faults.append(Fault(found.rule, raw.number, raw.tag_line + found.down, said))
    for broken in grammar().faults(element):
        old = broken.attribute == "xml:lang" and "lang" in broken.element.attrib
        said = "the language is said by lang, as before TMX 1.3, not by xml:lang." if old else broken.said
        faults.append(_fault(raw, "version" if old else broken.rule, broken.element, said))
    faults += _dates(raw, element)
    for variant in element.iter("tuv"):
        faults += _text(raw, variant)
    codes = tuple(variant.get(f"{XML}lang") or variant.get("lang") or "" for variant in element.iter("tuv"))
    return Examined(tuple(faults), codes, tuple(TEXT.findall(raw.data)), element.get("srclang") or "")


def _fault(raw: Raw, rule: str, element: Element, said: str) -> Fault:
    down = cast(int, element.sourceline or 1) - 1
    return Fault(rule, raw.number, raw.tag_line + down, said)


def _before(raw: Raw) -> Iterator[Fault]:
    """Text or elements between units, and comments that XML does not allow."""
    between = raw.data[: raw.opens]
    if allowed(between) != between:
        said = "in the comment before the unit stand two hyphens in a row or a control character; XML allows neither."
        yield Fault("not-well-formed", raw.number, raw.line, said, "Take them out of the comment (--fix does it).")
    if shown := stray(between):
        yield Fault("grammar", raw.number, raw.line, f"before the unit stands what may not stand there: “{shown}”.")


def _dates(raw: Raw, unit: Element) -> Iterator[Fault]:
    for element in (unit, *unit.iter("tuv")):
        for name in DATES:
            value = element.get(name)
            if value is not None and not re.fullmatch(DATE, value):
                said = f"{name} of <{element.tag}> is “{value}”, not YYYYMMDDThhmmssZ."
                yield _fault(raw, "date", element, said)


def _text(raw: Raw, variant: Element) -> Iterator[Fault]:
    """What is wrong with the text of one language."""
    segment = variant.find("seg")
    if variant.get(f"{XML}lang", variant.get("lang")) == "":
        yield _fault(raw, "grammar", variant, "xml:lang of <tuv> is empty; no tool can tell the language.")
    if segment is None:
        return
    if said := unpaired((str(code.tag)[0], code.get("i") or "") for code in segment.iter("bpt", "ept")):
        yield _fault(raw, "paired-codes", segment, f"{said}; TMX wants both in one segment, and <it> for one alone.")
    lang = variant.get(f"{XML}lang") or variant.get("lang") or "no language"
    text = plain(segment)
    if not text.strip() and not len(segment):
        said = f"the {lang} segment is empty; OmegaT deletes the line from the translated document."
        yield _fault(raw, "empty-segment", segment, said)
        return
    found = [said for form, said in SPACES if form.search(spaced(segment))]
    if found:
        yield _fault(raw, "white-space", segment, f"{' and '.join(found)} in the {lang} text; it stops a match.")
    if len(text) > LONG:
        tools = "Trados cloud takes 2,000" + (" and Wordfast 8,000" if len(text) > LONGER else "")
        yield _fault(raw, "long-segment", segment, f"the {lang} text has {len(text):,} characters; {tools}.")

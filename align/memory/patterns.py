"""The grammar -> patterns for units as nearly all are; what they do not match is looked at one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from align.memory.grammar import grammar

DATES = ("creationdate", "changedate", "lastusagedate")
DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])[0-5]\d[0-5]\dZ"
VALUE = r'="[^"<&]*+"'
SPACE = r"\s*+"
TEXT = re.compile(rb"<seg(?:\s[^>]*)?>(.*?)</seg\s*>", re.S)
CODE = re.compile(rb"""\sxml:lang\s*=\s*["']([^"'<&]*)""")

PAIRED = re.compile(rb"""<([be])pt\s(?:[^>]*?\s)?i\s*=\s*["']([^"']*)""")
"""A code that opens or closes, and the number that it has in common with the other."""


def unpaired(codes: Iterable[tuple[str, str]]) -> str:
    """What is wrong with the opening (b) and closing (e) codes of a segment and their numbers; nothing for none."""
    opened: set[str] = set()
    closed: set[str] = set()
    for kind, number in codes:
        seen = opened if kind == "b" else closed
        if number in seen:
            return f"two <{kind}pt> have the number {number}"
        if kind == "e" and number not in opened:
            return f"<ept> {number} closes what no <bpt> before it opens"
        seen.add(number)
    left = sorted(opened - closed)
    return f"<bpt> {left[0]} is closed by no <ept>" if left else ""


@cache
def unit_pattern() -> re.Pattern[bytes]:
    """A unit of two languages with the white space before it, or any other with all that is before it.

    Groups: attributes of the unit; attributes and text of the first language, of the second; the other unit.
    """
    unit = rf"<tu([^>]*+)>{SPACE}{_said()}"
    variant = rf"<tuv([^>]*+)>{SPACE}{_said()}<seg>({_text()})</seg>{SPACE}</tuv>{SPACE}"
    return re.compile(rf"{SPACE}{unit}{variant}{variant}</tu>|((?s:.)*?</tu\s*>)".encode())


@cache
def attributes_pattern(name: str) -> re.Pattern[bytes]:
    """All attributes of an element that is right, no rule apart; those of `tuv` with its code as a group."""
    form = grammar().forms[name]
    plain = "|".join(key for key in form.attributes if key not in (*DATES, "srclang", "segtype", "xml:lang", "lang"))
    kinds = [rf"(?:{plain}){VALUE}", f'(?:{"|".join(DATES)})="{DATE}"']
    if "segtype" in form.attributes:
        kinds.append(f'segtype="(?:{"|".join(form.attributes["segtype"])})"')
    rest = rf"(?:\s++(?:{'|'.join(kinds)}))*+"
    code = r'\s++xml:lang="([^"<&]++)"'
    return re.compile((rest + (code + rest if name == "tuv" else "") + SPACE).encode())


def _said() -> str:
    """Notes and properties; the type of a property comes first."""
    rest = rf"(?:\s++(?:xml:lang|o-encoding){VALUE})*+{SPACE}(?:/>|>[^<]*+</"
    usual = '<prop type="[^"<]*+">[^<]*+</prop>'
    return rf"(?:(?:{usual}|<prop\s++type{VALUE}{rest}prop>)|<note{rest}note>)){SPACE})*+"


def _text() -> str:
    """Text, and codes that hold no element."""
    kinds = []
    for name in ("ph", "bpt", "ept", "it", "ut"):
        form = grammar().forms[name]
        needed = "".join(rf"(?=[^>]*\s{key}=)" for key in form.needed)
        values = {key: f'="(?:{"|".join(taken)})"' if taken else VALUE for key, taken in form.attributes.items()}
        each = "|".join(f"{key}{value}" for key, value in values.items())
        kinds.append(rf"{name}(?=[\s>/]){needed}(?:\s++(?:{each}))*+{SPACE}(?:/>|>[^<]*+</{name}>)")
    return rf"[^<]*+(?:<(?:{'|'.join(kinds)})[^<]*+)*+"

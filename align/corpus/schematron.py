"""A Schematron schema and an element tree -> the asserts that fail.

lxml compiles the schema to XSLT. Three things are changed in what it compiles: a place is a line and an
id, because the path that stands there otherwise takes time that grows with the square of the failures;
the rules that fired are not listed; and a pattern goes straight to the elements that its contexts name,
where it would otherwise walk through the whole tree once for each pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from align.corpus.places import place

Element = etree._Element
SCH = "{http://purl.oclc.org/dsdl/schematron}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
PLACES = "urn:align:places"
PREDICATE = re.compile(r"\[[^]]*]")
LAST_STEP = re.compile(r"([\w:*]+)\s*(?:\||$)")


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed assert: the id of its pattern, where it failed, its text and its diagnostic."""

    rule: str
    is_note: bool
    place: str
    message: str
    remedy: str


class Schematron:
    """A compiled schema."""

    def __init__(self, schema: Element) -> None:
        from lxml import isoschematron  # type: ignore[attr-defined]  # the stubs do not know it

        self.rules = tuple(pattern.get("id") or "" for pattern in schema.iter(f"{SCH}pattern"))
        stylesheet = isoschematron.Schematron(schema, store_xslt=True).validator_xslt.getroot()
        _adapt(stylesheet)
        self._transform = etree.XSLT(stylesheet, extensions={(PLACES, "of"): _place_here})

    def failures(self, root: Element) -> Iterator[Failure]:
        """The failed asserts, pattern by pattern, each in the order of the corpus."""
        rule = ""
        for entry in self._transform(root).getroot():
            if entry.tag == f"{SVRL}active-pattern":
                rule = entry.get("id") or ""
            elif entry.tag == f"{SVRL}failed-assert":
                said, remedy = (
                    " ".join(entry.findtext(f"{SVRL}{name}", "").split()) for name in ("text", "diagnostic-reference")
                )
                yield Failure(rule, entry.get("role") == "note", entry.get("location") or "", said, remedy)


def _place_here(context: Any) -> str:
    return place(context.context_node)


def _adapt(stylesheet: Element) -> None:
    for fired in list(stylesheet.iter(f"{SVRL}fired-rule")):
        parent = fired.getparent()
        assert parent is not None
        parent.remove(fired)
    for attribute in stylesheet.iter(f"{XSL}attribute"):
        if attribute.get("name") == "location":
            del attribute[:]
            etree.SubElement(attribute, f"{XSL}value-of", select="places:of()", nsmap={"places": PLACES})
    contexts = _contexts(stylesheet)
    for walk in list(stylesheet.iter(f"{XSL}apply-templates")):
        parent = walk.getparent()
        assert parent is not None
        mode = walk.get("mode")
        if mode in contexts and walk.get("select") == "/":
            walk.set("select", contexts[mode])
        elif mode in contexts or mode is None:
            parent.remove(walk)


def _contexts(stylesheet: Element) -> dict[str, str]:
    """For each mode, which is a pattern, the path to all elements that one of its contexts may fit."""
    names: dict[str, set[str]] = {}
    for template in stylesheet.iter(f"{XSL}template"):
        if template.find(f".//{SVRL}failed-assert") is not None:
            match = PREDICATE.sub("", template.get("match", ""))
            names.setdefault(template.get("mode", ""), set()).update(LAST_STEP.findall(match))
    # Of several names a union takes quadratic time, and a predicate longer than going to every element.
    return {mode: f"/descendant::{found.pop() if len(found) == 1 else '*'}" for mode, found in names.items()}

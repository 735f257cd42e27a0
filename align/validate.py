"""A corpus file -> what is wrong with it: the grammar, then the rules; both always run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from align.model import Finding

if TYPE_CHECKING:
    from lxml import etree, isoschematron

    from align.corpus.grammar import Grammar

    Element = etree._Element
    Report = tuple[str, Element, str, str]

MOST = 20
"""Findings of one rule that are shown one by one."""
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
SCH = "{http://purl.oclc.org/dsdl/schematron}"
GRAMMAR_REMEDY = "Build the corpus again with `align build`; schemas/README.md says what may stand where."
LAST_LINE = 65535
"""libxml2 counts lines no further."""


def validate(path: Path) -> list[Finding]:
    """Everything wrong with a corpus, at most `MOST` findings a rule. Raises DataError for what is no TEI file."""
    from align.corpus.tree import parse

    root = parse(path)
    return [
        *_limited("grammar", "error", path, ((e, said, GRAMMAR_REMEDY) for e, said in _grammar().faults(root))),
        *_schematron_findings(path, root),
        *_python_findings(path, root),
    ]


def rules() -> tuple[str, ...]:
    """The ids of all rules: the grammar's, those of align.sch, those written in Python."""
    from align.corpus.rules import RULES

    patterns = _schema("align.sch").iter(f"{SCH}pattern")
    return ("grammar", *(pattern.get("id") or "" for pattern in patterns), *(rule.id for rule in RULES))


@cache
def _grammar() -> Grammar:
    from align.corpus.grammar import Grammar

    return Grammar(_schema("align.rng"))


@cache
def _schematron() -> isoschematron.Schematron:
    from lxml import isoschematron

    return isoschematron.Schematron(_schema("align.sch"), store_report=True)


def _schema(name: str) -> Element:
    from lxml import etree

    return etree.fromstring(files("align.schemas").joinpath(name).read_bytes())


def _schematron_findings(path: Path, root: Element) -> Iterator[Finding]:
    schematron = _schematron()
    schematron.validate(root)
    failed: dict[tuple[str, str], list[Element]] = {}
    rule = ""
    for entry in schematron.validation_report.getroot().iter(f"{SVRL}active-pattern", f"{SVRL}failed-assert"):
        if entry.tag == f"{SVRL}active-pattern":
            rule = entry.get("id") or ""
        else:
            failed.setdefault((rule, entry.get("role") or "error"), []).append(entry)
    for (rule, role), entries in failed.items():
        yield from _limited(
            rule, "note" if role == "note" else "error", path, (_asserted(root, entry) for entry in entries)
        )


def _asserted(root: Element, entry: Element) -> tuple[Element, str, str]:
    """The element that a failed assert stands for, its sentence and its remedy."""
    found = root.xpath(entry.get("location") or "/*")
    said, remedy = (
        " ".join("".join(entry.itertext(f"{SVRL}{name}")).split()) for name in ("text", "diagnostic-reference")
    )
    return found[0], said, remedy


def _python_findings(path: Path, root: Element) -> Iterator[Finding]:
    from align.corpus.rules import RULES

    for rule in RULES:
        faults = ((element, f"{rule.sentence} {said}", rule.remedy) for element, said in rule.faults(root))
        yield from _limited(rule.id, "error", path, faults)


def _limited(
    rule: str, severity: Literal["error", "note"], path: Path, faults: Iterable[tuple[Element, str, str]]
) -> Iterator[Finding]:
    """The first findings of a rule, and how many more there are."""
    more = 0
    for at, (element, said, remedy) in enumerate(faults):
        if at < MOST:
            yield Finding(rule, severity, _where(path, element), said, remedy)
        else:
            more += 1
    if more:
        yield Finding(rule, severity, str(path), f"And {more} more.", remedy)


def _where(path: Path, element: Element) -> str:
    from align.corpus.grammar import local
    from align.corpus.tree import XML

    name = element.get(f"{XML}id") or ""
    line = element.sourceline or 1
    place = f"line {line}" if line < LAST_LINE else f"beyond line {LAST_LINE - 1}"
    return f"{path}: {place}: <{local(element)}> {name}".rstrip()

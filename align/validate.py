"""A corpus file -> what is wrong with it: the grammar, then the rules; both always run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from align.model import Finding

if TYPE_CHECKING:
    from lxml import etree

    from align.corpus.grammar import Grammar
    from align.corpus.schematron import Failure, Schematron

    Element = etree._Element

T = TypeVar("T")
Said = tuple[str, str, str]
"""Place, sentence, remedy."""

MOST = 20
"""Faults under one rule that are shown one by one."""
GRAMMAR_REMEDY = "Build the corpus again with `align build`; schemas/README.md says what may stand where."


def validate(path: Path) -> list[Finding]:
    """Everything wrong with a corpus; under each rule the first faults and how many more there are.

    Raises DataError for a file that is no plain TEI.
    """
    from align.corpus.tree import parse

    root = parse(path)
    found = (_grammar_findings, _schematron_findings, _python_findings)
    return [finding for check in found for finding in check(path, root)]


def rules() -> tuple[str, ...]:
    """The ids of all rules: the grammar, the patterns of align.sch, the rules written in Python."""
    from align.corpus.rules import RULES

    return ("grammar", *_schematron().rules, *(rule.id for rule in RULES))


@cache
def _grammar() -> Grammar:
    from align.corpus.grammar import Grammar

    return Grammar(_schema("align.rng"))


@cache
def _schematron() -> Schematron:
    from align.corpus.schematron import Schematron

    return Schematron(_schema("align.sch"))


def _schema(name: str) -> Element:
    from lxml import etree

    return etree.fromstring(files("align.schemas").joinpath(name).read_bytes())


def _grammar_findings(path: Path, root: Element) -> Iterator[Finding]:
    from align.corpus.places import place

    grammar = _grammar()

    def explain(culprit: Element) -> Said:
        return place(culprit), " ".join(grammar.explain(culprit)), GRAMMAR_REMEDY

    yield from _limited("grammar", "error", path, grammar.culprits(root), explain)


def _schematron_findings(path: Path, root: Element) -> Iterator[Finding]:
    def explain(failure: Failure) -> Said:
        return failure.place, failure.message, failure.remedy

    failures = _schematron().failures(root)
    for (rule, is_note), group in groupby(failures, key=lambda failure: (failure.rule, failure.is_note)):
        yield from _limited(rule, "note" if is_note else "error", path, group, explain)


def _python_findings(path: Path, root: Element) -> Iterator[Finding]:
    from align.corpus.places import place
    from align.corpus.rules import RULES

    for rule in RULES:
        faults = ((place(element), f"{rule.sentence} {said}", rule.remedy) for element, said in rule.faults(root))
        yield from _limited(rule.id, "error", path, faults, lambda fault: fault)


def _limited(
    rule: str, severity: Literal["error", "note"], path: Path, faults: Iterable[T], explain: Callable[[T], Said]
) -> Iterator[Finding]:
    more = 0
    remedy = ""
    for at, fault in enumerate(faults):
        if at < MOST:
            where, said, remedy = explain(fault)
            yield Finding(rule, severity, f"{path}: {where}", said, remedy)
        else:
            more += 1
    if more:
        yield Finding(rule, severity, str(path), f"And {more} more.", remedy)

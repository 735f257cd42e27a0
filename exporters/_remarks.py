"""Bitext -> what people have remarked on its links, in their own words; for reviewers and for Word's comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from align.characters import HAN_CHAR
from align.model import Bitext, Lang, Link, Verdict
from align.provenance import EDITOR

from ._brief import Paragraph, Run
from ._decided import margins


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: the place it concerns, who made it, and what it says."""

    anchor: str
    by: str
    text: str


def remarks(bitext: Bitext, homes: Mapping[str, str]) -> Iterator[Remark]:
    """Every remark in the order of the links; `homes` has the place of each segment that has one."""
    for link in bitext.links:
        anchor = homes.get((link.en or link.zh)[0], "")
        noted = (said for said in link.verdict.entries if said.note)
        yield from (Remark(anchor, said.by or EDITOR, _dated(said)) for said in noted)


def _dated(verdict: Verdict) -> str:
    return f"{verdict.on}: {verdict.note}" if verdict.on else verdict.note


def remarked(link: Link) -> Iterator[Paragraph]:
    """Who has decided on a link, on which day, and their remark, for a table: a paragraph for each person."""
    for entry in link.verdict.entries:
        said = ", ".join(filter(None, (entry.by, entry.on)))
        text = ": ".join(filter(None, (said, entry.note)))
        if text:
            yield (Run(text, language(text)),)


def decisions(bitext: Bitext) -> dict[str, tuple[Paragraph, ...]]:
    """What people decided of each sentence, by its id, a paragraph each, for a table."""
    return {name: tuple((Run(said, language(said)),) for said in lines) for name, lines in margins(bitext).items()}


def beside(link: Link, decided: Mapping[str, tuple[Paragraph, ...]]) -> Iterator[Paragraph]:
    """The remarks on a link, then what was decided of its sentences, each once."""
    lines = (said for name in (*link.en, *link.zh) for said in decided.get(name, ()))
    return (said for said in dict.fromkeys((*remarked(link), *lines)) if said)


def language(text: str) -> Lang:
    """Which face a remark wants: people remark in either language."""
    return "zh" if HAN_CHAR.search(text) else "en"

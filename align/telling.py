"""A bitext and what was given -> the facts and findings of the closing table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.decisions.outcome import Outcome
    from align.model import Bitext, Finding
    from align.sources.documents import Input

MOST_PIECES = 12
MOST = 40
"""Numbers, or runs of them, that the closing table names."""


def told(bitext: Bitext, outcomes: Sequence[Outcome] = ()) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What the closing table says of a bitext: facts, findings, and whether nothing is missing or cut off.

    `outcomes` are those of the decisions that it was built with; without them, what it remembers of those is said.
    """
    from align.checks import check
    from align.decisions.outcome import findings
    from align.decisions.outcome import summary as applied
    from align.decisions.rulings import remembered
    from align.summary import summarise

    summary = summarise(bitext)
    facts = [f"items: {summary.en.items} en, {summary.zh.items} zh, {summary.aligned} aligned"]
    if summary.suspect:
        facts.append(f"suspect {_listed(summary.suspect)} ({len(summary.suspect)})")
    if not summary.en.items and not summary.zh.items:
        facts = [f"sentences: {summary.en.sentences} en, {summary.zh.sentences} zh, {summary.links} links"]
    for side in summary.sides:
        if side.missing:
            facts.append(f"{side.lang} missing {_listed(side.missing)} ({len(side.missing)})")
        if side.missing_elsewhere:
            facts.append(f"{side.lang} missing outside items: {_pieces(side.missing_elsewhere)}")
        if side.omitted:
            facts.append(f"{side.lang} lacks {side.omitted} sentence{'s' * (side.omitted > 1)}")
        if side.drafted:
            facts.append(f"{side.lang} drafted {_listed(side.drafted)} ({len(side.drafted)}), {_drafts(side.drafts)}")
        if side.drafted_elsewhere:
            elsewhere = _pieces(side.drafted_elsewhere)
            facts.append(f"{side.lang} drafted outside items: {elsewhere}, {_drafts(side.drafts)}")
    for side in summary.sides:
        if side.truncated:
            facts.append(f"{side.lang} truncated {_listed(side.truncated)}")
    if summary.unused:
        facts.append(f"not used: {', '.join(summary.unused)}")
    facts += [f"{w.file} read as {w.encoding}" for w in bitext.witnesses if w.encoding != "utf-8"]
    facts += _left_out(bitext)
    facts += [applied(outcomes)] if outcomes else []
    found = [*(findings(outcomes) if outcomes else remembered(bitext)), *check(bitext)]
    return tuple(facts), tuple(_line(finding) for finding in found), summary.whole


def not_used(given: Input) -> list[str]:
    """Drafts, and the other half of a pair that lies beside the one that was given."""
    from align.sources.documents import USED_STANDINGS, answers_beside

    drafts = [f"{f.path.name} ({f.standing} draft)" for f in given.files if f.standing not in USED_STANDINGS]
    facts = [f"left aside: {', '.join(drafts)}"] if drafts else []
    beside = answers_beside(given)
    return [*facts, f"not given, though beside it: {', '.join(beside)}"] if beside else facts


def _drafts(standings: Iterable[str]) -> str:
    return " and ".join(f"{standing} draft" for standing in standings)


def _pieces(count: int) -> str:
    return f"{count} piece{'s' * (count > 1)}"


def _listed(numbers: Sequence[str]) -> str:
    """Numbers, the first of them where they are very many."""
    from align.summary import ranges

    runs = ranges(numbers).split(", ")
    return ", ".join([*runs[:MOST], *(["…"] if len(runs) > MOST else [])])


def _line(finding: Finding) -> str:
    where = f"{finding.where}: " if ": " in finding.where else ""
    return f"{finding.severity}: {where}{finding.message} {finding.remedy}".strip()


def _left_out(bitext: Bitext) -> list[str]:
    """How many pieces of the sources are in the record only, and on which lines they stand or, of many, why."""
    from align.provenance import source_text
    from align.summary import UNTOLD

    held = [
        (w, [span for span in w.record if span.kind == "left-out" and span.how not in UNTOLD]) for w in bitext.witnesses
    ]
    pieces = sum(len(spans) for _, spans in held)
    if not pieces:
        return []
    if pieces > MOST_PIECES:
        reasons = Counter(re.sub("-[0-9].*", "", span.how) for _, spans in held for span in spans)
        return [f"left out: {_pieces(pieces)}: {', '.join(f'{n} {reason}' for reason, n in reasons.most_common())}"]
    lines: list[str] = []
    for witness, spans in held:
        starts = [0]
        for line in source_text(bitext, witness).splitlines(keepends=True) if spans else ():
            starts.append(starts[-1] + len(line))
        lines += dict.fromkeys(str(bisect_right(starts, span.start)) for span in spans)
    return [f"left out: {_pieces(pieces)}, line{'s' * (len(lines) > 1)} {_listed(lines)}"]

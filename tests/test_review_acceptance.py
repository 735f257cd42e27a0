"""An aligner that errs: what is put right in the sheet stays right when everything is built again from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT, Run, shared
from sheets_help import Desk, Hand

from align import aligner, corpus
from align.model import Link, segments
from align.sheets import line

Pair = tuple[tuple[str, ...], tuple[str, ...]]
KINDS = ("shifted", "merged", "swapped")


def planted(links: Sequence[Link], places: Sequence[str]) -> tuple[Link, ...]:
    """The links with an error at each place, which is the id of the English of the first of two neighbours."""
    made = list(links)
    for n, place in enumerate(places):
        at = next((i for i, link in enumerate(made[:-1]) if link.en == (place,)), None)
        if at is None or not all(len(link.en) == len(link.zh) == 1 for link in made[at : at + 2]):
            continue
        one, two = made[at : at + 2]
        made[at : at + 2] = {
            "shifted": [Link(one.en, (), flags=("omitted",)), Link(two.en, (*one.zh, *two.zh), 0.9)],
            "merged": [Link((*one.en, *two.en), (*one.zh, *two.zh), 0.9)],
            "swapped": [Link(one.en, two.zh, 0.9, flags=("crossing",)), Link(two.en, one.zh, 0.9, flags=("crossing",))],
        }[KINDS[n % 3]]
    return tuple(made)


def pairs(path: Path) -> set[Pair]:
    return {(link.en, link.zh) for link in corpus.read(path).links}


def chosen(links: Sequence[Link], count: int) -> list[str]:
    """Places over the whole document where two sentences of one item answer two others."""
    found = [
        one.en[0]
        for one, two in pairwise(links)
        if all(len(link.en) == len(link.zh) == 1 and ".h." not in link.en[0] for link in (one, two))
        and len({name.rsplit(".", 1)[0] for name in (*one.en, *two.en)}) == 1
        and len({name.rsplit(".", 1)[0] for name in (*one.zh, *two.zh)}) == 1
    ]
    apart = found[::2] if count * 2 <= len(found) else found
    return apart[:: max(len(apart) // count, 1)][:count]


def mend(hand: Hand, texts: dict[str, str], right: Sequence[tuple[Link, Link]]) -> None:
    """What a translator does: moves sentences, inserts a row, exchanges two cells."""
    column = hand.columns()
    for n, (one, two) in enumerate(right):
        rows = {hand.table.cell(r, column["en_ids"]).value: r for r in range(2, hand.table.max_row + 1)}
        zh = [texts[link.zh[0]] for link in (one, two)]
        if KINDS[n % 3] == "merged":
            row = rows[" ".join((*one.en, *two.en))]
            hand.table.insert_rows(row + 1)
            for at, link in ((row, one), (row + 1, two)):
                hand.table.cell(at, column["en"]).value = texts[link.en[0]]
                hand.table.cell(at, column["zh"]).value = texts[link.zh[0]]
        else:
            hand.table.cell(rows[one.en[0]], column["zh"]).value = zh[0]
            hand.table.cell(rows[two.en[0]], column["zh"]).value = zh[1]


@pytest.mark.parametrize(("document", "count"), [("charter", 6), ("realdocs/tw_apa", 20)])
def test_errors_put_right_in_the_sheet_stay_right(
    document: str, count: int, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = ROOT / "input" / document if document == "charter" else shared(document)
    shutil.copytree(source, tmp_path / "input/old", ignore=shutil.ignore_patterns("gold*"))
    run("build", "input")
    path = tmp_path / "dist/old/old.xml"
    before = corpus.read(path)
    natural = list(before.links)
    places = chosen(natural, count)
    assert len(places) == count

    erring = aligner.align
    monkeypatch.setattr(aligner, "align", lambda *given: planted(erring(*given), places))
    shutil.rmtree(tmp_path / "dist")
    at = Desk(tmp_path, run)
    at.export()
    right = [(natural[n], natural[n + 1]) for n in range(len(natural)) if natural[n].en[:1] in [(p,) for p in places]]
    right.sort(key=lambda two: places.index(two[0].en[0]))
    wrong = pairs(path)
    assert all((link.en, link.zh) not in wrong for two in right for link in two)

    texts = {segment.id: line(segment) for each in before.documents for segment in segments(each)}
    status, out, err = at.review(at.edited(lambda hand: mend(hand, texts, right)))
    assert status == 0, err
    assert f"{2 * count} decisions" in out

    shutil.rmtree(tmp_path / "dist")
    told = at.export()
    assert f"{2 * count} decisions applied" in told
    assert pairs(path) == {(link.en, link.zh) for link in natural}
    confirmed = {(link.en, link.zh) for link in corpus.read(path).links if link.status == "confirmed"}
    assert confirmed == {(link.en, link.zh) for two in right for link in two}

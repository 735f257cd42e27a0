"""No line of the documents at hand breaks a rule, at a hundred widths; and pages are filled as they should be."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import SHARED

from align.build import build
from align.export import Options
from align.exporters._blocks import REMNANT, Block, Column
from align.exporters._blocks import depth as depth_of
from align.exporters._brief import Alone, Brief, Note, Paragraph, Run, brief
from align.exporters._faces import edition_of, faces
from align.exporters._lines import Line, set_lines
from align.exporters._pagination import GREATEST_GAP, At, paginate
from align.exporters._pdf_sheet import sheet_of
from align.exporters._pdf_tags import DOCUMENT, Element
from align.exporters._setting import Look, Setter, needs
from align.exporters._tokens import CLOSING, OPENING, UNITS, Tokeniser
from align.exporters.pdf import composed
from align.model import Bitext
from align.sources.documents import Input, InputFile
from align.wishes import LAYOUTS

WIDTHS = [60 + 4.1 * at for at in range(100)]
"""From three words of English on a line to the whole of a page, in points."""
REAL = {
    "tw_apa": ("en.txt", "zh.txt"),
    "un_sdg": ("targets.en.txt", "targets.zh.txt"),
    "udhr": ("eng.txt", "cmn_hans.txt"),
}
CLOSERS = CLOSING - set("—…·‥・～々〻ー％‰℃°%–/")


def setter_of(said: Brief) -> Setter:
    cut = faces(needs(said))
    tokeniser = Tokeniser(cut.width, cut.halves, cut.joins)
    return Setter(cut, tokeniser, edition_of(said.zh_tag), said.zh_tag, Look(9.5))


def paragraphs(said: Brief) -> Iterator[Paragraph]:
    for part in said.parts:
        if not isinstance(part, Note):
            for cell in (part.cell,) if isinstance(part, Alone) else (part.en, part.zh):
                yield from cell


def violations(lines: Iterable[Line], width: float) -> Iterator[str]:
    """What is wrong with the lines of a paragraph."""
    made = list(lines)
    for line in made:
        if line.width > width + 0.02 and len(line.text) > 1:
            yield f"wider than {width}: {line.text}"
        if line is not made[0] and line.text[0] in CLOSERS:
            yield f"begins with a closing mark: {line.text}"
        if line is not made[-1] and line.text[-1] in OPENING:
            yield f"ends with an opening mark: {line.text}"
    for one, two in pairwise(made):
        last, first = one.text[-1], two.text[0]
        if first in UNITS and last.isdigit() and not one.blank:
            yield f"parts a number from its unit: {one.text} | {two.text}"
        if first == last and first in "—…":
            yield f"divides a dash: {one.text} | {two.text}"


def faults(said: Brief, every: int) -> list[str]:
    """Every paragraph at some of the widths, another part of them for each, so that all widths are tried."""
    setter = setter_of(said)
    found: list[str] = []
    for at, paragraph in enumerate(paragraphs(said)):
        stretches = setter.stretches(paragraph, setter.text)
        whole = "".join("".join(stretch.text for stretch in stretches).split())
        for width in WIDTHS[at % every :: every]:
            for justify in (False, True):
                lines = set_lines(stretches, width, setter.tokeniser, justify)
                found += violations(lines, width)
                if "".join("".join(line.text for line in lines).split()) != whole:
                    found.append(f"not whole at {width}: {whole}")
    return found


def test_our_documents_at_a_hundred_widths(sed6: Bitext, charter: Bitext) -> None:
    assert [fault for bitext in (sed6, charter) for fault in faults(brief(bitext), 1)] == []


@cache
def real(name: str) -> Bitext:
    en, zh = (Path(SHARED, "realdocs", name, file) for file in REAL[name])
    if not (en.exists() and zh.exists()):
        pytest.skip(f"{name} is not in $ALIGN_SHARED ({SHARED})")
    return build(Input(name, (InputFile(en, ("en",)), InputFile(zh, ("zh",)))))


@pytest.mark.parametrize("name", REAL)
def test_real_documents_at_a_hundred_widths(name: str) -> None:
    assert faults(brief(real(name)), 10) == []


def pages_of(bitext: Bitext, layout: str) -> list[list[Block]]:
    pages = composed([bitext], Options("made", layout=layout), sheet_of(layout, "a4"))
    return [[at.block for at in page.blocks] for page in pages]


def counts(block: Block) -> Counter[float]:
    """How many lines of text each column has, by its place."""
    return Counter(c.x for stratum in block.strata for c in stratum for _ in c.owners)


def rows(block: Block) -> set[Element | None]:
    return {owner.parent for stratum in block.strata for c in stratum for owner in c.owners} - {DOCUMENT}


def remnants(pages: list[list[Block]], depth: float) -> Iterator[str]:
    """Rows that leave a line or two of a column on a page, or a lead-in, though little white would have saved that."""
    for number, (one, two) in enumerate(pairwise(pages), 1):
        head, rest, empty = one[-1], two[0], depth - sum(block.height for block in one)
        saved = head.above + depth_of(head.strata[-1]) + head.below
        above, under = counts(head), counts(rest)
        if rows(head) & rows(rest) and empty + saved < depth / 8:
            short = [x for x in above.keys() & under.keys() if min(above[x], under[x]) < REMNANT]
            yield from (f"page {number} divides {above[x]} and {under[x]}" for x in short)
        ends = [column.lines[-1].text for column in head.strata[-1] if column.lines]
        yield from (f"page {number} ends with {said}" for said in ends if said.rstrip().endswith((":", "：", "︰")))
    if len(pages) > 1 and sum(max(counts(block).values(), default=0) for block in pages[-1]) < REMNANT:
        yield "the last page has next to nothing on it"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_our_documents_leave_no_remnant(layout: str, sed6: Bitext, charter: Bitext) -> None:
    depth = sheet_of(layout, "a4").depth
    assert [each for bitext in (sed6, charter) for each in remnants(pages_of(bitext, layout), depth)] == []


@pytest.mark.parametrize("layout", ["side", "review"])
def test_real_documents_leave_no_remnant(layout: str) -> None:
    assert list(remnants(pages_of(real("tw_apa"), layout), sheet_of(layout, "a4").depth)) == []


def column(count: int) -> Column:
    return Column(0, tuple(Line((), 0, not at) for at in range(count)), (10.0,) * count, 0)


@pytest.mark.parametrize("mark", "—…")
def test_a_row_of_dashes_or_dots_stays_on_its_lines(mark: str, charter: Bitext) -> None:
    said = brief(charter)
    text = f"签字：{mark * 44}页"
    setter = setter_of(replace(said, parts=(Alone("a", "", "zh", ((Run(text, "zh"),),), ""), *said.parts)))
    for width in WIDTHS:
        lines = set_lines(setter.stretches((Run(text, "zh"),), setter.text), width, setter.tokeniser)
        assert max(line.width for line in lines) <= width + 0.02
        assert "".join(line.text for line in lines) == text
        assert {line.text.count(mark) % 2 for line in lines} == {0}


@pytest.mark.parametrize("seed", range(40))
def test_no_page_is_left_a_third_empty_where_a_division_could_fill_it(seed: int) -> None:
    chance = random.Random(seed)
    blocks = []
    for _ in range(60):
        if chance.random() < 0.2:
            blocks.append(Block(((column(1),),), above=12, below=4, keep=True))
        blocks.append(Block(((column(chance.randrange(1, 30)),),), above=5, below=6, again=(column(1),)))
    pages = paginate(blocks, 400)
    for page, following in pairwise(pages):
        empty = 400 - sum(at.block.height for at in page)
        assert empty <= 400 * max(GREATEST_GAP, 1 / 3) or _cannot(following, empty)


def _cannot(page: list[At], room: float) -> bool:
    """Whether what begins the next page could not have been divided into so much room."""
    *lead, body = (at.block for at in page[: next(at for at, b in enumerate(page) if not b.block.keep) + 1])
    left = room - sum(block.height for block in lead)
    return body.height > left and body.split(left) is None

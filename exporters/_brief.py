"""Bitext -> what a brief says, row by row, before any page is made; docx and pdf set the same brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from align.model import Bitext, Block, Lang, Segment, reading
from align.summary import Side, Summary, ranges, summarise
from align.units import Gaps, Group, Unit, gaps, units_of

Style = Literal["text", "title", "label", "mark"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one language in one style; a `mark` is ours, not the document's."""

    text: str
    lang: Lang
    style: Style = "text"


Paragraph = tuple[Run, ...]
Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A bilingual section heading; an empty side is one that is not held."""

    anchor: str
    level: int
    en: Cell
    zh: Cell
    outline: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item or a run of paragraphs, English beside Chinese."""

    anchor: str
    number: str
    en: Cell
    zh: Cell
    outline: str


@dataclass(frozen=True, slots=True)
class Note:
    """Says, in both languages, what the rows that follow lack."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Alone:
    """An item or a run of paragraphs of one language, set over the full width under a note."""

    anchor: str
    number: str
    lang: Lang
    cell: Cell
    outline: str


Part = Heading | Row | Note | Alone


@dataclass(frozen=True, slots=True)
class Brief:
    """`front` are the lines under the titles, `statement` the honest sentences, one per language."""

    title_en: str
    title_zh: str
    titles_note: tuple[str, str]
    zh_tag: str
    date: str
    front: tuple[tuple[str, str], ...]
    statement: tuple[str, str]
    parts: tuple[Part, ...]


OMITTED = {"en": "[not in the English text]", "zh": "〔中文文本无此句〕"}
MISSING = {"en": "[No English text is held.]", "zh": "〔未存有中文文本〕"}
TRUNCATED = {"en": " […] [the source text breaks off here]", "zh": "〔……来源文本到此中断〕"}
LANGUAGE = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}
STANDING = {
    "official": ("official text", "官方文本"),
    "reprint": ("reprint, not the official text", "转载，非官方文本"),
    "unknown": ("standing unknown", "文本性质不明"),
    "working": ("working translation, not official", "工作译文，非官方文本"),
    "machine": ("machine draft, not official", "机器译文，非官方文本"),
}


def brief(bitext: Bitext) -> Brief:
    """What a brief of this bitext says, on the cover and row by row."""
    summary = summarise(bitext)
    return Brief(
        title_en=bitext.meta.title("en"),
        title_zh=bitext.meta.title("zh"),
        titles_note=_titles_note(bitext),
        zh_tag=bitext.zh.tag,
        date=bitext.meta.date,
        front=tuple(_front(bitext)),
        statement=(_statement_en(summary), _statement_zh(summary)),
        parts=tuple(_parts(units_of(bitext), 1, gaps(bitext))),
    )


def _titles_note(bitext: Bitext) -> tuple[str, str]:
    origins = {title.origin for title in bitext.meta.titles}
    if "given" in origins:
        return "Title given by the editor; the source prints none.", "标题为编者所加，来源文本未载标题。"
    return "", ""


def _front(bitext: Bitext) -> Iterator[tuple[str, str]]:
    if bitext.meta.date:
        yield f"Date: {bitext.meta.date}", f"日期：{bitext.meta.date}"
    for witness in bitext.witnesses:
        en, zh = STANDING[witness.standing]
        said = ", ".join(filter(None, (witness.publisher, witness.url, witness.retrieved)))
        yield (
            f"Source: {witness.file} ({en})" + (f", {said}" if said else ""),
            f"来源：{witness.file}（{zh}）" + (f"，{said}" if said else ""),
        )
    for known in bitext.meta.known:
        said = ", ".join(filter(None, (known.publisher, known.date, known.url)))
        yield (
            f"Known to exist, not held: {known.title}" + (f" ({said})" if said else ""),
            f"已知存在而未存有：{known.title}" + (f"（{said}）" if said else ""),
        )


def _statement_en(summary: Summary) -> str:
    said = [
        f"{summary.en.items} items in English, {summary.zh.items} in Chinese, {summary.aligned} aligned."
        if summary.en.items or summary.zh.items
        else f"{summary.en.sentences} sentences in English, {summary.zh.sentences} in Chinese."
    ]
    for side in summary.sides:
        said += _side_en(side)
    if not set(summary.standings) & {"official"}:
        said.append("None of the sources is an official text.")
    return " ".join(said)


def _side_en(side: Side) -> Iterator[str]:
    name = LANGUAGE[side.lang][0]
    if side.missing:
        yield f"No {name} text is held for {_items_en(side.missing)} ({len(side.missing)})."
    if side.truncated:
        yield f"The {name} source breaks off in {_items_en(side.truncated)}."
    if side.missing_elsewhere:
        yield f"{side.missing_elsewhere} further passages have no {name}."
    if side.truncated_elsewhere:
        yield f"The {name} breaks off in {side.truncated_elsewhere} further places."
    if side.omitted:
        yield f"{side.omitted} sentences have no counterpart in the {name}."


def _items_en(numbers: tuple[str, ...]) -> str:
    return f"item{'s' if len(numbers) > 1 else ''} {ranges(numbers)}"


def _statement_zh(summary: Summary) -> str:
    said = [
        f"英文{summary.en.items}项，中文{summary.zh.items}项，已对齐{summary.aligned}项。"
        if summary.en.items or summary.zh.items
        else f"英文{summary.en.sentences}句，中文{summary.zh.sentences}句。"
    ]
    for side in summary.sides:
        said += _side_zh(side)
    if not set(summary.standings) & {"official"}:
        said.append("所据文本均非官方文本。")
    return "".join(said)


def _side_zh(side: Side) -> Iterator[str]:
    name = LANGUAGE[side.lang][1]
    if side.missing:
        yield f"{_items_zh(side.missing)}（共{len(side.missing)}项）未存有{name}文本。"
    if side.truncated:
        yield f"{_items_zh(side.truncated)}的{name}来源文本中断。"
    if side.missing_elsewhere:
        yield f"另有{side.missing_elsewhere}处无{name}文本。"
    if side.truncated_elsewhere:
        yield f"另有{side.truncated_elsewhere}处{name}文本中断。"
    if side.omitted:
        yield f"{side.omitted}句在{name}文本中无对应。"


def _items_zh(numbers: tuple[str, ...]) -> str:
    return f"第{ranges(numbers, '至', '、')}项"


def _parts(found: Iterable[Unit], level: int, holes: Gaps) -> Iterator[Part]:
    for lacking, run in groupby(found, key=_lacking):
        members = list(run)
        if lacking and len(members) > 1:
            yield _note(members, lacking)
            yield from (_alone(unit, holes) for unit in members)
            continue
        for unit in members:
            if unit.kind == "section":
                yield _heading(unit, level)
                yield from _parts(unit.inner, level + 1, holes)
            else:
                yield _row(unit, holes)


def _lacking(unit: Unit) -> Lang | None:
    """The language that a unit other than a section does not have."""
    if unit.kind == "section" or (unit.en and unit.zh):
        return None
    return "zh" if unit.en else "en"


def _note(members: list[Unit], lacking: Lang) -> Note:
    (en, zh), (other_en, other_zh) = LANGUAGE[lacking], LANGUAGE[_other(lacking)]
    numbers = tuple(unit.number for unit in members if unit.number)
    if not numbers:
        return Note(
            f"No {en} text is held for what follows; {other_en} only.",
            f"以下未存有{zh}文本，仅列{other_zh}。",
        )
    said = _items_en(numbers)
    return Note(
        f"{said[0].upper()}{said[1:]}: no {en} text is held; {other_en} only.",
        f"{_items_zh(numbers)}：未存有{zh}文本，仅列{other_zh}。",
    )


def _other(lang: Lang) -> Lang:
    return "zh" if lang == "en" else "en"


def _heading(unit: Unit, level: int) -> Heading:
    en, zh = (tuple(filter(None, (_title(block, lang) for block in side))) for side, lang in _langs(unit))
    outline = " ".join(run.text for cell in (en, zh) for paragraph in cell for run in paragraph)
    return Heading((unit.en or unit.zh)[0].id, level, en, zh, outline)


def _langs(unit: Unit) -> tuple[tuple[Group, Lang], tuple[Group, Lang]]:
    return (unit.en, "en"), (unit.zh, "zh")


def _row(unit: Unit, holes: Gaps) -> Row:
    en, zh = (_cell(side, lang, holes) or ((Run(MISSING[lang], lang, "mark"),),) for side, lang in _langs(unit))
    return Row((unit.en or unit.zh)[0].id, unit.number, en, zh, _outline(unit))


def _alone(unit: Unit, holes: Gaps) -> Alone:
    lang: Lang = "en" if unit.en else "zh"
    cell = _cell(unit.en or unit.zh, lang, holes)
    return Alone((unit.en or unit.zh)[0].id, unit.number, lang, cell, _outline(unit))


def _outline(unit: Unit) -> str:
    titles = [" ".join(reading(s) for s in side[0].heading) for side in unit.sides if side and side[0].number]
    return " ".join(filter(None, (unit.number, *titles)))


def _cell(group: Group, lang: Lang, holes: Gaps) -> Cell:
    """The paragraphs of one side; a run-in title opens the first paragraph of its item."""
    made: list[Paragraph] = []
    for block in group:
        title = _title(block, lang, labelled=block.kind != "item")
        paragraphs = [_sentences(block.segments, lang, holes)] if block.segments else []
        paragraphs += _cell(block.blocks, lang, holes)
        if title and paragraphs and (block.delimiter or block.kind in ("paragraph", "point")):
            paragraphs[0] = (*title, *_gap(lang), *paragraphs[0])
        elif title:
            paragraphs.insert(0, title)
        made += paragraphs
    return tuple(made)


def _title(block: Block, lang: Lang, labelled: bool = True) -> Paragraph:
    """Label, heading and delimiter as printed, readings in place."""
    style: Style = "title" if block.heading else "label"
    runs = [Run(reading(block.label).strip(), lang, style)] if block.label and labelled else []
    if block.label and labelled and block.heading and block.label.text[-1:].isspace():
        runs.append(Run(" ", lang, style))
    for at, segment in enumerate(block.heading):
        runs += [*(_gap(lang) if at else ()), *_sentence(segment, lang, "title")]
    if block.delimiter and block.heading:
        runs.append(Run(reading(block.delimiter).strip(), lang, "title"))
    return tuple(runs)


def _gap(lang: Lang) -> Paragraph:
    """What separates two sentences in running text."""
    return (Run(" ", lang),) if lang == "en" else ()


def _sentences(run: Iterable[Segment], lang: Lang, holes: Gaps) -> Paragraph:
    made: list[Run] = []
    for segment in run:
        made += _gap(lang) if made else ()
        made += [Run(OMITTED[lang], lang, "mark"), *_gap(lang)] * len(holes.before.get(segment.id, ()))
        made += _sentence(segment, lang, "text")
        made += [*_gap(lang), Run(OMITTED[lang], lang, "mark")] * len(holes.after.get(segment.id, ()))
    return tuple(made)


def _sentence(segment: Segment, lang: Lang, style: Style) -> Iterator[Run]:
    yield Run(reading(segment), lang, style)
    if segment.truncated:
        yield Run(TRUNCATED[lang], lang, "mark")

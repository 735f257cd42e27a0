"""Summary of a bitext -> our own sentences about it, in English and Chinese; a brief prints them as ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from align.model import Bitext, Document, Lang, reading
from align.summary import Side, Summary, ranges

Several = Mapping[str, int]
"""How many items have a number, where more than one has."""
MOST_NUMBERS = 3
NONE: Several = MappingProxyType({})
OMITTED = {"en": "[not in the English text]", "zh": "〔中文文本无此句〕"}
OMITTED_RUN = {"en": "[{} sentences not in the English text]", "zh": "〔中文文本无此{}句〕"}
MISSING = {"en": "[No English text is held.]", "zh": "〔未收录中文文本〕"}
TRUNCATED = {"en": " […] [the source text stops here]", "zh": "〔……来源文本到此为止〕"}
SUSPECT = {
    "en": "[The two texts of this number look like different texts.]",
    "zh": "〔此编号下两种文本的内容似不对应〕",
}
LANGUAGE = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}
FLAGS = {
    "missing": ("missing", "缺失"),
    "omitted": ("omitted", "漏译"),
    "truncated": ("truncated", "中断"),
    "crossing": ("crossing", "语序交叉"),
    "suspect": ("suspect", "可疑"),
    "doubtful": ("doubtful", "存疑"),
    "draft": ("draft", "草稿"),
    "confirmed": ("confirmed", "已确认"),
}
DIRECTION = {
    "en>zh": ("Chinese translated from the English", "中文译自英文"),
    "zh>en": ("English translated from the Chinese", "英文译自中文"),
    "parallel": ("Written in both languages", "中英文并行撰写"),
}
STANDING = {
    "official": ("official text", "官方文本"),
    "reprint": ("reprint, not the official text", "转载，非官方文本"),
    "unknown": ("standing unknown", "文本性质不明"),
    "working": ("working translation, not official", "工作译文，非官方文本"),
    "machine": ("machine draft, unreviewed, not official", "机器译文，未经审校，非官方文本"),
}
DRAFT = {
    "working": ("a working translation, not official", "工作译文，非官方文本"),
    "machine": ("a machine draft, unreviewed and not official", "机器译文，未经审校，非官方文本"),
}


def titles_note(bitext: Bitext) -> tuple[str, str]:
    """Whose titles they are, where the source does not print them as its heading."""
    printed = {reading(segment) for document in bitext.documents for segment in document.heading}
    if any(title.origin == "given" and title.text not in printed for title in bitext.meta.titles):
        return "Title given by the editor.", "标题为编者所加。"
    return "", ""


def front(bitext: Bitext, unused: Collection[str], tag: str) -> Iterator[tuple[str, str]]:
    """Date, sources, and texts that are known to exist: a line each, in both languages."""
    if bitext.meta.date:
        yield f"Date: {bitext.meta.date}", f"日期：{bitext.meta.date}"
    if bitext.meta.direction in DIRECTION:
        en, zh = DIRECTION[bitext.meta.direction]
        yield en, in_script(zh, tag)
    for witness in bitext.witnesses:
        en, zh = STANDING[witness.standing]
        en, zh = (f"{en}; not used", f"{zh}，未采用") if witness.file in unused else (en, zh)
        said = (witness.publisher, witness.url, witness.retrieved)
        label = in_script("来源", tag)
        yield (
            f"Source: {witness.file} ({en})" + "".join(f", {part}" for part in said if part),
            f"{label}：{witness.file}（{in_script(zh, tag)}）" + "".join(f"，{part}" for part in said if part),
        )
    for known in bitext.meta.known:
        parts = [part for part in (known.publisher, known.date, known.url) if part]
        label = in_script("已知存在但未收录", tag)
        yield (
            f"Known to exist, not held: {known.title}" + (f" ({', '.join(parts)})" if parts else ""),
            f"{label}：{known.title}" + (f"（{'，'.join(parts)}）" if parts else ""),
        )


SCRIPTS = {
    "zh-Hans": ("Simplified characters", "简体字"),
    "zh-Hant": ("Traditional characters", "繁体字"),
    "zh-Hant-TW": ("Traditional characters as used in Taiwan", "台湾通行的繁体字"),
    "zh-Hant-HK": ("Traditional characters as used in Hong Kong", "香港通行的繁体字"),
}


def converted(document: Document) -> tuple[str, str]:
    """That the Chinese is not in the script of its source and not official, in both languages; else nothing."""
    if document.conversion is None:
        return "", ""
    origin = document.conversion.origin
    (old, old_zh), (new, new_zh) = (SCRIPTS[tag] for tag in (origin, document.tag))
    if document.tag.startswith(origin):
        old, old_zh = "the Traditional characters of the source", "来源文本的繁体字"
    words = (", and to words used there", "，用词亦已改换") if document.conversion.vocabulary else ("", "")
    return (
        f"The Chinese was converted automatically from {old} to {new}{words[0]}; the converted text is not official.",
        f"中文由{old_zh}自动转换为{new_zh}{words[1]}，转换后的文本并非官方文本。",
    )


def statement_en(summary: Summary) -> str:
    """How much there is and what is not, in one honest paragraph."""
    en, zh = summary.sides
    several = summary.several
    said = [
        f"{_many(en.items, 'item')} in English, {zh.items} in Chinese, {summary.aligned} aligned."
        if en.items or zh.items
        else f"{_many(en.sentences, 'sentence')} in English, {zh.sentences} in Chinese."
    ]
    if summary.suspect:
        said.append(f"The two texts of {_items_en(summary.suspect, several)} look like different texts.")
    said += [line for side in summary.sides for line in (*_missing_en(side, several), *_drafted_en(side, several))]
    said += [line for side in summary.sides for line in _truncated_en(side, several)]
    if summary.left_out:
        said.append(f"Left out as no part of the text, and recorded: {_many(summary.left_out, 'piece')}.")
    said += filter(None, [_standing_said(summary.standings)[0]])
    return " ".join(said)


def _standing_said(standings: tuple[str, ...]) -> tuple[str, str]:
    """What is to be said where not all that is used is official, in both languages."""
    if set(standings) <= {"official"}:
        return "", ""
    if "official" in standings:
        return "Not every source is an official text.", "所据文本并非全为官方文本。"
    if "unknown" in standings:
        return "No source is recorded as official.", "来源均未注明为官方文本。"
    return "None of the sources is an official text.", "所据文本均非官方文本。"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _missing_en(side: Side, several: Several) -> Iterator[str]:
    name = LANGUAGE[side.lang][0]
    if side.missing:
        count = f" ({len(side.missing)} items)" if len(side.missing) > 2 else ""
        yield f"No {name} text is held for {_items_en(side.missing, several)}{count}."
    if side.missing_elsewhere:
        lack = "has" if side.missing_elsewhere == 1 else "have"
        yield f"{_many(side.missing_elsewhere, 'passage')} outside the items {lack} no {name}."
    if side.omitted:
        lack = "has" if side.omitted == 1 else "have"
        yield f"{_many(side.omitted, 'sentence')} {lack} no counterpart in the {name}."


def _drafted_en(side: Side, several: Several) -> Iterator[str]:
    """What is no text, though something stands there."""
    name, what = LANGUAGE[side.lang][0], " or ".join(DRAFT[standing][0] for standing in side.drafts)
    if side.drafted:
        count = f" ({len(side.drafted)} items)" if len(side.drafted) > 2 else ""
        yield f"No {name} text is held for {_items_en(side.drafted, several)}{count}; what stands there is {what}."
    if side.drafted_elsewhere:
        passages = _many(side.drafted_elsewhere, "passage")
        yield f"{passages} outside the items: no {name} text is held; what stands there is {what}."


def _truncated_en(side: Side, several: Several) -> Iterator[str]:
    if side.truncated:
        items = _items_en(side.truncated, several)
        yield f"The {LANGUAGE[side.lang][0]} source ends without a closing mark, and may be cut off, in {items}."


def _items_en(numbers: tuple[str, ...], several: Several = NONE) -> str:
    plain, parts = _told(numbers, several)
    said = [f"item{'s' if len(plain) > 1 else ''} {ranges(plain)}"] if plain else []
    if len(parts) > MOST_NUMBERS:
        said.append(f"{sum(parts.values())} items with numbers that others have too")
    else:
        said += [f"{count} of the {several[number]} items numbered {number}" for number, count in parts.items()]
    return " and ".join((", ".join(said[:-1]), said[-1])) if len(said) > 1 else said[0]


def _told(numbers: tuple[str, ...], several: Several) -> tuple[list[str], dict[str, int]]:
    """The numbers that say which items are meant, each once; and of those that others have too, how many."""
    counts = Counter(numbers)
    parts = {number: count for number, count in counts.items() if count < several.get(number, 0)}
    return [number for number in counts if number not in parts], parts


def statement_zh(summary: Summary) -> str:
    """The same in Chinese."""
    en, zh = summary.sides
    several = summary.several
    said = [
        f"英文{en.items}项，中文{zh.items}项，已对齐{summary.aligned}项。"
        if en.items or zh.items
        else f"英文{en.sentences}句，中文{zh.sentences}句。"
    ]
    if summary.suspect:
        said.append(f"{_items_zh(summary.suspect, several)}两种文本的内容似不对应。")
    said += [line for side in summary.sides for line in (*_missing_zh(side, several), *_drafted_zh(side, several))]
    said += [line for side in summary.sides for line in _truncated_zh(side, several)]
    if summary.left_out:
        said.append(f"非正文内容{summary.left_out}处已略去，并记录在案。")
    said += filter(None, [_standing_said(summary.standings)[1]])
    return "".join(said)


def _missing_zh(side: Side, several: Several) -> Iterator[str]:
    name = LANGUAGE[side.lang][1]
    if side.missing:
        count = f"（共{len(side.missing)}项）" if len(side.missing) > 2 else ""
        yield f"{_items_zh(side.missing, several)}{count}未收录{name}文本。"
    if side.missing_elsewhere:
        yield f"条目之外另有{side.missing_elsewhere}处无{name}文本。"
    if side.omitted:
        yield f"有{side.omitted}句在{name}文本中无对应内容。"


def _drafted_zh(side: Side, several: Several) -> Iterator[str]:
    name, what = LANGUAGE[side.lang][1], "或".join(DRAFT[standing][1] for standing in side.drafts)
    if side.drafted:
        count = f"（共{len(side.drafted)}项）" if len(side.drafted) > 2 else ""
        yield f"{_items_zh(side.drafted, several)}{count}未收录{name}文本，此处所列为{what}。"
    if side.drafted_elsewhere:
        yield f"条目之外另有{side.drafted_elsewhere}处未收录{name}文本，此处所列为{what}。"


def _truncated_zh(side: Side, several: Several) -> Iterator[str]:
    if side.truncated:
        yield f"{_items_zh(side.truncated, several)}的{LANGUAGE[side.lang][1]}来源文本没有句末标点，可能不完整。"


def _items_zh(numbers: tuple[str, ...], several: Several = NONE) -> str:
    plain, parts = _told(numbers, several)
    said = [f"第{ranges(plain, '至', '、')}项"] if plain else []
    if len(parts) > MOST_NUMBERS:
        said.append(f"编号与他项相同的{sum(parts.values())}项")
    else:
        said += [f"编号为{number}的{several[number]}项中的{count}项" for number, count in parts.items()]
    return "、".join(said)


def lacking_en(numbers: tuple[str, ...], lacking: Lang) -> str:
    """The note over a run of items, or of other passages, that have one language only."""
    name, other = LANGUAGE[lacking][0], LANGUAGE[_other(lacking)][0]
    if not numbers:
        return f"No {name} text is held for what follows; {other} only."
    said = _items_en(numbers)
    return f"{said[0].upper()}{said[1:]}: no {name} text is held; {other} only."


def lacking_zh(numbers: tuple[str, ...], lacking: Lang) -> str:
    """The same note in Chinese."""
    name, other = LANGUAGE[lacking][1], LANGUAGE[_other(lacking)][1]
    if not numbers:
        return f"以下未收录{name}文本，仅列{other}。"
    return f"{_items_zh(numbers)}：未收录{name}文本，仅列{other}。"


def absent(numbers: tuple[str, ...], lang: Lang) -> str:
    """What stands in an edition of one language for a run of passages that it does not have."""
    if lang == "en":
        said = _items_en(numbers) if numbers else "passages outside the items"
        return f"{said[0].upper()}{said[1:]}: no English text is held."
    return f"{_items_zh(numbers) if numbers else '此处另有条目之外的内容'}：未收录中文文本。"


def _other(lang: Lang) -> Lang:
    return "zh" if lang == "en" else "en"


def in_script(text: str, tag: str) -> str:
    """Our own Chinese, which is written in Simplified, in the script of the document."""
    return _traditional(text, "s2hk" if tag.endswith("HK") else "s2tw") if tag.startswith("zh-Hant") else text


@cache
def _traditional(text: str, conversion: str) -> str:
    from opencc import OpenCC

    return str(OpenCC(conversion).convert(text))

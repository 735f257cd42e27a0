"""A decisions.toml <-> the decisions in it: made for hands and for git, each fault with its line."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from align.decisions.find import fold
from align.decisions.model import Decision, Kind, Reference
from align.decisions.replacing import replaced
from align.errors import DataError
from align.sources.toml import UNWRITABLE, Table, parse_toml, read_toml, shown

KINDS: tuple[str, ...] = get_args(Kind)
KEYS = {"do", "en", "zh", "item", "parts", "use", "by", "on", "note"}
REFERENCE_KEYS = {"text", "item", "nth"}
HEAD = re.compile(r"\s*\[\[\s*decision\s*\]\]")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_DAY = "1900-01-01"
"""What is dated before was typed wrongly."""
MARK = "\ufeff"
LISTED = 'Write it as en = ["The whole sentence."].'
INTRODUCTION = """\
# What a person has decided of this document; `align export` obeys. A sentence is named by its printed text.
# What can be decided is in the README under "Put a wrong alignment right".
"""


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file in order. Raises DataError, with the line, for what is none."""
    return tuple(_decision(table) for table in read_toml(path, {"decision"}).tables("decision", KEYS))


def _decision(table: Table) -> Decision:
    if "do" not in table.said:
        raise _fault(table, "do", "the decision has no `do`.", f"Say what is decided, one of: {', '.join(KINDS)}.")
    kind = cast(Kind, table.one_of("do", KINDS, ""))
    item = _item(table, table.said.get("item", ""))
    made = Decision(
        kind,
        tuple(_references(table, "en", item)),
        tuple(_references(table, "zh", item)),
        tuple(_text(table, "parts", part) for part in _listed(table, "parts")),
        table.text("use"),
        table.text("by"),
        _day(table),
        table.text("note"),
        max(table.begins, 1),
    )
    _check(table, made)
    return made


def _day(table: Table) -> str:
    """The day of a decision, or nothing where it is not said; TOML's own dates and strings alike."""
    if "on" not in table.said:
        return ""
    value = table.said["on"]
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    try:
        is_day = bool(DAY.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        is_day = False
    if not is_day or text < FIRST_DAY:
        more = f", which is before {FIRST_DAY[:4]}" if is_day else ""
        raise table.fault("on", f"decision.on is {shown(value)}{more}.", "Give the whole day: 2014-07-14.")
    return text


def _check(table: Table, made: Decision) -> None:
    """Raise DataError where a decision lacks what its kind needs, or has what its kind does not know."""
    sides = [side for side in (made.en, made.zh) if side]
    for key, kind in (("parts", "cut"), ("use", "read")):
        if (key in table.said) != (made.kind == kind):
            said = "needs" if made.kind == kind else "has no"
            raise _fault(table, key, f"a decision with do = {shown(made.kind)} {said} `{key}`.", _remedy(made.kind))
    if made.kind == "link" and sides and not {"en", "zh"} <= table.said.keys():
        said = "a link names both sides; a side that is missing there is an empty list, such as zh = []."
        raise table.fault("do", said, _remedy("link"))
    alone = made.kind in ("cut", "read")
    whole = {"join": len(sides) == 1 and len(sides[0]) > 1, "note": bool(sides and made.note)}
    fits = whole.get(made.kind, len(sides) == 1 and len(sides[0]) == 1 if alone else bool(sides))
    empty = (made.kind == "cut" and not made.parts) or (made.kind == "read" and not made.use.strip())
    if not fits or empty or (made.kind == "no-item" and len(sides) != 1):
        raise table.fault("do", f"a decision with do = {shown(made.kind)} is not whole.", _remedy(made.kind))


def _fault(table: Table, key: str, said: str, remedy: str) -> DataError:
    """What is wrong with a key; one that is not there has the line on which its table begins."""
    if key in table.said:
        return table.fault(key, said, remedy)
    return DataError(f"{table.path}: line {max(table.begins, 1)}: {said}", remedy)


def _remedy(kind: Kind) -> str:
    """What a decision of a kind consists of."""
    return {
        "link": "Give en and zh, each a list of sentences, of which one may be empty.",
        "join": "Give en or zh, with two sentences or more.",
        "cut": "Give en or zh with one sentence, and parts, the sentences that it is.",
        "read": "Give en or zh with one sentence, and use, what is to be read.",
        "no-item": "Give en or zh, with the text that begins like an item.",
        "note": "Give en or zh or both, and a note.",
    }[kind]


def _listed(table: Table, key: str) -> list[object]:
    found = table.said.get(key, [])
    if isinstance(found, str | dict):
        return [found]
    if not isinstance(found, list):
        raise table.fault(key, f"{table.name}{key} is {shown(found)}.", LISTED)
    return found


def _text(table: Table, key: str, value: object) -> str:
    """A text that can be found: it holds more than white space."""
    if not isinstance(value, str) or not fold(value):
        raise table.fault(key, f"{table.name}{key} holds {shown(value)}, which is no text.", LISTED)
    if UNWRITABLE.search(value):
        raise table.fault(key, f"{table.name}{key} holds a control character.", "Remove it.")
    return value


def _references(table: Table, key: str, item: str) -> Iterator[Reference]:
    for said in _listed(table, key):
        held = said if isinstance(said, dict) else {"text": said}
        unknown = next((name for name in held if name not in REFERENCE_KEYS), None)
        if unknown is not None:
            raise table.fault(key, f"unknown key `{unknown}` in {table.name}{key}.", "Known here: item, nth, text.")
        nth = held.get("nth", 0)
        if isinstance(nth, bool) or not isinstance(nth, int) or (nth < 1 and "nth" in held):
            raise table.fault(key, f"nth is {shown(nth)}.", "Count from 1.")
        yield Reference(_text(table, key, held.get("text")), _item(table, held.get("item", item)), nth)


def _item(table: Table, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise table.fault("item", f"{table.name}item is {shown(value)}.", 'Give the number: item = "36".')
    return str(value)


def decisions_text(decisions: Iterable[Decision]) -> str:
    """The decisions as a file: the same text for the same decisions."""
    return "\n".join([INTRODUCTION, *map(_table, decisions)])


def _table(decision: Decision) -> str:
    held = (*decision.en, *decision.zh)
    shared = held[0].item if len({reference.item for reference in held}) == 1 else ""
    lines = ["[[decision]]", f"do = {_quoted(decision.kind)}"]
    lines += [f"item = {_quoted(shared)}"] if shared else []
    for name, side in (("en", decision.en), ("zh", decision.zh)):
        if side or decision.kind == "link":
            lines.append(f"{name} = {_array([_reference(each, shared) for each in side])}")
    lines += [f"parts = {_array(list(map(_quoted, decision.parts)))}"] if decision.parts else []
    lines += [f"use = {_quoted(decision.use)}"] if decision.kind == "read" else []
    lines += [f"by = {_quoted(decision.by)}"] if decision.by else []
    lines += [f"on = {decision.on}"] if decision.on else []
    lines += [f"note = {_quoted(decision.note)}"] if decision.note else []
    return "\n".join([*lines, ""])


def _reference(reference: Reference, shared: str) -> str:
    more = [f"item = {_quoted(reference.item)}"] if reference.item != shared else []
    more += [f"nth = {reference.nth}"] if reference.nth else []
    text = _quoted(reference.text)
    return f"{{ {', '.join([f'text = {text}', *more])} }}" if more else text


def _array(values: Sequence[str]) -> str:
    """A list, each value on a line of its own where there are several, so that a difference is one line."""
    if len(values) < 2:
        return f"[{''.join(values)}]"
    return "\n".join(["[", *(f"  {value}," for value in values), "]"])


def _quoted(text: str) -> str:
    """A basic string; what TOML cannot hold is left out."""
    return json.dumps(UNWRITABLE.sub("", text), ensure_ascii=False).replace("\x85", "\\u0085")


def without_notes(decisions: Sequence[Decision], places: Collection[int]) -> tuple[Decision, ...]:
    """The decisions, those in some places without their notes; one that is a note alone is none then."""
    kept = ((place, one) for place, one in enumerate(decisions) if one.kind != "note" or place not in places)
    return tuple(replace(one, note="") if place in places else one for place, one in kept)


def edited(
    text: str,
    new: Iterable[Decision],
    path: Path,
    noteless: Collection[int] = (),
    outdated: Collection[int] | None = None,
) -> str:
    """The text of a decisions file after new ones: what stays is left as it is written, comments and all.

    The decisions in the places that are `noteless` have lost their notes; those that are `outdated` give way, or
    without that the ones that name a sentence of a new one. `text` may be without the byte order mark of the file
    at `path` and with other line ends; what is made has those of the file.
    """
    raw = _raw(text, path)
    mark = raw[: raw.startswith(MARK)]
    end_of_line = "\r\n" if 2 * raw.count("\r\n") > raw.count("\n") else "\n"
    new = tuple(new)
    every = _read_text(text, path)
    if outdated is None:
        away = {id(one) for one, _ in replaced(every, new)}
        outdated = {place for place, one in enumerate(every) if id(one) in away}
    kept = [place for place in range(len(every)) if place not in outdated]
    old = without_notes([every[place] for place in kept], [n for n, place in enumerate(kept) if place in noteless])
    gone = {one.line for one in every} - {one.line for one in old}
    lines_of = {every[place].line for place in noteless}
    changed = {one.line: one for one in old if one.line in lines_of}
    lines = raw.removeprefix(MARK).splitlines(keepends=True)
    heads = [at for at, line in enumerate(lines) if HEAD.match(line)]
    for head, following in reversed(list(zip(heads, [*heads, len(lines)][1:], strict=True))):
        end = _end(lines, head, following)
        if head + 1 in gone:
            del lines[head : end + (end < following and not lines[end].strip())]
        elif head + 1 in changed:
            lines[head:end] = [_table(changed[head + 1]).replace("\n", end_of_line)]
    whole = "".join(lines).rstrip("\r\n")
    behind = "\n".join(["\n" if whole else INTRODUCTION, *map(_table, new)]).replace("\n", end_of_line)
    made = whole + behind
    expected = (*old, *new)
    try:
        same = [replace(d, line=0) for d in _read_text(made, path)] == [_clean(d) for d in expected]
    except DataError:
        same = False
    made = mark + (made if same else decisions_text(expected).replace("\n", end_of_line))
    return made if made != raw else text


def _raw(text: str, path: Path) -> str:
    """A text as its file has it, with its byte order mark and line ends; as it is where the file has another."""
    try:
        raw = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return text
    plain = raw.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")
    return raw if plain == text else text


def _end(lines: Sequence[str], head: int, following: int) -> int:
    """The line behind a decision; comments and blank lines before the next one are its own."""
    end = following
    while end > head + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _clean(decision: Decision) -> Decision:
    return replace(decision, line=0)


def _read_text(text: str, path: Path) -> tuple[Decision, ...]:
    """The decisions in a text, as if it stood in a file."""
    return tuple(_decision(table) for table in parse_toml(path, text, {"decision"}).tables("decision", KEYS))

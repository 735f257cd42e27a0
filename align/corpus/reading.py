"""The element tree of a corpus -> the Bitext it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from align.corpus.markup import FLAGS
from align.corpus.persons import EDITOR_POINTER
from align.corpus.tree import TEI, XML
from align.corpus.witnesses import read_meta, read_witnesses
from align.errors import DataError
from align.model import Bitext, Block, BlockKind, Document, Lang, Link, Mark, Reading, Ruling, Segment, Span, Verdict
from align.verdicts import NO_VERDICT, together

Element = etree._Element
Traces = dict[str, list[Span]]


def bitext(root: Element, name: str) -> Bitext:
    """The bitext of a corpus; raises DataError where the tree is not one of ours."""
    try:
        return _bitext(root)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise DataError(
            f"{name}: this is not a corpus that can be read ({type(error).__name__}: {error}).",
            f"Run `align validate {name}` for the place.",
        ) from error


def _bitext(root: Element) -> Bitext:
    witnesses, traces = read_witnesses(root)
    texts = {text.get(f"{XML}id"): text for text in root.iter(f"{TEI}text") if text.get(f"{XML}id")}
    names = {f"#{r.get(f'{XML}id')}": r.findtext(f"{TEI}name") or "" for r in root.iter(f"{TEI}respStmt")}
    read = _Reader(traces, _characters(root), names)
    en, zh = _document(texts["en"], "en", read), _document(texts["zh"], "zh", read)
    decisions = [note for note in root.iter(f"{TEI}note") if note.get("type") == "decision"]
    verdicts: dict[str, list[Verdict]] = {}
    for note in filter(_is_on_link, decisions):
        verdicts.setdefault(note.get("target") or "", []).append(_verdict(note, names))
    rulings = tuple(_ruling(note, names) for note in decisions if not _is_on_link(note))
    links = tuple(
        _link(link, together(verdicts.get(f"#{link.get(f'{XML}id')}", (NO_VERDICT,))))
        for link in root.iter(f"{TEI}link")
    )
    method = next((p.text or "" for p in root.iter(f"{TEI}p") if p.get("n") == "method"), "")
    return Bitext(read_meta(root), en, zh, witnesses, links, method, rulings)


def _link(link: Element, verdict: Verdict) -> Link:
    ids = [target.removeprefix("#") for target in (link.get("target") or "").split()]
    ana = {value.rpartition(".")[2] for value in (link.get("ana") or "").split()}
    return Link(
        tuple(i for i in ids if i.startswith("en.") and not i.endswith(".gap")),
        tuple(i for i in ids if i.startswith("zh.") and not i.endswith(".gap")),
        float(link.get("cert") or 1),
        "confirmed" if "confirmed" in ana else "auto",
        tuple(flag for flag in FLAGS if flag in ana),
        verdict,
    )


def _is_on_link(note: Element) -> bool:
    """Whether a decision is on a link that is there, not on sentences."""
    return (note.get("target") or "").startswith("#link.")


def _verdict(note: Element, names: dict[str, str]) -> Verdict:
    """What a person has said of a link or a sentence; the editor has no name."""
    resp = note.get("resp") or ""
    date = note.find(f"{TEI}date")
    day = "" if date is None else date.get("when") or ""
    said = (note.text or "") + "".join(child.tail or "" for child in note)
    is_remark = _is_on_link(note) and note.get("subtype") == "note"
    return Verdict("" if resp == EDITOR_POINTER else names[resp], day, said, is_remark)


def _ruling(note: Element, names: dict[str, str]) -> Ruling:
    """A decision on sentences, or one that was not applied."""
    ids = tuple(target.removeprefix("#") for target in (note.get("target") or "").split())
    unfit = note.find(f"{TEI}note")
    named = unfit.find(f"{TEI}quote") if unfit is not None else None
    verdict, kind = _verdict(note, names), note.get("subtype") or ""
    return (
        Ruling(kind, ids, verdict) if named is None else Ruling(kind, ids, verdict, named.text or "", named.tail or "")
    )


def _characters(root: Element) -> dict[str, str]:
    """What each declared character is read as, by pointer."""
    return {f"#{char.get(f'{XML}id')}": char.findtext(f"{TEI}mapping") or "" for char in root.iter(f"{TEI}char")}


def _document(text: Element, lang: Lang, read: _Reader) -> Document:
    body = text.find(f"{TEI}body")
    assert body is not None, f"the {lang} text has no body"
    blocks = tuple(read.blocks(body, ""))
    head = body.find(f"{TEI}head")
    heading = tuple(read.segments(head)) if head is not None else ()
    return Document(lang, text.get(f"{XML}lang") or lang, blocks, heading)


class _Reader:
    """Reads blocks and segments, handing each the spans of the trace that point to it."""

    def __init__(self, traces: Traces, characters: dict[str, str], names: dict[str, str]) -> None:
        self.traces = traces
        self.characters = characters
        self.names = names

    def blocks(self, parent: Element, witness: str) -> Iterator[Block]:
        for child in parent:
            kind = child.get("type")
            if child.tag == f"{TEI}div" and kind == "text":
                yield from self.blocks(child, witness)
            elif child.tag == f"{TEI}div" and not _is_placeholder(child):
                yield self._division(child, cast(BlockKind, kind))
            elif child.tag == f"{TEI}p" and not _is_placeholder(child):
                yield self._leaf(child, "paragraph", witness)
            elif child.tag == f"{TEI}list":
                yield from (self._leaf(point, "point", witness) for point in child)

    def _division(self, div: Element, kind: BlockKind) -> Block:
        witness = (div.get("source") or "").removeprefix("#")
        name = _id(div)
        head = div.find(f"{TEI}head")
        label = delimiter = None
        heading: tuple[Segment, ...] = ()
        if head is not None:
            label = self._mark(head.find(f"{TEI}label"), f"{name}.h")
            delimiter = self._mark(head.find(f"{TEI}pc"), name)
            heading = tuple(self.segments(head))
        inherited = witness if kind == "item" else ""
        inner = tuple(self.blocks(div, inherited))
        return Block(name, kind, div.get("n") or "", label, heading, delimiter, inner, (), witness)

    def _leaf(self, element: Element, kind: BlockKind, witness: str) -> Block:
        source = (element.get("source") or "").removeprefix("#") or witness
        mark = self._mark(element.find(f"{TEI}seg"), _id(element))
        segments = tuple(self.segments(element))
        return Block(_id(element), kind, element.get("n") or "", mark, segments=segments, witness=source)

    def segments(self, parent: Element) -> Iterator[Segment]:
        for s in parent.iterfind(f"{TEI}s"):
            text, readings = self._printed(s)
            yield Segment(_id(s), text, readings, self._spans(_id(s), text), s.get("part") == "I")

    def _mark(self, element: Element | None, target: str) -> Mark | None:
        if element is None:
            return None
        text, readings = self._printed(element)
        return Mark(text, readings, self._spans(target, text))

    def _printed(self, element: Element) -> tuple[str, tuple[Reading, ...]]:
        """What is printed, and the readings beside it."""
        parts, readings = [element.text or ""], []
        for child in element:
            if child.tag in (f"{TEI}choice", f"{TEI}g"):
                start = sum(map(len, parts))
                printed, read, by = self._change(child)
                parts.append(printed)
                readings.append(Reading(start, start + len(printed), read, by))
            parts.append(child.tail or "")
        return "".join(parts), tuple(readings)

    def _change(self, element: Element) -> tuple[str, str, str]:
        """What a `g` or a `choice` says is printed, what is read, and who says so."""
        if element.tag == f"{TEI}g":
            printed = element.text or ""
            return printed, self.characters.get(element.get("ref") or "", ""), ""
        corr = element.find(f"{TEI}corr")
        if corr is None:
            return element.findtext(f"{TEI}orig") or "", element.findtext(f"{TEI}reg") or "", ""
        return element.findtext(f"{TEI}sic") or "", corr.text or "", self.names[corr.get("resp") or ""]

    def _spans(self, target: str, text: str) -> tuple[Span, ...]:
        """The spans behind a text; kept ones take their characters from it."""
        found, at = [], 0
        for span in self.traces.get(target, ()):
            size = span.end - span.start if span.kind == "kept" else len(span.becomes)
            printed = text[at : at + size] if span.kind == "kept" else span.text
            found.append(Span(span.witness, span.start, span.end, span.kind, printed, span.how))
            at += size
        return tuple(found)


def _is_placeholder(element: Element) -> bool:
    """Whether a block only says that there is none: it answers a block and holds gaps alone."""
    return element.find(f".//{TEI}s") is None and element.find(f".//{TEI}gap") is not None


def _id(element: Element) -> str:
    name = element.get(f"{XML}id")
    if not name:
        raise ValueError(f"line {element.sourceline}: {etree.QName(element).localname} has no xml:id")
    return name

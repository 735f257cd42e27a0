"""A draft of a document's tree -> the Document: labels, titles, ids, and what is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from align.characters import ENDED, HAN_CHAR
from align.model import Block, BlockKind, Document, Lang, Line, Mark, Segment, Span
from align.numbering import Label
from align.provenance import compose, cut, offset, piece
from align.structure.truncation import flag_truncated

RUN_IN = re.compile(r"(?P<title>[^:：。！？；\n]{2,120}?)(?P<colon>\s*[:：]\s*)(?=[^\s“\"「『]|$)")
LONGEST_TITLE = {"en": 16, "zh": 32}


@dataclass(slots=True)
class Draft:
    """A block while the tree grows: the lines of its own text and what stands inside it."""

    kind: BlockKind
    lines: Sequence[Line] = ()
    label: Label | None = None
    level: int = 0
    inner: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a draft behind its label, and the label as printed."""

    text: str
    spans: tuple[Span, ...]
    label: Mark | None


def build(root: Draft, title: Sequence[Line], lang: Lang, tag: str) -> Document:
    """The finished tree; ids follow numbers where there are any, and the order where not."""
    run_in = _titles_run_in(root, lang)
    builder = _Builder(lang, run_in, not run_in and _titles_on_lines(root))
    blocks = builder.blocks(root.inner)
    text, spans = compose(title, lang)
    heading = (Segment(f"{lang}.h.s1", text, spans=spans),) if text else ()
    return Document(lang, tag, flag_truncated(blocks), heading)


def _titles_run_in(root: Draft, lang: Lang) -> bool:
    """Whether the items of this document open with `Title: `; a colon here and there does not say so."""
    found = [draft for draft in _drafts(root) if draft.kind == "item"]
    if not found or any(draft.label and draft.label.style == "article" for draft in found):
        return False
    titled = sum(_run_in(_text(draft, lang).text, draft, lang) is not None for draft in found)
    return titled * 2 >= len(found)


def _titles_on_lines(root: Draft) -> bool:
    """Whether the items of this document open with a short line of title that stands above wrapped text."""
    found = [draft for draft in _drafts(root) if draft.kind == "item" and len(draft.lines) > 1]
    titled = sum(_has_title_line(draft) for draft in found)
    return len(found) > 1 and titled * 3 >= len(found) * 2


def _has_title_line(draft: Draft) -> bool:
    """The first line is much shorter than the rest is wide, has no stop, and a capital follows it."""
    first, *rest = (line.text.strip() for line in draft.lines)
    width = max(map(len, rest), default=0)
    return len(first) < 0.7 * width and not ENDED.search(first) and rest[0][:1].isupper()


def _drafts(draft: Draft) -> Iterator[Draft]:
    yield draft
    for inner in draft.inner:
        yield from _drafts(inner)


def _run_in(text: str, draft: Draft, lang: Lang) -> re.Match[str] | None:
    """The title that opens an item's text; what leads to points, with nothing behind its colon, is none."""
    match = RUN_IN.match(text)
    if not match or (match.end() == len(text.rstrip()) and any(inner.kind == "point" for inner in draft.inner[:1])):
        return None
    size = len(match["title"].split()) if lang == "en" else len(match["title"])
    return match if size <= LONGEST_TITLE[lang] else None


def _text(draft: Draft, lang: Lang) -> _Text:
    """The composed text of a draft, cut behind its label."""
    text, spans = compose(draft.lines, lang)
    end = offset(spans, draft.lines[0].start + draft.label.end) if draft.label else 0
    if not text[end:].strip() and (draft.kind == "section" or not draft.inner):
        end = 0  # a label that is all there is: it is the text
    body = end + len(text[end:]) - len(text[end:].lstrip())
    label = piece(text, spans, 0, body) if end else None
    return _Text(text[body:], cut(text, spans, body, len(text)), label)


@dataclass(slots=True)
class _Builder:
    """Counts sections and paragraphs and the uses of every number, so that ids are unique and stable."""

    lang: Lang
    run_in: bool
    on_lines: bool
    sections: int = 0
    paragraphs: int = 0
    used: set[str] = field(default_factory=set)

    def blocks(self, drafts: Sequence[Draft]) -> tuple[Block, ...]:
        return tuple(self._block(draft) for draft in drafts)

    def _block(self, draft: Draft) -> Block:
        if draft.kind == "section":
            return self._section(draft)
        if draft.kind == "item":
            return self._item(draft)
        self.paragraphs += 1
        name = f"{self.lang}.p{self.paragraphs}"
        return _paragraph(draft, name, self.lang, _Counter(name))

    def _section(self, draft: Draft) -> Block:
        self.sections += 1
        name = f"{self.lang}.s{self.sections}"
        own = _text(draft, self.lang)
        heading = (Segment(f"{name}.h.s1", own.text, spans=own.spans),) if own.text else ()
        number = draft.label.number if draft.label else ""
        inner = self.blocks(draft.inner)
        return Block(name, "section", number, own.label, heading, None, inner, witness=_witness(draft))

    def _item(self, draft: Draft) -> Block:
        number = draft.label.number if draft.label else ""
        name = self._item_id(number)
        own = _text(draft, self.lang)
        title_end, body = self._split(own, draft)
        heading = own.text[:title_end]
        count = _Counter(name)
        inner = []
        start = body + len(own.text[body:]) - len(own.text[body:].lstrip())
        if own.text[start:]:
            first = Segment(count.segment(), own.text[start:], spans=cut(own.text, own.spans, start, len(own.text)))
            inner.append(Block(count.paragraph(), "paragraph", segments=(first,), witness=_witness(draft)))
        inner += [_paragraph(child, count.paragraph(), self.lang, count) for child in draft.inner]
        return Block(
            name,
            "item",
            number,
            own.label,
            (Segment(f"{name}.h.s1", heading, spans=cut(own.text, own.spans, 0, title_end)),) if heading else (),
            piece(own.text, own.spans, title_end, body, "delimiter") if body > title_end else None,
            tuple(inner),
            witness=_witness(draft),
        )

    def _item_id(self, number: str) -> str:
        """The number, with `-2` and so on for one that is used again or would be another id."""
        name, again = f"{self.lang}.{number}", 1
        while name in self.used:
            again += 1
            name = f"{self.lang}.{number}-{again}"
        self.used |= {name, f"{name}.h"}
        return name

    def _split(self, own: _Text, draft: Draft) -> tuple[int, int]:
        """Where an item's title ends and its text begins."""
        match = _run_in(own.text, draft, self.lang) if self.run_in else None
        if match:
            return match.end("title"), match.end("colon")
        if self.on_lines and len(draft.lines) > 1 and _has_title_line(draft):
            end = len(draft.lines[0].text.rstrip()) + draft.lines[0].start
            title = offset(own.spans, end)
            return title, title
        whole = len(own.text)
        headed = any(line.hint.startswith("heading-") for line in draft.lines[:1])
        return (whole, whole) if headed or self._is_title_line(own.text, draft) else (0, 0)

    def _is_title_line(self, text: str, draft: Draft) -> bool:
        """A short first line without a stop, when paragraphs follow it."""
        short = len(HAN_CHAR.findall(text)) <= 30 if self.lang == "zh" else len(text.split()) <= 12
        followed = bool(draft.inner) and draft.inner[0].kind == "paragraph"
        return bool(text) and short and followed and not text.endswith((".", "。", ";", "；", ":", "：", ",", "，"))


@dataclass(slots=True)
class _Counter:
    """Numbers the paragraphs and segments inside one block."""

    name: str
    segments: int = 0
    paragraphs: int = 0

    def segment(self) -> str:
        self.segments += 1
        return f"{self.name}.s{self.segments}"

    def paragraph(self) -> str:
        self.paragraphs += 1
        return f"{self.name}.p{self.paragraphs}"


def _paragraph(draft: Draft, name: str, lang: Lang, count: _Counter) -> Block:
    own = _text(draft, lang)
    segments = (Segment(count.segment(), own.text, spans=own.spans),) if own.text else ()
    number = draft.label.number if draft.label else ""
    return Block(name, draft.kind, number, own.label, segments=segments, witness=_witness(draft))


def _witness(draft: Draft) -> str:
    return draft.lines[0].witness if draft.lines else ""

"""Documents and links -> the two texts, the links and the trace of a TEI corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from align.corpus.markup import GAP_FLAGS, STATUS_FLAGS, escape, open_tag, tag, with_readings
from align.corpus.persons import persons
from align.drafts import drafted, mark
from align.model import Bitext, Block, Document, Lang, Link, Ruling, Segment, Span, Verdict, segments, walk
from align.provenance import trace
from align.units import Group, Unit, flatten, gaps, groups, own_segments, partners, units


def group(bitext: Bitext, plan: GapPlan) -> Iterator[str]:
    """The lines of `text`, English then Chinese; gaps stand where counterparts are missing."""
    yield "  <text>"
    yield "    <group>"
    for document in bitext.documents:
        yield from TextWriter(document, plan).lines()
    yield "    </group>"
    yield "  </text>"


def stand_off(bitext: Bitext, plan: GapPlan) -> Iterator[str]:
    """The lines of `standOff`: one link per bead, one trace per witness."""
    yield "  <standOff>"
    yield '    <linkGrp type="alignment" targFunc="en zh" domains="#en #zh">'
    yield from ("      " + _link(link, plan) for link in bitext.links)
    yield "    </linkGrp>"
    noted = [link for link in bitext.links if link.verdict != Verdict()]
    if noted or bitext.rulings:
        yield '    <listAnnotation type="decisions">'
        yield from ("      " + _note(link, entry, plan) for link in noted for entry in link.verdict.entries)
        yield from ("      " + _ruling(ruling, plan) for ruling in bitext.rulings)
        yield "    </listAnnotation>"
    for witness in bitext.witnesses:
        yield f'    <spanGrp type="trace" corresp="#{witness.id}">'
        yield from ("      " + _span(span, target) for span, target in trace(bitext, witness))
        yield "    </spanGrp>"
    yield "  </standOff>"


def _link(link: Link, plan: GapPlan) -> str:
    targets = [*link.en, *link.zh] if link.en and link.zh else [*link.en, *plan.name(link), *link.zh]
    gap = next((flag for flag in GAP_FLAGS if flag in link.flags), "")
    bead = gap or ("1-1" if len(link.en) == len(link.zh) == 1 else "n-m")
    ana = [f"#bead.{bead}", f"#status.{link.status}"]
    ana += [f"#status.{flag}" for flag in STATUS_FLAGS if flag in link.flags]
    return tag(
        "link",
        xml_id=plan.link_id(link) if link.verdict != Verdict() else "",
        target=" ".join(f"#{target}" for target in targets),
        ana=" ".join(ana),
        cert=f"{link.confidence:.4f}".rstrip("0").rstrip("."),
        resp="#aligner" if link.status == "auto" else " ".join(_confirmers(link, plan)),
    )


def _confirmers(link: Link, plan: GapPlan) -> Iterator[str]:
    """Pointers to those who have confirmed a link, each once."""
    yield from dict.fromkeys(plan.persons[entry.by] for entry in link.verdict.confirming)


def _note(link: Link, said: Verdict, plan: GapPlan) -> str:
    """What one person has said of a link, and when; of a link that others have confirmed, whether it is a remark."""
    target, kind = f"#{plan.link_id(link)}", "note" if said.is_remark else ""
    return tag("note", _said(said), type="decision", subtype=kind, target=target, resp=plan.persons[said.by])


def _ruling(ruling: Ruling, plan: GapPlan) -> str:
    """Who has decided something of sentences, when, and why; and whether it was not applied."""
    target = " ".join(f"#{name}" for name in ruling.ids)
    said, resp = _said(ruling.verdict), plan.persons[ruling.verdict.by]
    if ruling.unfit:
        said += tag("note", tag("quote", escape(ruling.names)) + escape(ruling.unfit), type="not-applied")
    return tag("note", said, type="decision", subtype=ruling.kind, target=target, resp=resp)


def _said(verdict: Verdict) -> str:
    return (tag("date", when=verdict.on) if verdict.on else "") + escape(verdict.note)


def _span(span: Span, target: str) -> str:
    return tag(
        "span",
        None if span.kind == "kept" else escape(span.text),
        n=f"{span.start}-{span.end}",
        type=span.kind,
        subtype=span.how,
        target=f"#{target}" if target else "",
    )


class GapPlan:
    """The id of every gap, and which segment or placeholder it stands by."""

    def __init__(self, bitext: Bitext) -> None:
        self.partners = partners(bitext)
        self.units = units(bitext.en, bitext.zh, self.partners)
        self.gaps = gaps(bitext)
        self.corresp = {zh: en for en, zh in self.partners.items()}
        self.missing = {(link.en or link.zh)[0]: link for link in bitext.links if "missing" in link.flags}
        self.drafted = drafted(bitext)
        self.tag = bitext.zh.tag
        self.persons = persons(bitext)
        self._used = {part.id for d in bitext.documents for part in _parts(d)}
        self._names = {link: self._gap(link) for link in bitext.links if not (link.en and link.zh)}

    def name(self, link: Link) -> tuple[str, ...]:
        """The id of a link's gap, if it has one."""
        return (self._names[link],)

    def link_id(self, link: Link) -> str:
        """The id of a link that something is said of."""
        return f"link.{(link.en or link.zh)[0]}"

    def placeholder(self, block: Block, lang: Lang) -> str:
        """The id of what stands on the other side for a block that is missing there."""
        name = f"{lang}.{block.id.partition('.')[2]}"
        while name in self._used:
            name += "-gap"
        return name

    def _gap(self, link: Link) -> str:
        lang, first = ("zh", link.en[0]) if link.en else ("en", link.zh[0])
        return f"{lang}.{first.partition('.')[2]}.gap"


def _parts(document: Document) -> Iterator[Block | Segment]:
    yield from walk(document.blocks)
    yield from segments(document)


class TextWriter:
    """One language's text in its own printed order, with placeholders for what it lacks."""

    def __init__(self, document: Document, plan: GapPlan) -> None:
        self.document = document
        self.lang: Lang = document.id
        self.plan = plan
        self.side = 0 if self.lang == "en" else 1
        self.unit = {block.id: unit for unit in flatten(plan.units) for block in unit.sides[self.side]}

    def lines(self) -> Iterator[str]:
        yield f'      <text xml:id="{self.lang}" xml:lang="{self.document.tag}">'
        yield "        <body>"
        indent = " " * 10
        heading = self.document.heading
        absent = self.plan.missing.get(f"{'zh' if self.lang == 'en' else 'en'}.h.s1")
        if heading:
            yield indent + tag("head", self._sentences(heading), xml_id=f"{self.lang}.h")
        elif absent:
            yield indent + tag("head", self._gap(absent, "missing", "heading"), xml_id=f"{self.lang}.h")
        yield from self._content(self.document.blocks, self.plan.units, indent)
        yield "        </body>"
        yield "      </text>"

    def _content(self, blocks: Sequence[Block], found: Sequence[Unit], indent: str) -> Iterator[str]:
        """Own blocks in printed order; what is missing follows what it follows on the other side."""
        own = groups(blocks)
        first = {g[0].id for g in own}
        absent: dict[str, list[Unit]] = {}
        after = ""
        for unit in found:
            side = unit.sides[self.side]
            if side and side[0].id in first:
                after = side[0].id
            elif not side:
                absent.setdefault(after, []).append(unit)
        after_division = False
        for group_id, members in [("", ()), *((g[0].id, g) for g in own)]:
            if members:
                yield from self._group(members, indent, after_division)
                after_division |= members[0].kind in ("section", "item")
            for unit in absent.get(group_id, ()):
                lines = self._placeholder(unit, indent, after_division)
                yield from lines
                after_division |= bool(lines) and unit.kind in ("section", "item")

    def _group(self, members: Group, indent: str, after_division: bool) -> Iterator[str]:
        if members[0].kind in ("section", "item"):
            yield from self._division(members[0], indent)
        elif after_division:
            yield f'{indent}<div type="text">'
            yield from self._paragraphs(members, indent + "  ", "")
            yield f"{indent}</div>"
        else:
            yield from self._paragraphs(members, indent, "")

    def _division(self, block: Block, indent: str) -> Iterator[str]:
        partner = self.plan.corresp.get(block.id, "") if self.lang == "zh" else ""
        yield indent + open_tag(
            "div",
            xml_id=block.id,
            type=block.kind,
            n=block.number,
            corresp=f"#{partner}" if partner else "",
            source=f"#{block.witness}" if block.witness else "",
            resp=self._draft(block),
        )
        if said := self._said(block):
            yield f"{indent}  {said}"
        unit = self.unit[block.id]
        if block.label or block.heading:
            yield f"{indent}  " + tag("head", self._head(block), xml_id=f"{block.id}.h")
        if block.kind == "section":
            yield from self._content(block.blocks, unit.inner, indent + "  ")
        else:
            yield from self._paragraphs(block.blocks, indent + "  ", block.witness)
        yield f"{indent}</div>"

    def _head(self, block: Block) -> str:
        label = tag("label", with_readings(block.label)) if block.label else ""
        pc = tag("pc", with_readings(block.delimiter)) if block.delimiter else ""
        return label + self._sentences(block.heading) + pc

    def _paragraphs(self, blocks: Sequence[Block], indent: str, witness: str) -> Iterator[str]:
        for kind, run in groupby(blocks, key=lambda block: block.kind):
            if kind == "point":
                yield f"{indent}<list>"
                yield from (f"{indent}  {self._element('item', point, witness)}" for point in run)
                yield f"{indent}</list>"
            else:
                yield from (indent + self._element("p", block, witness) for block in run)

    def _element(self, name: str, block: Block, witness: str) -> str:
        source = f"#{block.witness}" if block.witness != witness else ""
        label = tag("seg", with_readings(block.label), type="label") if block.label else ""
        resp, said = (self._draft(block), self._said(block)) if source else ("", "")
        held = said + label + self._sentences(block.segments)
        return tag(name, held, xml_id=block.id, n=block.number, source=source, resp=resp)

    def _draft(self, block: Block) -> str:
        """Whose draft the block is, if it is one."""
        return f"#draft.{block.witness}" if block.id in self.plan.drafted else ""

    def _said(self, block: Block) -> str:
        """What a draft says of itself."""
        standing = self.plan.drafted.get(block.id, "")
        return tag("note", mark(standing, self.plan.tag), type="draft") if standing else ""

    def _sentences(self, run: Sequence[Segment]) -> str:
        between = " " if self.lang == "en" else ""
        return between.join(self._sentence(segment) for segment in run)

    def _sentence(self, segment: Segment) -> str:
        before, after = (
            "".join(self._gap(link, "omitted", "sentence") for link in place.get(segment.id, ()))
            for place in (self.plan.gaps.before, self.plan.gaps.after)
        )
        cut = tag("gap", reason="truncated") if segment.truncated else ""
        part = "I" if segment.truncated else ""
        return before + tag("s", with_readings(segment, self.plan.persons) + cut, xml_id=segment.id, part=part) + after

    def _gap(self, link: Link, reason: str, unit: str) -> str:
        quantity = str(len(link.en) + len(link.zh)) if reason == "omitted" else "1"
        return tag("gap", xml_id=self.plan.name(link)[0], reason=reason, unit=unit, quantity=quantity)

    def _placeholder(self, unit: Unit, indent: str, after_division: bool) -> list[str]:
        """Stands for a unit that this language lacks: the same kind of block, holding gaps; nothing without any."""
        lines = list(self._lacking(unit, indent, after_division))
        return lines if any("<gap" in line for line in lines) else []

    def _lacking(self, unit: Unit, indent: str, after_division: bool) -> Iterator[str]:
        other = unit.sides[1 - self.side]
        links = [self.plan.missing[s] for s in own_segments(other) if s in self.plan.missing]
        kind = "heading" if unit.kind == "section" else unit.kind
        gaps = "".join(self._gap(link, "missing", kind) for link in links)
        name = self.plan.placeholder(other[0], self.lang)
        if unit.kind == "section":
            yield indent + open_tag("div", xml_id=name, type="section", corresp=f"#{other[0].id}")
            yield f"{indent}  " + tag("head", gaps, xml_id=f"{name}.h")
            yield from self._content((), unit.inner, indent + "  ")
            yield f"{indent}</div>"
        elif unit.kind == "item":
            yield indent + open_tag("div", xml_id=name, type="item", n=other[0].number, corresp=f"#{other[0].id}")
            yield f"{indent}  " + gaps
            yield f"{indent}</div>"
        else:
            line = tag("p", gaps, xml_id=name)
            yield indent + (tag("div", line, type="text") if after_division else line)

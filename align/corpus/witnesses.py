"""The header and the traces of a corpus -> what is said of the bitext, and its witnesses."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, cast

from lxml import etree

from align.corpus.header import DETAILS, RESP
from align.corpus.tree import TEI, XML
from align.model import Known, Lang, Meta, Span, SpanKind, Title, Undecodable, Witness

Element = etree._Element


def read_meta(root: Element) -> Meta:
    """Name, titles, date, direction and the texts that are not held."""
    origins = {resp: origin for origin, resp in RESP.items()}
    titles = tuple(
        Title(_lang(t), t.text or "", cast(Literal["given", "printed", "name"], origins[t.get("resp") or ""]))
        for t in root.iterfind(f".//{TEI}titleStmt/{TEI}title")
    )
    name = _text(root, f".//{TEI}publicationStmt/{TEI}idno")
    date = root.find(f".//{TEI}publicationStmt/{TEI}date")
    return Meta(
        name,
        () if [t.origin for t in titles] == ["name"] and titles[0].text == name else titles,
        (date.get("when") or "") if date is not None else "",
        _text(root, f".//{TEI}notesStmt/{TEI}note"),
        tuple(_known(bibl) for bibl in root.iterfind(f".//{TEI}listBibl/{TEI}bibl")),
    )


def _known(bibl: Element) -> Known:
    title = bibl.find(f"{TEI}title")
    assert title is not None
    publisher, date, url = (_text(bibl, f"{TEI}{name}") for name in ("publisher", "date", "idno"))
    return Known(_lang(title), title.text or "", publisher, date, url)


def _lang(element: Element) -> Lang:
    return "zh" if (element.get(f"{XML}lang") or "").startswith("zh") else "en"


def _text(parent: Element, path: str) -> str:
    return parent.findtext(path) or ""


def read_witnesses(root: Element) -> tuple[tuple[Witness, ...], dict[str, list[Span]]]:
    """The witnesses with their records, and the spans by the id they went to."""
    targets: dict[str, list[Span]] = defaultdict(list)
    records: dict[str, list[Span]] = defaultdict(list)
    for group in root.iter(f"{TEI}spanGrp"):
        witness = (group.get("corresp") or "").removeprefix("#")
        for element in group:
            span = _span(element, witness)
            target = (element.get("target") or "").removeprefix("#")
            (targets[target] if target else records[witness]).append(span)
    found = root.iter(f"{TEI}witness")
    return tuple(_witness(w, w.get(f"{XML}id") or "", records) for w in found), targets


def _span(element: Element, witness: str) -> Span:
    start, _, end = (element.get("n") or "").partition("-")
    kind = cast(SpanKind, element.get("type"))
    return Span(witness, int(start), int(end), kind, _characters(element), element.get("subtype") or "")


def _characters(element: Element) -> str:
    """The text of a span, with the characters that XML cannot hold."""
    parts = [element.text or ""]
    for gap in element:
        parts += [chr(int((gap.get("n") or "")[2:], 16)), gap.tail or ""]
    return "".join(parts)


def _witness(element: Element, name: str, records: dict[str, list[Span]]) -> Witness:
    idno = {child.get("type"): child.text or "" for child in element.iterfind(f"{TEI}idno")}
    note = {child.get("type"): child.text or "" for child in element.iterfind(f"{TEI}note")}
    bad = (child for child in element.iterfind(f"{TEI}note") if child.get("type") == "undecodable")
    said = {name: note.get(name, "") for name in DETAILS}
    return Witness(
        name,
        idno["filename"],
        idno["sha256"],
        note["encoding"],
        note["byte-order-mark"] == "yes",
        tuple(Undecodable(int(child.get("n") or 0), child.text or "") for child in bad),
        tuple(note["languages"].split()),
        (element.get("ana") or "").removeprefix("#standing."),
        idno.get("url", ""),
        record=tuple(records[name]),
        **said,
    )

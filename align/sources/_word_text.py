"""A Word paragraph -> the lines it shows, and what it holds but does not show, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from align.sources._shown import NoteMark, Shown
from align.sources._word_styles import Styles, W, switch, value
from align.sources.parts import Element, elements, local

SKIPPED = frozenset(
    "pPr rPr sdtPr sdtEndPr tblPr instrText delInstrText fldData ffData footnoteRef endnoteRef annotationRef "
    "separator continuationSeparator rubyPr smartTagPr customXmlPr commentReference".split()
)
CHARACTERS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "br": "\n", "cr": "\n"}
REASONS = {"del": "deleted", "moveFrom": "deleted", "delText": "deleted", "rt": "ruby"}
"""Elements whose text is held and not part of the text."""
CONTENTS = re.compile(r"\s*\\?(?:TOC|TOA)\b", re.I)
SYMBOL = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | dict(
    zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)
)
SIGNS = {
    "symbol": SYMBOL | dict(zip((0xA3, 0xB3, 0xB4, 0xB7, 0xB1, 0xB0, 0xAE, 0xB9, 0xD7), "≤≥×•±°→≠·", strict=True)),
    "wingdings": dict(
        zip(
            (0x6C, 0x6E, 0x6F, 0x71, 0x76, 0xA7, 0xA8, 0xD8, 0xE0, 0xFB, 0xFC, 0xFD, 0xFE), "●■□❑❖▪□➢→✗✓☒☑", strict=True
        )
    ),
}
"""Characters of symbol fonts that have a place in Unicode; the others keep their code."""


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction, and whether its result has."""

    instruction: str = ""
    in_result: bool = False


class Text:
    """Reads paragraphs in order; a field may begin in one and end in another."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._whole = _whole_fields(root)
        self._fields: list[_Field | None] = []

    def read(self, parent: Element, shown: Shown, reason: str = "") -> None:
        """Add what an element shows to `shown`."""
        for child in elements(parent):
            self._element(child, shown, reason)

    def _element(self, element: Element, shown: Shown, reason: str) -> None:
        name = local(element)
        reason = reason or REASONS.get(name, "")
        if name == "instrText":
            self._instruct(element.text or "")
        elif name in SKIPPED:
            return
        elif name in ("t", "delText"):
            shown.add((element.text or "").replace("\r", " ").replace("\n", " "), self._reason(reason))
        elif name in CHARACTERS:
            shown.add(CHARACTERS[name], self._reason(reason))
        elif name == "sym":
            shown.add(_sign(element), self._reason(reason))
        elif name == "fldChar":
            self._field(element)
        elif name == "AlternateContent":
            chosen = next((one for one in elements(element)), None)
            self.read(chosen if chosen is not None else element, shown, reason)
        elif name in ("txbxContent", "relIds"):
            shown.boxes.append(element)
        elif name in ("footnoteReference", "endnoteReference"):
            own = element.get(f"{W}customMarkFollows", "0") not in ("0", "false")
            shown.notes.append(NoteMark(name[: -len("Reference")], element.get(f"{W}id", ""), own, reason))
        elif name == "textpath":
            shown.add(element.get("string", ""), reason or "watermark")
        else:
            self.read(element, shown, reason or self._hidden(element, name))

    def _hidden(self, element: Element, name: str) -> str:
        """Why the text inside an element is none of the document's."""
        if name == "r":
            properties = element.find(f"{W}rPr")
            styled = self._styles.is_hidden(value(properties, "rStyle"))
            said = properties is not None and properties.find(f"{W}vanish") is not None
            return "hidden" if switch(properties, "vanish") or (styled and not said) else ""
        if name == "fldSimple" and CONTENTS.match(element.get(f"{W}instr", "")):
            return "contents"
        return why_left_out(element) if name == "sdt" else ""

    def _field(self, element: Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field() if element in self._whole else None)
        elif kind == "separate" and self._fields and (field_ := self._fields[-1]):
            field_.in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruct(self, text: str) -> None:
        if self._fields and (field_ := self._fields[-1]) and not field_.in_result:
            field_.instruction += text

    def _reason(self, reason: str) -> str:
        for field_ in self._fields if not reason else ():
            if field_ and not field_.in_result:
                return "field"
            if field_ and CONTENTS.match(field_.instruction):
                return "contents"
        return reason


def why_left_out(control: Element) -> str:
    """Why the text of a content control is none of the document's; nothing if it is."""
    properties = control.find(f"{W}sdtPr")
    if value(properties, "docPartObj/docPartGallery") == "Table of Contents":
        return "contents"
    return "placeholder" if switch(properties, "showingPlcHdr") else ""


def _whole_fields(root: Element) -> frozenset[Element]:
    """The beginnings of fields that end somewhere; of any other only its own words are no text."""
    whole: list[Element] = []
    open_: list[Element] = []
    for element in root.iter(f"{W}fldChar"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_.append(element)
        elif kind == "end" and open_:
            whole.append(open_.pop())
    return frozenset(whole)


def _sign(element: Element) -> str:
    code = element.get(f"{W}char", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    point = int(code, 16)
    font = element.get(f"{W}font", "").lower()
    known = SIGNS.get(font, {}).get(point & 0xFF if point >= 0xF000 else point)
    return known or (chr(point) if point >= 0x20 and not 0xD800 <= point < 0xE000 else "\ufffd")

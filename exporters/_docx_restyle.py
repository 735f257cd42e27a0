"""Our style sheet and a template's -> the template's with what it lacks, and which style of its stands for which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from align.theme import CONTRAST, contrast

from ._wml import PREFIX, Element, element

CORE = ("Normal", "Title", "heading 1", "heading 2", "heading 3", "header", "footer")
"""The styles that a template is asked for."""
ALSO = {"bilingual table": "table"}
"""What else a style may be called."""
OWN = {"subtitle": "Brief Subtitle"}
"""What a template means otherwise, and what ours is called beside it: the Chinese title is no second one."""
REFERENCES = ("pStyle", "rStyle", "tblStyle")
RELATED = ("basedOn", "next", "link")
UNSAID = {"numPr": "numbering", "vanish": "hidden text", "specVanish": "hidden text", "webHidden": "hidden text"}
"""What a style must not do: number what the source does not number, or hide what it says."""
WHITE = 0xFFFFFF
WESTERN = frozenset(("Times New Roman", "Arial", "Calibri", "Cambria", "Helvetica", "Georgia", "Verdana", "Aptos"))
OTHER_EASTERN = ("MS ", "ＭＳ", "Yu ", "Meiryo", "Malgun", "Batang", "Gulim", "Dotum")
"""Japanese and Korean faces, whose characters have other shapes than Chinese ones."""


@dataclass(frozen=True, slots=True)
class Restyled:
    """Which style of the template stands for each of ours, and what is to be said of it."""

    ids: Mapping[str, str]
    told: tuple[str, ...]


def restyle(root: Element, ids: Mapping[str, str]) -> None:
    """Name the template's styles in what was made with ours."""
    for tag in REFERENCES if ids else ():
        for held in root.iter(PREFIX + tag):
            name = held.get(f"{PREFIX}val", "")
            held.set(f"{PREFIX}val", ids.get(name, name))


def restyled(held: Element, ours: Element, chinese: str, lang: str, themes: Iterable[Element]) -> Restyled:
    """Add to a template's styles those of ours that it lacks, and a Chinese face where it names none."""
    named = {_key(style): style for style in _styles(held)}
    taken = {_id(style) for style in _styles(held)}
    ids: dict[str, str] = {}
    added, used = [], []
    for style in _styles(ours):
        kind, name = _key(style)
        found = named.get((kind, name))
        found = named.get((kind, ALSO.get(name, ""))) if found is None else found
        found = None if name in OWN else found
        found = _default(held, kind) if found is None and style.get(f"{PREFIX}default") else found
        if found is None:
            added.append(deepcopy(style))
            ids[_id(style)] = _free(_id(style), taken)
        else:
            used.append(found)
            ids[_id(style)] = _id(found)
    told = [*_stripped(used, held), *_lacking(named)]
    for style in added:
        if own := OWN.get(_key(style)[1]):
            style[0].set(f"{PREFIX}val", own)
            style.set(f"{PREFIX}customStyle", "1")
        style.set(f"{PREFIX}styleId", ids[_id(style)])
        for tag in RELATED:
            for each in style.findall(PREFIX + tag):
                name = each.get(f"{PREFIX}val", "")
                each.set(f"{PREFIX}val", ids.get(name, name))
    held.extend(added)
    if held.find(f"{PREFIX}docDefaults") is None:
        held.insert(0, deepcopy(ours[0]))
    if _eastern(held, chinese, lang, themes):
        told.append(f"it names no Chinese face for some styles; {chinese} sets them")
    return Restyled({one: two for one, two in ids.items() if one != two}, tuple(told))


def _styles(held: Element) -> Iterator[Element]:
    yield from held.findall(f"{PREFIX}style")


def _id(style: Element) -> str:
    return str(style.get(f"{PREFIX}styleId"))


def _key(style: Element) -> tuple[str, str]:
    name = style.find(f"{PREFIX}name")
    kind = style.get(f"{PREFIX}type", "paragraph")
    return str(kind), "" if name is None else str(name.get(f"{PREFIX}val", "")).lower()


def _default(held: Element, kind: str) -> Element | None:
    return next((s for s in _styles(held) if _key(s)[0] == kind and s.get(f"{PREFIX}default") in ("1", "true")), None)


def _free(name: str, taken: set[str]) -> str:
    """An id that no style of the template has; Word takes ids that differ in case for one."""
    lowered = {each.lower() for each in taken}
    while name.lower() in lowered:
        name += "0"
    taken.add(name)
    return name


def _stripped(used: Iterable[Element], held: Element) -> Iterator[str]:
    """Take from the styles that are used what they must not do."""
    every = {_id(style): style for style in _styles(held)}
    found: dict[str, list[str]] = {}
    for style in used:
        for at in _line(style, every):
            for tag, said in UNSAID.items():
                for each in list(at.iter(PREFIX + tag)):
                    parent = each.getparent()
                    if parent is not None:
                        parent.remove(each)
                    found.setdefault(said, []).append(_shown(at))
    for said, names in found.items():
        yield f"{said} of {', '.join(dict.fromkeys(names))} is left out: the text itself decides that"


def _line(style: Element, every: Mapping[str, Element]) -> Iterator[Element]:
    """A style and those it is based on."""
    seen: set[str] = set()
    at: Element | None = style
    while at is not None and _id(at) not in seen:
        seen.add(_id(at))
        yield at
        based = at.find(f"{PREFIX}basedOn")
        at = None if based is None else every.get(str(based.get(f"{PREFIX}val")))


def _shown(style: Element) -> str:
    return _titled(_key(style)[1])


def _titled(name: str) -> str:
    return name[:1].upper() + name[1:]


def _lacking(named: Mapping[tuple[str, str], Element]) -> Iterator[str]:
    absent = [name for name in CORE if ("paragraph", name.lower()) not in named]
    if len(absent) >= len(CORE) - 1:
        yield "it has none of the styles of a brief (Title, Heading 1 to 3, header, footer); ours are added"
    elif absent:
        yield f"it has no style {', '.join(map(_titled, absent))}; ours are added"


def accent(held: Element) -> int | None:
    """The colour of its headings, where that can be read on white."""
    every = {_id(style): style for style in _styles(held)}
    heading = next((style for style in _styles(held) if _key(style) == ("paragraph", "heading 1")), None)
    for style in _line(heading, every) if heading is not None else ():
        found = style.find(f"{PREFIX}rPr/{PREFIX}color")
        if found is not None:
            said = str(found.get(f"{PREFIX}val"))
            value = int(said, 16) if len(said) == 6 and not set(said.lower()) - set("0123456789abcdef") else None
            return value if value is not None and contrast(value, WHITE) >= CONTRAST else None
    return None


def _eastern(held: Element, chinese: str, lang: str, themes: Iterable[Element]) -> bool:
    """Name a Chinese face wherever the styles name none, and the language; whether there was any such place."""
    empty = _empty_kinds(themes)
    run = _properties(held)
    changed = False
    fonts = run.find(f"{PREFIX}rFonts")
    if fonts is None:
        fonts = element("rFonts")
        run.insert(0, fonts)
    for each in held.iter(f"{PREFIX}rFonts"):
        theme, font = each.get(f"{PREFIX}eastAsiaTheme"), each.get(f"{PREFIX}eastAsia")
        lacks = (
            theme[:5] in empty if theme else (font is None and each is fonts) or (font is not None and _strange(font))
        )
        if lacks:
            each.attrib.pop(f"{PREFIX}eastAsiaTheme", "")
            each.set(f"{PREFIX}eastAsia", chinese)
            changed = True
    said = run.find(f"{PREFIX}lang")
    if said is None:
        said = element("lang", val="en-US")
        run.append(said)
    said.set(f"{PREFIX}eastAsia", lang)
    return changed


def _strange(font: str) -> bool:
    return font in WESTERN or font.startswith(OTHER_EASTERN)


def _properties(held: Element) -> Element:
    """The defaults of all text, made where there are none."""
    at = held
    for tag in ("docDefaults", "rPrDefault", "rPr"):
        found = at.find(PREFIX + tag)
        if found is None:
            found = element(tag)
            at.insert(0, found)
        at = found
    return at


def _empty_kinds(themes: Iterable[Element]) -> frozenset[str]:
    """Which of the two fonts of a theme, major and minor, have no East Asian face; both where there is no theme."""
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    full = {
        kind
        for root in themes
        for kind in ("major", "minor")
        for face in root.iter(f"{space}{kind}Font")
        for each in face.findall(f"{space}ea")
        if each.get("typeface") and not _strange(str(each.get("typeface")))
    }
    return frozenset(("major", "minor")) - full


def theme_parts(document: Any) -> Iterator[Element]:
    """The theme of a document, where it has one that can be read."""
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, recover=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            if root is not None:
                yield root

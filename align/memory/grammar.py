"""schemas/tmx.rng -> what each element may have, and what is wrong with one that the grammar refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lxml import etree

Element = etree._Element
RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that an element breaks, and in what way; `element` and `attribute` name what is at fault."""

    rule: str
    said: str
    element: Element
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What an element may have: attributes with the values they take (none for any), those it needs, and children."""

    attributes: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    children: frozenset[str]
    has_text: bool


class Grammar:
    """The forms of all elements, and the whole grammar for what an element holds and in which order."""

    def __init__(self, schema: Element) -> None:
        defines = {str(define.get("name")): define for define in schema.iter(f"{RNG}define")}
        self.schema = schema
        self.forms = {str(e.get("name")): _form(e, defines) for e in schema.iter(f"{RNG}element")}
        self._validators: dict[str, etree.RelaxNG] = {}

    def accepts(self, element: Element) -> bool:
        """Whether an element is valid with all that is in it."""
        name = str(element.tag)
        if name not in self.forms:
            return False
        if name not in self._validators:
            grammar = deepcopy(self.schema)
            start = grammar.find(f"{RNG}start/{RNG}ref")
            assert start is not None
            start.set("name", name)
            self._validators[name] = etree.RelaxNG(grammar)
        return bool(self._validators[name].validate(element))

    def faults(self, root: Element) -> Iterator[Broken]:
        """Everything wrong with an element and what is in it; none where it is valid."""
        if self.accepts(root):
            return
        found = [fault for element in root.iter("*") for fault in self._faults(element)]
        yield from found or [self._disorder(root)]

    def _faults(self, element: Element) -> Iterator[Broken]:
        name = str(element.tag)
        form = self.forms.get(name)
        if form is None:
            yield Broken("grammar", f"<{name}> is not an element of TMX.", element)
            return
        there = {str(key).replace(XML, "xml:"): str(value) for key, value in element.items()}
        for key, value in there.items():
            taken = form.attributes.get(key)
            if taken is None:
                yield Broken("attribute", f"attribute {key} of <{name}> is not one of TMX.", element, key)
            elif taken and value not in taken:
                yield Broken("grammar", f"{key} of <{name}> is “{value}”, not {' or '.join(taken)}.", element, key)
        for key in form.needed:
            if key not in there:
                yield Broken("header" if name == "header" else "grammar", f"<{name}> lacks {key}.", element, key)
        yield from self._about_content(element, form)

    def _about_content(self, element: Element, form: Form) -> Iterator[Broken]:
        name = element.tag
        for child in element:
            if isinstance(child.tag, str) and child.tag in self.forms and child.tag not in form.children:
                yield Broken("grammar", f"<{child.tag}> may not stand in <{name}>.", child)
        said = [child for child in element if child.tag in ("note", "prop")]
        texts = [child for child in element if child.tag in ("tuv", "seg")]
        if name in ("tu", "tuv") and said and texts and element.index(said[-1]) > element.index(texts[0]):
            yield Broken("grammar", f"<{said[-1].tag}> stands after <{texts[0].tag}>, not before it.", said[-1])
        loose = "".join([element.text or "", *(child.tail or "" for child in element)])
        if not form.has_text and loose.strip():
            yield Broken("grammar", f"text may not stand in <{name}> outside its elements.", element)

    def _disorder(self, root: Element) -> Broken:
        """For an element that only the whole grammar refuses: the innermost one that it refuses."""
        bad = [e for e in root.iter("*") if str(e.tag) in self.forms and not self.accepts(e)]
        return Broken("grammar", f"what stands in <{bad[-1].tag}> is not complete or not in order.", bad[-1])


@cache
def grammar() -> Grammar:
    """The grammar of TMX 1.4b."""
    return Grammar(etree.fromstring(files("align.schemas").joinpath("tmx.rng").read_bytes()))


def _form(element: Element, defines: Mapping[str, Element]) -> Form:
    attributes: dict[str, tuple[str, ...]] = {}
    needed: list[str] = []
    children: set[str] = set()
    has_text = False
    for part, is_needed in _parts(element, defines, True):
        name = str(part.get("name"))
        if part.tag == f"{RNG}attribute":
            attributes[name] = tuple(value.text or "" for value in part.iter(f"{RNG}value"))
            needed += [name] if is_needed else []
        elif part.tag == f"{RNG}element":
            children.add(name)
        else:
            has_text = True
    return Form(attributes, tuple(needed), frozenset(children), has_text)


def _parts(pattern: Element, defines: Mapping[str, Element], is_needed: bool) -> Iterator[tuple[Element, bool]]:
    """Attributes, elements and text that may stand in a pattern, and whether they must."""
    for part in pattern:
        if part.tag == f"{RNG}ref":
            yield from _parts(defines[str(part.get("name"))], defines, is_needed)
        elif part.tag in (f"{RNG}attribute", f"{RNG}element", f"{RNG}text"):
            yield part, is_needed
        elif isinstance(part.tag, str):
            yield from _parts(part, defines, is_needed and part.tag == f"{RNG}group")

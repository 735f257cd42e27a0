"""A corpus that the grammar refuses -> the elements at fault, each with one sentence.

libxml2 often blames an ancestor. So every element is judged alone, by the patterns of its name, the
innermost first; what is wrong with one is read off the pattern that fits it best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from align.corpus.places import local
from align.corpus.tree import TEI, XML

Element = etree._Element
RNG = "{http://relaxng.org/ns/structure/1.0}"
LONGEST_SEARCH = 60
"""Children beyond which the one that disturbs is not looked for by leaving out each in turn."""


class Grammar:
    """A RELAX NG grammar in XML syntax, and one validator for each of its elements as they are asked for."""

    def __init__(self, schema: Element) -> None:
        self.schema = schema
        self.whole = etree.RelaxNG(schema)
        self.defines = {define.get("name"): define for define in schema.iter(f"{RNG}define")}
        self.patterns: dict[str, list[Element]] = {}
        for pattern in schema.iter(f"{RNG}element"):
            self.patterns.setdefault(f"{TEI}{pattern.get('name')}", []).append(pattern)
        self._variants: dict[str, list[Element]] = {}
        self._validators: dict[tuple[Element, ...], etree.RelaxNG] = {}

    def culprits(self, root: Element) -> Iterator[Element]:
        """The deepest elements at fault, in order; none where the corpus is valid."""
        if not self.whole.validate(root):
            yield from self._descend(root)

    def _descend(self, element: Element) -> Iterator[Element]:
        inner = [culprit for child in _children(element) for culprit in self._descend(child)]
        yield from inner
        if not inner and not self._stands(element):
            yield element

    def _knows(self, element: Element) -> bool:
        return str(element.tag) in self.patterns

    def _stands(self, element: Element) -> bool:
        """Whether the element would be valid somewhere."""
        return self._knows(element) and bool(self._validator(self.patterns[str(element.tag)]).validate(element))

    def _validator(self, patterns: Sequence[Element]) -> etree.RelaxNG:
        key = tuple(patterns)
        if key not in self._validators:
            grammar = deepcopy(self.schema)
            start = grammar.find(f"{RNG}start")
            assert start is not None
            del start[:]
            etree.SubElement(start, f"{RNG}choice").extend(deepcopy(pattern) for pattern in patterns)
            self._validators[key] = etree.RelaxNG(grammar)
        return self._validators[key]

    def attributes(self, pattern: Element, required: bool = True) -> Iterator[tuple[str, Element, bool]]:
        """Name, pattern and whether it must be there, of every attribute of an element's pattern."""
        for part in pattern:
            if part.tag == f"{RNG}attribute":
                yield part.get("name") or "", part, required
            elif part.tag == f"{RNG}ref":
                yield from self.attributes(self.defines[part.get("name")], required)
            elif part.tag != f"{RNG}element":
                yield from self.attributes(part, required and part.tag == f"{RNG}group")

    def _names(self, pattern: Element) -> Iterator[str]:
        """The names of the elements that may stand in an element."""
        for part in pattern:
            if part.tag == f"{RNG}element":
                yield part.get("name") or ""
            elif part.tag == f"{RNG}ref":
                yield from self._names(self.defines[part.get("name")])
            else:
                yield from self._names(part)

    def explain(self, culprit: Element) -> list[str]:
        """What is wrong with an element that has no part at fault, a sentence for each fault."""
        if not self._knows(culprit):
            return [f"<{local(culprit)}> is not an element of this corpus."]
        if culprit.tag not in self._variants:
            self._variants[str(culprit.tag)] = [v for p in self.patterns[str(culprit.tag)] for v in _variants(p)]
        pattern = max(self._variants[str(culprit.tag)], key=_Fit(self, culprit))
        return list(self._about_attributes(culprit, pattern)) or [self._about_content(culprit, pattern)]

    def _about_attributes(self, element: Element, pattern: Element) -> Iterator[str]:
        known: dict[str, list[Element]] = {}
        needed = []
        for name, attribute, required in self.attributes(pattern):
            known.setdefault(name, []).append(attribute)
            needed += [name] if required else []
        for name, value in _attributes_of(element):
            if name not in known:
                yield f"Attribute {name} is not allowed here."
            elif not any(self._takes(attribute, name, value) for attribute in known[name]):
                yield f"Attribute {name} has a value that the grammar does not know: {_shorten(value)}."
        there = {name for name, _ in _attributes_of(element)}
        yield from (f"Attribute {name} is missing." for name in needed if name not in there)

    def _takes(self, attribute: Element, name: str, value: str) -> bool:
        """Whether an attribute's pattern allows a value."""
        probe = etree.Element(f"{RNG}element", name="probe")
        probe.append(deepcopy(attribute))
        key = (attribute,)
        if key not in self._validators:
            self._validators[key] = self._validator([probe])
        return bool(self._validators[key].validate(etree.Element(f"{TEI}probe", {name.replace("xml:", XML): value})))

    def _about_content(self, element: Element, pattern: Element) -> str:
        allowed = set(self._names(pattern))
        children = list(_children(element))
        stranger = next((child for child in children if local(child) not in allowed), None)
        if stranger is None and self._is_valid_without_text(element, pattern):
            return f"Text is not allowed in <{local(element)}>."
        if stranger is None and len(children) <= LONGEST_SEARCH:
            tried = reversed(range(len(children)))
            stranger = next((children[at] for at in tried if self._is_valid_without(at, element, pattern)), None)
        if stranger is not None:
            name = stranger.get(f"{XML}id", "")
            return f"<{local(stranger)}>{name and ' '}{name} (line {stranger.sourceline}) is not allowed here."
        if not allowed and element.text:
            return f"The text has a value that the grammar does not know: {_shorten(element.text)}."
        return f"What stands in <{local(element)}> is not complete or not in order."

    def _is_valid_without_text(self, element: Element, pattern: Element) -> bool:
        bare = deepcopy(element)
        bare.text = None
        for child in bare:
            child.tail = None
        return bool(self._validator([pattern]).validate(bare))

    def _is_valid_without(self, at: int, element: Element, pattern: Element) -> bool:
        less = deepcopy(element)
        less.remove(list(_children(less))[at])
        return bool(self._validator([pattern]).validate(less))


def _variants(pattern: Element) -> list[Element]:
    """The pattern once for each branch of its choice, if it has one."""
    choice = pattern.find(f"{RNG}choice")
    if choice is None:
        return [pattern]
    made = []
    for branch in choice:
        variant = deepcopy(pattern)
        old = variant.find(f"{RNG}choice")
        assert old is not None
        variant.replace(old, deepcopy(branch))
        made.append(variant)
    return made


class _Fit:
    """How well a pattern fits an element: by the values it fixes, then by the attributes it knows."""

    def __init__(self, grammar: Grammar, element: Element) -> None:
        self.grammar = grammar
        self.said = dict(_attributes_of(element))

    def __call__(self, pattern: Element) -> tuple[int, int, int]:
        found = list(self.grammar.attributes(pattern))
        fixed = sum(
            self.said.get(name) in [value.text for value in attribute.iter(f"{RNG}value")]
            for name, attribute, _ in found
        )
        known = {name for name, _, _ in found}
        missing = sum(required and name not in self.said for name, _, required in found)
        return fixed, len(known & set(self.said)), -missing


def _attributes_of(element: Element) -> Iterator[tuple[str, str]]:
    """Names as a person writes them (`xml:id`) and values."""
    return ((str(name).replace(XML, "xml:"), str(value)) for name, value in element.attrib.items())


def _children(element: Element) -> Iterator[Element]:
    return (child for child in element if isinstance(child.tag, str))


def _shorten(text: str) -> str:
    """A value in quotes, cut where it is long."""
    said = " ".join(text.split())
    return f"“{said[:57]}…”" if len(said) > 60 else f"“{said}”"

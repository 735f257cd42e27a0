"""The grammar -> documents made from it by chance, which all of TEI must accept too."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from align.corpus.tree import TEI, XML

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("ALIGN_SHARED", ROOT.parent / "shared"))
TEI_ALL = SHARED / "schemas" / "tei_all.rng"
RNG = "{http://relaxng.org/ns/structure/1.0}"


def jing(*paths: Path) -> str:
    """What jing finds against tei_all."""
    if not shutil.which("jing"):
        pytest.skip("jing is not installed")
    if not TEI_ALL.is_file():
        pytest.skip(f"no {TEI_ALL}; set ALIGN_SHARED")
    return subprocess.run(["jing", str(TEI_ALL), *map(str, paths)], capture_output=True, text=True).stdout


def test_the_grammar_in_use_is_the_one_written(tmp_path: Path) -> None:
    if not shutil.which("trang"):
        pytest.skip("trang is not installed")
    subprocess.run(["trang", ROOT / "schemas" / "align.rnc", tmp_path / "align.rng"], check=True)
    assert (tmp_path / "align.rng").read_text() == (ROOT / "schemas" / "align.rng").read_text()


def test_what_the_grammar_accepts_tei_all_accepts(tmp_path: Path) -> None:
    grammar = etree.RelaxNG(etree.parse(ROOT / "schemas" / "align.rng"))
    made = []
    for seed in range(60):
        tree = Sample(seed).document()
        assert grammar.validate(tree), grammar.error_log
        made.append(tmp_path / f"{seed}.xml")
        made[-1].write_bytes(etree.tostring(tree, encoding="utf-8"))
    assert jing(*made) == ""


DATA = {
    r"(en|zh)\.[A-Za-z0-9._\-]+": "en.{n}.s-1_x",
    r"#(en|zh)\.[A-Za-z0-9._\-]+": "#zh.{n}",
    r"#w[0-9]+": "#w{n}",
    r"w[0-9]+": "w{n}",
    r"draft\.w[0-9]+": "draft.w{n}",
    r"#draft\.w[0-9]+": "#draft.w{n}",
    r"person\.[0-9]+": "person.{n}",
    r"#person\.[0-9]+": "#person.{n}",
    r"link\.(en|zh)\.[A-Za-z0-9._\-]+": "link.en.{n}.s1",
    r"#link\.(en|zh)\.[A-Za-z0-9._\-]+": "#link.en.{n}.s1",
    r"U\+[0-9A-F]{4}": "U+000B",
    r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}": "2016-02-29",
    r"[1-9][0-9]{3}-[0-9]{2}": "2014-07",
    r"[1-9][0-9]{3}": "1999",
    r"[0-9a-f]{64}": "0f" * 32,
    r"([0-9a-f]{2})+": "ff00",
    r"[0-9]+(\.[0-9]+){0,3}": "0.1.0",
    r"(bead|status|standing)\.[a-z0-9\-]+": "bead.x-{n}",
    r"[0-9]+-[0-9]+": "0-{n}",
    r"char\.[0-9a-f]+-[0-9a-f]+": "char.1-{n}",
    r"#char\.[0-9a-f]+-[0-9a-f]+": "#char.1-{n}",
    r"[a-z][a-z0-9\-]*": "page-number",
    "decimal": "0.5",
    "nonNegativeInteger": "0",
    "positiveInteger": "3",
}


class Sample:
    """A document made by chance from the grammar; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.schema = etree.parse(ROOT / "schemas" / "align.rng").getroot()
        self.defines = {define.get("name"): define for define in self.schema.iter(f"{RNG}define")}
        self.once = {"aligner|editor": ["editor", "aligner"], "bead|status|standing": ["standing", "status", "bead"]}
        self.count = 0

    def document(self) -> etree._Element:
        holder = etree.Element("holder")
        self.fill(holder, self.schema.find(f"{RNG}start"))
        return holder[0]

    def fill(self, element: etree._Element, patterns: object) -> None:
        for pattern in patterns:  # type: ignore[attr-defined]  # an element or a list of elements
            kind = pattern.tag.removeprefix(RNG)
            if kind == "element":
                self.fill(etree.SubElement(element, TEI + pattern.get("name"), nsmap={None: TEI[1:-1]}), pattern)  # type: ignore[dict-item]  # the stubs lack the default namespace
            elif kind == "attribute":
                element.set(pattern.get("name").replace("xml:", XML), " ".join(self.values(pattern)) or "3-1")
            elif kind in ("text", "mixed", "interleave"):
                self.write(element)
                self.fill(element, pattern)
                self.write(element)
            elif kind in ("value", "data", "list"):
                element.text = " ".join(self.values([pattern]))
            else:
                for chosen in self.choose(pattern, kind):
                    self.fill(element, chosen)

    def choose(self, pattern: etree._Element, kind: str) -> Iterator[object]:
        """What is taken of a pattern that does not itself write anything, as often as it is taken."""
        most = 1 if self.count > 400 else 3
        if kind == "ref":
            yield self.defines[pattern.get("name")]
        elif kind == "choice":
            yield [self.chance.choice(list(pattern))]
        elif kind != "empty":
            names = {"optional": (0, 1), "zeroOrMore": (0, most - 1), "oneOrMore": (1, most)}
            times = self.chance.randint(*names.get(kind, (1, 1)))
            if "taxonomy" in [part.get("name") for part in pattern]:
                times = min(times, 3)
            yield from [pattern] * times

    def values(self, patterns: object) -> list[str]:
        found: list[str] = []
        for pattern in patterns:  # type: ignore[attr-defined]  # an element or a list of elements
            kind = pattern.tag.removeprefix(RNG)
            if kind == "value":
                found.append(pattern.text)
            elif kind == "data":
                found.append(self.datum(pattern))
            elif kind == "list":
                found += self.values(pattern)
            elif kind != "text":
                found += [value for chosen in self.choose(pattern, kind) for value in self.values(chosen)]
        return found

    def datum(self, pattern: etree._Element) -> str:
        self.count += 1
        form = pattern.findtext(f"{RNG}param[@name='pattern']") or pattern.get("type") or ""
        return self.once[form].pop() if form in self.once else DATA[form].format(n=self.count)

    def write(self, element: etree._Element) -> None:
        text = self.chance.choice(["", "x ", "中文，"])
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text

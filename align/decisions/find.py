"""Sentences in printed order, and references to them -> which sentences are meant, or why that cannot be said."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate

from align.decisions.model import Reference
from align.model import Document, segments, walk
from align.sources.toml import UNWRITABLE

NEAR, CLEAR = 0.8, 0.1
"""How alike a sentence is at least that was changed a little, and by how much more than any other."""
SHINGLE, CANDIDATES = 3, 6
FEWEST = 8
"""Characters of a text that is looked for inside sentences and beginnings."""
SHOWN, BEFORE = 40, 12
"""Characters of a text that are shown, and how many of those stand before a difference."""
STATES = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:no|not|none|never|without|nor|neither|nothing|nobody|cannot)\b|n't\b|[不无未非没]"
)
ONE_SCRIPT = str.maketrans("無沒", "无没")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its id, its printed text, the number of its item."""

    id: str
    text: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences that a text is, by id; `said` is what a person should know of how they were found."""

    ids: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """Why no sentence is meant for certain; `is_gone` where nothing like it is there."""

    why: str
    is_gone: bool = False


def fold(text: str) -> str:
    """A text without white space and differences of width and of composition, as texts are compared."""
    return "".join(c for c, _ in folded(text))


def folded(text: str) -> Iterator[tuple[str, int]]:
    """Each character that counts, with the place in the text that it comes from."""
    for at, char in enumerate(text):
        for part in unicodedata.normalize("NFKD", char):
            if not (part.isspace() or UNWRITABLE.match(part) or unicodedata.category(part) == "Cf"):
                yield part, at


def shortened(text: str) -> str:
    """A text between quotation marks, cut where it is long."""
    said = " ".join(text.split())
    if len(said) <= SHOWN:
        return f"“{said}”"
    end = SHOWN - 1
    while end > SHOWN // 2 and _is_inside(said, end):
        end -= 1
    return f"“{said[: end if not _is_inside(said, end) else SHOWN - 1].rstrip()}…”"


def _is_inside(text: str, at: int) -> bool:
    """Whether a place is inside a word that is written in letters."""
    return 0 < at < len(text) and all(c.isalnum() and c < "\u2e80" for c in text[at - 1 : at + 1])


def changed(old: str, new: str) -> str:
    """A text between quotation marks, of a long one the words around where it first differs from what it was."""
    old, new = " ".join(old.split()), " ".join(new.split())
    if len(new) <= SHOWN:
        return f"“{new}”"
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, min(same - BEFORE, len(new) - SHOWN))
    end = start + SHOWN
    while _is_inside(new, start):
        start -= 1
    while _is_inside(new, end):
        end += 1
    return f"“{'…' * (start > 0)}{new[start:end].strip()}{'…' * (end < len(new))}”"


def states(text: str) -> list[str]:
    """The numbers and the negations of a text in order: where these differ, nobody said the same."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").translate(ONE_SCRIPT)
    return [found.replace(",", "") for found in STATES.findall(plain)]


def sentences(document: Document) -> Iterator[Sentence]:
    """The sentences of a document, headings included, each with the number of its item."""
    homes = {
        s.id: block.number
        for block in walk(document.blocks)
        if block.kind == "item"
        for inner in walk((block,))
        for s in (*inner.heading, *inner.segments)
    }
    return (Sentence(s.id, s.text, homes.get(s.id, "")) for s in segments(document))


@dataclass(slots=True)
class Texts:
    """The sentences of one language, to be found by what they say."""

    held: Sequence[Sentence]
    folds: list[str] = field(init=False)
    whole: str = field(init=False)
    begins: list[int] = field(init=False)
    shingles: dict[str, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.folds = [fold(sentence.text) for sentence in self.held]
        self.whole = "".join(self.folds)
        self.begins = list(accumulate(map(len, self.folds), initial=0))

    def side(self, references: Sequence[Reference], taken: Collection[str] | None = ()) -> Found | Lost:
        """The sentences of one side of a decision: each by itself, or all of them as one text.

        Texts that have changed a little are looked for among the sentences that are not `taken`; with None, nowhere.
        """
        found = [self.exact(reference) for reference in references]
        if len(references) > 1 and any(isinstance(each, Lost) for each in found):
            together = "".join(reference.text for reference in references)
            joined = self.exact(Reference(together, references[0].item))
            if isinstance(joined, Found):
                return joined
        held = {name for each in found if isinstance(each, Found) for name in each.ids}.union(taken or ())
        for at, (reference, each) in enumerate(zip(references, found, strict=True)):
            is_gone = isinstance(each, Lost) and each.is_gone and taken is not None
            found[at] = self._near(reference, held) if is_gone else each
        lost = next((each for each in found if isinstance(each, Lost)), None)
        if lost:
            return lost
        each_found = [each for each in found if isinstance(each, Found)]
        ids = [name for each in each_found for name in each.ids]
        said = dict.fromkeys(each.said for each in each_found if each.said)
        return Found(tuple(dict.fromkeys(ids)), "; ".join(said))

    def exact(self, reference: Reference) -> Found | Lost:
        """The sentence, or the sentences that follow each other, with just this text."""
        needle = fold(reference.text)
        runs = list(self._runs(needle))
        if runs:
            return self._chosen(reference, runs)
        if reference.text.rstrip().endswith("…"):
            return self._beginning(reference)
        if len(needle) >= FEWEST and needle in self.whole and not any(_lacks_stop(needle, text) for text in self.folds):
            return Lost(f"{shortened(reference.text)} is no whole sentence any more")
        return self._gone(reference)

    def _gone(self, reference: Reference) -> Lost:
        return Lost(f"{shortened(reference.text)} is not in the text", is_gone=True)

    def _runs(self, needle: str) -> Iterator[tuple[int, int]]:
        """Positions of the first and behind the last sentence of every run that says just this."""
        at = self.whole.find(needle) if needle else -1
        while at >= 0:
            first, last = (bisect_left(self.begins, place) for place in (at, at + len(needle)))
            if self.begins[first] == at and self.begins[last] == at + len(needle):
                first = next(n for n in range(first, last) if self.folds[n])
                yield first, last
            at = self.whole.find(needle, at + 1)

    def _chosen(self, reference: Reference, runs: Sequence[tuple[int, int]]) -> Found | Lost:
        """One of several alike, by its count; those in the item go before those elsewhere."""
        inside = [run for run in runs if self.held[run[0]].item == reference.item]
        pool = inside or runs
        if reference.nth > len(pool):
            return Lost(f"{shortened(reference.text)} is there {_times(len(pool))}, not {reference.nth} times")
        if len(pool) > 1 and not reference.nth:
            return Lost(_ambiguous(reference, len(pool), bool(inside)))
        first, last = pool[max(reference.nth - 1, 0)]
        said = ""
        if reference.item and not inside:
            home = self.held[first].item
            place = f"in item {home}" if home else "in no item"
            said = f"{shortened(reference.text)} stands {place}, not in item {reference.item}"
        return Found(tuple(self.held[n].id for n in range(first, last) if self.folds[n]), said)

    def _beginning(self, reference: Reference) -> Found | Lost:
        """The one sentence that a shortened text begins."""
        start = fold(reference.text.rstrip().removesuffix("…"))
        runs = [(at, at + 1) for at, text in enumerate(self.folds) if start and text.startswith(start)]
        inside = [run for run in runs if self.held[run[0]].item == reference.item]
        pool = inside or runs
        if len(pool) == 1 or 0 < reference.nth <= len(pool):
            return Found((self.held[pool[min(max(reference.nth, 1), len(pool)) - 1][0]].id,))
        if not pool:
            return self._gone(reference)
        return Lost(
            f"{_times(len(pool)).capitalize()} a sentence begins with {shortened(reference.text)}: write more, or nth"
        )

    def _near(self, reference: Reference, taken: Collection[str]) -> Found | Lost:
        """The one sentence that says this with small changes."""
        needle = fold(reference.text)
        places = [at for at, one in enumerate(self.held) if one.item == reference.item] if reference.item else []
        for allowed in filter(None, (places, range(len(self.held)))):
            alike = self._alike(needle, {at for at in allowed if self.held[at].id not in taken})
            if alike and alike[0][0] >= NEAR:
                second = alike[1][0] if len(alike) > 1 else 0.0
                if alike[0][0] - second < CLEAR:
                    return Lost(f"more than one sentence is like {shortened(reference.text)}")
                sentence = self.held[alike[0][1]]
                said = f"{shortened(reference.text)} reads {changed(reference.text, sentence.text)} now"
                if states(reference.text) != states(sentence.text):
                    return Lost(f"{said}, which differs in a number or a negation")
                return Found((sentence.id,), said)
        return self._gone(reference)

    def _alike(self, needle: str, allowed: Collection[int]) -> list[tuple[float, int]]:
        """The sentences that share most with a text, the most alike first."""
        if not self.shingles:
            for at, text in enumerate(self.folds):
                for shingle in _shingles(text):
                    self.shingles.setdefault(shingle, []).append(at)
        shared = Counter(at for s in _shingles(needle) for at in self.shingles.get(s, ()) if at in allowed)
        ratios = ((_ratio(needle, self.folds[at]), at) for at, _ in shared.most_common(CANDIDATES))
        return sorted(ratios, key=lambda pair: (-pair[0], pair[1]))


def _lacks_stop(needle: str, text: str) -> bool:
    """Whether a text is a sentence but for the punctuation at its end."""
    rest = text.removeprefix(needle)
    return rest != text and all(unicodedata.category(char).startswith("P") for char in rest)


def _shingles(text: str) -> set[str]:
    return {text[at : at + SHINGLE] for at in range(max(1, len(text) - SHINGLE + 1))}


def _ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _ambiguous(reference: Reference, count: int, is_inside: bool) -> str:
    """That a text is there more than once, and how to say which is meant."""
    if not is_inside:
        none = f", never in item {reference.item}" if reference.item else ""
        return f"{shortened(reference.text)} is there {_times(count)}{none}: give its item, or nth"
    where = f"in item {reference.item}" if reference.item else "outside the items"
    return f'{shortened(reference.text)} is there {_times(count)} {where}: say which with {{ text = "…", nth = 1 }}'


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")

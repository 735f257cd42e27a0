"""Units, one by one -> those that did not come before; and which say something else of the same source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import compress, islice
from typing import TYPE_CHECKING

from ._units import Unit

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

CHUNK = 1024
SHOWN = 3
"""How many sources with several translations are named."""
EXCERPT = 30


@dataclass(slots=True)
class Seen:
    """The hashes that were seen, 8 bytes each, in sorted arrays of which each is at least twice as long as the next."""

    runs: list[NDArray[int64]] = field(default_factory=list)

    def first(self, keys: NDArray[int64]) -> NDArray[bool_]:
        """For each key whether it is seen for the first time."""
        import numpy

        each, places = numpy.unique(keys, return_index=True)
        new = numpy.ones(len(each), dtype=bool)
        for run in self.runs:
            at = numpy.minimum(numpy.searchsorted(run, each), len(run) - 1)
            new &= run[at] != each
        is_first = numpy.zeros(len(keys), dtype=bool)
        is_first[places[new]] = True
        self._add(each[new])
        return is_first

    def _add(self, keys: NDArray[int64]) -> None:
        import numpy

        while self.runs and len(self.runs[-1]) < 2 * len(keys):
            keys = numpy.concatenate((self.runs.pop(), keys))
            keys.sort(kind="stable")
        if len(keys):
            self.runs.append(keys)


@dataclass(slots=True)
class Repeats:
    """What came before, by hashes of 64 bits: of a million pairs two have the same once in 37 million memories.

    `again` counts pairs that came before, `several` the sources that have several translations; `shown` has some
    of these with a later translation.
    """

    pairs: Seen = field(default_factory=Seen)
    sources: Seen = field(default_factory=Seen)
    told: Seen = field(default_factory=Seen)
    again: int = 0
    several: int = 0
    shown: list[tuple[str, str]] = field(default_factory=list)

    def fresh(self, units: Iterable[Unit], is_english_source: bool) -> Iterator[Unit]:
        """The units that did not come before. A draft is never the same as a text, nor contradicts one."""
        source = 0 if is_english_source else 1
        rest = iter(units)
        while chunk := list(islice(rest, CHUNK)):
            is_first = self.pairs.first(_keys([(en, zh, "draft" in facts.flags) for en, zh, _, facts in chunk]))
            kept = chunk
            if not is_first.all():
                kept = list(compress(chunk, is_first))
                self.again += len(chunk) - len(kept)
            keys = _keys([(unit[source], "draft" in unit.facts.flags) for unit in kept])
            is_known = ~self.sources.first(keys)
            if is_known.any():
                self._tell(list(compress(kept, is_known)), keys[is_known], source)
            yield from kept

    def _tell(self, others: list[Unit], keys: NDArray[int64], source: int) -> None:
        """Count sources that have another translation already, and show some."""
        is_first = self.told.first(keys)
        self.several += int(is_first.sum())
        for unit in islice(compress(others, is_first), SHOWN - len(self.shown)):
            self.shown.append((_excerpt(str(unit[source])), _excerpt(str(unit[1 - source]))))


def _keys(said: list[tuple[object, ...]]) -> NDArray[int64]:
    import numpy

    return numpy.fromiter(map(hash, said), numpy.int64, len(said))


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"

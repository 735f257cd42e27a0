"""CC-CEDICT as it is installed -> the arrays that the aligner looks words up in, compiled once and kept."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path

from align.dictionary import entries as installed
from align.dictionary.arrays import Dictionary, empty, pack_stem, pack_word
from align.dictionary.packing import FORMAT, pack, unpack
from align.dictionary.store import keep, kept

__all__ = ["Dictionary", "empty", "load", "pack_stem", "pack_word", "signature"]


@cache
def load() -> Dictionary:
    """The dictionary: from the cache, else compiled and kept there; without words where it is not installed."""
    path = installed.find_file()
    if not path:
        return empty()
    version = installed.version() or "unknown"
    name = f"cc-cedict-{version}-{FORMAT}.bin"
    source = f"{path.name} {version} {path.stat().st_size}"
    found = _cached(name, source)
    if not found:
        found = compile_file(path)
        keep(name, pack(found, source))
    return found


def signature() -> str:
    """Which dictionary it is, for the record of the method."""
    return installed.signature()


def compile_file(path: Path) -> Dictionary:
    """The dictionary of a file in the format of CC-CEDICT, gzipped."""
    from align.dictionary.compiling import compile_entries

    return compile_entries(installed.read_entries(installed.read_file(path)), installed.signature())


def _cached(name: str, source: str) -> Dictionary | None:
    """What the cache holds under that name, if it is whole."""
    for data in kept(name):
        with suppress(ValueError, KeyError, TypeError):
            return unpack(data, source)
    return None

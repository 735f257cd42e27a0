"""Paths of corpora, of folders and of sources -> what reads the bitext of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import UsageError

if TYPE_CHECKING:
    from align.model import Bitext

OURS = b"schemas/align.rng"
"""What stands near the beginning of every corpus that align made."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What reads each bitext, and the folders that they come from."""

    readers: tuple[Callable[[], Bitext], ...]
    homes: frozenset[Path]


def find_texts(paths: Sequence[Path]) -> Texts:
    """Corpora as they are, and sources by building their corpus in memory; each text once.

    Of a folder of corpora only these count, one with drafts only if it is named; a memory beside its corpus does not.
    Raises UsageError for what is not there, DataError for a folder without sources.
    """
    from align.build import build
    from align.console import say
    from align.init import content_language
    from align.sources.documents import find_documents

    corpora = [path for path in paths if path.suffix.lower() == ".xml" or _holds_corpora(path)]
    files = list({path.resolve(): path for folder in corpora for path in _corpora(folder)}.values())
    others = [path for path in paths if path not in corpora]
    made = {path: corpus for path in others if (corpus := _made_from(path, files))}
    for path, corpus in made.items():
        say(f"{path}: left out; its text is that of {corpus}.")
    others = [path for path in others if path not in made]
    documents = find_documents(others, content_language) if others else []
    homes = [path.parent for path in files] + [file.path.parent for document in documents for file in document.files]
    return Texts(
        (
            *(lambda p=path: _corpus(p) for path in files),
            *(lambda d=document: build(d) for document in documents),
        ),
        frozenset(home.resolve() for home in homes),
    )


def or_dist(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths, or the folder dist/ where none is given."""
    if paths:
        return paths
    if not Path("dist").is_dir():
        raise UsageError("There is no folder dist/ here.", "Run `align export` first, or name corpora or sources.")
    return (Path("dist"),)


def _holds_corpora(path: Path) -> bool:
    """Whether a folder holds what `align export` made."""
    return path.is_dir() and any(OURS in _beginning(file) for file in path.rglob("*.xml") if file.is_file())


def _corpora(path: Path) -> Iterator[Path]:
    """A corpus that is named, or those in a folder."""
    from align.arguments import find_corpora
    from align.memory.heads import is_memory

    is_folder = path.is_dir()
    for file in find_corpora([path]):
        if not is_folder or not (_is_second(file) or is_memory(file)):
            yield file


def _made_from(path: Path, corpora: Sequence[Path]) -> Path | None:
    """The corpus of whose text a memory is that stands beside it, such as `old.tmx` beside `old.xml`."""
    if path.suffix.lower() != ".tmx":
        return None
    beside = (corpus for corpus in corpora if corpus.resolve().parent == path.resolve().parent)
    return next((corpus for corpus in beside if path.name.startswith(f"{corpus.stem}.")), None)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(1000)


def _is_second(path: Path) -> bool:
    """Whether it is the corpus with drafts beside the one without."""
    return path.stem.endswith(".draft") and path.with_name(f"{path.stem.removesuffix('.draft')}.xml").exists()


def _corpus(path: Path) -> Bitext:
    from align import corpus
    from align.job import refuse_invalid

    refuse_invalid(path, own=False)
    return corpus.read(path)

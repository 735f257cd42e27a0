"""Paths of corpora, of folders and of sources -> what reads the bitext of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    """Corpora as they are, and sources by building their corpus in memory; a corpus with drafts only if it is named.

    Raises UsageError for what is not there, DataError for a folder without sources.
    """
    from align.arguments import find_corpora
    from align.build import build
    from align.init import content_language
    from align.sources.documents import find_documents

    corpora = [path for path in paths if path.suffix.lower() == ".xml" or _holds_corpora(path)]
    others = [path for path in paths if path not in corpora]
    files = [path for path in find_corpora(corpora) if path in corpora or not _is_second(path)]
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

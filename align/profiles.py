"""Programs that load translation memories -> what each does with a TMX that others do not, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GIGABYTE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Profile:
    """What one program asks of a TMX, `sources` being pages of its vendor or runs of the program itself.

    `repeats` says what it does with a second translation of one source. `fields`: it wants to know the kind
    of a property's value. `longest` is the most characters a side may have, `largest` the most bytes a file
    may have, `code` the most characters of a language code; 0 where no limit is known.
    """

    name: str
    sources: tuple[str, ...]
    repeats: str = ""
    fields: bool = False
    longest: int = 0
    largest: int = 0
    code: int = 0


PROFILES: Mapping[str, Profile] = {
    "omegat": Profile(
        "OmegaT",
        (
            "run: OmegaT 3.6.0, console-translate with the file in tm/auto",
            "https://omegat.sourceforge.io/manual-standard/en/chapter.project.folder.html",
        ),
        repeats="OmegaT inserts the last of them by itself",
    ),
    "weblate": Profile(
        "Weblate",
        ("run: Weblate 5.14.3 on PostgreSQL 15, weblate import_memory",),
        repeats="Weblate offers all of them",
    ),
    "trados": Profile(
        "Trados",
        (
            # 1 GB a file; 2,000 characters a side
            "https://docs.rws.com/en-US/trados-studio-cloud-capabilities-812699/importing-tm-content-741139",
            # fields of a unit are properties called x-NAME:KIND; import by confirmation level; the kinds
            "https://developers.rws.com/studio-api-docs/apiconcepts/translationmemory/importing_a_tmx_file.html",
            "https://developers.rws.com/studio-api-docs/api/translationmemory/"
            "Sdl.LanguagePlatform.TranslationMemory.FieldValueType.html",
            # Alignment is one of the origins
            "https://developers.rws.com/studio-api-docs/api/translationmemory/"
            "Sdl.LanguagePlatform.TranslationMemory.TranslationUnitOrigin.html",
        ),
        repeats="Trados keeps all or one of them, as its import is set",
        fields=True,
        longest=2_000,
        largest=GIGABYTE,
    ),
    "memoq": Profile(
        "memoQ",
        (
            "http://memoq.helpmax.net/en/explanations/translation-memories/multiple-translations/",
            "http://memoq.helpmax.net/en/reference-guide/edit-tm-settings",  # penalties by user
        ),
        repeats="a memoQ memory that allows one translation keeps one",
    ),
    "phrase": Profile(
        "Phrase",
        (
            "https://support.phrase.com/hc/en-us/articles/5709688865692",  # 1 GB a file
            "https://support.phrase.com/hc/en-us/articles/9386879926556-Translation-Unit-Metadata",  # one target
        ),
        repeats="Phrase keeps one of them",
        largest=GIGABYTE,
    ),
}

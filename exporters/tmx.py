"""Bitexts -> TMX 1.4b: a unit for each pair of sentences, paragraphs or items that a translator can trust."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from align.drafts import drafted, marks
from align.errors import UsageError
from align.export import Exporter, Open, Options
from align.model import Bitext
from align.profiles import PROFILES, Profile

from ._beads import from_english, language_codes
from ._repeats import Repeats
from ._tmx import ORIGINS, Form, Written, write_units
from ._units import SEGTYPES, UNSURE, Unit, conversion, merged, units, wanted
from ._wording import converted

SCRIPTS = {"zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant"}
NAMES = {"paragraph": ("paragraph", "paragraphs"), "item": ("item", "items")}
"""What holds an unsure sentence; a sentence alone that is unsure is told of already."""
STANDING = {
    "official": "that are not official on both sides",
    "source": "of drafts; --drafts makes a memory with them",
}
"""What a unit is that is left out for its standing, by what is asked for."""


def write(bitexts: Iterable[Bitext], options: Options, open: Open) -> None:
    """One memory with the units of all bitexts, in order, in one file or as many as their size asks for.

    The header says the source language, drafts and conversions of the first; every unit says its own. A pair
    that comes again in its document is written once, with all its places; one that a later document
    repeats stays with the first.
    """
    given = iter(bitexts)
    first = next(given, None)
    form = _form(first, options)
    left_out: Counter[str] = Counter()
    known = Repeats()
    kept = _units(chain([first] if first else [], given), options, left_out)
    done = write_units(known.fresh(kept, form.is_english_source), form, options.name, open, _largest(form, options))
    options.tell(_count(done.units, "unit", "units") if done.units else "no unit")
    for said in (*_left_out(left_out, known, options), *_contradictions(known, form), *_limits(done, form)):
        options.tell(said)


def _units(bitexts: Iterable[Bitext], options: Options, left_out: Counter[str]) -> Iterator[Unit]:
    for bitext in bitexts:
        every = units(bitext, options.memory.level, left_out)
        yield from merged(wanted(every, options.memory, left_out))


def _form(bitext: Bitext | None, options: Options) -> Form:
    """How the memory is written: as asked for, or as the first document says."""
    codes = language_codes(bitext.zh, options) if bitext else (options.english, options.chinese or "zh-CN")
    profile = PROFILES[options.memory.profile] if options.memory.profile else None
    _check_codes(codes, profile)
    if bitext and not bitext.zh.tag.startswith(SCRIPTS.get(options.chinese, "")):
        options.tell(f"the Chinese is {bitext.zh.tag}, and programs take {options.chinese} for another script")
    return Form(
        codes,
        from_english(bitext, options.memory),
        SEGTYPES[options.memory.level],
        _notes(bitext) if bitext else (),
        _properties(bitext) if bitext else (),
        profile,
    )


def _check_codes(codes: tuple[str, str], profile: Profile | None) -> None:
    for code in codes if profile and profile.code else ():
        if profile and len(code) > profile.code:
            raise UsageError(
                f"{profile.name} takes language codes of {profile.code} characters at most, not {code}.",
                "Name others with --codes, such as en-US,zh-CN.",
            )


def _notes(bitext: Bitext) -> tuple[str, ...]:
    return tuple(filter(None, (*marks(bitext), converted(bitext.zh)[0])))


def _properties(bitext: Bitext) -> tuple[tuple[str, str], ...]:
    origins = dict.fromkeys(ORIGINS[standing] for standing in drafted(bitext).values() if standing in ORIGINS)
    how = conversion(bitext)
    return (*(("x-Origin", origin) for origin in origins), *((("x-Converted", how),) if how else ()))


def _largest(form: Form, options: Options) -> int:
    """The most bytes a file may have: the least of what is asked for and what the program takes."""
    limits = (options.memory.split, form.profile.largest if form.profile else 0)
    return min(filter(None, limits), default=0)


def _left_out(left_out: Counter[str], known: Repeats, options: Options) -> Iterator[str]:
    memory = options.memory
    if left_out[UNSURE]:
        what = _count(left_out[UNSURE], *NAMES[memory.level])
        yield f"left out {what} with a sentence that is cut off, doubtful or without counterpart"
    reasons = {
        "standing": STANDING.get(memory.standing or "source", ""),
        "status": "that nobody has confirmed",
        "confidence": f"below confidence {memory.confidence:g}",
    }
    for reason, why in reasons.items():
        if left_out[reason]:
            yield f"left out {_count(left_out[reason], 'unit', 'units')} {why}"
    if known.again:
        yield f"left out {_count(known.again, 'unit', 'units')} that a document before has"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _contradictions(known: Repeats, form: Form) -> Iterator[str]:
    """Sources with several translations, all of which are kept: which is right, only a person can say."""
    if known.several:
        examples = ", ".join(f"“{source}” (also “{target}”)" for source, target in known.shown)
        what = _count(known.several, "source has", "sources have")
        repeats = f" ({form.profile.repeats})" if form.profile and form.profile.repeats else ""
        more = ", …" if known.several > len(known.shown) else ""
        yield f"{what} several translations, all kept{repeats}: {examples}{more}"


def _limits(done: Written, form: Form) -> Iterator[str]:
    if done.too_long and form.profile:
        units = _count(done.too_long, "unit is", "units are")
        yield f"{units} longer than the {form.profile.longest:,} characters a side that {form.profile.name} takes"
    if done.too_large:
        units = _count(done.too_large, "unit is", "units are")
        yield f"{units} larger than a file may be and stand alone in one"


exporter = Exporter(
    "tmx", "translation memory for OmegaT, Trados, memoQ, Phrase and other CAT tools", write, ("codes", "memory")
)

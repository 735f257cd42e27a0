"""Bitext -> findings that a person should look at: numbering, gaps, what is cut off or doubtful."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, islice, pairwise

from align.drafts import drafted
from align.model import Bitext, Block, Document, Finding, Witness, items, segments
from align.provenance import source_text
from align.summary import ranges
from align.units import flatten, own_segments, units_of

NAMES = {"en": "English", "zh": "Chinese"}
MOST, FEWEST = 10, 3
"""Numbers that a finding names one by one, and doubtful pairs that make two texts doubtful."""
LONG = 8
"""Words of a sentence that has one of the common ones, if it is English."""
ENGLISH = frozenset(
    "the of and to in a is that for it as was with be by on not he this are or from at which but have an had they you "
    "were all has will shall may must its their who any no other such under between into than".split()
) - {"a", "no", "in", "on", "me", "an", "he", "was", "die", "den", "all", "is", "of"}
PUNCTUATION = ".,;:!?()[]“”‘’\"'"
NAME = re.compile(r"\s*([A-Za-z]{4,})\b")
"""A label's word, as in Article 5."""


def check(bitext: Bitext) -> list[Finding]:
    """What is odd about a bitext, by kind; drafts, which are no texts of it, apart."""
    drafts = drafted(bitext)
    found = [*_unplaced(bitext), *_undecodable(bitext), *_unread(bitext), *_blank(bitext), *_variants(bitext)]
    for document in bitext.documents:
        found += [*_other_script(document), *_other_language(document), *_numbering(document, drafts)]
    suspect = list(_suspect(bitext))
    told = any(finding.rule == "versions" for finding in suspect)
    return [*found, *suspect, *(() if told else _doubtful(bitext))]


def _unplaced(bitext: Bitext) -> Iterator[Finding]:
    for witness in bitext.witnesses:
        for span in witness.record:
            if span.how == "unplaced":
                yield Finding(
                    "unplaced",
                    "warning",
                    f"{witness.file}: line {_line(bitext, witness, span.start)}",
                    f"text that no stage could place was left out: {span.text[:40]!r}.",
                    "Please report it with the file.",
                )


def _undecodable(bitext: Bitext) -> Iterator[Finding]:
    for witness in bitext.witnesses:
        if not witness.undecodable:
            continue
        count = len(witness.undecodable)
        many = "A stretch of bytes is" if count == 1 else f"{count} stretches of bytes are"
        yield Finding(
            "undecodable",
            "warning",
            f"{witness.file}: line {_line(bitext, witness, witness.undecodable[0].offset)}",
            f"{many} not {witness.encoding}; U+FFFD stands for {'it' if count == 1 else 'each'}.",
            "Save the file again as UTF-8 from the program it comes from.",
        )


def _unread(bitext: Bitext) -> Iterator[Finding]:
    """Pages that are pictures, and parts that are damaged: what they say is not in the text."""
    for witness in bitext.witnesses:
        said = [span.text.strip("[]") for span in witness.record if span.how in ("picture", "damaged")]
        if said:
            more = f" and {len(said) - MOST} more" if len(said) > MOST else ""
            yield Finding(
                "unread",
                "warning",
                witness.file,
                f"{witness.file} was not read whole: {'; '.join(said[:MOST])}{more}.",
                "Have text in pictures recognised (OCR), and fetch a damaged file again.",
            )


def _blank(bitext: Bitext) -> Iterator[Finding]:
    """Pages on which nothing can be seen: an empty page, or one whose content is damaged."""
    for witness in bitext.witnesses:
        pages = [span.text.strip("[]").removeprefix("page ") for span in witness.record if span.how == "blank"]
        if pages:
            where = f"page{'s' * (len(pages) > 1)} {_listed(pages)}"
            yield Finding(
                "blank", "note", witness.file, f"{witness.file} shows nothing on {where}: blank, or damaged.", ""
            )


def _variants(bitext: Bitext) -> Iterator[Finding]:
    """Witnesses that were passed over for a fuller one, and the items that they read otherwise."""
    for witness in bitext.witnesses:
        how = dict.fromkeys(span.how for span in witness.record if span.how.startswith(("same-", "variant")))
        numbers = [said.partition("-")[2] for said in how if said.startswith("variant-")]
        if how:
            items_said = f"items {_listed(numbers)} otherwise" if numbers else "nothing otherwise"
            yield Finding(
                "variants",
                "note",
                witness.file,
                f"{witness.file} holds a text that another file has, too, and reads {items_said}.",
                "Say in document.toml which file has the higher standing.",
            )


def _line(bitext: Bitext, witness: Witness, offset: int) -> int:
    return len(f"{source_text(bitext, witness)[:offset]}.".splitlines())


def _other_script(document: Document) -> Iterator[Finding]:
    """Text of a third language goes to one of the two sides, and does not belong there."""
    letters = [c for segment in segments(document) for c in segment.text if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "?").split()[0] for c in letters)
    foreign = [(n, script) for script, n in scripts.items() if script not in ("LATIN", "CJK", "?")]
    if foreign and sum(n for n, _ in foreign) * 5 > len(letters):
        script = max(foreign)[1].capitalize()
        yield Finding(
            "other-script",
            "warning",
            document.id,
            f"Much of what was taken for {NAMES[document.id]} is in another script ({script}).",
            "Leave it out of the source, or check the encoding.",
        )


def _other_language(document: Document) -> Iterator[Finding]:
    """Text in Latin letters that is no English: long sentences in which no common English word stands."""
    long = [s.text for s in segments(document) if len(s.text.split()) >= LONG and s.text.upper() != s.text]
    foreign = [text for text in long if not ENGLISH & {w.strip(PUNCTUATION).lower() for w in text.split()}]
    if document.id == "en" and len(foreign) >= FEWEST and len(foreign) * 10 > len(long):
        yield Finding(
            "other-language",
            "warning",
            document.id,
            f"{len(foreign)} of {len(long)} sentences taken for English hold no common English word; "
            f"the first is “{_shortened(foreign[0])}”.",
            "Leave text in other languages out of the source.",
        )


def _numbering(document: Document, drafts: Collection[str]) -> Iterator[Finding]:
    """Numbers used twice, skipped or out of order among the items of one language, from one beginning to the next."""
    placed = [(b.number, home) for b, home in _placed(document.blocks) if b.number and b.id not in drafts]
    numbers = [number for number, _ in placed]
    name = NAMES[document.id]
    again = [a == b for a, b in pairwise([("", ""), *placed])]
    begins = zip(numbers, again, strict=True)
    starts = Counter(accumulate(number in (numbers[0], "1") and not same for number, same in begins))
    series = [list(islice(stream, size)) for stream in [iter(numbers)] for size in starts.values()]
    twice = [number for run in series for number, count in Counter(run).items() if count > 1]
    if twice:
        yield Finding("number-repeated", "note", document.id, f"{name} uses {_listed(twice)} more than once.")
    plain = [int(number) for number in numbers if number.isdecimal()]
    skipped = [str(n) for a, b in pairwise(plain) if 1 < b - a < 1000 for n in range(a + 1, b)]
    if skipped:
        yield Finding("number-skipped", "note", document.id, f"{name} numbering skips {_listed(skipped)}.")
    back = [str(b) for a, b in pairwise(plain) if b < a and str(b) not in ("1", numbers[0])]
    if back:
        yield Finding("number-order", "note", document.id, f"{name} numbering goes back at {_listed(back)}.")


def _placed(blocks: Sequence[Block], home: str = "") -> Iterator[tuple[Block, str]]:
    """Each item with the id of what holds it."""
    for block in blocks:
        if block.kind == "item":
            yield block, home
        yield from _placed(block.blocks, block.id)


def _listed(numbers: list[str]) -> str:
    runs = ranges(numbers).split(", ")
    return ", ".join(runs) if len(runs) <= MOST else f"{', '.join(runs[:MOST])} and {len(runs) - MOST} more"


def _suspect(bitext: Bitext) -> Iterator[Finding]:
    """Items of one number that say different things: here and there, or throughout."""
    told = [link for link in bitext.links if "draft" not in link.flags]
    flagged = {name for link in told if "suspect" in link.flags for name in link.en}
    units = flatten(units_of(bitext)) if flagged else ()
    drafts = drafted(bitext)
    pairs = [
        u for u in units if u.kind == "item" and u.en and u.zh and drafts.keys().isdisjoint((u.en[0].id, u.zh[0].id))
    ]
    suspect = [unit for unit in pairs if any(name in flagged for name in own_segments(unit.en))]
    name = _called(bitext.en)
    if len(suspect) >= FEWEST and 3 * len(suspect) >= len(pairs):
        yield Finding(
            "versions",
            "warning",
            "document",
            f"These look like different versions: {len(suspect)} of {len(pairs)} {name} disagree.",
            "Get both texts in one version; a TMX leaves out what disagrees.",
        )
    elif suspect:
        many = "looks like a different text" if len(suspect) == 1 else "look like different texts"
        yield Finding(
            "suspect",
            "warning",
            suspect[0].en[0].id,
            f"{len(suspect)} of {len(pairs)} {name} {many}: {_listed([unit.number for unit in suspect])}.",
            "Compare the two texts there; a TMX leaves such pairs out.",
        )


def _called(document: Document) -> str:
    """What the items call themselves, such as articles."""
    words = [word[1].lower() for item in items(document) if item.label and (word := NAME.match(item.label.text))]
    name, count = Counter(words).most_common(1)[0] if words else ("", 0)
    return f"{name}s" if 2 * count > len(list(items(document))) else "items"


def _doubtful(bitext: Bitext) -> Iterator[Finding]:
    plain = [link for link in bitext.links if not {"suspect", "draft"}.intersection(link.flags)]
    doubtful = [link for link in plain if "doubtful" in link.flags]
    both = sum(bool(link.en and link.zh) for link in plain)
    if len(doubtful) >= FEWEST and 2 * len(doubtful) > both:
        yield Finding(
            "unrelated",
            "warning",
            "document",
            f"The two texts hardly answer each other: {len(doubtful)} of {both} pairs are doubtful.",
            "Check that they are the same document, and the same version of it.",
        )
    elif doubtful:
        held = {segment.id: segment.text for document in bitext.documents for segment in segments(document)}
        first = doubtful[0]
        en, zh = (_shortened(held[side[0]]) for side in (first.en, first.zh))
        many = "A pair is doubtful:" if len(doubtful) == 1 else f"{len(doubtful)} pairs are doubtful; the first is"
        yield Finding(
            "doubtful",
            "warning",
            first.en[0],
            f"{many} “{en}” with “{zh}”.",
            "Compare the two texts there; a TMX leaves such pairs out.",
        )


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29].rstrip()}…"

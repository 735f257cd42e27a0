"""A bitext and the drafts of its texts -> the bitext with what a draft has and no text of higher standing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from align import completion
from align.errors import DataError
from align.flow import Flow, aligned, outline
from align.model import DRAFTS, Bitext, Document, Lang, Line, Source, Span, items, segments

BOTH: tuple[Lang, Lang] = ("en", "zh")


def drafts(lines: Sequence[Line], read: Sequence[Source]) -> Iterator[list[Line]]:
    """The lines of the drafts of each standing and language, the highest standing first."""
    for standing in DRAFTS:
        names = {source.witness.id for source in read if source.witness.standing == standing}
        for lang in BOTH:
            own = [line for line in lines if line.witness in names and line.lang == lang]
            if own:
                yield own


def with_draft(
    bitext: Bitext, outlined: tuple[Document, Document], own: Sequence[Line], higher: Sequence[Line], flow: Flow
) -> tuple[Bitext, list[Span]]:
    """The bitext with what a draft has and no text of higher standing, and the lines of it that are passed over.

    All else stays as it is. A draft gives a document no heading: its title is nobody's.
    """
    lang: Lang = "en" if own[0].lang == "en" else "zh"
    draft, unused = outline(own, lang)
    draft = replace(draft, heading=())
    en, zh = bitext.documents
    if not any(segments(en if lang == "en" else zh)):
        sides = (draft, outlined[1]) if lang == "en" else (outlined[0], draft)
        en, zh, links = aligned(sides, flow)
        bitext = replace(bitext, en=en, zh=zh, links=tuple(completion.flagged(links, draft.id)))
    else:
        _check_script(draft, en if lang == "en" else zh, bitext.meta.name)
        held = {item.number for item in items(outline(higher, lang)[0])}
        found = completion.lacking_items(bitext, draft, held)
        bitext = _completed(bitext, replace(draft, blocks=tuple(found.values())), flow) if found else bitext
    return bitext, [*unused, *completion.not_taken(own, bitext.documents, unused)]


def _check_script(draft: Document, text: Document, name: str) -> None:
    """A text in two scripts is none that can be set."""
    if draft.tag[:7] != text.tag[:7]:
        raise DataError(
            f"{name}: the draft is in another script ({draft.tag}) than the text ({text.tag}).",
            "Give the draft in the script of the text.",
        )


def _completed(bitext: Bitext, draft: Document, flow: Flow) -> Bitext:
    """The bitext with all items of a draft, aligned with what they answer; no other link changes."""
    blocks = completion.answered(bitext, draft.id, [item.number for item in draft.blocks])
    answered = Document("zh", bitext.zh.tag, blocks) if draft.id == "en" else Document("en", "en", blocks)
    sides = (draft, answered) if draft.id == "en" else (answered, draft)
    en, zh, links = aligned(sides, flow, settled=answered.id)
    made = en if draft.id == "en" else zh
    found = {item.number: item for item in made.blocks}
    whole = completion.completed(bitext, draft.id, found)
    links = completion.spliced(bitext.links, completion.flagged(links, draft.id), (*en.blocks, *zh.blocks))
    return replace(bitext, en=whole, links=links) if draft.id == "en" else replace(bitext, zh=whole, links=links)

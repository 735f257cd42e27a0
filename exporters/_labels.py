"""Block -> what is printed around its sentences: its label, the mark behind its heading, the space after both."""

from __future__ import annotations

from align.model import Block, Lang, reading

from ._runs import Paragraph, Run, Style


def is_worded(block: Block) -> bool:
    """Whether an item's label says more than the number in the gutter: Article 1, 第一条; not 1.a."""
    said = block.label.text.strip(" .:：、)）\u3000") if block.label else ""
    return block.kind == "item" and said != block.number and any(c.isalpha() for c in said)


def label(block: Block, lang: Lang) -> Paragraph:
    """The label as printed, and the space between it and a heading if one is printed."""
    if not block.label:
        return ()
    style: Style = "title" if block.heading or is_worded(block) else "label"
    said = Run(reading(block.label).strip(), lang, style)
    return (said, Run(" ", lang, style)) if block.heading and block.label.text[-1:].isspace() else (said,)


def closing(block: Block, lang: Lang) -> Paragraph:
    """The mark that is printed behind a heading."""
    return (Run(reading(block.delimiter).strip(), lang, "title"),) if block.delimiter and block.heading else ()


def runs_in(block: Block) -> bool:
    """Whether the text of a block goes on in the line of its title: after a mark, or after a label alone."""
    return bool(block.delimiter or not block.heading)


def space(block: Block, lang: Lang) -> Paragraph:
    """What separates a title from the text in the same line."""
    wide = lang == "zh" and not block.heading and is_worded(block)
    return (Run("\u3000", lang),) if wide else gap(lang)


def gap(lang: Lang) -> Paragraph:
    """What separates two sentences in running text."""
    return (Run(" ", lang),) if lang == "en" else ()

"""The rules of a translation memory: what each is called, how bad it is, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """An error is what a tool refuses or what loses text; a warning costs matches; a note is good to know."""

    id: str
    severity: Severity
    remedy: str


RULES = {
    rule.id: rule
    for rule in (
        Rule("not-well-formed", "error", "Mend the line (--fix leaves the unit out)."),
        Rule("cut-off", "error", "Get the whole file again (--fix closes it after the last whole unit)."),
        Rule("control-character", "error", "Remove it (--fix does it)."),
        Rule("bad-bytes", "error", "Export the memory again as UTF-8 (--fix leaves the unit out)."),
        Rule("surrogate", "error", "Write the whole character or none (--fix does it)."),
        Rule("encoding", "error", "Save the file as UTF-8 and declare that (--fix does it)."),
        Rule("doctype", "error", "Leave the document type out (--fix does it)."),
        Rule("grammar", "error", "Mend it by the grammar of TMX 1.4b, or export the memory again from its program."),
        Rule("attribute", "error", "Say it in a property instead (--fix does it)."),
        Rule("header", "error", "Add it to the header (--fix does it; a srclang where the units name one)."),
        Rule("srclang", "error", "Give both the same code (--fix does it where the units tell which)."),
        Rule("underscore", "error", "Write it with a hyphen (--fix does it)."),
        Rule("empty-segment", "error", "Leave the unit out until it is translated (--fix does it)."),
        Rule("one-language", "warning", "Leave the unit out, or add the other language."),
        Rule("three-languages", "note", "Export one memory for each pair of languages if a tool asks for it."),
        Rule("repeated-language", "warning", "Make a unit of each, or keep one of them."),
        Rule("paired-codes", "warning", "Mend the codes in the program that made them, or leave the unit out."),
        Rule("region", "warning", "Use a language and a region, such as en-US, zh-CN, zh-TW or zh-HK."),
        Rule("white-space", "warning", "Write the text as it stands in a document."),
        Rule("long-segment", "warning", "Cut the unit into sentences, or leave it out."),
        Rule("contradiction", "warning", "Keep one of them, or say in a property where each belongs."),
        Rule("segtype", "warning", "Set segtype to paragraph or block, or cut the units into sentences."),
        Rule("date", "warning", "Write it as YYYYMMDDThhmmssZ (--fix does it where the day is sure)."),
        Rule(
            "version",
            "warning",
            "Export the memory again as TMX 1.4 (--fix writes that, and xml:lang for lang).",
        ),
        Rule("no-units", "warning", "Export the memory again with its units."),
        Rule("repeated-tuid", "note", "Leave it so, or give each its own, if a tool goes by the tuid."),
        Rule("utf-8", "note", "UTF-8 without byte order mark is read everywhere (--fix does it)."),
        Rule("file-name", "warning", "Call it .tmx."),
    )
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken, where, and in what way; unit 0 is the file itself; a remedy only where it is another."""

    rule: str
    unit: int
    line: int
    said: str
    remedy: str = ""

    @property
    def where(self) -> str:
        """`unit 214, line 812`."""
        return f"unit {self.unit}, line {self.line}" if self.unit else f"line {self.line}"

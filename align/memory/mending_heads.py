"""The head of a memory with faults -> the head as tools want it, and what was done to it."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from align.memory.chunks import Chunk, allowed
from align.memory.encodings import Encoding
from align.memory.grammar import grammar
from align.memory.heads import DECLARATION, DOCTYPE, NAMESPACE, RIGHT_DECLARATION, Head, shown
from align.memory.languages import Languages
from align.memory.rules import Fault
from align.memory.spelling import spelled
from align.memory.tags import TAG, rewritten

DECLARED = re.compile(r"""(\A\s*<\?xml\s[^>]*?encoding\s*=\s*["'])([\w.:-]+)""")
VERSION = re.compile(r"""(\sversion\s*=\s*)("[^"]*"|'[^']*')""")
HYPHENS = "two hyphens in a row, or a control character, taken out of a comment"
UNSAID = {"segtype": "block", "adminlang": "en"}
"""What is added where the header lacks it: a block is what is none of the other kinds."""


def mended_head(chunk: Chunk, encoding: Encoding, head: Head, languages: Languages) -> tuple[bytes, list[Fault]]:
    """The head in UTF-8, and what was done to it."""
    done: list[tuple[str, str]] = []
    text, misspelt = spelled(allowed(chunk.data))
    if allowed(chunk.data) != chunk.data:
        done.append(("not-well-formed", HYPHENS))
    done += [(found.rule, f"{found.said} removed from the head") for found in misspelt]
    text = _declared(text, encoding, done)
    if any(fault.rule == "doctype" for fault in head.faults):
        text = re.sub(DOCTYPE.pattern.decode() + r"\s*", "", text, count=1, flags=re.S)
        done.append(("doctype", "the document type left out"))
    if NAMESPACE.search(text):
        text = NAMESPACE.sub(r"\1", text)
        done.append(("attribute", "attribute xmlns of <tmx> left out"))
    source = source_language(head, languages)
    if head.is_whole and not any(tag["name"] == "header" for tag in TAG.finditer(text)):
        body = next(tag.start() for tag in TAG.finditer(text) if tag["name"] == "body")
        text = f"{text[:body]}<header/>\n  {text[body:]}"
        done.append(("header", "a header added"))

    def change(name: str, attributes: str) -> str:
        if name == "tmx":
            return _numbered(attributes, done)
        return _completed(attributes, source, done) if name == "header" else attributes

    if head.is_whole:
        text, changes = rewritten(text, change)
        done += [said for said in dict.fromkeys(changes) if said[0] != "underscore" or not source]
    lines = dict.fromkeys(("header", "srclang", "date", "underscore"), head.line)
    return text.encode(), [Fault(rule, 0, lines.get(rule, 1), f"{said}.") for rule, said in done]


def _declared(text: str, encoding: Encoding, done: list[tuple[str, str]]) -> str:
    if encoding.name != "utf-8":
        done.append(("encoding", f"the file, which was in {shown(encoding.name)}, written in UTF-8"))
    elif encoding.mark:
        done.append(("utf-8", "the byte order mark left out"))
    said = DECLARATION.match(text.encode())
    if said and not RIGHT_DECLARATION.fullmatch(said[0]):
        done.append(("not-well-formed", "the XML declaration written anew"))
        return f'<?xml version="1.0" encoding="UTF-8"?>{text[len(said[0].decode()) :]}'
    if encoding.declared in ("", "utf-8"):
        return text
    done.append(("encoding", f"the declared encoding {encoding.declared} changed to UTF-8"))
    return DECLARED.sub(r"\1UTF-8", text)


def _numbered(attributes: str, done: list[tuple[str, str]]) -> str:
    """The attributes of `tmx` with the version that the copy is written in."""
    said = VERSION.search(attributes)
    if not said or said[2][1:-1] == "1.4":
        return attributes
    done.append(("version", f"version {said[2][1:-1]} written as 1.4"))
    return VERSION.sub(r'\1"1.4"', attributes)


def _completed(attributes: str, source: str, done: list[tuple[str, str]]) -> str:
    """The attributes of a header with the source language of the units, and those that it lacks."""
    there = dict(re.findall(r"""\s([\w:.-]+)\s*=\s*["']([^"']*)["']""", attributes))
    if source and there.get("srclang", source) != source:
        attributes = re.sub(r"""(\ssrclang\s*=\s*)(?:"[^"]*"|'[^']*')""", rf"\1{quoteattr(source)}", attributes)
        done.append(("srclang", f"srclang of the header changed from “{there['srclang']}” to “{source}”"))
    for name in grammar().forms["header"].needed:
        if name not in there and (name != "srclang" or source):
            value = source if name == "srclang" else UNSAID.get(name, "unknown")
            attributes += f" {name}={quoteattr(value)}"
            done.append(("header", f"{name}={quoteattr(value)} added to the header"))
    return attributes


def source_language(head: Head, languages: Languages) -> str:
    """The code that the header should name; nothing where the units do not tell, or say it themselves."""
    every = [
        [code.replace("_", "-") for code in codes] for codes, own in languages.counts if not own and len(codes) > 1
    ]
    if not every:
        return ""
    common = [code for code in dict.fromkeys(every[0]) if code and all(code in codes for codes in every)]
    said = head.srclang.replace("_", "-").lower()
    same = [code for code in common if code.lower() == said]
    alike = same or [code for code in common if _primary(code) == _primary(said)]
    if alike:
        return alike[0] if len(alike) == 1 else ""
    first = {codes[0] for codes in every}
    return first.pop() if said in ("", "*all*") and len(first) == 1 and first <= set(common) else ""


def _primary(code: str) -> str:
    return code.lower().partition("-")[0]

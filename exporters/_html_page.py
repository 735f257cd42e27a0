"""Brief -> a whole HTML page: head with a policy that lets nothing in, style, switch, search, text, script."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from ._brief import Brief
from ._html_body import Page, body, contents, cover, flags, page, rows_beside, widest
from ._html_text import attribute, element, line, text
from ._pdf_notes import Flagged

VIEWS = (("both", "Both", "双语"), ("en", "English", ""), ("zh", "", "中文"))
TOOLS = "显示与搜索"
GUTTER = 7
"""The longest number, in digits, that the gutter has room for; longer ones are broken."""
PAPER = {"a4": "A4", "letter": "letter"}


def html(
    said: Brief, notes: tuple[Flagged, ...] = (), view: str = "both", stacked: bool = False, paper: str = "a4"
) -> bytes:
    """The page of one brief; `view` is the language shown first: `both`, `en` or `zh`."""
    at = page(said, notes)
    style, script = _style(said, paper), _data("brief.js")
    lang = at.tags["zh"] if view == "zh" else "en"
    return f"{_head(at, style, script, lang)}\n{_rest(at, view, stacked, script)}\n".encode()


def _style(said: Brief, paper: str) -> str:
    """The style sheet with what this brief needs: paper, gutter, and rows of paragraphs side by side."""
    longest = min(widest(said), GUTTER)
    own = [f"@page {{ size: {PAPER[paper]}; }}"]
    own += [f":root {{ --gutter: {longest * 0.65 + 0.9:.2f}rem; }}"] if longest else []
    own += [f".n{count} {{ --paragraphs: {count}; }}" for count in rows_beside(said)]
    return f"{_data('brief.css')}{line(own)}\n"


def _data(name: str) -> str:
    """A file of ours, with line ends that do not depend on where it was installed."""
    return (files("align.exporters") / name).read_text("utf-8").replace("\r\n", "\n")


def _head(at: Page, style: str, script: str, lang: str) -> str:
    titles = dict.fromkeys(filter(None, (at.said.title_en, at.said.title_zh)))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return line(
        (
            "<!DOCTYPE html>",
            f"<html lang={attribute(lang)}>",
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f'<meta name="description" content={attribute(" ".join(filter(None, at.said.statement)))}>',
            element("title", text(" · ".join(titles))),
            f"<style>{style}</style>",
            "</head>",
        )
    )


def _hash(held: str) -> str:
    return f"'sha256-{b64encode(sha256(held.encode()).digest()).decode()}'"


def _rest(at: Page, view: str, stacked: bool, script: str) -> str:
    return line(
        (
            "<body>",
            f'<a class="skip" href="#text">{at.ours("Skip to the text", "跳到正文")}</a>',
            cover(at),
            contents(at),
            _tools(at, view, stacked),
            '<main id="text" tabindex="-1">',
            *body(at),
            "</main>",
            flags(at),
            f"<script>{script}</script>",
            "</body>",
            "</html>",
        )
    )


def _tools(at: Page, view: str, stacked: bool) -> str:
    """The switch, which needs no script, and the search, which is hidden until the script shows it."""
    choices = [_choice(at, name, en, zh, name == view) for name, en, zh in VIEWS]
    checked = " checked" if stacked else ""
    stack = (
        f'<label class="stack"><input type="checkbox" id="stacked"{checked}> {at.ours("Stacked", "上下排列")}</label>'
    )
    return line(
        (
            f'<div class="tools" role="region" aria-label={attribute(f"View and search {at.script(TOOLS)}")}>',
            f'<fieldset class="switch"><legend>{at.ours("Language", "语言")}</legend>',
            *choices,
            "</fieldset>",
            stack,
            '<div class="search" role="search" id="search" hidden>',
            f'<label for="query">{at.ours("Search", "搜索")}</label>',
            '<input type="search" id="query" autocomplete="off" spellcheck="false" aria-controls="text">',
            f'<button type="button" id="clear" hidden>{at.ours("Clear", "清除")}</button>',
            _count(at),
            "</div>",
            "</div>",
        )
    )


def _choice(at: Page, name: str, en: str, zh: str, checked: bool) -> str:
    shown = line((element("span", en, lang="en") if en else "", _zh(at, zh)), " ")
    given = f' id="view-{name}" value="{name}"{" checked" if checked else ""}'
    return f'<label><input type="radio" name="view"{given}> {shown}</label>'


def _zh(at: Page, said: str) -> str:
    return element("span", at.script(said), lang=at.tags["zh"]) if said else ""


def _count(at: Page) -> str:
    """How many are found, said in both languages; the script fills in the number."""
    number = '<span class="count"></span>'
    en = element("span", f"{number} found", lang="en")
    zh = element("span", f"{at.script('找到')}{number}{at.script('处')}", lang=at.tags["zh"])
    return f'<output id="found" for="query"><span id="told" hidden>{en} {zh}</span></output>'

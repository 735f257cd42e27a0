"""Terms -> TBX-Basic (ISO 30042:2019, data categories as attributes), an entry for each term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from align.terms.entries import Term

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader>
    <fileDesc>
      <sourceDesc>
        <p>Draft of align terms, found by statistics and not checked by a person: {documents}.</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""
TAIL = "    </body>\n  </text>\n</tbx>\n"


def write_tbx(terms: Iterable[Term], chinese: str) -> str:
    """The text of a TBX file; `chinese` is the language code of the Chinese terms."""
    held = list(terms)
    documents = dict.fromkeys(place.document for term in held for r in term.renderings for place in r.places)
    entries = "".join(f"{line}\n" for n, term in enumerate(held, 1) for line in _entry(term, n, chinese))
    return HEAD.format(documents=escape(", ".join(documents))) + entries + TAIL


def _entry(term: Term, number: int, chinese: str) -> Iterator[str]:
    yield f'      <conceptEntry id="c{number}">'
    yield from _language("en", term.english, term.en, term.short_en)
    yield from _language(chinese, term.chinese, term.zh, term.short_zh)
    yield "      </conceptEntry>"


def _language(code: str, forms: Mapping[str, int], main: str, short: str) -> Iterator[str]:
    """The forms of one language, the main one first, each with its number of passages."""
    yield f"        <langSec xml:lang={quoteattr(code)}>"
    for form in dict.fromkeys([main, *filter(None, [short]), *forms]):
        kind = ("fullForm" if short else "") if form == main else _short(form) if form == short else "variant"
        yield "          <termSec>"
        yield f"            <term>{escape(form)}</term>"
        if kind:
            yield f'            <termNote type="termType">{kind}</termNote>'
        yield f"            <note>passages: {forms.get(form, 0)}</note>"
        yield "          </termSec>"
    yield "        </langSec>"


def _short(form: str) -> str:
    return "acronym" if form.isupper() and form.isascii() else "shortForm"

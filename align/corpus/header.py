"""What is said about a bitext -> the TEI header."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from align import __version__
from align.corpus.markup import character_id, escape, is_character, plain, tag
from align.corpus.persons import EDITOR_POINTER, is_edited, persons
from align.drafts import drafted, drafted_segments, mark, marks
from align.model import DRAFTS, Bitext, Known, Mark, Segment, Title, Witness, items, segments, walk
from align.provenance import EDITOR

TAXONOMIES = {
    "bead": {
        "1-1": "one to one",
        "n-m": "several to one, one to several, several to several",
        "missing": "the whole unit has no counterpart on one side",
        "omitted": "left untranslated inside a unit that has a counterpart",
    },
    "status": {
        "auto": "made by the program",
        "confirmed": "confirmed by a person",
        "truncated": "one side is cut off in its source",
        "crossing": "stands out of the order of its neighbours",
        "suspect": "the two sides look like different texts",
        "doubtful": "the confidence is below the limit",
        "draft": "one side is no text of the document but a draft of it",
    },
    "standing": {
        "official": "official text",
        "reprint": "text copied by a third party",
        "unknown": "standing not known",
        "working": "a person's unofficial translation",
        "machine": "machine translation, unreviewed",
    },
}
LANGUAGES = {
    "en": "English",
    "zh-Hans": "Chinese, Simplified script",
    "zh-Hant": "Chinese, Traditional script",
    "zh-Hant-HK": "Chinese, Traditional script, Hong Kong",
}
DECIDED = "decisions on the text and its links"
RESP = {"given": "#editor", "printed": "", "name": "#aligner"}
DETAILS = ("publisher", "retrieved", "translator", "rights")


def header(bitext: Bitext) -> Iterator[str]:
    """The lines of `teiHeader`."""
    yield "  <teiHeader>"
    yield "    <fileDesc>"
    yield from _title_statement(bitext)
    yield from _extent(bitext)
    yield from _publication(bitext)
    said = tag("note", plain(bitext.meta.direction), type="direction")
    said += "".join(tag("note", each, type="draft") for each in marks(bitext))
    yield f"      <notesStmt>{said}</notesStmt>"
    yield from _sources(bitext)
    yield "    </fileDesc>"
    yield from _encoding(bitext)
    tags = ("en", bitext.zh.tag)
    usage = "".join(tag("language", LANGUAGES.get(t, t), ident=t) for t in tags)
    yield f"    <profileDesc><langUsage>{usage}</langUsage></profileDesc>"
    yield "  </teiHeader>"


def _title_statement(bitext: Bitext) -> Iterator[str]:
    yield "      <titleStmt>"
    found = bitext.meta.titles or (Title("en", bitext.meta.name, "name"),)
    for title in found:
        lang = bitext.zh.tag if title.lang == "zh" else "en"
        yield "        " + tag("title", plain(title.text), xml_lang=lang, type="main", resp=RESP[title.origin])
    made = tag("resp", "segmentation and alignment") + tag("name", f"align {__version__}", type="software")
    edited = f"; {DECIDED}" if is_edited(bitext) else ""
    given = tag("resp", f"titles and metadata given in document.toml{edited}") + tag("name", EDITOR)
    yield "        " + tag("respStmt", made, xml_id="aligner")
    yield "        " + tag("respStmt", given, xml_id="editor")
    used = {block.witness for document in bitext.documents for block in walk(document.blocks)}
    for witness in bitext.witnesses:
        if witness.standing in DRAFTS and witness.id in used:
            drafted = tag("resp", mark(witness.standing, bitext.zh.tag))
            drafted += tag("name", plain(witness.translator or witness.publisher or "not known"))
            yield "        " + tag("respStmt", drafted, xml_id=f"draft.{witness.id}")
    for name, pointer in persons(bitext).items():
        if pointer != EDITOR_POINTER:
            decided = tag("resp", DECIDED) + tag("name", plain(name))
            yield "        " + tag("respStmt", decided, xml_id=pointer[1:])
    yield "      </titleStmt>"


def _extent(bitext: Bitext) -> Iterator[str]:
    """The counts of the text, then those of drafts, if there are any."""
    blocks, sentences = drafted(bitext), drafted_segments(bitext)
    yield "      <extent>"
    for kind in ("", "draft") if blocks else ("",):
        for document in bitext.documents:
            held = sum((item.id in blocks) == bool(kind) for item in items(document))
            cut = sum((segment.id in sentences) == bool(kind) for segment in segments(document))
            for unit, count in (("item", held), ("s", cut)):
                yield "        " + tag("measure", type=kind, unit=unit, quantity=str(count), xml_lang=document.tag)
        links = sum(("draft" in link.flags) == bool(kind) for link in bitext.links)
        yield "        " + tag("measure", type=kind, unit="link", quantity=str(links))
    yield "      </extent>"


def _publication(bitext: Bitext) -> Iterator[str]:
    yield "      <publicationStmt>"
    yield "        <publisher>the editor</publisher>"
    yield "        " + tag("idno", plain(bitext.meta.name), type="document")
    if bitext.meta.date:
        yield "        " + tag("date", when=bitext.meta.date)
    rights = "Rights in the texts are as stated for each witness."
    yield f'        <availability status="unknown"><p>{rights}</p></availability>'
    yield "      </publicationStmt>"


def _sources(bitext: Bitext) -> Iterator[str]:
    yield "      <sourceDesc>"
    yield "        <listWit>"
    for witness in bitext.witnesses:
        yield from _witness(witness)
    yield "        </listWit>"
    if bitext.meta.known:
        yield '        <listBibl type="not-held">'
        yield from ("          " + _known(known, bitext.zh.tag) for known in bitext.meta.known)
        yield "        </listBibl>"
    yield "      </sourceDesc>"


def _witness(witness: Witness) -> Iterator[str]:
    yield f'          <witness xml:id="{witness.id}" ana="#standing.{witness.standing}">'
    said = [tag("idno", plain(witness.file), type="filename"), tag("idno", witness.sha256, type="sha256")]
    if witness.url:
        said.append(tag("idno", plain(witness.url), type="url"))
    said.append(tag("note", plain(witness.encoding), type="encoding"))
    said.append(tag("note", "yes" if witness.byte_order_mark else "no", type="byte-order-mark"))
    said += [tag("note", bad.bytes_hex, type="undecodable", n=str(bad.offset)) for bad in witness.undecodable]
    said.append(tag("note", " ".join(witness.langs), type="languages"))
    for name in DETAILS:
        if value := getattr(witness, name):
            said.append(tag("note", plain(value), type=name))
    yield from ("            " + line for line in said)
    yield "          </witness>"


def _known(known: Known, zh_tag: str) -> str:
    lang = zh_tag if known.lang == "zh" else "en"
    said = tag("title", plain(known.title), xml_lang=lang)
    said += tag("publisher", plain(known.publisher)) if known.publisher else ""
    said += tag("date", plain(known.date)) if known.date else ""
    return tag("bibl", said + (tag("idno", plain(known.url), type="url") if known.url else ""))


def _encoding(bitext: Bitext) -> Iterator[str]:
    yield "    <encodingDesc>"
    yield "      <editorialDecl>"
    yield (
        '        <normalization method="markup"><p>What is printed stands in the text; where exports read otherwise '
        "choice holds both; a single character that is read as another one (half-width punctuation between Han "
        "characters, compatibility ideographs) is a g, and charDecl says as what."
        "</p></normalization>"
    )
    yield (
        "        <segmentation><p>Each section, item and paragraph is a block; each sentence, headings included, "
        "is an s. The trace says where every character of every witness went.</p></segmentation>"
    )
    yield "        <interpretation>"
    yield (
        "          <p>cert on a link is the probability that it is right as a whole, as calibrated on other texts; 1 "
        "on a unit that is missing, .05 on a pair that only its number speaks for.</p>"
    )
    yield "          " + tag("p", plain(bitext.method), n="method")
    yield "        </interpretation>"
    yield "      </editorialDecl>"
    yield from _characters(bitext)
    yield "      <classDecl>"
    for name, categories in TAXONOMIES.items():
        yield f'        <taxonomy xml:id="{name}">'
        for key, said in categories.items():
            yield f'          <category xml:id="{name}.{key}"><catDesc>{said}</catDesc></category>'
        yield "        </taxonomy>"
    yield "      </classDecl>"
    program = tag("application", tag("label", "align"), ident="align", version=__version__)
    yield f"      <appInfo>{program}</appInfo>"
    yield "    </encodingDesc>"


def _characters(bitext: Bitext) -> Iterator[str]:
    """Every character that exports read as another one, once."""
    marked = (mark for d in bitext.documents for b in walk(d.blocks) for mark in (b.label, b.delimiter) if mark)
    every = (segment for document in bitext.documents for segment in segments(document))
    texts: Iterator[Segment | Mark] = chain(every, marked)
    changes = ((text.text[change.start : change.end], change) for text in texts for change in text.readings)
    found = sorted({(printed, change.text) for printed, change in changes if is_character(printed, change)})
    if found:
        yield "      <charDecl>"
        for printed, read in found:
            mapping = tag("mapping", escape(read), type="reading")
            yield f"        {tag('char', mapping, xml_id=character_id(printed, read))}"
        yield "      </charDecl>"

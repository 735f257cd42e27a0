"""What a brief says: every sentence that is held, and a mark for every one that is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from align.build import build
from align.editions import edition
from align.errors import DataError
from align.exporters._brief import Alone, Brief, Heading, Note, Row, Run, brief
from align.exporters._cover import BOTH
from align.exporters._pdf_edition import one_language
from align.model import Bitext, Lang, reading, segments
from align.sources.documents import Input, InputFile

TOPICS = (
    ("Energy", "能源", "Both sides agreed on energy in 2014.", "双方于2014年就能源达成一致。"),
    ("Water", "水", "The CPAFFC will hold a meeting on water.", "CPAFFC将举行关于水的会议。"),
    ("Ports", "口岸", "Three ports were opened in May 2015.", "2015年5月开放了三个口岸。"),
)
PLAN = st.lists(
    st.tuples(
        st.sampled_from(("section", "item", "paragraph", "point")),
        st.sampled_from(range(len(TOPICS))),
        st.sampled_from(("both", "both", "both", "en", "zh")),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=10,
)


def written(plan: list[tuple[str, int, str, int]], lang: str) -> str:
    """A document in Markdown of what one language has; items are numbered anew in every section."""
    lines, number = [], 0
    for kind, topic, held, sentences in plan:
        number = 0 if kind == "section" else number + (kind == "item")
        if held not in ("both", lang):
            continue
        title, text = (TOPICS[topic][at] for at in ((0, 2) if lang == "en" else (1, 3)))
        body = (" " if lang == "en" else "").join([text] * sentences)
        head = {"section": f"## {title}", "item": f"### {number}. {title}", "point": "(1) "}.get(kind, "")
        lines.append(f"{head}{body or text}" if kind == "point" else "\n\n".join(filter(None, (head, body))))
    return "\n\n".join(lines) + "\n"


def built(plan: list[tuple[str, int, str, int]], title: bool) -> Bitext:
    with TemporaryDirectory() as folder:
        files = []
        for lang in ("en", "zh"):
            path = Path(folder) / f"{lang}.md"
            path.write_text(written(plan, lang), "utf-8")
            if path.read_text("utf-8").strip():
                files.append(InputFile(path, (lang,)))
        titles = (("en", "Given"), ("zh", "所给")) if title else ()
        try:
            return build(Input("made", tuple(files), titles=titles))  # type: ignore[arg-type]  # as above
        except DataError:
            assume(False)
            raise


def runs(said: Brief) -> Iterator[Run]:
    for part in said.parts:
        if not isinstance(part, Note):
            cells = (part.cell,) if isinstance(part, Alone) else (part.en, part.zh)
            yield from (run for cell in cells for paragraph in cell for run in paragraph)


@given(plan=PLAN, title=st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_sentence_is_said_once(plan: list[tuple[str, int, str, int]], title: bool) -> None:
    bitext = built(plan, title)
    said = Counter(run.text for run in runs(brief(bitext)) if run.style in ("text", "title"))
    titles = [brief(bitext).title_en, brief(bitext).title_zh]
    for document in bitext.documents:
        body = Counter(reading(s) for s in segments(document) if s not in document.heading)
        assert all(said[text] >= count for text, count in body.items())
        assert all(said[reading(s)] or reading(s) in titles for s in document.heading)


@given(plan=PLAN)
@settings(max_examples=300, deadline=None)
def test_every_gap_has_its_mark(plan: list[tuple[str, int, str, int]]) -> None:
    bitext = built(plan, False)
    said = brief(bitext)
    marks = " ".join(run.text for run in runs(said) if run.style == "mark")
    for lang, form in (("en", "not in the English text]"), ("zh", "〔中文文本无此")):
        lacking = [k for k in bitext.links if "omitted" in k.flags and not (k.en if lang == "en" else k.zh)]
        assert (form in marks) == bool(lacking)
    for part in said.parts:
        if isinstance(part, Row | Heading):
            assert part.en
            assert part.zh


def test_paragraphs_stand_beside_what_answers_them(tmp_path: Path) -> None:
    en = "Both sides met in 2014.\n\nThe CPAFFC spoke.\n\nThey left in May 2016.\n"
    zh = "双方于2014年会晤。CPAFFC发言。\n\n他们于2016年5月离开。\n"
    for name, text in (("x.en.txt", en), ("x.zh.txt", zh)):
        (tmp_path / name).write_text(text, "utf-8")
    files = (InputFile(tmp_path / "x.en.txt", ("en",)), InputFile(tmp_path / "x.zh.txt", ("zh",)))
    rows = [part for part in brief(build(Input("x", files))).parts if isinstance(part, Row)]
    assert [(len(row.en), len(row.zh)) for row in rows] == [(2, 1), (1, 1)]


def test_suspect_items_are_counted_apart_and_marked_in_their_rows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1. Ports open.\n2. Fees fall.\n3. Experts meet.\n", "utf-8")
    (tmp_path / "b.txt").write_text("1、港口开放。\n2、费用下降。\n3、专家会晤。\n", "utf-8")
    made = build(Input("case", (InputFile(tmp_path / "a.txt"), InputFile(tmp_path / "b.txt"))))
    links = tuple(replace(link, flags=("suspect",)) if link.en[0].startswith("en.2.") else link for link in made.links)
    said = brief(replace(made, links=links))
    rows = [part for part in said.parts if isinstance(part, Row)]
    marked = [row.number for row in rows if "look like different texts" in "".join(r.text for p in row.en for r in p)]
    assert marked == ["2"]
    assert said.statement[0].startswith(
        "3 items in English, 3 in Chinese, 2 aligned. The two texts of item 2 look like different texts."
    )


def test_an_edition_of_one_language_names_its_own_sources_and_says_nothing_of_what_it_does_not_show() -> None:
    made = built([("item", 0, "both", 1)], True)
    made = replace(
        made, witnesses=tuple(replace(w, standing="official") for w in made.witnesses[:1]) + made.witnesses[1:]
    )
    converted = edition(made, "zh-Hant-TW")
    en, zh = (one_language(brief(converted), lang) for lang in BOTH)
    assert [[line for pair in said.front for line in pair if ".md" in line] for said in (en, zh)] == [
        ["Source: en.md (official text)"],
        ["來源：zh.md（文本性質不明）"],
    ]
    assert "converted" not in en.statement[0]
    assert "official" not in en.statement[0]
    assert "轉換" in zh.statement[1]
    assert "來源均未註明為官方文本" in zh.statement[1]


def test_a_number_that_stands_twice_is_not_said_to_be_missing_where_one_of_them_is_there(tmp_path: Path) -> None:
    said: dict[Lang, str] = {
        "en": "I. Trade\n\n1. Ports: A.\n\n2. Rice: B.\n\nII. Energy\n\n1. Coal: C.\n\n2. Wind: D.\n",
        "zh": "一、贸易\n\n1. 口岸：甲。\n\n2. 大米：乙。\n\n二、能源\n\n1. 煤炭：丙。\n",
    }
    files = tuple(InputFile(tmp_path / f"{lang}.txt", (lang,)) for lang in said)
    for file, text in zip(files, said.values(), strict=True):
        file.path.write_text(text, "utf-8")
    made = brief(build(Input("a", files)))
    assert "No Chinese text is held for 1 of the 2 items numbered 2." in made.statement[0]
    assert "编号为2的2项中的1项未收录中文文本。" in made.statement[1]

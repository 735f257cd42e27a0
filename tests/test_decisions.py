"""A person's decisions: read, written, found again after changes, obeyed; what does not fit is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from test_build import UNRELATED_EN, UNRELATED_ZH

from align import corpus
from align.build import build
from align.decisions.model import Decision, Reference
from align.decisions.outcome import Outcome
from align.decisions.reading import read_as
from align.decisions.replacing import replaced
from align.decisions.toml import decisions_text, edited, read_decisions
from align.errors import DataError
from align.model import Bitext, Link, Reading, Ruling, Segment, Verdict, reading, segments
from align.sources.documents import decisions_of, find_documents
from align.validate import validate

EN = (
    "Both sides opened three ports in 2013.",
    "They will meet again in Geneva on 5 May 2015.",
    "The prices of steel fell.",
    "Experts trained 400 teachers in Shanghai.",
)
ZH = (
    "2013年，双方开放了三个口岸。",
    "双方将于2015年5月5日在日内瓦再次会晤。",
    "钢材价格下降。",
    "专家在上海培训了400名教师。",
)


def folder_of(tmp_path: Path, en: str = "", zh: str = "") -> Path:
    """A document of two items with two sentences each, unless its texts are given."""
    made = tmp_path / "talks"
    made.mkdir(exist_ok=True)
    (made / "en.txt").write_text(en or f"1. {EN[0]} {EN[1]}\n\n2. {EN[2]} {EN[3]}\n", "utf-8")
    (made / "zh.txt").write_text(zh or f"1、{ZH[0]}{ZH[1]}\n\n2、{ZH[2]}{ZH[3]}\n", "utf-8")
    return made


def link(en: Sequence[str], zh: Sequence[str], **said: str) -> Decision:
    return Decision("link", tuple(map(Reference, en)), tuple(map(Reference, zh)), **said)  # type: ignore[arg-type]  # texts only


def obeyed(folder: Path, *decisions: Decision) -> tuple[Bitext, list[Outcome]]:
    """The bitext of a folder with decisions in it, read back from a corpus that is valid, and what became of them."""
    (folder / "decisions.toml").write_text(decisions_text(decisions), "utf-8")
    outcomes: list[Outcome] = []
    made = build(find_documents([folder])[0], tell=outcomes.extend)
    path = folder.parent / "made.xml"
    path.write_bytes(corpus.write(made))
    assert [finding for finding in validate(path) if finding.severity == "error"] == []
    assert corpus.read(path) == made
    return made, outcomes


def texts(bitext: Bitext) -> list[tuple[str, str, str]]:
    """Every link by what it says, with its status."""
    held = {s.id: reading(s) for document in bitext.documents for s in segments(document)}
    said = (tuple("".join(held[name] for name in side) for side in (k.en, k.zh)) for k in bitext.links)
    return [(*pair, k.status) for pair, k in zip(said, bitext.links, strict=True)]  # type: ignore[misc]  # two sides


EVERY = (
    link(["A sentence."], [], by="王莉", on="2024-05-06", note='He said "no".\nTwice.'),
    Decision("join", (), (Reference("甲。", "36"), Reference("乙。", "36", 2))),
    Decision("cut", (Reference("One; two.", "3.1"),), parts=("One;", "two.")),
    Decision("read", (Reference("Teh two."),), use="The two."),
    Decision("no-item", (Reference("5. of these"),)),
    Decision("note", (Reference("A", "1"),), (Reference("乙", "2"),), note="See below."),
)


def test_decisions_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(decisions_text(EVERY), "utf-8")
    read = read_decisions(path)
    assert tuple(replace(decision, line=0) for decision in read) == EVERY
    lines = path.read_text("utf-8").splitlines()
    assert [lines[decision.line - 1] for decision in read] == ["[[decision]]"] * len(EVERY)
    assert decisions_text(read) == decisions_text(EVERY)


FAULTS = [
    ('do = "jump"\nen = ["x"]', 2, "Use one of: link, join, cut, read, no-item, note."),
    ('en = ["x"]', 1, "has no `do`"),
    ('do = "link"', 2, "Give en and zh"),
    ('do = "link"\nen = ["x"]', 2, "such as zh = []"),
    ('do = "link"\nen = 3', 3, "decision.en is 3"),
    ('do = "link"\nen = [" "]', 3, "which is no text"),
    ('do = "link"\nen = ["x"]\non = "soon"', 4, "decision.on is 'soon'. Give the whole day: 2014-07-14."),
    ('do = "link"\nen = ["x"]\non = 2014-07', 4, "not valid TOML"),
    ('do = "link"\nen = ["x"]\non = "2014-07"', 4, "decision.on is '2014-07'. Give the whole day: 2014-07-14."),
    ('do = "link"\nen = ["x"]\non = "2014-02-30"', 4, "decision.on is '2014-02-30'. Give the whole day"),
    ('do = "link"\nen = ["x"]\non = 2014-07-14T10:00:00', 4, "decision.on is 2014-07-14T10:00:00. Give the whole"),
    ('do = "link"\nen = ["x"]\non = 0001-01-01', 4, "decision.on is 0001-01-01, which is before 1900. Give"),
    ('do = "link"\nen = ["x"]\non = "1899-12-31"', 4, "which is before 1900"),
    ('do = "link"\nen = ["x"]\non = "2014"', 4, "Give the whole day"),
    ('do = "link"\nen = ["x"]\non = ""', 4, "decision.on is ''. Give the whole day: 2014-07-14."),
    ('do = "link"\nen = ["x"]\nuse = "y"', 4, "has no `use`"),
    ('do = "link"\nen = [{ txt = "x" }]', 3, "unknown key `txt`"),
    ('do = "link"\nen = [{ text = "x", nth = 0 }]', 3, "Count from 1."),
    ('do = "link"\nen = ["\\u0001x"]', 3, "control character"),
    ('do = "join"\nen = ["x"]', 2, "two sentences or more"),
    ('do = "join"\nen = ["x"]\nzh = ["y"]', 2, "two sentences or more"),
    ('do = "cut"\nen = ["x y"]', 1, "needs `parts`"),
    ('do = "cut"\nen = ["x y"]\nparts = []', 2, "is not whole"),
    ('do = "read"\nen = ["x"]\nuse = " "', 2, "is not whole"),
    ('do = "note"\nen = ["x"]', 2, "and a note"),
    ('do = "link"\nen = ["x"]\nwho = "me"', 4, "unknown key `decision.who`"),
    ("do = ", 2, "not valid TOML"),
]


def test_a_table_that_is_no_list_is_told_how_to_begin(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text('# Mine.\n[decision]\ndo = "link"\nen = ["x"]\nzh = []\n', "utf-8")
    with pytest.raises(DataError) as error:
        read_decisions(path)
    assert str(error.value) == f"{path}: line 2: decision is not a table. Begin it with a line [[decision]]."


@pytest.mark.parametrize(("text", "line", "said"), FAULTS)
def test_a_fault_names_file_line_and_remedy(text: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    behind = '\n\n[[decision]]\ndo = "cut"\nzh = ["甲乙"]\nparts = ["甲", "乙"]\n'
    path.write_text(f"[[decision]]\n{text}{behind}", "utf-8")
    with pytest.raises(DataError) as error:
        read_decisions(path)
    assert str(error.value).startswith(f"{path}: line {line}: ")
    assert said in str(error.value)


def test_a_new_decision_takes_the_place_of_one_on_the_same_sentences() -> None:
    old = (link([EN[0]], [ZH[0]]), link([EN[1]], []), Decision("read", (Reference(EN[0]),), use="x"))
    new = link([EN[0], EN[2]], [])
    assert [gone for gone, _ in replaced(old, [new])] == [old[0]]
    joined = Decision("join", (Reference(EN[0]), Reference(EN[1])))
    cut = Decision("cut", (Reference(f"{EN[0]} {EN[1]}"),), parts=EN[:2])
    assert [gone for gone, _ in replaced([joined, old[0]], [cut])] == [joined]
    again = (link([], []), replace(old[0], zh=(Reference(ZH[0], nth=2),)))
    assert not [*replaced([Decision("link", (), (Reference(ZH[0]),))], [replace(again[1], en=())])]


def test_what_stays_in_a_file_is_left_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    text = (
        "# Mine.\n\n[[decision]] # the first\ndo='link'\nen=['A long sentence…']\nzh=[]\n\n"
        "# why the second\n[[decision]]\ndo = 'note'\nen = ['B']\nnote = '''two\n\nlines'''\n"
    )
    made = edited(text, [Decision("read", (Reference("C"),), use="D")], path)
    assert made.startswith(text)
    made = edited(text, [link(["A long sentence that is whole."], ["甲"])], path)
    assert made.startswith("# Mine.\n\n# why the second\n[[decision]]\n")
    path.write_text(made, "utf-8")
    assert [decision.kind for decision in read_decisions(path)] == ["note", "link"]
    assert edited("", EVERY, path) == decisions_text(EVERY)


def test_a_link_is_made_as_decided_and_what_it_leaves_is_aligned_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    made, outcomes = obeyed(folder, link([EN[0]], [ZH[1]], by="Ann", on="2024-05-06", note="Moved."))
    assert [outcome.fits for outcome in outcomes] == [True]
    decided = next(k for k in made.links if k.status == "confirmed")
    assert (decided.confidence, decided.verdict) == (1.0, Verdict("Ann", "2024-05-06", "Moved."))
    assert (EN[0], ZH[1], "confirmed") in texts(made)
    assert texts(made)[-2:] == [(EN[2], ZH[2], "auto"), (EN[3], ZH[3], "auto")]
    assert {flag for k in made.links for flag in k.flags} <= {"omitted", "crossing"}


def test_a_decision_that_says_what_the_program_says_changes_nothing_else(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    before = build(find_documents([folder])[0])
    made, _ = obeyed(folder, link([EN[1]], [ZH[1]]))
    at = next(n for n, k in enumerate(made.links) if k.status == "confirmed")
    assert [k for n, k in enumerate(made.links) if n != at] == [k for n, k in enumerate(before.links) if n != at]
    assert (made.links[at].en, made.links[at].zh) == (before.links[at].en, before.links[at].zh)
    assert made.documents == before.documents


def test_no_decisions_file_or_an_empty_one_changes_nothing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    before = build(find_documents([folder])[0])
    (folder / "decisions.toml").write_text("# nothing yet\n", "utf-8")
    assert build(find_documents([folder])[0]) == before


def test_an_empty_side_is_a_gap_that_a_person_vouches_for(tmp_path: Path) -> None:
    made, _ = obeyed(folder_of(tmp_path), link([EN[1]], []), link([EN[2], EN[3]], []), link([], [ZH[2]]))
    said = {texts(made)[n][:2]: k for n, k in enumerate(made.links)}
    assert (said[EN[1], ""].status, said[EN[1], ""].flags) == ("confirmed", ("omitted",))
    assert said[EN[2] + EN[3], ""].flags == said["", ZH[2]].flags == ("missing",)
    assert said["", ZH[3]].status == "auto"


def test_a_link_may_join_two_items(tmp_path: Path) -> None:
    made, _ = obeyed(folder_of(tmp_path), link([EN[0]], [ZH[3]]), link([EN[3]], [ZH[0]]))
    crossing = [k for k in made.links if k.status == "confirmed"]
    assert [("crossing" in k.flags, len(k.en), len(k.zh)) for k in crossing] == [(True, 1, 1)] * 2
    assert {(EN[1], ZH[1], "auto"), (EN[2], ZH[2], "auto")} <= set(texts(made))


def test_sentences_are_joined_and_cut(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    parts = ("They will meet again in Geneva", "on 5 May 2015.")
    made, outcomes = obeyed(
        folder,
        Decision("join", (), (Reference(ZH[2]), Reference(ZH[3])), by="王莉"),
        Decision("cut", (Reference(EN[1]),), parts=parts, on="2024-05-06", note="So printed."),
        link([EN[2], EN[3]], [ZH[2], ZH[3]]),
        link([parts[1]], [ZH[1]]),
    )
    assert [outcome.fits for outcome in outcomes] == [True] * 4
    assert [s.text for s in segments(made.en)] == [EN[0], *parts, EN[2], EN[3]]
    assert [s.text for s in segments(made.zh)] == [ZH[0], ZH[1], ZH[2] + ZH[3]]
    assert (EN[2] + EN[3], ZH[2] + ZH[3], "confirmed") in texts(made)
    assert (parts[1], ZH[1], "confirmed") in texts(made)
    assert made.rulings == (
        Ruling("join", ("zh.2.s1",), Verdict("王莉")),
        Ruling("cut", ("en.1.s2", "en.1.s3"), Verdict("", "2024-05-06", "So printed.")),
    )


NOT_THE_PARTS = (
    ("The prices", "of steel rose."),
    ("The prices", "of steel."),
    ("The prices of",),
    ("The prices of", "steel fell. Again."),
    (EN[2],),
)


@pytest.mark.parametrize("parts", NOT_THE_PARTS)
def test_parts_that_are_not_the_sentence_cut_nothing(tmp_path: Path, parts: tuple[str, ...]) -> None:
    made, (outcome,) = obeyed(folder_of(tmp_path), Decision("cut", (Reference(EN[2]),), parts=parts))
    assert not outcome.fits
    assert ("does not consist of the parts" in outcome.said) != (parts == (EN[2],))
    assert [s.text for s in segments(made.en)] == list(EN)


def test_parts_of_a_text_that_has_changed_since_are_found_and_told(tmp_path: Path) -> None:
    old = "They will meet again at Geneva on 5 May 2015."
    parts = ("They will meet again  at Geneva", "on 5 May ２015.")
    made, (outcome,) = obeyed(folder_of(tmp_path), Decision("cut", (Reference(old),), parts=parts))
    assert (outcome.fits, "in Geneva" in outcome.said) == (True, True)
    assert [s.text for s in segments(made.en)][1:3] == ["They will meet again in Geneva", "on 5 May 2015."]


def test_a_reading_by_a_person_is_marked_as_theirs(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, zh=f"1、{ZH[0]}{ZH[1]}\n\n2、钢材价格,下降。{ZH[3]}\n")
    made, outcomes = obeyed(
        folder,
        Decision("read", (), (Reference("钢材价格，下降。"),), use="钢铁价格，下降。", by="王莉", note="Typo."),
        Decision("read", (Reference(EN[2]),), use="The price of steel fell."),
    )
    assert [outcome.fits for outcome in outcomes] == [True, True]
    changed = next(s for s in segments(made.zh) if s.text == "钢材价格,下降。")
    assert changed.readings == (Reading(1, 2, "铁", "王莉"), Reading(4, 5, "，"))
    assert next(s for s in segments(made.en) if s.text == EN[2]).readings == (Reading(4, 10, "price", "the editor"),)
    written = corpus.write(made).decode()
    assert '<choice><sic>材</sic><corr resp="#person.1">铁</corr></choice>' in written
    assert "<name>王莉</name>" in written
    assert made.rulings == (Ruling("read", (changed.id,), Verdict("王莉", "", "Typo.")), Ruling("read", ("en.2.s1",)))


READINGS = [
    ("teh cat", "the cat", (0, 3, "the")),
    ("the cat", "the black cat", (3, 4, " black ")),
    ("cat", "cat", None),
    ("in 2041.", "in 2014.", (3, 7, "2014")),
    ("双方同意。", "双方均同意。", (1, 2, "方均")),
    ("The end", "The end.", (4, 7, "end.")),
    ("a b", "", (0, 3, "")),
]


@pytest.mark.parametrize(("printed", "use", "expected"), READINGS)
def test_a_reading_is_what_differs_in_whole_words(
    printed: str, use: str, expected: tuple[int, int, str] | None
) -> None:
    made = read_as(Segment("en.s1", printed), use, "Ann")
    assert reading(made) == use
    assert made.readings == ((Reading(*expected, "Ann"),) if expected else ())


def test_what_opens_like_an_item_is_text(tmp_path: Path) -> None:
    en = "1. Both sides will train 400 teachers before June\n2. 2014 and open three ports.\n\n3. Prices fell.\n"
    zh = "1、双方将在2014年6月前培训400名教师，并开放三个口岸。\n\n3、价格下降。\n"
    folder = folder_of(tmp_path, en, zh)
    assert len(build(find_documents([folder])[0]).en.blocks) == 3
    made, outcomes = obeyed(folder, Decision("no-item", (Reference("2. 2014 and open…"),), by="Ann"))
    assert [outcome.fits for outcome in outcomes] == [True]
    assert made.rulings == (Ruling("no-item", ("en.1.s1",), Verdict("Ann")),)
    assert [block.number for block in made.en.blocks] == ["1", "3"]
    assert " ".join(s.text for s in segments(made.en)).startswith(en.partition("\n\n")[0][3:].replace("\n", " "))


def test_a_title_and_a_sentence_of_another_item_are_told(tmp_path: Path) -> None:
    en = "1. Ports and trains: They are open. They are new.\n\n2. Prices fell in May.\n"
    folder = folder_of(tmp_path, en, "1、口岸和列车：均已开放。均为新建。\n\n2、价格于五月下降。\n")
    join = Decision("join", (Reference("Ports and trains"), Reference("They are open.")))
    short = Decision("cut", (Reference("Ports and…"),), parts=("Ports", "and trains"))
    far = Decision("link", (Reference("Prices fell in May.", "99"),), (Reference("价格于五月下降。"),))
    _, outcomes = obeyed(folder, join, short, far)
    assert [(outcome.fits, outcome.said) for outcome in outcomes] == [
        (False, "“Ports and trains” is part of a title, which is one sentence always"),
        (False, "“Ports and…” is part of a title, which is one sentence always"),
        (True, "“Prices fell in May.” stands in item 2, not in item 99"),
    ]


def test_what_is_no_items_start_cannot_be_made_text(tmp_path: Path) -> None:
    en = "# Of trade\n\nIt was agreed upon.\n\n## Steel\n\n1. Prices fell.\n\n2. Ports will open.\n"
    zh = "# 论贸易\n\n双方达成一致。\n\n## 钢材\n\n1、价格下降。\n\n2、港口将开放。\n"
    folder = folder_of(tmp_path, en.replace("# ", ""), zh.replace("# ", ""))
    for lang, text in (("en", en), ("zh", zh)):
        (folder / f"{lang}.txt").unlink()
        (folder / f"{lang}.md").write_text(text, "utf-8")
    before = build(find_documents([folder])[0])
    wrong = ("## Steel", "Steel", "It was agreed upon.", "# Of trade")
    made, outcomes = obeyed(folder, *(Decision("no-item", (Reference(text),)) for text in wrong))
    assert not any(outcome.fits for outcome in outcomes)
    assert any(outcome.said == "“It was agreed upon.” is not the start of an item" for outcome in outcomes)
    assert made.documents == before.documents


def test_a_note_decides_nothing(tmp_path: Path) -> None:
    made, _ = obeyed(folder_of(tmp_path), Decision("note", (Reference(EN[0]),), by="Ann", note="Check <this>."))
    assert (made.links[0].status, made.links[0].verdict) == ("auto", Verdict("Ann", "", "Check <this>."))
    assert [k.verdict for k in made.links[1:]] == [Verdict()] * 3


DECIDED = (
    link([EN[0]], [ZH[1]], by="Ann"),
    link([EN[3]], []),
    Decision("join", (), (Reference(ZH[2]), Reference(ZH[3]))),
)


def confirmed(bitext: Bitext) -> list[tuple[str, str, str]]:
    return [said for said in texts(bitext) if said[2] == "confirmed"]


def test_decisions_survive_a_rebuild_and_other_ids(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    first, _ = obeyed(folder, *DECIDED)
    assert obeyed(folder, *DECIDED)[0] == first
    more = "1. A new item stands before all others.\n\n", "1、其他各项之前有一个新项。\n\n"
    en, zh = (folder / "en.txt").read_text("utf-8"), (folder / "zh.txt").read_text("utf-8")
    folder_of(
        tmp_path,
        more[0] + en.replace("2. ", "3. ").replace("1. ", "2. "),
        more[1] + zh.replace("2、", "3、").replace("1、", "2、"),
    )
    later, outcomes = obeyed(folder, *DECIDED)
    assert [outcome.fits for outcome in outcomes] == [True] * 3
    assert confirmed(later) == confirmed(first)
    assert {s.id for s in segments(later.en)} != {s.id for s in segments(first.en)}


def test_decisions_survive_sentences_that_are_cut_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path)
    first, _ = obeyed(folder, *DECIDED)
    monkeypatch.setattr("align.segmentation.spans", lambda text, lang: [(0, len(text))])
    later, outcomes = obeyed(folder, *DECIDED)
    assert [outcome.fits for outcome in outcomes] == [True] * 3
    assert confirmed(later) == confirmed(first)


def test_a_text_that_has_changed_a_little_is_found_and_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    obeyed(folder, *DECIDED)
    en = (folder / "en.txt").read_text("utf-8").replace("three ports", "four ports")
    folder_of(tmp_path, en, (folder / "zh.txt").read_text("utf-8"))
    made, outcomes = obeyed(folder, *DECIDED)
    assert [outcome.fits for outcome in outcomes] == [True] * 3
    assert "four ports" in outcomes[0].said
    assert (EN[0].replace("three", "four"), ZH[1], "confirmed") in texts(made)


@pytest.mark.parametrize(("side", "said"), [(0, EN[3][:-1]), (1, ZH[3][:-1])])
def test_a_sentence_without_its_final_stop_is_found_and_told(tmp_path: Path, side: int, said: str) -> None:
    meant = link([said], []) if side == 0 else link([], [said])
    made, (outcome,) = obeyed(folder_of(tmp_path), meant)
    assert outcome.said == f"“{said}” reads “{(EN, ZH)[side][3]}” now"
    assert [texts(made)[at][side] for at, k in enumerate(made.links) if k.status == "confirmed"] == [(EN, ZH)[side][3]]


def test_every_sentence_of_a_decision_that_has_changed_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    old = [EN[0].replace("opened", "have opened"), EN[1].replace("again in", "again at")]
    _, (outcome,) = obeyed(folder, link(old, [ZH[0].replace("开放", "开设"), ZH[1]]))
    assert outcome.fits
    assert outcome.said.split("; ") == [
        "“Both sides have opened three ports in…” reads “Both sides opened three ports in 2013.” now",
        "“They will meet again at Geneva on 5 May…” reads “…will meet again in Geneva on 5 May 2015.” now",
        "“2013年，双方开设了三个口岸。” reads “2013年，双方开放了三个口岸。” now",
    ]


OTHERWISE = (
    ("No objection may be raised by the other side.", "Objection may be raised by the other side."),
    ("They will not meet again before the summer.", "They will meet again before the summer."),
    ("They trained 400 teachers in all of Shanghai.", "They trained 500 teachers in all of Shanghai."),
    ("The parties can't be asked to pay for it again.", "The parties can be asked to pay for it again."),
)
OTHERWISE_ZH = (
    ("双方不得就此事项再次提出异议。", "双方得就此事项再次提出异议。"),
    ("此项条款对第三方无任何约束效力。", "此项条款对第三方有任何约束效力。"),
)


@pytest.mark.parametrize(("was", "now"), [*OTHERWISE, *OTHERWISE_ZH])
def test_another_number_or_a_negation_is_another_sentence(was: str, now: str, tmp_path: Path) -> None:
    is_zh = (was, now) in OTHERWISE_ZH
    folder = folder_of(tmp_path, "" if is_zh else f"1. {now}\n", f"1、{now}\n" if is_zh else "")
    made, (outcome,) = obeyed(folder, link([], [was]) if is_zh else link([was], []))
    assert (outcome.fits, "differs in a number or a negation" in outcome.said) == (False, True)
    assert not confirmed(made)


def test_of_several_alike_the_item_and_the_count_tell_which(tmp_path: Path) -> None:
    same, gleich = "The prices fell.", "价格下降。"
    folder = folder_of(tmp_path, f"1. {same} {same}\n\n2. {same}\n", f"1、{gleich}{gleich}\n\n2、{gleich}\n")
    meant = Decision("link", (Reference(same, "1", 2),), (Reference(gleich, "1", 2),))
    made, outcomes = obeyed(folder, meant, link([same], [gleich]))
    assert [k.en for k in made.links if k.status == "confirmed"] == [("en.1.s2",)]
    assert [outcome.fits for outcome in outcomes] == [True, False]
    assert outcomes[1].said == f"“{same}” is there 3 times: give its item, or nth"


def test_a_shortened_text_may_be_counted_and_a_wrong_item_is_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "1. The prices fell. The prices rose.\n", "1、价格下降。价格上升。\n\n2、价格下降。\n")
    short, wrong = Reference("The prices…", "1", 2), Reference("价格下降。", "3")
    made, outcomes = obeyed(folder, Decision("link", (short,), ()), Decision("link", (), (wrong,)))
    assert [k.en for k in made.links if k.status == "confirmed"] == [("en.1.s2",)]
    assert outcomes[1].said == "“价格下降。” is there twice, never in item 3: give its item, or nth"


@pytest.mark.parametrize(("item", "where"), [("1", "in item 1"), ("", "outside the items")])
@pytest.mark.parametrize("kind", ["link", "read", "note", "cut"])
def test_which_of_several_alike_is_meant_is_never_guessed(tmp_path: Path, kind: str, item: str, where: str) -> None:
    same, gleich = "The prices fell.", "价格下降。"
    en, zh = f"{same} Trade rose. {same}\n", f"{gleich}贸易增长。{gleich}\n"
    folder = folder_of(tmp_path, *((f"1. {en}", f"1、{zh}") if item else (en, zh)))

    def decision(nth: int) -> Decision:
        meant, zh = (Reference(same, item, nth),), (Reference(gleich, item, nth),) if kind == "link" else ()
        use, parts = "It fell." if kind == "read" else "", ("The prices", "fell.") if kind == "cut" else ()
        return Decision(kind, meant, zh, parts, use, note="So." if kind == "note" else "")  # type: ignore[arg-type]  # str

    _, (outcome,) = obeyed(folder, decision(0))
    assert (outcome.fits, outcome.is_gone) == (False, False)
    assert outcome.said == f'“{same}” is there twice {where}: say which with {{ text = "…", nth = 1 }}'
    assert [outcome.fits for outcome in obeyed(folder, decision(1), decision(2))[1]] == [True, True]


def test_decisions_that_contradict_each_other_are_told_and_none_is_applied(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    before = build(find_documents([folder])[0])
    made, outcomes = obeyed(
        folder,
        link([EN[0]], [ZH[1]]),
        link([EN[0], EN[1]], [ZH[0]]),
        Decision("read", (Reference(EN[2]),), use="x"),
        Decision("read", (Reference(EN[2]),), use="y"),
        Decision("join", (Reference(EN[2]), Reference(EN[3]))),
        Decision("cut", (Reference(f"{EN[2]} {EN[3]}"),), parts=(EN[2], EN[3])),
    )
    lines = [outcome.decision.line for outcome in outcomes]
    others = [lines[at] for at in (1, 0, 3, 2, 5, 4)]
    for outcome, other in zip(outcomes, others, strict=True):
        assert not outcome.fits
        assert outcome.said.startswith(f"it contradicts the one on line {other}")
    assert (made.documents, made.links) == (before.documents, before.links)
    assert [(r.kind, r.ids, bool(r.unfit)) for r in made.rulings] == [(o.decision.kind, (), True) for o in outcomes]


ONE_PARAGRAPH = ("Prices fell.", "They fell again in May, and nobody knew.", "Ports opened.")
CUTS = (
    (ONE_PARAGRAPH[1], ("They fell again in May,", "and nobody knew.")),
    (f"{ONE_PARAGRAPH[1]} {ONE_PARAGRAPH[2]}", (ONE_PARAGRAPH[1], ONE_PARAGRAPH[2])),
    (f"{ONE_PARAGRAPH[0]} {ONE_PARAGRAPH[1]}", (f"{ONE_PARAGRAPH[0]} They fell again", "in May, and nobody knew.")),
)


@pytest.mark.parametrize(("said", "parts"), CUTS)
def test_a_join_and_a_cut_within_it_contradict_each_other(tmp_path: Path, said: str, parts: tuple[str, ...]) -> None:
    folder = folder_of(tmp_path, f"1. {' '.join(ONE_PARAGRAPH)}\n", "1、价格下降。\n")
    join = Decision("join", tuple(map(Reference, ONE_PARAGRAPH[:2])), by="Ann")
    made, outcomes = obeyed(folder, join, Decision("cut", (Reference(said),), parts=parts, by="Bob"))
    assert [outcome.said for outcome in outcomes] == [f"it contradicts the one on line {n}" for n in (12, 4)]
    assert [segment.text for segment in segments(made.en)] == list(ONE_PARAGRAPH)


def test_a_cut_beside_a_join_and_joins_in_a_row_contradict_nothing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, f"1. {' '.join(ONE_PARAGRAPH)} Trade rose, too.\n", "1、价格下降。\n")
    a, b, c = map(Reference, ONE_PARAGRAPH)
    cut = Decision("cut", (Reference("Trade rose, too."),), parts=("Trade rose,", "too."))
    made, outcomes = obeyed(folder, Decision("join", (a, b)), Decision("join", (b, c)), cut)
    assert [outcome.fits for outcome in outcomes] == [True] * 3
    assert [segment.text for segment in segments(made.en)] == [" ".join(ONE_PARAGRAPH), "Trade rose,", "too."]


def test_all_who_say_something_of_a_link_are_named_each_with_their_day_and_note(tmp_path: Path) -> None:
    one = link([EN[0]], [ZH[0]], by="Ann", on="2024-05-06", note="Seen.")
    remark = Decision("note", (Reference(EN[0]),), by="Cai", on="2024-05-09", note="So?")
    others = (replace(one, by="Bob", on="2024-05-07", note=""), replace(one, by="", on="", note=""))
    made, _ = obeyed(folder_of(tmp_path), remark, one, *others, replace(remark, by="Ann", on="2024-05-06"))
    verdict = made.links[0].verdict
    assert verdict.entries == (
        Verdict("Ann", "2024-05-06", "Seen.\nSo?"),
        Verdict("Bob", "2024-05-07"),
        Verdict(),
        Verdict("Cai", "2024-05-09", "So?", is_remark=True),
    )
    assert (verdict.by, verdict.on) == ("Ann; Bob; Cai", "2024-05-09")
    assert verdict.note == "Ann: Seen.\nSo? / Cai: So?"
    written = corpus.write(made).decode()
    assert 'resp="#person.1 #person.2 #editor"' in written
    assert [name in written for name in ("<name>Ann</name>", "<name>Cai</name>", "Ann; Bob")] == [True, True, False]


def test_notes_of_two_on_a_link_that_nobody_decided_are_two(tmp_path: Path) -> None:
    notes = [Decision("note", (Reference(EN[0]),), by=by, on=on, note=by[0]) for by, on in TWO]
    made, _ = obeyed(folder_of(tmp_path), *notes)
    assert made.links[0].status == "auto"
    assert made.links[0].verdict.entries == tuple(Verdict(by, on, by[0]) for by, on in TWO)
    assert made.links[0].verdict.note == "Ann: A / Bob: B"


TWO = (("Ann", "2024-05-06"), ("Bob", "2024-05-07"))


def test_one_of_several_alike_that_is_cut_is_the_one_that_is_told(tmp_path: Path) -> None:
    said = "Prices fell; ports opened."
    folder = folder_of(tmp_path, f"1. {said} {said}\n", "1、价格下降；港口开放。价格下降；港口开放。\n")
    cut = Decision("cut", (Reference(said, "1", 2),), parts=("Prices fell;", "ports opened."))
    made, _ = obeyed(folder, cut)
    assert made.rulings == (Ruling("cut", ("en.1.s2", "en.1.s3")),)


def test_what_is_gone_is_told_and_all_else_applied(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    gone = link(["Nobody has ever written this sentence."], [])
    part = link(["opened three ports in"], [])
    (folder / "decisions.toml").write_text(decisions_text([link([EN[0]], [ZH[0]]), gone, part]), "utf-8")
    for _ in range(2):
        status, out, _ = run("export", "talks", "--to", "csv")
        assert status == 0
        assert "1 of 3 decisions applied" in out
        assert "warning: decisions.toml: line 9: this decision does not fit and was not applied: “Nobody has" in out
        assert "“opened three ports in” is no whole sentence any more. Mend it, or take it out." in out
    _, out, _ = run("export", "dist/talks/talks.xml", "--to", "md", "--out", "again")
    assert "warning: a decision of the editor does not fit and was not applied: “Nobody has ever" in out
    assert "1,confirmed" in (tmp_path / "dist/talks/talks.csv").read_text("utf-8")


def test_another_documents_decisions_are_told_as_such(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    foreign = [
        link([f"Nobody has written sentence {n} here: {word}."], []) for n, word in enumerate(("cats", "dogs", "tea"))
    ]
    (folder / "decisions.toml").write_text(decisions_text([*foreign, link([EN[0]], [ZH[0]])]), "utf-8")
    _, out, _ = run("export", "talks", "--to", "csv")
    assert "3 of 4 decisions name sentences that are not in this document (lines 4, 9, 14)" in out
    assert out.count("warning:") == 1
    (folder / "decisions.toml").write_text(decisions_text(foreign * 3), "utf-8")
    run("export", "talks", "--to", "csv")
    _, out, _ = run("export", "dist/talks/talks.xml", "--to", "csv", "--out", "again")
    assert out.count("does not fit and was not applied: “Nobody has written sentence") == 5
    assert "warning: so it is with 4 more of 9." in out


def test_a_change_of_the_decisions_makes_the_corpus_stale(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    run("export", "talks", "--to", "tmx")
    assert "unchanged" in run("export", "talks", "--to", "tmx")[1]
    (folder / "decisions.toml").write_text(decisions_text([link([EN[0]], [ZH[0]])]), "utf-8")
    assert "1 decision applied" in run("export", "talks", "--to", "tmx")[1]
    assert 'creationid="align-confirmed"' in (tmp_path / "dist/talks/talks.tmx").read_text("utf-8")
    (folder / "decisions.toml").write_text("[[decision]]\n", "utf-8")
    status, _, err = run("export", "talks", "--to", "tmx")
    assert (status, "decisions.toml: line 1: the decision has no `do`" in err) == (1, True)
    assert 'creationid="align-confirmed"' in (tmp_path / "dist/talks/talks.tmx").read_text("utf-8")


def test_a_folder_in_place_of_the_file_is_told(run: Run, tmp_path: Path) -> None:
    (folder_of(tmp_path) / "decisions.toml").mkdir()
    status, _, err = run("export", "talks", "--to", "tmx")
    assert status == 1
    assert "talks/decisions.toml: is a folder, not a file. Rename it" in err


def test_decisions_stand_in_the_folder_or_beside_the_files(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert decisions_of(find_documents([folder])[0]) == folder / "decisions.toml"
    for name in ("a.en.txt", "b.en.txt"):
        (tmp_path / name).write_text(EN[0], "utf-8")
        (tmp_path / name.replace("en", "zh")).write_text(ZH[0], "utf-8")
    (tmp_path / "a.decisions.toml").write_text(decisions_text([link([EN[0]], [ZH[0]])]), "utf-8")
    given = {made.name: made for made in find_documents([tmp_path / "a.en.txt", tmp_path / "a.zh.txt"])}
    assert given["a"].decisions == tmp_path / "a.decisions.toml"
    beside = find_documents([folder / "en.txt", folder / "zh.txt"])
    assert decisions_of(beside[0]) == folder / "decisions.toml"


def test_a_confirmed_link_is_trusted_whatever_the_program_thought(tmp_path: Path, run: Run) -> None:
    folder = folder_of(tmp_path, "\n\n".join(UNRELATED_EN), "\n\n".join(UNRELATED_ZH))
    before = build(find_documents([folder])[0])
    doubtful = next(k for k in before.links if "doubtful" in k.flags and k.en and k.zh)
    held = {s.id: s.text for document in before.documents for s in segments(document)}
    en, zh = ([held[name] for name in side] for side in (doubtful.en, doubtful.zh))
    made, _ = obeyed(folder, link(en, zh))
    assert Link(doubtful.en, doubtful.zh, 1.0, "confirmed") in made.links
    run("export", "talks", "--to", "tmx,xliff")
    assert en[0] in (tmp_path / "dist/talks/talks.tmx").read_text("utf-8")
    assert 'approved="yes"' in (tmp_path / "dist/talks/talks.xlf").read_text("utf-8")

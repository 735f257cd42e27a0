"""The benchmark measures what it says: the varied sets, the scores, the confidences, hunalign's ladder."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, contents, shared

EN = ["The two sides opened three ports.", "They will meet again in 2015.", "Mexico sent 40 ships."]
ZH = ["双方开放了三个口岸。", "双方将于2015年再次会晤。", "墨西哥派出40艘船。"]
GOLD = (((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (2,)), ((4,), (3, 4)))
MADE = (((0,), (0,)), ((1,), (1,)), ((2, 3), ()), ((), (2,)), ((4,), (3, 4)))


@pytest.fixture(autouse=True)
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")


def module(name: str) -> Any:
    return import_module(name)


def run(program: Path, *arguments: object) -> str:
    command = [sys.executable, str(program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def in_gold_form(folder: Path, en: list[str], zh: list[str], gold: str) -> Path:
    folder.mkdir(parents=True)
    texts = {"src.txt": "\n".join(en) + "\n", "tgt.txt": "\n".join(zh) + "\n", "gold.txt": gold}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_scores_by_hand() -> None:
    counts = module("_scores").count(GOLD, MADE)
    assert (counts.made, counts.wanted) == (5, 3)
    assert counts.strict.precision == pytest.approx(3 / 5)  # 0:0, :2 and 4:3,4
    assert counts.strict.recall == pytest.approx(2 / 3)  # 0:0 and 4:3,4
    assert counts.strict.f1 == pytest.approx(12 / 19)
    assert counts.lax.precision == pytest.approx(4 / 5)  # 1:1 too
    assert counts.lax.recall == 1


def test_counts_are_pooled() -> None:
    scores = module("_scores")
    pooled = scores.count(GOLD, GOLD) + scores.count(GOLD, ())
    assert (pooled.strict.precision, pooled.strict.recall) == (1, 0.5)
    assert scores.Counts().strict.f1 == 0


def test_calibration_by_hand() -> None:
    judged = [(1.0, True), (0.95, True), (0.91, False), (0.55, True), (0.52, False)]
    assert module("_scores").calibration_error(judged) == pytest.approx((abs(2.86 - 2) + abs(1.07 - 1)) / 5)


def test_auroc_by_hand() -> None:
    auroc = module("_scores").auroc
    assert auroc([(0.9, True), (0.8, False), (0.7, True), (0.1, False)]) == pytest.approx(3 / 4)
    assert auroc([(0.5, True), (0.5, False)]) == pytest.approx(1 / 2)
    assert auroc([(0.5, True)]) != auroc([(0.5, True)])  # not a number: there is nothing wrong


def test_a_line_of_confidence_is_found_again() -> None:
    platt = module("_platt")
    true = (0.5, -0.25)
    shares = [(x / 2, platt.confidence(x / 2, true)) for x in range(-8, 25)]
    points = [(x, right, share if right else 1 - share) for x, share in shares for right in (True, False)]
    assert platt.fit(points) == pytest.approx(true)


def test_sure_beads_by_hand() -> None:
    scores = module("_scores")
    judged = [(0.99, True), (0.95, False), (0.94, True), (0.97, True)]
    assert scores.share_sure(judged) == pytest.approx(2 / 3)
    assert scores.precision_sure(judged) == pytest.approx(2 / 3)


def test_chinese_may_come_first(tmp_path: Path) -> None:
    folder = in_gold_form(tmp_path / "one", ZH, EN, "[0, 1]:[0]\n[2]:[]\n")
    gold = module("_gold").read(folder)
    assert gold.en == tuple(EN)
    assert gold.beads == (((0,), (0, 1)), ((), (2,)))


def test_a_long_text_begins_again(tmp_path: Path) -> None:
    gold = module("_gold")
    one = gold.read(in_gold_form(tmp_path / "one", EN, ZH, "[0]:[0]\n[1]:[1]\n[2]:[2]\n"))
    joined = gold.join([one], 4)
    assert joined.en == (*EN, EN[0])
    assert joined.beads[-1] == ((3,), (3,))


def test_dropping_takes_its_share_and_counts_anew() -> None:
    gold = module("_gold")
    whole = gold.Gold("x", *(tuple(f"{lang}{n}" for n in range(20)) for lang in ("en", "zh")),
                      tuple(((n,), (n,)) for n in range(20)))  # fmt: skip
    [less] = gold.drop([whole], ("zh",), seed=1)
    assert (len(less.en), len(less.zh)) == (20, 18)
    assert all(less.en[i][2:] == less.zh[j][2:] for en, zh in less.beads for i in en for j in zh)
    assert gold.drop([whole], ("zh",), seed=2) != [less]


@pytest.mark.parametrize("name", ["mac-dev", "mag", "law-dev"])
@pytest.mark.parametrize("how", ["drop", "chop", "join"])
def test_varied_sets_are_those_of_the_shared_tool(name: str, how: str, tmp_path: Path) -> None:
    gold, folder, tool = module("_gold"), shared(f"gold/{name}"), shared("tools/vary_gold.py")
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    options = {"drop": ("--side", "both", "--seed", 1), "chop": ("--beads", 10), "join": ("--sentences", 3000)}[how]
    run(tool, how, theirs, folder, *options)
    golds = gold.load(folder)
    if how == "join":
        gold.write(gold.join(golds, 3000), ours)
    for part in {"drop": gold.drop(golds, ("en", "zh"), 1), "chop": gold.chop(golds), "join": []}[how]:
        gold.write(part, ours / part.name)
    assert contents(theirs) == contents(ours)


def test_scores_are_those_of_the_shared_tool(tmp_path: Path) -> None:
    tool, scores, gold = shared("tools/score_alignment.py"), module("_scores"), module("_gold")
    counts, files = scores.Counts(), []
    for number, document in enumerate(gold.load(shared("gold/mac-dev"))):
        made = (*((en, zh[:1]) for en, zh in document.beads), ((), (0,)))
        counts += scores.count(document.beads, made)
        for name, beads in (("gold", document.beads), ("made", made)):
            files.append(tmp_path / f"{name}{number}")
            files[-1].write_text("".join(f"{list(en)}:{list(zh)}\n" for en, zh in beads), "utf-8")
    lines = [f"{k:6s} P {s.precision:.4f} R {s.recall:.4f} F1 {s.f1:.4f}\n"
             for k, s in (("lax", counts.lax), ("strict", counts.strict))]  # fmt: skip
    assert run(tool, *files) == "".join(lines)
    assert 0 < counts.strict.f1 < counts.lax.f1 < 1


def test_a_ladder_becomes_beads() -> None:
    ladder = "0\t0\t0.94\n1\t1\t-0.1\n3\t2\t0.2\n3\t3\t0\n4\t3\t0.3\n"
    assert module("_hunalign").beads(ladder, 5, 5) == [
        ((0,), (0,)), ((1, 2), (1,)), ((), (2,)), ((3,), ()), ((4,), (3, 4)),
    ]  # fmt: skip


def test_the_dictionary_has_the_target_first(monkeypatch: pytest.MonkeyPatch) -> None:
    hunalign = module("_hunalign")
    entries = (
        "口岸 口岸 [kou3 an4] /a port for external trade/CL:個|个[ge4]/\n船 船 [chuan2] /boat; vessel (on water)/\n"
    )
    monkeypatch.setattr(hunalign, "_lines", lambda: iter(entries.splitlines()))
    hunalign._entries.cache_clear()
    rows = hunalign.dictionary(ZH, list).splitlines()
    hunalign._entries.cache_clear()
    assert rows == ["口 岸 @ port for extern trad", "船 @ boat", "船 @ vessel"]


def test_a_hunalign_that_is_there_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "hunalign"
    program.write_text(f"#!{sys.executable}\nimport sys\nprint('0\\t0\\t1\\n2\\t1\\t1', file=sys.stdout)\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    hunalign = module("_hunalign")
    beads, process = hunalign.align(hunalign.find("auto"), EN, ZH)
    assert (beads, process.failure) == ([((0, 1), (0,)), ((2,), (1, 2))], "")


def test_a_process_that_fails_is_no_result(tmp_path: Path) -> None:
    code = "import sys; sys.exit('no room')"
    process = module("_processes").measure([sys.executable, "-c", code], tmp_path / "out")
    assert process.failure == "failed: no room"


def test_a_folder_is_scored_and_saved(tmp_path: Path) -> None:
    in_gold_form(tmp_path / "set/one", EN, ZH, "[0]:[0]\n[1]:[1]\n[2]:[2]\n")
    page = tmp_path / "page.md"
    page.write_text("Before.\n<!-- table -->\nold\n<!-- /table -->\nAfter.\n", "utf-8")
    said = run(ROOT / "benchmarks/alignment", tmp_path / "set", "--hunalign", "no", "--save", page)
    [line] = [line for line in said.splitlines() if line.startswith(str(tmp_path))]
    assert line.split()[1:7] == ["1.0000", "1.0000", "1.0000", "–", "–", "1.0000"]
    before, table, after = page.read_text("utf-8").partition("| 1.0000 |")
    assert table
    assert before.startswith("Before.\n<!-- table -->\n**Alignment**")
    assert after.endswith("<!-- /table -->\nAfter.\n")
    assert "\nold\n" not in before + after


def test_a_set_that_is_not_there_is_left_out_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIGN_SHARED", str(tmp_path))
    said = run(ROOT / "benchmarks/alignment", "--quick", "--hunalign", str(tmp_path / "hunalign"))
    assert "mag: left out, for gold/mag is not in $ALIGN_SHARED." in said
    assert f"hunalign: not installed at {tmp_path / 'hunalign'}." in said
    in_gold_form(tmp_path / "gold/law-dev", EN * 5, ZH * 5, "".join(f"[{n}]:[{n}]\n" for n in range(15)))
    said = run(ROOT / "benchmarks/alignment", "--quick")
    assert "law-dev less 10 % of both, seed 0" in said
    assert "law-dev: left out" not in said

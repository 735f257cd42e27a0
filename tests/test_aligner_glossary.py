"""Terms that the dictionary does not know: a glossary decides what answers what."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from official import EN, ZH

from align.aligner.beads import align_texts
from align.dictionary import load

FIRST = "Glimwort snorfed blickish zorbs, flimmery brundled plonks drabbing quorvish snepps."
SECOND = "Wexlers trumbled fenwick morps, spronkly quindled yarbs glorping dwellish krants."
ANSWERS = ["倘若嚷嚷，便索性撒手罢了。", "紫芯蓝草蹲着打盹。", "免得惹恼邻居，又挨训斥。"]
OF_FIRST = (("glimwort", "紫芯"), ("zorbs", "蓝草"), ("brundled plonks", "打盹"))
OF_SECOND = (("Wexlers", "紫芯"), ("fenwick morps", "蓝草"), ("yarbs", "打盹"))
ENGLISH, CHINESE = [*EN[:6], FIRST, SECOND, *EN[6:12]], [*ZH[:6], *ANSWERS, *ZH[6:12]]


def found(terms: tuple[tuple[str, str], ...]) -> dict[tuple[int, ...], tuple[tuple[int, ...], float]]:
    """What each English bead answers, and how surely."""
    return {bead.en: (bead.zh, bead.confidence) for bead in align_texts(ENGLISH, CHINESE, load(), terms)}


def test_a_term_decides_a_doubtful_link() -> None:
    first, plain, second = found(OF_FIRST), found(()), found(OF_SECOND)
    assert (first[6,][0], first[7,][0]) == ((6, 7), (8,))
    assert (second[6,][0], second[7,][0]) == ((6,), (7, 8))
    assert plain[6,][1] < 0.6
    assert min(first[6,][1], second[6,][1]) > 0.8


def test_a_term_that_is_nowhere_changes_nothing() -> None:
    assert found((("quagmirism", "龘"), ("glim", "龖"))) == found(())


@pytest.mark.parametrize("options", [["--is-split"], []])
def test_the_command_reads_a_glossary(run: Run, tmp_path: Path, options: list[str]) -> None:
    for name, lines in (("en.txt", ENGLISH), ("zh.txt", CHINESE)):
        (tmp_path / name).write_text("\n\n".join(lines) if not options else "\n".join(lines), "utf-8")
    for terms, beads in ((OF_FIRST, {"[6]:[6, 7]", "[7]:[8]"}), (OF_SECOND, {"[6]:[6]", "[7]:[7, 8]"})):
        rows = "".join(f"{en}\t{zh}\tnoun\n" for en, zh in terms)
        (tmp_path / "terms.tsv").write_text(f"# terms\n\n{rows}", "utf-8")
        status, out, err = run("pair", "en.txt", "zh.txt", "--beads", "--glossary", "terms.tsv", *options)
        assert (status, err) == (0, "")
        assert beads | {"[0]:[0]", "[13]:[14]"} <= set(out.split("\n"))

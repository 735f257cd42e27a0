"""What the dictionary gives the aligner: Chinese words and the stems of their renderings."""

from __future__ import annotations

import pytest

from align import dictionary
from align.aligner.evidence import gather
from align.dictionary import dictionary_for, signature
from align.stems import stem, stems


def test_words_of_both_scripts_are_rendered() -> None:
    found = dictionary_for(["双方讨论能源", "雙方討論能源"])
    assert stem("energy") in found["能源"]
    assert stem("discuss") in found["讨论"]
    assert found["讨论"] == found["討論"]


def test_only_what_occurs_is_there() -> None:
    assert set(dictionary_for(["能源"])) <= {"能源", "能", "源"}
    assert dictionary_for([]) == {}


@pytest.mark.parametrize(("a", "b"), [("cooperation", "cooperate"), ("ports", "port"), ("discussed", "discusses")])
def test_inflections_meet(a: str, b: str) -> None:
    assert stem(a) == stem(b)


def test_stop_words_have_no_stem() -> None:
    assert stems("The two sides, and with them") == {stem("two"), stem("sides"), stem("them")}


def test_a_rendering_speaks_for_a_pair() -> None:
    zh = ("双方讨论能源。", "双方同意保护河流。")
    en = ("Both sides discussed energy.", "Both sides agreed to protect rivers.")
    evidence = gather(en, zh, dictionary_for(zh))
    right = evidence.weigh(evidence.run(en[:1], "en"), evidence.run(zh[:1], "zh"))
    wrong = evidence.weigh(evidence.run(en[:1], "en"), evidence.run(zh[1:], "zh"))
    assert right > wrong


def test_without_the_package_there_is_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "PACKAGE", "no_such_package")
    assert list(dictionary._lines()) == []
    assert signature() == "no dictionary"

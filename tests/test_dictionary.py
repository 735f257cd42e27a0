"""The dictionary: what it says of a word, that it is compiled alike every time, and what may befall its cache."""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from align import dictionary
from align.dictionary import Dictionary, empty, entries, load, pack_stem, pack_word, signature
from align.dictionary.arrays import DIMENSIONS, unpack_stem
from align.dictionary.compiling import compile_entries
from align.dictionary.entries import read_entries
from align.dictionary.likeness import matrix, normalised, term_vectors
from align.dictionary.packing import FORMAT, pack, unpack
from align.dictionary.sounds import sound
from align.stems import stem

SMALL = """\
# a comment
能源 能源 [neng2 yuan2] /energy/power source/
能量 能量 [neng2 liang4] /energy/capabilities/
討論 讨论 [tao3 lun4] /to discuss/to talk over/CL:個|个[ge4]/
看見 看见 [kan4 jian4] /to see/to catch sight of/
見 见 [jian4] /to see/to meet/
見 见 [xian4] /to appear/also written 現|现[xian4]/
行 行 [xing2] /to walk/(coll.) capable/Taiwan pr. [xin4]/
行 行 [hang2] /row; line/
二 二 [er4] /two/
恩 恩 [en1] /favor/
㤙 恩 [en1] /variant of 恩[en1]/
王 王 [Wang2] /surname Wang/
旅 旅 [lu:3] /to travel/
能源危機論 能源危机论 [neng2 yuan2 wei1 ji1 lun4] /the talk of an energy crisis/
𠮷 𠮷 [ji2] /lucky/
口 口 [kou3] /a gloss that goes on for far too many words to be one rendering/mouth/
the line is broken
"""


def small() -> Dictionary:
    return compile_entries(read_entries(SMALL.splitlines()), "small")


def row(known: Dictionary, word: str) -> int:
    k = int(np.searchsorted(known.words, np.uint64(pack_word(word))))
    return k if k < len(known.words) and known.words[k] == pack_word(word) else -1


def renderings(known: Dictionary, word: str) -> set[str]:
    k = row(known, word)
    ids = known.stems[known.starts[k] : known.starts[k + 1]] if k >= 0 else known.stems[:0]
    return {unpack_stem(int(known.names[i])) for i in ids}


def likeness(known: Dictionary, a: str, b: str) -> float:
    names = known.names.tolist()
    x, y = (known.vectors[names.index(pack_stem(stem(word)))].astype(float) for word in (a, b))
    return float(x @ y) / 127**2


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The small dictionary as an installed package, with a cache folder that is not there yet."""
    data = tmp_path / "site/small_cedict/data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise RuntimeError('imported')", "utf-8")
    (data / "cedict_small.txt.gz").write_bytes(gzip.compress(SMALL.encode()))
    (tmp_path / "spare").mkdir()
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setattr(entries, "PACKAGE", "small_cedict")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spare"))
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path / "cache"))
    load.cache_clear()
    yield tmp_path / "cache"
    load.cache_clear()


def again() -> Dictionary:
    load.cache_clear()
    return load()


def test_words_of_both_scripts_are_rendered() -> None:
    known = load()
    assert stem("energy") in renderings(known, "能源")
    assert stem("discuss") in renderings(known, "讨论")
    assert renderings(known, "讨论") == renderings(known, "討論")
    assert row(known, "没有这个") == -1


def test_what_is_alike_is_close() -> None:
    known = load()
    assert likeness(known, "victory", "defeat") > 0.5 > likeness(known, "victory", "vegetable")
    assert likeness(known, "farm", "agriculture") > likeness(known, "farm", "treaty") + 0.3


def test_the_arrays_fit_each_other() -> None:
    for known in (load(), small(), empty()):
        assert len(known.starts) == len(known.words) + 1
        assert known.starts[-1] == len(known.stems)
        assert np.all(known.starts[:-1] < known.starts[1:])
        assert known.vectors.shape == (len(known.names), DIMENSIONS)
        assert known.char_vectors.shape == (len(known.chars), DIMENSIONS)
        assert known.weights.shape == known.names.shape
        assert not np.any(known.weights * 64 % 1)
        for keys in (known.words, known.names, known.chars):
            assert np.all(keys[:-1] < keys[1:])


def test_asides_render_nothing() -> None:
    known = small()
    assert renderings(known, "看见") == {"see", "catch", stem("sight")}
    assert renderings(known, "讨论") == {stem("discuss"), "talk", stem("over")}
    assert renderings(known, "见") == {"see", "meet", stem("appear")}
    assert renderings(known, "行") == {"walk", stem("capable"), stem("row"), stem("line")}
    assert renderings(known, "王") == {"wang"}
    assert row(known, "㤙") == -1


def test_long_words_and_long_glosses_render_nothing() -> None:
    known = small()
    assert renderings(known, "口") == {stem("mouth")}
    assert pack_stem(stem("crisis")) in known.names
    assert len(known.words) == len({*"能源 能量 討論 讨论 看見 看见 見 见 行 二 恩 王 旅 口".split()})


def test_a_stem_of_many_entries_weighs_less() -> None:
    known = small()
    weights = dict(zip(map(unpack_stem, known.names.tolist()), known.weights.tolist(), strict=True))
    assert 0 < weights[stem("energy")] < weights[stem("mouth")]


@pytest.mark.parametrize(
    ("reading", "expected"),
    [("zhong", 0x46), ("wang", 0x86), ("er", 0x70), ("an", 0x06), ("yi", 0x00), ("lu", 0x70), ("han", 0x96)],
)
def test_sounds(reading: str, expected: int) -> None:
    assert sound(reading) == expected


def test_a_character_sounds_as_its_first_reading() -> None:
    sounds = small().sounds
    assert [int(sounds[ord(char)]) for char in "行見见二旅能"] == [0x96, 0x46, 0x46, 0x70, 0x70, 255]


def test_a_sparse_product_is_the_product() -> None:
    chance = np.random.default_rng(1)
    dense = chance.random((30, 900)) * (chance.random((30, 900)) < 0.5)
    dense[7] = 0
    rows, columns = (places.astype(np.int32) for places in np.nonzero(dense))
    turned = chance.permutation(len(rows))
    rows, columns = rows[turned], columns[turned]
    sparse = matrix(rows, columns, dense[rows, columns], (30, 900))
    factor = chance.random((900, 5))
    assert len(rows) > 8192, "more than one slice"
    assert np.allclose(sparse.plain.times(factor), dense @ factor)
    assert np.allclose(sparse.transposed.times(factor[:30]), dense.T @ factor[:30])


def test_vectors_are_those_of_the_singular_values() -> None:
    chance = np.random.default_rng(2)
    dense = chance.random((40, 12))
    rows, columns = (places.astype(np.int32) for places in np.nonzero(dense))
    found = term_vectors(matrix(rows, columns, dense[rows, columns], (40, 12))).astype(float) / 127
    _, values, axes = np.linalg.svd(dense, full_matrices=False)
    wanted = axes.T * np.sqrt(values)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert np.allclose(found @ found.T, wanted @ wanted.T, atol=0.03)
    assert np.allclose(normalised(rows, dense[rows, columns], 40, 0.7) ** 2 @ np.ones(480), 40 * 0.49)


def test_compiling_is_repeatable() -> None:
    assert pack(small(), "") == pack(small(), "")


def test_what_a_file_holds_has_a_format_of_its_own() -> None:
    """Where this fails, old caches hold something else than new ones would: raise FORMAT, then put both here."""
    known = small()
    arrays = (known.words, known.starts, known.stems, known.names, known.weights, known.sounds)
    assert (FORMAT, zlib.crc32(b"".join(array.tobytes() for array in arrays))) == (2, 3062768576)


def test_a_file_gives_back_what_it_was_made_of() -> None:
    known = small()
    assert pack(unpack(pack(known, "a"), "a"), "a") == pack(known, "a")
    with pytest.raises(ValueError, match="another"):
        unpack(pack(known, "a"), "b")


def test_the_cache_is_read_and_not_made_again(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert renderings(load(), "能量") == {stem("energy"), stem("capabilities")}
    (file,) = installed.iterdir()
    before = file.read_bytes()
    monkeypatch.setattr(dictionary, "compile_file", None)
    assert pack(again(), "") == pack(unpack(before, _source(file)), "")
    assert [file.name] == [path.name for path in installed.iterdir()]


def _source(file: Path) -> str:
    import json

    data = file.read_bytes()
    return str(json.JSONDecoder().raw_decode(data[data.index(b"{") :].decode("latin-1"))[0]["source"])


@pytest.mark.parametrize("kept", [0, 10, 500, -1])
def test_a_cut_file_is_replaced(installed: Path, kept: int) -> None:
    load()
    (file,) = installed.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:kept])
    assert renderings(again(), "二") == {"two"}
    assert file.read_bytes() == whole


@pytest.mark.parametrize("place", [0, 9, 14, 21, 100, -1])
def test_a_damaged_file_is_replaced(installed: Path, place: int) -> None:
    load()
    (file,) = installed.iterdir()
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[place] ^= 4
    file.write_bytes(damaged)
    assert renderings(again(), "二") == {"two"}
    assert file.read_bytes() == whole


def test_another_edition_is_not_taken_for_this_one(installed: Path) -> None:
    load()
    path = entries.find_file()
    assert path
    path.write_bytes(gzip.compress(f"{SMALL}三 三 [san1] /three/\n".encode()))
    assert renderings(again(), "三") == {stem("three")}


def test_a_folder_in_the_place_of_the_file_is_left(installed: Path) -> None:
    load()
    (file,) = installed.iterdir()
    file.unlink()
    file.mkdir()
    assert renderings(again(), "二") == {"two"}
    assert file.is_dir()
    assert list(installed.iterdir()) == [file], "nothing unfinished is left"


def test_where_the_cache_cannot_be_the_spare_folder_is(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed.write_text("a file where the folder would be", "utf-8")
    load()
    (folder,) = (installed.parent / "spare").iterdir()
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(dictionary, "compile_file", None)
    assert renderings(again(), "二") == {"two"}


@pytest.mark.skipif(os.name == "nt", reason="modes of folders are POSIX")
def test_a_spare_folder_that_others_can_write_is_not_used(installed: Path) -> None:
    installed.write_text("a file where the folder would be", "utf-8")
    load()
    (folder,) = (installed.parent / "spare").iterdir()
    (file,) = folder.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    file.write_bytes(b"")
    folder.chmod(0o777)
    assert renderings(again(), "二") == {"two"}
    assert file.read_bytes() == b""


def test_a_full_disk_stops_nothing(
    installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert renderings(load(), "二") == {"two"}
    assert list(installed.iterdir()) == []
    assert capsys.readouterr() == ("", "")


def test_two_at_once_do_each_other_no_harm(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.replace

    def late(path: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", plain)
        assert renderings(load.__wrapped__(), "二") == {"two"}
        return plain(path, target)

    monkeypatch.setattr(Path, "replace", late)
    assert renderings(load(), "二") == {"two"}
    assert len(list(installed.iterdir())) == 1
    monkeypatch.setattr(dictionary, "compile_file", None)
    assert renderings(again(), "二") == {"two"}


def test_the_cache_is_where_the_system_keeps_such(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = installed.parent
    monkeypatch.delenv("ALIGN_CACHE")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "xdg"))
    load()
    assert len(list((home / "xdg/align").iterdir())) == 1
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    again()
    assert len(list((home / ".cache/align").iterdir())) == 1


def test_without_the_package_there_is_no_dictionary(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "PACKAGE", "no_such_package")
    assert len(load().words) == 0
    assert set(load().sounds.tolist()) == {255}
    assert load().signature == signature() == "no dictionary"
    assert not installed.exists()


def test_the_signature_names_the_release(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().signature == signature() == "CC-CEDICT (small_cedict of unknown version)"
    monkeypatch.setattr(entries, "version", lambda: "1.2.0")
    assert signature() == "CC-CEDICT (small_cedict 1.2.0)"
    assert again().signature == signature()

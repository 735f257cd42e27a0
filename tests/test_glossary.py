"""A glossary: which lines are terms, which are refused, and where the one of a document is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import EN, ZH, Run

from align.errors import DataError, UsageError
from align.glossary import read_glossary
from align.sources.documents import find_documents, read_folder
from align.state import corpus_key


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    return tmp_path / "terms.tsv"


def test_terms_in_order_and_each_once(terms: Path) -> None:
    terms.write_text(
        "# our terms\nport\t口岸\n\n  high  seas \t 公海 \tUNCLOS\nport\t港口\n"
        "port\t口岸\tagain\n#metoo\nWTO\tWTO组织\r\n",
        "utf-8",
    )
    assert read_glossary(terms) == (("port", "口岸"), ("high seas", "公海"), ("port", "港口"), ("WTO", "WTO组织"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
def test_any_encoding(terms: Path, encoding: str) -> None:
    terms.write_bytes("".join(f"port {n}\t我們的人在中文地方\n" for n in range(9)).encode(encoding))
    assert read_glossary(terms)[8] == ("port 8", "我們的人在中文地方")


def test_an_empty_one_holds_no_terms(terms: Path) -> None:
    terms.write_bytes(b"")
    assert read_glossary(terms) == ()
    terms.write_text("\n# nothing yet\n", "utf-8")
    assert read_glossary(terms) == ()


def test_other_separators_do_not_end_a_line(terms: Path) -> None:
    terms.write_text("sea\u2028port\t海\x85港\n", "utf-8")
    assert read_glossary(terms) == (("sea port", "海 港"),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("port 口岸", "there is no tab."),
        ("\t口岸", "the English is empty."),
        ("port\t  ", "the Chinese is empty."),
        ("口岸\tport", "the second column holds no Chinese character."),
    ],
)
def test_a_wrong_line_is_named(terms: Path, line: str, said: str) -> None:
    terms.write_text(f"# terms\nsea\t海\n{line}\n", "utf-8")
    with pytest.raises(DataError) as refused:
        read_glossary(terms)
    assert str(refused.value) == f"{terms}: line 3: {said} Write English, a tab, Chinese."


def test_a_line_of_headings_is_told_how_to_stay(terms: Path) -> None:
    terms.write_text("English\tChinese\nsea\t海\n", "utf-8")
    with pytest.raises(DataError, match=r"line 1: .* A line of headings begins with #\."):
        read_glossary(terms)


def test_bytes_that_are_no_text_are_named(terms: Path) -> None:
    terms.write_bytes("sea\t海\n".encode() * 9 + b"port\t\xe5\x8f\xe5\xb2\xb8\n")
    with pytest.raises(DataError, match=r"line 10: not all of it is utf-8\."):
        read_glossary(terms)


def test_what_is_no_text_file(terms: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        read_glossary(terms)
    terms.write_bytes(b"PK\x03\x04 a spreadsheet")
    with pytest.raises(DataError, match="a Word file or an archive"):
        read_glossary(terms)


def folder_of(tmp_path: Path, *names: str) -> Path:
    for name in names:
        (tmp_path / name).write_text(EN if ".en." in name else ZH, "utf-8")
    return tmp_path


def test_a_folders_glossary_is_no_source(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "a.en.txt", "a.zh.txt")
    assert read_folder(folder).glossary is None
    (folder / "glossary.tsv").write_text("port\t口岸\n", "utf-8")
    given = read_folder(folder)
    assert given.glossary == folder / "glossary.tsv"
    assert [file.path.name for file in given.files] == ["a.en.txt", "a.zh.txt"]


def test_every_pair_of_a_folder_has_its_glossary(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "a.en.txt", "a.zh.txt", "b.en.txt", "b.zh.txt")
    (folder / "glossary.tsv").write_text("port\t口岸\n", "utf-8")
    assert [(d.name, d.glossary) for d in find_documents([folder])] == [
        ("a", folder / "glossary.tsv"),
        ("b", folder / "glossary.tsv"),
    ]


def test_a_changed_glossary_makes_a_document_stale(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "a.en.txt", "a.zh.txt")
    keys = [corpus_key(read_folder(folder))]
    for text in ("", "port\t口岸\n", "port\t港口\n"):
        (folder / "glossary.tsv").write_text(text, "utf-8")
        keys.append(corpus_key(read_folder(folder)))
    assert len(set(keys)) == 4
    assert corpus_key(read_folder(folder)) == keys[3]


def test_pair_refuses_a_wrong_glossary(run: Run, tmp_path: Path) -> None:
    folder_of(tmp_path, "a.en.txt", "a.zh.txt")
    (tmp_path / "terms.tsv").write_text("port\n", "utf-8")
    assert run("pair", "a.en.txt", "a.zh.txt", "--glossary", "terms.tsv") == (
        1, "", "align: terms.tsv: line 1: there is no tab. Write English, a tab, Chinese.\n",
    )  # fmt: skip
    (tmp_path / "terms.tsv").write_text("port\t口岸\n", "utf-8")
    status, out, err = run("pair", "a.en.txt", "a.zh.txt", "--glossary", "terms.tsv")
    assert (status, out.count("\n"), err) == (0, 2, "")

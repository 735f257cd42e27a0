"""What a file is, its content says, in whatever encoding and whatever its name ends in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from align.errors import DataError
from align.sources.kinds import READERS, kind_of, reader_of

PAGE = "<!DOCTYPE html>\n<!-- saved -->\n<html lang='zh'><body><p>双方同意。</p></body></html>"
TMX = '<?xml version="1.0" encoding="UTF-16"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"/>'


def zipped(**parts: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize(("text", "kind"), [(PAGE, "html"), (TMX, "tmx"), (f"\n\n{PAGE.lower()}", "html")])
@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.docx", "a.md", "a.xml", "a"])
def test_markup_is_known_in_any_encoding_under_any_name(encoding: str, text: str, kind: str, name: str) -> None:
    assert kind_of(Path(name), text.encode(encoding)) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"%PDF-1.7\n", "pdf"),
        ("a.html", b"\n%PDF-1.7\n", "pdf"),
        ("a.pdf", b"Both sides agreed.\n", "text"),
        ("a.docx", b"Both sides agreed.\n", "text"),
        ("a.xlsx", b"en\tzh\nA\tB\n", "csv"),
        ("a.html", b"Both sides agreed.\n", "text"),
        ("a.html", b"Both<p>sides</p>", "html"),
        ("a.html", b"<!--" + b"x" * 30_000 + b"--><div>Both</div>", "html"),
        ("a.txt", b"Use <div> and <p> in it.\n", "text"),
        ("a.txt", b"<p>Both sides agreed.\n", "text"),
        ("a.txt", b'<?xml version="1.0"?><laws><law>Both</law></laws>', "text"),
        ("a.md", b"<p align='center'>Both</p>\n", "markdown"),
        ("a.txt", b"PK is a party to the agreement.\n", "text"),
        ("a.txt", b"PART I\n", "text"),
        ("a.xml", b'<?xml version="1.0"?><!-- x --><t:TEI xmlns:t="x"/>', "tei"),
        ("a.xml", b"<TEI.2><text/></TEI.2>", "tei"),
        ("a.xml", b"<teiCorpus/>", "tei"),
        ("a.xml", b'<xliff version="2.0"/>', "xliff"),
        ("a.csv", b"en,zh\n", "csv"),
        ("a.tsv", b"en\tzh\n", "csv"),
        ("a.txt", zipped(word__document2="x"), "docx"),
        ("a.docx", zipped(xl__workbook="x"), "xlsx"),
        ("a.docx", zipped(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
    ],
)
def test_a_kind_is_told_by_content_first(name: str, data: bytes, kind: str) -> None:
    assert kind_of(Path(name), data) == kind


MHTML = b"From: <Saved>\r\nSubject: x\r\n y\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
REFUSED = [
    (b"{\\rtf1 x}", "an RTF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file or one with a password"),
    (b"\x1f\x8b\x08", "an archive"),
    (b"\x89PNG\r\n", "a picture, not text"),
    (b"\xff\xd8\xff\xe0", "a picture, not text"),
    (MHTML, "a web archive (MHTML)"),
    (zipped(a="x"), "an archive of no kind that is known"),
]


@pytest.mark.parametrize(("data", "what"), REFUSED, ids=[what for _, what in REFUSED])
def test_what_no_reader_reads_is_named(data: bytes, what: str) -> None:
    with pytest.raises(DataError) as told:
        kind_of(Path("a.txt"), data)
    assert told.value.message.startswith(f"a.txt: line 1: this is {what}")
    assert told.value.remedy


def test_an_archive_that_is_damaged_is_refused() -> None:
    with pytest.raises(DataError, match=r"a\.docx: the file is damaged"):
        kind_of(Path("a.docx"), zipped(word__document="x" * 99)[:60])


def test_xml_of_another_kind_is_named() -> None:
    with pytest.raises(DataError, match="line 1: <laws> is no kind of XML that is known"):
        kind_of(Path("a.xml"), b"<laws/>")


def test_mail_that_is_text_stays_text() -> None:
    assert kind_of(Path("a.txt"), b"Subject: ports\nContent-Type: text/plain\n\nBoth sides agreed.\n") == "text"


@pytest.mark.parametrize("kind", ["text", "markdown", "tmx", "xliff", "tei"])
def test_every_kind_has_its_reader(kind: str) -> None:
    assert kind in READERS
    assert reader_of(kind).__module__.startswith("align.sources.")

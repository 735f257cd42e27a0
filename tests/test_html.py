"""What stands in the HTML: one safe file, everything the brief says, and a page that works in a real browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import IO, Any
from urllib.request import Request, urlopen

import pytest
from conftest import ROOT
from lxml import html as parser
from test_pdf import CHINESE, ENGLISH, bitext, item, pair, sample, section

from align.export import Options
from align.exporters._brief import Alone, Brief, Note, Row, Run, brief
from align.exporters._html_page import html
from align.exporters.html import exporter
from align.model import Bitext

HOSTILE = "</p><script>alert('x')</script> \"A\" & 'B' &amp; <b>c</b> \u202eright to left\u202c \u2067isolate\u2069"
CARRIES = "href src srcset action formaction data poster style ping background".split()


def written(*bitexts: Bitext, **asked: Any) -> dict[str, bytes]:
    made: dict[str, BytesIO] = {}

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        made[name] = BytesIO()
        yield made[name]

    exporter.write(bitexts, Options("outcomes", **asked), keep)
    return {name: stream.getvalue() for name, stream in made.items()}


def page(given: Bitext, **asked: Any) -> Any:
    return parsed(written(given, **asked)["outcomes.html"])


def parsed(content: bytes) -> Any:
    return parser.document_fromstring(content.decode("utf-8"))


def words(node: Any) -> str:
    return " ".join(str(node.text_content()).split())


def runs(said: Brief) -> Iterator[Run]:
    for part in said.parts:
        if not isinstance(part, Note):
            cells = (part.cell,) if isinstance(part, Alone) else (part.en, part.zh)
            yield from (run for cell in cells for paragraph in cell for run in paragraph)


@pytest.mark.parametrize("name", ["charter", "sed6"])
def test_everything_the_brief_says_is_there(name: str, request: pytest.FixtureRequest) -> None:
    given = request.getfixturevalue(name)
    said, shown = brief(given), words(page(given))
    ours = [said.title_en, said.title_zh, *said.titles_note, *said.statement, *(t for two in said.front for t in two)]
    notes = [text for part in said.parts if isinstance(part, Note) for text in (part.en, part.zh)]
    for text in (*ours, *notes, *(run.text for run in runs(said))):
        assert " ".join(text.split()) in shown


def test_what_is_missing_or_cut_off_is_said_in_words(sed6: Bitext) -> None:
    tree = page(sed6)
    assert "No Chinese text is held for items 36–59" in words(tree.find(".//header"))
    assert words(tree.get_element_by_id("item-37")).endswith("and other […] [the source text stops here]")
    notes = [words(note) for note in tree.find_class("note")]
    assert "Items 36–41: no Chinese text is held; English only. 第36至41项：未收录中文文本，仅列英文。" in notes
    assert "第36至41项：未收录中文文本。" in notes
    flags = [words(note) for note in tree.get_element_by_id("notes").find_class("flag")]
    assert len(flags) == 5
    assert flags[0].startswith("37 The English source text stops here, without a closing mark:")
    assert tree.get_element_by_id("notes").get("class") == "alone-en"


def test_whatever_the_text_holds_is_text() -> None:
    given = pair(HOSTILE, HOSTILE)
    titled = replace(given, meta=replace(given.meta, titles=tuple(replace(t, text=HOSTILE) for t in given.meta.titles)))
    tree = page(titled)
    assert len(tree.findall(".//script")) == 1
    assert [words(p) for p in tree.xpath("//main//p")] == [HOSTILE, HOSTILE]
    assert words(tree.find(".//h1")) == HOSTILE
    assert tree.find(".//title").text == HOSTILE


def test_a_number_that_holds_anything_still_gives_a_link() -> None:
    tree = page(bitext(item("en", '"> <i> 第一', "", "A."), item("zh", '"> <i> 第一', "", "甲。")))
    assert tree.find_class("number")[0].get("href") == "#item-i-第一"
    assert tree.get_element_by_id("item-i-第一") is not None


def test_a_character_that_html_forbids_is_spelled_out() -> None:
    made = written(pair("A\x00\x01\x0b\x85\ufdd0\uffff B\rC\tD", "甲\ud800乙"))["outcomes.html"].decode("utf-8")
    assert "A[U+0000][U+0001][U+000B][U+0085][U+FDD0][U+FFFF] B\nC\tD" in made
    assert "甲[U+D800]乙" in made


def test_one_file_lets_nothing_in_and_nothing_out(sed6: Bitext) -> None:
    content = written(sed6)["outcomes.html"].decode("utf-8")
    tree = parsed(content.encode())
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (held,) = re.findall(rf"<{name}>(.*?)</{name}>", content, re.S)
        assert f"{name}-src 'sha256-{b64encode(sha256(held.encode()).digest()).decode()}'" in policy
        assert not re.search(r"url\(|@import|https?:|fetch|XMLHttpRequest|eval|localStorage|cookie", held)
    carried = [(key, value) for node in tree.iter() for key, value in node.attrib.items() if key in CARRIES]
    assert {key for key, _ in carried} == {"href"}
    assert all(value.startswith("#") for _, value in carried)
    assert not [key for node in tree.iter() for key in node.attrib if key.startswith("on")]
    assert not tree.xpath("//link | //img | //iframe | //object | //form | //base")


def test_every_link_leads_somewhere_and_no_id_is_used_twice(charter: Bitext, sed6: Bitext) -> None:
    for given in (charter, sed6, sample("zh-Hant")):
        tree = page(given)
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {value[1:] for value in tree.xpath("//@href")} <= set(ids)
        assert set(tree.xpath("//label/@for | //output/@for | //@aria-controls | //@aria-labelledby")) <= set(ids)


def test_an_item_is_named_by_its_number_and_one_of_the_same_number_by_its_id() -> None:
    first, second = (section("en", name, "Part", item("en", "1", "", "A.")) for name in ("s1", "s2"))
    block = replace(second.blocks[0], id="en.s2.1", segments=(replace(second.blocks[0].segments[0], id="x"),))
    second = replace(second, heading=(replace(second.heading[0], id="y"),), blocks=(block,))
    given = bitext(first, first)
    given = replace(given, en=replace(given.en, blocks=(first, second)), zh=replace(given.zh, blocks=()), links=())
    rows = page(given).find_class("row")
    assert [row.get("id") for row in rows] == ["item-1", "item-s2.1"]
    assert page(sample()).find_class("row")[0].get("id") == "item-36"


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant", "zh-Hant-TW"])
def test_every_text_has_its_language(tag: str) -> None:
    tree = page(sample(tag))
    assert tree.get("lang") == "en"
    for node in tree.xpath("//*[text()[normalize-space()]][not(self::script or self::style)]"):
        han = re.search("[\u4e00-\u9fff]", "".join(node.xpath("text()")))
        nearest = node.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]
        assert not han or nearest == tag or node.tag == "title", words(node)
    assert ("語言" in words(tree.find_class("switch")[0])) == tag.startswith("zh-Hant")


def test_headings_descend_by_one_from_a_single_title(charter: Bitext, sed6: Bitext) -> None:
    for given in (charter, sed6):
        levels = [int(node.tag[1]) for node in page(given).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_list_sections_and_items_where_there_are_none(charter: Bitext) -> None:
    listed = [words(entry) for entry in page(charter).get_element_by_id("contents").iter("li")]
    assert listed == ["The text 文本", "The alignment 对齐", "The work 使用"]
    many = tuple(Row(f"en.{n}", str(n), ((Run("A", "en", "title"),),), (), "") for n in range(1, 5001))
    said = replace(brief(charter), parts=many)
    entries = [words(entry) for entry in parsed(html(said)).get_element_by_id("contents").iter("li")]
    assert entries[:2] == ["1 A", "101 A"]
    assert len(entries) == 50
    assert not parsed(html(replace(said, parts=many[:3]))).xpath("//nav")


@pytest.mark.parametrize(
    ("layout", "view", "stacked"),
    [
        ("side", "both", False),
        ("stacked", "both", True),
        ("en", "en", False),
        ("zh", "zh", False),
        ("review", "both", False),
    ],
)
def test_the_layout_is_what_is_seen_first(layout: str, view: str, stacked: bool) -> None:
    tree = page(sample("zh-Hant"), layout=layout)
    assert tree.xpath("//input[@name='view'][@checked]/@value") == [view]
    assert bool(tree.xpath("//input[@id='stacked'][@checked]")) == stacked
    assert tree.get("lang") == ("zh-Hant" if view == "zh" else "en")


def test_the_paper_is_what_was_asked_for() -> None:
    assert b"@page { size: A4; }" in written(sample())["outcomes.html"]
    assert b"@page { size: letter; }" in written(sample(), page="letter")["outcomes.html"]


def test_one_file_a_document_the_same_every_time() -> None:
    assert set(written(sample())) == {"outcomes.html"}
    assert set(written(sample(), pair("A.", "甲。"))) == {"outcomes.1.html", "outcomes.2.html"}
    assert written() == {}
    assert written(sample()) == written(sample())


def test_ten_thousand_items_take_seconds() -> None:
    cells = ((Run("Title: ", "en", "title"), Run(ENGLISH * 3, "en")),), ((Run(CHINESE * 3, "zh"),),)
    rows = tuple(Row(f"en.{n}", str(n), *cells, "") for n in range(10_000))
    said = replace(brief(sample()), parts=rows)
    start = time.process_time()
    content = html(said)
    assert time.process_time() - start < 3
    assert len(content) < 10_000_000


def test_the_gallery_shows_small_pictures_that_are_there() -> None:
    named = re.findall(r"\((gallery/[\w-]+\.png)\)", (ROOT / "docs/gallery.md").read_text("utf-8"))
    assert {path.name for path in (ROOT / "docs/gallery").iterdir()} == {Path(name).name for name in named}
    assert all((ROOT / "docs" / name).stat().st_size <= 150_000 for name in named)


@dataclass(frozen=True, slots=True)
class Browser:
    """A headless Chromium, driven through the calls of WebDriver."""

    session: str

    def call(self, path: str, said: object = None, method: str = "POST") -> Any:
        data = json.dumps({} if said is None else said).encode() if method == "POST" else None
        with urlopen(Request(self.session + path, data, method=method), timeout=60) as answer:
            return json.load(answer)["value"]

    def chromium(self, command: str, **said: object) -> Any:
        return self.call("/goog/cdp/execute", {"cmd": command, "params": said})

    def open(self, file: Path, mark: str = "") -> None:
        self.call("/url", {"url": "about:blank"})
        self.call("/url", {"url": file.as_uri() + mark})

    def size(self, width: int, height: int) -> None:
        self.chromium(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def run(self, script: str, *given: object) -> Any:
        return self.call("/execute/sync", {"script": script, "args": given})

    def press(self, key: str, code: int) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self.chromium("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def search(self, said: str) -> list[str]:
        """Type into the search; the ids that are shown."""
        self.run("document.getElementById('query').value = arguments[0]", said)
        self.run("document.getElementById('query').dispatchEvent(new Event('input'))")
        time.sleep(0.3)
        return self.shown(".row[id]")

    def shown(self, selector: str) -> list[str]:
        """The ids, or the text where there is none, of what is on the page and not hidden."""
        code = "return [...document.querySelectorAll(arguments[0])].filter(e => e.getClientRects().length)"
        found: list[str] = self.run(f"{code}.map(e => e.id || e.innerText)", selector)
        return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    driver = shutil.which("chromedriver")
    if not driver or not (shutil.which("chromium") or shutil.which("google-chrome")):
        pytest.skip("chromium or chromedriver is not installed")
    options = {"args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]}
    asked = {"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}
    with subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = next(found[1] for line in process.stdout if (found := re.search(r"successfully on port (\d+)", line)))
        try:
            bare = Browser(f"http://127.0.0.1:{port}/session")
            made = Browser(f"{bare.session}/{bare.call('', {'capabilities': asked})['sessionId']}")
            yield made
            made.call("", method="DELETE")
        finally:
            process.kill()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, sed6: Bitext) -> Path:
    made = tmp_path_factory.mktemp("html") / "sed6.html"
    made.write_bytes(written(sed6)["outcomes.html"])
    return made


def test_side_by_side_on_a_desk_and_stacked_on_a_phone(browser: Browser, file: Path) -> None:
    place = "const {left, top, width} = document.querySelector('#item-60 > .%s').getBoundingClientRect();"
    place += "return [left, top, width]"
    browser.size(1280, 900)
    browser.open(file)
    (left, top, wide), (right, level, narrow) = (browser.run(place % lang) for lang in ("en", "zh"))
    assert right > left + 300
    assert abs(level - top) < 12
    assert wide / narrow == pytest.approx(54 / 46, rel=0.01)
    browser.size(390, 844)
    (left, top, _), (right, below, _) = (browser.run(place % lang) for lang in ("en", "zh"))
    assert left == right
    assert below > top + 100
    assert browser.run("return document.documentElement.scrollWidth") == 390
    browser.size(1280, 900)
    browser.run("document.getElementById('stacked').click()")
    assert browser.run(place % "en")[0] == browser.run(place % "zh")[0]


def test_the_switch_works_with_keys_and_without_script(browser: Browser, file: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.html"
    bare.write_text(re.sub("<script>.*</script>", "", file.read_text("utf-8"), flags=re.S), "utf-8")
    browser.size(1280, 900)
    for made in (file, bare):
        browser.open(made)
        assert len(browser.shown(".row[id]")) == 25
        assert len(browser.shown("#search")) == (made == file)
        browser.run("document.getElementById('view-both').focus()")
        browser.press("ArrowRight", 39)
        assert browser.run("return document.activeElement.value") == "en"
        assert not browser.shown("#item-60 > .zh, h1 > .zh, h2 > .zh, .lacks, .absent-zh")
        browser.press("ArrowRight", 39)
        assert browser.shown(".row[id]") == ["item-60"]
        assert browser.shown(".absent-zh") == ["第36至41项：未收录中文文本。", "第42至59项：未收录中文文本。"]
        assert not browser.shown("#item-60 > .en, h1 > .en, h2 > .en")


def test_search_finds_words_in_both_languages(browser: Browser, file: Path) -> None:
    browser.size(1280, 900)
    browser.open(file)
    told = "return document.getElementById('found').innerText"
    assert browser.search("STUDY tour shale") == ["item-42"]
    assert browser.search("“digital energy”") == ["item-60"]
    assert browser.run(told) == "1 found 找到1处"
    assert browser.shown("h2") == ["en.s2"]
    assert browser.run("return CSS.highlights.get('found').size") >= 2
    assert browser.search("数字能源") == ["item-60"]
    assert browser.search("sister governors") == []
    assert browser.run(told) == "0 found 找到0处"
    assert browser.search("sister") == ["item-36"]
    assert len(browser.shown(".note")) == 1
    browser.run("document.getElementById('view-zh').click()")
    assert browser.shown(".row[id]") == []
    browser.run("document.getElementById('clear').click()")
    assert browser.shown(".row[id]") == ["item-60"]
    browser.run("document.getElementById('view-both').click()")
    assert len(browser.shown(".row[id]")) == 25
    assert browser.run(told) == ""


def test_a_link_to_an_item_shows_it(browser: Browser, file: Path) -> None:
    top = "return document.getElementById('item-55').getBoundingClientRect().top"
    below = "return document.querySelector('.tools').getBoundingClientRect().bottom"
    for width, height in ((1280, 900), (390, 844)):
        browser.size(width, height)
        browser.open(file, "#item-55")
        assert browser.run(below) <= browser.run(top) < height / 2
        browser.search("sister")
        browser.run("location.hash = '#item-54'; location.hash = '#item-55'")
        time.sleep(0.2)
        assert browser.run(below) <= browser.run(top) < height / 2
    browser.open(file)
    browser.run("document.getElementById('view-zh').click(); location.hash = '#item-40'")
    time.sleep(0.2)
    assert "item-40" in browser.shown(".row[id]")


def test_the_page_says_nothing_to_the_console(browser: Browser, file: Path) -> None:
    browser.open(file)
    assert browser.call("/se/log", {"type": "browser"}) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["charter", "sed6"])
def test_an_accessibility_checker_finds_nothing(
    name: str, scheme: str, browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    brought = find_spec("axe_playwright_python")
    if not (brought and brought.origin):
        pytest.skip("axe-playwright-python, which brings axe.min.js, is not installed")
    axe = Path(brought.origin).with_name("axe.min.js")
    made = tmp_path / "made.html"
    made.write_bytes(written(request.getfixturevalue(name))["outcomes.html"])
    browser.chromium("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    for width, view in ((1280, "both"), (1280, "zh"), (390, "both"), (390, "en")):
        browser.size(width, 900)
        browser.open(made)
        browser.run(axe.read_text("utf-8"))
        browser.run("document.getElementById(arguments[0]).click()", f"view-{view}")
        browser.run("document.styleSheets[0].insertRule('.row { content-visibility: visible !important }', 0)")
        browser.size(width, browser.run("return document.documentElement.scrollHeight") + 100)
        told = "r => done([...r.violations, ...r.incomplete].map(v => v.id + ' ' + v.nodes[0].html))"
        script = f"const done = arguments[0]; axe.run().then({told})"
        assert browser.call("/execute/async", {"script": script, "args": []}) == []

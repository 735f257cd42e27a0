"""Running text -> where its sentences begin and end, for English and Chinese.

A boundary is judged by the sentence it ends and by what follows as far as the next stop, never by
earlier sentences; so splitting a sentence again gives that sentence.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

# Never the last word of a sentence: "Mr. He" is a name.
_BEFORE_NAMES = (
    "Mr Mrs Ms Dr Prof Pres Gen Sen Rep Reps Gov Hon Rev Lt Col Maj Capt Cmdr Adm Sgt Amb Messrs Mme Mt Ft "
    "v vs cf e.g i.e viz approx ca"
)
# Part of a number if one follows, else an ordinary word: "The answer is no."
_BEFORE_NUMBERS = (
    "No Nos no nos NO NOS Art Arts art arts ART Fig Figs fig figs Para Paras para paras p pp Vol Vols vol "
    "vols Ch ch Cl cl Reg Regs Doc Docs Ex"
)
# May end a sentence, but only a word of _OPENERS shows that it does.
_BEFORE_OPENERS = (
    "Inc Ltd Co Cos Corp Bros Jr Sr Esq Ph.D Dept Univ Assn Govt St Ave Blvd Rd Sec Secs sec secs al est "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri"
)
_OPENERS = (
    "A According Accordingly Additionally After Again All Also Although Among An And Another Any As At "
    "Because Before Between Both But By During Each Either Even Finally Following For From Furthermore "
    "Given Having He Hence Her Here His How However I If In Indeed Instead It Its Many Meanwhile Moreover "
    "Most My Neither Nevertheless Nonetheless Nor Not Notwithstanding Now On Once Only Or Otherwise Our "
    "Pursuant She Should Since So Some Such That The Their Then There Therefore These They This Those "
    "Though Through Throughout Thus To Today Under Unless Until Upon We What When Where Whereas Whether "
    "While Who Why With Within Without Yet You Your"
)
# What follows "2 p.m." in the same sentence.
_AFTER_TIMES = (
    "Eastern Pacific Central Mountain Greenwich Coordinated Beijing Washington Geneva Local EST EDT ET PST "
    "PDT PT CST CET GMT UTC BJT Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February "
    "March April May June July August September October November December"
)
# Nouns whose letter is nobody's initial: "Annex B. Participants".
_BEFORE_LETTERS = (
    "annex appendix article category chapter class exhibit form grade group level option part phase plan "
    "schedule section table tier title type war"
)

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LOOK_BACK = 40
_REACH = 300

_STOP = re.compile(
    r"""[.?!…。！？｡][.?!…。！？｡"'”’)\]」』）】》〉〕］]{0,20}(?:\[\d{1,3}\])?(?:\s(?:[”」』]|["’](?=\s|$)))?"""
)
_HAN_STOP = re.compile("[。！？｡]")
_ELLIPSIS = re.compile(r"…|\.\.\.")
_AFTER_HAN = re.compile(f"[{_HAN}》”’」』）】〉〕]$")
_HAN_AFTER = re.compile(f"[{_HAN}]")
_SPACE = re.compile(r"\s*")
_NEXT = re.compile(
    r"""(?P<space>\s*)(?P<marks>[-"'“‘「『(（\[［【《$€£¥#*•·–—]{0,4}\s?)"""
    r"""(?P<word>\d|[^\W\d_]{1,20})?(?P<after>[\s,'’]?)"""
)
_NUMERAL = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[IVX]{1,6}|[ivx]{1,6}|[一二三四五六七八九十百]{1,4})"
_LABEL = re.compile(
    rf"(?:^|[:：;；]\s*){_NUMERAL}$"
    r"|^(?i:article|section|chapter|part|rule|art\.|sec\.)\s(?:\d{1,4}|[IVXLC]{1,6})$"
)
_POINT = re.compile(r"\s+[(（\[](?:\d{1,3}|[a-z]|[ivx]{1,5})[)）\]]\s")
_TOKEN = re.compile(r"[^\s\"'“”‘’()（）\[\]/–—-]+$")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}")
_GOES_ON = re.compile(r"[，、；：,;:)）\]］】》〉〕」』”’.?!…。！？｡]")
# After a closing quote; the second only if what is quoted asks or exclaims: “谁来种地？”一文.
_QUOTE_GOES_ON = re.compile("[—等是之]|的(?![确確])|[为為](?:主|[题題])")
_QUESTION_GOES_ON = re.compile(
    "地(?![方区區])|和(?!平)|[与與](?![此会會])|及(?![时時])|以及|[一这這][个個文書书詞词語语句說说]"
)
_QUOTE_OPENS = re.compile("""["“‘「『]""")
_BRACKETS = re.compile(r"[][()（）［］【】〔〕《》〈〉]")
_CLOSING_QUOTES = "”’」』\"'"
_KINDS = ("(（)）", "[［]］", "【】", "〔〕", "《》", "〈〉")


def spans(text: str, lang: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a text in `lang` (`en` or `zh`); only white space lies between.

    A line feed always ends a sentence.
    """
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        printed = line.group().lstrip()
        start = line.end() - len(printed)
        found += [(start + begin, start + end) for begin, end in _sentences(printed.rstrip(), lang)]
    return found


@cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _sentences(line: str, lang: str) -> Iterator[tuple[int, int]]:
    brackets = _brackets(line)
    quotes = array("q", (quote.start() for quote in re.finditer('"', line)))
    begin = at = 0
    while stop := _STOP.search(line, at):
        at, end = stop.end(), stop.end()
        held = False
        if lang == "zh":
            end = _before_opening(quotes, begin, stop)
            held = _is_quoted(quotes, begin, end)
        held = held or _is_bracketed(brackets, begin, stop.start(), end)
        if not held and _is_boundary(line, begin, stop.start(), end, lang):
            yield begin, end
            begin = at = _after_space(line, end)
    if begin < len(line):
        yield begin, len(line)


def _is_open(quotes: Sequence[int], begin: int, at: int) -> bool:
    """Whether a straight quote that opened in the sentence is open at a place in it."""
    return (bisect_left(quotes, at) - bisect_left(quotes, begin)) % 2 == 1


def _before_opening(quotes: Sequence[int], begin: int, stop: re.Match[str]) -> int:
    """Where a stop and what closes after it end: before a straight quote that opens there."""
    quote = stop.group().find('"')
    if quote < 0 or _is_open(quotes, begin, stop.start()):
        return stop.end()
    return stop.start() + len(stop.group()[:quote].rstrip())


def _is_quoted(quotes: Sequence[int], begin: int, end: int) -> bool:
    """Whether a stop stands between straight quotes; split there, the closing one would seem to open."""
    after = bisect_left(quotes, end)
    if after == len(quotes) or not _is_open(quotes, begin, end):
        return False
    return quotes[after] - quotes[after - 1] <= _REACH


def _after_space(line: str, at: int) -> int:
    space = _SPACE.match(line, at)
    return space.end() if space else at


def _brackets(line: str) -> list[tuple[int, int]]:
    """Where outermost brackets open and close, those left out that never do or do so far away."""
    open_ = {kind: array("q") for kind in _KINDS}
    pairs = []
    for bracket in _BRACKETS.finditer(line):
        kind = next(kind for kind in _KINDS if bracket.group() in kind)
        if kind.index(bracket.group()) < len(kind) // 2:
            open_[kind].append(bracket.start())
        elif open_[kind] and bracket.start() - (opening := open_[kind].pop()) <= _REACH:
            pairs.append((opening, bracket.start()))
    outermost: list[tuple[int, int]] = []
    for opening, closing in sorted(pairs):
        if outermost and opening < outermost[-1][1]:
            outermost[-1] = (outermost[-1][0], max(closing, outermost[-1][1]))
        else:
            outermost.append((opening, closing))
    return outermost


def _is_bracketed(brackets: list[tuple[int, int]], begin: int, stop: int, end: int) -> bool:
    """Whether a stop stands in a bracket, or before the end of one that opens inside the sentence."""
    at = bisect_left(brackets, (end, 0)) - 1
    if at < 0:
        return False
    opening, closing = brackets[at]
    return end <= closing or (end == closing + 1 and begin < opening < stop)


def _is_boundary(line: str, begin: int, stop: int, end: int, lang: str) -> bool:
    if end == len(line):
        return True
    before, marks = line[max(begin, stop - _LOOK_BACK) : stop], line[stop:end]
    after_han = bool(_AFTER_HAN.search(before))
    if _HAN_STOP.search(marks) or (after_han and marks[0] in "?!"):
        return _ends_chinese(line, marks, end, lang)
    if _ELLIPSIS.search(marks) and (after_han or lang == "zh"):
        return _ends_ellipsis(line, marks, end, lang)
    if after_han and not line[end].isspace():
        return False
    return _ends_english(line, before, marks, end)


def _ends_chinese(line: str, marks: str, end: int, lang: str) -> bool:
    """A Chinese stop ends a sentence unless punctuation, or after a closing quote a particle, follows."""
    start = _after_space(line, end)
    if _GOES_ON.match(line, start) or (lang == "en" and line[start].islower()):
        return False
    if start > end or marks[-1] not in _CLOSING_QUOTES:
        return True
    asks = marks[0] in "?!？！" and _QUESTION_GOES_ON.match(line, end)
    return not asks and not _QUOTE_GOES_ON.match(line, end)


def _ends_ellipsis(line: str, marks: str, end: int, lang: str) -> bool:
    """In Chinese, …… ends a sentence with its closing quote, or before an opening quote."""
    closes = marks[-1] in _CLOSING_QUOTES or bool(_QUOTE_OPENS.match(line, end))
    return closes and _ends_chinese(line, marks, end, lang)


def _ends_english(line: str, before: str, marks: str, end: int) -> bool:
    """A Latin stop ends a sentence if white space and no small letter follow a word that is whole."""
    follows = _NEXT.match(line, end)
    if not follows or not follows["space"]:
        return _ends_unspaced(line, before, marks, end)
    word = follows["word"] or ""
    if not word:
        return not _GOES_ON.match(line, follows.end("marks"))
    opens = word in _words(_OPENERS) and bool(follows["after"])
    if marks.rstrip("\"'”’)] ") == "." and (_LABEL.search(before) or _is_short(before, word, opens)):
        return False
    small = word[0].islower() and not word[1:2].isupper()
    return not small or bool(_POINT.match(line, end))


def _ends_unspaced(line: str, before: str, marks: str, end: int) -> bool:
    """Where the space is lost, only "end.The next" and "WTO?是的" are boundaries."""
    if marks[0] in "?!" and _HAN_AFTER.match(line, end):
        return True
    follows = _NEXT.match(line, end)
    word = follows["word"] if follows else ""
    opens = word in _words(_OPENERS) and len(word) > 1 and bool(follows and follows["after"])
    whole = before[-1:].islower() or before[-1:].isdigit() or before[-1:] == ")"
    return opens and whole and "." not in before.rsplit(None, 1)[-1]


def _is_short(before: str, word: str, opens: bool) -> bool:
    """Whether the point after `before` only shortens its last word, `word` being the next."""
    last = _TOKEN.search(before)
    token = last.group() if last else ""
    if token.isupper() and len(token) > 1 and word.isupper() and len(word) > 1:
        token = token.capitalize()
    if token in _words(_BEFORE_NAMES):
        return True
    if token in _words(_BEFORE_NUMBERS):
        letters = token.lower() not in ("no", "nos") and len(word) == 1
        return word[0].isdigit() or (word.isupper() and (len(word) > 1 or letters))
    if token.lower() in ("a.m", "p.m"):
        return word[0].isdigit() or word in _words(_AFTER_TIMES)
    if token in _words(_BEFORE_OPENERS) or _ACRONYM.fullmatch(token):
        return not opens
    if len(token) == 1 and token.isupper():
        noun = before[: -len(token)].split()[-1:]
        return not opens and not (noun and noun[0].lower() in _words(_BEFORE_LETTERS))
    return False

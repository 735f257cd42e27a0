"""English text -> its content words and their stems, so that a word and its inflections meet in a dictionary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from unicodedata import combining

ACRONYM = re.compile(r"\b(?:[A-Z]\.)+[A-Z]\b\.?|\bUS\b")
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
BREAK = "\n"
DIVIDED = re.compile(WORD.pattern + "|" + BREAK)
CONTRACTED = re.compile(r"'(?:s|ll|d|ve|re|m)$")
UNDIVIDED = str.maketrans({"’": "'", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss"})
"""The apostrophe of print, and letters that have no canonical decomposition."""

STOP = frozenset("a an the of to is are was were be been being s etc sth sb lit fig esp idiom one's oneself".split())
ENDINGS = frozenset(
    (
        "izations isations ization isation ations itions nesses atives ation ition ative ments ingly ances ences "
        "ities ating ment ness ance ence ated ates edly ings ions ants ents ally ity ate ing ied ies ers ors ive "
        "ion ant ent er or ed es al ly s e"
    ).split()
)
LONGEST_ENDING = 8
LAST_LETTERS = frozenset(ending[-1] for ending in ENDINGS)
DOUBLED = tuple(letter * 2 for letter in "bdgmnprt")
"""What an ending doubles: plan, planned."""
MUTE = re.compile("[^aeiou][aeiou][^aeiouwxy]")
"""What is left of a word of four letters that ends in e; without the e, its last letter would have been doubled."""
KEPT, LONGEST = 4, 8

IRREGULAR = """
arise arose arisen, awake awoke awoken, bear bore born borne, beat beaten, become became, begin began begun, bend
bent, bind bound, bite bit bitten, bleed bled, blow blew blown, break broke broken, breed bred, bring brought, build
built, burn burnt, buy bought, catch caught, choose chose chosen, cling clung, come came, creep crept, deal dealt, dig
dug, do does did done doing, draw drew drawn, dream dreamt, drink drank drunk, drive drove driven, eat ate eaten, fall
fell fallen, feed fed, feel felt, fight fought, find found, flee fled, fly flew flown flies, forbid forbade forbidden,
foresee foresaw foreseen, forget forgot forgotten, forgive forgave forgiven, freeze froze frozen, get got gotten, give
gave given, go goes went gone going, grow grew grown, hang hung, have has had having, hear heard, hide hid hidden,
hold held, keep kept, kneel knelt, know knew known, lay laid, lead led, lean leant, leap leapt, learn learnt, leave
left, lend lent, lie lain lying lied lies, lose lost, make made, mean meant, meet met, mistake mistook mistaken,
overcome overcame, oversee oversaw overseen, overtake overtook overtaken, overthrow overthrew overthrown, pay paid,
prove proven, ride rode ridden, ring rang rung, rise rose risen, run ran, say said says, see saw seen, seek sought,
sell sold, send sent, sew sewn, shake shook shaken, shine shone, shoot shot, show shown, shrink shrank shrunk, sing
sang sung, sink sank sunk, sit sat, sleep slept, slide slid, sow sown, speak spoke spoken, spend spent, spin spun,
spring sprang sprung, stand stood, steal stole stolen, stick stuck, sting stung, strike struck stricken, strive strove
striven, swear swore sworn, sweep swept, swell swollen, swim swam swum, swing swung, take took taken, teach taught,
tear tore torn, tell told, think thought, throw threw thrown, undergo undergoes underwent undergone, understand
understood, undertake undertook undertaken, uphold upheld, use used using, wake woke woken, wear wore worn, weave wove
woven, weep wept, win won, withdraw withdrew withdrawn, withstand withstood, write wrote written, box boxes, bus
buses, fix fixes, gas gases, mix mixes, tax taxes, age aged aging ageing, agree agreed, decree decreed, free freed,
guarantee guaranteed, die died dies dying, owe owed owing, tie tied ties tying, bad worse worst, good better best,
little less least, far further furthest farther farthest, calf calves, child children, crisis crises, criterion
criteria, foot feet, goose geese, half halves, knife knives, leaf leaves, life lives, loaf loaves, man men, medium
media, mouse mice, movie movies, ox oxen, person people persons, phenomenon phenomena, policeman policemen, self
selves, shelf shelves, thesis theses, thief thieves, tooth teeth, wife wives, wolf wolves, woman women, analysis
analyses, basis bases, axis axes, datum data, hypothesis hypotheses, i me my mine myself, he him his himself, she her
hers herself, it its itself, we us our ours ourselves, they them their theirs themselves, you your yours yourself
yourselves, who whom whose, not cannot
"""


def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(map(stem, words(text)))


def words(text: str) -> list[str]:
    """The content words of a text in lower case and plain letters; an acronym with points is one word."""
    return [word for word in forms(text) if is_content(word)]


def forms(text: str) -> list[str]:
    """All words of a text in lower case and plain letters; an acronym with points is one word."""
    return WORD.findall(_readied(text))


def _readied(text: str) -> str:
    """A text on one line in lower case and plain letters, its acronyms without points."""
    if "US" in text or -1 < text.find(".") < len(text) - 2:
        text = ACRONYM.sub(_joined, text)
    return _plain(text).replace(BREAK, " ")


def forms_of_all(texts: Sequence[str]) -> list[str]:
    """The words of many texts, with a line break between text and text; faster than text by text."""
    return DIVIDED.findall(BREAK.join([_readied(text) for text in texts]))


def is_content(word: str) -> bool:
    """Whether a word says something by itself."""
    return word not in STOP and (len(word) > 1 or word == "i")


def _joined(acronym: re.Match[str]) -> str:
    letters = acronym.group().replace(".", "").lower()
    return " usa " if letters == "us" else f" {letters} "


def _plain(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text.translate(UNDIVIDED))
    return "".join([c for c in parts if not combining(c)]) if any(map(combining, parts)) else parts


@cache
def stem(word: str) -> str:
    """The base of an irregular form, or a word without its known ending; at most eight letters, and crude."""
    if word.endswith("n't"):
        return "not"
    if "'" in word:
        word = CONTRACTED.sub("", word).replace("'", "")
    word = _bases().get(word, word)
    if word.endswith(("ies", "ied")) and len(word) > KEPT:
        word = word[:-3] + "y"
    return _shortened(word)[:LONGEST]


def _shortened(word: str) -> str:
    """Without the ending; `plann` of planned becomes plan, `mak` of making make, `manage` of management manag."""
    ending = _ending(word)
    if not ending and word[-1:] != "e":
        return word
    if (ending == "s" and word.endswith("ss")) or (ending == "ed" and word.endswith("eed")):
        return word
    base = word[: len(word) - len(ending)]
    if ending.startswith(("ed", "ing")) and len(base) >= KEPT and base.endswith(DOUBLED):
        return base[:-1]
    if ending in ("ed", "ing") and MUTE.fullmatch(base):
        return base + "e"
    return base[:-1] if base.endswith("e") and len(base) > KEPT else base


def _ending(word: str) -> str:
    """The longest known ending that leaves enough of a word, or that of a short word."""
    if word[-1:] in LAST_LETTERS:
        for size in range(min(LONGEST_ENDING, len(word) - KEPT), 0, -1):
            if word[-size:] in ENDINGS:
                return word[-size:]
    return _short_ending(word)


def _short_ending(word: str) -> str:
    """The ending of a short word."""
    if word.endswith("ing") and len(word) > 5:
        return "ing"
    if word.endswith("ed") and len(word) > 4:
        return "ed"
    return "s" if word.endswith("s") and len(word) > 3 else ""


@cache
def _bases() -> Mapping[str, str]:
    rows = (row.split() for row in IRREGULAR.split(","))
    return {form: base for base, *forms in rows for form in forms}

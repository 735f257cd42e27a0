"""Sentences -> what of them can be found again in a translation: words, numbers, names, marks, each once a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from align.aligner.names import CAPITAL, find_names, heard
from align.aligner.numbers import chinese_numbers, english_numbers, number_words
from align.stems import stem, words

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    from align.dictionary import Dictionary

LATIN = re.compile(r"[A-Za-z]+")
MARKS = {"?": "?", "？": "?", "!": "!", "！": "!", ":": ":", "：": ":", ";": ";", "；": ";", "(": "(", "（": "(",
         "…": "…", "—": "—", "“": '"', "「": '"', '"': '"', "%": "%", "$": "$"}  # fmt: skip
MARK = re.compile("[" + re.escape("".join(MARKS)) + "]")
HAS_NUMBER = re.compile(r"[0-9０-９零〇○一二三四五六七八九十百千两兩]")
HAS_LATIN_OR_DIGIT = re.compile(r"[0-9A-Za-z]")
LONGEST_WORD = 4
WORD, LONE, PAIR, OTHER = 0, 1 << 40, 2 << 40, 3 << 40
"""Kinds of Chinese types: a word of the dictionary, a character outside words, two of them, a token as a string."""
HAN_FROM, HAN_TO = 0x3400, 0x9FFF


@dataclass(frozen=True, slots=True)
class Side:
    """One side's sentences as types: sentence i has `types[starts[i]:starts[i + 1]]`, each once.

    `repeated` marks the types that a translation repeats (numbers and terms of the glossary; on the Chinese
    side Latin strings and names too), `fixed` those that nothing is learned for, `numbers` numbers, `known`
    words of the dictionary.
    """

    size: int
    count: int
    types: NDArray[int64]
    rows: NDArray[int64]
    starts: NDArray[int64]
    lengths: NDArray[float64]
    repeated: NDArray[bool_]
    fixed: NDArray[bool_]
    numbers: NDArray[bool_]
    known: NDArray[bool_]


@dataclass(frozen=True, slots=True)
class Texts:
    """Both sides as types, which of them answer each other, and the vectors of those that have one."""

    en: Side
    zh: Side
    edges: NDArray[int64]
    stem_ids: NDArray[int64]
    word_ids: NDArray[int64]
    """For each type its stem or word in the dictionary, -1 for none; -2 - code point for a lone character."""


def read_texts(
    en: Sequence[str], zh: Sequence[str], dictionary: Dictionary, glossary: Sequence[tuple[str, str]] = ()
) -> Texts:
    """The types of both sides and the edges between them, as pairs of English and Chinese types."""
    terms = _Terms(glossary)
    en_names: dict[str, int] = {}
    en_rows = [_english(text, en_names, terms) for text in en]
    vocabulary = list(en_names)
    keys = _name_keys(en, en_names, dictionary)
    zh_types, zh_rows, names = _chinese(zh, dictionary, list(keys), terms)
    unique, local = np.unique(zh_types, return_inverse=True)
    pairs = sorted_unique(zh_rows * max(len(unique), 1) + local)
    zh_row, zh_type = pairs // max(len(unique), 1), pairs % max(len(unique), 1)
    en_type = np.array([t for row in en_rows for t in row], np.int64)
    en_row = np.repeat(np.arange(len(en)), [len(row) for row in en_rows])
    stem_ids = _stem_ids(vocabulary, dictionary)
    strings = {int(key - OTHER): at for at, key in enumerate(unique.tolist()) if key >= OTHER}
    edges = np.concatenate(
        [
            _dictionary_edges(unique, stem_ids, dictionary),
            _string_edges({names[k]: at for k, at in strings.items()}, en_names, keys),
        ]
    )
    word_ids = np.where(unique < LONE, unique, np.where(unique < PAIR, -2 - (unique - LONE), -1))
    first = np.array([token[0] for token in vocabulary] or [""], "U1")[: len(vocabulary)]
    other = np.array([names[int(k - OTHER)][0] if k >= OTHER else "" for k in unique.tolist()] or [""], "U1")
    other = other[: len(unique)]
    return Texts(
        Side(len(en), len(vocabulary), en_type, en_row, _starts(en_row, len(en)), _lengths(en),
             **_kinds(first, stem_ids >= 0)),
        Side(len(zh), len(unique), zh_type, zh_row, _starts(zh_row, len(zh)), _lengths(zh),
             **_kinds(other, unique < LONE)),
        np.unique(edges, axis=0) if len(edges) else edges, stem_ids, word_ids,
    )  # fmt: skip


def sorted_unique(values: NDArray[int64]) -> NDArray[int64]:
    """The different values in rising order; faster than by hashing."""
    found = np.sort(values)
    return found[np.diff(found, prepend=found[:1] - 1) > 0]


def _kinds(first: NDArray[Any], known: NDArray[bool_]) -> dict[str, NDArray[bool_]]:
    """What sort of type each is, by the first character of its name."""
    return {
        "repeated": np.isin(first, ("#", "@", "^", "&")),
        "fixed": np.isin(first, ("#", "~", "&")),
        "numbers": first == "#",
        "known": known,
    }


class _Terms:
    """A user's glossary: entry k is the token &k wherever its term stands."""

    def __init__(self, glossary: Sequence[tuple[str, str]]) -> None:
        self.en = [(f"&{k}", re.compile(rf"(?<!\w){re.escape(en)}(?!\w)", re.I)) for k, (en, _) in enumerate(glossary)]
        self.zh = [(f"&{k}", zh) for k, (_, zh) in enumerate(glossary)]

    def english(self, text: str) -> list[str]:
        return [name for name, pattern in self.en if pattern.search(text)]

    def chinese(self, text: str) -> list[str]:
        return [name for name, term in self.zh if term in text]


def _english(text: str, names: dict[str, int], terms: _Terms) -> list[int]:
    """The types of an English sentence; new ones get the next number."""
    found = words(text)
    tokens = [stem(word) for word in found]
    if not number_words().isdisjoint(found) or HAS_NUMBER.search(text):
        tokens += english_numbers(text.replace("-", " "))
    tokens += ["~" + MARKS[mark] for mark in MARK.findall(text)]
    tokens += terms.english(text) if terms.en else []
    return list(dict.fromkeys(names.setdefault(token, len(names)) for token in tokens))


def _name_keys(en: Sequence[str], names: Mapping[str, int], dictionary: Dictionary) -> dict[int, list[int]]:
    """How the capitalised words that the dictionary does not know are heard -> their types."""
    found = {name for text in en for name in CAPITAL.findall(text)}
    stems = {stem(word): name for name in sorted(found) for word in words(name)}
    listed = [name for name in stems if name in names]
    known = _stem_ids(listed, dictionary)
    keys: dict[int, list[int]] = {}
    for name, at in zip(listed, known.tolist(), strict=True):
        key = heard(stems[name])
        if at < 0 and key:
            keys.setdefault(key, []).append(names[name])
    return keys


def _stem_ids(stems: Sequence[str], dictionary: Dictionary) -> NDArray[int64]:
    """Positions of stems among the dictionary's, -1 for those it does not have."""
    plain = [name if name[:1].isalpha() and len(name) <= 8 and name.isascii() else "" for name in stems]
    codes = np.array([int.from_bytes(name.encode(), "big") for name in plain], np.uint64)
    return _positions(codes, dictionary.names)


def _positions(wanted: NDArray[Any], among: NDArray[Any]) -> NDArray[int64]:
    if not len(among):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return np.where(among[at] == wanted, at, -1)


def _chinese(
    zh: Sequence[str], dictionary: Dictionary, keys: list[int], terms: _Terms
) -> tuple[NDArray[int64], NDArray[int64], list[str]]:
    """Types of all occurrences, their sentences, and the strings that the types of kind OTHER stand for."""
    joined = "".join(zh)
    chars = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    rows = np.repeat(np.arange(len(zh)), [len(text) for text in zh])
    types, places, bare = _words(chars, rows, dictionary)
    strings: dict[str, int] = {}
    named, where = [], []
    for row, text in enumerate(zh):
        tokens = ["~" + MARKS[mark] for mark in MARK.findall(text)]
        if HAS_NUMBER.search(text):
            tokens += chinese_numbers(text)
        if HAS_LATIN_OR_DIGIT.search(text):
            tokens += ["@" + stem(word.lower()) for word in LATIN.findall(text)]
        tokens += terms.chinese(text) if terms.zh else []
        named += [strings.setdefault(token, len(strings)) for token in tokens]
        where += [row] * len(tokens)
    name_rows, name_keys = find_names(keys, chars, rows, bare, dictionary.sounds)
    heard_as = {key: strings.setdefault(f"^{key}", len(strings)) for key in np.unique(name_keys).tolist()}
    name_types = np.array([heard_as[key] for key in name_keys.tolist()], np.int64)
    return (
        np.concatenate([types, np.array(named, np.int64) + OTHER, name_types + OTHER]),
        np.concatenate([rows[places], np.array(where, np.int64), name_rows]),
        list(strings),
    )


def _words(
    chars: NDArray[Any], rows: NDArray[int64], dictionary: Dictionary
) -> tuple[NDArray[int64], NDArray[int64], NDArray[Any]]:
    """The dictionary's words of two to four characters, what is left as single characters and pairs; and where."""
    size = len(chars)
    code = np.where(chars > 0xFFFF, 0, chars).astype(np.uint64)
    covered = np.zeros(size + 1, np.int64)
    types, places = [], []
    gram = code
    for n in range(2, LONGEST_WORD + 1):
        if size < n:
            break
        gram = gram[:-1] << np.uint64(16) | code[n - 1 :]
        at = np.flatnonzero((rows[: size - n + 1] == rows[n - 1 :]) & (code[: size - n + 1] >= HAN_FROM))
        word = _positions(gram[at], dictionary.words)
        at, word = at[word >= 0], word[word >= 0]
        types.append(word + WORD)
        places.append(at)
        np.add.at(covered, at, 1)
        np.subtract.at(covered, at + n, 1)
    han = (code >= HAN_FROM) & (code <= HAN_TO)
    bare = han & (np.cumsum(covered[:size]) == 0)
    lone = np.flatnonzero(bare)
    word = _positions(code[lone], dictionary.words)
    types.append(np.where(word >= 0, word + WORD, code[lone].astype(np.int64) + LONE))
    places.append(lone)
    both = np.flatnonzero(bare[:-1] & bare[1:] & (rows[:-1] == rows[1:])) if size else lone
    types.append((code[both] << np.uint64(16) | code[both + 1]).astype(np.int64) + PAIR if size else lone)
    places.append(both)
    return np.concatenate(types), np.concatenate(places), bare.astype(np.uint8)


def _dictionary_edges(unique: NDArray[int64], stem_ids: NDArray[int64], dictionary: Dictionary) -> NDArray[int64]:
    home = np.full(len(dictionary.names) + 1, -1)
    known = np.flatnonzero(stem_ids >= 0)
    home[stem_ids[known]] = known
    local = np.flatnonzero(unique < LONE)
    which, at = spread(unique[local], dictionary.starts)
    answer = home[dictionary.stems[at]]
    return np.stack([answer, local[which]], 1)[answer >= 0]


def spread(keys: NDArray[int64], starts: NDArray[int64]) -> tuple[NDArray[int64], NDArray[int64]]:
    """For rows of a table in compressed form: which key each entry belongs to, and where the entry is."""
    begin = starts[keys]
    count = starts[keys + 1] - begin
    which = np.repeat(np.arange(len(keys)), count)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    return which, np.repeat(begin, count) + within


def _string_edges(zh: Mapping[str, int], en: Mapping[str, int], keys: Mapping[int, list[int]]) -> NDArray[int64]:
    found = []
    for token, at in zh.items():
        if token[0] == "^":
            found += [(name, at) for name in keys[int(token[1:])]]
        else:
            answer = en.get(token[1:] if token[0] == "@" else token)
            found += [(answer, at)] if answer is not None else []
    return np.array(found, np.int64).reshape(-1, 2)


def _starts(rows: NDArray[int64], size: int) -> NDArray[int64]:
    return np.searchsorted(rows, np.arange(size + 1))


def _lengths(texts: Sequence[str]) -> NDArray[float64]:
    return np.array([len("".join(text.split())) or 1 for text in texts], np.float64)

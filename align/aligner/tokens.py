"""Sentences -> what of them can be found again in a translation: words, numbers, names, marks, each once a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from align.aligner.characters import Codes
from align.aligner.compressed import different, in_order, sorted_unique, spread
from align.aligner.names import CAPITAL, find_names, heard
from align.aligner.numbers import chinese_numbers, english_numbers, number_words
from align.stems import BREAK, forms_of_all, is_content, stem, words

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    from align.dictionary import Dictionary

LATIN = re.compile(r"[A-Za-z]+")
NUMERALS = "0123456789０１２３４５６７８９零〇○一二三四五六七八九十百千两兩"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LONGEST_WORD = 4
NO_WORD = -2
TEXTS_AT_ONCE = 2048
"""Texts whose words are read together."""
HASHED, SPREAD = 21, 0x9E3779B97F4A7C15
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
    en_codes, zh_codes = Codes(en), Codes(zh)
    en_type, en_row, en_names = _english(en, en_codes, terms)
    vocabulary = list(en_names)
    keys = _name_keys(en, en_names, dictionary)
    zh_types, zh_rows, names = _chinese(zh, zh_codes, dictionary, list(keys), terms)
    unique, local = _numbered(zh_types)
    zh_type, zh_row = _once(local, zh_rows, len(unique))
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
        Side(len(en), len(vocabulary), en_type, en_row, _starts(en_row, len(en)), en_codes.lengths(),
             **_kinds(first, stem_ids >= 0)),
        Side(len(zh), len(unique), zh_type, zh_row, _starts(zh_row, len(zh)), zh_codes.lengths(),
             **_kinds(other, unique < LONE)),
        different(edges, len(unique)), stem_ids, word_ids,
    )  # fmt: skip


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


def _once(types: NDArray[int64], rows: NDArray[int64], count: int) -> tuple[NDArray[int64], NDArray[int64]]:
    """Types and their sentences, in order, each type once a sentence."""
    pairs = sorted_unique(rows * max(count, 1) + types)
    return pairs % max(count, 1), pairs // max(count, 1)


def _numbered(types: NDArray[int64]) -> tuple[NDArray[int64], NDArray[int64]]:
    """The different types in rising order, and for each where it is among them; like `np.unique`, but faster."""
    order = in_order(types)
    found = types[order]
    new = np.diff(found, prepend=found[:1] - 1) > 0
    local = np.empty(len(types), np.int64)
    local[order] = np.cumsum(new) - 1
    return found[new], local


class _Numbers(dict[str, int]):
    """Words to the number of their type, found when a word is first met; -1 for words that say nothing."""

    def __init__(self, names: dict[str, int]) -> None:
        super().__init__({BREAK: NO_WORD})
        self.names = names

    def __missing__(self, word: str) -> int:
        number = self[word] = self.names.setdefault(stem(word), len(self.names)) if is_content(word) else -1
        return number


def _numbered_words(en: Sequence[str], numbers: _Numbers) -> tuple[NDArray[int64], NDArray[int64]]:
    """The numbers of all words, and their sentences."""
    words_of, rows = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for first in range(0, len(en), TEXTS_AT_ONCE):
        told = forms_of_all(en[first : first + TEXTS_AT_ONCE])
        found = np.fromiter(map(numbers.__getitem__, told), np.int64, len(told))
        is_word = found != NO_WORD
        words_of.append(found[is_word])
        rows.append(first + np.cumsum(~is_word)[is_word])
    return np.concatenate(words_of), np.concatenate(rows)


def _english(en: Sequence[str], codes: Codes, terms: _Terms) -> tuple[NDArray[int64], NDArray[int64], dict[str, int]]:
    """The types of English sentences, their sentences, and the numbers of the types by name."""
    names: dict[str, int] = {}
    numbers = _Numbers(names)
    words_of, rows = _numbered_words(en, numbers)
    told = [numbers[word] for word in sorted(number_words()) if word in numbers]
    counted = np.zeros(len(en), bool)
    counted[rows[np.isin(words_of, told)]] = True
    others: list[tuple[str, int]] = []
    counted[codes.holding(NUMERALS)] = True
    for row in np.flatnonzero(counted).tolist():
        others += [(token, row) for token in english_numbers(en[row].replace("-", " "))]
    if terms.en:
        others += [(token, row) for row, text in enumerate(en) for token in terms.english(text)]
    others += codes.marks()
    more = np.array([names.setdefault(token, len(names)) for token, _ in others], np.int64)
    types = np.concatenate([words_of[words_of >= 0], more])
    homes = np.concatenate([rows[words_of >= 0], np.array([row for _, row in others], np.int64)])
    return *_once(types, homes, len(names)), names


def _name_keys(en: Sequence[str], names: Mapping[str, int], dictionary: Dictionary) -> dict[int, list[int]]:
    """How the capitalised words that the dictionary does not know are heard -> their types."""
    found = set(CAPITAL.findall("\n".join(en)))
    stems = {stem(word): name for name in sorted(found) for word in words(name)}
    listed = [name for name in stems if name in names]
    known = _stem_ids(listed, dictionary)
    keys: dict[int, list[int]] = {}
    for name, at in zip(listed, known.tolist(), strict=True):
        if at < 0 and (key := heard(stems[name])):
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
    zh: Sequence[str], codes: Codes, dictionary: Dictionary, keys: list[int], terms: _Terms
) -> tuple[NDArray[int64], NDArray[int64], list[str]]:
    """Types of all occurrences, their sentences, and the strings that the types of kind OTHER stand for."""
    chars, rows = codes.points, codes.rows()
    types, places, bare = _words(chars, rows, dictionary)
    strings: dict[str, int] = {}
    told = codes.marks()
    for row in codes.holding(NUMERALS).tolist():
        told += [(token, row) for token in chinese_numbers(zh[row])]
    for row in codes.holding(LETTERS).tolist():
        told += [("@" + stem(word.lower()), row) for word in LATIN.findall(zh[row])]
    if terms.zh:
        told += [(token, row) for row, text in enumerate(zh) for token in terms.chinese(text)]
    named, where = [strings.setdefault(token, len(strings)) for token, _ in told], [row for _, row in told]
    name_rows, name_keys = find_names(keys, chars, rows, bare, dictionary.sounds)
    heard_as = {key: strings.setdefault(f"^{key}", len(strings)) for key in sorted_unique(name_keys).tolist()}
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
    gram, marked = code, np.zeros(1 << HASHED, bool)
    marked[_hashed(dictionary.words)] = True
    for n in range(2, LONGEST_WORD + 1):
        if size < n:
            break
        gram = gram[:-1] << np.uint64(16) | code[n - 1 :]
        at = np.flatnonzero((rows[: size - n + 1] == rows[n - 1 :]) & (code[: size - n + 1] >= HAN_FROM))
        at = at[marked[_hashed(gram[at])]]
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


def _hashed(packed: NDArray[Any]) -> NDArray[Any]:
    """A few bits of each word, mixed: most runs of characters are no word, and these tell so without a search."""
    return np.asarray(packed * np.uint64(SPREAD) >> np.uint64(64 - HASHED))


def _dictionary_edges(unique: NDArray[int64], stem_ids: NDArray[int64], dictionary: Dictionary) -> NDArray[int64]:
    home = np.full(len(dictionary.names) + 1, -1)
    known = np.flatnonzero(stem_ids >= 0)
    home[stem_ids[known]] = known
    local = np.flatnonzero(unique < LONE)
    which, at = spread(unique[local], dictionary.starts)
    answer = home[dictionary.stems[at]]
    return np.stack([answer, local[which]], 1)[answer >= 0]


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

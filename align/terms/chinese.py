"""Chinese text -> words: those of the dictionary that make the likeliest row, and single characters between them.

The likeliest row is found by Viterbi's programme over a unigram model whose counts come from the corpus itself,
in two rounds (Sproat, Shih, Gale and Chang 1996).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from align.characters import HAN_CHAR
from align.dictionary import Dictionary

RUN = re.compile(r"[A-Za-z0-9À-ɏ]+(?:[.\-'&][A-Za-z0-9]+)*|[^\s]")
LONGEST = 4
ROUNDS = 2
HELD_BACK = 9.0
"""What one more word costs in logarithms beside its own count: few long words are likelier than many short ones."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark, and where it begins and ends."""

    text: str
    start: int
    end: int


def segment(texts: Sequence[str], dictionary: Dictionary) -> list[list[Word]]:
    """The words of every text."""
    known = Known(dictionary)
    pieces = [[(m[0], m.start()) for m in re.finditer(RUN, text)] for text in texts]
    lattices = [_lattice(piece, known) for piece in pieces]
    counts: Counter[str] = Counter(word for lattice in lattices for words in lattice for word in words)
    found: list[list[Word]] = []
    for _ in range(ROUNDS):
        total = sum(counts.values()) + 1
        cost = {word: log(total) - log(n) + HELD_BACK for word, n in counts.items()}
        most = log(total) + HELD_BACK + 1
        found = [_best(piece, lattice, cost, most) for piece, lattice in zip(pieces, lattices, strict=True)]
        counts = Counter(word.text for words in found for word in words)
    return found


class Known:
    """Which strings are words of the dictionary."""

    def __init__(self, dictionary: Dictionary) -> None:
        text = dictionary.words.astype(">u8").tobytes().decode("utf-16-be", "surrogatepass")
        self._words = frozenset(text[at : at + LONGEST].lstrip("\0") for at in range(0, len(text), LONGEST))

    def has(self, word: str) -> bool:
        return word in self._words


def _lattice(piece: Sequence[tuple[str, int]], known: Known) -> list[list[str]]:
    """For each place the words that begin there, the single piece first."""
    han = "".join(text if HAN_CHAR.fullmatch(text) else " " for text, _ in piece)
    found = []
    for at, (text, _) in enumerate(piece):
        words = [text]
        if han[at] != " ":
            for n in range(2, LONGEST + 1):
                word = han[at : at + n]
                if len(word) < n or word[-1] == " ":
                    break
                if known.has(word):
                    words.append(word)
        found.append(words)
    return found


def _best(
    piece: Sequence[tuple[str, int]], lattice: Sequence[Sequence[str]], cost: dict[str, float], most: float
) -> list[Word]:
    """The cheapest row of words."""
    size = len(piece)
    best = [0.0] * (size + 1)
    chosen = [1] * (size + 1)
    for at in range(size - 1, -1, -1):
        best[at] = cost.get(lattice[at][0], most) + best[at + 1]
        for word in lattice[at][1:]:
            total = cost.get(word, most) + best[at + len(word)]
            if total < best[at]:
                best[at], chosen[at] = total, len(word)
    words, at = [], 0
    while at < size:
        last = at + chosen[at]
        start, end = piece[at][1], piece[last - 1][1] + len(piece[last - 1][0])
        words.append(Word("".join(text for text, _ in piece[at:last]), start, end))
        at = last
    return words


FUNCTION = frozenset(
    """的 了 着 著 过 過 和 与 與 或 或者 及 以及 并 並 并且 並且 而 而且 但 但是 且 则 則 即 若 如 如果 因 因为 因為 因此 由于 由於 所以 虽 雖 虽然 雖然
    在 对 對 对于 對於 为 為 为了 為了 于 於 以 由 从 從 自 向 往 按 按照 依 依照 依据 依據 根据 根據 通过 通過 经 經 经过 經過 就 将 將 把 被 使 让 讓 给 給 跟 同
    应 應 应当 應當 应该 應該 须 須 必须 必須 得 可 可以 能 能够 能夠 会 會 要 需 需要 不 不得 不能 没 沒 没有 沒有 未 无 無 非 勿
    是 有 具有 等 等等 其 其他 其它 它 他 她 我 你 我们 我們 他们 他們 它们 它們 这 這 那 该 該 此 本 各 每 某 某些 一些 任何 所有 所 之 者
    到 至 上 下 中 内 內 外 时 時 后 後 前 间 間 里 裡 里面 之间 之間 以上 以下 以内 以內 以外 之后 之後 之前
    个 個 种 種 项 項 款 条 條 次 件 名 位 份 些 一 二 三 四 五 六 七 八 九 十 两 兩 一个 一個 一种 一種 第一 第二 第三
    也 又 还 還 都 只 再 更 最 很 较 較 已 已经 已經 曾 正 正在 便 才 仍 尤其 特别 特別 特别是 分别 分別 如何 何 什么 什麼 吗 嗎 呢 吧
    包括 包含 例如 比如 关于 關於 有关 有關 相关 相關 相应 相應 上述 下列 前款 前项 前項 各种 各種 各项 各項 各级 進行 进行 作出 予以 加以 以便 情形 情况 情況 方面
    来 來 去 地 并非 除 除了 当 當 规定 規定 第""".split()
)
"""Words that neither begin nor end a term."""
INNER = frozenset("的 和 与 與 及 之 · - 间 間 中 对 對 于 於 为 為 以 不 者 非 无 無".split())
"""Function words and marks that may stand inside a term."""
NOT_ALIGNED = frozenset("的 了 着 著 和 与 與 或 及 以及 并 並 而 在 于 於 以 由 之 所 将 將 把 被 是 其 等 、 得".split())


BEGIN = frozenset("最 不 可 自 非 无 無 未 外 本 中 内 內 前 第".split())
END = frozenset("者 会 會 所 地 权 中 条 條 件".split())
"""Function words that begin or end a term all the same where they are part of a word."""
LONGEST_SPAN, LONGEST_TERM = 12, 30
"""Words and characters of a term."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to `end` of a text that may be a term, and their text."""

    text: str
    start: int
    end: int


def spans(words: Sequence[Word]) -> list[Span]:
    """Every run of words that may be a term."""
    found = []
    for start in range(len(words)):
        if not _may_begin(words[start].text):
            continue
        text = ""
        for end in range(start + 1, min(len(words), start + LONGEST_SPAN) + 1):
            word = words[end - 1].text
            gap = " " if text and words[end - 1].start > words[end - 2].end else ""
            text += gap + word
            if len(text) > LONGEST_TERM * 2 or not (text == word or word in INNER or word in END or _may_stand(word)):
                break
            if _may_end(word) and (len(text) > 1 and not text.isdigit()):
                found.append(Span(text, start, end))
    return found


def content(words: Iterable[Word]) -> list[int]:
    """Places of the words that an English word may answer."""
    return [at for at, word in enumerate(words) if _is_word(word.text) and word.text not in NOT_ALIGNED]


def _is_word(text: str) -> bool:
    return text[0].isalnum()


def _may_stand(text: str) -> bool:
    return _is_word(text) and text not in FUNCTION


def _may_begin(text: str) -> bool:
    return _is_word(text) and not text[0].isdigit() and (text not in FUNCTION or text in BEGIN)


def _may_end(text: str) -> bool:
    return _is_word(text) and (text not in FUNCTION or text in END)

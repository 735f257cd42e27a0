"""Tokens of English and Chinese -> lines of a given width, broken and spaced by the rules of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ._tokens import Ink, Stretch, Token, Tokeniser, may_end_at_blank, may_end_between

HAN_LATIN = 0.16
"""What stands between a Han character and a Latin letter or digit, in ems."""
LOOSEST = 0.18
"""The most that justification puts between two tokens, in ems; a looser line is left ragged."""
ALONE = 2
"""A Chinese paragraph's last line has so many characters, marks not counted, or takes one from the line before."""
LOOSE = 0.03
"""Beyond this, in ems, a line rather takes another character and gives up half the blank of its marks."""
BESIDE_HAN = frozenset("$€£¥%+−±&@#")
SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Placed:
    """Text at a place in its line, with extra space after every character."""

    x: float
    text: str
    ink: Ink
    spacing: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is printed; `opens` says that a paragraph begins with it, `blank` is what it ends before."""

    placed: tuple[Placed, ...]
    width: float
    opens: bool
    blank: str = ""

    @property
    def text(self) -> str:
        """What a reader copies."""
        return "".join(part.text for part in self.placed)


@dataclass(frozen=True, slots=True)
class _Word:
    """A token with what stands before it: the gap on a common line, the blank that is printed there.

    `give` is what the gap can give up at most; `free` says that a line may end before it, `loose` that
    justification may put space before it.
    """

    token: Token
    gap: float = 0
    blank: str = ""
    give: float = 0
    free: bool = False
    loose: bool = False


def set_lines(
    stretches: Sequence[Stretch], width: float, tokeniser: Tokeniser, justify: bool = False
) -> tuple[Line, ...]:
    """The lines of one paragraph: ragged right, or justified but for the last line."""
    words = _narrow(_words(tokeniser.tokens(stretches)), width, tokeniser)
    made, start = [], 0
    for end in _accompanied(words, list(_ends(words, width, justify)), width, justify):
        spread = justify and end < len(words)
        line = _line(words[start:end], width, spread, opens=not start)
        made.append(replace(line, blank=words[end].blank) if end < len(words) and words[end].blank else line)
        start = end
    return tuple(made)


def _words(tokens: Sequence[Token]) -> list[_Word]:
    """Fold blanks into the tokens that follow them and settle what each pair of neighbours asks for."""
    made: list[_Word] = []
    before: Token | None = None
    blank: Token | None = None
    for token in tokens:
        if token.blank:
            blank = blank or token
        elif before is None:
            made.append(_Word(token))
            before, blank = token, None
        else:
            made.append(_after(before, blank, token))
            before, blank = token, None
    return made


def _after(before: Token, blank: Token | None, token: Token) -> _Word:
    mixed = before.cjk != token.cjk
    if blank is None:
        is_row = before.text[-1] == token.text[0] == "—"
        loose = (before.cjk or token.cjk) and not is_row
        gap = -max(before.join, token.join) if is_row else _gap(before, token)
        give = 0 if gap else (before.tail + token.lead) / 2
        return _Word(token, gap, "", give, may_end_between(before, token), loose)
    width = blank.width
    if mixed and blank.text == " ":
        width = HAN_LATIN * max(before.ink.size, token.ink.size) - before.tail - token.lead
    said = blank.text if blank.ink.face == before.ink.face else " "  # it is printed in the face of what precedes it
    return _Word(token, width, said, 0, may_end_at_blank(before, token), True)


def _gap(before: Token, token: Token) -> float:
    """Between neighbours with no blank: trimmed between marks, a little between Han and Latin."""
    if before.tail and (token.lead or token.tail):
        return -before.tail
    if before.lead and token.lead:
        return -token.lead
    if before.cjk != token.cjk:
        han, latin = (before.text[-1], token.text[0]) if before.cjk else (token.text[0], before.text[-1])
        if han.isalpha() and (latin.isalnum() or latin in BESIDE_HAN):
            return HAN_LATIN * max(before.ink.size, token.ink.size)
    return 0


def _narrow(words: list[_Word], width: float, tokeniser: Tokeniser) -> list[_Word]:
    """Make divisible what is wider than a line: words between letters, at the worst anything anywhere."""
    made: list[_Word] = []
    for box in _boxes(words):
        if _extent(box) <= width + SLACK:
            made += box
            continue
        for part in _boxes([word for whole in box for word in _spelled(whole, tokeniser)]):
            fits = _extent(part) <= width + SLACK
            made += part if fits else [replace(word, free=True) for word in part]
    return made


def _boxes(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """The words in runs that no line end divides."""
    box: list[_Word] = []
    for word in words:
        if word.free and box:
            yield box
            box = []
        box.append(word)
    if box:
        yield box


def _extent(box: Sequence[_Word]) -> float:
    """How wide a box is on a line of its own."""
    whole = sum(word.token.width + word.gap for word in box) - box[0].gap
    return whole - box[0].token.lead - box[-1].token.tail


def _spelled(word: _Word, tokeniser: Tokeniser) -> Iterator[_Word]:
    if word.token.cjk:
        yield word
        return
    first, *others = tokeniser.letters(word.token)
    yield replace(word, token=first)
    before = first
    for token in others:
        yield _Word(token, free=may_end_between(before, token))
        before = token


def _ends(words: Sequence[_Word], width: float, justify: bool) -> Iterator[int]:
    """Where the lines end: as late as they can, squeezed a little where that is better than spread."""
    start = 0
    while start < len(words):
        easy, tight = _reach(words, start, width)
        end = easy
        if justify and tight > easy:
            left = width - _extent(words[start:easy])
            places = sum(word.loose for word in words[start + 1 : easy])
            size = words[start].token.ink.size
            if tight == len(words) or left > LOOSE * size * max(places, 1):
                end = tight
        yield end
        start = end


def _accompanied(words: Sequence[_Word], ends: list[int], width: float, justify: bool) -> list[int]:
    """The ends of lines, the last but one earlier where a single character would be left to the last line."""
    if len(ends) < 2 or not _is_alone(words[ends[-2] :]):
        return ends
    start = ends[-3] if len(ends) > 2 else 0
    for end in range(ends[-2] - 1, start, -1):
        if words[end].free and not _is_alone(words[end:]):
            extra = _extra(words[start:end], width) if justify else 0
            is_even = extra <= LOOSEST * words[start].token.ink.size
            return [*ends[:-2], end, ends[-1]] if is_even and _extent(words[end:]) <= width else ends
    return ends


def _is_alone(words: Sequence[_Word]) -> bool:
    """Whether a last line is one Chinese character, or only marks."""
    return sum(ALONE if not word.token.cjk else word.token.text[0].isalnum() for word in words) < ALONE


def _reach(words: Sequence[_Word], start: int, width: float) -> tuple[int, int]:
    """How far a line can reach as it is, and with its marks squeezed; at least by one word."""
    easy = tight = start + 1
    x, give = -words[start].token.lead, 0.0
    for at in range(start, len(words)):
        word = words[at]
        x += word.token.width
        if at > start:
            x += word.gap
            give += word.give
        if x - word.token.tail - give > width + SLACK:
            break
        if at + 1 == len(words) or words[at + 1].free:
            tight = at + 1
            if x - word.token.tail <= width + SLACK:
                easy = at + 1
    return easy, max(easy, tight)


def _line(words: Sequence[_Word], width: float, spread: bool, opens: bool) -> Line:
    """Place the words of one line, spread or squeezed to the width where it asks for that."""
    natural = _extent(words)
    give = sum(word.give for word in words[1:])
    squeeze = min((natural - width) / give, 1) if give and natural > width + SLACK else 0
    places = sum(word.loose for word in words[1:])
    extra = _extra(words, width) if spread else 0
    if extra > LOOSEST * max(word.token.ink.size for word in words):
        extra = 0
    placed: list[Placed] = []
    x = -words[0].token.lead
    for at, word in enumerate(words):
        step = (word.gap + extra * word.loose - squeeze * word.give) if at else 0
        _place(placed, x + step, step, word, words[at - 1] if at else None, extra)
        x += step + word.token.width
    return Line(tuple(placed), natural + extra * places - squeeze * give, opens)


def _extra(words: Sequence[_Word], width: float) -> float:
    """How much each place of a line is given that is spread to the width."""
    places = sum(word.loose for word in words[1:])
    return max(width - _extent(words), 0) / places if places else 0


def _place(placed: list[Placed], x: float, step: float, word: _Word, before: _Word | None, extra: float) -> None:
    """Add a word, to the piece before it where nothing but even spacing comes between."""
    token = word.token
    if before is None:
        placed.append(Placed(x, token.text, token.ink, -token.join))
        return
    last = placed[-1]
    alike = last.ink == token.ink and before.token.cjk == token.cjk and not token.join
    if alike and not extra and word.blank == " " and not token.cjk:
        placed[-1] = Placed(last.x, f"{last.text} {token.text}", last.ink)
    elif alike and not word.blank and abs(step) < 1e-9 and not last.spacing:
        placed[-1] = Placed(last.x, last.text + token.text, last.ink)
    elif alike and not word.blank and token.cjk and step == extra and _even(last, extra, token):
        placed[-1] = Placed(last.x, last.text + token.text, last.ink, extra)
    else:
        placed[-1] = Placed(last.x, last.text + word.blank, last.ink, last.spacing)
        placed.append(Placed(x, token.text, token.ink, -token.join))


def _even(last: Placed, extra: float, token: Token) -> bool:
    """Whether a character can share its piece's spacing; dashes of several characters never can."""
    return len(token.text) == 1 and (last.spacing == extra or len(last.text) == 1)

"""A number and the name of a numbering format -> the numeral as word processors print it."""

from __future__ import annotations

from collections.abc import Callable

HAN = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
STOPPED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
HAN_CIRCLED = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NTH = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"} | {
    "twelve": "twelfth"
}


def numeral(value: int, form: str) -> str:
    """What is printed for a number; formats that are not known here are printed as digits."""
    return FORMS[form](value) if form in FORMS else str(value)


def roman(value: int) -> str:
    """A Roman numeral in small letters; 0 and what is above 32,767 as digits."""
    if not 0 < value < 32768:
        return str(value)
    found = ""
    for worth, letters in ROMAN:
        found += letters * (value // worth)
        value %= worth
    return found


def letters(value: int) -> str:
    """a, b … z, aa, bb …, as Word counts."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 26 * 100 else str(value)


def han(value: int, digits: str = HAN, zero: str = "零", units: str = "十百千", ten: str = "") -> str:
    """A Chinese numeral in words up to 99,999,999; `ten` is what ten begins with."""
    if not 0 < value < 100_000_000:
        return digits[0] if value == 0 else str(value)
    high, low = divmod(value, 10_000)
    found = _thousands(low, digits, zero, units)
    if high:
        gap = zero if low and low < 1000 else ""
        found = _thousands(high, digits, zero, units) + ("万" if digits in (HAN, LEGAL) else "萬") + gap + found
    one = digits[1] + units[0]
    return ten + units[0] + found[len(one) :] if found.startswith(one) else found


def _thousands(value: int, digits: str, zero: str, units: str) -> str:
    found = ""
    gap = False
    for unit, worth in ((units[2], 1000), (units[1], 100), (units[0], 10), ("", 1)):
        digit, value = divmod(value, worth)
        if digit:
            found += (zero if gap and found else "") + digits[digit] + unit
        gap = not digit
    return found


def _counted(value: int) -> str:
    """Han numerals in words below a hundred, digit by digit from there on."""
    return han(value) if 0 < value < 100 else _digits(value, HAN)


def _japanese(value: int) -> str:
    """As in Chinese, but one hundred is `hundred`, and no zero is said."""
    found = han(value, zero="")
    for unit in "十百千":
        found = found.replace("一" + unit, unit)
    return found


def _digits(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] if digit.isdigit() else digit for digit in str(value))


def _one_of(row: str, otherwise: Callable[[int], str] = str) -> Callable[[int], str]:
    return lambda value: row[value - 1] if 0 < value <= len(row) else otherwise(value)


def _words(value: int) -> str:
    if not 0 <= value < 1000:
        return str(value)
    if value >= 100:
        rest = f" {_words(value % 100)}" if value % 100 else ""
        return f"{ONES[value // 100]} hundred{rest}"
    if value < 20:
        return ONES[value]
    return TENS[value // 10 - 2] + (f"-{ONES[value % 10]}" if value % 10 else "")


def _nth_word(value: int) -> str:
    words = _words(value)
    head, last = words[: -len(words.replace("-", " ").split()[-1])], words.replace("-", " ").split()[-1]
    return head + NTH.get(last, last[:-1] + "ieth" if last.endswith("y") else last + "th")


def _nth(value: int) -> str:
    teen = value % 100 in (11, 12, 13)
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "bullet": lambda value: "",
    "decimalZero": lambda value: f"{value:02}",
    "lowerLetter": letters,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
    "ordinal": _nth,
    "cardinalText": lambda value: _words(value).capitalize(),
    "ordinalText": lambda value: _nth_word(value).capitalize(),
    "chineseCounting": _counted,
    "taiwaneseCounting": _counted,
    "chineseCountingThousand": han,
    "taiwaneseCountingThousand": han,
    "japaneseCounting": _japanese,
    "ideographDigital": lambda value: _digits(value, HAN),
    "japaneseDigitalTenThousand": lambda value: _digits(value, HAN),
    "taiwaneseDigital": lambda value: _digits(value, HAN),
    "chineseLegalSimplified": lambda value: han(value, LEGAL, "零", "拾佰仟", "壹"),
    "ideographLegalTraditional": lambda value: han(value, LEGAL_TRADITIONAL, "零", "拾佰仟", "壹"),
    "ideographTraditional": _one_of(STEMS),
    "ideographZodiac": _one_of(BRANCHES),
    "decimalFullWidth": lambda value: _digits(value, "０１２３４５６７８９"),
    "decimalFullWidth2": lambda value: _digits(value, "０１２３４５６７８９"),
    "decimalEnclosedCircle": _one_of(CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(CIRCLED),
    "decimalEnclosedFullstop": _one_of(STOPPED),
    "decimalEnclosedParen": _one_of(BRACKETED),
    "ideographEnclosedCircle": _one_of(HAN_CIRCLED),
    "numberInDash": lambda value: f"- {value} -",
}
"""By the names that Word's files use."""

"""The number in a cell and its format code -> the text that a spreadsheet shows."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.00E+00", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Format codes that a file names by number; those above 26 as a Chinese Excel has them."""
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<noon>AM/PM|A/P|上午/下午)|(?P<date>y+|m+|d+|h+|s+|a{3,4})|\.(?P<fraction>0+)(?=[^0#?]|$)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?(?:E[+-]?[0#?]+)?,*|\.[0#?]+)|(?P<percent>%)|(?P<other>.)",
    re.I | re.S,
)
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
HAN_DAYS = "一二三四五六日"
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
LAST_DAY = 2_958_466


def shown(value: str, code: str, from_1904: bool = False) -> str:
    """What a cell shows; the number as written where the format is beyond what is known here."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    section, number = _section(number, code)
    if section.strip().lower() in ("general", "", "@", "g/通用格式"):
        return general(number)
    if re.search(r"[ymdhs]|aaa", LITERAL.sub(_elapsed, section), re.I):
        return _date(number, section, from_1904) or general(number)
    if "/" in LITERAL.sub("", section):
        return general(number)
    return _formatted(number, section)


def general(number: Decimal) -> str:
    """A number without a format: at most eleven digits, no zeros behind the last one."""
    if number == number.to_integral_value() and abs(number) < Decimal("1e15"):
        return str(int(number))
    found = f"{float(number):.11G}"
    return re.sub(r"\.?0+(?=E|$)", "", found) if "." in found else found


def _section(number: Decimal, code: str) -> tuple[str, Decimal]:
    """The part of a code for numbers of this sign; the second part shows the sign itself."""
    parts = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+|(?<=;)(?=;|$)', code) or [code]
    if number < 0 and len(parts) > 1:
        return parts[1], -number
    if number == 0 and len(parts) > 2:
        return parts[2], number
    return parts[0], number


def _elapsed(match: re.Match[str]) -> str:
    return match[0] if re.fullmatch(r"\[(?:h+|m+|s+)\]", match[0], re.I) else ""


def _literal(token: re.Match[str]) -> str:
    return token["quoted"] or token["escaped"] or token["currency"] or token["other"] or ""


def _formatted(number: Decimal, section: str) -> str:
    """A number by a code of digits; digits that stand apart in the code are shown where the first stand."""
    tokens = _tokens(section)
    number *= Decimal(100) ** sum(bool(token["percent"]) for token in tokens)
    found, done = "", False
    for token in tokens:
        digits = token["digits"] or (f".{token['fraction']}" if token["fraction"] else "")
        if digits and not done:
            found, done = found + _digits(number, digits), True
        else:
            found += "%" if token["percent"] else _literal(token) or (token["date"] or "")
    return found if done or number >= 0 else f"-{found}"


def _digits(number: Decimal, form: str) -> str:
    mantissa, e, exponent = form.upper().partition("E")
    whole, _, fraction = mantissa.partition(".")
    if e:
        power = number.adjusted() if number else 0
        places = max(len(exponent.strip("+-")), 1)
        return f"{_digits(number.scaleb(-power), mantissa)}E{'-' if power < 0 else '+'}{abs(power):0{places}}"
    scaled = len(mantissa) - len(mantissa.rstrip(","))
    fraction = fraction.rstrip(",")
    rounded = (number / Decimal(1000) ** scaled).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    head, _, tail = f"{abs(rounded):f}".partition(".")
    head = head.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        head = f"{int(head or 0):,}"
    while tail.endswith("0") and fraction[len(tail) - 1 :] in ("#", "?"):
        tail, fraction = tail[:-1], fraction[:-1]
    sign = "-" if rounded < 0 else ""
    return f"{sign}{head}.{tail}" if tail or "." in mantissa else sign + head


def _date(number: Decimal, section: str, from_1904: bool) -> str:
    """A day and time, counted in days from the file's first; nothing where there is no such day."""
    if not 0 <= number < LAST_DAY:
        return ""
    tokens = _tokens(section)
    places = max((len(token["fraction"] or "") for token in tokens), default=0)
    seconds = (number * 86400).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    early = number < 60 and not from_1904  # spreadsheets count a 29 February 1900
    moment = (
        (EPOCH_1904 if from_1904 else EPOCH) + timedelta(days=early) + timedelta(microseconds=int(seconds * 1_000_000))
    )
    noon = any(token["noon"] for token in tokens)
    found = ""
    for at, token in enumerate(tokens):
        if token["elapsed"]:
            unit = {"h": 3600, "m": 60, "s": 1}[token["elapsed"][0].lower()]
            found += f"{int(seconds // unit):0{len(token['elapsed'])}}"
        elif token["noon"]:
            am, pm = token["noon"].split("/")
            found += am if moment.hour < 12 else pm
        elif token["fraction"]:
            found += f"{moment.microsecond / 1e6:.{places}f}"[1:]
        elif token["date"]:
            found += _part(moment, token["date"].lower(), noon, _is_minute(tokens, at))
        else:
            found += _literal(token)
    return found


@lru_cache(maxsize=256)
def _tokens(section: str) -> tuple[re.Match[str], ...]:
    return tuple(TOKEN.finditer(section))


def _is_minute(tokens: tuple[re.Match[str], ...], at: int) -> bool:
    """m is a minute behind hours and before seconds."""
    units = [(i, (t["date"] or t["elapsed"] or "")[:1].lower()) for i, t in enumerate(tokens)]
    before = next((unit for i, unit in reversed(units) if i < at and unit), "")
    behind = next((unit for i, unit in units if i > at and unit), "")
    return before == "h" or behind == "s"


def _part(moment: datetime, form: str, noon: bool, minute: bool) -> str:
    unit, size = form[0], len(form)
    if unit == "y":
        return f"{moment.year:04}" if size > 2 else f"{moment.year % 100:02}"
    if unit == "a":
        return ("星期" if size > 3 else "") + HAN_DAYS[moment.weekday()]
    if size > 2 and (unit == "d" or (unit == "m" and not minute)):
        name = DAYS[moment.weekday()] if unit == "d" else MONTHS[moment.month - 1]
        return name[:1] if size == 5 else name if size == 4 else name[:3]
    hour = (moment.hour + 11) % 12 + 1 if noon else moment.hour
    number = {"m": moment.minute if minute else moment.month, "d": moment.day, "h": hour, "s": moment.second}[unit]
    return f"{number:0{min(size, 2)}}"

"""The bytes of a unit -> the text that XML can hold, and what in them it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from align.characters import HAN_CHAR

PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
REFERENCE = r"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,9}));"
REFERENCES = re.compile(rf"{REFERENCE}(?:{REFERENCE})?")
LOST = re.compile("[\udc80-\udcff]+")
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BREAKS = "\x0b\x0c\x1c\x1d\x1e"
"""Control characters that stood for a line break: between two words they leave a space."""


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A rule that some characters break, how many lines below the first they stand, and what is said of them."""

    rule: str
    down: int
    said: str


def spelled(data: bytes) -> tuple[str, tuple[Misspelt, ...]]:
    """The text without what XML cannot hold; bytes that mean nothing are U+FFFD in it."""
    found: list[Misspelt] = []
    joined = PAIR.sub(_pair, data)
    if joined != data:
        found.append(Misspelt("surrogate", 0, "a character written as two halves of UTF-16"))
    text = HALF.sub(b"&#xD800;", joined).decode("utf-8", "surrogateescape")
    text = _each(LOST, text, found, _lost)
    text = _each(REFERENCES, text, found, _reference)
    return _each(CONTROL, text, found, _control), tuple(found)


def _pair(six: re.Match[bytes]) -> bytes:
    """Two halves of a character, each spelled in three bytes -> the four bytes of the character."""
    return six[0].decode("utf-8", "surrogatepass").encode("utf-16-be", "surrogatepass").decode("utf-16-be").encode()


Reading = Callable[[re.Match[str]], tuple[str, str, str]]
"""What stands there -> what it becomes, the rule it breaks or nothing, what is said of it."""


def _each(form: re.Pattern[str], text: str, found: list[Misspelt], read: Reading) -> str:
    def replace(at: re.Match[str]) -> str:
        becomes, rule, said = read(at)
        if rule:
            found.append(Misspelt(rule, text.count("\n", 0, at.start()), said))
        return becomes

    return form.sub(replace, text)


def _lost(at: re.Match[str]) -> tuple[str, str, str]:
    shown = " ".join(f"{ord(c) & 0xFF:02X}" for c in at[0][:8])
    return "\ufffd", "bad-bytes", f"bytes that are no text ({shown})"


def _control(at: re.Match[str]) -> tuple[str, str, str]:
    return _without(at, at[0]), "control-character", f"control character U+{ord(at[0]):04X}"


def _reference(at: re.Match[str]) -> tuple[str, str, str]:
    """A reference or two in a row to a character; what is no character goes, halves that belong together are joined."""
    codes = [int(hexa, 16) if hexa else int(plain) for hexa, plain in (at.group(1, 2), at.group(3, 4)) if hexa or plain]
    if len(codes) == 2 and 0xD800 <= codes[0] < 0xDC00 <= codes[1] < 0xE000:
        whole = chr(0x10000 + (codes[0] - 0xD800) * 0x400 + codes[1] - 0xDC00)
        return whole, "surrogate", "a character written as two halves of UTF-16"
    bad = [code for code in codes if not _is_character(code)]
    if not bad:
        return at[0], "", ""
    kept = "".join(f"&#{code};" for code in codes if _is_character(code))
    if 0xD800 <= bad[0] < 0xE000:
        return kept, "surrogate", "half of a character of UTF-16, alone"
    return (
        kept or _without(at, chr(bad[0]) if bad[0] < 32 else ""),
        "control-character",
        f"control character U+{bad[0]:04X}",
    )


def _is_character(code: int) -> bool:
    if code < 32:
        return code in (9, 10, 13)
    return code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def _without(at: re.Match[str], lost: str) -> str:
    """What stays where a control character was."""
    around = at.string[max(at.start() - 1, 0) : at.start()] + at.string[at.end() : at.end() + 1]
    if lost not in BREAKS or not lost or len(around) < 2 or any(c.isspace() or c in "<>" for c in around):
        return ""
    return "" if HAN_CHAR.search(around) else " "

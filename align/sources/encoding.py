"""Bytes -> the text they hold, the encoding that reads them, and what it could not read."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from align.model import Undecodable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把"
    "性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质"
    "气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活"
    "設這個會來時國對為發業經與關開實現進動學過後從點當應種長體機條總務權際議協據號區處規則項於"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text; U+FFFD stands at each offset of `undecodable`."""

    text: str
    encoding: str
    byte_order_mark: bool
    undecodable: tuple[Undecodable, ...]


def decode(data: bytes) -> Decoded | None:
    """The text of a file, in the encoding that fits it best; None where the bytes are no text."""
    if data.startswith(UTF_32):
        return None
    mark, encoding = next(((m, e) for m, e in MARKS if data.startswith(m)), (b"", _sixteen_bit(data)))
    if encoding:
        found = _read(data[len(mark) :], encoding, bool(mark))
    elif b"\0" in data:
        return None
    else:
        read = (_read(data, name, False) for name in ("utf-8", "gb18030", "big5hkscs", "cp1252"))
        found = min(read, key=_strangeness)
    return found if _is_text(found) else None


def _sixteen_bit(data: bytes) -> str:
    """UTF-16 without a mark shows in the zero bytes beside ASCII characters, or in common Han ones."""
    sample = data[:4096]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if max(low, high) * 8 >= len(sample) and min(low, high) * 8 <= max(low, high):
        return "utf-16-le" if low > high else "utf-16-be"
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "ignore")
        if len(text) >= 8 and _common(text) * 10 > len(text) * 4:
            return encoding
    return ""


def _common(text: str) -> int:
    return sum(c in COMMON or c in "，。、；：“”（）《》「」　" for c in text)


def _read(data: bytes, encoding: str, mark: bool) -> Decoded:
    """Undecodable bytes come out of the decoder as lone surrogates; each run becomes one U+FFFD."""
    wide = encoding.startswith("utf-16")
    even = len(data) // 2 * 2 if wide else len(data)
    raw = data[:even].decode(encoding, "surrogatepass" if wide else "surrogateescape")
    raw += "".join(chr(0xDC00 + byte) for byte in data[even:])
    parts: list[str] = []
    bad: list[Undecodable] = []
    at = length = 0
    for run in re.finditer("[\ud800-\udfff]+", raw):
        parts += [raw[at : run.start()], "\ufffd"]
        length += run.start() - at
        lost = _lost(run.group(), encoding if wide else "")
        bad.append(Undecodable(length, lost.hex()))
        length += 1
        at = run.end()
    return Decoded("".join([*parts, raw[at:]]), encoding, mark, tuple(bad))


def _lost(run: str, wide: str) -> bytes:
    """The bytes behind a run of lone surrogates."""
    if not wide:
        return run.encode("utf-8", "surrogateescape")
    return b"".join(
        bytes([ord(c) & 0xFF]) if 0xDC00 <= ord(c) <= 0xDCFF and at == len(run) - 1 else c.encode(wide, "surrogatepass")
        for at, c in enumerate(run)
    )


def _strangeness(read: Decoded) -> float:
    """How unlike a real text a decoding looks, per character beyond ASCII; 0 is best."""
    beyond = [c for c in read.text[:200_000] if c > "\x7f" and c != "\ufffd"]
    if not beyond and not read.undecodable:
        return 0.0
    bad = len(read.undecodable)
    if read.encoding == "utf-8":
        return bad / (len(beyond) + bad)
    if read.encoding == "cp1252":
        letters = sum(c.isalpha() for c in beyond)
        return 0.35 + (letters + 4 * bad) / (4 * (len(beyond) + 1)) + (0.5 if letters * 4 > len(read.text) else 0)
    return max(0.1, 0.6 - _common("".join(beyond)) / (len(beyond) or 1)) + 8 * bad / (len(beyond) + bad)


def _is_text(read: Decoded) -> bool:
    """Few control characters, and few bytes that mean nothing."""
    sample = read.text[:100_000]
    odd = sum(c < " " and c not in "\t\n\r\f\v\x1a" for c in sample)
    lost = sum(len(bad.bytes_hex) // 2 for bad in read.undecodable if bad.offset < len(sample))
    if read.encoding.startswith("utf-16"):  # any bytes are UTF-16, but not any of its codes mean something
        lost += sum(unicodedata.category(c) in ("Cn", "Co") for c in sample[:10_000]) * 4
    return odd * 50 <= len(sample) and lost * 5 <= len(sample)

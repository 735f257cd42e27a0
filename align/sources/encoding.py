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
HZ = re.compile(rb"~~|~\r?\n|~\{(?P<han>[^\r\n]*?)(?:~\}|(?=[\r\n])|\Z)")
"""What a tilde means in HZ; a line break ends Chinese that was not ended."""
USUAL_ROWS = frozenset((*range(0xA1, 0xA4), *range(0xB0, 0xD8)))
"""First bytes of GB2312's punctuation and its 3,755 usual characters."""
JAPANESE = re.compile(rb"\x1b\$[@AB]")
WESTERN = {ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): byte for byte in range(0x80, 0x100)}
LONG_RUN = re.compile(r"[^\x00-\x7f]{4,}")


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
    mark, encoding = marked(data)
    if encoding:
        found = _read(data[len(mark) :], encoding, bool(mark))
    elif b"\0" in data:
        return None
    else:
        read = (_read(data, name, False) for name in ("utf-8", "gb18030", "big5hkscs", "cp1252"))
        found = _seven_bit(data) or min(read, key=_strangeness)
    return found if _is_text(found) else None


def marked(data: bytes) -> tuple[bytes, str]:
    """The byte order mark and the encoding it names; UTF-16 is told without one as well."""
    return next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", _sixteen_bit(data)))


def garbled(text: str) -> str:
    """How the Chinese of a text was spoilt before it was saved, or nothing where it was not."""
    sample = "".join(LONG_RUN.findall(text[:200_000]))
    if len(sample) < 12:
        return ""
    western = bytes(WESTERN.get(ord(c), ord(c) & 0xFF if c <= "\xff" else 0x3F) for c in sample)
    for raw, name in ((western, "Windows-1252"), (sample.encode("gb18030", "ignore"), "GBK")):
        if _han(raw.decode("utf-8", "ignore")) * 3 > len(raw) * 0.6:
            return f"UTF-8 that was read as {name}"
    recovered = western.decode("gb18030", "ignore")
    common = _common(recovered) * 10 > len(recovered) * 3 and "?" not in recovered
    return "GBK that was read as Windows-1252" if common else ""


def _han(text: str) -> int:
    return sum("\u4e00" <= c <= "\u9fff" or c in "，。、；：“”（）《》　" for c in text)


def _seven_bit(data: bytes) -> Decoded | None:
    """Chinese in bytes that look like ASCII: HZ, or the Japanese encodings with escapes."""
    if JAPANESE.search(data):
        try:
            return Decoded(data.decode("iso2022_jp_2"), "iso2022_jp_2", False, ())
        except UnicodeDecodeError:
            return None
    if b"~{" not in data:
        return None
    found = _marked_off(_hz(data), "hz", False)
    beyond = [c for c in found.text if c > "\x7f" and c != "\ufffd"]
    usual = sum(c.encode("gbk", "replace")[0] in USUAL_ROWS for c in beyond)
    doubtful = len(found.undecodable) * 5 > len(beyond) or usual * 10 < len(beyond) * 7
    return found if beyond and not doubtful else None


def _hz(data: bytes) -> str:
    """HZ decoded; a byte that it does not know becomes a lone surrogate."""
    parts: list[str] = []
    at = 0
    for match in HZ.finditer(data):
        parts.append(data[at : match.start()].decode("ascii", "surrogateescape"))
        if match["han"] is not None:
            parts += (_hz_character(pair) for pair in re.findall(rb"[\x21-\x77][\x21-\x7e]|[^\r\n]", match["han"]))
        else:
            parts.append("~" if match.group() == b"~~" else "")
        at = match.end()
    return "".join([*parts, data[at:].decode("ascii", "surrogateescape")])


def _hz_character(code: bytes) -> str:
    if code in b" \t":
        return code.decode()
    try:
        return bytes(byte | 0x80 for byte in code).decode("gbk" if len(code) == 2 else "ascii")
    except UnicodeDecodeError:
        return "".join(chr(0xDC00 + byte) for byte in code)


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
    return _marked_off(raw, encoding, mark)


def _marked_off(raw: str, encoding: str, mark: bool) -> Decoded:
    """A text whose runs of lone surrogates stand for bytes: U+FFFD for each run, which is noted."""
    wide = encoding.startswith("utf-16")
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
        return bytes(ord(c) & 0xFF for c in run)
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

"""A dictionary -> the bytes of its file, and back."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import fields
from typing import Any

import numpy as np

from align.dictionary.arrays import Dictionary

FORMAT = 2
"""To be raised with every change of what a dictionary holds or how a word is stemmed, so that old files stay unread."""
MAGIC = b"align-cc"
PREFIX = struct.Struct("<8sIQI")
"""The magic, the length of the header, that of all behind this prefix, and the checksum of all that."""
ALIGNED = 64


def pack(dictionary: Dictionary, source: str) -> bytes:
    """The bytes of a dictionary; the same for the same one. `source` says what it was made from."""
    arrays: dict[str, Any] = {}
    payload = bytearray()
    for name in _array_names():
        values = getattr(dictionary, name)
        values = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        payload += bytes(-len(payload) % ALIGNED)
        arrays[name] = {"dtype": values.dtype.str, "shape": values.shape, "offset": len(payload)}
        payload += values.tobytes()
    told = {"format": FORMAT, "source": source, "signature": dictionary.signature, "arrays": arrays}
    header = json.dumps(told, sort_keys=True).encode("ascii")
    header += b" " * (-(PREFIX.size + len(header)) % ALIGNED)
    body = header + payload
    return PREFIX.pack(MAGIC, len(header), len(body), zlib.crc32(body)) + body


def unpack(data: bytes, source: str) -> Dictionary:
    """The dictionary of such bytes. Raises ValueError where they are damaged or made from something else."""
    if len(data) < PREFIX.size:
        raise ValueError("too short")
    magic, header_length, length, checksum = PREFIX.unpack_from(data)
    body = memoryview(data)[PREFIX.size :]
    if magic != MAGIC or length != len(body) or zlib.crc32(body) != checksum:
        raise ValueError("damaged")
    told = json.loads(bytes(body[:header_length]))
    if (told["format"], told["source"], sorted(told["arrays"])) != (FORMAT, source, sorted(_array_names())):
        raise ValueError("another dictionary")
    payload = body[header_length:]
    arrays = {name: _array(payload, **entry) for name, entry in told["arrays"].items()}
    return Dictionary(**arrays, signature=told["signature"])


def _array(payload: memoryview, dtype: str, shape: list[int], offset: int) -> Any:
    count = int(np.prod(shape, dtype=np.int64))
    return np.frombuffer(payload, np.dtype(dtype), count, offset).reshape(shape)


def _array_names() -> list[str]:
    return [field.name for field in fields(Dictionary) if field.name != "signature"]

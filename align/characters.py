"""The classes of characters that more than one stage asks about."""

from __future__ import annotations

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd〇"
HAN_CHAR = re.compile(f"[{HAN}]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[!-~]+|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|\b(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|int|info|cn|hk|tw|mo|sg)\b(?:/[!-~]*)?"
)
"""An address of a page or of mail, which is in no language."""
CJK_CLOSING = "”’）》〉】」』〕！？。，、；："
CJK_OPENING = "“‘（《〈【「『〔"
ENDED = re.compile(r"[.!?。！？…][”’\"'»）)」』】\]]*$")
"""A text whose last sentence has its stop."""

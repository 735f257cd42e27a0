"""What a person has decided of a document, in types; `decisions.toml` holds these in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["link", "join", "cut", "read", "no-item", "note"]
"""What is decided, by the field that says it:

`link`: these sentences answer each other, and nothing else does; an empty side means that they are missing there.
`join`: the sentences of one side are one sentence. `cut`: a sentence ends where `parts` end.
`read`: a sentence is to be read as `use`. `no-item`: what opens like an item is text of the one before it.
`note`: a remark on the link that holds these sentences, which decides nothing.
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """A sentence by what it says: its printed text, the number of its item, and which one it is of several alike.

    Texts survive a rebuild where ids do not. `nth` counts from 1 among the same texts of the item; 0 where it is not
    said, since there is one only.
    """

    text: str
    item: str = ""
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: what is decided, of which sentences, by whom, on which day (YYYY-MM-DD), and why.

    `line` is where it stands in its file, counted from 1; 0 for one that is in no file yet.
    """

    kind: Kind
    en: tuple[Reference, ...] = ()
    zh: tuple[Reference, ...] = ()
    parts: tuple[str, ...] = ()
    use: str = ""
    by: str = ""
    on: str = ""
    note: str = ""
    line: int = 0

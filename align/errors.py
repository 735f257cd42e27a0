"""What can go wrong, as one sentence, a remedy and an exit status."""

from __future__ import annotations


class AlignError(Exception):
    """The message names file and line where there is one; the remedy says what to do next."""

    status = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class DataError(AlignError):
    """The data is at fault: a source, a document.toml, a corpus."""

    status = 1


class UsageError(AlignError):
    """The command line is at fault."""

    status = 2


class SurroundingsError(AlignError):
    """The surroundings are at fault: a missing font, no permission, a full disk."""

    status = 3

"""Exit statuses and the one kind of error that ends a command; as `gh` has them."""

from __future__ import annotations

OK = 0
FAILED = 1
USAGE = 2
UNREACHABLE = 3
CREDENTIALS = 4
INTERRUPTED = 130


class CommandError(Exception):
    """Ends a command with one sentence for people and an exit status."""

    def __init__(self, text: str, status: int = FAILED) -> None:
        super().__init__(text)
        self.status = status

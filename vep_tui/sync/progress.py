"""How far a sync is, as a value for whoever shows it; it shows nothing itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a sync."""

    part: str
    """What is being fetched or sent, in words: "issues"."""
    done: int = 0
    total: int | None = None
    """How many there will be, where that is known."""

    def __str__(self) -> str:
        if self.total:
            return f"{self.part} {self.done}/{self.total}"
        return f"{self.part} {self.done}" if self.done else self.part

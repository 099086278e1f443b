"""What is wrong with settings; imports nothing."""

from __future__ import annotations


class SettingsError(ValueError):
    """Settings cannot be used; the message says where, what, and what to write instead."""

    def __init__(self, *slips: str) -> None:
        """`slips` are whole sentences, of which the message is the first."""
        more = f" (and {len(slips) - 1} more; `vep-tui config check` lists them)" if len(slips) > 1 else ""
        super().__init__(f"{slips[0]}{more}")
        self.slips = slips


def reason(trouble: Exception) -> str:
    """Why a file cannot be read, without the number and the name that Python puts around it."""
    if isinstance(trouble, UnicodeError):
        return "it is no UTF-8 text"
    return (trouble.strerror if isinstance(trouble, OSError) else None) or str(trouble)

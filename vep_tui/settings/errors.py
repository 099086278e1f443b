"""What is wrong with settings, and in which order it is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vep_tui.settings.config import Config

_LINE = re.compile(r", line (\d+)\b")


class SettingsError(ValueError):
    """Settings cannot be used; the message says where, what, and what to write instead."""

    def __init__(self, *slips: str, rest: Config | None = None) -> None:
        """`slips` are whole sentences, of which the message is the first; `rest` is what could be read beside them."""
        more = f" (and {len(slips) - 1} more; `vep-tui config check` lists them)" if len(slips) > 1 else ""
        super().__init__(f"{slips[0]}{more}")
        self.slips = slips
        self.rest = rest


def by_line(slips: Iterable[str]) -> list[str]:
    """Slips in the order of the lines they name: who mends a file goes down through it."""
    return sorted(slips, key=lambda slip: int(found[1]) if (found := _LINE.search(slip)) else 0)


def reason(trouble: Exception) -> str:
    """Why a file cannot be read, without the number and the name that Python puts around it."""
    if isinstance(trouble, UnicodeError):
        return "it is no UTF-8 text"
    return (trouble.strerror if isinstance(trouble, OSError) else None) or str(trouble)

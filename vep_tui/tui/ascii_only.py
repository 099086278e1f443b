"""The last door before the terminal where ASCII is wanted: whatever a widget drew, each cell holds an ASCII sign."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from vep_tui.core.plain import twin


class AsciiOnly(LineFilter):
    """Exchanges what is not ASCII for its nearest sign, in as many cells as it had."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments in ASCII."""
        return [s if s.text.isascii() else s._replace(text=in_cells(s.text, s.cell_length)) for s in segments]


ASCII_ONLY = AsciiOnly()


@lru_cache(2048)
def in_cells(text: str, cells: int) -> str:
    """The text in ASCII, exactly as wide as it was on the screen."""
    parts = []
    for char in text:
        stand_in, wide = twin(char), Segment(char).cell_length
        parts.append(stand_in if stand_in == char else stand_in[:wide].ljust(wide, "?"))
    # Characters that only together have a width, as some emoji do, are not as wide as their parts.
    return "".join(parts)[:cells].ljust(cells)

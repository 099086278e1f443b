"""The ends of scroll bars: eighths of a block, or whole cells where ASCII is wanted; it moves nothing."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class WholeCells(ScrollBarRender):
    """Textual's scroll bar of coloured cells alone."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def draw_ends(*, ascii_only: bool) -> None:
    """Draw all scroll bars like this from now on."""
    ScrollBar.renderer = WholeCells if ascii_only else ScrollBarRender

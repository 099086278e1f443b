"""The list of settings: name, value and who says so, a line each; it changes none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.style import Style

from vep_tui.core.text import one_line
from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.cursor_list import CursorList
from vep_tui.tui.glyphs import ACCENT, DIM, Glyphs
from vep_tui.tui.ink import Ink
from vep_tui.tui.preferences import Preference, said

if TYPE_CHECKING:
    from vep_tui.tui.preferences import Value

_SOURCE = 9
"""Cells for who says so: "line 1234"."""


class SettingsList(CursorList):
    """One setting a line; the cursor has a bar in front, so that colour is not all that tells it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"settings--cursor", "settings--hover", "settings--row"}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.MOVE), *bindings(Scope.SETTINGS, prefix="screen.")]

    class Moved(Message):
        """The cursor is on another setting."""

    class Opened(Message):
        """The selected setting was clicked again."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._rows: tuple[Preference, ...] = ()

    @property
    def count(self) -> int:
        """How many settings there are."""
        return len(self._rows)

    @property
    def row(self) -> Preference | None:
        """The selected setting."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def set_rows(self, rows: Sequence[Preference], glyphs: Glyphs) -> None:
        """Show these; the cursor stays where it is."""
        self._rows, self._glyphs = tuple(rows), glyphs
        self.measure()
        self.refresh()

    def moved(self) -> None:
        """Tell who listens that another setting is selected."""
        self.post_message(self.Moved())

    def opened(self) -> None:
        """Tell who listens that the setting was clicked once more."""
        self.post_message(self.Opened())

    def render_line(self, y: int) -> Strip:
        """One setting."""
        width, at = self.scrollable_content_region.width, y + round(self.scroll_offset.y)
        if at >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        selected = at == self.cursor
        state = "cursor" if selected else "hover" if at == self.hover else "row"
        style = self.get_visual_style(f"settings--{state}")
        line = self._line(self._rows[at], width, selected=selected)
        if selected and self.app.native_ansi_color:
            # With 16 colours any of them as a ground would hide text of some other: reverse video, and no colours.
            style, line = style + Style(reverse=True), Content(line.plain)
        ink = Ink(self.app.theme_variables, style)
        segments = [Segment(text, look.rich_style) for text, look in line.render(style, end="", parse_style=ink)]
        return Strip(segments, line.cell_length).adjust_cell_length(width, style.rich_style)

    def _line(self, row: Preference, width: int, *, selected: bool) -> Content:
        names = max(len(each.name) for each in self._rows) + 2
        source = row.source.rpartition(", ")[2]
        room = max(4, width - 2 - names - _SOURCE - 1)
        usual = row.source == "default"
        return Content.assemble(
            (self._glyphs("▌ ") if selected else "  ", ACCENT),
            (row.name.ljust(names), "" if usual else "bold"),
            _fit(self._shown(row.value), room, self._glyphs),
            " ",
            _fit(source, _SOURCE, self._glyphs).stylize(DIM),
        )

    def _shown(self, value: Value) -> str:
        return one_line(said(value)) or self._glyphs("–")


def _fit(text: str, width: int, glyphs: Glyphs) -> Content:
    """`text` in exactly `width` cells."""
    piece = Content(text)
    if piece.cell_length > width:
        piece = piece.truncate(width - 1) + glyphs.ellipsis
    return piece + " " * (width - piece.cell_length)

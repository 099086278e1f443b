"""What lies under the panes: one blank line for all of it; Textual alone keeps every line, and each of its pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget

    _Base = Widget
else:
    _Base = object


class Ground(_Base):
    """A widget of which nothing but its colour is seen, and that only where no other lies over it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same line as often as it is asked for."""
        line = Strip.blank(crop.width, self.visual_style.rich_style)
        for line_filter in self.app.get_line_filters():
            line = line.apply_filter(line_filter, self.background_colors[1])
        return [line] * crop.height


class Down(Ground, Vertical):
    """Widgets one below the other."""


class Across(Ground, Horizontal):
    """Widgets side by side."""

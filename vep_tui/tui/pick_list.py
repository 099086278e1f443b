"""A list to pick one line from, whose cursor is seen with 16 colours and with none; what is picked is its owner's."""

from __future__ import annotations

from textual.style import Style
from textual.widgets import OptionList


class PickList(OptionList):
    """Textual's list of options, with the cursor in reverse video where there are few colours or none."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """As the style sheet says; Textual 8.2 forgets `text-style: reverse` on this way."""
        style = super().get_visual_style(*component_classes, partial=partial)
        if "option-list--option-highlighted" in component_classes and self.app.native_ansi_color:
            return style + Style(reverse=True)
        return style

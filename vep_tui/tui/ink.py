"""Colours for text that is drawn outside the UI thread: the styles of the theme, resolved once and then constant."""

from __future__ import annotations

from collections.abc import Mapping

from textual.style import Style


class Ink:
    """Turns style names such as "bold $text-accent" into styles without asking the app; safe in any thread."""

    def __init__(self, variables: Mapping[str, str], base: Style) -> None:
        self._variables = dict(variables)
        self.base = base
        """The style of the pane that the text will lie on."""
        self._known: dict[str, Style] = {}

    def __call__(self, style: str | Style) -> Style:
        """The style of this name; an unknown one is no style, because a missing colour must not cost the text."""
        if isinstance(style, Style):
            return style
        found = self._known.get(style)
        if found is None:
            try:
                found = Style.parse(style, self._variables)
            except Exception:
                found = Style.null()
            self._known[style] = found
        return found

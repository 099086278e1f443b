"""The themes of our own, beside Textual's: dark, light, high contrast, and one whose colours anyone can tell apart."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

THEMES = (
    Theme(
        name="vep-dark",
        primary="#7aa2d6",
        secondary="#9db4d0",
        accent="#6cb6ff",
        warning="#d9a94e",
        error="#f0706a",
        success="#78b981",
        foreground="#d6dae0",
        background="#14171c",
        surface="#14171c",
        panel="#242a33",
        dark=True,
    ),
    Theme(
        name="vep-light",
        primary="#2a5d9c",
        secondary="#4a6a8f",
        accent="#0b62c4",
        warning="#8a5a00",
        error="#b3261e",
        success="#1f6f3a",
        foreground="#1d2229",
        background="#fbfbf9",
        surface="#fbfbf9",
        panel="#e4e7eb",
        dark=False,
    ),
    Theme(
        name="vep-contrast",
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffd700",
        warning="#ffb000",
        error="#ff6b6b",
        success="#5cff8f",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#2b2b2b",
        dark=True,
        variables={"text-muted": "#d0d0d0"},
    ),
    Theme(
        name="vep-colourblind",
        primary="#56b4e9",
        secondary="#a6cbe3",
        accent="#56b4e9",
        warning="#f0e442",
        error="#e69f00",
        success="#3fbf9f",
        foreground="#e2e2e2",
        background="#15171a",
        surface="#15171a",
        panel="#282c31",
        dark=True,
    ),
)
"""The first is taken where a setting names one that there is not.

`vep-colourblind` has the palette of Okabe and Ito: no kind of colour vision confuses two of its colours."""


def theme_names() -> tuple[str, ...]:
    """All themes, ours first."""
    own = tuple(theme.name for theme in THEMES)
    return own + tuple(sorted(name for name in BUILTIN_THEMES if name not in own))

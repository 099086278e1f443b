"""What the screen of settings needs to know of them; where they are kept, and how, is for whoever hands them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from textual.message import Message

Value = str | int | bool | tuple[str, ...]
"""What a setting can be: a text, a whole number, yes or no, several texts."""

THEME = "ui.theme"
"""The setting whose choices only this room knows, and which is seen while it is chosen."""


class PreferenceError(Exception):
    """A setting could not be read or changed; the text says why, and that nothing was written."""


@dataclass(frozen=True, slots=True)
class Preference:
    """One setting as it is now."""

    name: str
    """Dotted, as in config.toml: "ui.theme"."""
    value: Value
    """What is in force from the next start on, if not already."""
    default: Value
    source: str
    """Who says so: "default", "config.toml, line 3", "VEP_TUI_API_URL"."""
    meaning: str
    """One sentence, and the allowed words where only some are."""
    choices: tuple[str, ...] = ()
    at_once: bool = False
    """Whether the screen follows a change while it is open."""
    overruled: bool = False
    """Whether the source comes before the file, so that a change counts only without it."""


class Preferences(Protocol):
    """All settings, and the two ways to change one."""

    @property
    def where(self) -> str:
        """The file they are kept in, for people."""

    def rows(self) -> tuple[Preference, ...]:
        """Every setting as it is now; raises `PreferenceError` when the file cannot be read."""

    def change(self, name: str, text: str) -> None:
        """Keep a value as it is typed, "sig, age" for several texts; raises `PreferenceError`."""

    def reset(self, name: str) -> None:
        """Let the default be in force again; raises `PreferenceError`."""


class PreferencesChanged(Message):
    """A setting was changed; `values` are all of them, by name, as they are now."""

    def __init__(self, name: str, values: Mapping[str, Value]) -> None:
        super().__init__()
        self.name = name
        self.values = values


def said(value: Value) -> str:
    """A value as it is shown, and typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)

"""config.toml as the screen of settings sees it: every option with its source, and changes that are written at once."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vep_tui.cli.config import change_setting, in_force
from vep_tui.cli.parts import Parts
from vep_tui.settings import OF_TERMINAL, OPTIONS, Option, SettingsError, read_config
from vep_tui.settings.writing import unset_option
from vep_tui.tui.preferences import Preference, PreferenceError, Value


class ConfigFile:
    """The settings of one run; what it changes is at once in `parts.config`, for whoever reads it anew."""

    def __init__(self, parts: Parts, args: Namespace) -> None:
        self._parts, self._args = parts, args
        self._path = parts.paths.config

    @property
    def where(self) -> str:
        """The file, from the user's home where it lies there."""
        try:
            return str(Path("~") / self._path.relative_to(Path.home()))
        except (ValueError, RuntimeError):
            return str(self._path)

    def rows(self) -> tuple[Preference, ...]:
        """Every option as it is now; raises `PreferenceError`."""
        try:
            found = read_config(self._path)
        except SettingsError as slip:
            raise PreferenceError(f"{slip}. Until it is mended nothing can be changed here.") from slip

        def row(option: Option) -> Preference:
            _, value, source = in_force(option.name, found, self._args, self._parts.env)
            return Preference(
                option.name,
                _plain(value),
                _plain(option.default),
                source.replace(str(self._path), self._path.name),
                option.meaning + option.allowed,
                option.choices,
                option.at_once,
                source not in ("default", "GH_HOST", OF_TERMINAL, found.place(option.name)),
            )

        return tuple(row(option) for option in OPTIONS)

    def change(self, name: str, text: str) -> None:
        """Write a value as it is typed; raises `PreferenceError`."""
        self._write(lambda: change_setting(self._path, name, text))

    def reset(self, name: str) -> None:
        """Switch the setting's line off; raises `PreferenceError`."""
        self._write(lambda: unset_option(self._path, name))

    def _write(self, act: Callable[[], object]) -> None:
        try:
            act()
            self._parts.config = read_config(self._path)
        except SettingsError as slip:
            raise PreferenceError(str(slip)) from slip
        except OSError as trouble:
            raise PreferenceError(
                f"{self.where} cannot be written ({trouble.strerror or trouble}), so nothing was changed."
            ) from trouble


def _plain(value: Any) -> Value:
    """A value that nobody can change."""
    return tuple(value) if isinstance(value, list) else value

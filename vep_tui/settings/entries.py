"""One entry of a free-form table of config.toml, written or switched off by its dotted name; it judges no value."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import Any

from vep_tui.settings.config import read_config
from vep_tui.settings.errors import SettingsError
from vep_tui.settings.nearest import nearest
from vep_tui.settings.options import DATE_FIELDS, ENTRIES, TABLES
from vep_tui.settings.toml_text import Home, add_block, change_block, put, switch_block_off, take
from vep_tui.settings.writing import change


def table_of(name: str) -> str:
    """The free-form table that a name begins with; empty for a setting. Raises `SettingsError` for half a name."""
    table, _, rest = name.partition(".")
    if table not in TABLES:
        return ""
    if not rest.strip():
        entry, value = ENTRIES[table]
        raise SettingsError(
            f"{table} is a table: name an entry of it, as in `vep-tui config set {entry} {shlex.quote(value)}`"
        )
    return table


def day_named(name: str, text: str) -> date:
    """The day of an entry such as dates.1.10.code_freeze; raises `SettingsError` for a name or a day that is none."""
    key = _place(name)[1]
    if key not in DATE_FIELDS:
        raise SettingsError(f"{name} is no date{nearest(key, DATE_FIELDS)}")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise SettingsError(f"{name} must be a day like 2026-10-21, not {text!r}") from None


def set_entry(path: Path, name: str, value: Any) -> None:
    """Write an entry; raises `SettingsError`, OSError."""
    if name.startswith("views."):
        _set_view(path, name.removeprefix("views."), str(value))
        return
    home, key = _place(name)
    if home[0] == "dates" and home[1] not in read_config(path).dates:
        home, key, value = home[:1], home[1], {key: value}
    change(path, lambda text: put(text, home, key, value))


def unset_entry(path: Path, name: str) -> bool:
    """Switch an entry off; whether it was set. Raises `SettingsError`, OSError."""
    if name.startswith("views."):
        number = _number_of(path, name.removeprefix("views."))
        return number is not None and change(path, lambda text: switch_block_off(text, "views", number))
    home, key = _place(name)
    if home[0] == "dates" and read_config(path).dates.get(home[1], {}).keys() == {key}:
        home, key = home[:1], home[1]
    return change(path, lambda text: take(text, home, key))


def _place(name: str) -> tuple[Home, str]:
    """The tables that lead to an entry, and its key; a release has a dot of its own."""
    table, _, rest = name.partition(".")
    if table == "dates":
        release, _, key = rest.rpartition(".")
        if not release:
            raise SettingsError(f"{name} names no day: write it as {ENTRIES['dates'][0]}")
        return ("dates", release), key
    *home, key = rest.split(".")
    return (table, *home), key


def _set_view(path: Path, name: str, query: str) -> None:
    number = _number_of(path, name)
    if number is None:
        change(path, lambda text: add_block(text, "views", {"name": name, "query": query}))
    else:
        change(path, lambda text: change_block(text, "views", number, "query", query))


def _number_of(path: Path, name: str) -> int | None:
    """Which of the views has this name, counted from 0."""
    return next((n for n, view in enumerate(read_config(path).views) if view.name == name), None)

"""Entries of config.toml's tables as they are typed: keys, views, dates, process; checked, then written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vep_tui.cli.profiles import load_process, unknown_overrides, usual_value
from vep_tui.core.process import ProcessError
from vep_tui.settings import Config, Option, SettingsError, merge, read_config
from vep_tui.settings.entries import day_named, set_entry
from vep_tui.settings.nearest import nearest
from vep_tui.settings.writing import spelled, value_of


def change_entry(path: Path, table: str, name: str, text: str) -> None:
    """Write one entry as it is typed, if it can be used; raises `SettingsError`, OSError."""
    found = read_config(path)
    value: Any = text
    if table == "keys":
        _check_key(found, name.removeprefix("keys."), text)
    elif table == "views":
        _check_query(text)
    elif table == "dates":
        value = day_named(name, text)
    else:
        value = _process_value(found, path.parent, name, text)
    set_entry(path, name, value)


def _check_key(found: Config, name: str, keys: str) -> None:
    from vep_tui.tui.commands import COMMANDS
    from vep_tui.tui.key_slips import key_problems

    names = tuple(command.name for command in COMMANDS)
    if name not in names:
        raise SettingsError(f"keys.{name} is no command{nearest(name, names)}")
    before = {known: said for known, said in found.keys.items() if known in names}
    # What was wrong before is not this entry's fault, and no reason to refuse it.
    new = [words for words in key_problems({**before, name: keys}) if words not in key_problems(before)]
    if new:
        raise SettingsError(new[0])


def _check_query(query: str) -> None:
    from vep_tui.core.filter import FilterError, parse

    try:
        parse(query)
    except FilterError as slip:
        raise SettingsError(f"such a view could not be shown: {slip}") from slip


def _process_value(found: Config, beside: Path, name: str, text: str) -> Any:
    """The value in the kind that the process has there."""
    words = name.split(".")[1:]
    try:
        value = _typed(name, usual_value(found["profile"], words, beside=beside), text)
        own: Mapping[str, Any] = {words[-1]: value}
        for word in reversed(words[:-1]):
            own = {word: own}
        load_process(found["profile"], merge(found.process, own), beside=beside)
        if unknown := unknown_overrides(found["profile"], own, beside=beside):
            raise SettingsError(unknown[0])
    except ProcessError as slip:
        raise SettingsError(str(slip)) from slip
    return value


def _typed(name: str, usual: Any, text: str) -> Any:
    if isinstance(usual, Mapping):
        raise SettingsError(f"{name} is a table: name a word of it, as in {name}.{next(iter(usual), 'word')}")
    if isinstance(usual, list) and any(not isinstance(entry, str) for entry in usual):
        raise SettingsError(f"{name} is a list of tables: write it by `vep-tui config edit`")
    if isinstance(usual, str | bool | list):
        return value_of(Option(name, usual, ""), text)
    try:
        if usual is not None:
            return type(usual)(text)
        return spelled(name, text)
    except ValueError:
        if usual is None:
            return text
        raise SettingsError(f"{name} must be a number, as {usual} is, not {text!r}") from None

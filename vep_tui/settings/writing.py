"""Writes config.toml: the commented default, and one setting at a time with everything else left as it was."""

from __future__ import annotations

import os
import tempfile
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from vep_tui.settings.config import parse_config, slip_of
from vep_tui.settings.errors import SettingsError, reason
from vep_tui.settings.nearest import nearest
from vep_tui.settings.options import EXAMPLES, OPTIONS, TABLES, Option, option_named
from vep_tui.settings.paths import private_folder
from vep_tui.settings.toml_text import Home, put, take, to_toml

_HEAD = """\
Settings of vep-tui. Every line here is a default, switched off by the # before it: take the # away and change the
value. `vep-tui config check` looks for slips, `vep-tui config show` says what is in force and why.
"""
_WIDTH = 110


def default_text() -> str:
    """A whole config.toml in which every setting is explained and none is set."""
    parts = [_remark(_HEAD)]
    table = ""
    for option in OPTIONS:
        home, _, key = option.name.rpartition(".")
        head = f"[{home}]\n" if home != table else ""
        table = home
        parts.append(f"{head}{_remark(option.meaning + option.allowed)}#{key} = {to_toml(option.default)}\n")
    for name, meaning in TABLES.items():
        parts.append(_remark(meaning) + "".join(f"#{line}\n" for line in EXAMPLES[name].split("\n")))
    return "\n".join(parts)


def create(path: Path) -> bool:
    """Write the commented default where there is no file yet; whether it did. Raises OSError."""
    if path.exists():
        return False
    _write(path, default_text())
    return True


def set_option(path: Path, name: str, value: Any) -> None:
    """Write one setting into the file and keep its comments; raises `SettingsError` for a slip, OSError.

    `value` is of the option's type, or a text as typed on the command line.
    """
    option = _known(name)
    value = value_of(option, value) if isinstance(value, str) else value
    if slip := slip_of(option, value):
        raise SettingsError(slip)
    change(path, lambda text: put(text, *_place(option), value))


def unset_option(path: Path, name: str) -> bool:
    """Let a setting be the default again; whether it was set. Raises `SettingsError`, OSError.

    Its line is switched off rather than taken away, so that a remark behind it stays.
    """
    option = _known(name)
    return change(path, lambda text: take(text, *_place(option), option.default))


def change(path: Path, act: Callable[[str], str | None]) -> bool:
    """Write what `act` makes of the file's text, unless that is None; whether it did. Raises `SettingsError`, OSError.

    Without a file it begins with the commented default.
    """
    with _alone(path.resolve().parent):
        changed = act(_read(path))
        if changed is None:
            return False
        parse_config(changed, str(path))  # what cannot be read again is not written
        _write(path, changed)
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let others who change a file of this folder wait, so that no change is lost; where that is not known, go on."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def value_of(option: Option, text: str) -> Any:
    """A value as it is typed, "compute, network" for a list; raises `SettingsError`."""
    kind, bare = type(option.default), text.strip()
    if kind is bool:
        words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
        if bare.casefold() not in words:
            raise SettingsError(f"{option.name} must be true or false, not {bare!r}")
        return words[bare.casefold()]
    if kind is int:
        if not (bare.isascii() and bare.isdigit()):
            raise SettingsError(f"{option.name} must be a whole number, not {bare!r}")
        return int(bare)
    if kind is list:
        if bare.startswith("["):
            return spelled(option.name, bare)
        return [word.strip() for word in bare.split(",") if word.strip()]
    return text


def spelled(name: str, text: str) -> Any:
    """A value as config.toml spells it; raises `SettingsError`."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError as slip:
        raise SettingsError(f"{name}: {text} cannot be read: {slip}") from slip


def _known(name: str) -> Option:
    option = option_named(name)
    if option is None:
        raise SettingsError(f"{name} is no setting{nearest(name, [known.name for known in OPTIONS])}")
    return option


def _place(option: Option) -> tuple[Home, str]:
    *home, key = option.name.split(".")
    return tuple(home), key


def _remark(text: str) -> str:
    return "".join(f"# {line}\n" for line in textwrap.wrap(" ".join(text.split()), _WIDTH))


def _read(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise SettingsError(f"{path} is no file that settings can be kept in; nothing was written")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return default_text()
    except UnicodeDecodeError as trouble:
        raise SettingsError(f"{path} cannot be read: {reason(trouble)}") from trouble


def _write(path: Path, text: str) -> None:
    """Replace the file at once: a reader sees the old or the new one, never half."""
    if not path.parent.exists():  # a folder of the user's own stays as open as it is
        private_folder(path.parent)
    target = path.resolve()  # a link into somebody's dotfiles stays one
    try:
        handle, name = tempfile.mkstemp(prefix=".config-", dir=target.parent)
    except OSError as trouble:  # nobody knows that other name
        raise OSError(trouble.errno, trouble.strerror, str(path)) from trouble
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # else a loss of power could leave the new name with nothing in it
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

"""Writes config.toml: the commented default, and one setting at a time with everything else left as it was."""

from __future__ import annotations

import os
import re
import tempfile
import textwrap
from pathlib import Path
from typing import Any

from vep_tui.settings.config import parse_config, slip_of
from vep_tui.settings.errors import SettingsError
from vep_tui.settings.nearest import nearest
from vep_tui.settings.options import EXAMPLES, OPTIONS, TABLES, Option, option_named
from vep_tui.settings.paths import private_folder

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


def to_toml(value: Any) -> str:
    """A value of a setting as config.toml spells it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(to_toml, value))}]"
    if isinstance(value, str):
        import tomlkit

        return tomlkit.item(value).as_string()
    return str(value)


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
    text = _read(path)
    value = value_of(option, value) if isinstance(value, str) else value
    if slip := slip_of(option, value):
        raise SettingsError(slip)
    changed = _with(text, option, value)
    parse_config(changed, str(path))  # what cannot be read again is not written
    _write(path, changed)


def unset_option(path: Path, name: str) -> bool:
    """Let a setting be the default again; whether it was set. Raises `SettingsError`, OSError.

    Its line is switched off rather than taken away, so that a remark behind it stays.
    """
    option = _known(name)
    text = _read(path)
    document = _parsed(text)
    home, _, key = option.name.rpartition(".")
    table: Any = document.get(home, {}) if home else document
    if not isinstance(table, dict) or key not in table:
        return False
    remark, inside = _remark_behind(table, key), _remarks_inside(table[key])
    del table[key]
    changed = _dumped(document)
    parse_config(changed, str(path))
    _write(path, _with_default(text, changed, f"{inside}#{key} = {to_toml(option.default)}{remark}", key))
    return True


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
        return [word.strip() for word in bare.split(",") if word.strip()]
    return text


def _known(name: str) -> Option:
    option = option_named(name)
    if option is None:
        raise SettingsError(f"{name} is no setting{nearest(name, [known.name for known in OPTIONS])}")
    return option


def _with(text: str, option: Option, value: Any) -> str:
    """The text with the setting in it: where its switched-off default stands, else where tomlkit puts it."""
    import tomlkit

    document = _parsed(text)
    home, _, key = option.name.rpartition(".")
    if home and not isinstance(document.get(home, {}), dict):
        raise SettingsError(f"{home} must be a table in config.toml; nothing was written")
    table: Any = document.get(home) if home else document
    if (table is None or key not in table) and (line := _switched_off(text, home, key)) is not None:
        lines = text.split("\n")
        remark = _remark_of(lines[line].strip().removeprefix("#"), key)
        lines[line] = f"{key} = {to_toml(value)}{remark}" + ("\r" if lines[line].endswith("\r") else "")
        return "\n".join(lines)
    if table is None:
        table = document[home] = tomlkit.table()
    inside = _remarks_inside(table.get(key))
    table[key] = value
    return _above(_dumped(document), home, key, inside)


def _remarks_inside(value: Any) -> str:
    """The remarks between the brackets of a list, as lines of their own; the list that takes its place has none."""
    from tomlkit.items import Array

    lines = value.as_string().split("\n") if isinstance(value, Array) else ()
    found = (line.partition("#")[2].strip() for line in lines if "#" in line)
    return "".join(f"# {remark}\n" for remark in found)


def _above(text: str, home: str, key: str, remarks: str) -> str:
    """The text with these lines above the one that sets a key."""
    table, lines = "", text.split("\n")
    for index, line in enumerate(lines):
        if head := re.match(r"\[([\w.-]+)\]", line.strip()):
            table = head[1]
        elif table == home and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return "\n".join([*lines[:index], *remarks.split("\n")[:-1], *lines[index:]])
    return text


def _parsed(text: str) -> Any:
    """The text as something that remembers its comments; raises `SettingsError`."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text)
    except TOMLKitError as slip:
        raise SettingsError(f"config.toml cannot be read, so nothing was written: {slip}") from slip


def _dumped(document: Any) -> str:
    import tomlkit

    return tomlkit.dumps(document)


def _switched_off(text: str, home: str, key: str) -> int | None:
    """The index of the line that holds the commented default, below its table's head."""
    table = ""
    for index, line in enumerate(text.split("\n")):
        if head := re.match(r"\[([\w.-]+)\]", line.strip()):
            table = head[1]
        elif table == home and re.match(rf"#{re.escape(key)} = ", line):
            return index
    return None


def _remark_of(line: str, key: str) -> str:
    """The remark behind the value of a line that sets a key; nothing where there is none, or no such line."""
    try:
        return _remark_behind(_parsed(line), key)
    except SettingsError:
        return ""


def _remark_behind(table: Any, key: str) -> str:
    trivia = getattr(table.get(key), "trivia", None)
    return f"{trivia.comment_ws}{trivia.comment}" if trivia is not None and trivia.comment else ""


def _with_default(before: str, after: str, line: str, key: str) -> str:
    """`after`, with the switched-off line in the place that the setting had in `before`."""
    old, new = before.split("\n"), after.split("\n")
    at = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(new))
    if at >= len(old) or not re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", old[at]):
        return after  # it stood in a line with others
    return "\n".join([*new[:at], line + ("\r" if old[at].endswith("\r") else ""), *new[at:]])


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
        raise SettingsError(f"{path} cannot be read: {trouble}") from trouble


def _write(path: Path, text: str) -> None:
    """Replace the file at once: a reader sees the old or the new one, never half."""
    if not path.parent.exists():  # a folder of the user's own stays as open as it is
        private_folder(path.parent)
    target = path.resolve()  # a link into somebody's dotfiles stays one
    handle, name = tempfile.mkstemp(prefix=".config-", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

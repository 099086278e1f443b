"""Changes one entry of a TOML text and leaves everything else as it was, every comment too; it knows no setting."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from functools import partial
from typing import Any

from vep_tui.settings.errors import SettingsError
from vep_tui.settings.toml_lines import (
    alike,
    below_others,
    double_head,
    last_line,
    switched_off,
    tables_of,
    with_line,
    with_remarks,
)

Home = tuple[str, ...]
"""The names of the tables that lead to an entry, the outermost first; none for what stands above all tables."""

_TOO_ODD = "it is written in a way that only a person can change: `vep-tui config edit`; nothing was written"


def to_toml(value: Any) -> str:
    """A value as TOML spells it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(to_toml, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_bare(key)} = {to_toml(inner)}' for key, inner in value.items())} }}"
    if isinstance(value, str):
        import tomlkit

        return tomlkit.item(value).as_string()
    return str(value)


def put(text: str, home: Home, key: str, value: Any) -> str:
    """The text with the entry set: where it stands, else in the place of its switched-off line, else behind others."""

    def wanted(tree: dict[str, Any]) -> None:
        inner: MutableMapping[str, Any] = tree
        for name in home:
            inner = inner.setdefault(name, {})
        inner[key] = value

    document = _parsed(text)
    table = _table(document, home)
    if table is None or key not in table:
        line = f"{_bare(key)} = {to_toml(value)}"
        made = _switched_on(text, home, key, line) or below_others(text, ".".join(home), line)
        if made is not None:
            return _checked(text, made, wanted)
        if table is None:
            above = f"{text.rstrip()}\n\n" if text.strip() else ""
            return _checked(text, f"{above}[{'.'.join(map(_bare, home))}]\n{line}\n", wanted)
    assert table is not None
    remarks = _remarks_inside(table.get(key))
    made = _edited(text, document, partial(table.__setitem__, key, _item(value)))
    return _checked(text, with_remarks(made, ".".join(home), key, remarks), wanted)


def take(text: str, home: Home, key: str, default: Any = None) -> str | None:
    """The text without the entry; None where it is not set.

    Its line is switched off rather than taken away, so that a remark behind it stays: with the default where there
    is one, else as it was.
    """
    document = _parsed(text)
    table = _table(document, home)
    if table is None or key not in table:
        return None

    def wanted(tree: dict[str, Any]) -> None:
        inner = tree
        for name in home:
            inner = inner[name]
        del inner[key]

    off = to_toml(_value_at(text, (*home, key)) if default is None else default)
    line = f"{_remarks_inside(table[key])}#{_bare(key)} = {off}{_remark_behind(table, key)}"
    made = _edited(text, document, partial(table.__delitem__, key))
    return _checked(text, with_line(text, made, line, key), wanted)


def add_block(text: str, table: str, entry: Mapping[str, Any]) -> str:
    """The text with one more [[table]]: where it was switched off, else behind those there are or before the example.

    It is known by its first entry, such as a name.
    """
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if double_head(line) == table]
    example = next((at for at, line in enumerate(lines) if line.strip() == f"#[[{table}]]"), None)
    block = [f"[[{table}]]", *(f"{_bare(key)} = {to_toml(value)}" for key, value in entry.items())]
    begin, end = switched_off(lines, block[:2])
    place = sum(at < begin for at in heads) if end else len(heads)
    if end:
        off = "\n".join(line.removeprefix("#") for line in lines[begin + 1 : end])
        remarks = [_remark_of(off, key) for key in entry]
        made = [*lines[:begin], block[0], *map("".join, zip(block[1:], remarks, strict=True)), *lines[end:]]
    elif heads:
        at = last_line(lines, heads[-1]) + 1
        made = [*lines[:at], "", *block, *lines[at:]]
    elif example is not None:
        made = [*lines[:example], *block, "", *lines[example:]]
    else:
        made = [*text.rstrip().split("\n"), "", *block, ""]

    def wanted(tree: dict[str, Any]) -> None:
        tree.setdefault(table, []).insert(place, dict(entry))

    return _checked(text, "\n".join(made).lstrip("\n"), wanted)


def change_block(text: str, table: str, number: int, key: str, value: Any) -> str:
    """The text with another value in the nth [[table]], counted from 0."""
    document = _parsed(text)
    made = _edited(text, document, partial(document[table][number].__setitem__, key, value))

    def wanted(tree: dict[str, Any]) -> None:
        tree[table][number][key] = value

    return _checked(text, made, wanted)


def switch_block_off(text: str, table: str, number: int) -> str:
    """The text with the lines of the nth [[table]] switched off, counted from 0."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if double_head(line) == table]
    if number < len(heads):
        for at in range(heads[number], last_line(lines, heads[number]) + 1):
            if lines[at].strip() and not lines[at].lstrip().startswith("#"):
                lines[at] = f"#{lines[at]}"

    def wanted(tree: dict[str, Any]) -> None:
        del tree[table][number]
        if not tree[table]:
            del tree[table]

    return _checked(text, "\n".join(lines), wanted)


# ---------------------------------------------------------------- inside


def _checked(before: str, after: str, wanted: Callable[[dict[str, Any]], None]) -> str:
    """The new text in the line endings of the old one, if it says what it should and nothing else has changed."""
    if before.count("\n") == before.count("\r\n") > 0:
        after = re.sub(r"\r?\n", "\r\n", after)
    tree = copy.deepcopy(tomllib.loads(before))
    try:
        wanted(tree)
        same = tomllib.loads(after) == tree
    except (tomllib.TOMLDecodeError, AttributeError, TypeError):
        same = False
    if not same:
        raise SettingsError(_TOO_ODD)
    return after


def _parsed(text: str) -> Any:
    """The text as something that remembers its comments; raises `SettingsError`."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        tomllib.loads(text)
        return tomlkit.parse(text)
    except (tomllib.TOMLDecodeError, TOMLKitError) as slip:
        raise SettingsError(f"config.toml cannot be read, so nothing was written: {slip}") from slip


def _edited(text: str, document: Any, act: Callable[[], None]) -> str:
    """The text after `act` on its document; lines that it does not touch stay, which tomlkit does not always grant."""
    import tomlkit

    own, before = text.split("\n"), tomlkit.dumps(document).split("\n")
    act()
    after = tomlkit.dumps(document).split("\n")
    if len(own) != len(before):
        return "\n".join(after)
    head = alike(before, after)
    tail = alike(before[head:][::-1], after[head:][::-1])
    return "\n".join([*own[:head], *after[head : len(after) - tail], *own[len(own) - tail :]])


def _item(value: Any) -> Any:
    """A value as tomlkit keeps it in one line."""
    import tomlkit

    if not isinstance(value, Mapping):
        return value
    table = tomlkit.inline_table()
    table.update(value)
    return table


def _table(document: Any, home: Home) -> Any:
    """The table of an entry; None when there is none yet. Raises `SettingsError` where something else has its name."""
    inner = document
    for depth, name in enumerate(home, 1):
        if name not in inner:
            return None
        inner = inner[name]
        if not isinstance(inner, MutableMapping):
            raise SettingsError(f"{'.'.join(home[:depth])} must be a table in config.toml; nothing was written")
    return inner


def _value_at(text: str, names: Home) -> Any:
    inner: Any = tomllib.loads(text)
    for name in names:
        inner = inner[name]
    return inner


def _bare(key: str) -> str:
    """A key as TOML spells it."""
    return key if re.fullmatch(r"[\w-]+", key, re.ASCII) else to_toml(key)


def _switched_on(text: str, home: Home, key: str, line: str) -> str | None:
    """The text with the entry in the place of the line that holds its switched-off default; None without one."""
    lines = text.split("\n")
    for index, (table, old) in enumerate(zip(tables_of(lines), lines, strict=True)):
        if table == ".".join(home) and re.match(rf"#{re.escape(_bare(key))} = ", old):
            lines[index] = f"{line}{_remark_of(old.strip().removeprefix('#'), key)}"
            return "\n".join(lines)
    return None


def _remarks_inside(value: Any) -> str:
    """The remarks between the brackets of a list, as lines of their own; the list that takes its place has none."""
    from tomlkit.items import Array

    lines = value.as_string().split("\n") if isinstance(value, Array) else ()
    found = (line.partition("#")[2].strip() for line in lines if "#" in line)
    return "".join(f"# {remark}\n" for remark in found)


def _remark_of(line: str, key: str) -> str:
    """The remark behind the value of a line that sets a key; nothing where there is none, or no such line."""
    try:
        return _remark_behind(_parsed(line), key)
    except SettingsError:
        return ""


def _remark_behind(table: Any, key: str) -> str:
    # `get` unwraps true and false, but not every kind of table has `item`.
    trivia = getattr(getattr(table, "item", table.get)(key), "trivia", None)
    return f"{trivia.comment_ws}{trivia.comment}" if trivia is not None and trivia.comment else ""

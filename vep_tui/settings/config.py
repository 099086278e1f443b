"""Reads config.toml: every slip is named with its line and the nearest valid word; without a file all is default."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from vep_tui.settings.errors import SettingsError, by_line, reason
from vep_tui.settings.nearest import nearest
from vep_tui.settings.options import DATE_FIELDS, OPTIONS, TABLES, Option

T = TypeVar("T")
_OF_VIEW = ("name", "query")


class View(NamedTuple):
    """A named view of the queue."""

    name: str
    query: str
    """In the filter language."""
    place: str = ""
    """Where it stands: "config.toml, line 9"."""


@dataclass(frozen=True, slots=True)
class Config:
    """The contents of config.toml over the defaults."""

    values: Mapping[str, Any]
    """By the dotted name of `OPTIONS`."""
    views: tuple[View, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    process: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    """Unknown keys, in words."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Dotted name of what the file sets to where it stands: "config.toml, line 3"."""
    file: str = "config.toml"

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def place(self, name: str) -> str:
        """Where a setting stands, or the first of a table; the file itself where neither does."""
        inside = (place for known, place in self.places.items() if known.startswith(f"{name}."))
        return self.places.get(name) or next(inside, self.file)


def read_config(path: Path) -> Config:
    """The settings in a file, or the defaults where there is none; raises `SettingsError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # editors on Windows write a mark
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as trouble:
        raise SettingsError(f"{path} cannot be read: {reason(trouble)}") from trouble
    return parse_config(text, str(path))


def parse_config(text: str, name: str = "config.toml") -> Config:
    """The settings in a text; raises `SettingsError` that names file, line and remedy."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as slip:
        raise SettingsError(_misspelt(name, text, str(slip))) from slip
    where = _Lines(name, text)
    slips: list[str] = []

    def sound(read: Callable[..., T], *given: Any) -> T | None:
        try:
            return read(*given, where)
        except SettingsError as slip:
            slips.extend(slip.slips)
            return None

    values = {option.name: sound(_value, option, tree) for option in OPTIONS}
    values |= {option.name: option.default for option in OPTIONS if values[option.name] is None}
    views = sound(_views, tree.get("views", []))
    keys = sound(_strings, tree.get("keys", {}), "keys")
    dates = sound(_dates, tree.get("dates", {}))
    process = sound(_table, tree.get("process", {}), "process")
    config = Config(
        values=values,
        views=views or (),
        keys=keys or {},
        dates=dates or {},
        process=process or {},
        warnings=(*_unknown(tree, where), *(_odd_views(tree.get("views", []), where) if views is not None else ())),
        places={name: where.at(name) for name in _set_names(tree)},
        file=name,
    )
    if slips:
        raise SettingsError(*by_line(dict.fromkeys(slips)), rest=config)
    return config


def _misspelt(name: str, text: str, slip: str) -> str:
    """What TOML's reader says, with the line in front; the end of the file has a number, too."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", slip)
    line = (found[1] if found else None) or str(text.rstrip("\n").count("\n") + 1)
    return f"{name}, line {line}: {slip[: found.start()] if found else slip}"


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables merged key by key; anything else in `over` replaces what was there."""
    out = dict(base)
    for key, value in over.items():
        old = out.get(key)
        out[key] = merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return out


class _Lines(NamedTuple):
    """Finds the line of a dotted name, so that an error can point at it."""

    name: str
    text: str

    def at(self, dotted: str) -> str:
        """Where a name stands, or else the table that it is in."""
        while dotted:
            if (line := self._line(dotted)) is not None:
                return f"{self.name}, line {line}"
            dotted = dotted.rpartition(".")[0]
        return self.name

    def nth(self, table: str, number: int) -> str:
        """Where the nth [[table]] begins, counted from 1."""
        heads = [at for at, line in enumerate(self.text.split("\n"), 1) if line.strip().startswith(f"[[{table}]]")]
        return f"{self.name}, line {heads[number - 1]}" if number <= len(heads) else self.at(table)

    def _line(self, dotted: str) -> int | None:
        table, _, key = dotted.rpartition(".")
        current = ""
        for number, line in enumerate(self.text.split("\n"), 1):
            bare = line.strip()
            if bare.startswith("["):
                current = bare.strip("[] ").replace('"', "").replace("'", "")
            head = bare.partition("=")[0].strip().strip("\"'")
            if (current == table and head == key) or f"{current}.{head}" == dotted or current == dotted:
                return number
        return None


def _value(option: Option, tree: Mapping[str, Any], where: _Lines) -> Any:
    node: Any = tree
    for part in option.name.split("."):
        if not isinstance(node, Mapping):
            home = option.name.rpartition(".")[0]
            raise SettingsError(f"{where.at(home)}: {home} must be a table: [{home}]")
        if part not in node:
            return option.default
        node = node[part]
    if slip := slip_of(option, node):
        raise SettingsError(f"{where.at(option.name)}: {slip}")
    return node


def slip_of(option: Option, node: Any) -> str:
    """What is wrong with a value of a setting, in words; nothing when it may be written."""
    kind = type(option.default)
    if type(node) is not kind or (kind is list and not all(isinstance(entry, str) for entry in node)):
        words = {str: "a text", bool: "true or false", int: "a whole number", list: "a list of texts"}[kind]
        return f"{option.name} must be {words}"
    for word in (node if kind is list else [node]) if option.choices else ():
        if word not in option.choices:
            said = "has" if kind is list else "is"
            return f"{option.name} {said} {word!r}{nearest(word, option.choices)}"
        if kind is list and node.count(word) > 1:
            return f"{option.name} has {word!r} more than once"
    least, most = option.between
    return f"{option.name} must be from {least} to {most}" if kind is int and not least <= node <= most else ""


def _set_names(tree: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The dotted names that the file sets."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _set_names(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


def _unknown(tree: Mapping[str, Any], where: _Lines) -> list[str]:
    known = [option.name for option in OPTIONS]
    tables = {name.partition(".")[0] for name in known if "." in name}
    found = []
    for key, value in tree.items():
        if key in TABLES or key in known or (key in tables and not isinstance(value, Mapping)):
            continue  # a table that is none is a slip already
        names = [f"{key}.{inner}" for inner in value] if key in tables else [key]
        found += [n for n in names if n not in known]
    every = (*known, *TABLES)
    return [f"{where.at(name)}: {name} is no setting{nearest(name, every)}" for name in found]


def _views(raw: Any, where: _Lines) -> tuple[View, ...]:
    if not isinstance(raw, list) or not all(isinstance(entry, Mapping) for entry in raw):
        raise SettingsError(f"{where.at('views')}: views are written as [[views]] with name and query")
    views, wrong = [], []
    for number, entry in enumerate(raw, 1):
        place = where.nth("views", number)
        name, query = entry.get("name"), entry.get("query")
        if not isinstance(name, str) or not isinstance(query, str) or not name.strip():
            wrong.append(f"{place}: a view needs a name and a query, both texts")
        else:
            views.append(View(name.strip(), query, place))
    if wrong:
        raise SettingsError(*wrong)
    return tuple(views)


def _odd_views(raw: Sequence[Mapping[str, Any]], where: _Lines) -> Iterator[str]:
    """What no view has, and names that an earlier view has."""
    names = [entry["name"].strip() for entry in raw]
    for number, entry in enumerate(raw, 1):
        place, own = where.nth("views", number), names[number - 1]
        yield from (f"{place}: a view has no {k!r}{nearest(k, _OF_VIEW)}" for k in entry if k not in _OF_VIEW)
        if own in names[: number - 1]:
            yield f"{place}: an earlier view is called {own!r}, too: `--view` shows the last of them"


def _table(raw: Any, name: str, where: _Lines) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise SettingsError(f"{where.at(name)}: {name} must be a table: {TABLES[name]}")
    return raw


def _strings(raw: Any, name: str, where: _Lines) -> Mapping[str, str]:
    table = _table(raw, name, where)
    wrong = [f"{name}.{key}" for key, value in table.items() if not isinstance(value, str)]
    if wrong:
        raise SettingsError(*(f"{where.at(dotted)}: {dotted} must be a text" for dotted in wrong))
    return table


def _dates(raw: Any, where: _Lines) -> Mapping[str, Mapping[str, date]]:
    out: dict[str, dict[str, date]] = {}
    wrong: list[str] = []
    for release, table in _table(raw, "dates", where).items():
        if not isinstance(table, Mapping):
            wrong.append(f"{where.at(f'dates.{release}')}: dates.{release} must be a table. {TABLES['dates']}")
            continue
        if slip := _slip_of_release(release, table):
            first = ".".join(("dates", release, *list(table)[:1]))
            wrong.append(f"{where.at(first)}: {slip}")
            continue
        for key, value in table.items():
            name = f"dates.{release}.{key}"
            if key not in DATE_FIELDS:
                wrong.append(f"{where.at(name)}: {name} is no date{nearest(key, DATE_FIELDS)}")
            elif not isinstance(value, date) or isinstance(value, datetime):
                wrong.append(f"{where.at(name)}: {name} must be a day like 2026-10-21, without quotes")
            else:
                out.setdefault(release, {})[key] = value
    if wrong:
        raise SettingsError(*wrong)
    return out


def _slip_of_release(release: str, table: Mapping[str, Any]) -> str:
    """What is wrong with the name of a table of dates; without quotes the dot in 1.10 makes two names of it."""
    minor = next(iter(table), "")
    if release.isdigit() and minor.isdigit():
        return f'a release stands in quotes, as "{release}.{minor}"'
    return "" if re.search(r"\d[.,]\d", release) else f"dates.{release} names no release. {TABLES['dates']}"

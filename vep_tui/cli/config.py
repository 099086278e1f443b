"""`vep-tui config`: where the settings are, what is in force, what is wrong, and how to change them; opens no store."""

from __future__ import annotations

import os
import shutil
import subprocess
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from vep_tui.cli.exits import FAILED, OK, USAGE, CommandError
from vep_tui.cli.out import tell
from vep_tui.cli.parts import api_url_said
from vep_tui.cli.slips import problems, slip_in
from vep_tui.core.cycle import plural
from vep_tui.core.shell import editor_words
from vep_tui.settings import OPTIONS, Config, SettingsError, ascii_said, option_named, read_config, standard_paths
from vep_tui.settings.errors import by_line, reason


def config(args: Namespace, env: Mapping[str, str]) -> int:
    """Perform one action on config.toml; raises `CommandError` for a slip in it."""
    if args.action not in ("set", "unset") and args.name is not None:
        raise CommandError(f"`vep-tui config {args.action}` takes no name; `config set NAME VALUE` does.", USAGE)
    try:
        path: Path = args.config or standard_paths("", None).config
        if args.action == "path":
            _say(args, str(path), path=str(path), exists=path.exists())
            return OK
        if args.action == "show":
            return _show(path, args, env)
        if args.action == "check":
            return _check(path, args)
        return _edit(path, args, env) if args.action == "edit" else _change(path, args)
    except SettingsError as slip:
        raise CommandError(str(slip), USAGE) from slip


def _show(path: Path, args: Namespace, env: Mapping[str, str]) -> int:
    found = read_config(path)
    rows = [in_force(name, found, args, env) for name in (option.name for option in OPTIONS)]
    rows += [(f"views.{view.name}", view.query, view.place) for view in found.views]
    rows += [(f"keys.{name}", keys, found.place(f"keys.{name}")) for name, keys in found.keys.items()]
    rows += [
        (f"dates.{release}.{name}", day.isoformat(), found.place(f"dates.{release}.{name}"))
        for release, days in found.dates.items()
        for name, day in days.items()
    ]
    rows += [(f"process.{name}", value, found.place(f"process.{name}")) for name, value in _flat(found.process)]
    from vep_tui.cli.tables import table
    from vep_tui.settings.toml_text import to_toml

    shown = [(name, to_toml(value) if not isinstance(value, str) else repr(value), why) for name, value, why in rows]
    names = ("name", "value", "from")
    settings = [dict(zip(names, row, strict=True)) for row in rows]
    _say(args, table([name.upper() for name in names], shown), settings=settings)
    return OK


def in_force(name: str, found: Config, args: Namespace, env: Mapping[str, str]) -> tuple[str, Any, str]:
    """A setting, what it is in this run, and who says so; the command line comes first, then the environment."""
    if name == "github.api_url":
        return name, *api_url_said(found, args.api_url, env)
    if name == "ui.ascii":
        return name, *ascii_said(found, env)
    if name == "profile" and args.profile:
        return name, args.profile, "--profile"
    return name, found[name], found.places.get(name, "default")


def _check(path: Path, args: Namespace) -> int:
    """Everything that can be known to be wrong without asking GitHub."""
    exists = path.exists()
    wrong: Sequence[str] = ()
    remarks: Sequence[str] = ()
    found: Config | None
    try:
        found = read_config(path)
    except SettingsError as slip:
        wrong, found = slip.slips, slip.rest
    if found is not None and exists:
        if args.profile:
            found = replace(found, values={**found.values, "profile": args.profile})
        more, remarks = problems(path, found)
        wrong = by_line((*wrong, *more))
    for text in by_line((*wrong, *(f"warning: {remark}" for remark in remarks))):
        tell(text)
    words = f"{path} is not there: defaults apply. `vep-tui config edit` begins one."
    if exists:
        warned = f", with {plural(len(remarks), 'warning')}" if remarks else ""
        words = f"{path} can be used{warned}."
    _say(args, "" if wrong else words, path=str(path), exists=exists, slips=list(wrong), warnings=list(remarks))
    return USAGE if wrong else OK


def _edit(path: Path, args: Namespace, env: Mapping[str, str]) -> int:
    from vep_tui.settings.writing import create

    create(path)
    try:
        words = editor_words(env, windows=os.name == "nt")
        # Windows finds no script such as code.cmd by its bare name.
        status = subprocess.call([shutil.which(words[0]) or words[0], *words[1:], str(path)])  # noqa: S603 - the user's
    except (OSError, ValueError) as trouble:
        raise CommandError(f"The editor could not be started ({reason(trouble)}): set $EDITOR.", FAILED) from trouble
    if status:
        raise CommandError(f"The editor ended with status {status}; the settings are in {path}.", FAILED)
    return _check(path, args)


def _change(path: Path, args: Namespace) -> int:
    from vep_tui.settings.entries import table_of, unset_entry
    from vep_tui.settings.writing import unset_option

    if args.name is None or (args.action == "set") != (args.value is not None):
        usage = "set NAME VALUE" if args.action == "set" else "unset NAME"
        raise CommandError(f"Write it as: vep-tui config {usage}.", USAGE)
    if args.action == "unset":
        in_table = table_of(args.name)
        done = (unset_entry if in_table else unset_option)(path, args.name)
        again = "switched off in the file" if in_table else "the default again"
        said = f"{args.name} is {again}." if done else f"{args.name} was not set."
        _say(args, said, path=str(path), name=args.name, set=False, changed=done)
        return OK
    change_setting(path, args.name, _from_here(args.name, args.value))
    for remark in problems(path, read_config(path))[1]:
        if f"{args.name}: " in remark:
            tell(f"warning: {remark}")
    _say(args, f"{args.name} is set in {path}.", path=str(path), name=args.name, set=True, changed=True)
    return OK


def _from_here(name: str, value: str) -> str:
    """A path as it is typed counts from here; in the file it would count from the file."""
    beside = name == "profile" and any(separator in value for separator in {"/", os.sep})
    return str(Path(value).expanduser().resolve()) if beside else value


def change_setting(path: Path, name: str, text: str) -> None:
    """Write a setting, or an entry of a table, as it is typed, if it can be used; raises `SettingsError`, OSError."""
    from vep_tui.settings.entries import table_of
    from vep_tui.settings.writing import set_option, value_of

    if table := table_of(name):
        from vep_tui.cli.config_entries import change_entry

        change_entry(path, table, name, text)
        return
    if (option := option_named(name)) is not None:
        slip = slip_in(name, value_of(option, text), read_config(path).process, path.parent)
        if slip:
            raise SettingsError(f"{name}: {slip}")
    set_option(path, name, text)


def _flat(tree: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in tree.items():
        name = f"{above}.{key}" if above else key
        found += _flat(value, name) if isinstance(value, Mapping) else [(name, value)]
    return found


def _say(args: Namespace, words: str, **fields: Any) -> None:
    """The words for people, where there are any, or with --json the fields as a document."""
    if args.json:
        from vep_tui.cli.as_json import printed

        words = printed(fields)
    if words:
        print(words)  # noqa: T201

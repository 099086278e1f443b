"""What is wrong with settings beyond their types: values that nothing can be done with; it changes none."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from vep_tui.settings import OPTIONS, Config, SettingsError, check_api_url
from vep_tui.settings.errors import by_line
from vep_tui.settings.nearest import nearest


def slip_in(name: str, value: Any, process: Mapping[str, Any], beside: Path) -> str:
    """What is wrong with the value of one setting, in words; nothing when it can be used.

    `process` are the overrides of the process data, `beside` the folder that a profile's path counts from.
    """
    from vep_tui.cli.profiles import load_process
    from vep_tui.core.process import ProcessError
    from vep_tui.core.shell import notify_words

    try:
        if name == "github.api_url":
            check_api_url(value)
        elif name in ("me.login", "me.reviewers"):
            return _slip_of_logins([value] if isinstance(value, str) else value)
        elif name == "profile":
            load_process(value, process, beside=beside)
        elif name == "ui.notify_command":
            notify_words(value, windows=os.name == "nt")
        elif name == "ui.theme":
            from vep_tui.tui.themes import theme_names

            names = theme_names()
            return "" if value in names else f"there is no theme {value!r}{nearest(value, names)}"
    except (SettingsError, ProcessError, ValueError) as slip:
        return str(slip)
    return ""


_LOGIN = re.compile(r"(?=.{1,39}(\[|$))[a-z0-9][a-z0-9-]*(_[a-z0-9]+)?(\[bot])?", re.IGNORECASE | re.ASCII)
"""GitHub's logins, those of companies with a short name behind a line, and those of apps."""


def _slip_of_logins(logins: Sequence[str]) -> str:
    """A login as GitHub knows it has no @ before it: nobody would be found by such a name."""
    wrong = next((login for login in logins if login and not _LOGIN.fullmatch(login)), "")
    return f"{wrong!r} is no login: write it as in 'octocat', without @ and blanks" if wrong else ""


def problems(path: Path, found: Config) -> tuple[list[str], list[str]]:
    """What must be mended in a file, and what may not do what was meant; each with the place where it stands."""
    from vep_tui.cli.profiles import load_process, unknown_overrides
    from vep_tui.core.filter import FilterError, parse
    from vep_tui.core.process import ProcessError
    from vep_tui.tui.commands import COMMANDS
    from vep_tui.tui.key_slips import key_problems

    names = tuple(command.name for command in COMMANDS)
    wrong = [
        f"{found.place(f'keys.{name}')}: keys.{name} is no command{nearest(name, names)}"
        for name in found.keys
        if name not in names
    ]
    known = {name: keys for name, keys in found.keys.items() if name in names}
    wrong += [f"{found.place(words.partition(':')[0])}: {words}" for words in key_problems(known)]
    for view in found.views:
        try:
            parse(view.query)
        except FilterError as slip:
            wrong.append(f"{view.place}: the view {view.name!r} cannot be shown: {slip}")
    slips = {option.name: slip_in(option.name, found[option.name], {}, path.parent) for option in OPTIONS}
    wrong += [f"{found.place(name)}: {name}: {slip}" for name, slip in slips.items() if slip]
    if slips["profile"]:
        return by_line(wrong), list(found.warnings)
    remarks = list(found.warnings)
    try:
        process = load_process(found["profile"], found.process, beside=path.parent)
        remarks += [
            f"{found.place('me.sigs')}: me.sigs: no such SIG is known here: {sig!r}{nearest(sig, process.known_sigs)}"
            for sig in found["me.sigs"]
            if sig not in process.known_sigs
        ]
    except ProcessError as slip:
        wrong.append(f"{found.place(str(slip).partition(' ')[0])}: {slip}")
    unknown = [*unknown_overrides(found["profile"], found.process, beside=path.parent), *_points_lost(path, found)]
    remarks += [f"{found.place(words.partition(' ')[0])}: {words}" for words in unknown]
    return by_line(wrong), by_line(remarks)


def _points_lost(path: Path, found: Config) -> Iterator[str]:
    """A list of a file takes the place of the profile's whole list: who adds one point may not know."""
    from vep_tui.cli.profiles import usual_value

    usual, own = usual_value(found["profile"], ("checklist",), beside=path.parent), found.process.get("checklist")
    if isinstance(usual, list) and isinstance(own, list):
        kept = [point.get("key") for point in own if isinstance(point, Mapping)]
        if lost := [point["key"] for point in usual if point["key"] not in kept]:
            yield f"process.checklist takes the place of all points of the profile; it lacks {', '.join(lost)}"

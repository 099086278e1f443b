"""What is wrong with settings beyond their types: values that nothing can be done with; it changes none."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vep_tui.settings import Config, SettingsError, check_api_url
from vep_tui.settings.nearest import nearest


def slip_in(name: str, value: Any, process: Mapping[str, Any], beside: Path) -> str:
    """What is wrong with the value of one setting, in words; nothing when it can be used.

    `process` are the overrides of the process data, `beside` the folder that a profile's path counts from.
    """
    from vep_tui.cli.profiles import load_process
    from vep_tui.core.process import ProcessError

    try:
        if name == "github.api_url":
            check_api_url(value)
        elif name == "profile":
            load_process(value, process, beside=beside)
        elif name == "ui.notify_command":
            shlex.split(value, posix=os.name != "nt")
        elif name == "ui.theme":
            from vep_tui.tui.themes import theme_names

            names = theme_names()
            return "" if value in names else f"there is no theme {value!r}{nearest(value, names)}"
    except (SettingsError, ProcessError, ValueError) as slip:
        return str(slip)
    return ""


_LOOKED_AT = ("github.api_url", "profile", "ui.theme", "ui.notify_command")


def problems(path: Path, found: Config) -> tuple[list[str], list[str]]:
    """What must be mended in a file, and what merely has no effect."""
    from vep_tui.cli.profiles import unknown_overrides
    from vep_tui.core.filter import FilterError, parse
    from vep_tui.core.process import ProcessError
    from vep_tui.tui.commands import COMMANDS, key_problems

    names = tuple(command.name for command in COMMANDS)
    wrong = [
        f"{found.places.get(f'keys.{name}', path)}: keys.{name} is no command{nearest(name, names)}"
        for name in found.keys
        if name not in names
    ]
    wrong += [f"{path}: {words}" for words in key_problems({n: k for n, k in found.keys.items() if n in names})]
    for view in found.views:
        try:
            parse(view.query)
        except FilterError as slip:
            wrong.append(f"{path}: the view {view.name!r}: {slip}")
    slips = {name: slip_in(name, found[name], found.process, path.parent) for name in _LOOKED_AT}
    wrong += [f"{found.places.get(name, path)}: {name}: {slip}" for name, slip in slips.items() if slip]
    try:
        unknown = unknown_overrides(found["profile"], found.process, beside=path.parent)
    except ProcessError:
        unknown = ()  # the profile was named already
    return wrong, [*found.warnings, *(f"{path}: {words}" for words in unknown)]

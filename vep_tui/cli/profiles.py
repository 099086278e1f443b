"""Finds the profile of a run, built in or a file of the user's, and makes its process; it follows none itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import vep_tui
from vep_tui.core.process import Process, ProcessError, read_process
from vep_tui.settings import DEFAULT_PROFILE, merge
from vep_tui.settings.errors import reason
from vep_tui.settings.nearest import nearest

_USUAL = ("thresholds", "weights", "stale", "bots")
"""Tables that a profile need not write: what it leaves out is as in the default one."""
_SPARE = ("time_box", "addresses")
"""Tables that are empty where a profile leaves them out."""
_TOLD = 3
"""Slips of a profile that are told at once."""


def built_in() -> dict[str, Path]:
    """The profiles that come along, by name, the default one first."""
    folder = Path(vep_tui.__file__).parent
    others = {path.stem: path for path in sorted((folder / "profiles").glob("*.toml"))}
    return {DEFAULT_PROFILE: folder / "process.toml"} | others


def load_process(profile: str, overrides: Mapping[str, Any], *, beside: Path | None = None) -> Process:
    """The process of a profile, a name or the path of a TOML file, with overrides; raises `ProcessError`.

    A relative path counts from the folder `beside`, or from the working directory.
    """
    data = _data(profile, beside)
    whole = merge(data, overrides)
    if overrides:
        from vep_tui.cli.profile_slips import meaningless, of_another_kind

        if slip := next(of_another_kind(data, overrides, "process"), ""):
            raise ProcessError(slip)
        if slip := next(meaningless(whole, _lint_rules()), ""):
            raise ProcessError(f"process.{slip}")
    try:
        return read_process(whole)
    except ProcessError as trouble:
        # A word that the process lacks is more likely to be the cause than what came of it.
        slip = next(iter(unknown_overrides(profile, overrides, beside=beside)), f"profile {profile}: {trouble}")
        raise ProcessError(slip) from trouble


def usual_value(profile: str, words: Sequence[str], *, beside: Path | None = None) -> Any:
    """What a profile has under these words, one table after another; None where it has nothing."""
    inner: Any = _data(profile, beside)
    for word in words:
        inner = inner.get(word) if isinstance(inner, Mapping) else None
    return inner


def unknown_overrides(profile: str, overrides: Mapping[str, Any], *, beside: Path | None = None) -> tuple[str, ...]:
    """The overrides that change nothing because the process has no such word, in sentences."""
    from vep_tui.cli.profile_slips import unknown

    return tuple(unknown(_data(profile, beside), overrides, "process"))


def _data(profile: str, beside: Path | None) -> dict[str, Any]:
    known = built_in()
    data = _parsed(known[profile], profile) if profile in known else _own(profile, beside, tuple(known))
    if profile == DEFAULT_PROFILE:
        return data
    usual = _parsed(known[DEFAULT_PROFILE], DEFAULT_PROFILE)
    return merge({**{name: {} for name in _SPARE}, **{name: usual[name] for name in _USUAL}}, data)


def _own(profile: str, beside: Path | None, known: tuple[str, ...]) -> dict[str, Any]:
    """The contents of a user's file, whose name must be its own: stores are kept apart by it."""
    path = Path(profile).expanduser()
    path = path if path.is_absolute() or beside is None else beside / path
    if not path.suffix and not path.exists():
        raise ProcessError(f"There is no profile or TOML file {profile!r}{nearest(profile, known)}")
    data = _parsed(path, str(path))
    if data.get("name") in known:
        raise ProcessError(f"The profile {path} calls itself {data['name']!r}, as a built-in one does: rename it.")
    if slips := _slips_in(data):
        more = f" (and {len(slips) - _TOLD} more)" if len(slips) > _TOLD else ""
        raise ProcessError(f"profile {path}: {'; '.join(slips[:_TOLD])}{more}")
    return data


def _slips_in(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What is wrong with a user's profile, beside the built-in ones: they are whole, and have every word there is."""
    from vep_tui.cli.profile_slips import meaningless, missing, of_another_kind, unknown

    whole = [_parsed(path, name) for name, path in built_in().items()]
    known = reduce(merge, reversed(whole))
    needed = [{key: value for key, value in one.items() if key not in (*_USUAL, *_SPARE)} for one in whole]
    slips = (*of_another_kind(known, data), *unknown(known, data), *missing(needed, data))
    return slips or tuple(meaningless(data, _lint_rules()))


def _lint_rules() -> tuple[str, ...]:
    """The default profile uses all that there are."""
    rules: list[str] = _parsed(built_in()[DEFAULT_PROFILE], DEFAULT_PROFILE)["tracker"]["rules"]
    return tuple(rules)


def _parsed(path: Path, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as slip:
        raise ProcessError(f"profile {where}: {slip}") from slip
    except (OSError, UnicodeDecodeError) as trouble:
        raise ProcessError(f"The profile {where} cannot be read: {reason(trouble)}") from trouble

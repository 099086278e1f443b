"""Finds the profile of a run, built in or a file of the user's, and makes its process; it follows none itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import vep_tui
from vep_tui.core.process import Process, ProcessError, read_process
from vep_tui.settings import DEFAULT_PROFILE, merge
from vep_tui.settings.nearest import nearest

_USUAL = ("thresholds", "weights", "stale", "bots")
"""Tables that a profile need not write: what it leaves out is as in the default one."""
_FREE = ("kinds", "statuses", "time_box", "fields", "lists")
"""Tables whose keys are the community's own."""


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
    if wrong := next(_of_another_kind(data, overrides, "process"), ""):
        raise ProcessError(wrong)
    try:
        return read_process(merge(data, overrides))
    except ProcessError as slip:
        raise ProcessError(f"profile {profile}: {slip}") from slip


_KINDS: dict[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table",
}


def _of_another_kind(data: Mapping[str, Any], overrides: Mapping[str, Any], above: str) -> Iterator[str]:
    """The overrides that are a text where a number is wanted, and the like, in sentences that begin with the name."""
    for key, value in overrides.items():
        wanted = type(data[key]) if key in data else type(value)
        if isinstance(value, Mapping) and wanted is dict:
            yield from _of_another_kind(data.get(key, {}), value, f"{above}.{key}")
        elif type(value) is not wanted and not (wanted is float and type(value) is int):
            example = "" if wanted in (list, dict) else f", as {data[key]!r} is"
            yield f"{above}.{key} must be {_KINDS.get(wanted, wanted.__name__)}{example}"


def usual_value(profile: str, words: Sequence[str], *, beside: Path | None = None) -> Any:
    """What a profile has under these words, one table after another; None where it has nothing."""
    inner: Any = _data(profile, beside)
    for word in words:
        inner = inner.get(word) if isinstance(inner, Mapping) else None
    return inner


def unknown_overrides(profile: str, overrides: Mapping[str, Any], *, beside: Path | None = None) -> tuple[str, ...]:
    """The overrides that change nothing because the process has no such word, in sentences."""
    return tuple(_unknown(_data(profile, beside), overrides, "process"))


def _unknown(data: Mapping[str, Any], overrides: Mapping[str, Any], above: str) -> Iterator[str]:
    for key, value in overrides.items():
        name = f"{above}.{key}"
        if key not in data:
            yield f"{name} changes nothing{nearest(key, tuple(data))}"
        elif isinstance(value, Mapping) and isinstance(data[key], Mapping) and key not in _FREE:
            yield from _unknown(data[key], value, name)


def _data(profile: str, beside: Path | None) -> dict[str, Any]:
    known = built_in()
    data = _parsed(known[profile], profile) if profile in known else _own(profile, beside, tuple(known))
    if profile == DEFAULT_PROFILE:
        return data
    usual = _parsed(known[DEFAULT_PROFILE], DEFAULT_PROFILE)
    return merge({"time_box": {}, **{name: usual[name] for name in _USUAL}}, data)


def _own(profile: str, beside: Path | None, known: tuple[str, ...]) -> dict[str, Any]:
    """The contents of a user's file, whose name must be its own: stores are kept apart by it."""
    path = Path(profile).expanduser()
    path = path if path.is_absolute() or beside is None else beside / path
    if not path.suffix and not path.exists():
        raise ProcessError(f"There is no profile {profile!r}{nearest(profile, known)}; or give the path of a TOML file")
    data = _parsed(path, str(path))
    if data.get("name") in known:
        raise ProcessError(f"The profile {path} calls itself {data['name']!r}, as a built-in one does: rename it.")
    return data


def _parsed(path: Path, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as slip:
        raise ProcessError(f"profile {where}: {slip}") from slip
    except (OSError, UnicodeDecodeError) as trouble:
        raise ProcessError(f"The profile {where} cannot be read: {trouble}") from trouble

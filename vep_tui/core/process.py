"""The process as typed values: what process.toml (and overrides of it) says; it decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vep_tui.core.models import ItemSpec, PrKind


class ProcessError(ValueError):
    """The process data lacks something or holds the wrong type; the text names the key."""


@dataclass(frozen=True, slots=True)
class Process:
    """One community's enhancement process (process.toml, section by section)."""

    name: str
    title: str
    proposal: str
    """What a proposal is called: "VEP"."""
    repositories: Mapping[str, str]
    """Role (enhancements, release, community, code, docs) to `owner/name`."""
    kinds: Mapping[str, PrKind]
    """`owner/name` (case-folded) to what its pull requests are for."""
    paths: Mapping[str, str]
    sign_off_sigs: tuple[str, ...]
    known_sigs: tuple[str, ...]
    labels: Mapping[str, str]
    checklist: tuple[ItemSpec, ...]
    schedule: Mapping[str, Any]
    bots: tuple[str, ...]
    """Case-folded logins; a tuple, because the repr of a process must be the same in every run."""
    stale: Mapping[str, Mapping[str, int]]
    time_box: Mapping[str, int]
    thresholds: Mapping[str, int]
    board: Mapping[str, Any]
    weights: Mapping[str, float]
    commands: Mapping[str, tuple[str, ...]]

    @property
    def enhancements(self) -> str:
        """`owner/name` of the repository with trackers and documents."""
        return self.repositories["enhancements"]

    def item(self, key: str) -> ItemSpec | None:
        """The checklist item with this key."""
        return next((i for i in self.checklist if i.key == key), None)


def read_process(data: Mapping[str, Any]) -> Process:
    """Build a `Process` from parsed TOML; raises `ProcessError` that names what is wrong."""
    try:
        repositories = {k: v for k, v in data["repositories"].items() if isinstance(v, str)}
        return Process(
            name=data["name"],
            title=data["title"],
            proposal=data["proposal"],
            repositories=repositories,
            kinds={k.casefold(): PrKind(v) for k, v in data["repositories"]["kinds"].items()},
            paths=dict(data["paths"]),
            sign_off_sigs=tuple(data["sigs"]["sign_off"]),
            known_sigs=tuple(data["sigs"]["known"]),
            labels=dict(data["labels"]),
            checklist=tuple(ItemSpec(i["key"], i["title"], i["short"]) for i in data["checklist"]),
            schedule=dict(data["schedule"]),
            bots=tuple(b.casefold() for b in data["bots"]["logins"]),
            stale={k: dict(v) for k, v in data["stale"].items()},
            time_box=dict(data["time_box"]),
            thresholds=dict(data["thresholds"]),
            board=dict(data["board"]),
            weights={k: float(v) for k, v in data["weights"].items()},
            commands={k: tuple(v) for k, v in data["commands"].items()},
        )
    except KeyError as missing:
        raise ProcessError(f"the process data has no {missing}") from missing
    except (AttributeError, TypeError, ValueError) as wrong:
        raise ProcessError(f"the process data is not usable: {wrong}") from wrong

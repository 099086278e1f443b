"""The process as typed values: what process.toml (and overrides of it) says; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vep_tui.core.fields import NEEDS
from vep_tui.core.models import ItemSpec, PrKind


class ProcessError(ValueError):
    """The process data lacks something or holds the wrong type; the text names the key."""


class TrackerWords(NamedTuple):
    """The words of a community's tracking issues; hashable, so that what is made of them is made once."""

    proposal: str
    """What stands before the number in a title."""
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    """Field (a name of `core.sections.Field`, in lower case) to what its headings begin with, in lower case."""
    bare: tuple[str, ...]
    """Headings that count without any markup, in lower case."""
    list_items: bool
    """True where the template's headings are list items: "- Primary contact: @alice"."""
    lists: tuple[tuple[PrKind, tuple[str, ...]], ...]
    """Kind to the words that stand before "PRs" where such pull requests are listed; a plural is understood."""
    headings: tuple[tuple[PrKind, str], ...]
    """What the template calls those lists, in its order."""
    rules: tuple[str, ...]
    """The lint rules that make sense here."""
    common: tuple[str, ...]
    """Words so common in titles that sharing one says nothing, in lower case."""
    projects: tuple[str, ...]
    """Names that people write before a version ("kubevirt 1.9"), in lower case."""

    def heading(self, kind: PrKind) -> str:
        """What the template calls the list of these pull requests."""
        return next((words for k, words in self.headings if k is kind), "PRs")


class Process(NamedTuple):
    """One community's enhancement process (process.toml, section by section)."""

    name: str
    title: str
    proposal: str
    """What a proposal is called: "VEP"."""
    repositories: Mapping[str, str]
    """Role (enhancements, release, community, code, docs) to `owner/name`."""
    kinds: Mapping[str, PrKind]
    """`owner/name` (case-folded) to what its pull requests are for."""
    addresses: Mapping[str, str]
    """Host of short addresses to what stands for it on GitHub: `owner/name/issues` or `owner/name/pull`."""
    paths: Mapping[str, str]
    sign_off_sigs: tuple[str, ...]
    known_sigs: tuple[str, ...]
    release_sig: str
    """The SIG that looks after every other's VEPs; empty where there is none."""
    labels: Mapping[str, str]
    statuses: Mapping[str, str]
    """Label (case-folded) to the status it stands for, where labels say what a board says elsewhere."""
    tracker: TrackerWords
    checklist: tuple[ItemSpec, ...]
    schedule: Mapping[str, Any]
    bots: tuple[str, ...]
    """Case-folded logins; a tuple, because the repr of a process must be the same in every run."""
    stale: Mapping[str, Mapping[str, int]]
    time_box: Mapping[str, int]
    thresholds: Mapping[str, int]
    board: Mapping[str, Any]
    mail: Mapping[str, str]
    """`list`: the address that letters go to; empty where a community has none."""
    weights: Mapping[str, float]
    commands: Mapping[str, tuple[str, ...]]
    may_write: bool
    """False where this tool only reads: nothing is put into the outbox."""

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
            addresses={str(k): str(v) for k, v in data.get("addresses", {}).items()},
            paths=dict(data["paths"]),
            sign_off_sigs=tuple(data["sigs"]["sign_off"]),
            known_sigs=tuple(data["sigs"]["known"]),
            release_sig=str(data["sigs"].get("release", "")),
            labels=dict(data["labels"]),
            statuses={str(k).casefold(): str(v) for k, v in data.get("statuses", {}).items()},
            tracker=_tracker_words(data),
            checklist=tuple(ItemSpec(i["key"], i["title"], i["short"]) for i in data["checklist"]),
            schedule=dict(data["schedule"]),
            bots=tuple(b.casefold() for b in data["bots"]["logins"]),
            stale={k: dict(v) for k, v in data["stale"].items()},
            time_box=dict(data["time_box"]),
            thresholds=dict(data["thresholds"]),
            board=dict(data["board"]),
            mail={k: str(v) for k, v in data.get("mail", {}).items()},
            weights=_weights(data["weights"]),
            commands={k: tuple(v) for k, v in data["commands"].items()},
            may_write=bool(data["writing"]["comments"]),
        )
    except KeyError as missing:
        raise ProcessError(f"the process data has no {missing}") from missing
    except ProcessError:
        raise
    except (AttributeError, TypeError, ValueError) as wrong:
        raise ProcessError(f"the process data is not usable: {wrong}") from wrong


def _weights(given: Mapping[str, Any]) -> dict[str, float]:
    """A weight for every reason there is: one that is left out would be silent, and nobody would know why."""
    for key in (key for found in NEEDS.values() for key in found):
        if key not in given:
            raise ProcessError(f"the process data has no weight for {key!r}: name it under [weights], as 0 to hide it")
    return {k: float(v) for k, v in given.items()}


def _tracker_words(data: Mapping[str, Any]) -> TrackerWords:
    words = data["tracker"]
    return TrackerWords(
        proposal=str(data["proposal"]),
        fields=tuple((name, _folded(beginnings)) for name, beginnings in words["fields"].items()),
        bare=_folded(words["bare"]),
        list_items=bool(words["list_items"]),
        lists=tuple((PrKind(kind), tuple(names)) for kind, names in words["lists"].items()),
        headings=tuple((PrKind(kind), str(heading)) for kind, heading in words["headings"].items()),
        rules=tuple(words["rules"]),
        common=_folded(words["common"]),
        projects=_folded((data["name"], data["title"])),
    )


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word).casefold() for word in words))

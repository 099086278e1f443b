"""The words of the process: stages, states, verdicts, phases as enumerations, and the items of its checklist."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """A graduation stage of a VEP; the tracker's "Stable" is `GA`."""

    ALPHA = "alpha"
    BETA = "beta"
    GA = "ga"


def stage_word(stage: str | None, unknown: str = "this release") -> str:
    """A stage, or its value, as people read it: alpha, beta, GA; `unknown` where there is none."""
    return "GA" if stage == Stage.GA else str(stage) if stage else unknown


class TrackerStage(StrEnum):
    """The words a tracker's Current Feature Stage may hold."""

    NEW = "new"
    ALPHA = "alpha"
    BETA = "beta"
    GA = "ga"
    DEPRECATED = "deprecated"


class PrKind(StrEnum):
    """What a pull request is for a VEP."""

    VEP = "vep"
    CODE = "code"
    DOCS = "docs"
    OTHER = "other"


class PrState(StrEnum):
    """Where a pull request stands; `UNKNOWN` when we know only its number."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """What a sync fetches, in the words in which it is told."""

    PEOPLE = "people and schedules"
    DOCUMENTS = "documents"
    ISSUES = "issues"
    PROPOSALS = "VEP pull requests"
    DOCS_PULLS = "docs pull requests"
    PICKS = "picks"
    BUGS = "bugs"
    LINKED = "linked pull requests"
    BRANCHES = "release branches"


class InRelease(StrEnum):
    """Whether a change is in the release branch; unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ItemState(StrEnum):
    """State of a checklist item; `NA` means "does not apply"."""

    TODO = "todo"
    DONE = "done"
    NA = "na"


class Verdict(StrEnum):
    """What GitHub shows about a checklist item."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Delivery(StrEnum):
    """How far a wish has come on its way to GitHub."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"


class Phase(StrEnum):
    """Where a release stands in its cycle."""

    DESIGN = "design"
    IMPLEMENTATION = "implementation"
    STABILISATION = "stabilisation"
    RELEASED = "released"
    UNKNOWN = "unknown"


class SignOffState(StrEnum):
    """Acknowledgement of one SIG on a VEP pull request; `STALE` when the last push is newer."""

    GIVEN = "given"
    STALE = "stale"
    NONE = "none"


SIGNED = {
    SignOffState.GIVEN: "given",
    SignOffState.STALE: "older than the last push",
    SignOffState.NONE: "none",
}
"""Such an acknowledgement as people read it."""


class ItemSpec(NamedTuple):
    """A checklist item of the process (process.toml)."""

    key: str
    title: str
    """The sentence on the comment and in the pane; `{branch}` is the release branch."""
    short: str

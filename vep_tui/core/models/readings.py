"""What foreign text says once it is read: trackers, documents, schedules and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vep_tui.core.models.words import PrKind, Stage, TrackerStage


@dataclass(frozen=True, slots=True)
class Targets:
    """Target release per stage as "1.9", or None where none is named."""

    alpha: str | None = None
    beta: str | None = None
    ga: str | None = None

    def of(self, stage: Stage) -> str | None:
        """The target of one stage."""
        return (self.alpha, self.beta, self.ga)[list(Stage).index(stage)]

    def __bool__(self) -> bool:
        return any((self.alpha, self.beta, self.ga))


@dataclass(frozen=True, slots=True)
class ListedPr:
    """A pull request that the tracker's body names under a stage and a kind."""

    ref: str
    kind: PrKind
    stage: Stage | None


@dataclass(frozen=True, slots=True)
class Tracker:
    """What the title and body of a tracking issue say (template: .github/ISSUE_TEMPLATE/vep.md)."""

    title: str = ""
    """Text behind the VEP prefix and any `[Prefix]`."""
    title_number: int | None = None
    is_tracker: bool = False
    """True when the title or the body has the shape of a VEP tracker."""
    primary_sig: str | None = None
    other_sigs: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    stage: TrackerStage | None = None
    stage_raw: str = ""
    feature_gates: tuple[str, ...] = ()
    targets: Targets = Targets()
    enhancement_links: tuple[str, ...] = ()
    listed: tuple[ListedPr, ...] = ()
    """In the order of the body."""
    stages_ticked: tuple[Stage, ...] = ()
    placeholders: tuple[str, ...] = ()
    """Template placeholders left in the text, such as `$SIG`."""
    mentioned: tuple[str, ...] = ()
    """Every `owner/repo#n` the body names anywhere."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a stage's graduation requirements."""

    text: str
    done: bool | None
    """Ticked, not ticked, or None for a line without a box."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a `vep.md` says: front matter where present, else its prose sections."""

    title: str = ""
    title_number: int | None = None
    targets: Targets = Targets()
    status: str | None = None
    """Front matter `status`: provisional, implementable, implemented, deferred, ..."""
    owning_sig: str | None = None
    participating_sigs: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    feature_gates: tuple[str, ...] = ()
    stage: Stage | None = None
    """Front matter `stage`."""
    tracking_issue: int | None = None
    """Front matter `vep-number`, else the number in the first heading."""
    graduation: tuple[tuple[Stage, tuple[Criterion, ...]], ...] = ()
    history: tuple[str, ...] = ()
    """`owner/repo#n` named in the implementation history, in order."""
    mentioned: tuple[str, ...] = ()
    has_front_matter: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated row of a release schedule that concerns KubeVirt."""

    day: date
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Release:
    """The calendar of one release (kubevirt/sig-release, releases/vX.Y/schedule.yaml)."""

    version: str
    """ "1.9"."""
    enhancement_freeze: date | None = None
    code_freeze: date | None = None
    ga: date | None = None
    branch: str | None = None
    """Release branch, as in "release-1.9"."""
    candidates: tuple[tuple[int, date], ...] = ()
    """Release candidates as (n, day)."""
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Who belongs to which SIG, merged from OWNERS, OWNERS_ALIASES, sigs.yaml and a local list.

    Handles keep the first spelling met and compare case-insensitively.
    """

    sigs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(sig, members) pairs."""
    chairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    approvers: tuple[str, ...] = ()
    """Root OWNERS approvers of the enhancements repository: the only ones whose /approve counts."""
    reviewers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Everyone else who may speak: release team, local list."""

    def sigs_of(self, login: str) -> tuple[str, ...]:
        """The SIGs a person belongs to, in a stable order."""
        name = login.casefold()
        return tuple(s for s, who in self.sigs if any(w.casefold() == name for w in who))

    def members(self, sig: str) -> tuple[str, ...]:
        """Members of one SIG."""
        return next((who for s, who in self.sigs if s == sig), ())

    def is_approver(self, login: str) -> bool:
        """True for a root approver."""
        return login.casefold() in {a.casefold() for a in self.approvers}

    def may_speak(self, login: str) -> bool:
        """True when a comment of this person may count for a SIG."""
        everyone = (*self.approvers, *self.reviewers, *self.others, *(w for _, who in self.sigs for w in who))
        return login.casefold() in {w.casefold() for w in everyone}

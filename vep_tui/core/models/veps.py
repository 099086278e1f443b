"""What we make of it all: a VEP and its pull requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from vep_tui.core.models.checklists import Checklist
from vep_tui.core.models.github import Issue, PullRequest
from vep_tui.core.models.readings import Document, Targets, Tracker
from vep_tui.core.models.rows import Reason
from vep_tui.core.models.words import InRelease, PrKind, SignOffState, Stage


@dataclass(frozen=True, slots=True)
class LinkedPr:
    """A pull request of a VEP: the pull request, what it is for, and how we know of it."""

    pull: PullRequest
    kind: PrKind
    stage: Stage | None = None
    listed: bool = False
    """The tracker's body names it under its VEP, Code or Docs PRs."""
    referenced: bool = False
    """It refers to the VEP itself: cross-reference, body or title."""
    found: tuple[str, ...] = ()
    """Where it was found: tracker, document, cross-reference, body, title, path, pick, docs-repo."""
    in_release: InRelease = InRelease.UNKNOWN
    picked_by: str | None = None
    """`owner/repo#n` of the cherry-pick that carries it."""
    candidate: bool = False
    """A guess that a person has not confirmed; never counted as fact."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Acknowledgement of one SIG."""

    sig: str
    state: SignOffState
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The last word of a reviewer on the progress of a VEP."""

    by: str
    at: datetime
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Lint:
    """A slip in a tracker, with the exact ask."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Vep:
    """A VEP as the reviewer sees it; identity is the issue number."""

    issue: Issue
    tracker: Tracker
    document: Document | None = None
    document_path: str | None = None
    owning_sig: str | None = None
    other_sigs: tuple[str, ...] = ()
    label_sigs: tuple[str, ...] = ()
    targets: Targets = field(default_factory=Targets)
    stage: Stage | None = None
    """The stage this VEP is heading for in `release`."""
    release: str | None = None
    """The release in focus."""
    board_status: str | None = None
    board_reviewer: str | None = None
    """Who the board names as VEP reviewer: empty when nobody, None when the board was not read."""
    pulls: tuple[LinkedPr, ...] = ()
    checklist: Checklist = field(default_factory=lambda: Checklist(None))
    comments_ignored: tuple[str, ...] = ()
    """Authors of checklist comments who may not speak for a SIG."""
    sign_offs: tuple[SignOff, ...] = ()
    last_check_in: CheckIn | None = None
    reasons: tuple[Reason, ...] = ()
    lint: tuple[Lint, ...] = ()
    score: float = 0.0

    @property
    def number(self) -> int:
        """The number of the tracking issue: the VEP's identity."""
        return self.issue.number

    @property
    def set_aside(self) -> bool:
        """The status of its document says that nothing of it is to come for now, or ever."""
        return self.document is not None and self.document.set_aside

    @property
    def gates(self) -> tuple[str, ...]:
        """The feature gates by their tracker, or by the document where the tracker names none."""
        return self.tracker.feature_gates or (self.document.feature_gates if self.document else ())

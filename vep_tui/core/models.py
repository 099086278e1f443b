"""The nouns of vep-tui: frozen values that every room shares; no behaviour beyond reading themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Stage(StrEnum):
    """A graduation stage of a VEP; the tracker's "Stable" is `GA`."""

    ALPHA = "alpha"
    BETA = "beta"
    GA = "ga"


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


# ---------------------------------------------------------------- what GitHub says


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of an issue or pull request, or the body of a review."""

    id: str
    """GraphQL node id."""
    database_id: str
    """`fullDatabaseId`; a string because live ids passed 2^31. Empty when unknown."""
    author: str
    """Login, or "ghost" for a deleted account."""
    body: str
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None = None
    """When the body was last edited, if ever."""
    url: str = ""
    minimized: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted review of a pull request."""

    author: str
    state: str
    """GitHub's word: APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED."""
    body: str
    submitted_at: datetime
    commit: str = ""
    """Oid of the head that was reviewed."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request as GitHub shows it; the lists are filled only for VEP pull requests."""

    ref: str
    """`owner/repo#number`."""
    title: str = ""
    state: PrState = PrState.UNKNOWN
    url: str = ""
    node_id: str = ""
    author: str = ""
    body: str = ""
    is_draft: bool = False
    base: str = ""
    """Name of the base branch."""
    head_oid: str = ""
    merge_oid: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    labels: tuple[str, ...] = ()
    changed_files: int | None = None
    changed_lines: int | None = None
    """Added and deleted lines together; None when not fetched."""
    files: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    comments: tuple[Comment, ...] = ()
    review_requests: tuple[str, ...] = ()
    """Logins, and teams as `org/team`."""
    last_push_at: datetime | None = None
    """Committed date of the newest commit."""

    @property
    def repository(self) -> str:
        """`owner/repo`."""
        return self.ref.partition("#")[0]

    @property
    def number(self) -> int:
        """The number behind the `#`."""
        return int(self.ref.partition("#")[2] or 0)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the enhancements repository with its conversation and the references to it."""

    number: int
    title: str
    body: str
    state: str
    """"open" or "closed"."""
    url: str
    author: str
    created_at: datetime
    updated_at: datetime
    node_id: str = ""
    closed_at: datetime | None = None
    locked: bool = False
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    """In thread order, oldest first."""
    references: tuple[PullRequest, ...] = ()
    """Pull requests that refer to this issue (cross-references)."""


@dataclass(frozen=True, slots=True)
class Bug:
    """An issue or pull request labelled as a bug in one of the code repositories."""

    ref: str
    title: str
    body: str
    state: str
    """"open" or "closed"."""
    url: str = ""
    labels: tuple[str, ...] = ()


# ---------------------------------------------------------------- what foreign text says


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


# ---------------------------------------------------------------- what we make of it


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
class Evidence:
    """What GitHub shows about a checklist item; it never ticks one."""

    verdict: Verdict
    summary: str
    """One sentence, plain text."""
    facts: tuple[str, ...] = ()
    """Further sentences, each may end in a URL."""


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """A checklist item of the process (process.toml)."""

    key: str
    title: str
    """The sentence on the comment and in the pane; `{branch}` is the release branch."""
    short: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one reviewer's comment says about one item."""

    key: str
    state: ItemState
    at: datetime
    note: str = ""
    evidence: str = ""
    """The evidence sentence written when the item was set; empty if none."""


@dataclass(frozen=True, slots=True)
class ChecklistComment:
    """A reviewer's checklist comment, read from its visible task list."""

    author: str
    release: str
    op: str
    """Operation id of the marker."""
    statements: tuple[Statement, ...]
    comment: Comment
    counts: bool
    """False when the author may not speak for a SIG: shown, but ticks nothing."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A reviewer's wish about one item, as it lies in the outbox."""

    id: int
    number: int
    release: str
    item: str
    state: ItemState
    note: str
    evidence: str
    """Evidence sentence at the key press."""
    seen: str
    """JSON of what the user saw when pressing: {"state": ..., "by": ...}; empty when nothing was known."""
    created_at: datetime
    delivery: Delivery
    reason: str = ""
    """Why it is held or in doubt, for the user."""
    comment_url: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item as the user sees it: statements merged over reviewers, waiting wishes laid over it."""

    key: str
    title: str
    state: ItemState = ItemState.TODO
    by: str | None = None
    at: datetime | None = None
    note: str = ""
    delivery: Delivery | None = None
    reason: str = ""
    """Why the wish is held; empty otherwise."""
    evidence: Evidence = Evidence(Verdict.UNKNOWN, "")
    turned: bool = False
    """Done, but the evidence is no longer what it was when it was ticked."""
    voices: tuple[tuple[str, ItemState, bool], ...] = ()
    """(author, state, counts) of every reviewer who said something explicit."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The five post-Code-Freeze points of one VEP in one release."""

    release: str | None
    items: tuple[ChecklistItem, ...] = ()

    @property
    def done(self) -> int:
        """Items that are done or do not apply."""
        return sum(i.state is not ItemState.TODO for i in self.items)


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
class Reason:
    """Why a row of the queue wants somebody."""

    reason: str
    """Stable key, as in process.toml's weights: "docs-missing"."""
    text: str
    since: datetime | None = None
    weight: float = 0.0
    mine: bool = True
    """False when it is nobody's or somebody else's turn: it must not shout."""


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
    targets: Targets = Targets()
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


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row of the queue: a VEP, or an open VEP pull request."""

    number: int
    kind: str
    """"vep" or "pr"."""
    vep: int | None
    """The VEP a pull request belongs to; the number itself for a VEP; None when unknown."""
    title: str
    owning_sig: str | None
    stage: str | None
    release: str | None
    state: str
    reasons: tuple[Reason, ...]
    score: float
    checklist_done: int
    checklist_total: int
    updated_at: datetime
    waiting: int = 0
    held: int = 0
    unread: bool = False

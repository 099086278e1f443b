"""What foreign text says once it is read: trackers and documents."""

from __future__ import annotations

from dataclasses import dataclass

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

    @property
    def status_word(self) -> str:
        """The status without a remark behind it: "withdrawn" of "withdrawn, see #12"; empty when there is none."""
        return (self.status or "").strip("\"' ").partition(" ")[0].rstrip(",.;:")

    @property
    def set_aside(self) -> bool:
        """Its status says that nothing of it is to come for now, or ever."""
        return self.given_up or self.status_word == "deferred"

    @property
    def finished(self) -> bool:
        """Its status says that it has reached GA and is complete."""
        return self.status_word == "implemented"

    @property
    def given_up(self) -> bool:
        """Its status says that nothing of it is to come: rejected, withdrawn or replaced."""
        return self.status_word in ("rejected", "withdrawn", "replaced")

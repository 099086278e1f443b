"""Puts one VEP together from everything the mirror knows; it reads nothing by itself and decides nothing for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vep_tui.core.models import Bug, Document, Issue, PullRequest, Tick, Tracker, Vep
from vep_tui.core.world import World


@dataclass(frozen=True, slots=True)
class Sources:
    """What the mirror and the outbox hold for one VEP; more than belongs to it does no harm, it is sorted out here."""

    document: Document | None = None
    document_path: str | None = None
    """Path in the enhancements repository, chosen by `core.links.document_path_for`."""
    document_changed_by: tuple[PullRequest, ...] = ()
    """Open pull requests that change the document."""
    proposals: tuple[PullRequest, ...] = ()
    """Open pull requests of the enhancements repository that belong or may belong to the VEP."""
    pulls: Mapping[str, PullRequest] = field(default_factory=dict)
    """Known pull requests by ref in lower case (`core.links.key_of`)."""
    docs_pulls: tuple[PullRequest, ...] = ()
    """Pull requests of the docs repository, among which unlisted candidates are looked for."""
    picks: tuple[PullRequest, ...] = ()
    """Pull requests of the code repository whose base is a release branch."""
    contains: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    """(branch, merge oid) to whether the branch contains it, as GitHub compared them."""
    bugs: tuple[Bug, ...] = ()
    board: Mapping[str, str] | None = None
    """Field name to value on the project board; None when the board could not be read."""
    decisions: Mapping[str, bool] = field(default_factory=dict)
    """Docs candidates a person confirmed (True) or rejected (False), by ref in lower case."""
    ticks: tuple[Tick, ...] = ()
    """Wishes of the outbox about this VEP."""


def assemble(issue: Issue, sources: Sources, world: World) -> Vep:  # noqa: ARG001
    """The VEP of this tracking issue as a reviewer sees it at `world.now`."""
    return Vep(issue=issue, tracker=Tracker(), document=sources.document, document_path=sources.document_path)

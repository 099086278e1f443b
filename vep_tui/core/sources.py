"""What is known about one VEP before anything is made of it: the input of `core.vep.assemble`; it judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vep_tui.core.models import Bug, Document, PullRequest, Tick
from vep_tui.core.queue import NOTHING_NOTED, LocalNotes


@dataclass(frozen=True, slots=True)
class Sources:
    """What the mirror and the outbox hold for one VEP; more than belongs to it does no harm, it is sorted out here."""

    document: Document | None = None
    document_path: str | None = None
    """Path in the enhancements repository, chosen by `core.links.document_path_for`."""
    approval: tuple[str, str] | None = None
    """Path and text of the file that says who approved which stage, where the process has such files."""
    document_changed_by: tuple[PullRequest, ...] = ()
    """Open pull requests that change the document."""
    proposals: tuple[PullRequest, ...] = ()
    """Open pull requests of the enhancements repository that belong or may belong to the VEP."""
    pulls: Mapping[str, PullRequest] = field(default_factory=dict)
    """Known pull requests by ref in lower case (`key_of`): all of them, or those that share a clue with the VEP."""
    docs_pulls: tuple[PullRequest, ...] = ()
    """Pull requests of the docs repository, among which unlisted candidates are looked for."""
    picks: tuple[PullRequest, ...] = ()
    """Pull requests of the code repository whose base is a release branch."""
    contains: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    """(branch, merge oid) to whether the branch contains it, as GitHub compared them."""
    absent_branches: frozenset[str] = frozenset()
    """Release branches of which GitHub showed that they are not there yet."""
    bugs: tuple[Bug, ...] = ()
    board: Mapping[str, str] | None = None
    """Field name to value on the project board; None when the board could not be read."""
    decisions: Mapping[str, bool] = field(default_factory=dict)
    """Docs candidates a person confirmed (True) or rejected (False), by ref in lower case."""
    ticks: tuple[Tick, ...] = ()
    """Wishes of the outbox about this VEP."""
    namesakes: tuple[int, ...] = ()
    """Other trackers whose titles wear this issue's number: then a title alone says nothing."""
    notes: LocalNotes = NOTHING_NOTED
    """What the person looking noted on the VEP, on this machine only."""

    def every_pull(self, *more: PullRequest) -> Iterator[PullRequest]:
        """Each known pull request once; the fullest collection first."""
        seen: set[str] = set()
        for pull in (*self.pulls.values(), *self.proposals, *self.picks, *self.docs_pulls, *more):
            if (key := key_of(pull.ref)) not in seen:
                seen.add(key)
                yield pull


def key_of(ref: str) -> str:
    """The form of `owner/repo#n` under which pull requests are looked up: GitHub ignores the case of names."""
    return ref.casefold()

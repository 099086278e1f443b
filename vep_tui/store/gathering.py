"""Reads from the mirror what `core.vep.assemble` needs about one VEP; it makes nothing of it and writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from vep_tui.core.document_path import document_path_for
from vep_tui.core.evidence_approval import approval_paths
from vep_tui.core.models import Bug, Document, Issue, PrState, PullRequest, Tick, Tracker, Vep
from vep_tui.core.shelf import Shelf
from vep_tui.core.sources import Sources, key_of
from vep_tui.core.tracker import read_tracker
from vep_tui.core.vep import assemble
from vep_tui.store.marks import Marks
from vep_tui.store.readings import Readings

if TYPE_CHECKING:
    from vep_tui.core.world import World
    from vep_tui.store.mirror import Mirror

_END = re.compile(r"[?#\s)>\]]")
"""What ends a path in a link."""
CONTAINS = "contains:"
"""Beginning of the kind of facts that say which merge commits a branch contains; the branch follows.

By oid: true, false, or null for a commit that GitHub does not know."""
BRANCH_HEADS = "branch"
"""Kind of the facts about release branches: name to the oid of its head, empty while there is no such branch."""
_KEPT = 200
"""Pull requests or documents kept at most: those of the next VEP are mostly others."""
BOARD = "board"
"""Kind of the facts that hold a VEP's fields on the project board, by number."""


class Gathering:
    """One look at the mirror: what is read once is kept, so make a new one when the mirror has changed."""

    def __init__(self, mirror: Mirror, world: World) -> None:
        self._mirror = mirror
        self._world = world
        self.readings = Readings(mirror, world.process)
        """What documents say; whoever may write keeps what is new in it."""
        self._documents: dict[str, Document] = {}
        self._document_paths: dict[int, str | None] = {}
        self._pulls: dict[str, PullRequest] = {}

    def issue(self, number: int) -> Issue | None:
        """An issue with its thread."""
        return self._mirror.issue(number, pulls=self.pulls)

    def pulls(self, refs: Iterable[str]) -> dict[str, PullRequest]:
        """The known ones of these pull requests, under the refs that were asked for."""
        keys = {ref: key_of(ref) for ref in refs}
        if len(self._pulls) > _KEPT:
            self._pulls.clear()
        self._pulls |= self._mirror.pulls(key for key in keys.values() if key not in self._pulls)
        return {ref: self._pulls[key] for ref, key in keys.items() if key in self._pulls}

    def tracker(self, issue: Issue) -> Tracker:
        """What an issue says as a tracker."""
        return read_tracker(issue.title, issue.body, self._world.process)

    def is_vep(self, issue: Issue, tracker: Tracker) -> bool:
        """True when an issue of the enhancements repository is a VEP's."""
        return tracker.is_tracker or self._world.process.labels["tracker"] in issue.labels

    def vep(
        self,
        issue: Issue,
        tracker: Tracker,
        *,
        refs: Iterable[str] | None = None,
        ticks: tuple[Tick, ...] = (),
        decisions: Mapping[str, bool] | None = None,
    ) -> Vep:
        """The VEP of an issue.

        `refs` are the pull requests that matter to it, as an earlier `around` found them; None finds them anew among
        all, which takes its time.
        """
        return assemble(issue, self._sources(issue, tracker, refs, ticks, decisions or {}), self._world, tracker)

    def around(self, issue: Issue, tracker: Tracker) -> tuple[str, ...]:
        """The pull requests that may matter to a VEP, in lower case."""
        path = self.document_path(issue, tracker)
        return tuple(self._shelf.around(issue, tracker, self.document(path), path))

    def document_path(self, issue: Issue, tracker: Tracker) -> str | None:
        """The path of a VEP's document."""
        if issue.number not in self._document_paths:
            near, process = self._paths_near(issue, tracker), self._world.process
            path = document_path_for(issue, tracker, near, process)
            if path is None and (proposals := self._shelf.proposals(issue, tracker)):
                near |= self._mirror.paths_of(process.enhancements, {f for pull in proposals for f in pull.files})
                path = document_path_for(issue, tracker, near, process, proposals)
            self._document_paths[issue.number] = path
        return self._document_paths[issue.number]

    def document(self, path: str | None) -> Document | None:
        """A document by its path."""
        if path is None:
            return None
        if path not in self._documents:
            document = self.readings.document(path, self._beside(path))
            if document is None:
                return None
            if len(self._documents) > _KEPT:
                self._documents.clear()
            self._documents[path] = document
        return self._documents[path]

    def _beside(self, path: str) -> str:
        """Where the file beside a document is that keeps its facts; "" where the process has none."""
        name = self._world.process.paths.get("metadata")
        return f"{path.rpartition('/')[0]}/{name}" if name else ""

    def _sources(
        self,
        issue: Issue,
        tracker: Tracker,
        refs: Iterable[str] | None,
        ticks: tuple[Tick, ...],
        decisions: Mapping[str, bool],
    ) -> Sources:
        path = self.document_path(issue, tracker)
        if refs is None:
            pulls = self._shelf.around(issue, tracker, self.document(path), path)
        else:
            pulls = self.pulls(map(key_of, refs))
        own = self._world.process.enhancements.casefold()
        proposals = [p for p in pulls.values() if p.state is PrState.OPEN and p.repository.casefold() == own]
        return Sources(
            document=self.document(path),
            document_path=path,
            approval=self._approval(issue.number),
            document_changed_by=self._shelf.changing(path) if path is not None else (),
            proposals=tuple(proposals),
            pulls=pulls,
            contains=self._contains((*pulls.values(), *issue.references)),
            absent_branches=self._absent_branches,
            bugs=self._bugs,
            board=self._board(issue.number),
            decisions=decisions,
            ticks=ticks,
            namesakes=self._namesakes(issue.number),
        )

    def _approval(self, number: int) -> tuple[str, str] | None:
        """Path and text of the file with a proposal's approvals, whatever SIG's folder it is in."""
        repository, paths = self._world.process.enhancements, approval_paths(number, self._world.process)
        path = min(self._mirror.paths_of(repository, paths), default=None) if paths else None
        text = self._mirror.file(repository, path) if path else None
        return (path, text) if path and text is not None else None

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(Marks(self._mirror, self.pulls), self._world.process)

    def _paths_near(self, issue: Issue, tracker: Tracker) -> set[str]:
        """Paths among which the VEP's document is: looking through all of them would take long."""
        repository = self._world.process.enhancements
        found = self._mirror.paths_numbered(repository, issue.number)
        for link in tracker.enhancement_links:
            parts = unquote(link).partition(f"{self._folder}/")[2].split("/")
            name = _END.split("/".join(parts[:2]), maxsplit=1)[0].rstrip("/.")
            if "/" in name:
                found |= self._mirror.paths_of(repository, (f"{self._folder}/{name}",))
                found.update(self._mirror.oids(repository, f"{self._folder}/{name}/"))
            elif name.isdecimal():
                found |= self._mirror.paths_numbered(repository, int(name))
        return found

    @property
    def _folder(self) -> str:
        return self._world.process.paths.get("documents", "veps")

    @cached_property
    def _bugs(self) -> tuple[Bug, ...]:
        return self._mirror.bugs()

    def _contains(self, pulls: Iterable[PullRequest]) -> dict[tuple[str, str], bool]:
        """What was compared of these pull requests' merge commits."""
        facts = self._mirror.facts_of({pull.merge_oid for pull in pulls if pull.merge_oid}, CONTAINS)
        return {
            (kind.removeprefix(CONTAINS), oid): contained
            for (kind, oid), contained in facts.items()
            if isinstance(contained, bool)
        }

    @cached_property
    def _absent_branches(self) -> frozenset[str]:
        return frozenset(branch for branch, head in self._mirror.facts(BRANCH_HEADS).items() if not head)

    @cached_property
    def _has_board(self) -> bool:
        return self._mirror.has_facts(BOARD)

    def _board(self, number: int) -> Mapping[str, str] | None:
        """Fields on the board; empty for a VEP that is not on it, None when no board was read."""
        if not self._has_board:
            return None
        fields = self._mirror.facts_of((str(number),), BOARD).get((BOARD, str(number)))
        return {str(k): str(v) for k, v in fields.items()} if isinstance(fields, Mapping) else {}

    def _namesakes(self, number: int) -> tuple[int, ...]:
        rows = self._mirror.database.rows(
            "SELECT number FROM title_number WHERE worn = ? AND number != ? ORDER BY number", (number, number)
        )
        return tuple(row[0] for row in rows)

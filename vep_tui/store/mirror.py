"""The mirror: what GitHub said, as it said it, in a file that can be thrown away; only sync writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from vep_tui.core import nodes
from vep_tui.store import threads
from vep_tui.store.aside import repair_lock, set_aside
from vep_tui.store.database import Database, open_database, sound_text, to_json
from vep_tui.store.errors import CorruptStore
from vep_tui.store.mirrored import Mirrored
from vep_tui.store.schema import MIRROR
from vep_tui.store.threads import Changes, key_of


class Mirror(Mirrored):
    """One connection to mirror.db, for one thread."""

    def __init__(self, database: Database, notice: str = "") -> None:
        super().__init__(database)
        self.notice = notice
        """What had to be done when opening, for the user; empty when all was well."""

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Mirror:
        """Open or make the file; a damaged one is set aside and begun anew, which `notice` then says."""
        try:
            return cls(open_database(path, MIRROR, read_only=read_only))
        except CorruptStore:
            if read_only:
                raise
        with repair_lock(path):
            try:
                return cls(open_database(path, MIRROR))  # another instance was faster
            except CorruptStore:
                aside = set_aside(path)
            notice = f"The cache was damaged; it is kept as {aside.name} and the next sync fetches everything anew."
            return cls(open_database(path, MIRROR), notice)

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Several puts as one; never hold it across the network."""
        return self.database.transaction()

    # ------------------------------------------------------------ writing: issues and their threads

    def put_issues(
        self,
        nodes_: Iterable[Mapping[str, Any]],
        *,
        complete_comments: bool = True,
        put: MutableMapping[str, str] | None = None,
    ) -> Changes:
        """GraphQL Issue nodes with comments, cross-references, labels and assignees, in one transaction.

        The thread is replaced when the node holds all of it (`comments.totalCount`, `pageInfo`), unless
        `complete_comments` is False; else its comments are laid into the thread that is there.
        Pull requests inside cross-references are mirrored too. Fields a node lacks keep their value.
        `put` goes through one pull: what was put with the same `updatedAt` before is not put again.
        Returns what is not as it was.
        """
        numbers: set[int] = set()
        refs: set[str] = set()
        put = {} if put is None else put
        with self.transaction():
            for node in nodes_:
                if threads.put_issue(self.database, node, complete_comments=complete_comments, put=put, moved=refs):
                    numbers.add(nodes.number_of(node))
        return Changes(frozenset(numbers), frozenset(refs))

    def put_comment(self, number: int, node: Mapping[str, Any]) -> None:
        """One comment of an issue or VEP pull request: in its place when known, else at the end. REST shape is fine."""
        self.put_comments(number, (node,))

    def put_comments(self, number: int, nodes_: Iterable[Mapping[str, Any]]) -> None:
        """Further comments of a thread, such as its second page."""
        with self.transaction():
            threads.merge_comments(self.database, number, nodes_)
            threads.recount(self.database, number)

    def drop_issues(self, numbers: Iterable[int]) -> None:
        """Forget issues (deleted, transferred, closed too long ago) with their threads."""
        rows = [(n,) for n in numbers]
        with self.transaction():
            self.database.run_many("DELETE FROM issue WHERE number = ?", rows)
            self.database.run_many("DELETE FROM comment WHERE thread = ?", rows)
            self.database.run_many("DELETE FROM reference WHERE number = ?", rows)

    # ------------------------------------------------------------ writing: everything else

    def put_pulls(self, nodes_: Iterable[Mapping[str, Any]], *, proposal: bool = False) -> Changes:
        """GraphQL PullRequest nodes; `proposal` marks those of the enhancements repository, whose comments are kept.

        A slim node never takes away what an earlier, fuller one told. Returns what is not as it was.
        """
        with self.transaction():
            changed = [node for node in nodes_ if threads.put_pull(self.database, node, proposal=proposal)]
        return Changes(frozenset(), frozenset(filter(None, map(nodes.ref_of, changed))))

    def drop_pulls(self, refs: Iterable[str]) -> None:
        """Forget pull requests."""
        with self.transaction():
            self.database.run_many("DELETE FROM pull WHERE ref = ?", [(key_of(r),) for r in refs])

    def put_file(self, repo: str, path: str, oid: str, text: str) -> None:
        """A file of a default branch."""
        values = (repo.casefold(), path, oid, sound_text(text))
        self.database.run("INSERT OR REPLACE INTO file (repo, path, oid, text) VALUES (?, ?, ?, ?)", values)

    def drop_file(self, repo: str, path: str) -> None:
        """A file that is no longer there."""
        self.database.run("DELETE FROM file WHERE repo = ? AND path = ?", (repo.casefold(), path))

    def put_bugs(self, nodes_: Iterable[Mapping[str, Any]], *, complete: bool = False) -> None:
        """Issues and pull requests with a bug label; `complete` says that these are all there are."""
        with self.transaction():
            if complete:
                self.database.run("DELETE FROM bug")
            rows = [(key_of(ref), to_json(node)) for node in nodes_ if (ref := nodes.ref_of(node))]
            self.database.run_many("INSERT OR REPLACE INTO bug (ref, node) VALUES (?, ?)", rows)

    def drop_bugs(self, refs: Iterable[str]) -> None:
        """Forget bugs: closed ones, and what is no bug any more."""
        with self.transaction():
            self.database.run_many("DELETE FROM bug WHERE ref = ?", [(key_of(r),) for r in refs])

    def put_many_facts(self, kind: str, facts: Mapping[str, Any], *, complete: bool = False) -> None:
        """Small facts of one kind, by key: "contains:release-1.9" by oid, "board" by number; in one transaction.

        `complete` drops the others of that kind.
        """
        with self.transaction():
            if complete:
                self.database.run("DELETE FROM fact WHERE kind = ?", (kind,))
            rows = [(kind, key, to_json(value)) for key, value in facts.items()]
            self.database.run_many("INSERT OR REPLACE INTO fact (kind, key, value) VALUES (?, ?, ?)", rows)

    def set_meta(self, key: str, value: Any) -> None:
        """Remember a JSON value: watermark, synced_at, viewer, rate, stale."""
        self.database.run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, to_json(value)))

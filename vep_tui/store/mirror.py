"""The mirror: what GitHub said, as it said it, in a file that can be thrown away; only sync writes it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from vep_tui.core import nodes
from vep_tui.core.models import Bug, Comment, Issue, PullRequest
from vep_tui.store import threads
from vep_tui.store.database import Database, open_database, repair_lock, set_aside, sound_text, to_json
from vep_tui.store.errors import CorruptStore
from vep_tui.store.schema import MIRROR
from vep_tui.store.threads import Known, key_of

_CHUNK = 400
"""Values in one IN list; SQLite's oldest limit is 999."""


class Mirror:
    """One connection to mirror.db, for one thread."""

    def __init__(self, database: Database, notice: str = "") -> None:
        self.database = database
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

    def put_issues(self, nodes_: Iterable[Mapping[str, Any]], *, complete_comments: bool = True) -> None:
        """GraphQL Issue nodes with comments, cross-references, labels and assignees, in one transaction.

        The thread is replaced when the node holds all of it (`comments.totalCount`, `pageInfo`), unless
        `complete_comments` is False; else its comments are laid into the thread that is there.
        Pull requests inside cross-references are mirrored too. Fields a node lacks keep their value.
        """
        with self.transaction():
            for node in nodes_:
                threads.put_issue(self.database, node, complete_comments=complete_comments)

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

    def put_references(self, number: int, refs: Sequence[str]) -> None:
        """Pull requests that refer to an issue, all of them, oldest first."""
        with self.transaction():
            threads.replace_references(self.database, number, refs)

    # ------------------------------------------------------------ writing: everything else

    def put_pulls(self, nodes_: Iterable[Mapping[str, Any]], *, proposal: bool = False) -> None:
        """GraphQL PullRequest nodes; `proposal` marks those of the enhancements repository, whose comments are kept.

        A slim node never takes away what an earlier, fuller one told.
        """
        with self.transaction():
            for node in nodes_:
                threads.put_pull(self.database, node, proposal=proposal)

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

    def put_facts(self, kind: str, key: str, value: Any) -> None:
        """One small fact: ("contains:release-1.9", oid, True), ("board", "190", {...})."""
        self.put_many_facts(kind, {key: value})

    def put_many_facts(self, kind: str, facts: Mapping[str, Any], *, complete: bool = False) -> None:
        """Facts of one kind in one transaction; `complete` drops the others of that kind."""
        with self.transaction():
            if complete:
                self.database.run("DELETE FROM fact WHERE kind = ?", (kind,))
            rows = [(kind, key, to_json(value)) for key, value in facts.items()]
            self.database.run_many("INSERT OR REPLACE INTO fact (kind, key, value) VALUES (?, ?, ?)", rows)

    def set_meta(self, key: str, value: Any) -> None:
        """Remember a JSON value: watermark, synced_at, viewer, rate, stale."""
        self.database.run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, to_json(value)))

    # ------------------------------------------------------------ reading

    def meta(self, key: str, default: Any = None) -> Any:
        """A value of `set_meta`."""
        row = self.database.row("SELECT value FROM meta WHERE key = ?", (key,))
        return default if row is None else json.loads(row[0])

    def known_issues(self) -> dict[int, Known]:
        """What a sweep compares, by number."""
        rows = self.database.rows(
            "SELECT number, node_id, updated_at, comments_total, references_total, last_comment_at, state FROM issue"
        )
        return {row["number"]: Known(*tuple(row)[1:]) for row in rows}

    def numbers(self) -> tuple[int, ...]:
        """Every issue, in order."""
        return tuple(row[0] for row in self.database.rows("SELECT number FROM issue ORDER BY number"))

    def issue(self, number: int, *, comments: bool = True) -> Issue | None:
        """An issue with its thread and the pull requests that refer to it."""
        row = self.database.row("SELECT node FROM issue WHERE number = ?", (number,))
        if row is None:
            return None
        refs = self.references(number)
        pulls = self.pulls(refs)
        return nodes.read_issue(
            json.loads(row[0]),
            comments=self._comment_nodes(number) if comments else (),
            references=[pulls.get(ref) or PullRequest(ref) for ref in refs],
        )

    def comments(self, number: int) -> Iterator[Comment]:
        """The thread of an issue or VEP pull request, oldest first, without holding it all."""
        return (nodes.read_comment(node) for node in self._comment_nodes(number))

    def references(self, number: int) -> tuple[str, ...]:
        """Refs of the pull requests that refer to an issue, oldest first."""
        rows = self.database.rows("SELECT ref FROM reference WHERE number = ? ORDER BY position", (number,))
        return tuple(row[0] for row in rows)

    def pulls(self, refs: Iterable[str]) -> dict[str, PullRequest]:
        """The known ones of these pull requests, under the refs that were asked for."""
        asked: dict[str, list[str]] = {}
        for ref in refs:
            asked.setdefault(key_of(ref), []).append(ref)
        found: dict[str, PullRequest] = {}
        keys = list(asked)
        for start in range(0, len(keys), _CHUNK):
            part = keys[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            for row in self.database.rows(f"SELECT * FROM pull WHERE ref IN ({marks})", part):  # noqa: S608 - marks only
                found[row["ref"]] = self._pull(row)
        return {ref: found[key] for key, spellings in asked.items() if key in found for ref in spellings}

    def all_pulls(self) -> Iterator[PullRequest]:
        """Every known pull request, one at a time."""
        return (self._pull(row) for row in self.database.rows("SELECT * FROM pull ORDER BY ref"))

    def proposals(self, *, only_open: bool = True, comments: bool = True) -> tuple[PullRequest, ...]:
        """Pull requests of the enhancements repository, by number."""
        where = " AND state = 'OPEN'" if only_open else ""
        rows = self.database.rows(f"SELECT * FROM pull WHERE proposal = 1{where} ORDER BY number")  # noqa: S608
        return tuple(self._pull(row, comments=comments) for row in rows)

    def proposal(self, number: int) -> PullRequest | None:
        """A pull request of the enhancements repository by its number."""
        row = self.database.row("SELECT * FROM pull WHERE proposal = 1 AND number = ?", (number,))
        return None if row is None else self._pull(row)

    def pulls_of(self, repo: str, *, base_prefix: str = "") -> tuple[PullRequest, ...]:
        """Every known pull request of a repository, or those against bases that begin so."""
        rows = self.database.rows(
            "SELECT * FROM pull WHERE repo = ? AND substr(base, 1, ?) = ? ORDER BY number",
            (repo.casefold(), len(base_prefix), base_prefix),
        )
        return tuple(self._pull(row) for row in rows)

    def open_pulls(self) -> dict[str, str]:
        """Ref to node id of every pull request that may still change by itself."""
        rows = self.database.rows("SELECT name, node_id FROM pull WHERE state NOT IN ('MERGED', 'CLOSED') ORDER BY ref")
        return {row["name"]: row["node_id"] for row in rows}

    def files(self, repo: str, prefix: str = "") -> dict[str, tuple[str, str]]:
        """Path to (oid, text) below a prefix."""
        rows = self.database.rows(
            "SELECT path, oid, text FROM file WHERE repo = ? AND substr(path, 1, ?) = ? ORDER BY path",
            (repo.casefold(), len(prefix), prefix),
        )
        return {row["path"]: (row["oid"], row["text"]) for row in rows}

    def oids(self, repo: str, prefix: str = "") -> dict[str, str]:
        """Path to oid below a prefix, without reading the texts."""
        rows = self.database.rows(
            "SELECT path, oid FROM file WHERE repo = ? AND substr(path, 1, ?) = ? ORDER BY path",
            (repo.casefold(), len(prefix), prefix),
        )
        return {row["path"]: row["oid"] for row in rows}

    def file(self, repo: str, path: str) -> str | None:
        """Text of one file."""
        row = self.database.row("SELECT text FROM file WHERE repo = ? AND path = ?", (repo.casefold(), path))
        return None if row is None else str(row[0])

    def bugs(self) -> tuple[Bug, ...]:
        """Every known bug."""
        return tuple(
            nodes.read_bug(json.loads(row[0])) for row in self.database.rows("SELECT node FROM bug ORDER BY ref")
        )

    def facts(self, kind: str) -> dict[str, Any]:
        """The facts of one kind by key."""
        rows = self.database.rows("SELECT key, value FROM fact WHERE kind = ? ORDER BY key", (kind,))
        return {row["key"]: json.loads(row["value"]) for row in rows}

    def fact_kinds(self, prefix: str = "") -> tuple[str, ...]:
        """The kinds of facts there are that begin so."""
        rows = self.database.rows(
            "SELECT DISTINCT kind FROM fact WHERE substr(kind, 1, ?) = ? ORDER BY kind", (len(prefix), prefix)
        )
        return tuple(row[0] for row in rows)

    def _comment_nodes(self, number: int) -> Iterator[Any]:
        rows = self.database.rows("SELECT node FROM comment WHERE thread = ? ORDER BY position", (number,))
        return (json.loads(row[0]) for row in rows)

    def _pull(self, row: sqlite3.Row, *, comments: bool = True) -> PullRequest:
        thread = self._comment_nodes(row["number"]) if comments and row["proposal"] else ()
        return nodes.read_pull(json.loads(row["node"]), comments=thread)

"""The reading half of the mirror: nodes as models; it writes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from vep_tui.core import models, nodes
from vep_tui.store.schema import FOLDER_NUMBERS
from vep_tui.store.threads import Known, key_of

if TYPE_CHECKING:
    from vep_tui.core.models import Bug, Comment, Issue, PullRequest
    from vep_tui.store.database import Database

Pulls: TypeAlias = "Callable[[Iterable[str]], Mapping[str, PullRequest]]"
"""Looks pull requests up by their refs."""

_CHUNK = 400
"""Values in one IN list; SQLite's oldest limit is 999."""

_BEGINS = "path >= ? AND path < ?"


class Mirrored:
    """What the mirror knows."""

    def __init__(self, database: Database) -> None:
        self.database = database

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

    def issue(self, number: int, *, comments: bool = True, pulls: Pulls | None = None) -> Issue | None:
        """An issue with its thread and the pull requests that refer to it, looked up by `pulls` where given."""
        row = self.database.row("SELECT node FROM issue WHERE number = ?", (number,))
        if row is None:
            return None
        refs = self.references(number)
        known = (pulls or self.pulls)(refs)
        return nodes.read_issue(
            json.loads(row[0]),
            comments=self._comment_nodes(number) if comments else (),
            references=[known.get(ref) or models.PullRequest(ref) for ref in refs],
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

    def files(self, repo: str, prefix: str = "") -> dict[str, tuple[str, str]]:
        """Path to (oid, text) below a prefix."""
        sql = f"SELECT path, oid, text FROM file WHERE repo = ? AND {_BEGINS} ORDER BY path"  # noqa: S608 - our own words
        rows = self.database.rows(sql, (repo.casefold(), *_beginning(prefix)))
        return {row["path"]: (row["oid"], row["text"]) for row in rows}

    def oids(self, repo: str, prefix: str = "") -> dict[str, str]:
        """Path to oid below a prefix, without reading the texts."""
        sql = f"SELECT path, oid FROM file WHERE repo = ? AND {_BEGINS} ORDER BY path"  # noqa: S608 - our own words
        rows = self.database.rows(sql, (repo.casefold(), *_beginning(prefix)))
        return {row["path"]: row["oid"] for row in rows}

    def paths_numbered(self, repo: str, number: int) -> set[str]:
        """Files in a folder whose name begins with a number, one to three levels below the first folder."""
        parts = (f"SELECT path FROM file WHERE repo = :repo AND {level} = :number" for level in FOLDER_NUMBERS)  # noqa: S608
        rows = self.database.rows(" UNION ".join(parts), {"repo": repo.casefold(), "number": number})
        return {row[0] for row in rows}

    def paths_of(self, repo: str, paths: Iterable[str]) -> set[str]:
        """Those of these files that are there."""
        sql = "SELECT file.path FROM json_each(?) CROSS JOIN file ON repo = ? AND file.path = value"
        return {row[0] for row in self.database.rows(sql, (json.dumps(list(paths)), repo.casefold()))}

    def file(self, repo: str, path: str) -> str | None:
        """Text of one file."""
        row = self.database.row("SELECT text FROM file WHERE repo = ? AND path = ?", (repo.casefold(), path))
        return None if row is None else str(row[0])

    def oid(self, repo: str, path: str) -> str | None:
        """GitHub's digest of the text of one file."""
        row = self.database.row("SELECT oid FROM file WHERE repo = ? AND path = ?", (repo.casefold(), path))
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

    def facts_of(self, keys: Iterable[str], kinds: str) -> dict[tuple[str, str], Any]:
        """The facts about these keys whose kinds begin so, by kind and key."""
        sql = "SELECT kind, fact.key, fact.value FROM json_each(?) AS asked CROSS JOIN fact ON fact.key = asked.value"
        rows = self.database.rows(sql, (json.dumps(list(keys)),))
        return {(row[0], row[1]): json.loads(row[2]) for row in rows if row[0].startswith(kinds)}

    def has_facts(self, kind: str) -> bool:
        """True when there is any fact of a kind."""
        return self.database.row("SELECT 1 FROM fact WHERE kind = ? LIMIT 1", (kind,)) is not None

    def _comment_nodes(self, number: int) -> Iterator[Any]:
        rows = self.database.rows("SELECT node FROM comment WHERE thread = ? ORDER BY position", (number,))
        return iter(json.loads(f"[{','.join(row[0] for row in rows)}]"))

    def _pull(self, row: sqlite3.Row, *, comments: bool = True) -> PullRequest:
        thread = self._comment_nodes(row["number"]) if comments and row["proposal"] else ()
        return nodes.read_pull(json.loads(row["node"]), comments=thread)


def _beginning(prefix: str) -> tuple[str, str]:
    """The bounds between which every text begins so, as SQLite sorts texts: an index leads to them."""
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1) if prefix else "\U0010ffff"
    return prefix, after

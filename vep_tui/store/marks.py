"""The marks by which pull requests are found, kept with the mirror: what is new is marked once, and never all again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from vep_tui.core.nodes import read_pull
from vep_tui.core.shelf import DOCS, marks_of
from vep_tui.store.threads import key_of

if TYPE_CHECKING:
    from vep_tui.core.models import PullRequest
    from vep_tui.core.process import Process
    from vep_tui.store.mirror import Mirror

_META = "marks"
_BATCH = 50
"""Pull requests marked in one transaction: a key press must not wait long for the lock."""
_CHUNK = 400
"""Values in one IN list; SQLite's oldest limit is 999."""
_VERSION = 3
"""Raise it when the same pull request should bear other marks."""


class Marks:
    """All mirrored pull requests as an index for `core.shelf`."""

    def __init__(self, mirror: Mirror, pulls: Callable[[Iterable[str]], Mapping[str, PullRequest]]) -> None:
        """`pulls` looks pull requests up by their keys."""
        self._database = mirror.database
        self._pulls = pulls

    def marked(self, marks: Iterable[str]) -> Mapping[str, int]:
        """Keys of the pull requests that bear any of these marks, and how many of them each bears."""
        asked = list(dict.fromkeys(marks))
        found: dict[str, int] = {}
        for start in range(0, len(asked), _CHUNK):
            part = asked[start : start + _CHUNK]
            sql = f"SELECT ref, count(*) FROM pull_mark WHERE mark IN ({','.join('?' * len(part))}) GROUP BY ref"  # noqa: S608
            for row in self._database.rows(sql, part):
                found[row[0]] = found.get(row[0], 0) + row[1]
        return found

    def pulls(self, keys: Iterable[str]) -> Mapping[str, PullRequest]:
        """The known ones of these."""
        return self._pulls(keys)

    def docs(self) -> Iterable[tuple[str, str]]:
        """Key and text of every docs pull request."""
        rows = self._database.rows(
            "SELECT pull.ref, json_extract(node, '$.title') || char(10) || coalesce(json_extract(node, '$.body'), '')"
            " FROM pull_mark JOIN pull ON pull.ref = pull_mark.ref WHERE mark = ?",
            (DOCS,),
        )
        return ((row[0], row[1] or "") for row in rows)


def mark_new(mirror: Mirror, process: Process) -> None:
    """Mark the pull requests that have come or changed; all of them when the process has changed."""
    import hashlib  # a sync marks; the screen only looks marks up

    database = mirror.database
    digest = hashlib.sha256(repr((_VERSION, process)).encode("utf-8", "replace")).hexdigest()[:16]
    if mirror.meta(_META) != digest:
        with mirror.transaction():
            database.run("UPDATE pull SET marked = 0 WHERE marked = 1")
            database.run("DELETE FROM pull_mark")
            mirror.set_meta(_META, digest)
    while rows := database.rows("SELECT ref, node FROM pull WHERE marked = 0 LIMIT ?", (_BATCH,)):
        marks = [(mark, row[0]) for row in rows for mark in marks_of(read_pull(json.loads(row[1])), process)]
        refs = [(row[0],) for row in rows]
        with mirror.transaction():
            database.run_many("DELETE FROM pull_mark WHERE ref = ?", refs)
            database.run_many("INSERT INTO pull_mark (mark, ref) VALUES (?, ?)", marks)
            database.run_many("UPDATE pull SET marked = 1 WHERE ref = ?", refs)


def concerned_by(mirror: Mirror, refs: Collection[str], process: Process) -> set[int] | None:
    """The VEPs that these pull requests may concern, by what they bear now and by what they were linked to before.

    None when that may be any: docs count by likeness alone, and a pick may name nothing but a title.
    """
    numbers: set[int] = set()
    for key in map(key_of, refs):
        marks = [str(row[0]) for row in mirror.database.rows("SELECT mark FROM pull_mark WHERE ref = ?", (key,))]
        kinds = {mark[0] for mark in marks}
        if DOCS in marks or ("p" in kinds and "r" not in kinds):
            return None
        numbers |= _linked_to(mirror, key)
        for mark in marks:
            if mark[0] == "n" and mark[1:].isdecimal():
                numbers |= {int(mark[1:])} | _linked_to(mirror, key_of(f"{process.enhancements}#{mark[1:]}"))
            elif mark[0] == "r":
                numbers |= _linked_to(mirror, mark[1:])
            elif mark[0] == "f":
                numbers |= _linked_to(mirror, mark)
    return numbers


def _linked_to(mirror: Mirror, key: str) -> set[int]:
    return {int(row[0]) for row in mirror.database.rows("SELECT number FROM queue_link WHERE ref = ?", (key,))}

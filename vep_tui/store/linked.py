"""What a sync compares of the pull requests the mirror knows; it reads columns, never whole threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vep_tui.core.clock import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from vep_tui.store.mirror import Mirror


class KnownPull(NamedTuple):
    """The mirror's knowledge of one pull request, in GitHub's own spelling."""

    ref: str
    node_id: str
    updated_at: str
    state: str
    """OPEN, MERGED, CLOSED, or UNKNOWN."""
    base: str
    proposal: bool
    """True for a pull request whose conversation is kept."""
    head_oid: str
    comments_total: int
    reviews_total: int


def known_pulls(mirror: Mirror) -> tuple[KnownPull, ...]:
    """Every pull request that may still change, which means all but the merged ones."""
    rows = mirror.database.rows(
        "SELECT name, node_id, updated_at, state, base, proposal, json_extract(node, '$.headRefOid'),"
        " json_extract(node, '$.comments.totalCount'), json_extract(node, '$.reviews.totalCount')"
        " FROM pull WHERE state <> 'MERGED' ORDER BY ref"
    )
    return tuple(
        KnownPull(
            row[0], row[1], row[2], row[3], row[4], bool(row[5]), str(row[6] or ""), _count(row[7]), _count(row[8])
        )
        for row in rows
    )


def _count(value: object) -> int:
    """A number as GitHub wrote it; 0 for whatever else stands in its place."""
    return value if isinstance(value, int) else 0


def known_refs(mirror: Mirror) -> frozenset[str]:
    """Refs of all mirrored pull requests, in lower case."""
    return frozenset(row[0] for row in mirror.database.rows("SELECT ref FROM pull"))


def merged_pulls(mirror: Mirror, repo: str) -> tuple[tuple[str, str], ...]:
    """Merge oid and moment, as GitHub wrote it, of what was merged into a repository's main branch; newest first."""
    rows = mirror.database.rows(
        "SELECT json_extract(node, '$.mergeCommit.oid') AS oid, json_extract(node, '$.mergedAt') AS at FROM pull"
        " WHERE repo = ? AND state = 'MERGED' AND substr(base, 1, 8) <> 'release-' ORDER BY at DESC, ref",
        (repo.casefold(),),
    )
    return tuple((str(row[0]), str(row[1])) for row in rows if row[0] and row[1])


def merged_since(mirror: Mirror, repo: str, since: datetime) -> tuple[str, ...]:
    """Node ids of what was merged into a repository's main branch since a moment; newest first."""
    rows = mirror.database.rows(
        "SELECT node_id, json_extract(node, '$.mergedAt') AS at FROM pull WHERE repo = ? AND state = 'MERGED'"
        " AND substr(base, 1, 8) <> 'release-' AND at >= ? ORDER BY at DESC, ref",
        (repo.casefold(), stamp(since)),
    )
    return tuple(str(row[0]) for row in rows if row[0])


def merged_unheard(mirror: Mirror, repo: str, since: datetime | None) -> tuple[tuple[str, str], ...]:
    """Ref and node id of what was merged in a repository and whose conversation is not kept; newest first."""
    begin = stamp(since) if since else ""
    rows = mirror.database.rows(  # what has not changed since was not merged since: its node need not be read
        "SELECT name, node_id, json_extract(node, '$.mergedAt') AS at FROM pull WHERE repo = ? AND state = 'MERGED'"
        " AND proposal = 0 AND updated_at >= ? AND at >= ? ORDER BY at DESC, ref",
        (repo.casefold(), begin, begin),
    )
    return tuple((str(row[0]), str(row[1])) for row in rows if row[1])

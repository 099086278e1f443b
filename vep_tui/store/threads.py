"""How one issue, pull request or thread is laid into the mirror's tables; it opens no transaction of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any, NamedTuple

from vep_tui.core import nodes
from vep_tui.store.database import Database, sound_text, to_json


class Changes(NamedTuple):
    """What is not as the mirror held it before."""

    numbers: frozenset[int]
    """Issues: themselves, their threads, or which pull requests refer to them."""
    refs: frozenset[str]
    """Pull requests, themselves or their threads."""


class Known(NamedTuple):
    """What the mirror knows of an issue, as far as a sweep can compare it. Moments as GitHub wrote them."""

    node_id: str
    updated_at: str
    comments_total: int
    references_total: int
    last_comment_updated_at: str
    """Empty when the thread is."""
    state: str
    """GitHub's word: OPEN or CLOSED."""


def key_of(ref: str) -> str:
    """A ref as the mirror's tables spell it: names of GitHub are case-insensitive."""
    return ref.casefold()


def put_issue(
    database: Database,
    node: Mapping[str, Any],
    *,
    complete_comments: bool,
    put: MutableMapping[str, str],
    moved: set[str],
) -> bool:
    """Lay one Issue node over what is known of it; True when that changed something.

    `put` holds the pull requests that came along before; those that changed are added to `moved`.
    """
    number = nodes.number_of(node)
    if not number:
        return False
    changed = False
    if nodes.nodes_of(node, "timelineItems"):
        changed = _put_references(database, number, node, put, moved)
    elif "timelineItems" in node and _total(node, "timelineItems") == 0:
        changed = replace_references(database, number, ())
    if "comments" in node:
        thread = nodes.nodes_of(node, "comments")
        whole = complete_comments and _is_whole(node, "comments", len(thread))
        changed |= (replace_comments if whole else merge_comments)(database, number, thread)
    return _put_slim_issue(database, number, node) or changed


def _put_slim_issue(database: Database, number: int, node: Mapping[str, Any]) -> bool:
    """The row of an issue, without what lives in other tables; True when it is another than before."""
    known = database.row(f"SELECT {_ISSUE} FROM issue WHERE number = ?", (number,))  # noqa: S608 - our own names
    slim = _without_nodes(node, "comments", "timelineItems")
    kept = to_json(slim)
    if known is not None and known["node"] != kept:
        slim = {**json.loads(known["node"]), **slim}
        kept = to_json(slim)
    comments, references = _total(node, "comments"), _total(node, "timelineItems")
    row = (
        number,
        sound_text(nodes.node_id(slim)),
        sound_text(str(slim.get("updatedAt") or "")),
        sound_text(nodes.state_of(slim).upper()),
        _first(comments, known["comments_total"] if known else _count(database, "comment", "thread", number)),
        _first(references, known["references_total"] if known else _count(database, "reference", "number", number)),
        _last_comment(database, number),
        kept,
    )
    if known is not None and tuple(known) == row:
        return False
    database.run(f"INSERT OR REPLACE INTO issue ({_ISSUE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - as above
    return True


_ISSUE = "number, node_id, updated_at, state, comments_total, references_total, last_comment_at, node"


def put_pull(database: Database, node: Mapping[str, Any], *, proposal: bool) -> bool:
    """Lay one PullRequest node over what is known of it; its comments are kept for proposals only.

    True when that changed something.
    """
    ref = nodes.ref_of(node)
    if ref is None:
        return False
    known = database.row("SELECT proposal, node FROM pull WHERE ref = ?", (key_of(ref),))
    proposal = proposal or bool(known and known["proposal"])
    repo, _, number = ref.rpartition("#")
    changed = False
    if proposal and "comments" in node:
        thread = nodes.nodes_of(node, "comments")
        all_of_it = _is_whole(node, "comments", len(thread))
        changed = (replace_comments if all_of_it else merge_comments)(database, int(number), thread)
    whole = _without_nodes(node, "comments")
    kept = to_json(whole)
    if known is not None and known["node"] != kept:
        whole = _laid_over(json.loads(known["node"]), whole)
        kept = to_json(whole)
    if known is not None and known["node"] == kept and known["proposal"] == proposal:
        return changed
    base = whole.get("baseRefName")
    database.run(
        "INSERT OR REPLACE INTO pull (ref, name, repo, number, node_id, state, base, updated_at, proposal, node)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key_of(ref),
            ref,
            repo.casefold(),
            int(number),
            sound_text(nodes.node_id(whole)),
            nodes.pull_state_of(whole).upper(),
            sound_text(base) if isinstance(base, str) else "",
            sound_text(str(whole.get("updatedAt") or "")),
            int(proposal),
            kept,
        ),
    )
    return True


def replace_comments(database: Database, thread: int, comments: Iterable[Any]) -> bool:
    """The whole thread, oldest first; True when it is another than before."""
    texts: dict[str, str] = {}
    for comment in comments:
        identity = nodes.node_id(comment)
        if identity and identity not in texts:
            texts[identity] = to_json(comment)
    known = database.rows("SELECT id, node FROM comment WHERE thread = ? ORDER BY position", (thread,))
    if [tuple(row) for row in known] == list(texts.items()):
        return False
    if known:
        database.run("DELETE FROM comment WHERE thread = ?", (thread,))
    rows = [(thread, place, identity, text) for place, (identity, text) in enumerate(texts.items())]
    database.run_many("INSERT INTO comment (thread, position, id, node) VALUES (?, ?, ?, ?)", rows)
    return True


def merge_comments(database: Database, thread: int, comments: Iterable[Any]) -> bool:
    """Comments laid into a thread: known ones in their place, new ones behind the last; True when any is new."""
    known = database.rows("SELECT position, id, node FROM comment WHERE thread = ? ORDER BY position", (thread,))
    texts = {row["id"]: row["node"] for row in known}
    last = known[-1]["position"] if known else -1
    changed = False
    for comment in comments:
        identity, text = nodes.node_id(comment), to_json(comment)
        if not identity or texts.get(identity) == text:
            continue
        changed = True
        if identity in texts:
            database.run("UPDATE comment SET node = ? WHERE thread = ? AND id = ?", (text, thread, identity))
        else:
            last += 1
            row = (thread, last, identity, text)
            database.run("INSERT INTO comment (thread, position, id, node) VALUES (?, ?, ?, ?)", row)
        texts[identity] = text
    return changed


def recount(database: Database, number: int) -> None:
    """Let an issue's totals follow its thread, where that has become longer than GitHub last said."""
    database.run(
        "UPDATE issue SET comments_total = max(comments_total, ?), last_comment_at = ? WHERE number = ?",
        (_count(database, "comment", "thread", number), _last_comment(database, number), number),
    )


def replace_references(database: Database, number: int, refs: Sequence[str]) -> bool:
    """The pull requests that refer to an issue, oldest first; True when they are others than before."""
    refs, known = list(dict.fromkeys(refs)), _references(database, number)
    if refs == known:
        return False
    if known:
        database.run("DELETE FROM reference WHERE number = ?", (number,))
    rows = [(number, position, ref) for position, ref in enumerate(refs)]
    database.run_many("INSERT INTO reference (number, position, ref) VALUES (?, ?, ?)", rows)
    return True


def _references(database: Database, number: int) -> list[str]:
    rows = database.rows("SELECT ref FROM reference WHERE number = ? ORDER BY position", (number,))
    return [row[0] for row in rows]


def _put_references(
    database: Database, number: int, node: Mapping[str, Any], put: MutableMapping[str, str], moved: set[str]
) -> bool:
    refs: list[str] = []
    for pull in nodes.referring_pulls(node):
        ref, updated = nodes.ref_of(pull) or "", str(pull.get("updatedAt") or "")
        refs.append(ref)
        if not updated or put.get(ref) != updated:
            if put_pull(database, pull, proposal=False):
                moved.add(ref)
            put[ref] = updated
    if not _is_whole(node, "timelineItems", len(nodes.nodes_of(node, "timelineItems"))):
        refs = [*_references(database, number), *refs]
    return replace_references(database, number, refs)


def _is_whole(node: Mapping[str, Any], name: str, count: int) -> bool:
    """True when a connection has nothing beyond its `count` nodes."""
    connection = node.get(name)
    if not isinstance(connection, Mapping) or not isinstance(connection.get("nodes"), list):
        return isinstance(connection, list)
    page = connection.get("pageInfo")
    if isinstance(page, Mapping) and (page.get("hasNextPage") or page.get("hasPreviousPage")):
        return False
    return (_total(node, name) or 0) <= max(count, len(connection["nodes"]))


def _total(node: Mapping[str, Any], name: str) -> int | None:
    connection = node.get(name)
    if not isinstance(connection, Mapping):
        return None
    total = connection.get("filteredCount", connection.get("totalCount"))
    return total if isinstance(total, int) else None


def _first(*values: int | None) -> int:
    return next((v for v in values if v is not None), 0)


def _count(database: Database, table: str, column: str, number: int) -> int:
    row = database.row(f"SELECT count(*) FROM {table} WHERE {column} = ?", (number,))  # noqa: S608 - our own names
    return int(row[0]) if row else 0


def _last_comment(database: Database, number: int) -> str:
    row = database.row("SELECT node FROM comment WHERE thread = ? ORDER BY position DESC LIMIT 1", (number,))
    if row is None:
        return ""
    node = json.loads(row[0])
    return str(node.get("updatedAt") or node.get("updated_at") or "")


def _without_nodes(node: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The node without the elements of connections that live in tables of their own."""
    slim = {key: value for key, value in node.items() if key not in names}
    for name in names:
        value = node.get(name)
        if isinstance(value, Mapping):
            slim[name] = {key: part for key, part in value.items() if key != "nodes"}
    return slim


def _laid_over(known: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The new node over the known one: what the new one lacks stays, also inside connections."""
    for key, value in new.items():
        before = known.get(key)
        if isinstance(before, dict) and isinstance(value, Mapping):
            known[key] = {**before, **value}
        else:
            known[key] = value
    return known

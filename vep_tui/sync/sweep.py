"""Asks in one request whether anything changed, and says what did; it fetches nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vep_tui.remote.client import Answer
from vep_tui.remote.errors import DeadlineExceeded, TooBig
from vep_tui.store.linked import KnownPull
from vep_tui.store.threads import Known
from vep_tui.sync.errand import Errand
from vep_tui.sync.files import REPOSITORIES, SMALL_FILES, expressions, place
from vep_tui.sync.pages import MOST_PAGES, NotThere, next_cursor
from vep_tui.sync.recent import Recent
from vep_tui.sync.shapes import Node, count, dig, elements, text
from vep_tui.sync.watches import KEYS, SLOTS, Probe, Watches

_LISTS = {"issues": "after", "closed": "afterClosed", "pullRequests": "afterPull"}
"""Connection of the sweep to the variable that holds its cursor."""
_FLAGS = {"issues": "issues", "closed": "closed", "pullRequests": "pulls"}
"""Connection of the sweep to the variable that turns it on."""
_SIZES = (100, 50, 25, 10)


@dataclass(slots=True)
class Sweep:
    """The fingerprints of everything."""

    issues: list[Node] = field(default_factory=list)
    """Every open issue."""
    closed: list[Node] = field(default_factory=list)
    """Closed issues that changed since the watermark."""
    proposals: list[Node] = field(default_factory=list)
    """Every open pull request of the enhancements repository."""
    oids: dict[str, str] = field(default_factory=dict)
    """What each folder or file is now: "release/schedules" to an oid, empty when it is not there."""
    viewer: str = ""
    probes: dict[str, Probe] = field(default_factory=dict)
    """The watched lists from outside, by key; what is not shown is not in it."""
    recent: Recent | None = None
    """What changed last in the code repository; None while it is not shown."""
    heads: dict[str, str] = field(default_factory=dict)
    """Release branches at hand to the oids of their heads, empty for those that are not there."""


def sweep(errand: Errand, since: str, watches: Watches) -> Sweep:
    """Take all fingerprints; further pages only of what has more than a hundred."""
    refs = {f"{key}Ref": f"refs/heads/{watches.fixed[key]}" for key in SLOTS}
    fixed = {**errand.names(*REPOSITORIES), **expressions(errand), **watches.fixed, **refs, "since": since}
    found, sizes = Sweep(), iter(_SIZES)
    cursors: dict[str, str | None] = dict.fromkeys(_LISTS)
    first, size = True, next(sizes)
    for _ in range(MOST_PAGES):
        if not (first or cursors):
            break
        flags = {_FLAGS[name]: name in cursors for name in _LISTS} | {"files": first}
        flags |= watches.flags(watches.lists if first else ())
        after = {_LISTS[name]: cursor for name, cursor in cursors.items()}
        try:
            answer = errand.ask("sweep", {**fixed, **flags, **after, "n": size})
        except (TooBig, DeadlineExceeded):
            smaller = next(sizes, None)
            if smaller is None:
                raise
            size = smaller
            continue
        if not isinstance(dig(answer.data, "repository"), dict):
            raise NotThere(f"GitHub does not show {errand.process.enhancements}.")
        if first:
            found.oids, found.viewer = _oids(answer.data), text(answer.data, "viewer", "login")
            probes = {key: Probe.of(dig(answer.data, key)) for key in KEYS}
            found.probes = {key: probe for key, probe in probes.items() if probe}
            found.heads = _heads(answer, watches)
            found.recent = Recent.of(errand.process.repositories.get("code", ""), dig(answer.data, "code", "recent"))
        first = False
        cursors = _take(found, answer.data, cursors)
    return found


def changed_issues(known: Mapping[int, Known], swept: Iterable[Node]) -> dict[int, str]:
    """Open issues whose thread, references or anything else moved on, with their node ids."""
    changed: dict[int, str] = {}
    for node in swept:
        number = count(node, "number")
        before = known.get(number)
        last = elements(node, "c", "n")
        now = (
            "OPEN",
            text(node, "u"),
            count(node, "c", "t"),
            count(node, "r", "t"),
            text(last[-1], "u") if last else "",
        )
        if number and (before is None or now != _fingerprint(before)):
            changed[number] = text(node, "id")
    return changed


def changed_proposals(known: Iterable[KnownPull], swept: Iterable[Node], repo: str) -> dict[str, str]:
    """Open pull requests whose conversation or head moved on, and those open before and not now; ref to node id."""
    before = {k.ref.casefold(): k for k in known if k.proposal and k.state == "OPEN"}
    changed: dict[str, str] = {}
    still: set[str] = set()
    for node in swept:
        ref = f"{repo}#{count(node, 'number')}"
        still.add(ref.casefold())
        old = before.get(ref.casefold())
        now = (text(node, "u"), text(node, "o"), count(node, "c", "t"), count(node, "v", "t"))
        if old is None or now != (old.updated_at, old.head_oid, old.comments_total, old.reviews_total):
            changed[ref] = text(node, "id")
    return changed | {k.ref: k.node_id for ref, k in before.items() if ref not in still}


def _fingerprint(known: Known) -> tuple[str, str, int, int, str]:
    return (
        known.state,
        known.updated_at,
        known.comments_total,
        known.references_total,
        known.last_comment_updated_at,
    )


def _take(found: Sweep, data: Any, cursors: Mapping[str, str | None]) -> dict[str, str | None]:
    """Add a page of each list that was asked for; where the unfinished ones go on."""
    into = {"issues": found.issues, "closed": found.closed, "pullRequests": found.proposals}
    further: dict[str, str | None] = {}
    for name, cursor in cursors.items():
        connection = dig(data, "repository", name)
        if not isinstance(connection, dict):
            raise NotThere(f"GitHub does not list the {name}.")
        into[name].extend(elements(connection, "nodes"))
        if following := next_cursor(connection, cursor):
            further[name] = following
    return further


def _heads(answer: Answer, watches: Watches) -> dict[str, str]:
    """Heads by branch; a branch that GitHub failed to show is left out, one that is not there is empty."""
    failed = any(error.kind != "NOT_FOUND" for error in answer.errors)
    shown = {watches.fixed[key]: dig(answer.data, key) for key in SLOTS if watches.fixed[key]}
    heads = {branch: text(repo, "head", "target", "oid") for branch, repo in shown.items() if isinstance(repo, dict)}
    return {branch: head for branch, head in heads.items() if head or not failed}


def _oids(data: Any) -> dict[str, str]:
    """Oids by place; a repository that is not shown is left out, so that nothing is concluded about it."""
    files = [place(role, key) for role, keys in SMALL_FILES.items() for key in keys]
    parts = (where.split("/") for where in ("repository/documents", *files))
    return {"/".join(part): text(data, *part, "oid") for part in parts if isinstance(dig(data, part[0]), dict)}

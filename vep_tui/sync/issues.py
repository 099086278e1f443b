"""Fetches tracking issues with their threads and references; it decides nothing about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from vep_tui.core.clock import stamp
from vep_tui.core.nodes import moment
from vep_tui.remote.client import GraphError
from vep_tui.store.linked import known_pulls, merged_unheard
from vep_tui.sync.bugs import suspect
from vep_tui.sync.errand import Errand
from vep_tui.sync.lookups import Wanted
from vep_tui.sync.overflow import complete
from vep_tui.sync.pages import each_batch, each_page
from vep_tui.sync.shapes import Node, count, dig, elements, text

MOST_UNHEARD = 150
"""Conversations of merged pull requests in one pull: those of a release and a half, without a first sync of hours."""


def pull_all_issues(errand: Errand, wanted: Wanted, closed_since: datetime) -> None:
    """Every open issue, those closed since a moment, and what became of those that are open no more.

    What was closed before that moment is forgotten.
    """
    known = errand.mirror.known_issues()
    variables = errand.names("enhancements")
    seen: set[int] = set()
    opened = {**variables, "states": ["OPEN"]}
    for nodes in each_page(
        errand, "issues", opened, "repository", "issues", expect=lambda total: errand.expect("issues", total)
    ):
        seen |= keep_issues(errand, wanted, nodes)
    errand.expect("issues", None)  # of those closed since, GitHub's number counts more than we keep
    since = stamp(closed_since)
    closed = {**variables, "states": ["CLOSED"], "since": since}
    for nodes in each_page(errand, "issues", closed, "repository", "issues"):
        late = [n for n in nodes if (at := moment(n.get("closedAt"))) is None or at >= closed_since]
        seen |= keep_issues(errand, wanted, late)
    unseen = {n: k for n, k in known.items() if n not in seen}
    old = {n for n, k in unseen.items() if k.state != "OPEN"}
    errand.mirror.drop_issues(old)
    errand.touched |= old
    gone = {n: k.node_id for n, k in unseen.items() if k.state == "OPEN"}
    pull_again(errand, wanted, issues=gone, proposals={}, pulls={})


def keep_issues(errand: Errand, wanted: Wanted, nodes: Iterable[Node]) -> set[int]:
    """Mirror a page of issues, whole; their numbers."""
    whole = complete(errand, [n for n in nodes if count(n, "number")])
    if not whole:
        return set()
    errand.note(errand.mirror.put_issues(whole, put=errand.put))
    suspect(errand, _sources(whole))
    wanted.read_issues(whole)
    numbers = {int(n["number"]) for n in whole}
    errand.fetched["issues"] += len(whole)
    errand.tell("issues", errand.fetched["issues"])
    return numbers


def pull_again(
    errand: Errand,
    wanted: Wanted,
    *,
    issues: Mapping[int, str],
    proposals: Mapping[str, str],
    pulls: Mapping[str, str],
) -> None:
    """Fetch known things anew by node id: issues by number, proposals and other pull requests by ref.

    What is not there any more, or moved to another repository, is forgotten.
    """
    wishes = {"issues": {str(n): node for n, node in issues.items()}, "proposals": proposals, "pulls": pulls}
    asked = [(kind, key, node) for kind, keys in wishes.items() for key, node in keys.items() if node]

    def ask(batch: list[tuple[str, str, str]]) -> Any:
        lists = {kind: [node for k, _, node in batch if k == kind] for kind in wishes}
        return errand.ask("nodes", lists, absent_is_fine=True)

    for batch, answer in each_batch(errand, asked, ask):
        found: dict[str, list[Node]] = {kind: [] for kind in wishes}
        absent: dict[str, list[str]] = {kind: [] for kind in wishes}
        hidden = _hidden(answer.errors)
        for kind in wishes:
            answers = dig(answer.data, kind)
            for place, key in enumerate(key for k, key, _ in batch if k == kind):
                node = answers[place] if isinstance(answers, list) and place < len(answers) else None
                if isinstance(node, dict) and _is_still(errand, kind, node):
                    found[kind].append(node)
                elif isinstance(answers, list) and not hidden & {(), (kind, place)}:
                    absent[kind].append(key)
        keep_issues(errand, wanted, found["issues"])
        keep_proposals(errand, wanted, found["proposals"])
        keep_pulls(errand, found["pulls"])
        _forget(errand, absent)


def keep_proposals(errand: Errand, wanted: Wanted, nodes: Iterable[Node]) -> set[int]:
    """Mirror pull requests of the enhancements repository with their conversation; their numbers."""
    whole = complete(errand, [n for n in nodes if count(n, "number")])
    if not whole:
        return set()
    errand.note(errand.mirror.put_pulls(whole, proposal=True))
    wanted.read_proposals(whole)
    numbers = {int(n["number"]) for n in whole}
    errand.fetched["pull_requests"] += len(whole)
    errand.tell("pull requests", errand.fetched["pull_requests"])
    return numbers


def keep_pulls(errand: Errand, nodes: Iterable[Node]) -> None:
    """Mirror other pull requests."""
    whole = [n for n in nodes if count(n, "number")]
    if not whole:
        return
    errand.note(errand.mirror.put_pulls(whole))
    suspect(errand, whole)
    errand.fetched["pull_requests"] += len(whole)
    errand.tell("pull requests", errand.fetched["pull_requests"])


def pull_all_proposals(errand: Errand, wanted: Wanted) -> None:
    """Every open pull request of the enhancements repository, and what became of those that were open."""
    open_before = {k.ref: k.node_id for k in known_pulls(errand.mirror) if k.proposal and k.state == "OPEN"}
    seen: set[int] = set()
    before = errand.fetched["pull_requests"]
    for nodes in each_page(
        errand,
        "proposals",
        errand.names("enhancements"),
        "repository",
        "pullRequests",
        expect=lambda total: errand.expect("pull requests", before + total),
    ):
        seen |= keep_proposals(errand, wanted, nodes)
    errand.expect("pull requests", None)
    gone = {ref: node for ref, node in open_before.items() if int(ref.rpartition("#")[2]) not in seen}
    pull_again(errand, wanted, issues={}, proposals=gone, pulls={})


def hear_merged(errand: Errand, wanted: Wanted, *, full: bool) -> bool:
    """Fetch the conversations of VEP pull requests that had been merged when we met them: who signed off, who reviewed.

    Each once, for what is merged rests: the newest first, and in a pull of what changed only what was merged since the
    last full one. True when there were any.
    """
    since = None if full else moment(errand.mirror.meta("full_at"))
    unheard = merged_unheard(errand.mirror, errand.enhancements, since)[:MOST_UNHEARD]
    pull_again(errand, wanted, issues={}, proposals=dict(unheard), pulls={})
    return bool(unheard)


def _is_still(errand: Errand, kind: str, node: Node) -> bool:
    """False for what was transferred to another repository or turned into something else."""
    expected = "Issue" if kind == "issues" else "PullRequest"
    if text(node, "__typename") not in ("", expected) or not count(node, "number"):
        return False
    here = text(node, "repository", "nameWithOwner").casefold()
    return kind != "issues" or not here or here == errand.enhancements.casefold()


def _hidden(errors: Iterable[GraphError]) -> set[tuple[str | int, ...]]:
    """Places of nodes that GitHub failed to show for another reason than that they are gone; () means any of them."""
    gone = [e for e in errors if e.kind == "NOT_FOUND" and len(e.path) == 2]
    return {e.path[:2] for e in errors if e not in gone}


def _forget(errand: Errand, absent: Mapping[str, list[str]]) -> None:
    numbers = [int(n) for n in absent["issues"]]
    if numbers:
        errand.mirror.drop_issues(numbers)
        errand.touched |= set(numbers)
    refs = [*absent["proposals"], *absent["pulls"]]
    if refs:
        errand.moved |= set(refs)
        errand.mirror.drop_pulls(refs)


def _sources(nodes: Iterable[Node]) -> list[Any]:
    """What refers to these issues."""
    return [dig(event, "source") for node in nodes for event in elements(node, "timelineItems", "nodes")]

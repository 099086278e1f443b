"""Looks after the bugs of code repositories that are not listed whole: what refers to a VEP is asked for its labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vep_tui.core.models import PrKind
from vep_tui.core.nodes import node_id, ref_of, state_of
from vep_tui.sync.errand import Errand, Suspect
from vep_tui.sync.pages import each_batch
from vep_tui.sync.shapes import Node, elements, text
from vep_tui.sync.watches import BUGS

ASKED = "labels"
"""Kind of the facts about refs whose labels were looked at: the moment of their last change then."""


def suspect(errand: Errand, nodes: Iterable[Any]) -> None:
    """Take down which of these issues and pull requests may be bugs of a repository whose bugs are not listed."""
    process = errand.process
    listed = process.repositories.get("code", "").casefold()
    for node in nodes:
        repo = text(node, "repository", "nameWithOwner").casefold()
        if repo != listed and process.kinds.get(repo) is PrKind.CODE:
            ref = (ref_of(node) or "").casefold()
            errand.suspects[ref] = Suspect(node_id(node), text(node, "updatedAt"), state_of(node) in ("OPEN", ""))


def bugs_among(errand: Errand, nodes: Iterable[Any]) -> list[Node]:
    """Those issues and pull requests that are labelled as bugs."""
    label = errand.process.labels.get("bug", "").casefold()
    labelled = (n for n in nodes if isinstance(n, dict))
    return [n for n in labelled if any(text(one, "name").casefold() == label for one in elements(n, "labels", "nodes"))]


def pull_bugs_elsewhere(errand: Errand, *, full: bool, complete: bool) -> None:
    """Ask the open suspects for their labels, unless they have not changed since; closed ones are bugs no more.

    `full` asks again whatever is known; `complete` says that no bug refers to a VEP that is not a suspect.
    """
    asked = {} if full else errand.mirror.facts(ASKED)
    todo = [(ref, s) for ref, s in errand.suspects.items() if s.is_open and asked.get(ref) != s.updated_at]
    listed = f"{errand.process.repositories.get('code', '')}#".casefold()
    before = {bug.ref.casefold() for bug in errand.mirror.bugs() if not bug.ref.casefold().startswith(listed)}
    gone = before if complete else before & {ref for ref, s in errand.suspects.items() if not s.is_open}

    def ask(batch: list[tuple[str, Suspect]]) -> Any:
        return errand.ask("labels", {"ids": [s.node_id for _, s in batch]}, absent_is_fine=True)

    with errand.part(BUGS):
        if full:
            errand.mirror.put_many_facts(ASKED, {}, complete=True)
        for batch, answer in each_batch(errand, todo, ask, light=100):
            shown = {(ref_of(node) or "").casefold(): node for node in elements(answer.data, "nodes")}
            bugs = {(ref_of(bug) or "").casefold(): bug for bug in bugs_among(errand, shown.values())}
            errand.mirror.put_bugs(bugs.values())
            errand.mirror.put_many_facts(ASKED, {ref: s.updated_at for ref, s in batch if ref in shown})
            gone = (gone | (before & shown.keys())) - (bugs.keys() | ({ref for ref, _ in batch} - shown.keys()))
        gone -= errand.named_bugs
        errand.mirror.drop_bugs(gone)

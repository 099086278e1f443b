"""Asks what undid the code that was merged to main: nothing else tells of it; it judges no pull request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from vep_tui.core.nodes import ref_of
from vep_tui.store.linked import known_refs, merged_since
from vep_tui.sync.errand import Errand
from vep_tui.sync.pages import each_batch
from vep_tui.sync.shapes import Node, dig, elements, text
from vep_tui.sync.watches import Watches

ASKED = "reverts"
"""Kind of the facts, by node id, about merged pull requests that were looked at; a full pull looks again."""
_DEEP = 3
"""A revert may be reverted, too."""
_AGE = timedelta(days=240)
"""How far back to look where no schedule says when the earlier release was cut."""


def pull_reverts(errand: Errand, watches: Watches, *, full: bool) -> None:
    """Fetch the reverts of what was merged to main since the release before the current one was cut.

    A new reference moves nothing that a sweep could see, so each is asked for once, and again in full pulls.
    """
    cut = watches.releases[0].code_freeze if len(watches.releases) > 1 else None
    since = datetime.combine(cut, time(), UTC) if cut else errand.now - _AGE
    code = errand.process.repositories.get("code", "")
    if full:
        errand.mirror.put_many_facts(ASKED, {}, complete=True)
    for _ in range(_DEEP):
        asked = errand.mirror.facts(ASKED)
        todo = [node for node in merged_since(errand.mirror, code, since) if node not in asked]
        if not todo:
            return
        _ask(errand, todo)


def _ask(errand: Errand, ids: Sequence[str]) -> None:
    known = known_refs(errand.mirror)

    def ask(batch: list[str]) -> Any:
        lists = {"a": batch[:100], "b": batch[100:200], "c": batch[200:]}
        return errand.ask("reverts", lists, absent_is_fine=True)

    for batch, answer in each_batch(errand, ids, ask, light=300):
        found = _reverts([node for key in "abc" for node in elements(answer.data, key)])
        fresh = {(ref_of(node) or "").casefold() for node in found} - known
        with errand.mirror.transaction():
            errand.note(errand.mirror.put_pulls(found))
            errand.mirror.put_many_facts(ASKED, dict.fromkeys(batch, True))
        errand.fetched["pull_requests"] += len(fresh)
        errand.everything |= bool(fresh)


def _reverts(nodes: Sequence[Node]) -> list[Node]:
    """The pull requests among what refers to these that speak of reverting."""
    sources = (dig(event, "source") for node in nodes for event in elements(node, "timelineItems", "nodes"))
    pulls = {text(source, "id"): source for source in sources if text(source, "__typename") == "PullRequest"}
    return [node for node in pulls.values() if "revert" in f"{text(node, 'title')}\n{text(node, 'body')}".casefold()]

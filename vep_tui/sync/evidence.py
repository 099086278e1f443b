"""Fetches the watched lists page by page, as far as they may be new; what they prove is for core to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vep_tui.core.models import PrState, PullRequest
from vep_tui.core.nodes import moment, ref_of
from vep_tui.remote import queries
from vep_tui.remote.errors import DeadlineExceeded, ServerTrouble, TooBig
from vep_tui.store.linked import known_pulls
from vep_tui.sync.errand import Errand
from vep_tui.sync.issues import keep_pulls, pull_again
from vep_tui.sync.lookups import Wanted
from vep_tui.sync.pages import MOST_PAGES, next_cursor
from vep_tui.sync.shapes import Node, dig, elements, text
from vep_tui.sync.watches import DOCS_PULLS, MARKS, Probe, Watch, Watches, as_mark, cursor_name

_SIZES = (100, 50, 25, 10)
_SIZES_OF_NEWS = (25, 10)
_MOST_SIZED = 100
"""Node ids that GitHub takes at once."""


@dataclass(slots=True)
class _Walk:
    """One list on the way through its pages, last changed first."""

    watch: Watch
    until: datetime | None
    """Where what is known begins; None: there is no such place."""
    full: bool
    probe: Probe | None = None
    """How the list looked when the walk began; None while GitHub does not show it."""
    after: str | None = None
    whole: bool = False
    """The end of the list was reached."""
    blind: bool = False
    """GitHub left members out."""
    seen: set[str] = field(default_factory=set)
    """Refs met, in lower case."""


def pull_watched(errand: Errand, wanted: Wanted, watches: Watches, lists: Sequence[Watch], *, full: bool) -> None:
    """Bring these lists up to date: what changed since they were fetched last, or with `full` all that is of use."""
    if not lists:
        return
    marks = errand.mirror.meta(MARKS, {})
    with errand.part(*dict.fromkeys(watch.part for watch in lists)):
        walks = [_Walk(watch, _until(watch, None if full else marks.get(watch.name)), full) for watch in lists]
        _walk_through(errand, watches, walks, only_open=False)
        odd = [walk for walk in walks if walk.probe and len(_open_now(errand, walk.watch)) != walk.probe.open]
        _walk_through(errand, watches, [_anew(walk) for walk in odd if not walk.whole], only_open=True)
        for walk in odd:
            _settle(errand, wanted, walk)
        sound = {walk.watch.name: as_mark(walk.probe) for walk in walks if walk.probe and not walk.blind}
        errand.mirror.set_meta(MARKS, {k: v for k, v in marks.items() if k in watches.names()} | sound)
        errand.failed |= {walk.watch.part for walk in walks if walk.watch.name not in sound}
    if any(watch.part == DOCS_PULLS for watch in lists):
        _size_up(errand)


def _until(watch: Watch, mark: Any) -> datetime | None:
    newest = moment(mark[1]) if isinstance(mark, list) and len(mark) > 1 else None
    return newest or watch.since


def _anew(walk: _Walk) -> _Walk:
    """The same walk at the beginning, to the end this time: what it counts is not what the mirror holds."""
    walk.until, walk.after = None, None
    return walk


def _walk_through(errand: Errand, watches: Watches, walks: Sequence[_Walk], *, only_open: bool) -> None:
    """A page of each list per request, as long as any goes on."""
    active = list(walks)
    sizes = iter(_SIZES if only_open or any(walk.full for walk in walks) else _SIZES_OF_NEWS)
    size = next(sizes)
    for _ in range(MOST_PAGES):
        if not active:
            break
        cursors = {cursor_name(walk.watch.key): walk.after for walk in active}
        states = {"states": ["OPEN"]} if only_open else {}
        flags = watches.flags(walk.watch for walk in active)
        try:
            answer = errand.ask("evidence", {**watches.fixed, **states, **flags, **cursors, "n": size})
        except (TooBig, DeadlineExceeded):
            smaller = next(sizes, None)
            if smaller is None:
                raise
            size = smaller
            continue
        active = [walk for walk in active if _goes_on(errand, walk, dig(answer.data, walk.watch.key))]


def _goes_on(errand: Errand, walk: _Walk, shown: Any) -> bool:
    """Keep a page of a list; True when the next page may hold something of use."""
    connection = dig(shown, "list")
    if not isinstance(connection, dict):
        walk.probe = None
        return False
    walk.probe = walk.probe or Probe.of(shown)
    page = elements(connection, "nodes")
    shown_nodes = connection.get("nodes")
    walk.blind |= not isinstance(shown_nodes, list) or len(page) != len(shown_nodes)
    walk.seen |= {ref.casefold() for node in page if (ref := ref_of(node))}
    _keep(errand, walk, page)
    walk.after = next_cursor(connection, walk.after)
    walk.whole = walk.after is None
    last = moment(text(page[-1], "updatedAt")) if page else None
    return not (walk.whole or (walk.until and last and last < walk.until))


def _keep(errand: Errand, walk: _Walk, page: list[Node]) -> None:
    if walk.watch.bugs:
        errand.mirror.put_bugs(page)
        return
    refs = [ref for node in page if (ref := ref_of(node))]
    known = {} if walk.full else errand.mirror.pulls(refs)
    keep_pulls(errand, [node for node in page if not _is_known(node, known)])


def _is_known(node: Node, known: Mapping[str, PullRequest]) -> bool:
    pull = known.get(ref_of(node) or "")
    return pull is not None and pull.updated_at == moment(node.get("updatedAt"))


def _open_now(errand: Errand, watch: Watch) -> dict[str, str]:
    """What the mirror takes for the open members of a list, ref to node id."""
    if watch.bugs:
        return dict.fromkeys((bug.ref for bug in errand.mirror.bugs() if watch.holds_bug(bug)), "")
    return {k.ref: k.node_id for k in known_pulls(errand.mirror) if k.state == "OPEN" and watch.holds(k)}


def _settle(errand: Errand, wanted: Wanted, walk: _Walk) -> None:
    """Look after what is a member no more: closed bugs go, pull requests are asked what became of them."""
    gone = {ref: node for ref, node in _open_now(errand, walk.watch).items() if ref.casefold() not in walk.seen}
    if walk.blind or not walk.whole:
        return
    if walk.watch.bugs:
        errand.mirror.drop_bugs(gone)
    else:
        pull_again(errand, wanted, issues={}, proposals={}, pulls=gone)


def _size_up(errand: Errand) -> None:
    """Ask how many lines open docs pull requests change. A courtesy: whatever goes wrong, the size stays unknown."""
    repo = errand.process.repositories.get("docs", "")
    ids = [p.node_id for p in errand.mirror.pulls_of(repo) if p.state is PrState.OPEN and p.node_id][:_MOST_SIZED]
    if not ids:
        return
    try:
        answer = errand.remote.graphql(queries.query("sizes"), {"ids": ids})
    except (ServerTrouble, DeadlineExceeded):
        return
    found = [node for node in elements(answer.data.get("nodes")) if isinstance(node.get("additions"), int)]
    errand.note(errand.mirror.put_pulls(found))

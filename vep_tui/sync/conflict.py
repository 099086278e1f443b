"""Tells whether somebody has set an item otherwise since the user looked, in words for the user; it holds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable

from vep_tui.core.checklist import merge
from vep_tui.core.models import ChecklistComment, ItemState, People, Tick
from vep_tui.core.process import Process
from vep_tui.core.prose import code

_MARKED = {ItemState.DONE: "ticked it", ItemState.NA: "marked it does-not-apply", ItemState.TODO: "unticked it"}


def conflicts(
    ticks: Iterable[Tick], comments: Iterable[ChecklistComment], process: Process, people: People, me: str
) -> dict[int, str]:
    """Tick id to the reason why it should not be sent as it is.

    Words of others are compared with what the user saw. The user's own are compared by time: what they said before
    this wish they know; what they said after it, on another machine or on the web, is newer than the wish.
    """
    comments = tuple(comments)
    if not (people.sigs or people.approvers or people.reviewers):  # nobody is known yet, so nobody is ignored
        people = People(others=tuple(c.author for c in comments))
    found: dict[int, str] = {}
    for tick in ticks:
        now = {i.key: i for i in merge(tick.release, comments, (), process, people, me, {}).items}.get(tick.item)
        state, by = _seen(tick.seen)
        if now is None or now.state in (tick.state, state):
            continue
        if now.by is not None and _same(now.by, me):
            if now.at is not None and now.at > tick.created_at and now.state is not ItemState.TODO:
                found[tick.id] = f"You {_MARKED[now.state]} after that, on another machine or on GitHub."
        elif state and now.state is not ItemState.TODO:
            found[tick.id] = f"{code(now.by or 'somebody')} {_MARKED[now.state]} since you looked."
        elif state and not _same(by, me):
            found[tick.id] = f"{code(by) if by else 'Somebody'} {_MARKED[now.state]} since you looked."
    return found


def _seen(text: str) -> tuple[str, str]:
    """State and author the user saw; empty when that is not known."""
    try:
        seen = json.loads(text) if text else {}
    except ValueError:
        return "", ""
    if not isinstance(seen, dict):
        return "", ""
    return str(seen.get("state") or ""), str(seen.get("by") or "")


def _same(login: str, other: str) -> bool:
    return login.casefold() == other.casefold()

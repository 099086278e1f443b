"""Sends what waits in the outbox, each group with one request that is on disk before it goes; it settles nothing."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from vep_tui.core.checklist import statements_of
from vep_tui.core.comment import MAX_BYTES, CommentTooLongError, parse_comment, read_comment, render
from vep_tui.core.marker import sign
from vep_tui.core.models import ChecklistComment, ItemState, Statement, Tick
from vep_tui.core.nodes import read_comment as read_node
from vep_tui.core.prose import code, tidy, tidy_line
from vep_tui.core.world import World
from vep_tui.remote.client import Remote
from vep_tui.remote.errors import (
    BadCredentials,
    DeadlineExceeded,
    Gone,
    InDoubt,
    LoginRequired,
    Moved,
    NotFound,
    NotGitHub,
    RateLimited,
    Refused,
    RemoteError,
    Unsent,
    Unusable,
)
from vep_tui.store.errors import StoreError
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.wishes import TICK, Group, WishChanged
from vep_tui.sync.conflict import conflicts
from vep_tui.sync.outcome import Outcome
from vep_tui.sync.progress import Progress
from vep_tui.sync.settle import Settler, keep
from vep_tui.sync.thread import Thread, read_thread

NOT_DONE = (Unsent, RateLimited, BadCredentials, LoginRequired, Moved, Unusable)
"""What says nothing about the wish itself: nothing was done, and it can wait for better times."""

SLOW = (DeadlineExceeded, Moved, Unusable)
"""What will not be better with the next group: the rest waits, too."""

ROUNDS = 3
"""How often a group is tried anew within one push when the ground moved under it."""

_ISSUE = re.compile(r"/issues/(\d+)")
_TRANSFERRED = (
    "GitHub has moved this issue to another repository, and nothing was sent: say it there, and drop it here."
)
_NO_ITEM = "The checklist has no such item any more; drop this tick."


@dataclass(frozen=True, slots=True)
class Letter:
    """One request, ready to go: a new comment, or a new text for `comment_id`."""

    ids: tuple[int, ...]
    number: int
    body: str
    op: str
    comment_id: str = ""
    after: str = ""
    """Id of the newest comment of the thread as it was read."""


class Push:
    """One round of sending."""

    def __init__(
        self,
        mirror: Mirror,
        outbox: Outbox,
        remote: Remote,
        world: World,
        settler: Settler,
        *,
        monotonic: Callable[[], float],
        new_op: Callable[[], str] = lambda: str(uuid.uuid4()),
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._mirror, self._outbox, self._remote, self._world = mirror, outbox, remote, world
        self._settler, self._monotonic, self._new_op = settler, monotonic, new_op
        self._progress = progress
        self._repo = world.process.enhancements

    def run(self, outcome: Outcome) -> None:
        """Send every group that waits, oldest first, until none is left or GitHub cannot be asked."""
        tried: Counter[tuple[str, int, str | None, int]] = Counter()
        while not outcome.hopeless:
            groups = [g for g in self._outbox.groups() if tried[_name(g)] < ROUNDS]
            if not groups:
                return
            group, name = groups[0], _name(groups[0])
            tried[name] += 1
            if self._progress is not None:
                self._progress(Progress("sending", 0, len(groups)))
            keep(self._outbox)
            outcome.touched.add(group.number)
            try:
                letter = self._post(group) if group.kind != TICK else self._checklist(group, outcome)
                if letter is not None and not self._send(letter, outcome, last=tried[name] == ROUNDS):
                    return
            except WishChanged:
                continue
            except CommentTooLongError as error:
                self._outbox.hold(group.ids, str(error))
            except RemoteError as error:
                tried[name] = ROUNDS
                outcome.failed(error, f"What is meant for #{group.number} has to wait.")
                if isinstance(error, SLOW):
                    return

    def _post(self, group: Group) -> Letter | None:
        """A free comment, check-in or command, as it was written; None when it is held."""
        op, post = self._new_op(), group.post
        body = sign(post.body if post else "", op)
        if len(body.encode("utf-8", "replace")) > MAX_BYTES:
            raise CommentTooLongError("The comment is longer than GitHub allows (65,536 bytes): shorten it.")
        if post and post.login and (reason := _of_another(post.login, viewer := self._remote.viewer())):
            self._note_viewer(viewer)
            self._outbox.hold(group.ids, reason)
            return None
        return Letter(group.ids, group.number, body, op)

    def _checklist(self, group: Group, outcome: Outcome) -> Letter | None:
        """The user's comment with the ticks of a group in it; None when there is nothing to send."""
        try:
            thread = read_thread(self._remote, self._repo, group.number)
        except NotFound as error:
            self._outbox.hold(group.ids, str(error))
            return None
        self._remember(thread, outcome)
        read = (read_comment(c, self._world.people, self._world.process) for c in thread.comments)
        comments = [c for c in read if c is not None and c.release == group.release]
        process = self._world.process
        reasons = conflicts(group.ticks, comments, process, self._world.people, thread.viewer)
        reasons |= {tick.id: _NO_ITEM for tick in group.ticks if process.item(tick.item) is None}
        reasons |= {t.id: why for t in group.ticks if (why := _of_another(t.login, thread.viewer))}
        self._note_viewer(thread.viewer)
        for tick_id, reason in reasons.items():
            self._outbox.hold([tick_id], reason)
        ticks = [tick for tick in group.ticks if tick.id not in reasons]
        return self._write(group, ticks, comments, thread, outcome) if ticks else None

    def _write(
        self, group: Group, ticks: list[Tick], comments: list[ChecklistComment], thread: Thread, outcome: Outcome
    ) -> Letter | None:
        release, process = str(group.release), self._world.process
        mine = [c for c in comments if c.author.casefold() == thread.viewer.casefold()]
        said = statements_of(thread.viewer, release, mine)
        ids = tuple(tick.id for tick in ticks)
        home = mine[0].comment if mine else None
        if all(_is_said(tick, said) for tick in ticks):
            self._outbox.satisfied(ids, home.database_id if home else "", home.url if home else "")
            outcome.sent += len(ids)
            return None
        for tick in ticks:
            said[tick.item] = _statement(tick, comments)
        op = self._new_op()
        body = render(
            group.number,
            release,
            said.values(),
            op,
            thread.viewer,
            self._world.now,
            parse_comment(home, process) if home else None,
            process,
            next((r.branch for r in self._world.releases if r.version == release), None),
            (home.edited_at or home.created_at) if home else None,
        )
        return Letter(ids, group.number, body, op, home.database_id if home else "", thread.last_id)

    def _send(self, letter: Letter, outcome: Outcome, *, last: bool) -> bool:
        """Claim, send, and do with the answer as the delivery table says; False when the rest had better wait."""
        method = "patch" if letter.comment_id else "post"
        attempt = self._outbox.claim(letter.ids, letter.op, method, letter.comment_id, letter.body, letter.after)
        self._settler.begun[letter.op] = self._monotonic()
        try:
            if letter.comment_id:
                echoed = self._remote.edit_comment(self._repo, letter.comment_id, letter.body)
            else:
                echoed = self._remote.post_comment(self._repo, letter.number, letter.body)
        except Moved as error:
            if not _leads_elsewhere(error, letter.number):
                self._outbox.unsent(letter.op)
                raise
            self._outbox.refuse(letter.op, _TRANSFERRED)
        except NOT_DONE:
            self._outbox.unsent(letter.op)
            raise
        except Refused as error:
            if letter.comment_id and isinstance(error, NotFound | Gone) and not last:
                self._outbox.unsent(letter.op)  # the comment is gone, or the whole thread: look again
            else:
                self._outbox.refuse(letter.op, str(error))
        except InDoubt as error:
            outcome.doubts.append(str(error))
            if isinstance(error.cause, NotGitHub):
                outcome.failed(error.cause)
            return not isinstance(error.cause, DeadlineExceeded)
        else:
            node = _as_graphql(echoed)
            self._settler.arrived(attempt, read_node(node), node, outcome)
        return True

    def _note_viewer(self, viewer: str) -> None:
        """What is wished from now on is wished as whoever is logged in, though no pull has come between."""
        if viewer and viewer != self._mirror.meta("viewer"):
            self._mirror.set_meta("viewer", viewer)

    def _remember(self, thread: Thread, outcome: Outcome) -> None:
        """Lay what was read into the mirror, so that the user sees what the decision was made on."""
        try:
            if self._mirror.issue(thread.number, comments=False) is not None:
                self._mirror.put_comments(thread.number, thread.nodes)
        except StoreError as error:
            outcome.complain(str(error))


def _of_another(login: str, viewer: str) -> str:
    """Why a wish of this login is not to be sent with the viewer's token; empty when it may be."""
    if not login or not viewer or login.casefold() == viewer.casefold():
        return ""
    mine, theirs = code(login), code(viewer)
    return (
        f"Noted for {mine}, the account of the last sync, but you are logged in as {theirs}:"
        f" retry it to send it as whoever is logged in then, or drop it."
    )


def _name(group: Group) -> tuple[str, int, str | None, int]:
    return (group.kind, group.number, group.release, max(group.ids))


def _leads_elsewhere(moved: Moved, number: int) -> bool:
    """True when one issue was transferred; a repository of another name keeps its numbers."""
    found = _ISSUE.search(moved.url)
    return found is not None and int(found[1]) != number


def _statement(tick: Tick, comments: list[ChecklistComment]) -> Statement:
    """What a tick says. The user knows what was said before, so it is said later, whatever the clocks say."""
    before = (s.at for c in comments for s in c.statements if s.key == tick.item)
    at = max((tick.created_at, *(moment + timedelta(seconds=1) for moment in before)))
    return Statement(tick.item, tick.state, at, tidy(tick.note), tidy_line(tick.evidence))


def _is_said(tick: Tick, said: Mapping[str, Statement]) -> bool:
    """True when GitHub shows already what is wished; an open item that was never spoken of is open without words."""
    known = said.get(tick.item)
    if known is None:
        return tick.state is ItemState.TODO and not tidy(tick.note)
    return known.state is tick.state and known.note == tidy(tick.note) and known.at >= tick.created_at


def _as_graphql(comment: Mapping[str, Any]) -> dict[str, Any]:
    """A comment of the REST API in the shape of GraphQL's, as the mirror keeps them."""
    user = comment.get("user")
    edited = comment.get("updated_at") if comment.get("updated_at") != comment.get("created_at") else None
    return {
        "id": comment.get("node_id"),
        "fullDatabaseId": str(comment.get("id")),
        "author": {"login": user.get("login")} if isinstance(user, Mapping) else None,
        "body": comment.get("body"),
        "createdAt": comment.get("created_at"),
        "updatedAt": comment.get("updated_at"),
        "lastEditedAt": edited,
        "editor": {"login": user.get("login")} if edited and isinstance(user, Mapping) else None,
        "url": comment.get("html_url"),
        "isMinimized": False,
    }

"""The values that come out of the outbox and how its rows become them; it writes nothing."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from vep_tui.core.models import Delivery, ItemState
from vep_tui.store.database import from_stamp
from vep_tui.store.errors import StoreError

if TYPE_CHECKING:
    from vep_tui.core.models import Tick

TICK = "tick"
POST_KINDS = ("comment", "check-in", "command")
"""What a single post may be; each is sent as a comment of its own, once."""


class WishChanged(StoreError):  # noqa: N818 - it is what happened, not a mistake
    """A wish was replaced or dropped since it was read; read the groups anew."""


class Post(NamedTuple):
    """A free comment, a check-in or a Prow command on its way to GitHub."""

    id: int
    number: int
    """Issue or pull request of the enhancements repository."""
    kind: str
    """One of `POST_KINDS`."""
    body: str
    created_at: datetime
    delivery: Delivery
    reason: str = ""
    """Why it is held, for the user."""
    comment_url: str = ""
    login: str = ""
    """As whom it was wished; empty when that is not known, or not to matter."""


class OutboxEntry(NamedTuple):
    """Any wish, as the outbox lists it."""

    id: int
    kind: str
    """"tick" or one of `POST_KINDS`."""
    number: int
    item: str | None
    release: str | None
    state: str | None
    note: str
    body: str
    delivery: Delivery
    reason: str
    created_at: datetime
    comment_url: str
    login: str = ""
    """As whom it was wished; empty when that is not known, or not to matter."""


class Note(NamedTuple):
    """What the outbox says about one row."""

    waiting: int = 0
    """Wishes that wait or are being sent."""
    held: int = 0
    until: str | None = None
    """Put off until this moment; moments as they sort."""
    changed_after: str | None = None
    """Put off until a change after this moment."""


class Group(NamedTuple):
    """What is sent with one request: all waiting ticks of a VEP and release, or one post."""

    kind: str
    number: int
    release: str | None
    ticks: tuple[Tick, ...] = ()
    """In the order they were wished."""
    post: Post | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """The wishes in it, for `Outbox.claim`."""
        return (self.post.id,) if self.post else tuple(t.id for t in self.ticks)


class Attempt(NamedTuple):
    """One request that was begun: written before it is sent, removed when its outcome is known."""

    op: str
    """Operation id: the marker by which the comment is found again."""
    number: int
    release: str | None
    kind: str
    method: str
    """"post" or "patch"."""
    comment_id: str
    """Database id of the comment a patch goes to; empty for a post."""
    body: str
    """The whole text that was to be sent."""
    after: str
    """Id of the last comment of the thread before the attempt; empty when unknown or none."""
    started_at: datetime
    looks: int
    """How often a sync has looked for it in vain."""
    ids: tuple[int, ...]


def read_tick(row: sqlite3.Row) -> Tick:
    """A row of kind tick."""
    from vep_tui.core.models import Tick  # not before the first frame

    return Tick(
        id=row["id"],
        number=row["number"],
        release=row["release"],
        item=row["item"],
        state=ItemState(row["state"]),
        note=row["note"],
        evidence=row["evidence"],
        seen=row["seen"],
        created_at=from_stamp(row["created_at"]),
        delivery=Delivery(row["delivery"]),
        reason=row["reason"],
        comment_url=row["comment_url"],
        login=_login(row),
    )


def read_post(row: sqlite3.Row) -> Post:
    """A row of one of `POST_KINDS`."""
    return Post(
        id=row["id"],
        number=row["number"],
        kind=row["kind"],
        body=row["body"],
        created_at=from_stamp(row["created_at"]),
        delivery=Delivery(row["delivery"]),
        reason=row["reason"],
        comment_url=row["comment_url"],
        login=_login(row),
    )


def read_entry(row: sqlite3.Row) -> OutboxEntry:
    """Any row."""
    return OutboxEntry(
        id=row["id"],
        kind=row["kind"],
        number=row["number"],
        item=row["item"],
        release=row["release"],
        state=row["state"],
        note=row["note"],
        body=row["body"],
        delivery=Delivery(row["delivery"]),
        reason=row["reason"],
        created_at=from_stamp(row["created_at"]),
        comment_url=row["comment_url"],
        login=_login(row),
    )


def _login(row: sqlite3.Row) -> str:
    """As whom it was wished; a damaged or read-only file may be older than that is noted."""
    return str(row["login"]) if "login" in row.keys() else ""  # noqa: SIM118 - a Row iterates over values

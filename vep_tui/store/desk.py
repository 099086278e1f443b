"""The one read and command door of the screens and the command line; it never waits for a network."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from vep_tui.core.filter import parse
from vep_tui.core.views import SORTS
from vep_tui.store.assembled import Assembled
from vep_tui.store.database import from_stamp
from vep_tui.store.errors import DeskError, StoreUnavailable, WishError
from vep_tui.store.header import Header, read_header
from vep_tui.store.projection import Projection, QueuePage
from vep_tui.store.wishes import OutboxEntry

if TYPE_CHECKING:
    from vep_tui.core.models import ChecklistItem, ItemState, PullRequest, QueueRow, Tick, Vep
    from vep_tui.core.process import Process
    from vep_tui.core.world import World
    from vep_tui.store.mirror import Mirror
    from vep_tui.store.outbox import Outbox

__all__ = ["Desk", "DeskError", "DocumentText", "Header", "OutboxEntry", "QueuePage"]

_RELEASE = re.compile(r"\d{1,3}\.\d{1,3}")


class DocumentText(NamedTuple):
    """The document of a VEP as it lies in the enhancements repository."""

    path: str
    text: str
    url: str


class Desk:
    """What one thread reads and commands; one per thread, like the connections below it."""

    def __init__(self, mirror: Mirror, outbox: Outbox, projection: Projection, world: World) -> None:
        self.world = world
        """Replace it when the day, the people or the person looking changed."""
        self._mirror = mirror
        self._outbox = outbox
        self._projection = projection
        self._asked: tuple[int, int] | None = None
        self._veps = Assembled(mirror, outbox, projection)

    @property
    def notices(self) -> tuple[str, ...]:
        """What had to be done when the stores were opened, for the user."""
        return tuple(filter(None, (self._mirror.notice, self._outbox.notice)))

    def renew(self, read: Callable[[Mirror, Outbox], World]) -> None:
        """Take day, people and viewer from the stores as they are now."""
        self.world = read(self._mirror, self._outbox)

    # ------------------------------------------------------------ reading

    def page(self, query: str = "", *, sort: str = "attention", offset: int = 0, limit: int = 200) -> QueuePage:
        """A stretch of the queue; `query` is in the filter language. Raises `core.filter.FilterError`."""
        if sort not in SORTS:
            raise DeskError(f"The queue cannot be sorted by {sort!r}; it can by {', '.join(SORTS)}.")
        parsed = parse(query)
        return self._projection.page(parsed, self.world, self._outbox, sort=sort, offset=offset, limit=limit)

    def row(self, number: int) -> QueueRow | None:
        """One row of the queue, whatever is asked for; None when there is none of this number."""
        return self._projection.row(number, self.world, self._outbox)

    def vep(self, number: int) -> Vep | None:
        """A VEP with waiting wishes laid over its checklist; None when there is no such VEP here."""
        return self._veps.vep(number, self.world)

    def veps(self) -> Iterator[Vep]:
        """Every VEP, open or closed, by number; each is put together when it is asked for, and not kept."""
        for number in self._projection.veps():
            if (vep := self.vep(number)) is not None:
                yield vep

    def pull(self, number: int) -> PullRequest | None:
        """A pull request of the enhancements repository; None when it is not known."""
        return self._mirror.proposal(number)

    def vep_of_pull(self, number: int) -> int | None:
        """The VEP a pull request of the enhancements repository belongs to; None when that is not known."""
        return self._projection.vep_of(f"{self.world.process.enhancements}#{number}")

    def document(self, number: int) -> DocumentText | None:
        """The document of a VEP; None when none is merged."""
        vep = self.vep(number)
        repository = self.world.process.enhancements
        text = self._mirror.file(repository, vep.document_path) if vep and vep.document_path else None
        if vep is None or vep.document_path is None or text is None:
            return None
        root = vep.issue.url.partition(f"/{repository}/")[0] or "https://github.com"
        return DocumentText(vep.document_path, text, f"{root}/{repository}/blob/HEAD/{vep.document_path}")

    def authors(self) -> tuple[str, ...]:
        """Logins of who opened the rows of the queue, in lower case and order."""
        return self._projection.authors()

    def header(self) -> Header:
        """What stands above everything: release, phase, age of the cache, wishes on their way."""
        return read_header(self._mirror, self._outbox, self._projection, self.world)

    def outbox_entries(self, number: int | None = None, *, sent: bool = False) -> tuple[OutboxEntry, ...]:
        """Wishes that are not on GitHub yet, oldest first; all, or those of one row; with what was sent, too."""
        return self._outbox.entries(number, sent=sent)

    def changed(self) -> bool:
        """True when another connection has changed a store since this was last asked."""
        now = (self._mirror.database.version()[0], self._outbox.database.version()[0])
        before, self._asked = self._asked, now
        return before is not None and before != now

    # ------------------------------------------------------------ commands

    def tick(
        self, number: int, item: str, state: ItemState, note: str | None = None, release: str | None = None
    ) -> Tick:
        """Wish a checklist item into a state; it is on disk when this returns.

        Without a note mine is kept. What GitHub showed at this moment goes with it. Raises `DeskError`.
        """
        from vep_tui.core.checklist import evidence_sentence  # not before the first frame

        _may_write(self.world.process)
        _check_length(note or "")
        vep = self._known_vep(number)
        release = _release_of(vep, release, self.world)
        if self.world.process.item(item) is None:
            known = ", ".join(i.key for i in self.world.process.checklist)
            raise DeskError(f"There is no checklist item {item!r}; there are {known}.")
        shown = _item_of(vep, item, release)
        below = self._veps.vep(number, self.world, overlaid=False)
        if note is None:
            note = self._kept_note(number, release, item, shown)
        tick = self._outbox.want(
            number,
            release,
            item,
            state,
            note,
            evidence_sentence(shown.evidence) if shown else "",
            _seen(_item_of(below, item, release) if below else None),
            self._mirror.meta("viewer") or "",
        )
        self._touch(number)
        return tick

    def say(self, number: int, body: str, kind: str) -> OutboxEntry:
        """Put a comment, check-in or command into the outbox; it is on disk when this returns."""
        _may_write(self.world.process)
        if self.vep(number) is None and self.pull(number) is None:
            what = self.world.process.proposal
            raise DeskError(f"There is no {what} or {what} pull request {number} here; sync, or check the number.")
        if not body.strip():
            raise DeskError("An empty comment cannot be sent.")
        if kind == "command" and any(e.kind == kind and e.body == body for e in self._outbox.entries(number)):
            raise DeskError(f"This very command is on its way to {number} already: the outbox shows where it is.")
        try:
            return self._outbox.entry(self._outbox.say(number, body, kind, self._mirror.meta("viewer") or "").id)
        except WishError as error:
            raise DeskError(str(error)) from error

    def retry(self, id: int) -> None:
        """Let a held wish wait again, knowing what GitHub shows now. Raises `DeskError`."""
        try:
            entry = self._outbox.entry(id)
            seen = None
            if entry.item is not None and entry.release is not None:
                below = self._veps.vep(entry.number, self.world, overlaid=False)
                item = _item_of(below, entry.item, entry.release) if below else None
                seen = _seen(item) if item else None
            self._outbox.retry(id, seen=seen)
        except WishError as error:
            raise DeskError(str(error)) from error

    def drop(self, id: int) -> None:
        """Give up a waiting or held wish. Raises `DeskError`."""
        try:
            number = self._outbox.entry(id).number
            self._outbox.drop(id)
        except WishError as error:
            raise DeskError(str(error)) from error
        self._touch(number)

    def decisions(self, number: int) -> Mapping[str, bool]:
        """What was decided on the candidates of a VEP, by ref in lower case."""
        return self._outbox.local.decisions(number)

    def decide(self, number: int, ref: str, confirmed: bool | None) -> None:
        """Confirm or reject a candidate pull request of a VEP; None forgets the decision."""
        self._outbox.local.decide(number, ref, confirmed)
        self._touch(number)

    def seen_at(self, number: int) -> datetime | None:
        """What the row showed at this moment was looked at; None when it never was."""
        stamp = self._outbox.local.seen((number,)).get(number)
        return from_stamp(stamp) if stamp else None

    def mark_seen(self, number: int) -> None:
        """What the row shows now is no news any more."""
        self._outbox.local.mark_seen(number, self._changed_at(number))

    def snooze(self, number: int, until: datetime | None, until_change: bool = False) -> None:
        """Put a row off until a moment, until somebody changes it, or whichever is first; neither takes it back."""
        self._outbox.local.snooze(number, until, self._changed_at(number) if until_change else None)

    def draft(self, key: str) -> str:
        """Text that was begun and not sent; empty when there is none."""
        return self._outbox.local.draft(key)

    def save_draft(self, key: str, text: str) -> None:
        """Keep text that is being written; empty text forgets it."""
        self._outbox.local.save_draft(key, text)

    def ui_state(self) -> dict[str, Any]:
        """How the screen was left."""
        return self._outbox.local.ui_state()

    def save_ui_state(self, state: Mapping[str, Any]) -> None:
        """Remember how the screen is left."""
        self._outbox.local.save_ui_state(state)

    # ------------------------------------------------------------ inside

    def _known_vep(self, number: int) -> Vep:
        vep = self.vep(number)
        if vep is None:
            what = self.world.process.proposal
            raise DeskError(f"There is no {what} {number} here; sync, or check the number of its tracking issue.")
        return vep

    def _kept_note(self, number: int, release: str, item: str, shown: ChecklistItem | None) -> str:
        """My note on an item: of the wish that is not sent yet, else of my statement on GitHub."""
        for tick in reversed(self._outbox.waiting(number)):
            if tick.release == release and tick.item == item:
                return tick.note
        me = (self.world.me or "").casefold()
        return shown.note if shown and shown.by and shown.by.casefold() == me else ""

    def _changed_at(self, number: int) -> datetime:
        return self._projection.changed_at(number) or self.world.now

    def _touch(self, number: int) -> None:
        """Let the queue follow a command at once, unless a sync keeps the cache busy: then the sync does it."""
        if self._mirror.database.read_only:
            return
        with contextlib.suppress(StoreUnavailable), self._mirror.database.impatient():
            vep = self.vep(number)
            if vep is not None:
                self._projection.touch(self._mirror, vep, self.world)
                self._veps.still_hold(self.world)


def _may_write(process: Process) -> None:
    if not process.may_write:
        raise DeskError(
            f"The profile {process.name!r} only reads: nothing was put into the outbox."
            " To comment all the same, set comments = true under [process.writing] in config.toml."
        )


def _check_length(note: str) -> None:
    """Refuse a note of which the comment could only show a part."""
    from vep_tui.core.comment import LONGEST_NOTE

    size = len(note.encode("utf-8", "replace"))
    if size > LONGEST_NOTE:
        raise DeskError(f"The note has {size:,} bytes, and a comment has room for {LONGEST_NOTE:,}: shorten it.")


def _item_of(vep: Vep, key: str, release: str) -> ChecklistItem | None:
    """The item as it stands in that release; None in a release whose checklist is not in view."""
    if vep.checklist.release != release:
        return None
    return next((i for i in vep.checklist.items if i.key == key), None)


def _seen(item: ChecklistItem | None) -> str:
    """What the user saw of an item, for `Tick.seen`."""
    return "" if item is None else json.dumps({"state": item.state.value, "by": item.by})


def _release_of(vep: Vep, release: str | None, world: World) -> str:
    """The release that a tick is for: the one named, else the one that the VEP aims at. Raises `DeskError`."""
    chosen = release or vep.checklist.release or vep.release
    if chosen is None:
        raise DeskError(f"#{vep.number} names no release; say which one the checklist is for.")
    known = {r.version for r in world.releases} | {t for t in _targets(vep) if t}
    if not _RELEASE.fullmatch(chosen) or (release is not None and known and release not in known):
        raise DeskError(f"There is no release {chosen!r}; there are {', '.join(sorted(known, key=_order))}.")
    return chosen


def _targets(vep: Vep) -> tuple[str | None, ...]:
    return (vep.targets.alpha, vep.targets.beta, vep.targets.ga, vep.release)


def _order(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))

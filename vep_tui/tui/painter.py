"""One thread that lays pages out while the keys go on working: newest request wins, older ones are dropped.

It never touches the app except by posting a message, and never holds up quitting (Textual waits for its own workers,
see https://github.com/Textualize/textual/issues/3966; a daemon thread of ours is not waited for).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from textual.message import Message

from vep_tui.tui.sheet import Cancelled, Page

Job = Callable[[Callable[[], bool]], Page]
"""Paints a page; is handed a question that becomes True when nobody waits for it any more."""

log = logging.getLogger(__name__)


class Painted(Message):
    """A page is ready; `ticket` is the number that `Painter.paint` returned for it."""

    def __init__(self, ticket: int, page: Page | None) -> None:
        super().__init__()
        self.ticket = ticket
        self.page = page
        """None when the text could not be laid out."""


class Painter:
    """The thread and its one slot."""

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._ready = threading.Condition()
        self._job: Job | None = None
        self._ticket = 0
        self._busy = False
        self._thread: threading.Thread | None = None

    @property
    def idle(self) -> bool:
        """True when nothing is being painted or waits to be."""
        with self._ready:
            return self._job is None and not self._busy

    def paint(self, job: Job) -> int:
        """Paint this next, in place of whatever was asked before; returns its ticket."""
        with self._ready:
            self._ticket += 1
            self._job = job
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="painter", daemon=True)
                self._thread.start()
            self._ready.notify()
            return self._ticket

    def forget(self) -> None:
        """Nobody waits any more."""
        with self._ready:
            self._ticket += 1
            self._job = None

    def awaits(self, ticket: int) -> bool:
        """True for what was asked for last, unless it was forgotten since."""
        return ticket == self._ticket

    def _outdated(self, ticket: int) -> bool:
        return not self.awaits(ticket)

    def _work(self) -> None:
        while True:
            with self._ready:
                while self._job is None:
                    self._busy = False
                    self._ready.wait()
                job, ticket, self._job, self._busy = self._job, self._ticket, None, True
            page: Page | None = None
            try:
                page = job(partial(self._outdated, ticket))
            except Cancelled:
                continue
            except Exception:
                log.exception("a page could not be laid out")
            self._post(Painted(ticket, page))

"""Tells the desktop when something new needs me, by the command of `ui.notify_command`; it decides nothing itself."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable, Iterable
from threading import Thread

from vep_tui.cli.parts import Parts
from vep_tui.core.models import QueueRow
from vep_tui.core.shell import notify_words
from vep_tui.core.text import one_line
from vep_tui.store.desk import Desk
from vep_tui.store.errors import StoreError
from vep_tui.sync.messages import Message, SyncFinished

LOG = logging.getLogger("vep_tui.notify")
_LONGEST = 200
"""Characters of the sentence."""
_PATIENCE = 30
"""Seconds after which a command that does not end is ended."""


class Notifier:
    """Remembers what needed me, and speaks of what is new since; one per engine thread."""

    def __init__(self, command: str, proposal: str, run: Callable[[list[str]], None] | None = None) -> None:
        self._words = _split(command)
        self._proposal = proposal
        self._run = run or _run_beside
        self._known: frozenset[tuple[int, str]] | None = None

    def look(self, rows: Iterable[QueueRow]) -> None:
        """Compare what needs me now with the last time; the first time only remembers."""
        listed = list(rows)
        now = frozenset((row.number, reason.reason) for row in listed for reason in row.reasons if reason.mine)
        before, self._known = self._known, now
        if before is None or not self._words:
            return
        fresh = {number for number, _ in now - before}
        if fresh:
            self._run([*self._words, self._sentence([row for row in listed if row.number in fresh], before)])

    def _sentence(self, fresh: list[QueueRow], before: frozenset[tuple[int, str]]) -> str:
        first = fresh[0]
        new = (r.text for r in first.reasons if r.mine and (first.number, r.reason) not in before)
        name = f"{self._proposal} {first.number}" if first.kind == "vep" else f"Pull request {first.number}"
        more = f" (and {len(fresh) - 1} more)" if len(fresh) > 1 else ""
        said = one_line(f"{name} {first.title}: {next(new, '')}")
        return said[: _LONGEST - len(more)] + more


def _split(command: str) -> list[str]:
    try:
        return notify_words(command, windows=os.name == "nt")
    except ValueError as slip:
        LOG.warning("ui.notify_command cannot be used: %s", slip)
        return []


def noticing(parts: Parts, command: str) -> Callable[[Message], None]:
    """Looks when the engine speaks first, and after every sync; to be called in the engine's thread only."""
    notifier = Notifier(command, parts.process.proposal)
    desks: list[Desk] = []

    def notice(message: Message) -> None:
        if desks and not isinstance(message, SyncFinished):
            return
        try:
            if not desks:
                desks.append(parts.desk(current=False))
            desks[0].renew(parts.world)
            if desks[0].header().synced_at is not None:  # before the first sync all is new, and nothing is news
                notifier.look(desks[0].page("is:attention").rows)
        except StoreError as trouble:
            LOG.warning("nothing was looked at for the desktop: %s", trouble)

    return notice


def _run_beside(words: list[str]) -> None:
    """Start the command and forget it; what goes wrong is in the log."""
    Thread(target=_run, args=(words,), name="notify", daemon=True).start()


def _run(words: list[str]) -> None:
    nothing = subprocess.DEVNULL
    try:
        # No shell: titles come from GitHub, and arrive as one argument whatever is in them.
        done = subprocess.run(  # noqa: S603 - the user named it
            words, stdin=nothing, stdout=nothing, stderr=nothing, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError) as trouble:
        LOG.warning("the notify command failed: %s", trouble)
        return
    if done.returncode:
        LOG.warning("the notify command ended with status %d", done.returncode)

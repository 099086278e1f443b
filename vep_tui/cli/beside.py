"""The engine beside the screen, loaded and started when the first frame is there; before that it does nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vep_tui.cli.parts import Parts
    from vep_tui.sync.engine import Engine
    from vep_tui.sync.messages import Message
    from vep_tui.tui.app import VepApp


class Beside:
    """What the screen may ask of the engine, whether it runs already or not."""

    def __init__(self, parts: Parts, *, signed_in: bool) -> None:
        self._parts = parts
        self._signed_in = signed_in
        self._engine: Engine | None = None

    def begin(self, app: VepApp) -> None:
        """The first frame is on the screen: look for rubbish again, open the log and start syncing."""
        # What has been made so far stays until the end; no collection need look at it again.
        gc.collect()
        gc.freeze()
        gc.enable()
        from vep_tui.cli.log import log_to

        log_to(self._parts.paths.log)
        if self._signed_in:
            from vep_tui.cli.courier import Courier
            from vep_tui.sync.engine import Engine
            from vep_tui.tui.messages import shown

            notice = _noticing(self._parts)

            def post(message: Message) -> None:
                notice(message)
                app.post_message(shown(message))

            self._engine = Engine(
                lambda: Courier(self._parts),
                post,
                interval=_interval(self._parts),
            )
            self._engine.start()

    def wake(self) -> None:
        """There is something to send; an engine that is not there yet begins by sending."""
        if self._engine is not None:
            self._engine.wake()

    def sync(self) -> None:
        """Send and fetch."""
        if self._engine is not None:
            self._engine.sync()

    def full_sync(self) -> None:
        """Send, and fetch everything anew."""
        if self._engine is not None:
            self._engine.sync(full=True)

    def stop(self) -> None:
        """Do nothing more."""
        if self._engine is not None:
            self._engine.stop()


def _noticing(parts: Parts) -> Callable[[Message], None]:
    """What tells the desktop of news, in the thread of the engine; nothing where no command is set."""
    command = str(parts.config["ui.notify_command"]).strip()
    if not command:
        return lambda _: None
    from vep_tui.cli.notify import noticing

    return noticing(parts, command)


def _interval(parts: Parts) -> float:
    minutes = int(parts.config["sync.interval_minutes"])
    return minutes * 60.0 if minutes else float("inf")

"""What the engine tells the app; every message may be posted from any thread, and none carries the store's contents."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from vep_tui.sync import messages as told


class StoreChanged(Message):
    """Something in the store is new: read it again. Several in a row fold into one."""

    bubble = False

    def can_replace(self, message: Message) -> bool:
        """Any later one says all that an earlier one said."""
        return isinstance(message, StoreChanged)


class SyncProgress(Message):
    """A sync is under way; `text` says where it is."""

    bubble = False

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def can_replace(self, message: Message) -> bool:
        """Only the newest step is worth showing."""
        return isinstance(message, SyncProgress)


class SyncFinished(Message):
    """A sync is over: what it could not do in a sentence, how much is held, and whether it asked GitHub at all."""

    bubble = False

    def __init__(self, failed: str = "", held: int = 0, *, asked: bool = True) -> None:
        super().__init__()
        self.failed = failed
        self.held = held
        self.asked = asked


class Offline(Message):
    """GitHub cannot be reached, which is a state and not an error; `reason` says how we know."""

    bubble = False

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Limited(Message):
    """GitHub asked us to wait until a moment."""

    bubble = False

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


def shown(message: told.Message) -> Message:
    """The engine's value as a message of the screen."""
    from vep_tui.sync import messages as told  # not before the first frame

    match message:
        case told.Progress():
            return SyncProgress(str(message))
        case told.SyncFinished(report=report):
            return SyncFinished(report.failure, report.held, asked=report.requests > 0)
        case told.SyncFailed(text=text):
            return SyncFinished(text)
        case told.Offline(reason=reason):
            return Offline(reason)
        case told.Limited(until=until):
            return Limited(until)
        case told.StoreChanged():
            return StoreChanged()

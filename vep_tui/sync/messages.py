"""What the engine tells whoever listens: frozen values that carry nothing of the store; they are never answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vep_tui.sync.progress import Progress
from vep_tui.sync.report import SyncReport

__all__ = ["Limited", "Message", "Offline", "Progress", "StoreChanged", "SyncFailed", "SyncFinished"]


@dataclass(frozen=True, slots=True)
class StoreChanged:
    """Something in the store is new: read it again. Several in a row say no more than one."""


@dataclass(frozen=True, slots=True)
class SyncFinished:
    """A sync is over."""

    report: SyncReport


@dataclass(frozen=True, slots=True)
class SyncFailed:
    """A sync broke off for a reason that no report covers: a store that cannot be used, or a fault of ours."""

    text: str
    """For the user; never with a token."""


@dataclass(frozen=True, slots=True)
class Offline:
    """GitHub cannot be reached, which is a state and not an error."""

    reason: str


@dataclass(frozen=True, slots=True)
class Limited:
    """GitHub asked for a pause; nothing is asked before it is over."""

    until: datetime


Message = Progress | StoreChanged | SyncFinished | SyncFailed | Offline | Limited

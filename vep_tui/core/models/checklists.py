"""The checklist as values: items, evidence, statements, comments and waiting ticks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vep_tui.core.models.words import Delivery, ItemState, Verdict

if TYPE_CHECKING:
    from vep_tui.core.models.github import Comment


@dataclass(frozen=True, slots=True)
class Evidence:
    """What GitHub shows about a checklist item; it never ticks one."""

    verdict: Verdict
    summary: str
    """One sentence, plain text."""
    facts: tuple[str, ...] = ()
    """Further sentences, each may end in a URL."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one reviewer's comment says about one item."""

    key: str
    state: ItemState
    at: datetime
    note: str = ""
    evidence: str = ""
    """The evidence sentence written when the item was set; empty if none."""


@dataclass(frozen=True, slots=True)
class ChecklistComment:
    """A reviewer's checklist comment, read from its visible task list."""

    author: str
    release: str
    op: str
    """Operation id of the marker."""
    statements: tuple[Statement, ...]
    comment: Comment
    counts: bool
    """False when the author may not speak for a SIG: shown, but ticks nothing."""
    foreign: tuple[tuple[str, ItemState], ...] = ()
    """(item, state) of boxes that somebody else changed in the author's comment: shown, but they tick nothing."""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item as the user sees it: statements merged over reviewers, waiting wishes laid over it."""

    key: str
    title: str
    state: ItemState = ItemState.TODO
    by: str | None = None
    at: datetime | None = None
    note: str = ""
    delivery: Delivery | None = None
    reason: str = ""
    """Why the wish is held; empty otherwise."""
    evidence: Evidence = Evidence(Verdict.UNKNOWN, "")
    turned: bool = False
    """Done, but the evidence is no longer what it was when it was ticked."""
    voices: tuple[tuple[str, ItemState, bool], ...] = ()
    """(login, state, counts) of every reviewer who said something explicit, and of who changed another's box."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The five post-Code-Freeze points of one VEP in one release."""

    release: str | None
    items: tuple[ChecklistItem, ...] = ()

    @property
    def done(self) -> int:
        """Items that are done or do not apply."""
        return sum(i.state is not ItemState.TODO for i in self.items)

"""The nouns of vep-tui: frozen values that every room shares; no behaviour beyond reading themselves."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vep_tui.core.models.checklists import Checklist, ChecklistComment, ChecklistItem, Evidence, Statement
    from vep_tui.core.models.github import Bug, Comment, Issue, PullRequest, Review
    from vep_tui.core.models.readings import Criterion, Document, ListedPr, Targets, Tracker
    from vep_tui.core.models.rows import QueueRow, Reason
    from vep_tui.core.models.standing import Milestone, People, Release
    from vep_tui.core.models.veps import CheckIn, LinkedPr, Lint, SignOff, Vep
    from vep_tui.core.models.wishes import Tick
    from vep_tui.core.models.words import (
        Delivery,
        InRelease,
        ItemSpec,
        ItemState,
        Part,
        Phase,
        PrKind,
        PrState,
        SignOffState,
        Stage,
        TrackerStage,
        Verdict,
    )

_HOMES = {
    "checklists": "Checklist ChecklistComment ChecklistItem Evidence Statement",
    "github": "Bug Comment Issue PullRequest Review",
    "readings": "Criterion Document ListedPr Targets Tracker",
    "rows": "QueueRow Reason",
    "standing": "Milestone People Release",
    "veps": "CheckIn LinkedPr Lint SignOff Vep",
    "wishes": "Tick",
    "words": "Delivery InRelease ItemSpec ItemState Part Phase PrKind PrState SignOffState Stage TrackerStage Verdict",
}
"""Each module is loaded when one of its names is first asked for: making thirty classes would delay the first frame."""

_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


__all__ = [
    "Bug",
    "CheckIn",
    "Checklist",
    "ChecklistComment",
    "ChecklistItem",
    "Comment",
    "Criterion",
    "Delivery",
    "Document",
    "Evidence",
    "InRelease",
    "Issue",
    "ItemSpec",
    "ItemState",
    "LinkedPr",
    "Lint",
    "ListedPr",
    "Milestone",
    "Part",
    "People",
    "Phase",
    "PrKind",
    "PrState",
    "PullRequest",
    "QueueRow",
    "Reason",
    "Release",
    "Review",
    "SignOff",
    "SignOffState",
    "Stage",
    "Statement",
    "Targets",
    "Tick",
    "Tracker",
    "TrackerStage",
    "Vep",
    "Verdict",
]

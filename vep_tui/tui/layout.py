"""Which panes are on the screen at which size; it knows sizes and names, no widgets."""

from __future__ import annotations

from enum import StrEnum

WIDE = 110
"""Cells from which the three panes stand side by side."""
MEDIUM = 72
"""Cells from which two panes fit, one above the other."""
TALL = 20
"""Lines below which panes cannot share the height."""


class Pane(StrEnum):
    """The three panes."""

    QUEUE = "queue"
    DETAIL = "detail"
    CHECKLIST = "checklist"


class Format(StrEnum):
    """How the panes lie."""

    WIDE = "wide"
    MEDIUM = "medium"
    NARROW = "narrow"


SHARES = {"wide": 48, "medium": 42, "checklist": 0}
"""Percent of the body that the queue has beside (wide) or above (medium) the rest, and the checklist of the right side.

0 is as much as it needs.
"""
LEAST, MOST = 15, 85
"""Percent between which a share can be moved: no pane may be lost."""

TABS = {
    "checklist": ("Checklist", "List"),
    "overview": ("Overview", "Over"),
    "document": ("Document", "Doc"),
    "pulls": ("Pull requests", "PRs"),
    "conversation": ("Conversation", "Talk"),
}
"""The tabs: key to label and short label."""


def format_for(width: int, height: int) -> Format:
    """The format for a size of the screen."""
    if width >= WIDE and height >= TALL:
        return Format.WIDE
    return Format.MEDIUM if width >= MEDIUM and height >= TALL else Format.NARROW


def tabs_for(shape: Format) -> tuple[str, ...]:
    """The tabs of a format: where there is room, the checklist is a pane and no tab."""
    return tuple(key for key in TABS if key != "checklist" or shape is not Format.WIDE)


def shown(shape: Format, tab: str, focus: Pane, *, zoomed: bool) -> frozenset[Pane]:
    """The panes that are visible."""
    if shape is Format.NARROW or zoomed:
        return frozenset({focus})
    if shape is Format.WIDE:
        return frozenset(Pane)
    return frozenset({Pane.QUEUE, Pane.CHECKLIST if tab == "checklist" else Pane.DETAIL})


def sound_shares(kept: object) -> dict[str, int]:
    """Shares as they were kept, with the usual one for whatever is odd."""
    found = kept if isinstance(kept, dict) else {}
    return {
        name: value if isinstance(value := found.get(name), int) and LEAST <= value <= MOST else usual
        for name, usual in SHARES.items()
    }

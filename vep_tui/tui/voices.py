"""Whose word an item stands on: mine, as it is or as it waits, and that of others; it changes nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from vep_tui.core.models import ItemState
from vep_tui.tui.scene import Scene

if TYPE_CHECKING:
    from vep_tui.core.models import ChecklistItem
    from vep_tui.store.desk import OutboxEntry


def _same(login: str | None, other: str | None) -> bool:
    return login is not None and other is not None and login.casefold() == other.casefold()


def wish_for(entries: Iterable[OutboxEntry], key: str, release: str | None) -> OutboxEntry | None:
    """My last wish about an item that is not on GitHub yet; one that is being sent may stand before it."""
    found = [e for e in entries if e.item == key and e.release == release]
    return found[-1] if found else None


def my_word(item: ChecklistItem, me: str | None, wish: OutboxEntry | None) -> ItemState:
    """What I say about the item: what waits to be said, else what GitHub shows of me, else nothing."""
    if wish is not None and wish.state:
        return ItemState(wish.state)
    # A box that I changed in another's comment is a voice that does not count; mine in my own always does.
    said = (state for who, state, counts in item.voices if counts and _same(who, me))
    return next(said, item.state if _same(item.by, me) else ItemState.TODO)


def others(item: ChecklistItem, me: str | None) -> tuple[tuple[str, ItemState], ...]:
    """Who else says something that counts, whoever had the last word first."""
    said = [(who, state) for who, state, counts in item.voices if counts and not _same(who, me)]
    return tuple(sorted(said, key=lambda voice: not _same(voice[0], item.by)))


def agreeing(item: ChecklistItem, scene: Scene, wish: OutboxEntry | None) -> tuple[str, ...]:
    """Everybody on whose word the item is in its state, as the viewer calls them."""
    names = [item.by] if item.by else []
    names += [who for who, state in others(item, scene.me) if state is item.state]
    if scene.me and item.state is not ItemState.TODO and my_word(item, scene.me, wish) is item.state:
        names.append(scene.me)
    return tuple(dict.fromkeys(scene.who(name) for name in names))

"""Ticking, notes and taking back: every wish is on the desk before it shows, and shows at once."""

from __future__ import annotations

from dataclasses import dataclass

from vep_tui.core.models import ChecklistItem, Delivery, ItemState, Tick
from vep_tui.store.errors import StoreError
from vep_tui.tui.screens.arranging import Arranging


@dataclass(frozen=True, slots=True)
class Done:
    """A tick that can still be taken back, and what the item was before."""

    tick: Tick
    before: ChecklistItem


class Ticking(Arranging):
    """What is done to the items of the checklist."""

    undoable: tuple[Done, ...] = ()

    def reload(self, *, select: int | None = None) -> None:
        """Read the desk anew."""
        raise NotImplementedError

    def load_detail(self) -> None:
        """Show the selected row anew."""
        raise NotImplementedError

    def say(self, text: str, *, careful: bool = False) -> None:
        """Tell the user what happened."""
        self.notify(text, severity="warning" if careful else "information", timeout=6 if careful else 4, markup=False)

    def action_tick(self) -> None:
        """Tick or untick the item."""
        item = self.checklist.item
        if item is not None:
            self.wish(item, ItemState.DONE if item.state is ItemState.TODO else ItemState.TODO)

    def action_not_applicable(self) -> None:
        """The item does not apply, or does again."""
        item = self.checklist.item
        if item is not None:
            self.wish(item, ItemState.TODO if item.state is ItemState.NA else ItemState.NA)

    def wish(self, item: ChecklistItem, state: ItemState, note: str | None = None) -> None:
        """Put a wish on the desk; it is on disk when this returns."""
        vep = self.subject.vep if self.subject else None
        if vep is None:
            return
        try:
            tick = self.bench.desk.tick(vep.number, item.key, state, note, vep.checklist.release)
        except StoreError as trouble:
            self.say(f"Not ticked: {trouble}", careful=True)
            return
        self.undoable = (*self.undoable[-19:], Done(tick, item))
        self.after_wish()

    def after_wish(self) -> None:
        """Show what the desk holds now and ask for a sync."""
        self.reload()
        self.load_detail()
        self.bench.wake()

    def action_undo(self) -> None:
        """Take back the last tick that has not been sent."""
        if not self.undoable:
            self.say("There is nothing to take back.")
            return
        self.undoable, last = self.undoable[:-1], self.undoable[-1]
        tick, before = last.tick, last.before
        entries = self.bench.desk.outbox_entries(tick.number)
        entry = next((e for e in entries if e.item == tick.item and e.release == tick.release), None)
        if entry is None or entry.delivery not in (Delivery.WAITING, Delivery.HELD):
            self.say(f"“{tick.item}” of {tick.number} is on its way already: tick it again to change it.", careful=True)
            return
        try:
            if before.delivery in (Delivery.WAITING, Delivery.HELD):
                self.bench.desk.tick(tick.number, tick.item, before.state, before.note, tick.release)
            else:
                self.bench.desk.drop(entry.id)
        except StoreError as trouble:
            self.say(str(trouble), careful=True)
            return
        self.say(f"Taken back: “{tick.item}” of {tick.number} is {before.state} again.")
        self.after_wish()

    def action_note(self) -> None:
        """Write a note to the item."""
        from vep_tui.tui.screens.editor import Editor

        item, vep = self.checklist.item, self.subject.vep if self.subject else None
        if item is None or vep is None:
            return
        key = f"note:{vep.number}:{vep.checklist.release}:{item.key}"

        def noted(text: str | None) -> None:
            if text is not None:
                self.wish(item, item.state, text.strip())

        title = f"Note to {vep.number}: {item.title}"
        self.app.push_screen(Editor(self.bench, title, draft=key, text=item.note, verb="keep"), noted)

    def action_facts(self) -> None:
        """Show the facts behind the evidence."""
        from vep_tui.tui.screens.facts import Facts

        item, vep = self.checklist.item, self.subject.vep if self.subject else None
        if item is not None and vep is not None:
            self.app.push_screen(Facts(self.bench, vep.number, item.key), lambda _: self.load_detail())

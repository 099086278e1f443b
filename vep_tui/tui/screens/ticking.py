"""Ticking, notes and taking back: every wish is on the desk before it shows, and shows at once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from vep_tui.core.models import Delivery, ItemState
from vep_tui.store.errors import StoreError
from vep_tui.tui.screens.arranging import Arranging
from vep_tui.tui.voices import my_word, others, wish_for

if TYPE_CHECKING:
    from textual.timer import Timer

    from vep_tui.core.models import ChecklistItem, Tick, Vep
    from vep_tui.store.desk import OutboxEntry


class Done(NamedTuple):
    """A tick that can still be taken back, and the wish that it replaced."""

    tick: Tick
    title: str
    before: OutboxEntry | None
    """One that was being sent was not replaced: it stays when the newer one goes."""


class Ticking(Arranging):
    """What is done to the items of the checklist."""

    undoable: tuple[Done, ...] = ()
    sending: Timer | None = None
    """Runs while ticks wait for a moment, so that they can be taken back."""

    def reload(self, *, select: int | None = None, leave: bool = False) -> None:
        """Read the desk anew."""
        raise NotImplementedError

    def load_detail(self) -> None:
        """Show the selected row anew."""
        raise NotImplementedError

    def say(self, text: str, *, careful: bool = False) -> None:
        """Tell the user what happened."""
        self.notify(text, severity="warning" if careful else "information", timeout=6 if careful else 4, markup=False)

    def forget(self, draft: str) -> None:
        """A text has served and is no draft any more."""
        with suppress(StoreError):
            self.bench.desk.save_draft(draft, "")

    def action_tick(self) -> None:
        """Put my tick on the item, or take mine back; what others say stays as it is."""
        self._turn_to(ItemState.DONE)

    def action_not_applicable(self) -> None:
        """Say that the item does not apply, or take that back."""
        self._turn_to(ItemState.NA)

    def _turn_to(self, state: ItemState) -> None:
        if (chosen := self._chosen_item()) is None:
            return
        (vep, item), me = chosen, self.bench.desk.world.me
        before = my_word(item, me, self.checklist.wish)
        # A second press takes the word back; space also takes back a "does not apply".
        back = before is not ItemState.TODO if state is ItemState.DONE else before is state
        wanted = ItemState.TODO if back else state
        if self.wish(vep, item, wanted):
            self._tell(wanted, others(item, me))

    def _chosen_item(self) -> tuple[Vep, ChecklistItem] | None:
        """The item under the cursor and its VEP; where there is none, the user is told."""
        vep, item = self.vep, self.checklist.item
        if vep is None or item is None:
            self.say("There is no checklist here.", careful=True)
            return None
        return vep, item

    def _tell(self, state: ItemState, voices: tuple[tuple[str, ItemState], ...]) -> None:
        """Say what still stands where the box alone would not tell that something happened."""
        from vep_tui.tui.item_lines import WORDS

        still = [(who, said) for who, said in voices if said is not ItemState.TODO]
        if state is ItemState.TODO and still:
            who, said = still[0]
            how = "ticked it" if said is ItemState.DONE else "says so"
            self.say(f"Yours is taken back; still {WORDS[said]}: `{who}` {how}.")
        elif still:
            self.say(f"Yours is added: {WORDS[state]}, beside {', '.join(f'`{who}`' for who, _ in still)}.")

    def wish(self, vep: Vep, item: ChecklistItem, state: ItemState, note: str | None = None) -> bool:
        """Put a wish on the desk; it is on disk when this returns. False when the desk would not have it."""
        before = wish_for(self.bench.desk.outbox_entries(vep.number), item.key, vep.checklist.release)
        try:
            tick = self.bench.desk.tick(vep.number, item.key, state, note, vep.checklist.release)
        except StoreError as trouble:
            self.say(f"Not ticked: {trouble}", careful=True)
            return False
        self.undoable = (*self.undoable[-19:], Done(tick, item.title, before))
        self.checklist.reveal_item()
        self.after_wish(self.bench.grace)
        return True

    def after_wish(self, grace: float = 0.0) -> None:
        """Show what the desk holds now and ask for a sync, so many seconds after the last wish."""
        self.reload()
        self.load_detail()
        if self.sending is not None:
            self.sending.stop()
            self.sending = None
        if grace:
            self.sending = self.set_timer(grace, self.bench.wake)
        else:
            self.bench.wake()

    def action_undo(self) -> None:
        """Take back the last tick that has not been sent."""
        if not self.undoable:
            self.say("There is nothing to take back.")
            return
        mine = {done.tick.id for done in self.undoable}
        self.undoable, last = self.undoable[:-1], self.undoable[-1]
        tick, before = last.tick, last.before
        entry = wish_for(self.bench.desk.outbox_entries(tick.number), tick.item, tick.release)
        if entry is not None and entry.id not in mine:
            entry = None  # wished in another vep-tui meanwhile: there it can be taken back
        if entry is None or entry.delivery not in (Delivery.WAITING, Delivery.HELD):
            how = "waits no more" if entry is None else "is on its way already"
            words = f"“{last.title}” of {self.bench.name(tick.number)} {how}: {self.key('tick')} changes it again."
            self.say(words, careful=True)
            return
        try:
            if before is not None and before.state and before.delivery is not Delivery.SENDING:
                again = self.bench.desk.tick(tick.number, tick.item, ItemState(before.state), before.note, tick.release)
                self.undoable = tuple(d._replace(tick=again) if d.tick.id == before.id else d for d in self.undoable)
            else:
                self.bench.desk.drop(entry.id)
        except StoreError as trouble:
            self.say(str(trouble), careful=True)
            return
        self.say(f"Taken back: “{last.title}” of {self.bench.name(tick.number)} is as it was.")
        self.after_wish(self.bench.grace)

    def action_retry_tick(self, key: str = "") -> None:
        """Send a held tick again."""
        self._settle(key, retry=True)

    def action_drop_tick(self, key: str = "") -> None:
        """Forget a tick that waits or is held."""
        self._settle(key, retry=False)

    def _settle(self, key: str, *, retry: bool) -> None:
        self.catch_up()
        if key:
            self.checklist.choose_item(key)
        wish = self.checklist.wish
        if wish is None:
            self.say("Nothing of yours waits or is held on this item.")
            return
        try:
            if retry:
                self.bench.desk.retry(wish.id)
            else:
                self.bench.desk.drop(wish.id)
        except StoreError as trouble:
            self.say(str(trouble), careful=True)
            return
        self.say("It waits again and is sent with the next sync." if retry else "Dropped: it will not be sent.")
        self.after_wish(0.0 if retry else self.bench.grace)

    def action_note(self) -> None:
        """Write a note to the item."""
        from vep_tui.tui.screens.editor import Editor

        if (chosen := self._chosen_item()) is None:
            return
        vep, item = chosen
        wish, me = self.checklist.wish, self.bench.desk.world.me
        key = f"note:{vep.number}:{vep.checklist.release}:{item.key}"

        def noted(text: str | None) -> None:
            if text is not None and self.wish(vep, item, my_word(item, me, wish), text.strip()):
                self.forget(key)

        title = f"Note on {self.bench.name(vep.number)}: {item.title}"
        mine = wish.note if wish else item.note if item.by == me else ""
        self.app.push_screen(Editor(self.bench, title, draft=key, text=mine, verb="keep"), noted)

    def action_facts(self) -> None:
        """Show the facts behind the evidence."""
        from vep_tui.tui.screens.facts import Facts

        if chosen := self._chosen_item():
            vep, item = chosen
            self.app.push_screen(Facts(self.bench, vep.number, item.key), lambda _: self.load_detail())

"""Ticking and notes: every wish is on the desk before it shows, and shows at once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from vep_tui.core.models import ItemState
from vep_tui.store.errors import StoreError
from vep_tui.tui.screens.undoing import Done, Undoing
from vep_tui.tui.voices import my_word, others, wish_for

if TYPE_CHECKING:
    from vep_tui.core.models import ChecklistItem, Vep


class Ticking(Undoing):
    """What is done to the items of the checklist."""

    def forget(self, draft: str) -> None:
        """A text has served and is no draft any more."""
        with suppress(StoreError):
            self.bench.desk.save_draft(draft, "")

    def action_tick(self, key: str = "") -> None:
        """Put my tick on the item, or take mine back; what others say stays as it is. `key` is of a box clicked."""
        self._turn_to(ItemState.DONE, key)

    def action_not_applicable(self) -> None:
        """Say that the item does not apply, or take that back."""
        self._turn_to(ItemState.NA)

    def _turn_to(self, state: ItemState, key: str = "") -> None:
        if (chosen := self._chosen_item(key)) is None:
            return
        (vep, item), me = chosen, self.bench.desk.world.me
        before = my_word(item, me, self.checklist.wish)
        # A second press takes the word back; space also takes back a "does not apply".
        back = before is not ItemState.TODO if state is ItemState.DONE else before is state
        wanted = ItemState.TODO if back else state
        if self.wish(vep, item, wanted):
            self._tell(wanted, others(item, me))

    def _chosen_item(self, key: str = "") -> tuple[Vep, ChecklistItem] | None:
        """The item under the cursor, or that of this key, and its VEP; where there is none, the user is told."""
        if key:
            self.catch_up()
            self.checklist.choose_item(key)
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
        self.can_be_undone(Done(tick, item.title, before))
        self.checklist.reveal_item()
        self.after_wish(self.bench.grace)
        return True

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

    def action_facts(self, key: str = "") -> None:
        """Show the facts behind the evidence; `key` is of an item that was clicked."""
        from vep_tui.tui.screens.facts import Facts

        if chosen := self._chosen_item(key):
            vep, item = chosen
            self.app.push_screen(Facts(self.bench, vep.number, item.key), lambda _: self.load_detail())

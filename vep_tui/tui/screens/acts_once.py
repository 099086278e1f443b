"""What is asked or said once: my SIGs, and that the board cannot be read; remembered in the state of the screen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from vep_tui.core.text import clean
from vep_tui.store.errors import StoreError
from vep_tui.tui.screens.acts_letters import Letters


class Once(Letters):
    """Questions and remarks of the first start."""

    def say_once(self, renew: Callable[[], None]) -> None:
        """After a sync: whatever of it is due and was not said yet. `renew` makes an answer count."""
        if self.app.screen is not self:
            return  # something is open over the panes: the next sync is early enough
        header, kept = self.bench.desk.header(), self.bench.desk.ui_state()
        if header.board_missing and kept.get("board_said") != header.board_missing:
            with suppress(StoreError):  # then it is said once more
                self.bench.desk.save_ui_state({"board_said": header.board_missing})
            self.say(clean(header.board_missing))
        if header.synced_at and header.me and not header.my_sigs and not kept.get("sigs_asked"):
            self._ask_sigs(header.me, renew)

    def _ask_sigs(self, me: str, renew: Callable[[], None]) -> None:
        from vep_tui.tui.screens.acts_sigs import SigQuestion

        def answered(sigs: tuple[str, ...] | None) -> None:
            try:
                self.bench.desk.save_ui_state({"sigs_asked": True, "my_sigs": list(sigs or ())})
            except StoreError as trouble:
                self.say(f"Your SIGs are not kept: {trouble}", careful=True)
                return
            if sigs:
                renew()
                self.reload()
                self.bench.sync()
                self.say(f"You speak for {', '.join(sigs)}: the queue follows with this sync.")

        self.app.push_screen(SigQuestion(self.bench, me), answered)

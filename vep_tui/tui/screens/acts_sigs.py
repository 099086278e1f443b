"""Asks once which SIGs the person belongs to, when no file says so; the answer stays on this machine."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from vep_tui.core.text import clean
from vep_tui.tui.bench import Bench
from vep_tui.tui.pick_list import PickList
from vep_tui.tui.screens.over import Over


class SigQuestion(Over[tuple[str, ...]]):
    """Dismissed with the SIGs that were chosen, none included; with None when the person wants to leave it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "Choose"),
        Binding("s", "done", "Keep"),
        Binding("j", "step('down')", "Down"),
        Binding("k", "step('up')", "Up"),
        Binding("escape,q", "close", "None"),
    ]

    def __init__(self, bench: Bench, login: str) -> None:
        super().__init__(bench, "Which SIGs are yours?", "space:choose  s:keep  esc:none")
        self._login = login
        self._sigs = bench.process.known_sigs
        self._chosen: set[str] = set()

    def body(self) -> ComposeResult:
        """Why it is asked, and the SIGs of the process."""
        yield Static(f"No OWNERS file names {clean(self._login)}. Later: , and then me.sigs.", markup=False)
        yield PickList(*(self._line(sig) for sig in self._sigs), id="sigs", compact=True)

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._list.focus()

    @property
    def _list(self) -> PickList:
        return self.query_one("#sigs", PickList)

    def _line(self, sig: str) -> Content:
        """A box and a name: what is chosen shows without colours, too."""
        return Content(f"[{'x' if sig in self._chosen else ' '}] {sig}")

    def action_step(self, way: str) -> None:
        """Move the cursor as everywhere else."""
        if way == "down":
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_turn(self) -> None:
        """Choose the SIG under the cursor, or no longer."""
        at = self._list.highlighted
        if at is not None:
            self._chosen ^= {self._sigs[at]}
            self._list.replace_option_prompt_at_index(at, self._line(self._sigs[at]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter and a click choose as space does."""
        event.stop()
        self.action_turn()

    def action_done(self) -> None:
        """Keep what is chosen, in the order of the process."""
        self.dismiss(tuple(sig for sig in self._sigs if sig in self._chosen))

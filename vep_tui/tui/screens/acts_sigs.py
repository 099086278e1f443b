"""Asks once which SIGs the person belongs to, when no file says so; the answer stays on this machine."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from vep_tui.tui.bench import Bench
from vep_tui.tui.screens.over import Over


class SigQuestion(Over[tuple[str, ...]]):
    """Dismissed with the SIGs that were chosen, none included; with None when the person wants to leave it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "done", "Keep"),
        Binding("j", "step('down')", "Down"),
        Binding("k", "step('up')", "Up"),
        Binding("escape,q", "close", "Not now"),
    ]

    def __init__(self, bench: Bench, login: str) -> None:
        super().__init__(bench, "Which SIGs are yours?", "space:choose  s:keep  esc:none")
        self._login = login

    def body(self) -> ComposeResult:
        """Why it is asked, and the SIGs of the process."""
        yield Static(f"No OWNERS file names {self._login}. Later: [me] sigs in config.toml.", markup=False)
        sigs = self.bench.process.known_sigs
        yield SelectionList[str](*(Selection(sig, sig) for sig in sigs), id="sigs", compact=True)

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self._list.focus()

    @property
    def _list(self) -> SelectionList[str]:
        return self.query_one("#sigs", SelectionList)

    def action_step(self, way: str) -> None:
        """Move the cursor as everywhere else."""
        if way == "down":
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_done(self) -> None:
        """Keep what is chosen, in the order of the process."""
        chosen = set(self._list.selected)
        self.dismiss(tuple(sig for sig in self.bench.process.known_sigs if sig in chosen))

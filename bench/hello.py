"""The bare Textual app that everything is compared with: one DataTable, five rows, `q` quits."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Hello(App[None]):
    """Nothing less would show a table."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable()

    def on_mount(self) -> None:
        """Its rows."""
        table: DataTable[Any] = self.query_one(DataTable)
        table.add_columns("#", "title")
        table.add_rows([(str(n), f"FIRSTROW {n}") for n in range(5)])


if __name__ == "__main__":
    Hello().run()

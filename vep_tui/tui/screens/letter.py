"""The dialog that shows a letter to the list before it goes anywhere; it sends nothing."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from vep_tui.core.report import unwritten
from vep_tui.core.text import clean
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import CAREFUL
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet


class Letter(Reading[str]):
    """A text for the list; dismissed with "copy", "mail" or "edit"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss('copy')", "Copy"),
        Binding("m", "dismiss('mail')", "Mail"),
        Binding("e", "dismiss('edit')", "Edit"),
    ]

    def __init__(self, bench: Bench, title: str, text: str) -> None:
        mail = "  m:mail it" if bench.process.mail.get("list") else ""
        super().__init__(bench, title, f"y:copy{mail}  e:edit  esc:close")
        self.text = text

    def write(self, sheet: Sheet) -> None:
        """The text itself, and what is still to be written."""
        if missing := unwritten(self.text):
            sheet.write(Content.styled(f"Still to be written: {', '.join(missing)}.", CAREFUL))
            sheet.put(Content(""))
        for line in clean(self.text).rstrip().split("\n"):
            sheet.write(Content(line) if line else Content(" "))

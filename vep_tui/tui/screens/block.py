"""The stage section of the tracker as it should read: to copy into the body, or to ask the author for."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from vep_tui.core.block import tracker_block
from vep_tui.core.models import Vep
from vep_tui.core.text import clean
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import DIM
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet


class Block(Reading[str]):
    """Shows the block; dismissed with "copy" or "comment"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss('copy')", "Copy"),
        Binding("c", "dismiss('comment')", "Ask for it"),
    ]

    def __init__(self, bench: Bench, vep: Vep) -> None:
        super().__init__(
            bench, f"Tracker of {bench.name(vep.number)}", "y:copy  c:ask the author in a comment  esc:close"
        )
        self.text = tracker_block(vep, bench.desk.world)

    @property
    def asking(self) -> str:
        """A comment that asks for the block; the user edits it before anything is sent."""
        return f"Could you bring the description up to date? This is what I know:\n\n```markdown\n{self.text}```\n"

    def write(self, sheet: Sheet) -> None:
        """What it is for, and the lines themselves."""
        sheet.write(Content.styled("This is how the stage's section of the tracker should read:", DIM))
        sheet.put(Content(""))
        for line in clean(self.text).split("\n"):
            indent = len(line) - len(line.lstrip())
            sheet.write(Content(line.lstrip()), first=Content(" " * indent), fill="on $panel")

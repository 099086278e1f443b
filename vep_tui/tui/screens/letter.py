"""The dialog that shows a letter to the list before it goes anywhere; it sends nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content

from vep_tui.core.report import unwritten
from vep_tui.core.text import clean
from vep_tui.store.errors import StoreError
from vep_tui.tui.bench import Bench
from vep_tui.tui.glyphs import CAREFUL
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet

if TYPE_CHECKING:
    from vep_tui.core.models import Vep

_BREATH = 0.002
"""Seconds for the keys between two VEPs: putting one together takes a few milliseconds, all of them takes long."""


class Writing(NamedTuple):
    """A letter about many VEPs that is yet to be written."""

    veps: Iterator[Vep | None]
    """Each put together when it is asked for; None for one that has no place in the letter."""
    write: Callable[[Sequence[Vep]], str]


class Letter(Reading[str]):
    """A text for the list; dismissed with "copy", "mail" or "edit" once there is a text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "choose('copy')", "Copy"),
        Binding("m", "choose('mail')", "Mail"),
        Binding("e", "choose('edit')", "Edit"),
        Binding("v", "turn", "Source"),
    ]

    def __init__(self, bench: Bench, title: str, text: str | Writing) -> None:
        super().__init__(bench, title, "esc:close")
        self.text = text if isinstance(text, str) else ""
        self._writing = text if isinstance(text, Writing) else None
        """None once the text is there."""
        self._read = 0
        self._source = False
        """Whether a letter that is Markdown is shown as it is sent; by default it is laid out."""

    def on_mount(self) -> None:
        """Offer what can be done with the text, or begin to write it."""
        if self._writing is None:
            self._offer()
        super().on_mount()
        if self._writing is not None:
            self.run_worker(self._compose_text(self._writing), exclusive=True)

    def _offer(self) -> None:
        """Textual calls `on_mount` of the bases afterwards, too: what they show is kept for them."""
        mail = "  m:mail it" if self.bench.process.mail.get("list") else ""
        view = f"  v:{'layout' if self._source else 'source'}" if self._is_markdown else ""
        self._hint = f"y:copy{mail}  e:edit{view}  esc:close"
        self.set_hint(self._hint)

    async def _compose_text(self, writing: Writing) -> None:
        """Read one VEP after another, and hear the keys in between."""
        found: list[Vep] = []
        try:
            for vep in writing.veps:
                self._read += 1
                if vep is not None:
                    found.append(vep)
                if not self._read % 10:
                    self.repaint()
                await asyncio.sleep(_BREATH)
                if self not in self.app.screen_stack or not self.children:
                    return  # closed meanwhile, or the program is being left
        except StoreError as trouble:
            self.notify(str(trouble), severity="warning", markup=False)
            self.dismiss(None)
            return
        self.text, self._writing = writing.write(found), None
        self._offer()
        self.repaint()

    def write(self, sheet: Sheet) -> None:
        """The text itself, and what is still to be written."""
        if self._writing is not None:
            sheet.write(Content(f"It is being written: {self._read} {self.bench.process.proposal}s are read."))
            return
        if missing := unwritten(self.text):
            sheet.write(Content.styled(f"Still to be written: {', '.join(missing)}.", CAREFUL))
            sheet.put(Content(""))
        if self._is_markdown and not self._source:
            from vep_tui.tui.markdown import write_markdown

            write_markdown(sheet, self.text)
            return
        for line in clean(self.text).rstrip().split("\n"):
            sheet.write(Content(line) if line else Content(" "))

    @property
    def _is_markdown(self) -> bool:
        """An announcement or status; an exception request is a mail, whose lines are to stay."""
        return self.text.startswith("# ")

    def action_turn(self) -> None:
        """Show the letter as it is sent, or laid out again."""
        if self._is_markdown:
            self._source = not self._source
            self._offer()
            self.repaint()

    def action_choose(self, what: str) -> None:
        """Close with what is to be done with the text, once it is there."""
        if self._writing is None:
            self.dismiss(what)

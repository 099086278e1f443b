"""Where text is written: notes, comments, check-ins; what was typed is kept as a draft until it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import TextArea

from vep_tui.tui.bench import Bench
from vep_tui.tui.screens.over import Over


class Editor(Over[str]):
    """A text area; ctrl+s hands the text back, ctrl+o opens it in $EDITOR, escape keeps it as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "done", "Done", priority=True),
        Binding("ctrl+o", "outside", "Open in $EDITOR", priority=True),
        Binding("escape", "close", "Keep as draft", priority=True),
    ]

    def __init__(
        self,
        bench: Bench,
        title: str,
        *,
        draft: str,
        text: str = "",
        verb: str = "send",
        begin: Callable[[str], int] | None = None,
        over: bool = False,
    ) -> None:
        """`begin` tells the line of a text that the cursor begins on; it begins behind the text where that is None.

        `over` puts the text in place of a draft.
        """
        super().__init__(bench, title, f"ctrl+s:{verb}  ctrl+o:$EDITOR  esc:keep as draft")
        self._begin = begin
        self._draft = draft
        """Key of the draft on the desk."""
        self._text = text if over else bench.desk.draft(draft) or text
        self._saving: Timer | None = None
        self._handed_over = False

    def body(self) -> ComposeResult:
        """The text area, with the draft in it."""
        yield TextArea(self._text, id="editor", soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        """Put the cursor where the writing goes on."""
        super().on_mount()
        area = self.query_one("#editor", TextArea)
        area.move_cursor(area.document.end if self._begin is None else (self._begin(area.text), 0))
        area.focus()

    def on_text_area_changed(self) -> None:
        """Keep the draft soon, so that not even a crash loses more than a moment."""
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(0.5, self.keep)

    def keep(self) -> bool:
        """Keep the text as a draft."""
        if not self.is_attached or self._handed_over:
            return True
        return self.keep_draft(self._draft, self.query_one("#editor", TextArea).text)

    def action_done(self) -> None:
        """Hand the text over; whoever takes it forgets the draft once it has served."""
        if self.keep():
            self._handed_over = True
            self.dismiss(self.query_one("#editor", TextArea).text)

    def action_outside(self) -> None:
        """Let the user's own editor have the text; it comes back here, to be looked at before it is sent."""
        from vep_tui.tui.outside import OutsideError, edit_outside

        area = self.query_one("#editor", TextArea)
        self.keep()
        try:
            area.text = edit_outside(self.app, area.text)
        except OutsideError as trouble:
            self.notify(str(trouble), severity="warning", markup=False)
            return
        area.move_cursor(area.document.end)
        self.keep()

    def action_close(self) -> None:
        """Close; the draft stays."""
        if not self.keep():
            return
        self._handed_over = True
        if self.query_one("#editor", TextArea).text.strip() not in ("", self._text.strip()):
            self.notify("Kept as a draft: the same key opens it again.", markup=False)
        self.dismiss(None)

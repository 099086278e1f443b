"""The panes of the main screen and where they are: formats, tabs, focus and what is selected in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import DescendantFocus, Resize

from vep_tui.tui import layout
from vep_tui.tui.layout import Format, Pane
from vep_tui.tui.screens.frame import Frame

if TYPE_CHECKING:
    from vep_tui.core.models import Vep
    from vep_tui.tui.detail_pane import Subject
    from vep_tui.tui.look import Look


class Panes(Frame):
    """Three panes side by side, two above each other, or one at a time."""

    # ---------------------------------------------------------------- where things are

    def on_resize(self, event: Resize) -> None:
        """Lay the panes out for the new size."""
        self.shape = layout.format_for(event.size.width, event.size.height)
        self.lay_out()

    def lay_out(self) -> None:
        """Show the panes of the format and keep the focus on one that is visible."""
        for shape in Format:
            self.set_class(shape is self.shape, f"-{shape}")
        visible = layout.shown(self.shape, self.tab, self.focus_pane, zoomed=self.zoomed)
        detail, checklist = Pane.DETAIL in visible, Pane.CHECKLIST in visible
        self.left.display = Pane.QUEUE in visible
        self.right.display = detail or checklist
        if self.furnished:
            self._show_titles(visible)
            self._share_right(alone=checklist and not detail)
        self._share_body()
        self.queue.two_lines = self.bench.look.density != "compact" and self.shape is not Format.MEDIUM
        self.paint_bars()

    def _show_titles(self, visible: frozenset[Pane]) -> None:
        """Show detail and checklist, and the lines above and beside them, where they are seen."""
        detail, checklist = Pane.DETAIL in visible, Pane.CHECKLIST in visible
        self.divider.display = self.shape is Format.WIDE and Pane.QUEUE in visible and len(visible) > 1
        self.tabs.display = detail or self.shape is not Format.WIDE
        self.detail_title.display = detail or self.shape is not Format.WIDE
        self.detail.display = detail
        self.checklist_title.display = checklist and self.shape is Format.WIDE
        self.checklist.display = checklist

    def dress(self, look: Look) -> None:
        """Look like this from now on."""
        self.bench = self.bench._replace(look=look)
        self.queue.look = look
        if self.furnished:
            self.detail.dress(self.bench)
            self.checklist.dress(look.glyphs)
        self.lay_out()

    def _share_body(self) -> None:
        """Give the queue its share of the room."""
        left = self.left.styles
        wide, medium = self.shape is Format.WIDE, self.shape is Format.MEDIUM
        both = not self.zoomed
        left.width = f"{self.shares['wide']}%" if wide and both else "100%"
        left.max_width = 96 if wide and both and self.shares["wide"] == layout.SHARES["wide"] else None
        left.height = f"{self.shares['medium']}%" if medium and both else "1fr"

    def _share_right(self, *, alone: bool) -> None:
        """Give the checklist its share of the room."""
        own, checklist = self.shares["checklist"], self.checklist.styles
        checklist.height = "1fr" if alone else f"{own}%" if own else "auto"
        checklist.max_height = None if alone or own else "55%"

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Know the pane that has the keys."""
        names = {"queue": Pane.QUEUE, "detail": Pane.DETAIL, "checklist": Pane.CHECKLIST}
        self.focus_pane = names.get(event.widget.id or "", self.focus_pane)
        self.paint_bars()

    def go_to(self, pane: Pane) -> None:
        """Move the focus to a pane and make sure it is visible."""
        self.focus_pane = pane
        if pane is not Pane.QUEUE:
            self.catch_up()
        if self.shape is not Format.WIDE and pane is not Pane.QUEUE:
            self.tab = "checklist" if pane is Pane.CHECKLIST else self.tab if self.tab != "checklist" else "overview"
        self.lay_out()
        self.detail.show_tab(self.visible_tab)
        # At once: a focus that comes later would take the keys from a line or screen that opens after this.
        self.set_focus({Pane.QUEUE: self.queue, Pane.DETAIL: self.detail, Pane.CHECKLIST: self.checklist}[pane])

    def show_tab(self, tab: str) -> None:
        """Show a tab; the focus follows when it was on the tab before."""
        self.tab = tab
        if self.focus_pane is Pane.QUEUE and self.shape is not Format.NARROW:
            self.lay_out()
            self.detail.show_tab(self.visible_tab)
        else:
            self.go_to(Pane.CHECKLIST if tab == "checklist" else Pane.DETAIL)

    def action_show_tab(self, tab: str) -> None:
        """A tab was clicked."""
        self.show_tab(tab)

    def action_next_tab(self) -> None:
        """The tab to the right."""
        self._turn(1)

    def action_previous_tab(self) -> None:
        """The tab to the left."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        tabs = layout.tabs_for(self.shape)
        self.show_tab(tabs[(tabs.index(self.visible_tab) + step) % len(tabs)])

    def action_next_pane(self) -> None:
        """The pane after this one."""
        self._walk(1)

    def action_previous_pane(self) -> None:
        """The pane before this one."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        panes = list(Pane)
        self.go_to(panes[(panes.index(self.focus_pane) + step) % len(panes)])

    def action_checklist(self) -> None:
        """Go to the checklist."""
        self.go_to(Pane.CHECKLIST)

    def action_open(self) -> None:
        """From the queue into the detail."""
        self.go_to(Pane.CHECKLIST if self.tab == "checklist" and self.shape is not Format.WIDE else Pane.DETAIL)

    def action_back(self) -> None:
        """Back to the queue."""
        self.go_to(Pane.QUEUE)

    # ---------------------------------------------------------------- what is selected

    @property
    def subject(self) -> Subject | None:
        """What a command is about: the row under the cursor, also when the panes have not followed it yet."""
        self.catch_up()
        return self.shown

    @property
    def vep(self) -> Vep | None:
        """The VEP a command is about."""
        return self.subject.vep if self.subject else None

    def catch_up(self) -> None:
        """Let the panes follow the cursor now."""
        raise NotImplementedError

    def selected_numbers(self) -> tuple[int, ...]:
        """The rows to act on: those that are marked, in the order of the queue, else the one under the cursor."""
        return self.queue.selected_numbers()

    def names(self, numbers: tuple[int, ...] | list[int]) -> str:
        """Rows as a title or message calls them: by name, or how many they are."""
        return self.bench.name(numbers[0]) if len(numbers) == 1 else f"{len(numbers)} rows"

    def say(self, text: str, *, careful: bool = False) -> None:
        """Tell the user what happened."""
        self.notify(text, severity="warning" if careful else "information", timeout=6 if careful else 4, markup=False)

    def say_no_row(self) -> None:
        """Tell whoever wants to do something with a row where there is none."""
        self.say("There is no row here to do that with.")

    def action_next_row(self) -> None:
        """The row below, while the keys stay where they are."""
        self.queue.cursor += 1

    def action_previous_row(self) -> None:
        """The row above, while the keys stay where they are."""
        self.queue.cursor -= 1

    def action_select(self) -> None:
        """Mark the row or unmark it, and go on to the next one."""
        self.queue.mark()
        self.paint_bars()

    def action_select_all(self) -> None:
        """Mark all rows, or none when all are marked."""
        self.queue.mark_all()
        self.paint_bars()

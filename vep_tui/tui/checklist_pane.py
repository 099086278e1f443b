"""The checklist: its items with who ticked them, what GitHub shows and how far each wish has come.

It tells which item the cursor is on; what happens to the item is for the screen to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive

from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.glyphs import DIM, Glyphs
from vep_tui.tui.lines import Lines
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.voices import wish_for

if TYPE_CHECKING:
    from vep_tui.core.models import Checklist, ChecklistItem
    from vep_tui.store.desk import OutboxEntry
    from vep_tui.tui.scene import Scene


class ChecklistPane(Lines):
    """Items of several lines each; the cursor goes from item to item."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.CHECKLIST, prefix="screen.")

    cursor: reactive[int] = reactive(0, init=False)
    """Index of the selected item."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._wishes: tuple[OutboxEntry, ...] = ()
        self._items: tuple[ChecklistItem, ...] = ()
        self._release: str | None = None
        self._scene: Scene | None = None
        self._known = self._guessed = False
        self._starts: tuple[int, ...] = ()

    @property
    def item(self) -> ChecklistItem | None:
        """The selected item."""
        return self._items[self.cursor] if 0 <= self.cursor < len(self._items) else None

    @property
    def wish(self) -> OutboxEntry | None:
        """My wish about the selected item that is not on GitHub yet."""
        return wish_for(self._wishes, self.item.key, self._release) if self.item else None

    def choose_item(self, key: str) -> None:
        """Put the cursor on the item of this key."""
        keys = [i.key for i in self._items]
        if key in keys:
            self.cursor = keys.index(key)

    def set_checklist(
        self,
        checklist: Checklist | None,
        scene: Scene,
        wishes: tuple[OutboxEntry, ...] = (),
        *,
        guessed: bool = False,
        other: bool = True,
    ) -> None:
        """Show this checklist with my wishes; the cursor stays on its item. None: nothing selected has one.

        `guessed` says that a docs candidate waits to be decided, `other` that this is not the checklist that was
        shown before: its item is brought into sight.
        """
        self._wishes, self._guessed = wishes, guessed
        seen = other or self._sees_item()
        key = self.item.key if self.item else None
        self._items, self._scene = checklist.items if checklist else (), scene
        self._release = checklist.release if checklist else None
        self._known = checklist is not None
        keys = [i.key for i in self._items]
        self.set_reactive(ChecklistPane.cursor, keys.index(key) if key in keys else 0)
        self.paint()
        if seen or key not in keys:
            self.reveal_item()

    def dress(self, glyphs: Glyphs) -> None:
        """Draw everything anew, with these signs."""
        self._glyphs = glyphs
        self.paint()

    def paint(self) -> None:
        """Draw all items for the width of the moment."""
        if self._scene is None or self.room < 4:
            return
        from vep_tui.tui.item_lines import ItemLook, write_item  # not before the first frame

        sheet = Sheet(self.ink(), self.room, self._glyphs)
        starts = []
        for at, item in enumerate(self._items):
            starts.append(sheet.line)
            wish = wish_for(self._wishes, item.key, self._release)
            look = ItemLook(
                self._scene,
                wish,
                selected=at == self.cursor,
                focused=self.has_focus,
                guessed=self._guessed,
                plain=self.app.native_ansi_color,
            )
            write_item(sheet, item, look)
        if not self._items:
            words = f"There is no checklist yet: the {self._scene.proposal} aims at no release."
            if not self._known:
                words = f"There is no checklist: no {self._scene.proposal} is selected."
            sheet.write(Content.styled(f" {words}", DIM))  # where the items begin
        self._starts = tuple(starts)
        self.show(sheet.page(), top=None)

    def _place_of_item(self) -> tuple[int, int]:
        assert self.page is not None
        following = self._starts[self.cursor + 1 : self.cursor + 2]
        return self._starts[self.cursor], following[0] if following else len(self.page.lines)

    def _sees_item(self) -> bool:
        if not self._starts or self.page is None:
            return True
        start, end = self._place_of_item()
        top, height = round(self.scroll_offset.y), self.scrollable_content_region.height
        return not height or (start < top + height and end > top)

    def reveal_item(self) -> None:
        """Scroll no further than it takes to see the selected item."""
        if not self._starts or self.page is None:
            return
        start, end = self._place_of_item()
        top, height = round(self.scroll_offset.y), self.scrollable_content_region.height
        if start < top:
            self.scroll_to(y=start, animate=False)
        elif end > top + height:
            self.scroll_to(y=min(start, end - height), animate=False)

    def validate_cursor(self, at: int) -> int:
        """Keep the cursor on an item."""
        return max(0, min(at, len(self._items) - 1))

    def watch_cursor(self) -> None:
        """Draw the selection anew."""
        self.paint()
        self.reveal_item()

    def on_focus(self) -> None:
        """Show that the keys work here, and on what."""
        self.paint()
        self.reveal_item()

    def on_blur(self) -> None:
        """Show that the keys work elsewhere."""
        self.paint()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        seen = self._sees_item()
        self.paint()
        if seen:
            self.reveal_item()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        if self.is_mounted:
            self.paint()

    def on_click(self, event: events.Click) -> None:
        """Select the item under the mouse."""
        line = event.y + round(self.scroll_offset.y)
        under = [n for n, start in enumerate(self._starts) if start <= line]
        if under:
            self.cursor = under[-1]

    def action_down(self) -> None:
        """Next item."""
        self.cursor += 1

    def action_up(self) -> None:
        """Item before."""
        self.cursor -= 1

    def action_first(self) -> None:
        """First item."""
        self.cursor = 0

    def action_last(self) -> None:
        """Last item."""
        self.cursor = len(self._items) - 1

"""The checklist: its items with who ticked them, what GitHub shows and how far each wish has come.

It tells which item the cursor is on; what happens to the item is for the screen to do.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive

from vep_tui.core.models import Checklist, ChecklistItem, Delivery, ItemState
from vep_tui.core.text import clean
from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope
from vep_tui.tui.glyphs import ACCENT, BAD, CAREFUL, DIM, GOOD, Glyphs
from vep_tui.tui.lines import Lines
from vep_tui.tui.scene import Scene
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.when import age

_WORDS = {ItemState.TODO: "to do", ItemState.DONE: "done", ItemState.NA: "does not apply"}
_BOXES = {ItemState.TODO: "bold", ItemState.DONE: f"bold {GOOD}", ItemState.NA: DIM}


class ChecklistPane(Lines):
    """Items of several lines each; the cursor goes from item to item."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.CHECKLIST, prefix="screen.")

    cursor: reactive[int] = reactive(0, init=False)
    """Index of the selected item."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._checklist: Checklist = Checklist(None)
        self._scene: Scene | None = None
        self._known = False
        self._starts: tuple[int, ...] = ()

    @property
    def item(self) -> ChecklistItem | None:
        """The selected item."""
        items = self._checklist.items
        return items[self.cursor] if 0 <= self.cursor < len(items) else None

    def set_checklist(self, checklist: Checklist | None, scene: Scene) -> None:
        """Show this checklist; the cursor stays on its item. None: nothing that has one is selected."""
        key = self.item.key if self.item else None
        self._checklist, self._scene = checklist or Checklist(None), scene
        self._known = checklist is not None
        keys = [i.key for i in self._checklist.items]
        self.set_reactive(ChecklistPane.cursor, keys.index(key) if key in keys else 0)
        self.paint()

    def paint(self) -> None:
        """Draw all items for the width of the moment."""
        if self._scene is None or self.room < 4:
            return
        sheet = Sheet(self.ink(), self.room, self._glyphs)
        starts = []
        for at, item in enumerate(self._checklist.items):
            starts.append(sheet.line)
            write_item(sheet, item, self._scene, selected=at == self.cursor, focused=self.has_focus)
        if not self._checklist.items:
            words = "There is no checklist yet: the VEP aims at no release." if self._known else ""
            sheet.write(Content.styled(words, DIM))
        self._starts = tuple(starts)
        self.show(sheet.page(), top=None)
        self._reveal_item()

    def _reveal_item(self) -> None:
        if not self._starts or self.page is None:
            return
        start = self._starts[self.cursor]
        end = self._starts[self.cursor + 1] if self.cursor + 1 < len(self._starts) else len(self.page.lines)
        top, height = round(self.scroll_offset.y), self.scrollable_content_region.height
        if start < top:
            self.scroll_to(y=start, animate=False)
        elif end > top + height:
            self.scroll_to(y=min(start, end - height), animate=False)

    def validate_cursor(self, at: int) -> int:
        """Keep the cursor on an item."""
        return max(0, min(at, len(self._checklist.items) - 1))

    def watch_cursor(self) -> None:
        """Draw the selection anew."""
        self.paint()

    def on_focus(self) -> None:
        """Show that the keys work here."""
        self.paint()

    def on_blur(self) -> None:
        """Show that the keys work elsewhere."""
        self.paint()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self.paint()

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
        self.cursor = len(self._checklist.items) - 1


def write_item(sheet: Sheet, item: ChecklistItem, scene: Scene, *, selected: bool, focused: bool) -> None:
    """One item: box and title, who and how far, evidence, note."""
    glyphs = sheet.glyphs
    fill = ("on $selected" if focused else "on $panel") if selected else ""
    bar = Content.styled(glyphs("▌") if selected else " ", ACCENT)
    box = Content.styled(f"{glyphs.box(item.state)} ", _BOXES[item.state])
    title = Content.styled(clean(item.title), "bold" if item.state is ItemState.TODO else "")
    status = _status(item, scene, glyphs)
    lead, rest = bar + box, bar + Content("    ")
    gap = sheet.width - lead.cell_length - title.cell_length - status.cell_length - 1
    if gap >= 2:
        sheet.put(lead + title + Content(" " * gap) + status, fill)
    else:
        sheet.write(title, first=lead, rest=rest, fill=fill)
        sheet.write(status, first=rest, rest=rest, fill=fill)
    sign = glyphs.verdict(item.evidence.verdict)
    sheet.write(
        Content.assemble((f"{sign.glyph} {sign.word}", sign.style), ("  " + clean(item.evidence.summary), DIM)),
        first=rest,
        rest=rest + Content("  "),
        fill=fill,
    )
    for text, style in _remarks(item, scene, glyphs):
        sheet.write(Content.styled(text, style), first=rest, rest=rest + Content("  "), fill=fill)


def _status(item: ChecklistItem, scene: Scene, glyphs: Glyphs) -> Content:
    """State, person, age and delivery, as in `done · you · 3d · ↑ waiting`."""
    dot = glyphs(" · ")
    words = [_WORDS[item.state]]
    if item.by:
        words.append(clean(scene.who(item.by)))
    if item.at:
        words.append(age(item.at, scene.now))
    parts: list[tuple[str, str]] = [(dot.join(words), DIM)]
    if item.delivery is not None and (item.delivery is not Delivery.SENT or item.by):
        sign = glyphs.delivery(item.delivery)
        parts += [(dot, DIM), (f"{sign.glyph} {sign.word}", sign.style)]
    return Content.assemble(*parts)


def _remarks(item: ChecklistItem, scene: Scene, glyphs: Glyphs) -> list[tuple[str, str]]:
    """Lines that only some items have."""
    found: list[tuple[str, str]] = []
    if item.turned:
        found.append(("! the evidence is no longer what it was when this was ticked", CAREFUL))
    if item.note:
        found.append((f"note: {clean(item.note)}", ""))
    if item.delivery is Delivery.HELD:
        found.append((glyphs(f"× held: {clean(item.reason) or 'see the outbox'} (O)"), BAD))
    elif item.reason:
        found.append((clean(item.reason), DIM))
    others = [(who, state, counts) for who, state, counts in item.voices if who != item.by]
    differing = [
        f"{clean(scene.who(who))}: {_WORDS[state]}{'' if counts else ' (does not count)'}"
        for who, state, counts in others
        if state is not item.state or not counts
    ]
    if differing:
        found.append(("also said by " + ", ".join(differing), DIM))
    return found

"""What waits to be sent, what is held and why; entries are retried or dropped here, and sent by the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from vep_tui.core.comment import title_of
from vep_tui.core.focus import branch_of
from vep_tui.core.models import Delivery, ItemState
from vep_tui.core.text import one_line
from vep_tui.store.errors import StoreError
from vep_tui.tui.bench import Bench
from vep_tui.tui.bindings import bindings
from vep_tui.tui.commands import Scope, of
from vep_tui.tui.glyphs import ACCENT, BAD, DIM
from vep_tui.tui.item_lines import WORDS
from vep_tui.tui.lines import Lines
from vep_tui.tui.screens.over import Reading
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.when import both

if TYPE_CHECKING:
    from vep_tui.store.desk import OutboxEntry

_ORDER = (Delivery.HELD, Delivery.SENDING, Delivery.WAITING, Delivery.SENT)
_MAY = {"retry": (Delivery.HELD,), "drop": (Delivery.HELD, Delivery.WAITING)}
"""What each command can be given to."""


class OutboxLines(Lines):
    """The list; its moving keys are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.OUTBOX, prefix="screen.")

    def action_down(self) -> None:
        """Next entry."""
        self._step(1)

    def action_up(self) -> None:
        """Entry before."""
        self._step(-1)

    def action_first(self) -> None:
        """First entry."""
        self._step(-len(self.page.lines) if self.page else 0)

    def action_last(self) -> None:
        """Last entry."""
        self._step(len(self.page.lines) if self.page else 0)

    def _step(self, by: int) -> None:
        if isinstance(self.screen, Outbox):
            self.screen.move(by)


class Outbox(Reading[None]):
    """All entries, what is held first."""

    pace = 1.0
    """Seconds between two looks at what the engine has done."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Outbox", "esc:close")
        self._entries: tuple[OutboxEntry, ...] = ()
        self._cursor = 0
        self._starts: list[int] = []

    def body(self) -> ComposeResult:
        """The list."""
        yield OutboxLines(id="over-lines")

    def on_mount(self) -> None:
        """Follow what the engine does with the entries."""
        super().on_mount()
        self.set_interval(self.pace, self._follow)

    def _follow(self) -> None:
        if self.is_current and self._read() != self._entries:
            self.repaint(top=None)

    def _read(self) -> tuple[OutboxEntry, ...]:
        return tuple(sorted(self.bench.desk.outbox_entries(), key=lambda e: (_ORDER.index(e.delivery), e.id)))

    def write(self, sheet: Sheet) -> None:
        """Every entry with its delivery and its reason."""
        chosen, self._entries = self.entry, self._read()
        # What was sent meanwhile is gone from above it: the next key must not meet another entry.
        at = next((n for n, e in enumerate(self._entries) if chosen is not None and e.id == chosen.id), self._cursor)
        self._cursor = max(0, min(at, len(self._entries) - 1))
        self._starts = []
        if not self._entries:
            sheet.write(Content("Nothing waits and nothing is held: all you said is on GitHub."))
            return
        for at, entry in enumerate(self._entries):
            self._starts.append(sheet.line)
            self._write_entry(sheet, entry, selected=at == self._cursor)

    def _write_entry(self, sheet: Sheet, entry: OutboxEntry, *, selected: bool) -> None:
        glyphs = sheet.glyphs
        sign = glyphs.delivery(entry.delivery)
        fill = "on $selected" if selected else ""
        bar = Content.styled(glyphs("▌ ") if selected else "  ", ACCENT)
        line = Content.assemble(
            (f"{self.bench.name(entry.number)}  ", "bold"),
            self._what(entry),
            (glyphs(f" · {both(entry.created_at, self.bench.now())}"), DIM),
        )
        rest = bar + Content("          ")
        lead = bar + Content.styled(f"{sign.glyph} {sign.word:<8}", sign.style)
        sheet.write(line, first=lead, rest=rest, fill=fill)
        text = one_line(entry.note or entry.body)
        if text:
            sheet.write(Content(text[:200]), first=rest, rest=rest, fill=fill)
        if entry.reason:
            style = BAD if entry.delivery is Delivery.HELD else DIM
            sheet.write(Content.styled(one_line(entry.reason), style), first=rest, rest=rest, fill=fill)

    def _what(self, entry: OutboxEntry) -> str:
        """What is said with it, in the words of the checklist."""
        if entry.item is None or entry.state is None:
            return entry.kind
        spec = self.bench.process.item(entry.item)
        title = title_of(spec, branch_of(entry.release)) if spec and entry.release else entry.item
        return f"{title}: {WORDS[ItemState(entry.state)]}" + (f", v{entry.release}" if entry.release else "")

    def repaint(self, *, top: int | None = 0) -> None:
        """Write the list, and offer what can be done with the selected entry."""
        super().repaint(top=top)
        if self.is_attached:
            may = (c for c in of(Scope.OUTBOX) if self.entry and self.entry.delivery in _MAY[c.name])
            self.set_hint("  ".join([*(f"{self.bench.key(c.name)}:{c.label.lower()}" for c in may), "esc:close"]))

    def move(self, by: int) -> None:
        """Put the cursor on another entry."""
        self._cursor = max(0, min(self._cursor + by, len(self._entries) - 1))
        self.repaint(top=None)
        lines = self.query_one("#over-lines", Lines)
        if self._starts:
            start, height = self._starts[self._cursor], lines.scrollable_content_region.height
            top = round(lines.scroll_offset.y)
            if start < top or start + 3 > top + height:
                lines.scroll_to(y=max(0, start - height // 2), animate=False)

    @property
    def entry(self) -> OutboxEntry | None:
        """The selected entry."""
        return self._entries[self._cursor] if self._entries else None

    def action_retry(self) -> None:
        """Let the engine try again."""
        entry = self.entry
        if entry is None:
            return
        try:
            self.bench.desk.retry(entry.id)
        except StoreError as trouble:
            self.notify(str(trouble), severity="warning", markup=False)
        else:
            self.bench.wake()
            self.notify("It waits again and is sent with the next sync.", markup=False)
        self.repaint(top=None)

    def action_drop(self) -> None:
        """Forget the entry."""
        entry = self.entry
        if entry is None:
            return
        try:
            self.bench.desk.drop(entry.id)
        except StoreError as trouble:
            self.notify(str(trouble), severity="warning", markup=False)
        else:
            name = self.bench.name(entry.number)
            self.notify(f"Dropped: {self._what(entry)} on {name} will not be sent.", markup=False)
        self.repaint(top=None)

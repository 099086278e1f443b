"""What the main screen is made of: the panes, the state they share, and the lines around them; it reads no store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from vep_tui.core.text import one_line
from vep_tui.core.views import SORTS
from vep_tui.tui import bars, layout
from vep_tui.tui.bars import Bar
from vep_tui.tui.bench import Bench
from vep_tui.tui.commands import Command, Scope, command, of
from vep_tui.tui.glyphs import DIM
from vep_tui.tui.ground import Across, Down
from vep_tui.tui.layout import Format, Pane
from vep_tui.tui.queue_pane import QueuePane
from vep_tui.tui.queue_row import head
from vep_tui.tui.tracks import SyncState

if TYPE_CHECKING:
    from textual.screen import Screen

    from vep_tui.store.desk import Header
    from vep_tui.tui.checklist_pane import ChecklistPane
    from vep_tui.tui.detail_pane import DetailPane, Subject
    from vep_tui.tui.filter_line import FilterLine
    from vep_tui.tui.handle import Divider, Handle

    _Base = Screen[None]
else:
    # Only `Main` is a screen: Textual looks through every class that is one, which would delay the first frame.
    _Base = object

_SCOPES = {Pane.QUEUE: Scope.QUEUE, Pane.DETAIL: Scope.DETAIL, Pane.CHECKLIST: Scope.CHECKLIST}


class Frame(_Base):
    """Three panes in a frame of lines that say what is in them."""

    filter_line: FilterLine
    divider: Divider
    detail_title: Handle
    tabs: Bar
    detail: DetailPane
    checklist_title: Handle
    checklist: ChecklistPane
    furnished = False
    """True once the seven above are there: nothing of them is seen in the first frame, which does not wait for them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.shown: Subject | None = None
        """What detail and checklist show."""
        self.view = 0
        self.sort = SORTS[0]
        self.filter = ""
        self.total = 0
        self.counts: list[int | None] = [None] * len(bench.views)
        self.elsewhere = ""
        self.header: Header | None = None
        self.tracks = SyncState()
        self.drafting = False
        """A comment on what is selected was begun and not sent."""
        self.tab = "overview"
        self.zoomed = False
        self.shares = dict(layout.SHARES)
        self.focus_pane = Pane.QUEUE
        self.shape = Format.WIDE
        self.ready = asyncio.Event()
        """Set when the queue has its rows."""
        self.title_bar, self.views_bar, self.status_bar = Bar(id="header"), Bar(id="views"), Bar(id="status")
        self.queue_title, self.queue_head = Bar(id="queue-title"), Bar(id="queue-head")
        self.queue = QueuePane(bench.look, bench.now, id="queue")
        self.left = Down(self.queue_title, self.queue_head, self.queue, id="left")
        self.right = Down(id="right")
        self.body = Across(self.left, self.right, id="body")

    def compose(self) -> ComposeResult:
        """Header and views above, the queue, status below: what the first frame shows."""
        yield self.title_bar
        yield self.views_bar
        yield self.body
        yield self.status_bar

    async def furnish(self) -> None:
        """Put up the rest, once the first frame is there or a key is pressed."""
        from vep_tui.tui.checklist_pane import ChecklistPane
        from vep_tui.tui.detail_pane import DetailPane
        from vep_tui.tui.filter_line import FilterLine
        from vep_tui.tui.handle import Divider, Handle

        self.filter_line, self.divider = FilterLine(id="filter"), Divider(id="divider")
        self.detail_title, self.tabs = Handle(id="detail-title"), Bar(id="tabs")
        self.detail = DetailPane(self.bench, id="detail")
        self.checklist_title = Handle(id="checklist-title")
        self.checklist = ChecklistPane(self.bench.glyphs, id="checklist")
        self.furnished = True
        await self.mount(self.filter_line, before=self.body)
        await self.body.mount(self.divider, before=self.right)
        await self.right.mount(self.detail_title, self.tabs, self.detail, self.checklist_title, self.checklist)

    @property
    def visible_tab(self) -> str:
        """The tab that the detail shows; where the checklist is a pane of its own it is no tab."""
        return "overview" if self.shape is Format.WIDE and self.tab == "checklist" else self.tab

    def key(self, name: str) -> str:
        """The key of a command as it is bound now, for words that name it."""
        return self.bench.key(name)

    # ---------------------------------------------------------------- the lines around the panes

    def paint_bars(self) -> None:
        """Say anew what the lines around the panes say."""
        if not self.is_mounted:
            return
        glyphs, scene = self.bench.glyphs, self.bench.scene()
        title = self.bench.process.title
        self.title_bar.set(lambda width: bars.header_line(self.header, title, scene, glyphs, width))
        self.views_bar.set(self._views_line)
        self.queue_title.set(self._queue_title)
        two, look, sort = self.queue.two_lines, self.queue.look, self.sort
        self.queue_head.set(lambda width: head(width - 1, look, two_lines=two, sort=sort))
        self.status_bar.set(self._status_line)
        if self.furnished:
            self.detail_title.set(self._detail_title)
            self.tabs.set(lambda width: bars.tabs_line(self._tabs(), self.visible_tab, width))
            self.checklist_title.set(self._checklist_title)
            self.divider.set(lambda _width: Content.styled(glyphs("│"), DIM))

    def _views_line(self, width: int) -> Content:
        wrong = self.furnished and self.filter_line.wrong is not None
        views, glyphs = self.bench.views, self.bench.glyphs
        return bars.views_line(views, self.counts, self.view, self.filter, self.sort, width, glyphs=glyphs, wrong=wrong)

    def _queue_title(self, width: int) -> Content:
        at = f"{self.queue.cursor + 1} of {self.total}" if self.total else ""
        if marked := self.queue.marked_here:
            at = self.bench.glyphs(f"{marked} marked · {at}")
        focused = self.focus_pane is Pane.QUEUE
        name = self.bench.views[self.view].label
        return bars.title_line(name, at, focused=focused, width=width, glyphs=self.bench.glyphs)

    def _detail_title(self, width: int) -> Content:
        subject = self.shown
        kind = self.bench.process.proposal
        kind += " PR" if subject and subject.pull is not None else ""
        text = f"{kind} {subject.number}" if subject else "Detail"
        if subject and width > 40:
            text += self.bench.glyphs(" · ")
            room = width - len(text) - 8
            title = Content(one_line(subject.title))  # in cells as it is shown: a sign may take two
            fits = title.cell_length <= room
            text += title.plain if fits else title.truncate(room - 1).plain.rstrip() + self.bench.glyphs.ellipsis
        focused = self.focus_pane is not Pane.QUEUE if self.shape is not Format.WIDE else self.focus_pane is Pane.DETAIL
        return bars.title_line(
            text,
            f"draft: {self.key('comment')}" if self.drafting else "",
            focused=focused,
            width=width,
            glyphs=self.bench.glyphs,
        )

    def _checklist_title(self, width: int) -> Content:
        checklist = self.shown.vep.checklist if self.shown and self.shown.vep else None
        release = f" v{checklist.release}" if checklist and checklist.release else ""
        done = f"{checklist.done} of {len(checklist.items)}" if checklist else ""
        focused = self.focus_pane is Pane.CHECKLIST
        return bars.title_line(f"Checklist{release}", done, focused=focused, width=width, glyphs=self.bench.glyphs)

    def _tabs(self) -> list[tuple[str, str]]:
        """The tabs of this format with what they hold, counted."""
        subject, counts = self.shown, dict.fromkeys(layout.TABS, "")
        vep, pull = (subject.vep, subject.pull) if subject else (None, None)
        if vep is not None:
            counts["checklist"] = f"{vep.checklist.done}/{len(vep.checklist.items)}"
            counts["pulls"] = str(len(vep.pulls))
            counts["conversation"] = str(len(vep.issue.comments))
        if pull is not None:
            from vep_tui.tui.conversation import posts_of_pull  # not before the first frame

            counts["conversation"] = str(len(posts_of_pull(pull)))
        return [(key, counts[key]) for key in layout.tabs_for(self.shape)]

    def _status_line(self, width: int) -> Content:
        commands = self._offered()
        if self.shape is Format.NARROW and self.focus_pane is not Pane.QUEUE:
            commands.insert(0, command("escape"))
        if not self.queue.count:  # nothing to open, tick or comment on: offer what leads out of here
            commands = [command(name) for name in ("filter", "sync", "help", "settings", "quit")]
        synced = self.header.synced_at if self.header else None
        state = self.tracks.line(
            synced, self.bench.now(), self.bench.glyphs, signed_in=self.bench.signed_in, short=width < 72
        )
        if self.furnished and self.filter_line.display:  # letters are text there
            hint = f"enter:keep  tab:complete  {self.key('escape')}:clear"
            return bars.spread(bars.key_hint(hint), state + Content(" "), width)
        return bars.status_line(commands, self.bench.keys, state, width)

    def _offered(self) -> list[Command]:
        """What the last line names: no key that would only say why it does nothing."""
        vep = self.shown.vep if self.shown else None
        idle = {"checklist"} if self.focus_pane is Pane.CHECKLIST else set()
        if vep is None or not vep.checklist.items:
            idle |= {c.name for c in of(Scope.CHECKLIST)}
        if vep is None and self.shown is not None:
            idle |= {"checklist", "check-in", "block"}
        if self.visible_tab != "conversation":
            idle.add("fold")
        here = of(_SCOPES[self.focus_pane], Scope.ANYWHERE)
        return [c for c in here if c.footer and c.name not in idle]

    @property
    def scope(self) -> Scope:
        """Where the keys are heard now, for the help screen."""
        return _SCOPES[self.focus_pane]
